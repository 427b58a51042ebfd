"""Rooms import downward only, no room stands outside that order, and no files import in a circle."""

from graphlib import TopologicalSorter

from grimp import build_graph

from tests.gates.files import ROOT, check, own_files


def test_rooms_import_downward_only():
    check("lint-imports", "--no-cache")


def test_no_files_import_each_other_in_a_circle():
    """Imports for types alone count too. Mend one by moving what both need into a file below them."""
    graph = build_graph("schoolgate", cache_dir=None)
    imports = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    TopologicalSorter(imports).prepare()


def test_every_room_has_something_in_it():
    rooms = {path.relative_to(ROOT / "schoolgate").parts[0] for path in own_files("schoolgate/*/*.py")}
    empty = [
        room
        for room in sorted(rooms)
        if not any(path.stat().st_size for path in own_files(f"schoolgate/{room}/*.py"))
    ]
    assert empty == []
