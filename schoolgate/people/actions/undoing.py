"""Undoing, for a short while, the end of a role."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.core.events.recording import record
from schoolgate.core.ledger.verifying import rows_for_subject
from schoolgate.core.subjects import subject_of
from schoolgate.core.undo import check_may_still_undo
from schoolgate.people import rules
from schoolgate.people.models import Person, RoleAssignment

SEE = _("Open it again to see its status.")


@action
def take_back_ending(*, by: Person, at: datetime, assignment: RoleAssignment) -> RoleAssignment:
    """Restore a role that the same person ended a moment ago, as it was: reach and days.

    No task ends with a role, so none is reopened. What its end had already caused stays: keys for programs
    that ended with the last role, and keys of accounts that must be changed.

    Raises NotAllowed (manages no people here; their own role; another person ended it), NotNow (not ended at
    once; given again, or they have left since; too late).
    """
    today = local_day(at)
    rules.check_may_give(by, assignment.person, on=today)
    last = next(iter(rows_for_subject(assignment)), None)
    if assignment.ended_on is None or last is None or last.event != "people.assignment_ended":
        raise NotNow(_("Someone has already moved this on, so you can’t take this step."), SEE)
    if last.actor != subject_of(by):
        raise NotAllowed(
            _("Someone else ended this role, so you can’t undo it."),
            _("Talk to them, or give the role again."),
        )
    check_may_still_undo(last.at, at=at)
    if assignment.person.left_on is not None:
        raise NotNow(_("This person has left or is about to leave."), _("Record their return first."))
    if _has_it_again(assignment) or (assignment.to_day is not None and assignment.to_day < today):
        raise NotNow(_("Someone has already moved this on, so you can’t take this step."), SEE)
    if not RoleAssignment.objects.filter(pk=assignment.pk, ended_on=assignment.ended_on).update(
        ended_on=None
    ):
        raise NotNow(_("Someone has already moved this on, so you can’t take this step."), SEE)
    assignment.refresh_from_db()
    record("people.assignment_given_back", subject=assignment, at=at, actor=by, person=assignment.person_id)
    return assignment


def _has_it_again(assignment: RoleAssignment) -> bool:
    """Return whether the same role with the same reach was given to them again meanwhile."""
    reach = {"school": assignment.school, "account_id": assignment.account_id, "item": assignment.item}
    return RoleAssignment.objects.filter(
        person=assignment.person,
        role_key=assignment.role_key,
        scope_kind=assignment.scope_kind,
        managed=assignment.managed,
        acting_for=assignment.acting_for,
        ended_on=None,
        **reach,
    ).exists()
