"""What the pages of a proposal show: its fields by section, its signatures, who could sign, what differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.answers import is_asked, people_in
from schoolgate.accounts.ladders import steps, weighed_against
from schoolgate.accounts.models import AccountKind, Proposal, Signature
from schoolgate.accounts.papers import (
    OWN_PAGE,
    WEIGHED_PAGE,
    SigningPart,
    form_pages,
    sections,
    signing_parts,
)
from schoolgate.accounts.proposals import Ladder
from schoolgate.accounts.reporting import OWN, WEIGHED, Difference, Said, said_of
from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.people.models import Person
from schoolgate.rulebook import Book
from schoolgate.rulebook.proposal_form import FormPoint
from schoolgate.web.accounts.proposals.forms import answer_in_words, options_in_words, weighed_in_words
from schoolgate.web.frame.wording import who

OWN_LABELS: Mapping[str, str | Promise] = {
    "name": _("Account name"),
    "school": _("School"),
    "network": _("Network"),
    "kind": _("Account type"),
    "pupils_in_audience": _("Is it meant for pupils?"),
    "youngest_pupil": _("Age of the youngest pupil it is meant for"),
}
NOTHING = "–"
"""Shown for a question without an answer."""
APPROVES: Mapping[str, str | Promise] = {
    "aims": _("the aims"),
    "content": _("the content"),
    "brand": _("use of the brand"),
    "logo": _("use of the logo"),
    "final approval": _("the whole form, as the final signatory"),
}


@dataclass(frozen=True)
class Row:
    """One field in words. `marks`: of a point with options to tick, each with whether it is ticked."""

    label: str
    words: str
    section: str = ""
    marks: Sequence[tuple[str, bool]] = ()


@dataclass(frozen=True)
class ShownSection:
    """A heading of the form with its rows."""

    title: str
    printed: bool
    rows: Sequence[Row]


@dataclass(frozen=True)
class ShownDifference:
    """One field before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ShownStep:
    """One signature of the form: its role, what it approves, the one that counts with its date, and those
    that no longer count."""

    number: int
    role: str
    approves: str
    declaration: str
    signature: Signature | None
    day: date | None
    fallen: Sequence[Signature]


@dataclass(frozen=True)
class WayStep:
    """One step towards a decision. `signing`: of a form with signatures; `able`: who could take it; `held`:
    who has the role; `now`: it is its turn."""

    role: str
    signing: ShownStep | None
    able: str
    held: str
    now: bool


class Words:
    """Fields of a proposal in words: names of people, schools and networks read once for all of them."""

    def __init__(self, book: Book, said: Iterable[Said], *, school: str = "") -> None:
        self.book, self.school = book, school
        self.points = {point.key: point for point in book.proposal_form}
        every = list(said)
        ids = {pk for one in every for pk in people_in(book.proposal_form, one)}
        self.names: dict[int, str] = dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))
        schools = {one["school"] for one in every if one.get("school")}
        self.schools: dict[int, str] = dict(School.objects.filter(pk__in=schools).values_list("pk", "name"))

    def label(self, key: str) -> str:
        """Return the label of a field."""
        if key in OWN_LABELS:
            return str(OWN_LABELS[key])
        if key.startswith(WEIGHED):
            return weighed_in_words(key.removeprefix(WEIGHED))
        return gettext(self.points[key].label) if key in self.points else key

    def value(self, key: str, value: Any) -> str:
        """Return the text of a field; "–" where it is empty."""
        if value in (None, "", []):
            return NOTHING
        match key:
            case "school":
                return self.schools.get(value, "–")
            case "network":
                found = all_capabilities().get(value)
                return found.name if found else str(value)
            case "kind":
                return str(AccountKind(value).label)
            case "pupils_in_audience":
                return gettext("Yes") if value else gettext("No")
        point = self.points.get(key)
        if point is None:
            return str(value)
        return answer_in_words(point, value, self.names, options_in_words(point, self.book, self.school))

    def marks(self, point: FormPoint, value: Any) -> list[tuple[str, bool]]:
        """Each option of a point with whether it is ticked; empty where it has none."""
        ticked = value if isinstance(value, list) else [value]
        return [(words, key in ticked) for key, words in options_in_words(point, self.book, self.school)]


def shown_sections(proposal: Proposal, book: Book, *, blank: bool = False) -> list[ShownSection]:
    """Return the proposal in the order of the policy's own form. `blank`: include fields that are still
    empty."""
    said = said_of(proposal)
    words = Words(book, [said], school=proposal.school.name if proposal.school else "")
    own = [Row(words.label(key), words.value(key, said.get(key))) for key in OWN if key in said or blank]
    weighed = [Row(words.label(key), str(said[key])) for key in said if key.startswith(WEIGHED)]
    found = [ShownSection(gettext("Account"), False, own)]
    if weighed:
        found.append(ShownSection(gettext("Weighed against"), False, weighed))
    for section in sections(book):
        rows = [
            Row(
                words.label(point.key),
                words.value(point.key, said.get(point.key)),
                ", ".join(dict.fromkeys(book.clause(one).section for one in point.clauses)),
                words.marks(point, said.get(point.key)),
            )
            for point in section.points
            if point.key in said or blank
        ]
        title = section.title if section.printed else gettext(section.title)
        if rows:
            found.append(ShownSection(title, section.printed, rows))
    return found


def rows_by_page(proposal: Proposal, book: Book) -> dict[str, list[Row]]:
    """Return what is asked with these answers, and what was answered, by the pages of the form."""
    said = said_of(proposal)
    words = Words(book, [said], school=proposal.school.name if proposal.school else "")
    weighed = [WEIGHED + key for key in weighed_against(book)]
    own = [key for key in OWN if key != "youngest_pupil" or proposal.pupils_in_audience]
    asked = {page.key: [point.key for point in page.points] for page in form_pages(book)}
    keys = {**asked, OWN_PAGE: own, WEIGHED_PAGE: weighed}
    hidden = {point.key for point in book.proposal_form if not is_asked(point, proposal.answers)}
    return {
        page: [Row(words.label(key), words.value(key, said.get(key))) for key in there if key not in hidden]
        for page, there in keys.items()
    }


def shown_differences(
    found: Sequence[Difference], book: Book, before: Said, after: Said
) -> list[ShownDifference]:
    """Return what differs, in words."""
    words = Words(book, [before, after])
    return [
        ShownDifference(
            words.label(one.key), words.value(one.key, one.before), words.value(one.key, one.after)
        )
        for one in found
    ]


def shown_steps(proposal: Proposal, book: Book) -> list[ShownStep]:
    """The signatures of the form in their order; empty where the policy asks for none."""
    parts = signing_parts(book)
    rows = list(proposal.signatures.all())

    def shown(number: int, role: str) -> ShownStep:
        part = parts.get(number)
        here = [row for row in rows if row.step == number]
        standing = next((row for row in here if not hasattr(row, "voided")), None)
        return ShownStep(
            number,
            role,
            approves_in_words(part),
            part.declaration if part else "",
            standing,
            local_day(standing.at) if standing else None,
            [row for row in here if hasattr(row, "voided")],
        )

    return [shown(number, role) for number, role in enumerate(steps(book), start=1)]


def approves_in_words(part: SigningPart | None) -> str:
    """Return what a signature approves, as words with commas."""
    if part is None:
        return ""
    return ", ".join(str(APPROVES.get(one, one)) for one in part.approves)


def shown_way(steps_shown: Sequence[ShownStep], ladder: Ladder) -> list[WayStep]:
    """Return the way to a decision as a short list: who has signed, whose turn it is, who could take it."""
    if not ladder.in_order:
        return [
            WayStep(rung.role, None, _names(rung.able), _names(rung.people), True) for rung in ladder.rungs
        ]
    turn = next((step.number for step in steps_shown if step.signature is None), 0)
    return [
        WayStep(step.role, step, _names(rung.able), _names(rung.people), step.number == turn)
        for step, rung in zip(steps_shown, ladder.rungs, strict=True)
    ]


def shown_ladder(ladder: Ladder) -> dict[str, Any]:
    """Return whether the proposal can be decided, in which way, and which roles have no one left."""
    return {
        "in_order": ladder.in_order,
        "rungs": bool(ladder.rungs),
        "short": [who(role) for role in ladder.short],
    }


def _names(people: Iterable[Person]) -> str:
    return ", ".join(person.name for person in people)


def days_between(first: date, last: date) -> int:
    """Whole days from one day to another."""
    return (last - first).days
