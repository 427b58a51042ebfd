"""A rule kind on time: something has to be done within hours."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from schoolgate.rulebook.controls.base import Control, RuleResult, breached, met, obliges, unknown
from schoolgate.rulebook.controls.conditional import Conditional
from schoolgate.rulebook.facts import Facts
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.rules.reading import Missing
from schoolgate.rulebook.rules.step import waits_for
from schoolgate.rulebook.situations import SITUATIONS
from schoolgate.rulebook.situations.times import ChosenTime, chosen_for
from schoolgate.rulebook.working_time import (
    EVERY_DAY,
    Calendar,
    HoursCount,
    MissingCalendar,
    after_hours_on,
    is_past,
)

Hours = Annotated[int, Field(ge=1)]


class Clock(Conditional):
    """A task with a deadline.

    `done`: where it is done, as a condition, with the sentence `kept`. `since`: the fact at which the time
    starts. `say`: the sentence where there is a time, `no_time` where there is none, `late` where it is
    over. `choice`: the name of a time that the federation may choose; `at_once`: without one it is due at
    once. The hours have the name that the policy's words give them. `counting`: on which days they pass."""

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
        """Return a function that reads from when time runs. Raises BadCondition."""
        return self.reader(model, "since")


class Timed(Control):
    """By when must a person do something, and is the time over?

    Settings: `Clock`. Where neither the policy nor the federation names a time, none is promised."""

    key = "clock.timed"
    version = 2
    listens_to = ("item.received", "item.look")
    points = ("reply_due", "read_in_time", "taken_down_in_time")
    Settings = Clock

    def evaluate(self, facts: Any, settings: Clock) -> Iterable[RuleResult]:
        applies = settings.test(type(facts))(facts, facts)
        if applies is False:
            return ()
        done = settings.test(type(facts), "done")(facts, facts)
        if done is True:
            return (met(settings.kept),) if applies is True else ()
        for answer in (applies, done):
            if isinstance(answer, Missing):
                return (waits_for(answer),)
        return tuple(self._owed(facts, settings))

    @staticmethod
    def _owed(facts: Any, settings: Clock) -> Iterator[RuleResult]:
        """Return what is owed by then or without a time, and that it is late: it is owed all the same."""
        hours = settings.hours
        time = chosen_for(facts.choices, settings.choice, facts.day) if settings.choice else None
        if hours is None and time is None and not settings.at_once:
            yield obliges(settings.who, settings.what, Due.none_promised(), settings.no_time)
            return
        start = settings.start(type(facts))(facts, facts)
        if isinstance(start, Missing):
            yield waits_for(start)
            return
        try:
            due = _due(start, facts.calendar, time, hours, settings.counting)
        except MissingCalendar as missing:
            yield unknown(missing.what, "office")
            return
        end = (due.instant or due.day) if due is not None else None
        if due is None or end is None:
            yield unknown("calendar", "office")
            return
        args: dict[str, Any] = {"hours": hours} if hours is not None else {}
        chosen = time is not None and hours is None
        says = settings.say if hours or time else settings.no_time
        owed = obliges(settings.who, settings.what, due, says, **args)
        owed.chosen = chosen
        yield owed
        if settings.late and facts.now is not None and is_past(end, facts.now):
            late = breached(settings.late, **args)
            late.chosen = chosen
            yield late

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


def _due(
    start: datetime,
    calendar: Calendar | None,
    time: ChosenTime | None,
    hours: int | None,
    counting: HoursCount,
) -> Due | None:
    """Return when the hours of the policy, or else the time that the federation chose, are over, or `start`
    for what is due at once; None where only a calendar could tell. Raises MissingCalendar."""
    if hours is not None:
        return Due(instant=after_hours_on(start, hours, counting, calendar))
    return time.due_after(start, calendar) if time is not None else Due(instant=start, at_once=True)
