"""Taking an address apart that people type and servers tell."""

from __future__ import annotations

from typing import Final
from urllib.parse import SplitResult, urlsplit

NO_ADDRESS: Final = SplitResult("", "", "", "", "")


def parts_of(address: str) -> SplitResult:
    """Return the parts of an address; those of none where it can't be taken apart (`https://[half`), or its
    port is no port: `urlsplit` itself raises there."""
    try:
        parts = urlsplit(address)
        _port = parts.port
    except ValueError:
        return NO_ADDRESS
    return parts
