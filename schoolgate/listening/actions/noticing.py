"""Notice that no one looks for public posts, that a school is left out, or that it is too long ago."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.duties.models import Duty
from schoolgate.duties.states import STILL_TO_DO
from schoolgate.listening.duty_kinds import SEARCH
from schoolgate.listening.facts import search_facts
from schoolgate.people.models import Person
from schoolgate.policy.asking import record_decision, verdict
from schoolgate.policy.choices import LISTENING, choose_days
from schoolgate.policy.models import Choice
from schoolgate.policy.queries import policy_begun
from schoolgate.policy.reviewing import keepers_of
from schoolgate.rulebook.kinds import Kind

SITUATION, POINT = "listening.search", "searched_for"
MISSED = (Kind.REQUIRES, Kind.BREACHED)
MOST_DAYS = 366


@action
def choose_how_often(*, by: Person, at: datetime, days: int) -> Choice:
    """Choose after how many days without a search a watch is overdue, where the policy names no number.

    Raises NotAllowed for all but the policy's owner, BadInput (days).
    """
    if not 1 <= days <= MOST_DAYS:
        raise BadInput({"days": _("Enter a number of days from 1 to 366.")})
    choice = choose_days(by=by, at=at, what=LISTENING, days=days, from_day=local_day(at))
    watch_searches(at=at, asks=False)
    return choice


@action
def watch_searches(*, at: datetime, asks: bool = True) -> None:
    """Open the task for the role that looks after the policy while the policy in force misses a search, and
    end it once it misses none; with `asks` False it only ends. Safe to run twice."""
    on = local_day(at)
    policy = policy_begun(on)
    if policy is None or not policy.book.clauses_at(SITUATION, POINT):
        return
    facts = search_facts(by=None, at=at)
    missed = verdict(SITUATION, facts, on=on).clauses_at(POINT, kinds=MISSED)
    if not missed:
        discharge(kind=SEARCH, subject=policy.version, by=None, at=at, how="searched")
        return
    owner, _overseer = keepers_of(policy.book)
    there = Duty.objects.filter(kind=SEARCH, state__in=STILL_TO_DO).exists()
    if asks and owner is not None and not there:
        kept = record_decision(SITUATION, facts, at=at, by=None, subject=policy.version)
        open_duty(
            kind=SEARCH, subject=policy.version, at=at, role=owner, due=Due.none_promised(), clauses=missed,
            decision=kept,
        )  # fmt: skip
