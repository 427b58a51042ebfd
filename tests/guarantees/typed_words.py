"""Every text that can be given to an action, which is the one shape of every write: found in the program's
own code, with what is in the dataclasses that actions take."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2] / "schoolgate"
NEVER_TYPED = frozenset([
    "at", "by", "capacities", "channel", "clause", "clauses", "code", "columns", "country",
    "cover_digest", "covers", "defaults", "digest", "form", "giver", "handle", "key", "kinds",
    "language", "languages", "media_type", "network", "network_id", "nonce", "password", "person_key",
    "public_key", "role", "role_key", "roles", "scan", "seen", "session", "shape", "slug", "state",
    "subscription", "tension", "to", "token", "use", "uses", "verifier", "version",
])  # fmt: skip
"""Parameters of these names take a choice, a code, a digest or a file everywhere: no one types a sentence."""


@cache
def typed_words() -> frozenset[str]:
    """Return `module.action.parameter`, or `module.action.parameter.field`, of each; `module.action.**` where
    it takes whatever it's given."""
    with_actions = [module for module, path in _paths().items() if "@action" in path.read_text()]
    return frozenset(name for module in with_actions for name in _in(module))


@cache
def _paths() -> dict[str, Path]:
    """Every module and its file."""
    return {_module(path): path for path in sorted(ROOT.rglob("*.py"))}


@cache
def _body(module: str) -> list[ast.stmt]:
    """Return what is in a module of the program, parsed where it's asked for: to parse all takes four
    seconds. Of another's nothing."""
    path = _paths().get(module)
    return ast.parse(path.read_text()).body if path else []


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__")


def _in(module: str) -> Iterator[str]:
    for node in _body(module):
        if not isinstance(node, ast.FunctionDef) or "action" not in map(ast.unparse, node.decorator_list):
            continue
        if node.args.kwarg is not None:
            listed = [one for name in _unpacked(node.args.kwarg) for one in _fields(name, module)]
            for field in listed or ["**"]:
                yield f"{module.removeprefix('schoolgate.')}.{node.name}.{field}"
        for given in node.args.kwonlyargs:
            if given.annotation is None or given.arg in NEVER_TYPED:
                continue
            where = f"{module.removeprefix('schoolgate.')}.{node.name}.{given.arg}"
            names = _names(given.annotation)
            if names & {"str", "Any"}:
                yield where
            for name in sorted(names):
                yield from (f"{where}.{field}" for field in _fields(name, module))


def _unpacked(given: ast.arg) -> set[str]:
    """Return the name of the dictionary whose fields an action takes one by one."""
    said = given.annotation
    return _names(said) - {"Unpack"} if said and ast.unparse(said).startswith("Unpack[") else set()


def _names(annotation: ast.expr) -> set[str]:
    """Return the names in an annotation; none of a function's, which a program gives."""
    if "Callable" in ast.unparse(annotation):
        return set()
    return {one.id for one in ast.walk(annotation) if isinstance(one, ast.Name)}


def _fields(name: str, module: str) -> Iterator[str]:
    """Yield the fields that take text of the dataclass, or typed dictionary, that a name means in a
    module."""
    for node in _body(module):
        if isinstance(node, ast.ClassDef) and node.name == name:
            made_by = [*map(ast.unparse, node.decorator_list), *map(ast.unparse, node.bases)]
            if any("dataclass" in one or one == "TypedDict" for one in made_by):
                for line in node.body:
                    if isinstance(line, ast.AnnAssign) and _names(line.annotation) & {"str", "Any"}:
                        field = ast.unparse(line.target)
                        if field not in NEVER_TYPED:
                            yield field
        elif isinstance(node, ast.ImportFrom) and any((one.asname or one.name) == name for one in node.names):
            yield from _fields(name, node.module or "")
