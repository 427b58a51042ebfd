"""A no to a picture that someone writes below a post or in a message: a task of its own, due the same day,
for those who take posts down here. The withdrawal itself is recorded where every other one is, on the pupil's
own page (`pupils.answering`), which takes down each copy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from schoolgate.core.clock import local_day
from schoolgate.duties.due import Due
from schoolgate.inbox.actions.tasks import open_task
from schoolgate.inbox.duty_kinds import NO_PICTURE
from schoolgate.inbox.models import Item
from schoolgate.inbox.ranking import says_no_to_a_picture
from schoolgate.inbox.rules import SEES
from schoolgate.inbox.states import ItemState
from schoolgate.people.queries import book_for


def ask_about_pictures(rows: Iterable[Item], *, at: datetime) -> None:
    """Ask those who may take posts down here, and find what comes in, to take a picture down the same day."""
    for row in rows:
        if row.state == ItemState.OPEN and says_no_to_a_picture(row):
            pack = book_for(row.account).pack
            finds = {role.key for each in SEES for role in pack.roles_with(each)}
            for role in pack.roles_with("stop_everything"):
                if role.key in finds:
                    open_task(row, kind=NO_PICTURE, at=at, role=role.key, due=Due.day(local_day(at)))
