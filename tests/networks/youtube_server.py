"""A server of ours that keeps to the published YouTube Data API v3, as far as our client uses it.

Written from https://developers.google.com/youtube/v3/docs (channels, playlistItems, videos, thumbnails,
captions, commentThreads, comments, errors), guides/using_resumable_upload_protocol, determine_quota_cost and
developers.google.com/identity/protocols/oauth2/web-server, read in November 2026. It knows nothing of the
client. It refuses each parameter that a method does not have, and counts what each call costs.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.networks.own_server import OwnServer

SCOPE = "https://www.googleapis.com/auth/youtube.force-ssl"
UNITS = 10_000
INSERTS = 100
HOUR = 3600


class No(Exception):
    """An error as Google's interfaces tell it."""

    def __init__(self, status: int, reason: str, domain: str = "youtube") -> None:
        super().__init__(reason)
        self.status, self.reason, self.domain = status, reason, domain

    def body(self) -> dict[str, Any]:
        one = {"message": f"No: {self.reason}", "domain": self.domain, "reason": self.reason}
        return {"error": {"code": self.status, "message": f"No: {self.reason}", "errors": [one]}}


def refusal(reason: str) -> dict[str, Any]:
    """The body of an error."""
    return No(400, reason).body()


@dataclass
class Channel:
    """A channel, with the key that its owner gave. `verified`: it may set covers."""

    id: str
    name: str
    handle: str
    token: str
    revoked: bool = False
    verified: bool = True


@dataclass
class Video:
    """A film. `polls`: how often it still says that it is being worked on."""

    id: str
    by: Channel
    snippet: dict[str, Any]
    status: dict[str, Any]
    data: bytes
    at: datetime
    upload_status: str = "uploaded"
    polls: int = 0
    cover: bytes = b""
    captions: list[tuple[str, str]] = field(default_factory=list)
    gone: bool = False
    liked: int = 0


@dataclass
class Comment:
    """A comment, or an answer to one (`parent`)."""

    id: str
    video: str
    author: str
    name: str
    text: str
    at: datetime
    parent: str = ""
    state: str = "published"
    updated: datetime | None = None
    gone: bool = False


@dataclass
class Upload:
    """A film on its way."""

    by: Channel
    about: dict[str, Any]
    size: int
    kind: str
    taken: bytearray = field(default_factory=bytearray)
    video: str = ""


@dataclass
class YouTubeServer(OwnServer):
    """The server's state. `public`: where it says that it is, if not at its origin. `audited`: whether the
    application's films may be public. `lasts`: seconds until a key ends, if it does. `takes`: how many bytes
    of the next pieces it takes, for a line that breaks."""

    public: str = ""
    app_id: str = "1234.apps.googleusercontent.com"
    app_secret: str = "an-app-secret-of-google"
    audited: bool = True
    scope: str = SCOPE
    lasts: int = 0
    units: int = UNITS
    inserts: int = INSERTS
    polls: int = 0
    breaks: bool = False
    takes: list[int] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    access: dict[str, tuple[str, float]] = field(default_factory=dict)
    channels: list[Channel] = field(default_factory=list)
    videos: dict[str, Video] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    started: int = 0

    def now(self) -> datetime:
        return datetime.now(UTC).replace(microsecond=0)

    def join(self, name: str) -> Channel:
        """A new channel."""
        with self.lock:
            number = len(self.channels)
            made = Channel(
                f"UC{secrets.token_urlsafe(16)}", name, f"@{name}{number}", f"1//refresh-{number}-{name}"
            )
            self.channels.append(made)
            return made

    def code(self, channel: Channel, *, back: str) -> str:
        """What Google's page gives when the person says yes for a channel."""
        made = f"4/code{secrets.token_hex(8)}"
        self.codes[made] = {"redirect_uri": back, "channel": channel.id}
        return made

    def revoke(self, channel: Channel) -> None:
        """The owner takes the access away: keys for an hour end too."""
        channel.revoked = True
        self.access = {key: told for key, told in self.access.items() if told[0] != channel.id}

    def of(self, channel: Channel) -> list[str]:
        """The texts of a channel's films that people can see, oldest first."""
        return [
            one.snippet["description"]
            for one in self.videos.values()
            if one.by is channel and not one.gone and one.status["privacyStatus"] == "public"
        ]

    def private(self, channel: Channel) -> int:
        """How many of its films only the channel's owner can see."""
        return len([one for one in self.videos.values() if one.by is channel and not one.gone]) - len(
            self.of(channel)
        )

    def comment(self, root: str, text: str, **more: Any) -> Comment:
        """A comment by a stranger, without any call."""
        with self.lock:
            return self.add_comment(root, f"UC{secrets.token_urlsafe(16)}", "@a-parent", text, **more)

    def add_comment(self, root: str, author: str, name: str, text: str, **more: Any) -> Comment:
        parent = more.get("parent", "")
        number = f"Ug{secrets.token_hex(12)}"
        number = f"{parent}.{secrets.token_hex(10)}" if parent else number
        made = Comment(number, root, author, name, text, self.now(), **more)
        self.comments[made.id] = made
        return made
