"""Record that a person leaves, later or at once, is not leaving after all, or comes back."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import LONDON, local_day
from schoolgate.core.each import each_by_itself
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.events.recording import record
from schoolgate.core.models import Safeguarder
from schoolgate.core.moves import move
from schoolgate.people import absences, rules, tokens
from schoolgate.people.actions.persons import check_still_staffed
from schoolgate.people.actions.sessions import close_sessions
from schoolgate.people.letting_go import MONTH, check_may_go, leads_anywhere, let_go
from schoolgate.people.models import Departure, Membership, Person, PersonTelephone, RoleAssignment
from schoolgate.people.queries import book_for
from schoolgate.people.safeguarding import safeguarding_roles
from schoolgate.people.states import LEAVING_MOVES, DepartureState, HowKnown

AT_ONCE = 200
"""Rows that one transaction of the sweep looks at."""


@action
def record_departure(
    *, by: Person | None, at: datetime, person: Person, left_on: date, how: str = HowKnown.ENTERED
) -> Departure:
    """Record the day on which a person leaves: from that day on they can't sign in and hold no role.

    Today or earlier: their sessions and keys for programs end at once. Later: what they still have stays
    until that day, keys never live beyond it, and `act_on_leavings` does the rest on the day. A new day
    replaces one that has not come yet. `by` is None only where the program itself saw that a sign-in was
    switched off. Raises NotAllowed, BadInput (how), NotNow (no administrator would be left).
    """
    today = local_day(at)
    if how not in HowKnown.values:
        raise BadInput({"how": _("Choose how this is known.")})
    if by is not None:
        rules.check_may_administer(by, on=today)
        check_may_go(person, at=at)
    elif how != HowKnown.SIGN_IN:
        raise NotAllowed(
            _("Someone must confirm that the person is leaving."), _("Sign in and enter it on their page.")
        )
    before = absences.expected_departure(person)
    if before is not None:
        _take_back(before, at=at)
    person.left_on = left_on
    person.save(update_fields=["left_on"])
    Membership.objects.filter(person_id=person.pk).update(ends_on=left_on)
    leaving = Departure.objects.create(
        person=person,
        left_on=left_on,
        how=how,
        noted_by=by,
        noted_at=at,
        ended_assignments=_end_roles(person),
    )
    if by is not None:
        # A sign-in that was switched off is off, even if no administrator is left: refusing to record it
        # would help no one.
        check_still_staffed(person.federation, on=max(left_on, today))
    tokens.end_by(person, when=datetime.combine(left_on, time.min, tzinfo=LONDON))
    record("people.left", subject=person, at=at, actor=by, left_on=left_on.isoformat(), how=str(how))
    if left_on <= today:
        _act(leaving, at=at)
    return leaving


@action
def record_return(*, by: Person, at: datetime, person: Person) -> None:
    """Take a leaver back, or cancel a leaving whose day has not come.

    Before the day nothing has ended yet, so the roles stay as they were. Afterwards the person may sign in
    again, and former roles stay ended: but who led on safeguarding and comes back within a month leads again,
    where no one was named in their place. Raises NotAllowed, NotNow (here; or the sign-in is switched off, so
    that they would be gone again within the hour).
    """
    today = local_day(at)
    rules.check_may_administer(by, on=today)
    if person.left_on is None:
        raise NotNow(_("This person hasn’t left."), _("You don’t need to do anything else."))
    if person.destroyed_at is not None:
        raise NotNow(
            _("This person’s details have been erased."),
            _("Add them as a new person."),
        )
    if not person.user.is_active:
        raise NotNow(
            _("Their sign-in is turned off."),
            next_step=_("Your Schoolgate administrator must turn it on first."),
        )
    newest = Departure.objects.filter(person=person).order_by("-pk").first()
    if person.left_on < today - MONTH:
        # Who has been gone comes back without the confidential doors: two people open them again.
        Safeguarder.objects.filter(person_id=person.pk, ended_at=None).update(ended_at=at)
    elif person.left_on <= today and newest is not None:
        led = RoleAssignment.objects.filter(
            pk__in=newest.ended_assignments, ended_on=person.left_on, leads_since__isnull=False,
            role_key__in=safeguarding_roles(book_for(person)),
        )  # fmt: skip
        led.update(ended_on=None)
    if newest is not None and newest.state != DepartureState.TAKEN_BACK:
        _take_back(newest, at=at, roles_too=person.left_on > today)
    person.left_on = None
    person.save(update_fields=["left_on"])
    Membership.objects.filter(person_id=person.pk).update(ends_on=None)
    record("people.returned", subject=person, at=at, actor=by)


@action
def act_on_leavings(*, at: datetime, limit: int = AT_ONCE) -> bool:
    """End the sessions and keys of people whose day of leaving has come, and record it; the program's own
    sweep. One that can't be ended now delays none of the others.

    A person whose sign-in was switched off elsewhere leaves as of today. Safe to run twice or side by side.
    Returns whether there may be more.
    """
    today = local_day(at)
    due = Departure.objects.filter(state=DepartureState.EXPECTED, left_on__lte=today)
    rows = list(
        due.select_related("person__user")
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("left_on", "id")[:limit]
    )
    left = each_by_itself(rows, lambda one: _act(one, at=at), at=at, failed="a leaving was not acted on")
    switched_off = Person.objects.filter(left_on=None, user__is_active=False).select_related("user")
    gone = list(switched_off.select_related("federation").order_by("pk")[:limit])
    for person in gone:
        if leads_anywhere(person, on=today) and let_go(person, at=at) is None:
            record("people.lead_to_go", subject=person, at=at)
            continue
        record_departure(by=None, at=at, person=person, left_on=today, how=HowKnown.SIGN_IN)
    return limit in (len(rows) - len(left), len(gone))


def _act(leaving: Departure, *, at: datetime) -> None:
    move(leaving, to=DepartureState.DONE, moves=LEAVING_MOVES, at=at, done_at=at)
    close_sessions(leaving.person.user)
    tokens.end_all(leaving.person, at=at)
    PersonTelephone.objects.filter(person=leaving.person).delete()
    record("people.gone", subject=leaving.person, at=at, leaving=leaving.pk)


def _take_back(leaving: Departure, *, at: datetime, roles_too: bool = True) -> None:
    move(leaving, to=DepartureState.TAKEN_BACK, moves=LEAVING_MOVES, at=at, taken_back_at=at)
    if roles_too:
        ended = RoleAssignment.objects.filter(pk__in=leaving.ended_assignments, ended_on=leaving.left_on)
        ended.update(ended_on=None)


def _end_roles(person: Person) -> list[int]:
    """End what the person holds on their leaving day; returns the roles that end by it."""
    left_on = person.left_on
    ended = [
        assignment.pk
        for assignment in RoleAssignment.objects.filter(person=person, ended_on=None)
        if left_on is not None and (assignment.to_day is None or assignment.to_day >= left_on)
    ]
    RoleAssignment.objects.filter(pk__in=ended).update(ended_on=left_on)
    return ended
