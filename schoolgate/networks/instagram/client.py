"""The port over a professional Instagram account. A post is made as a container, which Instagram fills by
fetching the pictures itself, and then published. It takes no key of ours: what may have been published is
looked up among the account's own media by its words."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

from schoolgate.core.env import env
from schoolgate.core.outside.client import Client
from schoolgate.networks.archives.port import from_iso
from schoolgate.networks.capabilities import Capabilities, all_capabilities
from schoolgate.networks.checks import check_outgoing, clean_incoming, refuse
from schoolgate.networks.handing import handed_over
from schoolgate.networks.meta.account import (
    MetaAccount,
    Names,
    checked_id,
    id_of,
    in_order,
    is_id,
    rows,
    table,
)
from schoolgate.networks.normal import NormalPost, tidy_text
from schoolgate.networks.port import (
    Author,
    Credential,
    IncomingItem,
    NetworkError,
    OutgoingPicture,
    OutgoingPost,
    Profile,
    PublishedPost,
    Receipt,
    Ref,
)

MEDIA = "id,caption,timestamp,permalink,media_type,alt_text,children{id,alt_text}"
COMMENT = "id,text,username,from{id,username},timestamp,hidden,parent_id"
LOOKED_AT = f"{COMMENT},media{{id}}"
PAUSES = (0.5, 1.0, 2.0, 5.0)
"""Seconds between two questions whether a container is filled; the last one again and again."""
WHEN_FULL = 3600.0

HandOver = Callable[[Sequence[OutgoingPicture]], AbstractContextManager[list[str]]]


def open_client(key: str, credential: Credential) -> Instagram:
    """Return a client for one account."""
    return Instagram(
        all_capabilities()[key].connected(),
        credential,
        app_secret=env().meta_app_secret.get_secret_value(),
    )


class Instagram(MetaAccount):
    """One professional account, by the access token of the Page that it belongs to."""

    NAMES = Names(
        posts="media",
        post_fields=MEDIA,
        time="timestamp",
        words="caption",
        comment_fields=LOOKED_AT,
        comments_post="media",
    )

    def __init__(
        self, capabilities: Capabilities, credential: Credential, *, app_secret: str = "",
        client: Client | None = None, hand_over: HandOver = handed_over,
        pauses: tuple[float, ...] = PAUSES,
    ) -> None:  # fmt: skip
        super().__init__(capabilities, credential, app_secret=app_secret, client=client)
        self._hand_over, self._pauses = hand_over, pauses

    def publish(self, out: OutgoingPost) -> Receipt:
        check_outgoing(out, self.limits())
        if not out.comments_open:
            refuse("close_comments")
        if not out.pictures:
            raise NetworkError("picture_missing", what_next="give_up")
        ends = time.monotonic() + self._graph.time_out
        self._check_room()
        with self._hand_over(out.pictures) as addresses:
            container = self._container(out, addresses, ends)
        found = self._graph.change("POST", f"{self._known.id}/media_publish", {"creation_id": container})
        number = id_of(found, seen=True)
        return Receipt(Ref(self.key, number, self._address(number)), out.intent_key)

    def replies(self, ref: Ref, since: datetime | None = None) -> list[IncomingItem]:
        return in_order(self._below(checked_id(ref)), since)

    def profile(self) -> Profile:
        found = self._graph.ask(self._known.id, "id,username,name,biography")
        if id_of(found) != self._known.id:
            raise NetworkError("other_account", what_next="reconnect")
        handle = clean_incoming(found.get("username"))
        return Profile(
            self._known.id, handle, clean_incoming(found.get("name")), clean_incoming(found.get("biography")),
            f"https://www.instagram.com/{handle}" if handle else "",
        )  # fmt: skip

    def _check_room(self) -> None:
        """Ask how many posts the account may still publish in these 24 hours. Raises NetworkError
        (`too_fast`) where there is no room."""
        path = f"{self._known.id}/content_publishing_limit"
        told = next(iter(rows(self._graph.ask(path, "config,quota_usage"))), {})
        used, most = told.get("quota_usage"), table(told.get("config")).get("quota_total")
        if isinstance(used, int) and isinstance(most, int) and used >= most:
            raise NetworkError(
                "too_fast", what_next="try_again", retry_after=WHEN_FULL, detail=f"{used}/{most}"
            )

    def _container(self, out: OutgoingPost, addresses: Sequence[str], ends: float) -> str:
        """Return the id of a container that is filled and ready to be published. Raises NetworkError."""
        caption = {"caption": tidy_text(out.text)}
        parts = [
            {"image_url": address} | ({"alt_text": words} if (words := tidy_text(picture.alt)) else {})
            for address, picture in zip(addresses, out.pictures, strict=True)
        ]
        if len(parts) == 1:
            return self._filled(parts[0] | caption, ends)
        children = [self._filled(part | {"is_carousel_item": True}, ends) for part in parts]
        return self._filled({"media_type": "CAROUSEL", "children": children} | caption, ends)

    def _filled(self, body: Mapping[str, Any], ends: float) -> str:
        number = id_of(self._graph.change("POST", f"{self._known.id}/media", body, seen=False))
        for pause in self._waits():
            told = self._graph.ask(number, "status_code,status")
            match told.get("status_code"):
                case "FINISHED":
                    return number
                case "ERROR" | "EXPIRED":
                    detail = clean_incoming(told.get("status"))[:200]
                    raise NetworkError("picture_refused", what_next="give_up", detail=detail)
            if time.monotonic() + pause >= ends:
                break
            time.sleep(pause)
        raise NetworkError("timed_out", what_next="try_again", detail="container not ready")

    def _waits(self) -> Iterator[float]:
        yield from self._pauses
        while True:
            yield self._pauses[-1]

    def _address(self, number: str) -> str:
        """Where people see it; empty where that can't be read now: it is read again with the post."""
        try:
            return _instagram_only(self._graph.ask(number, "permalink").get("permalink"))
        except NetworkError:
            return ""

    def _published(self, media: Mapping[str, Any]) -> PublishedPost:
        """In normal form. Instagram draws pictures again, so only their number, order and descriptions are
        told."""
        ref = Ref(self.key, id_of(media), _instagram_only(media.get("permalink")))
        parts = rows(media.get("children")) or [dict(media)]
        pictures = tuple(("", clean_incoming(one.get("alt_text"))) for one in parts)
        normal = NormalPost.of(clean_incoming(media.get("caption")), (), pictures)
        return PublishedPost(ref, normal, from_iso(media.get("timestamp")), True)

    def _below(self, number: str) -> Iterator[IncomingItem]:
        for told in self._graph.ask_all(f"{number}/comments", f"{COMMENT},replies{{{COMMENT}}}"):
            for each in (told, *rows(told.get("replies"))):
                item = self._item(each, number)
                if item is not None:
                    yield item

    def _item(self, told: Mapping[str, Any], root: str) -> IncomingItem | None:
        number, who = str(told.get("id") or ""), table(told.get("from"))
        if not is_id(number):
            return None
        at = from_iso(told.get("timestamp"))
        handle = clean_incoming(told.get("username")) or clean_incoming(who.get("username"))
        author = clean_incoming(who.get("id"))
        return IncomingItem(
            network=self.key,
            ref=Ref(self.key, number),
            author=Author(author or handle or f"unnamed-{number}", handle),
            text=clean_incoming(told.get("text")),
            created_at=at or datetime.fromtimestamp(0, UTC),
            seen_at=at,
            parent=str(told.get("parent_id") or root),
            root=root,
            hidden=told.get("hidden") is True,
            ours=author == self._known.id,
            attachments=(),
            visibility="public",  # a comment has words alone, and a professional account is open to everyone
        )


def _instagram_only(told: object) -> str:
    address = clean_incoming(told)
    return address if address.startswith("https://www.instagram.com/") else ""
