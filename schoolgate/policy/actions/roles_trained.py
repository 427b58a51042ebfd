"""Open and end the task to train someone for the role they hold, as the policy in force asks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.subjects import number_of
from schoolgate.duties.actions import Opened, cancel, discharge, open_duties
from schoolgate.duties.models import STILL_TO_DO, Due, Duty
from schoolgate.people.models import Person
from schoolgate.policy.asking import record_decisions
from schoolgate.policy.duty_kinds import TRAIN_ROLE
from schoolgate.policy.queries import policy_begun
from schoolgate.policy.roles_trained import SITUATION, ForRole, training_for_roles
from schoolgate.rulebook import Book
from schoolgate.rulebook.findings import clauses_of

AHEAD = timedelta(days=30)
"""How long before training stops counting it becomes a task. No policy says: it is our own rule."""


@action
def watch_roles(*, at: datetime, of: Iterable[Person] | None = None) -> None:
    """Open the task to train those whose roles ask it and who lack it, or will within a month; end it for
    those who have it. `of`: only these people. Safe to run twice. The role that records training gets it."""
    on = local_day(at)
    policy = policy_begun(on)
    keeper = trainer(policy.book) if policy else None
    if policy is None or keeper is None:
        return
    ids = None if of is None else [one.pk for one in of]
    rows = training_for_roles(policy, on=on, of=ids, ahead=on + AHEAD)
    lacking: dict[int, list[ForRole]] = {}
    for one in rows:
        if one.missing:
            lacking.setdefault(one.person.pk, []).append(one)
    duties = Duty.objects.filter(kind=TRAIN_ROLE, state__in=STILL_TO_DO)
    standing = {number_of(subject): subject for subject in duties.values_list("subject", flat=True)}
    trained = {one.person.pk: one for one in rows if one.person.pk not in lacking}
    for pk, subject in standing.items():
        if pk in trained:
            record_decisions(SITUATION, [(trained[pk].facts, subject)], at=at, by=None)
            discharge(kind=TRAIN_ROLE, subject=subject, by=None, at=at, how="trained")
        elif pk not in lacking and (ids is None or pk in ids):
            cancel(kind=TRAIN_ROLE, subject=subject, because="role_ended", at=at)
    new = [found for pk, found in lacking.items() if pk not in standing]
    kept = record_decisions(SITUATION, [(one[0].facts, one[0].person) for one in new], at=at, by=None)
    open_duties(
        at=at,
        wanted=[
            Opened(
                kind=TRAIN_ROLE,
                subject=found[0].person,
                role=keeper,
                due=Due.day(found[0].until) if found[0].until else Due.none_promised(),
                clauses=_clauses(found),
                decision=row,
            )
            for found, row in zip(new, kept, strict=True)
        ],
    )


def trainer(book: Book) -> str | None:
    """Return the key of the role that records training: the first that decides on accounts, else that looks
    after people."""
    deciding = book.pack.roles_with("decide_account") or book.pack.roles_with("administer")
    return next((role.key for role in deciding), None)


def _clauses(found: Iterable[ForRole]) -> tuple[str, ...]:
    return clauses_of(each for one in found for each in one.missing)
