"""Rooms import downward only, no room stands outside that order, and no files import in a circle."""

import ast
import os
import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from grimp import build_graph

from tests.gates.files import ROOT, check, defined_by, expect_none, nodes_of, own_files, tree_of

ORDER = """
The order of the rooms stands in pyproject.toml ([tool.importlinter]), and docs/floor-plan.md ("Order of
imports") says what each may count on in the others. Move what both rooms need into a room below them, or let
the lower room tell an event that the upper one hears (core.events). A new room gets its place in the order
first."""


def test_rooms_import_downward_only():
    check("lint-imports", "--no-cache", then=ORDER)


def test_no_files_import_each_other_in_a_circle():
    """Imports for types alone count too."""
    graph = build_graph("schoolgate", cache_dir=None)
    imports = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        pytest.fail(
            f"{' -> '.join(error.args[1])}: move what both need into a file below them.", pytrace=False
        )


def test_every_room_has_something_in_it():
    rooms = {path.relative_to(ROOT / "schoolgate").parts[0] for path in own_files("schoolgate/*/*.py")}
    empty = [
        room
        for room in sorted(rooms)
        if not any(path.stat().st_size for path in own_files(f"schoolgate/{room}/*.py"))
    ]
    expect_none(empty, "A room with nothing in it: take the folder out.")


CONNECTED = ("also_sealed", "receiver", "checks.register", "register")
"""What connects a function as its module is read: nothing tells that no one reads it."""


def test_what_connects_itself_is_read_as_the_program_starts():
    """Else a key is changed without what one module has sealed, or a sign-in isn't noted."""
    connects = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in own_files("schoolgate/*.py")
        for node in nodes_of(path)
        if isinstance(node, ast.FunctionDef)
        for one in node.decorator_list
        if ast.unparse(one.func if isinstance(one, ast.Call) else one) in CONNECTED
    }
    assert len(connects) > len(CONNECTED)
    asked = "import django, sys; django.setup(); print(*sorted(sys.modules))"
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "schoolgate.config.settings"}
    read = subprocess.run([sys.executable, "-c", asked], env=env, check=True, capture_output=True, text=True)
    expect_none(sorted(connects - set(read.stdout.split())), "Import it in the `ready` of its app.")


IN_WORDS = re.compile(r"^from (schoolgate[\w.]*) import (\w+(?:, \w+)*)$", re.MULTILINE)
"""What a program imports that a test hands to another process as text: no checker of types reads it."""


def test_what_a_test_has_another_process_import_is_there():
    asked = {
        (path, where, name)
        for path in own_files("tests/*.py", "bench/*.py")
        if path.parent != Path(__file__).parent
        for node in nodes_of(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for where, names in IN_WORDS.findall(node.value)
        for name in names.split(", ")
    }
    assert asked, "nothing was read"
    gone = [
        f"{path.relative_to(ROOT)}: {where}.{name}"
        for path, where, name in asked
        if name not in _names_of(where)
    ]
    expect_none(gone, "It was moved or has another name: say where it is now.")


def _names_of(where: str) -> set[str]:
    """What can be imported from a module: what stands in it, and what lies in its folder."""
    at = ROOT.joinpath(*where.split("."))
    folder = (at / "__init__.py").is_file()  # a folder that git took away may be left, with what was compiled
    file = at / "__init__.py" if folder else at.with_suffix(".py")
    found = {each.stem for each in at.iterdir()} if folder else set()
    for part in tree_of(file).body if file.is_file() else []:
        found.update(defined_by(part))
        if isinstance(part, ast.Import | ast.ImportFrom):
            found.update(each.asname or each.name for each in part.names)
    return found
