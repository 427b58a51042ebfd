"""The port over a server that speaks Mastodon's API.

Such a server stores no key of ours. It does a post once under one Idempotency-Key, for an hour, and some
servers not even that; so what is proof is its own list of our posts, read back to the instant at which the
intent was written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from schoolgate.core.outside.client import Client
from schoolgate.networks import threads
from schoolgate.networks.capabilities import Capabilities, all_capabilities
from schoolgate.networks.checks import check_outgoing, check_text, limits_of
from schoolgate.networks.mastodon import reading, statuses
from schoolgate.networks.mastodon.account import Account, id_of
from schoolgate.networks.mastodon.threading import in_turn
from schoolgate.networks.mastodon.uploading import upload, upload_film
from schoolgate.networks.normal import tidy_text
from schoolgate.networks.not_offered import NotOffered, refuse
from schoolgate.networks.port import (
    Author,
    Credential,
    IncomingItem,
    Limits,
    NetworkError,
    NormalPost,
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
        parent = self._account.ask(f"/api/v1/statuses/{reading.checked_id(out.parent)}")
        who = parent.get("account")
        handle = str(who.get("acct") or "") if isinstance(who, dict) else ""
        text = tidy_text(out.text)
        if handle and isinstance(who, dict) and str(who.get("id")) != self._account.known().id:
            text = f"@{handle}{statuses.JOINS}{text}"  # without it the author doesn't hear about the answer
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
        status = self._account.ask_if_there(f"/api/v1/statuses/{reading.checked_id(ref)}")
        return None if status is None else self._published(status)

    def look_up(self, intent_key: str, wanted: NormalPost | None = None) -> PublishedPost | None:
        if wanted is None:
            refuse("look_up")
        since = reading.posted_since(self._account, key_time(intent_key))
        posted = [(str(status.get("in_reply_to_id") or ""), self._published(status)) for status in since]

        def after(text: str, before: PublishedPost | None) -> PublishedPost | None:
            found = [
                one
                for parent, one in posted
                if one.normal.text == text and (before is None or parent == before.ref.id)
            ]
            if len(found) > 1:  # the same words twice, and nothing tells which of them is meant
                refuse("look_up")
            return found[0] if found else None

        return threads.found_of(wanted.parts or (wanted.text,), after)

    def reactions(self, refs: Sequence[Ref]) -> dict[str, Reactions]:
        return reading.reactions(self._account, refs)

    def replies(self, ref: Ref, since: datetime | None = None) -> list[IncomingItem]:
        return reading.since_then(reading.below(self._account, self.key, ref), since)

    def mentions(self, since: datetime | None = None) -> list[IncomingItem]:
        told = reading.addressed(self._account, self.key, since)
        return reading.since_then([item for item in told if item.kind != "comment"], since)

    def search(self, words: str, since: datetime | None = None) -> list[IncomingItem]:
        return reading.since_then(reading.search(self._account, self.key, words), since)

    def look_again(self, refs: Sequence[Ref]) -> dict[str, IncomingItem | None]:
        return reading.by_id(self._account, self.key, refs)

    def block(self, author: Author, *, intent_key: str, at: datetime) -> None:
        number = reading.checked_id(Ref(self.key, author.id))
        self._account.change("POST", f"/api/v1/accounts/{number}/block")

    def unblock(self, author: Author, *, block_key: str) -> None:
        number = reading.checked_id(Ref(self.key, author.id))
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
            self._account.change("DELETE", f"/api/v1/statuses/{reading.checked_id(ref)}")
        except NetworkError as error:
            if error.code != "not_found":
                raise
            there = self._account.ask_if_there(f"/api/v1/statuses/{reading.checked_id(ref)}")
            if there is not None:  # another person's: the server says only that it is not ours
                raise NetworkError("not_allowed", what_next="give_up") from None

    def profile(self) -> Profile:
        found = self._account.read_itself()
        if self._fresh:
            self._account.check_rights()
        known = self._account.known()
        source = found.get("source")
        told = source.get("note") if isinstance(source, dict) else None
        words = told if isinstance(told, str) else statuses.text_of({"content": found.get("note")})
        return Profile(
            known.id,
            known.handle,
            str(found.get("display_name") or ""),
            words,
            statuses.address_of(found.get("url")),
        )

    def limits(self) -> Limits:
        known, told = limits_of(self.capabilities), self._account.limits()
        types = tuple(one for one in known.picture_types if one in told.picture_types)
        return replace(
            known,
            text_max=told.text_max or known.text_max,
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
        return statuses.ref_of(self.key, status)

    def _published(self, status: Mapping[str, Any]) -> PublishedPost:
        try:
            id_of(status)
            words = reading.words_of(self._account, status)
            return statuses.published(statuses.ref_of(self.key, status), status, words)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise NetworkError("unreadable_answer", what_next="try_again") from None
