"""Trying an account on its network, step by step: what works, and the network's own words where it refuses.

What is posted is deleted again, also where a step fails or a person breaks it off.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from PIL import Image

from schoolgate.networks.capabilities import Way
from schoolgate.networks.normal import NormalPost
from schoolgate.networks.port import (
    COUNTED,
    IncomingItem,
    Limits,
    Network,
    NetworkError,
    OutgoingFilm,
    OutgoingPicture,
    OutgoingPost,
    OutgoingReply,
    Profile,
    PublishedPost,
    Reactions,
    Ref,
    intent_key,
)
from schoolgate.networks.wording import sentence

T = TypeVar("T")
WORDS = "This is a test. It is deleted in a moment."
ANSWER = "Thank you. This is a test, too."
DESCRIPTION = "A blue square."
LOOKS_BACK = timedelta(days=7)
PAUSE = 2.0
NO_MENTIONS = "none in seven days, or this network tells none"
NO_COMMENT = "no one wrote one"
NOTHING_YET = frozenset({NO_MENTIONS, NO_COMMENT})
"""What isn't there because no one wrote it: no fault."""


class Result(StrEnum):
    """How a step ended."""

    WORKS = "works"
    DIFFERS = "DIFFERS"
    FAILS = "FAILS"
    NOT_HERE = "not here"
    NOT_TRIED = "not tried"


BAD = frozenset({Result.DIFFERS, Result.FAILS})


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the table."""

    name: str
    result: Result
    words: str = ""


@dataclass
class Trial:
    """One account that is tried. `tell` hears of each step; `comment` has a person write below the post at
    this address from another account; `patience`: seconds until the network shows what it was sent."""

    network: Network
    tell: Callable[[Step], None]
    at: datetime
    film: OutgoingFilm | None = None
    comment: Callable[[str], None] | None = None
    patience: float | None = None
    steps: list[Step] = field(default_factory=list)
    left: list[Ref] = field(default_factory=list)
    """What is there still, because the network lets no program delete it, or didn't."""

    def read(self) -> Profile | None:
        """Read what is there, and change nothing. Returns the account, if the keys count."""
        profile = self._step("read the account", self.network.profile, _account)
        if profile is not None:
            self._step("read its limits", self.network.limits, _limits)
            since = self.at - LOOKS_BACK
            self._step(
                "read mentions", lambda: self.network.mentions(since) or None, _number, none=NO_MENTIONS
            )
        return profile

    def post(self) -> None:
        """Post something, read it back, answer a comment, and delete all of it."""
        ref = self._publish()
        if ref is None:
            return
        try:
            self._below(ref)
        finally:
            self._delete("delete the post", ref)

    def _publish(self) -> Ref | None:
        out = self._outgoing()
        if self.network.capabilities.film_required and out.film is None:
            self._note("post", Result.NOT_TRIED, "this network takes films only: give one with --film")
            return None
        try:
            ref = self.network.publish(out).ref
        except NetworkError as error:
            self._note("post", *_why(error))
            return self._perhaps_there(out) if error.outcome_unknown else None
        self._note("post", Result.WORKS, ref.address)
        self._compare("read the post back", ref, out.normal())
        self._look_up(out)
        return ref

    def _perhaps_there(self, out: OutgoingPost) -> Ref | None:
        """Return what was published although the answer was lost."""
        found = self._look_up(out)
        if found is None:
            self._note("delete the post", Result.FAILS, "look at the account: it may be there")
        return found.ref if found else None

    def _look_up(self, out: OutgoingPost) -> PublishedPost | None:
        return self._step(
            "find it after a lost answer",
            lambda: self._later(lambda: self.network.look_up(out.intent_key, out.normal())),
            lambda found: found.ref.address or found.ref.id,
        )

    def _below(self, ref: Ref) -> None:
        self._step("read reactions", lambda: self.network.reactions([ref]), _counts)
        can = self.network.capabilities
        asked = self.comment if can.way("read_replies") is Way.PROGRAM else None
        if asked is not None:
            asked(ref.address or ref.id)
        found = self._step(
            "read comments", lambda: self._comments(ref, bool(asked)), _number, none=NO_COMMENT
        )
        theirs = next((one for one in found or () if not one.ours), None)
        for name, act in (("reply", self._answer), ("hide", self._hide)):
            if can.way(name) is not Way.PROGRAM:  # type: ignore[arg-type]
                self._note(_NAMES[name], Result.NOT_HERE, "a person does it on the network")
            elif theirs is None:
                self._note(_NAMES[name], Result.NOT_TRIED, "no comment to try it on")
            else:
                act(theirs, ref)

    def _comments(self, ref: Ref, wait: bool) -> list[IncomingItem] | None:
        def read() -> list[IncomingItem] | None:
            return self.network.replies(ref) or None

        return self._later(read) if wait else read()

    def _answer(self, item: IncomingItem, root: Ref) -> None:
        out = OutgoingReply(self._key("answer"), ANSWER, self.at, item.ref, root)
        sent = self._step(_NAMES["reply"], lambda: self.network.reply(out), lambda sent: sent.ref.address)
        if sent is not None:
            try:
                self._compare("read the answer back", sent.ref, out.normal())
            finally:
                self._delete("delete the answer", sent.ref)

    def _hide(self, item: IncomingItem, _root: Ref) -> None:
        def hide() -> bool:
            self.network.hide(item)
            return True

        self._step(_NAMES["hide"], hide)

    def _compare(self, name: str, ref: Ref, wanted: NormalPost) -> None:
        found = self._step(name, lambda: self._later(lambda: self.network.read_back(ref)), tell=False)
        if found is None:
            return
        differs = wanted.differences(found.normal)
        told = f"not as sent: {', '.join(differs)}" if differs else ""
        self._note(name, Result.DIFFERS if differs else Result.WORKS, told)

    def _delete(self, name: str, ref: Ref) -> None:
        self.left.append(ref)
        if self.network.capabilities.way("take_down") is not Way.PROGRAM:
            self._note(name, Result.NOT_HERE, f"a person must: {ref.address or ref.id}")
            return
        try:
            self.network.take_down(ref)
            gone = self._later(lambda: self.network.read_back(ref) is None or None)
        except NetworkError as error:
            self._note(name, *_why(error))
            return
        if gone:
            self.left.remove(ref)
        self._note(name, Result.WORKS if gone else Result.FAILS, "" if gone else "it is still there")

    def _step(
        self, name: str, do: Callable[[], T | None], words: Callable[[T], str] = lambda _: "", *,
        none: str = "the network does not show it", tell: bool = True,
    ) -> T | None:  # fmt: skip
        """Do it and note how it went. None: it failed, or there is nothing."""
        try:
            found = do()
        except NetworkError as error:
            self._note(name, *_why(error))
            return None
        if found is None:
            empty = Result.NOT_TRIED if none in NOTHING_YET else Result.FAILS
            self._note(name, empty, none)
        elif tell:
            self._note(name, Result.WORKS, words(found))
        return found

    def _note(self, name: str, result: Result, words: str = "") -> None:
        self.steps.append(Step(name, result, words))
        self.tell(self.steps[-1])

    def _later(self, read: Callable[[], T | None]) -> T | None:
        """Read until something is there, for as long as this network may take to show it."""
        pace = self.network.capabilities.pace.settles_in_seconds
        end = time.monotonic() + (pace if self.patience is None else self.patience)
        while (found := read()) is None and time.monotonic() < end:
            time.sleep(PAUSE)
        return found

    def _outgoing(self) -> OutgoingPost:
        limits = self.network.limits()
        pictures = () if self.film or not limits.pictures else (_picture(limits.picture_types),)
        return OutgoingPost(self._key("post"), WORDS, self.at, ("en",), pictures, film=self.film)

    def _key(self, of: str) -> str:
        return intent_key(at=self.at, about=f"trial:{of}")


_NAMES = {"reply": "answer a comment", "hide": "hide a comment"}


def _picture(kinds: tuple[str, ...]) -> OutgoingPicture:
    kind = "PNG" if "image/png" in kinds else "JPEG"
    written = io.BytesIO()
    Image.new("RGB", (320, 320), (20, 70, 160)).save(written, kind)
    return OutgoingPicture(written.getvalue(), f"image/{kind.lower()}", DESCRIPTION, 320, 320)


def _why(error: NetworkError) -> tuple[Result, str]:
    """Return how a step ended that the network, or its client, refused."""
    if error.code == "not_offered":
        return Result.NOT_HERE, ""
    status = f"HTTP {error.status}" if error.status else ""
    said = f"“{error.words}”" if error.words else ""
    return Result.FAILS, " ".join(filter(None, (str(sentence(error.code)), status, said)))


def _account(found: Profile) -> str:
    return " ".join(filter(None, (found.display, f"({found.handle})" if found.handle else "", found.address)))


def _limits(found: Limits) -> str:
    text = f"{found.text_max} {found.text_unit}" if found.text_max else "text without a limit"
    return f"{text}, {found.pictures or 0} pictures, {found.films or 0} films"


def _number(found: list[IncomingItem]) -> str:
    return str(len(found))


def _counts(found: dict[str, Reactions]) -> str:
    told = [
        f"{name} {count}"
        for each in found.values()
        for name in COUNTED
        if (count := getattr(each, name)) is not None
    ]
    return ", ".join(told) or "none told"
