"""Taking in the 50,000 posts of one download: reading the file, then the posts, each as the jobs do it; and
finding words among them."""

import json
import resource
import tempfile
import time
import zipfile
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bench.database import copy_of, prepared, server_seconds
from bench.machine import middle, say
from bench.world import AT, World, world

POSTS, SEARCHES = 50_000, 15
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
FIRST = datetime(2015, 1, 1, tzinfo=UTC)
WORDS = (
    "sports", "day", "friday", "choir", "concert", "pupils", "year", "trip", "museum", "thank", "parents",
    "volunteers", "term", "lunch", "menu",
)  # fmt: skip
SMALLEST = {"POSTS": 200, "SEARCHES": 2}


def run() -> dict[str, Any]:
    """One round in a fresh copy; the memory is that of this process, which does what a worker would."""
    here = world()
    with tempfile.TemporaryDirectory() as folder, copy_of(prepared()):
        file = Path(folder) / "archive.zip"
        _write(file)
        say(f"before: {POSTS} posts, {file.stat().st_size / 1e6:.1f} MB")
        found = _round(here, file)
    return {
        "what": f"a download of {POSTS} posts: read it, take it in (by the clock), search it",
        "posts": POSTS,
        **found,
    }


def _write(file: Path) -> None:
    """X's archive, with some twenty-five words a post; written post by post, for memory is measured."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundle:
        account = [{"account": {"username": "bench", "accountId": "1"}}]
        bundle.writestr("data/account.js", "window.YTD.account.part0 = " + json.dumps(account))
        with bundle.open("data/tweets.js", "w") as out:
            out.write(b"window.YTD.tweets.part0 = [")
            for n in range(POSTS):
                out.write(b", " * (n > 0) + json.dumps({"tweet": _post(n)}).encode())
            out.write(b"]")


def _post(n: int) -> dict[str, Any]:
    at = FIRST + timedelta(hours=n)
    said = [WORDS[(n * 7 + i * i) % len(WORDS)] for i in range(24)]
    return {
        "id_str": str(n + 1),
        "full_text": " ".join([*said, f"word{n % 9000}", f"club{n % 60}"]),
        "created_at": f"Mon {MONTHS[at.month - 1]} {at.day:02} {at:%H:%M:%S} +0000 {at.year}",
        "lang": "en",
        "entities": {"hashtags": [], "urls": [], "user_mentions": []},
    }


def _round(here: World, file: Path) -> dict[str, Any]:
    from schoolgate.accounts.models import Account, TeamMember
    from schoolgate.core.tenancy import scope
    from schoolgate.people.queries import person
    from schoolgate.publishing import past_import, past_posts
    from schoolgate.publishing.models import PastImport

    with scope(here.federation, here.person):
        by = person(here.person)
        account = Account.objects.create(
            name="Bench", network="x", handle="bench", address="https://x.com/bench", kind="school",
            state="open", made_at=AT, opened_at=AT, opened_by=by,
        )  # fmt: skip
        TeamMember.objects.create(account=account, person=by, part="lead", from_day=AT.date())
    memory = _memory()
    begun, busy = time.perf_counter(), _busy()
    with file.open("rb") as source:
        kept = past_import.keep_download(source, file.stat().st_size, federation_id=here.federation)
    with scope(here.federation, here.person):
        brought = past_import.bring_download(
            by=by, at=AT, account=account, file=kept.file, content=kept.content, size=kept.size
        )
    past_import.read(here.federation, brought.pk, clock=lambda: AT)
    read, busy_read = time.perf_counter(), _busy()
    with scope(here.federation, here.person):
        brought = PastImport.objects.get(pk=brought.pk)
        past_import.take_in(by=by, at=AT, brought=brought, made_on=AT.date())
    past_import.take(here.federation, brought.pk, clock=lambda: AT)
    taken, busy_taken = time.perf_counter(), _busy()
    with scope(here.federation, here.person):
        ended = PastImport.objects.get(pk=brought.pk)
        if ended.taken != POSTS:
            raise AssertionError(f"the download came to something else: {ended.taken} {ended.state}")
        look = partial(past_posts.posts_page, accounts=[account.pk])
        searches = {typed or "newest": _time(partial(look, typed=typed)) for typed in (
            "", "choir", "word77", "choir word77", "wor club7", "nothing")}  # fmt: skip
    return {
        "seconds": {"read": round(read - begun, 1), "take_in": round(taken - read, 1)},
        "processor_seconds": {
            "read": round(busy_read - busy, 1),
            "take_in": round(busy_taken - busy_read, 1),
        },
        "memory_grew_by_mb": round(_memory() - memory),
        "search_ms": searches,
    }


def _time(work: Any) -> float:
    took = []
    for _ in range(SEARCHES):
        begun = time.perf_counter()
        work()
        took.append(time.perf_counter() - begun)
    return round(middle(took) * 1000, 1)


def _busy() -> float:
    """Processor time of this process and of its database so far."""
    return time.process_time() + server_seconds()


def _memory() -> float:
    """The most that this process has had so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
