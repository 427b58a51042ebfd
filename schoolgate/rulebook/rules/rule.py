"""A rule as a line of data: when it applies, what follows, and the values that it names itself."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from operator import gt, lt
from typing import Annotated, Any, Literal, Self, Union

from pydantic import AwareDatetime, ConfigDict, Field, model_validator

from schoolgate.rulebook.clauses import Tension
from schoolgate.rulebook.controls.base import NOBODY_NAMED, Control, NoSettings, RuleResult, met
from schoolgate.rulebook.facts import DayOrMonth, Facts, Part, SoFar
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.named_times import is_a_time
from schoolgate.rulebook.rules.conditions import compiled
from schoolgate.rulebook.rules.reading import (
    NO_PART,
    BadCondition,
    FactAt,
    Missing,
    Scope,
    Test,
    fact_at,
    fact_reader,
    lacking,
    missing_of,
    nearest,
    types_in,
)
from schoolgate.rulebook.rules.spans import (
    After,
    AtLeastOne,
    counted_in,
    numbers_in,
    waits_for_a_number,
    with_numbers,
)
from schoolgate.rulebook.rules.step import VERBS, Settle, Step, compiled_step, waits_for
from schoolgate.rulebook.rules.tree import literals
from schoolgate.rulebook.situations import SITUATIONS
from schoolgate.rulebook.situations.times import CalendarDay
from schoolgate.rulebook.working_time import EVERY_DAY, DaysThatCount, first_day_of_hours, local_day

# Values that a rule names itself, taken from a list among the facts. latest: {last_review: {among: reviews,
# at: on, where: {kind: regular}, otherwise: adopted_on}} listed: {missed: {among: days, take: on, where:
# {looked_at: false}}} passing: {reply_days: {after: received_at, hours: 24}} Conditions, times and
# sentences of the rule then read `last_review` and `missed` like any fact. A value that a missing fact
# could change is not known. Where the list has no latest day, the fact `otherwise` counts, or the rule asks
# for it.


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


# A rule as a line of data: when it applies, and what follows. Only the engine deals with what is unknown.


HARMLESS = (Kind.MET, Kind.ADVISES)
"""Sayings that need no question. A permission is the policy's own answer: without it the policy would seem
silent."""
LONGEST_WORD = 200
JUDGES_KEEPING = frozenset({"forbid", "need", "must_be"})


class Rule(Names):
    """The settings of a rule that is data.

    `when`: where it applies; everywhere without it. `each`: a list among the facts; each part of it is
    judged separately, and conditions then speak of that part, or of the situation where it has no such
    fact. `steps`: what follows, the first that speaks; a rule with one step may be written without `steps`.
    `supplied_by`: who is asked for a fact under this policy. `kept`: the sentence where nothing stops it.
    `exception`: whether it replaces other rules, so that what it lacks has to be asked for; `tension`: what
    its words leave open (both set by the loader). `attested`: only a person's word can satisfy it.
    `numbers`: numbers of the clause that its conditions and times name, None where the federation has to
    choose them. `in_welsh`: words of its conditions in Welsh, where people choose among them
    (`facts_read.listed_words`). `passing`, `latest`, `earliest`, `listed`: values that it names itself
    (above). `leave_of`: the roles whose recorded permission lifts it, because the clause says so."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    when: Any = True
    each: str | None = None
    steps: tuple[Step, ...]
    supplied_by: Mapping[str, str] = Field(default_factory=dict)
    kept: str = "kernel.met"
    attested: bool = False
    leave_of: tuple[str, ...] = ()
    exception: bool = False
    tension: Tension | None = None
    numbers: Mapping[str, AtLeastOne | DaysThatCount | None] = Field(default_factory=dict)
    in_welsh: Mapping[str, Annotated[str, Field(min_length=1, max_length=LONGEST_WORD)]] = Field(
        default_factory=dict
    )

    @model_validator(mode="before")
    @classmethod
    def _one_step(cls, data: Any) -> Any:
        if not isinstance(data, Mapping) or "steps" in data:
            return data
        alone = {name: value for name, value in data.items() if name in Step.model_fields}
        return {**{name: value for name, value in data.items() if name not in alone}, "steps": [alone]}

    @model_validator(mode="after")
    def _numbers_listed(self) -> Self:
        named = {*numbers_in([said for name, said in vars(self).items() if name != "numbers"])}
        for name in sorted(named ^ self.numbers.keys()):
            why = "is not listed under numbers" if name in named else "is listed, and nothing counts by it"
            raise ValueError(f"the number {name} {why}")
        words = self.words_chosen
        for name, value in self.numbers.items():
            if value is not None and isinstance(value, str) is not (name in words):
                raise ValueError(f"{name} is {value}: a number, or what is counted, each in its place")
        return self

    @property
    def words_chosen(self) -> frozenset[str]:
        """Those of its numbers that are words: which days count as working days."""
        return frozenset(counted_in(self.model_dump(exclude={"numbers"}))) if self.numbers else frozenset()

    @property
    def is_read(self) -> bool:
        """Whether it leaves words to their reader: no rule says them yet."""
        return any(step.read is not None for step in self.steps)

    @cached_property
    def filled(self) -> "Rule":
        """Return the same rule with its numbers filled in. What depends on a number not chosen yet is left
        out: a step, the time of a duty, or all that the rule says."""
        if not self.numbers:
            return self
        said = {name: getattr(self, name) for name in self.model_fields_set - {"numbers"}}
        when = with_numbers(self.when, self.numbers)
        names = with_numbers(self.model_dump(include={*Names.model_fields}), self.numbers)
        if waits_for_a_number([when, names]):
            return Rule.model_construct(**{**said, **dict(Names()), "when": False, "steps": ()})
        said |= {**dict(Names.model_validate(names)), "when": when}
        steps = (self._filled_step(step) for step in self.steps)
        return Rule.model_construct(**{**said, "steps": tuple(one for one in steps if one)})

    def with_numbers(self, numbers: Mapping[str, Any]) -> "Rule":
        """Return the same rule with these numbers. Raises ValidationError."""
        if numbers == self.numbers:
            return self
        said = {name: getattr(self, name) for name in self.model_fields_set}
        return Rule.model_validate({**said, "numbers": numbers})

    def _filled_step(self, step: Step) -> Step | None:
        said = with_numbers(step.model_dump(exclude_defaults=True), self.numbers)
        duty = said.get("oblige")
        if duty and waits_for_a_number(duty.get("due")):
            del duty["due"]
        return None if waits_for_a_number(said) else Step.model_validate(said)

    def for_facts(self, model: type[Facts]) -> Callable[[Any], Sequence[RuleResult]]:
        """This rule as a function of such facts. Raises BadCondition."""
        found = self.compiled.get(model)
        if found is None:
            found = self.compiled[model] = _judge(self.filled, model)
        return found

    @cached_property
    def roles_said(self) -> tuple[tuple[str, object], ...]:
        """Return every role that is named: asked for again by each situation to which the rule listens."""
        said = self.model_dump()
        conditions = {**said, "steps": [{**step, "args": {}} for step in said["steps"]]}
        roles = (("roles", one) for one in compared(said, "roles") if not isinstance(one, bool))
        leave = (("role", one) for one in self.leave_of)
        return (*roles, *(("role", one) for one in compared(conditions, "role")), *_named(self), *leave)

    @cached_property
    def compiled(self) -> dict[type, Callable[[Any], Sequence[RuleResult]]]:
        """Return the functions made so far, by the kind of facts."""
        return {}


class DataRule(Control):
    """Any rule that a condition can say. Settings: `Rule`."""

    key = "rule"
    version = 6
    listens_to = tuple(SITUATIONS)
    points = tuple(dict.fromkeys(point for one in SITUATIONS.values() for point in one.points))
    Settings = Rule

    def evaluate(self, facts: Any, settings: Rule) -> Iterable[RuleResult]:
        """Return what the rule says about these facts."""
        found = settings.compiled.get(facts.__class__)
        return found(facts) if found is not None else settings.for_facts(facts.__class__)(facts)

    def judging(self, settings: Rule, model: type[Facts]) -> Callable[[Any], Iterable[RuleResult]]:
        """Return the rule's own function."""
        return settings.for_facts(model)

    def check(self, settings: Rule, situations: Iterable[str]) -> None:
        """Raises BadCondition where the rule speaks of what these situations do not know, or gives the Welsh
        of a word that no condition of it has."""
        _check_welsh(settings)
        words = settings.words_chosen
        numbers = {
            name: value or (DaysThatCount.WEEKDAYS if name in words else 1)
            for name, value in settings.numbers.items()
        }
        whole = settings.with_numbers(numbers)
        for key in situations:
            whole.for_facts(SITUATIONS[key].facts)

    def claims(self, settings: Rule) -> Iterator[tuple[str, object]]:
        """Numbers and roles: what the clause has to hold. Other words are those of the facts. On what an open
        question turns (`turns`) is not in the clause's words."""
        said = settings.model_dump(exclude={"numbers", "in_welsh"})
        said["steps"] = [{**step, "turns": None} for step in said["steps"]]
        yield from settings.numbers.items()
        yield from (("number", one) for one in literals(said) if type(one) is int)
        yield from (("time", one) for one in _words_in(said) if is_a_time(one))
        yield from (("roles", one) for one in compared(said, "roles") if not isinstance(one, bool))
        yield from _named(settings)
        yield from (("roles", one) for one in settings.leave_of)

    def roles(self, settings: Rule) -> Iterator[tuple[str, object]]:
        """Return every role that is named, in what is compared, said or asked."""
        return iter(settings.roles_said)

    def names_role(self, settings: Rule, word: str) -> bool:
        """Whether the word is a role in what is compared or named here; elsewhere the same word may be a
        value of a fact."""
        return any(word == role for _name, role in self.roles(settings))

    def stated(self, settings: Rule, name: str) -> Iterator[object]:
        """What conditions compare a fact of this name with, and what goes into sentences under it."""
        numbers = {key: value for key, value in settings.numbers.items() if value is not None}
        return compared({**settings.filled.model_dump(), "numbers": numbers}, name)

    def by_word_alone(self, settings: Rule) -> bool:
        """Whether only a person's word can satisfy this rule."""
        return settings.attested

    def words(self, settings: Rule) -> Iterator[tuple[str, str]]:
        """What it says, by the table that has to know it."""
        for step in settings.steps:
            yield from (("SENTENCES", step.say),) if step.say else ()
            for asked in step.asked:
                yield from (("NEEDS", asked.what), ("SOURCES", asked.of))
            yield from (("NEEDS", step.oblige.what), ("SOURCES", step.oblige.who)) if step.oblige else ()
        yield from (("SOURCES", one) for one in settings.supplied_by.values())


def _check_welsh(settings: Rule) -> None:
    if settings.in_welsh:
        conditions = [step.model_dump(include={*map(str, VERBS)}) for step in settings.steps]
        words = [one for one in literals([settings.when, conditions]) if isinstance(one, str)]
        for word in settings.in_welsh:
            if word not in words:
                raise BadCondition(("in_welsh", word), nearest(word, words))


def _named(settings: Rule) -> Iterator[tuple[str, object]]:
    """Return the roles that occur in a sentence, or rule on what is referred."""
    for step in settings.steps:
        ruling = "" if step.to == NOBODY_NAMED else step.to
        yield from (("role", one) for one in (step.args.get("role"), ruling) if one and isinstance(one, str))


def _words_in(written: Any) -> Iterator[str]:
    """Yield every word that a rule has, names of facts included."""
    if isinstance(written, str):
        yield written
    elif isinstance(written, Mapping):
        for name, value in written.items():
            yield str(name)
            yield from _words_in(value)
    elif isinstance(written, list | tuple):
        for one in written:
            yield from _words_in(one)


def compared(written: Any, fact: str) -> Iterator[object]:
    """Yield every value with which this fact is compared, whatever it is a part of: `roles` is also
    `by.roles` and `to_roles`."""
    if isinstance(written, Mapping):
        for name, value in written.items():
            is_it = str(name) == fact or str(name).endswith((f".{fact}", f"_{fact}"))
            if not is_it:
                yield from compared(value, fact)
            elif not (isinstance(value, Mapping) and "same_as" in value):  # that is another fact, no value
                yield from literals(value)
    elif isinstance(written, list | tuple):
        for value in written:
            yield from compared(value, fact)


# --- Compiled ----------------------------------------------------------------------------------------


def _judge(rule: Rule, model: type[Facts]) -> Callable[[Any], Sequence[RuleResult]]:
    scope = with_names(Scope(model, rule.supplied_by, model, rule.tension), rule)
    whole = scope
    if rule.each is not None:
        scope = fact_at(model, rule.each, ("each",)).inside(scope, ("each",))
    when, settle = compiled(rule.when, scope, ("when",)), _settle(rule, scope)

    def told(
        applies: Literal[True] | Missing, said: RuleResult | None, about: str | None = None
    ) -> Sequence[RuleResult]:
        if said is None:
            return ()
        if applies is True:
            return (said,)
        return () if _harmless(said, rule) else (waits_for(applies, about),)

    if rule.each is not None:
        return _of_each(rule.each, whole, when, settle, told)
    if rule.when is True:
        return lambda facts: () if (said := settle(facts, facts, None)) is None else (said,)

    def evaluate(facts: Any) -> Sequence[RuleResult]:
        applies = when(facts, facts)
        return () if applies is False else told(applies, settle(facts, facts, None))

    return evaluate


def _of_each(
    name: str, scope: Scope, when: Test, settle: Settle, told: Callable[..., Sequence[RuleResult]]
) -> Callable[[Any], Sequence[RuleResult]]:
    read = fact_reader(name, scope, ("each",), unasked="no")
    listed = missing_of(name, scope.fact(name, ("each",)), scope)

    def evaluate(facts: Any) -> Sequence[RuleResult]:
        parts = read(facts, facts)
        if isinstance(parts, Missing):
            return () if when(facts, NO_PART) is False else (waits_for(parts),)
        found: list[RuleResult] = []
        for place, part in enumerate(parts):
            applies = when(facts, part)
            if applies is not False:
                about = f"{name}[{place}]"
                found += told(applies, settle(facts, part, about), about)
        if parts.__class__ is SoFar and when(facts, NO_PART) is not False:
            found.append(waits_for(lacking(parts, listed)))
        return found

    return evaluate


def _harmless(said: RuleResult, rule: Rule) -> bool:
    """Whether an unknown answer makes no difference to anyone."""
    return said.kind in HARMLESS and not (said.excludes or said.unbound or said.covers or rule.exception)


def _bans_alike(one: RuleResult | None, other: RuleResult | None) -> bool:
    """Whether both stop it for good, so that it need not be asked which of them it is."""
    if one is None or other is None:
        return False
    return one.kind is other.kind is Kind.FORBIDS and one.turns is other.turns


def _settle(rule: Rule, scope: Scope) -> Settle:
    steps = [(step, *compiled_step(step, scope, ("steps", place))) for place, step in enumerate(rule.steps)]
    judges = any(step.verb in JUDGES_KEEPING for step in rule.steps)
    end = met(rule.kept) if judges else None

    def in_order(_facts: Any, _part: Any, about: str | None) -> RuleResult | None:
        return end if end is None or about is None else met(rule.kept, about)

    settle: Settle = in_order
    for step, speaks, say in reversed(steps):
        settle = _settled_by(step, speaks, say, settle, rule)
    return settle


def _settled_by(step: Step, speaks: Test, say: Settle, rest: Settle, rule: Rule) -> Settle:
    """What a step says where it speaks, else what the rest of the steps say."""

    def settle(facts: Any, part: Any, about: str | None) -> RuleResult | None:
        answer = speaks(facts, part)
        if answer is False:
            return rest(facts, part, about)
        said = say(facts, part, about)
        if answer is True:
            return said
        otherwise = rest(facts, part, about)
        if all(one is None or _harmless(one, rule) for one in (said, otherwise)):
            return None
        if _bans_alike(said, otherwise):
            return otherwise
        if said is not None and step.apart:
            said.unknown = True
            return said
        return waits_for(answer, about)

    return settle
