"""The ready rules of a federation's own policy: which of them its clauses have, and with what."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schoolgate.policy.writing import Writing
from schoolgate.rulebook.clauses import Clause, Role, split
from schoolgate.rulebook.packs import Pack
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.filling import filled, known_again
from schoolgate.rulebook.ready.held import not_held, said_together
from schoolgate.rulebook.ready.matching import nearest
from schoolgate.rulebook.ready.model import STAFF, ReadyRule, Values
from schoolgate.rulebook.ready.taking import taken_from
from schoolgate.rulebook.rules.making import situations_of


@dataclass(frozen=True, slots=True)
class SetRule:
    """A ready rule that a clause has. `place`: of its first rule among those of the clause, from 0;
    `count`: how many they are; `values`: what was filled in."""

    ready: ReadyRule
    clause: str
    place: int
    count: int
    values: Values


def set_in(writing: Writing, clause: str) -> list[SetRule]:
    """Return the ready rules that a clause has, in the order of its rules."""
    here = writing.about(clause)
    return ready_among(here.rules(clause), clause, here.pack)


def ready_among(rules: Sequence[Mapping[str, Any]], clause: str, pack: Pack) -> list[SetRule]:
    """Return the ready rules among the rules of a clause, in their order."""
    names = [role.name for role in pack.roles]
    points = {str(one["point"]) for one in rules}
    found = []
    for ready in ready_rules().values():
        known = known_again(ready, rules, names) if ready.points & points else None
        if known is not None:
            found.append(SetRule(ready, clause, *known))
    # One that is a part of another isn't a second one: of those that overlap the longest counts.
    whole = sorted(found, key=lambda one: -one.count)
    kept: list[SetRule] = []
    for one in whole:
        if not any(
            one.place < other.place + other.count and other.place < one.place + one.count for other in kept
        ):
            kept.append(one)
    return sorted(kept, key=lambda one: one.place)


def said_whole(
    ready: ReadyRule,
    values: Values,
    clause: Clause,
    named: Callable[[str], Mapping[str, Any]],
    words: Any,
    *,
    others: Sequence[SetRule] = (),
    staff: Sequence[str] = STAFF,
) -> list[str]:
    """Return the sentences of a clause of which this ready rule leaves nothing out, alone or with `others`
    that the clause has: its words lead there, and what was filled in is what they say. `named`: what a
    sentence names; `words`: other words for roles; `staff`: those that the policy calls staff."""

    def fits(one: ReadyRule, filled_in: Values, sentence: str) -> bool:
        if one not in nearest(sentence, clause.section):
            return False
        there = named(sentence)
        read = taken_from(one, sentence, there.get("numbers", ()), there.get("roles", ()), words, staff=staff)
        return all(value in ("", None) or value == filled_in.get(name) for name, value in read.items())

    whole = [(ready, values), *((one.ready, one.values) for one in others)]
    return [
        one
        for one in split(clause.says)
        if fits(ready, values, one)
        and (
            not not_held(ready, one, values)
            or said_together([each for each in whole if fits(*each, one)], one)
        )
    ]


def changed_by_hand(writing: Writing, clause: str, ready: ReadyRule) -> list[int]:
    """Return the numbers, from 1, of the rules of a clause at the points and situations of this ready rule
    that no ready rule knows again: written or changed by hand. A second one beside it would stop it
    silently."""
    rules = writing.about(clause).rules(clause)
    known = {at for one in set_in(writing, clause) for at in range(one.place, one.place + one.count)}
    said = filled(ready, {**ready.defaults, **dict.fromkeys(ready.roles, "")}, clause)
    there = {(one["point"], asked) for one in said for asked in situations_of(one)}
    return [
        number
        for number, one in enumerate(rules, start=1)
        if number - 1 not in known
        and "read" not in one
        and any((one["point"], asked) in there for asked in situations_of(one))
    ]


def all_set(writing: Writing) -> Mapping[str, list[SetRule]]:
    """Return the ready rules that are set, by their keys."""
    found: dict[str, list[SetRule]] = {}
    for clause in dict.fromkeys([*writing.text.clauses, *writing.pack.clauses]):
        for one in set_in(writing, clause):
            found.setdefault(one.ready.key, []).append(one)
    return found


def with_what_it_needs(writing: Writing, ready: ReadyRule, values: Values) -> dict[str, list[str]]:
    """Return what roles must be able to do for this rule to work and can't yet, by key: all that they may
    do then."""
    lacking: dict[str, list[str]] = {}
    for name, field in ready.roles.items():
        role = role_called(writing, values[name])
        if role is None:
            continue
        may = {*may_now(writing, role)}
        if not may >= {*field.may}:
            lacking[role.key] = sorted({*may, *field.may})
    return lacking


def role_called(writing: Writing, name: str) -> Role | None:
    """Return the role with this name; None where there is none."""
    return next((one for one in writing.pack.roles if one.name == name), None)


def may_now(writing: Writing, role: Role) -> list[str]:
    """Return what a role may do once the next reading counts."""
    meant: Mapping[str, Any] = writing.meant.roles
    return [*meant.get(role.key, role.capacities)]
