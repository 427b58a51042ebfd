"""The port over an account on X. It takes no key of ours: what may have been published is looked up among the
account's own posts by its words."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from schoolgate.core.clock import now
from schoolgate.core.outside.client import Client
from schoolgate.networks.capabilities import Capabilities, Way, all_capabilities
from schoolgate.networks.checks import (
    NotOffered,
    check_outgoing,
    if_there,
    in_order,
    refuse,
    rows,
    table,
    the_one,
    wait_until,
)
from schoolgate.networks.normal import NormalPost, tidy_text
from schoolgate.networks.port import (
    Credential,
    IncomingItem,
    NetworkError,
    OutgoingPicture,
    OutgoingPost,
    Profile,
    PublishedPost,
    Reactions,
    Receipt,
    Ref,
    key_time,
)
from schoolgate.networks.transport import Transport, check_service
from schoolgate.networks.x import reading
from schoolgate.networks.x.reading import Api

TOLERANCE = timedelta(minutes=2)
"""By how much X's clock may be behind ours."""
SEARCHED = timedelta(days=7) - timedelta(minutes=5)
"""How far back X's search for replies goes."""
PAUSES = (0.5, 1.0, 2.0)
"""Seconds between two questions whether a picture can be used; the last one again and again."""


def open_client(key: str, credential: Credential) -> X:
    """Return a client for one account."""
    return X(all_capabilities()[key].connected(), credential)


class X(NotOffered):
    """One account, by a key for an hour or two; `accounts.connecting` renews it before."""

    def __init__(
        self, capabilities: Capabilities, credential: Credential, *, client: Client | None = None,
        pauses: tuple[float, ...] = PAUSES,
    ) -> None:  # fmt: skip
        super().__init__(capabilities)
        origin = check_service(credential.service or reading.API)
        transport = Transport(origin, time_out=capabilities.pace.time_out_seconds, client=client)
        self._api, self._pauses = Api(transport, credential), pauses
        self._me, self._handle = self._api.known.id, credential.handle or "i"

    def publish(self, out: OutgoingPost) -> Receipt:
        """Upload the pictures with their descriptions, which no one sees, and publish the post that has
        them."""
        check_outgoing(out, self.limits())
        if not out.comments_open:
            refuse("close_comments")
        ends = time.monotonic() + self._api.time_out
        body: dict[str, Any] = {"text": tidy_text(out.text)}
        if out.pictures:
            body["media"] = {"media_ids": [self._uploaded(each, ends) for each in out.pictures]}
        number = str(self._api.change("POST", "tweets", body).get("id") or "")
        if not reading.is_id(number):
            raise NetworkError(
                "unreadable_answer", what_next="try_again", outcome_unknown=True, detail="no id"
            )
        return Receipt(Ref(self.key, number, reading.address_of(number, self._handle)), out.intent_key)

    def _uploaded(self, picture: OutgoingPicture, ends: float) -> str:
        """Return the number of a picture that can be used. Raises NetworkError."""
        name = f"picture.{picture.media_type.rpartition('/')[2]}"
        told = self._api.change(
            "POST", "media/upload", seen=False, form={"media_category": "tweet_image"},
            file=("media", (name, picture.data, picture.media_type)),
        )  # fmt: skip
        number = str(told.get("id") or "")
        if not reading.is_id(number):
            raise NetworkError("unreadable_answer", what_next="try_again", detail="no id")
        states = chain([told], self._states(number))

        def is_processed() -> bool:
            state = table(next(states).get("processing_info")).get("state", "succeeded")
            if state == "failed":
                raise NetworkError("picture_refused", what_next="give_up", detail=state)
            return bool(state == "succeeded")

        wait_until(is_processed, pauses=self._pauses, ends=ends, otherwise="picture not ready")
        if words := tidy_text(picture.alt):
            described = {"id": number, "metadata": {"alt_text": {"text": words}}}
            self._api.change("POST", "media/metadata", described, seen=False)
        return number

    def _states(self, number: str) -> Iterator[dict[str, Any]]:
        while True:
            yield table(self._api.ask("media/upload", command="STATUS", media_id=number).get("data"))

    def read_back(self, ref: Ref) -> PublishedPost | None:
        told = self._api.posts(f"tweets/{_checked(ref)}")
        if reading.missing(told):
            return None
        beside = table(told.get("includes"))
        return reading.published(self.key, told["data"], beside, self._api.names, self._handle)

    def look_up(self, intent_key: str, wanted: NormalPost | None = None) -> PublishedPost | None:
        if wanted is None:
            refuse("look_up")
        since = key_time(intent_key) - TOLERANCE
        found = []
        told = self._api.posts_all(
            f"users/{self._me}/tweets", "pagination_token", exclude="retweets", start_time=_instant(since)
        )
        for each, beside in told:
            post = reading.published(self.key, each, beside, self._api.names, self._handle)
            if post is not None and post.normal.text == wanted.text:
                found.append(post)
        return the_one(found)

    def replies(self, ref: Ref, since: datetime | None = None) -> list[IncomingItem]:
        """Of the last week; X's search gives no older ones."""
        self._check_comments("replies")
        number, earliest = _checked(ref), now() - SEARCHED
        asked = {"query": f"conversation_id:{number}"}
        if since is not None and since > earliest:
            asked["start_time"] = _instant(since - TOLERANCE)
        told = self._api.posts_all("tweets/search/recent", "next_token", **asked)
        items = (
            item
            for each, beside in told
            if (item := reading.item_of(self.key, each, beside, self._api.names, self._me))
            and item.ref.id != number
        )
        return in_order(items, since)

    def mentions(self, since: datetime | None = None) -> list[IncomingItem]:
        """Nothing: where others mention the account is not read."""
        return []

    def look_again(self, refs: Sequence[Ref]) -> dict[str, IncomingItem | None]:
        self._check_comments("look_again")
        found: dict[str, IncomingItem | None] = {ref.id: None for ref in refs}
        for some in reading.batches(refs):
            told = self._api.posts("tweets", ids=",".join(some))
            beside = table(told.get("includes"))
            for each in rows(told, "data"):
                item = reading.item_of(self.key, each, beside, self._api.names, self._me)
                if item is not None:
                    found[item.ref.id] = item
        return found

    def reactions(self, refs: Sequence[Ref]) -> dict[str, Reactions]:
        found = {}
        for some in reading.batches(refs):
            for each in rows(self._api.posts("tweets", ids=",".join(some)), "data"):
                found[str(each.get("id"))] = reading.reactions_of(each, self._api.names)
        return found

    def take_down(self, ref: Ref) -> None:
        path = f"tweets/{_checked(ref)}"
        with if_there():
            self._api.change("DELETE", path)

    def profile(self) -> Profile:
        told = self._api.ask("users/me", **{"user.fields": "description,name,username"})
        found = reading.profile_of(table(told.get("data")))
        if found.id != self._me:
            raise NetworkError("other_account", what_next="reconnect")
        return found

    def _check_comments(self, action: str) -> None:
        """Replies are read where the operator chose so. Raises NetworkError."""
        if self.capabilities.way("read_replies") is not Way.PROGRAM:
            refuse(action)


def _checked(ref: Ref) -> str:
    if not reading.is_id(ref.id):
        raise NetworkError("not_found", what_next="give_up")
    return ref.id


def _instant(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
