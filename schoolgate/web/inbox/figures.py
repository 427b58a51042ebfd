"""Figures of the inbox as a page: a way of showing it, with a period and a school to choose."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import dropwhile
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from schoolgate.core.errors import NotFound
from schoolgate.core.models import School
from schoolgate.inbox.figures import MOST, Figures, Sums, figures_for, month_of, week_of
from schoolgate.inbox.listing import reach_of
from schoolgate.inbox.states import AppealState, CloseReason, ItemKind, WhyKeptBack
from schoolgate.web.frame.charts import BarChart, bar_chart
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.numbers import number_in
from schoolgate.web.inbox.desk import check_sees_some

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
IN_HOURS = 2 * DAY
"""A span shorter than this is said in hours."""


@dataclass(frozen=True)
class Period:
    """A period to choose, and what its charts count by."""

    key: str
    label: Promise
    weeks: int
    span_of: Callable[[date], date] = week_of


PERIODS = (
    Period("4", gettext_lazy("Last 4 weeks"), 4),
    Period("12", gettext_lazy("Last 12 weeks"), 12),
    Period("52", gettext_lazy("Last 12 months"), 52, month_of),
)
USUAL = PERIODS[1]


def shown(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show the figures of what the visitor may read in the inbox. Raises NotFound for a period or school
    that isn't offered, and NotAllowed for people who may read nothing in any inbox."""
    asked = request.GET
    check_sees_some(visit)
    period = next((each for each in PERIODS if each.key == asked.get("period", USUAL.key)), None)
    schools = _schools(visit)
    school = number_in(asked["school"]) if asked.get("school") else None
    if period is None or (school is not None and school not in schools):
        raise NotFound
    since = period.span_of(visit.on - timedelta(weeks=period.weeks - 1))
    found = figures_for(visit.person, at=visit.at, since=since, span_of=period.span_of, school=school)
    context = {
        "periods": PERIODS,
        "period": period,
        "schools": schools if len(schools) > 1 else {},
        "school": school,
        "figures": found,
        "most": MOST,
        "row": _row(found.whole),
        "spans": [
            (_span_name(day, period), _row(sums))
            for day, sums in sorted(found.spans.items(), reverse=True)
            if sums.received or sums.removed
        ],
        "by_month": period.span_of is month_of,
        "by_school": _by_school(found, schools),
        "charts": _charts(found, period),
        "closed": _named(CloseReason.choices, found.closed_because),
        "appeals": _named(AppealState.choices, found.appeals),
    }
    return render(request, "inbox/figures.html", context)


def _schools(visit: Visit) -> dict[int, str]:
    """Return the schools of which the visitor may read items, by id."""
    reach = reach_of(visit.person, on=visit.on)
    rows = School.objects.order_by("name", "pk")
    return dict((rows if reach.everything else rows.filter(pk__in=reach.schools)).values_list("pk", "name"))


def _row(sums: Sums) -> dict[str, Any]:
    """Return the figures of one line of a table, in words."""
    return {
        "sums": sums,
        "typical": span_in_words(sums.typical) if sums.typical is not None else "–",
        "slowest": span_in_words(sums.slowest) if sums.slowest is not None else "–",
        "met": _("{met} of {promised}").format(met=sums.kept, promised=sums.promised)
        if sums.promised
        else "–",
    }


def _by_school(found: Figures, schools: Mapping[int, str]) -> list[tuple[str, dict[str, Any]]]:
    """Return a line for each school, those with nothing too; then what belongs to no school."""
    rows = [(name, found.schools.get(pk, Sums())) for pk, name in schools.items()]
    others = [sums for pk, sums in found.schools.items() if pk not in schools]
    if len(rows) + len(others) < 2:
        return []
    return [(name, _row(sums)) for name, sums in rows] + [("", _row(sums)) for sums in others]


def _span_name(day: date, period: Period) -> str:
    if period.span_of is month_of:
        return f"{MONTHS[day.month]} {day.year}"
    return _("Week of {day} {month}").format(day=day.day, month=str(MONTHS_3[day.month]).capitalize())


def _named(choices: Sequence[tuple[str, Any]], counted: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return each code's words with its number, the largest first; without those that never came."""
    found = [(str(label), counted[key]) for key, label in choices if counted.get(key)]
    return sorted(found, key=lambda pair: -pair[1])


def _charts(found: Figures, period: Period) -> list[BarChart]:
    """Return the charts of which there is anything to draw, from the first week or month with something."""
    label = _("Month") if period.span_of is month_of else _("Week")
    filled = dropwhile(lambda pair: not (pair[1].received or pair[1].removed), sorted(found.spans.items()))
    spans = [(_span_name(day, period), sums) for day, sums in filled]
    charts = [
        bar_chart(
            [(name, sums.received) for name, sums in spans],
            title=_("Comments and messages received"),
            description=_("How many came in, by the day on which they appeared."),
            label_head=label,
            value_head=_("Received"),
        ),
        bar_chart(
            [(name, sums.met) for name, sums in spans if sums.met is not None],
            title=_("Deadlines met, in per cent"),
            description=_("Of the replies with a deadline in the policy, how many were sent in time."),
            label_head=label,
            value_head=_("Per cent"),
            full=100,
        ),
        bar_chart(
            _named(ItemKind.choices, found.kinds),
            title=_("By type"),
            description=_("How many of each type came in."),
            label_head=_("Type"),
            value_head=_("Received"),
        ),
        bar_chart(
            _named(WhyKeptBack.choices, found.removed_because),
            title=_("Why comments were hidden or deleted"),
            description=_("The reason that the moderator chose."),
            label_head=_("Reason"),
            value_head=_("Comments"),
        ),
    ]
    return [chart for chart in charts if any(bar.value for bar in chart.bars)]


def span_in_words(span: timedelta) -> str:
    """Return elapsed time as people say it: minutes, then hours with minutes, from two days on days."""
    if span >= IN_HOURS:
        return ngettext("{number} day", "{number} days", span.days).format(number=span.days)
    hours, minutes = span // HOUR, span % HOUR // timedelta(minutes=1)
    parts = []
    if hours:
        parts.append(ngettext("{number} hour", "{number} hours", hours).format(number=hours))
    if minutes or not hours:
        parts.append(ngettext("{number} minute", "{number} minutes", minutes).format(number=minutes))
    return " ".join(parts)
