"""A server of ours that keeps to X's published API v2, as far as our client uses it.

Written from docs.x.com (xdevplatform/docs, 22 August 2026): openapi.json, x-api/posts, x-api/media,
fundamentals/authentication/oauth-2-0, fundamentals/counting-characters, x-api/fundamentals (rate-limits,
response-codes-and-errors, data-dictionary), read in December 2026. It knows nothing of the client. It refuses
each parameter and each field that a method does not have. It changes texts as X does: addresses become short
ones, signs of HTML are escaped, an answer begins with the accounts it is to, and the address of its pictures
stands at the end. `speaks`: which names of fields it knows, the guides' or the reference's.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote

from tests.networks.own_server import OwnCalls, OwnServer, serving

SCOPES = ("tweet.read", "tweet.write", "users.read", "media.write", "offline.access")
HOURS = 7200
PROBLEM = "https://api.x.com/2/problems/"
URL = re.compile(r"https?://[^\s<>\"'“”‘’]*[^\s<>\"'“”‘’.,;:!?)]")
GUIDES = {"fields": "tweet.fields", "referenced": "referenced_tweets", "history": "edit_history_tweet_ids",
          "long": "note_tweet", "shares": "retweet_count"}  # fmt: skip
REFERENCE = {"fields": "post.fields", "referenced": "referenced_posts", "history": "edit_history_post_ids",
             "long": "note_post", "shares": "repost_count"}  # fmt: skip
FIELDS = {"created_at", "conversation_id", "display_text_range", "entities", "attachments", "public_metrics",
          "author_id"}  # fmt: skip


class No(Exception):
    """An error as X tells it."""

    def __init__(
        self, status: int, detail: str, kind: str = "about:blank", title: str = "", **headers: str
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.kind, self.title = status, detail, kind, title
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def body(self) -> dict[str, Any]:
        kind = self.kind if self.kind == "about:blank" else f"{PROBLEM}{self.kind}"
        return {"title": self.title or "Error", "detail": self.detail, "type": kind, "status": self.status}


def refusal(status: int, detail: str = "No.", **more: Any) -> dict[str, Any]:
    """The body of an error."""
    return No(status, detail, **more).body()


@dataclass
class User:
    """An account, with the present pair of keys that it gave the application."""

    id: str
    name: str
    handle: str
    access: str = ""
    until: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    refresh: str = ""
    revoked: bool = False


@dataclass
class Post:
    """A post. `to`: what it answers."""

    id: str
    by: User
    at: datetime
    text: str
    media: tuple[str, ...] = ()
    to: str = ""
    versions: int = 1
    gone: bool = False
    more: dict[str, Any] = field(default_factory=dict)


@dataclass
class XServer(OwnServer):
    """The server's state. `renewals`: how often a pair of keys was renewed."""

    app_id: str = "an-app-of-x:1"
    app_secret: str = "an-app/secret+of-x"
    scope: str = " ".join(SCOPES)
    speaks: dict[str, str] = field(default_factory=lambda: GUIDES)
    duplicates: bool = False
    polls: int = 0
    breaks_media: bool = False
    slow: float = 0.0
    renewals: int = 0
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    users: list[User] = field(default_factory=list)
    posts: dict[str, Post] = field(default_factory=dict)
    media: dict[str, dict[str, Any]] = field(default_factory=dict)
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    last: int = 1_300_000_000

    def number(self) -> str:
        with self.lock:
            self.last += 1
            return str(self.last)

    def join(self, name: str) -> User:
        """A new account."""
        made = User(self.number(), name, f"{name.partition(' ')[0].lower()}{len(self.users)}")
        self.users.append(made)
        return made

    def keys(self, user: User) -> dict[str, Any]:
        """The next pair of keys; the one before counts no longer."""
        user.access, user.refresh = (
            f"access-{secrets.token_urlsafe(12)}",
            f"refresh-{secrets.token_urlsafe(12)}",
        )
        user.until = datetime.now(UTC) + timedelta(seconds=HOURS)
        return {"token_type": "bearer", "expires_in": HOURS, "access_token": user.access, "scope": self.scope,
                "refresh_token": user.refresh}  # fmt: skip

    def code(self, user: User, *, back: str, challenge: str) -> str:
        """What X's page gives when the person says yes."""
        made = f"code{secrets.token_hex(8)}"
        self.codes[made] = {"redirect_uri": back, "user": user.id, "challenge": challenge}
        return made

    def write(self, by: User, text: str, **more: Any) -> Post:
        """A post, without any call."""
        with self.lock:
            made = Post(self.number(), by, datetime.now(UTC).replace(microsecond=0), text, **more)
            self.posts[made.id] = made
            return made

    def of(self, user: User) -> list[str]:
        """The texts of an account's posts that people can see, oldest first."""
        return [one.text for one in self.posts.values() if one.by is user and not one.gone]

    def root(self, post: Post) -> Post:
        while post.to:
            post = self.posts[post.to]
        return post


@contextmanager
def x_server(**given: Any) -> Iterator[XServer]:
    """The server, for as long as the block runs."""
    with serving(XServer(**given), XCalls) as made:
        yield made


class XCalls(OwnCalls):
    """Reads a request, finds its method, and answers as X does."""

    def reply_to(self, call: str, parts: SplitResult, raw: bytes) -> tuple[int, Any, dict[str, str]]:
        self.raw = raw
        self.given = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        try:
            if call == "POST /2/oauth2/token":
                return self._token()
            self.me = self._allowed()
            for pattern, allowed, does in ROUTES:
                found = re.fullmatch(pattern, call)
                if not found:
                    continue
                names = set(allowed.replace("FIELDS", f"{self.state.speaks['fields']} {BESIDE}").split())
                if unknown := set(self.given) - names:
                    words = f"The query parameter [{min(unknown)}] is not one of {sorted(names)}"
                    raise No(400, words, "invalid-request", "Invalid Request")
                return does(self, *found.groups())
            raise No(404, "Not Found")
        except No as no:
            return no.status, no.body(), no.headers

    def _token(self) -> tuple[int, Any, dict[str, str]]:
        """oauth-2-0/user-access-token, as a confidential client."""
        given = {name: values[-1] for name, values in parse_qs(self.raw.decode()).items()}
        state, signed = self.state, (self.headers.get("Authorization") or "").removeprefix("Basic ")
        pair = [unquote(one) for one in base64.b64decode(signed).decode().split(":")]

        def no(status: int, name: str, words: str) -> tuple[int, Any, dict[str, str]]:
            return status, {"error": name, "error_description": words}, {}

        if pair != [state.app_id, state.app_secret]:
            return no(401, "unauthorized_client", "Missing valid authorization header")
        if given.get("grant_type") == "authorization_code":
            noted = state.codes.pop(given.get("code", ""), None)
            proof = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
            challenge = base64.urlsafe_b64encode(proof).decode().rstrip("=")
            if noted is None or (noted["redirect_uri"], noted["challenge"]) != (
                given["redirect_uri"],
                challenge,
            ):
                return no(400, "invalid_request", "Value passed for the authorization code was invalid.")
            held = [one for one in state.users if one.id == noted["user"]]
        else:
            held = [one for one in state.users if one.refresh and one.refresh == given.get("refresh_token")]
            state.renewals += 1
        if not held or held[0].revoked:
            return no(400, "invalid_request", "Value passed for the token was invalid.")
        return 200, state.keys(held[0]), {}

    def _allowed(self) -> User:
        key = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        for one in self.state.users:
            if key and one.access == key and not one.revoked and one.until > datetime.now(UTC):
                return one
        raise No(401, "Unauthorized", title="Unauthorized")

    def _body(self, *allowed: str) -> dict[str, Any]:
        body = dict(json.loads(self.raw or b"{}"))
        if unknown := set(body) - set(allowed):
            raise No(400, f"$.{min(unknown)}: is not defined in the schema", "invalid-request")
        return body

    def _missing(self, number: str) -> dict[str, Any]:
        return {"resource_id": number, "resource_type": "tweet", "title": "Not Found Error", "value": number,
                "detail": f"Could not find tweet with id: [{number}].", "parameter": "id",
                "type": f"{PROBLEM}resource-not-found"}  # fmt: skip

    # users and media

    def myself(self) -> Any:
        return 200, {"data": self._user(self.me) | {"description": "A school"}}, {}

    def upload(self) -> Any:
        kind = self.headers.get("Content-Type") or ""
        form = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + self.raw)
        parts = {str(one.get_param("name", header="content-disposition")): one.get_payload(decode=True)
                 for one in form.walk() if not one.is_multipart()}  # fmt: skip
        if set(parts) != {"media", "media_category"} or parts["media_category"] != b"tweet_image":
            raise No(400, "$.media_category: is missing", "invalid-request")
        if not parts["media"].startswith((b"\xff\xd8", b"\x89PNG", b"RIFF")):
            raise No(400, "media type unrecognized", "invalid-request")
        number = self.state.number()
        self.state.media[number] = {
            "data": parts["media"],
            "alt": "",
            "polls": self.state.polls,
            "by": self.me.id,
        }
        told: dict[str, Any] = {"id": number, "media_key": f"3_{number}", "size": len(parts["media"])}
        if self.state.polls:
            told["processing_info"] = {"state": "pending", "check_after_secs": 1}
        return 200, {"data": told}, {}

    def status(self) -> Any:
        found = self._medium(self.given["media_id"])
        found["polls"] -= 1
        state = "in_progress" if found["polls"] > 0 else "failed" if self.state.breaks_media else "succeeded"
        return 200, {"data": {"id": self.given["media_id"], "processing_info": {"state": state}}}, {}

    def describe(self) -> Any:
        body = self._body("id", "metadata")
        text = body["metadata"]["alt_text"]["text"]
        if not text or len(text) > 1000:
            raise No(400, "$.metadata.alt_text.text: may only be 1000 characters long", "invalid-request")
        self._medium(body["id"])["alt"] = text
        return 200, {"data": {"id": body["id"]}}, {}

    def _medium(self, number: str) -> dict[str, Any]:
        found = self.state.media.get(number)
        if found is None or found["by"] != self.me.id:
            raise No(400, "Your media IDs are invalid.", "invalid-request")
        return found

    # posts

    def create(self) -> Any:
        body = self._body("text", "media", "reply", "reply_settings")
        text, media = body.get("text", ""), tuple(body.get("media", {}).get("media_ids", ()))
        if weight(text) > 280:
            raise No(403, "Your Tweet text is too long.", title="Forbidden")
        if len(media) > 4 or any(self._medium(each)["polls"] > 0 for each in media):
            raise No(400, "Your media IDs are invalid.", "invalid-request")
        if self.state.duplicates and text in self.state.of(self.me):
            raise No(403, "You are not allowed to create a Tweet with duplicate content.", title="Forbidden")
        made = self.state.write(self.me, text, media=media)
        return 201, {"data": {"id": made.id, "text": self._told(made)[0]}}, {}

    def one(self, number: str) -> Any:
        return self._several([number], single=True)

    def many(self) -> Any:
        return self._several(self.given["ids"].split(","))

    def _several(self, numbers: list[str], *, single: bool = False) -> Any:
        found = [one for number in numbers if (one := self.state.posts.get(number)) and not one.gone]
        lost = [number for number in numbers if number not in {one.id for one in found}]
        told: dict[str, Any] = self._page(found)
        if single and found:
            told["data"] = told["data"][0]
        return 200, told | ({"errors": [self._missing(one) for one in lost]} if lost else {}), {}

    def timeline(self, number: str) -> Any:
        if number != self.me.id:
            raise No(403, "Forbidden", "client-forbidden")
        return self._listed(
            [one for one in self.state.posts.values() if one.by is self.me], "pagination_token"
        )

    def search(self) -> Any:
        found = re.fullmatch(r"conversation_id:(\d+)", self.given["query"])
        if not found:
            raise No(400, "There were errors processing your request", "invalid-request")
        within = datetime.now(UTC) - timedelta(days=7)
        if "start_time" in self.given and _read(self.given["start_time"]) < within:
            raise No(400, "Invalid 'start_time'", "invalid-request")
        there = [one for one in self.state.posts.values() if self.state.root(one).id == found[1]]
        return self._listed([one for one in there if one.at >= within], "next_token")

    def _listed(self, posts: list[Post], token: str) -> Any:
        since = _read(self.given["start_time"]) if "start_time" in self.given else None
        some = [one for one in reversed(posts) if not one.gone and (since is None or one.at >= since)]
        size, start = int(self.given.get("max_results", 10)), int(self.given.get(token) or 0)
        told = self._page(some[start : start + size])
        told["meta"] = {"result_count": len(some[start : start + size])}
        if start + size < len(some):
            told["meta"]["next_token"] = str(start + size)
        return 200, told, {}

    def delete(self, number: str) -> Any:
        found = self.state.posts.get(number)
        if found is None or found.gone:
            raise No(404, "Could not find tweet", "resource-not-found")
        if found.by is not self.me:
            raise No(403, "You are not authorized to delete this Tweet.", title="Forbidden")
        found.gone = True
        return 200, {"data": {"deleted": True}}, {}

    def _page(self, posts: list[Post]) -> dict[str, Any]:
        told: dict[str, Any] = {"data": [self._post(one) for one in posts]} if posts else {}
        expanded = set(self.given.get("expansions", "").split(","))
        beside: dict[str, Any] = {}
        if "author_id" in expanded:
            users = {one.by.id: one.by for one in posts}
            beside["users"] = [self._user(one) for one in users.values()]
        if "attachments.media_keys" in expanded:
            keys = {key: self.state.media[key] for one in posts for key in one.media}
            tells = "alt_text" in self.given.get("media.fields", "")
            beside["media"] = [
                {"media_key": f"3_{key}", "type": "photo"}
                | ({"alt_text": one["alt"]} if one["alt"] and tells else {})
                for key, one in keys.items()
            ]
        return told | ({"includes": beside} if beside and posts else {})

    def _user(self, one: User) -> dict[str, Any]:
        return {"id": one.id, "name": one.name, "username": one.handle}

    def _told(self, one: Post) -> tuple[str, dict[str, Any], int]:
        """What X makes of a text, its entities, and where what people see begins."""
        text, urls = one.text, []
        for number, found in enumerate(dict.fromkeys(URL.findall(text))):
            short = f"https://t.co/{one.id}{number}"
            text = text.replace(found, short)
            urls.append({"url": short, "expanded_url": found, "display_url": found.partition("//")[2]})
        if one.media:
            short = f"https://t.co/m{one.id}"
            text = f"{text} {short}".strip()
            urls.append({"url": short, "expanded_url": f"https://x.com/{one.by.handle}/status/{one.id}/photo/1",
                         "display_url": f"pic.x.com/{one.id}", "media_key": f"3_{one.media[0]}"})  # fmt: skip
        called = f"@{self.state.posts[one.to].by.handle} " if one.to else ""
        escaped = html.escape(text, quote=False)
        return called + escaped, {"urls": urls} if urls else {}, len(called)

    def _post(self, one: Post) -> dict[str, Any]:
        speaks, (text, entities, begins) = self.state.speaks, self._told(one)
        below = [each for each in self.state.posts.values() if each.to == one.id and not each.gone]
        none = dict.fromkeys(("like_count", speaks["shares"], "quote_count", "impression_count"), 0)
        counted = none | {"bookmark_count": 0, "reply_count": len(below)} | self.state.counts.get(one.id, {})
        everything = {
            "created_at": one.at.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "conversation_id": self.state.root(one).id,
            "display_text_range": [begins, len(text)], "entities": entities, "author_id": one.by.id,
            "attachments": {"media_keys": [f"3_{key}" for key in one.media]} if one.media else {},
            "public_metrics": counted,
            speaks["referenced"]: [{"type": "replied_to", "id": one.to}] if one.to else [],
            speaks["history"]: [f"{one.id}{n}" for n in range(one.versions)],
        } | one.more  # fmt: skip
        asked = set(self.given.get(speaks["fields"], "").split(",")) | set(
            self.given.get("expansions", "").split(",")
        )
        known = FIELDS | {
            speaks["referenced"],
            speaks["history"],
            speaks["long"],
            "attachments.media_keys",
            "",
        }
        if unknown := asked - known:
            raise No(
                400,
                f"The `{speaks['fields']}` query parameter value [{min(unknown)}] is not one of",
                "invalid-request",
            )
        if one.media:
            asked.add("attachments")
        shown = {name: value for name, value in everything.items() if name in asked and value not in ({}, [])}
        return {"id": one.id, "text": text, **shown}


def weight(text: str) -> int:
    """counting-characters, for the signs of the tests: an address 23, all but western signs two."""
    plain = URL.sub("x" * 23, text)
    return sum(1 if ord(sign) < 4352 else 2 for sign in plain)


def _read(told: str) -> datetime:
    return datetime.strptime(told, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


BESIDE = "expansions user.fields media.fields"
ROUTES: list[tuple[str, str, Callable[..., Any]]] = [
    (r"GET /2/users/me", "user.fields", XCalls.myself),
    (r"POST /2/media/upload", "", XCalls.upload),
    (r"GET /2/media/upload", "command media_id", XCalls.status),
    (r"POST /2/media/metadata", "", XCalls.describe),
    (r"POST /2/tweets", "", XCalls.create),
    (r"GET /2/tweets", "ids FIELDS", XCalls.many),
    (r"GET /2/tweets/search/recent", "query start_time max_results next_token FIELDS", XCalls.search),
    (r"GET /2/tweets/(\d+)", "FIELDS", XCalls.one),
    (r"DELETE /2/tweets/(\d+)", "", XCalls.delete),
    (r"GET /2/users/(\d+)/tweets", "max_results pagination_token start_time exclude FIELDS", XCalls.timeline),
]
