"""The edges of a Threads profile on our own server that keeps to Meta's Threads API; see `graph_server`. It
fetches pictures itself, as Threads does.

From developers.facebook.com/docs/threads: reference (publishing, media-retrieval, reply-management, user,
insights), create-replies, delete-posts, get-started, troubleshooting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import SplitResult, parse_qs

from tests.networks.graph_server import GraphCalls, GraphServer, Member, No, Thing, picked, read_fields, shown
from tests.networks.own_server import serving

VERSION = "v1.0"
MOST_SIGNS = 500
MOST_PARTS = 20
METRICS = ("likes", "replies", "reposts", "quotes", "shares", "views")


@contextmanager
def threads_server(**given: Any) -> Iterator[GraphServer]:
    """The server, for as long as the block runs. `fetch`: from an address to bytes, or None."""
    given = {"wants_proof": False, "quota": (0, 250)} | given
    with serving(GraphServer(**given), ThreadsCalls) as made:
        yield made


class ThreadsCalls(GraphCalls):
    """A profile's edges."""

    def named(self, path: str) -> str:
        return path.removeprefix(f"/{VERSION}/")

    def reply_to(self, call: str, parts: SplitResult, raw: bytes) -> tuple[int, Any, dict[str, str]]:
        if call not in KEYS:
            return super().reply_to(call, parts, raw)
        given = parse_qs(raw.decode() if call.startswith("POST") else parts.query)
        self.given = {name: values[-1] for name, values in given.items()}
        try:
            return 200, KEYS[call](self), {}
        except No as no:
            return 400, {"error_type": "OAuthException", "code": 400, "error_message": no.message}, {}

    def route(self, call: str) -> Any:
        for pattern, does in ROUTES:
            found = re.fullmatch(pattern, call)
            if found:
                return does(self, *found.groups())
        raise No(2500, f"Unknown path components: {call}")

    def short(self) -> Any:
        """get-access-tokens-and-permissions, step 2."""
        self._asked("client_id", "client_secret", "code", "grant_type", "redirect_uri")
        given, state = self.given, self.state
        if (given["client_id"], given["client_secret"]) != (state.app_id, state.app_secret):
            raise No(400, "Error validating client secret.")
        code = state.codes.pop(given["code"], None)
        if code is None or code["redirect_uri"] != given["redirect_uri"]:
            raise No(400, "Matching code was not found or was already used")
        member = state.members[int(code.get("member", 0))]
        token = f"THshort{state.number()}"
        state.people[token] = member.id
        return {"access_token": token, "user_id": int(member.id)}

    def longer(self) -> Any:
        self._asked("grant_type", "client_secret", "access_token")
        if self.given["client_secret"] != self.state.app_secret:
            raise No(400, "Error validating client secret.")
        return self._lasting(self.state.people.get(self.given["access_token"]))

    def refreshed(self) -> Any:
        self._asked("grant_type", "access_token")
        held = [one.id for one in self.state.members if one.token == self.given["access_token"]]
        return self._lasting(held[0] if held else None)

    def limit(self, number: str) -> Any:
        self._mine(number)
        used, most = self.state.quota
        whole = {"config": {"quota_total": most, "quota_duration": 86_400}, "quota_usage": used}
        return {"data": [picked(whole, read_fields(self.given.get("fields", "quota_usage")))]}

    def container(self, number: str) -> Any:
        self._mine(number)
        given = self.allow(
            "media_type", "text", "image_url", "alt_text", "is_carousel_item", "children", "reply_to_id"
        )
        kind, text = given.get("media_type"), given.get("text", "")
        if len(text) > MOST_SIGNS:
            raise No(100, "Param text must be at most 500 characters long.")
        if len(given.get("alt_text") or "") > 1000:
            raise No(100, "Param alt_text must be at most 1000 characters long.")
        of = given.get("reply_to_id", "")
        if of:
            self.state.find(of, "media", "comment")
        parts: tuple[str, ...] = ()
        if kind == "CAROUSEL":
            parts = tuple(given.get("children") or ())
            if not 2 <= len(parts) <= MOST_PARTS or "image_url" in given:
                raise No(100, "Param children has too few or too many items")
            if any(self.state.find(one, "container").status != "FINISHED" for one in parts):
                raise No(24, "The requested resource does not exist", subcode=4279009)
        elif kind == "IMAGE":
            self._fetch(given["image_url"])
        elif kind != "TEXT" or not text:
            raise No(100, "Param text is required for media_type TEXT")
        made = self.state.add("container", self.me, text=text, alt=given.get("alt_text", ""), parts=parts)
        made.more |= {"polls": self.state.polls, "of": of, "type": kind}
        made.status = "IN_PROGRESS" if self.state.polls else "FINISHED"
        return {"id": made.id}

    def publish(self, number: str) -> Any:
        self._mine(number)
        found = self.state.find(str(self.allow("creation_id").get("creation_id")), "container")
        if found.status != "FINISHED":
            raise No(24, "The requested resource does not exist", subcode=4279009)
        found.status = "PUBLISHED"
        of = found.more["of"]
        made = self.state.add(
            "comment" if of else "media", self.me, text=found.text, alt=found.alt, parts=found.parts, of=of
        )
        made.more["type"] = {"TEXT": "TEXT_POST", "CAROUSEL": "CAROUSEL_ALBUM"}.get(
            found.more["type"], found.more["type"]
        )
        return {"id": made.id}

    def written(self, number: str, edge: str) -> Any:
        self._mine(number)
        self.allow()
        mine = [one for one in self.state.things.values()
                if one.kind == {"threads": "media", "replies": "comment"}[edge]
                and one.by is self.me and not one.gone]  # fmt: skip
        return self.pages([self._media(one) for one in reversed(mine)])

    def conversation(self, number: str) -> Any:
        self.state.find(number, "media")
        self.allow("reverse")
        below = [one for one in self.state.things.values() if one.kind == "comment" and not one.gone]
        told = [self._media(one) for one in below if self._root(one) == number]
        return self.pages(told if self.given.get("reverse") == "false" else told[::-1])

    def manage(self, number: str) -> Any:
        found = self.state.find(number, "comment")
        hide = self.allow("hide").get("hide")
        if found.of != self._root(found):
            raise No(100, "Only top-level replies can be hidden")
        found.hidden = hide in (True, "true")
        return {"success": True}

    def insights(self, number: str) -> Any:
        found = self.state.find(number, "media", "comment")
        metrics = str(self.allow("metric").get("metric")).split(",")
        if not set(metrics) <= set(METRICS):
            raise No(100, "Param metric must be one of the known ones")
        things = self.state.things.values()
        below = [one for one in things if one.kind == "comment" and not one.gone and one is not found]
        inside = [one for one in below if number in (one.of, self._root(one))]
        counts = {"replies": len(inside)} | found.more.get("counts", {})
        return {"data": [
            {"name": each, "period": "lifetime", "values": [{"value": counts.get(each, 0)}],
             "id": f"{number}/insights/{each}/lifetime"} for each in metrics
        ]}  # fmt: skip

    def delete(self, number: str) -> Any:
        found = self.state.find(number, "media", "comment")
        if found.by is not self.me:
            raise No(10, "Application does not have permission for this action")
        found.gone = True
        return {"success": True, "deleted_id": number}

    def node(self, number: str) -> Any:
        self.allow()
        tree = read_fields(self.given.get("fields", ""))
        if number in ("me", self.me.id):
            return picked({"id": self.me.id, "username": self.me.name, "name": "Oakwood",
                           "threads_biography": "A school"}, tree)  # fmt: skip
        found = self.state.find(number, "container", "media", "comment")
        if found.kind != "container":
            return picked(self._media(found), tree)
        if found.more["polls"] > 0:
            found.more["polls"] -= 1
        elif found.status == "IN_PROGRESS":
            found.status = "ERROR" if self.state.breaks_media else "FINISHED"
        trouble = "FAILED_DOWNLOADING_VIDEO" if found.status == "ERROR" else None
        return picked({"id": found.id, "status": found.status, "error_message": trouble}, tree)

    def _asked(self, *names: str) -> None:
        if set(self.given) != set(names):
            raise No(400, f"Wrong parameters: {sorted(set(self.given) ^ set(names))}")

    def _lasting(self, number: str | None) -> dict[str, Any]:
        member = next((one for one in self.state.members if one.id == number), None)
        if member is None or member.revoked:
            raise No(190, "Error validating access token")
        member.token = f"THlong{self.state.number()}"
        return {"access_token": member.token, "token_type": "bearer", "expires_in": self.state.long_lived}

    def _fetch(self, address: str) -> None:
        self.state.fetched.append(address)
        data = self.state.fetch(address) if self.state.fetch else None
        if data is None:
            raise No(9004, "The media could not be fetched from this URI", subcode=2207052)
        if not data.startswith((b"\xff\xd8", b"\x89PNG")):
            raise No(352, "The image format is not supported", subcode=2207005)

    def _mine(self, number: str) -> None:
        if number != self.me.id:
            raise No(100, "Unsupported request", subcode=33)

    def _root(self, one: Thing) -> str:
        while one.kind == "comment":
            one = self.state.things[one.of]
        return one.id

    def _media(self, one: Thing) -> dict[str, Any]:
        parts = [{"id": part, "alt_text": self.state.things[part].alt or None} for part in one.parts]
        told = {
            "id": one.id, "text": one.text or None, "timestamp": shown(one.at), "alt_text": one.alt or None,
            "permalink": f"https://www.threads.net/@{one.by.name}/post/C{one.id}",
            "media_type": one.more.get("type", "TEXT_POST"), "children": {"data": parts} if parts else None,
            "username": one.more.get("username", one.by.name), "gif_url": one.more.get("gif_url"),
            "is_quote_post": one.more.get("quotes", False), "poll_attachment": one.more.get("poll"),
        }  # fmt: skip
        below = one.kind == "comment"
        return told | {
            "replied_to": {"id": one.of} if below else None,
            "root_post": {"id": self._root(one)} if below else None,
            "is_reply_owned_by_me": one.by is self.me if below else None,
            "hide_status": ("HIDDEN" if one.hidden else "NOT_HUSHED") if below else None,
        }


def profile(server: GraphServer, name: str) -> Member:
    """A new profile."""
    return server.join(name, "threads")


ID = r"(\d+)"
KEYS = {
    "POST /oauth/access_token": ThreadsCalls.short,
    "GET /access_token": ThreadsCalls.longer,
    "GET /refresh_access_token": ThreadsCalls.refreshed,
}
ROUTES = [
    (rf"GET {ID}/threads_publishing_limit", ThreadsCalls.limit),
    (rf"POST {ID}/threads", ThreadsCalls.container),
    (rf"POST {ID}/threads_publish", ThreadsCalls.publish),
    (rf"GET {ID}/(threads|replies)", ThreadsCalls.written),
    (rf"GET {ID}/conversation", ThreadsCalls.conversation),
    (rf"POST {ID}/manage_reply", ThreadsCalls.manage),
    (rf"GET {ID}/insights", ThreadsCalls.insights),
    (rf"DELETE {ID}", ThreadsCalls.delete),
    (r"GET (\d+|me)", ThreadsCalls.node),
]
