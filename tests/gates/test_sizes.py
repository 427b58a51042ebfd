"""Functions fit on a screen; a long module is about one thing; no file is half of another."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.gates.files import defined_by, expect_none, lines_of, name_of, own_files, tree_of

LONGEST_FUNCTION = 80
LONG_MODULE = 700
"""Beyond this a module has to hang together: each definition shares a name with the others."""
HOLD = ("body", "orelse", "finalbody", "handlers", "cases")
"""Where a statement has others, so a function, too."""
HALVES = re.compile(r"(?:[-_](?:2|3|ii|apart|rest|more|continued))\.\w+$")


def test_no_function_is_longer_than_80_lines():
    long = [
        f"{name_of(path)}: {name} has {lines} lines"
        for path in own_files("*.py")
        if "/migrations/" not in name_of(path) and len(lines_of(path)) > LONGEST_FUNCTION
        for name, lines in functions_in(tree_of(path))
        if lines > LONGEST_FUNCTION
    ]
    expect_none(long, "Let it call a function for each of its steps.")


@pytest.mark.parametrize(
    "inside",
    ["", "class A:\n ", "if 1:\n pass\nelse:\n ", "match 1:\n case 1:\n  ", "try:\n pass\nexcept A:\n "],
)
def test_the_lines_of_a_function_are_counted_wherever_it_stands(inside):
    assert [*functions_in(ast.parse(f"{inside}def f():\n" + 79 * "     x = 1\n"))] == [("f", 80)]


def functions_in(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """The name and the lines of each function, those within classes and functions too."""
    rest: list[ast.AST] = [tree]
    while rest:
        node = rest.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1
        for name in HOLD:
            rest += getattr(node, name, ())


def test_a_long_module_is_about_one_thing():
    scattered = [
        told
        for path in own_files("schoolgate/*.py", "bench/*.py", "scripts/*.py")
        if "/migrations/" not in name_of(path) and len(lines_of(path)) > LONG_MODULE
        for told in scattered_in(name_of(path), len(lines_of(path)), tree_of(path))
    ]
    expect_none(scattered, "A long module is about one thing: docs/floor-plan.md says what belongs where.")


def test_what_is_said_of_a_scattered_module_is_what_to_do():
    tree = ast.parse("def f(): return 1\ndef g(): return f()\ndef h(): return 2\n")
    (said,) = scattered_in("a.py", 721, tree)
    assert said == (
        "a.py has 721 lines, more than 700, in 2 groups of definitions that don't use each other "
        "(f ... g; h): move a group into a file of its own, or shorten it."
    )
    assert not [*scattered_in("a.py", 721, ast.parse("def f(): return 1\ndef g(): return f()\n"))]


def test_no_file_is_half_of_another():
    halves = [name_of(path) for path in own_files("*") if HALVES.search(path.name)]
    expect_none(halves, "Call each after what is in it, not after the file it was cut from.")


def test_definitions_that_share_no_name_are_groups_of_their_own():
    assert groups_in(ast.parse("A = 1\ndef f(): return A\ndef g(): return f()\n")) == [["A", "f", "g"]]
    assert groups_in(ast.parse("def f(): return 1\ndef g(): return 2\n")) == [["f"], ["g"]]
    assert groups_in(ast.parse("B = {}\nclass C:\n    b = B\ndef g(): B.clear()\n")) == [["B", "C", "g"]]


def scattered_in(name: str, lines: int, tree: ast.Module) -> Iterator[str]:
    """What to do with a long module that has several groups; nothing where it is about one thing."""
    groups = groups_in(tree)
    if len(groups) > 1:
        named = "; ".join(" ... ".join(dict.fromkeys((group[0], group[-1]))) for group in groups)
        yield (
            f"{name} has {lines} lines, more than {LONG_MODULE}, in {len(groups)} groups of definitions that "
            f"don't use each other ({named}): move a group into a file of its own, or shorten it."
        )


def groups_in(tree: ast.Module) -> list[list[str]]:
    """The groups of definitions of a module that share no name of the module's own, as they stand."""
    defined = {name: node for node in tree.body for name in defined_by(node)}
    together = {name: name for name in defined}

    def root(name: str) -> str:
        while together[name] != name:
            name = together[name]
        return name

    for name, node in defined.items():
        for used in ast.walk(node):
            if isinstance(used, ast.Name) and used.id in defined:
                together[root(used.id)] = root(name)
    groups: dict[str, list[str]] = {}
    for name in defined:
        groups.setdefault(root(name), []).append(name)
    return [*groups.values()]
