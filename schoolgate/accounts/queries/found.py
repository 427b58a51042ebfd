"""Reads of unofficial pages in our name."""

from __future__ import annotations

from django.db.models import QuerySet

from schoolgate.accounts.models import FoundPage
from schoolgate.accounts.states import FOUND_ENDS
from schoolgate.core.errors import NotFound


def found_pages(*, standing: bool | None = None) -> QuerySet[FoundPage]:
    """Return unofficial pages for paging by `found_at`; unsettled ones, settled ones, or all."""
    rows = FoundPage.objects.select_related("school", "found_by", "proposal")
    if standing is None:
        return rows
    return rows.exclude(state__in=FOUND_ENDS) if standing else rows.filter(state__in=FOUND_ENDS)


def found_page(pk: int) -> FoundPage:
    """Return one unofficial page. Raises NotFound, also for another federation's."""
    found = (
        FoundPage.objects.select_related("school", "found_by", "proposal", "fake", "ended_by", "decision")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise NotFound
    return found
