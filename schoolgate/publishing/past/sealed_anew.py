"""Seal the posts of downloads that wait for their import with the vault's newest key, as everything sealed
is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from schoolgate.core.vault import CannotOpen, also_sealed
from schoolgate.publishing.past import storing


@also_sealed
def seal_posts_anew(newly: Callable[[str], str | None]) -> Iterator[str]:
    """Seal the waiting posts of each download, file by file; yields `posts NAME` for what no key opens."""
    for path in storing.waiting():
        try:
            storing.rewrite(path, lambda line: newly(line) or line)
        except CannotOpen:
            yield f"posts {path.stem}"
        except FileNotFoundError:  # imported or dropped a moment ago
            continue
