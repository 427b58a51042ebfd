"""kill -9 while the export of a federation is made: there is no file, and the next run makes a whole one."""

from __future__ import annotations

import signal

import pytest

from schoolgate.core.backups import restoring
from schoolgate.core.backups.federation import export_federation
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from tests.faults.dying import in_another_process, kill_at

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]
EXPORTING, WRITING = "schoolgate.core.backups.federation", "schoolgate.core.backups.federation"
STEPS = {
    "the tables are being read": (WRITING, "_highest", "after"),
    "the words are written": (WRITING, "_write_words", "after"),
    "all is read back, and not named yet": (EXPORTING, "read_again", "after"),
}
"""What is going on -> the function at which the process is killed, and on which side of it."""


def test_killed_at_each_step_leaves_no_file_and_the_next_run_makes_a_whole_one(
    own_database, make_federation, home, at, tmp_path
):
    federation = make_federation()
    with scope(federation.pk):
        School.objects.create(name="Juniors", slug="juniors")
    folder = tmp_path / "exports"
    folder.mkdir()
    to = folder / "out.age"

    def exports() -> None:
        export_federation(federation, to, at=at)

    for what, step in STEPS.items():

        def dies(step=step) -> None:
            kill_at(*step)
            exports()

        assert in_another_process(dies) == -signal.SIGKILL, what
        assert not to.exists(), what
        assert [one.name for one in folder.iterdir()] == [".out.age.draft"], what

    key, made = export_federation(federation, to, at=at)
    assert [one.name for one in folder.iterdir()] == ["out.age"]
    assert to.stat().st_size == made.size
    assert restoring.read_sealed(to, key).one_federation

    to.unlink()
    assert in_another_process(exports) == 0  # what nothing stops comes to its end
    assert to.exists()
