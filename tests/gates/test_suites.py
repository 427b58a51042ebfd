"""The runner of the suites takes nothing for good that did not run."""

import os
import re
import signal
import sys
from collections import Counter
from datetime import timedelta
from itertools import chain

import pytest

from schoolgate.core.clock import LONDON
from schoolgate.core.processes import command_line
from tests.cli.machine import wait_for
from tests.cli.test_demo import TODAY
from tests.days.part import NEAR_PAGES, part_of
from tests.gates.files import ROOT, name_of, own_files, text_of

sys.path.insert(0, str(ROOT / "scripts"))
import days
import dear
import failed
import storm
import suites


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


@pytest.mark.parametrize(
    ("seconds", "named", "good"),
    [("5.00", False, True), ("5.01", True, True), ("10.00", True, True), ("10.01", True, False)],
)
def test_a_test_that_takes_too_much_of_the_processor_needs_a_reason(
    monkeypatch, tmp_path, seconds, named, good
):
    report, reasons = tmp_path / "suite.xml", tmp_path / "budget.yaml"
    spent = f'<properties><property name="cpu" value="{seconds}"/></properties>'
    case = f'<testcase classname="tests.web.test_a" name="test_b[en]">{spent}</testcase>'
    report.write_text(f'<testsuites><testsuite tests="1">{case}</testsuite></testsuites>')
    monkeypatch.setattr(dear, "ROOT", tmp_path)
    monkeypatch.setattr(dear, "REASONS", reasons)
    reasons.write_text("{}")
    found = suites.read("pages", report, 1.0, 0)
    assert found.good is good
    told = f"tests/web/test_a.py::test_b[en] took {float(seconds):.1f} s"
    assert (told in found.line()) is named
    assert ("warning: " in found.line(), "too dear: " in found.line()) == (named and good, not good)
    assert ("it fails only above 10 s" in found.line()) is (named and good)
    reasons.write_text("tests/web/test_a.py::test_b: it does much.\n")
    found = suites.read("pages", report, 1.0, 0)
    assert (found.good, "test_b" in found.line()) == (True, False)


def test_what_a_storm_runs_takes_what_it_takes(tmp_path):
    report = tmp_path / "suite.xml"
    spent = '<properties><property name="cpu" value="50.0"/></properties>'
    case = f'<testcase classname="tests.web.test_a" name="test_b">{spent}</testcase>'
    report.write_text(f'<testsuites><testsuite tests="1">{case}</testsuite></testsuites>')
    assert [suites.read(name, report, 1.0, 0).good for name in ("storm", "sized", "rooms")] == [
        True,
        True,
        False,
    ]


def test_a_suite_without_a_report_is_not_good(tmp_path):
    assert suites.read("suite", tmp_path / "none.xml", 1.0, 0).good is False


def test_an_unknown_suite_is_asked_wrongly(capsys):
    assert suites.main(["nonsense"]) == 2


def test_every_test_belongs_to_a_suite():
    marks = suites.MARKED.split(" or ")
    assert suites.SUITES["rooms"][-1] == f"not ({suites.MARKED})"
    assert [
        suites.SUITES[name][-1] for name in ("processes", "every-browser", "network", "faults", "storm")
    ] == marks


def test_browsers_are_every_one_but_the_spared():
    *words, _m, mark = suites.SUITES["browsers"]
    assert sorted([*words, "-m", mark]) == sorted([*suites.SUITES["every-browser"], *suites.SPARING])
    assert set(suites.SUITES["every-browser"][:-2]) == marked(mark)
    assert {"tests/web/test_in_a_browser.py", "tests/journeys/example/test_walk.py"} <= marked(mark)


def test_make_whole_and_make_calendar_spare_nothing():
    text = (ROOT / "Makefile").read_text("utf-8")
    whole = text.split("\nwhole:")[1].split("\n\n")[0]
    for name, all_of_it in (("chosen", "rooms"), ("browsers", "every-browser")):
        assert f"$(subst {name},{all_of_it}," in whole
    assert "$(LANES)" in whole
    calendar = re.search(r"^CALENDAR := (.*)$", text, re.MULTILINE)[1]
    for name in ("rooms", "every-browser"):
        assert f"{name}@each" in calendar


@pytest.mark.parametrize("mark", ["processes", "bluesky", "faults", "storm"])
def test_every_file_with_a_mark_is_in_the_suite_of_that_mark(mark):
    found = [set(words[:-2]) for words in suites.SUITES.values() if words[-1] == mark]
    assert found == [marked(mark)] != [set()]


def marked(mark: str) -> set[str]:
    """The names of the test files that have a mark; the gates only speak of them."""
    there = {name_of(path) for path in own_files("tests/*/*.py") if f"mark.{mark}" in text_of(path)}
    return {name for name in there if not name.startswith("tests/gates/")}


def test_what_goes_over_all_pages_is_a_suite_of_its_own():
    assert suites.SUITES["walks"] == suites.WALKS
    for file in suites.WALKS:
        assert f"--ignore={file}" in suites.SUITES["rooms"]


def test_the_ordinary_day_is_the_one_of_the_examples_stories():
    assert timedelta(0) < days.INSTANTS[days.ORDINARY] - TODAY < timedelta(minutes=5)


def test_what_reads_an_examples_story_runs_on_its_day_once_it_is_told():
    lanes = re.search(r"^LANES := (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)[1]
    all_of_them = [lane.split(",") for lane in lanes.split()]
    first = {lane[0] for lane in all_of_them}
    later = {name for lane in all_of_them for name in lane[1:]}
    assert f"walks@{days.ORDINARY}" in first
    assert {f"{name}@{days.ORDINARY}" for name in ("network", "faults", "browsers")} <= later


@pytest.fixture
def bare_runs(monkeypatch, tmp_path) -> None:
    """Runs that a test starts report into its own folder, and load no plug-in, which takes seconds."""
    monkeypatch.setattr(suites, "REPORT", tmp_path)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


@pytest.mark.usefixtures("bare_runs")
def test_suites_that_run_at_the_same_time_are_each_counted(monkeypatch, tmp_path, capfd):
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


@pytest.mark.usefixtures("bare_runs")
def test_a_run_says_how_far_it_is_how_long_the_last_took_and_what_fails_as_it_fails(
    monkeypatch, tmp_path, capfd
):
    (tmp_path / "test_ill.py").write_text("def test_it():\n    assert 1 == 2\n")
    waits = (
        f"import pathlib\ndef test_it():\n    while not pathlib.Path({str(tmp_path / 'go')!r}).exists(): 0\n"
    )
    (tmp_path / "test_waits.py").write_text(waits)
    here = {name: (str(tmp_path / f"test_{name}.py"), "-c", "/dev/null") for name in ("ill", "waits")}
    monkeypatch.setattr(suites, "SUITES", here)
    monkeypatch.setattr(suites, "last_words", lambda _words, _results: [])
    told = suites.running.Running.tell_failures

    def tell(one: suites.running.Running) -> None:
        told(one)
        if one.told:
            (tmp_path / "go").touch()  # only then the other can end

    monkeypatch.setattr(suites.running.Running, "tell_failures", tell)
    assert suites.main(["ill", "waits"]) == 1
    said = capfd.readouterr().out
    assert said.startswith("2 suites\n\n--- ill begins (1 of 2) ---\n\n--- waits begins (2 of 2) ---\n")
    failed = "failed in ill: test_ill.py::test_it - assert 1 == 2\n"
    assert said.index("--- waits") < said.index(failed) < said.index("=== ill ===")
    assert suites.running.expected("ill waits", tmp_path).startswith("the last run took ")
    assert "quarter of an hour" in suites.running.expected("gates,chosen@parts", tmp_path / "none")


@pytest.mark.usefixtures("bare_runs")
def test_a_run_that_is_stopped_ends_its_suites_and_what_they_started_and_says_so(
    monkeypatch, tmp_path, capfd
):
    """Ctrl-C was a traceback, and left a pytest and its folder. In a shell's background it was ignored."""
    (tmp_path / "test_long.py").write_text(
        "import pathlib, subprocess, time\n"
        "def test_it():\n"
        f"    here = pathlib.Path({str(tmp_path)!r})\n"
        "    child = subprocess.Popen(['sleep', '600'])\n"
        "    try:\n        (here / 'draft').write_text(str(child.pid))\n"
        "        (here / 'draft').rename(here / 'child')\n"
        "        time.sleep(600)\n"
        "    finally:\n        (here / 'put-away').touch()\n"
    )
    monkeypatch.setattr(suites, "SUITES", {"long": (str(tmp_path / "test_long.py"), "-c", "/dev/null")})

    def looked(_one: suites.running.Running) -> None:
        if (tmp_path / "child").exists():
            os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(suites.running.Running, "tell_failures", looked)
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        assert suites.main(["long"]) == 130
    finally:
        signal.signal(signal.SIGINT, heard)
    assert capfd.readouterr().out.splitlines()[-1] == "stopped"
    assert (tmp_path / "put-away").exists()
    child = int((tmp_path / "child").read_text())
    wait_for(lambda: "sleep" not in (command_line(child) or ""))


BROKEN = {
    "bad": "import pytest\n@pytest.mark.parametrize('a', range(31))\ndef test_it(a):\n    assert a == 0\n",
    "left": "import pytest\ndef test_it():\n    pytest.importorskip('nothing_of_this_name')\n",
    "torn": "import pytest\n@pytest.fixture\ndef torn():\n    yield\n    assert 0\n"
    "def test_it(torn):\n    assert 0\n",
}


@pytest.mark.usefixtures("bare_runs")
def test_what_failed_is_named_after_the_table_each_once_and_thirty_at_most(monkeypatch, tmp_path, capfd):
    (tmp_path / "test_ill.py").write_text("import nothing_of_this_name\n")
    (tmp_path / "rest").mkdir()
    for name, text in BROKEN.items():
        (tmp_path / "rest" / f"test_{name}.py").write_text(text)
    here = {name: (str(tmp_path / name), "-c", "/dev/null") for name in ("test_ill.py", "rest")}
    monkeypatch.setattr(suites, "SUITES", here)
    monkeypatch.setattr(suites, "last_words", lambda _words, _results: ["The last words."])

    assert suites.main(["test_ill.py,rest"]) == 1

    end = capfd.readouterr().out.rpartition("\nall ")[2].splitlines()[1:]
    many = [f"test_bad.py::test_it[{number}]" for number in range(1, 30)]
    few = ["test_left.py::test_it", "test_torn.py::test_it"]
    assert end == ["", "failed:", "test_ill.py", *many, "and 3 more", "The last words."]
    assert [*dict.fromkeys(suites.read("rest", tmp_path / "rest.xml", 1.0, 1).failing)][-2:] == few


def test_where_nothing_failed_no_name_is_told():
    assert not [*failed.told([])]


@pytest.mark.usefixtures("bare_runs")
def test_suites_of_one_lane_run_one_after_another(monkeypatch, tmp_path):
    mark = tmp_path / "mark"
    (tmp_path / "test_one.py").write_text(f"def test_it():\n    open({str(mark)!r}, 'w').close()\n")
    (tmp_path / "test_two.py").write_text(f"import os\ndef test_it():\n    os.remove({str(mark)!r})\n")
    here = {name: (str(tmp_path / f"test_{name}.py"), "-c", "/dev/null") for name in ("one", "two")}
    monkeypatch.setattr(suites, "SUITES", here)

    assert [(one.name, one.good) for one in suites.run([["one", "two"]])] == [("one", True), ("two", True)]


@pytest.mark.parametrize(
    ("waiting", "taken"),
    [
        ([["one", "two"], []], "one"),
        ([[], ["one", "two"], ["three"]], "two"),
        ([[], ["one", "faults"]], None),
        ([[], []], None),
    ],
    ids=["its own first", "the last of the longest", "not what has to be on time", "nothing left"],
)
def test_a_lane_that_has_ended_takes_from_another(waiting, taken):
    before = sorted(chain(*waiting))
    assert suites.next_of(waiting, 0) == taken
    assert sorted([*chain(*waiting), *([taken] if taken else [])]) == before


def test_each_day_of_the_calendar_is_a_run_of_its_own():
    runs = suites.expanded("rooms@each")
    assert runs == [f"rooms@{day}" for day in days.DAYS]
    assert all(suites.known(run) for run in runs)
    assert suites.expanded("rooms") == ["rooms"]


@pytest.mark.parametrize("word", ["rooms@monday", "nonsense@saturday", "tests/nothing.py@saturday"])
def test_a_day_or_a_suite_that_there_is_not_is_asked_wrongly(word, capsys):
    assert suites.main([word]) == 2


def test_the_parts_are_on_two_days_and_each_file_is_in_one():
    runs = [suites.in_parts(run) for run in suites.expanded("rooms@parts")]
    assert [day for _suite, day, _part in runs] == list(days.OF_PARTS)
    assert set(days.OF_PARTS) < set(days.DAYS)
    assert [part for _suite, _day, part in runs] == [f"{number}/2" for number in range(2)]


def test_files_that_begin_from_the_same_worlds_are_in_the_same_part():
    of = {(name_of(path).split("/")[1], part_of(path, 2)) for path in own_files("tests/*test_*.py")}
    assert [folder for folder, part in sorted(of) if part == 0] == sorted(NEAR_PAGES)
    assert len(of) == len({folder for folder, _part in of})


@pytest.mark.parametrize("parts", [1, 3, 6])
def test_however_many_parts_there_are_each_has_files_and_no_other_part_has_them(parts):
    of = Counter(part_of(path, parts) for path in own_files("tests/*test_*.py"))
    assert set(of) == set(range(parts))
    assert min(of.values()) > 20


def test_the_second_part_is_run_at_the_end_of_the_lane_before():
    first, second = (f"rooms@{day}:{number}/2" for number, day in enumerate(days.OF_PARTS))
    assert suites.lanes_of(["faults,gates@each", "walks", "gates,rooms@parts"]) == [
        ["faults", *(f"gates@{day}" for day in days.DAYS)],
        ["walks", second],
        ["gates", first],
    ]
    assert suites.lanes_of(["rooms@parts,rulebook"]) == [[first, second, "rulebook"]]


@pytest.mark.usefixtures("bare_runs")
def test_a_run_is_on_its_day_and_so_is_what_it_starts(monkeypatch, tmp_path, capfd):
    (tmp_path / "test_day.py").write_text(
        "import datetime, subprocess\n"
        "def test_it():\n"
        "    day = datetime.date(2028, 2, 29)\n"
        "    assert datetime.datetime.now(datetime.UTC).date() == day\n"
        "    said = subprocess.run(['/bin/date', '-u', '+%F'], env={}, capture_output=True, text=True)\n"
        "    assert said.stdout.strip() == day.isoformat()\n"
    )
    monkeypatch.setattr(suites, "SUITES", {"day": (str(tmp_path / "test_day.py"), "-c", "/dev/null")})
    (result,) = suites.run([["day@leap-day"]])
    assert result.good, capfd.readouterr().out


def test_the_days_of_the_calendar_are_those_that_they_are_called():
    on = days.DAYS
    assert [on[day].strftime("%A") for day in ("saturday", "sunday-night")] == ["Saturday", "Sunday"]
    assert (on["leap-day"].month, on["leap-day"].day) == (2, 29)
    assert (on["last-of-year"].month, on["last-of-year"].day) == (12, 31)
    minute = timedelta(minutes=1)
    for day, before, after in (("clocks-forward", 0, 1), ("clocks-back", 1, 0)):
        hours = [(on[day] + each).astimezone(LONDON).utcoffset() for each in (0 * minute, minute)]
        assert hours == [timedelta(hours=before), timedelta(hours=after)]


def test_the_storms_are_due_once_the_code_that_they_try_is_another(tmp_path):
    for folder in storm.HIT:
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.py").write_text("A = 1\n")
    (tmp_path / storm.NOTE).parent.mkdir(parents=True)
    assert storm.due(tmp_path) != ""
    (tmp_path / storm.NOTE).write_text(storm.digest(tmp_path) + "\n")
    assert storm.due(tmp_path) == ""
    for folder in storm.HIT:
        (tmp_path / folder / "a.py").write_text("A = 2\n")
        assert f"{folder}" in storm.due(tmp_path)
        (tmp_path / folder / "a.py").write_text("A = 1\n")
    assert storm.due(tmp_path) == ""


def test_a_run_without_the_faults_speaks_of_storms_only_where_their_code_is_changed_now(monkeypatch):
    monkeypatch.setattr(storm, "due", lambda: "Run `make storm`")
    for names, changed, said in (
        (["faults", "gates"], ["docs/web.md"], True),
        (["touched"], ["docs/web.md"], False),
        (["touched"], ["schoolgate/jobs/beating.py"], True),
        (["tests/web"], ["tests/jobs/test_beating.py"], False),
        (["storm", "faults"], ["schoolgate/jobs/beating.py"], False),
    ):
        assert bool(suites.storms_due(names, changed)) is said, names


def test_make_quick_runs_all_gates_and_rules_but_the_slow():
    for quick, whole in (("quick-gates", "gates"), ("quick-rulebook", "rulebook")):
        assert suites.SUITES[quick] == (*suites.SUITES[whole], *suites.LEAVING_SLOW)
    text = (ROOT / "Makefile").read_text("utf-8")
    assert "suites.py quick-gates,touched quick-rulebook\n" in text.split("\nquick:")[1]
