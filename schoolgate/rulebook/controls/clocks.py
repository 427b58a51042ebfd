"""Rule kinds on time: something has to be done, or someone told, by some time."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from schoolgate.rulebook.clauses import Tension
from schoolgate.rulebook.controls.base import Control, RuleResult, breached, met, obliges, requires, unknown
from schoolgate.rulebook.controls.conditional import Conditional
from schoolgate.rulebook.facts import Facts
from schoolgate.rulebook.findings import Due, Need
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.rules.reading import Answer, Missing
from schoolgate.rulebook.rules.step import waits_for
from schoolgate.rulebook.rules.tree import literals
from schoolgate.rulebook.situations import SITUATIONS
from schoolgate.rulebook.situations.incidents import Body, IncidentReport, PersonTold
from schoolgate.rulebook.situations.times import ChosenTime, chosen_for
from schoolgate.rulebook.working_time import (
    EVERY_DAY,
    Calendar,
    HoursCount,
    MissingCalendar,
    after_hours_on,
    in_utc,
    is_past,
)

# A rule kind on time: something has to be done within hours.


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


# The rule kind on telling: a role in the school, or a body outside it, has to be told of something by some
# time. Each policy says who, when and what about.


REPORTER = "incident.reporter"
MINUTE = timedelta(minutes=1)


class Telling(Conditional):
    """`when`: where someone has to be told; `say`: the sentence; `what`: the duty. `roles`: one holder of
    these is enough; or `bodies`, outside the school, one of which is enough. `due`: the fact that gives the
    deadline, no time promised without it; `chosen`: the federation may choose that time. `until_opened`:
    whether the time runs until it was opened, where that is known. `instead`: the role that may be enough,
    too, on which the answer turns. `tension`: what the words leave open, so that `when` may speak of a
    ruling (set by the loader)."""

    say: str
    what: str = "incident.report"
    roles: tuple[str, ...] = ()
    bodies: tuple[Body, ...] = ()
    due: str = ""
    chosen: bool = False
    until_opened: bool = False
    instead: str | None = None
    tension: Tension | None = None

    @property
    def open_question(self) -> Tension | None:
        """The tension of which `when` may say how it was ruled."""
        return self.tension

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if bool(self.roles) is bool(self.bodies):
            raise ValueError("either roles or bodies, and at least one")
        return self

    def applies(self, facts: IncidentReport) -> Answer:
        """Whether anyone has to be told."""
        return self.test(IncidentReport)(facts, facts)

    def by_when(self, facts: IncidentReport) -> Any:
        """By when; `Missing` where that can't be told."""
        return self.reader(IncidentReport, "due")(facts, facts) if self.due else Due.none_promised()

    @property
    def named(self) -> Mapping[str, Any]:
        """Who is named in the sentences."""
        return {"roles": self.roles} if self.roles else {}

    def sentence(self, key: str) -> str:
        """Return the sentence for this, of people or of bodies."""
        return f"incident.{'' if self.roles else 'authorities_'}{key}"

    def counts(self, one: PersonTold) -> bool:
        """Whether this person or body counts as one that has to be told."""
        return one.body in self.bodies or not set(self.roles).isdisjoint(one.roles)


class SomebodyTold(Control):
    """Was one of these roles, or of these bodies outside the school, told, did they open it, and in time?

    Settings: `Telling`. Where bodies are named and another person was told, whether that is enough is left
    open."""

    key = "telling.somebody"
    version = 5
    listens_to = ("incident.report",)
    points = ("senior_told", "line_manager_told", "safeguarding_officer_told", "authorities_told")
    reads = ("told",)
    Settings = Telling

    def evaluate(self, facts: IncidentReport, settings: Telling) -> Iterable[RuleResult]:
        """Return what the rule says about a report; no question is asked in vain."""
        applies = settings.applies(facts)
        if applies is False:
            return ()
        said = tuple(_told(facts, settings))
        if applies is True:
            return said
        kinds = {one.kind for one in said}
        if kinds == {Kind.MET}:
            return ()
        waiting = waits_for(applies)
        if Kind.BREACHED in kinds:  # a time that ran out is asked about, whatever the rule is an exception to
            waiting.unknown = waiting.turns = False
        return (waiting,)

    def check(self, settings: Telling, situations: Iterable[str]) -> None:
        """Raises BadCondition where the rule speaks of what a report does not know."""
        settings.test(IncidentReport)
        if settings.due:
            settings.reader(IncidentReport, "due")

    def claims(self, settings: Telling) -> Iterator[tuple[str, object]]:
        """Numbers and roles: what the clause has to hold. Other words are those of the facts."""
        yield from (("number", one) for one in literals(settings.model_dump()) if type(one) is int)
        yield from self.roles(settings)

    def roles(self, settings: Telling) -> Iterator[tuple[str, object]]:
        """Yield every role that is named, except the one the tension is about."""
        yield from (("roles", one) for one in settings.roles)

    def words(self, settings: Telling) -> Iterator[tuple[str, str]]:
        """What it says, by the table that has to know it."""
        yield from (("SENTENCES", settings.say), ("NEEDS", settings.what))


def _told(facts: IncidentReport, rule: Telling) -> Iterator[RuleResult]:
    """Return whether it is not told yet, told but not opened, told late, or told."""
    if facts.told is None:
        yield unknown("incident.told", REPORTER)
        return
    due = rule.by_when(facts)
    if isinstance(due, Missing):
        yield waits_for(due)
        due = Due.none_promised()
    here = [one for one in facts.told if rule.counts(one)]
    reached = [one for one in here if one.body is not None or one.read is not False]
    if reached:
        said = _reached(facts, rule, reached, due)
        sure = said.kind is Kind.BREACHED or any(one.body is not None or one.read for one in reached)
        yield said if sure else unknown("incident.told", REPORTER)
        return
    if here:
        said = obliges(rule.roles[0], "incident.open_report", due, "incident.not_opened", **rule.named)
    elif rule.bodies and facts.told:
        said = requires("incident.authority_open", Need(rule.what, REPORTER))
    else:
        said = obliges(REPORTER, rule.what, due, rule.say, **rule.named)
    said.chosen = said.kind is Kind.OBLIGES and _is_chosen(rule, due)
    yield said
    if _time_is_up(due, facts):
        yield _late(facts, rule, due, facts.now, "untold" if rule.bodies else "still_untold")


def _reached(facts: IncidentReport, rule: Telling, told: Sequence[PersonTold], due: Due) -> RuleResult:
    """Told, with the time that it took where both ends are known; late where a time was due."""
    instants = [(one.read_at if rule.until_opened else None) or one.at for one in told]
    first = min((one for one in instants if one is not None), default=None)
    if first is None or facts.noticed_at is None:
        return met(rule.sentence("told"), **rule.named)
    end = due.instant or due.day
    if end is not None and is_past(end, first):
        return _late(facts, rule, due, first, "told_late")
    return met(rule.sentence("told_after"), **rule.named, **_gap(facts.noticed_at, first))


def _late(
    facts: IncidentReport, rule: Telling, due: Due, until: datetime | None, sentence: str
) -> RuleResult:
    """Return that it took too long. Only where another role may be enough does that turn on what is left
    open."""
    said = breached(rule.sentence(sentence), **rule.named, **_gap(facts.noticed_at, until))
    said.chosen = _is_chosen(rule, due)
    said.turns = any(rule.instead in one.roles for one in facts.told or ())
    return said


def _is_chosen(rule: Telling, due: Due) -> bool:
    """Whether the federation chose this time: none at all and "at once" are the policy's own."""
    return rule.chosen and not due.at_once and due != Due.none_promised()


def _gap(start: datetime | None, end: datetime | None) -> dict[str, Any]:
    """Return the time between two instants in whole hours and minutes."""
    passed = in_utc(end) - in_utc(start) if start is not None and end is not None else timedelta()
    minutes = max(passed // MINUTE, 0)
    return {"hours": minutes // 60, "minutes": minutes % 60}


def _time_is_up(due: Due, facts: IncidentReport) -> bool:
    """Whether it is overdue and still not done. Thirty minutes have run out as the thirtieth ends; what is
    due at once has run out as soon as any time has passed."""
    start, now = facts.noticed_at, facts.now
    if now is None:
        return False
    if due.instant is not None:
        return in_utc(now) >= in_utc(due.instant) and in_utc(now) > in_utc(start or due.instant)
    return due.day is not None and is_past(due.day, now)
