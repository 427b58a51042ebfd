"""A server of ours that keeps to the published Graph API of Meta, as far as our clients use it: the ground on
which `facebook_server` and `instagram_server` stand.

Written from https://developers.facebook.com/docs/graph-api (overview, results, guides/error-handling,
overview/rate-limiting, securing-requests), facebook-login/guides (manual flow, access tokens) and the
references of Page, Page feed, Page photos, Comment, IG User, IG Media and IG Container, read in November
2026. It knows nothing of the clients. It refuses each parameter and each field that the edge does not have.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from typing import Any
from urllib.parse import SplitResult, parse_qs

from tests.networks.own_server import OwnCalls, OwnServer

VERSION = "v24.0"
ALWAYS = {"fields", "access_token", "appsecret_proof", "limit", "after"}
DAYS = 60 * 24 * 3600


class No(Exception):
    """An error as the Graph API tells it."""

    def __init__(
        self, code: int, message: str, *, subcode: int = 0, status: int = 400, **headers: str
    ) -> None:
        super().__init__(message)
        self.code, self.message, self.subcode, self.status = code, message, subcode, status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def body(self) -> dict[str, Any]:
        told = {"message": self.message, "type": "OAuthException", "code": self.code, "fbtrace_id": "AbC"}
        return {"error": told | ({"error_subcode": self.subcode} if self.subcode else {})}


@dataclass
class Member:
    """A Page or an Instagram account, with its token."""

    id: str
    name: str
    token: str
    kind: str = "page"
    revoked: bool = False
    instagram: Member | None = None
    tasks: tuple[str, ...] = ("CREATE_CONTENT", "MODERATE", "MANAGE")


@dataclass
class Thing:
    """A post, a photo, a comment, a container."""

    id: str
    kind: str
    by: Member
    at: datetime
    text: str = ""
    of: str = ""
    parts: tuple[str, ...] = ()
    alt: str = ""
    link: str = ""
    status: str = ""
    gone: bool = False
    hidden: bool = False
    more: dict[str, Any] = field(default_factory=dict)


@dataclass
class GraphServer(OwnServer):
    """The server's state."""

    app_id: str = "1234567890"
    app_secret: str = "an-app-secret-of-meta"
    wants_proof: bool = True
    long_lived: int = DAYS
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    """Token of a person -> "short" or "long"."""
    may_delete: bool = True
    """Whether the person allowed it to delete what is on Instagram."""
    members: list[Member] = field(default_factory=list)
    things: dict[str, Thing] = field(default_factory=dict)
    quota: tuple[int, int] = (0, 100)
    polls: int = 0
    breaks_media: bool = False
    fetch: Any = None
    fetched: list[str] = field(default_factory=list)
    _last: int = 100_000

    def number(self) -> str:
        with self.lock:
            self._last += 1
            return str(self._last)

    def join(self, name: str, kind: str = "page") -> Member:
        """A new Page or account."""
        with self.lock:
            number = self.number()
            made = Member(number, f"{name}{len(self.members)}", f"EAAtoken{number}of{name}", kind)
            self.members.append(made)
            return made

    def add(self, kind: str, by: Member, **more: Any) -> Thing:
        with self.lock:
            number = self.number()
            known = f"{by.id}_{number}" if kind == "post" else number
            made = Thing(known, kind, by, datetime.now(UTC).replace(microsecond=0), **more)
            self.things[made.id] = made
            return made

    def find(self, number: str, *kinds: str) -> Thing:
        found = self.things.get(number)
        if found is None or found.gone or found.kind not in kinds:
            raise No(100, f"Unsupported get request. Object with ID '{number}' does not exist", subcode=33)
        return found

    def of(self, member: Member, kind: str = "post") -> list[str]:
        """The texts of what an account shows, oldest first."""
        return [one.text for one in self.things.values()
                if one.by is member and one.kind == kind and not one.gone]  # fmt: skip

    def comment(self, root: str, text: str, name: str = "A parent") -> Thing:
        """A comment by a stranger, without any call."""
        stranger = Member(self.number(), name, "")
        return self.add("comment", stranger, of=root, text=text)

    def person(self, kind: str = "long") -> str:
        token = f"EAAperson{kind}{self.number()}"
        self.people[token] = kind
        return token

    def code(self, *, back: str) -> str:
        """What the dialog gives when the person says yes."""
        made = f"AQcode{self.number()}"
        self.codes[made] = {"redirect_uri": back}
        return made


def shown(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")


Tree = dict[str, Any]


def read_fields(text: str) -> Tree:
    """`a,b{c},d.limit(2){e}` as a tree of names."""
    tree: Tree = {}
    depth, word, words = 0, "", []
    for sign in text + ",":
        depth += (sign in "{(" and 1) or ((sign in "})" and -1) or 0)
        if sign == "," and depth == 0:
            words.append(word)
            word = ""
        else:
            word += sign
    for one in filter(None, words):
        found = re.fullmatch(r"(\w+)((?:\.\w+\(\w+\))*)(?:\{(.*)\})?", one)
        if found is None:
            raise No(2500, f"Syntax error in fields: {one}")
        tree[found[1]] = read_fields(found[3]) if found[3] else {}
    return tree


def picked(whole: dict[str, Any], tree: Tree) -> dict[str, Any]:
    """Only what was asked for; a field that the thing can't have is an error. None: not there now."""
    told: dict[str, Any] = {"id": whole["id"]} if "id" in whole else {}
    for name, below in tree.items():
        if name not in whole:
            raise No(100, f"(#100) Tried accessing nonexisting field ({name})")
        value = whole[name]
        if value is None:
            continue
        if below and isinstance(value, dict) and "data" in value:
            value = {"data": [picked(one, below) for one in value["data"]]}
        elif below:
            value = picked(value, below)
        told[name] = value
    return told


class GraphCalls(OwnCalls):
    """Reads a request, asks `route`, and answers as the Graph API does."""

    state: GraphServer

    def named(self, path: str) -> str:
        return path.removeprefix(f"/{VERSION}/")

    def reply_to(self, call: str, parts: SplitResult, raw: bytes) -> tuple[int, Any, dict[str, str]]:
        path = self.named(parts.path)
        try:
            if path == parts.path:
                raise No(2635, "You are calling without a version")
            self.given = {name: values[-1] for name, values in parse_qs(parts.query).items()}
            self.given |= self._body(raw)
            return 200, self._checked(path, call), {}
        except No as no:
            return no.status, no.body(), no.headers

    def _body(self, raw: bytes) -> dict[str, Any]:
        told = self.headers.get("Content-Type", "")
        if told.startswith("application/json"):
            return dict(json.loads(raw or b"{}"))
        if told.startswith("multipart/form-data"):
            whole = message_from_bytes(b"Content-Type: " + told.encode() + b"\r\n\r\n" + raw)
            pieces: Any = whole.get_payload()
            return {
                piece.get_param("name", header="content-disposition"): (
                    (piece.get_content_type(), piece.get_payload(decode=True))
                    if piece.get_filename()
                    else piece.get_payload(decode=True).decode()
                )
                for piece in pieces
            }
        return {name: values[-1] for name, values in parse_qs(raw.decode()).items()}

    def _checked(self, path: str, call: str) -> Any:
        if path == "oauth/access_token":
            return self._token()
        token = (self.headers.get("Authorization") or "").removeprefix("Bearer ") or self.given.get(
            "access_token", ""
        )
        if self.state.wants_proof:
            wanted = hmac.new(self.state.app_secret.encode(), token.encode(), hashlib.sha256).hexdigest()
            if self.given.get("appsecret_proof") != wanted:
                raise No(100, "Invalid appsecret_proof provided in the API argument")
        if path == "me/accounts" and token in self.state.people:
            return self._accounts()
        self.me = self._member(token)
        return self.route(call)

    def _member(self, token: str) -> Member:
        found = next((one for one in self.state.members if one.token == token), None)
        if found is None or found.revoked:
            raise No(
                190, f"Error validating access token: the session was invalidated ({token})", subcode=460
            )
        return found

    def allow(self, *names: str) -> dict[str, Any]:
        """The parameters, of which none may be unknown to the edge."""
        unknown = set(self.given) - set(names) - ALWAYS
        if unknown:
            raise No(100, f"(#100) Unknown parameter: {sorted(unknown)}")
        return self.given

    def pages(self, items: list[dict[str, Any]]) -> dict[str, Any]:
        """One page of an edge, with its cursors."""
        limit, after = int(self.given.get("limit", 25)), int(self.given.get("after") or 0)
        if limit > 100:
            raise No(100, "(#100) Please reduce the amount of data you're asking for")
        some, tree = items[after : after + limit], read_fields(self.given.get("fields", ""))
        told: dict[str, Any] = {"data": [picked(one, tree) for one in some]}
        if some:
            told["paging"] = {"cursors": {"before": str(after), "after": str(after + limit)}}
            if after + limit < len(items):
                told["paging"]["next"] = "https://graph.facebook.com/never-follow-this"
        return told

    def route(self, call: str) -> Any:
        raise No(2500, f"Unknown path components: {call}")

    def _token(self) -> Any:
        """facebook-login/guides: the exchange of a code, and of a token for one that lives longer."""
        given, state = self.given, self.state
        if (given.get("client_id"), given.get("client_secret")) != (state.app_id, state.app_secret):
            raise No(1, "Error validating client secret.")
        if given.get("grant_type") == "fb_exchange_token":
            if given.get("fb_exchange_token") not in state.people:
                raise No(190, "Error validating access token")
            return {"access_token": state.person("long"), "token_type": "bearer",
                    "expires_in": state.long_lived}  # fmt: skip
        code = state.codes.pop(str(given.get("code")), None)
        if code is None:
            raise No(100, "This authorization code has been used.", subcode=36009)
        if code["redirect_uri"] != given.get("redirect_uri"):
            raise No(100, "Error validating verification code. redirect_uri is not identical", subcode=36008)
        return {"access_token": state.person("short"), "token_type": "bearer", "expires_in": 5183}

    def _accounts(self) -> Any:
        self.allow()
        listed = [
            {
                "id": one.id, "name": one.name, "access_token": one.token, "tasks": list(one.tasks),
                "link": f"https://www.facebook.com/{one.id}", "username": one.name,
                "instagram_business_account": (
                    {"id": one.instagram.id, "username": one.instagram.name} if one.instagram else None
                ),
            }
            for one in self.state.members
            if one.kind == "page" and not one.revoked
        ]  # fmt: skip
        return self.pages(listed)
