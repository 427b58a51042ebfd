"""A person's duties in groups: what is late, what is for today, this week, later, and without a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolgate.core.clock import local_day
from schoolgate.core.subjects import number_of
from schoolgate.duties.models import Duty
from schoolgate.duties.states import Basis
from schoolgate.duties.urgency import Urgency
from schoolgate.inbox.duty_kinds import ANSWER, DANGER, READ, READ_AGAIN
from schoolgate.inbox.models import Item
from schoolgate.inbox.reason_words import dangers_in
from schoolgate.incidents.allegations import kinds_in_words
from schoolgate.incidents.duty_kinds import READ_DANGER, TAKE, URGENT
from schoolgate.incidents.most_pressing import most_pressing_first
from schoolgate.people.confined import meant_by
from schoolgate.web.frame.duty_words import ShownDuty, shown
from schoolgate.web.frame.times import ShownDue, due_in_short
from schoolgate.web.today.morning import Morning

GROUPS = {
    "danger": gettext_lazy("Danger"),
    "harm": gettext_lazy("Urgent"),
    "over": gettext_lazy("Overdue"),
    "today": gettext_lazy("Today"),
    "week": gettext_lazy("This week"),
    "later": gettext_lazy("Later"),
    "none": gettext_lazy("No deadline"),
}
BEFORE_TIME = {Urgency.DANGER: "danger", Urgency.HARM: "harm"}
OF_CONCERN = (TAKE, URGENT, READ_DANGER)
SAID_BY: Mapping[str, tuple[str, ...]] = {
    TAKE: (URGENT,), **dict.fromkeys((ANSWER, READ, READ_AGAIN), (DANGER,))
}  # fmt: skip
"""Kind of task -> those of danger about the same thing beside which it isn't shown."""
WHOSE_RULE = {
    Basis.POLICY: gettext_lazy("The policy says this."),
    Basis.CHOSEN: gettext_lazy("Your federation chose this."),
    Basis.HOUSE: gettext_lazy("This is Schoolgate’s own rule."),
}
LAST_DAY_OF_A_WEEK = 6
FOLDED = ("week", "later", "none")
"""Groups in which tasks with one title are folded beyond the first SHOWN: none is due today or earlier."""
SHOWN = 3


@dataclass(frozen=True)
class TodayDuty:
    """A duty as the page of today shows it. `notes`: how it came to this person, in plain sentences."""

    shown: ShownDuty
    due: ShownDue
    notes: Sequence[str]
    school: str
    when: bool
    """Whether to show its deadline: the heading already says that there is none, or that it's now."""
    since: datetime | None
    """When danger was told: of several, who reads them sees which is the newest."""


@dataclass(frozen=True)
class SameTitle:
    """Duties of a group that have one title, which is shown once; `more` are in a fold below."""

    title: str | Promise
    first: Sequence[TodayDuty]
    more: Sequence[TodayDuty]


@dataclass(frozen=True)
class Group:
    """Duties that belong together in time; `key` is one of GROUPS; `number`: of them all, of dangers those on
    other pages too."""

    key: str
    title: str | Promise
    duties: Sequence[TodayDuty]
    number: int

    @property
    def look(self) -> str:
        """Return the group whose look it has: urgent looks like overdue."""
        return "over" if self.key in BEFORE_TIME.values() else self.key

    @property
    def titles(self) -> list[SameTitle]:
        """Return the duties by title, each title where its first duty is; those of danger in their order,
        whatever their titles."""
        duties = list(self.duties)
        if self.key != BEFORE_TIME[Urgency.DANGER]:
            titles = list(dict.fromkeys(str(each.shown.title) for each in duties))
            duties.sort(key=lambda each: titles.index(str(each.shown.title)))
        shown = SHOWN if self.key in FOLDED else len(duties)
        found = [(title, list(rows)) for title, rows in groupby(duties, lambda each: str(each.shown.title))]
        return [SameTitle(title, rows[:shown], rows[shown:]) for title, rows in found]


def grouped(
    duties: Sequence[Duty], morning: Morning, names: Mapping[str, str], *, dangers: int
) -> list[Group]:
    """Return the non-empty groups of duties in their order: most urgent first, then soonest first; of dangers
    the most pressing. `names`: names of the things that the duties are about; `dangers`: how many there
    are."""
    at = morning.visit.at
    names = {**names, **_dangers(duties, names)}
    many_schools = len({duty.school_id for duty in duties}) > 1
    meant = meant_by({duty.subject for duty in duties if duty.moved_on_at and duty.then_person_id})
    rows: dict[str, list[TodayDuty]] = {key: [] for key in GROUPS}
    for each in shown(most_pressing_first(duties), morning.book, at=at, names=names):
        rows[group_of(each.duty, at=at)].append(_today(each, morning, meant, with_school=many_schools))
    in_danger = BEFORE_TIME[Urgency.DANGER]
    return [
        Group(key, GROUPS[key], found, dangers if key == in_danger else len(found))
        for key, found in rows.items()
        if found
    ]


def _dangers(duties: Sequence[Duty], names: Mapping[str, str]) -> dict[str, str]:
    """Return what a person's own tasks of danger are about: of several, they see which comes first. The items
    may be locked to them. A query each for comments and for concerns, none where there is none."""
    mine = {number_of(each.subject): each.subject for each in duties if each.kind == DANGER}
    rows = Item.every.filter(pk__in=mine).values_list("pk", "account__name", "why") if mine else ()
    found = {
        mine[pk]: " · ".join(
            [account, *map(str, dangers_in(why)[:1]), _("Comment {number}").format(number=pk)]
        )
        for pk, account, why in rows
    }
    concerns = {
        number_of(each.subject): each.subject
        for each in duties
        if each.kind in OF_CONCERN and each.urgency == Urgency.DANGER
    }
    for pk, kind in kinds_in_words(concerns).items():
        found[concerns[pk]] = " · ".join(filter(None, [names.get(concerns[pk], ""), str(kind)]))
    return found


def each_once(duties: Sequence[Duty], leading: Sequence[Duty]) -> list[Duty]:
    """Return these tasks of a person without those that another one says better: of a concern that no one
    takes, the alarm; of a comment that may show danger, to read it now, not a reply by tomorrow. `leading`:
    the beginning of the list, where all danger is."""
    said = {(each.kind, each.subject) for each in leading if each.urgency == Urgency.DANGER}
    return [
        each
        for each in duties
        if not any((better, each.subject) in said for better in SAID_BY.get(each.kind, ()))
    ]


def group_of(duty: Duty, *, at: datetime) -> str:
    """Return the one of GROUPS for a duty at an instant; a week ends on Sunday. Danger and harm ignore the
    time."""
    if duty.urgency in BEFORE_TIME:
        return BEFORE_TIME[Urgency(duty.urgency)]
    day = duty.due.day_in_london()
    if day is None:
        return "none"
    if duty.due.is_late(at):
        return "over"
    today = local_day(at)
    if day <= today:
        return "today"
    return "week" if day <= today + timedelta(days=LAST_DAY_OF_A_WEEK - today.weekday()) else "later"


def due_shown(duty: Duty, book_says: bool, *, at: datetime) -> ShownDue:
    """Return the deadline in few words. `book_says`: whether a clause of the policy is behind the duty."""
    return due_in_short(instant=duty.due_at, day=duty.due_day, at=at, promised=book_says)


def _today(
    each: ShownDuty, morning: Morning, meant: Mapping[str, set[int]], *, with_school: bool
) -> TodayDuty:
    duty = each.duty
    by_policy = any(clause.basis in ("policy", "chosen") for clause in each.clauses)
    return TodayDuty(
        shown=each,
        due=due_shown(duty, by_policy, at=morning.visit.at),
        notes=_notes(duty, morning, meant.get(duty.subject, set())),
        school=duty.school.name
        if with_school and duty.school is not None and not each.about.startswith(duty.school.name)
        else "",
        when=duty.urgency != Urgency.DANGER and bool(duty.due_at or duty.due_day),
        since=duty.opened_at if duty.urgency == Urgency.DANGER else None,
    )


def _notes(duty: Duty, morning: Morning, meant: set[int]) -> list[str]:
    """Return how it came to this person. `meant`: the people it may be about, who are no one to turn to."""
    me = morning.visit.person.pk
    mine = {row.role_key for row in morning.held}
    first = duty.person_id == me or (not duty.person_id and duty.role_key in mine)
    notes = [] if first or not duty.moved_on_at else _came(duty, morning)
    role = duty.role_key if first else duty.then_role_key
    if role and role in morning.acting_for:
        name = morning.acting_for[role]
        notes.append(_("You’re covering for {name}: {role}.").format(name=name, role=morning.role_name(role)))
    elif role and len(mine) > 1:
        notes.append(_("Because of your role: {role}.").format(role=morning.role_name(role)))
    told = duty.then_person_id not in meant
    if first and told and duty.moved_on_at and (duty.then_person_id or duty.then_role_key not in mine):
        notes.append(_went(duty, morning))
    return notes


def _came(duty: Duty, morning: Morning) -> list[str]:
    whom = duty.person.name if duty.person is not None else morning.role_name(duty.role_key)
    return [
        _("Passed to you because it is overdue."),
        _("First assigned to {whom}.").format(whom=whom),
        str(WHOSE_RULE[Basis(duty.then_basis)]),
    ]


def _went(duty: Duty, morning: Morning) -> str:
    then = duty.then_person
    whom = then.name if then is not None else morning.role_name(duty.then_role_key)
    return _("Overdue, so also sent to {whom}.").format(whom=whom)
