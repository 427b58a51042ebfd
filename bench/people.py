"""Bringing a list of 2,000 people: reading the file, what would change, taking it over, each as the pages do
it."""

import time
from datetime import timedelta
from typing import Any

from bench.database import copy_of, prepared
from bench.machine import middle, say
from bench.world import AT, World, world

WANTED = 5.0
PEOPLE, ROUNDS = 2_000, 3
COLUMNS = {"name": "Name", "email": "Email", "role": "Role", "school": "School", "from_day": "From"}
SMALLEST = {"PEOPLE": 20, "ROUNDS": 1}


def run() -> dict[str, Any]:
    """Each round in a fresh copy: all of them new, then the same list with every tenth name changed."""
    here = world()
    rounds = []
    for number in range(ROUNDS):
        say(f"people: round {number + 1} of {ROUNDS}")
        with copy_of(prepared()):
            rounds.append(_round(here))
    found = {name: middle([one[name] for one in rounds]) for name in rounds[0]}
    whole = found["read"] + found["look"] + found["take_over"]
    return {
        "what": f"a list of {PEOPLE} people: read, show what would change, take over (by the clock)",
        "wanted": {"seconds_at_most": WANTED},
        "people": PEOPLE,
        "seconds": round(whole, 2),
        "reached": whole <= WANTED,
        "parts": {name: round(value, 2) for name, value in found.items()},
        "rounds": ROUNDS,
    }


def _round(here: World) -> dict[str, float]:
    first = _bring(here, _list(changed=False), again=False)
    second = _bring(here, _list(changed=True), again=True)
    return {**first, **{f"again_{name}": value for name, value in second.items()}}


def _list(*, changed: bool) -> bytes:
    lines = [
        f"Person {n}{' Jones' if changed and n % 10 == 0 else ''},p{n}@school.example,Staff,Juniors,1/9/2026"
        for n in range(PEOPLE)
    ]
    return "\n".join(["Name,Email,Role,School,From", *lines]).encode()


def _bring(here: World, content: bytes, *, again: bool) -> dict[str, float]:
    from schoolgate.core.tenancy import scope
    from schoolgate.people import list_importer, queries
    from schoolgate.people.importing import PEOPLE as LIST
    from schoolgate.people.list_importer import keep_list, read_list

    at = AT + timedelta(minutes=5 if again else 0)
    begun = time.perf_counter()
    kept = keep_list(content, federation_id=here.federation)
    with scope(here.federation, here.person):
        by = queries.person(here.person)
        importing = list_importer.upload(kind=LIST, by=by, at=at, kept=kept)
        if importing.mapping is None:
            list_importer.explain_columns(
                kind=LIST, by=by, at=at, importing=importing, sheet=kept.sheet, shape=kept.shape,
                name="Staff list",
                columns=COLUMNS, defaults={"relation": "staff"},
            )  # fmt: skip
    read = time.perf_counter()
    sheet = read_list(kept.file, federation_id=here.federation)
    with scope(here.federation, here.person):
        plan = LIST.preview(importing, sheet, by=by, on=at.date())
    looked = time.perf_counter()
    sheet = read_list(kept.file, federation_id=here.federation)
    with scope(here.federation, here.person):
        list_importer.apply(kind=LIST, by=by, at=at, importing=importing, sheet=sheet, seen=plan.seen)
    taken = time.perf_counter()
    expected = PEOPLE // 10 if again else PEOPLE
    if plan.counts["changed" if again else "new"] != expected:
        raise AssertionError(f"the list came to something else: {dict(plan.counts)}")
    return {"read": read - begun, "look": looked - read, "take_over": taken - looked}
