"""The port over a LinkedIn Page. It takes no key of ours: what may have been published is looked up among the
Page's own posts and answers by its words."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from schoolgate.core.env import env
from schoolgate.core.outside.client import Client
from schoolgate.networks.capabilities import Capabilities, Way, all_capabilities
from schoolgate.networks.checks import (
    NotOffered,
    check_outgoing,
    check_text,
    each_of,
    if_there,
    in_order,
    length,
    refuse,
    rows,
    table,
    the_one,
    wait_until,
)
from schoolgate.networks.known import Known
from schoolgate.networks.linkedin import reading, texts
from schoolgate.networks.linkedin.reading import Api
from schoolgate.networks.normal import NormalPost, tidy_text
from schoolgate.networks.port import (
    Credential,
    IncomingItem,
    NetworkError,
    OutgoingPicture,
    OutgoingPost,
    OutgoingReply,
    Profile,
    PublishedPost,
    Reactions,
    Receipt,
    Ref,
    TooMany,
    key_time,
)
from schoolgate.networks.transport import Transport, check_service

TOLERANCE = timedelta(minutes=2)
"""By how much LinkedIn's clock may be behind ours."""
RECENT = 20
"""Below how many of the Page's newest posts an answer of ours is looked for."""
PAUSES = (0.2, 0.5, 1.0, 2.0, 5.0)
"""Seconds between two questions whether a picture can be used; the last one again and again."""


def open_client(key: str, credential: Credential) -> LinkedIn:
    """Return a client for one Page."""
    return LinkedIn(all_capabilities()[key].connected(), credential, version=env().linkedin_version)


class LinkedIn(NotOffered):
    """One Page, by the key of a person who runs it."""

    def __init__(
        self, capabilities: Capabilities, credential: Credential, *, version: str,
        client: Client | None = None, pauses: tuple[float, ...] = PAUSES,
    ) -> None:  # fmt: skip
        super().__init__(capabilities)
        origin = check_service(credential.service or reading.API)
        transport = Transport(origin, time_out=capabilities.pace.time_out_seconds, client=client)
        self._api = Api(transport, credential, version=version)
        self._known = Known.read(credential.session)
        self._page, self._pauses = f"urn:li:organization:{self._known.id}", pauses

    def publish(self, out: OutgoingPost) -> Receipt:
        """Upload the pictures, which no one sees, and publish the post that has them."""
        check_outgoing(out, self.limits())
        if not out.comments_open:
            refuse("close_comments")
        ends = time.monotonic() + self._api.time_out
        images = [self._uploaded(each, ends) for each in out.pictures]
        body: dict[str, Any] = {
            "author": self._page, "commentary": texts.written(tidy_text(out.text)), "visibility": "PUBLIC",
            "distribution": {
                "feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": [],
            },
            "lifecycleState": "PUBLISHED", "isReshareDisabledByAuthor": False,
        }  # fmt: skip
        if len(images) == 1:
            body["content"] = {"media": images[0]}
        elif images:
            body["content"] = {"multiImage": {"images": images}}
        urn = self._api.change("POST", "posts", body).headers.get("x-restli-id", "")
        if not reading.is_post(urn):
            raise _without_name()
        return Receipt(Ref(self.key, urn, reading.address_of(urn)), out.intent_key)

    def _uploaded(self, picture: OutgoingPicture, ends: float) -> dict[str, str]:
        """Return a picture as a post names it, once LinkedIn can use it. Raises NetworkError."""
        owner = {"initializeUploadRequest": {"owner": self._page}}
        place = f"images{reading.asked(action='initializeUpload')}"
        told = table(self._api.change("POST", place, owner, seen=False).data.get("value"))
        urn, address = told.get("image"), told.get("uploadUrl")
        if not isinstance(urn, str) or not reading.is_image(urn) or not isinstance(address, str):
            raise NetworkError("unreadable_answer", what_next="try_again", detail="no place for a picture")
        self._api.upload(address, picture.data)

        def is_available() -> bool:
            status = self._api.ask(f"images/{reading.part(urn)}").get("status")
            if status == "PROCESSING_FAILED":
                raise NetworkError("picture_refused", what_next="give_up", detail=status)
            return bool(status == "AVAILABLE")

        wait_until(is_available, pauses=self._pauses, ends=ends, otherwise="picture not ready")
        return {"id": urn} | ({"altText": words} if (words := tidy_text(picture.alt)) else {})

    def reply(self, out: OutgoingReply) -> Receipt:
        """Answer a comment. LinkedIn has one level below a comment, so that an answer to an answer stands
        beside it."""
        self._check_comments("reply")
        check_text(out.text, self.limits())
        words = tidy_text(out.text)
        if (long := length(words, "UTF-16 units")) > reading.LONGEST_ANSWER:
            raise NetworkError("too_long", what_next="give_up", detail=f"{long} UTF-16 units")
        thread, number = _comment(out.parent)
        there = self._api.ask(reading.comment_path(thread, number))
        above = str(there.get("parentComment") or "")
        above = above if reading.comment_of(above) else out.parent.id
        body = {"actor": self._page, "object": thread, "parentComment": above, "message": {"text": words}}
        answer = self._api.change("POST", reading.comment_path(above), body)
        urn = reading.urn_of({"object": thread, "id": answer.headers.get("x-restli-id"), **answer.data})
        if not urn:
            raise _without_name()
        return Receipt(Ref(self.key, urn), out.intent_key)

    def read_back(self, ref: Ref) -> PublishedPost | None:
        if comment := reading.comment_of(ref.id):
            told = self._api.ask_if_there(reading.comment_path(*comment))
            return None if told is None else reading.answer_in(self.key, told)
        told = self._api.ask_if_there(f"posts/{reading.part(_post(ref))}")
        return None if told is None else reading.published(self.key, told)

    def look_up(self, intent_key: str, wanted: NormalPost | None = None) -> PublishedPost | None:
        if wanted is None:
            refuse("look_up")
        since = key_time(intent_key) - TOLERANCE
        found = [
            one
            for one in (*self._posts(since), *(self._answers() if self._reads() else ()))
            if one.normal.text == wanted.text and (one.created_at is None or one.created_at >= since)
        ]
        return the_one(found)

    def replies(self, ref: Ref, since: datetime | None = None) -> list[IncomingItem]:
        """With the answers to each comment."""
        self._check_comments("replies")
        told = self._below(_post(ref))
        items = (item for each in told if (item := reading.item_of(self.key, each, ref.id, self._page)))
        return in_order(items, since)

    def mentions(self, since: datetime | None = None) -> list[IncomingItem]:
        """Nothing: where others mention the Page is not read."""
        return []

    def look_again(self, refs: Sequence[Ref]) -> dict[str, IncomingItem | None]:
        self._check_comments("look_again")
        found: dict[str, IncomingItem | None] = {}
        for ref in refs:
            comment = reading.comment_of(ref.id)
            told = self._api.ask_if_there(reading.comment_path(*comment)) if comment else None
            found[ref.id] = None if told is None else reading.item_of(self.key, told, "", self._page)
        return found

    def reactions(self, refs: Sequence[Ref]) -> dict[str, Reactions]:
        """From the Page's analytics, which leave out a post that no one has seen yet."""
        found: dict[str, Reactions] = {}
        posts = [ref.id for ref in refs if reading.is_post(ref.id)]
        for start in range(0, len(posts), reading.BATCH):
            some = posts[start : start + reading.BATCH]
            shares = [urn for urn in some if ":share:" in urn]
            others = [urn for urn in some if ":share:" not in urn]
            asked = {name: urns for name, urns in (("shares", shares), ("ugcPosts", others)) if urns}
            told = self._api.ask(
                "organizationalEntityShareStatistics", "", q="organizationalEntity",
                organizationalEntity=self._page, **asked,
            )  # fmt: skip
            found |= dict(filter(None, map(reading.numbers_of, rows(told, "elements"))))
        return found

    def take_down(self, ref: Ref) -> None:
        comment = reading.comment_of(ref.id)
        path = f"posts/{reading.part(_post(ref))}" if comment is None else (
            f"{reading.comment_path(*comment)}{reading.asked(actor=self._page)}"
        )  # fmt: skip
        with if_there():
            self._api.change("DELETE", path)

    def profile(self) -> Profile:
        found = reading.profile_of(self._api.ask(f"organizations/{self._known.id}"))
        if found.id != self._known.id:
            raise NetworkError("other_account", what_next="reconnect")
        return found

    def _reads(self) -> bool:
        return self.capabilities.way("read_replies") is Way.PROGRAM

    def _check_comments(self, action: str) -> None:
        """Comments are read and answered where the operator chose so. Raises NetworkError."""
        if not self._reads():
            refuse(action)

    def _posts(self, since: datetime) -> Iterator[PublishedPost]:
        told = self._api.ask_all(
            "posts", "FINDER", author=self._page, q="author", sortBy="CREATED"
        )  # the newest first
        for each in told:
            post = reading.published(self.key, each)
            if post is None:
                continue
            if post.created_at is not None and post.created_at < since:
                return
            yield post

    def _answers(self) -> Iterator[PublishedPost]:
        told = self._api.ask(
            "posts", "FINDER", author=self._page, q="author", sortBy="CREATED", start=0, count=RECENT
        )
        for each in rows(told, "elements"):
            urn = str(each.get("id") or "")
            for one in self._below(urn) if reading.is_post(urn) else ():
                answer = reading.answer_in(self.key, one)
                if answer is not None and one.get("actor") == self._page:
                    yield answer

    def _below(self, post: str) -> Iterator[dict[str, Any]]:
        left: list[bool] = []
        for each in each_of(self._api.ask_all(reading.comment_path(post)), left):
            yield each
            if reading.has_answers(each) and (urn := reading.urn_of(each)):
                yield from each_of(self._api.ask_all(reading.comment_path(urn)), left)
        if left:
            raise TooMany


def _without_name() -> NetworkError:
    return NetworkError("unreadable_answer", what_next="try_again", outcome_unknown=True, detail="no id")


def _post(ref: Ref) -> str:
    if not reading.is_post(ref.id):
        raise NetworkError("not_found", what_next="give_up")
    return ref.id


def _comment(ref: Ref) -> tuple[str, str]:
    found = reading.comment_of(ref.id)
    if found is None:
        refuse("reply")
    return found
