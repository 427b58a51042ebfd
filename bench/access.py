"""One person's request for their data among very many comments: searched to the end.

`ACCESS_ITEMS` says how many comments there are (500,000 unless it is set), with a post for each 25. It is
searched as the job does, as the application's role under row-level security; then all of it is read once.
"""

import os
import time
from typing import Any

from bench.database import as_superuser, copy_of, prepared, server_seconds
from bench.inbox import around, fill
from bench.machine import NotMeasured, say
from bench.world import AT, World, someone, world

ITEMS = int(os.environ.get("ACCESS_ITEMS", "500000"))
POSTS = ITEMS // 25
WANTED = {"seconds": 20.0}
SOUGHT = "parent77\nzebra school\nx77 school"
"""A username of one author; two words in the place of a name, one of them rare; two that are common."""
FILL = """
INSERT INTO publishing_post (federation_id, school_id, author_id, text, language, other_text, answers,
  version, state, state_at, created_at, sent_back_because)
SELECT %(federation)s, %(school)s, %(person)s,
  CASE WHEN n %% 997 = 0 THEN 'Our zebra came to the school fair.'
  ELSE 'Sports day at our school is on Friday. Come at ten, and bring water and a hat.' END,
  'en', '', '{}', 1, 'draft', %(at)s, %(at)s, ''
FROM generate_series(1, %(posts)s::bigint) n
"""
SMALLEST = {"ITEMS": 500, "POSTS": 20}


def run() -> dict[str, Any]:
    """Seconds of the search and of one reading of what it found."""
    here = world()
    from schoolgate.core.tenancy import scope

    with copy_of(prepared()):
        with scope(here.federation):
            _people, given = around(here)
        fill(here, given, ITEMS)
        _posts(here)
        say(f"access: {ITEMS} comments, {POSTS} posts")
        found = _search(here)
    return {
        "what": f"one request among {ITEMS} comments and {POSTS} posts: searched everywhere, then read",
        "wanted": WANTED,
        **found,
        "reached": found["search"]["seconds"] <= WANTED["seconds"],
    }


def _posts(here: World) -> None:
    with as_superuser() as admin:
        values = {"federation": here.federation, "school": here.school, "person": here.person, "at": AT}
        admin.execute(FILL, values | {"posts": POSTS})
        admin.execute("VACUUM ANALYZE publishing_post")


def _search(here: World) -> dict[str, Any]:
    from schoolgate.core.clock import local_day
    from schoolgate.core.disclosure import places
    from schoolgate.core.tenancy import scope
    from schoolgate.rights import requests
    from schoolgate.rights.finding import found_for
    from schoolgate.rights.requests import gather

    with scope(here.federation):
        sam = someone("Olwen", "slt")
        request = requests.enter(
            by=sam, at=AT,
            entered=requests.Entered(
                kind="access", received_on=local_day(AT), name="P", contact="p", wants="all", lead=sam,
                about="p", identity="known",
            ),
        )  # fmt: skip
        row = requests.start_gathering(by=sam, at=AT, request=request, lines=SOUGHT, person=sam)
    search = _timed(lambda: gather(here.federation, row.pk, clock=lambda: AT))
    with scope(here.federation):
        rows = list(found_for(sam, request, on=local_day(AT)).values_list("pk", flat=True))

    if not rows:
        raise NotMeasured("the search found nothing")

    def read() -> None:
        for first in range(0, len(rows), 50):
            with scope(here.federation):
                requests.read_found(by=sam, at=AT, request=request, rows=rows[first : first + 50])

    return {"search": search, "read": _timed(read), "places": len(places()), "found": len(rows)}


def _timed(work: Any) -> dict[str, float]:
    clock, busy = time.perf_counter(), time.process_time() + server_seconds()
    work()
    return {
        "seconds": round(time.perf_counter() - clock, 1),
        "processor_seconds": round(time.process_time() + server_seconds() - busy, 1),
    }
