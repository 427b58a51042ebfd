"""Decisions, the record of one thing and a person's keys are found quickly among very many."""

from django.db import connection

from schoolgate.core.ledger import rows_for_subject
from schoolgate.core.ledger_rows import Entry, append
from schoolgate.core.tenancy import scope
from schoolgate.people import sessions
from schoolgate.people.sessions import make_token
from schoolgate.policy import queries
from schoolgate.policy.adopting import adopt
from tests.cast import someone
from tests.conftest import as_owner
from tests.plans import plans_of

MANY = 5_000
TABLES = {"policy_decisionrecord", "people_apitoken", "core_ledgerrow"}
KEPT = """
INSERT INTO policy_decisionrecord (federation_id, situation, subject, at, version_id, reading_id, outcome,
                                   points, body, clauses, wordings, control_versions, facts_digest)
SELECT %s, 'post.publish', 'publishing.post:' || n %% 1000, now(), %s, %s, 'permitted', '{}', '{}', '[]',
       '{}', '{}', '' FROM generate_series(1, %s) n
"""
KEYS = """
INSERT INTO people_apitoken (federation_id, person_id, name, digest, may_write, with_factor, made_at,
                             expires_at)
SELECT %s, %s, 'x', md5(n::text), false, false, %s, %s::timestamptz + interval '1 day'
FROM generate_series(1, %s) n
"""


def test_neither_decisions_nor_the_record_nor_keys_are_read_from_end_to_end(
    own_database, make_federation, at
):
    federation = make_federation()
    with scope(federation.pk), connection.cursor() as cursor:
        sam, other = someone("Sam", "slt"), someone("Ben", "slt")
        version = adopt(by=sam, at=at)
        cursor.execute(KEPT, [federation.pk, version.pk, version.readings.get().pk, MANY])
        cursor.execute(KEYS, [federation.pk, other.pk, at, at, MANY])
        key = make_token(by=sam, at=at, name="x", days=1, may_write=False, with_factor=True)
    with scope(federation.pk):
        append(federation.pk, [Entry("item.gone", f"inbox.item:{n % 1000}", at) for n in range(MANY)])
    with as_owner() as owner:
        for table in TABLES:
            owner.execute(f"ANALYZE {table}")
    with scope(federation.pk):
        newest = queries.kept_about("publishing.post:7", limit=1)[0].pk
        seen = [
            plans_of(lambda: queries.kept_about("publishing.post:7")),
            plans_of(lambda: queries.kept_about("publishing.post:7", before=newest)),
            plans_of(lambda: queries.kept(newest)),
            plans_of(lambda: rows_for_subject("inbox.item:7")),
            plans_of(lambda: sessions.tokens_of(sam, at=at)),
            plans_of(lambda: sessions.find(key.text, at=at)),
        ]
    assert [plans.whole_tables & TABLES for plans in seen] == [set()] * 6
    assert max(plans.most_rows for plans in seen) < 1000
