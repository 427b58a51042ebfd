"""Tells the stories of the examples, each in a copy of a process that has read the program:
`python -m tests.telling`.

It hears words, one a line, as JSON: which example, up to which instant, into which home and database, as who.
It answers each with a line: 0 where the story was told. What a reader found in a picture of one story, it
finds again in the same picture of the next: to look for faces starts a program, and all draw the same ones.
"""

import gc
import json
import os
import pickle
import sys
import traceback
from datetime import datetime
from pathlib import Path

import django
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """What the program signs people in by, at a hundredth of its price: the price stands in what is kept."""

    time_cost, memory_cost, parallelism = 1, 64, 1


def read_the_program() -> None:
    """Read all that a story goes through, and what it would work out once: copies have it already."""
    django.setup()
    settings.PASSWORD_HASHERS = ["tests.telling.QuickArgon2"]
    from django.urls import get_resolver

    import schoolgate.cli.demo.telling  # noqa: F401 - for the copies
    from schoolgate.cli.demo.concerns import TOLD
    from schoolgate.cli.demo.posts import POSTS
    from schoolgate.patterns import compile_lazy_patterns
    from schoolgate.triage import triage

    get_resolver().reverse_dict  # noqa: B018 - reads every address
    compile_lazy_patterns()
    for text in (*(one.text for post in POSTS for one in post.said), *(one.what for one in TOLD)):
        triage(text)  # makes ready the phrases that look for its words
    _read_each_once()
    gc.freeze()


FOUND: dict[object, bytes] = {}
"""What readers found in the bytes that they were given, in all stories that were told until now."""


def tell_in_a_copy(key: str, at: str, home: str, database: str, urls: list[str]) -> int:
    """Tell it in a copy of this process, so that nothing which one story leaves gets into the next one."""
    read, written = os.pipe()
    copy = os.fork()
    if copy:
        os.close(written)
        with os.fdopen(read, "rb") as there:
            found = there.read()
        if found:
            FOUND.update(pickle.loads(found))  # what a copy of ours wrote itself
        return os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])
    status = 1
    try:
        os.close(read)
        _tell(key, datetime.fromisoformat(at), Path(home), database, urls)
        with os.fdopen(written, "wb") as there:
            there.write(pickle.dumps(FOUND))
        status = 0
    except BaseException:  # noqa: BLE001 - whatever it is, the copy ends here
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def _read_each_once() -> None:
    """Have readers find in the same bytes what they found in them before."""
    from schoolgate.core.outside.aside import Reader

    read = Reader.__call__

    def read_once(self: Reader, content: bytes, *told: int) -> bytes:
        key = (self, content, told)
        if key not in FOUND:
            FOUND[key] = read(self, content, *told)
        return FOUND[key]

    Reader.__call__ = read_once  # type: ignore[method-assign]


def _tell(key: str, at: datetime, home: Path, database: str, urls: list[str]) -> None:
    from django.db import connection

    from schoolgate.cli.demo.telling import tell
    from schoolgate.core.env import use_home
    from schoolgate.core.postgres import for_django

    # Each statement is planned the first time, and kept: a story asks more of them than a page.
    connection.settings_dict["OPTIONS"]["prepare_threshold"] = 0
    for_django.KEPT = 2_000
    # What is left behind goes with this process.
    gc.disable()
    use_home(home, database_url=urls[0], database_owner_url=urls[1])
    connection.settings_dict["NAME"] = database
    assert tell(key, now=at)
    connection.close()


def main() -> None:
    """Hear words until there are no more."""
    read_the_program()
    for line in sys.stdin:
        print(tell_in_a_copy(**json.loads(line)), flush=True)


if __name__ == "__main__":
    main()
