"""Rooms import downward only, no room stands outside that order, and no files import in a circle."""

from graphlib import CycleError, TopologicalSorter

import pytest
from grimp import build_graph

from tests.gates.files import ROOT, check, expect_none, own_files

ORDER = """
The order of the rooms stands in pyproject.toml ([tool.importlinter]), and docs/floor-plan.md ("Order of
imports") says what each may count on in the others. Move what both rooms need into a room below them, or let
the lower room tell an event that the upper one hears (core/events). A new room gets its place in the order
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
