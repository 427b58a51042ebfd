"""Remind people to check their own accounts, as often as the policy or the federation's choice says."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta

from schoolgate.conduct import facts
from schoolgate.conduct.duty_kinds import CONNECTIONS, SETTINGS
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import discharge
from schoolgate.duties.batch import Opened, open_duties
from schoolgate.duties.due import Due
from schoolgate.duties.models import Duty
from schoolgate.duties.states import STILL_TO_DO
from schoolgate.people.models import Person
from schoolgate.people.queries import here_on
from schoolgate.policy.asking import answered, record_decisions, verdicts
from schoolgate.policy.choices import reminders_chosen
from schoolgate.policy.queries import policy_or_none
from schoolgate.rulebook.findings import Duty as Wanted
from schoolgate.rulebook.situations.personal import LastReminded, PersonalReminder, Topic

AT_ONCE = 200
"""People that one transaction of the sweep looks at."""
AHEAD = timedelta(days=7)
"""How long before its day a reminder becomes a task."""
KINDS: dict[str, tuple[Topic, str]] = {
    "own_settings": ("settings", SETTINGS),
    "own_connections": ("connections", CONNECTIONS),
}
"""What the policy calls the duty -> its topic, and its kind of task."""


@action
def remind_of_own_accounts(*, at: datetime, after: int = 0) -> int | None:
    """Open the tasks that the policy asks of people about their own accounts in the coming week; the
    program's own sweep. Nothing is opened without a rhythm, by the policy or the federation's choice.

    Returns where to continue; None at the end."""
    on = local_day(at)
    if policy_or_none(on) is None:
        return None
    people = list(Person.objects.filter(here_on(on), pk__gt=after).order_by("pk")[:AT_ONCE])
    chosen = reminders_chosen(on=on)
    since = max((day for _rhythm, day in chosen.values()), default=on)
    begins = facts.term_begins(on, since=since)
    last, standing = _reminded(people)
    asked = [
        facts.reminder_facts(
            one, at=at, chosen=[each for each, _day in chosen.values()], last=last[one.pk], term_begins=begins
        )
        for one in people
    ]
    wanted = []
    for one, known, decision in zip(people, asked, verdicts("personal.reminder", asked, on=on), strict=True):
        due = [
            each
            for each in decision.duties
            if _is_near(each, on) and KINDS[each.what][1] not in standing[one.pk]
        ]
        if due:
            wanted.append((one, known))
    _open(wanted, standing, on=on, at=at)
    return people[-1].pk if len(people) == AT_ONCE else None


def _open(
    wanted: list[tuple[Person, PersonalReminder]], standing: dict[int, set[str]], *, on: date, at: datetime
) -> None:
    """Save the decisions of those who are reminded now, and open their tasks."""
    kept = record_decisions("personal.reminder", [(known, one) for one, known in wanted], at=at, by=None)
    opened = []
    for (person, _known), row in zip(wanted, kept, strict=True):
        for each in answered(row).duties:
            kind = KINDS[each.what][1]
            if _is_near(each, on) and kind not in standing[person.pk]:
                due = Due.of(each.due)
                opened.append(Opened(kind, person, due, person=person, clauses=each.clauses, decision=row))
    open_duties(at=at, wanted=opened)


def _is_near(wanted: Wanted, on: date) -> bool:
    day = Due.of(wanted.due).day_in_london()
    return wanted.what in KINDS and day is not None and day <= on + AHEAD


def _reminded(people: list[Person]) -> tuple[dict[int, list[LastReminded]], dict[int, set[str]]]:
    """Return for each person the days they were last reminded for, and the kinds of task still open."""
    ids = {subject_of(one): one.pk for one in people}
    rows = Duty.objects.filter(kind__in=(SETTINGS, CONNECTIONS), subject__in=ids).order_by("id")
    topics = {kind: topic for topic, kind in KINDS.values()}
    days: dict[tuple[int, Topic], date] = {}
    standing: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        pk = ids[row.subject]
        if row.state in STILL_TO_DO:
            standing[pk].add(row.kind)
        days[pk, topics[row.kind]] = row.due_day or local_day(row.opened_at)
    last: dict[int, list[LastReminded]] = defaultdict(list)
    for (pk, topic), day in days.items():
        last[pk].append(LastReminded(topic=topic, on=day))
    return last, standing


@action
def note_connections_checked(*, by: Person, at: datetime) -> None:
    """Record that a person looked through their own connections, and nothing else about them."""
    discharge(kind=CONNECTIONS, subject=by, person=by, by=by, at=at, how="checked")
