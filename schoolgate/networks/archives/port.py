"""The shapes that all readers of downloads share, how much of a stranger's file is looked at (beyond each
limit an honest download does not go), and instants as the networks write them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO, Literal, Protocol

from schoolgate.core.days import check_instant, instant_in

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


MOST_READ = 2_000_000_000
"""Bytes read out of one file after unpacking. Posts are text: fifty thousand of them are some hundred
million."""
MOST_UNPACKED = 8_000_000_000
"""Bytes of a packed stream (tar.gz) that are passed over to find the posts: pictures and film lie in it."""
MOST_PASSES = 50
MOST_PASSED = 5 * MOST_UNPACKED
"""A tar.gz is unpacked from its beginning for each file that is wanted of it: so often, and so many bytes
altogether."""
MOST_RATIO = 200
RATIO_FROM = 50_000_000
"""From this many bytes on, the output may be at most so many times the size of the file. Text of posts packs
ten to thirty times; a file made to fill a machine packs a thousand times."""
MOST_DIRECTORY = 16_000_000
"""Bytes of a zip's list of contents, which has to be read as a whole; letters of all names of a tar."""
MOST_AT_ONCE = 16_000_000
"""Bytes that one read may ask for."""
MOST_ENTRIES = 400_000
MOST_ITEM = 4_000_000
"""Letters of one post with all that the network writes beside it."""
MOST_DEPTH = 64
MOST_WHOLE = 2_000_000
"""Bytes of a small file that is read as a whole, such as who the account is."""
MOST_BLOCKS = 3_000_000
MOST_BLOCK = 2_000_000
"""Of Bluesky's repository: how many records, and how large one may be (the network's own limit is a
million)."""
MOST_REPOSITORY = 400_000_000
"""Bytes of a repository file, which is held in memory while it is read: its tree leads to and fro. It
holds texts, no pictures; fifty thousand posts are forty million bytes."""
MOST_POSTS = 500_000
LONGEST_TEXT = 70_000
"""Letters of a post: Facebook takes 63,206, the others fewer."""
LONGEST_KEY = 500
CHUNK = 1 << 18


_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_LONG = re.compile(r"\w{3} (\w{3}) (\d{1,2}) (\d{2}):(\d{2}):(\d{2}) \+0000 (\d{4})")
FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
"""No network is older, and nothing is written after this."""


def from_seconds(value: object) -> datetime | None:
    """Seconds since 1970, as Facebook and Instagram count."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return datetime.fromtimestamp(value, UTC) if FIRST.timestamp() <= value < LAST.timestamp() else None


def from_iso(value: object) -> datetime | None:
    """As Mastodon and Bluesky write it; without a zone it is none."""
    if not isinstance(value, str) or len(value) > 50:
        return None
    try:
        return _sane(check_instant(instant_in(value)))
    except ValueError:
        return None


def from_words(value: object) -> datetime | None:
    """`Sat Feb 18 12:33:11 +0000 2023`, as X writes it, whatever language the machine speaks."""
    found = _LONG.fullmatch(value) if isinstance(value, str) else None
    if found is None or found[1] not in _MONTHS:
        return None
    try:
        year, month = int(found[6]), _MONTHS.index(found[1]) + 1
        day, hour, minute, second = (int(found[n]) for n in (2, 3, 4, 5))
        return _sane(datetime(year, month, day, hour, minute, second, tzinfo=UTC))
    except ValueError:
        return None


def _sane(at: datetime) -> datetime | None:
    return at if FIRST <= at < LAST else None
