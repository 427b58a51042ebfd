"""The governors' report as its page and its files show it: the same sections, rows and words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from schoolgate.inbox.rules import SEES
from schoolgate.incidents.said import SAYS
from schoolgate.reports.governors import LEAVE, LISTED, Report, Section
from schoolgate.reports.governors_measures import FEWEST, Period, Third
from schoolgate.reports.rules import SEES_EVIDENCE
from schoolgate.web.frame.charts import BarChart, bar_chart
from schoolgate.web.frame.doors import Visit, opens
from schoolgate.web.frame.times import day_in_words
from schoolgate.web.reports.governors_wording import (
    ALWAYS,
    FIGURES,
    LABELS,
    OF_SECTION,
    QUESTIONS,
    STATES,
    TITLES,
    band_in_words,
    change_in_words,
    months_in_words,
    risk_in_words,
)

THREE = 3
BY_SCHOOL = ("posts_published", "replies_in_time", "replies_late", "removals")
"""The figures that are compared between schools."""
LISTS = {
    "accounts_open": ("accounts", {}),
    "keys_late": ("accounts", {"show": "risk"}),
    "ack_bound": ("known", {}),
    "ack_yes": ("known", {"show": "yes"}),
    "ack_waiting": ("known", {"show": "waiting"}),
    "review_overdue": ("policy", {}),
}
"""Figure -> the page with its rows, and what narrows it to them."""


@dataclass(frozen=True)
class ShownFigure:
    """One row. `then`: None where nothing was counted before, or the figure is of the day of viewing."""

    label: str
    now: int | str
    then: int | None = None
    href: str = ""
    quoted: bool = False


@dataclass(frozen=True)
class ShownPart:
    """A section of the report."""

    key: str
    title: str
    figures: Sequence[ShownFigure]
    charts: Sequence[BarChart] = ()
    note: str = ""


@dataclass(frozen=True)
class ShownNumber:
    """What was counted under a section, and where the rows are."""

    label: str
    number: int
    href: str = ""


@dataclass(frozen=True)
class ShownSection:
    """A section of the policy with what it was found to be."""

    name: str
    state: str
    kind: str
    numbers: Sequence[ShownNumber]
    href: str

    @property
    def why(self) -> str:
        """The numbers in one line, for a file."""
        return ". ".join(f"{each.label}: {each.number}" for each in self.numbers)


@dataclass(frozen=True)
class ShownRisk:
    """A risk in words, and where its rows are."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class ShownReport:
    """The whole report in words."""

    changes: Sequence[str]
    no_change: str
    """What is said where there is no change to tell of."""
    nothing: str
    """Why all figures are nought, for a reader whose roles are for no school."""
    risks: Sequence[ShownRisk]
    no_risk: str
    questions: Sequence[str]
    parts: Sequence[ShownPart]
    sections: Sequence[ShownSection]
    sections_notes: Sequence[str]
    """What the status of a section means."""
    schools: Sequence[tuple[str, Sequence[tuple[str, int]]]] = field(default_factory=tuple)
    """Each school with its figures: label and number."""
    schools_heads: Sequence[str] = field(default_factory=tuple)
    schools_chart: BarChart | None = None


def shown(report: Report, visit: Visit | None) -> ShownReport:
    """Return the report in words. `visit`: who looks, for the links; None for a file, which has none."""
    changes = [change_in_words(key, counted) for key in report.changes if (counted := report.of(key))]
    risks = report.risks
    asks = [str(QUESTIONS[key]) for key, _number in risks]
    schools = _between_schools(report)
    return ShownReport(
        changes=changes,
        nothing=none_reached(report),
        no_change=(
            _("No number has changed much.")
            if report.comparable
            else _("There is nothing to compare with yet.")
        ),
        risks=[ShownRisk(risk_in_words(key, number), _href(key, report, visit)) for key, number in risks],
        no_risk=_("Nothing counted here is a risk."),
        questions=[*asks, *map(str, ALWAYS)][:THREE],
        parts=list(_parts(report, visit)),
        sections=[shown_section(each, report.period, visit) for each in report.sections],
        sections_notes=list(_notes(report)),
        schools=schools,
        schools_heads=[_("School"), *(str(LABELS[key]) for key in BY_SCHOOL)],
        schools_chart=_chart_of_schools(schools),
    )


def none_reached(report: Report) -> str:
    """Return what is said to a reader whose roles are for no school, such as a line manager of people; empty
    for any other."""
    if report.schools is None or report.names:
        return ""
    return _("None of your roles is for a school, so nothing is counted here for you.")


def _notes(report: Report) -> Iterator[str]:
    if report.schools is not None:
        yield none_reached(report) or _("Only your schools’ tasks count here, not the federation’s records.")
    yield _(
        "Overdue: a task was past its deadline when the period ended. Late this term: a task "
        "was done late. On track: something was recorded and nothing was late. Concerns and "
        "data breaches aren’t counted here."
    )


def _parts(report: Report, visit: Visit | None) -> Iterator[ShownPart]:
    for key, title in TITLES.items():
        figures = [each for name in FIGURES[key] if (each := _figure(name, report, visit)) is not None]
        note = _review(report) if key == "policy" else ""
        if key == "promises":
            note = _("Tasks count here only under a clause of the policy. Today also has Schoolgate’s own.")
        if figures or note:
            yield ShownPart(key, str(title), figures, _charts(key, report), note)
        if key == "posts" and report.schools is None:
            yield _leave(report, visit)
        if key == "removals":
            yield from _concerns(report)


def _figure(key: str, report: Report, visit: Visit | None) -> ShownFigure | None:
    counted, label = report.of(key), str(LABELS[key])
    href = _href(key, report, visit)
    if counted is not None:
        return ShownFigure(label, counted.now, counted.then if report.comparable else None, href)
    if key not in report.today:
        return None
    if key == "review_overdue":
        return ShownFigure(label, _("Yes") if report.today[key] else _("No"), href=href)
    return ShownFigure(label, report.today[key], href=href)


def _href(key: str, report: Report, visit: Visit | None) -> str:
    """The page with exactly the rows that were counted; none for people by school and for pupils, and where
    there are none."""
    if visit is None:
        return ""
    if report.schools is None:
        if key == "comments_received" and SEES & visit.capacities:
            now = report.period.so_far(visit.on)
            query = {"show": "all", "since": now.first.isoformat(), "until": now.last.isoformat()}
            return f"{reverse('inbox')}?{urlencode(query)}"
        name, narrowed = LISTS.get(key, ("", {}))
        if name and opens(visit, name):
            return f"{reverse(name)}?{urlencode(narrowed)}" if narrowed else reverse(name)
    counted = report.of(key)
    number = report.today.get(key, 0) if counted is None else counted.now
    return rows_address(report.period, key) if key in LISTED and number else ""


def rows_address(period: Period, key: str) -> str:
    """Return the address of the rows behind a number."""
    return f"{reverse('evidence')}?{urlencode({'as': 'report', 'period': period.key, 'rows': key})}"


def _review(report: Report) -> str:
    if report.policy is None:
        return _("No policy has been adopted here yet")
    due = report.policy.review_due
    return _("Next review due: {day}").format(day=day_in_words(due)) if due else _("No review date is set.")


def _leave(report: Report, visit: Visit | None) -> ShownPart:
    names = report.policy.book.role_names if report.policy else {}
    figures = [
        ShownFigure(
            names.get(role, role),
            each.now,
            each.then if report.comparable else None,
            quoted=True,
            href=rows_address(report.period, f"{LEAVE}{role}")
            if visit and each.now and role in names
            else "",
        )
        for role, each in report.leave
    ]
    return ShownPart(
        "leave",
        _("Permissions given, by role"),
        figures,
        note="" if figures else _("No permission was given in this period or the one before."),
    )


def _concerns(report: Report) -> Iterator[ShownPart]:
    if report.schools is not None:
        note = _("Concerns are reported for the whole federation only, so that no one can be recognised.")
        yield ShownPart("concerns", _("Concerns by type"), (), note=note)
        return
    told = _(
        "Fewer than {fewest} of a type is never shown. Numbers are given in steps, for whole "
        "months, once they are over. Concerns restricted to safeguarding leads, or about "
        "people who work here, aren’t counted."
    ).format(fewest=FEWEST)
    if not report.concerns:
        none_over = _("No whole months of this period are over yet.")
        told = f"{none_over} {told}"
    figures = [each for third in report.concerns for each in _of_third(third)]
    yield ShownPart("concerns", _("Concerns by type"), figures, note=told)


def _of_third(third: Third) -> Iterator[ShownFigure]:
    when = months_in_words(third.period)
    for kind, least in sorted(third.bands.items(), key=lambda pair: -pair[1]):
        name = SAYS[kind].label if kind in SAYS else _("Type not given")
        yield ShownFigure(f"{when}: {name}", band_in_words(least, FEWEST))
    rest = _("every other type") if third.bands else _("every type")
    yield ShownFigure(f"{when}: {rest}", _("fewer than {fewest}").format(fewest=FEWEST))


def shown_section(section: Section, period: Period, visit: Visit | None) -> ShownSection:
    """Return a section in words; its numbers and its name are links, but not in a file."""
    words, kind = STATES[section.state]
    sees = visit is not None and SEES_EVIDENCE & visit.capacities
    evidence = f"{reverse('evidence')}#section-{section.number}" if sees else ""
    numbers = [
        ShownNumber(str(label), number, "" if visit is None else tasks_address(period, section.number, key))
        for key, label in OF_SECTION.items()
        if (number := getattr(section, key))
    ]
    if section.recorded:
        numbers.append(ShownNumber(_("Records"), section.recorded, evidence))
    return ShownSection(section.name, str(words), kind, numbers, evidence)


def tasks_address(period: Period, section: int, key: str) -> str:
    """Return the address of the tasks behind a number of a section."""
    query = {"as": "status", "period": period.key, "section": section, "rows": key}
    return f"{reverse('today')}?{urlencode(query)}"


def _between_schools(report: Report) -> list[tuple[str, Sequence[tuple[str, int]]]]:
    if len(report.names) < 2:
        return []
    places: dict[str, Collection[int | None]] = {name: {pk} for pk, name in report.names.items()}
    others = {pk for key in BY_SCHOOL for pk in report.numbers.get(key, {})} - set(report.names)
    if others:
        places[_("No single school")] = others
    return [
        (name, [(str(LABELS[key]), _in(report, key, schools)) for key in BY_SCHOOL])
        for name, schools in places.items()
    ]


def _in(report: Report, key: str, schools: Collection[int | None]) -> int:
    return sum(each.now for pk, each in report.numbers.get(key, {}).items() if pk in schools)


def _chart_of_schools(rows: Sequence[tuple[str, Sequence[tuple[str, int]]]]) -> BarChart | None:
    values = [(name, numbers[0][1]) for name, numbers in rows]
    return _chart(str(LABELS[BY_SCHOOL[0]]), _("School"), _("Posts"), values)


def _charts(key: str, report: Report) -> list[BarChart]:
    if key != "promises":
        return []
    names = ("replies_in_time", "replies_late", "replies_overdue")
    values = [(str(LABELS[name]), counted.now) for name in names if (counted := report.of(name)) is not None]
    chart = _chart(_("Replies with a deadline in the policy"), _("Figure"), _("Replies"), values)
    return [chart] if chart else []


def _chart(title: str, label: str, head: str, values: Sequence[tuple[str, int]]) -> BarChart | None:
    if not any(value for _label, value in values):
        return None
    return bar_chart(values, title=title, description=title, label_head=label, value_head=head)
