"""What a channel shows: itself, its films, and the comments below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from schoolgate.networks.archives.times import from_iso
from schoolgate.networks.checks import clean_incoming
from schoolgate.networks.port import Author, IncomingItem, NetworkError, Profile, Ref
from schoolgate.networks.youtube.calls import PAGE, THREADS, Api, rows, table
from schoolgate.networks.youtube.videos import address_of

TOLERANCE = timedelta(minutes=2)
"""By how much YouTube's clock may be behind ours."""
HELD = frozenset({"heldForReview", "likelySpam"})
PUBLISHED, REJECTED = "published", "rejected"
_VIDEO = re.compile(r"[A-Za-z0-9_-]{11}")
_COMMENT = re.compile(r"[A-Za-z0-9_-]{12,80}(?:\.[A-Za-z0-9_-]{8,80})?")
_CHANNEL = re.compile(r"[A-Za-z0-9_-]{8,64}")
_HANDLE = re.compile(r"@[^\s/?#]{1,60}")


def is_video(number: str) -> bool:
    """Return whether this can be a film's id."""
    return _VIDEO.fullmatch(number) is not None


def is_comment(number: str) -> bool:
    """Return whether this can be a comment's id; an answer's has the comment's before a full stop."""
    return _COMMENT.fullmatch(number) is not None


def channels(api: Api) -> list[dict[str, Any]]:
    """Return the channels that the key is for. Raises NetworkError."""
    told = rows(api.ask("channels", part="snippet,contentDetails", mine="true"))
    return [one for one in told if isinstance(one.get("id"), str) and _CHANNEL.fullmatch(one["id"])]


def own_channel(api: Api) -> dict[str, Any]:
    """Return the channel that is connected. Raises NetworkError, `other_account` where the key is for
    another."""
    found = channels(api)
    same = next((one for one in found if one["id"] == api.known.id), None)
    if same is None:
        raise NetworkError("other_account", what_next="reconnect")
    return same


def profile_of(channel: Mapping[str, Any]) -> Profile:
    """Return a channel as the port takes it; it can be reached by its handle and by its id."""
    told, number = table(channel.get("snippet")), str(channel.get("id"))
    custom, by_id = clean_incoming(told.get("customUrl")), f"https://www.youtube.com/channel/{number}"
    named = _HANDLE.fullmatch(custom) is not None
    return Profile(
        number, custom.removeprefix("@") if named else number, clean_incoming(told.get("title")),
        clean_incoming(told.get("description")),
        f"https://www.youtube.com/{custom}" if named else by_id, also=(by_id,),
    )  # fmt: skip


def videos(api: Api, numbers: Sequence[str], part: str) -> dict[str, dict[str, Any]]:
    """Return these films by id; without those that are not there. Raises NetworkError."""
    found: dict[str, dict[str, Any]] = {}
    for start in range(0, len(numbers), PAGE):
        told = rows(api.ask("videos", part=part, id=",".join(numbers[start : start + PAGE])))
        found |= {str(one.get("id")): one for one in told}
    return {number: found[number] for number in numbers if number in found}


def uploaded_since(api: Api, since: datetime, part: str) -> dict[str, dict[str, Any]]:
    """Return the channel's films that were uploaded since then, private ones too, newest first. Raises
    NetworkError."""
    lists = table(table(own_channel(api).get("contentDetails")).get("relatedPlaylists"))
    playlist, numbers = str(lists.get("uploads") or ""), list[str]()
    if not playlist:
        return {}
    try:
        for item in api.ask_all("playlistItems", part="snippet", playlistId=playlist, maxResults=PAGE):
            told = table(item.get("snippet"))
            at, number = from_iso(told.get("publishedAt")), table(told.get("resourceId")).get("videoId")
            if at is not None and at < since - TOLERANCE:
                break
            if isinstance(number, str) and is_video(number):
                numbers.append(number)
    except NetworkError as error:
        if error.code != "not_found":  # a channel that never uploaded anything has no such list
            raise
    return videos(api, numbers, part)


def threads(api: Api, **of: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Return comments with the film below which they are, and answers to them; those that are held for review
    too. Raises NetworkError."""
    for state in (PUBLISHED, "heldForReview"):
        for thread in api.ask_all(
            "commentThreads", part="snippet,replies", maxResults=THREADS, order="time",
            textFormat="plainText", moderationStatus=state, **of,
        ):  # fmt: skip
            told = table(thread.get("snippet"))
            top, root = table(told.get("topLevelComment")), str(told.get("videoId") or "")
            yield top, root
            answers, wanted = _answers(thread), told.get("totalReplyCount")
            if isinstance(wanted, int) and wanted > len(answers) and is_comment(str(top.get("id") or "")):
                below = {"parentId": str(top["id"]), "maxResults": THREADS, "textFormat": "plainText"}
                answers = list(api.ask_all("comments", part="snippet", **below))
            for answer in answers:
                yield answer, root


def comments(api: Api, numbers: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return these comments by id. Raises NetworkError."""
    found: dict[str, dict[str, Any]] = {}
    asked = [number for number in numbers if is_comment(number)]
    for start in range(0, len(asked), PAGE):
        some = ",".join(asked[start : start + PAGE])
        told = rows(api.ask("comments", part="snippet", id=some, textFormat="plainText"))
        found |= {str(one.get("id")): one for one in told}
    return found


def item_of(key: str, told: Mapping[str, Any], root: str, *, channel: str) -> IncomingItem | None:
    """Return a comment as the port takes it; None for what is none, or was rejected: that can't come back."""
    number, said = str(told.get("id") or ""), table(told.get("snippet"))
    state = said.get("moderationStatus")
    if not is_comment(number) or state == REJECTED:
        return None
    at, changed = from_iso(said.get("publishedAt")), from_iso(said.get("updatedAt"))
    author = clean_incoming(table(said.get("authorChannelId")).get("value"))
    name = clean_incoming(said.get("authorDisplayName"))
    return IncomingItem(
        network=key,
        ref=Ref(key, number, address_of(root, number) if is_video(root) else ""),
        author=Author(author or f"unnamed-{number}", name.removeprefix("@"), name),
        text=text_of(said),
        created_at=at or datetime.fromtimestamp(0, UTC),
        seen_at=changed or at,
        parent=clean_incoming(said.get("parentId")) or root,
        root=root,
        edited=changed is not None and at is not None and changed > at,
        hidden=state in HELD,
        ours=author == channel,
        attachments=(),
        visibility="public",  # a comment has words alone, and everyone who sees the film can read it
    )


def text_of(said: Mapping[str, Any]) -> str:
    """Return a comment's words: as they were written where YouTube tells that, else as it shows them."""
    written = said.get("textOriginal")
    return clean_incoming(written if isinstance(written, str) else said.get("textDisplay"))


def _answers(thread: Mapping[str, Any]) -> list[dict[str, Any]]:
    told = table(thread.get("replies")).get("comments")
    return [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
