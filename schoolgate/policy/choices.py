"""What a federation chose where its policy leaves something open, and by when things are due by it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Literal, cast, get_args

from django.db.models import Max, Min
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.calendars import for_school
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput
from schoolgate.core.events import record
from schoolgate.core.models import School, Term
from schoolgate.core.reading_once import A_DAY, FixedQuery, read_once
from schoolgate.core.subjects import person_key
from schoolgate.duties.models import Due
from schoolgate.people.models import Person
from schoolgate.policy.models import Choice
from schoolgate.policy.rules import check_may_own
from schoolgate.rulebook import Book, Duty, decide
from schoolgate.rulebook.facts_read import clauses_reading, facts_read
from schoolgate.rulebook.situations.items import WorkingDayChoice
from schoolgate.rulebook.situations.personal import RhythmChosen, Topic
from schoolgate.rulebook.situations.times import ChosenTime, DaysChosen
from schoolgate.rulebook.working_time import Calendar, Days, DaysThatCount

# A school's days, as the rulebook counts them.


LOOK_BACK, LOOK_AHEAD = timedelta(days=14), timedelta(days=120)
"""How much of the calendar goes into the facts: a deadline may be after the summer holidays."""


def calendar_of_all(schools: Sequence[School], around: date) -> Calendar | None:
    """Return the days on which any of these schools is in, so that nothing counts as due too late; None where
    one of them hasn't entered its own."""
    known = [calendar_of(one, around) for one in schools]
    there = [one for one in known if one is not None]
    return joined(there) if there and len(there) == len(known) else None


def joined(calendars: Sequence[Calendar]) -> Calendar | None:
    """Return a calendar with each day on which any of these has pupils in; of a day that is for staff in one
    and for pupils in another that it's for pupils. None where they aren't of one country, or of no days."""
    first, *others = calendars
    holidays = _shared([one.bank_holidays_known for one in calendars])
    terms = _shared([one.terms_known for one in calendars if one.terms_known is not None])
    if holidays is None or any(one.country != first.country or one.terms_known is None for one in calendars):
        return None
    staff_alone = {
        day
        for one in calendars
        for day in one.inset_days
        if not any(day in term and day not in other.inset_days for other in calendars for term in other.terms)
    }
    return replace(
        first,
        bank_holidays_known=holidays,
        bank_holidays=tuple({*first.bank_holidays}.intersection(*(one.bank_holidays for one in others))),
        added_days=tuple({*first.added_days}.intersection(*(one.added_days for one in others))),
        terms_known=terms,
        terms=tuple(term for one in calendars for term in one.terms),
        inset_days=tuple(staff_alone),
    )


def _shared(spans: Sequence[Days]) -> Days | None:
    """Return the days that all of these have; None where there are none."""
    if not spans:
        return None
    first, last = max(one.first for one in spans), min(one.last for one in spans)
    return Days(first, last) if first <= last else None


def calendar_of(school: School | None, around: date) -> Calendar | None:
    """Return the school's days around a day, as the rulebook counts them; None if they are not entered."""
    if school is None:
        return None
    entered = Term.objects.filter(school=school).aggregate(first=Min("first_day"), last=Max("last_day"))
    if entered["first"] is None or not entered["first"] <= around <= entered["last"]:
        return None
    first, last = max(entered["first"], around - LOOK_BACK), min(entered["last"], around + LOOK_AHEAD)
    known = for_school(school, first, last)
    return Calendar(
        country=cast("Any", known.country),
        bank_holidays_known=Days(known.first, known.last),
        bank_holidays=known.bank_holidays,
        added_days=known.added_days,
        terms_known=Days(known.first, known.last),
        terms=tuple(Days(begins, ends) for begins, ends in known.terms),
        inset_days=known.inset_days,
    )


# What a federation chose where its policy leaves something open. A choice is shown as the federation's own,
# never as a clause.


WORKING_DAY = "working_day"
ROUTE = "report_route"
HERE, ELSEWHERE = "here", "elsewhere"
"""Whether a report in Schoolgate is the agreed route of which a policy speaks."""

Unit = Literal["minutes", "hours", "days"]
UNITS: tuple[Unit, ...] = ("minutes", "hours", "days")
LONGEST: Mapping[str, int] = {"minutes": 1440, "hours": 720, "days": 365}
TIMES: Mapping[str, tuple[str, str]] = {
    "child_concern": ("incident.report", "child_concern_due"),
    "illegal": ("incident.report", "illegal_due"),
    "breach": ("incident.report", "breach_due"),
    "first_look": ("incident.assess", "first_look_due"),
    "containment": ("incident.assess", "containment_due"),
    "manager_acts": ("incident.investigate", "manager_due"),
    **dict.fromkeys(("read", "take_down", "take_down_at_once", "take_down_friends"), ("item.look", "choice")),
}
"""A time that a policy leaves open, by its name in `chosen`: the situation, and the fact that a rule reads if
it does, or the setting in which a clock names it."""
DANGER_ALARM, CONCERN_ALARM = "danger_alarm", "concern_alarm"
ALARMS: Mapping[str, tuple[timedelta, timedelta]] = {
    DANGER_ALARM: (timedelta(minutes=15), timedelta(hours=1)),
    CONCERN_ALARM: (timedelta(hours=1), timedelta(days=1)),
}
"""After how long a concern that no one takes goes to the next people, by day and by night: Schoolgate's own
rule, and the longest that a federation can choose. It applies if the policy gives no time for opening one."""
STAFF = "staff"
ALARM_TOO_LONG = _("Choose at most an hour where someone is in danger, and a day for other concerns.")
TOO_LONG = _("Enter a whole number: a day in minutes, 30 days in hours or a year at most.")
EACH_TERM = "term"
OFTEN = 28
"""The fewest days between two reminders: a federation can't have its staff reminded every week."""
SELDOM = 366
MONITORED_COPIES = "monitored_copies"
CANDIDATE_RESULTS = "candidate_results"
LISTENING = "listening_search"
"""After how many days without a search for public posts a watch is overdue."""
LONGEST_DAYS = 3650
OWN_YES = "own_yes_age"
WITHDRAWN_WITHIN = "withdrawn_within"
WITHDRAWN_DEFAULT, WITHDRAWN_LONGEST = 24, 168
"""Hours until posts are down once consent is withdrawn: Schoolgate's own rule, and the longest choice."""
LEAVERS = "leavers_years"
LEAVERS_DEFAULT, LEAVERS_LONGEST = 7, 14
"""Years for which names of pupils who left are looked for: Schoolgate's own rule, because who
leaves at eleven is a child for seven years more, and the longest choice."""
FEED = "feed_days_"
"""Followed by the number of a school."""
POST_DAYS = "post_days"
"""After how many days a live post is checked again."""
AGES = range(5, 19)
"""From which age the pupil's own yes can be wanted; the law names none for pictures."""


@action
def choose_working_day(*, by: Person, at: datetime, counting: DaysThatCount, from_day: date) -> Choice:
    """Say what counts as a working day here from a day on. Raises NotAllowed for all but the policy's
    owner."""
    check_may_own(by, on=local_day(at))
    return _choose(WORKING_DAY, str(counting), by=by, at=at, from_day=from_day)


def working_day_choice(*, on: date) -> WorkingDayChoice | None:
    """Return what the federation chose to count as a working day on that day; None: no choice was made."""
    row = _newest(WORKING_DAY, on)
    if row is None:
        return None
    return WorkingDayChoice(
        counting=DaysThatCount(row.value), by=person_key(row.by_id), from_day=row.from_day
    )


def times_left_open(book: Book) -> list[str]:
    """Return the times that this policy gives without a number: those that one of its rules reads."""
    return [
        what
        for what, (situation, fact) in TIMES.items()
        if fact in facts_read(book, situation, STAFF) or _clocks(book, what)
    ]


def _clocks(book: Book, what: str) -> list[str]:
    """Return the clauses of the clocks that go by this time."""
    situation, setting = TIMES[what]
    found = [rule for rule in book.bound(situation) if what in rule.stated(setting)]
    return [clause for rule in found for clause in rule.clauses]


def clause_leaving_open(book: Book, what: str) -> str:
    """Return the first clause that leaves a time of `TIMES` open."""
    return [*clauses_reading(book, *TIMES[what]), *_clocks(book, what)][0]


def leaves_route_open(book: Book) -> bool:
    """Return whether this policy speaks of an agreed route for reports and leaves open which it is."""
    return "agreed_route" in facts_read(book, "incident.report", STAFF)


@action
def choose_time(*, by: Person, at: datetime, what: str, number: int, unit: str, from_day: date) -> Choice:
    """Set how long something may take for which the policy gives no number, or when an alarm is raised
    (`ALARMS`). Raises NotAllowed for all but the policy's owner, BadInput (number) for a time that is none or
    far too long."""
    check_may_own(by, on=local_day(at))
    if what not in {*TIMES, *ALARMS} or unit not in UNITS or not 1 <= number <= LONGEST[unit]:
        raise BadInput({"number": TOO_LONG})
    if what in ALARMS and timedelta(**{unit: number}) > ALARMS[what][1]:
        raise BadInput({"number": ALARM_TOO_LONG})
    return _choose(what, f"{number}-{unit}", by=by, at=at, from_day=from_day)


@action
def choose_route(*, by: Person, at: datetime, here: bool, from_day: date) -> Choice:
    """Say whether a report in Schoolgate is the agreed route of which the policy speaks. Raises NotAllowed
    for all but the policy's owner."""
    check_may_own(by, on=local_day(at))
    return _choose(ROUTE, HERE if here else ELSEWHERE, by=by, at=at, from_day=from_day)


def _choose(what: str, value: str, *, by: Person, at: datetime, from_day: date) -> Choice:
    choice = Choice.objects.create(what=what, value=value, by=by, at=at, from_day=from_day)
    record("choice.made", subject=choice, at=at, actor=by, what=what, value=value)
    return choice


@action
def choose_reminders(*, by: Person, at: datetime, topic: Topic, each_term: bool, days: int | None) -> Choice:
    """Say how often staff are reminded to check their own accounts: as each term begins, or every so many
    days. Raises NotAllowed for all but the policy's owner; BadInput (days)."""
    check_may_own(by, on=local_day(at))
    if not each_term and (days is None or not OFTEN <= days <= SELDOM):
        raise BadInput({"days": _("Enter a number of days from 28 to 366.")})
    value = EACH_TERM if each_term else str(days)
    return _choose(f"own_{topic}", value, by=by, at=at, from_day=local_day(at))


def _newest(what: str, on: date) -> Choice | None:
    return newest_choices(on=on).get(what)


def newest_choices(*, on: date) -> dict[str, Choice]:
    """Return the choice for each thing that counts on that day; nothing for what was never chosen."""
    rows = read_once(("policy.newest_choices", on), lambda: _chosen().ask({A_DAY: on}))
    return {row.what: row for row in rows}


@cache
def _chosen() -> FixedQuery[Choice]:
    return FixedQuery(Choice.objects.filter(from_day__lte=A_DAY).order_by("from_day", "id"))


def chosen_times(*, on: date) -> tuple[ChosenTime, ...]:
    """Return the times that the federation chose and that count on that day, as facts have them."""
    found = newest_choices(on=on)
    return tuple(
        ChosenTime.model_validate(
            {
                "what": what,
                unit: int(number),
                "by": person_key(found[what].by_id),
                "from_day": found[what].from_day,
            }
        )
        for what in TIMES
        if what in found
        for number, unit in [found[what].value.split("-")]
    )


def alarm_after(what: str, *, on: date) -> tuple[timedelta, bool]:
    """Return after how long an alarm of `ALARMS` is raised on that day, and whether the federation chose
    it."""
    row = newest_choices(on=on).get(what)
    if row is None:
        return ALARMS[what][0], False
    number, unit = row.value.split("-")
    return timedelta(**{unit: int(number)}), True


def agreed_route_is_here(*, on: date) -> bool | None:
    """Return whether a report in Schoolgate is the agreed route; None while the federation has not said."""
    row = newest_choices(on=on).get(ROUTE)
    return None if row is None else row.value == HERE


def reminders_chosen(*, on: date) -> dict[Topic, tuple[RhythmChosen, date]]:
    """Return how often staff are reminded of each topic on that day, and since when; topics without a choice
    are left out."""
    found: dict[Topic, tuple[RhythmChosen, date]] = {}
    names: dict[str, Topic] = {f"own_{topic}": topic for topic in get_args(Topic)}
    for row in Choice.objects.filter(what__in=names, from_day__lte=on).order_by("from_day", "id"):
        topic, each_term = names[row.what], row.value == EACH_TERM
        days = None if each_term else int(row.value)
        chosen = RhythmChosen(topic=topic, each_term=each_term, days=days, by=person_key(row.by_id))
        found[topic] = (chosen, row.from_day)
    return found


@action
def choose_days(*, by: Person, at: datetime, what: str, days: int, from_day: date) -> Choice:
    """Choose for how many days something is stored here from a day on, where the policy gives no number.

    Raises NotAllowed for all but the policy's owner, BadInput (days).
    """
    check_may_own(by, on=local_day(at))
    if not 1 <= days <= LONGEST_DAYS:
        raise BadInput({"days": _("Enter a number of days between 1 and 3650.")})
    return _choose(what, str(days), by=by, at=at, from_day=from_day)


def days_chosen(what: str, *, on: date) -> int | None:
    """Return the number of days that the federation chose for something; None: no choice was made."""
    row = _newest(what, on)
    return int(row.value) if row is not None else None


@action
def choose_own_yes(*, by: Person, at: datetime, age: int | None) -> Choice:
    """Choose from which age a pupil's own yes is needed besides the parents'; None: at no age.

    Raises NotAllowed for all but the policy's owner, BadInput (age).
    """
    check_may_own(by, on=local_day(at))
    if age is not None and age not in AGES:
        raise BadInput({"age": _("Enter an age from 5 to 18.")})
    value = "" if age is None else str(age)
    return _choose(OWN_YES, value, by=by, at=at, from_day=local_day(at))


def own_yes_from(*, on: date) -> int | None:
    """Return the age from which a pupil's own yes is needed; None: at no age, or not chosen."""
    row = _newest(OWN_YES, on)
    return int(row.value) if row is not None and row.value else None


@action
def choose_withdrawn_within(*, by: Person, at: datetime, hours: int) -> Choice:
    """Choose within how many hours posts are taken down once consent is withdrawn.

    Raises NotAllowed for all but the policy's owner, BadInput (hours).
    """
    check_may_own(by, on=local_day(at))
    if not 1 <= hours <= WITHDRAWN_LONGEST:
        raise BadInput({"hours": _("Enter a number of hours from 1 to 168.")})
    return _choose(WITHDRAWN_WITHIN, str(hours), by=by, at=at, from_day=local_day(at))


def withdrawn_within(*, on: date) -> tuple[int, bool]:
    """Return within how many hours posts are taken down after a withdrawal, and whether that was chosen."""
    row = _newest(WITHDRAWN_WITHIN, on)
    return (int(row.value), True) if row is not None else (WITHDRAWN_DEFAULT, False)


@action
def choose_leavers(*, by: Person, at: datetime, years: int) -> Choice:
    """Choose for how many years the names of pupils who left are looked for in what goes out.

    Raises NotAllowed for all but the policy's owner, BadInput (years).
    """
    check_may_own(by, on=local_day(at))
    if not 1 <= years <= LEAVERS_LONGEST:
        raise BadInput({"years": _("Enter a number of years from 1 to 14.")})
    return _choose(LEAVERS, str(years), by=by, at=at, from_day=local_day(at))


def leavers_looked_for(*, on: date) -> tuple[int, bool]:
    """Return for how many years names of pupils who left are looked for, and whether that was chosen."""
    row = _newest(LEAVERS, on)
    return (int(row.value), True) if row is not None else (LEAVERS_DEFAULT, False)


def leaves_feed_days_open(book: Book) -> bool:
    """Return whether this policy lets each school choose how many days may pass between two posts."""
    return "days_chosen" in facts_read(book, "feed.upkeep", STAFF)


@action
def choose_feed_days(*, by: Person, at: datetime, school: School, days: int | None, from_day: date) -> Choice:
    """Choose how many days this school lets pass between two posts of an account; None: no number any more.

    Raises NotAllowed for all but the policy's owner, BadInput (days).
    """
    check_may_own(by, on=local_day(at))
    if days is not None and not 1 <= days <= LONGEST["days"]:
        raise BadInput({"days": _("Enter a number of days from 1 to 365, or leave it blank.")})
    return _choose(f"{FEED}{school.pk}", str(days or ""), by=by, at=at, from_day=from_day)


def feed_days(*, on: date) -> dict[int, DaysChosen]:
    """Return by the number of each school how many days it lets pass between two posts on that day; schools
    without a choice are left out. One query."""
    return {
        int(what.removeprefix(FEED)): DaysChosen(
            days=int(row.value), by=person_key(row.by_id), from_day=row.from_day
        )
        for what, row in newest_choices(on=on).items()
        if what.startswith(FEED) and row.value
    }


def leaves_post_days_open(book: Book) -> bool:
    """Return whether this policy lets the federation choose after how many days a live post is checked
    again."""
    return "looks_chosen" in facts_read(book, "post.upkeep", STAFF)


@action
def choose_post_days(*, by: Person, at: datetime, days: int | None, from_day: date) -> Choice:
    """Choose after how many days a live post is checked again; None: no number any more.

    Raises NotAllowed for all but the policy's owner, BadInput (days).
    """
    check_may_own(by, on=local_day(at))
    if days is not None and not OFTEN <= days <= SELDOM:
        raise BadInput({"days": _("Enter a number of days from 28 to 366.")})
    return _choose(POST_DAYS, str(days or ""), by=by, at=at, from_day=from_day)


def post_days(*, on: date) -> DaysChosen | None:
    """Return after how many days a live post is checked again on that day; None: not chosen. One query."""
    row = _newest(POST_DAYS, on)
    if row is None or not row.value:
        return None
    return DaysChosen(days=int(row.value), by=person_key(row.by_id), from_day=row.from_day)


# By when the program has to do what the policy's own rules give a time for, and who does it.


ITS_OWN_TIME = timedelta(hours=1)
"""How long the program may take for what is due at once, before it says that it wasn't done in time."""


def gone_by(book: Book, school: School | None, *, at: datetime) -> datetime:
    """Return by when what is out must be gone once consent is withdrawn: in the time that the policy names.
    What the federation chose counts where it is sooner, or where the policy names none; the program's own
    rule where no one chose."""
    hours, chosen = withdrawn_within(on=local_day(at))
    own = at + timedelta(hours=hours)
    named = removal_named(book, school, at=at)
    if named is None:
        return own
    return min(named, own) if chosen else named


def removal_named(book: Book, school: School | None, *, at: datetime) -> datetime | None:
    """Return by when the policy has a picture removed whose consent is withdrawn now; None without a time."""
    found = [one.due for one in _removals(book, school, at)]
    times = [at + ITS_OWN_TIME if one.at_once else Due.of(one).last_instant for one in found]
    return min(times, default=None)


def removal_clauses(book: Book, school: School | None, *, at: datetime) -> tuple[str, ...]:
    """Return the clauses that say by when such a picture is removed; none where the policy names no time."""
    return tuple(dict.fromkeys(clause for one in _removals(book, school, at) for clause in one.clauses))


def _removals(book: Book, school: School | None, at: datetime) -> list[Duty]:
    """Return the policy's duties to remove a picture whose consent is withdrawn now, those with a time."""
    facts = {"now": at, "withdrawn_at": at, "gone": False, "calendar": calendar_of(school, local_day(at))}
    owed = decide(book, "image.withdrawn", facts).duties
    return [one for one in owed if one.due.at_once or one.due.instant is not None or one.due.day is not None]


def password_change(book: Book, *, last_day: date, at: datetime) -> Duty | None:
    """Return who has to change the passwords that a person knows who leaves, and by when; None where the
    policy doesn't say."""
    facts = {"now": at, "last_day": last_day, "changed": False}
    return next(iter(decide(book, "account.password_known", facts).duties), None)


def password_clauses(book: Book, *, at: datetime) -> tuple[str, ...]:
    """Return the clauses that have passwords changed once a person leaves who knows them."""
    duty = password_change(book, last_day=local_day(at), at=at)
    return duty.clauses if duty is not None else ()
