"""The days of the calendar of posts, ready for the page: posts, school days, gaps and clashes in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse
from django.utils.dates import MONTHS_3, WEEKDAYS_ABBR
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolgate.core.clock import LONDON, local_day
from schoolgate.core.school_year import SchoolDays
from schoolgate.people.models import Person
from schoolgate.publishing.calendar import Planned, may_move
from schoolgate.publishing.planning import (
    BANK_HOLIDAY,
    HOLIDAY,
    INSET,
    OFF,
    SCHOOL_DAY,
    UNKNOWN,
    WEEKEND,
    Clash,
    kinds_of_days,
)
from schoolgate.publishing.queries import first_pictures
from schoolgate.web.posts.wording import kind_of

DAY = timedelta(days=1)
FREE = OFF | {WEEKEND}
LONGEST_BREAK = 3 * DAY
"""Days between two days of one holiday: a weekend lies between Friday and Monday."""
LETTERS = 60
MOST_CLASHES = 10
"""Clashes that are listed; the days show each."""
MOST_NAMED = 2
"""Schools that a day names; more are counted."""


@dataclass(frozen=True)
class PlanRow:
    """A post on its day."""

    pk: int
    href: str
    time: str
    text: str
    accounts: str
    state: str
    kind: str
    clash: bool
    move: bool
    picture: int | None = None


@dataclass(frozen=True)
class PlanDay:
    """One day. `labels`: what it is for the schools, in words. `gap`: a school day ahead without a post.
    `outside`: of the month before or after. `more`: posts that are not shown."""

    day: date
    head: str
    today: bool
    outside: bool
    past: bool
    labels: Sequence[str] = ()
    off: bool = False
    gap: bool = False
    rows: Sequence[PlanRow] = ()
    more: int = 0

    @property
    def bare(self) -> bool:
        """Whether a phone's list of days leaves it out: the lines above the days tell its label or gap."""
        return not self.rows and not self.today


@dataclass(frozen=True)
class PlanWords:
    """What the page says above the days."""

    off: Sequence[str] = ()
    gaps: Sequence[str] = ()
    clashes: Sequence[str] = ()
    more_clashes: int = 0
    unknown: Sequence[str] = ()
    """Schools whose terms are not entered for some of the days."""


@dataclass
class Sheet:
    """What the days are drawn from. `days`: all that are shown; `inside`: those of the month or week."""

    person: Person
    today: date
    days: Sequence[date]
    inside: Collection[date]
    schools: Sequence[SchoolDays]
    shown: Sequence[Planned]
    all_states: Sequence[Planned]
    """The same without the choice of a status: a gap is a day without any post."""
    clashes: Sequence[Clash]
    most: int
    kinds: Mapping[date, Mapping[int, str]] = field(init=False)

    def __post_init__(self) -> None:
        """Find out once what each day is for each school."""
        self.kinds = kinds_of_days(self.schools, self.days)

    def drawn(self) -> list[PlanDay]:
        """Return the days in order."""
        by_day: dict[date, list[Planned]] = {}
        for each in self.shown:
            if each.day is not None:
                by_day.setdefault(each.day, []).append(each)
        gaps = set(self._gaps())
        clashing = {pk for each in self.clashes for pk in (each.first, each.second)}
        base = reverse("posts")
        pictures = first_pictures(each.pk for rows in by_day.values() for each in rows[: self.most])
        return [
            PlanDay(
                day,
                short_day(day),
                today=day == self.today,
                outside=day not in self.inside,
                past=day < self.today,
                labels=self._labels(day),
                off=bool(self.kinds[day]) and set(self.kinds[day].values()) <= FREE,
                gap=day in gaps,
                rows=[
                    self._row(each, base, clashing, pictures.get(each.pk))
                    for each in by_day.get(day, ())[: self.most]
                ],
                more=max(0, len(by_day.get(day, ())) - self.most),
            )
            for day in self.days
        ]

    def words(self) -> PlanWords:
        """Return what is said above the days: about those of the month or week alone."""
        inside = sorted(self.inside)
        names = {account: name for each in self.all_states for account, name in each.accounts}
        clashes = [
            each for each in self.clashes if each.account in names and local_day(each.first_at) in self.inside
        ]
        unknown = [
            each.school.name
            for each in self.schools
            if any(self.kinds[day].get(each.school.pk) == UNKNOWN for day in inside)
        ]
        return PlanWords(
            off=list(_runs((day, label) for day in inside for label in self._labels(day))),
            gaps=[short_day(day) for day in self._gaps()],
            clashes=[
                _("{account}, {day}: {first} and {second}").format(
                    account=names.get(each.account, ""),
                    day=short_day(local_day(each.first_at)),
                    first=f"{each.first_at.astimezone(LONDON):%H:%M}",
                    second=f"{each.second_at.astimezone(LONDON):%H:%M}",
                )
                for each in clashes[:MOST_CLASHES]
            ],
            more_clashes=max(0, len(clashes) - MOST_CLASHES),
            unknown=unknown,
        )

    def _gaps(self) -> list[date]:
        filled = {each.day for each in self.all_states if each.counts}
        return [
            day
            for day in self.days
            if day in self.inside
            and day >= self.today
            and day not in filled
            and SCHOOL_DAY in self.kinds[day].values()
        ]

    def _labels(self, day: date) -> list[str]:
        words = {
            HOLIDAY: _("School holiday"),
            BANK_HOLIDAY: _("Bank holiday"),
            INSET: _("INSET day"),
        }
        found: dict[str, list[str]] = {}
        for each in self.schools:
            kind = self.kinds[day].get(each.school.pk, "")
            if kind in words:
                found.setdefault(words[kind], []).append(each.school.name)
            for first, last in each.terms:
                if day == first:
                    found.setdefault(_("First day of term"), []).append(each.school.name)
                if day == last:
                    found.setdefault(_("Last day of term"), []).append(each.school.name)
        return [self._for_schools(label, names) for label, names in found.items()]

    def _for_schools(self, label: str, names: Sequence[str]) -> str:
        if len(names) == len(self.schools):
            return label
        if len(names) > MOST_NAMED:
            places = ngettext("{number} school", "{number} schools", len(names)).format(number=len(names))
        else:
            places = ", ".join(names)
        return f"{label}: {places}"

    def _row(
        self,
        post: Planned,
        base: str,
        clashing: Collection[int],
        picture: int | None,
    ) -> PlanRow:
        return PlanRow(
            post.pk,
            f"{base}/{post.pk}",
            f"{post.at.astimezone(LONDON):%H:%M}" if post.at else "",
            Truncator(" ".join(post.text.split())).chars(LETTERS) or "–",
            ", ".join(name for _pk, name in post.accounts),
            post.status,
            kind_of(post),
            post.counts and post.pk in clashing,
            may_move(self.person, post),
            picture,
        )


def short_day(day: date) -> str:
    """Return a day as the calendar names it: "Mon 2 Nov"."""
    return f"{WEEKDAYS_ABBR[day.weekday()]} {day.day} {str(MONTHS_3[day.month]).capitalize()}"


def _runs(labelled: Iterable[tuple[date, str]]) -> Iterable[str]:
    """Return each label once for a run of its days: "School holiday: Mon 26 Oct – Fri 30 Oct"."""
    runs: dict[str, list[list[date]]] = {}
    for day, label in labelled:
        found = runs.setdefault(label, [])
        if found and day - found[-1][1] <= LONGEST_BREAK:
            found[-1][1] = day
        else:
            found.append([day, day])
    for label, spans in runs.items():
        for first, last in spans:
            when = short_day(first) if first == last else f"{short_day(first)} – {short_day(last)}"
            yield f"{label}: {when}"
