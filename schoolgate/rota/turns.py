"""Who is on duty when, and what is missing; a single turn, checked in at its start and handed over with a
note.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.calendars import holidays_ahead
from schoolgate.core.clock import begins, local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.models import School
from schoolgate.core.moves import done_before, move
from schoolgate.duties.actions import cancel, discharge
from schoolgate.people.confined import not_meant
from schoolgate.people.leaving import Absences, absences
from schoolgate.people.models import Person, RoleAssignment, ScopeKind
from schoolgate.people.outside import take_in, was_read_first
from schoolgate.people.queries import Where, assignments_at
from schoolgate.policy.queries import book_in_scope
from schoolgate.rota.models import (
    CHECK_IN,
    DECLINED,
    FILL,
    LONGEST,
    LONGEST_NOTE,
    REPLY,
    SWAP_MOVES,
    Gap,
    Rota,
    Shift,
    Span,
    Swap,
    SwapState,
    Turn,
    When,
    days_of,
    joined,
    span_of,
    uncovered,
)
from schoolgate.rota.rules import ON_DUTY, why_not

DAY = timedelta(days=1)
AHEAD = timedelta(days=14)
"""How far ahead gaps are looked for and told."""
FEED_BACK, FEED_AHEAD = timedelta(days=28), timedelta(days=182)
"""What a calendar address shows."""


@dataclass(frozen=True)
class Duty:
    """A shift on a day: who does it, and what is recorded about it. `gap`: why it is uncovered, "" where it
    is covered. `turn`: None until something is recorded."""

    shift: Shift
    day: date
    starts_at: datetime
    ends_at: datetime
    person: Person | None
    gap: str = ""
    turn: Turn | None = None

    @property
    def span(self) -> Span:
        """Return its start and end."""
        return self.starts_at, self.ends_at

    @property
    def rota(self) -> Rota:
        """Return the rota that it belongs to."""
        return self.shift.rota

    @property
    def checked_in(self) -> bool:
        """Return whether a person has checked in."""
        return self.turn is not None and self.turn.checked_in_at is not None

    @property
    def called_off(self) -> bool:
        """Return whether it is cancelled on that day."""
        return self.turn is not None and self.turn.called_off

    @property
    def covered(self) -> bool:
        """Return whether it is covered."""
        return self.person is not None and not self.gap and not self.called_off

    def is_on(self, at: datetime) -> bool:
        """Return whether it has begun and is not over."""
        return self.starts_at <= at < self.ends_at


@dataclass(frozen=True)
class OnDuty:
    """Who is on duty at an instant. The school's own rota comes before that of the federation."""

    duties: Sequence[Duty] = ()

    def people(self, school_id: int | None) -> list[Person]:
        """Return who is on duty for a school, or for what belongs to none; each once."""
        here = [each for each in self.duties if each.rota.school_id in (school_id, None) and each.covered]
        here.sort(key=lambda each: (each.rota.school_id is None, not each.checked_in, each.starts_at))
        return list(dict.fromkeys(each.person for each in here if each.person is not None))


def rotas() -> list[Rota]:
    """Return the rotas in use, that of the federation first."""
    return in_order(Rota.objects.filter(ended_at=None).select_related("school"))


def in_order(rotas: Iterable[Rota]) -> list[Rota]:
    """Return rotas by the names of their schools, that of the federation first."""
    return sorted(rotas, key=lambda rota: (rota.school is not None, rota.school.name if rota.school else ""))


def there_is_one() -> bool:
    """Return whether any rota is in use."""
    return Rota.objects.filter(ended_at=None).exists()


def rota(pk: int) -> Rota:
    """Return a rota in use. Raises NotFound."""
    found = Rota.objects.select_related("school").filter(pk=pk, ended_at=None).first()
    if found is None:
        raise NotFound
    return found


def shifts_of(one: Rota, *, on: date) -> list[Shift]:
    """Return the shifts of a rota that are not over, in the order of the week."""
    rows = one.shifts.filter(Q(to_day=None) | Q(to_day__gte=on)).select_related("person", "rota__school")
    return list(rows.order_by("week", "weekday", "starts", "pk"))


def shift(pk: int) -> Shift:
    """Return one shift of a rota in use. Raises NotFound."""
    rows = Shift.objects.select_related("rota__school", "rota__federation", "person")
    found = rows.filter(pk=pk, rota__ended_at=None).first()
    if found is None:
        raise NotFound
    return found


def duties(first: datetime, last: datetime) -> list[Duty]:
    """Return every duty of the rotas in use that touches the time between two instants, soonest first.

    The number of queries does not grow with rotas, shifts, days or people: one where there is no shift.
    """
    found = _planned(first, last)
    if not found:
        return []
    return _with_gaps(found)


def duty(one: Shift, day: date) -> Duty:
    """Return a shift on a day. Raises NotFound where it is not on that day."""
    starts_at, ends_at = span_of(one.pattern, day)
    for each in duties(starts_at, ends_at):
        if each.shift.pk == one.pk and each.day == day:
            return each
    raise NotFound


def on_duty(at: datetime) -> OnDuty:
    """Return who is on duty at an instant. One query where there is no rota."""
    return OnDuty([each for each in duties(at, at + timedelta(seconds=1)) if each.is_on(at)])


def next_after(one: Duty, among: Iterable[Duty]) -> Duty | None:
    """Return who comes next on the same rota after a duty: the first one covered by another person."""
    later = [
        each for each in among
        if each.rota.pk == one.rota.pk and each.covered and each.person != one.person
        and each.ends_at > one.starts_at and (each.shift.pk, each.day) != (one.shift.pk, one.day)
    ]  # fmt: skip
    return min(later, key=lambda each: (each.starts_at, each.shift.pk), default=None)


def lasts_until(one: Duty, among: Iterable[Duty]) -> datetime:
    """Return when a person's time on duty ends: the end of a duty and of their own that follow it
    directly."""
    ends = one.ends_at
    for each in sorted(among, key=lambda each: each.starts_at):
        if each.rota.pk == one.rota.pk and each.person == one.person and each.covered:
            ends = max(ends, each.ends_at) if each.starts_at <= ends else ends
    return ends


def left_uncovered(one: Duty, among: Iterable[Duty]) -> list[Span]:
    """Return the parts of a duty during which no one else is on duty for the same place."""
    others = [
        each.span for each in among
        if each.covered and (each.shift.pk, each.day) != (one.shift.pk, one.day)
        and each.rota.school_id in (one.rota.school_id, None)
    ]  # fmt: skip
    return uncovered(one.span, joined(others))


def mine(person: Person, *, first: datetime, last: datetime) -> list[Duty]:
    """Return what one person does on the rotas between two instants, soonest first."""
    return [each for each in duties(first, last) if each.person == person and each.covered]


def open_swaps(*, person: Person | None = None) -> QuerySet[Swap]:
    """Return requests that wait for a reply: all, or those put to a person or to anyone."""
    rows = Swap.objects.filter(state=SwapState.ASKED).select_related(
        "turn__shift__rota__school", "by", "to", "in_return__shift__rota__school"
    )
    if person is not None:
        rows = rows.filter(Q(to=person) | Q(to=None)).exclude(by=person)
    return rows.order_by("turn__starts_at", "pk")


def swap(pk: int) -> Swap:
    """Return one request. Raises NotFound."""
    rows = Swap.objects.select_related("turn__shift__rota__school", "by", "to", "in_return__shift__rota")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def schools() -> list[School]:
    """Return the schools that may have a rota of their own, by name."""
    return list(School.objects.order_by("name", "pk"))


def school(pk: int) -> School:
    """Return one school. Raises NotFound."""
    found = School.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def turn(pk: int) -> Turn:
    """Return one turn of a rota in use. Raises NotFound."""
    found = Turn.objects.select_related("shift").filter(pk=pk, shift__rota__ended_at=None).first()
    if found is None:
        raise NotFound
    return found


def fit_people(school: School | None, *, on: date) -> list[Person]:
    """Return all people whose role lets them be on duty for a school on a day, by name. Two queries."""
    keys = _duty_roles()
    held = assignments_at(Where(school), on=on).filter(role_key__in=keys)
    return list(Person.objects.filter(pk__in=held.values("person_id")).order_by("name", "pk"))


def note_for(person: Person, turn: Turn) -> str:
    """Return the hand-over note of a turn; empty for those that one of its notes may be about, unless the
    turn is their own."""
    return turn.note if _may_read(person, turn) else ""


def earlier_notes(person: Person, turn: Turn) -> list[str]:
    """Return the notes of a turn that were replaced and that a safeguarding lead was told of, newest first;
    none for those that one of its notes may be about, unless the turn is their own."""
    return turn.replaced if _may_read(person, turn) else []


def _may_read(person: Person, turn: Turn) -> bool:
    return turn.person_id == person.pk or _notes_for(person).filter(pk=turn.pk).exists()


def last_note(one: Duty, *, reader: Person) -> Turn | None:
    """Return the newest hand-over note of the same rota from a turn before this one, of those that aren't
    kept from its reader."""
    rows = _notes_for(reader).filter(
        shift__rota=one.rota, starts_at__lt=one.starts_at, ends_at__gt=one.starts_at - LONGEST
    )
    return rows.exclude(note="", earlier="").select_related("person").order_by("-noted_at").first()


def _notes_for(person: Person) -> QuerySet[Turn]:
    return Turn.objects.filter(not_meant("rota.turn", person))


def _planned(first: datetime, last: datetime) -> list[Duty]:
    earliest, latest = local_day(first - LONGEST), local_day(last)
    rows = Shift.objects.filter(rota__ended_at=None, from_day__lte=latest).exclude(to_day__lt=earliest)
    shifts = {row.pk: row for row in rows.select_related("person", "rota__school")}
    if not shifts:
        return []
    turns = _turns(shifts, first=first, last=last)
    by_holiday = any(one.when != When.ALWAYS for one in shifts.values())
    off = _holidays([one.rota for one in shifts.values()], first=earliest) if by_holiday else {}
    found = []
    for one in shifts.values():
        days = days_of(
            one.pattern,
            first=earliest,
            last=latest,
            cycle=one.rota.cycle,
            holidays=off.get(one.rota.school_id, set()),
        )
        past = {day for key, day in turns if key == one.pk and turns[key, day].began_at is not None}
        for day in sorted({*days, *past}):
            found += _of_day(one, day, turns.get((one.pk, day)))
    within = [each for each in found if each.starts_at < last and each.ends_at > first]
    return sorted(within, key=lambda each: (each.starts_at, each.shift.rota_id, each.shift.pk))


def _of_day(one: Shift, day: date, turn: Turn | None) -> list[Duty]:
    """Return the shift on a day; nothing where the clocks skip all of it."""
    if turn is not None and turn.began_at is not None:
        return [Duty(one, day, turn.starts_at, turn.ends_at, turn.person, turn=turn)]
    starts_at, ends_at = span_of(one.pattern, day)
    if starts_at >= ends_at:
        return []
    person = turn.person if turn is not None and turn.given else one.person
    return [Duty(one, day, starts_at, ends_at, person, turn=turn)]


def _turns(shifts: Iterable[int], *, first: datetime, last: datetime) -> dict[tuple[int, date], Turn]:
    rows = Turn.objects.filter(shift__in=list(shifts), starts_at__lt=last + DAY, ends_at__gt=first - DAY)
    return {(row.shift_id, row.day): row for row in rows.select_related("person", "checked_in_by")}


def _holidays(of: Iterable[Rota], *, first: date) -> dict[int | None, set[date]]:
    """Return the holidays of each rota's school; those of the federation are the days off of all its
    schools."""
    days: dict[int, set[date]] = {pk: set() for pk in School.objects.values_list("pk", flat=True)}
    for holiday in holidays_ahead(first):
        for school in holiday.schools:
            days[school.pk] |= set(holiday.days)
    everywhere = set.intersection(*days.values()) if days else set()
    return {row.school_id: days.get(row.school_id, set()) if row.school_id else everywhere for row in of}


def _with_gaps(found: list[Duty]) -> list[Duty]:
    people = {each.person.pk: each.person for each in found if each.person is not None}
    first = min(local_day(each.starts_at) for each in found)
    last = max(local_day(each.ends_at) for each in found)
    away = absences(people.values(), first=first, last=last)
    held = _assignments_of(people, first=first, last=last)
    return [_with_gap(each, away, held) for each in found]


def _with_gap(one: Duty, away: Absences, held: Mapping[int, Sequence[RoleAssignment]]) -> Duty:
    gap = _gap(one, away, held)
    return Duty(one.shift, one.day, one.starts_at, one.ends_at, one.person, gap, one.turn) if gap else one


def _gap(one: Duty, away: Absences, held: Mapping[int, Sequence[RoleAssignment]]) -> str:
    if one.person is None:
        return Gap.NOBODY
    if one.checked_in:
        return ""
    days = days_touched(one.span)
    left = one.person.left_on
    if left is not None and left <= days[-1]:
        return Gap.LEFT
    if not all(away.is_there(one.person.pk, day) for day in days):
        return Gap.AWAY
    counts = (row for row in held.get(one.person.pk, ()) if _reaches(row, one.rota, one.day))
    return "" if any(counts) else Gap.ROLE


def days_touched(span: Span) -> list[date]:
    """Return the days in London of which the time between two instants has a part."""
    first, last = local_day(span[0]), local_day(span[1] - timedelta(microseconds=1))
    return [first + n * DAY for n in range((last - first).days + 1)]


def _reaches(row: RoleAssignment, of: Rota, day: date) -> bool:
    here = row.scope_kind == ScopeKind.FEDERATION or (
        row.school_id is not None and row.school_id == of.school_id
    )
    within = row.from_day <= day and (row.to_day is None or day <= row.to_day)
    return here and within and (row.ended_on is None or day < row.ended_on)


def _assignments_of(people: Iterable[int], *, first: date, last: date) -> dict[int, list[RoleAssignment]]:
    rows = RoleAssignment.objects.filter(
        Q(to_day=None) | Q(to_day__gte=first), Q(ended_on=None) | Q(ended_on__gt=first),
        person__in=list(people), role_key__in=_duty_roles(), from_day__lte=last,
        scope_kind__in=[ScopeKind.FEDERATION, ScopeKind.SCHOOL],
    )  # fmt: skip
    found: dict[int, list[RoleAssignment]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(row)
    return found


def _duty_roles() -> list[str]:
    return [role.key for role in book_in_scope().roles if ON_DUTY & set(role.capacities)]


def week_of(day: date) -> tuple[datetime, datetime]:
    """Return the instants at which the week of a day begins and ends, from Monday in London."""
    monday = day - timedelta(days=day.weekday())
    return begins(monday), begins(monday + 7 * DAY)


SEE = _("Open the rota again to see who is on duty.")


def locked_turn(one: Duty) -> Turn:
    """Return the row of a duty, created if there is none, and locked until the transaction ends."""
    turn, _made = Turn.objects.get_or_create(
        shift=one.shift, day=one.day, defaults={"starts_at": one.starts_at, "ends_at": one.ends_at}
    )
    return Turn.objects.select_for_update(of=("self",)).select_related("person").get(pk=turn.pk)


def locked(one: Duty) -> tuple[Duty, Turn]:
    """Return the duty as it is now, read again after its row was locked: two may act on it at the same
    moment."""
    turn = locked_turn(one)
    return duty(one.shift, one.day), turn


def check_not_over(one: Duty, *, at: datetime) -> None:
    """Raise NotNow once a duty is over, or where it is cancelled on that day."""
    if one.ends_at <= at:
        raise NotNow(_("This shift is over."), SEE)
    if one.called_off:
        raise NotNow(_("No one is needed on this shift."), SEE)


def problem(person: Person, one: Duty) -> Text | None:
    """Return why a person can't do a duty; None where nothing prevents it."""
    days = days_touched(one.span)
    return why_not(person, one.rota.school, first=days[0], last=days[-1])


def check_can_do(person: Person, one: Duty, *, own: bool) -> None:
    """Raise NotNow where a person can't do a duty. `own`: the message is to that person."""
    why = problem(person, one)
    if why is not None:
        first = _("You can’t take this shift.") if own else _("They can’t take this shift.")
        raise NotNow(first, why)


def pass_to(turn: Turn, person: Person, *, at: datetime, by: Person | None) -> None:
    """Give the turn to a person in place of the previous one. Closes the requests about it."""
    Turn.objects.filter(pk=turn.pk).update(person=person, given=True, called_off=False)
    turn.person, turn.given, turn.called_off = person, True, False
    discharge(kind=FILL, subject=turn, by=by, at=at, how="covered")
    discharge(kind=DECLINED, subject=turn, by=by, at=at, how="covered")
    cancel(kind=CHECK_IN, subject=turn, because="covered", at=at, by=by)


def close_swaps(turn: Turn, to: SwapState, *, at: datetime, by: Person | None = None) -> list[Swap]:
    """End the requests about a turn that still wait; returns them."""
    found = list(Swap.objects.select_for_update(of=("self",)).filter(turn=turn, state=SwapState.ASKED))
    for each in found:
        close_swap(each, to, at=at, by=by)
    return found


def close_swap(one: Swap, to: SwapState, *, at: datetime, by: Person | None = None) -> None:
    """End one request; raises NotNow where another person was quicker."""
    move(one, to=to, moves=SWAP_MOVES, at=at, answered_by=by)
    if to == SwapState.ACCEPTED:
        discharge(kind=REPLY, subject=one, by=by, at=at, how="accepted")
    else:
        cancel(kind=REPLY, subject=one, because=str(to), at=at, by=by)


EARLY = timedelta(minutes=30)
"""How long before a shift check-in opens."""
MOST_EARLIER = 20
AFTERWARDS = timedelta(hours=12)
"""How long after a shift its note may still be written."""


@action
def check_in(*, by: Person, at: datetime, shift: Shift, day: date) -> Turn:
    """Check in to a shift. People who are not on it take it by checking in, once no one has in time.

    Raises NotAllowed, NotNow (too early; over; checked in already).
    """
    one, turn = locked(duty(shift, day))
    check_not_over(one, at=at)
    if at < one.starts_at - EARLY:
        raise NotNow(_("This shift starts later."), _("You can check in from 30 minutes before it starts."))
    if one.checked_in:
        raise done_before(
            turn,
            _("You’ve already checked in."),
            SEE,
            otherwise=NotNow(_("Someone else has checked in."), SEE),
            person=by,
        )
    if one.person != by:
        late = at >= one.starts_at + timedelta(minutes=one.rota.check_in_minutes)
        if one.covered and not late:
            raise NotAllowed(
                _("This isn’t your shift."), _("You can take it if the person on it doesn’t check in.")
            )
        check_can_do(by, one, own=True)
        close_swaps(turn, SwapState.WITHDRAWN, at=at, by=by)
        discharge(kind=CHECK_IN, subject=turn, by=by, at=at, how="covered")
        pass_to(turn, by, at=at, by=by)
        record("turn.given", subject=turn, at=at, actor=by, person=by.pk, how="checked_in")
    changed = {"person": by, "checked_in_at": at, "checked_in_by": by, "began_at": turn.began_at or at}
    Turn.objects.filter(pk=turn.pk).update(**changed)
    turn.refresh_from_db()
    discharge(kind=CHECK_IN, subject=turn, by=by, at=at, how="checked_in")
    record("turn.checked_in", subject=turn, at=at, actor=by)
    return turn


@action
def hand_over(*, by: Person, at: datetime, shift: Shift, day: date, note: str) -> Turn:
    """Leave a note for the next person on the rota; an empty one removes it. One that a safeguarding lead was
    told of stays beside it. `lead_told` of what is returned: whether a lead was told of this one.

    Raises NotAllowed (not on this shift), BadInput (note), NotNow (not begun, or long over).
    """
    one, turn = locked(duty(shift, day))
    if one.person != by:
        raise NotAllowed(_("This isn’t your shift."), _("Only the person on it can leave a note."))
    if at < one.starts_at or at > one.ends_at + AFTERWARDS:
        raise NotNow(_("You can leave a note during the shift and for 12 hours after it."), SEE)
    words = " ".join(note.split())
    if len(words) > LONGEST_NOTE:
        raise BadInput({"note": _("Use 300 characters or fewer.")})
    if any(unicodedata.category(each) in ("Cc", "Cs", "Co", "Cn") for each in words):
        raise BadInput({"note": _("Use letters, numbers and ordinary punctuation only.")})
    earlier = turn.earlier
    if turn.note and turn.note != words and was_read_first(turn, turn.note, shift.federation, on=day):
        earlier = "\n".join([turn.note, *turn.replaced][:MOST_EARLIER])
    kept = bool(words or earlier)
    Turn.objects.filter(pk=turn.pk).update(note=words, earlier=earlier, noted_at=at if kept else None)
    turn.refresh_from_db()
    turn.lead_told = bool(words) and take_in(
        turn, words, at=at, federation=shift.federation, school=one.rota.school, rewritten_by=by
    ).lead_first  # fmt: skip
    record("turn.handed_over", subject=turn, at=at, actor=by, written=int(bool(words)))
    return turn
