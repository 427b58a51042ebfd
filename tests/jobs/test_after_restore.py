"""The worker in a home that was made from a backup: until it is released it asks the networks, and does
nothing else."""

import argparse
from datetime import timedelta

import pytest

from schoolgate.cli import worker
from schoolgate.core import stops
from schoolgate.core.backups.journal import Entry, own
from schoolgate.core.errors import NotNow
from schoolgate.core.models import InstallationStop, LedgerRow, Restoration
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.inbox.models import Item
from schoolgate.jobs.minutely import poll, send_due
from schoolgate.networks.noticeboard.board import leave_comment
from schoolgate.networks.noticeboard.models import NoticeboardPost
from schoolgate.people.models import Person
from schoolgate.publishing.models import Post
from schoolgate.reports import after_restore
from tests.cast import someone
from tests.jobs.test_sweeps import board
from tests.restored import restore_here
from tests.working import do_jobs

__all__ = ["board"]
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
ENDS = argparse.Namespace(until_idle=True, until_grown=False)


@pytest.fixture
def published(board, at):
    """The approved post went out before the backup."""
    send_due(at)
    do_jobs(at)
    return board


def sweep(at) -> None:
    """What the worker's timetable does, should anything start it."""
    send_due(at)
    poll(at)
    do_jobs(at)


def items(board) -> int:
    with scope(board.pk):
        return Item.objects.count()


def test_with_nothing_to_do_it_ends_at_once_says_why_and_has_looked(board, at, monkeypatch, capsys):
    restore_here(backup_at=at - MINUTE, at=at + HOUR)
    monkeypatch.setattr(worker, "now", lambda: at + HOUR)
    assert worker.run_worker(ENDS) == 1
    assert "schoolgate release" in capsys.readouterr().err
    assert Restoration.objects.get().looked_at == at + HOUR
    with scope(board.pk):
        assert Post.objects.get().state == "not_sent"
        assert Duty.objects.filter(kind="delivery.failed", ended_at=None).count() == 1
        assert not NoticeboardPost.objects.exists()


def test_it_waits_until_somebody_releases_it_and_looks_meanwhile(published, at, monkeypatch):
    restore_here(backup_at=at, at=at + HOUR)
    monkeypatch.setattr(worker, "now", lambda: at + HOUR)
    slept = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            after_restore.release(by=None, at=at + HOUR)

    monkeypatch.setattr(worker.time, "sleep", sleep)
    worker.wait_until_released()
    assert len(slept) == 3
    assert Restoration.objects.get().released_by == "command"


def test_no_comment_is_read_and_nothing_is_sent_before_the_release_and_both_afterwards(published, at):
    restore_here(backup_at=at, at=at + HOUR)
    with scope(published.pk):
        leave_comment(post=NoticeboardPost.objects.get(), name="", text="Hello", at=at + HOUR)
    for minute in range(3):
        sweep(at + HOUR + minute * MINUTE)
    assert items(published) == 0

    after_restore.look(clock=lambda: at + HOUR)
    after_restore.release(by=None, at=at + 2 * HOUR)
    for minute in range(3):
        sweep(at + 2 * HOUR + minute * MINUTE)
    assert items(published) == 1
    with scope(published.pk):
        assert Post.objects.get().state == "published"
        assert NoticeboardPost.objects.count() == 1


def test_it_is_not_released_before_the_networks_were_asked_and_only_once(published, at):
    restore_here(backup_at=at, at=at + HOUR)
    with pytest.raises(NotNow, match="hasn’t yet asked the networks"):
        after_restore.release(by=None, at=at + HOUR)
    after_restore.release(by=None, at=at + HOUR, without_looking=True)
    with pytest.raises(NotNow, match="Nothing here needs to be released"):
        after_restore.release(by=None, at=at + HOUR)
    with scope(published.pk):
        told = list(
            LedgerRow.objects.filter(event__startswith="restoration.").values_list("event", flat=True)
        )
    assert told == ["restoration.made", "restoration.released"]


def test_the_stop_of_a_restore_goes_by_a_release_alone_and_one_that_somebody_pressed_stays(published, at):
    restore_here(backup_at=at, at=at + HOUR)
    stops.stop_installation(reason="harm", at=at)
    assert stops.lift_installation(at=at + HOUR) == 1
    stops.stop_installation(reason="harm", at=at + HOUR)
    after_restore.release(by=None, at=at + HOUR, without_looking=True)
    standing = InstallationStop.objects.filter(lifted_at=None)
    assert list(standing.values_list("reason", flat=True)) == ["harm"]


def test_what_was_erased_since_the_backup_is_erased_again_by_the_release(published, at):
    with scope(published.pk):
        person = someone("Lena Leaver", "staff")
        Person.objects.filter(pk=person.pk).update(left_on=at.date())
    restore_here(backup_at=at, at=at + HOUR)
    its = {"because": "asked", "by": "people.person:1", "at": (at + MINUTE).isoformat()}
    erased = Entry.erased(published.slug, "people", person.pk, **its)
    own().write_text(erased.line + "\n")
    after_restore.release(by=None, at=at + HOUR, without_looking=True)
    with scope(published.pk):
        assert Person.objects.get(pk=person.pk).name == f"Person {person.pk}"
