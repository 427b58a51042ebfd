"""Calls to Meta's Graph API as one Page or Instagram account, what its errors mean, and what both have in
common: the connection, reading our own posts, and their comments.

Neither takes a key of ours, so what may have been published is looked up by words.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from schoolgate.core.outside.client import Client
from schoolgate.core.outside.texts import read_json
from schoolgate.networks.archives.port import from_iso
from schoolgate.networks.capabilities import Capabilities
from schoolgate.networks.checks import NotOffered, clean_incoming, if_there, refuse, table, the_one
from schoolgate.networks.known import Known
from schoolgate.networks.normal import NormalPost, tidy_text
from schoolgate.networks.port import (
    Credential,
    IncomingItem,
    NetworkError,
    PublishedPost,
    Ref,
    TooMany,
    WhatNext,
    key_time,
)
from schoolgate.networks.transport import Answer, Transport, check_service, redacted, refusal

VERSION = "v24.0"
GRAPH = "https://graph.facebook.com"
PAGE = 100
PAGES = 20
TOLERANCE = timedelta(minutes=2)
"""By how much Meta's clock may be behind ours."""
_ID = re.compile(r"[0-9]{1,40}(?:_[0-9]{1,40})?")
_SIGN_IN = frozenset({102, 190, 463, 467})
_TOO_FAST = frozenset({4, 17, 32, 613, 80001, 80002})
_NOT_ALLOWED = frozenset({3, 10, *range(200, 300)})
_PICTURES = frozenset({324, 1366046, 36000, 36001, 36003, 2207004, 2207005, 2207009, 2207057})
NOT_READY = 4279009
"""Threads says it of what isn't there, and of a container that it can't publish yet."""
_NOT_THERE = frozenset({803, 33, NOT_READY})
_LATER = frozenset({2207001, 2207027, 2207052})
_FULL = 2207042
_BLOCKED = frozenset({368, 2207050, 2207051})
_DUPLICATE = 506
_UNCLEAR = frozenset({1, 2})


class Graph:
    """The way to the Graph API with one key. `app_secret`: proves that a call comes from our application."""

    def __init__(
        self, transport: Transport, credential: Credential, *, app_secret: str = "", version: str = VERSION
    ) -> None:
        if not credential.secret:
            raise NetworkError("sign_in", what_next="reconnect", detail="no key")
        self._transport = transport
        self._secret = credential.secret
        self._app_secret = app_secret
        self._version = version

    @property
    def time_out(self) -> float:
        """Seconds for one call."""
        return self._transport.time_out

    def with_key(self, secret: str) -> Graph:
        """Return the same way with another key. Raises NetworkError where there is none."""
        return Graph(
            self._transport, Credential(secret=secret), app_secret=self._app_secret, version=self._version
        )

    def ask(self, path: str, fields: str = "", **params: Any) -> dict[str, Any]:
        """Read one thing. Raises NetworkError."""
        return self._call(
            "GET", path, changes=False, params={"fields": fields, **params} if fields else params
        )

    def ask_if_there(self, path: str, fields: str) -> dict[str, Any] | None:
        """Read one thing; None where it is not there. Raises NetworkError."""
        try:
            return self.ask(path, fields)
        except NetworkError as error:
            if error.code == "not_found":
                return None
            raise

    def ask_all(self, path: str, fields: str, **params: Any) -> Iterator[dict[str, Any]]:
        """Read a list page by page. Raises NetworkError, also where it does not end."""
        after = ""
        for _ in range(PAGES):
            more = {"after": after} if after else {}
            told = self.ask(path, fields, limit=PAGE, **params, **more)
            items = told.get("data")
            yield from (one for one in (items if isinstance(items, list) else ()) if isinstance(one, dict))
            paging = table(told.get("paging"))
            after = str(table(paging.get("cursors")).get("after") or "")
            if not after or not paging.get("next") or not items:
                return
        raise TooMany

    def change(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, *, seen: bool = True
    ) -> dict[str, Any]:
        """Change something; `seen`: others can see it, so that a lost answer leaves the outcome open. Raises
        NetworkError."""
        return self._call(method, path, changes=seen, body=body or {})

    def change_if_there(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> None:
        """Change something that may be gone. Raises NetworkError."""
        with if_there():
            self.change(method, path, body)

    def upload(self, path: str, data: bytes, media_type: str, form: Mapping[str, str]) -> dict[str, Any]:
        """Upload a file that stays invisible until a post names it. Raises NetworkError."""
        name = f"picture.{media_type.rpartition('/')[2]}"
        return self._call(
            "POST", path, changes=False, form={**form, **self._proof()},
            file=("source", (name, data, media_type)),
        )  # fmt: skip

    def _call(self, method: str, path: str, *, changes: bool, **how: Any) -> dict[str, Any]:
        if method in ("GET", "DELETE"):
            how = {"params": {**(how.get("params") or {}), **self._proof()}}
        elif "body" in how:
            how["body"] = {**how["body"], **self._proof()}
        answer = self._transport.exchange(
            method, f"/{self._version}/{path}", changes=changes,
            headers={"Authorization": f"Bearer {self._secret}"}, **how,
        )  # fmt: skip
        if answer.ok and "error" not in answer.data:
            return answer.data
        raise meaning(answer, changes=changes, secrets=(self._secret, self._app_secret))

    def _proof(self) -> dict[str, str]:
        if not self._app_secret:
            return {}
        made = hmac.new(self._app_secret.encode(), self._secret.encode(), hashlib.sha256).hexdigest()
        return {"appsecret_proof": made}


def meaning(answer: Answer, *, changes: bool, secrets: Sequence[str] = ()) -> NetworkError:
    """The error for an answer that is no yes, by Meta's own codes where it gives one."""
    said = table(answer.data.get("error"))
    codes = {one for key in ("code", "error_subcode") if isinstance(one := said.get(key), int)}
    words = str(said.get("message") or "")
    for secret in filter(None, secrets):
        words = words.replace(secret, "[...]")
    detail = redacted(f"{'/'.join(map(str, sorted(codes)))} {words}".strip())
    if answer.status >= 500 or not codes:
        error = refusal(answer, changes=changes)
        error.detail = detail
        return error
    code, what_next = _class_of(codes)
    unknown = changes and code == "network_trouble" and bool(codes & (_UNCLEAR | {_DUPLICATE}))
    wait = _wait(answer) if what_next == "try_again" else None
    return NetworkError(
        code, what_next=what_next, outcome_unknown=unknown, detail=detail, status=answer.status,
        retry_after=wait,
    )  # fmt: skip


def _class_of(codes: set[int]) -> tuple[str, WhatNext]:
    """A picture or a missing thing is told by the subcode, under a code that says less."""
    table_of: tuple[tuple[frozenset[int], str, WhatNext], ...] = (
        (_PICTURES, "picture_refused", "give_up"),
        (_BLOCKED, "blocked_for_now", "give_up"),
        (_TOO_FAST | {_FULL}, "too_fast", "try_again"),
        (_LATER, "network_trouble", "try_again"),
        (_SIGN_IN, "sign_in", "reconnect"),
        (_NOT_ALLOWED, "not_allowed", "reconnect"),
        (_NOT_THERE, "not_found", "give_up"),
        (_UNCLEAR | {_DUPLICATE}, "network_trouble", "try_again"),
    )
    for some, code, what_next in table_of:
        if codes & some:
            return code, what_next
    return "refused", "give_up"


def _wait(answer: Answer) -> float | None:
    """Seconds to wait: Retry-After, or what the use of the API says about the Page (minutes); at most a
    day."""
    given = answer.headers.get("retry-after", "").strip()
    if given.isdigit() and given.isascii():
        return min(float(given[:9]), 86_400.0)
    told = table(_read(answer.headers.get("x-business-use-case-usage", "")))
    uses = [one for each in told.values() if isinstance(each, list) for one in each if isinstance(one, dict)]
    minutes = [one.get("estimated_time_to_regain_access") for one in uses]
    longest = max((min(each, 1_440) for each in minutes if isinstance(each, (int, float))), default=0)
    return longest * 60.0 if longest > 0 else None


def _read(header: str) -> Any:
    try:
        return read_json(header.encode("utf-8", "replace"))
    except ValueError:
        return None


def rows(value: Any) -> list[dict[str, Any]]:
    """The objects of an edge that came inside another thing."""
    found = table(value).get("data")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def is_id(text: str) -> bool:
    """Whether this can be an id of the Graph API, and so a part of an address to ask."""
    return _ID.fullmatch(text) is not None


def checked_id(ref: Ref) -> str:
    """The id of a thing, fit to be part of an address. Raises NetworkError."""
    if not is_id(ref.id):
        raise NetworkError("not_found", what_next="give_up")
    return ref.id


def id_of(data: Mapping[str, Any], *, seen: bool = False) -> str:
    """The id in a yes. Raises NetworkError (`unreadable_answer`) where there is none; `seen`: what was done
    can be seen, so that it may be there all the same."""
    number = data.get("id")
    if not isinstance(number, str) or not is_id(number):
        raise NetworkError("unreadable_answer", what_next="try_again", outcome_unknown=seen, detail="no id")
    return number


@dataclass(frozen=True, slots=True)
class Names:
    """What a network calls its things: the edges with what the account wrote, each with the fields that are
    read there; the fields that are read of a post, its time and its words; the fields of a comment that is
    looked at again, and the one with its post."""

    posts: tuple[tuple[str, str], ...]
    post_fields: str
    time: str
    words: str
    comment_fields: str
    comments_post: str


class MetaAccount(NotOffered):
    """One account, by an access token. A network gives its `NAMES`, and reads its own posts and comments."""

    NAMES: ClassVar[Names]
    GRAPH: ClassVar[str] = GRAPH
    VERSION: ClassVar[str] = VERSION

    def __init__(
        self, capabilities: Capabilities, credential: Credential, *, app_secret: str = "",
        client: Client | None = None,
    ) -> None:  # fmt: skip
        super().__init__(capabilities)
        origin = check_service(credential.service or self.GRAPH)
        transport = Transport(origin, time_out=capabilities.pace.time_out_seconds, client=client)
        self._graph = Graph(transport, credential, app_secret=app_secret, version=self.VERSION)
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
        for edge, fields in self.NAMES.posts:
            for post in self._graph.ask_all(f"{self._known.id}/{edge}", fields):
                at = from_iso(post.get(self.NAMES.time))
                if at is not None and at < since:
                    break
                if tidy_text(clean_incoming(post.get(self.NAMES.words))) == wanted.text:
                    found.append(post)
        meant = the_one(found)
        return None if meant is None else self._published(meant)

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
