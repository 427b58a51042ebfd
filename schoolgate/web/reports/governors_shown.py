"""The governors' report as its page and its files show it, in the reader's language: the same sections,
rows and words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolgate.inbox.seeing import SEES
from schoolgate.incidents.report_facts import SAYS
from schoolgate.reports.evidence import SEES_EVIDENCE
from schoolgate.reports.governors import DONE, LATE, LEAVE, LISTED, OVERDUE, Report, Section, State
from schoolgate.reports.governors_measures import (
    AUTUMN,
    FEWEST,
    SPRING,
    SUMMER,
    TERM,
    YEAR,
    Counted,
    Period,
    Third,
)
from schoolgate.web.frame.charts import BarChart, bar_chart
from schoolgate.web.frame.doors import Visit, opens
from schoolgate.web.frame.shown import day_in_words

TITLES: Mapping[str, Promise] = {
    "accounts": gettext_lazy("Accounts and the two-person rule"),
    "posts": gettext_lazy("Posts and refusals"),
    "promises": gettext_lazy("Deadlines met"),
    "removals": gettext_lazy("Removals and appeals"),
    "knowing": gettext_lazy("Training and acknowledgement"),
    "consents": gettext_lazy("Consents"),
    "keys": gettext_lazy("Passwords and keys"),
    "policy": gettext_lazy("Policy review"),
}
FIGURES: Mapping[str, tuple[str, ...]] = {
    "accounts": ("accounts_open", "accounts_few", "accounts_opened", "accounts_closed"),
    "posts": ("posts_published", "posts_alone", "posts_refused", "posts_taken_down"),
    "promises": (
        "comments_received", "replies_in_time", "replies_late", "replies_overdue", "tasks_in_time",
        "tasks_late", "tasks_overdue",
    ),
    "removals": ("removals", "removals_told", "appeals", "appeals_upheld"),
    "knowing": ("people_trained", "ack_bound", "ack_yes", "ack_waiting", "manager_steps"),
    "consents": ("consents_given", "consents_refused", "withdrawals"),
    "keys": ("keys_ended", "keys_late"),
    "policy": (
        "reviews", "rulings", "practice", "changes_recommended", "changes_open", "review_overdue",
    ),
}  # fmt: skip
"""The figures of each section of the report, in order."""
LABELS: Mapping[str, Promise] = {
    "accounts_open": gettext_lazy("Open accounts today"),
    "accounts_few": gettext_lazy("Open accounts today that fewer than two people run"),
    "accounts_opened": gettext_lazy("Accounts opened"),
    "accounts_closed": gettext_lazy("Accounts closed"),
    "posts_published": gettext_lazy("Posts published"),
    "posts_alone": gettext_lazy("Posts published without a second person’s approval"),
    "posts_refused": gettext_lazy("Posts that the policy didn’t allow as written"),
    "posts_taken_down": gettext_lazy("Posts taken down"),
    "comments_received": gettext_lazy("Comments and messages received"),
    "replies_in_time": gettext_lazy("Replies sent in time"),
    "replies_late": gettext_lazy("Replies sent late"),
    "replies_overdue": gettext_lazy("Replies overdue"),
    "tasks_in_time": gettext_lazy("Tasks finished in time"),
    "tasks_late": gettext_lazy("Tasks finished late"),
    "tasks_overdue": gettext_lazy("Tasks overdue today"),
    "removals": gettext_lazy("Comments hidden or deleted"),
    "removals_told": gettext_lazy("Hidden or deleted, and readers told why"),
    "appeals": gettext_lazy("Appeals"),
    "appeals_upheld": gettext_lazy("Appeals upheld"),
    "people_trained": gettext_lazy("People trained"),
    "manager_steps": gettext_lazy("Steps by line managers"),
    "ack_bound": gettext_lazy("People who must read the policy, today"),
    "ack_yes": gettext_lazy("People who say they’ve read the policy, today"),
    "ack_waiting": gettext_lazy("People who haven’t said they’ve read the policy, today"),
    "consents_given": gettext_lazy("Consents given"),
    "consents_refused": gettext_lazy("Consents refused"),
    "withdrawals": gettext_lazy("Consents withdrawn"),
    "keys_ended": gettext_lazy("Passwords changed or destroyed"),
    "keys_late": gettext_lazy("Passwords overdue for changing today"),
    "reviews": gettext_lazy("Reviews of the policy"),
    "rulings": gettext_lazy("Rulings on what the policy means"),
    "practice": gettext_lazy("Notes on how the policy works"),
    "changes_recommended": gettext_lazy("Changes recommended"),
    "changes_open": gettext_lazy("Risks and changes without an outcome, today"),
    "review_overdue": gettext_lazy("Policy overdue for review today"),
}
QUESTIONS: Mapping[str, Promise] = {
    "replies_overdue": gettext_lazy("Who is answering the people who are still waiting, and by when?"),
    "tasks_overdue": gettext_lazy("Which overdue tasks matter most, and who will finish them?"),
    "keys_late": gettext_lazy("When will the overdue passwords be changed, and what caused the delay?"),
    "accounts_few": gettext_lazy("Who takes over an account if the only person who runs it is away?"),
    "review_overdue": gettext_lazy("When will the policy be reviewed?"),
    "replies_late": gettext_lazy("What made replies late, and what has changed since?"),
    "tasks_late": gettext_lazy("What made tasks late, and what has changed since?"),
    "ack_waiting": gettext_lazy("How will the people who haven’t answered be asked again?"),
    "posts_alone": gettext_lazy("Why did posts go out without a second person’s approval?"),
    "changes_open": gettext_lazy("What happened to the recommended changes?"),
    "appeals_upheld": gettext_lazy("What was learned from the appeals that were upheld?"),
}
ALWAYS: tuple[Promise, ...] = (
    gettext_lazy("What worries the people who run the accounts most?"),
    gettext_lazy("What would pupils and parents say about our accounts?"),
    gettext_lazy("What should we stop doing?"),
)
"""Questions that fill the list where there are fewer than three risks."""
STATES: Mapping[State, tuple[Promise, str]] = {
    State.BROKEN: (gettext_lazy("Overdue"), "no"),
    State.WATCHED: (gettext_lazy("Late this term"), "wait"),
    State.KEPT: (gettext_lazy("On track"), "good"),
    State.SILENT: (gettext_lazy("Nothing recorded"), ""),
}
OF_SECTION: Mapping[str, Promise] = {
    OVERDUE: gettext_lazy("Overdue"),
    LATE: gettext_lazy("Done late"),
    DONE: gettext_lazy("Done"),
}
"""What is counted of the tasks under a section."""
SEASONS: Mapping[str, Promise] = {
    AUTUMN: gettext_lazy("Autumn term {year}"),
    SPRING: gettext_lazy("Spring term {year}"),
    SUMMER: gettext_lazy("Summer term {year}"),
}


def period_name(period: Period) -> str:
    """Return "Autumn term 2026", "School year 2026/27", or the days."""
    if period.kind == TERM:
        return str(SEASONS[period.season]).format(year=period.first.year)
    if period.kind == YEAR:
        return _("School year {year}").format(year=period.year)
    return days_in_words(period)


def days_in_words(period: Period) -> str:
    """Return "2 September 2026 to 18 December 2026"."""
    first, last = _day(period.first), _day(period.last)
    return _("{first} to {last}").format(first=first, last=last) if first != last else first


def months_in_words(period: Period) -> str:
    """Return "September to December 2026", for whole months."""
    first, last = MONTHS[period.first.month], MONTHS[period.last.month]
    return _("{first} to {last} {year}").format(first=first, last=last, year=period.last.year)


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month]} {day.year}"


def change_in_words(key: str, counted: Counted) -> str:
    """Return how a figure moved against the period before."""
    words = _("{label}: up from {then} to {now}")
    if counted.now < counted.then:
        words = _("{label}: down from {then} to {now}")
    return words.format(label=LABELS[key], then=counted.then, now=counted.now)


def risk_in_words(key: str, number: int) -> str:
    """Return a risk with its number; what is only so or not has none."""
    if key == "review_overdue":
        return _("The policy is overdue for review. It still applies.")
    return _("{label}: {number}").format(label=LABELS[key], number=number)


def band_in_words(least: int, width: int) -> str:
    """Return "5 to 9", "10 to 14"."""
    return _("{least} to {most}").format(least=least, most=least + width - 1)


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
        "Numbers below {fewest} are never shown. Others are rounded down in steps of {fewest}, for "
        "whole months that are over. Concerns restricted to safeguarding leads, or about "
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
