"""Posts about which a person has to do something: a network refused one on an account, what it shows isn't
known or not as approved, or a copy that is to go is still there."""

from functools import partial

from django.db.models import Exists, OuterRef, Q, QuerySet

from schoolgate.core.tenancy import current_scope
from schoolgate.networks.handshake import Intent
from schoolgate.networks.intents import TO_DRIVE
from schoolgate.publishing.models import Delivery, Post, RemovalSaid
from schoolgate.publishing.states import PostState, Purpose

OPEN = (PostState.SENDING, PostState.PUBLISHED)
"""States in which a network's answer about publishing still needs someone. What was sent nowhere is
"not sent" already; what is being taken down needs no more sending."""


def refusals() -> QuerySet[Delivery]:
    """Return the deliveries that wait for a person's decision."""
    later = Delivery.objects.filter(
        post=OuterRef("post"), account=OuterRef("account"), purpose=Purpose.PUBLISH, pk__gt=OuterRef("pk")
    )
    said = RemovalSaid.objects.filter(delivery=OuterRef("pk"), gone=None)
    not_sent = Q(state=Intent.FAILED) & ~Exists(later)
    sent = Q(purpose=Purpose.PUBLISH, post__state__in=OPEN)
    still_there = Q(by_hand=True, state=Intent.WRITTEN) & ~Exists(said)
    gone = Q(purpose=Purpose.TAKE_DOWN, post__state__in=[*OPEN, PostState.TAKING_DOWN])
    asked = Q(state__in=[Intent.ASKED, Intent.DIFFERENT])
    return Delivery.objects.filter(sent & (asked | not_sent) | gone & (asked | still_there))


def are_stuck() -> Q:
    """Return the condition for posts with such a delivery."""
    return Q(pk__in=refusals().values("post"))


def with_stuck(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Return these posts, each with whether it is `stuck`, and whether all that is left is `by_hand`."""
    left = Delivery.objects.filter(post=OuterRef("pk"), purpose=Purpose.PUBLISH, state__in=TO_DRIVE)
    return posts.annotate(
        is_stuck=Exists(refusals().filter(post=OuterRef("pk"))),
        is_by_hand=Exists(left.filter(by_hand=True)) & ~Exists(left.filter(by_hand=False)),
    )


def asking_if_stuck(post: Post) -> Post:
    """Return the post, which finds out whether it is `stuck` when its `stuck` is first read.

    Most code that reads one post doesn't, and finding out takes longer than the post itself. Raises NoScope
    where that is outside the scope.
    """
    vars(post)["is_stuck"] = partial(_is_stuck, post.pk)
    return post


def _is_stuck(pk: int) -> bool:
    current_scope()
    return refusals().filter(post=pk).exists()
