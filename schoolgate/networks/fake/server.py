"""The far side of the fake network: what it holds, and the faults it was told to show."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from schoolgate.networks.normal import NormalPost
from schoolgate.networks.port import Author, IncomingItem, NetworkError, Reactions, Ref


class Fault(StrEnum):
    """What goes wrong with the next call. "Before": nothing happens on the network; "after": it does."""

    UNREACHABLE = "unreachable"
    TIME_OUT_BEFORE = "time_out_before"
    TIME_OUT_AFTER = "time_out_after"
    HALF_BODY = "half_body"
    TROUBLE_BEFORE = "trouble_before"
    TROUBLE_AFTER = "trouble_after"
    TOO_FAST = "too_fast"
    SIGN_IN = "sign_in"
    REFUSED = "refused"


_ERRORS = {
    Fault.UNREACHABLE: NetworkError("unreachable", what_next="try_again"),
    Fault.TIME_OUT_BEFORE: NetworkError("timed_out", what_next="try_again", outcome_unknown=True),
    Fault.TIME_OUT_AFTER: NetworkError("timed_out", what_next="try_again", outcome_unknown=True),
    Fault.HALF_BODY: NetworkError(
        "unreadable_answer", what_next="try_again", outcome_unknown=True, status=200
    ),
    Fault.TROUBLE_BEFORE: NetworkError(
        "network_trouble", what_next="try_again", outcome_unknown=True, status=502
    ),
    Fault.TROUBLE_AFTER: NetworkError(
        "network_trouble", what_next="try_again", outcome_unknown=True, status=502
    ),
    Fault.TOO_FAST: NetworkError("too_fast", what_next="try_again", status=429, retry_after=30),
    Fault.SIGN_IN: NetworkError("sign_in", what_next="reconnect", status=401),
    Fault.REFUSED: NetworkError("refused", what_next="give_up", status=400),
}
_AFTER = frozenset({Fault.TIME_OUT_AFTER, Fault.HALF_BODY, Fault.TROUBLE_AFTER})


@dataclass
class Held:
    """One post or answer of ours as the fake network holds it."""

    ref: Ref
    intent_key: str
    normal: NormalPost
    text: str
    created_at: datetime
    parent: str = ""
    root: str = ""
    comments_open: bool = True


@dataclass
class FakeServer:
    """Everything that the network holds, for a test to look at and to change.

    `faults` are used up one for each call, in order; None is a call that goes well. `calls` lists the method
    names that were asked. `takes_keys`: a second publish under one key makes no second post (as on Bluesky);
    without it there are two, as on servers that answer twice. `answers_twice`: every list of comments holds
    each of them two times.
    """

    network: str = "bluesky"
    takes_keys: bool = True
    answers_twice: bool = False
    faults: list[Fault | None] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    ours: dict[str, Held] = field(default_factory=dict)
    comments: dict[str, IncomingItem] = field(default_factory=dict)
    posts: dict[str, IncomingItem] = field(default_factory=dict)
    """What other people posted elsewhere, for `search`."""
    reactions: dict[str, Reactions] = field(default_factory=dict)
    blocked: set[str] = field(default_factory=set)
    reports: list[tuple[str, str]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @contextmanager
    def call(self, name: str, *, changes: bool) -> Iterator[None]:
        """One call with whatever fault is next; reading has no unknown outcome."""
        self.calls.append(name)
        fault = self.faults.pop(0) if self.faults else None
        if fault is not None and fault not in _AFTER:
            raise _error(fault, changes=changes)
        yield
        if fault is not None:
            raise _error(fault, changes=changes)

    def number(self) -> int:
        """A number that was not given before."""
        return next(self._numbers)

    def comment(
        self,
        root: Ref,
        text: str,
        *,
        at: datetime,
        parent: str = "",
        by: str = "parent.test",
        display: str = "A parent",
    ) -> IncomingItem:
        """Add another person's comment below our post; return the item as a client will see it."""
        item_id = f"comment-{self.number()}"
        item = IncomingItem(
            network=self.network,
            ref=Ref(self.network, item_id, f"https://fake.test/c/{item_id}", _version(text)),
            author=Author(f"id:{by}", by, display),
            text=text,
            created_at=at,
            seen_at=at,
            parent=parent or root.id,
            root=root.id,
            languages=("en",),
            attachments=(),
            visibility="public",
        )
        self.comments[item_id] = item
        return item

    def post_elsewhere(
        self, text: str, *, at: datetime, by: str = "resident.test", display: str = "A resident"
    ) -> IncomingItem:
        """Add another person's public post, below nothing of ours; return it as a search will give it."""
        item_id = f"post-{self.number()}"
        item = IncomingItem(
            network=self.network,
            ref=Ref(self.network, item_id, f"https://fake.test/p/{item_id}", _version(text)),
            author=Author(f"id:{by}", by, display),
            text=text,
            created_at=at,
            seen_at=at,
            kind="mention",
            languages=("en",),
            attachments=(),
            visibility="public",
        )
        self.posts[item_id] = item
        return item

    def edit(self, item: IncomingItem, text: str) -> None:
        """Its writer changes a comment."""
        self.comments[item.ref.id] = replace(
            item, text=text, ref=replace(item.ref, version=_version(text)), edited=True
        )

    def change_ours(self, ref: Ref, text: str) -> None:
        """A person changes a post of ours on the network's own pages."""
        held = self.ours[ref.id]
        held.text, held.normal = text, replace(held.normal, text=text)

    def remove(self, ref: Ref) -> None:
        """A post of ours goes, if it is there."""
        self.ours.pop(ref.id, None)

    def delete(self, item: IncomingItem) -> None:
        """Its writer deletes a comment."""
        del self.comments[item.ref.id]


def _error(fault: Fault, *, changes: bool) -> NetworkError:
    known = _ERRORS[fault]
    return NetworkError(
        known.code,
        what_next=known.what_next,
        outcome_unknown=known.outcome_unknown and changes,
        status=known.status,
        retry_after=known.retry_after,
        detail=f"fake: {fault}",
    )


def _version(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]
