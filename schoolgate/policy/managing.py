"""Reads of what line managers did about someone in their team."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from schoolgate.policy.models import ManagerStep, PolicyVersion
from schoolgate.rulebook.situations import learning as known


def steps_about(people: Iterable[int], version: PolicyVersion) -> QuerySet[ManagerStep]:
    """Return what line managers did about these people under a version, newest first."""
    rows = ManagerStep.objects.filter(version=version, person_id__in=list(people))
    return rows.select_related("by").order_by("-on", "-id")


def steps_of(people: Iterable[int], version: PolicyVersion) -> dict[int, tuple[known.ManagerStep, ...]]:
    """Return the same as facts, by person. One query."""
    found: dict[int, tuple[known.ManagerStep, ...]] = {}
    for row in steps_about(people, version):
        step = known.ManagerStep.model_validate({"what": row.did, "on": row.on})
        found[row.person_id] = (*found.get(row.person_id, ()), step)
    return found
