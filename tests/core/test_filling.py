"""Filling a database from a backup: all rows as they were, none twice, and nothing of a torn one."""

import psycopg
import pytest

from schoolgate.core import vault
from schoolgate.core.backups import restoring
from schoolgate.core.backups.sealing import BackupTrouble
from schoolgate.core.backups.snapshot import LEAP
from schoolgate.core.events import record
from schoolgate.core.ledger import heads_file, read_heads, sign_heads, verify
from schoolgate.core.models import Federation, InstallationStop, School
from schoolgate.core.postgres.server import DATABASE_SETTINGS
from schoolgate.core.tenancy import scope
from tests import databases
from tests.core.backed_up import HARD, empty, fill, lived_in, made, place, safe

__all__ = ["empty", "lived_in", "made", "place", "safe"]


CATALOGUE = (
    """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), condeferrable, convalidated
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2""",
    """SELECT tablename, policyname, permissive, roles::text, cmd, qual, with_check
    FROM pg_policies ORDER BY 1, 2""",
    """SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), tgenabled
    FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2""",
    """SELECT relname, relrowsecurity, relforcerowsecurity, relacl::text FROM pg_class
    WHERE relnamespace = 'public'::regnamespace ORDER BY 1""",
    "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
)


def test_a_filled_database_has_every_row_and_holds_to_what_a_new_one_does(
    made, safe, empty, lived_in, tmp_path, at
):
    with psycopg.connect(databases.url("superuser", empty)) as other:
        before = [other.execute(question).fetchall() for question in CATALOGUE]
    locks = []

    def count_locks(connection, _found) -> None:
        mine = connection.execute("SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid()")
        locks.append(mine.fetchone()[0])

    loaded = fill(made, safe, empty, tmp_path / "back", last=count_locks)

    with psycopg.connect(databases.url("superuser", empty)) as other:
        assert [other.execute(question).fetchall() for question in CATALOGUE] == before
    with psycopg.connect(databases.url("owner", empty)) as owner:
        assert owner.execute("SELECT count(*) FROM core_school").fetchone() == (0,), "no scope, no rows"
        with pytest.raises(psycopg.errors.CheckViolation, match="only ever added to"), owner.transaction():
            owner.execute("DELETE FROM core_ledgerrow")

    # It changes every table, index and key in one transaction: with each new table it needs more locks.
    most, connections = (
        int(DATABASE_SETTINGS[name]) for name in ("max_locks_per_transaction", "max_connections")
    )
    assert 0 < locks[0] <= most * connections * 3 / 4

    databases.connect_to(empty)
    with scope(lived_in.pk):
        assert School.objects.get(slug="juniors").name == HARD
        assert vault.reveal(1) == "a key"
    assert loaded.rows["core_ledgerrow"] == 5
    assert Federation.objects.get().name == lived_in.name

    # Only the files that a row names come along.
    found = [path.read_bytes() for path in (tmp_path / "back").rglob("*") if path.is_file()]
    assert (found, loaded.files, made.row.files) == ([b"a picture"], 1, 1)

    verdict = verify(lived_in.pk, read_heads(heads_file()))
    assert (verdict.sound, verdict.rows, verdict.beyond) == (True, 5, None)
    with scope(lived_in.pk):
        record("school.added", subject="core.school:9", at=at)
    assert verify(lived_in.pk, read_heads(heads_file())).rows == 6

    # No id that was given since the backup is given again.
    with scope(lived_in.pk):
        assert School.objects.create(name="Infants", slug="infants").pk > LEAP


def waiting_restorations() -> int:
    from schoolgate.core.models import Restoration

    return Restoration.objects.filter(released_at=None).count()


def test_a_restored_database_is_stopped_before_its_rows_can_be_seen(made, safe, empty, home, at):
    loaded = restoring.fill_database(
        made.on.path, safe, databases.url("owner", empty), make_tables=lambda _: None,
        files=home / "f", at=at, tell=lambda *_: None,
    )  # fmt: skip
    databases.connect_to(empty)
    stop = InstallationStop.objects.get()
    assert (stop.reason, stop.placed_by, stop.lifted_at) == ("restored", "restore", None)
    restoring.note_restoration(databases.url("owner", empty), loaded, at=at, sound=True, lost={})
    restoring.note_restoration(databases.url("owner", empty), loaded, at=at, sound=True, lost={})
    assert waiting_restorations() == 1


def test_a_torn_file_brings_no_row_at_all(made, safe, empty, tmp_path):
    whole = made.on.path.read_bytes()
    made.on.path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BackupTrouble):
        fill(made, safe, empty, tmp_path / "files")
    with psycopg.connect(databases.url("superuser", empty)) as other:
        assert other.execute("SELECT count(*) FROM core_federation").fetchone() == (0,)


def test_rows_that_were_signed_since_are_counted_as_lost(made, safe, lived_in, at):
    with scope(lived_in.pk):
        for number in range(3):
            record("school.added", subject=f"core.school:{number + 10}", at=at)
    sign_heads(at)
    found = restoring.read_sealed(made.on.path, safe)
    assert restoring.rows_lost(found, read_heads(heads_file())) == {str(lived_in.pk): 3}


def test_the_home_is_named_only_once_it_is_whole(tmp_path):
    into = tmp_path / "home"
    with pytest.raises(RuntimeError), restoring.beside(into) as draft:
        (draft / "half").touch()
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
    with restoring.beside(into) as draft:
        (draft / "whole").touch()
    assert [path.name for path in into.iterdir()] == ["whole"]
    with pytest.raises(BackupTrouble, match="not empty"), restoring.beside(into):
        pass
