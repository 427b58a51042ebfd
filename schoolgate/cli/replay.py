"""`schoolgate replay --policy A --against B`: what another policy, or another version of the same, would have
decided in the decisions that a federation has on record.

The work is done in pieces by this process, by several on this machine, or by the workers of a Dask cluster;
each piece is plain data and prepares the process that does it, so that all three run the same code.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from schoolgate.core.days import day_in

if TYPE_CHECKING:
    from schoolgate.policy.readings import Tally


MOST_WORKERS = 64
CONNECT_SECONDS = 10
NO_CLUSTER = "to use a cluster, install `distributed` beside Schoolgate, here and on each of its workers"


class WorkersStopped(Exception):
    """Each worker of a cluster that took a piece was stopped before its end."""


def replay_arguments(parser: argparse.ArgumentParser) -> None:
    """Which two policies, whose decisions, of which days, and who does the work."""
    named = "a policy's key, or a version of the federation's: 3, or 3.1 for its first interpretation"
    parser.add_argument("--policy", required=True, metavar="A", help=named)
    parser.add_argument("--against", required=True, metavar="B", help="the other one, named in the same way")
    parser.add_argument("--federation", required=True, metavar="SLUG", help="whose decisions are repeated")
    parser.add_argument(
        "--from", dest="first", type=_day, metavar="DAY", help="first day, such as 2026-09-01"
    )
    parser.add_argument("--to", dest="last", type=_day, metavar="DAY", help="last day")
    workers = parser.add_mutually_exclusive_group()
    workers.add_argument("--workers", type=_workers, default=1, metavar="N", help="processes (1)")
    workers.add_argument("--cluster", metavar="ADDRESS", help="a Dask scheduler, such as tcp://10.0.0.5:8786")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")


def _day(text: str) -> date:
    try:
        return day_in(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-09-01") from None


def _workers(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:3]) <= MOST_WORKERS and len(text) < 3):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to {MOST_WORKERS}")
    return int(text)


def run_replay(options: argparse.Namespace) -> int:
    """Print the differences clause by clause; 0: done (also where some differ), 1: not done, 2: asked
    wrongly."""
    from schoolgate.core.models import Federation
    from schoolgate.core.tenancy import scope
    from schoolgate.policy.readings import book_named
    from schoolgate.rulebook.errors import RulebookError

    if options.first and options.last and options.first > options.last:
        return _said("the first day comes after the last one", 2)
    federation = Federation.objects.filter(slug=options.federation).first()
    if federation is None:
        return _said(f"there is no federation {options.federation!r}. Use the name in its page addresses", 2)
    try:
        with scope(federation.pk):
            for name in (options.policy, options.against):
                book_named(name)
        with _workers_of(options) as pool:
            policies, days = (options.policy, options.against), (options.first, options.last)
            told = added_up(federation.pk, policies, days, pool).to_json()
    except (RulebookError, OSError) as error:
        return _said(str(error), 2)
    except WorkersStopped as error:
        return _said(str(error), 1)
    except BrokenProcessPool:
        return _said("a worker was stopped before its end. Nothing was changed; run it again", 1)
    told = {"policy": options.policy, "against": options.against, "federation": federation.slug, **told}
    print(json.dumps(told, indent=2) if options.json else "\n".join(lines(told)))
    return 0


def _said(why: str, status: int) -> int:
    print(f"schoolgate replay: {why}", file=sys.stderr)
    return status


@contextmanager
def _workers_of(options: argparse.Namespace) -> Iterator[Executor | None]:
    """Give what does the pieces; None: this process. Raises OSError where the cluster cannot be reached, and
    WorkersStopped."""
    if options.cluster:
        try:
            from distributed import Client, KilledWorker  # the optional part `cluster`
        except ImportError:
            raise OSError(NO_CLUSTER) from None
        with (
            Client(options.cluster, timeout=CONNECT_SECONDS) as client,
            client.get_executor() as pool,
        ):
            try:
                yield pool
            except KilledWorker as error:
                stopped, last = error.allowed_failures + 1, error.last_worker.address
                raise WorkersStopped(
                    f"{stopped} workers of the cluster were stopped over the same decisions. The log of the "
                    f"last one, {last}, says why; often its memory was too small. Nothing was changed; run "
                    "it again"
                ) from None
    elif options.workers > 1:
        with ProcessPoolExecutor(options.workers, mp_context=get_context("spawn")) as pool:
            try:
                yield pool
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    else:
        yield None


def added_up(
    federation: int,
    policies: tuple[str, str],
    days: tuple[date | None, date | None],
    pool: Executor | None,
) -> "Tally":
    """Have every piece done by the pool (None: here) and return what they found together; progress goes to
    standard error."""
    from django.db import connection

    from schoolgate.core.tenancy import scope
    from schoolgate.policy.readings import Tally, pieces_of

    with scope(federation):
        database = {"database": connection.settings_dict["NAME"]}
        work = [asdict(piece) | database for piece in pieces_of(policies, days=days)]
    total = Tally()
    done: Iterable[Tally] = map(piece_done, work) if pool is None else pool.map(piece_done, work)
    for number, tally in enumerate(done, start=1):
        total.add(tally)
        if number % 50 == 0 or number == len(work):
            print(f"{total.asked + total.gone} decisions, {total.differ} differ", file=sys.stderr)
    return total


def piece_done(work: Mapping[str, Any]) -> "Tally":
    """Do one piece, in whatever process this is: a worker prepares itself with the first one it gets."""
    from django.apps import apps

    if not apps.ready:
        from schoolgate.cli.main import prepare
        from schoolgate.cli.registry import Needs

        prepare(Needs.DATABASE)
    from django.db import connection

    from schoolgate.policy.readings import Piece, replayed

    given = dict(work)
    database = given.pop("database")
    if connection.settings_dict["NAME"] != database:
        connection.settings_dict["NAME"] = database
    return replayed(Piece(**given))


def lines(told: Mapping[str, Any]) -> list[str]:
    """Return what is printed: a line for each clause, with its ways and some decisions to look up."""
    same = told["asked"] - told["differ"]
    said = [
        f"{told['federation']}: {told['policy']} against {told['against']}",
        f"  {told['asked']} decisions repeated: {same} come out the same, {told['differ']} do not",
    ]
    if told["gone"]:
        said.append(f"  {told['gone']} could not be repeated, because their facts were erased")
    for each in told["by_clause"]:
        examples = ", ".join(map(str, each["examples"]))
        said.append(f"{each['clause']}: {each['decisions']} (such as decision {examples})")
        for way in each["ways"]:
            moved = f"{way['before']} -> {way['after']}" if way["point"] else "another task, or another time"
            place = f"{way['situation']} {way['point']}".rstrip()
            said.append(f"  {way['times']:>8}  {place}: {moved}")
    return said
