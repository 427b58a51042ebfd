"""The near side of the fake network: the port over a FakeServer.

The far side of the fake network: what it holds, and the faults it was told to show.
"""

from __future__ import annotations

import hashlib
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import partial

from schoolgate.networks import threads
from schoolgate.networks.capabilities import Action, Capabilities, Way, all_capabilities
from schoolgate.networks.checks import check_outgoing, check_text, limits_of, refuse
from schoolgate.networks.normal import NormalPost
from schoolgate.networks.port import (
    Author,
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
    part_key,
)


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


class FakeNetwork:
    """One account on the fake network; with the capabilities of `like`, so that a test can be any network."""

    def __init__(
        self, server: FakeServer | None = None, *, like: str = "bluesky", handle: str = "school.test"
    ) -> None:
        self.server = server or FakeServer()
        self.server.network = like
        self.handle = handle
        self._capabilities = all_capabilities()[like]

    @property
    def key(self) -> str:
        return self._capabilities.key

    @property
    def capabilities(self) -> Capabilities:
        return self._capabilities

    def publish(self, out: OutgoingPost) -> Receipt:
        check_outgoing(out, self.limits())
        return Receipt(
            threads.in_turn(out.texts, out.intent_key, out.there, partial(self._part, out)), out.intent_key
        )

    def _part(self, out: OutgoingPost, text: str, key: str, before: Sequence[Ref]) -> Ref:
        """Keep one part of a thread, or the one post. What hangs on a post hangs on the first."""
        alone = OutgoingPost(key, text, out.created_at, out.languages)
        one = alone if before else replace(out, text=text, parts=())
        with self.server.call("publish", changes=True):
            parent, root = (before[-1].id, before[0].id) if before else ("", "")
            return self._keep(key, one, parent=parent, root=root).ref

    def reply(self, out: OutgoingReply) -> Receipt:
        check_text(out.text, self.limits())
        with self.server.call("reply", changes=True):
            held = self._keep(out.intent_key, out, parent=out.parent.id, root=out.root.id)
        return Receipt(held.ref, out.intent_key)

    def read_back(self, ref: Ref) -> PublishedPost | None:
        with self.server.call("read_back", changes=False):
            return threads.read_back(ref, self._held)

    def _held(self, ref: Ref) -> PublishedPost | None:
        held = self.server.ours.get(ref.id)
        return _published(held) if held else None

    def look_up(self, intent_key: str, wanted: NormalPost | None = None) -> PublishedPost | None:
        texts = wanted.parts if wanted is not None and wanted.parts else ("",)
        keys = iter([part_key(intent_key, number) if number else intent_key for number in range(len(texts))])

        def after(_text: str, _before: PublishedPost | None) -> PublishedPost | None:
            key = next(keys)
            held = next((held for held in self.server.ours.values() if held.intent_key == key), None)
            return _published(held) if held else None

        with self.server.call("look_up", changes=False):
            return threads.found_of(texts, after)

    def reactions(self, refs: Sequence[Ref]) -> dict[str, Reactions]:
        if not self._capabilities.tells_reactions:
            refuse("reactions")
        with self.server.call("reactions", changes=False):
            ids = [ref.id for ref in refs if ref.id in self.server.ours]
        under = Counter(each.parent for each in self.server.comments.values())
        under.update(each.parent for each in self.server.ours.values())
        return {each: self.server.reactions.get(each, Reactions(0, 0, under[each], 0)) for each in ids}

    def replies(self, ref: Ref, since: datetime | None = None) -> list[IncomingItem]:
        with self.server.call("replies", changes=False):
            others = [item for item in self.server.comments.values() if item.root == ref.id]
            ours = [_as_item(held) for held in self.server.ours.values() if held.root == ref.id]
            found = [item for item in (*others, *ours) if item.author.id not in self.server.blocked]
            found.sort(key=lambda item: (item.created_at, item.ref.id))
        kept = [item for item in found if since is None or (item.seen_at or item.created_at) >= since]
        return kept * 2 if self.server.answers_twice else kept

    def mentions(self, since: datetime | None = None) -> list[IncomingItem]:
        with self.server.call("mentions", changes=False):
            found = [item for item in self.server.comments.values() if item.kind != "comment"]
        return [item for item in found if since is None or (item.seen_at or item.created_at) >= since]

    def search(self, words: str, since: datetime | None = None) -> list[IncomingItem]:
        self._check("search")
        with self.server.call("search", changes=False):
            found = [item for item in self.server.posts.values() if words.casefold() in item.text.casefold()]
        return [item for item in found if since is None or (item.seen_at or item.created_at) >= since]

    def look_again(self, refs: Sequence[Ref]) -> dict[str, IncomingItem | None]:
        with self.server.call("look_again", changes=False):
            return {ref.id: self.server.comments.get(ref.id) for ref in refs}

    def release(self, item: IncomingItem) -> None:
        self._check("release")
        self._change(item, "release", released=True, hidden=False)

    def hide(self, item: IncomingItem) -> None:
        self._check("hide")
        self._change(item, "hide", hidden=True)

    def remove(self, item: IncomingItem) -> None:
        self._check("remove")
        with self.server.call("remove", changes=True):
            self.server.comments.pop(item.ref.id, None)

    def block(self, author: Author, *, intent_key: str, at: datetime) -> None:
        self._check("block")
        with self.server.call("block", changes=True):
            self.server.blocked.add(author.id)

    def unblock(self, author: Author, *, block_key: str) -> None:
        self._check("block")
        with self.server.call("unblock", changes=True):
            self.server.blocked.discard(author.id)

    def report(self, item: IncomingItem, *, reason: str, note: str = "") -> str:
        self._check("report")
        with self.server.call("report", changes=True):
            self.server.reports.append((item.ref.id, reason))
            return str(len(self.server.reports))

    def close_comments(self, ref: Ref, *, at: datetime) -> None:
        self._check("close_comments")
        with self.server.call("close_comments", changes=True):
            if ref.id not in self.server.ours:
                raise NetworkError("not_found", what_next="give_up", status=404)
            self.server.ours[ref.id].comments_open = False

    def take_down(self, ref: Ref) -> None:
        with self.server.call("take_down", changes=True):
            threads.take_down(ref, self.server.remove)

    def profile(self) -> Profile:
        with self.server.call("profile", changes=False):
            return Profile(
                f"id:{self.handle}", self.handle, "A school", "", f"https://fake.test/{self.handle}"
            )

    def limits(self) -> Limits:
        return limits_of(self._capabilities)

    def session_to_keep(self) -> str | None:
        return None

    def _check(self, action: Action) -> None:
        if self._capabilities.way(action) is Way.NO:
            refuse(action)

    def _keep(
        self, intent_key: str, out: OutgoingPost | OutgoingReply, *, parent: str = "", root: str = ""
    ) -> Held:
        server = self.server
        if server.takes_keys:
            for held in server.ours.values():
                if held.intent_key == intent_key:
                    return held
        post_id = f"post-{server.number()}"
        comments_open = out.comments_open if isinstance(out, OutgoingPost) else True
        held = Held(
            Ref(self.key, post_id, f"https://fake.test/p/{post_id}", "1"),
            intent_key,
            out.normal(),
            out.text,
            out.created_at,
            parent,
            root,
            comments_open,
        )
        server.ours[post_id] = held
        return held

    def _change(
        self, item: IncomingItem, name: str, *, released: bool | None = None, hidden: bool | None = None
    ) -> None:
        with self.server.call(name, changes=True):
            known = self.server.comments.get(item.ref.id)
            if known is None:
                raise NetworkError("not_found", what_next="give_up", status=404)
            self.server.comments[item.ref.id] = replace(
                known,
                released=known.released if released is None else released,
                hidden=known.hidden if hidden is None else hidden,
            )


def _published(held: Held) -> PublishedPost:
    return PublishedPost(held.ref, held.normal, held.created_at, held.comments_open)


def _as_item(held: Held) -> IncomingItem:
    return IncomingItem(
        network=held.ref.network,
        ref=held.ref,
        author=Author("id:school.test", "school.test"),
        text=held.text,
        created_at=held.created_at,
        seen_at=held.created_at,
        parent=held.parent,
        root=held.root,
        ours=True,
        attachments=(),
        visibility="public",
    )
