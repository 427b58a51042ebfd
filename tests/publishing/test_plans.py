"""The lists of posts stay quick in a federation with very many of them."""

from django.db import connection

from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.publishing import queries
from schoolgate.publishing.models import PostState
from tests.cast import someone
from tests.conftest import as_owner
from tests.plans import plans_of
from tests.publishing.conftest import account_on

MANY = 5_000
FILL = (
    """INSERT INTO publishing_post (federation_id, school_id, author_id, answers, version, state, state_at,
                                    created_at, sent_back_because, text, other_text, language)
       SELECT %(federation)s, %(school)s, %(author)s, '{}', 1,
              CASE WHEN n %% 1000 = 0 THEN 'draft' ELSE 'published' END, now(), now(), '', '', '', 'en'
       FROM generate_series(1, %(many)s) n""",
    """INSERT INTO publishing_posttarget (federation_id, post_id, account_id, text, language, as_thread)
       SELECT %(federation)s, id, %(account)s, 'Sports day', 'en', false FROM publishing_post""",
    """INSERT INTO publishing_delivery (federation_id, post_id, account_id, purpose, by_hand, intent_key,
              written_at, state, state_at, attempts, because, what_next, differences, text, language,
              parts, pictures, card, seen, said, proof)
       SELECT %(federation)s, id, %(account)s, 'publish', id %% 500 = 0, 'k' || id, now(),
              CASE WHEN id %% 500 = 0 THEN 'written' ELSE 'confirmed' END, now(), 1, '', '', '[]', '', 'en',
              '[]', '[]', '{}', '', '', ''
       FROM publishing_post""",
)
TABLES = {"publishing_post", "publishing_posttarget", "publishing_delivery"}


def test_no_list_of_posts_reads_a_whole_table(own_database, make_federation, at):
    federation, today = make_federation(), local_day(at)
    with scope(federation.pk), connection.cursor() as cursor:
        school, south = (School.objects.create(name=name, slug=name.lower()) for name in ("North", "South"))
        author = someone("Amina", "staff")
        given = {
            "federation": federation.pk, "school": school.pk, "author": author.pk,
            "account": account_on("facebook", school, at).pk, "many": MANY,
        }  # fmt: skip
        for statement in FILL:
            cursor.execute(statement, given)
        everywhere = someone("Sam", "slt")
        here = someone("Ben", "lead-staff-member", school=school)
        elsewhere = someone("Dan", "lead-staff-member", school=south)
    with as_owner() as owner:
        for table in TABLES:
            owner.execute(f"ANALYZE {table}")
    with scope(federation.pk):
        middle = queries.posts_page(limit=1)[0][0].pk - MANY // 2
        rare = (PostState.DRAFT, PostState.SUBMITTED, PostState.NOT_SENT)
        seen = [
            plans_of(lambda who=who, more=more: queries.posts_page(limit=25, seen_by=who, on=today, **more))
            for who in (everywhere, here, elsewhere)
            for more in ({}, {"before": middle}, {"states": rare}, {"states": rare, "before": middle})
        ]
        seen.append(plans_of(lambda: queries.by_hand_page(limit=25, seen_by=everywhere, on=today)))
        seen += [
            plans_of(lambda read=read, who=who: read(seen_by=who, on=today))
            for read in (queries.in_flight, queries.waiting_for_their_time)
            for who in (everywhere, here, elsewhere)
        ]
        one = queries.by_hand_page(limit=1, seen_by=everywhere, on=today)[0].pk
        single = [plans_of(lambda: queries.post(middle)), plans_of(lambda: queries.delivery(one))]
        seen += single
    assert [plan.whole_tables & TABLES for plan in seen if plan.whole_tables & TABLES] == []
    assert max(plan.most_rows for plan in seen) <= 1000
    assert max(plan.most_planning for plan in single) < 1000  # twice as many where all orders are tried
