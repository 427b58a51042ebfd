"""What the governors' report counts, in which periods: terms, school years, or the days between any two;
concerns by kind; and links that show a report without signing in.

Concerns have small numbers hidden so that no subtraction finds them (ADR 0063). A number belongs to one
kind and one third of a school year, always the same whole months. It is told once the third is over, only
from five on, and only as a band of five, so that a concern kept to the leads later on doesn't show by its
absence. Nothing else is counted of concerns: no sum, no school, no other days. Those kept to the
safeguarding leads are never counted, for no reader, nor are those that may be about a person here: one of
the readers may be that person, and the numbers are the same for all.

There is no row for a link: the record says that it was made, opened and ended. Its address has a key of
the installation, so no address can be guessed, and the record alone makes none."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    BigIntegerField,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.expressions import Func
from django.db.models.fields import TextField
from django.db.models.functions import Cast, Coalesce, Substr
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account, AccountKey
from schoolgate.core.actions import action
from schoolgate.core.calendars import NEW_YEAR_FROM, SchoolDays, year_in_figures
from schoolgate.core.clock import begins, local_day
from schoolgate.core.days import NEVER, day_in
from schoolgate.core.errors import NotAllowed, NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.lasting import keyed
from schoolgate.core.models import LedgerRow, Restoration
from schoolgate.duties.models import Duty, DutyState
from schoolgate.duties.queries import each_task_once
from schoolgate.inbox.models import Answer, Appeal, AppealState, Item, ItemState, Removal, RemovalNotice
from schoolgate.incidents.models import Report
from schoolgate.networks.handshake import Intent
from schoolgate.people.models import Permission, Person
from schoolgate.people.queries import here_on
from schoolgate.policy.models import (
    DecisionRecord,
    ManagerStep,
    Practice,
    PracticeKind,
    Review,
    Ruling,
    TrainingRecord,
)
from schoolgate.publishing.models import Approval, Delivery, Post, Purpose, TakeDownPost
from schoolgate.pupils.models import Answer as Consented
from schoolgate.pupils.models import Consent, Withdrawal
from schoolgate.reports.evidence import check_may_see_evidence
from schoolgate.rulebook.kinds import Outcome

ONE_DAY = timedelta(days=1)
FIRST_DAY = date(2000, 1, 1)
LONGEST = timedelta(days=3 * 366)
TERM, YEAR, DAYS = "term", "year", "days"
AUTUMN, SPRING, SUMMER = "autumn", "spring", "summer"
THIRDS = ((AUTUMN, 9, 12), (SPRING, 1, 4), (SUMMER, 5, 8))
"""The thirds of a school year as whole months: they never change, whatever term dates are entered."""
TERMS_BACK = 4


@dataclass(frozen=True)
class Period:
    """Days that a report covers, both included. `season`: of a term."""

    kind: str
    first: date
    last: date
    season: str = ""

    @property
    def key(self) -> str:
        """Return the period as an address carries it."""
        return f"{self.first.isoformat()}_{self.last.isoformat()}"

    @property
    def since(self) -> datetime:
        """Return the instant at which the period begins."""
        return begins(self.first)

    @property
    def until(self) -> datetime:
        """Return the instant at which it is over."""
        return begins(self.last + ONE_DAY)

    @property
    def year(self) -> str:
        """Return the school year in which it begins, such as 2026/27."""
        return year_in_figures(school_year_of(self.first))

    def so_far(self, on: date) -> Period:
        """Return the part of the period that is over or under way on a day."""
        return Period(self.kind, self.first, min(self.last, on), self.season)


def school_year_of(day: date) -> int:
    """Return the calendar year in which the school year of a day begins."""
    return day.year if (day.month, day.day) >= NEW_YEAR_FROM else day.year - 1


def year_beginning(year: int) -> Period:
    """Return the school year that begins in a calendar year, August to July."""
    return Period(YEAR, date(year, *NEW_YEAR_FROM), date(year + 1, *NEW_YEAR_FROM) - ONE_DAY)


def third_of(day: date) -> Period:
    """Return the third of the school year, as whole months, in which a day lies."""
    season, first, last = next(each for each in THIRDS if each[1] <= day.month <= each[2])
    after = date(day.year + 1, 1, 1) if last == 12 else date(day.year, last + 1, 1)
    return Period(TERM, date(day.year, first, 1), after - ONE_DAY, season)


def thirds_over(period: Period, *, on: date) -> list[Period]:
    """Return the thirds that lie in a period wholly or in part and are over on a day, oldest first."""
    found, day = [], period.first
    while day <= period.last:
        third = third_of(day)
        if third.last < on:
            found.append(third)
        day = third.last + ONE_DAY
    return found


def terms_of(days: Iterable[SchoolDays], *, on: date) -> list[Period]:
    """Return the terms that have begun on a day, newest first: the runs of teaching of all schools that begin
    in the same season are one. Where none is entered, whole months."""
    return _entered(days, on=on) or _months(on)


def term_on(days: Iterable[SchoolDays], *, on: date) -> Period | None:
    """Return the term that is going on, over its half-term break; None between terms, and where none is
    entered."""
    return next((each for each in _entered(days, on=on) if on <= each.last), None)


def _entered(days: Iterable[SchoolDays], *, on: date) -> list[Period]:
    """Return the terms that were entered and have begun, newest first."""
    found: dict[tuple[int, str], Period] = {}
    for first, last in (run for each in days for run in each.terms):
        season = AUTUMN if first.month >= 8 else SPRING if first.month <= 3 else SUMMER
        of = (first.year, season)
        known = found.get(of, Period(TERM, first, last, season))
        found[of] = Period(TERM, min(known.first, first), max(known.last, last), season)
    begun = [each for each in found.values() if each.first <= on]
    return sorted(begun, key=lambda each: each.first, reverse=True)


def _months(on: date) -> list[Period]:
    found = [third_of(on)]
    while len(found) <= TERMS_BACK:
        found.append(third_of(found[-1].first - ONE_DAY))
    return found


def offered(terms: Sequence[Period], *, on: date) -> list[Period]:
    """Return the periods to choose: the last terms, newest first, then this school year and the last."""
    year = school_year_of(on)
    return [*terms[:TERMS_BACK], year_beginning(year), year_beginning(year - 1)]


def period_of(text: str, among: Sequence[Period], *, on: date) -> Period:
    """Return the period that an address names; the newest term where it names none. Raises NotFound for days
    that are none, in the wrong order, not begun, or further apart than three years."""
    if not text:
        return among[0]
    for each in among:
        if each.key == text:
            return each
    first, last = (_day(part) for part in _two(text))
    if not (FIRST_DAY <= first <= last and first <= on and last - first <= LONGEST):
        raise NotFound
    return Period(DAYS, first, last)


def before(period: Period, terms: Sequence[Period], *, on: date) -> Period:
    """Return what a period is compared with: the term or the year before, or as many days just before it. Of
    one that is under way, as many days of that as have passed of this."""
    now = period.so_far(on)
    length = now.last - now.first
    earlier = next((each for each in terms if each.last < period.first), None)
    if period.kind == TERM and earlier is not None:
        last = earlier.last if now == period else min(earlier.last, earlier.first + length)
        return Period(TERM, earlier.first, last, earlier.season)
    if period.kind == YEAR:
        year = year_beginning(school_year_of(period.first) - 1)
        return Period(YEAR, year.first, year.last if now == period else min(year.last, year.first + length))
    return Period(DAYS, now.first - length - ONE_DAY, now.first - ONE_DAY)


def _two(text: str) -> tuple[str, str]:
    first, cut, last = text.partition("_")
    if not cut:
        raise NotFound
    return first, last


def _day(text: str) -> date:
    try:
        return day_in(text)
    except ValueError:
        raise NotFound from None


Rows = QuerySet[Any, Any]
OF_POST = f"{Post._meta.label_lower}:"
SAFEGUARDING = ("incidents", "breaches")
"""Rooms of which only some people may know what is in them: neither their tasks nor their rows count."""


@dataclass(frozen=True)
class Measure:
    """Something to count. `at`: the column with the instant, or (`day`) the day, by which it is counted.

    `school`: the path to its school; empty where the rows belong to none, so that people who oversee one
    school are not shown it. `of`: what is counted once. `about`: the path to what the page of its rows names;
    empty where none of them is listed, because they are pupils.
    """

    key: str
    rows: Callable[[Collection[str]], Rows]
    at: str
    school: str = "school_id"
    of: str = "pk"
    about: str = ""
    day: bool = False

    def within(self, period: Period) -> Q:
        """Return the condition that a row is of a period."""
        if self.day:
            return Q(**{f"{self.at}__gte": period.first, f"{self.at}__lte": period.last})
        return within(period, self.at)


@dataclass(frozen=True)
class Counted:
    """How many in the period, and in the one before it."""

    now: int = 0
    then: int = 0

    def __add__(self, other: Counted) -> Counted:
        return Counted(self.now + other.now, self.then + other.then)


Numbers = Mapping[int | None, Counted]
"""By the id of the school; None is what belongs to no single school."""


def _published(_hidden: Collection[str]) -> Rows:
    return Delivery.objects.filter(purpose=Purpose.PUBLISH, state=Intent.CONFIRMED)


def _published_alone(hidden: Collection[str]) -> Rows:
    second = Approval.objects.filter(post=OuterRef("post")).exclude(by=F("post__author"))
    return _published(hidden).filter(~Exists(second))


def _refused(_hidden: Collection[str]) -> Rows:
    """Decisions that a post may not go out as it was, each post once."""
    school = Post.objects.filter(pk=OuterRef("post")).values("school_id")
    return DecisionRecord.objects.filter(outcome=Outcome.NOT_PERMITTED, subject__startswith=OF_POST).annotate(
        post=Cast(Substr("subject", len(OF_POST) + 1), BigIntegerField()), school_id=Subquery(school)
    )


def open_removals() -> Rows:
    """Return the removals that happened, without those of locked comments."""
    return Removal.objects.filter(moderation__state=Intent.CONFIRMED, item__locked_at=None)


def _appeals(_hidden: Collection[str]) -> Rows:
    return Appeal.objects.filter(removal__item__locked_at=None)


def tasks(hidden: Collection[str]) -> Rows:
    """Return the duties under a clause that the report may speak of: several may be one task."""
    rows = Duty.objects.exclude(clauses=[]).exclude(subject__in=hidden)
    for room in SAFEGUARDING:
        rows = rows.exclude(kind__startswith=f"{room}.").exclude(subject__startswith=f"{room}.")
    return rows


def permissions(hidden: Collection[str]) -> Rows:
    """Return the permissions that the report may speak of."""
    rows = Permission.objects.exclude(subject__in=hidden).order_by()
    for room in SAFEGUARDING:
        rows = rows.exclude(subject__startswith=f"{room}.")
    return rows


def _done(hidden: Collection[str]) -> Rows:
    return each_task_once(tasks(hidden).filter(state=DutyState.DISCHARGED))


def _changes(_hidden: Collection[str]) -> Rows:
    return Practice.objects.filter(kind=PracticeKind.CHANGE).exclude(to_role="")


MEASURES: tuple[Measure, ...] = (
    Measure("accounts_opened", lambda _: Account.objects.all(), "opened_at", about="pk"),
    Measure("accounts_closed", lambda _: Account.objects.all(), "closed_at", about="pk"),
    Measure("posts_published", _published, "state_at", school="post__school_id", of="post", about="post"),
    Measure("posts_alone", _published_alone, "state_at", school="post__school_id", of="post", about="post"),
    Measure("posts_refused", _refused, "at", of="subject", about="subject"),
    Measure(
        "posts_taken_down", lambda _: TakeDownPost.objects.filter(asked=True), "take_down__at",
        school="post__school_id", of="post", about="post",
    ),
    Measure("comments_received", lambda _: Item.objects.all(), "received_at", about="pk"),
    Measure("removals", lambda _: open_removals(), "begun_at", school="item__school_id", about="item"),
    Measure(
        "removals_told",
        lambda _: RemovalNotice.objects.filter(told_at__isnull=False, removal__in=open_removals()),
        "removal__begun_at", school="removal__item__school_id", of="removal", about="removal__item",
    ),
    Measure("appeals", _appeals, "at", school="removal__item__school_id", about="removal__item"),
    Measure(
        "appeals_upheld", lambda _: _appeals(()).filter(state=AppealState.UPHELD), "at",
        school="removal__item__school_id", about="removal__item",
    ),
    Measure(
        "tasks_in_time", lambda hidden: _done(hidden).filter(ended_at__lte=F("due_by")), "ended_at",
        about="subject",
    ),
    Measure(
        "tasks_late", lambda hidden: _done(hidden).filter(ended_at__gt=F("due_by")), "ended_at",
        about="subject",
    ),
    Measure(
        "people_trained", lambda _: TrainingRecord.objects.all(), "on", school="", of="person",
        about="person", day=True,
    ),
    Measure(
        "consents_given", lambda _: Consent.objects.filter(answer=Consented.GIVEN), "at",
        school="pupil__school_id",
    ),
    Measure(
        "consents_refused", lambda _: Consent.objects.filter(answer=Consented.REFUSED), "at",
        school="pupil__school_id",
    ),
    Measure("withdrawals", lambda _: Withdrawal.objects.all(), "at", school="pupil__school_id"),
    Measure(
        "keys_ended", lambda _: AccountKey.objects.all(), "ended_at", school="account__school_id",
        about="account",
    ),
    Measure("reviews", lambda _: Review.objects.all(), "on", school="", about="pk", day=True),
    Measure("practice", lambda _: Practice.objects.all(), "on", school="", about="pk", day=True),
    Measure("manager_steps", lambda _: ManagerStep.objects.all(), "on", school="", day=True),
    Measure("changes_recommended", _changes, "on", school="", about="pk", day=True),
    Measure("rulings", lambda _: Ruling.objects.all(), "at", school="", about="pk"),
)  # fmt: skip
REPLIES = ("replies_in_time", "replies_late", "replies_overdue")


def count(
    measure: Measure, now: Period, then: Period, *, schools: Collection[int] | None, hidden: Collection[str]
) -> Numbers:
    """Return the numbers of a measure by school; `schools`: only of these. One query."""
    rows = of_schools(measure, schools, hidden=hidden)
    if rows is None:
        return {}
    rows = rows.filter(measure.within(now) | measure.within(then)).order_by()
    path = measure.school or None
    counts = {
        "now": Count(measure.of, distinct=measure.of != "pk", filter=measure.within(now)),
        "then": Count(measure.of, distinct=measure.of != "pk", filter=measure.within(then)),
    }
    if path is None:
        return {None: Counted(**rows.aggregate(**counts))}
    found = rows.values_list(path).annotate(number_now=counts["now"], number_then=counts["then"])
    return {school: Counted(now_, then_) for school, now_, then_ in found.values_list(
        path, "number_now", "number_then"
    )}  # fmt: skip


def of_schools(measure: Measure, schools: Collection[int] | None, *, hidden: Collection[str]) -> Rows | None:
    """Return a measure's rows of these schools, of all if None; None where they belong to no school."""
    rows = measure.rows(hidden)
    if schools is None:
        return rows
    return rows.filter(**{f"{measure.school}__in": list(schools)}) if measure.school else None


def replies(now: Period, then: Period, *, schools: Collection[int] | None, until: Any) -> dict[str, Numbers]:
    """Return which replies with a deadline in the policy were sent in time, late, or not by `until`, by when
    their comment came. One query."""
    of = {"now": within(now, "received_at"), "then": within(then, "received_at")}
    rows = _with_replies(schools).filter(of["now"] | of["then"])
    counts = {
        f"{key}_{when}": Count("pk", filter=kind & within)
        for key, kind in _replied(until).items()
        for when, within in of.items()
    }
    found: dict[str, dict[int | None, Counted]] = {key: {} for key in REPLIES}
    columns = [f"{key}_{when}" for key in REPLIES for when in ("now", "then")]
    rows_counted: Rows = rows.values("school_id").annotate(**counts)
    for school, *numbers in rows_counted.values_list("school_id", *columns):
        for number, key in enumerate(REPLIES):
            found[key][school] = Counted(numbers[2 * number], numbers[2 * number + 1])
    return dict(found)


def replied(key: str, period: Period, *, schools: Collection[int] | None, until: Any) -> Rows:
    """Return the comments of a period whose reply is one of `REPLIES`, as `replies` counts them."""
    return _with_replies(schools).filter(within(period, "received_at"), _replied(until)[key])


def _with_replies(schools: Collection[int] | None) -> Rows:
    """Return the comments with a deadline and the instant of their last reply. A reply from before an edit
    doesn't meet the new deadline."""
    sent = (
        Answer.objects.filter(item=OuterRef("pk"), state=Intent.CONFIRMED, stops_the_clock=True)
        .order_by()
        .values("item")
        .annotate(last=Max(Coalesce("seen_at", "sent_at", "state_at")))
    )
    rows = Item.objects.filter(answer_by__lt=NEVER).exclude(state=ItemState.CLOSED).order_by()
    if schools is not None:
        rows = rows.filter(school_id__in=list(schools))
    return rows.annotate(last=Subquery(sent.values("last")))


def _replied(until: Any) -> dict[str, Q]:
    answered = Q(state=ItemState.ANSWERED, last__isnull=False)
    return {
        "replies_in_time": answered & Q(last__lte=F("answer_by")),
        "replies_late": answered & Q(last__gt=F("answer_by")),
        "replies_overdue": ~answered & Q(answer_by__lt=until),
    }


def within(period: Period, at: str) -> Q:
    """Return the condition that the instant in this column is of a period."""
    return Q(**{f"{at}__gte": period.since, f"{at}__lt": period.until})


def whole(numbers: Numbers) -> Counted:
    """Return the sum of all schools."""
    return sum(numbers.values(), Counted())


FEWEST = 5
"""The smallest number that is told, and how wide a band is: five to nine, ten to fourteen."""


@dataclass(frozen=True)
class Third:
    """A third of a school year with the smallest number of each kind's band; a kind with fewer than five is
    left out, as is one with none."""

    period: Period
    bands: Mapping[str, int]


def concerns_in(period: Period, *, on: date) -> list[Third]:
    """Return the thirds of a period that are over on a day, oldest first. One query."""
    thirds = thirds_over(period, on=on)
    if not thirds:
        return []
    found: QuerySet[Any, Any] = (
        Report.objects.filter(
            restricted_at=None, kept_out=None,
            reported_at__gte=thirds[0].since, reported_at__lt=thirds[-1].until,
        )
        .annotate(kind=_Kinds("said"))
        .order_by()
        .values("kind")
        .annotate(**{
            f"third_{number}": Count("pk", filter=within(each, "reported_at"))
            for number, each in enumerate(thirds)
        })
    )  # fmt: skip
    return [
        Third(third, {str(row["kind"]): band for row in found if (band := _band(row[f"third_{number}"]))})
        for number, third in enumerate(thirds)
    ]  # fmt: skip


def _band(number: int) -> int:
    return number // FEWEST * FEWEST


class _Kinds(Func):
    """Each kind of a concern in a row of its own; one row without a kind where none was chosen."""

    template = (
        "jsonb_array_elements_text("
        "CASE WHEN jsonb_array_length(%(expressions)s) > 0 THEN %(expressions)s ELSE '[\"\"]'::jsonb END)"
    )
    set_returning = True
    output_field = TextField()


LASTS = timedelta(days=28)
"""How long a link works: until after the meeting that it was made for."""
MADE, OPENED, ENDED = "governors.link_made", "governors.link_opened", "governors.link_ended"
MOST = 10
_TOKEN = re.compile(r"([0-9]{1,18})-([0-9]{1,18})-([0-9a-f]{64})")
_NUMBERS = 10**17


@dataclass(frozen=True)
class Link:
    """One link: who made it, for which days, and how often it was opened."""

    by: int
    number: int
    first: date
    last: date
    made_at: datetime
    opened: int = 0
    last_opened_at: datetime | None = None
    ended: bool = False

    @property
    def ends_at(self) -> datetime:
        """Return when it stops working by itself."""
        return self.made_at + LASTS

    @property
    def period(self) -> Period:
        """Return the days that it shows."""
        return Period(DAYS, self.first, self.last)

    @property
    def token(self) -> str:
        """Return the secret part of its address."""
        return f"{self.by}-{self.number}-{_key(self.by, self.number)}"

    def works(self, at: datetime) -> bool:
        """Return whether it shows anything at an instant."""
        return not self.ended and at < self.ends_at


def links_of(person: Person, *, at: datetime) -> list[Link]:
    """Return the links that a person made and that still work, newest first. Two queries."""
    found = [each for each in _links(person.pk).values() if each.works(at)]
    return sorted(found, key=lambda each: each.made_at, reverse=True)


@action
def make_link(*, by: Person, at: datetime, period: Period) -> Link:
    """Make a link to the report of a period, for LASTS. Raises NotAllowed, and NotNow where the person has as
    many as MOST."""
    check_may_see_evidence(by, on=local_day(at))
    if len(links_of(by, at=at)) >= MOST:
        raise NotNow(_("You have made as many links as can work at once."), _("Disable one first."))
    number = secrets.randbelow(_NUMBERS)
    record(
        MADE, subject=by, at=at, actor=by, link=number, first=period.first.toordinal(),
        last=period.last.toordinal(),
    )  # fmt: skip
    return Link(by.pk, number, period.first, period.last, at)


@action
def end_link(*, by: Person, at: datetime, number: int) -> None:
    """Stop one of the person's links. Raises NotFound where it is none of theirs, or doesn't work."""
    if number not in {each.number for each in links_of(by, at=at)}:
        raise NotFound
    record(ENDED, subject=by, at=at, actor=by, link=number)


@action
def open_link(*, at: datetime, token: str) -> tuple[Link, Person]:
    """Record that a link was opened, and return it with the person who made it: what they may see is shown.

    Raises NotFound, and nothing else, for a link that never was one or is another federation's; it says so
    where the link has ended, or its maker has left or may no longer see the report.
    """
    link = _found(token)
    if link is None:
        raise NotFound
    ended = NotFound(_("This link no longer works."), _("Ask the school for a new one."))
    on = local_day(at)
    maker = Person.objects.filter(here_on(on), pk=link.by).select_related("federation").first()
    if maker is None or not link.works(at):
        raise ended
    try:
        check_may_see_evidence(maker, on=on)
    except NotAllowed:
        raise ended from None
    record(OPENED, subject=maker, at=at, link=link.number)
    return link, maker


def _found(token: str) -> Link | None:
    read = _TOKEN.fullmatch(token)
    if read is None:
        return None
    by, number = int(read[1]), int(read[2])
    if not constant_time_compare(read[3], _key(by, number)):
        return None
    return _links(by).get(number)


def _key(by: int, number: int) -> str:
    return keyed("schoolgate.governors.link", f"{by}:{number}").hexdigest()


def _links(by: int) -> dict[int, Link]:
    """The links of a person by number, as the record has them. One made before this home was restored from a
    backup has ended: the record may have lost that it was disabled."""
    rows = LedgerRow.objects.filter(
        subject=f"{Person._meta.label_lower}:{by}", event__in=(MADE, OPENED, ENDED)
    ).order_by("number")
    restored = last_restoration()
    found: dict[int, Link] = {}
    for row in rows:
        ids = row.details
        number = ids["link"]
        if row.event == MADE:
            ended = restored is not None and row.at <= restored.restored_at
            first, last = (date.fromordinal(ids[name]) for name in ("first", "last"))
            found[number] = Link(by, number, first, last, row.at, ended=ended)
        elif number in found and row.event == OPENED:
            known = found[number]
            found[number] = replace(known, opened=known.opened + 1, last_opened_at=row.at)
        elif number in found:
            found[number] = replace(found[number], ended=True)
    return found


def last_restoration() -> Restoration | None:
    """Return when this home was last made from a backup; None where it never was."""
    return Restoration.objects.order_by("-id").first()
