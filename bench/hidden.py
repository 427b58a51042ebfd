"""The address of a concern that is kept to the leads, and one that does not exist: 1,000 tries each, in turn.

And the list of concerns with 10,000 of them. As the app role, without a network in between.
"""

import time
from statistics import median
from typing import Any

from bench.database import told
from bench.machine import NotMeasured, check_count, say
from bench.pages import clients_of
from bench.warm_page import check_answer

TRIES, ROWS = 1_000, 10_000
MOST_APART, LIST_WITHIN = 0.5, 1.0
"""Wanted: milliseconds between the medians at most; seconds for a page of the list."""
FILL = """
INSERT INTO incidents_report (federation_id, reference, code, once, inside, danger, danger_read,
    about_unknown, said, answers, thing, reported_at, not_held, state, state_at, goes_up_by, taken_by_id,
    taken_at, passed_to, passed_reference)
SELECT %(federation)s, 'B-' || n, 'b' || n, 'b' || n, false, 'no', false, false, '[]', '{}', '', %(at)s,
    '[]', 'taken', %(at)s, 'house', %(person)s, %(at)s, '', '' FROM generate_series(1, %(rows)s) n
"""
SMALLEST = {"TRIES": 5, "ROWS": 50}


def run() -> dict[str, Any]:
    """Milliseconds in the median for both addresses, and seconds for the list."""
    from django.db import connection

    from schoolgate.core.clock import now
    from schoolgate.core.models import Federation
    from schoolgate.core.tenancy import scope
    from schoolgate.incidents.meant import may_see
    from schoolgate.incidents.models import Report
    from schoolgate.incidents.queries import new_mark
    from schoolgate.incidents.reporting import ReportContent, report_wrong
    from schoolgate.people.models import Person

    with told("wildground"):
        at = now()
        federation = Federation.objects.get(slug="wildground").pk
        with scope(federation):
            kept = report_wrong(
                at=at, said_here=ReportContent(what="Kept.", mark=new_mark(), for_leads=True)
            ).pk
            Report.objects.filter(pk=kept).update(restricted_at=at)
            users = {
                str(one.user_id): one.pk
                for one in Person.objects.exclude(user=None)
                if not Report.objects.filter(may_see(one, at.date()), pk=kept).exists()
            }
        clients = {one.session["_auth_user_id"]: one for one in clients_of("wildground").values()}
        user = next(one for one in users if one in clients)
        client, person = clients[user], users[user]
        say(f"hidden: {TRIES} tries each")
        took: dict[str, list[float]] = {"hidden": [], "missing": []}
        paths = {"hidden": f"/wrong/reports/{kept}", "missing": f"/wrong/reports/{kept + 900_000}"}
        for number in range(TRIES + 20):
            for key in ("hidden", "missing") if number % 2 else ("missing", "hidden"):
                began = time.perf_counter()
                status = client.get(paths[key]).status_code
                if number >= 20:
                    took[key].append((time.perf_counter() - began) * 1000)
                if status != 404:
                    raise RuntimeError(f"{key} answered {status}")
        with scope(federation), connection.cursor() as cursor:
            before = Report.objects.count()
            cursor.execute(FILL, {"federation": federation, "rows": ROWS, "at": at, "person": person})
            check_count("concerns more", Report.objects.count() - before, ROWS)
        say("hidden: the list")
        listed = []
        for _each in range(11):
            began = time.perf_counter()
            answer = client.get("/wrong/reports?show=all")
            listed.append(time.perf_counter() - began)
            check_answer("/wrong/reports", answer, "Concerns")
            if b"B-" not in answer.content:
                raise NotMeasured("the list shows none of them")
    apart = median(took["hidden"]) - median(took["missing"])
    return {
        "what": "a hidden concern's address beside one that does not exist, and a list of 10,000 concerns",
        "wanted": {"ms_apart": MOST_APART, "list_seconds": LIST_WITHIN},
        "reached": abs(apart) <= MOST_APART and median(listed) <= LIST_WITHIN,
        "tries_each": TRIES,
        "hidden_ms_median": round(median(took["hidden"]), 2),
        "missing_ms_median": round(median(took["missing"]), 2),
        "apart_ms": round(apart, 3),
        "rows": ROWS,
        "list_seconds_median": round(median(listed), 3),
    }
