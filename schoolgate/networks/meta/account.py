"""What Facebook Pages and Instagram accounts have in common: the connection, reading our own posts, and their
comments. Neither takes a key of ours, so what may have been published is looked up by words."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from schoolgate.core.outside.client import Client
from schoolgate.networks.archives.times import from_iso
from schoolgate.networks.capabilities import Capabilities
from schoolgate.networks.checks import clean_incoming
from schoolgate.networks.known import Known
from schoolgate.networks.meta.calls import GRAPH, TOLERANCE, Graph, checked_id, is_id, table
from schoolgate.networks.normal import tidy_text
from schoolgate.networks.not_offered import NotOffered, refuse
from schoolgate.networks.port import Credential, IncomingItem, NormalPost, PublishedPost, Ref, key_time
from schoolgate.networks.transport import Transport, check_service


@dataclass(frozen=True, slots=True)
class Names:
    """What a network calls its things: the edge with the account's posts, the fields that are read of a post,
    its time and its words; the fields of a comment that is looked at again, and the one with its post."""

    posts: str
    post_fields: str
    time: str
    words: str
    comment_fields: str
    comments_post: str


class MetaAccount(NotOffered):
    """One account, by an access token. A network gives its `NAMES`, and reads its own posts and comments."""

    NAMES: ClassVar[Names]

    def __init__(
        self, capabilities: Capabilities, credential: Credential, *, app_secret: str = "",
        client: Client | None = None,
    ) -> None:  # fmt: skip
        super().__init__(capabilities)
        origin = check_service(credential.service or GRAPH)
        transport = Transport(origin, time_out=capabilities.pace.time_out_seconds, client=client)
        self._graph = Graph(transport, credential, app_secret=app_secret)
        self._known = Known.read(credential.session)

    def read_back(self, ref: Ref) -> PublishedPost | None:
        """Return a post of ours as it stands there; None where it is gone."""
        found = self._graph.ask_if_there(checked_id(ref), self.NAMES.post_fields)
        return None if found is None else self._published(found)

    def look_up(self, intent_key: str, wanted: NormalPost | None = None) -> PublishedPost | None:
        """Return the one post of ours with these words since the key was made. Raises NetworkError."""
        if wanted is None:
            refuse("look_up")
        since, found = key_time(intent_key) - TOLERANCE, []
        for post in self._graph.ask_all(f"{self._known.id}/{self.NAMES.posts}", self.NAMES.post_fields):
            at = from_iso(post.get(self.NAMES.time))
            if at is not None and at < since:
                break
            if tidy_text(clean_incoming(post.get(self.NAMES.words))) == wanted.text:
                found.append(post)
        if len(found) > 1:  # the same words twice, and nothing tells which of them is meant
            refuse("look_up")
        return self._published(found[0]) if found else None

    def mentions(self, since: datetime | None = None) -> list[IncomingItem]:
        """Nothing: where others mention the account is not read."""
        return []

    def look_again(self, refs: Sequence[Ref]) -> dict[str, IncomingItem | None]:
        """Return these comments as they stand now; None for one that is gone."""
        found: dict[str, IncomingItem | None] = {}
        for ref in refs:
            asked = is_id(ref.id)
            told = self._graph.ask_if_there(ref.id, self.NAMES.comment_fields) if asked else None
            post = str(table((told or {}).get(self.NAMES.comments_post)).get("id") or "")
            found[ref.id] = self._item(told, post) if told is not None else None
        return found

    @abstractmethod
    def _published(self, post: Mapping[str, Any]) -> PublishedPost:
        """Return a post of ours in normal form."""

    @abstractmethod
    def _item(self, told: Mapping[str, Any], root: str) -> IncomingItem | None:
        """Return a comment below the post `root`; None for what is none."""


def in_order(items: Iterable[IncomingItem], since: datetime | None) -> list[IncomingItem]:
    """Return comments, oldest first; with `since`, those seen from then on and those without a time."""
    kept = [one for one in items if since is None or one.seen_at is None or one.seen_at >= since]
    return sorted(kept, key=lambda item: (item.created_at, item.ref.id))
