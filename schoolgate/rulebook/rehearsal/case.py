"""A case of a rehearsal as data, and its facts under one policy: who acts there are people of its roles."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from schoolgate.rulebook.capacities import Capacity
from schoolgate.rulebook.clauses import Role
from schoolgate.rulebook.facts import LONDON

NOTHING = "nothing"
"""Instead of a case to compare with: this one has to be stopped by itself."""
OF_CHILDREN = frozenset({"consents", "named", "do_not_publish", "trip", "left_school", "given_on"})


@dataclass(frozen=True)
class Case:
    """One thing that happens at a school. `story`: what happened, in a sentence or two. `facts`: the facts of
    its situation, with `Filled` values where they depend on the policy or the day. `stops_beside`: another
    case, in order, from which this one differs only in the fact `about`; the policy has to stop it. `point`:
    only a policy with a rule at this point is put to it: what others don't speak of is no fault of theirs."""

    key: str
    title: str
    story: str
    situation: str
    facts: Mapping[str, Any]
    stops_beside: str = ""
    about: str = ""
    point: str = ""

    @property
    def is_about_a_child(self) -> bool:
        """Whether a child would be shown, named or drawn aside if nothing stopped it."""
        return self.stops_beside == NOTHING or self.about in OF_CHILDREN


@dataclass(frozen=True)
class Stage:
    """What a case is filled in from: the instant, and the roles of the policy."""

    at: datetime
    roles: tuple[Role, ...]

    def that_may(self, capacity: Capacity, *, but_not: Capacity | None = None) -> tuple[Role, ...]:
        """Return the roles with a capacity; those that lack the other one only, where there are any."""
        may = tuple(one for one in self.roles if capacity in one.capacities)
        return tuple(one for one in may if but_not not in one.capacities) or may


FRIDAY = 4
HOUR = time(10)
"""When the made-up cases happen, in London: in a school's hours, and the same however late they are read."""


def instant_of_cases(at: datetime) -> datetime:
    """Return the instant at which made-up cases happen on the day of `at`."""
    return datetime.combine(at.astimezone(LONDON).date(), HOUR, LONDON)


def morning_after(at: datetime) -> datetime:
    """Return when a trial that begins at `at` takes place: on the next morning from Monday to Friday, so that
    no clause is blamed for the evening on which someone tries it."""
    weekday = at.astimezone(LONDON).weekday()
    return instant_of_cases(at + timedelta(days=7 - weekday if weekday >= FRIDAY else 1))


Filled = Callable[[Stage], Any]


def ago(**span: float) -> Filled:
    """An instant before now: `ago(hours=2)`."""
    return lambda stage: stage.at - timedelta(**span)


def day(days: int) -> Filled:
    """A day from today: `day(-7)` is a week ago."""
    return lambda stage: _today(stage) + timedelta(days=days)


def person(key: str, capacity: Capacity, *, but_not: Capacity | None = None) -> Filled:
    """A member of staff with the first role that has a capacity; with no role where none has it."""

    def filled(stage: Stage) -> Mapping[str, Any]:
        names = [one.name for one in stage.that_may(capacity, but_not=but_not)[:1]]
        return {"key": key, "relation": "staff", "roles": names}

    return filled


def by_each_that_may(capacity: Capacity, **rest: Any) -> Filled:
    """What was given by one person of each role with a capacity: `rest` is what else is stated."""

    def filled(stage: Stage) -> list[Mapping[str, Any]]:
        return [{"by": one.key, "roles": [one.name], **rest} for one in stage.that_may(capacity)]

    return filled


def signed_by_each_that_may(capacity: Capacity) -> Filled:
    """Signatures of one person of each role with a capacity, an hour ago."""

    def filled(stage: Stage) -> list[Mapping[str, Any]]:
        at = ago(hours=1)(stage)
        may = stage.that_may(capacity)
        return [{"role": one.name, "by": one.key, "at": at, "of_this_version": True} for one in may]

    return filled


def roles_that_may(capacity: Capacity) -> Filled:
    """The names of the roles with a capacity."""
    return lambda stage: [one.name for one in stage.that_may(capacity)]


def yes(by: str = "author") -> Filled:
    """A person's answer, yes."""
    return _said(by, answer=True)


def no(by: str = "author") -> Filled:
    """A person's answer, no."""
    return _said(by, answer=False)


def _said(by: str, *, answer: bool) -> Filled:
    at = ago(hours=1)
    return lambda stage: {"answer": answer, "by": by, "at": at(stage), "of_this_version": True}


def calendar(stage: Stage) -> Mapping[str, Any]:
    """A school year without a holiday, so that hours and days are those of an ordinary week in term."""
    today = _today(stage)
    year = {"first": date(today.year - 2, 1, 1), "last": date(today.year + 2, 12, 31)}
    return {
        "country": "england",
        "bank_holidays_known": year,
        "bank_holidays": [],
        "terms_known": year,
        "terms": [year],
    }


def filled(facts: Any, stage: Stage) -> Any:
    """Return the facts with every `Filled` value filled in."""
    if callable(facts):
        return filled(facts(stage), stage)
    if isinstance(facts, Mapping):
        return {name: filled(value, stage) for name, value in facts.items()}
    return [filled(one, stage) for one in facts] if isinstance(facts, list | tuple) else facts


def changed(facts: Mapping[str, Any], **paths: Any) -> Mapping[str, Any]:
    """Return the facts with others at these paths; `people__0__named` is `people`, first part, `named`."""
    copy: dict[str, Any] = _own(facts)
    for path, value in paths.items():
        *way, last = path.split("__")
        place: Any = copy
        for step in way:
            place = place[int(step)] if isinstance(place, list) else place[step]
        place[last] = value
    return copy


def _own(facts: Any) -> Any:
    if isinstance(facts, Mapping):
        return {name: _own(value) for name, value in facts.items()}
    return [_own(one) for one in facts] if isinstance(facts, list | tuple) else facts


def _today(stage: Stage) -> date:
    return stage.at.astimezone(LONDON).date()
