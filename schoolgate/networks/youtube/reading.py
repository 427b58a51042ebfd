"""Calls to the YouTube Data API as one channel, and what its errors mean; what the channel shows: itself,
its films, whose description is a post's whole text and whose title its first line, and the comments
below them.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import grapheme

from schoolgate.core.clock import now
from schoolgate.networks.archives.port import from_iso
from schoolgate.networks.checks import clean_incoming, length, whole
from schoolgate.networks.known import Known
from schoolgate.networks.normal import NormalFilm, NormalPost, tidy_text
from schoolgate.networks.port import (
    Author,
    Credential,
    IncomingItem,
    NetworkError,
    OutgoingPost,
    Profile,
    PublishedPost,
    Reactions,
    Ref,
    WhatNext,
)
from schoolgate.networks.transport import Answer, Transport, redacted, refusal

API = "https://www.googleapis.com"
TOKENS = "https://oauth2.googleapis.com"
WHERE = "/youtube/v3"
UPLOADS = "/upload/youtube/v3"
PAGE = 50
THREADS = 100
PAGES = 20
PACIFIC = ZoneInfo("America/Los_Angeles")
SPARE = 60
"""Seconds before its end at which a key for an hour is replaced."""
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


class Api:
    """The way to the API as one channel. The account's own key only makes keys for an hour; `known` has the
    present one. `application`: the id and the secret of the operator's application."""

    def __init__(
        self, transport: Transport, credential: Credential, *, application: tuple[str, str], tokens: str
    ) -> None:
        if not credential.secret:
            raise NetworkError("sign_in", what_next="reconnect", detail="no key")
        self.known = Known.read(credential.session)
        self._before = self.known
        self._transport, self._secret = transport, credential.secret
        self._application, self._tokens = application, tokens

    @property
    def origin(self) -> str:
        """The server that is asked."""
        return self._transport.origin

    def session_to_keep(self) -> str | None:
        """The session for the vault, where a new key for an hour was made."""
        return self.known.to_text() if self.known != self._before else None

    def ask(self, what: str, **params: Any) -> dict[str, Any]:
        """Read. Raises NetworkError."""
        return self._data("GET", f"{WHERE}/{what}", changes=False, params=params)

    def ask_all(self, what: str, **params: Any) -> Iterator[dict[str, Any]]:
        """Read a list page by page. Raises NetworkError, also where it does not end."""
        token = ""
        for _ in range(PAGES):
            told = self.ask(what, **params, **({"pageToken": token} if token else {}))
            items = rows(told)
            yield from items
            token = str(told.get("nextPageToken") or "")
            if not token or not items:
                return
        raise NetworkError("not_offered", what_next="give_up", detail="too many")

    def change(
        self,
        method: str,
        what: str,
        body: Mapping[str, Any] | None = None,
        *,
        seen: bool = True,
        **params: Any,
    ) -> dict[str, Any]:
        """Change something; `seen`: others can see it, so that a lost answer leaves the outcome open. Raises
        NetworkError."""
        return self._data(method, f"{WHERE}/{what}", changes=seen, params=params, body=body)

    def send(
        self,
        method: str,
        path: str,
        *,
        content: bytes | None = None,
        time_out: float | None = None,
        **how: Any,
    ) -> Answer:
        """Upload something that no one sees yet; whatever the answer. Raises NetworkError."""
        return self._exchange(method, path, changes=False, content=content, time_out=time_out, **how)

    def meaning(self, answer: Answer, *, changes: bool = False) -> NetworkError:
        """The error for an answer that is no yes."""
        return meaning(answer, changes=changes, secrets=(self._secret, self.known.access), at=now())

    def _data(self, method: str, path: str, *, changes: bool, **how: Any) -> dict[str, Any]:
        answer = self._exchange(method, path, changes=changes, **how)
        if answer.ok and "error" not in answer.data:
            return answer.data
        raise self.meaning(answer, changes=changes)

    def _exchange(self, method: str, path: str, *, changes: bool, **how: Any) -> Answer:
        headers = dict(how.pop("headers", None) or {})
        for again in (False, True):
            signed = {**headers, "Authorization": f"Bearer {self._access(renew=again)}"}
            answer = self._transport.exchange(method, path, changes=changes, headers=signed, **how)
            if answer.status != 401:
                break  # a key for an hour may end earlier than was told
        return answer

    def _access(self, *, renew: bool) -> str:
        if renew or not self.known.access or self.known.access_until < time.time() + SPARE:
            given = {"grant_type": "refresh_token", "refresh_token": self._secret}
            told = token(self._transport.to(self._tokens), self._application, given)
            self.known = with_access(self.known, told, at=now())
        return self.known.access


def token(transport: Transport, application: tuple[str, str], given: Mapping[str, str]) -> dict[str, Any]:
    """Exchange something for a key. By POST, so that no secret is part of an address. Raises NetworkError:
    `sign_in` where the person's permission ended, `not_allowed` where the application's does not count."""
    client, secret = application
    whole = {"client_id": client, "client_secret": secret, **given}
    answer = transport.exchange(
        "POST", "/token", changes=False, content=urlencode(whole).encode(),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )  # fmt: skip
    if answer.ok and answer.said("access_token"):
        return answer.data
    if answer.ok:
        raise NetworkError("unreadable_answer", what_next="try_again", detail="no key")
    if answer.status < 500 and answer.status != 429:
        code = "sign_in" if answer.name == "invalid_grant" else "not_allowed"
        detail = _without(f"{answer.name} {answer.said('error_description')}", (secret, *given.values()))
        raise NetworkError(code, what_next="reconnect", detail=detail, status=answer.status)
    raise refusal(answer, changes=False)


def with_access(known: Known, told: Mapping[str, Any], *, at: datetime) -> Known:
    """What is known with the key for an hour that was told, and with the end of the account's own key where
    that has one."""
    access, run_out = _end(told.get("expires_in"), at), _end(told.get("refresh_token_expires_in"), at)
    return replace(
        known, access=str(told["access_token"]), access_until=access, run_out_at=run_out or known.run_out_at
    )


def _end(seconds: object, at: datetime) -> int:
    return int(at.timestamp()) + seconds if isinstance(seconds, int) and 0 < seconds < 10**9 else 0


def meaning(answer: Answer, *, changes: bool, secrets: Sequence[str], at: datetime) -> NetworkError:
    """The error for an answer that is no yes, by YouTube's own reasons where it gives one."""
    said = table(answer.data.get("error"))
    told = said.get("errors")
    reasons = [str(table(one).get("reason") or "") for one in (told if isinstance(told, list) else ())]
    detail = _without(f"{'/'.join(filter(None, reasons))} {said.get('message') or ''}".strip(), secrets)
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


def _without(text: str, secrets: Sequence[str]) -> str:
    for secret in filter(None, secrets):
        text = text.replace(secret, "[...]")
    return redacted(text)


def table(value: Any) -> dict[str, Any]:
    """A JSON object; empty for anything else."""
    return value if isinstance(value, dict) else {}


def rows(told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The objects of a list."""
    found = told.get("items")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


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
