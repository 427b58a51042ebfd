"""Record that several people leave on the same day: all or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.people import rules
from schoolgate.people.actions.leaving import record_departure
from schoolgate.people.models import Departure, Person

MOST_AT_ONCE = 100


@action
def record_leavings(*, by: Person, at: datetime, people: Sequence[Person], left_on: date) -> list[Departure]:
    """Record that several people leave on one day, each as `record_departure` does.

    If one of them is already known to be leaving, none is recorded: another day is set on their own page.

    Raises NotAllowed, NotFound, BadInput (people), NotNow (known already; no administrator would be left).
    """
    rules.check_may_administer(by, on=local_day(at))
    if not people:
        raise BadInput({"people": _("Choose at least one person.")})
    if len(people) > MOST_AT_ONCE:
        raise BadInput({"people": _("You can record at most 100 people at once. Import a list instead.")})
    standing = Person.objects.select_for_update().in_bulk([each.pk for each in people])
    if len(standing) < len({each.pk for each in people}):
        raise NotFound
    if any(one.left_on is not None for one in standing.values()):
        raise NotNow(
            _("One of these people was recorded as leaving in the meantime. Nothing was changed."),
            next_step=_("Open the list and check it again."),
        )
    return [record_departure(by=by, at=at, person=each, left_on=left_on) for each in standing.values()]
