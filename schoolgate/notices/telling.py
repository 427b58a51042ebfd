"""Who is told what, and when: the record's events about tasks become notices, those to be told at once are
gathered into mails, and each person has one mail in the morning where anything is new, due or overdue.

How soon is a person's own choice, but never later than the notice needs. A notice of danger never waits,
and has a mail of its own. Rows of the record are numbered without gaps, and a later reader sees every
row up to its own: so the position is one number, and nothing is told twice or left out, however often a
worker dies. The number of queries does not grow with people or tasks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from email.utils import make_msgid
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, Exists, Max, OuterRef

from schoolgate.core import calendars
from schoolgate.core.actions import action
from schoolgate.core.calendars import CalendarNotKnown
from schoolgate.core.clock import LONDON, begins, local_day
from schoolgate.core.models import LedgerHead, LedgerRow, School
from schoolgate.core.rows import insert, reserve
from schoolgate.core.subjects import number_of
from schoolgate.core.tenancy import current_scope
from schoolgate.duties.kinds import kind_of
from schoolgate.duties.models import STILL_TO_DO, Duty, DutyState
from schoolgate.duties.models import Urgency as TaskUrgency
from schoolgate.notices.kinds import (
    DANGER,
    KINDS,
    MailState,
    Moment,
    Urgency,
    approvals,
    is_dangerous,
    key_of,
    kind,
    others_may_know,
)
from schoolgate.notices.models import Mail, MorningTime, Notice, ReadUpTo, Wish
from schoolgate.people.confined import meant_by
from schoolgate.people.models import Person, RoleAssignment, ScopeKind
from schoolgate.people.queries import Where, assignments_at, away_on, book_of, here_on

HOW_SOON = (Urgency.PAGE, Urgency.MORNING, Urgency.AT_ONCE)
"""From the least to the most."""
MORNING = time(7, 30)
"""When the morning mail goes out by default: this program's own, not a policy's."""
TIMES = (*(time(hour, minute) for hour in (6, 7, 8) for minute in (0, 30)), time(9, 0))
"""The times that can be chosen, in London."""


def at_least(wished: str, lowest: str) -> Urgency:
    """Return the sooner one of the two."""
    return HOW_SOON[max(HOW_SOON.index(Urgency(wished)), HOW_SOON.index(Urgency(lowest)))]


def choices(key: str) -> list[Urgency]:
    """Return what a person can choose for a kind, soonest first."""
    lowest = HOW_SOON.index(kind(key).lowest)
    return list(reversed(HOW_SOON[lowest:]))


def urgency_for(person: Person, key: str) -> Urgency:
    """Return how soon this person gets this kind of notice. One query."""
    return urgencies([person.pk], [key])[person.pk, key]


def urgencies(people: Iterable[int], keys: Iterable[str] = KINDS) -> dict[tuple[int, str], Urgency]:
    """Return how soon each of these people gets each of these kinds of notice. One query."""
    people, keys = list(people), list(keys)
    wishes = Wish.objects.filter(person_id__in=people, kind__in=keys)
    chosen = {
        (person_id, key): urgency
        for person_id, key, urgency in wishes.values_list("person_id", "kind", "urgency")
    }
    return {
        (person_id, key): at_least(chosen.get((person_id, key), kind(key).urgency), kind(key).lowest)
        for person_id in people
        for key in keys
    }


def morning_of_federation() -> time:
    """Return when the morning mail of the federation in scope goes out, in London. One query."""
    row = MorningTime.objects.filter(person=None).first()
    return row.time if row else MORNING


def morning_of(person: Person) -> time | None:
    """The time that the person chose, or None where they take the federation's."""
    row = MorningTime.objects.filter(person=person).first()
    return row.time if row else None


def mornings() -> dict[int, time]:
    """Return the people who chose a time of their own. One query."""
    return dict(
        MorningTime.objects.filter(person__isnull=False)
        .values_list("person_id", "time")
        .order_by("person_id")
    )


def instant(day: date, at: time) -> datetime:
    """That time of that day in London."""
    return datetime.combine(day, at, LONDON)


Place = tuple[str, object]
"""A kind of scope and what it reaches."""
EVERYWHERE: Place = (ScopeKind.FEDERATION, None)


@dataclass(frozen=True)
class Reach:
    """The holders of roles by place on a day, without leavers and people on long leave. `meant`: the people
    that a task's subject may be about, by its name: they are told nothing of it."""

    holders: dict[tuple[str, Place], list[int]]
    meant: Mapping[str, set[int]] = field(default_factory=dict)

    def of_role(self, role_key: str, duty: Duty) -> list[int]:
        """Return the people reached by a task of this role, oldest assignment first; each once."""
        found: dict[int, None] = {}
        for place in places_of(duty):
            found |= dict.fromkeys(self.holders.get((role_key, place), ()))
        return self._not_meant(found, duty)

    def first(self, duty: Duty) -> list[int]:
        """Return whose duty it is."""
        if duty.person_id:
            return self._not_meant([duty.person_id], duty)
        return self.of_role(duty.role_key, duty)

    def second(self, duty: Duty) -> list[int]:
        """Return who comes after them; empty if the task names no second one."""
        if duty.then_person_id:
            return self._not_meant([duty.then_person_id], duty)
        return self.of_role(duty.then_role_key, duty) if duty.then_role_key else []

    def _not_meant(self, people: Iterable[int], duty: Duty) -> list[int]:
        meant = self.meant.get(duty.subject, set())
        return [one for one in people if one not in meant]


def places_of(duty: Any) -> list[Place]:
    """The places from which an assignment reaches a duty: the row, or its plain values by the same names."""
    places: list[Place] = [
        (ScopeKind.SCHOOL, duty.school_id),
        (ScopeKind.ACCOUNT, duty.subject_account),
        (ScopeKind.ITEM, duty.subject),
        (ScopeKind.LINE_MANAGER_OF, duty.about_person_id),
    ]
    return [EVERYWHERE, *(place for place in places if place[1])]


def place_of(assignment: RoleAssignment) -> Place:
    """Return what an assignment reaches."""
    match ScopeKind(assignment.scope_kind):
        case ScopeKind.FEDERATION:
            return EVERYWHERE
        case ScopeKind.SCHOOL:
            return (ScopeKind.SCHOOL, assignment.school_id)
        case ScopeKind.ACCOUNT:
            return (ScopeKind.ACCOUNT, assignment.account_id)
        case ScopeKind.ITEM:
            return (ScopeKind.ITEM, assignment.item)
        case ScopeKind.LINE_MANAGER_OF:
            return (ScopeKind.LINE_MANAGER_OF, assignment.managed_id)


def reach(role_keys: Iterable[str], *, on: date, subjects: Iterable[str] = ()) -> Reach:
    """Return the holders of these roles on a day; of tasks about these `subjects`. One query, and two for
    each kind of thing that may be about people here."""
    wanted = {key for key in role_keys if key}
    held = (
        assignments_at(Where(anywhere=True), on=on, in_person=False)
        .filter(role_key__in=wanted)
        .order_by("pk")
    )
    holders: dict[tuple[str, Place], list[int]] = defaultdict(list)
    for assignment in held if wanted else ():
        holders[assignment.role_key, place_of(assignment)].append(assignment.person_id)
    return Reach(holders, meant_by(subjects))


def reach_of_duties(duties: Iterable[Duty], *, on: date) -> Reach:
    """Return the holders of the roles of these duties, first and second ones."""
    rows = list(duties)
    keys = {key for duty in rows for key in (duty.role_key, duty.then_role_key)}
    return reach(keys, on=on, subjects={duty.subject for duty in rows})


def administrators(on: date) -> list[int]:
    """Return the people who look after people and roles for the whole federation in scope. Two queries at
    most."""
    role_keys = administering_roles()
    held = assignments_at(Where(), on=on, in_person=False).filter(role_key__in=role_keys).order_by("pk")
    return list(dict.fromkeys(held.values_list("person_id", flat=True)))


def administering_roles() -> list[str]:
    """The policy's own roles that look after people, in its order."""
    from schoolgate.core.models import Federation
    from schoolgate.core.tenancy import current_scope

    book = book_of(Federation.objects.get(pk=current_scope().federation_id))
    return [role.key for role in book.pack.roles_with("administer")]


class _Row(NamedTuple):
    kind: str
    person_id: int | None
    role_key: str
    then_person_id: int | None
    then_role_key: str
    moved_on_at: datetime | None
    school_id: int | None
    subject_account: int | None
    subject: str
    about_person_id: int | None
    opened_at: datetime
    due_by: datetime
    state: str
    urgency: int


@dataclass(frozen=True)
class There:
    """One person's tasks: number by kind; how many are overdue; when the newest came; whether anything is due
    by the end of the day, overdue or urgent."""

    numbers: dict[str, int]
    overdue: int
    newest: datetime
    presses: bool


class OpenTasks:
    """Every open task in the federation in scope, for queries person by person."""

    def __init__(self, *, on: date) -> None:
        self._ends = begins(on + timedelta(days=1))
        rows = Duty.objects.filter(state__in=STILL_TO_DO).values_list(*_Row._fields)
        self._rows = [_Row(*row) for row in rows]
        self._meant = meant_by({row.subject for row in self._rows})
        self._of_person: dict[int, set[int]] = defaultdict(set)
        self._of_role: dict[tuple[str, Place], set[int]] = defaultdict(set)
        for index, row in enumerate(self._rows):
            self._enter(index, row)
        self.places: dict[int, list[tuple[str, Place]]] = defaultdict(list)
        for assignment in assignments_at(Where(anywhere=True), on=on).only(
            "person_id", "role_key", "scope_kind", "school_id", "account_id", "item", "managed_id"
        ):
            self._hold(assignment)

    def _enter(self, index: int, row: _Row) -> None:
        moved_on = row.moved_on_at is not None
        for person_id in (row.person_id, row.then_person_id if moved_on else None):
            if person_id is not None:
                self._of_person[person_id].add(index)
        roles = [row.role_key, row.then_role_key if moved_on else ""]
        for place in places_of(row):
            for role_key in filter(None, roles):
                self._of_role[role_key, place].add(index)

    def _hold(self, assignment: RoleAssignment) -> None:
        self.places[assignment.person_id].append((assignment.role_key, place_of(assignment)))

    def of(self, person_id: int, leave_out: Iterable[str] = ()) -> There | None:
        """Return the person's tasks, or None where there are none. `leave_out`: kinds not to be counted."""
        sets = [self._of_person.get(person_id, set())]
        sets += [self._of_role.get(held, set()) for held in self.places.get(person_id, ())]
        not_counted = set(leave_out)
        numbers: dict[str, int] = defaultdict(int)
        mine = []
        for index in set().union(*sets):
            row = self._rows[index]
            key = key_of(row.kind, urgency=row.urgency)
            if key not in not_counted and person_id not in self._meant.get(row.subject, ()):
                numbers[key] += 1
                mine.append(row)
        if not mine:
            return None
        return There(
            numbers=dict(numbers),
            overdue=sum(row.state == DutyState.OVERDUE for row in mine),
            newest=max(row.opened_at for row in mine),
            presses=any(row.due_by < self._ends or row.urgency < TaskUrgency.USUAL for row in mine),
        )


AT_ONCE_ROWS = 5_000
"""Rows of the record that are read in one transaction."""
SOON = timedelta(hours=2)
NOT_OLDER_THAN = timedelta(days=1)
"""Where the record was never read before, what happened earlier is on Today and is not told by mail."""
AGAIN = "duty.told_again"
TOLD_OF = {
    "duty.opened": Moment.OPENED,
    "duty.passed_on": Moment.OPENED,
    AGAIN: Moment.OPENED,
    "duty.overdue": Moment.OVERDUE,
    "duty.moved_on": Moment.MOVED_ON,
}


@dataclass(frozen=True)
class Telling:
    """A person to tell at once of a task."""

    person_id: int
    duty: Duty
    moment: Moment
    number: int = 0


@action
def read_record(*, at: datetime, limit: int = AT_ONCE_ROWS) -> bool:
    """Read the next rows of the record and write the notices that follow; returns whether there are more.

    Who else reads at the same moment waits until this one is through.
    """
    mark = lock(at)
    head = LedgerHead.objects.values_list("number", flat=True).first() or 0
    upto = min(head, mark.number + limit)
    if upto <= mark.number:
        return False
    rows = LedgerRow.objects.filter(
        federation_id=current_scope().federation_id,
        number__gt=mark.number,
        number__lte=upto,
        event__in=list(TOLD_OF),
    )
    said = [
        (event, subject, number if event == AGAIN else 0)
        for event, subject, number in rows.order_by("number").values_list("event", "subject", "number")
    ]
    write(list(_of_record(said, at)), at=at)
    mark.number = upto
    mark.save(update_fields=["number"])
    return upto < head


@action
def read_clock(*, at: datetime, limit: int = AT_ONCE_ROWS) -> int:
    """Write the notices of approvals that are due within two hours; returns for how many duties."""
    lock(at)
    told = Notice.objects.filter(duty=OuterRef("pk"), moment=Moment.SOON)
    soon = Duty.objects.filter(
        ~Exists(told),
        kind__in=approvals(),
        state=DutyState.OPEN,
        due_by__gte=at,
        due_by__lte=at + SOON,
    )
    duties = list(soon.order_by("due_by", "pk")[:limit])
    reach = reach_of_duties(duties, on=local_day(at))
    write([Telling(pk, duty, Moment.SOON) for duty in duties for pk in reach.first(duty)], at=at)
    return len(duties)


def lock(at: datetime) -> ReadUpTo:
    """Return how far the record was read, locked until the end of the transaction."""
    mark, new = ReadUpTo.objects.get_or_create(defaults={"number": 0})
    mark = ReadUpTo.objects.select_for_update().get(pk=mark.pk)
    if new:
        older = LedgerRow.objects.filter(
            federation_id=current_scope().federation_id, at__lt=at - NOT_OLDER_THAN
        )
        mark.number = older.order_by("-number").values_list("number", flat=True).first() or 0
        mark.save(update_fields=["number"])
    return mark


def write(tellings: Sequence[Telling], *, at: datetime) -> int:
    """Write a notice for each, unless there is one already; return how many were given. Two statements."""
    rows = [
        Notice(
            pk=pk,
            person_id=each.person_id,
            kind=key_of(each.duty.kind, urgency=each.duty.urgency),
            moment=each.moment,
            subject=each.duty.subject,
            duty=each.duty,
            urgency=Urgency.AT_ONCE,
            number=each.number,
            made_at=at,
        )
        for pk, each in zip(reserve(Notice, len(tellings)), tellings, strict=True)
    ]
    insert(rows, ignore_conflicts=True)
    return len(rows)


def _of_record(said: Iterable[tuple[str, str, int]], at: datetime) -> Iterator[Telling]:
    happened = [(TOLD_OF[event], number_of(subject), number) for event, subject, number in said]
    duties = {
        duty.pk: duty
        for duty in Duty.objects.filter(pk__in={pk for _, pk, _number in happened}, state__in=STILL_TO_DO)
    }
    reach = reach_of_duties(duties.values(), on=local_day(at))
    wish = _wishes_at_once()
    spare: list[int] | None = None
    for moment, pk, number in dict.fromkeys(happened):
        if (duty := duties.get(pk)) is None:
            continue
        people = reach.second(duty) if moment == Moment.MOVED_ON else reach.first(duty)
        if moment == Moment.OPENED and not is_dangerous(duty.kind):
            people = [one for one in people if (one, kind_of(duty.kind).mail) in wish]
        elif not people and moment != Moment.MOVED_ON:
            # No one holds the role today, or its holders are away: tell others instead.
            people = _whoever_else(reach, duty)
            if not people and others_may_know(duty.kind):
                people = spare = administrators(local_day(at)) if spare is None else spare
            moment = Moment.NOT_REACHED  # noqa: PLW2901 - what the others are told
        yield from (Telling(one, duty, moment, number) for one in people)


def _whoever_else(reach: Reach, duty: Duty) -> list[int]:
    return [] if duty.moved_on_at else reach.second(duty)


def _wishes_at_once() -> set[tuple[int, str]]:
    """Who wants to be told at once of what need not be: few people, so all of them are read."""
    return set(Wish.objects.filter(urgency=Urgency.AT_ONCE).values_list("person_id", "kind"))


AT_MOST = 20_000
"""Notices that one transaction takes up."""
FREELY, WITHIN, SPACED = 3, timedelta(hours=1), timedelta(minutes=15)
"""How many mails one person gets within an hour; after that, notices are gathered for a while."""
OUR_NAME = "schoolgate.invalid"
JOIN = """
UPDATE notices_notice SET mail_id = said.mail
FROM unnest(%s::bigint[], %s::bigint[]) AS said (id, mail) WHERE notices_notice.id = said.id
"""


@action
def make_mails(*, at: datetime) -> list[int]:
    """Put the notices that wait into mails; returns the mails' ids.

    The number of queries does not grow with people or notices.
    """
    lock(at)
    waiting = Notice.objects.filter(state=MailState.WAITING, mail=None, urgency=Urgency.AT_ONCE)
    notices = list(waiting.order_by("person_id", "pk")[:AT_MOST])
    if not notices:
        return []
    later = _to_be_spaced({one.person_id for one in notices}, at)
    groups: dict[tuple[int, str, int], list[Notice]] = defaultdict(list)
    for one in notices:
        letter = kind(one.kind).letter
        if letter or one.kind == DANGER or one.person_id not in later:
            alone = one.kind if letter or one.kind == DANGER else ""
            groups[one.person_id, alone, one.pk if letter else 0].append(one)
    mails = [
        new_mail(pk, person_id, Urgency.AT_ONCE, at=at, letter="" if alone == DANGER else alone)
        for pk, (person_id, alone, _each) in zip(reserve(Mail, len(groups)), groups, strict=True)
    ]
    insert(mails)
    join([(one.pk, mail.pk) for mail, each in zip(mails, groups.values(), strict=True) for one in each])
    return [mail.pk for mail in mails]


def new_mail(pk: int, person_id: int, urgency: Urgency, *, at: datetime, letter: str = "") -> Mail:
    """A mail that is not written yet, with its own name, under which it is sent however often it is tried."""
    return Mail(
        pk=pk,
        person_id=person_id,
        urgency=urgency,
        letter=letter,
        made_at=at,
        next_try_at=at,
        message_id=make_msgid(domain=OUR_NAME),
    )


def join(pairs: Sequence[tuple[int, int]]) -> None:
    """Save which mail each notice goes in, as (notice, mail). One statement, however many there are."""
    with connection.cursor() as cursor:
        cursor.execute(JOIN, [[pk for pk, _mail in pairs], [mail for _pk, mail in pairs]])


def _to_be_spaced(people: set[int], at: datetime) -> set[int]:
    """Return the people who got several mails within the hour and have to wait for the next one. One
    query."""
    lately = Mail.objects.filter(
        person_id__in=people, urgency=Urgency.AT_ONCE, letter="", made_at__gt=at - WITHIN, made_at__lte=at
    )
    counted = lately.values("person_id").annotate(number=Count("pk"), newest=Max("made_at"))
    return {row["person_id"] for row in counted if row["number"] >= FREELY and row["newest"] > at - SPACED}


OVER = time(12, 0)
"""In London: a morning mail that was not sent by then is not sent at all. Today shows the same."""
SATURDAY = 5
LOOKS_BACK = timedelta(days=60)
"""After so long without a morning mail, a person gets one as though it were the first."""


@action
def prepare(*, at: datetime) -> int:
    """Make the morning mails whose time has come ready to be sent; returns how many there are.

    The number of queries does not grow with people or duties. Run twice, the second finds each mail there.
    """
    day = local_day(at)
    mark = lock(at)
    if at >= instant(day, OVER):
        return 0
    since = mark.mornings_until
    # A mark in the future was set by a wrong clock; the mails' own days prevent a second mail.
    if since is None or since > at or local_day(since) != day:
        since = instant(day, time.min)
    people = _whose_time_has_come(day, since, at)
    mails = _mails(people, day=day, at=at) if people else []
    if (
        mark.mornings_until is None
        or people
        or mark.mornings_until > at
        or at - mark.mornings_until > A_WHILE
    ):
        mark.mornings_until = at
        mark.save(update_fields=["mornings_until"])
    return len(mails)


A_WHILE = timedelta(minutes=10)


def _whose_time_has_come(day: date, since: datetime, at: datetime) -> list[int]:
    """Return the people who are here, can sign in, are not on long leave, and chose a time after `since` and
    by `at`."""
    federations, own = morning_of_federation(), mornings()
    times = {federations, *own.values()}
    due = {each for each in times if since < instant(day, each) <= at}
    if not due:
        return []
    people = Person.objects.filter(here_on(day), ~away_on(day, person="pk"), user__is_active=True)
    if federations not in due:
        people = people.filter(pk__in=[pk for pk, each in own.items() if each in due])
    else:
        people = people.exclude(pk__in=[pk for pk, each in own.items() if each not in due])
    return list(people.order_by("pk").values_list("pk", flat=True))


def _mails(people: Sequence[int], *, day: date, at: datetime) -> list[Mail]:
    standing = OpenTasks(on=day)
    open_schools = schools_at_work(day)
    if not open_schools:
        return []
    chosen = urgencies(people)
    before = _last_mornings(people, day)
    waiting = _waiting(people)
    wanted: list[tuple[int, list[list[object]]]] = []
    for pk in people:
        if not _works_today(standing, pk, open_schools):
            continue
        unwanted = [key for key in KINDS if chosen[pk, key] == Urgency.PAGE]
        there = standing.of(pk, unwanted)
        lists = waiting.get(pk, [])
        if lists or _is_news(there, before.get(pk)):
            wanted.append((pk, lists + _lists(there)))
    mails = [
        new_mail(pk, person_id, Urgency.MORNING, at=at)
        for pk, (person_id, _lists_) in zip(reserve(Mail, len(wanted)), wanted, strict=True)
    ]
    for mail, (_person, lists) in zip(mails, wanted, strict=True):
        mail.day, mail.lists = day, lists
    insert(mails, ignore_conflicts=True)
    there_now = set(Mail.objects.filter(pk__in=[mail.pk for mail in mails]).values_list("pk", flat=True))
    made = [mail for mail in mails if mail.pk in there_now]
    _take_along(made)
    return made


def _is_news(there: There | None, before: datetime | None) -> bool:
    """Return whether there is anything to report: something new since the last mail, due today, or
    overdue."""
    return there is not None and (before is None or there.newest > before or there.presses)


def _lists(there: There | None) -> list[list[object]]:
    if there is None:
        return []
    lists: list[list[object]] = [
        [key, Moment.OPENED, there.numbers[key]] for key in KINDS if key in there.numbers
    ]
    return lists + ([["", Moment.OVERDUE, there.overdue]] if there.overdue else [])


def _last_mornings(people: Sequence[int], day: date) -> dict[int, datetime]:
    rows = Mail.objects.filter(
        person_id__in=people, urgency=Urgency.MORNING, day__gte=day - LOOKS_BACK
    ).values("person_id")
    return dict(rows.annotate(newest=Max("made_at")).values_list("person_id", "newest"))


def _waiting(people: Sequence[int]) -> dict[int, list[list[object]]]:
    """Return the notices since then that are no duties and wait for the morning, by person."""
    rows = Notice.objects.filter(
        state=MailState.WAITING, mail=None, urgency=Urgency.MORNING, person_id__in=people
    )
    numbers: dict[int, dict[str, int]] = {}
    for person_id, key in rows.values_list("person_id", "kind"):
        mine = numbers.setdefault(person_id, {})
        mine[key] = mine.get(key, 0) + 1
    return {
        pk: [[key, Moment.TOLD, mine[key]] for key in KINDS if key in mine] for pk, mine in numbers.items()
    }


def _take_along(mails: Sequence[Mail]) -> None:
    """Put the waiting notices into the morning mail of their person."""
    of_person = {mail.person_id: mail.pk for mail in mails}
    waiting = Notice.objects.filter(
        state=MailState.WAITING, mail=None, urgency=Urgency.MORNING, person_id__in=list(of_person)
    )
    join([(pk, of_person[person_id]) for pk, person_id in waiting.values_list("pk", "person_id")])


# --- School days --------------------------------------------------------------------------------------------


def schools_at_work(day: date) -> set[int | None]:
    """Return the schools in scope that have a school day. None in it: at least one has.

    A school whose terms have not been entered is taken to be open from Monday to Friday except bank holidays:
    a missing calendar stops no one's mail.
    """
    found: set[int | None] = set()
    schools = list(School.objects.order_by("pk"))
    for school in schools:
        try:
            works = bool(calendars.school_days(school, day, day))
        except CalendarNotKnown:
            works = day.weekday() < SATURDAY and not calendars.bank_holidays(school.country, day, day)
        if works:
            found |= {school.pk, None}
    if not schools and day.weekday() < SATURDAY:
        found.add(None)
    return found


def _works_today(standing: OpenTasks, person_id: int, open_schools: set[int | None]) -> bool:
    """Return whether a school of this person has a school day; for people without a role in a single school,
    any school."""
    places = [place for _role, place in standing.places.get(person_id, ())]
    schools = {reached for kind, reached in places if kind == ScopeKind.SCHOOL}
    only_schools = bool(schools) and all(kind == ScopeKind.SCHOOL for kind, _reached in places)
    return bool(schools & open_schools) if only_schools else None in open_schools


def is_over(mail: Mail, at: datetime) -> bool:
    """Return whether a morning mail is out of date: its day is not today, or the morning is over."""
    return mail.day is not None and (local_day(at) != mail.day or at >= instant(mail.day, OVER))
