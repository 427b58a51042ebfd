"""Start a real Bluesky network on loopback and keep it until told to end.

    python -m tests.network.launcher                 fixed ports, two accounts, for a walk by hand
    python -m tests.network.launcher --free-ports    for the tests: prints one line of JSON when it is ready

Its parts: Redis (the system's package) on a loopback port of its own, a database of its own on the program's
embedded PostgreSQL in a home of its own, and Node with PLC, PDS, AppView and moderation service. All of it,
data too, is gone when this process ends. THE SERVERS OF THE NETWORK LISTEN ON EVERY INTERFACE and their keys
are public: run it in a sandbox or behind a firewall, never on a school's machine.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass, fields
from functools import partial
from pathlib import Path

from schoolgate.core.processes import die_with_parent
from tests.network import database, node
from tests.network.accounts import Account, create_account

SECONDS_TO_START = 600.0
"""Fifteen usually. It ends only what would never start: how busy the machine may be is not known."""
PORTS = (20_000, 32_000)
"""Below those that the system gives to connections by itself (from 32,768): one of them could take a port
that was found free, before its server listens."""
BY_HAND = ("oakwood-primary.test", "a-parent.test")


@dataclass(frozen=True)
class Ports:
    """Where the servers listen. The usual ones are those of Bluesky's own development network."""

    plc: int = 2582
    pds: int = 2583
    appview: int = 2584
    moderation: int = 2587
    redis: int = 2588


def free_ports() -> Ports:
    """Five ports that nobody listens on now, and that no connection gets meanwhile."""
    found: list[int] = []
    with ExitStack() as stack:
        while len(found) < len(fields(Ports)):
            one, port = stack.enter_context(socket.socket()), random.randrange(*PORTS)
            with suppress(OSError):
                one.bind(("", port))
                found.append(port)
    return Ports(*found)


class BlueskyNetwork:
    """The running network: use it with `with`."""

    def __init__(self, ports: Ports) -> None:
        self.ports = ports
        self.pds = f"http://localhost:{ports.pds}"
        self.appview = f"http://localhost:{ports.appview}"
        self._stack = ExitStack()

    def __enter__(self) -> BlueskyNetwork:
        node.check_machine()
        node.install()
        with self._stack:
            self._start()
            self._stack = self._stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _start(self) -> None:
        folder = Path(tempfile.mkdtemp(prefix="bluesky-", dir="/tmp"))
        self._stack.callback(shutil.rmtree, folder, ignore_errors=True)
        (folder / "tmp").mkdir()
        redis = ["redis-server", "--port", str(self.ports.redis), "--bind", "127.0.0.1", "--save", "",
                 "--appendonly", "no", "--dir", str(folder)]  # fmt: skip
        self._child(redis, stdout=subprocess.DEVNULL)
        self._stack.callback(database.end, folder)
        server = database.start(folder)
        words = [str(node.node()), "network.mjs", json.dumps(asdict(self.ports))]
        log = (folder / "network.log").open("wb")
        self._stack.callback(log.close)
        surroundings = node.environment(
            DB_POSTGRES_URL=server.url("bluesky", "bluesky"),
            REDIS_HOST=f"127.0.0.1:{self.ports.redis}",
            TMPDIR=str(folder / "tmp"),
            LOG_ENABLED="false",
        )
        child = self._child(words, cwd=node.FOLDER, env=surroundings, stdout=subprocess.PIPE, stderr=log)
        self._wait_for(child, folder / "network.log")

    def _child(self, words: list[str], **how: object) -> subprocess.Popen[bytes]:
        """A process that ends with this one, whichever way this one ends."""
        with_us = partial(die_with_parent, signal.SIGTERM)
        child: subprocess.Popen[bytes] = subprocess.Popen(words, preexec_fn=with_us, **how)  # type: ignore[call-overload]  # noqa: PLW1509
        self._stack.callback(_end, child)
        return child

    def _wait_for(self, child: subprocess.Popen[bytes], log: Path) -> None:
        lines: list[bytes] = []
        ready = threading.Event()

        def read() -> None:
            assert child.stdout is not None
            for line in child.stdout:
                lines.append(line)
                if line.startswith(b'{"ready"'):
                    ready.set()

        threading.Thread(target=read, daemon=True).start()
        end = time.monotonic() + SECONDS_TO_START
        while not ready.wait(0.1):
            if child.poll() is not None or time.monotonic() > end:
                said = (
                    b"".join(lines)[-1000:].decode(errors="replace") + log.read_text(errors="replace")[-2000:]
                )
                raise node.Missing(f"The Bluesky network did not start.\n{said}")


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    with suppress(subprocess.TimeoutExpired):
        child.wait(15)
        return
    child.kill()
    child.wait()


def main() -> None:
    """Start, say where, and wait for SIGTERM, Ctrl-C or the end of the process that started us."""
    parser = argparse.ArgumentParser(description="A real Bluesky network on loopback.")
    parser.add_argument(
        "--free-ports", action="store_true", help="take free ports and print JSON, for the tests"
    )
    parser.add_argument("--install-only", action="store_true", help="install the packages and end")
    chosen = parser.parse_args()
    try:
        if chosen.install_only:
            node.check_machine()
            node.install()
            return
        stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        with BlueskyNetwork(free_ports() if chosen.free_ports else Ports()) as network:
            if chosen.free_ports:
                print(json.dumps({"ready": True, **asdict(network.ports)}), flush=True)
            else:
                _say(network, [create_account(network.pds, handle) for handle in BY_HAND])
            stopping.wait()
    except node.Missing as trouble:
        sys.exit(str(trouble))


def _say(network: BlueskyNetwork, accounts: list[Account]) -> None:
    print(f"A Bluesky network on this machine. Server to connect: {network.pds}")
    for account in accounts:
        print(f"  account {account.handle}   app password {account.app_password}")
    print("It listens on every interface and its keys are public: never on a school's machine.")
    print("Ctrl-C ends it and removes everything that was posted.", flush=True)


if __name__ == "__main__":
    main()
