"""How fast past decisions are repeated under another policy: one process, two, and the memory of each."""

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from datetime import date, datetime, timedelta
from itertools import cycle, islice
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import Any

from psycopg.types.json import Jsonb

from bench.database import as_superuser, copy_of, prepared
from bench.machine import check_count, say
from bench.world import AT, World, world

WANTED = 1.8
DECISIONS = int(os.environ.get("REPLAY_DECISIONS", "1000000"))
FEW = DECISIONS // 10
THE_DAY_BEFORE = AT - timedelta(days=1)
POLICIES = ("wildground", "wootton")
SMALLEST = {"DECISIONS": 200, "FEW": 20}


def run() -> dict[str, Any]:
    """Decisions a second by the clock with one process and with two, the most memory that a process took for
    a tenth of the decisions and for all, and processor time.

    By the processor: the work of one process and its server process, which wait for each other, over that of
    the busiest pair of two; on a machine with two free cores that is what the clock says too.
    """
    here = world()
    with copy_of(prepared()):
        say(f"replay: writing {DECISIONS} decisions")
        _fill(here)
        with as_superuser() as admin:
            admin.execute("VACUUM ANALYZE policy_decisionrecord, policy_decisionfacts")
        few = _in_a_process(1, until=THE_DAY_BEFORE)
        one, two = (_in_a_process(workers, until=AT) for workers in (1, 2))
    for found, wanted in ((few, FEW), (one, DECISIONS), (two, DECISIONS)):
        check_count("decisions repeated", int(found["asked"]), wanted)
    return {
        "what": f"schoolgate replay over {DECISIONS} decisions, {' against '.join(POLICIES)}",
        "wanted": {"times_faster_with_two": WANTED},
        "decisions": DECISIONS,
        "times_faster_with_two": round(one["seconds"] / two["seconds"], 2),
        "times_faster_by_the_processor": round(one["busy"] / two["busy"], 2),
        "reached": one["busy"] / two["busy"] >= WANTED,
        "decisions_a_second": {
            "one": round(DECISIONS / one["seconds"]),
            "two": round(DECISIONS / two["seconds"]),
        },
        "processor_seconds_of_the_busiest": {"one": round(one["busy"]), "two": round(two["busy"])},
        "most_memory_mb": {
            "few": few["mb"],
            "one": one["mb"],
            "two": two["mb"],
        },
        "load": os.getloadavg()[0],
    }


def _fill(here: World) -> None:
    """Decisions of Wildground's stored cases, again and again, each with its facts; their bodies are not
    read, and stay empty."""
    from django.db import connection

    from schoolgate.core.tenancy import scope
    from schoolgate.policy.models import Reading
    from schoolgate.rulebook.scenarios import scenarios_of

    with scope(here.federation):
        reading = Reading.objects.get()
    cases = [
        (one.situation, Jsonb(one.facts.model_dump(mode="json", exclude_defaults=True)))
        for one in scenarios_of("wildground")
    ]
    with as_superuser() as admin, admin.cursor() as cursor:
        (begin,) = cursor.execute("SELECT coalesce(max(id), 0) FROM policy_decisionrecord").fetchone()
        with cursor.copy(
            "COPY policy_decisionrecord (id, federation_id, situation, subject, at, version_id, reading_id,"
            " outcome, points, body, clauses, wordings, control_versions, facts_digest) FROM STDIN"
        ) as copy:
            empty = Jsonb({})
            for number, (situation, _facts) in enumerate(islice(cycle(cases), DECISIONS), start=begin + 1):
                copy.write_row((
                    number, here.federation, situation, "bench.case:1",
                    THE_DAY_BEFORE if number - begin <= FEW else AT, reading.version_id, reading.pk, "silent",
                    empty, empty, Jsonb([]), empty, empty, "",
                ))  # fmt: skip
        with cursor.copy(
            "COPY policy_decisionfacts (federation_id, kept_id, facts, salt) FROM STDIN"
        ) as copy:
            for number, (_situation, facts) in enumerate(islice(cycle(cases), DECISIONS), start=begin + 1):
                copy.write_row((here.federation, number, facts, b""))
    connection.close()


def _in_a_process(workers: int, *, until: datetime) -> dict[str, float]:
    """Run it in a process of its own: the seconds it took, those of the processor, and the most memory that
    one process had."""
    from django.db import connection

    name = connection.settings_dict["NAME"]
    words = [sys.executable, "-m", "bench.replay", name, str(workers), until.date().isoformat()]
    began = time.perf_counter()
    told = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout
    found: dict[str, float] = json.loads(told) | {"seconds": time.perf_counter() - began}
    say(f"replay: {workers} at work until {until:%d %B}: {found}")
    return found


def _repeat(database: str, workers: int, until: date) -> None:
    """Repeat the decisions up to a day; print what the busiest process used, and the most memory of one."""
    from schoolgate.cli.main import prepare
    from schoolgate.cli.registry import Needs

    prepare(Needs.DATABASE)
    from django.db import connection

    from schoolgate.cli.replay import added_up
    from schoolgate.core.models import Federation

    connection.settings_dict["NAME"] = database
    federation = Federation.objects.get(slug="wild").pk
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn")) if workers > 1 else None
    with pool or nullcontext():
        total = added_up(federation, POLICIES, (None, until), pool)
        at_work = [child.pid for child in active_children() if child.pid] or [os.getpid()]
        servers = _servers(database)
        used = {pid: _busy(pid) for pid in (*at_work, *servers)}
        most = max(_most_memory(pid) for pid in {*at_work, os.getpid()})
    if not total.differ:
        raise AssertionError(total)
    busy = max(used[pid] for pid in at_work) + max(used[pid] for pid in servers)
    print(json.dumps({"busy": busy, "mb": most, "asked": total.asked}))


def _servers(database: str) -> list[int]:
    with as_superuser() as admin:
        found = admin.execute("SELECT pid FROM pg_stat_activity WHERE datname = %s", [database]).fetchall()
    return [pid for (pid,) in found]


def _busy(pid: int) -> float:
    """Processor time that a process has used so far; 0 where it has ended."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    except FileNotFoundError:
        return 0.0


def _most_memory(pid: int) -> float:
    """The most memory that a process had since it began its program, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return round(next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024, 1)


if __name__ == "__main__":
    _repeat(sys.argv[1], int(sys.argv[2]), date.fromisoformat(sys.argv[3]))
