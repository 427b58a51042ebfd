"""One step of a rule: a verb with its condition, as data and as functions."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal, Self, get_args

from pydantic import Field, model_validator

from schoolgate.rulebook.algebra import ruling_on
from schoolgate.rulebook.controls.base import (
    Always,
    NoSettings,
    RuleResult,
    advises,
    breached,
    covers,
    excludes,
    forbids,
    met,
    not_bound,
    obliges,
    permits,
    refers,
    requires,
    unknown,
)
from schoolgate.rulebook.findings import Due, Need
from schoolgate.rulebook.rules.conditions import compiled
from schoolgate.rulebook.rules.reading import BadCondition, Missing, Scope, Test, fact_reader, missing_of
from schoolgate.rulebook.rules.spans import After, after_of, so_long_after
from schoolgate.rulebook.rules.tree import entries, parts_of
from schoolgate.rulebook.working_time import in_utc, local_day

Verb = Literal[
    "forbid", "need", "must_be", "keep", "permit", "cover", "advise", "refer", "read", "exclude", "not_bound",
    "oblige"
]  # fmt: skip
VERBS: tuple[Verb, ...] = get_args(Verb)
CHOSEN = frozenset({"must_be", "permit", "keep", "advise"})
"""Verbs whose finding rests on a choice of the federation where the step says so; a duty only with a time."""
HELD_BACK_BY_NO = frozenset({"need", "must_be"})
"""Verbs that stop something where their condition is not true; the others speak where it is."""


class Duty(NoSettings):
    """Who has to do what. `due`: the fact that gives the deadline, a written time, or a span after one;
    without it no time is promised. `at_once`: the time has run since then, for the clause gives no number;
    `where`: a condition; without one they always have to."""

    who: str
    what: str
    due: str | After = ""
    at_once: bool = False
    where: Any = True


class AskFor(NoSettings):
    """What is needed, a key of messages.NEEDS, and its source: a role, or a key of SOURCES."""

    what: str
    of: str


class Step(NoSettings):
    """One verb with its condition. The first step of a rule that has something to say is its answer.

    `forbid`, `refer`, `exclude`, `not_bound` (the policy does not bind this person), `cover`, `permit`,
    `advise`, `keep` (in order) speak where the condition is true; `need` and `must_be` where it is not.
    `read` is for words without a rule so far: referred until there is a ruling on it (the pack is built
    so). `oblige` says who has to do what. `say`: the sentence; `args`: what goes into it, written out or
    read from the facts, `{fact: its path}` (with `among`: only these of its words; `lacks`: those of these
    words that it lacks; `prefix`: before each word), `{day_of: its path}` for the day of a time, `{after:
    its path, months: 12}`, `{ruling: role}`, or `{asked: what}` and `{asked: of}`: what the step asks for
    and of which source. `ask_for`: what a `need` asks for. Without `ask_for` it asks for each fact that it
    names, of the sources in the fact's declaration, and `{what}` in its sentence says which of them are
    missing. `to`: who rules on what is referred. `chosen`: the federation chose the time that counts here,
    where there is one. `turns`: whether the answer turns on the rule's tension, as a condition; always
    where nothing is said. `lifts_on`: the fact that gives the day from which this no longer applies."""

    forbid: Any = None
    need: Any = None
    must_be: Any = None
    keep: Any = None
    permit: Any = None
    cover: Any = None
    advise: Any = None
    refer: Any = None
    read: Any = None
    exclude: Any = None
    not_bound: Any = None
    oblige: Duty | None = None
    say: str = ""
    args: Mapping[str, Any] = Field(default_factory=dict)
    ask_for: AskFor | tuple[AskFor, ...] | None = None
    to: str = ""
    chosen: bool = False
    turns: Any = None
    lifts_on: str = ""

    @model_validator(mode="after")
    def _one_verb(self) -> Self:
        given = [verb for verb in VERBS if getattr(self, verb) is not None]
        if len(given) != 1:
            raise ValueError(f"one of {', '.join(VERBS)}")
        if not self.say and given[0] not in ("keep", "exclude", "not_bound"):
            raise ValueError(f"{given[0]} wants a sentence: say")
        if self.ask_for is not None and given[0] != "need":
            raise ValueError("need, and nothing else, says what it asks for and of whom: ask_for")
        if (given[0] == "refer") is not bool(self.to):
            raise ValueError("refer, and nothing else, says who rules: to")
        return self

    @property
    def asked(self) -> tuple[AskFor, ...]:
        """What a need asks for."""
        return self.ask_for if isinstance(self.ask_for, tuple) else (self.ask_for,) if self.ask_for else ()

    @cached_property
    def apart(self) -> tuple[Any, ...]:
        """Return the conditions of a need that are asked for one by one: those put together with `all`
        where there is an `ask_for` for each, and every part where there is none."""
        how, parts = parts_of(self.need) if self.need is not None else ("all", [])
        if not self.asked:
            return tuple(parts) if how == "all" else (self.need,)
        together = isinstance(self.need, Mapping) and set(self.need) == {"all"}
        return tuple(parts) if together and len(parts) == len(self.asked) > 1 else ()

    @cached_property
    def verb(self) -> Verb:
        """Return the one verb."""
        return next(verb for verb in VERBS if getattr(self, verb) is not None)


# --- Compiled ----------------------------------------------------------------------------------------

Settle = Callable[[Any, Any, str | None], RuleResult | None]
Speak = Callable[[Mapping[str, Any], tuple[Need, ...], Due, str | None], RuleResult]

NO_TIME = Due.none_promised()


def waits_for(lacks: Missing, about: str | None = None) -> RuleResult:
    """Say that the answer waits for a fact."""
    said = unknown(lacks.what, lacks.source, about)
    if lacks.say:
        said.message = lacks.say
    return said


def compiled_step(step: Step, scope: Scope, way: tuple[str | int, ...]) -> tuple[Test, Settle]:
    """Return whether the step speaks, and what it says then, as functions of the facts and the current
    part."""
    verb, test = step.verb, _test(step, scope, way)
    turns = compiled(step.turns, scope, (*way, "turns")) if step.turns is not None else None
    needs = _asked(step, scope, way)
    due = _due(step, scope, (*way, "oblige", "due"))
    lifts = fact_reader(step.lifts_on, scope, (*way, "lifts_on")) if step.lifts_on else None
    read = {name: _argument(one, scope, (*way, "args", name)) for name, one in step.args.items()}
    fixed = not any(isinstance(one, Mapping) for one in step.args.values())
    lists_asked = _lists_asked(step)
    speak = _speaker(step)
    if fixed and not (step.apart or lists_asked or step.chosen or lifts or turns or due):
        return test, _fixed(speak, step.args, needs(None, None))

    def say(facts: Any, part: Any, about: str | None) -> RuleResult:
        args = step.args
        if not fixed:
            args = {name: value(facts, part) for name, value in read.items()}
            lacks = next((one for one in args.values() if isinstance(one, Missing)), None)
            if lacks is not None:
                return waits_for(lacks, about)
        by_when = due(facts, part) if due is not None else NO_TIME
        if isinstance(by_when, Missing):
            return waits_for(by_when, about)
        wanted = needs(facts, part)
        if lists_asked:
            args = {**args, **{name: [getattr(need, of) for need in wanted] for name, of in lists_asked}}
        said = speak(args, wanted, by_when, about)
        if step.chosen and verb in CHOSEN:
            said = _changed(said, chosen=True)
        if lifts is not None:
            day = lifts(facts, part)
            if isinstance(day, Missing):
                return waits_for(day, about)
            said = _changed(said, lifts_on=day)
        if turns is not None:
            answer = turns(facts, part)
            if isinstance(answer, Missing):
                return waits_for(answer, about)
            said.turns = answer
        return said

    return test, say


def _fixed(speak: Speak, args: Mapping[str, Any], needs: tuple[Need, ...]) -> Settle:
    """What a step says that says the same whatever the facts are."""
    said = speak(args, needs, NO_TIME, None)
    if isinstance(said, Always):
        return lambda _facts, _part, about: said if about is None else speak(args, needs, NO_TIME, about)
    return lambda _facts, _part, about: speak(args, needs, NO_TIME, about)


def _test(step: Step, scope: Scope, way: tuple[str | int, ...]) -> Test:
    """Whether the step speaks."""
    verb = step.verb
    written = step.oblige.where if step.oblige is not None else getattr(step, verb)
    test = compiled(written, scope, (*way, verb))
    return compiled({"not": written}, scope, (*way, verb)) if verb in HELD_BACK_BY_NO else test


def _argument(one: Any, scope: Scope, way: tuple[str | int, ...]) -> Callable[[Any, Any], Any]:
    """Return a function that gives a sentence's argument; a fact is looked up in the part, then in all."""
    if not isinstance(one, Mapping):
        return lambda _facts, _part: one
    if _is_asked(one):
        return lambda _facts, _part: ()  # filled in once the request is known
    if one == {"ruling": "role"}:
        return _who_ruled(scope, way)
    if "after" in one:
        return so_long_after(after_of(one, way), scope, way)
    if set(one) == {"day_of"}:
        return _day_of(str(one["day_of"]), scope, way)
    if "fact" not in one or set(one) - {"fact", "among", "lacks", "prefix"} or {"among", "lacks"} <= set(one):
        raise BadCondition(
            way,
            "{fact: its path}, with among, lacks or prefix, {day_of: its path}, {after: its path, days: 2},"
            " {ruling: role}, {asked: what} or {asked: of}",
        )
    value = fact_reader(str(one["fact"]), scope, way)
    if set(one) == {"fact"}:
        return value
    among, lacks, prefix = one.get("among"), one.get("lacks"), str(one.get("prefix", ""))
    if not all(isinstance(words, list | tuple | None) for words in (among, lacks)):
        raise BadCondition(way, "a list of words")

    def some_words(facts: Any, part: Any) -> Any:
        known = value(facts, part)
        if isinstance(known, Missing):
            return known
        words = known if isinstance(known, list | tuple) else (known,)
        if lacks is not None:
            return [f"{prefix}{word}" for word in lacks if word not in words]
        return [f"{prefix}{word}" for word in words if among is None or word in among]

    return some_words


def _changed(said: RuleResult, **differently: Any) -> RuleResult:
    """Return the same with some of its parts changed; what many rules share stays as it is."""
    parts = {one.name: getattr(said, one.name) for one in fields(RuleResult)}
    return RuleResult(**{**parts, **differently})


ASKED = {"what": "what", "of": "source"}
"""What a sentence can list of the needs of its step, and where a need has it."""


def _is_asked(one: object) -> bool:
    return isinstance(one, Mapping) and set(one) == {"asked"} and one["asked"] in ASKED


def _lists_asked(step: Step) -> list[tuple[str, str]]:
    """Return what the sentence lists of the request, and where a need has it."""
    listed = {name: ASKED[one["asked"]] for name, one in step.args.items() if _is_asked(one)}
    if step.need is not None and not step.asked and "what" not in step.args:
        listed["what"] = ASKED["what"]
    return list(listed.items())


def _who_ruled(scope: Scope, way: tuple[str | int, ...]) -> Callable[[Any, Any], Any]:
    """Return a function that gives the role that ruled on the rule's tension."""
    tension = scope.tension
    if tension is None:
        raise BadCondition(way, "a ruling is on a tension, and this rule names none")

    def role(facts: Any, _part: Any) -> str:
        ruling = ruling_on(tension, facts)
        return ruling.role if ruling is not None else ""

    return role


def _day_of(path: str, scope: Scope, way: tuple[str | int, ...]) -> Callable[[Any, Any], Any]:
    """Return a function that gives the day in London on which a time falls."""
    read = fact_reader(path, scope, way)

    def day(facts: Any, part: Any) -> Any:
        time = read(facts, part)
        return local_day(time) if isinstance(time, datetime) else time

    return day


def _asked(step: Step, scope: Scope, way: tuple[str | int, ...]) -> Callable[[Any, Any], tuple[Need, ...]]:
    """Return a function that gives what a step asks for: where it has one for each part, what is missing."""
    needs = tuple(Need(asked.what, asked.of) for asked in step.asked)
    if not step.apart:
        return lambda _facts, _part: needs
    way = (*way, "need")
    each: list[tuple[Need, ...]] = [(need,) for need in needs] or [
        _asks_of(part, scope, way) for part in step.apart
    ]
    parts = [compiled(part, scope, way) for part in step.apart]

    def asked(facts: Any, part: Any) -> tuple[Need, ...]:
        open_ones = (some for some, there in zip(each, parts, strict=True) if there(facts, part) is not True)
        return tuple(dict.fromkeys(need for some in open_ones for need in some))

    return asked


def _asks_of(part: Any, scope: Scope, way: tuple[str | int, ...]) -> tuple[Need, ...]:
    """Return what is asked for, and of which source, where this part of a need is missing: the facts that
    it names."""
    found = []
    for name, _ in entries(part):
        lacks = missing_of(name, scope.fact(name, way), scope)
        found += [Need(lacks.what, lacks.source)] if lacks.what else []
    if not found:
        raise BadCondition(way, "nobody can be asked for this: say what it asks for and of whom, ask_for")
    return tuple(found)


def _due(step: Step, scope: Scope, way: tuple[str | int, ...]) -> Callable[[Any, Any], Any] | None:
    """Return a function that gives by when a duty is due; None where no time is promised."""
    if step.oblige is None or not step.oblige.due:
        return None
    due, at_once = step.oblige.due, step.oblige.at_once
    if isinstance(due, After):
        read = so_long_after(due, scope, (*way, "after"))
    else:
        read = fact_reader(due, scope, way)

    def by_when(facts: Any, part: Any) -> Any:
        end = read(facts, part)
        if isinstance(end, datetime):
            return Due(instant=in_utc(end), at_once=at_once)
        if isinstance(end, date):
            return Due(day=end)
        return end if end != "" else NO_TIME

    return by_when


def _speaker(step: Step) -> Speak:
    """Return a function that gives what a step says once its condition speaks."""
    say, duty, to = step.say, step.oblige, step.to
    if step.need is not None:
        return lambda args, needs, _due, about: requires(say, *needs, about=about, **args)
    if duty is not None:
        chosen = step.chosen

        def owed(
            args: Mapping[str, Any], _needs: tuple[Need, ...], due: Due, about: str | None
        ) -> RuleResult:
            said = obliges(duty.who, duty.what, due, say, about, **args)
            said.chosen = chosen and (not duty.due or due != NO_TIME)
            return said

        return owed
    match step.verb:
        case "refer":
            return lambda args, _needs, _due, about: refers(say, to, about, **args)
        case "exclude":
            return lambda _args, _needs, _due, _about: excludes()
        case "not_bound":
            return lambda _args, _needs, _due, _about: not_bound()
        case verb:
            speaks: Callable[..., RuleResult] = SAYINGS.get(verb, met)
            return lambda args, _needs, _due, about: speaks(say or "kernel.met", about, **args)


SAYINGS: Mapping[Verb, Callable[..., RuleResult]] = {
    "forbid": forbids,
    "read": forbids,
    "must_be": breached,
    "permit": permits,
    "cover": covers,
    "advise": advises,
}
"""What the verbs say that need no more than a sentence; the others: in order."""
