"""A server of ours that keeps to Mastodon's published API, as far as our client uses it.

Written from https://docs.joinmastodon.org (methods statuses, media, accounts, notifications, reports,
instance, apps; entities; rate limits; pagination; OAuth scopes), read in November 2026. It knows nothing
of the client.
What servers of other makes leave out is switched off by its fields.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any

from tests.networks.own_server import OwnServer

ALL = "read write"
MENTION = re.compile(r"(?<![\w@/])@(\w+)(?:@([\w.-]+\w))?")
ADDRESS = re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?]")


@dataclass
class Member:
    """An account of the server, with its token."""

    id: str
    name: str
    token: str
    scopes: str = ALL
    revoked: bool = False
    note: str = ""
    blocked: set[str] = field(default_factory=set)
    asked: list[datetime] = field(default_factory=list)


@dataclass
class Status:
    """A post; `gone` once it was deleted."""

    id: str
    by: Member
    text: str
    at: datetime
    parent: str = ""
    visibility: str = "public"
    warning: str = ""
    language: str = ""
    media: tuple[str, ...] = ()
    edited_at: datetime | None = None
    gone: bool = False
    remote: bool = False
    liked: int = 0
    shared: int = 0


@dataclass
class Media:
    """An uploaded file. `polls`: how often it still says that it is being worked on."""

    id: str
    data: bytes
    media_type: str
    words: str
    polls: int = 0
    broken: bool = False


@dataclass
class MastodonServer(OwnServer):
    """The server's state. `later` moves its clock."""

    domain: str = "social.test"
    most_characters: int = 500
    most_pictures: int = 4
    picture_bytes: int = 16_777_216
    picture_pixels: int = 33_177_600
    film_bytes: int = 103_809_024
    most_words: int = 1500
    most_requests: int = 300
    polls: int = 0
    breaks_media: bool = False
    honours_keys: bool = True
    tells_scopes: bool = True
    tells_source: bool = True
    lists_statuses: bool = True
    searches_texts: bool = True
    newest_instance: bool = True
    wrong_token: int = 401
    later: timedelta = timedelta()
    members: list[Member] = field(default_factory=list)
    statuses: dict[str, Status] = field(default_factory=dict)
    media: dict[str, Media] = field(default_factory=dict)
    keys: dict[tuple[str, str], tuple[str, datetime]] = field(default_factory=dict)
    notices: list[tuple[str, str, str, datetime]] = field(default_factory=list)
    reports: list[dict[str, Any]] = field(default_factory=list)
    _last: int = 0

    def now(self) -> datetime:
        return datetime.now(UTC) + self.later

    def join(self, name: str, scopes: str = ALL) -> Member:
        """A new account, named uniquely after `name`."""
        with self.lock:
            number = self.number()
            member = Member(number, f"{name}{len(self.members)}", f"token-{number}-of-{name}", scopes)
            self.members.append(member)
            return member

    def number(self) -> str:
        """An id that grows with time, as Mastodon's: milliseconds, then sixteen bits."""
        with self.lock:
            self._last = max(self._last + 1, int(self.now().timestamp() * 1000) << 16)
            return str(self._last)

    def of(self, member: Member) -> list[str]:
        """The texts of an account's posts, oldest first."""
        return [one.text for one in self.statuses.values() if one.by is member and not one.gone]

    def post(self, member: Member, text: str, parent: str = "", **more: Any) -> Status:
        """Post as an account, without any call."""
        with self.lock:
            status = Status(self.number(), member, text, self.now(), parent, **more)
            self.statuses[status.id] = status
            for found in MENTION.finditer(text):
                told = next((one for one in self.members if one.name == found[1]), None)
                if told and told is not member and found[2] in (None, self.domain):
                    self.notices.append((str(len(self.notices) + 1), told.id, status.id, status.at))
            return status


def html_of(text: str) -> str:
    """As Mastodon shows a plain text: paragraphs, breaks, shortened links, mentions as links."""

    def link(found: re.Match[str]) -> str:
        address = found[0]
        begin = re.match(r"https?://(?:www\.)?", address)
        shown_as = address[begin.end() if begin else 0 :]
        return (
            f'<a href="{address}" rel="nofollow"><span class="invisible">{begin[0] if begin else ""}</span>'
            f'<span class="ellipsis">{shown_as[:30]}</span><span class="invisible">{shown_as[30:]}</span></a>'
        )

    marked = ADDRESS.sub(link, escape(text, quote=False))
    paragraphs = re.split(r"\n\n+", marked)
    return "".join("<p>" + one.replace("\n", "<br />") + "</p>" for one in paragraphs)
