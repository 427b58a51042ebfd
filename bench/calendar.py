"""The calendar of posts: a month with 2,000 posts on several accounts, and with 20, as a browser requests it.

The measure is processor time of this process and of its database process together, as in `bench.today`.
"""

from typing import Any

from bench.database import as_superuser, copy_of, prepared
from bench.machine import check_count, say
from bench.warm_page import signed_in, warm_page
from bench.world import AT, World, world

FEW, MANY, OTHERS, WANTED = 20, 2_000, 20_000, 100.0
FILL = (
    """INSERT INTO publishing_post (federation_id, school_id, author_id, answers, version, state, state_at,
                                    created_at, sent_back_because, text, other_text, language, planned_at)
       SELECT %(federation)s, %(school)s, %(author)s, '{}', 1,
              CASE WHEN n %% 3 = 0 THEN 'draft' WHEN n %% 3 = 1 THEN 'approved' ELSE 'published' END,
              %(at)s, %(at)s, '', 'Sports day is on Friday. Families are welcome on the field.', '', 'en',
              %(first)s::timestamptz + (n %% 40000) * interval '21 minutes'
       FROM generate_series(1, %(number)s) n""",
    """INSERT INTO publishing_posttarget (federation_id, post_id, account_id, text, language, as_thread)
       SELECT %(federation)s, id, %(account)s, text, 'en', false FROM publishing_post
       WHERE id NOT IN (SELECT post_id FROM publishing_posttarget)""",
    """INSERT INTO publishing_delivery (federation_id, post_id, account_id, purpose, by_hand, intent_key,
              written_at, state, state_at, attempts, because, what_next, differences, text, language,
              parts, pictures, card, seen, said, proof)
       SELECT %(federation)s, id, %(account)s, 'publish', false, 'k' || id, planned_at, 'confirmed',
              planned_at, 1, '', '', '[]', '', 'en', '[]', '[]', '{}', '', '', ''
       FROM publishing_post
       WHERE state = 'published' AND planned_at IS NOT NULL
             AND id NOT IN (SELECT post_id FROM publishing_delivery)""",
)
HEADINGS = {"month": "January 2027", "week": "Mon 11 Jan – Sun 17 Jan 2027"}
SMALLEST = {"FEW": 2, "MANY": 20, "OTHERS": 50}


def run() -> dict[str, Any]:
    """Queries and milliseconds of the page, warm: the middle of some, and the slowest."""
    here = world()
    with copy_of(prepared()):
        _fill(here, OTHERS, "2024-01-01")
        _fill(here, FEW, "2027-01-01")
        say(f"calendar: {FEW} posts")
        found = {"few": _page(here, "month")}
        _fill(here, MANY - FEW, "2027-01-01")
        say(f"calendar: {MANY} posts")
        found["many"] = _page(here, "month")
        week = _page(here, "week")
    check_count("posts in the month", found["few"]["posts"], FEW)
    check_count("posts in the month", found["many"]["posts"], MANY)
    same = found["few"]["queries"] == found["many"]["queries"]
    return {
        "what": f"the month of posts with {FEW} and {MANY} posts, {OTHERS} in other months, warm",
        "wanted": {"same_queries": True, "processor_ms_at_most": WANTED},
        "reached": same and found["many"]["processor_ms"] <= WANTED,
        "pages": found,
        "a_week_of_it": week,
    }


def _fill(here: World, number: int, first: str) -> None:
    from django.db import connection

    from schoolgate.core.tenancy import scope

    given: dict[str, Any] = {
        "federation": here.federation, "school": here.school, "account": here.account, "at": AT,
        "author": here.person, "number": number, "first": first,
    }  # fmt: skip
    with scope(here.federation), connection.cursor() as cursor:
        for statement in FILL:
            cursor.execute(statement, given)
    with as_superuser() as admin:
        for table in ("post", "posttarget", "delivery"):
            admin.execute(f"VACUUM ANALYZE publishing_{table}")


def _page(here: World, way: str) -> dict[str, Any]:
    from django.urls import reverse

    from schoolgate.core.tenancy import scope
    from schoolgate.people.queries import person

    with scope(here.federation):
        user = person(here.person).user
    return {
        "posts": _shown(here, way),
        **warm_page(signed_in(user), f"{reverse('posts')}?as={way}&from=2027-01-11", heading=HEADINGS[way]),
    }


def _shown(here: World, way: str) -> int:
    from datetime import date

    from schoolgate.core.clock import begins, local_day
    from schoolgate.core.tenancy import scope
    from schoolgate.people.queries import person
    from schoolgate.publishing.calendar import planned_between

    until = date(2027, 2, 1) if way == "month" else date(2027, 1, 18)
    first = date(2027, 1, 1) if way == "month" else date(2027, 1, 11)
    with scope(here.federation):
        found = planned_between(
            person(here.person), on=local_day(AT), first=begins(first), last=begins(until)
        )
    return len(found)
