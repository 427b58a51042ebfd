"""Which regular expressions were tried, and found linear: `patterns_tried.txt` beside this file.

To try one takes up to a second, and what came out once comes out again. So each stands there by a digest of
all that an answer hangs on: its text and flags, how it's used, how it's tried, and the version of Python.
"""

import ast
import hashlib
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from tests import pumping
from tests.own_patterns import Own

LIST = Path(__file__).with_name("patterns_tried.txt")
PYTHON = f"Python {sys.version_info[0]}.{sys.version_info[1]}"


def digest(one: Own) -> str:
    """Of a pattern, and of all that decides how it does when it's tried."""
    pattern = one.pattern
    how = (type(pattern.pattern).__name__, pattern.pattern, pattern.flags, sorted(one.methods))
    return hashlib.sha256(repr((how, PYTHON, _trying())).encode()).hexdigest()[:20]


@cache
def _trying() -> str:
    """How patterns are tried, without what only a reader reads."""
    tree = ast.parse(Path(pumping.__file__).read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(body := getattr(node, "body", None), list):
            node.body = [each for each in body if not _is_said(each)] or [ast.Pass()]
    return ast.unparse(tree)


def _is_said(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def tried(kept: Path = LIST) -> set[str]:
    """The digests of those that were tried."""
    return {line.partition(" ")[0] for line in kept.read_text("utf-8").splitlines()[1:]}


def is_of_this_python(kept: Path = LIST) -> bool:
    """Whether the list was made by the version that runs now; another one tries all by itself."""
    return kept.read_text("utf-8").startswith(f"{PYTHON}\n")


def note(own: Iterable[Own], kept: Path = LIST) -> None:
    """Keep the digests of these, which were all tried, each with where the pattern stands."""
    lines = {digest(one): where(one) for one in own}
    text = "".join(f"{key} {place}\n" for key, place in sorted(lines.items(), key=lambda each: each[::-1]))
    kept.write_text(f"{PYTHON}\n{text}", "utf-8")


def where(one: Own) -> str:
    """The module and the name of a pattern, without its line."""
    place, _space, name = one.name.partition(" ")
    return f"{place.partition(':')[0]} {name if name.isidentifier() else ''}".strip()
