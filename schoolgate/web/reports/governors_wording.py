"""The governors' report in words: labels of its figures, risks, questions, and names of periods."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolgate.reports.governors import DONE, LATE, OVERDUE, State
from schoolgate.reports.governors_measures import AUTUMN, SPRING, SUMMER, TERM, YEAR, Counted, Period

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
