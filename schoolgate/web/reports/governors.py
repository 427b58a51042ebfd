"""The governors' report: a way of showing evidence, for a period to choose, and the same as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from schoolgate.core.clock import local_day
from schoolgate.core.documents import Cell, pdf_of, write_workbook
from schoolgate.core.errors import NotFound
from schoolgate.core.saying import subject_in_words
from schoolgate.duties.kinds import kind_of
from schoolgate.notices.kinds import address
from schoolgate.people.sheets import write_csv
from schoolgate.policy.queries import policy_or_none
from schoolgate.reports import governors_measures
from schoolgate.reports.governors import LEAVE, MOST, Asked, Report, asked_for, report_for, rows_behind
from schoolgate.reports.governors_measures import Period
from schoolgate.web.frame.charts import BarChart
from schoolgate.web.frame.doors import Visit, done, public_page
from schoolgate.web.frame.errors import coded
from schoolgate.web.frame.paging import number_in
from schoolgate.web.frame.shown import instant_in_words
from schoolgate.web.reports.governors_shown import (
    LABELS,
    ShownFigure,
    ShownReport,
    days_in_words,
    none_reached,
    period_name,
    shown,
)
from schoolgate.web.reports.subjects import page_of_subject

CSV, XLSX, PDF = "csv", "xlsx", "pdf"
FILES: Mapping[str, Promise] = {
    PDF: gettext_lazy("Download as PDF"),
    XLSX: gettext_lazy("Download as Excel"),
    CSV: gettext_lazy("Download as CSV"),
}
"""Kind of file, and what its link says."""
TYPES: Mapping[str, str] = {
    PDF: "application/pdf",
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Row = Sequence[Cell]


def file_of(kind: str, report: Report, visit: Visit) -> HttpResponse:
    """Return the report as a file of this kind (a key of `FILES`)."""
    found = shown(report, None)
    if kind == CSV:
        made = write_csv(_lines(report, found, visit))
    elif kind == PDF:
        made = pdf_of("governors", _paper(report, found, visit), at=report.at)
    else:
        made = write_workbook([(title, list(rows)) for title, rows in _sheets(report, found, visit)])
    answer = HttpResponse(made, content_type=TYPES[kind])
    name = f"governors-{report.period.first.isoformat()}-{report.period.last.isoformat()}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def about(report: Report, visit: Visit) -> list[tuple[str, str]]:
    """Return the first lines of a file: the federation, the days, and when it was counted."""
    name, days = period_name(report.period), days_in_words(report.period.so_far(visit.on))
    found = [
        (_("Federation"), visit.federation.name),
        (_("Period"), name if name == days else f"{name}: {days}"),
        (_("Counted"), instant_in_words(report.at)),
    ]
    if report.comparable:
        found.append((_("Compared with"), days_in_words(report.before)))
    if report.schools is not None:
        found.append((_("Schools"), ", ".join(report.names.values()) or none_reached(report)))
    return found


def _sheets(report: Report, found: ShownReport, visit: Visit) -> Iterator[tuple[str, list[Row]]]:
    first: list[Row] = [
        [_("Governors’ report"), ""],
        *([label, words] for label, words in about(report, visit)),
    ]
    for title, lines in _said(found):
        first += [[], [title], *([line] for line in lines)]
    yield _("Governors’ report"), first
    yield _("Figures"), list(_figures(found))
    if found.schools:
        yield _("Between schools"), list(_schools(found))
    if found.sections:
        yield _("Sections of the policy"), list(_sections(found))


def _lines(report: Report, found: ShownReport, visit: Visit) -> Iterator[Row]:
    """All of it in one list, for CSV: one table below the other."""
    for number, (_title, rows) in enumerate(_sheets(report, found, visit)):
        if number:
            yield []
        yield from rows


def _said(found: ShownReport) -> list[tuple[str, Sequence[str]]]:
    return [
        (_("Changes"), found.changes or [found.no_change]),
        (_("Risks"), [each.text for each in found.risks] or [found.no_risk]),
        (_("Questions to ask"), found.questions),
    ]


def _figures(found: ShownReport) -> Iterator[Row]:
    yield [_("Figure"), _("Section"), _("This period"), _("Period before")]
    for part in found.parts:
        if part.note:
            yield [part.note, part.title]
        for each in part.figures:
            yield [each.label, part.title, each.now, each.then]


def _schools(found: ShownReport) -> Iterator[Row]:
    yield found.schools_heads
    for name, numbers in found.schools:
        yield [name, *(number for _label, number in numbers)]


def _sections(found: ShownReport) -> Iterator[Row]:
    for words in found.sections_notes:
        yield [words]
    yield [_("Section"), _("Status"), _("Why")]
    for each in found.sections:
        yield [each.name, each.state, each.why]


def _paper(report: Report, found: ShownReport, visit: Visit) -> dict[str, Any]:
    """The report as the template of the PDF takes it: texts, and lists of texts."""
    heads = [_("Figure"), _("This period"), *([_("Period before")] if report.comparable else [])]
    return {
        "language": get_language() or "en",
        "federation": visit.federation.name,
        "title": _("Governors’ report"),
        "about": [list(each) for each in about(report, visit)],
        "said": [{"title": title, "lines": list(lines)} for title, lines in _said(found)],
        "figures_title": _("Figures"),
        "heads": heads,
        "parts": [
            {
                "title": part.title,
                "note": part.note,
                "rows": [_paper_row(each, compared=report.comparable) for each in part.figures],
                "charts": [_drawn(each) for each in part.charts],
            }
            for part in found.parts
        ],
        "schools_title": _("Between schools"),
        "schools_heads": list(found.schools_heads),
        "schools": [[name, *(str(number) for _label, number in numbers)] for name, numbers in found.schools],
        "schools_charts": [_drawn(found.schools_chart)] if found.schools_chart else [],
        "sections_title": _("Sections of the policy"),
        "sections_notes": list(found.sections_notes),
        "sections_heads": [_("Section"), _("Status"), _("Why")],
        "sections": [[each.name, each.state, each.why] for each in found.sections],
    }


def _drawn(chart: BarChart) -> dict[str, Any]:
    """Return a chart as the template draws it, with the same in words."""
    longest = max(bar.value for bar in chart.bars) or 1
    return {
        "title": str(chart.title),
        "alt": f"{chart.title}. " + ". ".join(f"{bar.label}: {bar.value}" for bar in chart.bars),
        "bars": [
            {"label": bar.label, "value": str(bar.value), "share": bar.value / longest} for bar in chart.bars
        ],
    }


def _paper_row(each: ShownFigure, *, compared: bool) -> list[str]:
    then = "–" if each.then is None else str(each.then)
    return [each.label, str(each.now), *([then] if compared else [])]


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


urlpatterns = [
    path("<slug:federation>/governors/<secret:token>", by_link, name="governors-by-link"),
]
