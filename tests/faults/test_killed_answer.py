"""kill -9 while the answer to a request about data is made: it is there whole, or made again, and once."""

from __future__ import annotations

import io
import json
import signal
import zipfile
from datetime import datetime, timedelta

import pytest

from schoolgate.core import sealed_files
from schoolgate.core.clock import local_day, now
from schoolgate.core.home import files, folder
from schoolgate.core.models import LedgerRow, School
from schoolgate.core.tenancy import scope
from schoolgate.inbox.actions import paste_in
from schoolgate.jobs.hourly import evidence
from schoolgate.policy.actions import adopt
from schoolgate.rights import actions
from schoolgate.rights.answer import making
from schoolgate.rights.models import Answer
from tests.cast import someone
from tests.conftest import recorded
from tests.faults.dying import in_another_process, kill_at
from tests.publishing.conftest import account_on
from tests.rights.asking import entered

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]
WRITING, MAKING = "schoolgate.rights.answer.writing", "schoolgate.rights.answer.making"
STEPS = {
    "nothing is written yet": ("schoolgate.core.sealed_files", "Draft", "before"),
    "a PDF was typeset": (WRITING, "pdf_apart", "after"),
    "the files are next": (WRITING, "_add_files", "before"),
    "JSON is written": (WRITING, "_add_data", "after"),
    "the table is written": (WRITING, "_add_table", "after"),
    "the last bytes are sealed": (MAKING, "sealed_files.Draft.close", "after"),
    "the file is in the store, no row names it": (MAKING, "sealed_files.keep", "after"),
    "the row is written, not committed": ("schoolgate.rights.actions.answering", "record", "after"),
    "all is done": (MAKING, "sealed_files.Draft.drop", "before"),
}
"""What is going on -> the function at which the process is killed, and on which side of it."""
COMMENTS = 3
HOUR = timedelta(hours=1)


@pytest.mark.parametrize("step", STEPS)
def test_killed_there_the_answer_is_made_once_and_whole(
    own_database, make_federation, home, at, monkeypatch, step
):
    monkeypatch.setattr(making, "AT_ONCE", 2)
    untypeset(monkeypatch)
    federation = make_federation().pk
    answer = asked(federation, at)

    def dies() -> None:
        kill_at(*STEPS[step])
        making.make(federation, answer, clock=lambda: at)

    assert in_another_process(dies) == -signal.SIGKILL
    done = step == "all is done"
    with scope(federation):
        row = Answer.objects.get()
        assert (row.state, bool(row.file)) == (("ready", True) if done else ("making", False))

    making.make(federation, answer, clock=lambda: at)
    making.make(federation, answer, clock=lambda: at)

    with scope(federation):
        row = Answer.objects.get()
        made = [one for one in recorded() if one.event == "rights.answer_made"]
        assert LedgerRow.objects.filter(event="rights.answer_made").count() == len(made) == 1
    assert (row.state, row.done, row.total, row.volumes) == ("ready", COMMENTS, COMMENTS, 1)
    whole = b"".join(sealed_files.read_proven(row.file, row.digest, federation_id=federation))
    bundle = zipfile.ZipFile(io.BytesIO(whole))
    assert bundle.testzip() is None
    assert len(json.loads(bundle.read("data.json"))["pieces"]) == COMMENTS
    # What the dead process left is no one's, and goes with the next sweep.
    evidence.run(now() + 2 * HOUR)
    assert stored(federation) == [row.file]
    assert list(folder("evidence").iterdir()) == []


def test_two_workers_on_one_answer_leave_one_file(own_database, make_federation, home, at, monkeypatch):
    federation = make_federation().pk
    answer = asked(federation, at)
    untypeset(monkeypatch)
    real, others = sealed_files.keep, []

    def keep(name: str, *, federation_id: int) -> None:
        real(name, federation_id=federation_id)
        if not others:
            others.append(name)
            making.make(federation, answer, clock=lambda: at)

    monkeypatch.setattr(sealed_files, "keep", keep)
    making.make(federation, answer, clock=lambda: at)

    with scope(federation):
        row = Answer.objects.get()
        assert [one.event for one in recorded()].count("rights.answer_made") == 1
    assert stored(federation) == [row.file]
    assert row.file != others[0]


def untypeset(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do without the typesetter, whose threads don't survive a fork."""
    for name in ("pdf_of", "pdf_apart"):
        monkeypatch.setattr(f"{WRITING}.{name}", lambda *_form, **_at: b"%PDF-1.7\n%%EOF\n")


def asked(federation: int, at: datetime) -> int:
    """Have comments found and given, and an answer asked for; return its number."""
    with scope(federation):
        school = School.objects.create(name="Juniors", slug="juniors")
        sam = someone("Sam Slater", "slt")
        adopt(by=sam, at=at)
        ben = someone("Ben Carter", "lead-staff-member")
        account = account_on("facebook", school, at)
        for number in range(COMMENTS):
            when = at - (number + 1) * HOUR
            paste_in(
                by=ben, at=at, account=account, text=f"Miriam Secretwood {number}", author="A Parent",
                appeared_at=when, private=False,
            )  # fmt: skip
        request = actions.enter(
            by=sam, at=at,
            entered=entered(kind="access", received_on=local_day(at), lead=sam, school=school),
        )  # fmt: skip
        row = actions.start_gathering(by=sam, at=at, request=request, lines="Miriam Secretwood")
        while actions.gather_some(at=at, gathering=row.pk):
            pass
        rows = list(request.found.values_list("pk", flat=True))
        actions.decide(by=sam, at=at, request=request, rows=rows, decision="given")
        return actions.make_answer(by=sam, at=at, request=request, language="en", letter="Dear Miriam").pk


def stored(federation: int) -> list[str]:
    """The names of the sealed files in the federation's store."""
    return [path.name for path in (files() / str(federation)).glob("??/*")]
