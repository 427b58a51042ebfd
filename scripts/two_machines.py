"""Two machines at work on one database with a standby, on this machine: one is pulled away while people work,
then the database fails over (`python scripts/two_machines.py`, as root on Linux; ten minutes).

Each machine and each database has a network of its own, joined by a bridge; to pull one away its link is cut,
and neither side is told. The machines share a bucket (rclone's server). The database's address moves to the
standby with its promotion. In front is what a proxy does: it asks each machine whether it is well. A crowd
writes posts, approves them, takes some down and comments; what it was promised is compared with what is there
in the end. Prints one line for each promise, and fails where one wasn't kept.

`--keep` leaves logs and homes. `--like FOLDER` keeps what was set up there, and begins with it the next time.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.core import buckets
from tests.two_machines.crowd import SCHOOL, Asked, Crowd, is_done, judged, posts_of_the_board
from tests.two_machines.databases import Databases
from tests.two_machines.machines import Door, Machine
from tests.two_machines.networks import DOOR, HERE, MACHINES, link, networks

APART, PULLED, LEFT_ALONE = 40.0, 50.0, 60.0
"""Seconds of calm before something is pulled away, until the machine is back, and after the last of it."""
MOST_BACK = 30.0
MOST_UNTIL_DONE = 180.0
"""A post is due a minute after it was approved, and goes out within two minutes more."""


def main() -> int:
    """Set all up, let people work, pull, and tell."""
    folder = Path(tempfile.mkdtemp(prefix="two-machines-"))
    folder.chmod(0o711)
    over = threading.Event()
    databases = Databases(folder / "databases")
    with networks(), buckets.served(folder / "bucket", at=HERE) as bucket:
        try:
            return walk(folder, over, databases, bucket.address("files"))
        finally:
            over.set()
            databases.end()
            time.sleep(2)
            if "--keep" not in sys.argv:
                shutil.rmtree(folder, ignore_errors=True)
            else:
                print(f"Logs and homes: {folder}")


def set_up(folder: Path, over: threading.Event, databases: Databases, bucket: str) -> dict[str, Machine]:
    began = time.monotonic()
    like = Path(sys.argv[sys.argv.index("--like") + 1]) if "--like" in sys.argv else folder / "none"
    databases.begin(like / "data")
    machines = {name: Machine(name, folder / name, bucket, over) for name in MACHINES}
    one, two = machines.values()
    if like.exists():
        shutil.copytree(like / "home", one.home)
        shutil.copytree(like / "bucket", folder / "bucket", dirs_exist_ok=True)
    else:
        one.home.mkdir(mode=0o711)
        one.schoolgate("migrate", "--verbosity", "0")
        one.schoolgate("demo", "--federation", SCHOOL)
        if "--like" in sys.argv:
            like.mkdir(mode=0o711)
            databases.keep(like / "data")
            shutil.copytree(one.home, like / "home")
            shutil.copytree(folder / "bucket", like / "bucket")
    databases.copy()
    say(f"tables, an example and a standby after {time.monotonic() - began:.0f} s")
    two.home.mkdir(mode=0o711)
    shutil.copytree(one.home / "keys", two.home / "keys")
    for machine in machines.values():
        machine.begin()
    return machines


def walk(folder: Path, over: threading.Event, databases: Databases, bucket: str) -> int:
    machines = set_up(folder, over, databases, bucket)
    door, asked = Door(), Asked(machines["one"])
    door.start()
    until(lambda: all(door.well.values()), 300, "both machines are well")
    keys = asked.ask("keys")
    with httpx.Client(base_url=f"http://{HERE}:{DOOR}", timeout=20) as client:
        board = posts_of_the_board(client)
    crowd = Crowd(keys, board)
    crowd.begin()
    time.sleep(APART)
    say(f"people work: {dict(crowd.answers)}")
    pulled = time.monotonic()
    link("two", "down")
    time.sleep(PULLED)
    first, longest = crowd.back_after(pulled, time.monotonic())
    say("machine two was pulled away")
    say(f"all went well again {first:.0f} s after it; longest wait {longest:.0f} s")
    link("two", "up")
    until(lambda: door.well["two"], 60, "machine two is back")
    time.sleep(APART)
    failed_over = time.monotonic()
    link("primary", "down")
    time.sleep(2)
    databases.promote()
    promoted = time.monotonic() - failed_over
    time.sleep(LEFT_ALONE)
    second, longest = crowd.back_after(failed_over, time.monotonic())
    say(f"the database was pulled away, its standby promoted after {promoted:.0f} s")
    say(f"all went well again {second:.0f} s after it; longest wait {longest:.0f} s")
    crowd.end()
    return tell(crowd, asked, machines, (first, second))


def tell(crowd: Crowd, asked: Asked, machines: dict[str, Machine], back: tuple[float, float]) -> int:
    began = time.monotonic()
    told = asked.ask("report")
    while not is_done(told, crowd) and time.monotonic() - began < MOST_UNTIL_DONE:
        time.sleep(3)
        told = asked.ask("report")
    say(f"all was done {time.monotonic() - began:.0f} s after people went home")
    promised = {kind: len(texts) for kind, texts in crowd.promised.items()}
    say(f"promised: {promised}; answers: {dict(crowd.answers)}")
    for machine in machines.values():
        lines = {line["what"]: line for line in json.loads(machine.schoolgate("check", "--json"))["lines"]}
        for what in ("keeping", "files", "heartbeats"):
            line = lines[what]
            say(f"check on {machine.name}: {'ok' if line['ok'] else 'LOOK'} {what}: {line['says']}")
    broken = 0
    results = judged(told, bool(asked.ask("verify")), crowd)
    results += [(f"back within {MOST_BACK:.0f} s", [f"{each:.0f} s" for each in back if each > MOST_BACK])]
    for what, against in results:
        broken += bool(against)
        say(f"{'NO ' if against else 'yes'} {what}{': ' + ', '.join(against[:5]) if against else ''}")
    asked.end()
    return 1 if broken else 0


def until(what: Callable[[], bool], seconds: float, says: str) -> None:
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            raise RuntimeError(f"not within {seconds:.0f} s: {says}")
        time.sleep(0.3)
    say(says)


BEGAN = time.monotonic()


def say(text: str) -> None:
    print(f"{time.monotonic() - BEGAN:5.0f} s  {text}", flush=True)


if __name__ == "__main__":
    if os.geteuid() != 0 or not shutil.which("ip"):
        sys.exit("This needs root and iproute2 on Linux: it makes networks.")
    sys.exit(main())
