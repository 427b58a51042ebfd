"""What holds for a concern that may be about a person who works or helps here: who to ring, who has the case,
who ends it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict

from schoolgate.core.models import Country, School
from schoolgate.core.own_files import said_in
from schoolgate.inbox.dangers import dangers_in
from schoolgate.incidents.ladder import Around, about_the_head, governors
from schoolgate.incidents.models import Authority, AuthorityWord, KeptOut, Report, Step, StepKind
from schoolgate.incidents.report_facts import SAYS
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for, holders
from schoolgate.people.seats import in_seat

# Phone numbers and places to report to, as data with source and day. The program itself never rings anyone.

FILE = Path(__file__).with_name("numbers.yaml")


class Number(BaseModel):
    """One of them. `telephone` and `text` as people read them; `source` and `read`: where from, and when it
    was last looked at."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    name: str
    telephone: str = ""
    text: str = ""
    address: str = ""
    says: str
    countries: tuple[Literal["england", "wales"], ...]
    who: Literal["child", "adult", "all"]
    place: Literal["danger", "help", "pictures", "whistle", "staff"]
    source: str
    read: str

    @property
    def dial(self) -> str:
        """The telephone number for a link."""
        return self.telephone.replace(" ", "")

    @property
    def in_words(self) -> str | Promise:
        """What it is for, in the reader's language."""
        return WORDS.get(self.key, self.says)


WORDS: dict[str, str | Promise] = {
    "emergency": _("Police, ambulance or fire. For when someone is in danger now, or a crime is happening."),
    "emergency-text": _("999 for people who can’t hear or speak, using the Relay UK app."),
    "police": _("The police, when no one is in danger right now."),
    "childline": _("For anyone under 19. Free, day and night. It doesn’t show on the bill."),
    "meic": _("For anyone under 25 in Wales, in Welsh and English. Free, 8am to midnight."),
    "nspcc": _("For adults worried about a child."),
    "ceop": _(
        "Police who protect children online. For when someone asks a child for "
        "pictures, asks to meet, or talks about sex."
    ),
    "professionals": _("Advice about anything online, for people who work with children."),
    "education-support": _("For everyone who works in education. Free and confidential, day and night."),
    "iwf": _(
        "Tell them where a sexual picture of a child is. They need only the web address, not your name."
    ),
    "whistleblowing": _(
        "Advice if you work with children and worry how a concern about a child is handled. You needn’t "
        "give your name."
    ),
    "report-remove": _("Are you under 18 and the picture is of you? They can help get it taken down."),
}
"""The sentences of the file, for both languages; a test compares them."""


@cache
def all_numbers() -> tuple[Number, ...]:
    """Every line of the file."""
    return tuple(Number(**one) for one in said_in(FILE)["numbers"])


def numbers(place: str, countries: Collection[str]) -> list[Number]:
    """Those for a place of the page, for schools of these countries; all of them where no country is
    known."""
    return [
        one
        for one in all_numbers()
        if one.place == place and (not countries or not set(countries).isdisjoint(one.countries))
    ]


# What holds for a concern that may be about a person who works or helps here: the local authority has the
# first word, and no one closes it alone. In England the case goes to the local authority's designated
# officer (LADO): *Keeping children safe in education*, Part four; *Working together to safeguard children*
# says within one working day. In Wales it goes to the authority's Designated Officer for Safeguarding,
# within 24 hours: *Wales Safeguarding Procedures*, Section 5, and *Keeping learners safe*
# (safeguarding.wales, read on 2026-11-27).

LOCAL_AUTHORITY = "local_authority"
"""The rulebook's word for the body."""
WHO_IS_UNSAID = "unsaid"
"""Stands at the step at which a concern was kept to the leads, since it doesn't say which of us it means."""
IN_ENGLAND_ALONE = frozenset({AuthorityWord.FALSE})
ENDS = frozenset(set(AuthorityWord) - {AuthorityWord.STRATEGY})
"""After these the school goes on alone, or it is over."""
MOST_NAMED = 3
_OF_STAFF = _("a concern about what a colleague may have done")
_HURTS = frozenset({"offensive", "abuse", "harassing", "pestered", "targeted"})


def means_staff(report: Report) -> bool:
    """Return whether it was ever said, or read in its words, that it is about a person here; also if someone
    has said since that it isn't. Who was only hurt or threatened, by the reporter's own clear word, did
    nothing."""
    return report.about_unknown or _who_did().filter(report=report).exists() or was_unsaid(report)


def was_unsaid(report: Report) -> bool:
    """Return whether it was kept to the leads, because it didn't say which of us it means."""
    return _unsaid().filter(report=report).exists()


def _unsaid() -> QuerySet[Step]:
    return Step.objects.filter(kind=StepKind.RESTRICTED, body=WHO_IS_UNSAID)


def _who_did() -> QuerySet[KeptOut]:
    return KeptOut.every.exclude(harmed=True)


def kinds_in_words(numbers: Collection[int]) -> dict[int, list[Promise]]:
    """Return what each of these concerns is about, by its number, without a name or a word of it: the kind of
    danger first. For those who may open it, in a list. One query; none without numbers."""
    if not numbers:
        return {}
    rows = Report.objects.filter(pk__in=numbers).annotate(
        did=Exists(_who_did().filter(report=OuterRef("pk"))) | Exists(_unsaid().filter(report=OuterRef("pk")))
    )
    return {
        pk: [*_first_danger(shows), *([_OF_STAFF] if unknown or did else [])] or [_of_kind(said)]
        for pk, unknown, did, said, shows in rows.values_list("pk", "about_unknown", "did", "said", "shows")
    }


def _first_danger(shows: Iterable[Sequence[str]]) -> list[Promise]:
    """Return in words which of the kinds of danger that a concern shows comes first; none where it shows
    none."""
    return dangers_in([(*one, 0, 0) for one in shows])[:1]


def _of_kind(said: Collection[str]) -> Promise:
    known = [SAYS[key] for key in said if key in SAYS]
    if any(one.child for one in known):
        return _("a concern about a child")
    if any(_HURTS.intersection(one.kinds) for one in known):
        return _("a concern about threats or abuse")
    return _("a concern that was reported")


def words_for(school: School | None) -> list[AuthorityWord]:
    """Return what the authority of a school can say, in the terms of its country; all where none is known."""
    wales = school is not None and school.country == Country.WALES
    return [one for one in AuthorityWord if not (wales and one in IN_ENGLAND_ALONE)]


def authority_of(school: School | None) -> Authority | None:
    """Return who to ring for a school: its own entry, else that of all schools."""
    rows = Authority.objects.filter(Q(school=school) | Q(school=None)) if school else Authority.objects.all()
    found = list(rows.select_related("school").order_by("pk"))
    own = [one for one in found if school is not None and one.school_id == school.pk]
    of_all = [one for one in found if one.school_id is None]
    return next(iter([*own, *of_all]), found[0] if school is None and len(found) == 1 else None)


def schools_without_numbers(_on: date) -> QuerySet[School]:
    """Return the schools for which a number of the local authority isn't known, by day or at night: as
    `authority_of` finds it."""
    own, of_all = Authority.objects.filter(school=OuterRef("pk")), Authority.objects.filter(school=None)
    at_night = ~Q(out_of_hours="")
    return School.objects.exclude(Exists(own.filter(at_night))).filter(
        Exists(own) | ~Exists(of_all.filter(at_night))
    )


def last_word(report: Report) -> AuthorityWord | None:
    """Return the last that the authority said; None: nothing is saved."""
    row = report.steps.filter(kind=StepKind.AUTHORITY).order_by("-at", "-id").first()
    return AuthorityWord(row.body) if row is not None else None


def awaits_authority(report: Report) -> bool:
    """Return whether the authority was told of it, and hasn't said how it ends."""
    told = report.steps.filter(kind=StepKind.BODY_TOLD, body=LOCAL_AUTHORITY).exists()
    word = last_word(report)
    return word not in ENDS if word is not None else told and means_staff(report)


@dataclass(frozen=True)
class CaseManager:
    """Who manages the case: `people` by name; `chair`: as the chair or governors, because it may be about the
    head."""

    people: tuple[Person, ...]
    chair: bool


def case_manager(report: Report, *, on: date) -> CaseManager:
    """Return who manages the case: the head, or the chair of governors where it may be about the head. Never
    a person it may be about. Empty where no one is known here in that seat."""
    book, around = book_for(report), Around.of(report, on=on)
    chair = about_the_head(book, around)
    if chair:
        rungs: Iterable[frozenset[int]] = [one.people for one in governors(book, around)[:1]]
    else:
        called, instead = in_seat("head", book)
        rungs = [
            frozenset(one.pk for key in keys for one in holders(key, on=on, school=report.school))
            for keys in (called, instead)
        ]
    ids = next((one - around.out_people for one in rungs if one - around.out_people), frozenset[int]())
    found = Person.objects.filter(pk__in=ids).order_by("name", "pk")[:MOST_NAMED]
    return CaseManager(tuple(found), chair)
