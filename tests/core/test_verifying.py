"""Checking the record: no row can be changed, removed or added without being found and named."""

import threading
from datetime import timedelta
from hashlib import sha256

import psycopg
import pytest
from django.db import connection

from schoolgate.core import ledger
from schoolgate.core.ledger import BadAnchor, heads_file, read_heads, sign_heads, verify
from schoolgate.core.ledger_rows import stored_bytes
from schoolgate.core.models import LedgerRow
from schoolgate.core.tenancy import scope
from tests.core.rows import entry, fill, tamper

INSERTED = (
    "INSERT INTO core_ledgerrow (federation_id, number, at, actor, event, subject, clauses, previous_hash, "
    "hash, stored) VALUES (%s, 3, %s, '', 'post.approved', 'publishing.post:33', '{}', %s, %s, %s)"
)


def test_an_empty_record_is_sound(federation):
    verdict = verify(federation.id)
    assert (verdict.sound, verdict.rows, verdict.beyond) == (True, 0, None)


@pytest.fixture
def filled(own_database, make_federation, at):
    federation = make_federation()
    fill(federation, at)
    return federation


def test_any_altered_byte_is_found_and_its_row_named(filled):
    with scope(filled.id):
        length = len(bytes(LedgerRow.objects.get(number=3).stored))
    for position in {0, 1, 40, 90, length // 2, length - 1}:
        flip = (
            "UPDATE core_ledgerrow SET stored = set_byte(stored, %s, get_byte(stored, %s) # 1) "
            "WHERE number = 3"
        )
        tamper(flip, position, position)
        verdict = verify(filled.id)
        assert (verdict.first_bad, verdict.why) == (3, "its bytes have been altered"), position
        tamper(flip, position, position)
        assert verify(filled.id).sound


@pytest.mark.parametrize(
    ("change", "first_bad", "why"),
    [
        ("hash = set_byte(hash, 31, get_byte(hash, 31) # 128)", 3, "its bytes have been altered"),
        ("previous_hash = set_byte(previous_hash, 0, 255)", 3, "its columns do not match its bytes"),
        ("event = 'post.refused'", 3, "its columns do not match its bytes"),
        ("at = at + interval '1 microsecond'", 3, "its columns do not match its bytes"),
        ("actor = 'people.person:1'", 3, "its columns do not match its bytes"),
        ("subject = 'publishing.post:33'", 3, "its columns do not match its bytes"),
        ("decision = 1", 3, "its columns do not match its bytes"),
        ("clauses = '{}'", 3, "its columns do not match its bytes"),
        ("number = 9", 3, "the row is missing"),
    ],
)
def test_an_altered_column_is_found_and_its_row_named(filled, change, first_bad, why):
    tamper(f"UPDATE core_ledgerrow SET {change} WHERE number = 3")
    verdict = verify(filled.id)
    assert (verdict.first_bad, verdict.why) == (first_bad, why)


def test_a_removed_row_is_named(filled):
    tamper("DELETE FROM core_ledgerrow WHERE number = 2")
    assert (verify(filled.id).first_bad, verify(filled.id).why) == (2, "the row is missing")


@pytest.mark.parametrize("number", [2, 4])
def test_rows_that_have_changed_places_are_named(filled, number):
    tamper("UPDATE core_ledgerrow SET number = number + 100 WHERE number IN (%s, %s)", number, number + 1)
    tamper("UPDATE core_ledgerrow SET number = %s - (number - 100) WHERE number > 100", 2 * number + 1)
    verdict = verify(filled.id)
    assert (verdict.first_bad, verdict.why) == (number, "it does not follow the row before it")


@pytest.mark.parametrize("left", [0, 4])
def test_rows_taken_from_the_end_are_named_before_any_head_is_signed(filled, left):
    cut_after(left)
    verdict = verify(filled.id)
    assert (verdict.first_bad, verdict.why) == (left + 1, "rows up to 5 were written and are missing")


def test_a_row_put_at_the_end_is_named(filled, at):
    with scope(filled.id):
        before = bytes(LedgerRow.objects.get(number=5).hash)
    written = stored_bytes(filled.id, 6, before, entry(at, 33))
    tamper(INSERTED.replace(" 3,", " 6,"), filled.id, at, before, sha256(written).digest(), written)
    verdict = verify(filled.id)
    assert (verdict.first_bad, verdict.why) == (6, "it was added behind the record's back")


def test_a_last_row_that_was_written_again_is_named(filled, at):
    with scope(filled.id):
        before = bytes(LedgerRow.objects.get(number=4).hash)
    written = stored_bytes(filled.id, 5, before, entry(at, 33))
    cut_after(4)
    tamper(INSERTED.replace(" 3,", " 5,"), filled.id, at, before, sha256(written).digest(), written)
    verdict = verify(filled.id)
    assert (verdict.first_bad, verdict.why) == (5, "it is not the row that was written last")


def test_rows_added_during_a_check_are_no_fault(filled, at, monkeypatch):
    whole = ledger._stored_rows

    def meanwhile():
        writer = threading.Thread(target=lambda: (fill(filled, at, 2), connection.close()))
        writer.start()
        writer.join()
        yield from whole()

    monkeypatch.setattr(ledger, "_stored_rows", meanwhile)
    assert (verify(filled.id).rows, verify(filled.id).sound) == (7, True)


def test_a_hidden_clause_is_found(filled):
    tamper("DELETE FROM ledger_clause WHERE number = 4")
    assert verify(filled.id).first_bad == 4


def test_an_invented_clause_is_found(filled):
    tamper(
        "INSERT INTO ledger_clause (federation_id, clause, number) VALUES (%s, 'wootton-posts-9', 2)",
        filled.id,
    )
    assert verify(filled.id).first_bad == 2


def test_an_inserted_row_is_named_and_none_can_follow_a_row_that_is_followed(filled, at):
    """Later rows are pushed back to make room for it."""
    tamper("UPDATE core_ledgerrow SET number = number + 100 WHERE number >= 3")
    with scope(filled.id):
        before = bytes(LedgerRow.objects.get(number=2).hash)
    for previous in (before, b"x" * 32):
        written = stored_bytes(filled.id, 3, previous, entry(at, 33))
        values = (filled.id, at, previous, sha256(written).digest(), written)
        if previous == before:
            with pytest.raises(psycopg.errors.UniqueViolation):
                tamper(INSERTED, *values)
        else:
            tamper(INSERTED, *values)
    tamper("UPDATE core_ledgerrow SET number = number - 99 WHERE number > 100")
    assert (verify(filled.id).first_bad, verify(filled.id).why) == (3, "it does not follow the row before it")


# --- Signed heads


def rewritten(federation, at, count):
    """A chain that is sound in itself and yet another one."""
    tamper("DELETE FROM ledger_clause")
    tamper("DELETE FROM core_ledgerrow")
    tamper("DELETE FROM core_ledgerhead")
    fill(federation, at + timedelta(seconds=1), count)


def test_rows_after_the_last_signed_head_are_said(filled, home, at):
    sign_heads(at)
    fill(filled, at, 2)
    verdict = verify(filled.id, read_heads(heads_file()))
    assert (verdict.sound, verdict.rows, verdict.last_head.number, verdict.beyond) == (True, 7, 5, (6, 7))


def test_a_head_that_covers_everything_leaves_nothing_beyond(filled, home, at):
    sign_heads(at)
    assert verify(filled.id, read_heads(heads_file())).beyond is None


def test_without_heads_everything_lies_beyond(filled):
    assert verify(filled.id).beyond == (1, 5)


def test_a_rewritten_chain_does_not_fit_its_signed_head(filled, home, at):
    sign_heads(at)
    rewritten(filled, at, 5)
    assert verify(filled.id).sound
    verdict = verify(filled.id, read_heads(heads_file()))
    assert verdict.first_bad == 1
    assert verdict.why == "row 5 is not the one that was signed at 2027-01-19T10:30:00Z"


def cut_after(number):
    tamper("DELETE FROM ledger_clause WHERE number > %s", number)
    tamper("DELETE FROM core_ledgerrow WHERE number > %s", number)


MOVE_HEAD = (
    "UPDATE core_ledgerhead SET number = %s, hash = (SELECT hash FROM core_ledgerrow WHERE number = %s)"
)


def test_a_chain_cut_short_is_found_by_its_signed_head(filled, home, at):
    sign_heads(at)
    cut_after(3)
    tamper(MOVE_HEAD, 3, 3)
    assert verify(filled.id).sound
    verdict = verify(filled.id, read_heads(heads_file()))
    assert (verdict.first_bad, verdict.why) == (4, "rows up to 5 were signed and are missing")


def test_heads_are_only_added_to_the_file_and_name_every_federation(filled, make_federation, home, at):
    other = make_federation("wootton", "wootton")
    sign_heads(at)
    fill(other, at, 1)
    sign_heads(at + timedelta(hours=1))
    assert [(head.federation, head.number) for head in read_heads(heads_file())] == [
        (filled.id, 5),
        (filled.id, 5),
        (other.id, 1),
    ]


def test_a_head_that_was_not_signed_with_our_key_is_named(filled, home, at):
    sign_heads(at)
    sign_heads(at)
    lines = heads_file().read_text().splitlines()
    heads_file().write_text("\n".join([lines[0], lines[1].replace('"number": 5', '"number": 4')]))
    with pytest.raises(BadAnchor, match="line 2"):
        read_heads(heads_file())
    heads_file().write_text("not a head\n")
    with pytest.raises(BadAnchor, match="line 1"):
        read_heads(heads_file())


def test_the_signing_key_is_readable_by_nobody_else(filled, home, at):
    sign_heads(at)
    assert (home / "keys" / "record-heads.pem").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("point", [2, 4])
def test_a_chain_hashed_again_from_a_point_is_found_by_its_signed_head_and_the_point_named(
    own_database, make_federation, home, at, point
):
    federation = make_federation()
    fill(federation, at, point - 1)
    sign_heads(at)
    fill(federation, at, 3)
    sign_heads(at + timedelta(hours=1))
    tamper("DELETE FROM ledger_clause WHERE number >= %s", point)
    tamper("DELETE FROM core_ledgerrow WHERE number >= %s", point)
    tamper(MOVE_HEAD, point - 1, point - 1)
    fill(federation, at + timedelta(seconds=1), 3)
    assert verify(federation.id).sound
    assert verify(federation.id, read_heads(heads_file())).first_bad == point
