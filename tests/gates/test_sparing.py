"""What `make test` spares is there, and only what the others make up for is spared."""

import sys

import pytest

from tests import sparing
from tests.gates.files import ROOT, expect_none

sys.path.insert(0, str(ROOT / "scripts"))
import spare as choosing

FILE = "tests/inbox/test_a.py"
POLICIES = {
    "wildground": "tests/journeys/example/test_walk.py",
    "boroughbridge": "tests/journeys/inbox/test_parent_asked_first.py",
    "llanidloes": "tests/journeys/llanidloes/test_removal_and_appeal.py",
    "learn-to-live": "tests/journeys/inbox/test_reported_to_slt.py",
    "wootton": "tests/journeys/wootton/test_candidate_search.py",
}
"""For each example's policy a journey under it that is never spared."""


def measured(**tests):
    """Tests of one file, each with its seconds and what it comes to."""
    return {
        f"{FILE}::{name}": choosing.Measured(seconds, frozenset(reached))
        for name, (seconds, *reached) in tests.items()
    }


def spared_of(tests, keepers=1):
    return [name.rpartition("::")[2] for name in choosing.spare(tests, keepers)]


def test_the_dearest_is_spared_where_others_come_to_all_of_it_and_kept_where_they_do_not():
    tests = measured(whole=(9.0, 1, 2, 3), one=(2.0, 1, 2), two=(1.0, 3))
    assert spared_of(tests) == ["whole"]
    assert spared_of(tests | measured(whole=(9.0, 1, 2, 3, 4))) == ["one", "two"]
    assert not spared_of(tests, keepers=2)


def test_what_takes_too_much_for_the_little_that_it_alone_comes_to_is_spared_too():
    little, much = choosing.PRICE * 2 - 0.001, choosing.PRICE * 2
    tests = measured(a=(little, 1, 2), b=(much, 3, 4), c=(9.0, 5), policys=(9.0, 6), d=(9.0, *range(10, 999)))
    found, lost = choosing.beyond_price(tests, [f"{FILE}::c"], priceless={6})
    assert ([name.rpartition("::")[2] for name in found], lost) == (["b"], 2)


def test_of_two_that_come_to_the_same_little_one_is_kept_where_it_is_worth_it():
    tests = measured(a=(9.0, 1, 2), b=(choosing.PRICE, 1), c=(choosing.PRICE * 2, 2, 3, 4))
    found, lost = choosing.beyond_price(tests, [])
    assert ([name.rpartition("::")[2] for name in found], lost) == (["a", "b"], 1)


def test_of_some_folders_only_what_these_make_up_for_is_spared_besides_what_is_spared_already():
    tests = measured(
        before=(9.0, 1, 2, 3), whole=(2.0, 1, 2), part=(0.05, 1, 2), own=(9.0, 3), policys=(9.0, 4)
    )
    found, lost = choosing.besides(tests, {4}, {f"{FILE}::before"})
    assert ([name.rpartition("::")[2] for name in found], lost) == (["whole", "own"], 1)


def test_what_is_cheap_is_kept_and_so_is_every_guarantee():
    cheap, dear = choosing.CHEAP - 0.001, choosing.CHEAP
    assert not spared_of(measured(a=(cheap, 1), b=(cheap, 1)))
    assert spared_of(measured(a=(dear, 1), b=(dear, 1))) == ["a"]
    dear = measured(a=(9.0, 1), b=(9.0, 1))
    for folder in ("guarantees", "triage", "screening"):
        assert not choosing.spare({name.replace("inbox", folder): each for name, each in dear.items()})


READING = """
from tests.gates.files import ROOT
TEMPLATES = ROOT / "templates"
def sentences():
    return TEMPLATES
def test_by_a_helper():
    assert sentences()
class TestOfAClass:
    def test_within(self):
        assert PACKAGE
def test_of_something_else():
    assert True
"""


def test_what_looks_at_sentences_templates_or_sources_is_never_spared(monkeypatch, tmp_path):
    """No block shows what it finds: a Welsh sentence was wrong for a day, and what sees it was spared. What
    else is in its file can be spared."""
    monkeypatch.setattr(choosing, "ROOT", tmp_path)
    (tmp_path / "test_reading.py").write_text(READING)
    names = ("test_by_a_helper", "TestOfAClass::test_within", "test_of_something_else[one]", "test_b")
    tests = {f"test_reading.py::{name}": choosing.Measured(9.0, frozenset({1})) for name in names}
    assert choosing.spare(tests) == [
        "test_reading.py::test_b",
        "test_reading.py::test_of_something_else[one]",
    ]
    monkeypatch.undo()
    expect_none(
        sorted(name for name in sparing.spared() if choosing.never(name)),
        "`make spare` takes them off the lists.",
    )


def test_a_page_does_not_make_up_for_a_rooms_own_test_but_where_the_room_has_none_it_counts():
    page, area = "tests/web/test_p.py::test_p", "tests/inbox/test_i.py::test_i"
    tests = {page: choosing.Measured(1.0, frozenset({1, 2, 3})), area: choosing.Measured(2.0, frozenset({1}))}
    found = choosing.by_own_tests(tests, {1: "inbox", 2: "inbox"})
    assert {name: set(test.reached) for name, test in found.items()} == {page: {2, 3}, area: {1}}


def test_lists_are_read_as_they_were_written(tmp_path):
    names = frozenset({f"{FILE}::test_b[cy-a::b]", f"{FILE}::TestIt::test_c", "tests/web/test_d.py::test_e"})
    sparing.write(frozenset({"tests/old/test_f.py::test_g"}), tmp_path)
    sparing.write(names, tmp_path)
    assert sparing.spared(tmp_path) == names
    assert {text.name for text in tmp_path.iterdir()} == {"inbox.txt", "web.txt"}


def test_the_tests_on_the_lists_are_left_out_and_a_new_one_runs(monkeypatch):
    class Item:
        def __init__(self, nodeid):
            self.nodeid = nodeid

    left = []
    monkeypatch.setattr(sparing, "spared", lambda: frozenset({"a::old"}))
    monkeypatch.setattr(sparing, "chosen", lambda: {"b::chosen": sparing.Reason("why", ("a::new",))})
    old, by_hand, new = Item("a::old"), Item("b::chosen"), Item("a::new")
    items = [old, by_hand, new]
    hook = type("Hook", (), {"pytest_deselected": staticmethod(lambda items: left.extend([*items]))})
    sparing.pytest_collection_modifyitems(type("Config", (), {"hook": hook}), items)
    assert (items, left) == ([new], [old, by_hand])


def test_what_is_spared_is_there():
    expect_none(choosing.gone(sparing.spared()), "`scripts/spare.py tidy` takes them off the lists.")
    expect_none(choosing.gone(sparing.chosen()), f"Take them out of {sparing.BROWSERS.relative_to(ROOT)}.")


def test_for_each_spared_journey_and_page_there_are_kept_tests_that_are_there():
    chosen = sparing.chosen()
    spared = chosen.keys() | sparing.spared()
    for name, reason in chosen.items():
        assert reason.because, f"{name}: say in {sparing.BROWSERS.name} why it is spared."
        assert reason.kept, f"{name}: name in {sparing.BROWSERS.name} the tests that say what it says."
    kept = {test for reason in chosen.values() for test in reason.kept}
    lost = choosing.gone(kept) | kept & spared
    expect_none(
        {name: test for name, reason in chosen.items() for test in lost.intersection(reason.kept)},
        f"The test that says what it says is gone or spared itself: name another in {sparing.BROWSERS.name}.",
    )


def test_a_journey_under_each_policy_is_kept():
    journeys = {name.rpartition("::")[0] for name in sparing.chosen()}
    for policy, kept in POLICIES.items():
        assert (ROOT / kept).is_file(), policy
        assert kept not in journeys, policy


def test_a_test_that_went_or_has_another_name_is_gone():
    here = "tests/gates/test_sparing.py"
    gone = {f"{here}::test_of_old", f"{FILE}::test_b"}
    assert choosing.gone(gone | {f"{here}::test_what_is_spared_is_there[a]"}) == gone


@pytest.mark.parametrize("folder", choosing.KEPT)
def test_a_kept_folder_is_there(folder):
    assert (ROOT / folder).is_dir()
