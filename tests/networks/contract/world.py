"""One account and one stranger on a network, and what is posted there."""

from __future__ import annotations

import io
import itertools
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol, TypeVar

from PIL import Image

from schoolgate.networks.port import (
    IncomingItem,
    Network,
    OutgoingFilm,
    OutgoingPicture,
    OutgoingPost,
    Receipt,
    Ref,
    intent_key,
)
from tests.filming import CAPTIONS, a_film

T = TypeVar("T")
_numbers = itertools.count(1)


class World(Protocol):
    """One account and one stranger on a network."""

    network: Network
    patience: float

    def comment(self, receipt: Receipt, text: str) -> str:
        """The stranger writes below our post; gives the comment's id."""

    def elsewhere(self, text: str) -> str:
        """The stranger posts on their own page; gives the post's id. Only where posts can be searched."""

    def edit(self, item: IncomingItem, text: str) -> bool:
        """The stranger changes the comment; False where nobody can."""

    def delete(self, item: IncomingItem) -> None:
        """Its writer deletes the comment."""


def now() -> datetime:
    return datetime.now(UTC)


def new_key() -> str:
    return intent_key(at=now(), about=f"contract:{next(_numbers)}")


def a_post(text: str = "Open day on Friday at ten.", **more: object) -> OutgoingPost:
    return OutgoingPost(intent_key=new_key(), text=text, created_at=now(), **more)  # type: ignore[arg-type]


def a_picture(alt: str = "An empty hall, the chairs in rows.", kind: str = "PNG") -> OutgoingPicture:
    colour = (next(_numbers) % 256, 120, 60)
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(buffer, kind)
    return OutgoingPicture(buffer.getvalue(), f"image/{kind.lower()}", alt, 40, 30)


def outgoing_film() -> OutgoingFilm:
    return OutgoingFilm(
        a_film(seconds=1, colour=next(_numbers) % 256), "Runners set off.", CAPTIONS, "en", 64, 48, 1000,
        a_picture("Runners set off."),
    )  # fmt: skip


def eventually(world: World, read: Callable[[], T], good: Callable[[T], bool]) -> T:
    """Read until it is as wanted or the network's delay is over; gives what was read last."""
    end = time.monotonic() + world.patience
    while not good(found := read()) and time.monotonic() < end:
        time.sleep(0.2)
    return found


def comments(world: World, ref: Ref) -> list[IncomingItem]:
    return [item for item in world.network.replies(ref) if not item.ours]


def the_comment(world: World, receipt: Receipt, text: str = "Is there parking?") -> IncomingItem:
    comment_id = world.comment(receipt, text)
    found = eventually(world, lambda: comments(world, receipt.ref), bool)
    assert [item.ref.id for item in found] == [comment_id]
    return found[0]


def longest_text(world: World) -> int:
    """How many é the network takes: two bytes each, where it counts these too."""
    limits = world.network.limits()
    return min(limits.text_max or 0, (limits.text_bytes or 10**9) // 2)


STRANGE = {
    "emoji only": "🎉👩‍🏫🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    "right to left": "مرحبا بكم في المدرسة #مدرسة",
    "html": "<script>alert('x')</script> & <b>bold</b> &amp; https://school.test/?a=1&b=2",
    "welsh": "Mae'r ysgol ar gau ddydd Gwener: dŵr, tŷ, môr.",
    "lines": "One\n\nTwo\n  three",
    "links": "See https://school.test/open-day. #OpenDay, #2027 and @nobody-at-all.test",
}


class Large(bytes):
    """Bytes that say they are so many, so that a test of the limit needs no memory."""

    def __new__(cls, number: int) -> Large:
        made = super().__new__(cls)
        made.number = number  # type: ignore[attr-defined]
        return made

    def __len__(self) -> int:
        return self.number  # type: ignore[attr-defined, no-any-return]
