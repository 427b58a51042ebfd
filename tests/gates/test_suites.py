"""The runner of the suites takes nothing for good that did not run."""

import importlib.util
import sys

import pytest

from tests.gates.files import ROOT

spec = importlib.util.spec_from_file_location("suites", ROOT / "scripts" / "suites.py")
suites = importlib.util.module_from_spec(spec)
sys.modules["suites"] = suites
spec.loader.exec_module(suites)


@pytest.mark.parametrize(
    ("counts", "status", "good"),
    [
        ({"tests": 1, "failures": 0, "errors": 0, "skipped": 0}, 0, True),
        ({"tests": 0, "failures": 0, "errors": 0, "skipped": 0}, 0, False),
        ({"tests": 2, "failures": 1, "errors": 0, "skipped": 0}, 1, False),
        ({"tests": 2, "failures": 0, "errors": 1, "skipped": 0}, 1, False),
        ({"tests": 2, "failures": 0, "errors": 0, "skipped": 1}, 0, False),
        ({"tests": 2, "failures": 0, "errors": 0, "skipped": 0}, 3, False),
    ],
)
def test_a_suite_is_good_when_everything_ran_and_passed(tmp_path, counts, status, good):
    report = tmp_path / "suite.xml"
    told = " ".join(f'{name}="{count}"' for name, count in counts.items())
    report.write_text(f"<testsuites><testsuite {told}/></testsuites>")
    assert suites.read("suite", report, 1.0, status).good is good


def test_a_suite_without_a_report_is_not_good(tmp_path):
    assert suites.read("suite", tmp_path / "none.xml", 1.0, 0).good is False


def test_an_unknown_suite_is_asked_wrongly(capsys):
    assert suites.main(["nonsense"]) == 2


def test_every_test_belongs_to_a_suite():
    marks = suites.MARKED.split(" or ")
    assert suites.SUITES["areas"][-1] == f"not ({suites.MARKED})"
    assert [suites.SUITES[name][-1] for name in ("processes", "journeys", "network", "faults")] == marks


def test_what_is_done_in_a_browser_is_a_journey_or_a_page():
    journeys, pages = suites.SUITES["journeys"], suites.SUITES["pages"]
    assert (journeys[0], f"--ignore={journeys[0]}" in pages) == ("tests/journeys", True)
    assert pages[-1] == journeys[-1]


def test_the_pages_and_the_api_run_beside_the_other_areas_and_nowhere_else():
    areas, doors = suites.SUITES["areas"], suites.SUITES["doors"]
    assert [f"--ignore={folder}" in areas for folder in suites.DOORS] == [True, True]
    assert (doors[:-3], doors[-1]) == (suites.DOORS, areas[-1])


def test_who_comes_from_another_federation_is_a_suite_of_its_own():
    assert f"--ignore={suites.STRANGERS}" in suites.SUITES["doors"]
    assert suites.SUITES["strangers"] == (suites.STRANGERS,)


def test_suites_that_run_at_the_same_time_are_each_counted(monkeypatch, tmp_path, capfd):
    monkeypatch.setattr(suites, "REPORT", tmp_path)
    for name, test in (("one", "assert True"), ("two", "assert False")):
        (tmp_path / f"test_{name}.py").write_text(f"def test_it():\n    {test}\n")
    here = {name: (str(tmp_path / f"test_{name}.py"), "-c", "/dev/null") for name in ("one", "two")}
    monkeypatch.setattr(suites, "SUITES", here)

    found = suites.run([["one"], ["two"]])

    assert {(one.name, one.tests, one.failed, one.good) for one in found} == {
        ("one", 1, 0, True),
        ("two", 1, 1, False),
    }
    told = capfd.readouterr().out
    for name, count in (("one", "1 passed"), ("two", "1 failed")):
        assert told.index(f"=== {name} ===") < told.index(count)


def test_suites_of_one_lane_run_one_after_another(monkeypatch, tmp_path):
    monkeypatch.setattr(suites, "REPORT", tmp_path)
    mark = tmp_path / "mark"
    (tmp_path / "test_one.py").write_text(f"def test_it():\n    open({str(mark)!r}, 'w').close()\n")
    (tmp_path / "test_two.py").write_text(f"import os\ndef test_it():\n    os.remove({str(mark)!r})\n")
    here = {name: (str(tmp_path / f"test_{name}.py"), "-c", "/dev/null") for name in ("one", "two")}
    monkeypatch.setattr(suites, "SUITES", here)

    assert [(one.name, one.good) for one in suites.run([["one", "two"]])] == [("one", True), ("two", True)]
