"""The next step for one thing on its way to a network: a post, a reply, its removal, a comment, an author."""

from __future__ import annotations

from procrastinate.contrib.django import app

from schoolgate.core.clock import now
from schoolgate.core.work import lanes
from schoolgate.inbox import blocking, moderating, replying, taking_off
from schoolgate.inbox.taking_off import ADVANCE
from schoolgate.jobs import beating
from schoolgate.publishing import sending as posts


@app.task(name="sending.advance", queue=lanes.SENDING)
def send(federation_id: int, delivery_id: int) -> None:
    """Take one intent as far as it can go now."""
    with beating.part_of("minutely.send_due", f"delivery-{delivery_id}"):
        posts.advance(federation_id, delivery_id, clock=now)


@app.task(name="answering.advance", queue=lanes.SENDING)
def answer(federation_id: int, answer_id: int) -> None:
    """Take one reply as far as it can go now."""
    with beating.part_of("minutely.poll", f"answer-{answer_id}"):
        replying.advance(federation_id, answer_id, clock=now)


@app.task(name=ADVANCE, queue=lanes.SENDING)
def take_reply_down(federation_id: int, removal_id: int) -> None:
    """Take one take-down of a reply as far as it can go now."""
    with beating.part_of("minutely.poll", f"reply-removal-{removal_id}"):
        taking_off.advance(federation_id, removal_id, clock=now)


@app.task(name="moderating.advance", queue=lanes.SENDING)
def moderate(federation_id: int, moderation_id: int) -> None:
    """Take one moderator's step as far as it can go now."""
    with beating.part_of("minutely.poll", f"moderation-{moderation_id}"):
        moderating.advance(federation_id, moderation_id, clock=now)


@app.task(name="author_steps.advance", queue=lanes.SENDING)
def deal_with_author(federation_id: int, step_id: int) -> None:
    """Take one step about an author as far as it can go now."""
    with beating.part_of("minutely.poll", f"author-step-{step_id}"):
        blocking.advance(federation_id, step_id, clock=now)
