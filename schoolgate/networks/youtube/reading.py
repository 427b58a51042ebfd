"""Calls to the YouTube Data API as one channel, and what its errors mean; what the channel shows: itself,
its films, whose description is a post's whole text and whose title its first line, and the comments
below them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import grapheme

from schoolgate.core.clock import now
from schoolgate.networks.archives.port import from_iso
from schoolgate.networks.checks import clean_incoming, each_of, length, rows, table, whole
from schoolgate.networks.google.account import GoogleApi
from schoolgate.networks.normal import NormalFilm, NormalPost, tidy_text
from schoolgate.networks.port import (
    Author,
    IncomingItem,
    NetworkError,
    OutgoingPost,
    Profile,
    PublishedPost,
    Reactions,
    Ref,
    TooMany,
    WhatNext,
)
from schoolgate.networks.tokens import without
from schoolgate.networks.transport import Answer, refusal

API = "https://www.googleapis.com"
WHERE = "/youtube/v3"
UPLOADS = "/upload/youtube/v3"
PAGE = 50
THREADS = 100
PACIFIC = ZoneInfo("America/Los_Angeles")
LATER = 6 * 3600.0
"""Seconds to wait where a channel has uploaded too much: YouTube tells no time."""
_QUOTA = frozenset({"quotaExceeded", "dailyLimitExceeded"})
_REASONS: Mapping[str, tuple[str, WhatNext]] = {
    **dict.fromkeys(("rateLimitExceeded", "userRateLimitExceeded"), ("too_fast", "try_again")),
    **dict.fromkeys(("uploadLimitExceeded", "uploadRateLimitExceeded"), ("too_fast", "try_again")),
    **dict.fromkeys(_QUOTA, ("too_fast", "try_again")),
    "authError": ("sign_in", "reconnect"),
    "insufficientPermissions": ("too_few_rights", "reconnect"),
    "commentsDisabled": ("closed", "give_up"),
    **dict.fromkeys(("channelClosed", "channelSuspended"), ("blocked_for_now", "give_up")),
    "backendError": ("network_trouble", "try_again"),
}


class Api(GoogleApi):
    """The way to the API as one channel."""

    WHERE = WHERE

    def _meaning(self, answer: Answer, *, changes: bool, secrets: Sequence[str]) -> NetworkError:
        return meaning(answer, changes=changes, secrets=secrets, at=now())


def meaning(answer: Answer, *, changes: bool, secrets: Sequence[str], at: datetime) -> NetworkError:
    """The error for an answer that is no yes, by YouTube's own reasons where it gives one."""
    said = table(answer.data.get("error"))
    told = said.get("errors")
    reasons = [str(table(one).get("reason") or "") for one in (told if isinstance(told, list) else ())]
    detail = without(f"{'/'.join(filter(None, reasons))} {said.get('message') or ''}".strip(), secrets)
    error = refusal(answer, changes=changes)
    error.detail = detail
    known = next((_REASONS[one] for one in reasons if one in _REASONS), None)
    if known is None or answer.status >= 500:
        return error
    code, what_next = known
    wait = error.retry_after
    if _QUOTA & set(reasons):
        wait = until_midnight(at)
    elif {"uploadLimitExceeded", "uploadRateLimitExceeded"} & set(reasons):
        wait = LATER
    return NetworkError(
        code, what_next=what_next, outcome_unknown=changes and code == "network_trouble", detail=detail,
        status=answer.status, retry_after=wait if what_next == "try_again" else None,
    )  # fmt: skip


def until_midnight(at: datetime) -> float:
    """Seconds until the application's quota begins again: at midnight, Pacific time."""
    there = at.astimezone(PACIFIC)
    midnight = datetime.combine(there.date() + timedelta(days=1), datetime.min.time(), PACIFIC)
    return midnight.timestamp() - at.timestamp()


LONGEST_TITLE = 100
ELLIPSIS = "…"
EDUCATION = "27"
"""YouTube's category for education."""
PRIVATE, PUBLIC = "private", "public"
BROKEN = frozenset({"failed", "rejected", "deleted"})


def title_of(text: str) -> str:
    """Return a title for a text: its first line, shortened at a word where YouTube takes no more."""
    line = tidy_text(text).partition("\n")[0].strip()
    if length(line, "UTF-16 units") <= LONGEST_TITLE:
        return line
    short = ""
    for sign in grapheme.graphemes(line):
        if length(short + sign + ELLIPSIS, "UTF-16 units") > LONGEST_TITLE:
            break
        short += sign
    word = short.rpartition(" ")[0].rstrip(" ,;:–-")
    return (word if length(word, "UTF-16 units") > LONGEST_TITLE // 2 else short.rstrip()) + ELLIPSIS


def resource(out: OutgoingPost, *, for_children: bool) -> dict[str, Any]:
    """Return what YouTube is told about a film when it is uploaded: no one sees it yet."""
    text = tidy_text(out.text)
    snippet: dict[str, Any] = {"title": title_of(text), "description": text, "categoryId": EDUCATION}
    if out.languages:
        snippet["defaultLanguage"] = out.languages[0].lower()
    return {"snippet": snippet, "status": status(PRIVATE, for_children=for_children)}


def status(privacy: str, *, for_children: bool) -> dict[str, Any]:
    """Return the whole of a film's status: what an update leaves out, YouTube deletes."""
    return {
        "privacyStatus": privacy, "selfDeclaredMadeForKids": for_children, "embeddable": True,
        "license": "youtube", "publicStatsViewable": True,
    }  # fmt: skip


def address_of(number: str, comment: str = "") -> str:
    """Return where people see a film, or a comment below it."""
    return f"https://www.youtube.com/watch?v={number}" + (f"&lc={comment}" if comment else "")


def is_seen(video: Mapping[str, Any]) -> bool:
    """Return whether others than the channel's owners can see a film."""
    told = table(video.get("status"))
    return told.get("uploadStatus") not in BROKEN and told.get("privacyStatus") != PRIVATE


def words_of(video: Mapping[str, Any]) -> str:
    """Return the text of the post that it is; with its title where that isn't the one that we give."""
    told = table(video.get("snippet"))
    title, text = (tidy_text(clean_incoming(told.get(name))) for name in ("title", "description"))
    return text if title == title_of(text) else f"{title}\n{text}"


def published(key: str, number: str, video: Mapping[str, Any]) -> PublishedPost:
    """Return it in normal form. YouTube plays its own copy, and has no place for a description of the film;
    which captions it shows would cost too much to read."""
    told = table(video.get("snippet"))
    language = clean_incoming(told.get("defaultLanguage")).lower()
    film = NormalFilm("", None, None)
    normal = NormalPost.of(words_of(video), (language,) if language else (), film=film)
    open_ = table(video.get("status")).get("madeForKids") is not True
    return PublishedPost(
        Ref(key, number, address_of(number)), normal, from_iso(told.get("publishedAt")), open_
    )


def size_of(video: Mapping[str, Any]) -> int | None:
    """Return how large the file was that was uploaded; YouTube writes numbers as text."""
    return number_in(table(video.get("fileDetails")).get("fileSize"))


def reactions(video: Mapping[str, Any]) -> Reactions:
    """Return what is counted; what the channel hides is not known."""
    told = table(video.get("statistics"))
    return Reactions(
        likes=_counted(told.get("likeCount")),
        replies=_counted(told.get("commentCount")),
        views=_counted(told.get("viewCount")),
    )


def number_in(told: object) -> int | None:
    """Return a number that was written as text or as a number."""
    if isinstance(told, str) and told.isascii() and told.isdigit() and len(told) <= 19:
        return int(told)
    return whole(told)


def _counted(told: object) -> int | None:
    return whole(number_in(told))


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
    left: list[bool] = []
    for state in (PUBLISHED, "heldForReview"):
        listed = api.ask_all(
            "commentThreads", part="snippet,replies", maxResults=THREADS, order="time",
            textFormat="plainText", moderationStatus=state, **of,
        )  # fmt: skip
        for thread in each_of(listed, left):
            told = table(thread.get("snippet"))
            top, root = table(told.get("topLevelComment")), str(told.get("videoId") or "")
            yield top, root
            answers, wanted = _answers(thread), told.get("totalReplyCount")
            if isinstance(wanted, int) and wanted > len(answers) and is_comment(str(top.get("id") or "")):
                below = {"parentId": str(top["id"]), "maxResults": THREADS, "textFormat": "plainText"}
                answers = list(each_of(api.ask_all("comments", part="snippet", **below), left))
            for answer in answers:
                yield answer, root
    if left:
        raise TooMany


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
