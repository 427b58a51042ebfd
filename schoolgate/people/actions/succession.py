"""Pass a role from one person to the next on a day, or renew it for its holder."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events.recording import record
from schoolgate.people import rules, tokens
from schoolgate.people.actions.assignments import end_assignment, give_assignment
from schoolgate.people.actions.persons import check_still_staffed
from schoolgate.people.letting_go import check_may_go, is_only_seat
from schoolgate.people.models import Person, RoleAssignment
from schoolgate.people.queries import last_day_of, not_over
from schoolgate.people.succession import Days, days_of

DAY = timedelta(days=1)


@action
def hand_on_role(
    *,
    by: Person,
    at: datetime,
    assignment: RoleAssignment,
    to: Person,
    first_day: date,
    last_day: date | None = None,
    gap_is_meant: bool = False,
) -> RoleAssignment:
    """End one person's role and begin it for another on `first_day`, with the same reach.

    The old one ends the day before, or on `last_day` where one is given, or when it ends already; days
    without a holder need `gap_is_meant`. Those who act for the old holder end with them. Returns the new
    holding. Raises NotAllowed, BadInput (first_day, last_day, gap_is_meant, to), NotNow (over; no
    administrator would be left; the successor leaves).
    """
    today = local_day(at)
    rules.check_may_give(by, to, on=today)
    rows = RoleAssignment.objects.select_for_update(of=("self",)).select_related(
        "school", "managed", "person"
    )
    standing = not_over(rows.filter(pk=assignment.pk), on=today).first()
    if standing is None:
        raise NotNow(_("This role has ended."), _("Give another if one is still needed."))
    assignment = standing
    if assignment.acting_for_id is not None:
        raise BadInput(
            {
                "to": _(
                    "You can’t hand over a role that someone has on another person’s behalf. "
                    "Give the role again instead."
                )
            }
        )
    if to.pk == assignment.person_id:
        raise BadInput({"to": _("Choose someone other than the person who has the role now.")})
    ends = last_day_of(assignment)
    days = days_of(began=assignment.from_day, ends=ends, first=first_day, today=today, last_day=last_day)
    if days.gap and not gap_is_meant:
        raise BadInput(
            {"gap_is_meant": _("On some days no one would have this role. Confirm that this is intended.")}
        )
    for each in [assignment, *acting_for_it(assignment, on=today)]:
        if is_only_seat(each):
            check_may_go(each.person, at=at)
    new = give_assignment(
        by=by, at=at, person=to, role_key=assignment.role_key, from_day=first_day, school=assignment.school,
        account_id=assignment.account_id, item=assignment.item, managed=assignment.managed,
    )  # fmt: skip
    for each in [assignment, *acting_for_it(assignment, on=today)]:
        _end(each, days, by=by, at=at)
    # Administrators are checked from the first day on which the old holder no longer has the role.
    for day in {max(today, days.last + DAY), first_day}:
        check_still_staffed(by.federation, on=day)
    record(
        "people.role_handed_on", subject=new, at=at, actor=by, was=assignment.pk, role=new.role_key,
        person=to.pk, from_day=first_day.isoformat(),
    )  # fmt: skip
    return new


def acting_for_it(assignment: RoleAssignment, *, on: date) -> QuerySet[RoleAssignment]:
    """Return who acts for the holder of this role, with the same reach, on a day or later."""
    same = RoleAssignment.objects.filter(
        role_key=assignment.role_key, scope_kind=assignment.scope_kind, school=assignment.school,
        account_id=assignment.account_id, item=assignment.item, managed=assignment.managed,
        acting_for=assignment.person_id,
    )  # fmt: skip
    return not_over(same, on=on).select_related("person").order_by("pk")


@action
def renew_assignment(
    *, by: Person, at: datetime, assignment: RoleAssignment, to_day: date | None = None
) -> RoleAssignment:
    """Give the same role with the same reach again, from the day after its last one, until `to_day` or
    open-ended.

    Raises NotAllowed, BadInput (to_day), NotNow (it has no last day, is over, or ends because they leave).
    """
    ends = last_day_of(assignment)
    if ends is None or ends < local_day(at):
        raise NotNow(_("This role has no last day, or has ended."), _("Give another if one is still needed."))
    new = give_assignment(
        by=by, at=at, person=assignment.person, role_key=assignment.role_key, from_day=ends + DAY,
        to_day=to_day, school=assignment.school, account_id=assignment.account_id, item=assignment.item,
        managed=assignment.managed, acting_for=assignment.acting_for,
    )  # fmt: skip
    if assignment.leads_since is not None:
        new.leads_since = assignment.leads_since
        new.save(update_fields=["leads_since"])
    return new


def _end(assignment: RoleAssignment, days: Days, *, by: Person, at: datetime) -> None:
    """Let an assignment count until the last day and no longer; one that ends before that stays as it is."""
    ends, today = last_day_of(assignment), local_day(at)
    if ends is not None and ends <= days.last:
        return
    end_now = days.last < max(today, assignment.from_day)
    if assignment.ended_on is not None:
        # A leaving has ended it already, on a later day: the earlier day counts, even if that leaving is
        # cancelled.
        if end_now:
            assignment.ended_on = max(assignment.from_day, today)
        else:
            assignment.to_day = days.last
        assignment.save(update_fields=["ended_on", "to_day"])
        record("people.assignment_ended", subject=assignment, at=at, actor=by, person=assignment.person_id)
        return
    end_assignment(by=by, at=at, assignment=assignment, last_day=None if end_now else days.last)


@action
def end_role(*, at: datetime, role_key: str, to: str = "") -> int:
    """End a role that the policy no longer names for all its holders; give them the role `to`, with the same
    reach and days, where one is named. Returns how many assignments ended.

    A job may call it: the policy's owner decided it before. Whoever has the other role already with that
    reach keeps it as it is.
    """
    today = local_day(at)
    rows = not_over(
        RoleAssignment.objects.select_for_update(of=("self",)).filter(role_key=role_key), on=today
    )
    ending = list(rows.select_related("person", "school", "managed", "acting_for").order_by("pk"))
    for each in ending:
        ends = last_day_of(each)
        each.ended_on = max(each.from_day, today)
        each.save(update_fields=["ended_on"])
        record("people.assignment_ended", subject=each, at=at, actor=None, person=each.person_id)
        reach = {
            "person": each.person, "scope_kind": each.scope_kind, "school": each.school,
            "account_id": each.account_id, "item": each.item, "managed": each.managed,
            "acting_for": each.acting_for,
        }  # fmt: skip
        if not to or not_over(RoleAssignment.objects.filter(role_key=to, **reach), on=today).exists():
            continue
        new = RoleAssignment.objects.create(
            federation_id=each.federation_id, role_key=to, from_day=max(each.from_day, today), to_day=ends,
            **reach,
        )  # fmt: skip
        record(
            "people.assignment_given", subject=new, at=at, actor=None, person=each.person_id, role=to,
            scope=f"{new.scope_kind}:{new.scope_id}",
        )  # fmt: skip
    for person in {each.person for each in ending}:
        if not rules.can(rules.check_has_a_role, person, on=today):
            tokens.end_all(person, at=at)
    return len(ending)
