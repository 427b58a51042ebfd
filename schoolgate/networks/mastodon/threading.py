"""A thread on a server that speaks Mastodon's API: one status after the other, each answering the one
before it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from schoolgate.networks import threads
from schoolgate.networks.normal import tidy_text
from schoolgate.networks.port import NetworkError, OutgoingPost, Ref

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
