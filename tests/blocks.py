"""Writes what each test comes to, for scripts/spare.py (`-p tests.blocks --blocks FOLDER`): the body of
each function, each side of each branch and condition, each rule and answer of a policy, each page with what
it answered, each `if` of a template, and what the database refused; and what the test took of the processor.

A counter of lines takes three times as long as the tests. Here a statement is put at the head of each block
when a module is imported, which marks the block in a row of bytes; the row is read and emptied after each
test. What other processes run isn't seen.
"""

from __future__ import annotations

import ast
import builtins
import pickle
import sys
from array import array
from collections.abc import Generator, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import pytest

from tests.budget import spent_by_tests

PACKAGE = "schoolgate"
ROOT = Path(__file__).parent.parent
MARKS = "_schoolgate_blocks"
SIDED = "_schoolgate_sided"
ROOM = 400_000
"""More than there are blocks."""
ANY = (ast.Name, ast.Attribute, ast.Call, ast.Subscript)
"""Expressions of which it isn't seen whether they are yes or no; looked at where they are conditions."""
hits = bytearray(ROOM)
places: list[str] = []
"""The blocks, `file:line`, by their numbers."""
_reached: dict[str, tuple[float, bytes]] = {}
"""By its name: a test's seconds of the processor, and the numbers of what it came to."""


class _Marking(ast.NodeTransformer):
    """Puts a mark at the head of each block of a module."""

    def __init__(self, file: str) -> None:
        self.file = file

    def _mark(self, line: int, side: str = "") -> ast.stmt:
        places.append(f"{self.file}:{line}{side}")
        mark = ast.parse(f"{MARKS}[{len(places) - 1}] = 1").body[0]
        for each in ast.walk(mark):
            ast.copy_location(each, ast.Pass(lineno=line, col_offset=0, end_lineno=line, end_col_offset=0))
        return mark

    def _headed(self, body: list[ast.stmt], line: int, side: str = "") -> list[ast.stmt]:
        first = body[0] if body else None
        said = (
            isinstance(first, ast.Expr)
            and isinstance(first.value, ast.Constant)
            and isinstance(first.value.value, str)
        )
        return [*body[:said], self._mark(line, side), *body[said:]]

    def visit_FunctionDef(self, node: Any) -> Any:
        self.generic_visit(node)
        node.body = self._headed(node.body, node.lineno)
        return node

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_If(self, node: ast.If) -> Any:
        self.generic_visit(node)
        node.body = self._headed(node.body, node.lineno, "+")
        node.orelse = self._headed(node.orelse, node.lineno, "-")
        return node

    def visit_For(self, node: Any) -> Any:
        self.generic_visit(node)
        node.body = self._headed(node.body, node.lineno, "+")
        return node

    visit_While = visit_For

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> Any:
        self.generic_visit(node)
        node.body = self._headed(node.body, node.lineno)
        return node

    def _sided(self, value: ast.expr, also: tuple[type, ...] = ()) -> ast.expr:
        """The expression, with what it comes to noted."""
        if not isinstance(value, (ast.Compare, ast.UnaryOp, *also)) or (
            isinstance(value, ast.UnaryOp) and not isinstance(value.op, ast.Not)
        ):
            return value
        where = f"{self.file}:{value.lineno}:{value.col_offset}"
        places.extend((f"{where}?-", f"{where}?+"))
        name = ast.Name(SIDED, ast.Load())
        call = ast.Call(name, [ast.Constant(len(places) - 2), value], [])
        for new in (name, call, call.args[0]):
            ast.copy_location(new, value)
        return call

    def visit_BoolOp(self, node: ast.BoolOp) -> Any:
        self.generic_visit(node)
        node.values = [*(self._sided(each, ANY) for each in node.values[:-1]), self._sided(node.values[-1])]
        return node

    def visit_Return(self, node: ast.Return) -> Any:
        self.generic_visit(node)
        if node.value is not None:
            node.value = self._sided(node.value)
        return node

    def visit_Lambda(self, node: ast.Lambda) -> Any:
        self.generic_visit(node)
        node.body = self._sided(node.body)
        return node

    def visit_IfExp(self, node: ast.IfExp) -> Any:
        self.generic_visit(node)
        node.test = self._sided(node.test, ANY)
        return node

    def visit_comprehension(self, node: ast.comprehension) -> Any:
        self.generic_visit(node)
        node.ifs = [self._sided(each, ANY) for each in node.ifs]
        return node

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> Any:
        self.generic_visit(node)
        node.elt = self._sided(node.elt)
        return node

    def visit_Assign(self, node: ast.Assign) -> Any:
        self.generic_visit(node)
        node.value = self._sided(node.value)
        return node

    def visit_keyword(self, node: ast.keyword) -> Any:
        self.generic_visit(node)
        node.value = self._sided(node.value)
        return node

    def visit_match_case(self, node: ast.match_case) -> Any:
        self.generic_visit(node)
        node.body = self._headed(node.body, node.pattern.lineno)
        return node


class _Loader(SourceFileLoader):
    """Compiles a module with its marks, and keeps no file of it."""

    def path_stats(self, path: str) -> Any:
        raise OSError

    def source_to_code(self, data: Any, path: Any, *, _optimize: int = -1) -> CodeType:  # type: ignore[override]
        tree = ast.parse(data, path)
        marked = _Marking(Path(path).relative_to(ROOT).as_posix()).visit(tree)
        code: CodeType = compile(marked, path, "exec", dont_inherit=True, optimize=_optimize)
        return code


class _Finder(MetaPathFinder):
    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name.partition(".")[0] != PACKAGE:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is None or not isinstance(spec.loader, SourceFileLoader):
            return spec
        spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


def _sided(place: int, value: Any) -> Any:
    """Note what an expression came to: no, or yes."""
    hits[place + (1 if value else 0)] = 1
    return value


setattr(builtins, MARKS, hits)
setattr(builtins, SIDED, _sided)
sys.meta_path.insert(0, _Finder())


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--blocks", default="", help="where to write which blocks each test ran")


def _taken() -> bytes:
    found, place = array("I"), hits.find(1)
    while place >= 0:
        found.append(place)
        place = hits.find(1, place + 1)
    hits[:] = bytes(ROOM)
    for what in _others:
        found.append(ROOM + _other_numbers.setdefault(what, len(_other_numbers)))
    _others.clear()
    return found.tobytes()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Note what ran while the test did, its set-up and end with it."""
    _taken()
    began = spent_by_tests()
    try:
        return (yield)
    finally:
        _reached[item.nodeid] = (spent_by_tests() - began, _taken())


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write everything."""
    if folder := session.config.getoption("blocks"):
        part = session.config.getoption("part", default="0/1")
        name = "-".join([*session.config.args, part]).replace("/", "-")
        Path(folder).mkdir(parents=True, exist_ok=True)
        noted = (ROOM, places, _reached, [*_other_numbers])
        (Path(folder) / f"{name}.blocks").write_bytes(pickle.dumps(noted))


# --- What isn't in the program's own text: rules, templates, answers, refusals of the database


_others: dict[tuple[object, ...], None] = {}
_other_numbers: dict[tuple[object, ...], int] = {}


def note(*what: object) -> None:
    """Note that something happened in the test that runs."""
    _others[what] = None


def _watch() -> None:
    from django.db.utils import DatabaseErrorWrapper
    from django.template import defaulttags
    from django.test.client import ClientHandler
    from django.urls import Resolver404, resolve

    from schoolgate.rulebook import deciding

    decide = deciding._decide

    def decided(book: Any, asked: Any, known: Any) -> Any:
        found = decide(book, asked, known)
        key = book.meta.key
        for one in found.findings:
            note("rule", key, asked.key, one.point, one.clauses[:1], one.kind.name, one.overridden_by is None)
        note("answer", key, asked.key, found.outcome.name)
        return found

    deciding._decide = decided

    leave = DatabaseErrorWrapper.__exit__

    def left(self: Any, kind: Any, value: Any, trace: Any) -> Any:
        if kind is not None:
            said = getattr(getattr(value, "diag", None), "constraint_name", None) or str(value)[:50]
            note("refused", kind.__name__, said)
        return leave(self, kind, value, trace)

    DatabaseErrorWrapper.__exit__ = left

    render = defaulttags.IfNode.render

    def rendered(self: Any, context: Any) -> Any:
        file = getattr(getattr(self, "origin", None), "template_name", "")
        found = render(self, context)
        note("if", file, self.token.lineno if self.token else 0, bool(found.strip()))
        return found

    defaulttags.IfNode.render = rendered

    call = ClientHandler.__call__

    def asked(self: Any, environ: Any) -> Any:
        answer = call(self, environ)
        try:
            route = resolve(environ["PATH_INFO"], getattr(answer, "urlconf", None)).route
        except Resolver404:
            route = None
        note("page", route, environ.get("REQUEST_METHOD"), answer.status_code)
        return answer

    ClientHandler.__call__ = asked


def pytest_collection_finish(session: pytest.Session) -> None:
    """The program is loaded by now."""
    _watch()
