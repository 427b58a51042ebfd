"""Every error that the program tells a person, found by reading its source: for the gate over next steps."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from tests.gates.files import ROOT, name_of, nodes_in, nodes_of, own_files

JUDGED = Path(__file__).with_name("next_steps.yaml")
WITH_A_STEP = {"NotAllowed", "NotNow", "SchoolgateError"}
"""Errors that carry a next step of their own. Refused and NotFound have a general one (core/errors.py)."""
ABOUT_FIELDS = {"BadInput", "ValidationError", "add_error"}
REASONS = ("tells", "rule", "who", "elsewhere")


@dataclass(frozen=True)
class Said:
    """One sentence of an error, and where it is raised."""

    sentence: str
    place: str


@cache
def judged() -> dict[str, dict[str, list[str]]]:
    """The sentences that stand without a next step, by kind of error and by reason."""
    return yaml.load(JUDGED.read_text(encoding="utf-8"), yaml.CSafeLoader)


def all_judged(kind: str) -> list[str]:
    """Each judged sentence of that kind, whatever the reason."""
    return [sentence for sentences in judged()[kind].values() for sentence in sentences]


Module = tuple[str, tuple[ast.AST, ...]]
"""The name of a module, and all its nodes."""


@cache
def modules() -> tuple[Module, ...]:
    """The program's own modules."""
    return tuple(
        (name_of(path), nodes_of(path))
        for path in own_files("schoolgate/*.py")
        if "/migrations/" not in name_of(path)
    )


def module(source: str) -> Module:
    """One module with this source."""
    return "m.py", nodes_in(ast.parse(source))


def called(node: ast.AST) -> str:
    """The last name of what is called, or nothing."""
    if type(node) is not ast.Call:
        return ""
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def words_of(node: ast.AST) -> list[str]:
    """The sentences written out in an expression: texts with a blank in them."""
    return [
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and " " in part.value.strip()
    ]


def has_a_step(call: ast.Call) -> bool:
    """Whether a next step that is not empty is handed over."""
    given = call.args[1:2] + [word.value for word in call.keywords if word.arg == "next_step"]
    return any(not (isinstance(step, ast.Constant) and not step.value) for step in given)


def errors_without_step(given: Iterable[Module]) -> list[Said]:
    """Errors about a state or a person that are raised without a next step."""
    found = []
    for name, nodes in given:
        for node in nodes:
            if isinstance(node, ast.Call) and called(node) in WITH_A_STEP and not has_a_step(node):
                if not node.args:
                    continue
                said = words_of(node.args[0]) or [ast.unparse(node.args[0])]
                found.append(Said(said[0], f"{name}:{node.lineno}"))
    return found


def field_sentences(given: Iterable[Module]) -> list[Said]:
    """What is said beside a field: in BadInput and in the forms' own refusals."""
    found = []
    for name, nodes in given:
        if not any(_may_refuse(node) for node in nodes):
            continue
        for function in nodes:
            if isinstance(function, ast.FunctionDef):
                found += [Said(words, f"{name}:{line}") for words, line in _of_function(function)]
    return list({said.sentence: said for said in found}.values())


def _may_refuse(node: ast.AST) -> bool:
    """Whether a module with this node is worth looking at function by function."""
    if isinstance(node, ast.FunctionDef):
        return node.returns is not None and "Text]" in ast.unparse(node.returns)
    return called(node) in ABOUT_FIELDS


def _of_function(function: ast.FunctionDef) -> Iterator[tuple[str, int]]:
    nodes = nodes_in(function)
    names = {"wrong", "fields", "missing", "told"} if _refuses(function, nodes) else set()
    for node in nodes:
        if called(node) in ABOUT_FIELDS:
            yield from ((words, node.lineno) for words in words_of(node))
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(_name_of(target) in names for target in targets):
                yield from ((words, node.lineno) for words in words_of(node.value))


def _refuses(function: ast.FunctionDef, nodes: Iterable[ast.AST]) -> bool:
    """Whether what it gathers becomes an error: it raises one, or hands back what is wrong by field."""
    gives = ast.unparse(function.returns) if function.returns else ""
    return "Text]" in gives or any(called(node) == "BadInput" for node in nodes)


def _name_of(target: ast.expr) -> str:
    inner = target.value if isinstance(target, ast.Subscript) else target
    return inner.id if isinstance(inner, ast.Name) else ""


@cache
def found(kind: str) -> list[Said]:
    """Every error of a kind in the program."""
    if kind == "commands":
        return command_lines()
    return (errors_without_step if kind == "states" else field_sentences)(modules())


def command_lines() -> list[Said]:
    """What the commands print beside their result: on the standard error."""
    found = []
    for path in own_files("schoolgate/cli/*.py"):
        for node in nodes_of(path):
            if called(node) != "print" or "stderr" not in ast.unparse(node):
                continue
            written = " ".join(
                part.value for part in ast.walk(node)
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )  # fmt: skip
            found.append(Said(" ".join(written.split()), f"{path.relative_to(ROOT)}:{node.lineno}"))
    return found
