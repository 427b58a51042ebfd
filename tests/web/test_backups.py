"""The page on which those who look after the federation see whether everything could be put back."""

from datetime import timedelta

from schoolgate.core.backups.making import standing
from schoolgate.core.models import Backup, BackupRehearsal, Restoration
from schoolgate.core.restored import awaiting_release
from schoolgate.duties.models import Duty
from schoolgate.reports.after_restore import look
from schoolgate.reports.running import watch_backups
from tests.cast import someone
from tests.restored import restore_here
from tests.web.plain import check_page

HOUR = timedelta(hours=1)


def a_backup(at, **changes) -> Backup:
    given = {
        "number": 1,
        "began_at": at,
        "ended_at": at,
        "folder": "/b",
        "size": 5_000_000,
        "digest": "a" * 64,
    }
    return Backup.objects.create(**given | changes)


def test_it_says_what_there_is_and_what_is_missing(scoped, at):
    assert standing(at).trouble == "none"
    a_backup(at)
    assert standing(at + timedelta(days=2)).trouble == ""
    assert standing(at + timedelta(days=2, seconds=1)).trouble == "old"
    BackupRehearsal.objects.create(number=1, began_at=at, ended_at=at, trouble="not_sound")
    assert standing(at).trouble == "rehearsal"
    BackupRehearsal.objects.create(number=1, began_at=at + timedelta(hours=1), ended_at=at, rows=9)
    assert standing(at).trouble == ""


def test_a_try_that_failed_does_not_hide_the_backup_before(scoped, at):
    a_backup(at)
    a_backup(at, number=2, trouble="no_space", size=0, digest="")
    found = standing(at)
    assert (found.newest.number, found.failed.trouble, found.trouble) == (1, "no_space", "")


def test_whoever_looks_after_the_federation_is_asked_until_it_is_well(scoped, at):
    keeper = someone("Ada Min", "slt")
    assert watch_backups(at=at, standing=standing(at))
    assert watch_backups(at=at, standing=standing(at))
    asked = [duty.person for duty in Duty.objects.filter(kind="backup.look", state="open")]
    assert len(asked) == 1
    a_backup(at)
    assert not watch_backups(at=at, standing=standing(at))
    assert Duty.objects.filter(kind="backup.look", ended_at=None).count() == 0
    assert keeper.pk


def test_an_administrator_reads_it_and_a_teacher_does_not(cast, sign_in, federation):
    page = sign_in(cast("Ada Min", "slt")).get("/backups")
    assert page.status_code == 200, page.content
    assert "There is no backup yet" in page.content.decode()
    check_page(page.content.decode(), "en")
    assert sign_in(cast("Cara", "staff")).get("/backups").status_code == 403


def restored(federation, at, **changes) -> Restoration:
    """The home of these tests as one that was just restored."""
    given = {"backup_at": at - HOUR, "at": at} | changes
    return restore_here(**given)


def read(browser, address: str) -> str:
    page = browser.get(address)
    assert page.status_code == 200, page.content
    check_page(page.content.decode(), "en")
    return page.content.decode()


def test_in_a_restored_home_everybody_is_told_and_an_administrator_sees_what_to_look_at(
    own_database, cast, sign_in, federation, at
):
    restored(federation, at, lost={str(federation.pk): 2})
    ada, cara = sign_in(cast("Ada Min", "slt")), sign_in(cast("Cara", "staff"))
    assert "Restored from a backup" in read(cara, "/today")
    assert "See what to check first" not in read(cara, "/today")
    assert "See what to check first" in read(ada, "/today")
    page = read(ada, "/backups")
    assert "2 records from after the backup are lost." in page
    assert (
        "Schoolgate hasn’t checked with the networks yet. It takes a minute, then you can release it here."
        in page
    )
    assert "Release restored installation" not in page


def test_one_whose_record_does_not_fit_says_so_first(own_database, cast, sign_in, federation, at):
    restored(federation, at, sound=False)
    page = read(sign_in(cast("Ada Min", "slt")), "/backups")
    assert (
        "The record was altered or damaged. Don’t release this until the person who runs the server has"
        in page
    )


def test_the_administrator_of_the_only_federation_releases_it_once_the_networks_were_asked(
    own_database, cast, sign_in, federation, at
):
    restored(federation, at)
    ada, cara = sign_in(cast("Ada Min", "slt")), sign_in(cast("Cara", "staff"))
    assert ada.post("/backups/release").status_code == 409
    assert awaiting_release() is not None
    look(clock=lambda: at)
    assert "Release restored installation" in read(ada, "/backups")
    assert cara.post("/backups/release").status_code == 403
    assert "Release" in read(ada, "/backups/release")
    assert awaiting_release() is not None, "looking at the page releases nothing"
    assert ada.post("/backups/release").status_code == 302
    assert awaiting_release() is None
    assert "Last restored from a backup of" in read(ada, "/backups")
    assert "restored from a backup" not in read(ada, "/today")


def test_where_several_federations_live_none_releases_it_for_the_others(
    own_database, cast, sign_in, federation, make_federation, at
):
    make_federation("wootton", "wootton")
    restored(federation, at)
    look(clock=lambda: at)
    ada = sign_in(cast("Ada Min", "slt"))
    assert "Several federations share this server, so each checks its own posts and comments." in read(
        ada, "/backups"
    )
    assert ada.post("/backups/release").status_code == 403
    assert awaiting_release() is not None
