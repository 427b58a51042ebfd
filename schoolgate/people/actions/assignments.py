"""Give and end roles and permissions."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.events.recording import record
from schoolgate.core.models import School
from schoolgate.core.moves import done_before
from schoolgate.people import queries, rules, tokens
from schoolgate.people.actions.persons import check_still_staffed
from schoolgate.people.letting_go import check_may_go, is_only_seat
from schoolgate.people.models import Permission, Person, RoleAssignment
from schoolgate.people.own_word import check_gives_permission
from schoolgate.people.safeguarding import safeguarding_roles, second_people
from schoolgate.people.states import ScopeKind


def _scope_kind(
    school: School | None, account_id: int | None, item: str, managed: Person | None
) -> ScopeKind:
    given = [
        kind
        for kind, thing in (
            (ScopeKind.SCHOOL, school),
            (ScopeKind.ACCOUNT, account_id),
            (ScopeKind.ITEM, item),
            (ScopeKind.LINE_MANAGER_OF, managed),
        )
        if thing
    ]
    if len(given) > 1:
        raise BadInput({"scope": _("Choose one thing the role covers.")})
    return given[0] if given else ScopeKind.FEDERATION


def _check_days(from_day: date, to_day: date | None, *, today: date) -> None:
    if from_day < today:
        raise BadInput(
            {"from_day": _("A role or permission must start today or later. It can’t be backdated.")}
        )
    if to_day is not None and to_day < from_day:
        raise BadInput({"to_day": _("The last day can’t be before the first day.")})


@action
def give_assignment(
    *,
    by: Person | None,
    at: datetime,
    person: Person,
    role_key: str,
    from_day: date,
    to_day: date | None = None,
    school: School | None = None,
    account_id: int | None = None,
    item: str = "",
    managed: Person | None = None,
    acting_for: Person | None = None,
) -> RoleAssignment:
    """Give a person one of the policy's roles, from a day to a day (inclusive), also acting for another
    person.

    At most one of school, account_id, item and managed says how far it reaches; none: the whole federation.
    `by` None is for the set-up command, open only while no one here manages people. Raises NotAllowed (their
    own; not this person), BadInput (role_key, scope, from_day, to_day, acting_for), NotNow (left).
    """
    today = local_day(at)
    if by is not None:
        rules.check_may_give(by, person, on=today)
    elif not rules.is_unstaffed(person.federation, on=today):
        raise NotAllowed(
            _("Someone already looks after people here."), next_step=_("Ask them to give the role.")
        )
    scope = {"school": school, "account_id": account_id, "item": item, "managed": managed}
    kind = _scope_kind(school, account_id, item, managed)
    if role_key not in {role.key for role in queries.book_for(person).roles}:
        raise BadInput({"role_key": _("Choose one of the roles this policy names.")})
    _check_days(from_day, to_day, today=today)
    if person.left_on is not None:
        raise NotNow(
            _("This person has left or is about to leave."), next_step=_("Record their return first.")
        )
    same = RoleAssignment.objects.filter(role_key=role_key, scope_kind=kind, ended_on=None, **scope)
    if acting_for is not None and not same.filter(
        queries.held_on(from_day), person=acting_for, acting_for=None
    ):
        raise BadInput(
            {
                "acting_for": _(
                    "The person acted for doesn’t have this role on that date. Choose someone who does."
                )
            }
        )
    if same.filter(queries.held_on(from_day), person=person, acting_for=acting_for):
        raise BadInput(
            {
                "role_key": _(
                    "This person already has this role on that date. Choose another role, place or date."
                )
            }
        )
    assignment = RoleAssignment.objects.create(
        federation_id=person.federation_id,
        person=person,
        role_key=role_key,
        scope_kind=kind,
        from_day=from_day,
        to_day=to_day,
        acting_for=acting_for,
        leads_since=at if _leads_at_once(person, role_key, by=by, on=today) else None,
        **scope,
    )
    record(
        "people.assignment_given",
        subject=assignment,
        at=at,
        actor=by,
        person=person.pk,
        role=role_key,
        scope=f"{kind}:{assignment.scope_id}",
    )
    return assignment


def _leads_at_once(person: Person, role_key: str, *, by: Person | None, on: date) -> bool:
    """Return whether a role makes someone safeguarding lead without a second person's word: only where it's
    such a role, and as a federation is set up, while there is no one to ask."""
    if role_key not in safeguarding_roles(queries.book_for(person)):
        return False
    return not second_people(person.federation, person=person, by=by, on=on)


@action
def end_assignment(
    *, by: Person, at: datetime, assignment: RoleAssignment, last_day: date | None = None
) -> RoleAssignment:
    """End a role: at once, or after `last_day` (today or later, inclusive).

    Raises NotAllowed, BadInput (last_day), NotNow (ended already, or no administrator would be left).
    """
    today = local_day(at)
    rules.check_may_administer(by, on=today)
    over = assignment.to_day is not None and assignment.to_day < today
    if assignment.ended_on is not None or over:
        ended = NotNow(_("This role has ended."), _("Give another if one is still needed."))
        if last_day is not None:
            raise ended
        raise done_before(
            assignment,
            _("This role has already ended."),
            _("Give another if one is still needed."),
            otherwise=ended,
            ended_on__isnull=False,
        )
    if is_only_seat(assignment):
        check_may_go(assignment.person, at=at)
    if last_day is None:
        assignment.ended_on = today
    elif last_day < max(today, assignment.from_day):
        raise BadInput({"last_day": _("The last day must be today or later, and not before the first day.")})
    else:
        assignment.to_day = last_day
    assignment.save(update_fields=["ended_on", "to_day"])
    if last_day is None:
        check_still_staffed(assignment.person.federation, on=today)
        if not rules.can(rules.check_has_a_role, assignment.person, on=today):
            tokens.end_all(assignment.person, at=at)
    record("people.assignment_ended", subject=assignment, at=at, actor=by, person=assignment.person_id)
    return assignment


@action
def give_permission(
    *,
    by: Person,
    at: datetime,
    role_key: str,
    written: bool,
    covers: str,
    subject: str,
    from_day: date,
    to_day: date | None = None,
) -> Permission:
    """Give permission in the person's own role: for `subject` ("label:id"), covering a clause or a delegated
    approval.

    `covers` is a short code: a clause's id or a capacity. Raises NotAllowed (not in that role; or acting for
    another person where the policy wants that role's own word), BadInput.
    """
    today = local_day(at)
    check_gives_permission(by, role_key, on=today)
    _check_days(from_day, to_day, today=today)
    if not covers or not subject:
        raise BadInput({"covers": _("Say what the permission is for.")})
    leave = Permission.objects.create(
        federation_id=by.federation_id,
        role_key=role_key,
        given_by=by,
        written=written,
        at=at,
        from_day=from_day,
        to_day=to_day,
        covers=covers,
        subject=subject,
    )
    record("people.leave_given", subject=leave, at=at, actor=by, role=role_key, covers=covers, about=subject)
    return leave


@action
def end_permission(*, by: Person, at: datetime, leave: Permission) -> Permission:
    """Withdraw a permission, in the same role that gave it. Raises NotAllowed, NotNow (ended already)."""
    held = queries.assignments(by, on=local_day(at), where=queries.Where(anywhere=True))
    if not held.filter(role_key=leave.role_key).exists():
        raise NotAllowed(
            _("You don’t have the role that gave this permission."), _("Ask someone who has that role.")
        )
    if not Permission.objects.filter(pk=leave.pk, ended_at=None).update(ended_at=at):
        raise done_before(
            leave,
            _("This permission has already ended."),
            _("Give another if one is still needed."),
            ended_at__isnull=False,
        )
    leave.refresh_from_db()
    record("people.leave_ended", subject=leave, at=at, actor=by)
    return leave
