"""The form of a proposal as short pages: sections that belong together, what each still lacks. Pure.

A policy with a long form gets several pages, one that asks little gets one or two; none is empty.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from schoolgate.accounts.answers import is_asked
from schoolgate.accounts.ladders import weighed_against
from schoolgate.accounts.models import Proposal
from schoolgate.accounts.paper import Section, sections
from schoolgate.rulebook import Book, Decision
from schoolgate.rulebook.proposal_form import FormPoint

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
