"""Where the pages listen on this machine: whether they can, at which address they are, and whether they
answer."""

import errno
import socket
import urllib.error
import urllib.request

from schoolgate.core.env import env
from schoolgate.core.postgres.server import ServerTrouble
from schoolgate.core.typed import typed


def check_port(listen_on: str, port: int) -> None:
    """Raise ServerTrouble if another program listens on the port, or the address isn't one of this machine:
    better now than in a log."""
    family = socket.AF_INET6 if ":" in listen_on else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((listen_on, port))
        except OSError as trouble:
            raise ServerTrouble(_why_not(listen_on, port, trouble)) from trouble


def _why_not(listen_on: str, port: int, trouble: OSError) -> str:
    if isinstance(trouble, socket.gaierror) or trouble.errno == errno.EADDRNOTAVAIL:
        return (
            f"SCHOOLGATE_LISTEN_ON is {listen_on}, which is not an address of this machine. Leave it out, or "
            "name one that `ip address` lists."
        )
    why = "another program uses it" if trouble.errno == errno.EADDRINUSE else trouble.strerror
    return f"Port {port} can't be used ({why}). Choose another: {typed('up', PORT='8080')}"


def address() -> str:
    """Where to point a browser."""
    return env().public_address or f"http://{_host_here('localhost')}:{env().port}/"


def _host_here(this_machine: str) -> str:
    """The host of an address at which the pages are reached from here."""
    if env().listen_on in ("127.0.0.1", "0.0.0.0", "::"):  # noqa: S104
        return this_machine
    return f"[{env().listen_on}]" if ":" in env().listen_on else env().listen_on


def serves() -> bool:
    """Whether the health page answers that all is well."""
    there = f"http://{_host_here('127.0.0.1')}:{env().port}/healthz"
    asked = urllib.request.Request(there, headers={"Host": "localhost"})
    try:
        with urllib.request.urlopen(asked, timeout=5) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
