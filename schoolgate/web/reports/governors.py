"""The governors' report: a way of showing evidence, for a period to choose, and the same as a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound
from schoolgate.core.subject_words import subject_in_words
from schoolgate.duties.kinds import kind_of
from schoolgate.notices.kinds import address
from schoolgate.policy.queries import policy_or_none
from schoolgate.reports import governors_measures
from schoolgate.reports.governors import LEAVE, MOST, Asked, Report, asked_for, report_for, rows_behind
from schoolgate.reports.governors_measures import Period
from schoolgate.web.frame.doors import Visit, done, public_page
from schoolgate.web.frame.limits import coded
from schoolgate.web.frame.numbers import number_in
from schoolgate.web.reports.governors_files import FILES, file_of
from schoolgate.web.reports.governors_shown import shown
from schoolgate.web.reports.governors_wording import LABELS, days_in_words, period_name
from schoolgate.web.reports.subjects import page_of_subject

A = TypeVar("A", bound=Asked)


def page_of(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show the report for the period that `period` names, or the days `from` and `to`; days that are no
    period are named on the page, with the usual report; with `file`, the same as a file; with `rows`, the
    rows behind one number."""
    if request.method == "POST":
        return _acted(request, visit)
    kind, key = request.GET.get("file", ""), request.GET.get("rows", "")
    if key:
        return _rows(request, visit, key)
    report, wrong = asked(request, visit)
    if kind:
        if kind not in FILES:
            raise NotFound
        return file_of(kind, report, visit)
    context = {
        **_context(report, visit, looks=visit),
        "choices": [(each.key, period_name(each)) for each in report.choices],
        "listed": any(each.key == report.period.key for each in report.choices),
        "wrong": wrong,
        "files": FILES.items(),
        "today": visit.on.isoformat(),
        "here": _address(report.period),
        "lasts": governors_measures.LASTS.days,
        "links": [_link(each, visit) for each in governors_measures.links_of(visit.person, at=visit.at)],
    }
    return render(request, "evidence/governors.html", context)


def asked(request: HttpRequest, visit: Visit) -> tuple[Report, bool]:
    """Return the report that the address asks for, and whether its days are no period."""
    return _asked(request, visit, report_for)


def _asked(request: HttpRequest, visit: Visit, made: Callable[..., A]) -> tuple[A, bool]:
    given = request.GET
    if given.get("from") or given.get("to"):
        try:
            return made(visit.person, f"{given.get('from')}_{given.get('to')}", at=visit.at), False
        except NotFound:
            return made(visit.person, "", at=visit.at), True
    return made(visit.person, given.get("period", ""), at=visit.at), False


def _rows(request: HttpRequest, visit: Visit, key: str) -> HttpResponseBase:
    what, _wrong = _asked(request, visit, asked_for)
    found, number = rows_behind(what, key)
    role = _role(key.removeprefix(LEAVE), visit) if key.startswith(LEAVE) else ""
    context = {
        "label": _("Permissions given, by role") if role else LABELS[key],
        "role": role,
        "beside": _("Given by") if role else _("Task") if any(each.beside for each in found) else "",
        "name": period_name(what.period),
        "back": _address(what.period),
        "rows": [
            {
                "day": local_day(each.at) if isinstance(each.at, datetime) else each.at,
                "subject": subject_in_words(each.subject),
                "href": page_of_subject(each.subject, visit),
                "beside": each.beside if role else kind_of(each.beside).title,
            }
            for each in found
        ],
        "number": number,
        "most": MOST if len(found) == MOST else None,
    }
    return render(request, "evidence/governors_rows.html", context)


def _role(key: str, visit: Visit) -> str:
    """Return the policy's own name of a role. Raises NotFound for none of it."""
    policy = policy_or_none(visit.on)
    name = policy.book.role_names.get(key) if policy else None
    if name is None:
        raise NotFound
    return name


@coded("governors-by-link", part="token")
@public_page
def by_link(request: HttpRequest, visit: Visit, token: str) -> HttpResponseBase:
    """Show the report of a link's days without signing in, as the person who made it may see it; the view is
    recorded."""
    link, maker = governors_measures.open_link(at=visit.at, token=token)
    report = report_for(maker, link.period.key, at=visit.at)
    answer = render(
        request, "evidence/governors_by_link.html", {**_context(report, visit, looks=None), "link": link}
    )
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _context(report: Report, visit: Visit, *, looks: Visit | None) -> dict[str, Any]:
    return {
        "report": report,
        "shown": shown(report, looks),
        "name": period_name(report.period),
        "days": days_in_words(report.period.so_far(visit.on)),
        "before": days_in_words(report.before),
    }


def _acted(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Make a link to the report that is shown, or disable one."""
    what, _wrong = _asked(request, visit, asked_for)
    if "end" in request.POST:
        governors_measures.end_link(by=visit.person, at=visit.at, number=number_in(request.POST["end"]))
        return done(request, _("Link disabled."), _address(what.period))
    governors_measures.make_link(by=visit.person, at=visit.at, period=what.period)
    return done(request, _("Link made. Copy it from below."), _address(what.period))


def _address(period: Period) -> str:
    return f"{reverse('evidence')}?{urlencode({'as': 'report', 'period': period.key})}"


def _link(link: governors_measures.Link, visit: Visit) -> dict[str, Any]:
    return {
        "link": link,
        "days": days_in_words(link.period),
        "address": address("governors-by-link", federation=visit.federation.slug, token=link.token),
    }


urlpatterns = [path("<slug:federation>/governors/<secret:token>", by_link, name="governors-by-link")]
