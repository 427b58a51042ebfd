"""Calls to X's API as one account, what its errors mean, and what the account shows: itself, its posts, and
the replies below them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from schoolgate.networks.archives.port import from_iso
from schoolgate.networks.checks import clean_incoming, rows, table, whole
from schoolgate.networks.known import Known
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
)
from schoolgate.networks.tokens import without
from schoolgate.networks.transport import Answer, Transport, refusal

API = "https://api.x.com"
SITE = "https://x.com"
PAGE, PAGES = 100, 20
_ID = re.compile(r"[0-9]{1,19}")
_OWN_MEDIA = re.compile(r"https://(?:x|twitter)\.com/[^/\s]{1,50}/status/[0-9]{1,19}/(?:photo|video)/[0-9]")
_CALLED = re.compile(r"(?:@\w{1,50}\s+)+", re.ASCII)
_GONE = ("resource-not-found", "not-authorized-for-resource", "resource-unavailable")
_OURS = ("client-forbidden", "unsupported-authentication", "not-authorized-for-field")
_KINDS: Final[Mapping[str, AttachmentKind]] = {"photo": "picture", "animated_gif": "picture", "video": "film"}


@dataclass(frozen=True, slots=True)
class Names:
    """What the fields are called."""

    fields: str
    asked: str
    expansions: str
    referenced: str
    versions: str
    long: str
    shares: str


_SHARED = "created_at,conversation_id,display_text_range,entities,attachments,public_metrics"
GUIDES = Names(
    "tweet.fields", f"{_SHARED},author_id,note_tweet,referenced_tweets,edit_history_tweet_ids",
    "author_id,attachments.media_keys", "referenced_tweets", "edit_history_tweet_ids", "note_tweet",
    "retweet_count",
)  # fmt: skip
REFERENCE = Names(
    "post.fields", f"{_SHARED},note_post",
    "author_id,attachments.media_keys,referenced_posts,edit_history_post_ids", "referenced_posts",
    "edit_history_post_ids", "note_post", "repost_count",
)  # fmt: skip


class Api:
    """The way to the API with one key for an hour or two."""

    def __init__(self, transport: Transport, credential: Credential) -> None:
        if not credential.secret:
            raise NetworkError("sign_in", what_next="reconnect", detail="no key")
        self.known = Known.read(credential.session)
        self.names = GUIDES
        self._transport, self._secret = transport, credential.secret

    @property
    def time_out(self) -> float:
        """Seconds for one call."""
        return self._transport.time_out

    def ask(self, path: str, **params: Any) -> dict[str, Any]:
        """Read; what is missing is told beside what is there. Raises NetworkError."""
        return self._data("GET", path, changes=False, params=params)

    def posts(self, path: str, **params: Any) -> dict[str, Any]:
        """Read posts with all their fields, by the names that the API knows. Raises NetworkError."""
        for names in (self.names, GUIDES if self.names is REFERENCE else REFERENCE):
            asked = {
                names.fields: names.asked, "expansions": names.expansions,
                "user.fields": "name,username", "media.fields": "alt_text,type",
            }  # fmt: skip
            try:
                told = self.ask(path, **params, **asked)
            except NetworkError as error:
                if error.status != 400 or names.fields not in error.detail or names is not self.names:
                    raise
                continue
            self.names = names
            return told
        raise NetworkError("unreadable_answer", what_next="try_again", detail="neither name of the fields")

    def posts_all(
        self, path: str, token: str, **params: Any
    ) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        """Read posts page by page, each with what came with its page; `token`: what asks for the next one.
        Raises NetworkError."""
        following = ""
        for _ in range(PAGES):
            more = {token: following} if following else {}
            told = self.posts(path, max_results=PAGE, **params, **more)
            yield from ((post, table(told.get("includes"))) for post in rows(told, "data"))
            following = str(table(told.get("meta")).get("next_token") or "")
            if not following:
                return
        raise TooMany

    def change(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        seen: bool = True,
        **how: Any,
    ) -> dict[str, Any]:
        """Change something; `seen`: others can see it, so that a lost answer leaves the outcome open. Raises
        NetworkError."""
        told = self._data(method, path, changes=seen, body=body, **how)
        if "data" not in told and rows(told, "errors"):
            raise self._meaning(Answer(403, {}, rows(told, "errors")[0]), changes=False)
        return table(told.get("data"))

    def _data(self, method: str, path: str, *, changes: bool, **how: Any) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._secret}"}
        answer = self._transport.exchange(method, f"/2/{path}", changes=changes, headers=headers, **how)
        if not answer.ok:
            raise self._meaning(answer, changes=changes)
        return answer.data

    def _meaning(self, answer: Answer, *, changes: bool) -> NetworkError:
        said = next(iter(rows(answer.data, "errors")), {})
        words = [clean_incoming(answer.data.get(name)) for name in ("title", "detail")]
        words += [clean_incoming(said.get(name)) for name in ("message", "detail") if said]
        error = refusal(answer, changes=changes)
        error.detail = without(": ".join(dict.fromkeys(filter(None, words))), (self._secret,))
        kind = answer.said("type")
        if answer.status == 401 and self.known.access_until > time.time():
            error.code, error.what_next = "early_end", "try_again"  # by making another one we learn which
        elif answer.status == 403 and "duplicate content" in error.detail:
            error.code, error.what_next, error.outcome_unknown = "network_trouble", "try_again", changes
        elif answer.status == 403 and not kind.endswith(_OURS):
            error.code, error.what_next = "refused", "give_up"
        if error.code == "too_fast" and error.retry_after is None:
            reset = answer.headers.get("x-rate-limit-reset", "").strip()
            if reset.isdigit() and reset.isascii():
                error.retry_after = min(max(float(reset[:12]) - time.time(), 0.0), 86_400.0)
        return error


def is_id(number: str) -> bool:
    """Return whether this can be a post or an account, and so a part of an address to ask."""
    return _ID.fullmatch(number) is not None


def missing(told: Mapping[str, Any]) -> bool:
    """Return whether what was asked for isn't there, or not any more for us. Raises NetworkError where an
    answer says neither."""
    if table(told.get("data")):
        return False
    if any(clean_incoming(one.get("type")).endswith(_GONE) for one in rows(told, "errors")):
        return True
    raise NetworkError("unreadable_answer", what_next="try_again", detail="neither there nor missing")


def words_of(told: Mapping[str, Any], names: Names) -> str:
    """Return a post's text as people see it: addresses as they were written, without the address of its own
    pictures, and without the accounts that X calls by itself at an answer's beginning."""
    long = table(told.get(names.long))
    raw = clean_incoming(long.get("text") or told.get("text"))
    shown = told.get("display_text_range")
    if not long and isinstance(shown, list) and shown and isinstance(shown[0], int) and shown[0] > 0:
        called = raw[: shown[0]]
        raw = raw[shown[0] :] if _CALLED.fullmatch(called) else raw
    text = raw.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    for each in rows(table((long or told).get("entities")), "urls"):
        short, whole_one = clean_incoming(each.get("url")), clean_incoming(each.get("expanded_url"))
        if not short or not whole_one:
            continue
        if each.get("media_key") or _OWN_MEDIA.fullmatch(whole_one):
            text = text.replace(short, "")
        else:
            bare = clean_incoming(each.get("display_url"))
            text = text.replace(
                short, bare if whole_one.removeprefix("http://").rstrip("/") == bare else whole_one
            )
    return text


def at(told: Mapping[str, Any]) -> datetime | None:
    """Return when a post was written."""
    return from_iso(told.get("created_at"))


def address_of(number: str, handle: str = "i") -> str:
    """Return where people see a post."""
    return f"{SITE}/{handle}/status/{number}"


def media_of(told: Mapping[str, Any], beside: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what is attached to a post, in order."""
    keys = table(told.get("attachments")).get("media_keys")
    by_key = {str(one.get("media_key")): one for one in rows(beside, "media")}
    return [by_key[key] for key in (keys if isinstance(keys, list) else ()) if key in by_key]


def published(
    key: str, told: Mapping[str, Any], beside: Mapping[str, Any], names: Names, handle: str
) -> PublishedPost | None:
    """Return a post in normal form; None for what is none. X draws pictures again, so that only their number,
    order and descriptions are told. Its language is X's own guess."""
    number = clean_incoming(told.get("id"))
    if not is_id(number):
        return None
    pictures = tuple(
        ("", clean_incoming(one.get("alt_text")))
        for one in media_of(told, beside)
        if one.get("type") == "photo"
    )
    normal = NormalPost.of(words_of(told, names), (), pictures)
    return PublishedPost(Ref(key, number, address_of(number, handle)), normal, at(told))


def item_of(
    key: str, told: Mapping[str, Any], beside: Mapping[str, Any], names: Names, ours: str
) -> IncomingItem | None:
    """Return a reply; None for what is none."""
    number, root = clean_incoming(told.get("id")), clean_incoming(told.get("conversation_id"))
    if not is_id(number):
        return None
    refers = rows(told, names.referenced)
    above = [clean_incoming(one.get("id")) for one in refers if one.get("type") == "replied_to"]
    author = clean_incoming(told.get("author_id"))
    who = next((one for one in rows(beside, "users") if one.get("id") == author), {})
    handle, versions = clean_incoming(who.get("username")), told.get(names.versions)
    return IncomingItem(
        network=key,
        ref=Ref(key, number, address_of(number, handle or "i")),
        author=Author(author or f"unnamed-{number}", handle, clean_incoming(who.get("name"))),
        text=words_of(told, names).strip(),
        created_at=at(told) or datetime.fromtimestamp(0, UTC),
        seen_at=at(told),
        parent=above[0] if above else root,
        root=root,
        edited=isinstance(versions, list) and len(versions) > 1,
        ours=author == ours,
        attachments=tuple(_attachments(told, beside, refers)),
        visibility="public",
    )


def _attachments(
    told: Mapping[str, Any], beside: Mapping[str, Any], refers: Sequence[Mapping[str, Any]]
) -> Iterator[Attachment]:
    for one in media_of(told, beside):
        kind = _KINDS.get(clean_incoming(one.get("type")), "other")
        yield Attachment(kind, clean_incoming(one.get("alt_text")))
    yield from (Attachment("quote") for one in refers if one.get("type") == "quoted")
    polls = table(told.get("attachments")).get("poll_ids")
    yield from (Attachment("poll") for _each in (polls if isinstance(polls, list) else ()))


def reactions_of(told: Mapping[str, Any], names: Names) -> Reactions:
    """Return the numbers of one post."""
    counted = table(told.get("public_metrics"))
    asked = ("like_count", names.shares, "reply_count", "quote_count", "impression_count")
    return Reactions(*(whole(counted.get(name)) for name in asked))


def profile_of(told: Mapping[str, Any]) -> Profile:
    """Return the account as others see it."""
    number, handle = clean_incoming(told.get("id")), clean_incoming(told.get("username"))
    if not is_id(number) or not handle:
        raise NetworkError("unreadable_answer", what_next="try_again", detail="no id")
    return Profile(
        number, handle, clean_incoming(told.get("name")), clean_incoming(told.get("description")),
        f"{SITE}/{handle}", (f"https://twitter.com/{handle}",),
    )  # fmt: skip


def batches(refs: Sequence[Ref]) -> Iterator[list[str]]:
    """Return the posts among these, as many as are asked at once."""
    numbers = [ref.id for ref in refs if is_id(ref.id)]
    yield from (numbers[start : start + PAGE] for start in range(0, len(numbers), PAGE))
