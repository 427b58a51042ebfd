"""Where a name leads: whether an address belongs to the open internet, and what is behind a host's name.

People type addresses, and the program then goes there from inside the school's network. So it resolves each
name itself, every address behind it must be public, and it connects to that very address.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable

Resolve = Callable[[str, int], list[str]]

_IN_DISGUISE = tuple(ipaddress.ip_network(net) for net in ("64:ff9b::/96", "2002::/16", "2001::/32"))
"""Addresses of the new kind that lead to one of the old kind inside them."""


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


def is_inside(host: str) -> bool:
    """Return whether a name says by itself that it leads inside. Others are known once they are looked up."""
    try:
        return not is_public(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def addresses_of(host: str, port: int) -> list[str]:
    """Return every IP address behind a name; none where there is no such name."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(one[4][0]) for one in found))
