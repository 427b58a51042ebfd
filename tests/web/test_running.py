"""Who administers sees that something stands still, on every page and on one of its own; the web process
raises the alarm, for a dead worker cannot."""

import fcntl
import json
import threading
from datetime import timedelta

import pytest
import structlog
from django.test import Client

from schoolgate.core import heartbeats
from schoolgate.core.clock import now
from schoolgate.core.home import folder
from schoolgate.core.models import Backup
from schoolgate.core.tenancy import scope
from schoolgate.notices.alarm import tell_administrators
from schoolgate.notices.models import SignInMail
from schoolgate.web.running import monitoring
from schoolgate.web.running.monitoring import Watch
from schoolgate.web.running.running import WHAT
from tests.cast import someone
from tests.conftest import as_owner
from tests.web.plain import check_page

STRIP = "Part of Schoolgate has stopped working"
LONG_AGO = timedelta(days=3)


@pytest.fixture
def capture_log():
    with structlog.testing.capture_logs() as lines:
        yield lines


def all_beat(at) -> None:
    heartbeats.begin(at=at - timedelta(minutes=1))
    for what in heartbeats.LONGEST_SILENCE:
        heartbeats.note(what, at=at)


def test_each_thing_that_must_run_has_words():
    assert set(heartbeats.LONGEST_SILENCE) <= set(WHAT)


def test_an_administrator_sees_it_on_every_page_and_a_teacher_does_not(cast, sign_in, federation):
    keeper, teacher = sign_in(cast("Ada Min", "slt")), sign_in(cast("Cara", "staff"))
    all_beat(now())
    assert STRIP not in keeper.get("/people").content.decode()
    all_beat(now() - LONG_AGO)
    assert STRIP in keeper.get("/people").content.decode()
    assert STRIP not in teacher.get("/today").content.decode()
    page = keeper.get("/running").content.decode()
    assert (
        "Nothing is running in the background. Posts aren’t published, comments aren’t read and reminders"
        in page
    )
    check_page(page, "en")
    assert teacher.get("/running").status_code == 403


def test_the_page_says_when_all_is_well(cast, sign_in, federation):
    all_beat(now())
    page = sign_in(cast("Ada Min", "slt")).get("/running").content.decode()
    assert "All background tasks are running" in page
    check_page(page, "en")


def test_backups_that_are_made_no_more_are_named(cast, sign_in, federation):
    long_ago = now() - LONG_AGO
    Backup.objects.create(
        number=1, began_at=long_ago, ended_at=long_ago, folder="/b", size=5, digest="a" * 64
    )
    assert "Backups aren’t being made" in sign_in(cast("Ada Min", "slt")).get("/running").content.decode()


@pytest.mark.django_db
def test_a_monitor_reads_it_without_anybody_being_named(client: Client):
    all_beat(now())
    assert client.get("/healthz?work").status_code == 200
    all_beat(now() - LONG_AGO)
    plain, asked = client.get("/healthz"), client.get("/healthz?work")
    assert (plain.status_code, asked.status_code) == (200, 503)
    assert plain.json()["work"] == "standing still"
    assert set(plain.json()) == {"status", "database", "work", "version"}


def test_the_web_process_says_it_once_an_hour_and_tells_once_a_day(federation, at, capture_log):
    told = []
    watch = Watch(tell=told.append)
    all_beat(at)
    assert watch.look(at) == []
    later = at + LONG_AGO
    for minutes in (0, 1, 59, 61):
        assert "worker" in watch.look(later + timedelta(minutes=minutes))
    assert len(told) == 1
    assert [line["event"] for line in capture_log if line["log_level"] == "error"] == ["standing still"] * 2
    assert "worker" in json.dumps(capture_log)
    all_beat(later)
    assert watch.look(later) == []
    assert Watch(tell=told.append).look(later + timedelta(hours=2))
    assert len(told) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("stuck", ["minutely.send_due", "lane.sending", "minutely.poll"])
def test_one_stuck_sweep_of_many_is_told_to_a_monitor_and_in_a_mail_of_its_own(client: Client, stuck):
    told = []
    watch = Watch(tell=told.append)
    backups_are_late = "daily.backups"
    began = now() - timedelta(minutes=30)
    heartbeats.begin(at=began - LONG_AGO)
    for what in set(heartbeats.LONGEST_SILENCE) - {backups_are_late}:
        heartbeats.note(what, at=now())
    heartbeats.note(backups_are_late, at=began - LONG_AGO)
    watch.look(now())
    heartbeats.note(stuck, at=began)
    assert watch.look(now()) == [
        what for what in heartbeats.LONGEST_SILENCE if what in (stuck, backups_are_late)
    ]
    assert [stuck in mail for mail in told] == [False, True]
    assert client.get("/healthz?work").status_code == 503


def test_one_of_the_processes_that_serve_watches_and_another_follows_it(monkeypatch):
    looks = threading.Event()
    monkeypatch.setattr(monitoring, "_look_again_and_again", looks.set)
    with (folder("run") / "watching.lock").open("ab") as the_other:
        fcntl.flock(the_other, fcntl.LOCK_EX)
        monitoring.start()
        assert not looks.wait(0.3)
    assert looks.wait(20)


def test_who_administers_is_mailed_and_nobody_else(own_database, make_federation, at):
    here = make_federation()
    with scope(here.pk):
        keeper, other = someone("Ada Min", "slt"), someone("Cara", "staff")
    tell_administrators(["worker", "minutely.poll"], clock=lambda: at)
    addresses = list(SignInMail.objects.values_list("address", flat=True))
    assert addresses == [keeper.email]
    assert other.email not in addresses


def test_a_restored_home_is_meant_to_stand_still(own_database, at):
    all_beat(at)
    later = at + LONG_AGO
    assert heartbeats.standing_still(later)
    with as_owner() as connection:
        connection.execute(
            """INSERT INTO core_restoration (number, backup_at, restored_at, sound, lost, told, released_by)
            VALUES (1, now(), now(), true, '{}', '{}', '')"""
        )
    assert heartbeats.standing_still(later) == []
