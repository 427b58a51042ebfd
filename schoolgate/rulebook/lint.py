"""Errors in a pack that loads: settings not in any clause, unknown roles, words that clash."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from schoolgate.patterns import lazy_pattern
from schoolgate.rulebook.clauses import READ_AT, Clause
from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.errors import BadPack
from schoolgate.rulebook.kinds import Basis
from schoolgate.rulebook.messages import NAMED_TWICE
from schoolgate.rulebook.named_times import said_otherwise
from schoolgate.rulebook.naming import roles_named
from schoolgate.rulebook.packs import Binding, Pack, folder_of, read_pack
from schoolgate.rulebook.rules.rule import Rule
from schoolgate.rulebook.texts import lacks, without_words
from schoolgate.rulebook.times_of_day import times_of_day


class Problem(NamedTuple):
    """Where something is wrong, and what."""

    where: str
    what: str


def lint(key: str) -> list[Problem]:
    """Return the errors in the pack with this key. Raises UnknownPolicy."""
    return lint_folder(folder_of(key))


def lint_folder(folder: Path) -> list[Problem]:
    """Return the errors in the pack in a folder, and what the program has no words for under it; a pack
    that cannot be loaded has one problem."""
    try:
        pack = read_pack(folder)
    except BadPack as bad:
        return [Problem(bad.where, bad.why)]
    return [*lint_pack(pack), *lint_words(pack)]


def lint_pack(pack: Pack) -> list[Problem]:
    """Return the errors in a pack, from any source."""
    problems = list(_front(pack))
    for binding in pack.bindings:
        problems += [Problem(binding.id, what) for what in _binding(binding, pack)]
    return problems


def lint_words(pack: Pack) -> list[Problem]:
    """What the program would say under this pack and has no words for, in English or in Welsh."""
    controls, points = [one.control for one in pack.bindings], [one.point for one in pack.bindings]
    roles = frozenset(role.name for role in pack.roles)
    lacking = without_words(controls, points, roles)
    for one in pack.bindings:
        lacking += [f"{one.id}: {what}" for what in lacks(CONTROLS[one.control].words(one.settings), roles)]
    return [Problem("words", what) for what in (*NAMED_TWICE, *lacking)]


def unfulfilled(pack: Pack) -> list[Problem]:
    """Return the clauses that nothing fulfils: neither a binding nor anything else that implements them."""
    fulfilled = {clause for binding in pack.bindings for clause in binding.clauses}
    fulfilled |= {clause for kept in pack.kept for clause in kept.clauses}
    return [Problem(clause, "nothing fulfils it") for clause in pack.clauses if clause not in fulfilled]


def _front(pack: Pack) -> Iterator[Problem]:
    names = {role.name for role in pack.roles}
    for tension in pack.tensions.values():
        if tension.ruled_by is not None and tension.ruled_by not in names:
            yield Problem(tension.id, f"ruled by {tension.ruled_by!r}, which is no role of this policy")
    if pack.meta.owner is not None and pack.meta.owner not in {*names, *pack.role_words}:
        yield Problem("policy.yaml", f"owner {pack.meta.owner!r} is no role of this policy")
    for word, name in pack.role_words.items():
        if name not in names:
            yield Problem("policy.yaml", f"{word!r} stands for {name!r}, which is no role of this policy")
    for clause in pack.clauses.values():
        if not clause.says.strip() or not clause.section.strip():
            yield Problem(clause.id, "has no text or no section")


def _binding(binding: Binding, pack: Pack) -> Iterator[str]:
    control = CONTROLS[binding.control]
    names = {role.name for role in pack.roles}
    if pack.basis is Basis.POLICY:
        for name, role in control.roles(binding.settings):
            if role not in names:
                yield f"setting {name}: {role!r} is no role of this policy"
    for name, leaf in not_held(binding, pack):
        why = f"no parameter of its clauses holds {leaf!r}: write it under `parameters`"
        yield f"setting {name}: {why}"
    if at_once_without_a_time(binding, pack):
        yield "a clause says at once, and the duty has no time: due, and at_once"
    if binding.tension is not None and not set(binding.clauses) & set(pack.tensions[binding.tension].clauses):
        yield f"{binding.tension} does not speak of its clauses"


AT_ONCE = lazy_pattern(
    r"\b(?:at once|immediate(?:ly)?|straight ?away|right away|without delay|forthwith|instantly)\b"
    r"|\b(?:ar unwaith|yn syth|yn ddi-oed|ar eich union)\b",
    re.IGNORECASE,
)
"""Words of a clause that are a time: due now, late a minute later."""


def at_once_without_a_time(binding: Binding, pack: Pack) -> bool:
    """Whether a clause of the binding says *at once*, and what it obliges to has no time."""
    first = pack.clauses[binding.clauses[0]]
    if not AT_ONCE.search(first.wording or first.says):
        return False
    steps = binding.settings.steps if isinstance(binding.settings, Rule) else ()
    return any(step.oblige is not None and not step.oblige.due for step in steps)


def not_held(binding: Binding, pack: Pack) -> Iterator[tuple[str, object]]:
    """Return the numbers, roles and words of a binding that are in no parameter of its clauses, with their
    places."""
    held = [leaf for one in binding.clauses for leaf in _held_by(pack.clauses[one], pack)]
    if binding.tension is not None:
        tension = pack.tensions[binding.tension]
        both = (leaf for one in tension.clauses for leaf in _held_by(pack.clauses[one], pack))
        held += [tension.ruled_by, *both]
    plain = [_plain(leaf, pack.role_words) for leaf in held]
    for name, value in CONTROLS[binding.control].claims(binding.settings):
        if name not in binding.chosen:
            for leaf in _leaves(value):
                if not _is_held(_plain(leaf, pack.role_words), plain):
                    yield name, leaf


def _held_by(clause: Clause, pack: Pack) -> Iterator[object]:
    """Yield its actor, the roles that its words name and what its parameters hold; a time of day also as
    rules write it, 700 for 07:00. The roles are read from its words each time: one may have come into the
    policy, or got its name, after the clause."""
    yield clause.actor
    yield from roles_named(clause.says, [role.name for role in pack.roles], pack.role_words)
    yield from said_otherwise(clause.says)
    for leaf in _leaves({name: said for name, said in clause.parameters.items() if name != READ_AT}):
        yield leaf
        yield from times_of_day(leaf) if isinstance(leaf, str) else ()


def _leaves(value: Any) -> Iterator[object]:
    """Yield every plain value inside; None is no value."""
    if isinstance(value, Mapping):
        for part in value.values():
            yield from _leaves(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _leaves(part)
    elif value is not None:
        yield value


def _plain(leaf: object, role_words: Mapping[str, str]) -> object:
    """Return a value without differences in spelling only; True and 1 stay different."""
    if isinstance(leaf, str):
        return " ".join(role_words.get(leaf, leaf).casefold().replace("_", " ").replace("-", " ").split())
    return (type(leaf).__name__, leaf)


def _is_held(leaf: object, held: list[object]) -> bool:
    """Whether a value occurs in the parameters, a word also inside a longer one ("confidential
    information")."""
    if not isinstance(leaf, str):
        return leaf in held
    return any(isinstance(one, str) and f" {leaf} " in f" {one} " for one in held)
