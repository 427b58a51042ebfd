"""Every regular expression of the program, with the methods that it is used by.

Read from the code: what is passed to `re` is worked out with the names of its module, with a word in the
place of what is only known while the program runs.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.gates.files import nodes_of, tree_of

FUNCTIONS = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
METHODS = FUNCTIONS - {"compile"}
LAZY = "lazy_pattern"
LATER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
FLAGS = {"sub": 4, "subn": 4, "split": 3}
WORD = "Word"
NOT_TOLD = (NameError, TypeError, AttributeError, re.error)


@dataclass
class Own:
    """One regular expression. `name`: where it is written. `when` it's made: as the module is read ("start"),
    when it's first used ("use"), each time ("call")."""

    name: str
    pattern: re.Pattern[Any]
    methods: set[str] = field(default_factory=set)
    when: str = "call"


@dataclass(frozen=True)
class Unknown:
    """A call with a pattern that the code doesn't tell."""

    where: str


def own_patterns(root: Path, files: list[Path]) -> tuple[list[Own], list[Unknown]]:
    """Return all patterns in these files, and the calls whose pattern can't be told."""
    used = _methods(root, files)
    found: list[Own] = []
    unknown: list[Unknown] = []
    for path in files:
        calls = list(_calls(nodes_of(path)))
        if not calls:
            continue
        module = _module(root, path)
        names = _assigned(tree_of(path))
        later = {id(each) for node in nodes_of(path) if isinstance(node, LATER) for each in ast.walk(node)}
        for call, function in calls:
            where = f"{module}:{call.lineno}"
            said = deepcopy(call.args[0])
            pattern = _worked_out(call, said, function, module)
            if pattern is None:
                unknown.append(Unknown(f"{module}: {ast.unparse(said)}"))
                continue
            name = names.get(id(call), "")
            methods = {function} if function in METHODS else used.get((module, name), set()) or {"search"}
            when = "call" if id(call) in later else "use" if function == LAZY else "start"
            if when == "call" and function == LAZY:
                unknown.append(Unknown(f"{where}: lazy_pattern is for constants of a module alone"))
            found.append(Own(f"{where} {name}".strip(), pattern, methods, when))
    return found, unknown


def _module(root: Path, path: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _calls(nodes: Iterable[ast.AST]) -> Iterator[tuple[ast.Call, str]]:
    for node in nodes:
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in FUNCTIONS
        ):
            yield node, node.func.attr
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == LAZY:
            yield node, LAZY


def _assigned(tree: ast.Module) -> dict[int, str]:
    found = {}
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if isinstance(target, ast.Name):
                found[id(node.value)] = target.id
    return found


def _methods(root: Path, files: list[Path]) -> dict[tuple[str, str], set[str]]:
    """Return the methods that are called on each name of a module, wherever it is imported."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for path in files:
        own, nodes = _module(root, path), nodes_of(path)
        come = {
            each.asname or each.name: (node.module, each.name)
            for node in nodes
            if isinstance(node, ast.ImportFrom) and node.module
            for each in node.names
        }
        called = set()
        for node in nodes:
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                called.add(id(node.value))
                if node.attr in METHODS:
                    found[come.get(node.value.id, (own, node.value.id))].add(node.attr)
        for node in nodes:  # passed on: used in any way
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in called:
                found[come.get(node.id, (own, node.id))].add("search")
    return found


class _Words(ast.NodeTransformer):
    """Puts a word for each part of a text that the module doesn't know."""

    def __init__(self, names: dict[str, Any]) -> None:
        self._names = names

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.AST:
        try:
            _value(node.value, self._names)
        except NOT_TOLD:
            return ast.Constant(WORD)
        return node


def _value(node: ast.expr, names: dict[str, Any]) -> Any:
    return eval(compile(ast.fix_missing_locations(ast.Expression(node)), "pattern", "eval"), names)


def _worked_out(call: ast.Call, said: ast.expr, function: str, module: str) -> re.Pattern[Any] | None:
    names = vars(importlib.import_module(module))
    place = FLAGS.get(function, 2 if function in METHODS else 1)
    given = next((each.value for each in call.keywords if each.arg == "flags"), None)
    given = given or (call.args[place] if len(call.args) > place else None)
    try:
        text = _value(_Words(names).visit(said), names)
        flags = _value(given, names) if given is not None else 0
        return text if isinstance(text, re.Pattern) else re.compile(text, flags)
    except NOT_TOLD:
        return None
