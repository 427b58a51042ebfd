"""The strip at the head of every page while the stop button is pressed."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import InstallationStop, Stop
from schoolgate.core.reading_once import AN_INSTANT, FixedQuery
from schoolgate.reports.frame import in_effect


def stopped_in_words(at: datetime) -> str | Promise:
    """Return a sentence that says what is stopped at the instant `at` in the federation in scope; empty for
    nothing."""
    if _everywhere().ask({AN_INSTANT: at}):
        return _("Posting is stopped on this installation. Nothing new goes out until the stop is lifted.")
    stops = _here().ask({AN_INSTANT: at})
    if not stops:
        return ""
    if any(stop.school is None for stop in stops):
        return _("Posting is stopped in this federation. Nothing new goes out until the stop is lifted.")
    schools = ", ".join(dict.fromkeys(stop.school.name for stop in stops if stop.school is not None))
    return format_lazy(
        _("Posting is stopped: {schools}. Nothing new goes out there until the stop is lifted."),
        schools=schools,
    )


@cache
def _everywhere() -> FixedQuery[InstallationStop]:
    return FixedQuery(InstallationStop.objects.filter(in_effect(AN_INSTANT)).order_by("pk")[:1])


@cache
def _here() -> FixedQuery[Stop]:
    rows = Stop.objects.filter(in_effect(AN_INSTANT)).select_related("school")
    return FixedQuery(rows.order_by("placed_at", "pk")[:20])
