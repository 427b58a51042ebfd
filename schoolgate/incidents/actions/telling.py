"""Tell the next people: a duty for each, at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from schoolgate.core.clock import local_day
from schoolgate.core.events.recording import record
from schoolgate.duties.actions import open_duty
from schoolgate.duties.due import Due
from schoolgate.incidents.actions.keeping import step
from schoolgate.incidents.actions.waiting import wait_for_someone
from schoolgate.incidents.duty_kinds import LOOK, TAKE, URGENT
from schoolgate.incidents.ladder import (
    Around,
    Named,
    Recipient,
    Rung,
    Telling,
    about_who_leads,
    governors,
    kept_to_leads,
    ladder,
    lead_rung,
    named_by,
)
from schoolgate.incidents.models import Report
from schoolgate.incidents.report_facts import report_facts, told_of
from schoolgate.incidents.states import WAITS, Danger, StepKind, Whose
from schoolgate.people.leads import can_open
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for, capacities
from schoolgate.people.safeguarding import safeguarders
from schoolgate.policy.asking import verdict
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import book_in_scope
from schoolgate.policy.queries import kept as kept_by_id
from schoolgate.rota.turns import on_duty
from schoolgate.rulebook import Decision
from schoolgate.rulebook.findings import Duty

LEADS_TOLD = "leads_told"
"""The point of the law's rule that names these people."""


def tell(report: Report, rung: Rung, *, kind: StepKind, at: datetime, kept: DecisionRecord | None) -> None:
    """Open the task to take the report for everyone on this rung, and record who was told and by which rule.
    It carries clauses if the policy or the law names the people."""
    named = rung.whose in (Whose.POLICY, Whose.LAW)
    clauses = _clauses(kept, rung.whose) if kept and named else ()
    for one in rung.told:
        step(report, kind, at=at, person=one.person, role=one.role, whose=rung.whose)
        open_duty(
            kind=TAKE, subject=report, at=at, due=Due.none_promised(),
            person=one.person, role=None if one.person else one.role, school=report.school,
            clauses=clauses, decision=kept if named else None, danger=report.danger == Danger.YES,
        )  # fmt: skip
    record("report.told", subject=report, at=at, whose=rung.whose, number=len(rung.people))


def _clauses(kept: DecisionRecord, whose: Whose) -> list[str]:
    """Return the clauses by which these are told: the law's for the law's rule, the policy's for its own."""
    if whose is Whose.LAW:
        asked = (one for one in kept.body["findings"] if one["point"] == LEADS_TOLD)
        return [clause for one in asked for clause in one["clauses"]]
    beside = {one for pack in book_in_scope().packs[1:] for one in pack.clauses}
    return [one for one in kept.clauses if one not in beside][:20]


def tell_on_duty(report: Report, *, at: datetime) -> None:
    """Tell the person on duty of a danger, besides those who are told anyway."""
    rung = duty_rung(report, at=at)
    if rung is not None:
        tell(report, rung, kind=StepKind.TOLD, at=at, kept=None)


def tell_governors(report: Report, around: Around, *, at: datetime) -> None:
    """Tell the governors of a concern that may be about a person who leads here, besides those the policy
    names: these may answer to that person. Of one that is taken they are told to read it."""
    book = book_for(report)
    if about_who_leads(book, around):
        for rung in new_of(report, tuple(governors(book, around)[:1])):
            tell_or_let_read(report, rung, at=at)


def tell_or_let_read(report: Report, rung: Rung, *, at: datetime) -> None:
    """Tell this rung; of a concern that someone deals with they are asked to read it."""
    if report.state in WAITS:
        kept = kept_by_id(report.decision) if report.decision else None
        tell(report, rung, kind=StepKind.TOLD, at=at, kept=kept)
        return
    for one in rung.told:
        step(report, StepKind.TOLD, at=at, person=one.person, role=one.role, whose=rung.whose)
    for person in Person.objects.filter(pk__in=rung.people):
        open_duty(
            kind=LOOK, subject=report, at=at, due=Due.none_promised(), person=person, school=report.school
        )
    record("report.told", subject=report, at=at, whose=rung.whose, number=len(rung.people))


def when_up(
    report: Report, telling: Telling, *, by: Person | None, at: datetime, asked: Decision | None
) -> tuple[datetime, Whose]:
    """Return when it passes to the next people: by the policy's time for opening a report, if it gives one
    that is in the future, else by what the federation chose or by Schoolgate's own."""
    own = wait_for_someone(report, at=at)
    if asked is None or not any(rung.whose is Whose.POLICY for rung in telling):
        return own
    facts = report_facts(report, by=by, at=at, told=told_of(report, at=at))
    decision = verdict("incident.report", facts, on=local_day(at))
    by_policy = time_for_opening(decision.duties, at=at)
    return (by_policy, Whose.POLICY) if by_policy else own


def time_for_opening(duties: Iterable[Duty], *, at: datetime) -> datetime | None:
    """Return the first instant by which the policy wants the report opened. "At once" is too short for anyone
    to act in: None, as if no time is promised."""
    times = [duty.due.instant for duty in duties if duty.what == "incident.open_report"]
    return min((one for one in times if one is not None and one > at + timedelta(minutes=1)), default=None)


def next_telling(report: Report, named: Iterable[Named], around: Around) -> Telling:
    """Return the next to be told together: the first with someone not told yet since it waits for a person.
    Empty: everyone who can be told was. One that is kept to the leads goes to them alone and, where none of
    them takes it in time, to the next people by name."""
    book = book_for(report)
    tellings = kept_to_leads(book, around) if report.restricted_at else ladder(named, book, around)
    found = (new_of(report, telling) for telling in tellings)
    return next((one for one in found if one), ())


def new_of(report: Report, telling: Telling) -> Telling:
    """Return what of these was not told yet since the report waits."""
    told = report.steps.filter(kind__in=[StepKind.TOLD, StepKind.WENT_UP], at__gte=report.state_at)
    already = {(one.role_key, one.person_id) for one in told}
    rungs = (
        replace(rung, told=tuple(t for t in rung.told if (t.role, t.person_id) not in already))
        for rung in telling
    )
    return tuple(rung for rung in rungs if rung.told)


def cannot_tell_a_lead(report: Report, around: Around) -> bool:
    """Return whether the law's rule asks for a safeguarding lead and there is none who can be told, and open
    it."""
    leads = lead_rung(book_for(report), around)
    return around.child and not can_open(leads.people, on=around.on)


def raise_alarm(report: Report, *, at: datetime) -> None:
    """Tell the designated safeguarding lead and the deputies that no one takes a report in which someone is
    in danger. Each is told once, even if they knew about it before."""
    if report.danger != Danger.YES:
        return
    rung = lead_rung(book_for(report), Around.of(report, on=local_day(at)))
    before = report.steps.filter(kind=StepKind.ALARM, at__gte=report.state_at)
    people = Person.objects.filter(pk__in=rung.people).exclude(pk__in=before.values("person"))
    for person in people.order_by("name", "pk"):
        step(report, StepKind.ALARM, at=at, person=person, whose=Whose(report.goes_up_by))
        open_duty(
            kind=URGENT, subject=report, at=at, due=Due.none_promised(), person=person, school=report.school,
            danger=True,
        )  # fmt: skip
    record("report.alarm", subject=report, at=at, number=len(rung.people))


def duty_rung(report: Report, *, at: datetime) -> Rung | None:
    """Return the person on duty by the rota, if not told yet and someone may be in danger; None: no one.

    They are told besides the others, in place of no one, and only if they may know of reports anyway: a shift
    alone opens no report.
    """
    if report.danger != Danger.YES:
        return None
    on = local_day(at)
    around = Around.of(report, on=on)
    told = report.steps.filter(kind__in=[StepKind.TOLD, StepKind.WENT_UP])
    out = around.out_people | set(told.exclude(person=None).values_list("person_id", flat=True))
    leads = {person.pk for person in safeguarders(report.school, on=on)}
    people = [
        person
        for person in on_duty(at).people(report.school_id)
        if person.pk not in out
        and (person.pk in leads or "see_incidents" in capacities(person, on=on, school=report.school))
    ]
    if not people:
        return None
    told_now = tuple(Recipient(person=person) for person in people)
    return Rung(Whose.HOUSE, told_now, frozenset(person.pk for person in people))


def names_again(report: Report) -> list[Named]:
    """Return the roles that the policy named when the report was made, from the saved decision, and those
    that assess each report first."""
    book = book_for(report)
    found = named_by(None, book)
    if report.decision is None:
        return found
    said = kept_by_id(report.decision).body["findings"]
    keys = {role.name: role.key for role in book.roles}
    for one in said:
        names = one["args"].get("roles") or [one["args"].get("role")]
        if one["overridden_by"] is None and one["kind"] in ("obliges", "requires", "breached"):
            found += [Named(keys[name], tuple(one["clauses"])) for name in names if name in keys]
    return found
