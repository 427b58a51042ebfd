"""Rooms import downward only, and no room stands outside that order."""

from tests.gates.files import ROOT, check, own_files


def test_rooms_import_downward_only():
    check("lint-imports", "--no-cache")


def test_every_room_has_something_in_it():
    rooms = {path.relative_to(ROOT / "schoolgate").parts[0] for path in own_files("schoolgate/*/*.py")}
    empty = [
        room
        for room in sorted(rooms)
        if not any(path.stat().st_size for path in own_files(f"schoolgate/{room}/*.py"))
    ]
    assert empty == []
