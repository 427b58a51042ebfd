"""Calls to LinkedIn's interface as one Page, what its errors mean, and what the Page shows: itself, its
posts, and the comments below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import quote

from schoolgate.core.clock import now
from schoolgate.core.surroundings import parts_of
from schoolgate.networks.checks import clean_incoming, rows, table, whole
from schoolgate.networks.linkedin import texts
from schoolgate.networks.normal import NormalPost
from schoolgate.networks.port import (
    Attachment,
    AttachmentKind,
    Author,
    Credential,
    IncomingItem,
    NetworkError,
    Profile,
    PublishedPost,
    Reactions,
    Ref,
    TooMany,
    WhatNext,
)
from schoolgate.networks.tokens import without
from schoolgate.networks.transport import Answer, Transport, refusal

API = "https://api.linkedin.com"
SITE = "https://www.linkedin.com"
PAGE, PAGES = 100, 20
BATCH = 20
"""Of how many posts the numbers are asked at once."""
LONGEST_ANSWER = 1250
_FILES = re.compile(r"(?:[a-z0-9-]+\.)*linkedin\.com")
_NUMBER = re.compile(r"[0-9]{1,20}")
_POST = re.compile(r"urn:li:(?:share|ugcPost):[0-9]{1,20}")
_IMAGE = re.compile(r"urn:li:image:[A-Za-z0-9_-]{1,100}")
_COMMENT = re.compile(r"urn:li:comment:\((urn:li:(?:activity|share|ugcPost):[0-9]{1,20}),([0-9]{1,20})\)")
_KINDS: Final[Mapping[str, AttachmentKind]] = {"IMAGE": "picture", "VIDEO": "film", "ARTICLE": "card"}


class Api:
    """The way to the interface with one key. `version`: the month of the interface that is spoken."""

    def __init__(self, transport: Transport, credential: Credential, *, version: str) -> None:
        if not credential.secret:
            raise NetworkError("sign_in", what_next="reconnect", detail="no key")
        self._transport, self._secret, self._version = transport, credential.secret, version

    @property
    def time_out(self) -> float:
        """Seconds for one call."""
        return self._transport.time_out

    def ask(self, path: str, method: str = "", **given: str | Sequence[str] | int) -> dict[str, Any]:
        """Read; `method`: Rest.li's name for a read of several things. Raises NetworkError."""
        return self._data("GET", f"/rest/{path}{asked(**given)}", changes=False, named=method).data

    def ask_if_there(self, path: str) -> dict[str, Any] | None:
        """Read one thing; None where it is not there. Raises NetworkError."""
        try:
            return self.ask(path)
        except NetworkError as error:
            if error.code == "not_found":
                return None
            raise

    def ask_all(
        self, path: str, method: str = "", **given: str | Sequence[str] | int
    ) -> Iterator[dict[str, Any]]:
        """Read a list page by page. Raises NetworkError."""
        for number in range(PAGES):
            told = self.ask(path, method, **given, start=number * PAGE, count=PAGE)
            items = rows(told, "elements")
            yield from items
            if len(items) < PAGE:
                return
        raise TooMany

    def change(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, *, seen: bool = True
    ) -> Answer:
        """Change something; `seen`: others can see it, so that a lost answer leaves the outcome open. Raises
        NetworkError."""
        named = "DELETE" if method == "DELETE" else ""
        return self._data(method, f"/rest/{path}", changes=seen, named=named, body=body)

    def upload(self, address: str, data: bytes) -> None:
        """Upload a file to where LinkedIn said; no one sees it yet. Raises NetworkError."""
        parts = parts_of(address)
        origin = f"{parts.scheme}://{parts.netloc}"
        ours = origin == self._transport.origin
        if not ours and (parts.scheme != "https" or not _FILES.fullmatch(parts.netloc)):
            raise NetworkError("unreadable_answer", what_next="try_again", detail="another place for a file")
        answer = self._transport.to(origin).exchange(
            "PUT", f"{parts.path}?{parts.query}", changes=False, content=data,
            headers={"Authorization": f"Bearer {self._secret}", "Content-Type": "application/octet-stream"},
        )  # fmt: skip
        if not answer.ok:
            raise self._meaning(answer, changes=False)

    def _data(
        self, method: str, path: str, *, changes: bool, named: str, body: Mapping[str, Any] | None = None
    ) -> Answer:
        headers = {
            "Authorization": f"Bearer {self._secret}", "Linkedin-Version": self._version,
            "X-Restli-Protocol-Version": "2.0.0", **({"X-RestLi-Method": named} if named else {}),
        }  # fmt: skip
        answer = self._transport.exchange(method, path, changes=changes, headers=headers, body=body)
        if not answer.ok:
            raise self._meaning(answer, changes=changes)
        return answer

    def _meaning(self, answer: Answer, *, changes: bool) -> NetworkError:
        error = refusal(answer, changes=changes)
        codes = {clean_incoming(one.get("code")) for one in rows(table(answer.data.get("errorDetails")),
                                                                "inputErrors")}  # fmt: skip
        names = filter(None, (answer.said("code"), *sorted(codes)))
        said = f"{'/'.join(names)} {answer.said('message')}".strip()
        error.detail = without(said, (self._secret,))
        told: tuple[str, WhatNext] | None = None
        if answer.status == 426:
            told = "old_version", "give_up"
        elif "DUPLICATE_POST" in codes:  # the same words are there already: perhaps ours
            told = "network_trouble", "try_again"
            error.outcome_unknown = changes
        if told:
            error.code, error.what_next = told
        if error.code == "too_fast" and error.retry_after is None and "DAY limit" in said:
            error.retry_after = _until_midnight()
        return error


def _until_midnight() -> float:
    at = now().astimezone(UTC)
    return ((at + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0) - at).total_seconds()


def asked(**given: str | Sequence[str] | int) -> str:
    """Return the end of an address as Rest.li reads it: lists have brackets and commas of its own."""
    said = []
    for name, value in given.items():
        if isinstance(value, str | int):
            said.append(f"{name}={quote(str(value), safe='')}")
        else:
            said.append(f"{name}=List({','.join(quote(one, safe='') for one in value)})")
    return f"?{'&'.join(said)}" if said else ""


def part(urn: str) -> str:
    """Return a thing's name fit to be part of an address."""
    return quote(urn, safe="")


def is_post(urn: str) -> bool:
    """Return whether this can be a post."""
    return _POST.fullmatch(urn) is not None


def is_image(urn: str) -> bool:
    """Return whether this can be an image that was uploaded."""
    return _IMAGE.fullmatch(urn) is not None


def comment_of(urn: str) -> tuple[str, str] | None:
    """Return the thread that a comment is in and its number there; None for what is no comment."""
    found = _COMMENT.fullmatch(urn)
    return (found[1], found[2]) if found else None


def comment_path(thread: str, number: str = "") -> str:
    """Return where the comments of a thread are, or one of them."""
    return f"socialActions/{part(thread)}/comments" + (f"/{number}" if number else "")


def urn_of(told: Mapping[str, Any]) -> str:
    """Return a comment's own name; empty for what is none."""
    urn = clean_incoming(told.get("commentUrn")) or (
        f"urn:li:comment:({clean_incoming(told.get('object'))},{clean_incoming(told.get('id'))})"
    )
    return urn if comment_of(urn) else ""


def at(told: object) -> datetime | None:
    """Return an instant that is told in milliseconds since 1970; None for what is none."""
    number = told if isinstance(told, int) and 0 < told < 10**14 else 0
    return datetime.fromtimestamp(number / 1000, UTC) if number else None


def published(key: str, told: Mapping[str, Any]) -> PublishedPost | None:
    """Return a post in normal form; None for what is none. LinkedIn draws pictures again, so that only their
    number, order and descriptions are told."""
    urn = clean_incoming(told.get("id"))
    if not is_post(urn):
        return None
    content = table(told.get("content"))
    media = [table(content.get("media")), *rows(table(content.get("multiImage")), "images")]
    pictures = tuple(
        ("", clean_incoming(one.get("altText"))) for one in media if is_image(clean_incoming(one.get("id")))
    )
    words = texts.read(clean_incoming(told.get("commentary")))
    return PublishedPost(
        Ref(key, urn, address_of(urn)), NormalPost.of(words, (), pictures), at(told.get("createdAt"))
    )


def address_of(urn: str) -> str:
    """Return where people see a post."""
    return f"{SITE}/feed/update/{urn}"


def answer_in(key: str, told: Mapping[str, Any]) -> PublishedPost | None:
    """Return a comment of ours in normal form; None for what is none."""
    urn = urn_of(told)
    if not urn:
        return None
    written = at(table(told.get("created")).get("time"))
    return PublishedPost(Ref(key, urn), NormalPost.of(_words(told)), written)


def item_of(key: str, told: Mapping[str, Any], root: str, ours: str) -> IncomingItem | None:
    """Return a comment below the post `root`; None for what is none. LinkedIn tells who wrote it by a number
    alone."""
    urn = urn_of(told)
    if not urn:
        return None
    made, changed = (at(table(told.get(name)).get("time")) for name in ("created", "lastModified"))
    actor = clean_incoming(told.get("actor"))
    return IncomingItem(
        network=key,
        ref=Ref(key, urn, address_of(root) if root else ""),
        author=Author(actor or f"unnamed-{urn}"),
        text=_words(told),
        created_at=made or datetime.fromtimestamp(0, UTC),
        seen_at=made,
        parent=clean_incoming(told.get("parentComment")) or root,
        root=root,
        edited=made is not None and changed is not None and changed > made,
        ours=actor == ours,
        attachments=tuple(
            Attachment(_KINDS.get(clean_incoming(one.get("type")), "other")) for one in rows(told, "content")
        ),
        visibility="public",
    )


def has_answers(told: Mapping[str, Any]) -> bool:
    """Return whether others wrote below a comment."""
    return bool(whole(table(told.get("commentsSummary")).get("aggregatedTotalComments")))


def _words(told: Mapping[str, Any]) -> str:
    return clean_incoming(table(told.get("message")).get("text"))


def numbers_of(told: Mapping[str, Any]) -> tuple[str, Reactions] | None:
    """Return a post and its numbers in the Page's analytics; None for what is none."""
    urn = clean_incoming(told.get("share") or told.get("ugcPost"))
    counted = table(told.get("totalShareStatistics"))
    if not is_post(urn):
        return None
    names = ("likeCount", "shareCount", "commentCount", "impressionCount")
    likes, shares, replies, views = (whole(counted.get(name)) for name in names)
    return urn, Reactions(likes=likes, shares=shares, replies=replies, views=views)


def profile_of(told: Mapping[str, Any]) -> Profile:
    """Return a Page as the port takes it. The same Page has its name or its number in its address, and is a
    company or a school."""
    number, name = str(told.get("id") or ""), clean_incoming(told.get("vanityName"))
    if not _NUMBER.fullmatch(number):
        raise NetworkError("unreadable_answer", what_next="try_again", detail="no id")
    kinds = (
        ("school", "company") if told.get("primaryOrganizationType") == "SCHOOL" else ("company", "school")
    )
    names = [each for each in (name, number) if each]
    first, *others = (f"{SITE}/{kind}/{quote(each)}/" for kind in kinds for each in names)
    return Profile(
        number, name or number, clean_incoming(told.get("localizedName")),
        clean_incoming(told.get("localizedDescription")), first, tuple(others),
    )  # fmt: skip
