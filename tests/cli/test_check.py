"""`schoolgate check` says of each thing how it stands, and what to do where it does not."""

import argparse
import json
import shutil
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection

from schoolgate.cli import check, checking, demo
from schoolgate.core import env, heartbeats, vault
from schoolgate.core.backups import sealing as backup_keys
from schoolgate.core.backups.making import backup_folder
from schoolgate.core.events import record
from schoolgate.core.home import folder, keys
from schoolgate.core.ledger import heads_file, sign_heads
from schoolgate.core.models import Backup, BackupRehearsal, LedgerRow
from schoolgate.core.tenancy import scope
from schoolgate.rulebook import BadPack, Book
from tests.conftest import as_owner, as_superuser

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def told(monkeypatch):
    """What the surroundings say, for this test alone."""

    def tell(**variables: str) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        env.env.cache_clear()

    yield tell
    env.env.cache_clear()


def a_backup(at, **changes) -> Backup:
    given = {"number": 1, "began_at": at, "ended_at": at, "folder": "/b", "size": 5_000, "digest": "a" * 64}
    return Backup.objects.create(**given | changes)


def test_everything_that_is_looked_at_has_its_place():
    assert set(checking.ORDER) == set(checking.LOOKS)


def test_it_prints_one_line_each_and_fails_where_there_is_something_to_do(federation, capsys):
    asked = argparse.Namespace(json=True, fail_level=None)
    assert check.run_check(asked) == 1
    said = json.loads(capsys.readouterr().out)
    assert [line["what"] for line in said["lines"]] == list(checking.ORDER)
    assert not said["ok"]
    assert [line for line in said["lines"] if not line["ok"] and not line["to_do"]] == []
    assert federation.name not in json.dumps(said)


def test_each_is_asked_at_its_own_instant(db, at, monkeypatch):
    moments = iter(range(len(checking.ORDER)))
    heard = []
    for what in checking.ORDER:
        monkeypatch.setitem(
            checking.LOOKS, what, lambda moment: heard.append(moment) or checking.well("x", "")
        )
    list(checking.all_lines(lambda: at + timedelta(seconds=next(moments))))
    assert heard == [at + timedelta(seconds=number) for number in range(len(checking.ORDER))]


def test_lines_come_as_they_are_found_and_not_at_the_end(db, at, monkeypatch, capsys):
    seen = []
    for what in checking.ORDER:

        def look(_moment, what=what):
            seen.append(capsys.readouterr().out)
            return checking.well(what, "sound")

        monkeypatch.setitem(checking.LOOKS, what, look)
    assert check.run_check(argparse.Namespace(json=False, fail_level=None)) == 0
    assert seen == ["", *(f"ok    {what}: sound\n" for what in checking.ORDER[:-1])]


def test_where_nothing_was_set_up_yet_that_is_said_once_and_how_to_begin(db, monkeypatch, capsys):
    no_tables = SimpleNamespace(loader=SimpleNamespace(applied_migrations={}))  # what Django makes of it
    monkeypatch.setattr(checking, "MigrationExecutor", lambda _connection: no_tables)
    assert check.run_check(argparse.Namespace(json=False, fail_level=None)) == 1
    said = capsys.readouterr().out
    assert said.startswith("LOOK  database: nothing was set up in ")
    assert "schoolgate up" in said
    assert "could not be checked" not in said
    assert len(said.splitlines()) == 2


def test_what_cannot_be_looked_at_hides_nothing_of_the_others(db, at, monkeypatch):
    def broken(_):
        raise ValueError("Cara Smith")

    monkeypatch.setitem(checking.LOOKS, "disk", broken)
    found = {line.what: line for line in checking.all_lines(lambda: at)}
    assert "ValueError" in found["disk"].says
    assert "Cara" not in found["disk"].says
    assert set(found) == set(checking.ORDER)


def test_a_database_that_goes_meanwhile_is_one_line_and_what_needs_none_is_checked(
    own_database, at, monkeypatch
):
    (keys() / "vault.keys").touch(mode=0o600)
    a_backup(at)
    found = checking.all_lines(lambda: at)
    assert next(found).ok
    with monkeypatch.context() as gone:
        gone.setitem(connection.settings_dict, "PORT", "1")
        connection.close()
        rest = {line.what: line for line in found}
    connection.close()
    assert [*rest][:5] == ["parts", "policies", "files", "disk", "folders"]
    assert rest["disk"].ok
    assert rest["keys"].ok
    last = [*rest.values()][-1]
    needed = "settings, protection, record, keeping, clock, mail, backups, heartbeats"
    assert (last.what, last.ok) == ("database", False)
    assert last.says == f"it stopped responding, so these weren't checked: {needed}"
    assert "could not be checked" not in str(rest)


def test_a_home_of_a_newer_release_and_a_setting_that_is_none_are_something_to_do(own_database, at, told):
    assert checking.settings(at).ok
    told(SCHOOLGATE_PROT="8000")
    line = checking.settings(at)
    assert line.says == "SCHOOLGATE_PROT is not a setting, so it changes nothing"
    assert line.to_do == "Did you mean PORT?"
    with as_owner() as owner:
        owner.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('core', '0999_from_tomorrow', now())"
        )
    line = checking.database(at)
    assert not line.ok
    assert line.says.startswith(
        "this installation has been used with a newer release of Schoolgate (core.0999"
    )
    assert line.to_do.startswith("Reinstall that release")


def test_it_says_which_optional_parts_are_installed(at, monkeypatch):
    monkeypatch.setattr(checking.films, "can_read", lambda: True)
    monkeypatch.setattr(checking.faces, "can_look", lambda: False)
    monkeypatch.setattr(checking.words, "can_read", lambda: False)
    monkeypatch.setattr(checking.proof, "can_prove", lambda: False)
    assert checking.parts(at).says == "optional parts: film installed; without faces, words, prove"
    assert checking.parts(at).ok


def test_policies_that_cannot_be_used_are_something_to_do(at, monkeypatch):
    assert checking.policies(at).ok

    def spoiled(self):
        if self.key == "wootton":
            raise BadPack("wootton/rules/posts.yaml, line 3", "no fact purpos")

    monkeypatch.setattr(Book, "check", spoiled)
    line = checking.policies(at)
    assert (line.ok, line.says) == (False, "1 of 5 policies can't be used")
    assert "wootton" not in str(line)


def test_a_table_without_its_protection_is_named(own_database, at):
    assert checking.protection(at).ok
    with as_owner() as owner:
        owner.execute("ALTER TABLE core_school NO FORCE ROW LEVEL SECURITY")
    assert "core_school" in checking.protection(at).says


def test_tables_of_another_release_are_something_to_do(own_database, at):
    assert checking.database(at).ok
    with as_superuser() as intruder:
        intruder.execute("DELETE FROM django_migrations WHERE id = (SELECT max(id) FROM django_migrations)")
    assert not checking.database(at).ok


def test_a_record_that_was_changed_is_found_by_its_signed_head(own_database, make_federation, at):
    here = make_federation()
    with scope(here.pk):
        record("stop.lifted", subject=here, at=at, actor=None, school=None)
    sign_heads(at)
    assert checking.record(at).ok
    with as_superuser() as intruder:
        intruder.execute("SET session_replication_role = replica")
        intruder.execute("UPDATE core_ledgerrow SET hash = decode(repeat('00', 32), 'hex')")
    assert not checking.record(at).ok
    heads_file().write_text("{}\n")
    assert not checking.record(at).ok


def test_an_example_that_is_told_of_the_past_is_signed_at_once_and_no_record_is_taken_for_a_lost_one(
    own_database, make_federation, at, monkeypatch
):
    heartbeats.note("hourly.record_heads", at=at)

    def tell(key, *, now, heard):
        here = make_federation(slug=key, is_example=True)
        with scope(here.pk):
            record("stop.lifted", subject=here, at=at - timedelta(days=30), actor=None, school=None)
        return True

    monkeypatch.setattr("schoolgate.cli.demo.telling.tell", tell)
    assert demo.run_demo(argparse.Namespace(federation="wildground")) == 0
    assert checking.record(at).ok


def test_a_record_that_is_gone_and_heads_that_are_gone_are_found(own_database, make_federation, at, told):
    here = make_federation()
    with scope(here.pk):
        record("stop.lifted", subject=here, at=at, actor=None, school=None)
    sign_heads(at)
    heartbeats.note("hourly.record_heads", at=at + timedelta(hours=1))
    signed = heads_file().read_bytes()
    heads_file().unlink()
    assert "the file of signed heads has none of federation" in checking.record(at).says
    told(SCHOOLGATE_KEEPS_RECORD="0")
    assert checking.record(at).ok, "another machine has them"
    told(SCHOOLGATE_KEEPS_RECORD="1")
    heads_file().write_bytes(signed)
    assert checking.record(at).ok
    with as_superuser() as intruder:
        intruder.execute("SET session_replication_role = replica")
        intruder.execute("DELETE FROM core_federation")
    assert "is gone with it" in checking.record(at).says


def test_open_folders_and_keys_are_named_and_closed_ones_are_not(db, at):
    folder("files")
    (keys() / "vault.keys").touch(mode=0o600)
    assert checking.folders(at).ok
    (keys() / "vault.keys").chmod(0o640)
    folder("files").chmod(0o755)
    found = checking.folders(at)
    assert (found.ok, "keys/vault.keys" in found.says, "files" in found.says) == (False, True, True)


def test_keys_beside_the_backups_and_keys_that_are_gone(db, federation, at):
    with scope(federation.pk):
        vault.put("network", "a key", about="accounts.account:1")
    assert checking.keys_apart(at).ok
    shutil.copy(keys() / "vault.keys", backup_folder() / "vault.keys")
    assert not checking.keys_apart(at).ok
    (backup_folder() / "vault.keys").unlink()
    (keys() / "vault.keys").unlink()
    assert "missing" in checking.keys_apart(at).says


def test_backups_in_the_folder_of_keys(db, at, told):
    told(SCHOOLGATE_BACKUP_FOLDER=str(keys() / "b"))
    assert not checking.keys_apart(at).ok


def test_a_clock_that_is_wrong_is_found_by_the_database_and_by_the_record(federation):
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        right = cursor.fetchone()[0]
    assert checking.clock(right).ok
    assert not checking.clock(right + timedelta(days=1)).ok
    with scope(federation.pk):
        record("stop.lifted", subject=federation, at=right + timedelta(days=1), actor=None, school=None)
    assert LedgerRow.objects.count() == 0
    assert "future" in checking.clock(right).says


@pytest.mark.parametrize(
    ("surroundings", "ok"),
    [
        ({}, True),
        ({"SCHOOLGATE_LISTEN_ON": "0.0.0.0"}, False),
        ({"SCHOOLGATE_PUBLIC_ADDRESS": "http://social.example", "SCHOOLGATE_TRUSTED_PROXIES": "1"}, False),
        ({"SCHOOLGATE_PUBLIC_ADDRESS": "https://social.example"}, False),
        ({"SCHOOLGATE_PUBLIC_ADDRESS": "https://social.example", "SCHOOLGATE_TRUSTED_PROXIES": "1"}, True),
    ],
)
def test_address_https_and_proxies_go_together(at, told, surroundings, ok):
    told(**surroundings)
    assert checking.address(at).ok == ok


def test_examples_are_not_to_be_reached_from_outside(make_federation, at, told):
    make_federation(is_example=True)
    assert checking.examples(at).ok
    told(SCHOOLGATE_PUBLIC_ADDRESS="https://social.example")
    assert not checking.examples(at).ok


def test_a_record_that_nobody_has_signed_yet_is_told_as_that(db, federation, at):
    assert checking.record(at).ok
    assert (
        checking.record(at).says == "no row has been signed yet: the program signs them hourly while it runs"
    )


def test_room_for_two_backups_is_wanted(db, at):
    assert checking.disk(at).ok
    a_backup(at, size=10**15)
    assert not checking.disk(at).ok


def test_backups_are_new_and_were_tried_out(db, at):
    assert "none" in checking.backups(at).says
    assert "key-new" in checking.backups(at).to_do
    backup_keys.new_key(at)
    assert "key-new" not in checking.backups(at).to_do  # another key would not open what the safe's opens
    a_backup(at)
    assert "no test restore" in checking.backups(at).says
    assert "within a day" in checking.backups(at).to_do
    early = at - timedelta(minutes=1)
    BackupRehearsal.objects.create(number=1, began_at=early, ended_at=early, rows=0, trouble="broke")
    assert "test restore failed" in checking.backups(at).says
    assert "within a day" not in checking.backups(at).to_do
    BackupRehearsal.objects.create(number=1, began_at=at, ended_at=at, rows=3)
    assert checking.backups(at + timedelta(days=2)).ok
    assert not checking.backups(at + timedelta(days=2, seconds=1)).ok


def test_what_has_to_run_was_heard_of(db, at):
    assert "no worker" in checking.running(at).says
    heartbeats.begin(at=at)
    for what in heartbeats.LONGEST_SILENCE:
        heartbeats.note(what, at=at)
    assert checking.running(at + timedelta(minutes=5)).ok
    assert "worker" in checking.running(at + timedelta(minutes=6)).says


def test_mail_that_nobody_has_proven_is_something_to_do(db, at, told):
    assert not checking.mail(at).ok
    told(SCHOOLGATE_DELIVER_FOR_REAL="1")
    assert "confirmed" in checking.mail(at).says


def test_of_several_machines_one_keeps_what_lies_on_one_alone(told, db, at, monkeypatch):
    here = heartbeats.this_machine()
    told(SCHOOLGATE_KEEPS_RECORD="0")
    assert checking.keeping(at).says == "no machine keeps signed heads, journal and backups"
    heartbeats.note_keeper(at=at)
    told(SCHOOLGATE_KEEPS_RECORD="1")
    assert checking.keeping(at).ok
    monkeypatch.setattr(heartbeats, "this_machine", lambda: "other")
    assert checking.keeping(at).says.startswith(f"{here} keeps")
    assert "SCHOOLGATE_KEEPS_RECORD=0" in checking.keeping(at).to_do
    told(SCHOOLGATE_KEEPS_RECORD="0")
    assert checking.keeping(at) == checking.well("keeping", f"{here} keeps signed heads, journal and backups")
    heartbeats.note_keeper(at=at)
    assert "several machines" in checking.keeping(at).says
    later = at + heartbeats.LONGEST_SILENCE[heartbeats.KEEPING]
    assert checking.keeping(later).says == "no machine keeps signed heads, journal and backups"
