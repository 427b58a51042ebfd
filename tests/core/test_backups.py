"""Writing a backup and filling a database from it: whole, closed again, and told plainly where something is
wrong."""

import io
import json
import tarfile
from collections.abc import Iterator
from datetime import timedelta
from gzip import GzipFile
from pathlib import Path

import psycopg
import pyrage
import pytest
from django.db import connection

from schoolgate.core import files, vault
from schoolgate.core.backups import BackupTrouble, keys, restoring, sealing, shelf
from schoolgate.core.backups.loading import LEAP, Loaded, load
from schoolgate.core.backups.making import Made, make_backup, seal_whole_keys
from schoolgate.core.events import record
from schoolgate.core.ledger import verify
from schoolgate.core.ledger.heads import heads_file, key_from_pem, public_key, read_heads, sign_heads
from schoolgate.core.migrations import ONLY_BEFORE
from schoolgate.core.models import Backup, Federation, InstallationStop, School
from schoolgate.core.postgres.server import DATABASE_SETTINGS
from schoolgate.core.tenancy import scope
from tests import databases
from tests.conftest import as_superuser

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
HARD = 'Ysgol Tŵr\t"\\N"\nwith a second line'


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return folder


@pytest.fixture
def lived_in(own_database, home, make_federation, at) -> Federation:
    """A federation with rows, a stored file that a row names and one that none does, a "
    "secret, signed heads."""
    here = make_federation()
    named = files.keep(b"a picture", "image/png", federation_id=here.pk)
    files.keep(b"nobody speaks of this one", "image/png", federation_id=here.pk)
    with scope(here.pk):
        School.objects.create(name=HARD, slug="juniors")
        vault.put("network", "a key", about="accounts.account:1")
        School.objects.create(name=f"Keeper of {named.digest}", slug="keeper")
        for number in range(1, 6):
            record("school.added", subject=f"core.school:{number}", at=at)
    sign_heads(at)
    return here


@pytest.fixture
def safe(home, at) -> str:
    """The private key, as it lies in the safe."""
    return keys.new_key(at)[0]


@pytest.fixture
def made(lived_in, safe, place, at) -> Made:
    return make_backup(at=at, to=place)


@pytest.fixture
def empty(template_database) -> Iterator[str]:
    """Another database with all tables and no row."""
    name = databases.clone(template_database)
    yield name
    databases.drop(name)


def fill(made: Made, key: str, name: str, into: Path) -> Loaded:
    with made.on.path.open("rb") as file, sealing.opened(file, key) as opened:
        return load(
            opened, databases.url("owner", name), make_tables=lambda _: None, last=lambda *_: None, files=into
        )


def pieces_of(made: Made, key: str) -> dict[str, bytes]:
    """What other programs find: age, gzip and tar, without this one."""
    identity = pyrage.x25519.Identity.from_str(key.strip().splitlines()[-1])
    plain = pyrage.decrypt(made.on.path.read_bytes(), [identity])
    with GzipFile(fileobj=io.BytesIO(plain)) as unzipped, tarfile.open(fileobj=unzipped, mode="r|") as tar:
        return {each.name: tar.extractfile(each).read() for each in tar}


def test_all_rows_come_back_as_they_were(made, safe, empty, lived_in, tmp_path):
    loaded = fill(made, safe, empty, tmp_path / "files")
    databases.connect_to(empty)
    with scope(lived_in.pk):
        assert School.objects.get(slug="juniors").name == HARD
        assert vault.reveal(1) == "a key"
    assert {name: count for name, count in loaded.rows.items() if name == "core_ledgerrow"} == {
        "core_ledgerrow": 5
    }
    assert Federation.objects.get().name == lived_in.name


def test_what_the_database_holds_to_is_the_same_as_in_a_new_one(made, safe, empty, tmp_path):
    with psycopg.connect(databases.url("superuser", empty)) as other:
        before = [other.execute(question).fetchall() for question in CATALOGUE]
    fill(made, safe, empty, tmp_path / "files")
    with psycopg.connect(databases.url("superuser", empty)) as other:
        assert [other.execute(question).fetchall() for question in CATALOGUE] == before
    with psycopg.connect(databases.url("owner", empty)) as owner:
        assert owner.execute("SELECT count(*) FROM core_school").fetchone() == (0,), "no scope, no rows"
        with pytest.raises(psycopg.errors.CheckViolation, match="only ever added to"), owner.transaction():
            owner.execute("DELETE FROM core_ledgerrow")


def test_the_record_verifies_against_the_signed_heads_and_goes_on(made, safe, empty, lived_in, tmp_path, at):
    fill(made, safe, empty, tmp_path / "files")
    databases.connect_to(empty)
    verdict = verify(lived_in.pk, read_heads(heads_file()))
    assert (verdict.sound, verdict.rows, verdict.beyond) == (True, 5, None)
    with scope(lived_in.pk):
        record("school.added", subject="core.school:9", at=at)
    assert verify(lived_in.pk, read_heads(heads_file())).rows == 6


def test_only_the_files_that_a_row_names_come_along(made, safe, empty, lived_in, tmp_path):
    loaded = fill(made, safe, empty, tmp_path / "back")
    found = [path.read_bytes() for path in (tmp_path / "back").rglob("*") if path.is_file()]
    assert (found, loaded.files, made.row.files) == ([b"a picture"], 1, 1)


def test_no_id_that_was_given_since_the_backup_is_given_again(made, safe, empty, lived_in, tmp_path):
    fill(made, safe, empty, tmp_path / "files")
    databases.connect_to(empty)
    with scope(lived_in.pk):
        assert School.objects.create(name="Infants", slug="infants").pk > LEAP


def test_the_keys_are_not_in_it_and_age_gzip_and_tar_open_it(made, safe, home):
    found = pieces_of(made, safe)
    assert {name.split("/")[0] for name in found} == {"head.json", "tables", "record", "files", "end.json"}
    everything = b"".join(found.values())
    for secret in (home / "keys").iterdir():
        if secret.is_file():
            assert secret.read_bytes().strip() not in everything, secret.name


def test_what_is_said_beside_it_names_nobody(made):
    said = made.on.note.read_text()
    assert json.loads(said)["rows"]["core_school"] == 2
    assert "Ysgol" not in said
    assert "Keeper" not in said


def test_the_key_in_the_safe_opens_it_and_another_does_not(made, safe):
    other = str(pyrage.x25519.Identity.generate())
    assert restoring.read_sealed(made.on.path, safe).files == 1
    with pytest.raises(BackupTrouble, match="does not open this backup") as told:
        restoring.read_sealed(made.on.path, other)
    assert told.value.code == "wrong_key"
    with pytest.raises(BackupTrouble, match="AGE-SECRET-KEY"):
        restoring.read_sealed(made.on.path, "hello")


def test_the_home_itself_opens_the_newest_and_no_older_one(made, place, at):
    newest = make_backup(at=at + timedelta(days=1), to=place)
    assert restoring.read_sealed(newest.on.path, keys.newest()).end["number"] == 2
    with pytest.raises(BackupTrouble, match="does not open"):
        restoring.read_sealed(made.on.path, keys.newest())


@pytest.mark.parametrize(
    "where", ["cut", "cut in the middle", "altered at the start", "altered", "at the end"]
)
def test_a_file_that_was_cut_or_altered_is_told(made, safe, where):
    whole = made.on.path.read_bytes()
    changed = {
        "cut": whole[:-1],
        "cut in the middle": whole[: len(whole) // 2],
        "altered at the start": whole[:30] + bytes([whole[30] ^ 1]) + whole[31:],
        "altered": whole[: len(whole) // 2]
        + bytes([whole[len(whole) // 2] ^ 1])
        + whole[len(whole) // 2 + 1 :],
        "at the end": whole[:-1] + bytes([whole[-1] ^ 1]),
    }[where]
    made.on.path.write_bytes(changed)
    with pytest.raises(BackupTrouble) as told:
        restoring.read_sealed(made.on.path, safe)
    assert told.value.code in ("damaged", "wrong_key")
    assert (
        "This file is incomplete or has been altered. Nothing was restored. Use another backup, or another"
        in str(told.value)
        or where == "altered at the start"
    )


def test_a_backup_that_somebody_else_made_is_not_taken_for_ours(made, safe):
    found = restoring.read_sealed(made.on.path, safe)
    assert restoring.check_signature(found, public_key()).known
    found.end["rows"]["core_school"] = 3
    with pytest.raises(
        BackupTrouble,
        match="This backup was not made by the installation whose key you gave: its signature is not",
    ):
        restoring.check_signature(found, key_from_pem(found.public_key))


def test_a_backup_of_a_newer_release_is_refused_in_words(made, safe):
    found = restoring.read_sealed(made.on.path, safe)
    known = set(found.migrations)
    restoring.check_known_migrations(found, known)
    with pytest.raises(BackupTrouble, match="newer release") as told:
        restoring.check_known_migrations(found, known - {("core", "0001_initial")})
    assert told.value.code == "newer"


def test_a_backup_from_before_the_first_release_is_refused_in_words(made, safe):
    found = restoring.read_sealed(made.on.path, safe)
    known = set(found.migrations)
    found.head["migrations"] = [*found.migrations, ONLY_BEFORE]
    with pytest.raises(BackupTrouble, match="before the first release"):
        restoring.check_known_migrations(found, known)


def test_the_newest_is_the_one_with_the_greatest_number_whatever_the_clock_says(made, place, at):
    behind = make_backup(at=at - timedelta(days=1), to=place)
    assert [each.number for each in shelf.shelf(place)] == [2, 1]
    assert shelf.shelf(place)[0].path == behind.on.path
    assert (made.clock_behind, behind.clock_behind) == (None, timedelta(days=1))


def test_numbers_go_on_after_those_that_lie_there_though_the_rows_know_of_none(made, place, at):
    with as_superuser() as intruder:
        intruder.execute("DELETE FROM core_backup")
    assert make_backup(at=at, to=place).row.number == 2


def test_the_oldest_go_only_after_the_new_one_was_read_again(made, place, at, monkeypatch):
    make_backup(at=at, to=place, keep=2)
    third = make_backup(at=at, to=place, keep=2)
    assert (third.gone, [each.number for each in shelf.shelf(place)]) == ([1], [3, 2])
    monkeypatch.setattr(sealing, "opened", lambda *_: (_ for _ in ()).throw(BackupTrouble("damaged", "torn")))
    with pytest.raises(BackupTrouble, match="torn"):
        make_backup(at=at, to=place, keep=1)
    assert [each.number for each in shelf.shelf(place)] == [3, 2]
    assert list(place.glob(".*")) == []


def test_without_a_key_nothing_is_written_and_the_next_step_is_said(lived_in, place, at):
    with pytest.raises(BackupTrouble, match="backup key-new"):
        make_backup(at=at, to=place)
    assert list(place.iterdir()) == []
    assert Backup.objects.get().trouble == "no_key"


def test_too_little_room_is_told_before_anything_is_written(made, place, at, monkeypatch):
    monkeypatch.setattr(shelf.shutil, "disk_usage", lambda _: Room)
    with pytest.raises(BackupTrouble, match="are free") as told:
        make_backup(at=at, to=place)
    assert told.value.code == "no_space"
    assert [each.number for each in shelf.shelf(place)] == [1]


class Room:
    free = 10


@pytest.mark.parametrize("after", [0, 1])
def test_a_disk_that_is_full_halfway_leaves_what_was_there(made, place, at, monkeypatch, after):
    class Full(io.FileIO):
        written = 0

        def write(self, data):
            Full.written += 1
            if Full.written > after:
                raise OSError(28, "No space left on device")
            return super().write(data)

    from contextlib import contextmanager

    from schoolgate.core.backups import making

    @contextmanager
    def full(path):
        with Full(path, "w") as file:
            yield file

    before = made.on.path.read_bytes()
    monkeypatch.setattr(making, "private_file", full)
    with pytest.raises(BackupTrouble, match="no space left") as told:
        make_backup(at=at, to=place)
    assert told.value.code == "no_space"
    assert made.on.path.read_bytes() == before
    assert sorted(path.name for path in place.iterdir()) == sorted([made.on.path.name, made.on.note.name])
    assert Backup.objects.order_by("-pk").first().trouble == "no_space"


def test_a_table_of_which_the_role_sees_only_a_part_is_never_left_out_in_silence(made, place, at):
    with as_superuser() as admin:
        admin.execute("CREATE POLICY narrow ON core_school AS RESTRICTIVE USING (false)")
    with pytest.raises(BackupTrouble, match="core_school"):
        make_backup(at=at, to=place)


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


def test_a_restore_needs_at_most_three_quarters_of_the_locks_that_the_server_has(made, safe, empty, home, at):
    """It changes every table, index and key in one transaction: with each new table it needs more."""
    seen = []

    def count(connection, _found) -> None:
        mine = connection.execute("SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid()")
        seen.append(mine.fetchone()[0])

    with made.on.path.open("rb") as source, sealing.opened(source, safe) as opened:
        load(
            opened, databases.url("owner", empty), make_tables=lambda _: None, last=count, files=None,
        )  # fmt: skip
    locks, connections = (
        int(DATABASE_SETTINGS[name]) for name in ("max_locks_per_transaction", "max_connections")
    )
    assert 0 < seen[0] <= locks * connections * 3 / 4


def waiting_restorations() -> int:
    from schoolgate.core.models import Restoration

    return Restoration.objects.filter(released_at=None).count()


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


def test_the_file_of_keys_opens_with_its_passphrase_alone(made, home):
    sealed = keys.seal_keys("correct horse battery staple")
    found = keys.open_keys(sealed, "correct horse battery staple")
    assert found["vault.keys"] == (home / "keys" / "vault.keys").read_bytes()
    assert "backup-newest.txt" not in found
    with pytest.raises(BackupTrouble, match="passphrase does not open"):
        keys.open_keys(sealed, "correct horse battery stapler")
    with pytest.raises(BackupTrouble, match="The passphrase must have at least"):
        keys.seal_keys("too short")


def test_the_file_of_keys_of_a_home_that_has_signed_and_sealed_nothing_yet_is_whole(home):
    found = keys.open_keys(seal_whole_keys("correct horse battery staple"), "correct horse battery staple")
    for name in ("record-heads.pem", "vault.keys"):
        assert found[name] == (home / "keys" / name).read_bytes()


def test_the_private_key_is_not_kept_in_the_home(safe, home):
    secret = safe.strip().splitlines()[-1]
    assert secret.startswith("AGE-SECRET-KEY-1")
    assert [p for p in home.rglob("*") if p.is_file() and secret.encode() in p.read_bytes()] == []


def test_two_at_once_make_one(made, place, at):
    with psycopg.connect(databases.url("app", connection.settings_dict["NAME"])) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [0x5C400B0C])
        with pytest.raises(BackupTrouble, match="Another backup"):
            make_backup(at=at, to=place)
