"""What somebody has to do is read from the heads of indexes, however many duties stand."""

import pytest
from django.db import connection

from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.duties import queries
from tests.cast import give, someone
from tests.conftest import as_owner
from tests.plans import plans_of

MANY = 5_000
FILL = """
    INSERT INTO duties_duty (federation_id, kind, what, subject, role_key, then_role_key, then_basis,
        due_kind, due_day, due_by, clauses, policy_version, state, opened_at, how, cancelled_because,
        school_id)
    SELECT %(federation)s, 'item.answer', '', 'inbox.item:' || n, 'slt', '', '', 'day', '2027-01-20',
        %(at)s::timestamptz + n * interval '1 minute', '[]', '', 'open', %(at)s, '', '',
        CASE WHEN n %% 2 = 0 THEN %(school)s END
    FROM generate_series(1, %(many)s) n
"""


@pytest.fixture
def filled(own_database, make_federation, at):
    """A role with many duties that stand, half of them for one school; who holds it, and who does there."""
    federation = make_federation()
    with scope(federation.pk), connection.cursor() as cursor:
        school = School.objects.create(name="North", slug="north")
        everywhere, in_school = someone("Sian Parry", "slt"), someone("Carys Huws")
        give(in_school, "slt", school=school)
        cursor.execute(FILL, {"federation": federation.pk, "at": at, "many": MANY, "school": school.pk})
    with as_owner() as owner:
        owner.execute("ANALYZE duties_duty")
    return federation, everywhere, in_school


def test_no_page_of_them_sorts_or_reads_them_all(filled, at):
    federation, everywhere, in_school = filled
    on = local_day(at)
    with scope(federation.pk):
        first, key = queries.mine(everywhere, on, limit=20)
        seen = [
            plans_of(lambda: queries.mine(everywhere, on, limit=20)),
            plans_of(lambda: queries.mine(everywhere, on, after=key, limit=20)),
            plans_of(lambda: queries.mine(in_school, on, limit=20)),
        ]

    assert len(first) == 20
    assert [plans.whole_tables & {"duties_duty"} for plans in seen] == [set()] * 3
    assert max(plans.most_rows for plans in seen) < 500
