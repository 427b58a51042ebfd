"""Where a name leads: whether an address belongs to the open internet, and what is behind a host's name.

People type addresses, and the program then goes there from inside the school's network. So it resolves each
name itself, every address behind it must be public, and it connects to that very address.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Final

Resolve = Callable[[str, int], list[str]]

_IN_DISGUISE = tuple(ipaddress.ip_network(net) for net in ("64:ff9b::/96", "2002::/16", "2001::/32"))
"""Addresses of the new kind that lead to one of the old kind inside them."""

_INSIDE: Final = (".localhost", ".local", ".internal", ".home.arpa")
_OF_NUMBERS: Final = re.compile(r"(0x[0-9a-f]*|[0-9]+)(\.(0x[0-9a-f]*|[0-9]+)){0,3}")


def is_public(address: str) -> bool:
    """Return whether an IP address belongs to the open internet, and not to this machine or a network around
    it."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return is_public(str(found.ipv4_mapped))
        if found.is_site_local or any(found in net for net in _IN_DISGUISE):
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def is_inside(host: str, may: Callable[[str], bool] = is_public) -> bool:
    """Return whether a host says by itself that it leads inside: an address in any of its spellings, or a
    name that is only ever a local one. Others are known once they are looked up."""
    name = host.strip("[]").lower().rstrip(".")
    ip = "127.0.0.1" if f".{name}".endswith(_INSIDE) else _spelt_out(name)
    return ip is not None and not may(ip)


def _spelt_out(name: str) -> str | None:
    """Return the IP address that a host is; None for a name. The system dials "127.1" and "0x7f000001"."""
    with suppress(ValueError):
        return str(ipaddress.ip_address(name.partition("%")[0]))
    if not _OF_NUMBERS.fullmatch(name):
        return None
    with suppress(OSError):
        return socket.inet_ntoa(socket.inet_aton(name))
    return None


def addresses_of(host: str, port: int) -> list[str]:
    """Return every IP address behind a name; none where there is no such name."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(one[4][0]) for one in found))
