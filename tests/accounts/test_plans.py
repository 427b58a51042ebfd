"""With 5,000 rows no list reads a whole table, as the application's role and under row-level security."""

import json
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schoolgate.accounts import access, proposals
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Urgency
from schoolgate.duties.queries import mine
from schoolgate.people.queries import Where, assignments
from schoolgate.web.frame.paging import page_by_key
from tests.cast import someone
from tests.conftest import as_owner

NOW = datetime(2027, 1, 19, 10, 30, tzinfo=UTC)
MANY = 2000
"""Rows that a list may sort: more would grow with the table."""
BIG = ("accounts_account", "accounts_proposal", "accounts_teammember", "duties_duty")
FILL = (
    """
    INSERT INTO accounts_proposal (federation_id, by_id, school_id, name, network, kind, answers,
        considered, state, started_at, saved_at, reason)
    SELECT %(federation)s, %(person)s, %(school)s, 'P ' || n, 'noticeboard', 'school', '{}', '{}', 'draft',
        timestamptz '2026-01-01' + n * interval '1 minute', now(), ''
    FROM generate_series(1, 5000) n
    """,
    """
    INSERT INTO accounts_account (federation_id, school_id, name, network, handle, address, kind, purpose,
        audience, visibility, contact, setup, state, made_at, opened_at, opened_by_id,
        post_languages, told_limits)
    SELECT %(federation)s, %(school)s, 'A ' || lpad(n::text, 6, '0'), 'noticeboard', '', '', 'school', '',
        '', '', '', '{}', 'open', now(), now(), %(person)s, '{}', '{}'
    FROM generate_series(1, 5000) n
    """,
    """
    INSERT INTO accounts_teammember (federation_id, account_id, person_id, part, from_day)
    SELECT %(federation)s, id, %(person)s, 'lead', '2027-01-01' FROM accounts_account
    """,
    """
    INSERT INTO duties_duty (federation_id, kind, what, subject, role_key, then_role_key, then_basis,
        due_kind, due_day, due_by, clauses, policy_version, state, opened_at, how, cancelled_because)
    SELECT %(federation)s, 'accounts.decide', '', 'accounts.proposal:' || n,
        CASE WHEN n %% 1000 = 0 THEN 'slt' ELSE 'staff' END, '', '', 'day', '2027-01-01',
        timestamptz '2026-01-01' + n * interval '1 minute', '[]', '', 'open', now(), '', ''
    FROM generate_series(1, 5000) n
    """,
)


@pytest.fixture
def crowded(own_database, make_federation):
    """Wildground with 5,000 proposals, accounts, members of teams and duties."""
    federation = make_federation()
    with scope(federation.pk):
        person = someone("Sian Parry", "slt")
        school = School.objects.create(name="North", slug="north")
        with connection.cursor() as cursor:
            for statement in FILL:
                cursor.execute(
                    statement, {"federation": federation.pk, "person": person.pk, "school": school.pk}
                )
    with as_owner() as owner:
        for table in BIG:
            owner.execute(f"ANALYZE {table}")
    with scope(federation.pk):
        yield person


def whole_tables_read(read) -> list[str]:
    """The big tables that some query of `read` reads from end to end."""
    with CaptureQueriesContext(connection) as seen:
        read()
    found = []
    for query in [one["sql"] for one in seen.captured_queries if one["sql"].startswith("SELECT")]:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (FORMAT JSON) {query}")
            plan = cursor.fetchone()[0]
        found += _scanned(json.loads(plan)[0]["Plan"] if isinstance(plan, str) else plan[0]["Plan"])
    return found


def _scanned(plan) -> list[str]:
    below = [table for inner in plan.get("Plans", []) for table in _scanned(inner)]
    if plan["Node Type"] == "Seq Scan" and plan["Relation Name"] in BIG:
        return [*below, plan["Relation Name"]]
    if plan["Node Type"] == "Sort" and plan["Plan Rows"] > MANY:
        return [*below, f"a sort of {plan['Plan Rows']} rows"]
    return below


def test_no_list_reads_a_whole_table(crowded):
    someone_else = next(iter(assignments(crowded, on=NOW.date(), where=Where(anywhere=True)))).person
    middle = ("A 002500", 1)

    assert whole_tables_read(access.accounts_page) == []
    assert whole_tables_read(lambda: access.accounts_page(after=middle)) == []
    assert whole_tables_read(lambda: access.register_page(after=middle)) == []
    assert whole_tables_read(lambda: mine(someone_else, NOW.date())) == []
    assert whole_tables_read(lambda: mine(someone_else, NOW.date(), after=(Urgency.USUAL, NOW, 5))) == []
    rows = proposals.proposals(crowded, NOW.date())
    assert whole_tables_read(lambda: page_by_key(rows, {}, by="started_at")) == []
