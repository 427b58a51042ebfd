"""Values that a rule names itself, taken from a list among the facts.

    latest: {last_review: {among: reviews, at: on, where: {kind: regular}, otherwise: adopted_on}}
    listed: {missed: {among: days, take: on, where: {looked_at: false}}}
    passing: {reply_days: {after: received_at, hours: 24}}

Conditions, times and sentences of the rule then read `last_review` and `missed` like any fact. A value that
a missing fact could change is not known. Where the list has no latest day, the fact `otherwise` counts, or
the rule asks for it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from operator import gt, lt
from typing import Any, Union

from pydantic import AwareDatetime, Field

from schoolgate.rulebook.controls.base import NoSettings
from schoolgate.rulebook.facts import DayOrMonth, Part
from schoolgate.rulebook.rules.conditions import compiled
from schoolgate.rulebook.rules.fact_at import BadCondition, FactAt, Scope, types_in
from schoolgate.rulebook.rules.reading import Missing, fact_reader, missing_of
from schoolgate.rulebook.rules.spans import After
from schoolgate.rulebook.situations.times import CalendarDay
from schoolgate.rulebook.working_time import EVERY_DAY, first_day_of_hours, local_day

Way = tuple[str | int, ...]


class Latest(NoSettings):
    """The latest day or time in the fact `at` of the parts `among` a list for which `where` is true; the fact
    `otherwise` where there is none."""

    among: str
    at: str
    where: Any = True
    otherwise: str = ""


class Earliest(Latest):
    """The earliest of those days or times."""


class Listed(NoSettings):
    """The fact `take` of each part `among` a list for which `where` is true, in their order."""

    among: str
    take: str
    where: Any = True


class Names(NoSettings):
    """The names a rule defines. `passing`: the days on which a number of hours after a time pass."""

    passing: Mapping[str, After] = Field(default_factory=dict)
    latest: Mapping[str, Latest] = Field(default_factory=dict)
    earliest: Mapping[str, Earliest] = Field(default_factory=dict)
    listed: Mapping[str, Listed] = Field(default_factory=dict)


def with_names(scope: Scope, names: Names) -> Scope:
    """Return the scope in which these names can be spoken of. Raises BadCondition."""
    if not (names.passing or names.latest or names.earliest or names.listed):
        return scope
    whole = scope.whole
    for name, days in names.passing.items():
        whole = _with(whole, name, _passing(days, whole, ("passing", name)))
    picked = {
        **{name: _latest(name, one, whole, ("latest", name)) for name, one in names.latest.items()},
        **{name: _latest(name, one, whole, ("earliest", name)) for name, one in names.earliest.items()},
        **{name: _listed(name, one, whole, ("listed", name)) for name, one in names.listed.items()},
    }
    return replace(scope, named={**whole.named, **picked})


def _with(scope: Scope, name: str, fact: FactAt) -> Scope:
    return replace(scope, named={**scope.named, name: fact})


def _passing(days: After, scope: Scope, way: Way) -> FactAt:
    fact = scope.fact(days.after, way)
    days.check(fact, days.after, way, scope)
    if days.hours is None:
        raise BadCondition(way, "so many hours")
    since = fact_reader(days.after, scope, way, unasked="no")
    counting: Any = days.counting or EVERY_DAY

    def passing(facts: Any, _facts: Any) -> Any:
        start = since(facts, facts)
        end: Any = start if isinstance(start, Missing) else days.end(start, facts)
        if isinstance(end, Missing):
            return end
        # What is due as a day begins is due at the end of the day before.
        first, last = local_day(start), local_day(end - timedelta(microseconds=1))
        found = (first + timedelta(days=n) for n in range((last - first).days + 1))
        calendar = getattr(facts, "calendar", None)
        return tuple(
            CalendarDay.of(day) for day in found if first_day_of_hours(day, counting, calendar) == day
        )

    return FactAt((), passing, CalendarDay, True, fact.ask)


def _latest(name: str, one: Latest, scope: Scope, way: Way) -> FactAt:
    inside, each = _each(name, one, one.at, scope, way)
    kinds = [inside.fact(one.at, (*way, "at")).kind]
    if one.otherwise:
        kinds.append(scope.fact(one.otherwise, (*way, "otherwise")).kind)
    for kind, where in zip(kinds, ("at", "otherwise"), strict=False):
        if kind != DayOrMonth and not {date, AwareDatetime} & set(types_in(kind)):
            raise BadCondition((*way, where), f"{getattr(one, where)} is no day and no time")
    fact = scope.fact(one.among, (*way, "among"))
    nothing = missing_of(one.among, fact, scope)
    otherwise = (
        fact_reader(one.otherwise, scope, way, unasked="no")
        if one.otherwise
        else lambda _facts, _part: nothing
    )

    pick, goes_before = (min, lt) if isinstance(one, Earliest) else (max, gt)

    def last(facts: Any, _facts: Any) -> Any:
        parts = each(facts)
        if isinstance(parts, Missing):
            return parts
        sure = pick((value for value, lacks in parts if lacks is None), default=None)
        for value, lacks in parts:
            if lacks is not None and (sure is None or isinstance(value, Missing) or goes_before(value, sure)):
                return lacks
        return sure if sure is not None else otherwise(facts, facts)

    return FactAt((), last, Union[tuple(kinds)], False, fact.ask)  # noqa: UP007 - put together here


def _listed(name: str, one: Listed, scope: Scope, way: Way) -> FactAt:
    inside, each = _each(name, one, one.take, scope, way)
    taken = inside.fact(one.take, (*way, "take"))
    if taken.many or (isinstance(taken.kind, type) and issubclass(taken.kind, Part)):
        raise BadCondition((*way, "take"), f"{one.take} is more than one value")

    def values(facts: Any, _facts: Any) -> Any:
        parts = each(facts)
        if isinstance(parts, Missing):
            return parts
        lacks = next((lacks for _value, lacks in parts if lacks is not None), None)
        return lacks or tuple(value for value, _lacks in parts)

    return FactAt((), values, taken.kind, True, scope.fact(one.among, (*way, "among")).ask)


Found = list[tuple[Any, Missing | None]]


def _each(
    name: str, one: Latest | Listed, path: str, scope: Scope, way: Way
) -> tuple[Scope, Callable[[Any], Found | Missing]]:
    """Return the scope of a part of the list, and a function that gives the fact of each part that counts,
    with what is missing where that is not sure."""
    if hasattr(scope.root, name) or name in scope.root.model_fields:
        raise BadCondition(way, f"{name} is a fact: take another name")
    inside = scope.fact(one.among, (*way, "among")).inside(scope, (*way, "among"))
    listed = fact_reader(one.among, scope, (*way, "among"), unasked="no")
    counts = compiled(one.where, inside, (*way, "where"))
    read = fact_reader(path, inside, way, unasked="no")

    def each(facts: Any) -> Found | Missing:
        parts = listed(facts, facts)
        if isinstance(parts, Missing):
            return parts
        found: Found = []
        for part in parts:
            said = counts(facts, part)
            if said is False:
                continue
            value = read(facts, part)
            found.append((value, next((x for x in (said, value) if isinstance(x, Missing)), None)))
        return found

    return inside, each
