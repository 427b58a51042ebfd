"""Rule kinds on time: somebody has to do something within hours, or by the next working day."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from pydantic import Field

from schoolgate.rulebook.clashes import in_force
from schoolgate.rulebook.controls.base import (
    NOBODY_NAMED,
    Control,
    Said,
    breached,
    met,
    obliges,
    refers,
    unknown,
)
from schoolgate.rulebook.controls.conditional import Conditional
from schoolgate.rulebook.facts import Facts, Ruling
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.rules.reading import Missing
from schoolgate.rulebook.rules.step import waits_for
from schoolgate.rulebook.situations import SITUATIONS
from schoolgate.rulebook.situations.chosen_time import ChosenTime, chosen_for
from schoolgate.rulebook.situations.item_received import ItemReceived
from schoolgate.rulebook.working_time import (
    EVERY_DAY,
    Calendar,
    DaysThatCount,
    HoursCount,
    MissingCalendar,
    after_hours_on,
    first_day_of_hours,
    is_past,
    local_day,
    next_working_day,
)

WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
INSTANT_BEFORE = timedelta(microseconds=1)
ONE_DAY = timedelta(days=1)
Hours = Annotated[int, Field(ge=1)]


class Clock(Conditional):
    """What has to be done within what time.

    `done`: where it is done, as a condition, with the sentence `kept`. `since`: the fact from which time
    runs. `say`: the sentence where there is a time, `no_time` where there is none, `late` where it is over.
    `choice`: the name of a time that the federation may choose; `at_once`: without one it is due at once.
    The hours have the name that the policy's words give them. `counting`: on which days they pass."""

    done: Any = False
    kept: str = "kernel.met"
    since: str
    who: str
    what: str
    say: str
    no_time: str = ""
    late: str = ""
    choice: str = ""
    at_once: bool = False
    response_hours: Hours | None = None
    review_within_hours: Hours | None = None
    removal_within_hours: Hours | None = None
    counting: HoursCount = EVERY_DAY

    @property
    def hours(self) -> int | None:
        """Within how many hours, where the policy or its reading says so."""
        return self.response_hours or self.review_within_hours or self.removal_within_hours

    def start(self, model: type[Facts]) -> Callable[[Any, Any], Any]:
        """A function that reads from when time runs. Raises BadCondition."""
        return self.reader(model, "since")


class Timed(Control):
    """By when does somebody have to do something, and is the time over?

    Settings: `Clock`. Where neither the policy nor the federation names a time, none is promised."""

    key = "clock.timed"
    listens_to = ("item.received", "item.look")
    points = ("reply_due", "read_in_time", "taken_down_in_time")
    Settings = Clock

    def judge(self, facts: Any, settings: Clock) -> Iterable[Said]:
        applies = settings.test(type(facts))(facts, facts)
        if applies is False:
            return ()
        done = settings.test(type(facts), "done")(facts, facts)
        if done is True:
            return (met(settings.kept),) if applies is True else ()
        for answer in (applies, done):
            if isinstance(answer, Missing):
                return (waits_for(answer),)
        return (self._owed(facts, settings),)

    @staticmethod
    def _owed(facts: Any, settings: Clock) -> Said:
        """What is owed by then, what did not come by then, or what is owed without a time."""
        hours = settings.hours
        time = chosen_for(facts.choices, settings.choice, facts.day) if settings.choice else None
        if hours is None and time is None and not settings.at_once:
            return obliges(settings.who, settings.what, Due.none_promised(), settings.no_time)
        start = settings.start(type(facts))(facts, facts)
        if isinstance(start, Missing):
            return waits_for(start)
        if hours is None and time is None:
            return obliges(settings.who, settings.what, Due(instant=start), settings.no_time)
        try:
            due = _due(start, facts.calendar, time, hours, settings.counting)
        except MissingCalendar as missing:
            return unknown(missing.what, "office")
        end = (due.instant or due.day) if due is not None else None
        if due is None or end is None:
            return unknown("calendar", "office")
        args: dict[str, Any] = {"hours": hours} if hours is not None else {}
        if settings.late and facts.now is not None and is_past(end, facts.now):
            said = breached(settings.late, **args)
        else:
            said = obliges(settings.who, settings.what, due, settings.say, **args)
        said.chosen = hours is None
        return said

    def check(self, settings: Clock, situations: Iterable[str]) -> None:
        """Raises BadCondition where the rule speaks of what these situations do not know."""
        for key in situations:
            model = SITUATIONS[key].facts
            settings.test(model)
            settings.test(model, "done")
            settings.start(model)

    def claims(self, settings: Clock) -> Iterator[tuple[str, object]]:
        """What the clause has to hold: the hours, and the days on which they pass."""
        for name in ("response_hours", "review_within_hours", "removal_within_hours"):
            yield name, getattr(settings, name)
        if settings.counting != EVERY_DAY:
            yield "counting", settings.counting

    def words(self, settings: Clock) -> Iterator[tuple[str, str]]:
        """What it says, by the table that has to know it."""
        said = (settings.say, settings.no_time, settings.late, settings.kept)
        yield from (("SENTENCES", one) for one in said if one)
        yield "NEEDS", settings.what
        yield "SOURCES", settings.who


class _DaysOff(Conditional):
    """`weekend_days`: days of receipt that have a time of their own."""

    weekend_days: tuple[str, ...]
    response_hours: Hours | None = None
    tension: str | None = None
    counting: HoursCount = EVERY_DAY


class HoursIntoDaysOff(Control):
    """Do the hours for a reply run over a day off of which the rule does not speak?

    They do where they pass on a weekend day that the item was not received on, or on a bank holiday or a
    weekday of the school holidays. The hours stand as the words have them; whether such an item may wait for
    the next working day is referred. A ruling (`tension`) settles it.

    Settings: when, response_hours, counting, weekend_days.
    """

    key = "inbox.hours_into_days_off"
    listens_to = ("item.received",)
    points = ("reply_due",)
    plumbing = frozenset({"when", "tension", "counting"})
    Settings = _DaysOff

    def judge(self, facts: ItemReceived, settings: _DaysOff) -> Iterable[Said]:
        ruling = _ruling(facts, settings.tension)
        if ruling is not None and ruling.allows:
            return
        day_off = _day_off_within(facts, settings)
        if isinstance(day_off, Said):
            yield day_off
        elif day_off is not None and ruling is not None:
            yield met("inbox.hours_stand", hours=settings.response_hours)
        elif day_off is not None:
            yield refers("inbox.day_off_open", NOBODY_NAMED, hours=settings.response_hours, day=day_off)

    def check(self, settings: _DaysOff, situations: Iterable[str]) -> None:
        """Raises BadCondition where the rule speaks of what these situations do not know."""
        settings.test(ItemReceived)


class ReplyNextWorkingDay(HoursIntoDaysOff):
    """By which day is a reply due that has until the next working day?

    Settings: when; `weekend_days`, on which what was received may wait. With `response_hours` and a `tension`
    it is about what came in on another day, once a ruling lets it wait where its hours run over a day off.
    `working_day_definition`: None where the policy does not say what a working day is. Then the federation's
    choice counts; without one the earliest day that any reading gives is when a reply keeps the rule under
    every reading, and where the readings part the matter is referred.
    """

    key = "inbox.reply_next_working_day"
    plumbing = HoursIntoDaysOff.plumbing | {"who"}

    class Settings(_DaysOff):
        who: str
        working_day_definition: DaysThatCount | None

    def judge(self, facts: ItemReceived, settings: Any) -> Iterable[Said]:
        if settings.tension is None:
            if settings.test(ItemReceived)(facts, facts) is True and _came_on(facts, settings.weekend_days):
                yield from self._by_next_working_day(facts, settings)
            return
        ruling = _ruling(facts, settings.tension)
        if ruling is None or not ruling.allows:
            return
        day_off = _day_off_within(facts, settings)
        if isinstance(day_off, Said):
            yield day_off
        elif day_off is not None:
            yield from self._by_next_working_day(facts, settings)

    @staticmethod
    def _by_next_working_day(facts: ItemReceived, settings: Any) -> Iterator[Said]:
        """The reply by the next working day, and the question what that is where the readings part."""
        if facts.received_at is None or facts.calendar is None:
            yield unknown("calendar", "office")
            return
        counting = settings.working_day_definition or _chosen(facts)
        try:
            day = next_working_day(facts.received_at, facts.calendar, counting or DaysThatCount.WEEKDAYS)
            reply = obliges(settings.who, "reply", Due(day=day), "inbox.next_working_day", day=day)
            reply.chosen = settings.working_day_definition is None and counting is not None
            yield reply
            if counting is None and not all(facts.calendar.counts(day, one) for one in DaysThatCount):
                yield refers("inbox.working_day_open", NOBODY_NAMED, day=day)
        except MissingCalendar as missing:
            yield unknown(missing.what, "office")


def _due(
    start: datetime,
    calendar: Calendar | None,
    time: ChosenTime | None,
    hours: int | None,
    counting: HoursCount,
) -> Due | None:
    """When the hours of the policy, or else the time that the federation chose, are over; None where only a
    calendar could tell. Raises MissingCalendar."""
    if hours is not None:
        return Due(instant=after_hours_on(start, hours, counting, calendar))
    return time.due_after(start, calendar) if time is not None else None


def _came_on(facts: ItemReceived, names: Iterable[str]) -> bool:
    return facts.received_at is not None and WEEK[local_day(facts.received_at).weekday()] in names


def _day_off_within(facts: ItemReceived, settings: _DaysOff) -> date | Said | None:
    """The first day off on which hours pass; a saying where that is not known."""
    if settings.test(ItemReceived)(facts, facts) is not True or _came_on(facts, settings.weekend_days):
        return None
    if facts.received_at is None or settings.response_hours is None:
        return None
    try:
        end = after_hours_on(facts.received_at, settings.response_hours, settings.counting, facts.calendar)
        # what is due as a day begins is due at the end of the day before
        first, last = local_day(facts.received_at), local_day(end - INSTANT_BEFORE)
        days = [first + n * ONE_DAY for n in range((last - first).days + 1)]
        days = [day for day in days if first_day_of_hours(day, settings.counting, facts.calendar) == day]
        for day in days:  # a weekend needs no calendar
            if WEEK[day.weekday()] in settings.weekend_days:
                return day
        if facts.calendar is None:
            return unknown("calendar", "office")
        return next((day for day in days if facts.calendar.is_day_off(day)), None)
    except MissingCalendar as missing:
        return unknown(missing.what, "office")


def _chosen(facts: ItemReceived) -> DaysThatCount | None:
    """What the federation chose to count, where its choice is in force on the day judged."""
    choice = facts.working_day
    if choice is None or (choice.from_day and (facts.day is None or facts.day < choice.from_day)):
        return None
    return choice.counting


def _ruling(facts: Facts, tension: str | None) -> Ruling | None:
    """The ruling on this tension that is in force on the day judged."""
    return next((one for one in facts.rulings if one.tension == tension and in_force(one, facts)), None)
