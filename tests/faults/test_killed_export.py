"""kill -9 while the export of a federation is made: there is no file, and the next run makes a whole one."""

from __future__ import annotations

import signal

import pytest

from schoolgate.core.backups import restoring
from schoolgate.core.backups.exporting import export_federation
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from tests.faults.dying import in_another_process, kill_at

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]
EXPORTING, WRITING = "schoolgate.core.backups.exporting", "schoolgate.core.backups.federation"
STEPS = {
    "the tables are being read": (WRITING, "_highest", "after"),
    "the words are written": (WRITING, "_write_words", "after"),
    "all is read back, and not named yet": (EXPORTING, "read_again", "after"),
}
"""What is going on -> the function at which the process is killed, and on which side of it."""


@pytest.mark.parametrize("step", STEPS)
def test_killed_there_leaves_no_file_and_the_next_run_makes_a_whole_one(
    own_database, make_federation, home, at, tmp_path, step
):
    federation = make_federation()
    with scope(federation.pk):
        School.objects.create(name="Juniors", slug="juniors")
    folder = tmp_path / "exports"
    folder.mkdir()
    to = folder / "out.age"

    def dies() -> None:
        kill_at(*STEPS[step])
        export_federation(federation, to, at=at)

    assert in_another_process(dies) == -signal.SIGKILL
    assert not to.exists()
    assert [one.name for one in folder.iterdir()] == [".out.age.draft"]

    key, made = export_federation(federation, to, at=at)
    assert [one.name for one in folder.iterdir()] == ["out.age"]
    assert to.stat().st_size == made.size
    assert restoring.read_sealed(to, key).one_federation


def test_what_nothing_stops_comes_to_its_end(own_database, make_federation, home, at, tmp_path):
    federation, to = make_federation(), tmp_path / "out.age"
    assert in_another_process(lambda: export_federation(federation, to, at=at)) == 0
    assert to.exists()
