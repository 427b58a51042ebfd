"""End the tasks about an item that not everyone may find any more."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from schoolgate.duties.actions import cancel
from schoolgate.duties.models import Duty
from schoolgate.duties.queries import about
from schoolgate.inbox.actions.tasks import open_task
from schoolgate.inbox.duty_kinds import (
    APPEAL,
    CONFIRM_GONE,
    NO_PICTURE,
    REMOVE,
    REVIEW_BLOCK,
    TAKE_DOWN,
    TELL,
)
from schoolgate.inbox.models import Item
from schoolgate.people.models import Person

STILL_NEEDED = (APPEAL, CONFIRM_GONE, NO_PICTURE, REMOVE, REVIEW_BLOCK, TAKE_DOWN, TELL)
"""Tasks that have to be done although it is locked: the safeguarding leads get them, with their deadline."""


def end_tasks_of_others(item: Item, *, at: datetime, by: Person | None = None) -> None:
    """End the tasks about an item that is locked now; those that are needed still go to the leads."""
    for task in end_tasks(item, because="locked", at=at, by=by):
        open_task(item, kind=task.kind, at=at, due=task.due, clauses=task.clauses)


def end_tasks(
    item: Item, *, because: str, at: datetime, by: Person | None, but: Collection[str] = ()
) -> list[Duty]:
    """End every task about an item and its replies, but those of some kinds. Return those that are still
    needed, one of each kind: the most pressing."""
    tasks = [task for each in (item, *item.answers.all()) for task in about(each) if task.still_to_do]
    waiting = [task for task in tasks if task.kind not in but]
    for kind, subject in sorted({(task.kind, task.subject) for task in waiting}):
        cancel(kind=kind, subject=subject, because=because, at=at, by=by)
    latest_first = sorted(waiting, key=lambda task: task.due_by, reverse=True)
    return list({task.kind: task for task in latest_first if task.kind in STILL_NEEDED}.values())
