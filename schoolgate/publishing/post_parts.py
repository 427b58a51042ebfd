"""What belongs to a post, each read with what its pages show of it (`core.reading_once`)."""

from typing import Any

from django.db.models import Prefetch

from schoolgate.core.reading_once import Parts
from schoolgate.publishing.models import (
    Approval,
    Delivery,
    LeftOut,
    PostMark,
    PostPerson,
    PostPicture,
    PostTarget,
    PostWriter,
    RemovalSaid,
)


def _deliveries() -> "Prefetch[Any]":
    said = Prefetch("removals_said", RemovalSaid.objects.select_related("by"))
    rows = Delivery.objects.select_related("account", "done_by").prefetch_related("take_downs", said)
    return Prefetch("deliveries", rows.order_by("id"))


PARTS: Parts = {
    "placed": lambda: Prefetch(
        "placed", PostPicture.objects.select_related("picture__film").order_by("place")
    ),
    "targets": lambda: Prefetch(
        "targets", PostTarget.objects.select_related("account__school").order_by("account_id")
    ),
    "people": lambda: Prefetch(
        "people",
        PostPerson.objects.select_related("pupil").prefetch_related("pupil__changes").order_by("place"),
    ),
    "hit_answers": lambda: "hit_answers",
    "left_out": lambda: Prefetch("left_out", LeftOut.objects.select_related("pupil", "by")),
    "link_cards": lambda: "link_cards__words_read",
    "used_permissions": lambda: "used_permissions__permission__places",
    "writers": lambda: Prefetch("writers", PostWriter.objects.select_related("person").order_by("id")),
    "approvals": lambda: Prefetch("approvals", Approval.objects.select_related("by").order_by("-id")),
    "marks": lambda: Prefetch(
        "marks", PostMark.objects.select_related("raised_by", "judged_by").order_by("id")
    ),
    "deliveries": _deliveries,
}
"""What belongs to a post."""
