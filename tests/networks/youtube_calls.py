"""The calls of our own server that keeps to the YouTube Data API, and how it shows things; see
`youtube_server`."""

from __future__ import annotations

import json
import re
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from typing import Any
from urllib.parse import SplitResult, parse_qs

from tests.networks.own_server import serving
from tests.networks.youtube_comment_calls import CommentCalls, shown
from tests.networks.youtube_server import HOUR, Channel, No, Upload, Video, YouTubeServer

LONGEST_TITLE, LONGEST_DESCRIPTION = 100, 5000
COVER_BYTES = 2_097_152
PIECE = 256 * 1024
STATUS = {"privacyStatus", "publishAt", "license", "embeddable", "publicStatsViewable",
          "selfDeclaredMadeForKids", "containsSyntheticMedia"}  # fmt: skip
SNIPPET = {"title", "description", "tags", "categoryId", "defaultLanguage", "defaultAudioLanguage"}


@contextmanager
def youtube_server(**given: Any) -> Iterator[YouTubeServer]:
    """The server, for as long as the block runs."""
    with serving(YouTubeServer(**given), YouTubeCalls) as made:
        yield made


class YouTubeCalls(CommentCalls):
    """Reads a request, finds its method, and answers as Google does."""

    state: YouTubeServer

    def named(self, path: str) -> str:
        return path.replace("/youtube/v3/", "/").removeprefix("/")

    def reply_to(self, call: str, parts: SplitResult, raw: bytes) -> tuple[int, Any, dict[str, str]]:
        self.raw, self.more = raw, dict[str, str]()
        self.given = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        try:
            if call == "POST token":
                return self._token()
            self.me = self._channel()
            found = ROUTES.get(call)
            if found is None:
                raise No(404, "notFound", "global")
            cost, allowed, does = found
            unknown = set(self.given) - set(allowed.split())
            if unknown:
                raise No(400, f"unknownParameter {sorted(unknown)}")
            self.state.units -= cost
            if self.state.units < 0:
                raise No(403, "quotaExceeded", "youtube.quota")
            status, body = does(self)
            return status, body, self.more
        except No as no:
            return no.status, no.body(), {}

    def _token(self) -> tuple[int, Any, dict[str, str]]:
        """oauth2/web-server: a code for keys, and the account's own key for one that lasts an hour."""
        given = {name: values[-1] for name, values in parse_qs(self.raw.decode()).items()}
        if (given.get("client_id"), given.get("client_secret")) != (self.state.app_id, self.state.app_secret):
            return 401, {"error": "invalid_client", "error_description": "The client was not found."}, {}
        own = ""
        if given.get("grant_type") == "authorization_code":
            noted = self.state.codes.pop(given.get("code", ""), None)
            if noted is None or noted["redirect_uri"] != given.get("redirect_uri"):
                return 400, {"error": "invalid_grant", "error_description": "Bad Request"}, {}
            channel = next(one for one in self.state.channels if one.id == noted["channel"])
            own = channel.token
        else:
            found = [one for one in self.state.channels if one.token == given.get("refresh_token")]
            if given.get("grant_type") != "refresh_token" or not found or found[0].revoked:
                said = f"Token has been expired or revoked. {given.get('refresh_token')}"
                return 400, {"error": "invalid_grant", "error_description": said}, {}
            channel = found[0]
        made = f"ya29.{secrets.token_urlsafe(20)}"
        self.state.access[made] = (channel.id, time.time() + HOUR)
        body = {
            "access_token": made,
            "expires_in": HOUR - 1,
            "scope": self.state.scope,
            "token_type": "Bearer",
        }
        if self.state.lasts:
            body["refresh_token_expires_in"] = self.state.lasts
        return 200, body | ({"refresh_token": own} if own else {}), {}

    def _channel(self) -> Channel:
        key = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        number, until = self.state.access.get(key, ("", 0.0))
        found = next((one for one in self.state.channels if one.id == number), None)
        if found is None or until < time.time() or found.revoked:
            raise No(401, "authError", "global")
        return found

    def _parts(self, allowed: str) -> set[str]:
        told = set(self.given.get("part", "").split(","))
        if not told <= set(allowed.split()):
            raise No(400, "unknownPart", "youtube.part")
        return told

    def _page(self, items: list[dict[str, Any]], most: int) -> dict[str, Any]:
        size, start = int(self.given.get("maxResults", 5)), int(self.given.get("pageToken") or 0)
        if not 1 <= size <= most:
            raise No(400, "invalidValue")
        told: dict[str, Any] = {"items": items[start : start + size]}
        if start + size < len(items):
            told["nextPageToken"] = str(start + size)
        return told

    def _body(self) -> dict[str, Any]:
        try:
            return dict(json.loads(self.raw or b"{}"))
        except ValueError:
            raise No(400, "parseError", "global") from None

    # channels and lists

    def channels(self) -> tuple[int, Any]:
        self._parts("snippet contentDetails status statistics")
        me = self.me
        snippet = {"title": me.name, "description": "A school", "customUrl": me.handle}
        lists = {"relatedPlaylists": {"uploads": f"UU{me.id[2:]}", "likes": ""}}
        return 200, {"items": [{"id": me.id, "snippet": snippet, "contentDetails": lists}]}

    def playlist(self) -> tuple[int, Any]:
        self._parts("snippet contentDetails status")
        mine = [one for one in self.state.videos.values() if one.by is self.me and not one.gone]
        if self.given.get("playlistId") != f"UU{self.me.id[2:]}" or not mine:
            raise No(404, "playlistNotFound", "youtube.playlistItem")
        items = [
            {"snippet": {"publishedAt": shown(one.at), "resourceId": {"videoId": one.id}}}
            for one in reversed(mine)
        ]
        return 200, self._page(items, 50)

    # films

    def videos(self) -> tuple[int, Any]:
        parts = self._parts("snippet status statistics fileDetails contentDetails processingDetails")
        numbers = self.given.get("id", "").split(",")
        if len(numbers) > 50:
            raise No(400, "invalidValue")
        found = [one for number in numbers if (one := self.state.videos.get(number)) and not one.gone]
        seen = [one for one in found if one.by is self.me or one.status["privacyStatus"] != "private"]
        return 200, {"items": [self._video(one, parts) for one in seen]}

    def begin(self) -> tuple[int, Any]:
        """Step 1 of the resumable protocol."""
        parts = self._parts("snippet status")
        about = self._body()
        if self.given.get("uploadType") != "resumable" or set(about) != parts:
            raise No(400, "mediaBodyRequired")
        _check_about(about)
        self.state.inserts -= 1
        if self.state.inserts < 0:
            raise No(403, "quotaExceeded", "youtube.quota")
        size, kind = self.headers.get("X-Upload-Content-Length"), self.headers.get("X-Upload-Content-Type")
        number = secrets.token_hex(8)
        self.state.started += 1
        self.state.uploads[number] = Upload(self.me, about, int(size or 0), kind or "")
        where = self.state.public or self.state.origin
        self.more["Location"] = f"{where}/upload/youtube/v3/videos?uploadType=resumable&upload_id={number}"
        return 200, None

    def take(self) -> tuple[int, Any]:
        """Steps 3 and 4: a piece, or the question how much is there."""
        found = self.state.uploads.get(self.given.get("upload_id", ""))
        if found is None or found.by is not self.me:
            raise No(404, "notFound", "global")
        told = re.fullmatch(r"bytes (?:\*|(\d+)-(\d+))/(\d+)", self.headers.get("Content-Range") or "")
        if told is None or int(told[3]) != found.size:
            raise No(400, "invalidContentRange", "global")
        if told[1] is not None and not found.video:
            start, end = int(told[1]), int(told[2])
            last = end + 1 == found.size
            if start != len(found.taken) or len(self.raw) != end - start + 1 or end >= found.size:
                raise No(400, "invalidContentRange", "global")
            if len(self.raw) % PIECE and not last:
                raise No(400, "invalidChunkSize", "global")
            most = self.state.takes.pop(0) if self.state.takes else len(self.raw)
            found.taken += self.raw[:most]
        if len(found.taken) < found.size:
            if found.taken:
                self.more["Range"] = f"bytes=0-{len(found.taken) - 1}"
            return 308, None
        if not found.video:
            found.video = self._made(found).id
        return 200, self._video(self.state.videos[found.video], {"snippet", "status"})

    def update(self) -> tuple[int, Any]:
        if self._parts("snippet status") != {"status"}:
            raise No(400, "invalidVideoMetadata")
        body = self._body()
        found = self._mine(str(body.get("id")))
        told = body.get("status") or {}
        if not set(told) <= STATUS or told.get("privacyStatus") not in ("public", "private", "unlisted"):
            raise No(400, "invalidVideoMetadata")
        found.status = self._status(told)  # what is left out is deleted
        return 200, self._video(found, {"status"})

    def delete(self) -> tuple[int, Any]:
        self._mine(self.given.get("id", "")).gone = True
        return 204, None

    def cover(self) -> tuple[int, Any]:
        found = self._mine(self.given.get("videoId", ""))
        if self.given.get("uploadType") != "media" or not self.raw:
            raise No(400, "mediaBodyRequired")
        if self.headers.get("Content-Type") not in ("image/jpeg", "image/png") or len(self.raw) > COVER_BYTES:
            raise No(400, "invalidImage")
        if not self.me.verified:
            raise No(403, "forbidden")
        found.cover = self.raw
        return 200, {"items": [{"default": {"url": "https://i.ytimg.com/vi/x/default.jpg"}}]}

    def captions(self) -> tuple[int, Any]:
        """A multipart upload: what it is, then the file."""
        self._parts("snippet")
        told = self.headers.get("Content-Type", "")
        if self.given.get("uploadType") != "multipart" or not told.startswith("multipart/related"):
            raise No(400, "contentRequired")
        whole: Any = message_from_bytes(b"Content-Type: " + told.encode() + b"\r\n\r\n" + self.raw)
        about, file = whole.get_payload()
        snippet = json.loads(about.get_payload(decode=True))["snippet"]
        if not {"videoId", "language", "name"} <= set(snippet):
            raise No(400, "invalidMetadata")
        found, words = self._mine(snippet["videoId"]), file.get_payload(decode=True).decode()
        if any(language == snippet["language"] for language, _words in found.captions):
            raise No(409, "captionExists")
        if not words.startswith("WEBVTT"):
            raise No(400, "invalidCaption")
        found.captions.append((snippet["language"], words))
        return 200, {"id": secrets.token_hex(8), "snippet": snippet}

    # how things are shown

    def _mine(self, number: str) -> Video:
        found = self.state.videos.get(number)
        if found is None or found.gone:
            raise No(404, "videoNotFound", "youtube.video")
        if found.by is not self.me:
            raise No(403, "forbidden", "youtube.video")
        return found

    def _status(self, told: dict[str, Any]) -> dict[str, Any]:
        return dict(told) if self.state.audited else {**told, "privacyStatus": "private"}

    def _made(self, upload: Upload) -> Video:
        number = secrets.token_urlsafe(8)[:11]
        made = Video(
            number, self.me, dict(upload.about["snippet"]), self._status(upload.about["status"]),
            bytes(upload.taken), self.state.now(), polls=self.state.polls,
        )  # fmt: skip
        self.state.videos[number] = made
        return made

    def _video(self, one: Video, parts: set[str]) -> dict[str, Any]:
        if one.upload_status == "uploaded" and "status" in parts:
            if one.polls <= 0:
                one.upload_status = "failed" if self.state.breaks else "processed"
            one.polls -= 1
        status = {**one.status, "uploadStatus": one.upload_status,
                  "madeForKids": one.status.get("selfDeclaredMadeForKids", False)}  # fmt: skip
        if one.upload_status == "failed":
            status["failureReason"] = "codec"
        counted = [each for each in self.state.comments.values()
                   if each.video == one.id and not each.gone and each.state == "published"]  # fmt: skip
        whole = {
            "snippet": {**one.snippet, "publishedAt": shown(one.at), "channelId": one.by.id},
            "status": status,
            "statistics": {"viewCount": "12", "likeCount": str(one.liked), "commentCount": str(len(counted))},
            "fileDetails": {"fileName": "unknown", "fileSize": str(len(one.data))},
        }
        return {"kind": "youtube#video", "id": one.id} | {name: whole[name] for name in parts}


def _check_about(about: dict[str, Any]) -> None:
    snippet, status = about.get("snippet") or {}, about.get("status") or {}
    title, words = str(snippet.get("title") or ""), str(snippet.get("description") or "")
    if not title.strip() or len(title) > LONGEST_TITLE or set(title) & set("<>"):
        raise No(400, "invalidTitle")
    if len(words.encode()) > LONGEST_DESCRIPTION or set(words) & set("<>"):
        raise No(400, "invalidDescription")
    if not set(snippet) <= SNIPPET or not set(status) <= STATUS:
        raise No(400, "invalidVideoMetadata")


Does = Callable[[YouTubeCalls], tuple[int, Any]]
ROUTES: dict[str, tuple[int, str, Does]] = {
    "GET channels": (1, "part mine id", YouTubeCalls.channels),
    "GET playlistItems": (1, "part playlistId maxResults pageToken", YouTubeCalls.playlist),
    "GET videos": (1, "part id", YouTubeCalls.videos),
    "POST upload/videos": (0, "part uploadType notifySubscribers", YouTubeCalls.begin),
    "PUT upload/videos": (0, "uploadType upload_id", YouTubeCalls.take),
    "PUT videos": (50, "part", YouTubeCalls.update),
    "DELETE videos": (50, "id", YouTubeCalls.delete),
    "POST upload/thumbnails/set": (50, "videoId uploadType", YouTubeCalls.cover),
    "POST upload/captions": (400, "part uploadType", YouTubeCalls.captions),
    "GET commentThreads": (
        1, "part videoId allThreadsRelatedToChannelId maxResults pageToken order textFormat moderationStatus",
        YouTubeCalls.threads,
    ),
    "GET comments": (1, "part id parentId maxResults pageToken textFormat", YouTubeCalls.comments),
    "POST comments": (50, "part", YouTubeCalls.insert_comment),
    "POST comments/setModerationStatus": (50, "id moderationStatus banAuthor", YouTubeCalls.moderate),
    "DELETE comments": (50, "id", YouTubeCalls.delete_comment),
}  # fmt: skip
