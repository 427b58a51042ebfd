"""The morning mail: one a person and school day, where anything is new or presses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import Max

from schoolgate.core import calendars
from schoolgate.core.actions import action
from schoolgate.core.bulk import insert
from schoolgate.core.calendars import CalendarNotKnown
from schoolgate.core.clock import local_day
from schoolgate.core.ids import reserve
from schoolgate.core.models import School
from schoolgate.notices import wishing
from schoolgate.notices.grouping import join, new_mail
from schoolgate.notices.kinds import KINDS
from schoolgate.notices.models import Mail, Notice
from schoolgate.notices.reading import lock
from schoolgate.notices.standing import OpenTasks, There
from schoolgate.notices.states import MailState, Moment, Urgency
from schoolgate.people.models import Person
from schoolgate.people.queries import away_on, here_on
from schoolgate.people.states import ScopeKind

OVER = time(12, 0)
"""In London: a morning mail that was not sent by then is not sent at all. Today shows the same."""
SATURDAY = 5
LOOKS_BACK = timedelta(days=60)
"""Who got no morning mail for so long gets one as though for the first time."""


@action
def prepare(*, at: datetime) -> int:
    """Make the morning mails whose time has come ready to be sent; returns how many there are.

    The number of queries does not grow with people or duties. Run twice, the second finds each mail there.
    """
    day = local_day(at)
    mark = lock(at)
    if at >= wishing.instant(day, OVER):
        return 0
    since = mark.mornings_until
    # A mark in the future was set by a wrong clock; the mails' own days prevent a second mail.
    if since is None or since > at or local_day(since) != day:
        since = wishing.instant(day, time.min)
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
    """Who is here, can sign in, is not on long leave, and has chosen a time after `since` and by `at`."""
    federations, own = wishing.morning_of_federation(), wishing.mornings()
    times = {federations, *own.values()}
    due = {each for each in times if since < wishing.instant(day, each) <= at}
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
    chosen = wishing.urgencies(people)
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
    """Whether there is anything to say: something new since the last one, due today, or overdue."""
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
    """What was told since that is no duty and waits for the morning, by person."""
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
    """What waited goes with the morning mail of its person."""
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
    """Whether a school of this person has a school day; who holds no role in one school goes by all."""
    places = [place for _role, place in standing.places.get(person_id, ())]
    schools = {reached for kind, reached in places if kind == ScopeKind.SCHOOL}
    only_schools = bool(schools) and all(kind == ScopeKind.SCHOOL for kind, _reached in places)
    return bool(schools & open_schools) if only_schools else None in open_schools


def is_over(mail: Mail, at: datetime) -> bool:
    """Whether a morning mail's morning is over, or its day is not today's."""
    return mail.day is not None and (local_day(at) != mail.day or at >= wishing.instant(mail.day, OVER))
