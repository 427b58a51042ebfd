"""Bringing 2,000 pupils with their consents, each step as the pages do it, then asking who may be shown."""

import time
from typing import Any

from bench.database import copy_of, prepared
from bench.machine import middle, say
from bench.world import AT, World, world

WANTED = 5.0
PUPILS, ROUNDS = 2_000, 3
COLUMNS = {
    "key": "UPN", "first_name": "Forename", "last_name": "Surname", "form": "Reg", "born_on": "DOB",
    "picture": "Photos", "name": "Name online",
}  # fmt: skip
SMALLEST = {"PUPILS": 20, "ROUNDS": 1}


def run() -> dict[str, Any]:
    """Each round in a fresh copy of the database."""
    here = world()
    rounds = []
    for number in range(ROUNDS):
        say(f"pupils: round {number + 1} of {ROUNDS}")
        with copy_of(prepared()):
            rounds.append(_round(here))
    found = {name: middle([one[name] for one in rounds]) for name in rounds[0]}
    whole = found["read"] + found["look"] + found["take_over"]
    return {
        "what": f"{PUPILS} pupils with two consents each: read, show what would change, take over",
        "wanted": {"seconds_at_most": WANTED},
        "pupils": PUPILS,
        "seconds": round(whole, 2),
        "reached": whole <= WANTED,
        "parts": {name: round(value, 2) for name, value in found.items()},
        "rounds": ROUNDS,
    }


def _list() -> bytes:
    lines = [
        f"A{n},First{n},Last{n},{n % 10}B,1/9/2016,{'Yes' if n % 3 else 'No'},{'No' if n % 2 else ''}"
        for n in range(PUPILS)
    ]
    return "\n".join([",".join(COLUMNS.values()), *lines]).encode()


def _round(here: World) -> dict[str, float]:
    from schoolgate.core.models import School
    from schoolgate.core.tenancy import scope
    from schoolgate.people import list_importer, queries
    from schoolgate.people.list_importer import keep_list, read_list
    from schoolgate.pupils import consents
    from schoolgate.pupils.importing import PUPILS as LIST
    from schoolgate.pupils.models import Pupil

    begun = time.perf_counter()
    kept = keep_list(_list(), federation_id=here.federation)
    with scope(here.federation, here.person):
        by = queries.person(here.person)
        school = School.objects.order_by("pk")[0]
        importing = list_importer.upload(kind=LIST, by=by, at=AT, kept=kept)
        list_importer.explain_columns(
            kind=LIST, by=by, at=AT, importing=importing, sheet=kept.sheet, shape=kept.shape, name="Pupils",
            columns=COLUMNS, defaults={"school": str(school.pk)},
        )  # fmt: skip
        words = {field: {"yes": "given", "no": "refused"} for field in ("picture", "name")}
        list_importer.explain_words(kind=LIST, by=by, at=AT, importing=importing, words=words)
    read = time.perf_counter()
    with scope(here.federation, here.person):
        importing = LIST.find(by, importing.pk)
        plan = LIST.preview(importing, kept.sheet, by=by, on=AT.date())
    looked = time.perf_counter()
    sheet = read_list(kept.file, federation_id=here.federation)
    with scope(here.federation, here.person):
        list_importer.apply(kind=LIST, by=by, at=AT, importing=importing, sheet=sheet, seen=plan.seen)
    taken = time.perf_counter()
    with scope(here.federation, here.person):
        every = list(Pupil.objects.all())
        uses = ["picture", "film", "name"]
        consents.standings(every, uses=uses, channel="facebook", on=AT.date(), own_yes_from=None)
    asked = time.perf_counter()
    if len(every) != PUPILS:
        raise RuntimeError(f"{len(every)} pupils came")
    return {"read": read - begun, "look": looked - read, "take_over": taken - looked, "ask": asked - taken}
