"""What a federation chose where its policy leaves something open. A choice is shown as the federation's own,
never as a clause."""

from datetime import date, datetime
from typing import get_args

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput
from schoolgate.core.events import record
from schoolgate.core.subjects import person_key
from schoolgate.people.models import Person
from schoolgate.policy.models import Choice
from schoolgate.policy.rules import check_may_own
from schoolgate.rulebook.situations.item_received import WorkingDayChoice
from schoolgate.rulebook.situations.personal import RhythmChosen, Topic
from schoolgate.rulebook.working_time import DaysThatCount

WORKING_DAY = "working_day"
EACH_TERM = "term"
OFTEN = 28
"""The fewest days between two reminders: a federation can't have its staff reminded every week."""


@action
def choose_working_day(*, by: Person, at: datetime, counting: DaysThatCount, from_day: date) -> Choice:
    """Say what counts as a working day here from a day on. Raises NotAllowed for all but the policy's
    owner."""
    check_may_own(by, on=local_day(at))
    choice = Choice.objects.create(what=WORKING_DAY, value=counting, by=by, at=at, from_day=from_day)
    record("choice.made", subject=choice, at=at, actor=by, what=WORKING_DAY, value=str(counting))
    return choice


def working_day_choice(*, on: date) -> WorkingDayChoice | None:
    """Return what the federation chose to count as a working day on that day; None: no choice was made."""
    row = Choice.objects.filter(what=WORKING_DAY, from_day__lte=on).order_by("-from_day", "-id").first()
    if row is None:
        return None
    return WorkingDayChoice(
        counting=DaysThatCount(row.value), by=person_key(row.by_id), from_day=row.from_day
    )


@action
def choose_reminders(*, by: Person, at: datetime, topic: Topic, each_term: bool, days: int | None) -> Choice:
    """Say how often staff are reminded to check their own accounts: as each term begins, or every so many
    days. Raises NotAllowed for all but the policy's owner; BadInput (days)."""
    check_may_own(by, on=local_day(at))
    if not each_term and (days is None or not OFTEN <= days <= 366):
        raise BadInput({"days": _("Enter a number of days from 28 to 366.")})
    value = EACH_TERM if each_term else str(days)
    what = f"own_{topic}"
    choice = Choice.objects.create(what=what, value=value, by=by, at=at, from_day=local_day(at))
    record("choice.made", subject=choice, at=at, actor=by, what=what, value=value)
    return choice


def reminders_chosen(*, on: date) -> dict[Topic, tuple[RhythmChosen, date]]:
    """Return how often staff are reminded of each topic on that day, and since when; topics without a choice
    are left out."""
    found: dict[Topic, tuple[RhythmChosen, date]] = {}
    names: dict[str, Topic] = {f"own_{topic}": topic for topic in get_args(Topic)}
    for row in Choice.objects.filter(what__in=names, from_day__lte=on).order_by("from_day", "id"):
        topic, each_term = names[row.what], row.value == EACH_TERM
        days = None if each_term else int(row.value)
        chosen = RhythmChosen(topic=topic, each_term=each_term, days=days, by=person_key(row.by_id))
        found[topic] = (chosen, row.from_day)
    return found
