"""What compares two states of the tests breaks the program where it says, there alone, and in both alike."""

import ast
import shutil
import sys

import pytest

from tests.gates.files import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
import breaking
import broken
import places
from reached import OUTSIDE
from trying import Suite

SOURCE = '''"""Who may come in."""

from __future__ import annotations

import logging

log = logging.getLogger(__name__)


def may_enter(age: int, *, known: bool) -> bool:
    """Say whether somebody may come in."""
    if age < 5 or known:
        return True
    return age >= 18


def welcome(names: list[str], seen: list[str]) -> None:
    for name in names:
        log.info("one")
        seen.append(name)


class Door:
    def __repr__(self) -> str:
        return "a door" if self else ""

    def word(self) -> str:
        return _("Closed")
'''
ASKED = [(4, False), (5, False), (5, True), (18, False)]


@pytest.fixture
def copy(tmp_path):
    """`copy(now, cut)`: a copy of the program that can be broken at a place, run while that is said beside
    it."""
    shutil.copy(ROOT / "scripts" / "reached.py", tmp_path)
    (tmp_path / "out").mkdir()

    def run(now, cut):
        (tmp_path / "now").write_text(now)
        there = {"__name__": "a_copy"}
        exec(breaking.breakable(SOURCE, [cut], str(tmp_path / "reached.py")), there)
        return there

    return run


def ways_of(function, source=SOURCE):
    return breaking.breaks_of(breaking.functions_of(ast.parse(source))[function])


def answers(program):
    return [program["may_enter"](age, known=known) for age, known in ASKED]


def test_each_break_changes_what_it_says_and_nothing_unless_it_is_the_one_that_is_broken(copy):
    broken_answers = []
    for index, way in enumerate(ways_of("may_enter")):
        cut = breaking.Cut(7, "may_enter", index)
        for now in ("whole", "record", "break 8"):
            assert answers(copy(now, cut)) == [True, False, True, True], (way, now)
        broken_answers.append((way.kind, way.becomes, answers(copy("break 7", cut))))
    assert broken_answers == [
        ("condition negated", "not (age < 5 or known)", [False, True, False, True]),
        ("`and` and `or` swapped", "age < 5 and known", [False, False, False, True]),
        ("boundary moved", "age <= 5", [True, True, True, True]),
        ("returned value changed", "not (True)", [False, False, False, True]),
        ("returned value changed", "not (age >= 18)", [True, True, True, False]),
        ("boundary moved", "age > 18", [True, False, True, False]),
        ("body emptied", "return", [None, None, None, None]),
    ]


def test_a_call_is_left_out_but_not_one_that_only_tells_somebody_something(copy):
    calls = [
        (index, way.was) for index, way in enumerate(ways_of("welcome")) if way.kind == breaking.LEFT_OUT
    ]
    assert [was for _index, was in calls] == ["seen.append(name)"]
    seen = []
    copy("break 1", breaking.Cut(1, "welcome", calls[0][0]))["welcome"](["Ada"], seen)
    assert not seen


def test_words_for_people_are_no_places():
    assert not ways_of("Door.__repr__") + ways_of("Door.word")


def test_who_comes_to_a_place_is_written_once_and_a_place_that_is_broken_says_so(copy, tmp_path, request):
    cut = breaking.Cut(7, "may_enter", 0)
    answers(copy("record", cut))
    assert (tmp_path / "out" / "hits").read_text() == f"7\t{request.node.nodeid} (call)\n"
    answers(copy("break 8", cut))
    assert not (tmp_path / "out" / "struck").exists()
    answers(copy("break 7", cut))
    assert (tmp_path / "out" / "struck").read_text() == "yes\n"
    assert OUTSIDE not in (tmp_path / "out" / "hits").read_text()


def test_only_functions_that_both_states_have_are_chosen_and_the_same_seed_chooses_the_same(tmp_path):
    for name, source in {"new": SOURCE, "old": SOURCE.replace(">= 18", ">= 16")}.items():
        for room in ("halls", "gardens"):
            (tmp_path / name / "schoolgate" / room).mkdir(parents=True)
            (tmp_path / name / "schoolgate" / room / "doors.py").write_text(source)
    chosen, quota = places.choose(tmp_path / "new", tmp_path / "old", 1, total=2)
    assert quota == {"halls": 1, "gardens": 1}
    assert {(place.room, place.function) for place in chosen} == {
        ("halls", "welcome"),
        ("gardens", "welcome"),
    }
    assert places.choose(tmp_path / "new", tmp_path / "old", 1, total=2) == (chosen, quota)


@pytest.mark.parametrize(
    ("sizes", "total", "given"),
    [
        ({"large": 90, "small": 10}, 10, {"large": 9, "small": 1}),
        ({"large": 99, "small": 1}, 10, {"large": 9, "small": 1}),
        ({"a": 1, "b": 1, "c": 1}, 4, {"a": 1, "b": 1, "c": 2}),
    ],
)
def test_places_are_shared_out_by_size_and_each_room_has_one(sizes, total, given):
    assert places.shares(sizes, total) == given


def test_where_no_test_comes_the_next_place_of_that_room_counts_instead():
    def place(number, room):
        return places.Place(number, room, "", "", 0, "", "", "")

    those = [place(1, "halls"), place(2, "halls"), place(3, "halls"), place(4, "gardens")]
    found = broken.in_play(those, {"halls": 1, "gardens": 1}, lambda each: each.number != 1)
    assert [(each.number, comes) for each, comes in found] == [(1, False), (2, True), (4, True)]


@pytest.mark.slow
def test_a_break_is_caught_by_the_test_that_fails_for_it_and_the_tree_is_whole_again(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    tree, test = tmp_path / "new" / "tree", "tests/halls/test_doors.py"
    for name, text in {
        "schoolgate/__init__.py": "",
        "schoolgate/halls/__init__.py": "",
        "schoolgate/halls/doors.py": SOURCE,
        test: "from schoolgate.halls.doors import may_enter\n\n"
        "def test_one_fails_anyhow():\n    assert not may_enter(1, known=True)\n\n"
        "def test_the_young_may():\n    assert may_enter(1, known=False)\n",
        "pytest.ini": "[pytest]\npythonpath = .\naddopts = -p pytest_timeout --import-mode=importlib\n",
    }.items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(text)
    shutil.copy(ROOT / "scripts" / "reached.py", tmp_path / "new")
    place = places.Place(1, "halls", "schoolgate/halls/doors.py", "may_enter", 3, "", "", "")
    places.write_breakable(tree, [place], tmp_path / "new" / "reached.py")
    suite = Suite(tmp_path / "new", sys.executable)
    suite.record([test], "not browser")
    assert [*suite.hits[1]] == [f"{test}::test_one_fails_anyhow", f"{test}::test_the_young_may"]
    suite.break_at(place, "near")
    assert suite.caught(place) == f"{test}::test_the_young_may"
    assert not suite.run("whole", [test], [f"{test}::test_the_young_may"], 60).failed
    assert Suite(tmp_path / "new", sys.executable).caught(place) == f"{test}::test_the_young_may"
