"""The rows that rest on a clause, and how many there are, without reading the whole record."""

from datetime import date, timedelta

import pytest
from django.db import connection

from schoolgate.core.errors import NotAllowed
from schoolgate.core.events import record
from schoolgate.core.ledger_rows import Entry, append
from schoolgate.core.models import School, Term
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from schoolgate.policy.asking import record_decision
from schoolgate.policy.measuring import SETTLED, rules_asked
from schoolgate.reports import evidence
from schoolgate.reports.evidence import check_may_see_evidence
from schoolgate.reports.keeping import how_kept, measure
from schoolgate.rulebook import book, books
from tests.cast import someone
from tests.conftest import as_owner, recorded
from tests.plans import plans_of

FOLLOWED = "wildground-listening-3"
CLAUSE, OTHER, QUIET = "wildground-monitoring-4", "wildground-monitoring-5", "wildground-monitoring-6"


@pytest.fixture
def ben(scoped):
    return someone("Ben Carter", "slt")


@pytest.fixture
def happened(scoped, at):
    """`happened(event, by=None, clause=CLAUSE)`: a row of the record about something."""

    def make(event="item.received", *, by=None, clause=CLAUSE, subject="inbox.item:7", at=at, **more):
        record(event, subject=subject, at=at, actor=by, clauses=[clause], **more)
        return recorded()[-1]

    return make


def test_the_rows_of_a_clause_come_newest_first_with_who_acted(happened, ben):
    happened()
    happened("item.answered", by=ben)
    happened(clause=OTHER)

    rows, following = evidence.evidence_for(CLAUSE)
    assert [(each.row.event, each.by, each.by_gone) for each in rows] == [
        ("item.answered", ben, False),
        ("item.received", None, False),
    ]
    assert following is None


def test_somebody_whose_row_is_gone_is_told_from_the_program(happened):
    happened("item.answered", by="people.person:999999")

    [each] = evidence.evidence_for(CLAUSE)[0]
    assert (each.by, each.by_gone) == (None, True)


def test_a_row_brings_the_decision_that_it_rests_on(happened, ben, at):
    adopt(by=ben, at=at)
    kept = record_decision("item.received", {}, at=at, by=None, subject="inbox.item:7")
    happened(decision=kept.pk)

    assert [each.decision for each in evidence.evidence_for(CLAUSE)[0]] == [kept]


def test_what_was_asked_of_somebody_is_shown_with_what_it_is_about(happened):
    happened("duty.opened", subject="duties.duty:4", about="inbox.item:7")

    assert evidence.evidence_for(CLAUSE)[0][0].subject == "inbox.item:7"


@pytest.mark.parametrize("limit", [1, 2, 5, 50])
def test_every_row_stands_on_one_page(happened, limit):
    numbers = [happened().number for _ in range(5)]

    found, before = [], None
    while True:
        rows, before = evidence.evidence_for(CLAUSE, before=before, limit=limit)
        found += [each.row.number for each in rows]
        if before is None:
            break
    assert found == numbers[::-1]


def test_clauses_are_counted_up_to_a_limit(happened, at, monkeypatch):
    monkeypatch.setattr(evidence, "COUNTED", 2)
    for _ in range(4):
        happened(at=at)
    later = at + timedelta(hours=1)
    happened(clause=OTHER, at=later)

    assert evidence.counts([CLAUSE, OTHER, QUIET]) == {CLAUSE: 3, OTHER: 1, QUIET: 0}
    assert evidence.last_times([CLAUSE, OTHER, QUIET]) == {CLAUSE: at, OTHER: later}


def test_the_page_asks_as_often_for_fifty_as_for_one(happened, ben, same_queries):
    happened("item.answered", by=ben)
    same_queries(
        lambda: [(each.by, each.decision) for each in evidence.evidence_for(CLAUSE, limit=60)[0]],
        lambda: [happened("item.answered", by=ben) for _ in range(49)],
    )


def test_another_federations_rows_are_not_shown_or_counted(federation, make_federation, at):
    with scope(federation.pk):
        record("item.received", subject="inbox.item:7", at=at, clauses=[CLAUSE])
    with scope(make_federation("other", "wootton").pk):
        assert evidence.evidence_for(CLAUSE) == ([], None)
        assert (evidence.counts([CLAUSE]), evidence.last_times([CLAUSE])) == ({CLAUSE: 0}, {})


@pytest.mark.parametrize("role", ["slt", "federation-leadership-team"])
def test_those_who_answer_for_the_policy_see_the_evidence(scoped, at, role):
    check_may_see_evidence(someone("Sam", role), on=at.date())


@pytest.mark.parametrize("role", ["staff", "lead-staff-member", "relevant-senior-member-of-staff"])
def test_others_do_not(scoped, at, role):
    someone("Olwen Owner", "slt")
    with pytest.raises(NotAllowed) as refused:
        check_may_see_evidence(someone("Sam", role), on=at.date())
    assert "Olwen Owner" in str(refused.value.next_step)


@pytest.fixture
def followed(scoped, at):
    """`followed(subject, at)`: a decision in which Wildground's way of answering was followed, counted."""
    adopt(by=someone("Sam Slater", "slt"), at=at)

    def make(subject="inbox.item:1", at=at):
        by = {"key": "amina", "relation": "staff"}
        facts = {"by": by, "found_elsewhere": True, "response_process": True}
        record_decision("item.answer", facts, at=at, by=None, subject=subject)
        measure(at=at)
        while measure(at=at + SETTLED):
            pass

    return make


def term(first, last, name="Spring"):
    school = School.objects.get_or_create(name="North", slug="north")[0]
    Term.objects.create(school=school, name=name, first_day=first, last_day=last)


def test_a_clause_tells_how_often_it_was_decided_in_all_and_this_term(followed, at):
    on = at.date() + timedelta(weeks=6)
    term(on - timedelta(days=20), on + timedelta(days=20))
    followed()
    followed(at=at + timedelta(weeks=6))
    how = how_kept(book("wildground"), FOLLOWED, on=on)
    assert (how.total.decided, how.term.decided, how.since) == (2, 1, on - timedelta(days=20))
    assert ([*how.asked], how.open, how.rests) == (["item.answer"], (), "rows")


@pytest.mark.parametrize(
    ("first", "day", "began"),
    [
        (date(2027, 1, 4), date(2027, 1, 3), None),
        (date(2027, 1, 4), date(2027, 2, 10), date(2027, 1, 4)),
        (date(2027, 1, 4), date(2027, 2, 18), date(2027, 1, 4)),
        (date(2027, 1, 4), date(2027, 3, 25), date(2027, 1, 4)),
        (date(2027, 1, 4), date(2027, 3, 26), None),
        (date(2026, 11, 2), date(2027, 2, 24), date(2027, 2, 22)),
    ],
)
def test_a_term_is_that_of_the_governors_report_and_over_its_half_term_break(scoped, first, day, began):
    term(first, first + timedelta(days=39), "1")
    term(date(2027, 2, 22), date(2027, 3, 25), "2")
    assert how_kept(book("wildground"), FOLLOWED, on=day).since == began


def test_where_no_term_is_going_on_nothing_is_said_of_one(followed, at):
    followed()
    how = how_kept(book("wildground"), FOLLOWED, on=at.date())
    assert (how.term, how.since, how.total.decided) == (None, None, 1)


def test_a_clause_that_no_decision_used_says_where_it_applies(scoped, at):
    how = how_kept(book("wildground"), "wildground-behaviour-2", on=at.date())
    assert (how.asked, how.total.reached, "comment.write" in how.open) == ({}, 0, True)
    assert how.listens


def test_decisions_about_concerns_are_never_told_of_a_clause(followed, at):
    followed(subject="incidents.report:1")
    how = how_kept(book("wildground"), FOLLOWED, on=at.date())
    assert (how.asked, how.open, how.total.decided) == ({}, ("item.answer",), 0)


def test_an_answer_to_may_i_is_its_persons_alone_and_in_no_number(followed, at):
    followed(subject="conduct.keptanswer:1")
    how = how_kept(book("wildground"), FOLLOWED, on=at.date())
    assert (how.asked, how.total.decided) == ({}, 0)
    assert rules_asked("wildground")[f"{FOLLOWED}@response_process/rule"]["item.answer"].only_told


@pytest.mark.parametrize("key", books())
def test_a_clause_is_open_exactly_where_something_is_bound_to_it_and_nothing_used_it(scoped, at, key):
    of = book(key)
    for clause in [*of.clauses][::9]:
        bound = {each for one in of.pack.bindings if clause in one.clauses for each in one.situations}
        assert set(how_kept(of, clause, on=at.date()).open) == bound


def test_a_clause_of_another_policy_is_not_known(scoped, at):
    with pytest.raises(KeyError):
        how_kept(book("wildground"), "wootton-monitoring-1", on=at.date())


MANY = 20_000
TABLES = {"core_ledgerrow", "ledger_clause"}


def test_neither_a_page_nor_the_counts_read_the_whole_record(own_database, make_federation, at):
    federation = make_federation()
    clauses = list(book("wildground").clauses)
    with scope(federation.pk), connection.cursor():
        append(
            federation.pk,
            [
                Entry("item.received", f"inbox.item:{n}", at, "", (clauses[n % 3],), None, {})
                for n in range(1, MANY + 1)
            ],
        )
    with as_owner() as owner:
        for table in TABLES:
            owner.execute(f"ANALYZE {table}")
    with scope(federation.pk):
        seen = [
            plans_of(lambda: evidence.evidence_for(clauses[0])),
            plans_of(lambda: evidence.evidence_for(clauses[0], before=MANY // 2)),
            plans_of(lambda: evidence.counts(clauses)),
            plans_of(lambda: evidence.last_times(clauses)),
        ]
    assert [plans.whole_tables & TABLES for plans in seen] == [set()] * 4
    assert max(plans.most_rows for plans in seen) < 1000
