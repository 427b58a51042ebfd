"""The shapes that all readers of downloads share: the files they read, what they return, and their error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Literal, Protocol

Why = Literal["shared", "private", "no_time", "empty", "not_a_post", "too_long"]
WHY: tuple[Why, ...] = ("shared", "private", "no_time", "empty", "not_a_post", "too_long")
"""Why a single thing of a download is no post of the account: passed on from others, a private message,
without a time, without anything in it, something else, longer than any network takes."""

Code = Literal[
    "not_known", "html", "broken", "encoding", "too_deep", "item_too_large", "too_much", "too_many",
    "leads_out", "locked", "no_posts", "other_network", "empty_file",
]  # fmt: skip


class Unreadable(Exception):
    """The file cannot be read as a download of the network: nothing of it is used.

    `network`: for "other_network", whose download it is.
    """

    def __init__(self, code: Code, network: str = "") -> None:
        super().__init__(code)
        self.code: Code = code
        self.network = network


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose download it is, as the file itself says; empty where it does not.

    `id`: the network's own name for the account, which a new handle does not change.
    """

    id: str = ""
    handle: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class OldPost:
    """One post of a download.

    `key` names it on its network; where the download has no such name it is made of time and content.
    `edited`: None where the download does not say. `alts`: the descriptions of its pictures, a line each,
    where the download has them.
    """

    key: str
    written_at: datetime
    text: str
    address: str = ""
    pictures: int = 0
    edited: bool | None = None
    reply: bool = False
    language: str = ""
    alts: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One thing of a download that is no post of the account."""

    why: Why


Kind = Literal["zip", "tar", "car", "text"]


class Bundle(Protocol):
    """The files in a file."""

    kind: Kind
    names: tuple[str, ...]

    def open(self, name: str) -> AbstractContextManager[BinaryIO]:
        """Read one of them. Its `read` raises Unreadable."""
        ...


class Reader(Protocol):
    """One network's downloads."""

    network: str

    def fits(self, bundle: Bundle) -> bool:
        """Whether the file is one of this network, by what is in it. Raises Unreadable("html")."""
        ...

    def owner(self, bundle: Bundle) -> Owner:
        """Whose it is."""
        ...

    def posts(self, bundle: Bundle) -> Iterator[OldPost | LeftOut]:
        """Everything in it that could be a post. Raises Unreadable, also when it has begun."""
        ...
