"""Status by section: what is at risk, and how a person's part follows each section of the policy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from schoolgate.core.clock import local_day
from schoolgate.core.subject_words import subject_in_words
from schoolgate.duties.kinds import kind_of
from schoolgate.duties.models import Duty
from schoolgate.policy.queries import PolicyInForce, by_section, policy_or_none
from schoolgate.reports.governors import Part, Section, State, part_of, sections_of, tasks_behind_number
from schoolgate.reports.rules import SEES_EVIDENCE
from schoolgate.web.frame.charts import BarChart, bar_chart
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.numbers import number_in
from schoolgate.web.reports.governors_shown import shown_section
from schoolgate.web.reports.governors_wording import OF_SECTION, STATES, days_in_words, period_name
from schoolgate.web.reports.subjects import page_of_subject
from schoolgate.web.today.morning import Morning
from schoolgate.web.today.risks import mine_at_risk

MOST = 200
"""How many tasks a page shows."""


def status_of(request: HttpRequest, morning: Morning) -> HttpResponseBase:
    """Show it for the newest term, or the days that `period` names; with `rows`, the tasks that one number of
    a section counted."""
    visit, given = morning.visit, request.GET
    policy = policy_or_none(visit.on)
    if policy is None:
        return render(request, "today/status.html", {"risks": mine_at_risk(morning)})
    part = part_of(visit.person, visit.held, given.get("period", ""), at=visit.at)
    context = {
        "policy": policy,
        "name": period_name(part.period),
        "days": days_in_words(part.period.so_far(visit.on)),
        "part": part,
    }
    if "rows" in given:
        return _rows(request, visit, policy, part, context)
    found = sections_of(policy.book, part)
    context |= {
        "risks": mine_at_risk(morning),
        "chart": _chart(found),
        "groups": _groups(found, part, visit),
        "may_report": bool(SEES_EVIDENCE & visit.capacities),
    }
    return render(request, "today/status.html", context)


def _chart(found: Sequence[Section]) -> BarChart:
    values = [
        (str(words), sum(each.state is state for each in found)) for state, (words, _) in STATES.items()
    ]
    return bar_chart(
        values,
        title=_("Sections of the policy"),
        description=_("Sections of the policy by status."),
        label_head=_("Status"),
        value_head=_("Sections"),
    )


def _groups(found: Sequence[Section], part: Part, visit: Visit) -> list[dict[str, Any]]:
    groups = [
        {
            "title": words,
            "open": state in (State.BROKEN, State.WATCHED),
            "sections": [shown_section(each, part.period, visit) for each in found if each.state is state],
        }
        for state, (words, _kind) in STATES.items()
    ]
    return [each for each in groups if each["sections"]]


def _rows(
    request: HttpRequest, visit: Visit, policy: PolicyInForce, part: Part, context: dict[str, Any]
) -> HttpResponseBase:
    number, kind = number_in(request.GET.get("section", "")), request.GET["rows"]
    found = tasks_behind_number(policy.book, part, number, kind, most=MOST)
    sections = [name for name, _clauses in by_section(policy.book.clauses.values())]
    context |= {
        "section": sections[number - 1],
        "label": OF_SECTION[kind],
        "back": f"{reverse('today')}?{urlencode({'as': 'status', 'period': part.period.key})}",
        "rows": [_row(each, visit) for each in found],
        "most": MOST if len(found) == MOST else None,
    }
    return render(request, "today/status_rows.html", context)


def _row(duty: Duty, visit: Visit) -> dict[str, Any]:
    return {
        "title": kind_of(duty.kind).title,
        "subject": subject_in_words(duty.subject),
        "href": page_of_subject(duty.subject, visit),
        "opened": local_day(duty.opened_at),
        "ended": local_day(duty.ended_at) if duty.ended_at else None,
    }
