"""The status of the policy: what is in force, what changes next, and what the visitor can do about it."""

from __future__ import annotations

from typing import Any

from schoolgate.core.clock import local_day
from schoolgate.policy.models import PolicyVersion, ReadingDraft
from schoolgate.policy.queries import PolicyInForce
from schoolgate.policy.states import VersionState
from schoolgate.policy.writing import is_own


def standing(policy: PolicyInForce, *, may_own: bool) -> dict[str, Any]:
    """Return what the page of the policy shows beside its text. Three queries for any visitor.

    An interpretation in progress is visible only to its owner until it is signed. Everyone may see a version
    in preparation.
    """
    coming = PolicyVersion.objects.filter(state__in=[VersionState.DRAFT, VersionState.ADOPTED])
    draft = ReadingDraft.objects.filter(version=policy.version).select_related("by").first()
    return {
        "coming": [
            {"version": row, "from_day": local_day(row.in_force_from) if row.in_force_from else None}
            for row in coming.order_by("state", "number")
            if row.pk != policy.version.pk
        ],
        "reading_draft": draft if may_own else None,
        "own_policy": is_own(policy.version),
        "last_review": policy.version.reviews.order_by("-id").first(),
    }
