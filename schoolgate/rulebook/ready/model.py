"""What a ready rule is: one declaration of what nearly every school's policy says, from which its form, its
rules, its examples and its likely clauses are derived.

Its rules are written as in `rules/*.yaml` of a pack, without `clauses`, and with gaps: `"{number}"` is what
was filled in under that name, in a list also nothing, `"{who|account_team}"` what stands there where nothing
was, and `By` is what stands there with each choice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality

Values = Mapping[str, Any]
"""What was filled in, by the names of the fields: a number, the name of a role, or a choice; "" or None for
nothing; of several words those that were ticked."""
MOST_FIELDS = 3
UNLESS, AGREED_BY = "unless", "agreed_by"
"""The fields of the exceptions of a rule: which they are, and whose agreement is one."""
BOUND = "bound"
"""The field of who a rule binds that speaks of staff."""
STAFF = ("staff",)


@dataclass(frozen=True)
class Number:
    """A number. `not_with`: another field, and its choices with which none is asked for; `said`: how a clause
    puts it. `clock`: it is a time of day, 730 for half past seven in the morning."""

    label: str
    default: int
    most: int = 365
    not_with: tuple[str, ...] = ()
    said: str = "{number}"
    clock: bool = False


@dataclass(frozen=True)
class Role:
    """A role of the policy. `may`: what its holders must be able to do in the program for the rule to work,
    as capacities; `said`: how a clause puts it; `agrees`: it is asked for with the exception *agreed*
    alone; `each`: of several who are named each is meant, joined by an *and* too; `told`: it is who is told,
    or who decides, not the staff who tell them or are decided on."""

    label: str
    may: tuple[str, ...] = ()
    optional: bool = False
    said: str = "{role}"
    agrees: bool = False
    each: bool = False
    told: bool = False


@dataclass(frozen=True)
class Choice:
    """One of some words. `options`: each with its label; `said`: what a clause calls it, and `one`: the same
    of one; `hints`: the words of a clause by which an option is taken, each from what those before it left.
    Where they name none or several, a person is asked. `takes`: a number that an option says itself;
    `of_roles`: the options that mean no one where no role is filled in."""

    label: str
    options: Mapping[str, str]
    said: Mapping[str, str] = field(default_factory=dict)
    one: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)
    takes: Mapping[str, int] = field(default_factory=dict)
    of_roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Several:
    """One or more of some words. `options`: each with its label; `said`: what a clause calls it; `hints`: the
    words of a clause by which an option is taken. Where they name none, a person is asked."""

    label: str
    options: Mapping[str, str]
    said: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Exceptions(Several):
    """Any of a few exceptions, or none. What an exception is stands in `exceptions.py`."""


Field = Number | Role | Choice | Several


@dataclass(frozen=True)
class By:
    """What stands here with each choice of a field, of several the first that is listed; else nothing."""

    field: str
    each: Mapping[str, Any]


@dataclass(frozen=True)
class OfEach:
    """The list of what stands here with each word of a field of several."""

    field: str
    each: Mapping[str, Any]


def with_any(field: str, choices: tuple[str, ...], written: Any) -> By:
    """Return what stands here with any of these choices of a field."""
    return By(field, dict.fromkeys(choices, written))


@dataclass(frozen=True)
class Example:
    """A case, in words and as facts, with the answer at the rule's own points. `values`: what has to be
    filled in for it, where that is not what the form begins with. `due`: the answer of a duty names its
    time."""

    case: str
    situation: str
    facts: Mapping[str, Any]
    answer: Answer
    values: Values = field(default_factory=dict)
    due: str | None = None


@dataclass(frozen=True)
class ReadyRule:
    """A ready rule. `says`: a clause that says it, with the fields' gaps; `words`: those by which a clause
    in English or Welsh is known to say it, each group one that must be there; `unlike`: those with which it
    doesn't; `never`: a phrase with which it says another thing. `holds`: a condition or exception in the
    words of a clause that its rules make themselves; `knows`: words with which a clause asks for nothing more
    than its rules do; `parents`: it is on what parents do, not on what the school does; `says_one`: how it's
    said where its number is one."""

    key: str
    group: str
    title: str
    says: str
    rules: tuple[Mapping[str, Any] | By, ...]
    examples: tuple[Example, ...]
    words: tuple[str, ...]
    modality: Modality = Modality.MUST
    fields: Mapping[str, Field] = field(default_factory=dict)
    unlike: str = ""
    never: str = ""
    holds: str = ""
    knows: str = ""
    parents: bool = False
    says_one: str = ""

    def options_of(self, name: str) -> Mapping[str, str]:
        """Return what a field of words can be; nothing where there is no such field."""
        field = self.fields.get(name)
        return field.options if isinstance(field, Choice | Several) else {}

    @property
    def own_fields(self) -> dict[str, Field]:
        """Its fields without those of its exceptions and of who is bound, which all rules have alike."""
        return {name: one for name, one in self.fields.items() if name not in (UNLESS, AGREED_BY, BOUND)}

    @property
    def defaults(self) -> dict[str, Any]:
        """What its form begins with; no role."""
        return {
            name: one.default
            if isinstance(one, Number)
            else next(iter(one.options))
            if isinstance(one, Choice)
            else ()
            if isinstance(one, Exceptions)
            else STAFF
            if name == BOUND
            else tuple(one.options)
            if isinstance(one, Several)
            else ""
            for name, one in self.fields.items()
        }

    @property
    def roles(self) -> dict[str, Role]:
        """Its fields that take a role."""
        return {name: one for name, one in self.fields.items() if isinstance(one, Role)}

    def speaks_at(self, situation: str, point: str) -> bool:
        """Whether one of its rules speaks at a point of a situation."""
        return any(
            one["point"] == point
            and situation in ([one["ask"]] if isinstance(one["ask"], str) else one["ask"])
            for one in self._each_rule
        )

    @cached_property
    def _each_rule(self) -> tuple[Mapping[str, Any], ...]:
        """Its rules, with each choice."""
        return tuple(
            one for rule in self.rules for one in (rule.each.values() if isinstance(rule, By) else [rule])
        )

    @cached_property
    def asks(self) -> frozenset[str]:
        """The situations in which its rules speak."""
        asked = (rule["ask"] for rule in self._each_rule)
        return frozenset(one for ask in asked for one in ([ask] if isinstance(ask, str) else ask))

    @cached_property
    def bans(self) -> bool:
        """Whether one of its rules forbids something, rather than asking for something first."""
        return "'forbid'" in repr(self.rules)

    @cached_property
    def points(self) -> frozenset[str]:
        """The points at which its rules speak."""
        return frozenset(str(one["point"]) for one in self._each_rule)
