"""Days on which people are not there: days they recorded as away, long leave, which suspends and is not
leaving, and leaving, of one or several; and what no row can show at the start of a school year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import DateField, F, Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action, each_by_itself
from schoolgate.core.calendars import year_of_turn
from schoolgate.core.clock import LONDON, local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.models import Safeguarder
from schoolgate.core.moves import done_before, move
from schoolgate.people import queries, rules, sessions
from schoolgate.people.leads import MONTH, check_may_go, leads_anywhere, let_go
from schoolgate.people.models import (
    LEAVING_MOVES,
    Absence,
    AbsenceKind,
    Departure,
    DepartureState,
    ExtendedAbsence,
    HowKnown,
    Membership,
    Person,
    PersonTelephone,
    RoleAssignment,
    TurnPoint,
    TurnWord,
)
from schoolgate.people.persons import check_still_staffed
from schoolgate.people.queries import book_for, permission_counts
from schoolgate.people.safeguarding import safeguarding_roles
from schoolgate.people.sessions import close_sessions

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Absences:
    """Who is not there within some days: spans of days, both included, by the person's id."""

    spans: Mapping[int, Sequence[tuple[date, date]]] = field(default_factory=dict)

    def is_there(self, person_id: int, day: date) -> bool:
        """Return whether we know of no absence of this person on that day. They may still not sign in."""
        return not any(first <= day <= last for first, last in self.spans.get(person_id, ()))


def absences(people: Iterable[Person], *, first: date, last: date) -> Absences:
    """Return these people's known absences between two days, both included. One query."""
    found: dict[int, list[tuple[date, date]]] = {}
    ids = []
    for person in people:
        ids.append(person.pk)
        if person.left_on is not None and person.left_on <= last:
            found.setdefault(person.pk, []).append((person.left_on, last))
    leaves = _leaves_within(ids, first=first, last=last).values_list(
        "person_id", "from_day", "to_day", "over_on"
    )
    days = Absence.objects.filter(ended_at=None, person__in=ids, from_day__lte=last, to_day__gte=first)
    never_over = Value(None, output_field=DateField())
    of_days = days.values_list("person_id", "from_day", "to_day", never_over)
    for person_id, from_day, to_day, over_on in leaves.union(of_days, all=True):
        until = min([day for day in (to_day, over_on and over_on - DAY) if day] or [last])
        found.setdefault(person_id, []).append((from_day, until))
    return Absences(found)


def days_away(person: Person, *, on: date, limit: int = 20) -> list[Absence]:
    """Return a person's days away that are not over, soonest first."""
    rows = Absence.objects.filter(person=person, ended_at=None, to_day__gte=on).select_related("said_by")
    return list(rows.order_by("from_day", "pk")[:limit])


def day_away(person: Person, pk: int) -> Absence:
    """Return one of this person's absences. Raises NotFound, also for another person's."""
    found = Absence.objects.filter(person=person, pk=pk).first()
    if found is None:
        raise NotFound
    return found


def expected_departure(person: Person) -> Departure | None:
    """Return the known leaving whose day has not come yet, or None."""
    return Departure.objects.filter(person=person, state=DepartureState.EXPECTED).first()


def extended_absence(person: Person, *, on: date) -> ExtendedAbsence | None:
    """Return the long leave of this person that counts on the day `on` or is still to come, or None."""
    rows = ExtendedAbsence.objects.filter(Q(to_day=None) | Q(to_day__gte=on), person=person)
    return rows.filter(Q(over_on=None) | Q(over_on__gt=on)).order_by("from_day").first()


def extended_absences(people: Iterable[int], *, on: date) -> dict[int, ExtendedAbsence]:
    """Return who of these people is on long leave on a day, and on which. One query."""
    return {
        row.person_id: row
        for row in ExtendedAbsence.objects.filter(permission_counts(on), person_id__in=list(people))
    }


def extended_absences_within(
    people: Iterable[int], *, first: date, last: date
) -> dict[int, list[ExtendedAbsence]]:
    """Return the long leaves of these people that touch the days between two days, both included. One
    query."""
    found: dict[int, list[ExtendedAbsence]] = {}
    for row in _leaves_within(people, first=first, last=last).order_by("from_day", "pk"):
        found.setdefault(row.person_id, []).append(row)
    return found


def _leaves_within(people: Iterable[int], *, first: date, last: date) -> QuerySet[ExtendedAbsence]:
    return ExtendedAbsence.objects.filter(
        Q(to_day=None) | Q(to_day__gte=first),
        Q(over_on=None) | Q(over_on__gt=first) & Q(over_on__gt=F("from_day")),
        from_day__lte=last,
        person_id__in=list(people),
    )


LONGEST = timedelta(days=70)
"""Longer than any school's summer: people who are away for longer are on long leave."""
FURTHEST = timedelta(days=550)
ENTERS = frozenset({"administer", "oversee"})


def check_may_say(by: Person, person: Person, *, on: date) -> None:
    """Raise NotAllowed unless it is for the person themselves, or by a person who manages people or
    oversees."""
    if by.pk != person.pk and not queries.capacities(by, on=on) & ENTERS:
        raise NotAllowed(
            _("You can only enter this for yourself."),
            next_step=_("Ask them, or a person who looks after people, to enter it."),
        )


@action
def enter_absence(*, by: Person, at: datetime, person: Person, from_day: date, to_day: date) -> Absence:
    """Record that a person is away from a day to a day, both included. This suspends nothing.

    Raises NotAllowed, BadInput (from_day, to_day), NotNow (gone, or recorded already for one of these days).
    """
    today = local_day(at)
    check_may_say(by, person, on=today)
    wrong = {}
    if from_day < today:
        wrong["from_day"] = _("Enter today or a future date.")
    elif from_day > today + FURTHEST:
        wrong["from_day"] = _("That’s more than 18 months ahead. Choose an earlier date.")
    if to_day < from_day:
        wrong["to_day"] = _("The last day can’t be before the first day.")
    elif to_day - from_day >= LONGEST:
        wrong["to_day"] = _(
            "Absence of more than ten weeks counts as long leave. Record it as long leave on their page."
        )
    if wrong:
        raise BadInput(wrong)
    Person.objects.select_for_update().get(pk=person.pk)
    if person.left_on is not None and person.left_on <= from_day:
        raise NotNow(
            _("This person has left or is about to leave."), _("If that is wrong, change it on their page.")
        )
    if Absence.objects.filter(
        person=person, ended_at=None, from_day__lte=to_day, to_day__gte=from_day
    ).exists():
        raise NotNow(
            _("These dates overlap with days away already entered."), next_step=_("Remove those first.")
        )
    away = Absence.objects.create(person=person, from_day=from_day, to_day=to_day, said_by=by, at=at)
    record("people.days_away_said", subject=away, at=at, actor=by, person=person.pk)
    return away


@action
def withdraw_absence(*, by: Person, at: datetime, away: Absence) -> Absence:
    """Remove recorded days away. Raises NotAllowed, NotNow (over, or removed already)."""
    today = local_day(at)
    check_may_say(by, away.person, on=today)
    standing = Absence.objects.filter(pk=away.pk, ended_at=None, to_day__gte=today)
    if not standing.update(ended_at=at, ended_by=by):
        raise done_before(
            away,
            _("These days have already been removed."),
            otherwise=NotNow(_("These days are over."), _("Past days away stay on record.")),
            ended_at__isnull=False,
        )
    away.refresh_from_db()
    record("people.days_away_taken_back", subject=away, at=at, actor=by, person=away.person_id)
    return away


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
    before = expected_departure(person)
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
    sessions.end_by(person, when=datetime.combine(left_on, time.min, tzinfo=LONDON))
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
    sessions.end_all(leaving.person, at=at)
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


@action
def start_extended_absence(
    *, by: Person, at: datetime, person: Person, kind: str, from_day: date, to_day: date | None = None
) -> ExtendedAbsence:
    """Suspend a person from a day to a day (both included), or until their return is recorded.

    Meanwhile they can't sign in, keys of their programs don't work and their roles don't count; from the day
    after, all of it works again automatically. Nothing falls due for change, because no one has left. Raises
    NotAllowed, BadInput (kind, from_day, to_day), NotNow (gone or going; away already; no administrator, or
    at a school no safeguarding lead, would be left).
    """
    today = local_day(at)
    rules.check_may_administer(by, on=today)
    if kind not in AbsenceKind.values:
        raise BadInput({"kind": _("Choose one of these.")})
    if from_day < today:
        raise BadInput({"from_day": _("Long leave must start today or later.")})
    if to_day is not None and to_day < from_day:
        raise BadInput({"to_day": _("The last day can’t be before the first day.")})
    if person.left_on is not None:
        raise NotNow(
            _("This person has left or is about to leave."), _("If that is wrong, change it on their page.")
        )
    check_may_go(person, at=at)
    _close_what_ran_out(person, at=at)
    if extended_absence(person, on=today) is not None:
        raise NotNow(_("This person already has long leave recorded."), next_step=_("End that one first."))
    leave = ExtendedAbsence.objects.create(
        person=person, kind=kind, from_day=from_day, to_day=to_day, noted_by=by, noted_at=at
    )
    Membership.objects.filter(person_id=person.pk).update(away_from=from_day, away_until=to_day)
    check_still_staffed(person.federation, on=from_day)
    record("people.absence", subject=person, at=at, actor=by, leave=leave.pk)
    if from_day <= today:
        _begin(leave, at=at)
    return leave


@action
def end_extended_absence(*, by: Person, at: datetime, leave: ExtendedAbsence) -> ExtendedAbsence:
    """Record that a person is back from today, or cancel a long leave that has not begun.

    Raises NotAllowed, NotNow (over already).
    """
    today = local_day(at)
    rules.check_may_administer(by, on=today)
    if leave.to_day is not None and leave.to_day < today:
        raise _ended(leave)
    _end(leave, on=today, by=by, at=at)
    return leave


@action
def act_on_extended_absences(*, at: datetime, limit: int = AT_ONCE) -> bool:
    """Begin the long leaves whose first day has come, and close those whose last day is past; the sweep's.

    Returns whether there may be more.
    """
    today = local_day(at)
    standing = ExtendedAbsence.objects.filter(over_on=None).select_related("person__user").order_by("id")
    locked = standing.select_for_update(of=("self",), skip_locked=True)
    over = list(locked.filter(to_day__lt=today)[:limit])
    for leave in over:
        _end(leave, on=_day_after(leave), by=None, at=at)
    begun = list(locked.filter(began_at=None, from_day__lte=today).exclude(to_day__lt=today)[:limit])
    for leave in begun:
        _begin(leave, at=at)
    return limit in (len(over), len(begun))


def _begin(leave: ExtendedAbsence, *, at: datetime) -> None:
    leave.began_at = at
    leave.save(update_fields=["began_at"])
    close_sessions(leave.person.user)


def _end(leave: ExtendedAbsence, *, on: date, by: Person | None, at: datetime) -> None:
    ended = ExtendedAbsence.objects.filter(pk=leave.pk, over_on=None).update(
        over_on=on, over_at=at, ended_by=by
    )
    if not ended:
        raise _ended(leave)
    leave.refresh_from_db()
    Membership.objects.filter(person_id=leave.person_id).update(away_from=None, away_until=None)
    record("people.back", subject=leave.person, at=at, actor=by, leave=leave.pk)


def _ended(leave: ExtendedAbsence) -> NotNow:
    return done_before(
        leave,
        _("This long leave has already ended."),
        otherwise=NotNow(_("This long leave ended on its last day."), _("Open the person’s page again.")),
        ended_by__isnull=False,
    )


def _close_what_ran_out(person: Person, *, at: datetime) -> None:
    """Close a leave whose last day is past. It stays open until the sweep has seen it; another one may begin
    before."""
    ran_out = ExtendedAbsence.objects.filter(person=person, over_on=None, to_day__lt=local_day(at)).first()
    if ran_out is not None:
        _end(ran_out, on=_day_after(ran_out), by=None, at=at)


def _day_after(leave: ExtendedAbsence) -> date:
    if leave.to_day is None:
        raise ValueError("a long leave without a last day does not run out")
    return leave.to_day + DAY


@action
def say_of_turn(*, by: Person, at: datetime, point: str) -> TurnWord:
    """Record that a point of the coming or current new school year is settled, in the person's own name.

    Raises NotAllowed, BadInput (point), NotNow (recorded already).
    """
    today = local_day(at)
    rules.check_may_administer(by, on=today)
    if point not in TurnPoint.values:
        raise BadInput({"point": _("Choose one of the steps on this page.")})
    word, new = TurnWord.objects.get_or_create(
        year=year_of_turn(today), point=point, taken_back_at=None, defaults={"by": by, "at": at}
    )
    if not new:
        raise done_before(word, _("Someone has already done this."), made=word)
    record("people.turn_said", subject=word, at=at, actor=by, point=point, year=word.year)
    return word


@action
def take_back_turn_word(*, by: Person, at: datetime, point: str) -> TurnWord:
    """Withdraw what was recorded about a point: it is unsettled again. Raises NotAllowed, NotNow."""
    today = local_day(at)
    rules.check_may_administer(by, on=today)
    standing = TurnWord.objects.filter(year=year_of_turn(today), point=point, taken_back_at=None)
    word = standing.first()
    if word is None or not standing.update(taken_back_at=at, taken_back_by=by):
        raise NotNow(
            _("This hasn’t been confirmed, or the confirmation was withdrawn."),
            _("You don’t need to do anything else."),
        )
    word.refresh_from_db()
    record("people.turn_taken_back", subject=word, at=at, actor=by, point=point, year=word.year)
    return word
