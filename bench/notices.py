"""The morning mails of 2,000 persons, with 5,000 tasks in the federation, made ready to be sent.

Half of the tasks belong to named people, half to a role that everyone holds in one of twenty schools.
"""

import time
from datetime import UTC, datetime
from typing import Any

from bench.database import copy_of, prepared, server_seconds
from bench.machine import NotMeasured, middle, say
from bench.world import World, world

PEOPLE, DUTIES, SCHOOLS, ROUNDS, WANTED = 2_000, 5_000, 20, 3, 30.0
"""Wanted: seconds on the wall at most."""
MORNING = datetime(2027, 1, 20, 7, 30, tzinfo=UTC)
FILL = (
    """
    INSERT INTO core_school (federation_id, name, slug, country, languages)
    SELECT %(federation)s, 'School ' || n, 'school-' || n, 'england', '{en}'
    FROM generate_series(1, %(schools)s) n
    """,
    """
    INSERT INTO core_term (federation_id, school_id, name, first_day, last_day)
    SELECT %(federation)s, id, 'Spring', '2027-01-04', '2027-03-25' FROM core_school s
    WHERE NOT EXISTS (SELECT 1 FROM core_term t WHERE t.school_id = s.id)
    """,
    """
    INSERT INTO people_user (password, email, is_active, must_set_factor)
    SELECT '!', 'p' || n || '@school.example', true, false FROM generate_series(1, %(people)s) n
    """,
    """
    INSERT INTO people_person (federation_id, name, email, user_id, language, relation, reads_welsh)
    SELECT %(federation)s, 'Person ' || id, email, id, 'en', 'staff', false
    FROM people_user WHERE email LIKE 'p%%@school.example'
    """,
    """
    INSERT INTO people_roleassignment
        (federation_id, person_id, role_key, scope_kind, school_id, item, from_day)
    SELECT %(federation)s, p.id, 'staff', 'school',
        (SELECT id FROM core_school s ORDER BY id OFFSET p.id %% %(schools)s LIMIT 1), '', '2020-01-01'
    FROM people_person p WHERE p.email LIKE 'p%%@school.example'
    """,
    """
    INSERT INTO duties_duty (federation_id, kind, what, subject, person_id, role_key, then_role_key,
        then_basis, school_id, due_kind, due_by, clauses, policy_version, state, opened_at, how,
        cancelled_because)
    SELECT %(federation)s, 'item.answer', 'reply', 'inbox.item:' || n,
        CASE WHEN n %% 2 = 0 THEN (SELECT max(id) - (n / 2) %% %(people)s FROM people_person) END,
        CASE WHEN n %% 2 = 0 THEN '' ELSE 'staff' END, '', '',
        (SELECT id FROM core_school s ORDER BY id OFFSET (n / 2) %% %(schools)s LIMIT 1),
        'none_promised', '9999-01-01T00:00:00Z', '[]', '', 'open', '2027-01-19T10:00:00Z', '', ''
    FROM generate_series(1, %(duties)s) n
    """,
)
SMALLEST = {"PEOPLE": 20, "DUTIES": 50, "SCHOOLS": 2, "ROUNDS": 1}


def run() -> dict[str, Any]:
    """Seconds to prepare them all, as the app role; and how many there are."""
    here = world()
    walls, processor, made = [], [], 0
    for number in range(ROUNDS):
        say(f"notices: round {number + 1} of {ROUNDS}")
        with copy_of(prepared()):
            _fill(here)
            server, client, wall = server_seconds(), time.process_time(), time.perf_counter()
            made = _prepare(here)
            walls.append(time.perf_counter() - wall)
            processor.append(time.process_time() - client + server_seconds() - server)
        if made < PEOPLE:
            raise NotMeasured(f"{made} mails for {PEOPLE} people")
    return {
        "what": f"morning mails of {PEOPLE} persons with {DUTIES} duties in {SCHOOLS} schools, prepared",
        "wanted": {"seconds_at_most": WANTED},
        "reached": middle(walls) <= WANTED,
        "mails": made,
        "seconds": round(middle(walls), 2),
        "processor_seconds": round(middle(processor), 2),
        "rounds": ROUNDS,
    }


def _fill(here: World) -> None:
    from django.db import connection

    from schoolgate.core.tenancy import scope

    given = {"federation": here.federation, "schools": SCHOOLS, "people": PEOPLE, "duties": DUTIES}
    with scope(here.federation), connection.cursor() as cursor:
        for statement in FILL:
            cursor.execute(statement, given)


def _prepare(here: World) -> int:
    from schoolgate.core.tenancy import scope
    from schoolgate.notices.telling import prepare

    with scope(here.federation):
        return prepare(at=MORNING)
