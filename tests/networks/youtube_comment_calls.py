"""The calls of our own YouTube server that are about comments; see `youtube_calls`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.networks.own_server import OwnCalls
from tests.networks.youtube_server import Channel, Comment, No, YouTubeServer

LONGEST_COMMENT = 10_000


def shown(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class CommentCalls(OwnCalls):
    """Comments below films, and how they are shown."""

    state: YouTubeServer
    me: Channel
    given: dict[str, str]

    _parts: Any
    _page: Any
    _body: Any

    def threads(self) -> tuple[int, Any]:
        self._parts("snippet replies")
        self._formats()
        number, state = self.given.get("videoId"), self.given.get("moderationStatus", "published")
        if (number is None) == (self.given.get("allThreadsRelatedToChannelId") is None):
            raise No(400, "missingRequiredParameter")
        if state not in ("published", "heldForReview", "likelySpam"):
            raise No(400, "invalidValue")
        if number is not None:
            found = self.state.videos.get(number)
            if found is None or found.gone:
                raise No(404, "videoNotFound")
            if found.status.get("selfDeclaredMadeForKids"):
                raise No(403, "commentsDisabled")
        known = [one for one in self.state.comments.values() if not one.parent and self._ours(one, number)]
        tops = [one for one in known if not one.gone and one.state == state]
        return 200, self._page([self._thread(one) for one in reversed(tops)], 100)

    def comments(self) -> tuple[int, Any]:
        self._parts("snippet id")
        self._formats()
        if "id" in self.given:
            numbers = self.given["id"].split(",")
            found = [one for number in numbers if (one := self.state.comments.get(number)) and not one.gone]
            return 200, {"items": [self._comment(one, state=False) for one in found]}
        below = self._below(self.given.get("parentId", ""))
        return 200, self._page([self._comment(one) for one in below], 100)

    def insert_comment(self) -> tuple[int, Any]:
        self._parts("snippet")
        snippet = self._body().get("snippet") or {}
        parent = self.state.comments.get(snippet.get("parentId", ""))
        text = str(snippet.get("textOriginal") or "")
        if set(snippet) != {"parentId", "textOriginal"} or not text or len(text) > LONGEST_COMMENT:
            raise No(400, "invalidCommentMetadata")
        if parent is None or parent.gone or parent.parent:
            raise No(404, "parentCommentNotFound")
        made = self.state.add_comment(parent.video, self.me.id, self.me.handle, text, parent=parent.id)
        return 200, self._comment(made)

    def moderate(self) -> tuple[int, Any]:
        state = self.given.get("moderationStatus")
        if state not in ("heldForReview", "published", "rejected"):
            raise No(400, "invalidValue")
        for number in self.given.get("id", "").split(","):
            found = self.state.comments.get(number)
            if found is None or found.gone:
                raise No(404, "commentNotFound")
            if found.state == "rejected" and state != "rejected":
                raise No(400, "processingFailure")
            found.state = state
        return 204, None

    def delete_comment(self) -> tuple[int, Any]:
        found = self.state.comments.get(self.given.get("id", ""))
        if found is None or found.gone:
            raise No(404, "commentNotFound")
        if found.author != self.me.id:
            raise No(403, "forbidden")
        found.gone = True
        return 204, None

    def _formats(self) -> None:
        if self.given.get("textFormat") not in ("html", "plainText", None):
            raise No(400, "invalidValue")

    def _ours(self, one: Comment, number: str | None) -> bool:
        video = self.state.videos[one.video]
        return one.video == number if number is not None else video.by is self.me and not video.gone

    def _below(self, parent: str) -> list[Comment]:
        return [one for one in self.state.comments.values()
                if one.parent == parent and not one.gone and one.state != "rejected"]  # fmt: skip

    def _thread(self, one: Comment) -> dict[str, Any]:
        below = self._below(one.id)
        told = {"videoId": one.video, "topLevelComment": self._comment(one), "totalReplyCount": len(below)}
        some = {"replies": {"comments": [self._comment(each) for each in below[:5]]}} if below else {}
        return {"id": one.id, "snippet": told, **some}

    def _comment(self, one: Comment, *, state: bool = True) -> dict[str, Any]:
        """`state`: whether its moderation is told, which it isn't where it was asked for by its id."""
        told = {
            "authorDisplayName": one.name, "authorChannelId": {"value": one.author}, "textDisplay": one.text,
            "publishedAt": shown(one.at), "updatedAt": shown(one.updated or one.at), "videoId": one.video,
        }  # fmt: skip
        if one.author == self.me.id:
            told["textOriginal"] = one.text
        if one.parent:
            told["parentId"] = one.parent
        if state:
            told["moderationStatus"] = one.state
        return {"kind": "youtube#comment", "id": one.id, "snippet": told}
