"""Errors in a pack that loads, and keys without words."""

import ast
import inspect
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, NamedTuple

from schoolgate.patterns import lazy_pattern
from schoolgate.rulebook.clauses import READ_AT, Clause, roles_named
from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.errors import BadPack
from schoolgate.rulebook.findings import Decision
from schoolgate.rulebook.kinds import Basis
from schoolgate.rulebook.messages import NAMED_TWICE, NEEDS, POINTS, SENTENCES, SOURCES
from schoolgate.rulebook.named_times import said_otherwise, times_of_day
from schoolgate.rulebook.packs import Binding, Pack, folder_of, read_pack
from schoolgate.rulebook.rules.rule import Rule

# Finds keys without words: keys of sentences, needs, sources and points, in English and in Welsh.
# Keys written in the source of the controls are read from there; keys that a control builds while it judges
# are found in the findings of scenarios (`unspeakable`).


WELSH = Path(__file__).parents[1] / "locale" / "cy" / "parts"
_MESSAGE_AT = {
    **dict.fromkeys(
        ("met", "forbids", "requires", "refers", "permits", "advises", "breached", "excludes"), 0
    ),
    "obliges": 3,
}
_NEED_AT = {"Need": 0, "unknown": 0, "obliges": 1}
_SOURCE_AT = {"Need": 1, "unknown": 1, "obliges": 0}


def without_words(controls: Iterable[str], points: Iterable[str], roles: Iterable[str]) -> list[str]:
    """What the modules of these controls and these points would say and cannot. `roles`: names that need no
    other words."""
    modules = dict.fromkeys(type(CONTROLS[key]).__module__ for key in controls)
    problems = [one for module in modules for one in _of_module(module, frozenset(roles))]
    for point in dict.fromkeys(points):
        problems += [f"point {point}: {lack}" for lack in _lacks(point, POINTS)]
    return problems


def lacks(words: Iterable[tuple[str, str]], roles: Iterable[str]) -> list[str]:
    """Return the keys that are used, as (table of messages, key), and have no words there. `roles` need no
    other words."""
    tables = {"SENTENCES": SENTENCES, "NEEDS": NEEDS, "SOURCES": SOURCES}
    known = frozenset(roles)
    return [
        f"{key}: {lack}{_meant(key, table, known) if key not in tables[table] else ''}"
        for table, key in words
        if not (table == "SOURCES" and key in known)
        for lack in _lacks(key, tables[table])
    ]


def _meant(key: str, table: str, roles: frozenset[str]) -> str:
    """What a word without words may have been meant for, and where such words are listed."""
    who = ", and is no role of this policy" if table == "SOURCES" else ""
    listed = {"SENTENCES": (*SENTENCES,), "NEEDS": (*NEEDS,), "SOURCES": (*SOURCES, *roles)}[table]
    near = get_close_matches(key, listed, n=3, cutoff=0.6)
    meant = f"; did you mean {', '.join(near)}?" if near else "; `schoolgate policy words` lists what has"
    return f"{who}{meant}"


def unspeakable(decided: Decision, roles: Iterable[str]) -> Iterator[str]:
    """Return the parts of this decision without words, or whose words need an argument that is missing."""
    spoken = {*SOURCES, *roles}
    for finding in decided.findings:
        if finding.message not in SENTENCES:
            yield f"{finding.control}: no sentence {finding.message}"
        elif not _places(SENTENCES[finding.message]) <= finding.args.keys():
            yield f"{finding.control}: {finding.message} wants more than {sorted(finding.args)}"
        for need in finding.needs:
            if need.what not in NEEDS:
                yield f"{finding.control}: no words for the need {need.what}"
            if need.source not in spoken:
                yield f"{finding.control}: no words for the source {need.source}"
    for duty in decided.duties:
        if duty.what not in NEEDS:
            yield f"{duty.clauses[0]}: no words for the duty {duty.what}"
        if duty.who not in spoken:
            yield f"{duty.clauses[0]}: no words for {duty.who}"


@cache
def _places(template: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


@cache
def _of_module(module: str, roles: frozenset[str]) -> tuple[str, ...]:
    name = module.rpartition(".")[2]
    found: dict[str, None] = {}
    for node in ast.walk(ast.parse(inspect.getsource(sys.modules[module]))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            for key in _literals(node, _MESSAGE_AT):
                found |= {f"controls/{name}: message {key}: {one}": None for one in _lacks(key, SENTENCES)}
            for key in _literals(node, _NEED_AT):
                found |= {f"controls/{name}: need {key}: {one}": None for one in _lacks(key, NEEDS)}
            for key in _literals(node, _SOURCE_AT):
                if key not in roles:
                    found |= {f"controls/{name}: source {key}: {one}": None for one in _lacks(key, SOURCES)}
    return tuple(found)


def _literals(call: ast.Call, at: dict[str, int]) -> Iterator[str]:
    position = at.get(call.func.id) if isinstance(call.func, ast.Name) else None
    if position is not None and position < len(call.args):
        given = call.args[position]
        for one in (given.body, given.orelse) if isinstance(given, ast.IfExp) else (given,):
            if isinstance(one, ast.Constant) and isinstance(one.value, str):
                yield one.value


def _lacks(key: str, table: Mapping[str, str]) -> Iterator[str]:
    if key not in table:
        yield "has no words"
    elif table[key] not in welsh():
        yield "has no Welsh"


@cache
def welsh() -> frozenset[str]:
    """Return every English text that one of the Welsh parts translates."""
    return frozenset(text for path in sorted(WELSH.glob("*.po")) for text in _translated(path))


def _translated(path: Path) -> Iterator[str]:
    parts: dict[str, str] = {}
    word = ""
    for line in [*path.read_text("utf-8").splitlines(), ""]:
        text = line
        if line.startswith(("msgid ", "msgstr ", "msgctxt ", "msgid_plural ", "msgstr[")):
            word, _, text = line.partition(" ")
            parts[word] = ""
        if text.startswith('"'):
            parts[word] += ast.literal_eval(text)
        else:
            if parts.get("msgstr") or parts.get("msgstr[0]"):
                yield parts["msgid"]
            parts = {}


# Errors in a pack that loads: settings not in any clause, unknown roles, words that clash.


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
