"""The edges of a Page on our own server that keeps to the Graph API; see `graph_server`.

From developers.facebook.com: pages-api/posts, graph-api/reference/page/feed, page/photos, page-post,
photo, comment, object/comments.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.networks.graph_server import (
    GraphCalls,
    GraphServer,
    No,
    Thing,
    picked,
    read_fields,
    shown,
)
from tests.networks.own_server import serving

MOST_SIGNS = 63_206
PICTURE_BYTES = 4_000_000


@contextmanager
def facebook_server(**given: Any) -> Iterator[GraphServer]:
    """The server, for as long as the block runs."""
    with serving(GraphServer(**given), FacebookCalls) as made:
        yield made


class FacebookCalls(GraphCalls):
    """A Page's edges."""

    def route(self, call: str) -> Any:
        for pattern, does in ROUTES:
            found = re.fullmatch(pattern, call)
            if found:
                return does(self, *found.groups())
        raise No(2500, f"Unknown path components: {call}")

    def photos(self, page: str) -> Any:
        self._mine(page)
        given = self.allow("source", "published", "alt_text_custom", "temporary")
        if not isinstance(given.get("source"), tuple):
            raise No(324, "(#324) Requires upload file")
        media_type, data = given["source"]
        if media_type not in ("image/jpeg", "image/png") or len(data) > PICTURE_BYTES:
            raise No(1, "Invalid parameter", subcode=1366046)
        if given.get("published") != "false":
            raise No(100, "a picture of its own would be seen")
        made = self.state.add("photo", self.me, alt=given.get("alt_text_custom", ""))
        return {"id": made.id}

    def feed(self, page: str) -> Any:
        self._mine(page)
        given = self.allow("message", "link", "published", "attached_media", "scheduled_publish_time")
        text, media = str(given.get("message") or ""), given.get("attached_media") or []
        media = json.loads(media) if isinstance(media, str) else media
        if not text.strip() and not media and not given.get("link"):
            raise No(100, "(#100) Either message or link is required")
        if len(text) > MOST_SIGNS:
            raise No(100, "(#100) Param message must be shorter")
        if media and given.get("link"):
            raise No(100, "(#100) link and attached_media exclude each other")
        for one in media:
            if set(one) != {"media_fbid"} or self.state.find(one["media_fbid"], "photo").by is not self.me:
                raise No(100, "(#100) attached_media is invalid")
        parts = tuple(one["media_fbid"] for one in media)
        made = self.state.add("post", self.me, text=text, parts=parts, link=given.get("link", ""))
        return {"id": made.id}

    def posts(self, page: str) -> Any:
        self._mine(page)
        self.allow()
        mine = [one for one in self.state.things.values()
                if one.kind == "post" and one.by is self.me and not one.gone]  # fmt: skip
        return self.pages([self._post(one) for one in reversed(mine)])

    def comments(self, number: str) -> Any:
        self.state.find(number, "post", "comment")
        given = self.allow("filter", "order")
        if given.get("filter") not in (None, "stream", "toplevel"):
            raise No(100, "(#100) filter must be one of stream, toplevel")
        if given.get("order") not in (None, "chronological", "reverse_chronological"):
            raise No(100, "(#100) order is invalid")
        below, wanted = [], {number}
        for one in self.state.things.values():
            if one.kind == "comment" and one.of in wanted and not one.gone:
                below.append(one)
                if given.get("filter") == "stream":
                    wanted.add(one.id)
        below = below[::-1] if given.get("order") == "reverse_chronological" else below
        return self.pages([self._comment(one) for one in below])

    def node(self, number: str) -> Any:
        self.allow()
        tree = read_fields(self.given.get("fields", ""))
        if number == self.me.id:
            return picked(
                {"id": self.me.id, "name": self.me.name, "username": self.me.name, "about": "A school",
                 "link": f"https://www.facebook.com/{self.me.name}"}, tree,
            )  # fmt: skip
        found = self.state.find(number, "post", "photo", "comment")
        shows = {"post": self._post, "photo": self._photo, "comment": self._comment}
        return picked(shows[found.kind](found), tree)

    def delete(self, number: str) -> Any:
        self.allow()
        found = self.state.find(number, "post", "comment")
        if found.by is not self.me:
            raise No(200, "(#200) Permissions error", status=403)
        found.gone = True
        return {"success": True}

    def _mine(self, page: str) -> None:
        if page != self.me.id:
            raise No(200, "(#200) Permissions error", status=403)
        if "CREATE_CONTENT" not in self.me.tasks:
            raise No(10, "(#10) This endpoint requires the 'pages_manage_posts' permission", status=403)

    def _photo(self, one: Thing) -> dict[str, Any]:
        return {"id": one.id, "alt_text_custom": one.alt or None, "created_time": shown(one.at)}

    def _post(self, one: Thing) -> dict[str, Any]:
        photos = [{"type": "photo", "target": {"id": part}} for part in one.parts]
        told: list[dict[str, Any]] = []
        if len(photos) == 1:
            told = [photos[0] | {"subattachments": None}]
        elif photos:
            told = [{"type": "album", "target": {"id": one.id}, "subattachments": {"data": photos}}]
        elif one.link:
            told = [{"type": "share", "target": {"id": ""}, "subattachments": None}]
        return {
            "id": one.id, "message": one.text or None, "created_time": shown(one.at),
            "permalink_url": f"https://www.facebook.com/{one.id}",
            "attachments": {"data": told} if told else None,
        }  # fmt: skip

    def _comment(self, one: Thing) -> dict[str, Any]:
        above = self.state.things[one.of]
        root = above
        while root.kind == "comment":
            root = self.state.things[root.of]
        return {
            "id": one.id, "message": one.text, "created_time": shown(one.at),
            "from": {"id": one.by.id, "name": one.by.name}, "is_hidden": one.hidden,
            "parent": {"id": above.id} if above.kind == "comment" else None, "object": {"id": root.id},
            "attachment": None,
        }  # fmt: skip


ID = r"(\d+(?:_\d+)?)"
ROUTES = [
    (rf"POST {ID}/photos", FacebookCalls.photos),
    (rf"POST {ID}/feed", FacebookCalls.feed),
    (rf"GET {ID}/published_posts", FacebookCalls.posts),
    (rf"GET {ID}/comments", FacebookCalls.comments),
    (rf"GET {ID}", FacebookCalls.node),
    (rf"DELETE {ID}", FacebookCalls.delete),
]
