"""`schoolgate audit`: what whoever checks the record is told."""

import argparse
import json
from dataclasses import asdict
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from schoolgate.cli import record
from schoolgate.core import heartbeats
from schoolgate.core.home import add_lines
from schoolgate.core.ledger import (
    BEFORE_RESTORE,
    Left,
    heads_file,
    left_file,
    note,
    read_heads,
    sign_heads,
)
from schoolgate.core.ledger_rows import Entry, append
from schoolgate.core.tenancy import scope
from tests.conftest import as_superuser


@pytest.fixture
def filled(own_database, make_federation, home, at):
    """Two federations; Wildground's record has three rows, two of them signed."""
    federation = make_federation()
    make_federation("wootton", "wootton")
    add(federation, at, 2)
    sign_heads(at)
    add(federation, at, 1)
    return federation


def add(federation, at, count):
    with scope(federation.id):
        append(federation.id, [Entry("post.approved", "publishing.post:9", at)] * count)


def audited(*words: str) -> int:
    parser = argparse.ArgumentParser()
    record.audit_arguments(parser)
    return record.run_audit(parser.parse_args(words))


def test_a_sound_record_says_what_lies_beyond_the_last_signed_head(filled, capsys):
    assert audited("verify") == 0
    assert capsys.readouterr().out == (
        "wildground: sound, 3 rows\n"
        "  the last matching signed head is row 2, of 2027-01-19T10:30:00Z\n"
        "  rows 3 to 3 come after the last signed head, so no outside copy confirms them\n"
        "wootton: sound, 0 rows\n"
    )


def test_a_bad_row_is_named_and_the_status_says_so(filled, capsys):
    with as_superuser() as intruder:
        intruder.execute("SET session_replication_role = replica")
        intruder.execute("UPDATE core_ledgerrow SET event = 'post.refused' WHERE number = 2")
    assert audited("verify", "--federation", "wildground") == 1
    assert capsys.readouterr().out.splitlines()[0] == (
        "wildground: NOT SOUND. First bad row: 2; its columns do not match its bytes"
    )


def test_the_result_can_be_read_by_a_program(filled, capsys):
    assert audited("verify", "--json", "--federation", "wildground") == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["slug"], found["sound"], found["rows"], found["beyond"]) == ("wildground", True, 3, [3, 3])


def test_heads_from_elsewhere_are_taken_by_name(filled, tmp_path, capsys):
    copy = tmp_path / "from-the-governors.jsonl"
    copy.write_text(heads_file().read_text())
    heads_file().unlink()
    assert audited("verify", "--federation", "wildground") == 0
    assert "come after" in capsys.readouterr().out.splitlines()[1]
    assert audited("verify", "--anchors", str(copy), "--federation", "wildground") == 0
    assert "row 2" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("verify", "--anchors", "/nowhere/heads"), "/nowhere/heads"),
        (("verify", "--federation", "nowhere"), "there is no federation nowhere"),
    ],
)
def test_what_is_not_there_is_one_line_and_status_two(filled, capsys, words, said):
    assert audited(*words) == 2
    told = capsys.readouterr().err
    assert told.startswith("schoolgate audit: ")
    assert said in told
    assert told.count("\n") == 1


def test_a_forged_file_of_heads_is_named(filled, capsys):
    heads_file().write_text(heads_file().read_text().replace('"number": 2', '"number": 3'))
    assert audited("verify") == 2
    assert (
        capsys.readouterr().err
        == "schoolgate audit: line 1 of heads.jsonl is not a head signed with this key\n"
    )


def test_the_printed_key_checks_the_heads(filled, capsys):
    assert audited("key") == 0
    key = load_pem_public_key(capsys.readouterr().out.encode())
    assert [head.number for head in read_heads(heads_file(), key)] == [2]


def test_a_federation_that_is_gone_with_its_whole_record_is_named_by_its_signed_head(filled, capsys):
    take_away(filled)
    assert audited("verify") == 1
    assert capsys.readouterr().out.splitlines()[-1] == (
        f"federation {filled.pk}: NOT SOUND. First bad row: 1; the federation and its whole record are gone; "
        "rows up to 2 were signed at 2027-01-19T10:30:00Z"
    )


def test_a_federation_that_left_with_a_signed_line_is_not_missed_and_one_with_a_made_up_line_is(
    filled, capsys
):
    take_away(filled)
    line = Left(filled.pk, "wildground", "2027-01-19T12:00:00+00:00", 9, 3, "00", done=True)
    add_lines(left_file(), [json.dumps(asdict(line))])
    assert audited("verify") == 1
    note(line)
    assert audited("verify") == 0


def test_a_record_that_was_deleted_whole_is_named(filled, capsys):
    with as_superuser() as intruder:
        intruder.execute("SET session_replication_role = replica")
        for table in ("core_ledgerrow", "core_ledgerhead"):
            intruder.execute(f"DELETE FROM {table}")
    assert audited("verify", "--federation", "wildground") == 1
    assert "rows up to 2 were signed and are missing" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("signed", "status"), [(timedelta(hours=1), 1), (timedelta(minutes=10, seconds=1), 1), (timedelta(), 0)]
)
def test_a_file_of_heads_that_is_gone_is_missed_once_the_record_was_signed(
    filled, capsys, at, signed, status
):
    """A record that began a moment before or after the signing may not be in it yet."""
    heads_file().unlink()
    heartbeats.note("hourly.record_heads", at=at + signed)
    assert audited("verify") == status
    assert ("the file of signed heads has none of them" in capsys.readouterr().out) == bool(status)


def test_a_restored_installation_with_a_new_key_has_signed_nothing_yet(filled, capsys, at):
    heads_file().rename(heads_file().with_name(BEFORE_RESTORE))
    heartbeats.note("hourly.record_heads", at=at + timedelta(hours=1))
    assert audited("verify") == 0


def test_a_last_line_that_was_cut_off_is_told_left_out_and_taken_off_by_the_next_signing(filled, capsys, at):
    whole = heads_file().read_bytes()
    heads_file().write_bytes(whole + whole[:40])
    assert audited("verify") == 0
    assert capsys.readouterr().out.startswith("The last line of the file of signed heads was cut off")
    sign_heads(at + timedelta(hours=1))
    assert [head.number for head in read_heads(heads_file())] == [2, 3]
    assert audited("verify") == 0
    assert "cut off" not in capsys.readouterr().out


def test_a_line_cut_off_between_others_is_no_accident_and_named(filled, capsys):
    whole = heads_file().read_bytes()
    heads_file().write_bytes(whole[:40] + b"\n" + whole)
    assert audited("verify") == 2
    assert "line 1 of heads.jsonl" in capsys.readouterr().err


def take_away(federation):
    """All of a federation goes, as its database's owner can have it go."""
    with as_superuser() as intruder:
        intruder.execute("SET session_replication_role = replica")
        for table in ("core_ledgerrow", "core_ledgerhead"):
            intruder.execute(f"DELETE FROM {table} WHERE federation_id = {federation.pk}")
        intruder.execute(f"DELETE FROM core_federation WHERE id = {federation.pk}")
