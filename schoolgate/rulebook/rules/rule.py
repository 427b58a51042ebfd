"""A rule as a line of data: when it applies, and what follows. Only the engine deals with what is unknown."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal, Self, get_args

from pydantic import ConfigDict, model_validator

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    advises,
    breached,
    excludes,
    forbids,
    met,
    obliges,
    permits,
    refers,
    requires,
    unknown,
)
from schoolgate.rulebook.facts import Facts, Part
from schoolgate.rulebook.findings import Due, Need
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.rules.conditions import Missing, Test, compiled, literals, missing_of, reader
from schoolgate.rulebook.rules.fact_at import Scope, fact_at
from schoolgate.rulebook.situations import SITUATIONS

Verb = Literal["forbid", "need", "must_be", "keep", "permit", "advise", "refer", "exclude", "oblige"]
VERBS: tuple[Verb, ...] = get_args(Verb)
HELD_BACK_BY_NO = frozenset({"need", "must_be"})
"""Verbs that stop something where their condition is not true; the others speak where it is."""
HARMLESS = (Kind.MET, Kind.ADVISES)
"""What nobody needs to be asked about. A permission is the policy's own answer: without it the policy would
seem silent."""
JUDGES_KEEPING = frozenset({"forbid", "need", "must_be"})


class Duty(NoSettings):
    """Who has to do what, with no time promised."""

    who: str
    what: str


class AskFor(NoSettings):
    """What is wanted, a key of messages.NEEDS, and of whom: a role, or a key of SOURCES."""

    what: str
    of: str


class Step(NoSettings):
    """One verb with its condition. The first step of a rule that has something to say is its answer.

    `forbid`, `refer`, `exclude`, `permit`, `advise`, `keep` (in order) speak where the condition is true;
    `need` and `must_be` where it is not. `oblige` says who has to do what. `say`: the sentence; `args`: what
    goes into it, written out or read from the facts, `{fact: its path}`. `ask_for`: what a `need` asks for.
    `to`: who rules on what is referred. `turns`: whether the answer turns on the rule's tension, as a
    condition; always where nothing is said."""

    forbid: Any = None
    need: Any = None
    must_be: Any = None
    keep: Any = None
    permit: Any = None
    advise: Any = None
    refer: Any = None
    exclude: Any = None
    oblige: Duty | None = None
    say: str = ""
    args: Mapping[str, Any] = {}
    ask_for: AskFor | tuple[AskFor, ...] | None = None
    to: str = ""
    turns: Any = None

    @model_validator(mode="after")
    def _one_verb(self) -> Self:
        given = [verb for verb in VERBS if getattr(self, verb) is not None]
        if len(given) != 1:
            raise ValueError(f"one of {', '.join(VERBS)}")
        if not self.say and given[0] not in ("keep", "exclude"):
            raise ValueError(f"{given[0]} wants a sentence: say")
        if (given[0] == "need") is not (self.ask_for is not None):
            raise ValueError("need, and nothing else, says what it asks for and of whom: ask_for")
        if (given[0] == "refer") is not bool(self.to):
            raise ValueError("refer, and nothing else, says who rules: to")
        return self

    @property
    def asked(self) -> tuple[AskFor, ...]:
        """What a need asks for."""
        return self.ask_for if isinstance(self.ask_for, tuple) else (self.ask_for,) if self.ask_for else ()

    @property
    def verb(self) -> Verb:
        """The one verb."""
        return next(verb for verb in VERBS if getattr(self, verb) is not None)


class Rule(NoSettings):
    """The settings of a rule that is data.

    `when`: where it applies; everywhere without it. `each`: a list among the facts; each part of it is judged
    by itself, and conditions then speak of that part. `steps`: what follows, the first that speaks; a rule
    with one step may be written without `steps`. `supplied_by`: who is asked for a fact under this policy.
    `kept`: the sentence where nothing stops it. `exception`: whether it takes the place of other rules, so
    that what it lacks has to be asked for (the loader says so)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    when: Any = True
    each: str | None = None
    steps: tuple[Step, ...]
    supplied_by: Mapping[str, str] = {}
    kept: str = "kernel.met"
    exception: bool = False

    @model_validator(mode="before")
    @classmethod
    def _one_step(cls, data: Any) -> Any:
        if not isinstance(data, Mapping) or "steps" in data:
            return data
        alone = {name: value for name, value in data.items() if name in Step.model_fields}
        return {**{name: value for name, value in data.items() if name not in alone}, "steps": [alone]}

    def for_facts(self, model: type[Facts]) -> Callable[[Any], Sequence[Said]]:
        """This rule as a function of such facts. Raises BadCondition."""
        found = self.compiled.get(model)
        if found is None:
            found = self.compiled[model] = _judge(self, model)
        return found

    @cached_property
    def compiled(self) -> dict[type, Callable[[Any], Sequence[Said]]]:
        """The functions made so far, by the kind of facts."""
        return {}


class DataRule(Control):
    """Any rule that a condition can say. Settings: `Rule`."""

    key = "rule"
    version = 2
    listens_to = tuple(SITUATIONS)
    points = tuple(dict.fromkeys(point for one in SITUATIONS.values() for point in one.points))
    Settings = Rule

    def judge(self, facts: Any, settings: Rule) -> Iterable[Said]:
        """What the rule says of these facts."""
        return settings.for_facts(type(facts))(facts)

    def check(self, settings: Rule, situations: Iterable[str]) -> None:
        """Raises BadCondition where the rule speaks of what these situations do not know."""
        for key in situations:
            settings.for_facts(SITUATIONS[key].facts)

    def claims(self, settings: Rule) -> Iterator[tuple[str, object]]:
        """Numbers and roles: what the clause has to hold. Other words are those of the facts."""
        yield from (("number", one) for one in literals(settings.model_dump()) if type(one) is int)
        yield from self.roles(settings)

    def roles(self, settings: Rule) -> Iterator[tuple[str, object]]:
        """Every role that is named, in what is compared, said or asked."""
        yield from (("roles", one) for one in _compared(settings.model_dump(), "roles"))
        for step in settings.steps:
            yield from (("role", one) for one in (step.args.get("role"), step.to) if one)

    def names_role(self, settings: Rule, word: str) -> bool:
        """Roles stand where roles are compared or named; elsewhere the same word is one of a fact's own."""
        return any(word == role for _name, role in self.roles(settings))

    def words(self, settings: Rule) -> Iterator[tuple[str, str]]:
        """What it says, by the table that has to know it."""
        for step in settings.steps:
            yield from (("SENTENCES", step.say),) if step.say else ()
            for asked in step.asked:
                yield from (("NEEDS", asked.what), ("SOURCES", asked.of))
            yield from (("NEEDS", step.oblige.what), ("SOURCES", step.oblige.who)) if step.oblige else ()
        yield from (("SOURCES", one) for one in settings.supplied_by.values())


def _compared(written: Any, fact: str) -> Iterator[object]:
    """Every value with which this fact is compared, whatever it is a part of."""
    if isinstance(written, Mapping):
        for name, value in written.items():
            yield from literals(value) if str(name).split(".")[-1] == fact else _compared(value, fact)
    elif isinstance(written, list | tuple):
        for value in written:
            yield from _compared(value, fact)


# --- Compiled ----------------------------------------------------------------------------------------

Settle = Callable[[Any, Any, str | None], Said | None]


def _judge(rule: Rule, model: type[Facts]) -> Callable[[Any], Sequence[Said]]:
    item: type[Part] = model
    if rule.each is not None:
        item = (
            fact_at(model, rule.each, ("each",))
            .inside(Scope(model, rule.supplied_by, model), ("each",))
            .model
        )
    scope = Scope(item, rule.supplied_by, model)
    when, settle = compiled(rule.when, scope, ("when",)), _settle(rule, scope)

    def one(facts: Any, part: Any, about: str | None) -> Sequence[Said]:
        applies = when(facts, part)
        if applies is False:
            return ()
        said = settle(facts, part, about)
        if said is None:
            return ()
        if applies is True:
            return (said,)
        return () if _harmless(said, rule) else (_open(applies, about),)

    if rule.each is None:
        return lambda facts: one(facts, facts, None)
    return _of_each(
        rule.each, compiled({rule.each: {"empty": True}}, Scope(model, rule.supplied_by, model)), one
    )


def _of_each(
    name: str, is_empty: Test, one: Callable[[Any, Any, str | None], Sequence[Said]]
) -> Callable[[Any], Sequence[Said]]:
    def judge(facts: Any) -> Sequence[Said]:
        empty = is_empty(facts, facts)
        if isinstance(empty, Missing):
            return (_open(empty),)
        parts: Any = facts
        for step in name.split("."):
            parts = getattr(parts, step)
        return [said for place, part in enumerate(parts) for said in one(facts, part, f"{name}[{place}]")]

    return judge


def _open(lacks: Missing, about: str | None = None) -> Said:
    """The answer waits for a fact."""
    said = unknown(lacks.what, lacks.source, about)
    if lacks.say:
        said.message = lacks.say
    return said


def _harmless(said: Said, rule: Rule) -> bool:
    """Whether it makes no difference to anybody that this can't be told."""
    return said.kind in HARMLESS and not said.excludes and not rule.exception


def _bans_alike(one: Said | None, other: Said | None) -> bool:
    """Whether both stop it for good, so that it need not be asked which of them it is."""
    if one is None or other is None:
        return False
    return one.kind is other.kind is Kind.FORBIDS and one.turns is other.turns


def _settle(rule: Rule, scope: Scope) -> Settle:
    steps = [_step(step, scope, ("steps", place)) for place, step in enumerate(rule.steps)]
    judges = any(step.verb in JUDGES_KEEPING for step in rule.steps)
    end = met(rule.kept) if judges else None

    def settle(facts: Any, part: Any, about: str | None, first: int = 0) -> Said | None:
        for place in range(first, len(steps)):
            speaks, say = steps[place]
            answer = speaks(facts, part)
            if answer is False:
                continue
            said = say(facts, part, about)
            if answer is True:
                return said
            otherwise = settle(facts, part, about, place + 1)
            if all(one is None or _harmless(one, rule) for one in (said, otherwise)):
                return None
            if _bans_alike(said, otherwise):
                return otherwise
            return _open(answer, about)
        if end is None or about is None:
            return end
        return met(rule.kept, about)

    return settle


def _step(step: Step, scope: Scope, way: tuple[str | int, ...]) -> tuple[Test, Settle]:
    verb = step.verb
    written = True if verb == "oblige" else getattr(step, verb)
    test = compiled(written, scope, (*way, verb))
    if verb in HELD_BACK_BY_NO:
        test = compiled({"not": written}, scope, (*way, verb))
    turns = compiled(step.turns, scope, (*way, "turns")) if step.turns is not None else None
    read = {name: _argument(one, scope, (*way, "args", name)) for name, one in step.args.items()}
    fixed = not any(_is_read(one) for one in step.args.values())

    def say(facts: Any, part: Any, about: str | None) -> Said:
        args = step.args
        if not fixed:
            args = {name: value(facts, part) for name, value in read.items()}
            lacks = next((one for one in args.values() if isinstance(one, Missing)), None)
            if lacks is not None:
                return _open(lacks, about)
        said = _said(step, args, about)
        if turns is not None:
            answer = turns(facts, part)
            if isinstance(answer, Missing):
                return _open(answer, about)
            said.turns = answer
        return said

    return test, say


def _argument(one: Any, scope: Scope, way: tuple[str | int, ...]) -> Callable[[Any, Any], Any]:
    """A function that gives what goes into the sentence; a fact is looked for in the part, then in all."""
    if not _is_read(one):
        return lambda _facts, _part: one
    path = str(one["fact"])
    inside = path.partition(".")[0] in {*dir(scope.model), *scope.model.model_fields}
    fact = fact_at(scope.model if inside else scope.root, path, way)
    read, missing = reader(fact), missing_of(path, fact, scope)

    def value(facts: Any, part: Any) -> Any:
        known = read(facts, part if inside else facts)
        return missing if known is None else known

    return value


def _is_read(one: object) -> bool:
    """Whether what goes into the sentence is read from the facts."""
    return isinstance(one, Mapping) and set(one) == {"fact"}


def _said(step: Step, args: Mapping[str, Any], about: str | None) -> Said:
    """What a step says once its condition speaks."""
    say = step.say
    if step.ask_for is not None:
        needs = [Need(asked.what, asked.of) for asked in step.asked]
        return requires(say, *needs, about=about, **args)
    if step.oblige is not None:
        return obliges(step.oblige.who, step.oblige.what, Due.none_promised(), say, about, **args)
    match step.verb:
        case "forbid":
            return forbids(say, about, **args)
        case "must_be":
            return breached(say, about, **args)
        case "permit":
            return permits(say, about, **args)
        case "advise":
            return advises(say, about, **args)
        case "refer":
            return refers(say, step.to, about, **args)
        case "exclude":
            return excludes()
        case _:
            return met(say or "kernel.met", about, **args)
