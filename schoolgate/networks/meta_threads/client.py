"""The port over a Threads profile. It takes no key of ours: what may have been published is looked up among
the profile's own posts and answers by its words."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from schoolgate.networks.archives.port import from_iso
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.checks import check_text, clean_incoming, in_order, refuse, table, whole
from schoolgate.networks.meta.account import Names, checked_id, id_of, is_id, rows
from schoolgate.networks.meta.containers import ContainerAccount, Edges
from schoolgate.networks.normal import tidy_text
from schoolgate.networks.port import (
    Attachment,
    AttachmentKind,
    Author,
    Credential,
    IncomingItem,
    NetworkError,
    OutgoingReply,
    Profile,
    Reactions,
    Receipt,
    Ref,
)

API = "https://graph.threads.net"
VERSION = "v1.0"
ANSWER = "id,text,timestamp,permalink,media_type"
POST = f"{ANSWER},alt_text,children{{id,alt_text}}"
COMMENT = (
    f"{ANSWER},username,replied_to,root_post,is_reply_owned_by_me,hide_status,is_quote_post,gif_url,"
    "poll_attachment"
)
HIDDEN = frozenset({"HIDDEN", "BLOCKED", "RESTRICTED"})
COUNTED: Final[Mapping[str, str]] = {
    "likes": "likes", "reposts": "shares", "replies": "replies", "quotes": "quotes", "views": "views",
}  # fmt: skip
"""What the network counts -> what it is called here."""
_KINDS: Final[Mapping[str, AttachmentKind]] = {
    "IMAGE": "picture",
    "CAROUSEL_ALBUM": "picture",
    "VIDEO": "film",
    "AUDIO": "sound",
}


def open_client(key: str, credential: Credential) -> Threads:
    """Return a client for one profile."""
    return Threads(all_capabilities()[key].connected(), credential)


class Threads(ContainerAccount):
    """One profile, by its owner's access token."""

    GRAPH = API
    VERSION = VERSION
    NAMES = Names(
        posts=(("threads", POST), ("replies", ANSWER)),
        post_fields=POST,
        time="timestamp",
        words="text",
        comment_fields=COMMENT,
        comments_post="root_post",
    )
    EDGES = Edges(
        made="threads",
        published="threads_publish",
        room="threads_publishing_limit",
        state="status",
        trouble="error_message",
        of_a_picture={"media_type": "IMAGE"},
    )
    SITES = ("https://www.threads.net/", "https://www.threads.com/")

    def replies(self, ref: Ref, since: datetime | None = None) -> list[IncomingItem]:
        told = self._graph.ask_all(f"{checked_id(ref)}/conversation", COMMENT, reverse="true")
        return in_order((one for each in told if (one := self._item(each, ref.id))), since)

    def reply(self, out: OutgoingReply) -> Receipt:
        check_text(out.text, self.limits())
        body = {"media_type": "TEXT", "text": tidy_text(out.text), "reply_to_id": checked_id(out.parent)}
        container = self._filled(body, time.monotonic() + self._graph.time_out)
        return self._shown(container, out.intent_key)

    def hide(self, item: IncomingItem) -> None:
        if (
            item.parent != item.root
        ):  # only what stands directly below a post can be hidden, with all below it
            refuse("hide")
        self._graph.change_if_there("POST", f"{checked_id(item.ref)}/manage_reply", {"hide": True})

    def take_down(self, ref: Ref) -> None:
        self._graph.change_if_there("DELETE", checked_id(ref))

    def reactions(self, refs: Sequence[Ref]) -> dict[str, Reactions]:
        found = {}
        for ref in refs:
            try:
                told = self._graph.ask(f"{checked_id(ref)}/insights", metric=",".join(COUNTED))
            except NetworkError as error:
                if error.code == "not_found":
                    continue
                raise
            found[ref.id] = Reactions(**dict(_counts(rows(told))))
        return found

    def profile(self) -> Profile:
        found = self._graph.ask(self._known.id, "id,username,name,threads_biography")
        if id_of(found) != self._known.id:
            raise NetworkError("other_account", what_next="reconnect")
        handle = clean_incoming(found.get("username"))
        addresses = tuple(f"{site}@{handle}" for site in self.SITES) if handle else ("",)
        return Profile(
            self._known.id, handle, clean_incoming(found.get("name")),
            clean_incoming(found.get("threads_biography")), addresses[0], addresses[1:],
        )  # fmt: skip

    def _item(self, told: Mapping[str, Any], root: str) -> IncomingItem | None:
        number = str(told.get("id") or "")
        if not is_id(number):
            return None
        at = from_iso(told.get("timestamp"))
        handle = clean_incoming(told.get("username"))  # none for who keeps their profile private
        return IncomingItem(
            network=self.key,
            ref=Ref(self.key, number, self._on_its_site(told.get("permalink"))),
            author=Author(handle or f"unnamed-{number}", handle),
            text=clean_incoming(told.get("text")),
            created_at=at or datetime.fromtimestamp(0, UTC),
            seen_at=at,
            parent=str(table(told.get("replied_to")).get("id") or root),
            root=root,
            hidden=told.get("hide_status") in HIDDEN,
            ours=told.get("is_reply_owned_by_me") is True,
            attachments=tuple(_attachments(told)),
            visibility="public" if handle else "unknown",
        )


def _counts(metrics: list[dict[str, Any]]) -> Iterator[tuple[str, int | None]]:
    for each in metrics:
        name = COUNTED.get(clean_incoming(each.get("name")))
        values = each.get("values")
        first = table(values[0]) if isinstance(values, list) and values else {}
        if name:
            yield name, whole(first.get("value"))


def _attachments(told: Mapping[str, Any]) -> Iterator[Attachment]:
    if kind := _KINDS.get(clean_incoming(told.get("media_type"))):
        yield Attachment(kind)
    if told.get("gif_url"):
        yield Attachment("picture")
    if told.get("is_quote_post") is True:
        yield Attachment("quote")
    if poll := table(told.get("poll_attachment")):
        options = (clean_incoming(poll.get(f"option_{sign}")) for sign in "abcd")
        yield Attachment("poll", options=tuple(filter(None, options)))
