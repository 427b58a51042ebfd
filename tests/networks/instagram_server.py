"""The edges of a professional Instagram account on our own server that keeps to the Graph API; see
`graph_server`. It fetches pictures itself, as Instagram does.

From developers.facebook.com: instagram-platform/content-publishing, reference ig-user/media,
ig-user/media_publish, ig-user/content_publishing_limit, ig-container, ig-media, ig-media/comments, error
codes.
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
    Member,
    No,
    Thing,
    picked,
    read_fields,
    shown,
)
from tests.networks.own_server import serving

MOST_SIGNS = 2200
MOST_PARTS = 10


@contextmanager
def instagram_server(**given: Any) -> Iterator[GraphServer]:
    """The server, for as long as the block runs. `fetch`: from an address to bytes, or None."""
    with serving(GraphServer(**given), InstagramCalls) as made:
        yield made


class InstagramCalls(GraphCalls):
    """An account's edges."""

    def route(self, call: str) -> Any:
        for pattern, does in ROUTES:
            found = re.fullmatch(pattern, call)
            if found:
                return does(self, *found.groups())
        raise No(2500, f"Unknown path components: {call}")

    def limit(self, number: str) -> Any:
        self._mine(number)
        self.allow()
        used, most = self.state.quota
        whole = {"config": {"quota_total": most, "quota_duration": 86_400}, "quota_usage": used}
        return {"data": [picked(whole, read_fields(self.given.get("fields", "quota_usage")))]}

    def container(self, number: str) -> Any:
        self._mine(number)
        given = self.allow("image_url", "caption", "alt_text", "is_carousel_item", "media_type", "children")
        if len(str(given.get("caption") or "")) > MOST_SIGNS:
            raise No(100, "caption too long", subcode=2207010)
        if len(str(given.get("alt_text") or "")) > 1000:
            raise No(100, "alt_text too long")
        if given.get("media_type") == "CAROUSEL":
            told = given.get("children") or []
            children = tuple(json.loads(told) if isinstance(told, str) else told)
            if not 2 <= len(children) <= MOST_PARTS or "image_url" in given or "alt_text" in given:
                raise No(100, "children are invalid", subcode=2207018)
            if any(self.state.find(one, "container").status != "FINISHED" for one in children):
                raise No(9007, "Media ID is not available", subcode=2207027)
            made = self.state.add("container", self.me, text=given.get("caption", ""), parts=children)
            made.status = "FINISHED"
            return {"id": made.id}
        if "image_url" not in given or (given.get("is_carousel_item") and "caption" in given):
            raise No(100, "Only photo or video can be accepted as media type", subcode=9004)
        data = self.state.fetch(given["image_url"]) if self.state.fetch else None
        self.state.fetched.append(given["image_url"])
        if data is None:
            raise No(9004, "The media could not be fetched from this URI", subcode=2207052)
        if not data.startswith(b"\xff\xd8"):
            raise No(352, "The image format is not supported", subcode=2207005)
        made = self.state.add("container", self.me, text=given.get("caption", ""),
                              alt=given.get("alt_text", ""))  # fmt: skip
        made.more["polls"] = self.state.polls
        made.status = (
            "IN_PROGRESS" if self.state.polls else "ERROR" if self.state.breaks_media else "FINISHED"
        )
        return {"id": made.id}

    def publish(self, number: str) -> Any:
        self._mine(number)
        given = self.allow("creation_id")
        found = self.state.find(str(given.get("creation_id")), "container")
        if found.status != "FINISHED":
            raise No(9007, "Media ID is not available", subcode=2207027)
        used, most = self.state.quota
        if used >= most:
            raise No(9, "Application request limit reached", subcode=2207042)
        self.state.quota = (used + 1, most)
        found.status = "PUBLISHED"
        made = self.state.add("media", self.me, text=found.text, alt=found.alt, parts=found.parts)
        return {"id": made.id}

    def medias(self, number: str) -> Any:
        self._mine(number)
        self.allow()
        mine = [one for one in self.state.things.values()
                if one.kind == "media" and one.by is self.me and not one.gone]  # fmt: skip
        return self.pages([self._media(one) for one in reversed(mine)])

    def comments(self, number: str) -> Any:
        self.state.find(number, "media")
        self.allow()
        below = [one for one in self.state.things.values()
                 if one.kind == "comment" and one.of == number and not one.gone]  # fmt: skip
        return self.pages([self._comment(one) for one in reversed(below)])

    def node(self, number: str) -> Any:
        self.allow()
        tree = read_fields(self.given.get("fields", ""))
        if number == self.me.id:
            return picked(
                {"id": self.me.id, "username": self.me.name, "name": "Oakwood", "biography": "A school"}, tree
            )
        found = self.state.find(number, "container", "media", "comment")
        if found.kind == "container":
            if found.more.get("polls", 0) > 0:
                found.more["polls"] -= 1
            elif found.status == "IN_PROGRESS":
                found.status = "ERROR" if self.state.breaks_media else "FINISHED"
            told = {"id": found.id, "status_code": found.status, "status": f"{found.status}: as it is"}
            return picked(told, tree)
        return picked(self._media(found) if found.kind == "media" else self._comment(found), tree)

    def delete(self, number: str) -> Any:
        """By a person's key alone; what lies inside an album goes with the album."""
        self.allow()
        if not self.by_person or not self.state.may_delete:
            raise No(10, "(#10) Application does not have permission for this action", status=403)
        found = self.state.find(number, "media")
        found.gone = True
        return {"success": True, "deleted_id": found.id}

    def _member(self, token: str) -> Member:
        self.by_person = token in self.state.people
        if self.by_person and self.command == "DELETE":
            return self.state.members[0]
        return super()._member(token)

    def _mine(self, number: str) -> None:
        if number != self.me.id:
            raise No(100, "Unsupported request", subcode=33)

    def _media(self, one: Thing) -> dict[str, Any]:
        parts = [{"id": part, "alt_text": self.state.things[part].alt or None} for part in one.parts]
        return {
            "id": one.id, "caption": one.text or None, "timestamp": shown(one.at),
            "permalink": f"https://www.instagram.com/p/C{one.id}/",
            "media_type": "CAROUSEL_ALBUM" if parts else "IMAGE", "alt_text": one.alt or None,
            "children": {"data": parts} if parts else None,
        }  # fmt: skip

    def _comment(self, one: Thing) -> dict[str, Any]:
        below = [each for each in self.state.things.values()
                 if each.kind == "comment" and each.of == one.id and not each.gone]  # fmt: skip
        above = self.state.things[one.of]
        return {
            "id": one.id, "text": one.text, "username": one.by.name, "timestamp": shown(one.at),
            "from": {"id": one.by.id, "username": one.by.name}, "hidden": one.hidden,
            "parent_id": above.id if above.kind == "comment" else None,
            "media": {"id": above.id if above.kind == "media" else above.of},
            "replies": {"data": [self._comment(each) for each in below]} if below else None,
        }  # fmt: skip


ID = r"(\d+)"
ROUTES = [
    (rf"GET {ID}/content_publishing_limit", InstagramCalls.limit),
    (rf"POST {ID}/media", InstagramCalls.container),
    (rf"POST {ID}/media_publish", InstagramCalls.publish),
    (rf"GET {ID}/media", InstagramCalls.medias),
    (rf"GET {ID}/comments", InstagramCalls.comments),
    (rf"GET {ID}", InstagramCalls.node),
    (rf"DELETE {ID}", InstagramCalls.delete),
]
