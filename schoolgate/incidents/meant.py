"""Who a concern may be about, by the one reading of the rows that name them; and so who may know of it and
act on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from functools import cache, reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.core.moves import done_before
from schoolgate.core.reading_once import A_NUMBER, FixedQuery, read_once
from schoolgate.core.subjects import number_of
from schoolgate.duties.models import Duty
from schoolgate.inbox.models import Item
from schoolgate.incidents.models import (
    LETS_IN,
    WAITS,
    KeptOut,
    Opening,
    OpeningState,
    Report,
    ReportState,
    Step,
    StepKind,
)
from schoolgate.people.confined import Meant, name_in_record
from schoolgate.people.models import Person, RoleAssignment, ScopeKind
from schoolgate.people.outside import TAKE_IN
from schoolgate.people.queries import away_on, held_by, here_on
from schoolgate.people.safeguarding import lead_of, reads_from

# Who a concern may be about: the one reading of the rows that name them. A row names a person or a role,
# ticked or found in the words. A role means the people who have had it at any time since the day of the
# report, in whatever place, besides their other roles: they are meant whatever else they may do here. Of a
# role whose title was found, those who may know of it by now aren't.

OF_ITEMS = "inbox.item:"
"""How the record names comments and messages."""


def meaning(person: Person) -> QuerySet[KeptOut]:
    """Return the rows that name this person or a role that they have, or had since the report."""
    return read_once(("incidents.meaning", person.pk), lambda: _meaning(person)).all()


def _meaning(person: Person) -> QuerySet[KeptOut]:
    day = OuterRef("report__reported_at__date")
    held = RoleAssignment.objects.filter(
        Q(to_day=None) | Q(to_day__gte=day),
        Q(ended_on=None) | Q(ended_on__gte=day),
        person=person,
        role_key=OuterRef("role_key"),
    )
    knows = KeptOut.every.filter(report=OuterRef("report"), person=person, let_in_at__isnull=False)
    by_role = Exists(held) & ~(Q(found=True) & Exists(knows))
    return KeptOut.objects.filter(Q(person=person) | by_role)


def reports_meaning(person: Person) -> QuerySet[Report]:
    """Return the concerns that may be about this person."""
    key = ("incidents.reports_meaning", person.pk)
    rows = read_once(key, lambda: Report.objects.filter(pk__in=meaning(person).values("report")))
    return rows.all()


def people_meant(reports: QuerySet[Report], *, accused: bool = False) -> dict[int, set[int]]:
    """Return the ids of the people that each of these concerns may be about, by its number; one about no one
    known is left out. `accused`: without those who are only who was hurt or threatened. Always three
    queries, or four."""
    rows = KeptOut.objects.filter(report__in=reports)
    hurt: set[tuple[int, int | None]] = set()
    if accused:
        hurt = set(rows.filter(harmed=True).values_list("report_id", "person_id"))
        rows = rows.filter(harmed=False)
    named = list(rows.values_list("report_id", "person_id", "role_key", "found", "report__reported_at"))
    let_in = KeptOut.every.filter(report__in=reports, let_in_at__isnull=False)
    knows = set(let_in.values_list("report_id", "person_id"))
    held = defaultdict(list)
    for one in RoleAssignment.objects.filter(role_key__in=rows.exclude(role_key="").values("role_key")):
        held[one.role_key].append(one)
    found: dict[int, set[int]] = defaultdict(set)
    for report, person, role, by_words, reported_at in named:
        out = {one for of, one in knows | hurt if of == report} if by_words else set()
        found[report] |= _people_of_row(person, held[role], since=local_day(reported_at), but=out)
    return found


def _people_of_row(
    person: int | None, held: Iterable[RoleAssignment], *, since: date, but: Collection[int | None]
) -> set[int]:
    """Return the ids of the people that a row means: a person, or those who have had its role since the day
    of the report, but for `but`."""
    found = {
        one.person_id
        for one in held
        if (one.to_day is None or one.to_day >= since) and (one.ended_on is None or one.ended_on >= since)
    }
    return (found - set(but)) | ({person} if person else set())


def kept_out_of(report: Report) -> list[KeptOut]:
    """Return the rows of a concern, but for those who may know of it by now. One query, as often as it's
    asked."""
    return [one for one in _rows_of(report) if one.let_in_at is None]


def meant_in(report: Report) -> set[int]:
    """Return the ids of the people that a concern may be about."""
    return _people_in(report, accused=False)


def accused_in(report: Report) -> set[int]:
    """Return the ids of the people who may have done what a concern tells of: everyone who is meant, but
    for those who were only hurt or threatened. Doubt counts as accused."""
    return _people_in(report, accused=True)


def _people_in(report: Report, *, accused: bool) -> set[int]:
    """Return what `people_meant` does, of one concern."""
    rows, day = kept_out_of(report), local_day(report.reported_at)
    out = {one.person_id for one in _rows_of(report) if one.let_in_at is not None}
    if accused:
        out |= {one.person_id for one in rows if one.harmed}
        rows = [one for one in rows if not one.harmed]
    held = _held_in(report) if any(one.role_key for one in rows) else []
    found: set[int] = set()
    for row in rows:
        holders = [one for one in held if one.role_key == row.role_key]
        found |= _people_of_row(row.person_id, holders, since=day, but=out if row.found else ())
    return found


def _rows_of(report: Report) -> list[KeptOut]:
    key = ("incidents.kept_out", report.pk)
    return read_once(key, lambda: _kept_out().ask({A_NUMBER: report.pk}))


def _held_in(report: Report) -> list[RoleAssignment]:
    key = ("incidents.held_in", report.pk)
    return read_once(key, lambda: _held().ask({A_NUMBER: report.pk}))


@cache
def _kept_out() -> FixedQuery[KeptOut]:
    return FixedQuery(KeptOut.every.filter(report_id=A_NUMBER))


@cache
def _held() -> FixedQuery[RoleAssignment]:
    titles = KeptOut.objects.filter(report_id=A_NUMBER).exclude(role_key="").values("role_key")
    return FixedQuery(RoleAssignment.objects.filter(role_key__in=titles))


def meant_by_title(report: Report) -> set[int]:
    """Return the ids of the people who are meant because of a role whose title was found in the words."""
    rows = report.kept_out.filter(found=True, harmed=False).exclude(role_key="").values("role_key")
    held = RoleAssignment.objects.filter(role_key__in=rows).values_list("person_id", flat=True)
    return set(held) & meant_in(report)


def meant_by_number(numbers: Collection[int]) -> dict[int, set[int]]:
    """Return the ids of the people that each of the concerns with these numbers may be about."""
    return people_meant(Report.objects.filter(pk__in=numbers))


def items_meaning(person: Person) -> QuerySet[Item]:
    """Return the locked comments and messages that a concern is about which may be about this person. One
    that isn't locked stays as it was: that it is gone would say that there is a concern."""
    things = reports_meaning(person).filter(thing__startswith=OF_ITEMS).values("thing")
    return Item.every.alias(in_record=name_in_record("inbox.item")).filter(
        in_record__in=things, locked_at__isnull=False
    )


def of_kind(kind: str) -> Meant:
    """Return who is meant by things of a kind in which words from outside come in (`people.outside`): the
    people that a concern about one may be about."""

    def things(person: Person) -> QuerySet[Any]:
        named = reports_meaning(person).filter(thing__startswith=f"{kind}:").values("thing")
        rows = apps.get_model(kind)._base_manager.alias(in_record=name_in_record(kind))
        found: QuerySet[Any] = rows.filter(in_record__in=named)
        return found

    def people(numbers: Collection[int]) -> dict[int, set[int]]:
        return _meant_by_things(f"{kind}:{number}" for number in numbers)

    return Meant(things, people, named_from_outside)


def named_from_outside(person: Person) -> QuerySet[Any]:
    """Return the names in the record of the things in which words from outside come in, of every kind, that a
    concern is about which may be about this person."""
    kinds = reduce(or_, (Q(thing__startswith=f"{kind}:") for kind in TAKE_IN))
    named: QuerySet[Any] = reports_meaning(person).filter(kinds).order_by().values("thing")
    return named


def waits_for_lead(subject: str) -> bool:
    """Return whether no one has taken a concern about the thing with this name in the record."""
    return Report.objects.filter(thing=subject, state__in=WAITS, destroyed_at=None).exists()


def meant_by_item(numbers: Collection[int]) -> dict[int, set[int]]:
    """Return the ids of the people that the concerns about each of these comments may be about, of those
    that are locked."""
    locked = Item.every.filter(pk__in=numbers, locked_at__isnull=False).values_list("pk", flat=True)
    return _meant_by_things(f"{OF_ITEMS}{number}" for number in locked)


def _meant_by_things(things: Iterable[str]) -> dict[int, set[int]]:
    reports = Report.objects.filter(thing__in=list(things))
    thing_of = dict(reports.values_list("pk", "thing"))
    found: dict[int, set[int]] = defaultdict(set)
    for report, people in (people_meant(reports) if thing_of else {}).items():
        found[number_of(thing_of[report])] |= people
    return found


def may_see(person: Person, on: date) -> Q:
    """Return the condition on reports that this person may know of on a day: they were told, by name or in a
    role that they hold; it was handed over to them, or they took it; or they are the designated
    safeguarding lead or a deputy. Of one that is kept to the leads, only what came to them by name since then
    counts, or that they took it since. One that two people opened for them counts until a lead ends it. Never
    one that may be about them."""
    held = held_by(person, on=on)
    told = Step.objects.filter(report=OuterRef("pk"), kind__in=LETS_IN)
    named_since = Exists(told.filter(person=person, at__gte=OuterRef("restricted_at")))
    mine = Exists(told.filter(_told(person, held))) & Q(restricted_at=None) | named_since
    meant = Exists(meaning(person).filter(report=OuterRef("pk")))
    opened = Exists(Opening.objects.filter(report=OuterRef("pk"), by=person, state=OpeningState.AGREED))
    took = Q(taken_by=person) & (Q(restricted_at=None) | Q(taken_at__gte=F("restricted_at")))
    return (mine | opened | took | _all_of_the_lead(person, held)) & ~Q(meant)


def hidden_subjects(person: Person, on: date) -> list[str]:
    """Return how the record names the concerns that this person may not know of, and the tasks about them: a
    word about one would show them that it exists. Overseeing how the policy is followed opens none."""
    seen = set(Report.objects.filter(may_see(person, on)).values_list("pk", flat=True))
    subjects = [
        f"{Report._meta.label_lower}:{pk}"
        for pk in Report.objects.order_by("pk").values_list("pk", flat=True)
        if pk not in seen
    ]
    told = Step.objects.filter(kind=StepKind.HARMED).exclude(report__in=seen).order_by("pk")
    subjects += [f"{Step._meta.label_lower}:{pk}" for pk in told.values_list("pk", flat=True)]
    tasks = Duty.objects.filter(subject__in=subjects).values_list("pk", flat=True) if subjects else ()
    return [*subjects, *(f"{Duty._meta.label_lower}:{pk}" for pk in tasks)]


def is_lead(person: Person, on: date) -> bool:
    """Whether a person is the designated safeguarding lead or a deputy of any school, or holds the role that
    the policy itself makes that."""
    return bool(lead_of(person, held_by(person, on=on)))


def check_may_take(by: Person, report: Report) -> None:
    """Raise NotNow if another person has it already. Anyone who may see a report may take it."""
    if report.state not in WAITS:
        raise done_before(
            report,
            otherwise=NotNow(
                _("Someone else is dealing with this, or it is closed."),
                _("Open it again to see who, and talk to them."),
            ),
            state=ReportState.TAKEN,
            taken_by=by,
        )


def check_has_it(by: Person, report: Report, *, on: date) -> None:
    """Raise NotAllowed unless the person took the report, or is the designated safeguarding lead. If the
    person who took it has left or is on long leave, anyone who may see it can continue."""
    if report.state in WAITS:
        raise NotAllowed(_("No one is dealing with this yet."), _("Select “I’ll deal with this” first."))
    if report.taken_by_id == by.pk or is_lead(by, on):
        return
    took = Person.objects.filter(here_on(on), ~away_on(on, person="pk"), pk__in=[report.taken_by_id])
    if took.exists():
        raise NotAllowed(
            _("The person dealing with this records the outcome."),
            _("Talk to the person who is dealing with it."),
        )


def _told(person: Person, held: list[RoleAssignment]) -> Q:
    """Return the steps that tell this person. One that names a person tells no one else of that role."""
    told = Q(person=person)
    for one in held:
        if one.scope_kind == ScopeKind.FEDERATION:
            told |= Q(person=None, role_key=one.role_key)
        elif one.scope_kind == ScopeKind.SCHOOL:
            told |= Q(person=None, role_key=one.role_key, report__school=one.school_id)
    return told


def _all_of_the_lead(person: Person, held: list[RoleAssignment]) -> Q:
    """Return the condition on reports of their schools, and of no school, that came since they lead."""
    found = Q(pk__in=[])
    since = reads_from(person, held) if lead_of(person, held) else {}
    for school, at in since.items():
        here = Q(reported_at__gte=at)
        found |= here if school is None else here & (Q(school=school) | Q(school=None))
    return found
