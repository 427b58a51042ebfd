"""The order in which people are told about a report, and telling the next: a duty for each, at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import chain

from schoolgate.core.clock import local_day
from schoolgate.core.events import record
from schoolgate.core.models import Country, School
from schoolgate.duties.actions import open_duty
from schoolgate.duties.models import Due
from schoolgate.incidents.duty_kinds import LOOK, TAKE, URGENT
from schoolgate.incidents.keeping import step
from schoolgate.incidents.meant import accused_in, kept_out_of, meant_in
from schoolgate.incidents.models import WAITS, Report, StepKind, Whose
from schoolgate.incidents.report_facts import counts_as_danger, report_facts, told_of, touches_a_child
from schoolgate.people.leads import can_open, governing_roles, in_line, roles_after_leads, roles_that_wait
from schoolgate.people.models import Person, ScopeKind
from schoolgate.people.queries import (
    Where,
    assignments_at,
    book_for,
    capacities,
    held_by,
    holders,
    holders_in_schools,
    line_managers,
)
from schoolgate.people.safeguarding import leads, safeguarders, safeguarding_roles, unagreed
from schoolgate.policy.asking import verdict
from schoolgate.policy.choices import CONCERN_ALARM, DANGER_ALARM, alarm_after
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import book_in_scope, policy_or_none
from schoolgate.policy.queries import kept as kept_by_id
from schoolgate.rota.turns import Duty, on_duty, there_is_one
from schoolgate.rulebook import Book, Decision
from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.findings import Duty as Wanted
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.situations.incidents import IncidentReport

# The order in which people are told about a report. Where a child's safety may be at stake, the
# safeguarding leads and deputies are told first, at once, and the roles that the policy names beside them:
# the law's rule (`packs/law/rules/children.yaml`), which no policy and no role of the policy comes before.
# Only what certainly isn't about a child goes to the policy's roles alone, and to the leads if no one takes
# it. Where no lead can be told, or does anything in time, the next are those of the one order
# (`people.leads`). Governors are told besides if it may be about any person who leads. It is never
# presented as a clause.

FEW = 2
"""Governors of a role who are told besides a lead before anyone who works with the children."""
TELLS = (Kind.OBLIGES, Kind.REQUIRES, Kind.BREACHED)


@dataclass(frozen=True)
class Named:
    """A role that the policy names for this report, by its key, with the clauses that do."""

    role: str
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Recipient:
    """A recipient: a role as a whole, or a person by name (`role`: their role, where they hold one)."""

    role: str = ""
    person: Person | None = None

    @property
    def person_id(self) -> int | None:
        """Id of the person, for one told by name."""
        return self.person.pk if self.person else None


@dataclass(frozen=True)
class Rung:
    """The recipients told together. `people`: ids of everyone it reaches."""

    whose: Whose
    told: tuple[Recipient, ...] = ()
    people: frozenset[int] = frozenset()

    def __add__(self, other: Rung) -> Rung:
        return replace(self, told=self.told + other.told, people=self.people | other.people)

    def __sub__(self, other: Rung) -> Rung:
        return replace(self, told=tuple(one for one in self.told if one not in other.told))


Telling = tuple[Rung, ...]
"""The rungs told at the same moment, each by its own rule."""


@dataclass(frozen=True)
class Around:
    """Where and when, and who is not told."""

    on: date
    school: School | None
    by: Person | None
    out_people: frozenset[int] = frozenset()
    out_roles: frozenset[str] = frozenset()
    accused: frozenset[int] = frozenset()
    """Those of `out_people` who may have done something, and weren't only hurt or threatened."""
    child: bool = True
    """Whether a child's safety may be at stake."""

    @classmethod
    def of(cls, report: Report, *, on: date) -> Around:
        """Build it from a stored report."""
        rows = kept_out_of(report)
        meant = meant_in(report) if rows else set()
        return cls(
            on=on, school=report.school, by=report.by, child=touches_a_child(report),
            out_people=frozenset(meant),
            out_roles=frozenset(one.role_key for one in rows if one.role_key and not one.found),
            accused=frozenset(accused_in(report) if meant else ()),
        )  # fmt: skip


def named_by(decision: Decision | None, book: Book) -> list[Named]:
    """Return the roles that the policy wants told of this, and those that assess each report first, in its
    order."""
    found: dict[str, tuple[str, ...]] = {}
    for name, clauses in chain(_in_findings(decision), _first_assessors(book)):
        key = next((role.key for role in book.roles if role.name == name), "")
        if key:
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), *clauses)))
    return [Named(role, clauses) for role, clauses in found.items()]


def _in_findings(decision: Decision | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    for finding in decision.findings if decision else ():
        if finding.stands and finding.kind in TELLS:
            names = finding.args.get("roles") or [finding.args.get("role")]
            yield from ((str(name), finding.clauses) for name in names if name)


def _first_assessors(book: Book) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Return the roles that assess each report first, which it must always reach."""
    for bound in book.at("incident.assess", "first_assessment"):
        yield from ((role, bound.clauses) for role in bound.roles_named)


def ladder(named: Iterable[Named], book: Book, around: Around) -> list[Telling]:
    """Return those who are told together, in the order of telling: each reaches someone new. Empty: there
    is no one to tell."""
    policy = _roles([one.role for one in named], Whose.POLICY, around)
    leads = lead_rung(book, around)
    keys = roles_after_leads(book, around.school, on=around.on, out=around.out_people, together=True)
    steps = [_roles(step, Whose.HOUSE, around) for step in keys]
    others = [one for one in steps if one.people] or steps  # a role that no one has would only take time
    next_ones = [one for one in others if one.people][:1]
    instead = [one - policy for one in next_ones if not one.people <= policy.people]
    first = [leads - policy, policy] if leads.people else [policy]
    first += [] if can_open(leads.people, on=around.on) else instead
    if around.child:
        return list(_new_ones([first, *([one] for one in others)]))
    return list(_new_ones([[policy], [leads], *([one] for one in others)]))


def governors(book: Book, around: Around) -> list[Rung]:
    """Return the roles that oversee and don't look after people here, each on a rung of its own, in the order
    of `people.leads`."""
    keys = governing_roles(book, around.school, on=around.on, out=around.out_people)
    rungs = [_role(key, Whose.HOUSE, around) for key in keys]
    return [one for one in rungs if one.people]


def kept_to_leads(book: Book, around: Around) -> list[Telling]:
    """Return who is told of a concern that is kept to the leads: they at once and then, where none of them
    takes it in time, the next people in line, each by name."""
    line = in_line(book, around.school, on=around.on, out=around.out_people)
    first = lead_rung(book, around)
    steps = [_people(step, Whose.HOUSE, around) for step in line]
    after = [[one] for one in steps if not one.people <= first.people]
    at_once = [first] if can_open(first.people, on=around.on) else [first, *(after[0] if after else [])]
    return list(_new_ones([at_once, *after]))


def beside_the_leads(book: Book, around: Around) -> list[Rung]:
    """Return who is told besides the leads of what may be about any one of them, and who aren't all leads: a
    governor or two, as the chair, who work with no children there; else the next of Schoolgate's own order.
    Two rungs where there is no lead."""
    leads = lead_rung(book, around).people
    govern = governors(book, around)
    few = [one for one in govern if len(one.people) <= FEW]
    rungs = [_carrying(book, what, around) for what in ("own_policy", "administer", "see_incidents")]
    others = [one for one in dict.fromkeys((*few, *rungs, *govern)) if one.people - leads]
    if leads or not others:
        return others[:1]
    return [others[0], *(one for one in others if one.people - others[0].people)][:2]


def stands_in_for(report: Report, person: Person, *, on: date) -> dict[str, str]:
    """Return the roles, key and name, that assess each concern first under the policy, and that this person
    stands in for. Schoolgate's own rules: a safeguarding lead may assess each concern, whatever the policy
    says, and who takes their part where it may be about each lead; and a governor may where it may be about
    everyone who holds the role, because no one deals with a matter about themselves."""
    book = book_for(report)
    names = {name for name, _clauses in _first_assessors(book)}
    held = {one.role_key for one in held_by(person, on=on)} if names else set()
    first = [one for one in book.roles if one.name in names and one.key not in held]
    if not first:  # asked for each step of a concern
        return {}
    around = Around.of(report, on=on)
    if person.pk in lead_rung(book, around).people | instead_of_leads(book, around).people:
        return {one.key: one.name for one in first}
    if not any(person.pk in one.people for one in governors(book, around)):
        return {}
    return {one.key: one.name for one in first if _all_out(one.key, around)}


def instead_of_leads(book: Book, around: Around) -> Rung:
    """Return who takes the leads' part where it may be about each of them: the chair or governors, else the
    next of Schoolgate's own order. No one while a lead may know of it, or where there is no lead."""
    if not leads_kept_out(book, around):
        return Rung(Whose.HOUSE)
    next_ones = (_carrying(book, what, around) for what in ("administer", "see_incidents"))
    others = [*governors(book, around), *next_ones]
    return next((one for one in others if one.people), Rung(Whose.HOUSE))


def leads_kept_out(book: Book, around: Around) -> bool:
    """Return whether there are leads, and it may be about each of them."""
    return not lead_rung(book, around).people and bool(lead_rung(book, _everybody(around)).people)


def _everybody(around: Around) -> Around:
    return replace(around, out_people=frozenset(), out_roles=frozenset())


def who_assesses_instead(report: Report, *, on: date) -> tuple[list[str], list[Person]]:
    """Return the names of the roles that assess each concern first and that may all be meant, and the people
    who may assess it in their place."""
    book, around = book_for(report), Around.of(report, on=on)
    first = {name for name, _clauses in _first_assessors(book)}
    out = [one.name for one in book.roles if one.name in first and _all_out(one.key, around)]
    if not out:
        return [], []
    rungs = [lead_rung(book, around), *governors(book, around)]
    people = Person.objects.filter(pk__in={pk for rung in rungs for pk in rung.people})
    return out, list(people.order_by("name", "pk"))


def _all_out(key: str, around: Around) -> bool:
    held = _role(key, Whose.HOUSE, _everybody(around)).people
    return bool(held) and not _role(key, Whose.HOUSE, around).people


def about_the_head(book: Book, around: Around) -> bool:
    """Return whether it may be about a holder of the role that owns the policy, such as the headteacher."""
    return _about(around, {role.key for role in book.pack.roles_with("own_policy")})


def about_who_leads(book: Book, around: Around) -> bool:
    """Return whether it may be about a person who leads here: the headteacher, or a safeguarding lead or
    deputy."""
    keys = {role.key for role in book.pack.roles_with("own_policy")} | set(safeguarding_roles(book))
    named = {one.pk for one in safeguarders(None, on=around.on)}
    return bool(named & around.accused) or _about(around, keys)


def _about(around: Around, keys: set[str]) -> bool:
    if keys & around.out_roles:
        return True
    held = assignments_at(Where(anywhere=True), on=around.on)
    return held.filter(person__in=around.accused, role_key__in=keys).exists()


def roles_that_may_be_told(book: Book) -> list[str]:
    """Return the roles that a report can reach."""
    may = {"see_incidents", "administer", "oversee"}
    return [role.key for role in book.roles if may & set(role.capacities)]


def who_may_be_told(book: Book, *, by: Person | None, on: date) -> list[Person]:
    """Return everyone a report can reach: for the question whether it is about one of them."""
    keys = roles_that_may_be_told(book)
    held = assignments_at(Where(anywhere=True), on=on).filter(role_key__in=keys)
    found = Person.objects.filter(pk__in=held.values("person_id"))
    found |= Person.objects.filter(pk__in=[one.pk for one in safeguarders(None, on=on)])
    if by is not None:
        over = assignments_at(Where(about=by), on=on).filter(scope_kind=ScopeKind.LINE_MANAGER_OF)
        found |= Person.objects.filter(pk__in=over.values("person_id"))
    return list(found.order_by("name", "pk"))


def not_held(named: Iterable[Named], book: Book, around: Around) -> list[str]:
    """Return the names of roles that the policy names and no one holds here, regardless of the people it is
    about."""
    everybody, wait = _everybody(around), roles_that_wait()
    return [book_role.name for one in named for book_role in book.roles
            if book_role.key == one.role and one.role not in wait
            and not _role(one.role, Whose.POLICY, everybody).people]  # fmt: skip


def _new_ones(tellings: Iterable[Iterable[Rung]]) -> Iterator[Telling]:
    """Yield those that reach someone new. A role that the policy names is told even so."""
    seen: set[int] = set()
    for telling in tellings:
        kept = [one for one in telling if one.told and (one.people - seen or one.whose is Whose.POLICY)]
        seen.update(*(one.people for one in kept))
        if kept:
            yield tuple(kept)


def lead_rung(book: Book, around: Around) -> Rung:
    """Return the safeguarding leads and deputies by name, and the roles that the policy makes that: by the
    law's rule where a child's safety may be at stake."""
    whose = Whose.LAW if around.child else Whose.HOUSE
    keys = safeguarding_roles(book)
    # Where two people haven't agreed to each holder, the role isn't told as a whole: its leads are, by name.
    unsure = set(unagreed(keys, on=around.on))
    rung = _people(safeguarders(around.school, on=around.on), whose, around)
    rung += _roles([key for key in keys if key not in unsure], whose, around)
    return rung + _people(leads(book, around.school, on=around.on), whose, around) if unsure else rung


def _carrying(book: Book, capacity: str, around: Around) -> Rung:
    return _roles([role.key for role in book.pack.roles_with(capacity)], Whose.HOUSE, around)


def _people(people: Iterable[Person], whose: Whose, around: Around) -> Rung:
    kept = [one for one in people if one.pk not in around.out_people]
    return Rung(whose, tuple(Recipient(person=one) for one in kept), frozenset(one.pk for one in kept))


def _roles(keys: Iterable[str], whose: Whose, around: Around) -> Rung:
    found = Rung(whose)
    for key in keys:
        found += _role(key, whose, around)
    return found


def _role(key: str, whose: Whose, around: Around) -> Rung:
    """Return a role as a whole where all who hold it here may know about the report, else those who may, by
    name."""
    if key in around.out_roles or key in roles_that_wait():
        return Rung(whose)
    here = holders(key, on=around.on, school=around.school)
    by_name = [] if here else _held_elsewhere(key, around)
    people = [one for one in here or by_name if one.pk not in around.out_people]
    if here and len(people) == len(here):
        return Rung(whose, (Recipient(role=key),), frozenset(one.pk for one in people))
    told = tuple(Recipient(role=key, person=one) for one in people)
    return Rung(whose, told, frozenset(one.pk for one in people))


def _held_elsewhere(key: str, around: Around) -> list[Person]:
    """Return who holds a role over the reporter alone (a line manager), or, if no school is known, in any
    school.

    A reporter's line manager is not told if they left their name out: that alone would say who it was."""
    if around.by is not None and (found := line_managers(around.by, key, on=around.on)):
        return found
    return holders_in_schools(key, on=around.on) if around.school is None else []


@dataclass(frozen=True)
class Promise:
    """What holds at a school now, without a name. `roles`: the policy's own roles that are told at once;
    `lead`: whether a safeguarding lead or deputy is; `wales`: whether its terms are those of Wales;
    `there_is_anyone`: whether there is a
    person to tell; `until`: how long a person is on duty who may know of a concern, None where there is none;
    `has_rota`; `authorities`: whether the policy wants authorities told of some concerns."""

    roles: tuple[str, ...]
    lead: bool
    wales: bool
    there_is_anyone: bool
    until: datetime | None
    has_rota: bool
    authorities: bool


def promise(school: School, *, at: datetime) -> Promise:
    """Return what a visitor of a school's page can be told now."""
    on, book = local_day(at), book_in_scope()
    facts = IncidentReport(noticed_at=at, told=(), now=at)
    decision = verdict("incident.report", facts, on=on) if policy_or_none(on) is not None else None
    tellings = ladder(named_by(decision, book), book, Around(on=on, school=school, by=None))
    first = [one for rung in tellings[0] for one in rung.told] if tellings else []
    names = book.role_names
    can = can_open({pk for telling in tellings for rung in telling for pk in rung.people}, on=on)
    return Promise(
        roles=tuple(dict.fromkeys(names[one.role] for one in first if one.role in names)),
        lead=any(rung.whose is Whose.LAW and can & rung.people for rung in tellings[0])
        if tellings
        else False,
        wales=school.country == Country.WALES,
        there_is_anyone=bool(can),
        until=max((one.ends_at for one in _on_duty(school, at)), default=None),
        has_rota=there_is_one(),
        authorities=bool(book.at("incident.report", "authorities_told")),
    )


def whistleblowing(book: Book) -> tuple[Clause, ...]:
    """Return the policy's own clauses that speak of whistleblowing; empty where none does."""
    return tuple(
        one
        for one in book.clauses.values()
        if "whistleblow" in (one.wording or one.says).casefold().replace("-", "").replace(" blow", "blow")
    )


def _on_duty(school: School, at: datetime) -> list[Duty]:
    """Return who is on duty for the school and may know of concerns anyway."""
    on = local_day(at)
    leads = {person.pk for person in safeguarders(school, on=on)}
    return [
        one
        for one in on_duty(at).duties
        if one.covered
        and one.person is not None
        and one.rota.school_id in (school.pk, None)
        and (one.person.pk in leads or "see_incidents" in capacities(one.person, on=on, school=school))
    ]


def wait_for_someone(report: Report, *, at: datetime) -> tuple[datetime, Whose]:
    """Return when a report goes to the next people unless a person takes it, and by which rule: what the
    federation chose, else Schoolgate's own. Minutes that pass, also over a change of the clocks."""
    what = DANGER_ALARM if counts_as_danger(report) else CONCERN_ALARM
    after, chosen = alarm_after(what, on=local_day(at))
    return at.astimezone(UTC) + after, Whose.CHOSEN if chosen else Whose.HOUSE


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
            clauses=clauses, decision=kept if named else None, danger=counts_as_danger(report),
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
    that is in the future, else by what the federation chose or by Schoolgate's own. A danger never waits for
    a later time of the policy's."""
    own = wait_for_someone(report, at=at)
    if asked is None or not any(rung.whose is Whose.POLICY for rung in telling):
        return own
    facts = report_facts(report, by=by, at=at, told=told_of(report, at=at))
    decision = verdict("incident.report", facts, on=local_day(at))
    by_policy = time_for_opening(decision.duties, at=at)
    if by_policy is None or (counts_as_danger(report) and own[0] < by_policy):
        return own
    return by_policy, Whose.POLICY


def time_for_opening(duties: Iterable[Wanted], *, at: datetime) -> datetime | None:
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
    if not counts_as_danger(report):
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
    if not counts_as_danger(report):
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
