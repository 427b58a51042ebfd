"""Pages for parents on the schools' own websites: reads, facts, and the look whether one is there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from schoolgate.core.errors import NotFound
from schoolgate.core.models import School
from schoolgate.core.outside.client import CannotRead, Opener
from schoolgate.core.web_address import parts_of
from schoolgate.policy.models import ParentsPage
from schoolgate.policy.states import PageState
from schoolgate.rulebook.situations.learning import ParentsPage as PageFact

LONGEST = 500
LOOK_AGAIN, TRY_AGAIN = timedelta(days=7), timedelta(days=1)
"""How long after a look the next one is due, and after a page that couldn't be read: our own rule."""
AT_ONCE = 200
_FOUND = {PageState.THERE: True, PageState.MISSING: False}
_THERE = frozenset({"no_page", "too_large"})
"""Why something isn't read that was there all the same: a PDF, or a very long page."""

Fetch = Callable[[str], Any]


def parents_pages() -> list[ParentsPage]:
    """Return the pages that are entered, by school; the federation's own website first."""
    rows = ParentsPage.objects.filter(ended_at=None).select_related("school", "by")
    return sorted(rows, key=lambda row: row.school.name if row.school else "")


def parents_page(pk: int) -> ParentsPage:
    """Return a page that is entered. Raises NotFound."""
    found = ParentsPage.objects.filter(pk=pk, ended_at=None).first()
    if found is None:
        raise NotFound
    return found


def page_facts() -> dict[str, Any]:
    """Return the pages and the schools as facts of a school year's teaching. Two queries."""
    return {
        "pages": tuple(
            PageFact(school=row.school.name if row.school else None, found=_FOUND.get(PageState(row.state)))
            for row in parents_pages()
        ),
        "schools": tuple(School.objects.order_by("name").values_list("name", flat=True)),
    }


def is_web_address(address: str) -> bool:
    """Return whether this can be a public page: https, a host with a dot, and nothing that signs in."""
    parts = parts_of(address)
    if not (0 < len(address) <= LONGEST) or " " in address or not address.isprintable():
        return False
    return parts.scheme == "https" and "." in (parts.hostname or "") and not (parts.port or parts.username)


def due_for_a_look(*, at: datetime) -> list[int]:
    """Return the pages that weren't looked for within a week, or a day after one couldn't be read, longest
    ago first. One query."""
    late = Q(looked_at=None) | Q(looked_at__lte=at - LOOK_AGAIN)
    late |= Q(state=PageState.UNREADABLE, looked_at__lte=at - TRY_AGAIN)
    rows = ParentsPage.objects.filter(late, ended_at=None).order_by("looked_at", "pk")
    return list(rows.values_list("pk", flat=True)[:AT_ONCE])


def state_of(address: str, fetch: Fetch | None = None) -> PageState:
    """Look whether a page is there. What can't be reached or read proves nothing. Network work: no scope."""
    opener = fetch or Opener(agent="Schoolgate (looks for a page for parents)").fetch
    try:
        opener(address)
    except CannotRead as error:
        if error.why == "not_there":
            return PageState.MISSING
        return PageState.THERE if error.why in _THERE else PageState.UNREADABLE
    return PageState.THERE
