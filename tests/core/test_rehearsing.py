"""The weekly rehearsal of a restore: what came of it is kept, what failed is tried again soon, and somebody
is told. The command itself is run for real in `tests/cli/test_from_an_earlier_release.py`."""

import json
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from schoolgate.core.backups import making
from schoolgate.core.backups.making import backup_folder, make_backup
from schoolgate.core.backups.sealing import BackupTrouble
from schoolgate.core.clock import LONDON
from schoolgate.core.env import env
from schoolgate.core.errors import NotFound
from schoolgate.core.home import folder
from schoolgate.core.models import BackupRehearsal
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.jobs import daily, hourly
from tests.cast import someone
from tests.core.backed_up import lived_in, place, safe
from tests.restored import restore_here

__all__ = ["lived_in", "place", "safe"]
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@pytest.fixture
def made(lived_in, safe, at):
    """A backup where the worker puts it."""
    return make_backup(at=at)


def ending(code: int = 0, **said: object):
    """A command that ends like this, and says this; `words` are those that it was started with."""

    def run(words: list[str]) -> "subprocess.CompletedProcess[str]":
        run.words = words
        return subprocess.CompletedProcess(words, code, stdout=json.dumps(said), stderr="trouble")

    return run


def rehearse(at, run) -> BackupRehearsal:
    return making.rehearse(at=at, clock=lambda: at, run=run)


def test_one_in_which_every_row_came_back_is_kept_as_such(made, at):
    row = rehearse(at, ending(rows=made.row.rows))
    assert (row.trouble, row.rows, row.number) == ("", made.row.rows, 1)
    assert making.standing(at).trouble == ""


@pytest.mark.parametrize(
    ("code", "more_rows", "trouble"),
    [(0, 1, "not_sound"), (0, -1, "not_sound"), (3, 0, "not_sound"), (1, 0, "broke")],
)
def test_one_that_failed_is_kept_with_what_went_wrong(made, at, code, more_rows, trouble):
    row = rehearse(at, ending(code, rows=made.row.rows + more_rows))
    assert (row.trouble, row.rows) == (trouble, 0)
    assert making.standing(at).trouble == "rehearsal"


@pytest.mark.parametrize("error", [OSError(28, "full"), subprocess.TimeoutExpired("restore", 1)])
def test_one_that_could_not_even_run_is_kept_too(made, at, error):
    def run(_: list[str]) -> "subprocess.CompletedProcess[str]":
        raise error

    assert rehearse(at, run).trouble == "broke"


def test_one_that_says_nothing_is_no_success(made, at):
    assert rehearse(at, ending()).trouble == "broke"


def test_a_good_one_is_repeated_after_a_week_and_a_failed_one_the_next_day(made, at):
    assert making.is_due(at)
    rehearse(at, ending(1))
    assert not making.is_due(at + making.AGAIN - SECOND)
    assert making.is_due(at + DAY)
    rehearse(at + DAY, ending(rows=made.row.rows))
    assert not making.is_due(at + DAY + making.EVERY - SECOND)
    assert making.is_due(at + DAY + making.EVERY)


def test_a_backup_is_made_once_a_day_from_its_hour_on_and_never_without_a_key(made, at, monkeypatch):
    tomorrow = (at.astimezone(LONDON) + DAY).replace(hour=env().backup_hour, minute=0, second=0)
    assert not hourly.backup_is_due(at.astimezone(LONDON).replace(hour=23))
    assert not hourly.backup_is_due(tomorrow - SECOND)
    assert hourly.backup_is_due(tomorrow)

    def no_key() -> None:
        raise BackupTrouble("no_key", "There is no key.")

    monkeypatch.setattr(hourly.sealing, "recipient", no_key)
    assert not hourly.backup_is_due(tomorrow)


def test_what_a_killed_one_has_left_is_removed_first(made, at):
    left = folder("run", "rehearsal") / "home"
    left.mkdir()

    def run(words: list[str]) -> "subprocess.CompletedProcess[str]":
        assert not left.exists()
        return ending(rows=made.row.rows)(words)

    assert rehearse(at, run).trouble == ""
    assert not left.parent.exists()


def test_the_newest_is_tried_where_it_was_put_and_not_an_older_one_that_no_key_here_opens(made, place, at):
    elsewhere = make_backup(at=at, to=place)
    run = ending(rows=elsewhere.row.rows)
    assert rehearse(at, run).number == 2
    assert str(elsewhere.on.path) in run.words
    assert str(made.on.path) not in run.words


def test_one_on_a_disk_that_is_not_there_is_not_tried(made, place, at):
    make_backup(at=at, to=place)
    place.rename(place.with_name("unplugged"))
    assert not making.is_due(at)
    with pytest.raises(NotFound):
        rehearse(at, ending())
    assert list(Path(backup_folder()).glob("*.age")) == [made.on.path]


def test_the_one_who_looks_after_the_federation_is_asked_until_it_comes_back(made, lived_in, at, monkeypatch):
    with scope(lived_in.pk):
        ada = someone("Ada Min", "slt")

    def asked() -> list[int]:
        with scope(lived_in.pk):
            open_now = Duty.objects.filter(kind="backup.look", ended_at=None)
            return list(open_now.values_list("person_id", flat=True))

    for day, code, people in ((0, 1, [ada.pk]), (1, 0, [])):
        monkeypatch.setattr(making, "_run", ending(code, rows=made.row.rows))
        daily.backups(at + day * DAY)
        hourly.backups(at + day * DAY + timedelta(minutes=7))
        assert asked() == people, day


def test_a_backup_that_is_older_than_two_days_is_the_same_task(made, lived_in, at, monkeypatch):
    with scope(lived_in.pk):
        ada = someone("Ada Min", "slt")
    monkeypatch.setattr(hourly, "backup_is_due", lambda _: False)
    for late, people in ((making.LATEST, []), (making.LATEST + SECOND, [ada.pk])):
        hourly.backups(at + late)
        with scope(lived_in.pk):
            assert list(Duty.objects.filter(kind="backup.look").values_list("person_id", flat=True)) == people


def test_in_a_restored_home_the_numbers_go_on_after_the_backup_that_it_was_made_from(lived_in, safe, at):
    restore_here(backup_at=at, at=at)
    assert make_backup(at=at).row.number == 8
