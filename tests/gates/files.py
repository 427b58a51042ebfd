"""The project's own files, as the gates look at them."""

import ast
import fnmatch
import gc
import re
import subprocess
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def own_files(*patterns: str) -> list[Path]:
    """The files that git keeps or would keep, matching any of the patterns."""
    return [*_own_files(patterns)]


@cache
def _own_files(patterns: tuple[str, ...]) -> tuple[Path, ...]:
    wanted = re.compile("|".join(map(fnmatch.translate, patterns)))
    return tuple(path for name, path in _kept() if wanted.match(name))


@cache
def _kept() -> tuple[tuple[str, Path], ...]:
    """Every file that git keeps or would keep, by name: a process takes longer than to match."""
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    found = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return tuple((name, path) for name in sorted(set(found)) if (path := ROOT / name).is_file())


@cache
def text_of(path: Path) -> str:
    """What is in a file; read once for all gates, as is what follows."""
    return path.read_text("utf-8", errors="replace")


@cache
def lines_of(path: Path) -> tuple[str, ...]:
    """The lines of a file."""
    return tuple(text_of(path).splitlines())


@contextmanager
def _staying() -> Iterator[None]:
    """What is made here stays until the end: to look for garbage among a million nodes, time after time, took
    longer than to make them."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@cache
def tree_of(path: Path) -> ast.Module:
    """A module of the program, parsed: it isn't to be changed."""
    with _staying():
        return ast.parse(text_of(path))


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Every node of a module: walking again takes ten times as long."""
    tree = tree_of(path)
    with _staying():
        return nodes_in(tree)


def nodes_in(tree: ast.AST) -> tuple[ast.AST, ...]:
    """Every node, as `ast.walk` gives them, but for those that only say if a name is read or written."""
    found = [tree]
    for node in found:
        for name in node._fields:
            value = getattr(node, name, None)
            if isinstance(value, list):
                found += [each for each in value if isinstance(each, ast.AST)]
            elif isinstance(value, ast.AST) and not isinstance(value, ast.expr_context):
                found.append(value)
    return tuple(found)


def defined_by(node: ast.stmt) -> list[str]:
    """The names that a statement of a module defines."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return [target.id for target in targets if isinstance(target, ast.Name)]
    return []


def name_of(path: Path) -> str:
    """A file's name from the root of the repository."""
    return path.relative_to(ROOT).as_posix()


def expect_none(wrong: Iterable[object] | Mapping[object, object], then: str) -> None:
    """The test fails where something is wrong: with each thing on a line of its own, and what to do then."""
    told = (
        [": ".join(map(str, each)) for each in wrong.items()]
        if isinstance(wrong, Mapping)
        else map(str, wrong)
    )
    if lines := sorted(told):
        pytest.fail("\n".join([*lines, then]), pytrace=False)


def expect_only(
    allowed: Collection[str], found: Mapping[str, object] | Iterable[str], then: str, *, listed: str
) -> None:
    """The test fails where something else is found than is allowed, with what to do then; and where something
    is allowed that is found no more. `listed`: the list of what is allowed."""
    there = found if isinstance(found, Mapping) else dict.fromkeys(found)
    other = [name for name in there if name not in allowed]
    expect_none({name: there[name] for name in other} if isinstance(found, Mapping) else other, then)
    expect_none(set(allowed) - there.keys(), f"It isn't found any more: take it out of {listed}.")


def check(name: str, *words: str, then: str) -> None:
    """Run a program of the environment; the test fails with all that it says when it is not content, and with
    what to do then."""
    program = str(Path(sys.executable).parent / name)
    done = subprocess.run([program, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = (done.stdout + done.stderr).strip()
        pytest.fail(
            f"{name} {' '.join(words)[:80]}: status {done.returncode}\n{said[-8000:]}\n{then}", pytrace=False
        )
