"""Searching 100,000 posts by words, account, person shown and date, and downloading what was found.

The measure is processor time of this process and of its database process together, as in `bench.today`.
"""

import time
from typing import Any

from bench.calendar import FILL
from bench.database import as_superuser, copy_of, prepared, server_seconds
from bench.machine import check_count, middle, say, seconds
from bench.warm_page import check_answer, check_opens, signed_in
from bench.world import AT, World, world

FEW, MANY, WANTED, TIMES = 200, 100_000, 100.0, 7
PUPILS = 2_000
SHOWN = """INSERT INTO publishing_postperson
            (federation_id, post_id, place, pupil_id, number, relation, shown,
             named, consent_by)
    SELECT federation_id, id, 1, %(first)s + id %% %(pupils)s, 1, 'pupil', true, '', '' FROM publishing_post
    WHERE id NOT IN (SELECT post_id FROM publishing_postperson)"""
VARIED = """UPDATE publishing_posttarget SET text = CASE
    WHEN id %% 2500 = 7 THEN 'A quokka visited us. '
    ELSE 'Class ' || md5(id::text) || ' went out. ' END || text"""
SEARCHES: dict[str, dict[str, str]] = {
    "everything": {},
    "a common word": {"words": "sports day"},
    "a rare word": {"words": "quokka"},
    "a word that is nowhere": {"words": "zeppelin"},
    "account": {"account": "ACCOUNT"},
    "person shown": {"pupil": "Ava L7"},
    "date": {"first": "2027-01-11", "last": "2027-01-17"},
    "all at once": {
        "words": "class", "account": "ACCOUNT", "pupil": "Ava", "first": "2020-01-01", "last": "2028-01-01",
    },
}  # fmt: skip
"""What is typed into the search of the list of posts."""
SMALLEST = {
    "FEW": 50, "MANY": 500, "TIMES": 1, "PUPILS": 20, "SEARCHES": {"all at once": SEARCHES["all at once"]},
}  # fmt: skip


def run() -> dict[str, Any]:
    """Queries and milliseconds of each search and of its download, with few posts and with many."""
    here = world()
    found: dict[str, Any] = {}
    for size, number in {"few": FEW, "many": MANY}.items():
        with copy_of(prepared()):
            say(f"archive: writing {number} posts")
            _fill(here, number)
            say(f"archive: searching {number} posts")
            found[size] = _searched(here)
    few, many = found["few"], found["many"]
    slow = [many[name]["processor_ms"] for name in SEARCHES]
    return {
        "what": f"searching {MANY} posts, 25 or 50 on the page, and downloading at most 500 of them",
        "wanted": {"same_queries": True, "page_ms_at_most": WANTED},
        "reached": all(
            many[name]["queries"] <= few[name]["queries"] + 1 and many[name]["processor_ms"] <= WANTED
            for name in SEARCHES
        ),
        "posts": MANY,
        "quickest_ms": min(slow),
        "slowest_ms": max(slow),
        "searches": found,
    }


def _fill(here: World, number: int) -> None:
    from django.db import connection

    from schoolgate.core import rows
    from schoolgate.core.tenancy import scope
    from schoolgate.pupils.models import Pupil

    given: dict[str, Any] = {
        "federation": here.federation, "school": here.school, "account": here.account, "at": AT,
        "author": here.person, "number": number, "first": "2024-01-01",
    }  # fmt: skip
    with scope(here.federation, here.person):
        pupils = list(rows.reserve(Pupil, PUPILS))
        rows.insert([
            Pupil(
                pk=pk, school_id=here.school, key=str(pk), first_name="Ava", last_name=f"L{place}",
                federation_id=here.federation,
            )
            for place, pk in enumerate(pupils)
        ])  # fmt: skip
    with scope(here.federation), connection.cursor() as cursor:
        for statement in FILL[:2]:
            cursor.execute(statement, given)
        cursor.execute("UPDATE publishing_post SET created_at = planned_at WHERE planned_at IS NOT NULL")
        cursor.execute(VARIED.replace("%%", "%"))
        cursor.execute(SHOWN, {"first": pupils[0], "pupils": PUPILS})
        cursor.execute(FILL[2], given)
        cursor.execute("SELECT count(*) FROM publishing_post WHERE planned_at IS NOT NULL")
        check_count("posts", cursor.fetchone()[0], number)
    with as_superuser() as admin:
        for table in ("post", "posttarget", "delivery", "postperson"):
            admin.execute(f"VACUUM ANALYZE publishing_{table}")


def _searched(here: World) -> dict[str, Any]:
    from django.db import connection
    from django.urls import reverse

    from schoolgate.core.tenancy import scope
    from schoolgate.people.queries import person

    with scope(here.federation):
        browser = signed_in(person(here.person).user)
    found = {}
    for name, typed in SEARCHES.items():
        sent = {
            "show": "",
            **{key: value.replace("ACCOUNT", str(here.account)) for key, value in typed.items()},
        }
        seen: list[str] = []

        def note(
            execute: Any, sql: str, params: Any, many: bool, context: Any, seen: list[str] = seen
        ) -> Any:
            seen.append(sql)
            return execute(sql, params, many, context)

        def page(sent: dict[str, str] = sent) -> None:
            check_answer("posts", browser.post(reverse("posts"), sent), "Posts")

        def file(sent: dict[str, str] = sent) -> None:
            answer = browser.post(reverse("posts-export"), sent)
            check_opens("posts-export", answer.status_code)
            b"".join(answer.streaming_content)

        page()
        with connection.execute_wrapper(note):
            page()
        busy = server_seconds() + time.process_time()
        taken = [seconds(page) * 1000 for _ in range(TIMES)]
        busy = server_seconds() + time.process_time() - busy
        found[name] = {
            "queries": len(seen),
            "processor_ms": round(busy / TIMES * 1000, 1),
            "ms": round(middle(taken), 1),
            "download_ms": round(middle([seconds(file) * 1000 for _ in range(2)]), 1),
        }
        say(f"archive: {name} {found[name]}")
    return found
