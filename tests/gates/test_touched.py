"""What a change touches is run by `make quick`, the nearest first, and what isn't run is said."""

import os
import subprocess
import sys

import pytest

from tests.gates.files import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
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


def test_what_would_begin_too_late_is_named_and_not_run(tmp_path):
    file = tmp_path / "test_slow.py"
    file.write_text(
        "import time\ndef test_first():\n    time.sleep(0.3)\ndef test_second():\n    raise SystemError\n"
    )
    words = ("-q", "-p", "no:cacheprovider", "-p", "tests.days.within", "--within", "0.01", "-c", "/dev/null")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *words, str(file)],
        cwd=ROOT,
        env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        check=False,
        capture_output=True,
        text=True,
    )
    assert "Not begun in time: 2 tests of 1 files, from" in ran.stdout
    assert "SystemError" not in ran.stdout
