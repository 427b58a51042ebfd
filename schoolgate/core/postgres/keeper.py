"""Keeps a server that a command has started, until nobody uses it: `python -m schoolgate.core.postgres.keeper
HOME`.

Users hold a shared lock on a file, which the kernel frees when they end, however they end. The keeper ends
the server once it gets that lock for itself alone. Dies the keeper, the server goes with it.
"""

import fcntl
import subprocess
import sys
import time
from pathlib import Path

from schoolgate.core.postgres.places import ServerTrouble
from schoolgate.core.postgres.server import server_of, spawn

SECONDS_BETWEEN_LOOKS = 0.3


def keep(home: Path, *, durable: bool) -> int:
    """Run the home's server for as long as somebody uses it; returns the exit status of this process."""
    server = server_of(home)
    try:
        process = spawn(server, durable=durable)
        server.wait_until_it_answers(process)
    except ServerTrouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
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
    """Read the two words of the command line."""
    try:
        return keep(Path(sys.argv[1]), durable="--not-durable" not in sys.argv[2:])
    except subprocess.SubprocessError as trouble:
        print(trouble, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
