"""Reads of guides and of the programme, and both as facts of what the policy is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max, Prefetch, QuerySet

from schoolgate.core.calendars import year_in_figures
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import NotFound
from schoolgate.core.leaving import Leaving, read_by_two
from schoolgate.core.models import Term as TermDays
from schoolgate.people.models import Person
from schoolgate.people.own_will import of_other_wills
from schoolgate.people.safeguarding import second_people
from schoolgate.policy.models import Guide, GuideVersion, Lesson
from schoolgate.policy.parents_pages import page_facts
from schoolgate.policy.states import GuideFor, Programme, Term
from schoolgate.rulebook.situations.learning import Activity, EducationStatus, GuidancePage, GuidanceWrite

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
