"""Writing a backup: whole, closed, kept until the next one was read again, and told plainly where something
is wrong."""

import io
import json
from base64 import b85decode
from datetime import timedelta

import psycopg
import pyrage
import pytest
from django.db import connection

from schoolgate.core.backups import restoring, sealing
from schoolgate.core.backups.making import make_backup, seal_whole_keys
from schoolgate.core.backups.sealing import BackupTrouble
from schoolgate.core.ledger import key_from_pem, public_key
from schoolgate.core.migrations import ONLY_BEFORE
from schoolgate.core.models import Backup
from tests import databases
from tests.conftest import as_superuser
from tests.core.backed_up import empty, lived_in, made, pieces_of, place, safe

__all__ = ["empty", "lived_in", "made", "place", "safe"]


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
    assert restoring.read_sealed(newest.on.path, sealing.newest()).end["number"] == 2
    with pytest.raises(BackupTrouble, match="does not open"):
        restoring.read_sealed(made.on.path, sealing.newest())


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


@pytest.mark.parametrize("early", ONLY_BEFORE)
def test_a_backup_from_before_the_first_release_is_refused_in_words(made, safe, early):
    found = restoring.read_sealed(made.on.path, safe)
    known = set(found.migrations)
    found.head["migrations"] = [*found.migrations, early]
    with pytest.raises(BackupTrouble, match="before the first release"):
        restoring.check_known_migrations(found, known)


def test_the_newest_is_the_one_with_the_greatest_number_whatever_the_clock_says(made, place, at):
    behind = make_backup(at=at - timedelta(days=1), to=place)
    assert [each.number for each in sealing.shelf(place)] == [2, 1]
    assert sealing.shelf(place)[0].path == behind.on.path
    assert (made.clock_behind, behind.clock_behind) == (None, timedelta(days=1))


def test_numbers_go_on_after_those_that_lie_there_though_the_rows_know_of_none(made, place, at):
    with as_superuser() as intruder:
        intruder.execute("DELETE FROM core_backup")
    assert make_backup(at=at, to=place).row.number == 2


def test_the_oldest_go_only_after_the_new_one_was_read_again(made, place, at, monkeypatch):
    make_backup(at=at, to=place, keep=2)
    third = make_backup(at=at, to=place, keep=2)
    assert (third.gone, [each.number for each in sealing.shelf(place)]) == ([1], [3, 2])
    monkeypatch.setattr(sealing, "opened", lambda *_: (_ for _ in ()).throw(BackupTrouble("damaged", "torn")))
    with pytest.raises(BackupTrouble, match="torn"):
        make_backup(at=at, to=place, keep=1)
    assert [each.number for each in sealing.shelf(place)] == [3, 2]
    assert list(place.glob(".*")) == []


def test_without_a_key_nothing_is_written_and_the_next_step_is_said(lived_in, place, at):
    with pytest.raises(BackupTrouble, match="backup key-new"):
        make_backup(at=at, to=place)
    assert list(place.iterdir()) == []
    assert Backup.objects.get().trouble == "no_key"


def test_too_little_room_is_told_before_anything_is_written(made, place, at, monkeypatch):
    monkeypatch.setattr(sealing.shutil, "disk_usage", lambda _: Room)
    with pytest.raises(BackupTrouble, match="are free") as told:
        make_backup(at=at, to=place)
    assert told.value.code == "no_space"
    assert [each.number for each in sealing.shelf(place)] == [1]


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


QUICK = b85decode(
    "VP|D6Wo~0~d2n=TZ*DGca%V4gF$yg{Aai4Kd2n<fYI0V1Z)sU@S4cE=aBXKVPBU0Sa6uq33PE;aV^wrectuEXPf<ZuVopYRadBiT"
    "byGrSa5OVYHdAD0aCK5aS88rF3N0-yAazPgYDZBuV{R~WbTvXmV`^byL1|e^R&6p<a5Q>rYinmuZccDjNN+hs3h1h*fF;08T_nC;"
    "&cMO=a%v0C=!1J_rf=RCGrzsT*hir*l6B8EYW@"
)
"""*not a tar*, sealed with the passphrase below as age does it, but with two rounds: who tries another one
needn't wait for seconds."""


def test_the_file_of_keys_opens_with_its_passphrase_alone(made, home):
    sealed = sealing.seal_keys("correct horse battery staple")
    how_slow = sealed.split(b"\n")[1].split()
    assert (how_slow[1], int(how_slow[3]) >= 14) == (b"scrypt", True)
    found = sealing.open_keys(sealed, "correct horse battery staple")
    assert found["vault.keys"] == (home / "keys" / "vault.keys").read_bytes()
    assert "backup-newest.txt" not in found
    with pytest.raises(BackupTrouble, match="can't be read"):
        sealing.open_keys(QUICK, "correct horse battery staple")
    with pytest.raises(BackupTrouble, match="passphrase does not open"):
        sealing.open_keys(QUICK, "correct horse battery stapler")
    with pytest.raises(BackupTrouble, match="The passphrase must have at least"):
        sealing.seal_keys("too short")


def test_the_file_of_keys_of_a_home_that_has_signed_and_sealed_nothing_yet_is_whole(home, monkeypatch):
    monkeypatch.setattr(pyrage.passphrase, "encrypt", lambda content, _passphrase: content)
    found = sealing.keys_in(seal_whole_keys("correct horse battery staple"))
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
