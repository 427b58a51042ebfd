"""Opening a download: which network's it is, by what is in it, and reading its posts within bounds; and
`archives.yaml`, typed: which real files our reader was tested with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import BinaryIO, Literal

from pydantic import BaseModel, ConfigDict

from schoolgate.core.own_files import said_in
from schoolgate.networks.archives import port
from schoolgate.networks.archives.bluesky import Bluesky
from schoolgate.networks.archives.files import open_bundle
from schoolgate.networks.archives.mastodon import Mastodon
from schoolgate.networks.archives.meta import Facebook, Instagram
from schoolgate.networks.archives.port import Bundle, LeftOut, OldPost, Owner, Reader, Unreadable
from schoolgate.networks.archives.x import X

READERS: dict[str, Reader] = {
    reader.network: reader for reader in (Bluesky(), Mastodon(), Facebook(), Instagram(), X())
}

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?")


@dataclass(frozen=True)
class Download:
    """A file that is a download of `network`. Use it while `open_download` is open."""

    network: str
    owner: Owner
    _reader: Reader
    _bundle: Bundle

    def posts(self) -> Iterator[OldPost | LeftOut]:
        """Everything in it that could be a post. Raises Unreadable where the file is damaged further on."""
        for number, one in enumerate(self._reader.posts(self._bundle), start=1):
            if number > port.MOST_POSTS:
                raise Unreadable("too_many")
            if isinstance(one, OldPost) and (
                len(one.text) > port.LONGEST_TEXT or max(len(one.key), len(one.address)) > port.LONGEST_KEY
            ):
                yield LeftOut("too_long")
            elif isinstance(one, OldPost):
                yield _tidy(one)
            else:
                yield one


def _tidy(post: OldPost) -> OldPost:
    """Without an address that is no page's and a language that is none, for both end in pages."""
    address = post.address if post.address.startswith("https://") else ""
    language = post.language if _LANGUAGE.fullmatch(post.language) else ""
    if (address, language) == (post.address, post.language):
        return post
    return replace(post, address=address, language=language)


@contextmanager
def open_download(where: Path | BinaryIO, network: str) -> Iterator[Download]:
    """Open a file that should be a download of this network; one that is open already is closed.

    Raises:
        Unreadable: it is none, or is another network's, which the error then names.
    """
    with open_bundle(where) as bundle:
        # The network asked for goes first: a list that could be two networks' is taken as what it should be.
        for reader in sorted(READERS.values(), key=lambda reader: reader.network != network):
            if not reader.fits(bundle):
                continue
            if reader.network != network:
                raise Unreadable("other_network", reader.network)
            yield Download(network, reader.owner(bundle), reader, bundle)
            return
        raise Unreadable("no_posts")


FILE = Path(__file__).with_name("archives.yaml")


class Archive(BaseModel):
    """One network's download."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    network: str
    proven: Literal["real_file", "published_form"]
    tried_on: str
    source: str
    read: str
    files: tuple[str, ...]
    knows_account: Literal["id", "address", "handle", "sometimes"]
    holds: tuple[Literal["key", "address", "language"], ...] = ()


@cache
def archives() -> dict[str, Archive]:
    """By network, in the order of the file."""
    said = said_in(FILE)
    return {network: Archive(network=network, **row) for network, row in said.items()}


def archive_of(network: str) -> Archive | None:
    """Return what this network offers; None where nothing of it can be read here."""
    return archives().get(network)
