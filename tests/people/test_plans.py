"""The list of people stays quick in a large federation."""

from allauth.account.internal.userkit import filter_users_by_email
from django.db import connection

from schoolgate.core.clock import local_day
from schoolgate.core.tenancy import scope
from schoolgate.people import queries
from schoolgate.people.models import User
from schoolgate.people.queries import people_page
from tests.conftest import as_owner
from tests.plans import plans_of

MANY = 5_000
FILL = (
    """INSERT INTO people_user (email, password, is_active, must_set_factor)
       SELECT 'person' || n || '@example.org', '!', true, false FROM generate_series(1, %(many)s) n""",
    """INSERT INTO people_person (federation_id, name, email, user_id, language, relation, reads_welsh)
       SELECT %(federation)s, 'Person ' || lpad(u.id::text, 7, '0'), u.email, u.id, 'en', 'staff', false
       FROM people_user u""",
    """INSERT INTO people_roleassignment (federation_id, person_id, role_key, scope_kind, item, from_day)
       SELECT %(federation)s, p.id, 'staff', 'federation', '', '2020-01-01' FROM people_person p""",
    """INSERT INTO people_membership (user_id, federation_id, person_id, since)
       SELECT p.user_id, p.federation_id, p.id, now() FROM people_person p""",
)
TABLES = {"people_user", "people_person", "people_roleassignment", "people_membership"}


def test_neither_the_list_nor_a_sign_in_reads_a_whole_table(own_database, make_federation, at):
    federation, today = make_federation(), local_day(at)
    with scope(federation.pk), connection.cursor() as cursor:
        for statement in FILL:
            cursor.execute(statement, {"many": MANY, "federation": federation.pk})
    with as_owner() as owner:
        for table in TABLES:
            owner.execute(f"ANALYZE {table}")
    with scope(federation.pk):
        middle = (f"Person {MANY // 2:07}", MANY // 2)
        someone = people_page(on=today, after=middle, limit=1)[0][0]
        seen = [
            plans_of(lambda: people_page(on=today)),
            plans_of(lambda: people_page(on=today, after=middle)),
            plans_of(lambda: queries.capacities(someone, on=today, anywhere=True)),
            plans_of(lambda: queries.current_membership(someone.user, None, on=today)),
            plans_of(lambda: User.objects.for_email("PERSON77@example.org")),
            plans_of(lambda: list(filter_users_by_email("Person77@example.org", for_login=True))),
        ]
    assert [plans.whole_tables & TABLES for plans in seen] == [set()] * 6
    assert max(plans.most_rows for plans in seen) < 1000
