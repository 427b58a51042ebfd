"""`schoolgate audit`: what whoever checks the record is told."""

import argparse
import json

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from schoolgate.cli import audit
from schoolgate.core.ledger.appending import append
from schoolgate.core.ledger.entries import Entry
from schoolgate.core.ledger.heads import heads_file, read_heads, sign_heads
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
    audit.arguments(parser)
    return audit.run(parser.parse_args(words))


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
