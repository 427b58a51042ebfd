"""What every client has in common: its capabilities, and a plain refusal of what the network does not
offer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NoReturn

from schoolgate.networks.capabilities import Capabilities
from schoolgate.networks.checks import limits_of
from schoolgate.networks.port import (
    Author,
    IncomingItem,
    Limits,
    NetworkError,
    NormalPost,
    OutgoingPost,
    OutgoingReply,
    Profile,
    PublishedPost,
    Reactions,
    Receipt,
    Ref,
)


def refuse(action: str) -> NoReturn:
    """Raises NetworkError `not_offered`; no network was asked."""
    raise NetworkError("not_offered", what_next="give_up", detail=action)


class NotOffered:
    """Refuses everything: a client overrides what its network can do."""

    def __init__(self, capabilities: Capabilities) -> None:
        self._capabilities = capabilities

    @property
    def key(self) -> str:
        """The network's key."""
        return self._capabilities.key

    @property
    def capabilities(self) -> Capabilities:
        """What the network can do."""
        return self._capabilities

    def publish(self, out: OutgoingPost) -> Receipt:
        """See the port; so for all that follow."""
        refuse("publish")

    def read_back(self, ref: Ref) -> PublishedPost | None:
        """Refused."""
        refuse("read_back")

    def look_up(self, intent_key: str, wanted: NormalPost | None = None) -> PublishedPost | None:
        """Refused."""
        refuse("look_up")

    def reactions(self, refs: Sequence[Ref]) -> dict[str, Reactions]:
        """Refused."""
        refuse("reactions")

    def replies(self, ref: Ref, since: datetime | None = None) -> list[IncomingItem]:
        """Refused."""
        refuse("replies")

    def mentions(self, since: datetime | None = None) -> list[IncomingItem]:
        """Refused."""
        refuse("mentions")

    def search(self, words: str, since: datetime | None = None) -> list[IncomingItem]:
        """Refused."""
        refuse("search")

    def look_again(self, refs: Sequence[Ref]) -> dict[str, IncomingItem | None]:
        """Refused."""
        refuse("look_again")

    def reply(self, out: OutgoingReply) -> Receipt:
        """Refused."""
        refuse("reply")

    def release(self, item: IncomingItem) -> None:
        """Refused."""
        refuse("release")

    def hide(self, item: IncomingItem) -> None:
        """Refused."""
        refuse("hide")

    def remove(self, item: IncomingItem) -> None:
        """Refused."""
        refuse("remove")

    def block(self, author: Author, *, intent_key: str, at: datetime) -> None:
        """Refused."""
        refuse("block")

    def unblock(self, author: Author, *, block_key: str) -> None:
        """Refused."""
        refuse("block")

    def report(self, item: IncomingItem, *, reason: str, note: str = "") -> str:
        """Refused."""
        refuse("report")

    def close_comments(self, ref: Ref, *, at: datetime) -> None:
        """Refused."""
        refuse("close_comments")

    def take_down(self, ref: Ref) -> None:
        """Refused."""
        refuse("take_down")

    def profile(self) -> Profile:
        """Refused."""
        refuse("profile")

    def limits(self) -> Limits:
        """The limits as the file has them."""
        return limits_of(self._capabilities)

    def session_to_keep(self) -> str | None:
        """Return None: there is no session to store."""
        return None
