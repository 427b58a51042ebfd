"""The port over a Facebook Page. The network takes no key of ours, so what may have been published is looked
up among the Page's own posts by its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import httpx

from schoolgate.core.env import env
from schoolgate.networks.archives.times import from_iso
from schoolgate.networks.capabilities import Capabilities, all_capabilities
from schoolgate.networks.checks import check_outgoing, clean_incoming
from schoolgate.networks.meta.calls import (
    GRAPH,
    TOLERANCE,
    Graph,
    Known,
    checked_id,
    id_of,
    is_id,
    rows,
    table,
)
from schoolgate.networks.normal import find_links, tidy_text
from schoolgate.networks.not_offered import NotOffered, refuse
from schoolgate.networks.port import (
    Author,
    Credential,
    IncomingItem,
    NetworkError,
    NormalPost,
    OutgoingPost,
    Profile,
    PublishedPost,
    Receipt,
    Ref,
    key_time,
)
from schoolgate.networks.transport import Transport, check_service

POST = "id,message,created_time,attachments{type,target{id},subattachments.limit(20){type,target{id}}}"
COMMENT = "id,message,from{id,name},created_time,parent{id},is_hidden"
LOOKED_AT = "id,message,from{id,name},created_time,parent{id},is_hidden,object{id}"


def open_client(key: str, credential: Credential) -> Facebook:
    """Return a client for one Page."""
    return Facebook(
        all_capabilities()[key].connected(),
        credential,
        app_secret=env().meta_app_secret.get_secret_value(),
        loopback=env().public_address is None,
    )


class Facebook(NotOffered):
    """One Page, by its access token."""

    def __init__(
        self, capabilities: Capabilities, credential: Credential, *, app_secret: str = "",
        loopback: bool = False, client: httpx.Client | None = None,
    ) -> None:  # fmt: skip
        super().__init__(capabilities)
        origin = check_service(credential.service or GRAPH, loopback=loopback)
        transport = Transport(origin, time_out=capabilities.pace.time_out_seconds, client=client)
        self._graph = Graph(transport, credential, app_secret=app_secret)
        self._known = Known.read(credential.session)

    def publish(self, out: OutgoingPost) -> Receipt:
        check_outgoing(out, self.limits())
        if not out.comments_open:
            refuse("close_comments")
        page, text = self._known.id, tidy_text(out.text)
        body: dict[str, Any] = {"message": text, "published": True}
        if out.pictures:
            body["attached_media"] = [
                {"media_fbid": id_of(self._uploaded(picture.data, picture.media_type, picture.alt))}
                for picture in out.pictures
            ]
        elif link := next((one.target for one in find_links(text) if one.kind == "link"), ""):
            body["link"] = link
        number = id_of(self._graph.change("POST", f"{page}/feed", body), seen=True)
        return Receipt(self._ref(number), out.intent_key)

    def read_back(self, ref: Ref) -> PublishedPost | None:
        found = self._graph.ask_if_there(checked_id(ref), POST)
        return None if found is None else self._published(found)

    def look_up(self, intent_key: str, wanted: NormalPost | None = None) -> PublishedPost | None:
        if wanted is None:
            refuse("look_up")
        since, found = key_time(intent_key) - TOLERANCE, []
        for post in self._graph.ask_all(f"{self._known.id}/published_posts", POST):
            at = from_iso(post.get("created_time"))
            if at is not None and at < since:
                break
            if tidy_text(clean_incoming(post.get("message"))) == wanted.text:
                found.append(post)
        if len(found) > 1:  # the same words twice, and nothing tells which of them is meant
            refuse("look_up")
        return self._published(found[0]) if found else None

    def replies(self, ref: Ref, since: datetime | None = None) -> list[IncomingItem]:
        told = self._graph.ask_all(
            f"{checked_id(ref)}/comments", COMMENT, filter="stream", order="chronological"
        )
        items = [one for each in told if (one := self._item(each, ref.id))]
        kept = [one for one in items if since is None or one.seen_at is None or one.seen_at >= since]
        return sorted(kept, key=lambda item: (item.created_at, item.ref.id))

    def mentions(self, since: datetime | None = None) -> list[IncomingItem]:
        """Nothing: where others mention the Page is not read."""
        return []

    def look_again(self, refs: Sequence[Ref]) -> dict[str, IncomingItem | None]:
        found: dict[str, IncomingItem | None] = {}
        for ref in refs:
            told = self._graph.ask_if_there(ref.id, LOOKED_AT) if is_id(ref.id) else None
            post = str(table((told or {}).get("object")).get("id") or "")
            found[ref.id] = self._item(told, post) if told is not None else None
        return found

    def take_down(self, ref: Ref) -> None:
        try:
            self._graph.change("DELETE", checked_id(ref))
        except NetworkError as error:
            if error.code != "not_found":
                raise

    def profile(self) -> Profile:
        found = self._graph.ask(self._known.id, "id,name,username,about,link")
        number = id_of(found)
        if number != self._known.id:
            raise NetworkError("other_account", what_next="reconnect")
        name = clean_incoming(found.get("name"))
        handle = clean_incoming(found.get("username")) or name
        link = clean_incoming(found.get("link"))
        return Profile(number, handle, name, clean_incoming(found.get("about")),
                       link if link.startswith("https://") else "")  # fmt: skip

    def _uploaded(self, data: bytes, media_type: str, alt: str) -> dict[str, Any]:
        form = {"published": "false"} | ({"alt_text_custom": words} if (words := tidy_text(alt)) else {})
        return self._graph.upload(f"{self._known.id}/photos", data, media_type, form)

    def _ref(self, number: str) -> Ref:
        post = number.rpartition("_")[2]
        return Ref(self.key, number, f"https://www.facebook.com/{self._known.id}/posts/{post}")

    def _published(self, post: Mapping[str, Any]) -> PublishedPost:
        """In normal form. Facebook draws pictures anew, so only their number, order and descriptions are
        told."""
        text = clean_incoming(post.get("message"))
        pictures = tuple(("", self._alt(number)) for number in _photos(post))
        return PublishedPost(
            self._ref(id_of(post)),
            NormalPost.of(text, (), pictures),
            from_iso(post.get("created_time")),
            True,
        )

    def _alt(self, number: str) -> str:
        found = self._graph.ask_if_there(number, "id,alt_text_custom") if is_id(number) else None
        return clean_incoming((found or {}).get("alt_text_custom"))

    def _item(self, told: Mapping[str, Any], root: str) -> IncomingItem | None:
        number, who = str(told.get("id") or ""), table(told.get("from"))
        if not is_id(number):
            return None
        at = from_iso(told.get("created_time"))
        author = clean_incoming(who.get("id"))
        name = clean_incoming(who.get("name"))
        return IncomingItem(
            network=self.key,
            ref=Ref(self.key, number, f"https://www.facebook.com/{number}"),
            author=Author(author or f"unnamed-{number}", name, name),
            text=clean_incoming(told.get("message")),
            created_at=at or datetime.fromtimestamp(0, UTC),
            seen_at=at,
            parent=str(table(told.get("parent")).get("id") or root),
            root=root,
            hidden=told.get("is_hidden") is True,
            ours=author == self._known.id,
        )


def _photos(post: Mapping[str, Any]) -> list[str]:
    """The ids of a post's pictures, in order; a link's preview is none."""
    parts = [
        each
        for one in rows(post.get("attachments"))
        for each in (rows(one.get("subattachments")) or [one])
        if each.get("type") in ("photo", "cover_photo")
    ]
    return [str(table(each.get("target")).get("id") or "") for each in parts]
