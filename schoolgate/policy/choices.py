"""What a federation chose where its policy leaves something open. A choice is shown as the federation's own,
never as a clause."""

from datetime import date, datetime

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
from schoolgate.rulebook.working_time import DaysThatCount

WORKING_DAY = "working_day"
MONITORED_COPIES = "monitored_copies"
CANDIDATE_RESULTS = "candidate_results"
LONGEST_DAYS = 3650


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
def choose_days(*, by: Person, at: datetime, what: str, days: int, from_day: date) -> Choice:
    """Choose for how many days something is stored here from a day on, where the policy gives no number.

    Raises NotAllowed for all but the policy's owner, BadInput (days).
    """
    check_may_own(by, on=local_day(at))
    if not 1 <= days <= LONGEST_DAYS:
        raise BadInput({"days": _("Enter a number of days between 1 and 3650.")})
    choice = Choice.objects.create(what=what, value=str(days), by=by, at=at, from_day=from_day)
    record("choice.made", subject=choice, at=at, actor=by, what=what, value=str(days))
    return choice


def days_chosen(what: str, *, on: date) -> int | None:
    """Return the number of days that the federation chose for something; None: no choice was made."""
    row = Choice.objects.filter(what=what, from_day__lte=on).order_by("-from_day", "-id").first()
    return int(row.value) if row is not None else None
