"""What every control is built from: settings in, sayings out.

A control answers two questions about one rule, each with yes, no or not known: does it apply, and is it
met? Where it does not apply it says nothing. It reads no database and no clock, and knows no policy and no
clause.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from schoolgate.rulebook.facts import Facts
from schoolgate.rulebook.findings import UNKNOWN, Due, Need
from schoolgate.rulebook.kinds import Kind

ROLE_SETTINGS = frozenset({"perhaps", "role", "roles"})
"""Settings that contain only roles of the policy."""
NOBODY_NAMED = "federation"
"""The source that rules where the policy names no one: the federation says who."""


class NoSettings(BaseModel):
    """A control's settings: typed, closed, without defaults, from the clause's own parameters. Here none."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Settings = NoSettings
"""The same, for a control that names its own settings after it."""


@dataclass(slots=True)
class RuleResult:
    """What a control says about one point; the binding adds clause, basis and point."""

    kind: Kind
    message: str
    args: Mapping[str, Any]
    about: str | None = None
    needs: tuple[Need, ...] = ()
    lifts_on: date | None = None
    unknown: bool = False  # a fact is missing, so that neither yes nor no can be said
    excludes: bool = False  # the policy says that it does not cover this
    covers: bool = False  # the policy says that it covers this: without it, it would seem silent
    unbound: bool = False  # the person who acts is not bound by the policy
    turns: bool = True  # whether the answer turns on what the binding's tension leaves open, where it has one
    chosen: bool = False  # the policy leaves it open and the federation chose
    who: str = ""
    what: str = ""
    due: Due | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A point that a rule requires a proposal to state: its key there, and when it is required. `aside`:
    the rule only reads it, so that it is asked where no rule needs it."""

    key: str
    required: bool = True
    required_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    minimum: int | None = None
    aside: bool = False


NO_ARGS: Mapping[str, Any] = {}


class Always(RuleResult):
    """A saying that does not depend on the facts: made once, so that its finding is made once, too."""

    __slots__ = ()

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("many rules share this saying: make one with arguments of its own")

    def __reduce__(self) -> tuple[Any, ...]:
        return _always, (self.kind, self.message)  # a copy is the same one


@cache
def _always(kind: Kind, message: str) -> RuleResult:
    said = RuleResult(kind, message, NO_ARGS)
    said.__class__ = Always  # created like any other; immutable from here on
    return said


def met(message: str = "kernel.met", about: str | None = None, **args: Any) -> RuleResult:
    """Say that the rule applies and is met."""
    if about is None and not args:
        return _always(Kind.MET, message)
    return RuleResult(Kind.MET, message, args or NO_ARGS, about)


def covers(message: str, about: str | None = None, **args: Any) -> RuleResult:
    """Say that the policy says in words that it covers this."""
    return RuleResult(Kind.MET, message, args or NO_ARGS, about, covers=True)


def permits(message: str, about: str | None = None, **args: Any) -> RuleResult:
    """Say that the policy allows it in words."""
    if about is None and not args:
        return _always(Kind.PERMITS, message)
    return RuleResult(Kind.PERMITS, message, args or NO_ARGS, about)


def advises(message: str, about: str | None = None, **args: Any) -> RuleResult:
    """Something to bear in mind."""
    if about is None and not args:
        return _always(Kind.ADVISES, message)
    return RuleResult(Kind.ADVISES, message, args or NO_ARGS, about)


def forbids(
    message: str, about: str | None = None, *, lifts_on: date | None = None, turns: bool = True, **args: Any
) -> RuleResult:
    """It must not be done; `lifts_on`: the first day on which it may. `turns`: on a tension, where there is
    one."""
    return RuleResult(Kind.FORBIDS, message, args or NO_ARGS, about, lifts_on=lifts_on, turns=turns)


def requires(
    message: str, *needs: Need, about: str | None = None, turns: bool = True, **args: Any
) -> RuleResult:
    """Something is still needed, from a person or role. `turns`: on a tension, where there is one."""
    return RuleResult(Kind.REQUIRES, message, args or NO_ARGS, about, needs, turns=turns)


def unknown(what: str, source: str, about: str | None = None) -> RuleResult:
    """Say that a fact is not known that the answer depends on: what it is, and who can say."""
    return RuleResult(Kind.REQUIRES, UNKNOWN, {"what": what}, about, (Need(what, source),), unknown=True)


def refers(message: str, role: str, about: str | None = None, **args: Any) -> RuleResult:
    """Say that the policy's words leave it to a role."""
    return RuleResult(Kind.REFERS, message, args or NO_ARGS, about, (Need("ruling", role),))


def obliges(who: str, what: str, due: Due, message: str, about: str | None = None, **args: Any) -> RuleResult:
    """Say that a person or role has a duty to fulfil by some time."""
    return RuleResult(Kind.OBLIGES, message, args or NO_ARGS, about, who=who, what=what, due=due)


def breached(message: str, about: str | None = None, **args: Any) -> RuleResult:
    """Say that a rule that should have been met by now was not."""
    return RuleResult(Kind.BREACHED, message, args or NO_ARGS, about)


def excludes(message: str = "kernel.excluded", **args: Any) -> RuleResult:
    """Say that the policy says in words that it does not cover this."""
    return RuleResult(Kind.ADVISES, message, args or NO_ARGS, excludes=True)


def not_bound() -> RuleResult:
    """Say that the policy does not bind the person who acts here."""
    return RuleResult(Kind.ADVISES, "kernel.not_bound", NO_ARGS, unbound=True)


class Control:
    """One rule, written once, used by any policy. Subclasses say in their docstring what they decide.

    `key`: its name in packs. `version`: one higher whenever its answers change. `listens_to`: the situations
    it can judge. `points`: those it may speak at; a binding names one unless there is only one. `plumbing`:
    settings that say where in the facts to look and are therefore not taken from a clause. `attested`: kept
    by nothing but a person's word. `reads`: facts that it turns on whatever its settings."""

    key: ClassVar[str]
    version: ClassVar[int] = 1
    listens_to: ClassVar[tuple[str, ...]]
    points: ClassVar[tuple[str, ...]]
    plumbing: ClassVar[frozenset[str]] = frozenset()
    attested: ClassVar[bool] = False
    reads: ClassVar[tuple[str, ...]] = ()
    Settings: ClassVar[type[NoSettings]] = NoSettings

    def evaluate(self, facts: Any, settings: Any) -> Iterable[RuleResult]:
        """Take the situation's facts and this binding's settings; return what the rule says, or nothing."""
        raise TypeError(f"{type(self).__name__} judges nothing")

    def judging(self, settings: Any, model: type[Facts]) -> Callable[[Any], Iterable[RuleResult]]:
        """`evaluate` as a function of such facts alone, for a rule that is asked again and again. Raises
        BadCondition."""
        return lambda facts: self.evaluate(facts, settings)

    def stated(self, settings: Any, name: str) -> Iterable[object]:
        """Return every value that a rule gives under this name."""
        value = getattr(settings, name, None)
        if isinstance(value, Mapping):
            return value.values()
        return () if value is None else value if isinstance(value, tuple) else (value,)

    def asks(self, settings: Any) -> Iterable[Asked]:
        """Return what this rule requires a proposal to state; nothing for most."""
        return ()

    def check(self, settings: Any, situations: Iterable[str]) -> None:
        """Refuses settings that do not fit what these situations know. Raises BadCondition."""

    def claims(self, settings: Any) -> Iterable[tuple[str, object]]:
        """Yield the values, with their settings' names, that a clause's own parameters have to hold."""
        for name, value in settings.model_dump(mode="json").items():
            if name not in self.plumbing:
                yield name, value

    def roles(self, settings: Any) -> Iterable[tuple[str, object]]:
        """Yield the values, with their settings' names, that have to be roles of the policy."""
        for name, value in settings.model_dump(mode="json").items():
            if name in ROLE_SETTINGS and value is not None:
                yield from ((name, one) for one in (value if isinstance(value, list) else [value]))

    def names_role(self, settings: Any, word: str) -> bool:
        """Whether this word, which a role of the policy has for its name, means that role here."""
        return True

    def by_word_alone(self, settings: Any) -> bool:
        """Whether only a person's word can satisfy this rule."""
        return self.attested

    def words(self, settings: Any) -> Iterable[tuple[str, str]]:
        """What it says under these settings, as (table of messages, key), where its code doesn't show it."""
        return ()


def day_or_unknown(facts: Facts) -> date | RuleResult:
    """Return the day judged, or the saying that it is not known."""
    return facts.day if facts.day is not None else unknown("day", "office")
