"""A list stops nowhere without a word: number 101 may be about a child, and no one would read it.

A function that cuts rows at a number also asks whether there are more: reads one more than is shown
(`[: MOST + 1]`), or compares with the number (`len(found) > MOST`). So the page leads to the rest, by key, or
says that there is more. Nor does anyone throw away what a query says of that (`found, _more = ...`). Where a
function does, `limits.yaml` says why no child waits behind the number.
"""

import ast
import re
from collections.abc import Iterator

from schoolgate.core.own_files import said_in
from tests.gates.files import ROOT, expect_none, expect_only, name_of, own_files, tree_of

ROOMS = (
    "api", "breaches", "duties", "inbox", "incidents", "jobs", "listening", "media", "notices", "people",
    "press", "publishing", "pupils", "records", "reports", "rights", "rota", "searches",
    *(f"web/{each}" for each in (
        "breaches", "duty", "inbox", "incidents", "people", "posts", "public", "pupils", "reports",
        "searches", "templatetags", "today",
    )),
)  # fmt: skip
"""Where a child, or what is said of one, may be on a list."""
LIMIT = re.compile(r"limit|most|size|_?(?!LONGEST|LARGEST|START|DIGITS)[A-Z][A-Z_]*")
"""How a number is called at which rows end; those of words begin with LONGEST."""
ROWS = {"order_by", "filter", "exclude", "values_list", "values", "objects", "select_related", "distinct"}
REGISTER = ROOT / "tests" / "gates" / "limits.yaml"


def cuts_without_a_word(tree: ast.AST) -> Iterator[str]:
    """The functions that cut rows at a number and don't ask whether there are more."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            nodes = list(ast.walk(function))
            asked = {name for node in nodes for name in _asked_in(node)}
            cut = any(name is not None and name not in asked for name in map(_cut_in, nodes))
            if cut or any(map(_throws_away, nodes)):
                yield function.name


def _asked_in(node: ast.AST) -> Iterator[str]:
    """The numbers that an expression compares with, or goes one beyond."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and ast.unparse(node.right) == "1":
        yield _name(node.left)
    elif isinstance(node, ast.Compare):
        yield from map(_name, (node.left, *node.comparators))


def _cut_in(node: ast.AST) -> str | None:
    """The number at which rows are cut; None where none are."""
    if not (isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice)):
        return None
    upper = node.slice.upper
    if node.slice.lower is not None or upper is None:
        return None
    if isinstance(upper, ast.Constant):
        few = not isinstance(upper.value, int) or upper.value <= 3
        rows = {each.attr for each in ast.walk(node.value) if isinstance(each, ast.Attribute)} & ROWS
        return str(upper.value) if rows and not few else None
    name = _name(upper.left if isinstance(upper, ast.BinOp) and isinstance(upper.op, ast.Mult) else upper)
    return name if LIMIT.fullmatch(name) else None


def _throws_away(node: ast.AST) -> bool:
    """Whether of a page of rows only the rows are taken, not whether there are more."""
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple):
        return _is_page(node.value) and any(_name(each).startswith("_") for each in node.targets[0].elts)
    return isinstance(node, ast.Subscript) and _is_page(node.value) and ast.unparse(node.slice) == "0"


def _is_page(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and any(each.arg == "limit" for each in node.keywords)


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def found() -> list[str]:
    """Each such function of the rooms, by its file."""
    patterns = [f"schoolgate/{room}/{files}" for room in ROOMS for files in ("*.py", "**/*.py")]
    return sorted(
        {
            f"{name_of(path).removeprefix('schoolgate/')} {function}"
            for path in own_files(*patterns)
            if "/migrations/" not in name_of(path)
            for function in cuts_without_a_word(tree_of(path))
        }
    )


def test_a_list_leads_to_what_is_behind_its_end_or_is_judged():
    judged = [where for each in said_in(REGISTER) for where in each["where"]]
    twice = {where for where in judged if judged.count(where) > 1}
    expect_none(twice, "Say in limits.yaml once why no child waits behind the number.")
    expect_only(
        judged,
        found(),
        "Read one more than is shown, and lead to the rest (web.frame.paging) or say that there is more."
        " Where no child can wait behind the number, say why in tests/gates/limits.yaml.",
        listed="tests/gates/limits.yaml",
    )


def test_the_gate_sees_a_list_that_stops_and_one_that_says_so():
    cuts = {
        "list(rows.order_by('pk')[:MOST])": True,
        "rows[:limit]": True,
        "rows.filter(a=1)[:50]": True,
        "found[: MOST * MANY]": True,
        "list(rows[: MOST + 1])[:MOST]": False,
        "(rows[:MOST], len(rows) > MOST)": False,
        "words.strip()[:LONGEST]": False,
        "text[:50]": False,
        "page(limit=MOST)[0]": True,
        "page(limit=MOST)": False,
        "rows.order_by('-pk')[:1]": False,
        "rows[MOST:]": False,
    }
    for text, stops in cuts.items():
        tree = ast.parse(f"def shown(rows, found, words, text):\n    return {text}\n")
        assert list(cuts_without_a_word(tree)) == ["shown"] * stops, text
