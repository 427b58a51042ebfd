"""A network for each machine and each database, joined by a bridge: only root may make them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
NET, HERE = "10.77.0", "10.77.0.1"
MACHINES = {"one": f"{NET}.11", "two": f"{NET}.12"}
DATABASES = {"primary": f"{NET}.21", "standby": f"{NET}.22"}
THE_DATABASE = f"{NET}.20"
"""The address that moves with whoever is the primary, as a provider's name or a virtual address does."""
DOOR, PAGES = 8080, 8000
BRIDGE = "sg-bridge"


def run(*words: str, check: bool = True) -> str:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if check and done.returncode:
        raise RuntimeError(f"{' '.join(words)}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


@contextmanager
def networks() -> Iterator[None]:
    """One for each, joined by a bridge; taken away at the end."""
    away()
    run("ip", "link", "add", BRIDGE, "type", "bridge")
    try:
        run("ip", "addr", "add", f"{HERE}/24", "dev", BRIDGE)
        run("ip", "link", "set", BRIDGE, "up")
        for name, address in (MACHINES | DATABASES).items():
            run("ip", "netns", "add", f"sg-{name}")
            inside = f"sgi-{name}"
            run("ip", "link", "add", f"sgo-{name}", "type", "veth", "peer", "name", inside)
            run("ip", "link", "set", inside, "netns", f"sg-{name}")
            run("ip", "link", "set", f"sgo-{name}", "master", BRIDGE, "up")
            for words in (("addr", "add", f"{address}/24", "dev", inside), ("link", "set", inside, "up")):
                run("ip", "-n", f"sg-{name}", *words)
            run("ip", "-n", f"sg-{name}", "link", "set", "lo", "up")
        yield
    finally:
        away()


def away() -> None:
    for name in MACHINES | DATABASES:
        run("ip", "link", "del", f"sgo-{name}", check=False)  # a network lives as long as a process in it
        run("ip", "netns", "del", f"sg-{name}", check=False)
    run("ip", "link", "del", BRIDGE, check=False)


def link(name: str, how: str) -> None:
    """`down`: what is sent there and from there is lost, and no one is told."""
    run("ip", "link", "set", f"sgo-{name}", how)


def move(to: str) -> None:
    """Give the database's address to another, and tell the network so (a gratuitous ARP)."""
    run("ip", "-n", f"sg-{to}", "addr", "add", f"{THE_DATABASE}/24", "dev", f"sgi-{to}")
    run("ip", "netns", "exec", f"sg-{to}", sys.executable, "-c", IT_IS_HERE, f"sgi-{to}", THE_DATABASE)


IT_IS_HERE = """
import socket, sys
wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
wire.bind((sys.argv[1], 0))
me, at, all_ = wire.getsockname()[4], socket.inet_aton(sys.argv[2]), b"\\xff" * 6
for kind in (1, 2):
    told = b"\\0\\1\\x08\\0\\6\\4\\0" + bytes([kind]) + me + at + all_ + at
    wire.send(all_ + me + b"\\x08\\x06" + told)
"""


def inside(name: str, *words: str, **more: Any) -> subprocess.Popen[bytes]:
    """A session of its own, so that the system gives it as much of the processor as any other."""
    return subprocess.Popen(["ip", "netns", "exec", f"sg-{name}", *words], start_new_session=True, **more)
