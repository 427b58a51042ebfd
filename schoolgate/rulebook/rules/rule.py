"""A rule as a line of data: when it applies, and what follows. Only the engine deals with what is unknown."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from schoolgate.rulebook.clauses import Tension
from schoolgate.rulebook.controls.base import NOBODY_NAMED, Control, RuleResult, met
from schoolgate.rulebook.facts import Facts, SoFar
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.named_times import is_a_time
from schoolgate.rulebook.rules.conditions import compiled
from schoolgate.rulebook.rules.fact_at import BadCondition, Scope, fact_at, nearest
from schoolgate.rulebook.rules.logic import Test
from schoolgate.rulebook.rules.named import Names, with_names
from schoolgate.rulebook.rules.reading import NO_PART, Missing, fact_reader, lacking, missing_of
from schoolgate.rulebook.rules.spans import (
    AtLeastOne,
    counted_in,
    numbers_in,
    waits_for_a_number,
    with_numbers,
)
from schoolgate.rulebook.rules.step import VERBS, Settle, Step, compiled_step, waits_for
from schoolgate.rulebook.rules.tree import literals
from schoolgate.rulebook.situations import SITUATIONS
from schoolgate.rulebook.working_time import DaysThatCount

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
    choose them. `in_welsh`: words of its conditions in Welsh, where people choose among them (`listed.py`).
    `passing`, `latest`, `earliest`, `listed`: values that it names itself (rules/named.py). `leave_of`: the
    roles whose recorded permission lifts it, because the clause says so."""

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
