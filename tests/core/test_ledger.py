"""The record: whole batches, exact bytes, and no row that can be changed without being found."""

import json
import threading
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolgate.core.events import record
from schoolgate.core.ledger import rows_for_clause, rows_for_subject, verify, verifying
from schoolgate.core.ledger.appending import append
from schoolgate.core.ledger.entries import Entry, stored_bytes
from schoolgate.core.ledger.heads import BadAnchor, heads_file, read_heads, sign_heads
from schoolgate.core.models import LedgerClause, LedgerHead, LedgerRow
from schoolgate.core.tenancy import scope
from tests.conftest import as_owner, as_superuser, recorded

entries = st.builds(
    Entry,
    event=st.sampled_from(["post.approved", "post.refused", "item.received"]),
    subject=st.integers(1, 2**62).map(lambda n: f"publishing.post:{n}"),
    at=st.datetimes(timezones=st.just(UTC)),
    actor=st.sampled_from(["", "people.person:4"]),
    clauses=st.lists(st.sampled_from(["wootton-posts-1", "wootton-posts-2", "a"]), unique=True).map(tuple),
    decision=st.none() | st.integers(0, 2**62),
    ids=st.dictionaries(
        st.from_regex(r"[a-z_]{1,8}", fullmatch=True), st.none() | st.integers(-9, 9) | st.just("x:1")
    ),
)
often = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def entry(at, number=1, **changes):
    return Entry(event="post.approved", subject=f"publishing.post:{number}", at=at, **changes)


def fill(federation, at, count=5):
    with scope(federation.id):
        append(federation.id, [entry(at, n, clauses=("wootton-posts-1",)) for n in range(1, count + 1)])


def tamper(statement, *values):
    """As somebody who owns the whole server and knows how to switch triggers off."""
    with as_superuser() as intruder:
        intruder.execute("SET session_replication_role = replica")
        intruder.execute(statement, values)


# --- Adding


def test_a_row_holds_the_bytes_that_are_hashed(scoped, at):
    record(
        "post.approved", subject="publishing.post:9", at=at, actor="people.person:4",
        clauses=["wildground-posts-2"], decision=12, network="bluesky", version=3,
    )  # fmt: skip
    (row,) = recorded()
    assert json.loads(row.stored) == {
        "federation": scoped.id,
        "number": 1,
        "previous": "0" * 64,
        "at": "2027-01-19T10:30:00.000000Z",
        "actor": "people.person:4",
        "event": "post.approved",
        "subject": "publishing.post:9",
        "decision": 12,
        "clauses": ["wildground-posts-2"],
        "ids": {"network": "bluesky", "version": 3},
    }
    assert row.details == {"network": "bluesky", "version": 3}
    assert (row.at, row.actor, row.decision) == (at, "people.person:4", 12)


@pytest.mark.parametrize(
    "wrong",
    [
        {"event": "post.invented"},
        {"subject": "a post"},
        {"actor": "amina@example.org"},
        {"clauses": ["Section 4"]},
        {"note": "Amina wrote this"},
        {"email": "amina@example.org"},
        {"at": datetime(2027, 1, 19)},
    ],
)
def test_the_record_takes_no_free_text_and_no_unknown_event(scoped, at, wrong):
    said = {"event": "post.approved", "subject": "publishing.post:9", "at": at} | wrong
    with pytest.raises(ValueError):
        record(said.pop("event"), **said)
    assert recorded() == []


def test_each_federation_has_a_chain_of_its_own(federation, make_federation, at):
    other = make_federation("wootton", "wootton")
    for one in (federation, other, federation):
        with scope(one.id):
            record("post.approved", subject="publishing.post:9", at=at)
    with scope(federation.id):
        assert [row.number for row in LedgerRow.objects.order_by("number")] == [1, 2]
    with scope(other.id):
        assert [row.number for row in LedgerRow.objects.all()] == [1]
    assert verify(federation.id).rows == 2
    assert verify(other.id).sound


@often
@given(batches=st.lists(st.lists(entries, min_size=1, max_size=6), max_size=5))
def test_a_chain_is_sound_however_it_was_cut_into_batches(federation, batches):
    with transaction.atomic():
        with scope(federation.id):
            for batch in batches:
                append(federation.id, batch)
        verdict = verify(federation.id)
        assert (verdict.rows, verdict.first_bad, verdict.why) == (sum(map(len, batches)), None, "")
        transaction.set_rollback(True)


def test_eight_writers_at_once_make_one_sound_chain(own_database, make_federation, at):
    federation = make_federation()
    troubles = []

    def write(writer):
        try:
            for n in range(1, 13):
                with scope(federation.id):
                    for part in range(writer % 3 + 1):
                        record("item.received", subject=f"inbox.item:{writer * 100 + n}", at=at, part=part)
        except Exception as trouble:  # noqa: BLE001 - whatever it is, the test shows it
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=[writer]) for writer in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    verdict = verify(federation.id)
    assert (verdict.rows, verdict.sound) == (12 * sum(writer % 3 + 1 for writer in range(1, 9)), True)


# --- Refusing


@pytest.mark.parametrize("table", ["core_ledgerrow", "ledger_clause"])
@pytest.mark.parametrize("attempt", ["UPDATE {} SET number = 9", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_application_can_neither_change_nor_remove_a_row(scoped, at, table, attempt):
    append(scoped.id, [entry(at, clauses=("wootton-posts-1",))])
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attempt.format(table))


@pytest.mark.parametrize("table", ["core_ledgerrow", "ledger_clause"])
@pytest.mark.parametrize("attempt", ["UPDATE {} SET number = 9", "DELETE FROM {}", "TRUNCATE {}"])
def test_not_even_a_superuser_does_it_by_mistake(own_database, make_federation, at, table, attempt):
    fill(make_federation(), at)
    with as_superuser() as superuser, pytest.raises(psycopg.errors.CheckViolation), superuser.transaction():
        superuser.execute(attempt.format(table))


def test_two_rows_cannot_follow_the_same_row(scoped, at):
    append(scoped.id, [entry(at)])
    first = LedgerRow.objects.get()
    first.number = 2
    with pytest.raises(IntegrityError, match="core_ledger_previous"), transaction.atomic():
        first.save(force_insert=True)


@pytest.mark.parametrize(
    "forged",
    [
        {"hash": b"x" * 32},
        {"previous_hash": b"x" * 32},
        {"number": 4},
        {"stored": b"{}"},
    ],
)
def test_a_row_that_does_not_follow_is_refused_by_the_database(scoped, at, forged):
    append(scoped.id, [entry(at)])
    head = bytes(LedgerRow.objects.get().hash)
    written = stored_bytes(scoped.id, 2, head, entry(at, 2))
    said = {
        "number": 2, "at": at, "actor": "", "event": "post.approved", "subject": "publishing.post:2",
        "clauses": [],
        "previous_hash": head, "stored": written, "hash": sha256(written).digest(),
    }  # fmt: skip
    with pytest.raises(IntegrityError, match="does not follow"), transaction.atomic():
        LedgerRow.objects.create(**said | forged)
    LedgerRow.objects.create(**said)


def test_a_head_that_was_moved_by_hand_stops_the_record_instead_of_breaking_it(scoped, at):
    append(scoped.id, [entry(at)])
    LedgerHead.objects.update(number=7)
    with pytest.raises(IntegrityError, match="does not follow"), transaction.atomic():
        append(scoped.id, [entry(at)])
    assert LedgerRow.objects.count() == 1


# --- Verifying


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
    whole = verifying._stored_rows

    def meanwhile():
        writer = threading.Thread(target=lambda: (fill(filled, at, 2), connection.close()))
        writer.start()
        writer.join()
        yield from whole()

    monkeypatch.setattr(verifying, "_stored_rows", meanwhile)
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


# --- Reading


def test_rows_for_a_clause_come_newest_first_and_page_by_number(scoped, at):
    append(scoped.id, [entry(at, n, clauses=("a", "b") if n % 2 else ("b",)) for n in range(1, 8)])
    assert [row.number for row in rows_for_clause("a")] == [7, 5, 3, 1]
    assert [row.number for row in rows_for_clause("a", limit=2)] == [7, 5]
    assert [row.number for row in rows_for_clause("a", before=5, limit=2)] == [3, 1]
    assert rows_for_clause("c") == []
    assert LedgerClause.objects.count() == 11


def test_rows_for_a_subject_are_its_own(scoped, at):
    append(scoped.id, [entry(at, n % 2 + 1) for n in range(6)])
    assert [row.number for row in rows_for_subject("publishing.post:1", limit=2)] == [5, 3]


def test_rows_of_another_federation_are_not_evidence(federation, make_federation, at):
    fill(federation, at)
    with scope(make_federation("wootton", "wootton").id):
        assert rows_for_clause("wootton-posts-1") == []


def test_evidence_is_found_without_reading_the_whole_record(own_database, make_federation, at):
    federation, other = make_federation(), make_federation("wootton", "wootton")
    for one in (federation, other):
        with scope(one.id):
            append(
                one.id, [entry(at, n % 500 + 1, clauses=(f"wootton-posts-{n % 40}",)) for n in range(10_000)]
            )
    with as_owner() as owner:
        owner.execute("ANALYZE core_ledgerrow, ledger_clause")
    with scope(federation.id):
        for rows in (
            LedgerClause.objects.filter(clause="wootton-posts-7", number__lt=9000).order_by("-number")[:50],
            LedgerRow.objects.filter(number__in=range(100, 150)).order_by("-number"),
            LedgerRow.objects.filter(subject="publishing.post:9").order_by("-number")[:50],
        ):
            plan = rows.explain()
            assert "Seq Scan" not in plan, plan
        assert len(rows_for_clause("wootton-posts-7")) == 50


def test_a_page_of_evidence_takes_two_statements(scoped, at, same_queries):
    append(scoped.id, [entry(at, clauses=("a",))])
    grow = [entry(at, n, clauses=("a",)) for n in range(1, 50)]
    assert same_queries(lambda: rows_for_clause("a"), lambda: append(scoped.id, grow)) == 2


INSERTED = (
    "INSERT INTO core_ledgerrow (federation_id, number, at, actor, event, subject, clauses, previous_hash, "
    "hash, stored) VALUES (%s, 3, %s, '', 'post.approved', 'publishing.post:33', '{}', %s, %s, %s)"
)


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
