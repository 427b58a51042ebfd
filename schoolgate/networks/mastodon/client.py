"""The port over a server that speaks Mastodon's API: its statuses as our types, what others wrote to us,
and what we posted ourselves.

Such a server stores no key of ours. It does a post once under one Idempotency-Key, for an hour, and some
servers not even that; so what is proof is its own list of our posts, read back to the instant at which
the intent was written. A thread is one status after the other, each answering the one before it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

from schoolgate.core.clock import now
from schoolgate.core.days import instant_in_header
from schoolgate.core.outside.client import Client
from schoolgate.core.surroundings import parts_of
from schoolgate.networks import threads
from schoolgate.networks.archives.mastodon import plain
from schoolgate.networks.archives.port import Unreadable, from_iso
from schoolgate.networks.capabilities import Capabilities, all_capabilities
from schoolgate.networks.checks import (
    NotOffered,
    check_outgoing,
    check_text,
    clean_incoming,
    limits_of,
    refuse,
    the_one,
    whole,
)
from schoolgate.networks.mastodon.account import Account, id_of, is_id, upload, upload_film
from schoolgate.networks.normal import NormalFilm, NormalPost, tidy_text
from schoolgate.networks.port import (
    Attachment,
    AttachmentKind,
    Author,
    Credential,
    IncomingItem,
    Limits,
    NetworkError,
    OutgoingPost,
    OutgoingReply,
    Profile,
    PublishedPost,
    Reactions,
    Receipt,
    Ref,
    key_time,
)
from schoolgate.networks.transport import Transport, check_service

OPEN, CLOSED = frozenset({"public", "unlisted"}), frozenset({"private", "direct"})
"""Who sees a status: everyone, or its author's followers and those it names."""
_KIND_OF_MEDIA: Final[Mapping[str, AttachmentKind]] = {
    "image": "picture",
    "gifv": "film",
    "video": "film",
    "audio": "sound",
}
JOINS = "\u00a0"
"""Between the mention that an answer has to begin with and its words: so that reading back knows our own."""


def ref_of(network: str, status: Mapping[str, Any]) -> Ref:
    """Where a status is. Its version is the instant of its last edit; empty where there was none."""
    return Ref(network, str(status["id"]), address_of(status.get("url")), _words(status.get("edited_at")))


def address_of(told: object) -> str:
    """An address that a person can open; empty for what is none."""
    address = _words(told)
    return address if parts_of(address).scheme in ("http", "https") else ""


def text_of(status: Mapping[str, Any]) -> str:
    """The words as a reader sees them, a content warning first."""
    try:
        words = plain(_words(status.get("content")))
    except Unreadable:
        words = ""
    return with_warning(_words(status.get("spoiler_text")), words)


def with_warning(warning: str, words: str) -> str:
    """A content warning stands before the words."""
    return clean_incoming("\n\n".join(part for part in (warning, words) if part))


def without_mention(text: str) -> str:
    """The words of an answer of ours, without the mention that `client.reply` put before them."""
    before, join, after = text.partition(JOINS)
    return after if join and before.startswith("@") and not set(before) & set(" \n") else text


def published(ref: Ref, status: Mapping[str, Any], text: str) -> PublishedPost:
    """A status of ours in normal form; `text` as it was written. The server draws pictures again, so their
    digests are not told."""
    language = _words(status.get("language"))
    media = [one for one in status.get("media_attachments") or () if isinstance(one, dict)]
    films = [one for one in media if one.get("type") in ("video", "gifv")]
    pictures = tuple(("", _words(one.get("description"))) for one in media if one not in films)
    film = NormalFilm("", tidy_text(_words(films[0].get("description"))), None) if films else None
    normal = NormalPost.of(without_mention(text), (language,) if language else (), pictures, film=film)
    return PublishedPost(ref, normal, from_iso(status.get("created_at")), comments_open=True)


def item(
    network: str,
    status: Mapping[str, Any],
    *,
    ours: str,
    root: str,
    kind: Literal["comment", "mention", "quote"],
) -> IncomingItem:
    """A status as an item; `ours` is our account's id. Raises KeyError, TypeError, ValueError for what is
    none.

    `seen_at` is told for people of the same server alone: what others' servers say may be days old, and then
    `since` would leave it out.
    """
    who = status["account"]
    handle = clean_incoming(who.get("acct"))
    at = from_iso(status.get("created_at"))
    seen_by = status.get("visibility")
    return IncomingItem(
        network=network,
        ref=ref_of(network, status),
        author=Author(str(who["id"]), handle, clean_incoming(who.get("display_name"))),
        text=text_of(status),
        created_at=at or datetime.fromtimestamp(0, UTC),
        seen_at=at if "@" not in handle else None,
        parent=_words(status.get("in_reply_to_id")),
        root=root,
        kind=kind,
        languages=(language,) if (language := _words(status.get("language"))) else (),
        edited=bool(status.get("edited_at")),
        ours=str(who["id"]) == ours,
        attachments=tuple(_attachments(status)),
        visibility="public" if seen_by in OPEN else "private" if seen_by in CLOSED else "unknown",
    )


def _attachments(status: Mapping[str, Any]) -> Iterator[Attachment]:
    """The pictures, films, sounds, poll, card and quoted post of a status."""
    for media in _rows(status.get("media_attachments")):
        kind = _KIND_OF_MEDIA.get(_words(media.get("type")), "other")
        link = address_of(media.get("url")) or address_of(media.get("remote_url"))
        yield Attachment(kind, _words(media.get("description")), link=link)
    poll = status.get("poll")
    if isinstance(poll, dict):
        yield Attachment(
            "poll", options=tuple(_words(one.get("title")) for one in _rows(poll.get("options")))
        )
    card = status.get("card")
    if isinstance(card, dict):
        yield Attachment("card", _words(card.get("title")), link=address_of(card.get("url")))
    quote = status.get("quote")
    if isinstance(quote, dict):
        quoted = quote.get("quoted_status")
        of = quoted if isinstance(quoted, dict) else quote
        if of.get("content") or of.get("url"):
            yield Attachment("quote", text_of(of), link=address_of(of.get("url")))


def _rows(told: object) -> list[dict[str, Any]]:
    return [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []


def _words(value: object) -> str:
    return clean_incoming(value)


PAGE = 40
PAGES = 25
AT_ONCE = 20
DEEPEST = 30
"""Answers to answers, until the post at the top of a thread is looked for no further."""
TOLERANCE = timedelta(seconds=5)
"""By how much a server's clock may jump."""
_KINDS = ("mention", "quote")
SEARCHED = 2
"""Pages of one search."""


def below(account: Account, network: str, ref: Ref) -> list[IncomingItem]:
    """Return what stands below our post. Raises NetworkError."""
    me = account.known().id
    found = account.ask(f"/api/v1/statuses/{checked_id(ref)}/context").get("descendants")
    listed = found if isinstance(found, list) else []
    return [one for status in listed if (one := _item(network, status, me, root=ref.id, kind="comment"))]


def addressed(account: Account, network: str, since: datetime | None) -> list[IncomingItem]:
    """Return what the account was notified of, at most a thousand; replies below our own posts are
    "comment". Raises NetworkError."""
    me = account.known().id
    told = [(one["type"], one["status"]) for one in _notified(account, since)]
    roots = _roots(account, [status for _, status in told], me)
    found = []
    for kind, status in told:
        root = roots.get(str(status.get("id")), "")
        what = "quote" if kind == "quote" else "comment" if root else "mention"
        one = _item(network, status, me, root=root, kind=what)
        if one is not None:
            found.append(one)
    return found


def search(account: Account, network: str, words: str) -> list[IncomingItem]:
    """Return posts that the server finds for these words in this order and everyone may see; at most 80.
    Raises NetworkError."""
    me, found = account.known().id, []
    phrase = words.replace('"', " ").strip()
    for page in range(SEARCHED):
        query = {"q": f'"{phrase}"', "type": "statuses", "limit": PAGE, "offset": page * PAGE}
        told = account.ask("/api/v2/search", query).get("statuses")
        some = told if isinstance(told, list) else []
        public = [one for one in some if isinstance(one, dict) and one.get("visibility") in OPEN]
        found += [item for one in public if (item := _item(network, one, me, root="", kind="mention"))]
        if len(some) < PAGE:
            break
    return found


def by_id(account: Account, network: str, refs: Sequence[Ref]) -> dict[str, IncomingItem | None]:
    """Return known items in their current state; None for one that is gone. Raises NetworkError."""
    me = account.known().id
    there = _statuses(account, [ref.id for ref in refs if is_id(ref.id)])
    roots = _roots(account, list(there.values()), me)
    found: dict[str, IncomingItem | None] = {}
    for ref in refs:
        status, root = there.get(ref.id), roots.get(ref.id, "")
        kind = "comment" if root else "mention"
        found[ref.id] = _item(network, status, me, root=root, kind=kind) if status is not None else None
    return found


def reactions(account: Account, refs: Sequence[Ref]) -> dict[str, Reactions]:
    """Return what the server counts for these posts; without those that it doesn't know. Raises
    NetworkError."""
    there = _statuses(account, [ref.id for ref in refs if is_id(ref.id)])
    return {
        key: Reactions(
            likes=whole(status.get("favourites_count")),
            shares=whole(status.get("reblogs_count")),
            replies=whole(status.get("replies_count")),
            quotes=whole(status.get("quotes_count")),
        )
        for key, status in there.items()
    }


def posted_since(account: Account, at: datetime) -> Iterator[dict[str, Any]]:
    """Our own statuses from an instant of our clock on, newest first, as the server has them. Raises
    NetworkError, also where it cannot be told that these are all."""
    me, older = account.known().id, ""
    for _ in range(PAGES):
        query = {"limit": PAGE, "exclude_reblogs": "true"} | ({"max_id": older} if older else {})
        page = account.ask_list(f"/api/v1/accounts/{me}/statuses", query)
        theirs = at + _ahead(page.date, now()) - TOLERANCE
        for status in page.items:
            written = from_iso(status.get("created_at"))
            if written is not None and written < theirs:
                return
            yield status
        older = page.older
        if not older:
            return
    raise NetworkError("not_offered", what_next="give_up", detail="too many posts")


def words_of(account: Account, status: Mapping[str, Any]) -> str:
    """The text of a status of ours as it was written; as readers see it where the server does not tell that.
    Raises NetworkError."""
    try:
        told = account.ask_if_there(f"/api/v1/statuses/{status['id']}/source")
    except NetworkError as error:
        if error.what_next == "try_again":
            raise
        told = None
    if told is None or not isinstance(told.get("text"), str):
        return text_of(status)
    return with_warning(str(told.get("spoiler_text") or ""), told["text"])


def checked_id(ref: Ref) -> str:
    """The id of a thing, fit to be part of an address. Raises NetworkError."""
    if not is_id(ref.id):
        raise NetworkError("not_found", what_next="give_up")
    return ref.id


def _notified(account: Account, since: datetime | None) -> Iterator[dict[str, Any]]:
    older = ""
    for _ in range(PAGES):
        query: dict[str, Any] = {"limit": PAGE, "types[]": list(_KINDS)}
        page = account.ask_list("/api/v1/notifications", query | ({"max_id": older} if older else {}))
        for one in page.items:
            if one.get("type") in _KINDS and isinstance(one.get("status"), dict):
                at = from_iso(one.get("created_at"))
                if at is None or since is None or at >= since:
                    yield one
        times = [at for one in page.items if (at := from_iso(one.get("created_at")))]
        older = page.older
        if not older or (since is not None and times and min(times) < since):
            return


def _statuses(account: Account, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Several at once (Mastodon 4.3), one by one where the server can't."""
    found: dict[str, dict[str, Any]] = {}
    wanted = list(dict.fromkeys(ids))
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        try:
            page: Sequence[dict[str, Any]] = account.ask_list("/api/v1/statuses", {"id[]": some}).items
        except NetworkError as error:
            if error.code not in ("not_found", "refused"):
                raise
            page = [one for each in some if (one := account.ask_if_there(f"/api/v1/statuses/{each}"))]
        found |= {str(one.get("id")): one for one in page}
    return {key: found[key] for key in wanted if key in found}


def _roots(account: Account, start: Sequence[Mapping[str, Any]], me: str) -> dict[str, str]:
    """By id of a status, the id of the post at the top of its thread, where that is ours. Asks for whole
    layers of answered statuses at once: requests are counted."""
    known = {str(one.get("id")): one for one in start}
    missing = _answered(known.values()) - set(known)
    for _ in range(DEEPEST):
        if not missing:
            break
        layer = _statuses(account, sorted(missing))
        known |= layer
        missing = _answered(layer.values()) - set(known)
    return {key: top for one in start if (top := _top(key := str(one.get("id")), known, me))}


def _answered(some: Any) -> set[str]:
    told = {str(one.get("in_reply_to_id") or "") for one in some}
    return {key for key in told if is_id(key)}


def _top(key: str, known: Mapping[str, Mapping[str, Any]], me: str) -> str:
    seen: set[str] = set()
    while key in known and key not in seen:
        seen.add(key)
        status = known[key]
        if not status.get("in_reply_to_id"):
            who = status.get("account")
            return key if isinstance(who, dict) and str(who.get("id")) == me and len(seen) > 1 else ""
        key = str(status["in_reply_to_id"])
    return ""


def _ahead(date: str, here: datetime) -> timedelta:
    """By how much the server's clock is ahead of ours at least (`here`: when its answer had come); nothing
    where it tells no time."""
    try:
        return instant_in_header(date) - here
    except ValueError:
        return timedelta()


def _item(network: str, status: Any, me: str, **more: Any) -> IncomingItem | None:
    """None for what is no status, so that one odd one does not hide the others."""
    try:
        return item(network, status, ours=me, **more)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def since_then(items: Sequence[IncomingItem], since: datetime | None) -> list[IncomingItem]:
    """Oldest first; those that the server saw at or after `since`, or whose time it does not tell."""
    kept = [item for item in items if since is None or item.seen_at is None or item.seen_at >= since]
    once = {item.ref.id: item for item in kept}
    return sorted(once.values(), key=lambda item: (item.seen_at or item.created_at, item.ref.id))


Post = Callable[[OutgoingPost, str, str, Mapping[str, Any]], Ref]


def in_turn(out: OutgoingPost, body: Mapping[str, Any], post: Post, *, seconds: int) -> Ref:
    """Post what isn't there yet of a post's parts; `body` goes with the first. `seconds`: for each.

    Raises NetworkError, with `there` where some of it is; also where it took so long that a part could come
    after it was looked up.
    """
    ends = time.time() + seconds * (len(out.texts) - 1)

    def send(text: str, key: str, before: Sequence[Ref]) -> Ref:
        if before and time.time() > ends:
            raise NetworkError("timed_out", what_next="try_again", detail="thread")
        given = {"visibility": "public", "in_reply_to_id": before[-1].id} if before else body
        return post(out, key, tidy_text(text), given)

    return threads.in_turn(out.texts, out.intent_key, out.there, send)


LONGEST_NOTE = 1000
FILM = "video/mp4"
_KNOWN = frozenset({"public", "unlisted", "private", "direct"})
_REASONS = {"spam": "spam"}


def open_client(key: str, credential: Credential) -> Mastodon:
    """Return a client for one account."""
    return Mastodon(all_capabilities()[key], credential)


class Mastodon(NotOffered):
    """One account on one server, by access token."""

    def __init__(
        self, capabilities: Capabilities, credential: Credential, *, client: Client | None = None
    ) -> None:
        super().__init__(capabilities)
        origin = check_service(credential.service)
        transport = Transport(origin, time_out=capabilities.pace.time_out_seconds, client=client)
        self._fresh = not credential.session
        self._account = Account(transport, credential)

    def publish(self, out: OutgoingPost) -> Receipt:
        check_outgoing(out, self.limits())
        if not out.comments_open:
            refuse("close_comments")
        body: dict[str, Any] = {"visibility": "public"}
        pictures = out.pictures
        if out.there is not None:
            pass  # they went out with the first part
        elif pictures:
            most = self._account.limits().picture_pixels
            body["media_ids"] = upload(self._account, pictures, most_pixels=most)
        elif out.film:
            most_seconds = self.capabilities.pace.film_seconds
            body["media_ids"] = [upload_film(self._account, out.film, time_out=most_seconds)]
        sent = in_turn(out, body, self._post, seconds=self.capabilities.pace.time_out_seconds)
        return Receipt(sent, out.intent_key)

    def reply(self, out: OutgoingReply) -> Receipt:
        limits = self.limits()
        check_text(out.text, limits)
        parent = self._account.ask(f"/api/v1/statuses/{checked_id(out.parent)}")
        who = parent.get("account")
        handle = str(who.get("acct") or "") if isinstance(who, dict) else ""
        text = tidy_text(out.text)
        if handle and isinstance(who, dict) and str(who.get("id")) != self._account.known().id:
            text = f"@{handle}{JOINS}{text}"  # without it the author doesn't hear about the answer
            check_text(text, limits)
        seen_by = parent.get("visibility")
        body = {
            "in_reply_to_id": out.parent.id,
            "visibility": seen_by if seen_by in _KNOWN else "direct",
        }
        return Receipt(self._post(out, out.intent_key, text, body), out.intent_key)

    def read_back(self, ref: Ref) -> PublishedPost | None:
        return threads.read_back(ref, self._read_one)

    def _read_one(self, ref: Ref) -> PublishedPost | None:
        status = self._account.ask_if_there(f"/api/v1/statuses/{checked_id(ref)}")
        return None if status is None else self._published(status)

    def look_up(self, intent_key: str, wanted: NormalPost | None = None) -> PublishedPost | None:
        if wanted is None:
            refuse("look_up")
        since = posted_since(self._account, key_time(intent_key))
        posted = [(str(status.get("in_reply_to_id") or ""), self._published(status)) for status in since]

        def after(text: str, before: PublishedPost | None) -> PublishedPost | None:
            found = [
                one
                for parent, one in posted
                if one.normal.text == text and (before is None or parent == before.ref.id)
            ]
            return the_one(found)

        return threads.found_of(wanted.parts or (wanted.text,), after)

    def reactions(self, refs: Sequence[Ref]) -> dict[str, Reactions]:
        return reactions(self._account, refs)

    def replies(self, ref: Ref, since: datetime | None = None) -> list[IncomingItem]:
        return since_then(below(self._account, self.key, ref), since)

    def mentions(self, since: datetime | None = None) -> list[IncomingItem]:
        told = addressed(self._account, self.key, since)
        return since_then([item for item in told if item.kind != "comment"], since)

    def search(self, words: str, since: datetime | None = None) -> list[IncomingItem]:
        return since_then(search(self._account, self.key, words), since)

    def look_again(self, refs: Sequence[Ref]) -> dict[str, IncomingItem | None]:
        return by_id(self._account, self.key, refs)

    def block(self, author: Author, *, intent_key: str, at: datetime) -> None:
        number = checked_id(Ref(self.key, author.id))
        self._account.change("POST", f"/api/v1/accounts/{number}/block")

    def unblock(self, author: Author, *, block_key: str) -> None:
        number = checked_id(Ref(self.key, author.id))
        self._account.change("POST", f"/api/v1/accounts/{number}/unblock")

    def report(self, item: IncomingItem, *, reason: str, note: str = "") -> str:
        body: dict[str, Any] = {
            "account_id": item.author.id,
            "status_ids": [item.ref.id],
            "comment": note[:LONGEST_NOTE],
            "category": _REASONS.get(reason, "other"),
            "forward": False,
        }
        return str(self._account.change("POST", "/api/v1/reports", body).get("id", ""))

    def take_down(self, ref: Ref) -> None:
        threads.take_down(ref, self._take_one)

    def _take_one(self, ref: Ref) -> None:
        try:
            self._account.change("DELETE", f"/api/v1/statuses/{checked_id(ref)}")
        except NetworkError as error:
            if error.code != "not_found":
                raise
            there = self._account.ask_if_there(f"/api/v1/statuses/{checked_id(ref)}")
            if there is not None:  # another person's: the server says only that it is not ours
                raise NetworkError("not_allowed", what_next="give_up") from None

    def profile(self) -> Profile:
        found = self._account.read_itself()
        if self._fresh:
            self._account.check_rights()
        known = self._account.known()
        source = found.get("source")
        told = source.get("note") if isinstance(source, dict) else None
        words = told if isinstance(told, str) else text_of({"content": found.get("note")})
        return Profile(
            known.id,
            known.handle,
            str(found.get("display_name") or ""),
            words,
            address_of(found.get("url")),
        )

    def limits(self) -> Limits:
        known, told = limits_of(self.capabilities), self._account.limits()
        types = tuple(one for one in known.picture_types if one in told.picture_types)
        return replace(
            known,
            text_max=told.text_max or known.text_max,
            text_unit=told.text_unit or known.text_unit,
            pictures=told.pictures or known.pictures,
            picture_bytes=told.picture_bytes or known.picture_bytes,
            alt_max=told.alt_max or known.alt_max,
            picture_types=types if told.picture_types else known.picture_types,
            films=0 if told.picture_types and FILM not in told.picture_types else known.films,
            film_bytes=told.film_bytes or known.film_bytes,
        )

    def session_to_keep(self) -> str | None:
        return self._account.to_keep()

    def _post(self, out: OutgoingPost | OutgoingReply, key: str, text: str, body: Mapping[str, Any]) -> Ref:
        """Post under a key of the intent. What the server refuses although its limits allow it makes them
        be read again."""
        whole = {**body, "status": text, "sensitive": False}
        if out.languages:
            whole["language"] = out.languages[0].lower()
        try:
            status = self._account.change("POST", "/api/v1/statuses", whole, key=key)
        except NetworkError as error:
            if error.status in (400, 413, 422):
                self._account.limits_are_old()
            raise
        try:
            id_of(status)
        except NetworkError as error:
            error.outcome_unknown = True
            raise
        return ref_of(self.key, status)

    def _published(self, status: Mapping[str, Any]) -> PublishedPost:
        try:
            id_of(status)
            words = words_of(self._account, status)
            return published(ref_of(self.key, status), status, words)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise NetworkError("unreadable_answer", what_next="try_again") from None
