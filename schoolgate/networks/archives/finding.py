"""Find in a bundle the files that a reader needs."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from schoolgate.networks.archives.json_items import items
from schoolgate.networks.archives.port import Bundle, Unreadable


def named(bundle: Bundle, pattern: str) -> list[str]:
    """The files whose whole name fits, those least deep first, then by name: part 2 before part 10."""
    found = [name for name in bundle.names if re.fullmatch(pattern, name)]
    return sorted(found, key=lambda name: (name.count("/"), len(name), name))


def first_item(bundle: Bundle, name: str, *, under: Collection[str] = (), script: bool = False) -> Any:
    """The first item of a list in a file; None where there is none, or where it is no such list at all."""
    try:
        with bundle.open(name) as stream:
            return next(items(stream, under=under, script=script), None)
    except Unreadable:
        return None
