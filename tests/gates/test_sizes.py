"""Functions fit on a screen; a long module is about one thing; no file is half of another."""

import ast
import re

from tests.gates.files import name_of, own_files

LONGEST_FUNCTION = 80
LONG_MODULE = 400
"""Beyond this a module has to hang together: each definition shares a name with the others."""
HALVES = re.compile(r"(?:[-_](?:2|3|ii|apart|rest|more|continued))\.\w+$")


def test_no_function_is_longer_than_80_lines():
    long = {}
    for path in own_files("*.py"):
        source = path.read_text()
        for node in ast.walk(ast.parse(source)) if source.count("\n") > LONGEST_FUNCTION else ():
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION and "/migrations/" not in name_of(path):
                    long[f"{name_of(path)}: {node.name}"] = lines
    assert long == {}


def test_a_long_module_is_about_one_thing():
    scattered = {
        name_of(path): groups
        for path in own_files("schoolgate/*.py", "bench/*.py", "scripts/*.py")
        if "/migrations/" not in name_of(path)
        and len((source := path.read_text()).splitlines()) > LONG_MODULE
        and (groups := groups_in(source)) > 1
    }
    assert scattered == {}


def test_no_file_is_half_of_another():
    assert [name_of(path) for path in own_files("*") if HALVES.search(path.name)] == []


def test_definitions_that_share_no_name_are_groups_of_their_own():
    assert groups_in("A = 1\ndef f(): return A\ndef g(): return f()\n") == 1
    assert groups_in("def f(): return 1\ndef g(): return 2\n") == 2
    assert groups_in("B = {}\nclass C:\n    b = B\ndef g(): B.clear()\n") == 1


def groups_in(source: str) -> int:
    """How many groups of definitions a module has that share no name of the module's own."""
    tree = ast.parse(source)
    defined = {name: node for node in tree.body for name in _names(node)}
    together = {name: name for name in defined}

    def root(name: str) -> str:
        while together[name] != name:
            name = together[name]
        return name

    for name, node in defined.items():
        for used in ast.walk(node):
            if isinstance(used, ast.Name) and used.id in defined:
                together[root(used.id)] = root(name)
    return len({root(name) for name in defined})


def _names(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return [target.id for target in targets if isinstance(target, ast.Name)]
    return []
