"""Where calls may go, and the one way to connect: the name is looked up once, every address behind it must be
public, and the connection is made to one of these very addresses."""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Final

from schoolgate.core.env import env
from schoolgate.core.outside.answers import NotTaken
from schoolgate.core.outside.places import Resolve, addresses_of, is_public

CONNECT_SECONDS: Final = 5.0
"""For one of the addresses behind a name."""
_LOOKING_UP = threading.BoundedSemaphore(16)
"""The system looks names up for as long as it likes, so that is done beside the caller."""


def is_named(host: str, port: int) -> bool:
    """Return whether the operator named this server as one that may be at a private address."""
    bare = host.strip("[]").lower()
    name = f"[{bare}]" if ":" in bare else bare
    return bool({name, f"{name}:{port}"} & {one.lower() for one in env().private_hosts})


@dataclass(frozen=True)
class Reach:
    """Where calls may go: to public addresses, and to `named` servers. Tests pass one that leads to this
    machine."""

    resolve: Resolve = addresses_of
    may: Callable[[str], bool] = is_public
    named: Callable[[str, int], bool] = is_named

    def connect(self, host: str, port: int, until: float) -> socket.socket:
        """Return a connection to a server. `until`: the reading of `time.monotonic` at which to give up.
        Raises NotTaken: nothing was sent."""
        detail = ""
        for ip in self.addresses(host.strip("[]"), port, until):
            try:
                return self.dial(ip, port, min(CONNECT_SECONDS, _left(until)))
            except OSError as error:
                detail = type(error).__name__
        _left(until)
        raise NotTaken("unreachable", before=True, detail=detail)

    def dial(self, ip: str, port: int, seconds: float) -> socket.socket:
        """Connect to an address that was checked. Raises OSError."""
        found = socket.create_connection((ip, port), timeout=seconds)
        found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return found

    def addresses(self, host: str, port: int, until: float) -> list[str]:
        """Return all addresses behind a name, each of which may be connected to. Raises NotTaken."""
        found = self._looked_up(host, port, until)
        if not found:
            raise NotTaken("no_such_host", before=True)
        if not self.named(host, port) and not all(self.may(ip) for ip in found):
            raise NotTaken("not_public", before=True)
        return found

    def _looked_up(self, host: str, port: int, until: float) -> list[str]:
        with suppress(ValueError):
            return [str(ipaddress.ip_address(host))]
        if not _LOOKING_UP.acquire(timeout=_left(until)):
            raise NotTaken("too_slow", before=True)
        told: SimpleQueue[list[str]] = SimpleQueue()

        def look() -> None:
            try:
                told.put(self.resolve(host, port))
            finally:
                _LOOKING_UP.release()
                told.put([])

        threading.Thread(target=look, name="look-up", daemon=True).start()
        try:
            return told.get(timeout=_left(until))
        except Empty:
            raise NotTaken("too_slow", before=True) from None


def _left(until: float) -> float:
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise NotTaken("too_slow", before=True)
    return seconds
