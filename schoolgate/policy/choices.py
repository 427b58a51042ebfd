"""What a federation chose where its policy leaves something open. A choice is shown as the federation's own,
never as a clause."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Literal, get_args

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput
from schoolgate.core.events.recording import record
from schoolgate.core.models import School
from schoolgate.core.reading_once import A_DAY, FixedQuery, read_once
from schoolgate.core.subjects import person_key
from schoolgate.people.models import Person
from schoolgate.policy.models import Choice
from schoolgate.policy.rules import check_may_own
from schoolgate.rulebook import Book
from schoolgate.rulebook.facts_read import clauses_reading, facts_read
from schoolgate.rulebook.situations.items import WorkingDayChoice
from schoolgate.rulebook.situations.personal import RhythmChosen, Topic
from schoolgate.rulebook.situations.times import ChosenTime, DaysChosen
from schoolgate.rulebook.working_time import DaysThatCount

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
