"""Ask the safeguarding leads to look at a concern that another person deals with, or doesn't finish.

Schoolgate's own rule: a concern that one person takes is not that person's alone. The leads' task stays until
one of them has read it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.each import each_by_itself
from schoolgate.core.events.recording import record
from schoolgate.core.subjects import number_of
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.inbox import first_read
from schoolgate.inbox.models import Item
from schoolgate.incidents.actions.keeping import step
from schoolgate.incidents.duty_kinds import LEADS_LOOK, LET_IN
from schoolgate.incidents.ladder import Around, kept_to_leads, ladder, lead_rung
from schoolgate.incidents.meant import OF_ITEMS
from schoolgate.incidents.models import Reader, Report, Step
from schoolgate.incidents.rules import may_see
from schoolgate.incidents.states import Danger, ReportState, StepKind, Whose
from schoolgate.people.models import Person
from schoolgate.people.queries import away_on, book_for
from schoolgate.people.safeguarding import leads_at

UNFINISHED_AFTER: Mapping[bool, timedelta] = {True: timedelta(days=1), False: timedelta(days=7)}
"""How long a person may deal with a concern before the leads are asked, by whether someone is in danger."""
AT_ONCE = 100


def ask_leads(report: Report, *, at: datetime, again: bool = False) -> int:
    """Ask the safeguarding leads to look at a concern that one of them doesn't deal with, unless one has read
    it; return how many are asked. `again`: even if one has."""
    people = _leads(report, at=at, again=again)
    if report.taken_by_id in people and not again:
        discharge(kind=LEADS_LOOK, subject=report, by=report.taken_by, at=at, how="taken")
        return 0
    read = Reader.objects.filter(report=report, person__in=people, ended_at=None)
    if not again and read.exists():
        return 0
    asked = Person.objects.filter(pk__in=people - {report.taken_by_id}).order_by("name", "pk")
    for person in asked:
        if not Report.objects.filter(may_see(person, local_day(at)), pk=report.pk).exists():
            step(report, StepKind.WENT_UP, at=at, person=person, whose=Whose.HOUSE)
        open_duty(
            kind=LEADS_LOOK, subject=report, at=at, due=Due.none_promised(), person=person,
            school=report.school,
        )  # fmt: skip
    return len(asked)


def name_in(
    report: Report, kind: StepKind, *, by: Person, to: Person, at: datetime, words: str = "", body: str = ""
) -> None:
    """Let a person in by name, at another's word. Of a concern that is kept to the leads every other lead is
    told: they open it when they have looked, and can keep the person out."""
    said = {"what": words.strip()} if words.strip() else None
    step(report, kind, at=at, by=by, person=to, body=body, words=said)
    if report.restricted_at is not None:
        tell_leads(report, LET_IN, knows={by.pk, to.pk}, at=at)


def tell_leads(report: Report, kind: str, *, knows: Collection[int | None], at: datetime) -> None:
    """Give every lead who isn't meant, and doesn't know of it already, a task to look at the concern."""
    rung = lead_rung(book_for(report), Around.of(report, on=local_day(at)))
    for person in Person.objects.filter(pk__in=rung.people - set(knows)).order_by("name", "pk"):
        open_duty(
            kind=kind, subject=report, at=at, due=Due.none_promised(), person=person, school=report.school
        )


def a_lead_looked(report: Report, *, by: Person, at: datetime) -> None:
    """End the task of all leads once one of them has read the concern; a comment that it has a copy of has
    been read with it."""
    if report.thing.startswith(OF_ITEMS):
        item = Item.every.filter(pk=number_of(report.thing)).select_related("account__federation", "school")
        for one in item:
            first_read.note(by=by, at=at, item=one)
    if leads_at(by, report.school_id, on=local_day(at)):
        discharge(kind=LEADS_LOOK, subject=report, by=by, at=at, how="read")


def unfinished(at: datetime) -> QuerySet[Report]:
    """Return the concerns whose leads are to be asked once: not finished in time, or the person who deals
    with it is on long leave."""
    late = Q(taken_at__lte=at - UNFINISHED_AFTER[False])
    late |= Q(danger=Danger.YES, taken_at__lte=at - UNFINISHED_AFTER[True])
    asked = Step.objects.filter(report=OuterRef("pk"), kind=StepKind.UNFINISHED, at__gte=OuterRef("taken_at"))
    rows = Report.objects.filter(
        late | away_on(local_day(at), person="taken_by"),
        ~Exists(asked),
        state__in=(ReportState.TAKEN, ReportState.CLOSING),
    )
    return rows.order_by("taken_at", "id")


@action
def ask_leads_of_unfinished(*, at: datetime, limit: int = AT_ONCE) -> int:
    """Ask the leads about every concern that is `unfinished`, each by itself; safe to run twice. Returns how
    many there were; if that is `limit`, there are more."""
    waiting = list(unfinished(at).select_for_update(skip_locked=True, of=("self",))[:limit])
    left = each_by_itself(
        waiting, lambda report: _ask_of_one(report, at=at), at=at, failed="the leads were not asked"
    )
    return len(waiting) - len(left)


def _ask_of_one(report: Report, *, at: datetime) -> None:
    step(report, StepKind.UNFINISHED, at=at, whose=Whose.HOUSE)
    number = ask_leads(report, at=at, again=True)
    record("report.unfinished", subject=report, at=at, number=number)


def _leads(report: Report, *, at: datetime, again: bool) -> set[int]:
    """Return who leads on safeguarding there and isn't meant; `again`: where that is no one besides the
    person who deals with it, the next people of Schoolgate's own order."""
    book, around = book_for(report), Around.of(report, on=local_day(at))
    people = set(lead_rung(book, around).people)
    if people - {report.taken_by_id} or not again:
        return people
    steps = kept_to_leads(book, around) if report.restricted_at else ladder([], book, around)
    tellings = ({pk for rung in told for pk in rung.people} for told in steps)
    return next((left for each in tellings if (left := each - {report.taken_by_id})), set())
