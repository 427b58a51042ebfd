"""The port over a Google Business profile. A post takes no comments; what others write are reviews of the
place, which arrive as what is addressed to it, and each has at most one answer.

The network takes no key of ours: what may have been published is looked up among the place's own posts and
answers by its words.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from typing import Any

from schoolgate.core.clock import now
from schoolgate.core.outside.client import Client
from schoolgate.networks.capabilities import Capabilities, all_capabilities
from schoolgate.networks.checks import NotOffered, check_outgoing, check_text, refuse, the_one
from schoolgate.networks.google import account, signing_in
from schoolgate.networks.google_business import reading
from schoolgate.networks.google_business.reading import Api
from schoolgate.networks.handing import handed_over
from schoolgate.networks.normal import NormalPost, byte_length, tidy_text
from schoolgate.networks.port import (
    Credential,
    IncomingItem,
    NetworkError,
    OutgoingPicture,
    OutgoingPost,
    OutgoingReply,
    Profile,
    PublishedPost,
    Receipt,
    Ref,
    TooMany,
    key_time,
)
from schoolgate.networks.transport import Transport, check_service

TOLERANCE = timedelta(minutes=2)
"""By how much Google's clock may be behind ours."""
FIRST = timedelta(days=90)
"""How far back reviews are read at first, so that years of them don't fill the inbox at once."""
WAITS = (0.5, 1.0, 2.0, 5.0, 10.0, 10.0)
"""Seconds between two questions whether Google has made up its mind about a post, and fetched its picture;
then it counts as published, and is shown once it's ready."""

HandOver = Callable[[Sequence[OutgoingPicture]], AbstractContextManager[list[str]]]


def open_client(key: str, credential: Credential) -> GoogleBusiness:
    """Return a client for one place."""
    return GoogleBusiness(
        all_capabilities()[key].connected(), credential, application=signing_in.application(),
        tokens=account.TOKENS, places=reading.PLACES,
    )  # fmt: skip


class GoogleBusiness(NotOffered):
    """One place, by the key that its owner or manager gave."""

    def __init__(
        self, capabilities: Capabilities, credential: Credential, *, application: tuple[str, str],
        tokens: str = account.TOKENS, places: str = reading.PLACES, client: Client | None = None,
        hand_over: HandOver = handed_over, waits: tuple[float, ...] = WAITS,
    ) -> None:  # fmt: skip
        super().__init__(capabilities)
        origin = check_service(credential.service or reading.API)
        transport = Transport(origin, time_out=capabilities.pace.time_out_seconds, client=client)
        self._api = Api(transport, credential, application=application, tokens=tokens)
        self._places, self._hand_over, self._waits = places, hand_over, waits
        known = self._api.known
        if not (reading.is_number(known.id) and reading.is_number(known.inside)):
            raise NetworkError("sign_in", what_next="reconnect", detail="not connected")
        self._place = f"accounts/{known.inside}/locations/{known.id}"

    def publish(self, out: OutgoingPost) -> Receipt:
        """No one can comment below a post, so that it makes no difference whether comments are open."""
        check_outgoing(out, self.limits())
        body: dict[str, Any] = {"summary": tidy_text(out.text), "topicType": "STANDARD"}
        if out.languages:
            body["languageCode"] = out.languages[0].lower()
        with self._hand_over(out.pictures) if out.pictures else nullcontext([]) as addresses:
            if addresses:
                body["media"] = [{"mediaFormat": "PHOTO", "sourceUrl": each} for each in addresses]
            told = self._api.change("POST", f"{self._place}/localPosts", body)
            number = reading.within(told.get("name"), "localPosts")
            if not number:
                raise NetworkError(
                    "unreadable_answer", what_next="try_again", outcome_unknown=True, detail="no name"
                )
            decided = self._decided(number, told)
        if not reading.is_seen(decided):
            self._cleared(number)
            raise NetworkError("refused", what_next="give_up", detail="rejected by Google's own rules")
        return Receipt(Ref(self.key, number, reading.address_in(decided)), out.intent_key)

    def reply(self, out: OutgoingReply) -> Receipt:
        """Answer a review. A second answer would take the place of the first, so that one that is there and
        says something else is left alone. Raises NetworkError."""
        check_text(out.text, self.limits())
        review, wanted = _review(out.parent), out.normal()
        if byte_length(wanted.text) > reading.LONGEST_ANSWER:
            raise NetworkError("too_long", what_next="give_up", detail=f"{byte_length(wanted.text)} bytes")
        there = reading.answer_to(self.key, review, self._api.ask(self._of(review)))
        if there is not None and there.normal.text != wanted.text:
            refuse("reply")
        if there is None:
            body = {"comment": wanted.text}
            self._api.change("PUT", f"{self._of(review)}{reading.ANSWER}", body)
        return Receipt(Ref(self.key, f"{review}{reading.ANSWER}"), out.intent_key)

    def read_back(self, ref: Ref) -> PublishedPost | None:
        if review := reading.review_of(ref.id):
            told = self._api.ask_if_there(self._of(review))
            return None if told is None else reading.answer_to(self.key, review, told)
        post = self._api.ask_if_there(self._of(_post(ref)))
        seen = post is not None and reading.is_seen(post)
        return reading.published(self.key, ref.id, post) if post is not None and seen else None

    def look_up(self, intent_key: str, wanted: NormalPost | None = None) -> PublishedPost | None:
        if wanted is None:
            refuse("look_up")
        since = key_time(intent_key) - TOLERANCE
        found = [
            one
            for one in (*self._posts(), *self._answers())
            if one.normal.text == wanted.text and (one.created_at is None or one.created_at >= since)
        ]
        return the_one(found)

    def replies(self, ref: Ref, since: datetime | None = None) -> list[IncomingItem]:
        """Nothing: a post takes no comments."""
        return []

    def mentions(self, since: datetime | None = None) -> list[IncomingItem]:
        """Return the reviews that were written or changed since then; at the first reading those of the last
        months. Of very many the newest."""
        after = since or now() - FIRST
        found = []
        try:
            for review in self._reviews():
                item = reading.item_of(self.key, review)
                if item is None:
                    continue
                if item.seen_at is not None and item.seen_at < after:
                    break  # they come with the newest change first
                found.append(item)
        except TooMany:
            pass
        return sorted(found, key=lambda item: (item.created_at, item.ref.id))

    def look_again(self, refs: Sequence[Ref]) -> dict[str, IncomingItem | None]:
        found: dict[str, IncomingItem | None] = {}
        for ref in refs:
            told = self._api.ask_if_there(self._of(ref.id)) if reading.is_review(ref.id) else None
            found[ref.id] = None if told is None else reading.item_of(self.key, told)
        return found

    def take_down(self, ref: Ref) -> None:
        review = reading.review_of(ref.id)
        self._api.delete_if_there(self._of(f"{review}{reading.ANSWER}" if review else _post(ref)))

    def profile(self) -> Profile:
        number = self._api.known.id
        found = self._api.about(self._places, f"locations/{number}", readMask=reading.MASK)
        if reading.number_of(found) != number:
            raise NetworkError("other_account", what_next="reconnect")
        return reading.profile_of(found)

    def session_to_keep(self) -> str | None:
        return self._api.session_to_keep()

    def _of(self, part: str) -> str:
        return f"{self._place}/{part}"

    def _decided(self, number: str, post: dict[str, Any]) -> dict[str, Any]:
        """Return a post as it is once Google has made up its mind, or has not after a while. It's there
        already, so that trouble on the way changes nothing."""
        for pause in self._waits:
            if post.get("state") != reading.PROCESSING:
                break
            time.sleep(pause)
            try:
                post = self._api.ask(self._of(number))
            except NetworkError:
                break
        return post

    def _cleared(self, number: str) -> None:
        """Delete a post that Google shows to no one. If that fails, it stays unseen."""
        try:
            self._api.change("DELETE", self._of(number), seen=False)
        except NetworkError:
            return

    def _posts(self) -> list[PublishedPost]:
        told = self._api.ask_all(f"{self._place}/localPosts", "localPosts", pageSize=reading.POSTS)
        return [
            reading.published(self.key, number, post)
            for post in told
            if (number := reading.within(post.get("name"), "localPosts")) and reading.is_seen(post)
        ]

    def _answers(self) -> list[PublishedPost]:
        found = []
        for review in self._reviews():
            number = reading.within(review.get("name"), "reviews")
            if number and (answer := reading.answer_to(self.key, number, review)):
                found.append(answer)
        return found

    def _reviews(self) -> Iterator[dict[str, Any]]:
        return self._api.ask_all(f"{self._place}/reviews", "reviews", pageSize=reading.REVIEWS)


def _post(ref: Ref) -> str:
    if not reading.is_post(ref.id):
        raise NetworkError("not_found", what_next="give_up")
    return ref.id


def _review(ref: Ref) -> str:
    if not reading.is_review(ref.id):
        refuse("reply")
    return ref.id
