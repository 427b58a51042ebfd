"""Runs a server that a command has started, until its last user ends: `python -m ...postgres.keeper HOME`.

Users hold a shared lock on a file, which the kernel frees when they end, however they end. The keeper stops
the server once it gets an exclusive lock. If the keeper dies, the server goes with it.
"""

import fcntl
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from schoolgate.core.postgres.server import ServerTrouble, server_of, spawn

SECONDS_BETWEEN_LOOKS = 0.3


def keep(home: Path, *, durable: bool, ready: Callable[[], None]) -> int:
    """Run the home's server while it has users; return the exit status of this process."""
    server = server_of(home)
    process = spawn(server, durable=durable)
    server.wait_until_it_answers(process)
    ready()
    with (server.home / "postgres" / "users.lock").open("ab") as users:
        while process.poll() is None:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(SECONDS_BETWEEN_LOOKS)
                continue
            server.stop()
            process.wait()
            return 0
    return 1


def main() -> int:
    """Leave a keeper behind; returns 0 once its server answers, 1 when it never will."""
    hears, says = os.pipe()
    if os.fork() != 0:
        os.close(says)
        return 0 if os.read(hears, 1) else 1
    os.close(hears)
    os.setsid()

    def ready() -> None:
        os.write(says, b"r")
        os.close(says)

    try:
        return keep(Path(sys.argv[1]), durable="--not-durable" not in sys.argv[2:], ready=ready)
    except ServerTrouble as trouble:
        print(trouble, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
