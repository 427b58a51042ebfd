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
