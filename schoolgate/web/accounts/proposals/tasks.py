"""The pages of a proposal's form as a task list: what each is called, how far it is, what it still lacks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Proposal
from schoolgate.accounts.papers import (
    NEEDED_OF_ANY,
    OWN_ASKED,
    OWN_PAGE,
    WEIGHED_PAGE,
    FormPage,
    asked_pages,
    form_pages,
    missing_on,
    needed_by,
    paper_of,
    progress_of,
)
from schoolgate.rulebook import Book, Decision
from schoolgate.rulebook.findings import UNKNOWN
from schoolgate.rulebook.proposal_form import FormPoint
from schoolgate.web.accounts.proposals.forms import POINT
from schoolgate.web.accounts.proposals.shown import NOTHING, OWN_LABELS, ShownSection, rows_by_page
from schoolgate.web.frame import wording
from schoolgate.web.frame.shown import ShownVerdict

STATUS: dict[str, tuple[str | Promise, str]] = {
    "done": (_("Completed"), "plain"),
    "started": (_("In progress"), "wait"),
    "new": (_("Not started"), "info"),
    "optional": (_("Optional"), ""),
}
"""Progress of a page: the word and the colour of its tag."""
WHOLE_FORM = "filled_form"
"""What a rule waits for while anything on the form is missing."""
_FIRST_INPUT = {"groups": "_1", "choice": "_1", "yes_no": "_1"}
_OWN_FIRST_INPUT = {"kind": "_1", "pupils_in_audience": "_1"}


@dataclass(frozen=True)
class Missing:
    """A question without its answer, and the id of its first input."""

    label: str
    anchor: str


@dataclass(frozen=True)
class Task:
    """One page of the form in the list. `quoted`: its title is the policy's own heading, in English."""

    key: str
    title: str
    quoted: bool
    status: str | Promise
    kind: str
    missing: Sequence[Missing]
    untouched: bool = False
    """Nothing on this page is answered yet."""

    @property
    def done(self) -> bool:
        """Return whether nothing is left to answer there."""
        return not self.missing


def title_of(page: FormPage, book: Book) -> tuple[str, bool]:
    """Return the title of a page, and whether it is the policy's own heading in English."""
    if page.key == OWN_PAGE:
        return gettext("Account"), False
    if page.key == WEIGHED_PAGE:
        return gettext("What you compared it with"), False
    if paper_of(book) is None and sum(bool(each.sections) for each in form_pages(book)) == 1:
        return gettext("What the policy asks"), False
    printed = page.sections[0].printed
    titles = [section.title if printed else gettext(section.title) for section in page.sections]
    if printed or len(titles) == 1:
        return ", ".join(titles), printed
    first, *others = titles
    for other in others:
        first = gettext("{first} and {second}").format(first=first, second=other[:1].lower() + other[1:])
    return first, False


def tasks_of(proposal: Proposal, book: Book, decision: Decision) -> list[Task]:
    """The pages that ask something of this proposal, each with its status."""
    needed = needed_by(decision)
    found = []
    for page in asked_pages(book, proposal.answers):
        missing = missing_on(page, proposal, needed)
        progress = progress_of(page, proposal, book, missing)
        status, kind = STATUS[progress]
        title, quoted = title_of(page, book)
        named = _named(page, missing)
        found.append(Task(page.key, title, quoted, status, kind, named, progress == "new"))
    return found


def folded_sections(proposal: Proposal, book: Book) -> list[ShownSection]:
    """Return the proposal's content by the pages of its form; unanswered questions are left out."""
    rows = rows_by_page(proposal, book)
    found = []
    for page in form_pages(book):
        here = [row for row in rows[page.key] if row.words != NOTHING]
        if here:
            found.append(ShownSection(*title_of(page, book), here))
    return found


def rest_of(decision: Decision, tasks: Iterable[Task], shown: ShownVerdict) -> ShownVerdict:
    """Return what the policy says besides what the task list already names."""
    linked = {one.anchor for task in tasks for one in task.missing}
    if linked & set(_anchors("pupils_in_audience")):
        linked |= set(_anchors("youngest_pupil"))
    needs = [
        wording.need_in_words(need.what, need.source, unknown=finding.message == UNKNOWN)
        for finding in decision.findings
        if finding.overridden_by is None
        for need in finding.needs
        if not linked & set(_anchors(need.what)) and not (linked and need.what == WHOLE_FORM)
    ]
    left = set(needs)
    return replace(
        shown,
        needs=[need for need in shown.needs if need in left],
        points=[point for point in shown.points if not point.needs or left & set(point.needs)],
        waiting=[point for point in shown.waiting if left & set(point.needs)],
    )


def _named(page: FormPage, keys: Collection[str]) -> list[Missing]:
    if page.key == OWN_PAGE:
        return [Missing(str(OWN_LABELS[key]), f"id_{key}{_OWN_FIRST_INPUT.get(key, '')}") for key in keys]
    points = {point.key: point for point in page.points}
    return [Missing(gettext(points[key].label), _anchor(points[key])) for key in keys]


def _anchor(point: FormPoint) -> str:
    return f"id_{POINT}{point.key}{_FIRST_INPUT.get(point.type, '')}"


def _anchors(key: str) -> list[str]:
    if key in {*NEEDED_OF_ANY, *OWN_ASKED}:
        return [f"id_{key}{_OWN_FIRST_INPUT.get(key, '')}"]
    return [f"id_{POINT}{key}{end}" for end in ("", "_0", "_1")]
