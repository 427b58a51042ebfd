"""Guides, the programme and pages for parents: reads, facts of what the policy is asked, first texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Max, Prefetch, Q, QuerySet
from django.utils import translation
from django.utils.formats import date_format
from pydantic import BaseModel, ConfigDict

from schoolgate.core.calendars import year_in_figures
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import NotFound
from schoolgate.core.leaving import Leaving, read_by_two
from schoolgate.core.models import School, in_terms
from schoolgate.core.models import Term as TermDays
from schoolgate.core.outside.client import CannotRead, Opener
from schoolgate.core.own_files import said_in
from schoolgate.core.surroundings import parts_of
from schoolgate.people.leads import of_other_wills
from schoolgate.people.models import Person
from schoolgate.people.safeguarding import second_people
from schoolgate.policy.models import (
    Guide,
    GuideAbout,
    GuideFor,
    GuideVersion,
    Lesson,
    PageState,
    ParentsPage,
    Programme,
    Term,
)
from schoolgate.rulebook.situations.learning import Activity, EducationStatus, GuidancePage, GuidanceWrite
from schoolgate.rulebook.situations.learning import ParentsPage as PageFact

# Texts to begin a guide from, as data: one for each kind of reader and topic, in English and Welsh.


FOLDER = Path(__file__).with_name("guide_starts")
_GAP = re.compile(r"\[[^\]\n]*\]?")


class Start(BaseModel):
    """A title and a text in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    text: str
    title_cy: str
    text_cy: str

    def filled(self, on: date, numbers: Mapping[str, object]) -> Start:
        """Return it with the month of a day, and with phone numbers and addresses, by key, put in, in
        the terms of the schools' country."""
        texts = {}
        for name, language in (("text", "en"), ("text_cy", "cy")):
            with translation.override(language):
                month = date_format(on, "F Y")
            text = getattr(self, name).format_map({**numbers, "month": month})
            texts[name] = str(in_terms(text)).strip()
        return self.model_copy(update=texts)


@cache
def starts() -> Mapping[tuple[str, str], Start]:
    """Return every text to begin from, by readers and topic."""
    return {
        (audience, about): Start(**words)
        for about in GuideAbout.values
        if (file := FOLDER / f"{about}.yaml").exists()
        for audience, words in said_in(file).items()
    }


def gaps_in(*texts: str) -> list[str]:
    """Return what still stands in square brackets in these texts: what the school has yet to write."""
    return [found for text in texts for found in _GAP.findall(text)]


# The reading age of an English text. Plain arithmetic.


LEAST_WORDS = 30
"""Below this the figure says nothing."""
_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_SENTENCE = re.compile(r"(?<![.!?:])[.!?:]++(?:\s|$)|\n+")
_VOWELS = re.compile(r"[aeiouy]+")


def reading_age(text: str) -> int | None:
    """Return the age in years from which children are likely to read a text with ease; None below
    LEAST_WORDS words.

    The Flesch-Kincaid grade (Kincaid and others, 1975), plus five for the age of a school year in England.
    Its syllables are counted by groups of vowels: it is a rough measure, off by a year or so.
    """
    words = _WORD.findall(text)
    if len(words) < LEAST_WORDS:
        return None
    sentences = max(1, sum(1 for part in _SENTENCE.split(text) if _WORD.search(part)))
    grade = 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return max(5, round(grade + 5))


def syllables(word: str) -> int:
    """Return about how many syllables an English word has: at least one."""
    lower = word.lower()
    found = len(_VOWELS.findall(lower))
    if lower.endswith("e") and not lower.endswith(("le", "ee")) and found > 1:
        found -= 1
    return max(1, found)


# Pages for parents on the schools' own websites: reads, facts, and the look whether one is there.


LONGEST = 500
LOOK_AGAIN, TRY_AGAIN = timedelta(days=7), timedelta(days=1)
"""How long after a look the next one is due, and after a page that couldn't be read: our own rule."""
AT_ONCE = 200
_FOUND = {PageState.THERE: True, PageState.MISSING: False}
_THERE = frozenset({"no_page", "too_large"})
"""Why something isn't read that was there all the same: a PDF, or a very long page."""

Fetch = Callable[[str], Any]


def parents_pages() -> list[ParentsPage]:
    """Return the pages that are entered, by school; the federation's own website first."""
    rows = ParentsPage.objects.filter(ended_at=None).select_related("school", "by")
    return sorted(rows, key=lambda row: row.school.name if row.school else "")


def parents_page(pk: int) -> ParentsPage:
    """Return a page that is entered. Raises NotFound."""
    found = ParentsPage.objects.filter(pk=pk, ended_at=None).first()
    if found is None:
        raise NotFound
    return found


def page_facts() -> dict[str, Any]:
    """Return the pages and the schools as facts of a school year's teaching. Two queries."""
    return {
        "pages": tuple(
            PageFact(school=row.school.name if row.school else None, found=_FOUND.get(PageState(row.state)))
            for row in parents_pages()
        ),
        "schools": tuple(School.objects.order_by("name").values_list("name", flat=True)),
    }


def is_web_address(address: str) -> bool:
    """Return whether this can be a public page: https, a host with a dot, and nothing that signs in."""
    parts = parts_of(address)
    if not (0 < len(address) <= LONGEST) or " " in address or not address.isprintable():
        return False
    return parts.scheme == "https" and "." in (parts.hostname or "") and not (parts.port or parts.username)


def due_for_a_look(*, at: datetime) -> list[int]:
    """Return the pages that weren't looked for within a week, or a day after one couldn't be read, longest
    ago first. One query."""
    late = Q(looked_at=None) | Q(looked_at__lte=at - LOOK_AGAIN)
    late |= Q(state=PageState.UNREADABLE, looked_at__lte=at - TRY_AGAIN)
    rows = ParentsPage.objects.filter(late, ended_at=None).order_by("looked_at", "pk")
    return list(rows.values_list("pk", flat=True)[:AT_ONCE])


def state_of(address: str, fetch: Fetch | None = None) -> PageState:
    """Look whether a page is there. What can't be reached or read proves nothing. Network work: no scope."""
    opener = fetch or Opener(agent="Schoolgate (looks for a page for parents)").fetch
    try:
        opener(address)
    except CannotRead as error:
        if error.why == "not_there":
            return PageState.MISSING
        return PageState.THERE if error.why in _THERE else PageState.UNREADABLE
    return PageState.THERE


# Reads of guides and of the programme, and both as facts of what the policy is asked.


AGES: Mapping[str, int] = {GuideFor.KS1: 7, GuideFor.KS2: 11, GuideFor.KS3: 14, GuideFor.KS4: 16}
"""The age of the oldest readers of a guide for pupils."""
PLAIN = 12
"""The reading age up to which a text for parents is plain: our own rule, no policy names one."""
NAMES: Mapping[str, str] = {
    Programme.PUPIL: "pupil online safety",
    Programme.PARENT: "parent/carer education",
}
"""What the rules call a programme."""
MOST = 500
_SPANS: Mapping[Term, tuple[date, date]] = {
    Term.AUTUMN: (date(2000, 9, 1), date(2000, 12, 31)),
    Term.SPRING: (date(2000, 1, 1), date(2000, 3, 31)),
    Term.SUMMER: (date(2000, 4, 1), date(2000, 8, 31)),
}
"""Between which days of a year a calendar's term begins that belongs to this one; the year doesn't count."""


@dataclass(frozen=True)
class Standing:
    """A guide with its newest published version, and the draft that is newer."""

    guide: Guide
    shown: GuideVersion | None
    draft: GuideVersion | None

    def due(self, on: date) -> bool:
        """Whether it should have been looked at again."""
        return self.shown is not None and self.shown.check_by < on


def standing(guide: Guide) -> Standing:
    """Return a guide as it stands. Its versions are loaded already, newest first."""
    versions = list(guide.versions.all())
    shown = next((one for one in versions if one.published_at is not None), None)
    newest = versions[0] if versions else None
    return Standing(guide, shown, newest if newest is not shown else None)


def guides() -> list[Standing]:
    """Return the guides that were not withdrawn, by readers, then by age. Two queries."""
    order = list(GuideFor.values)
    rows = [standing(one) for one in _loaded(Guide.objects.filter(ended_at=None))[:MOST]]
    return sorted(rows, key=lambda one: (order.index(one.guide.audience), one.guide.pk))


def published(*, public: bool = False) -> list[Standing]:
    """Return the guides that readers find; with `public` those that everyone may read."""
    rows = [one for one in guides() if one.shown is not None]
    return [one for one in rows if one.shown and one.shown.public] if public else rows


def leaving(version: GuideVersion) -> Leaving:
    """Return a guide as it's looked through before its readers, staff too, find it."""
    words = {name: getattr(version, name) for name in ("title", "text", "title_cy", "text_cy")}
    return Leaving(Door.GUIDE, words, about=version.guide)


read_by_two("policy.guideversion", leaving)


def needs_second(version: GuideVersion) -> bool:
    """Return whether pupils may read this version: then two people publish it. Only what staff alone read,
    signed in, one does."""
    return version.public or version.guide.audience != GuideFor.STAFF


def writers_of(guide: Guide) -> list[Person]:
    """Return who wrote what no second person has agreed to, the last of them first."""
    found = list[Person]()
    for one in guide.versions.select_related("by", "guide").order_by("-number"):
        if one.published_at is not None and needs_second(one):
            break
        found.append(one.by)
    return list(dict.fromkeys(found))


def seconds_for(guide: Guide, *, at: datetime) -> list[Person]:
    """Return who may agree to a guide: who looks after the policy or oversees it, and the safeguarding leads;
    each another will than who wrote it."""
    wrote = writers_of(guide)
    people = second_people(guide.by.federation, person=wrote[0], by=None, on=local_day(at)) if wrote else []
    return of_other_wills(people, wrote, at=at)


def any_public() -> bool:
    """Return whether there is a guide that everyone may read. One query."""
    rows = GuideVersion.objects.filter(public=True, published_at__isnull=False, guide__ended_at=None)
    return rows.exists()


def guide(pk: int) -> Standing:
    """Return one guide, withdrawn ones too. Raises NotFound."""
    found = _loaded(Guide.objects.filter(pk=pk)).first()
    if found is None:
        raise NotFound
    return standing(found)


def words_in(version: GuideVersion, language: str) -> tuple[str, str, str]:
    """Return title, text and the language that they are in: Welsh where it was asked for and is there."""
    if language == "cy" and version.text_cy:
        return version.title_cy, version.text_cy, "cy"
    return version.title, version.text, "en"


def hard_for(version: GuideVersion) -> int | None:
    """Return the reading age that its readers need, where the text asks for more; else None."""
    wanted = PLAIN if version.guide.audience == GuideFor.PARENTS else AGES.get(version.guide.audience)
    age = version.reading_age
    return wanted if wanted is not None and age is not None and age > wanted else None


def write_facts(audience: str, age: int | None, *, on: date) -> GuidanceWrite:
    """Return a guide that is saved as facts."""
    pupils = audience in AGES
    relation: Any = "pupil" if pupils else "parent" if audience == GuideFor.PARENTS else "staff"
    return GuidanceWrite(on=on, for_whom=relation, audience_age=AGES.get(audience), reading_age=age)


def guidance_pages() -> tuple[GuidancePage, ...]:
    """Return the published guides, each with the version of the policy that it was written for."""
    return tuple(
        GuidancePage(key=f"guide-{one.guide.pk}", written_for=one.shown.version.number)
        for one in published()
        if one.shown
    )


# --- The programme


def year_of(on: date) -> int:
    """Return the calendar year in which the school year of a day begins: on 1 September."""
    return on.year if on.month >= 9 else on.year - 1


def term_of(on: date) -> Term:
    """Return the term that a day is in or follows: autumn to December, spring to March, then summer."""
    return Term.AUTUMN if on.month >= 9 else Term.SPRING if on.month <= 3 else Term.SUMMER


def last_day_of(year: int, term: str) -> date:
    """Return the last day of a term of a school year: as the schools' calendars have it, the latest of them;
    where none has it, the end of December, March or August."""
    first, end = _SPANS[Term(term)]
    first, end = (each.replace(year=year if each.month >= 9 else year + 1) for each in (first, end))
    rows = TermDays.objects.filter(first_day__range=(first, end))
    found: date | None = rows.aggregate(last=Max("last_day"))["last"]
    return found or end


def label_of(year: int) -> str:
    """Return a school year as schools write it."""
    return year_in_figures(year)


def days_of(year: int) -> tuple[date, date]:
    """Return the first and the last day of a school year."""
    return date(year, 9, 1), date(year + 1, 9, 1) - timedelta(days=1)


def lessons(year: int) -> list[Lesson]:
    """Return what is planned or was held in a school year, in the order it was planned."""
    rows = Lesson.objects.filter(year=year, off_at=None).select_related("by", "held_by", "guide")
    return list(rows.order_by("id")[:MOST])


def lesson(pk: int) -> Lesson:
    """Return one lesson or talk. Raises NotFound."""
    found = Lesson.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def education_facts(year: int, *, on: date) -> EducationStatus:
    """Return a school year of teaching as facts. Its year groups are those that the programme names."""
    rows = lessons(year)
    first, last = days_of(year)
    return EducationStatus(
        on=on,
        year_from=first,
        year_to=last,
        year_groups=_groups(rows),
        activities=tuple(
            Activity(programme=NAMES[one.programme], on=one.held_on, year_group=one.group or None)
            for one in rows
            if one.held_on is not None
        ),
        **page_facts(),
    )


def _groups(rows: Sequence[Lesson]) -> tuple[str, ...] | None:
    return tuple(dict.fromkeys(one.group for one in rows if one.group)) or None


def _loaded(rows: QuerySet[Guide]) -> QuerySet[Guide]:
    versions = GuideVersion.objects.select_related("guide", "version", "by", "published_by")
    return rows.prefetch_related(Prefetch("versions", versions.order_by("-number"))).order_by("pk")
