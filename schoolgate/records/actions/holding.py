"""Hold records back from destruction, and end such a hold."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core import holds
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.core.models import Hold
from schoolgate.core.retention import Kind
from schoolgate.people.models import Person
from schoolgate.records.queries import holds_seen
from schoolgate.records.rules import check_decides, check_may_know, check_may_see
from schoolgate.records.states import Because


@action
def hold_kind(*, by: Person, at: datetime, kind: Kind, because: str) -> Hold:
    """Destroy nothing of a kind until the hold is lifted. Raises NotAllowed, BadInput: because."""
    check_may_see(by, on=local_day(at))
    return holds.place(subject=kind.subject, because=_known(because), by=by, at=at)


@action
def hold_thing(*, by: Person, at: datetime, kind: Kind, pk: int, because: str) -> Hold:
    """Keep one thing, and what was copied of it, until the hold is lifted.

    Waits for a destruction that is under way: then what went is not there any more. Raises NotAllowed,
    NotFound where there is none or it was destroyed, BadInput: because.
    """
    check_may_see(by, on=local_day(at))
    check_may_know(by, kind, pk, on=local_day(at))
    holds.one_at_a_time()
    return holds.place(subject=kind.subject_of(pk), because=_known(because), by=by, at=at)


@action
def lift_hold(*, by: Person, at: datetime, hold: Hold) -> Hold:
    """End a hold. Raises NotAllowed, NotFound where only others may know of the thing, NotNow where it has
    ended."""
    check_decides(by, on=local_day(at))
    if hold not in holds_seen(by, on=local_day(at)) and hold.lifted_at is None:
        raise NotFound
    return holds.lift(hold=hold, by=by, at=at)


def _known(because: str) -> str:
    if because not in Because.values:
        raise BadInput(fields={"because": _("Choose a reason")})
    return because
