"""The policy's own form on pages and on paper, and sealed papers for the safe: printed once, numbered,
reported when opened, void when no longer good."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.keys import (
    ask_for_change,
    asked_to_see,
    check_has_part,
    check_takes_keys,
    keys_facts,
    note_shown,
)
from schoolgate.accounts.models import (
    PAPER_MOVES,
    Account,
    AccountKey,
    ChangeReason,
    KeyKind,
    PaperKey,
    PaperLine,
    PaperState,
    Proposal,
)
from schoolgate.accounts.proposal_form import is_asked, weighed_against
from schoolgate.core import vault
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, Text
from schoolgate.core.events import record
from schoolgate.core.models import Federation
from schoolgate.core.moves import move
from schoolgate.core.tenancy import current_scope
from schoolgate.people.models import Person
from schoolgate.policy.asking import record_decision, require
from schoolgate.policy.queries import in_force
from schoolgate.rulebook import Book, Decision
from schoolgate.rulebook.proposal_form import FormPoint

ON_PAPER = (KeyKind.PARTICULARS, KeyKind.PASSWORD, KeyKind.CODES)
"""Kinds of keys printed on a paper. Never a seed: people who open the safe have the recovery codes."""


@dataclass(frozen=True)
class Printed:
    """A paper as printed, once: its row, and each key with its content."""

    paper: PaperKey
    lines: tuple[tuple[AccountKey, str], ...] = field(repr=False)


@action
def make_paper(
    *, account: Account, by: Person, at: datetime, keys: Iterable[AccountKey], place: str = ""
) -> Printed:
    """Make a numbered paper with some of an account's keys, to seal and store in the safe.

    Printing is seeing: each key is checked, recorded and announced like one that is shown. Raises Refused,
    NotAllowed, NotNow, BadInput, CannotOpen.
    """
    on = local_day(at)
    check_takes_keys(account)
    chosen = list(keys)
    usable = all(not key.ended and key.account_id == account.pk and key.kind in ON_PAPER for key in chosen)
    if not chosen or not usable:
        raise BadInput({"keys": _("Choose at least one of the account’s passwords.")})
    policy = in_force(on)
    for key in chosen:
        facts = keys_facts(account, policy, by=by, at=at, kind=key.kind, act="keep", place="locked")
        require(record_decision("account.keys", facts, at=at, by=by, subject=key))
    seen = [asked_to_see(key, by=by, at=at) for key in chosen]
    for one in seen:
        require(one)
    check_has_part(by, account, on=on)
    paper = PaperKey.objects.create(
        account=account, number=_next_number(), place=place.strip(), made_by=by, made_at=at
    )
    lines = []
    for key, kept in zip(chosen, seen, strict=True):
        PaperLine.objects.create(paper=paper, key=key)
        lines.append((key, vault.reveal(key.vault_ref or 0)))
        note_shown(key, kept, by=by, at=at, code_only=False)
    clauses = [clause for one in seen for clause in one.clauses]
    record("paperkey.made", subject=paper, at=at, actor=by, clauses=clauses, account=account.pk, by=by.pk)
    return Printed(paper, tuple(lines))


def _next_number() -> int:
    """Return the federation's last number plus one; concurrent calls wait for each other."""
    Federation.objects.select_for_update(no_key=True).get(pk=current_scope().federation_id)
    return (PaperKey.objects.aggregate(last=Max("number"))["last"] or 0) + 1


@action
def report_opened(
    *, paper: PaperKey, by: Person, at: datetime, opened_by: Person, opened_on: date, why: str
) -> PaperKey:
    """Report that a sealed paper was opened: who opened it, on which day, and why. Its keys fall due for
    change.

    Anyone who may see the inside of the account may report it. Raises BadInput, NotNow where it is opened
    or void already.
    """
    wrong: dict[str, Text] = {}
    if opened_on > local_day(at) or opened_on < local_day(paper.made_at):
        wrong["opened_on"] = _("Enter a date between the day it was created and today.")
    if not why.strip():
        wrong["why"] = _("Explain why it was opened.")
    if wrong:
        raise BadInput(wrong)
    move(
        paper, to=PaperState.OPENED, moves=PAPER_MOVES, at=at, opened_by=opened_by, opened_on=opened_on,
        why=why.strip(), ended_at=at, ended_by=by,
    )  # fmt: skip
    record(
        "paperkey.opened", subject=paper, at=at, actor=by, account=paper.account_id, opened_by=opened_by.pk,
        by=by.pk,
    )  # fmt: skip
    on_it = AccountKey.objects.filter(on_papers__paper=paper, ended="").exclude(kind=KeyKind.PARTICULARS)
    for key in on_it.select_related("account__school").order_by("id"):
        ask_for_change(key, ChangeReason.OPENED, at=at, person=opened_by)
    return paper


@action
def void_paper(*, paper: PaperKey, by: Person, at: datetime, why: str) -> PaperKey:
    """Record that a sealed paper is no longer valid, for instance shredded. Raises NotAllowed, NotNow,
    BadInput."""
    check_has_part(by, paper.account, on=local_day(at))
    if not why.strip():
        raise BadInput({"why": _("Explain why it’s no longer valid.")})
    move(paper, to=PaperState.VOID, moves=PAPER_MOVES, at=at, why=why.strip(), ended_at=at, ended_by=by)
    record("paperkey.voided", subject=paper, at=at, actor=by, account=paper.account_id)
    return paper


SIGNED = "approval"
"""The section of a paper form that holds its signatures."""


@dataclass(frozen=True)
class Section:
    """Part of a form. `title`: as the form or the policy calls it; `printed`: it is a heading of the policy
    itself and not ours to translate."""

    title: str
    printed: bool
    points: tuple[FormPoint, ...]


@dataclass(frozen=True)
class SigningPart:
    """One signature of the form. `approves`: aims, content, brand, logo; `declaration`: the form's words."""

    step: int
    role: str
    approves: tuple[str, ...]
    declaration: str


@dataclass(frozen=True)
class Paper:
    """The heading of a form of the policy's own."""

    title: str
    source: str
    note: str


def paper_of(book: Book) -> Paper | None:
    """Return the heading of the policy's own form; None where it has none."""
    form = book.pack.form
    if form is None:
        return None
    notes = [section.get("note", "") for section in form["sections"] if section["key"] == SIGNED]
    return Paper(form["title"], form["source"], next(iter(notes), ""))


def sections(book: Book) -> list[Section]:
    """Return the points of a proposal, in the order in which the policy's own form has them.

    What the policy asks for elsewhere follows, under the headings of its text.
    """
    left = list(book.proposal_form)
    found: list[Section] = []
    for section in (book.pack.form or {}).get("sections", ()):
        wanted = [clause for field in section["fields"] for clause in field["clauses"]]
        points = sorted(
            (point for point in left if set(point.clauses) & set(wanted)),
            key=lambda point: _place(point, wanted),
        )
        left = [point for point in left if point not in points]
        if points:
            found.append(Section(section["label"], False, tuple(points)))
    return [*found, *_by_heading(left, book)]


def signing_parts(book: Book) -> Mapping[int, SigningPart]:
    """Return what each signature of the policy's own form approves, by its step; empty where it has no
    form."""
    rows: Iterable[Mapping[str, Any]] = (book.pack.form or {}).get("signatures", ())
    return {
        row["step"]: SigningPart(row["step"], row["role"], tuple(row["approves"]), row["declaration"] or "")
        for row in rows
    }


def takes_school_name(book: Book) -> bool:
    """Return whether the options of the policy's own form name the school."""
    return "{school}" in str(book.pack.form)


def _place(point: FormPoint, wanted: list[str]) -> int:
    return min(wanted.index(clause) for clause in point.clauses if clause in wanted)


def _by_heading(points: Iterable[FormPoint], book: Book) -> list[Section]:
    headings: dict[str, list[FormPoint]] = {}
    for point in points:
        headings.setdefault(book.clause(point.clauses[0]).section, []).append(point)
    return [Section(heading, True, tuple(there)) for heading, there in headings.items()]


OWN_PAGE, WEIGHED_PAGE = "account", "weighed"
NEEDED_OF_ANY = ("name", "network", "kind")
"""What the program needs to know of any account."""
OWN_ASKED = ("network", "pupils_in_audience", "youngest_pupil")
"""The program's own questions on which a rule may wait."""
MOST_TOGETHER, MOST_ON_A_PAGE = 9, 16
"""Sections share a page up to the first number of questions; one with more than the second is split."""

Progress = Literal["done", "started", "new", "optional"]
_NUMBER = re.compile(r"^(?:[A-Z]\.)?\d+(?:\.\d+)*\s+")


@dataclass(frozen=True)
class FormPage:
    """One page of the form. `key` is in its address; `sections` are empty for the program's own pages."""

    key: str
    sections: tuple[Section, ...] = ()

    @property
    def points(self) -> tuple[FormPoint, ...]:
        """Return the policy's points on this page."""
        return tuple(point for section in self.sections for point in section.points)


def form_pages(book: Book) -> list[FormPage]:
    """Return the pages of this policy's form: the account, what it is weighed against, the policy's own
    points."""
    found = [FormPage(OWN_PAGE)]
    if weighed_against(book):
        found.append(FormPage(WEIGHED_PAGE))
    together: list[list[Section]] = []
    for section in _headed(sections(book)):
        last = together[-1] if together else []
        fits = sum(len(one.points) for one in (*last, section)) <= MOST_TOGETHER
        if last and fits and last[0].printed == section.printed:
            last.append(section)
        else:
            together.append([section])
    return found + [FormPage(str(number), tuple(there)) for number, there in enumerate(together, start=1)]


def asked_pages(book: Book, answers: Mapping[str, Any]) -> list[FormPage]:
    """Return the pages on which something is asked with these answers."""
    return [
        page
        for page in form_pages(book)
        if not page.sections or any(is_asked(point, answers) for point in page.points)
    ]


def needed_by(decision: Decision) -> frozenset[str]:
    """Return what the policy still requires, by the keys of its form."""
    return frozenset(
        need.what for finding in decision.findings if finding.overridden_by is None for need in finding.needs
    )


def missing_on(page: FormPage, proposal: Proposal, needed: Collection[str]) -> list[str]:
    """Return the keys of this page's questions that have to be answered before the proposal can be sent."""
    if page.key == OWN_PAGE:
        empty = [key for key in NEEDED_OF_ANY if not getattr(proposal, key)]
        # An age is required of an account for pupils: where the form says it is for none, that needs
        # correcting.
        said_no = proposal.pupils_in_audience is False
        waits = ["pupils_in_audience" if said_no and key == "youngest_pupil" else key for key in needed]
        return [*empty, *(key for key in OWN_ASKED if key in waits and key not in empty)]
    answers = proposal.answers
    return [
        point.key
        for point in page.points
        if is_asked(point, answers)
        and (point.key in needed or (_compulsory(point) and answers.get(point.key) in (None, "", [])))
    ]


def progress_of(page: FormPage, proposal: Proposal, book: Book, missing: Sequence[str]) -> Progress:
    """Return the progress of this page. What the idea is weighed against is advised, so it is never
    missing."""
    if page.key == OWN_PAGE:
        return "started" if missing else "done"
    if page.key == WEIGHED_PAGE:
        given = len(proposal.considered)
        return "optional" if not given else "done" if given >= len(weighed_against(book)) else "started"
    if not missing:
        return "done"
    return "started" if any(point.key in proposal.answers for point in page.points) else "new"


def _compulsory(point: FormPoint) -> bool:
    return point.required or bool(point.required_if)


def _headed(found: Iterable[Section]) -> list[Section]:
    """Return sections of one heading merged, whatever their numbers; those too long for a page in equal
    parts."""
    joined: list[Section] = []
    for section in found:
        title = _NUMBER.sub("", section.title) if section.printed else section.title
        if joined and joined[-1].printed and (joined[-1].title, True) == (title, section.printed):
            joined[-1] = Section(title, True, (*joined[-1].points, *section.points))
        else:
            joined.append(Section(title, section.printed, section.points))
    return [part for section in joined for part in _cut(section)]


def _cut(section: Section) -> list[Section]:
    count = -(-len(section.points) // MOST_ON_A_PAGE)
    size = -(-len(section.points) // count)
    parts = [section.points[start : start + size] for start in range(0, len(section.points), size)]
    return [Section(section.title, section.printed, points) for points in parts]
