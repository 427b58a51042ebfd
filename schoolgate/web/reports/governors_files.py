"""The governors' report as a file: the same figures and words as its page, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from schoolgate.core.pdf import pdf_of
from schoolgate.core.spreadsheets import Cell, write_workbook
from schoolgate.people.sheets import write_csv
from schoolgate.reports.governors import Report
from schoolgate.web.frame.charts import BarChart
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.times import instant_in_words
from schoolgate.web.reports.governors_shown import ShownFigure, ShownReport, none_reached, shown
from schoolgate.web.reports.governors_wording import days_in_words, period_name

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
