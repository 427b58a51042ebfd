"""The calendar of posts: a way of showing the list, by month or by week, with the small forms of
planning."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from schoolgate.accounts.models import Account
from schoolgate.core.calendars import SchoolDays, days_of_schools
from schoolgate.core.clock import LONDON, begins, local_day
from schoolgate.core.days import day_in
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.people.models import Person
from schoolgate.publishing.calendar import (
    MOST_TO_MOVE,
    Planned,
    clashes_of,
    held_among,
    may_move,
    planned_between,
    slots_of,
    slots_to_set,
    without_time,
)
from schoolgate.publishing.models import PostState
from schoolgate.publishing.planning import (
    BANK_HOLIDAY,
    HOLIDAY,
    INSET,
    OFF,
    SCHOOL_DAY,
    UNKNOWN,
    WEEKEND,
    Clash,
    clock_of,
    kinds_of_days,
)
from schoolgate.publishing.queries import first_pictures
from schoolgate.rota.calendars import feed_of
from schoolgate.rota.models import FeedOf
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.forms import DayField, SchoolForm, TimeField
from schoolgate.web.frame.paging import number_in
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
    """A post on its day. `approved`: to be moved would end its approval."""

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
    approved: bool = False


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
            approved=post.state == PostState.APPROVED,
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


EVERY = [("week", gettext_lazy("Every week")), ("month", gettext_lazy("Every month"))]


class MoveForm(SchoolForm):
    """Which post goes to which day. Without a time it keeps its own."""

    post = forms.ChoiceField(label=gettext_lazy("Post"))
    day = DayField(label=gettext_lazy("Move to"), required=False)
    time = TimeField(
        label=gettext_lazy("Time"),
        help_text=gettext_lazy("UK time. Leave blank to keep the post’s time."),
        required=False,
    )

    def __init__(self, *args: Any, posts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [("", gettext_lazy("Choose")), *posts]  # type: ignore[attr-defined]

    def instant_for(self, planned_at: datetime | None) -> datetime:
        """Return the instant that was asked for; raise BadInput where something is missing, or the clocks
        skip that hour."""
        day, clock = self.cleaned_data.get("day"), self.cleaned_data.get("time")
        if not isinstance(day, date):
            raise BadInput({"day": gettext_lazy("Enter a date")})
        if clock is None and planned_at is not None:
            clock = clock_of(planned_at)
        if not isinstance(clock, time):
            raise BadInput({"time": gettext_lazy("This post has no time yet. Enter one.")})
        found = datetime.combine(day, clock, LONDON).astimezone(UTC)
        if found.astimezone(LONDON).time() != clock:
            raise BadInput(
                {
                    "time": gettext_lazy(
                        "The clocks go forward then, so this time doesn’t exist. Choose an hour later."
                    )
                }
            )
        return found


class SlotForm(SchoolForm):
    """A good time to post on an account."""

    account = forms.ChoiceField(label=gettext_lazy("Account"))
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Days"),
        coerce=int,
        choices=[(number, WEEKDAYS[number]) for number in range(7)],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one day.")},
    )
    clock = TimeField(label=gettext_lazy("Time"), help_text=gettext_lazy("UK time"))

    def __init__(self, *args: Any, accounts: Sequence[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = [(str(each.pk), each.name) for each in accounts]  # type: ignore[attr-defined]


class RepeatForm(SchoolForm):
    """How often a post is repeated, and until when."""

    every = forms.ChoiceField(
        label=gettext_lazy("How often?"), choices=EVERY, initial="week", widget=forms.RadioSelect
    )
    until = DayField(
        label=gettext_lazy("Until"), help_text=gettext_lazy("The last day included. At most 60 drafts.")
    )


WEEK = timedelta(days=7)
MOST_OF_A_DAY = {"month": 4, "week": 40}
YEARS = range(2001, 2099)
FILTERS = ("account", "school", "author")


@dataclass(frozen=True)
class Span:
    """What is shown: `way` is month or week. `first` and `last` are the days of the month or week."""

    way: str
    first: date
    last: date

    @property
    def days(self) -> list[date]:
        """Return the days of the page: whole weeks, Monday first."""
        start = self.first - self.first.weekday() * DAY
        end = self.last + (6 - self.last.weekday()) * DAY
        return [start + n * DAY for n in range((end - start).days + 1)]

    @property
    def inside(self) -> set[date]:
        """Return the days of the month or week itself."""
        return {each for each in self.days if self.first <= each <= self.last}

    @property
    def title(self) -> str:
        """Return the heading: the month, or the first and last day of the week."""
        if self.way == "week":
            return f"{short_day(self.first)} – {short_day(self.last)} {self.last.year}"
        return f"{MONTHS[self.first.month]} {self.first.year}"


def span_of(asked: Mapping[str, str], today: date) -> Span:
    """Return the month or week that is asked for, around today without a day. Raises NotFound for anything
    else."""
    way, text = asked.get("as", ""), asked.get("from", "")
    try:
        day = day_in(text) if text else today
    except ValueError:
        raise NotFound from None
    if way not in MOST_OF_A_DAY or day.year not in YEARS:
        raise NotFound
    if way == "week":
        monday = day - day.weekday() * DAY
        return Span(way, monday, monday + 6 * DAY)
    first = day.replace(day=1)
    return Span(way, first, (first + 31 * DAY).replace(day=1) - DAY)


def state_tabs(tabs: Sequence[Any]) -> list[Any]:
    """Return the headings of the list that are a status of posts."""
    return [each for each in tabs if each.states or not each.key]


def shown(
    request: HttpRequest,
    visit: Visit,
    asked: Mapping[str, str],
    tabs: Sequence[Any],
    *,
    move: MoveForm | None = None,
    slot: SlotForm | None = None,
) -> HttpResponseBase:
    """Show the posts of a month or a week. `asked`: the query string, or the fields of a form that repeat it.
    `move`, `slot`: a form that was sent and is shown with its errors."""
    span = span_of(asked, visit.on)
    tab = next((each for each in state_tabs(tabs) if each.key == asked.get("show", "")), None)
    if tab is None:
        raise NotFound
    chosen = {name: number_in(asked[name]) for name in FILTERS if asked.get(name)}
    days = span.days
    posts = held_among(
        planned_between(visit.person, on=visit.on, first=begins(days[0]), last=begins(days[-1] + DAY)),
        at=visit.at,
    )
    among = [each for each in posts if _fits(each, chosen)]
    schools = days_of_schools()
    inside = span.inside
    sheet = Sheet(
        visit.person,
        visit.on,
        days,
        inside,
        [each for each in schools if chosen.get("school") in (None, each.school.pk)],
        shown=[each for each in among if not tab.states or each.state in tab.states],
        all_states=among,
        clashes=clashes_of(posts),
        most=MOST_OF_A_DAY[span.way],
    )
    stays = {"show": tab.key, **chosen}
    query = _query({"as": span.way, "from": span.first.isoformat(), **stays})
    context = {
        "visit": visit,
        "span": span,
        "days": sheet.drawn(),
        "words": sheet.words(),
        "number": sum(1 for each in sheet.shown if each.day in inside),
        "tab": tab,
        "tabs": tabs,
        "states": state_tabs(tabs),
        "chosen": chosen,
        "schools": [each.school for each in schools],
        "accounts": _named({account: name for each in posts for account, name in each.accounts}),
        "authors": _named({each.author_id: each.author for each in posts}),
        "may_write": "write_post" in visit.capacities,
        "query": query,
        "hidden": [("as", span.way), ("from", span.first.isoformat()), *stays.items()],
        "earlier": _query({"as": span.way, "from": (span.first - DAY).isoformat(), **stays}),
        "later": _query({"as": span.way, "from": (span.last + DAY).isoformat(), **stays}),
        "now": _query({"as": span.way, **stays}) if visit.on not in inside else "",
        "feed": feed_of(visit.person, FeedOf.POSTS),
        "loose": [],
    }
    context |= _moving(visit, asked, posts, move) | _slots(visit, slot)
    failed = any(form is not None and form.errors for form in (move, slot))
    return render(request, "plan/calendar.html", context, status=422 if failed else 200)


def _fits(post: Planned, chosen: Mapping[str, int]) -> bool:
    accounts = {pk for pk, _name in post.accounts}
    return (
        chosen.get("school") in (None, post.school_id)
        and chosen.get("author") in (None, post.author_id)
        and ("account" not in chosen or chosen["account"] in accounts)
    )


def _moving(
    visit: Visit, asked: Mapping[str, str], posts: Sequence[Planned], form: MoveForm | None
) -> dict[str, Any]:
    """Return the form with which posts are moved: the person's own, of these days or without a time."""
    if "write_post" not in visit.capacities:
        return {"move": None}
    loose = without_time(visit.person)
    picked = asked.get("move", "")
    choices = movable(visit, [*posts, *loose])
    if form is None:
        post = next((each for each in (*posts, *loose) if str(each.pk) == picked), None)
        day = asked.get("day") or (post.day if post else None)
        form = MoveForm(posts=choices, initial={"post": picked, "day": day})
    return {"move": form, "moving": bool(picked) or form.is_bound, "may_move": bool(choices), "loose": loose}


def movable(visit: Visit, posts: Sequence[Planned]) -> list[tuple[str, str]]:
    """Return those of these posts that this person may move, as choices."""
    own = [each for each in posts if may_move(visit.person, each)]
    return [(str(each.pk), _called(each)) for each in own[:MOST_TO_MOVE]]


def _called(post: Planned) -> str:
    text = Truncator(" ".join(post.text.split())).chars(40) or "–"
    if post.at is None or post.day is None:
        return _("No time: {text}").format(text=text)
    return f"{short_day(post.day)}, {post.at.astimezone(LONDON):%H:%M}: {text}"


def _slots(visit: Visit, form: SlotForm | None) -> dict[str, Any]:
    accounts = slots_to_set(visit.person, on=visit.on)
    if not accounts:
        return {"slot": None}
    kept = slots_of([each.pk for each in accounts])
    return {
        "slot": form or SlotForm(accounts=accounts),
        "slots_open": form is not None,
        "slots": [
            {"account": each, "slots": [one for one in kept if one.account_id == each.pk]}
            for each in accounts
            if any(one.account_id == each.pk for one in kept)
        ],
    }


def _named(names: Mapping[int, str | Promise]) -> list[tuple[int, str]]:
    return sorted(((pk, str(name)) for pk, name in names.items()), key=lambda each: each[1].casefold())


def _query(parts: Mapping[str, Any]) -> str:
    return urlencode({name: value for name, value in parts.items() if value})


def address_of(asked: Mapping[str, str], today: date) -> str:
    """Return the address of the calendar that a form was sent from."""
    span = span_of(asked, today)
    parts: dict[str, Any] = {"as": span.way, "from": span.first.isoformat(), "show": asked.get("show", "")}
    parts |= {name: number_in(asked[name]) for name in FILTERS if asked.get(name)}
    return f"{reverse('posts')}?{_query(parts)}"
