"""The record: whole batches, exact bytes, rows that can only be added, and evidence read from them."""

import json
import threading
from datetime import UTC, datetime
from hashlib import sha256

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolgate.core.events import record
from schoolgate.core.ledger import rows_for_clause, rows_for_subject, verify
from schoolgate.core.ledger_rows import Entry, append, stored_bytes
from schoolgate.core.models import LedgerClause, LedgerHead, LedgerRow
from schoolgate.core.tenancy import scope
from tests.conftest import as_owner, as_superuser, recorded
from tests.core.rows import entry, fill

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
