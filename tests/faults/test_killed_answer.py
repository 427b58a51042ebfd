"""kill -9 while the answer to a request about data is made: it is there whole, or made again, and once."""

from __future__ import annotations

import io
import json
import signal
import zipfile
from datetime import timedelta
from types import SimpleNamespace

import pytest

from schoolgate.core import sealed_files
from schoolgate.core.clock import now
from schoolgate.core.home import files, folder
from schoolgate.core.models import LedgerRow
from schoolgate.core.tenancy import scope
from schoolgate.jobs.hourly import evidence
from schoolgate.rights.answering import make
from schoolgate.rights.models import Answer
from tests.conftest import recorded
from tests.faults.asked import COMMENTS, answer_asked
from tests.faults.dying import in_another_process, kill_at

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]
WRITING, MAKING = "schoolgate.rights.answer_files", "schoolgate.rights.answering"
STEPS = {
    "the files are next": (WRITING, "_add_files", "before"),
    "the last bytes are sealed": (MAKING, "sealed_files.Draft.close", "after"),
    "the file is in the store, no row names it": (MAKING, "sealed_files.keep", "after"),
    "the row is written, not committed": (MAKING, "record", "after"),
    "all is done": (MAKING, "sealed_files.Draft.drop", "before"),
}
"""What is going on -> the function at which the process is killed, and on which side of it."""
HOUR = timedelta(hours=1)


@pytest.fixture
def there(own_database, home, in_world, at, monkeypatch) -> SimpleNamespace:
    untypeset(monkeypatch)
    return in_world(answer_asked, at)


def test_killed_at_each_step_the_answer_is_made_once_and_whole(there, at, monkeypatch):
    monkeypatch.setattr(f"{MAKING}.AT_ONCE", 2)
    federation, answer = there.federation, there.answer
    for what, step in STEPS.items():

        def dies(step=step) -> None:
            kill_at(*step)
            make(federation, answer, clock=lambda: at)

        assert in_another_process(dies) == -signal.SIGKILL, what
        done = what == "all is done"
        with scope(federation):
            row = Answer.objects.get()
            assert (row.state, bool(row.file)) == (("ready", True) if done else ("making", False)), what

    make(federation, answer, clock=lambda: at)
    make(federation, answer, clock=lambda: at)

    with scope(federation):
        row = Answer.objects.get()
        made = [one for one in recorded() if one.event == "rights.answer_made"]
        assert LedgerRow.objects.filter(event="rights.answer_made").count() == len(made) == 1
    assert (row.state, row.done, row.total, row.volumes) == ("ready", COMMENTS, COMMENTS, 1)
    whole = b"".join(sealed_files.read_proven(row.file, row.digest, federation_id=federation))
    bundle = zipfile.ZipFile(io.BytesIO(whole))
    assert bundle.testzip() is None
    assert len(json.loads(bundle.read("data.json"))["pieces"]) == COMMENTS
    # What the dead processes left is no one's, and goes with the next sweep.
    assert len(stored(federation)) > 1
    evidence(now() + 2 * HOUR)
    assert stored(federation) == [row.file]
    assert list(folder("evidence").iterdir()) == []


def test_two_workers_on_one_answer_leave_one_file(there, at, monkeypatch):
    federation, answer = there.federation, there.answer
    real, others = sealed_files.keep, []

    def keep(name: str, *, federation_id: int) -> None:
        real(name, federation_id=federation_id)
        if not others:
            others.append(name)
            make(federation, answer, clock=lambda: at)

    monkeypatch.setattr(sealed_files, "keep", keep)
    make(federation, answer, clock=lambda: at)

    with scope(federation):
        row = Answer.objects.get()
        assert [one.event for one in recorded()].count("rights.answer_made") == 1
    assert stored(federation) == [row.file]
    assert row.file != others[0]


def untypeset(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do without the typesetter, whose threads don't survive a fork."""
    for name in ("pdf_of", "pdf_apart"):
        monkeypatch.setattr(f"{WRITING}.{name}", lambda *_form, **_at: b"%PDF-1.7\n%%EOF\n")


def stored(federation: int) -> list[str]:
    """The names of the sealed files in the federation's store."""
    return [path.name for path in (files() / str(federation)).glob("??/*")]
