"""What a change touches is run by `make quick`, the nearest first, and what isn't run is said."""

import os
import re
import subprocess
import sys

import pytest

from tests.gates.files import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
import suites
import touched

PLACES = {
    "schoolgate/rota/swaps.py": "",
    "schoolgate/web/rota/templates/rota/week.html": "",
    "tests/working.py": "",
    "tests/rota/test_swaps.py": "",
    "tests/rota/test_other.py": "",
    "tests/jobs/test_names_it.py": "from schoolgate.rota import (\n    leave,\n    swaps,\n)",
    "tests/jobs/test_does_not.py": "from schoolgate.rota import swapsies_of_another",
    "tests/web/test_page.py": 'template = "rota/week.html"',
    "tests/web/test_helped.py": "from tests.working import worker",
}


@pytest.fixture
def tree(tmp_path):
    for name, text in PLACES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    ("changed", "run"),
    [
        (["docs/web.md"], []),
        (["tests/rota/test_other.py"], ["tests/rota/test_other.py"]),
        (
            ["schoolgate/rota/swaps.py"],
            ["tests/rota/test_swaps.py", "tests/jobs/test_names_it.py", "tests/rota/test_other.py"],
        ),
        (["tests/working.py"], ["tests/web/test_helped.py"]),
        (
            ["schoolgate/web/rota/templates/rota/week.html"],
            ["tests/web/test_page.py", "tests/web/test_helped.py"],
        ),
    ],
)
def test_the_nearest_to_a_change_come_first(tree, changed, run):
    assert touched.near(changed, tree) == run


def test_what_isnt_committed_and_what_is_new_is_a_change(tmp_path):
    def git(*words):
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True, capture_output=True)

    git("init", "-b", "main")
    for name in ("kept.py", "committed.py"):
        (tmp_path / name).write_text("1")
        git("add", ".")
        git("commit", "-m", name)
    (tmp_path / "new.py").write_text("1")
    assert touched.changed(tmp_path) == {"committed.py", "new.py"}
    (tmp_path / "kept.py").write_text("2")
    assert touched.changed(tmp_path) == {"committed.py", "new.py", "kept.py"}


TAKES = """
    import time
    began = time.process_time()
    while time.process_time() - began < {}:
        pass
"""
"""Of the processor; `time.sleep` takes time of the clock alone."""


@pytest.fixture
def within(tmp_path):
    """`within(0.2, changed=1, a="...", b="...")`: which tests of these files run within so many seconds, and
    what the report says is left."""

    def run(seconds, *, changed=0, options=(), **texts):
        files = [tmp_path / f"test_{name}.py" for name in texts]
        for file, text in zip(files, texts.values(), strict=True):
            file.write_text(text)
        report = tmp_path / "report.xml"
        words = (
            "-v",
            "-p",
            "no:cacheprovider",
            "-p",
            "tests.quick",
            "-c",
            "/dev/null",
            f"--junitxml={report}",
        )
        asked = ("--within", str(seconds), "--changed", str(changed), *options)
        ran = subprocess.run(
            [sys.executable, "-m", "pytest", *words, *asked, *map(str, files)],
            cwd=ROOT,
            env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
            check=False,
            capture_output=True,
            text=True,
        )
        found = suites.read("touched", report, 1.0, ran.returncode)
        return re.findall(r"(\w+\.py::\w+) PASSED", ran.stdout), found

    return run


def some(*names, takes=0.0):
    return "".join(f"def test_{name}():{TAKES.format(takes)}" for name in names)


def test_the_nearest_file_is_run_whole_and_what_is_not_begun_is_named(within):
    ran, found = within(0.1, a=some("one", "two", takes=0.2), b=some("three", "four"))
    assert ran == ["test_a.py::test_one", "test_a.py::test_two"]
    assert found.good
    assert re.search(r"touched +2 of 4 ", found.line())
    assert "test_b.py (2)" in found.notes[0]
    assert "test_a.py" not in found.notes[0]


def test_what_waits_takes_none_of_the_limit(within):
    waits = "import time\ndef test_one():\n    time.sleep(0.3)\n"
    ran, found = within(0.2, a=waits, b=some("two"))
    assert ran == ["test_a.py::test_one", "test_b.py::test_two"]
    assert (found.good, found.notes) == (True, ())


def test_a_dear_changed_test_leaves_half_of_the_limit_to_what_is_nearest_to_the_code(within):
    """The first of both kinds is run whole; of further changed ones what begins within half of the limit."""
    ran, found = within(
        0.4,
        changed=2,
        new=some("dear", takes=0.6),
        other=some("changed"),
        near=some("one", "two"),
        far=some("three"),
    )
    assert ran == [
        "test_new.py::test_dear",
        "test_near.py::test_one",
        "test_near.py::test_two",
        "test_far.py::test_three",
    ]
    assert "test_other.py (1)" in found.notes[0]


def test_where_only_tests_are_changed_they_have_the_whole_limit(within):
    ran, _found = within(0.5, changed=2, a=some("one", takes=0.3), b=some("two"))
    assert ran == ["test_a.py::test_one", "test_b.py::test_two"]


def test_nothing_but_what_touched_leaves_to_others_is_no_failure_and_is_said(within):
    ran, found = within(1, a=some("one"), options=("-m", "browser"))
    assert (ran, found.good, found.tests) == ([], True, 0)
    assert "`make test`" in found.notes[0]


def test_a_failure_of_a_test_that_is_run_is_a_failure(within):
    _ran, found = within(1, a="def test_one():\n    assert False\n")
    assert (found.good, found.failed) == (False, 1)


def test_a_slow_test_is_left_to_make_test_and_named_unless_it_is_asked_for(within):
    slow = "import pytest\n@pytest.mark.slow\n" + some("slow")
    ran, found = within(0, a=slow + some("one"), options=("--leave-slow",))
    assert ran == ["test_a.py::test_one"]
    assert "test_a.py (1)" in found.notes[0]
    assert "`make test`" in found.notes[0]
    ran, found = within(0, a=slow, options=("--leave-slow", "--though", "test_a.py"))
    assert (ran, found.notes) == (["test_a.py::test_slow"], ())


def test_a_changed_test_of_a_changed_module_is_nearer_than_another(tree):
    paths = ["schoolgate/rota/swaps.py", "tests/rota/test_swaps.py", "tests/rota/test_other.py"]
    assert touched.near(paths, tree)[:2] == ["tests/rota/test_swaps.py", "tests/rota/test_other.py"]


def test_changed_tests_leave_half_of_the_places_to_what_is_near_to_the_code():
    near = [f"tests/a/test_{number}.py" for number in range(100)]
    files, changed = touched.nearest(near, set(near[:60]), 40)
    assert (files, changed) == ([*near[:20], *near[60:80]], 20)
    assert touched.nearest(near, set(near[:5]), 40) == (near[:40], 5)
    assert touched.nearest(near, set(near), 40) == (near[:40], 40)


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("schoolgate/rulebook/packs/wootton/pack.yaml", "[wootton"),
        ("schoolgate/rulebook/packs/wootton/examples/posts.yaml", "[wootton"),
        ("tests/rulebook/test_asked.py", "tests/rulebook/test_asked.py"),
        ("tests/gates/test_types.py", "tests/gates/test_types.py"),
        ("schoolgate/rulebook/engine.py", None),
        ("tests/web/test_inbox.py", None),
    ],
)
def test_of_what_is_changed_itself_slow_tests_are_run_too(path, word):
    assert touched.though([path]) == ([word] if word else [])
