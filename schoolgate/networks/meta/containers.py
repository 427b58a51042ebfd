"""What Instagram and Threads have in common: a post is made as a container, which the network fills by
fetching the pictures itself, and is then published."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, ClassVar

from schoolgate.core.outside.client import Client
from schoolgate.networks.archives.port import from_iso
from schoolgate.networks.capabilities import Capabilities
from schoolgate.networks.checks import check_outgoing, clean_incoming, refuse, table, wait_until
from schoolgate.networks.handing import handed_over
from schoolgate.networks.meta.account import NOT_READY, MetaAccount, id_of, rows
from schoolgate.networks.normal import NormalPost, tidy_text
from schoolgate.networks.port import (
    Credential,
    NetworkError,
    OutgoingPicture,
    OutgoingPost,
    PublishedPost,
    Receipt,
    Ref,
)

PAUSES = (0.5, 1.0, 2.0, 5.0)
"""Seconds between two questions whether a container is filled; the last one again and again."""
WHEN_FULL = 3600.0
WORDS_ALONE = frozenset({"TEXT_POST"})
"""What a network calls a post without a picture."""

HandOver = Callable[[Sequence[OutgoingPicture]], AbstractContextManager[list[str]]]


@dataclass(frozen=True, slots=True)
class Edges:
    """Where a network's containers are made, where they are published, where it says how much room is left;
    the fields of a container with its state and its trouble; what a container of a picture also says."""

    made: str
    published: str
    room: str
    state: str
    trouble: str
    of_a_picture: Mapping[str, str]


class ContainerAccount(MetaAccount):
    """One account whose posts are containers first. A network gives its `EDGES` and the `SITES` at which
    people see a post."""

    EDGES: ClassVar[Edges]
    SITES: ClassVar[tuple[str, ...]]

    def __init__(
        self, capabilities: Capabilities, credential: Credential, *, app_secret: str = "",
        client: Client | None = None, hand_over: HandOver = handed_over,
        pauses: tuple[float, ...] = PAUSES,
    ) -> None:  # fmt: skip
        super().__init__(capabilities, credential, app_secret=app_secret, client=client)
        self._hand_over, self._pauses = hand_over, pauses

    def publish(self, out: OutgoingPost) -> Receipt:
        """Make the container, have it filled while the pictures can be fetched, and publish it."""
        check_outgoing(out, self.limits())
        if not out.comments_open:
            refuse("close_comments")
        if self.capabilities.picture_required and not out.pictures:
            raise NetworkError("picture_missing", what_next="give_up")
        ends = time.monotonic() + self._graph.time_out
        self._check_room()
        with self._hand_over(out.pictures) if out.pictures else nullcontext([]) as addresses:
            container = self._container(out, addresses, ends)
        return self._shown(container, out.intent_key)

    def _check_room(self) -> None:
        """Ask how many posts the account may still publish in these 24 hours. Raises NetworkError
        (`too_fast`) where there is no room."""
        path = f"{self._known.id}/{self.EDGES.room}"
        told = next(iter(rows(self._graph.ask(path, "config,quota_usage"))), {})
        used, most = told.get("quota_usage"), table(told.get("config")).get("quota_total")
        if isinstance(used, int) and isinstance(most, int) and used >= most:
            raise NetworkError(
                "too_fast", what_next="try_again", retry_after=WHEN_FULL, detail=f"{used}/{most}"
            )

    def _container(self, out: OutgoingPost, addresses: Sequence[str], ends: float) -> str:
        """Return the id of a container that is filled and ready to be published. Raises NetworkError."""
        text = {self.NAMES.words: tidy_text(out.text)}
        parts = [
            {**self.EDGES.of_a_picture, "image_url": address}
            | ({"alt_text": words} if (words := tidy_text(picture.alt)) else {})
            for address, picture in zip(addresses, out.pictures, strict=True)
        ]
        if not parts:
            return self._filled({"media_type": "TEXT"} | text, ends)
        if len(parts) == 1:
            return self._filled(parts[0] | text, ends)
        children = [self._filled(part | {"is_carousel_item": True}, ends) for part in parts]
        return self._filled({"media_type": "CAROUSEL", "children": children} | text, ends)

    def _filled(self, body: Mapping[str, Any], ends: float) -> str:
        edges = self.EDGES
        number = id_of(self._graph.change("POST", f"{self._known.id}/{edges.made}", body, seen=False))

        def is_filled() -> bool:
            told = self._graph.ask(number, f"{edges.state},{edges.trouble}")
            if told.get(edges.state) in ("ERROR", "EXPIRED"):
                detail = clean_incoming(told.get(edges.trouble))[:200]
                raise NetworkError("picture_refused", what_next="give_up", detail=detail)
            return told.get(edges.state) == "FINISHED"

        wait_until(is_filled, pauses=self._pauses, ends=ends, otherwise="container not ready")
        return number

    def _shown(self, container: str, intent_key: str) -> Receipt:
        """Publish a container that is ready."""
        path = f"{self._known.id}/{self.EDGES.published}"
        try:
            told = self._graph.change("POST", path, {"creation_id": container})
        except NetworkError as error:
            if error.code == "not_found" and str(NOT_READY) in error.detail:
                raise NetworkError("network_trouble", what_next="try_again", detail=error.detail) from None
            raise
        number = id_of(told, seen=True)
        return Receipt(Ref(self.key, number, self._address(number)), intent_key)

    def _address(self, number: str) -> str:
        """Where people see it; empty where that can't be read now: it is read again with the post."""
        try:
            return self._on_its_site(self._graph.ask(number, "permalink").get("permalink"))
        except NetworkError:
            return ""

    def _on_its_site(self, told: object) -> str:
        address = clean_incoming(told)
        return address if address.startswith(self.SITES) else ""

    def _published(self, post: Mapping[str, Any]) -> PublishedPost:
        """In normal form. The network draws pictures again, so only their number, order and descriptions are
        told."""
        ref = Ref(self.key, id_of(post), self._on_its_site(post.get("permalink")))
        alone = [] if post.get("media_type") in WORDS_ALONE else [dict(post)]
        parts = rows(post.get("children")) or alone
        pictures = tuple(("", clean_incoming(one.get("alt_text"))) for one in parts)
        normal = NormalPost.of(clean_incoming(post.get(self.NAMES.words)), (), pictures)
        return PublishedPost(ref, normal, from_iso(post.get(self.NAMES.time)), True)
