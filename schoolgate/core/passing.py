"""Files that pass through the store: parts of an upload until a form takes it, a download until its posts are
imported, a picture while a network fetches it. Each machine finds them, and no backup has them.

Each kind has its group, or one for each person. The name of a file begins with its key; what has the same key
belongs together and goes together.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from schoolgate.core.home import home
from schoolgate.core.places import Laid, Place, Store
from schoolgate.core.store import PASSING, in_the_home, the_store


def passing() -> Store:
    """The store of what passes through."""
    return the_store(PASSING)


def sweep(
    kind: str, *, at: datetime, older_than: timedelta,
    federation_id: int | None = None, keep: Collection[str] = (),
) -> int:  # fmt: skip
    """Erase each key of a kind whose newest file is older than that; return how many.

    Args:
        keep: keys that stay, however old.
    """
    store, together = passing(), defaultdict[tuple[int, str, str], list[Laid]](list)
    for laid in store.laid(federation_id):
        owner, name, group = laid.place
        if group.partition("-")[0] == kind:
            together[owner, group, key_of(name)].append(laid)
    gone = 0
    for (_owner, _group, key), files in together.items():
        if key not in keep and max(laid.since for laid in files) < at - older_than:
            for laid in files:
                store.remove(laid.place)
            gone += 1
    return gone


def key_of(name: str) -> str:
    """Return the key with which a name begins."""
    return name.partition(".")[0]


def take_over() -> None:
    """Bring in what an older release left in the home: posts that wait for their import. The rest goes."""
    store = in_the_home(PASSING)
    for path in (home() / "before").glob("[0-9]*/*.posts"):
        store.lay(Place(int(path.parent.name), path.name, "posts"), path)
    for name in ("before", "uploads", "handed-over"):
        shutil.rmtree(home() / name, ignore_errors=True)
