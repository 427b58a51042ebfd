"""The governors' report: a way of showing evidence, for a period to choose, and the same as a file."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from schoolgate.core.errors import NotFound
from schoolgate.reports.governors.report import Report, report_for
from schoolgate.web.frame.doors import Visit
from schoolgate.web.reports.governors_files import FILES, file_of
from schoolgate.web.reports.governors_shown import shown
from schoolgate.web.reports.governors_wording import days_in_words, period_name


def page_of(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show the report for the period that `period` names, or the days `from` and `to`; days that are no
    period are named on the page, with the usual report; with `file`, the same as a file."""
    report, wrong = asked(request, visit)
    kind = request.GET.get("file", "")
    if kind:
        if kind not in FILES:
            raise NotFound
        return file_of(kind, report, visit)
    context = {
        "report": report,
        "shown": shown(report, visit),
        "name": period_name(report.period),
        "days": days_in_words(report.period.so_far(visit.on)),
        "before": days_in_words(report.before),
        "choices": [(each.key, period_name(each)) for each in report.choices],
        "listed": any(each.key == report.period.key for each in report.choices),
        "wrong": wrong,
        "files": FILES.items(),
        "today": visit.on.isoformat(),
    }
    return render(request, "evidence/governors.html", context)


def asked(request: HttpRequest, visit: Visit) -> tuple[Report, bool]:
    """Return the report that the address asks for, and whether its days are no period."""
    given = request.GET
    if given.get("from") or given.get("to"):
        try:
            return report_for(visit.person, f"{given.get('from')}_{given.get('to')}", at=visit.at), False
        except NotFound:
            return report_for(visit.person, "", at=visit.at), True
    return report_for(visit.person, given.get("period", ""), at=visit.at), False
