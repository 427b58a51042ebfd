"""Open and end the tasks about guides and the programme: a guide's day to check it, a lesson before its term
ends, and what the policy wants taught in a school year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Model

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import Opened, Then, discharge, open_duties
from schoolgate.duties.models import STILL_TO_DO, Basis, Due, Duty
from schoolgate.people.models import Person
from schoolgate.people.persons import is_here
from schoolgate.people.rules import can
from schoolgate.policy import guides, rules
from schoolgate.policy.actions.parents_pages import watch_parents_pages
from schoolgate.policy.asking import record_decision, verdict
from schoolgate.policy.duty_kinds import CHECK_GUIDE, HOLD_LESSON, TEACH
from schoolgate.policy.queries import PolicyInForce, policy_begun
from schoolgate.policy.reviewing import keepers_of
from schoolgate.policy.states import Term
from schoolgate.rulebook.kinds import Kind

CHECK_NOTICE = timedelta(days=14)
"""How long before its day a task appears. No policy says: it is our own rule."""
PROGRAMME = ("every_year_group", "parents_programme")
"""The points of a school year's teaching that planning a lesson or talk can change."""


@action
def watch_guides(*, at: datetime) -> None:
    """Open the task to check a guide shortly before its day, for the person who wrote it; for the role
    that looks after the policy where they no longer may, and once it is overdue. Safe to run twice."""
    on = local_day(at)
    policy = policy_begun(on)
    if policy is None:
        return
    due = [one for one in guides.published() if one.shown and one.shown.check_by <= on + CHECK_NOTICE]
    asked = _asked_already(CHECK_GUIDE, [one.guide for one in due])
    wanted = []
    for one in due:
        if one.shown is not None and subject_of(one.guide) not in asked:
            shown = one.shown
            wanted += _for(policy, CHECK_GUIDE, one.guide, shown.by, shown.check_by, on=on)
    open_duties(at=at, wanted=wanted)


@action
def watch_programme(*, at: datetime) -> None:
    """Open the task to hold what is planned shortly before its term ends, for the person who planned it; and
    the task to plan what the policy in force finds missing from the school year. Safe to run twice."""
    on = local_day(at)
    policy = policy_begun(on)
    if policy is None:
        return
    this = guides.year_of(on)
    last_days = {(year, term): guides.last_day_of(year, term) for year in (this - 1, this) for term in Term}
    ending = {key: last for key, last in last_days.items() if last <= on + CHECK_NOTICE}
    rows = [one for year in (this - 1, this) for one in guides.lessons(year) if one.held_on is None]
    near = [one for one in rows if (one.year, one.term) in ending]
    asked = _asked_already(HOLD_LESSON, near)
    wanted = []
    for one in near:
        if subject_of(one) not in asked:
            wanted += _for(policy, HOLD_LESSON, one, one.by, ending[one.year, Term(one.term)], on=on)
    open_duties(at=at, wanted=wanted)
    terms = [last for (year, _term), last in ending.items() if year == this and last >= on]
    near_end = max(terms, default=None)
    _plan_what_is_missing(policy, near_end, at=at)
    watch_parents_pages(at=at, near=near_end)


def _plan_what_is_missing(policy: PolicyInForce, near: date | None, *, at: datetime) -> None:
    """Open or end the task to plan what the policy misses from this school year.

    `near`: the day on which a term is about to end; None in the middle of one, when nothing new is asked.
    """
    on = local_day(at)
    owner, overseer = keepers_of(policy.book)
    if owner is None or not policy.book.bound("education.status"):
        return
    facts = guides.education_facts(guides.year_of(on), on=on)
    found = verdict("education.status", facts, on=on)
    missing = found.clauses_at(*PROGRAMME, kinds=[Kind.BREACHED])
    if not missing:
        discharge(kind=TEACH, subject=policy.version, by=None, at=at, how="taught")
    elif near is not None and not _asked_already(TEACH, [policy.version]):
        kept = record_decision("education.status", facts, at=at, by=None, subject=policy.version)
        then = Then(basis=Basis.HOUSE, role=overseer) if overseer else None
        open_duties(at=at, wanted=[
            Opened(
                kind=TEACH, subject=policy.version, role=owner, due=Due.day(near), clauses=missing,
                decision=kept, then=then,
            )
        ])  # fmt: skip


def _asked_already(kind: str, things: Iterable[Model]) -> set[str]:
    """Return the subjects of those of these things with a task of this kind."""
    names = [subject_of(one) for one in things]
    rows = Duty.objects.filter(kind=kind, subject__in=names, state__in=STILL_TO_DO)
    return set(rows.values_list("subject", flat=True))


def _for(
    policy: PolicyInForce, kind: str, subject: Any, person: Person | None, due: date, *, on: date
) -> list[Opened]:
    """Return the task of this person, then of the role that looks after the policy; of that role alone where
    the person may do it no longer; none where there is neither."""
    owner, _overseer = keepers_of(policy.book)
    if person is not None and is_here(person, on) and can(rules.check_may_note_practice, person, on=on):
        then = Then(basis=Basis.HOUSE, role=owner) if owner else None
        return [Opened(kind=kind, subject=subject, due=Due.day(due), person=person, then=then)]
    return [Opened(kind=kind, subject=subject, due=Due.day(due), role=owner)] if owner else []
