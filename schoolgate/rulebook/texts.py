"""Finds keys without words: keys of sentences, needs, sources and points, in English and in Welsh.

Keys written in the source of the controls are read from there; keys that a control builds while it judges
are found in the findings of scenarios (`unspeakable`)."""

import ast
import inspect
import sys
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from string import Formatter

from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.findings import Decision
from schoolgate.rulebook.messages import NEEDS, POINTS, SENTENCES, SOURCES

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
