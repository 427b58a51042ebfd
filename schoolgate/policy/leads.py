"""Who leads on safeguarding: the one way to name and to end a lead or deputy, or a role that the policy makes
lead. It opens what only leads read, so it takes two people, and every lead is told (docs/adr/0085)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.events import record
from schoolgate.core.leaving import reason
from schoolgate.core.models import FROM_THE_FIRST, Federation, Safeguarder, School
from schoolgate.core.moves import done_before, move
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import current_scope
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.people import rules
from schoolgate.people.leads import (
    asked_by,
    asks_two,
    check_another_leads,
    check_entry_may_end,
    let_go,
    of_own_will,
    told_roles,
)
from schoolgate.people.models import (
    LEAD_MOVES,
    LeadChange,
    LeadPlace,
    LeadState,
    Person,
    RoleAssignment,
    ScopeKind,
)
from schoolgate.people.queries import Where, assignments_at, book_for, book_of
from schoolgate.people.safeguarding import leads, roles_of_second_people, safeguarding_roles, second_people
from schoolgate.policy.duty_kinds import AGREE_LEAD, LOOK_AT_LEAD


@action
def name_safeguarder(
    *, by: Person, at: datetime, person: Person, place: str, school: School | None = None
) -> LeadChange:
    """Ask that a person becomes designated safeguarding lead, or a deputy, of a school or (None) of all. It
    counts once a second person agrees; at once only while there is no one who could: as a federation
    is set up. A second person is another will (`people.leads`).

    A new lead replaces the one before. Raises NotAllowed, BadInput (person, place), NotNow where everyone who
    could agree was brought in by the person who asks.
    """
    on = local_day(at)
    rules.check_may_administer(by, on=on)
    if person.pk == by.pk:
        raise BadInput(
            {"person": _("You can’t name yourself. Ask someone else who looks after people and roles.")}
        )
    if place not in (LeadPlace.LEAD, LeadPlace.DEPUTY):
        raise BadInput({"place": _("Choose lead or deputy.")})
    if person.left_on is not None and person.left_on <= on:
        raise BadInput({"person": _("This person has left. Choose someone who is still here.")})
    same = Safeguarder.objects.filter(school=school, ended_at=None, place=place, person_id=person.pk)
    its = {"person": person, "place": place, "school": school}
    before = LeadChange.objects.filter(**its, state=LeadState.ASKED).first()
    if before is None and same.exists():
        before = LeadChange.objects.filter(**its, state=LeadState.AGREED).order_by("-pk").first()
    if before is not None:
        return before
    change = LeadChange.objects.create(by=by, at=at, state_at=at, **its)
    record("safeguarder.asked", subject=change, at=at, actor=by, person=person.pk, place=place)
    if not _ask_second(change, at=at):
        if second_people(person.federation, person=person, by=by, on=on):
            raise NotNow(
                _("Everyone who could agree was added or given their role by you this term."),
                _("Ask the head, the chair or a governor to name the lead."),
            )
        _agree(change, at=at, second=None)
    return change


@action
def ask_to_let_go(*, by: Person | None, at: datetime, person: Person) -> LeadChange:
    """Ask that a lead or deputy no longer leads, before they leave, go on long leave or lose the role: they
    and each lead are told at once, and they lead until a second person agrees, who may be they themselves.
    Asked again, nothing changes. `by` None: the program saw that they can't sign in any more.

    Raises NotAllowed, NotNow: no one else leads there, or no one could agree who is another will."""
    on = local_day(at)
    if by is not None:
        rules.check_may_administer(by, on=on)
    asked = LeadChange.objects.filter(person=person, place=LeadPlace.GOES, state=LeadState.ASKED).first()
    if (before := asked or let_go(person, at=at)) is not None:
        return before
    if by is not None:
        check_another_leads(person, on=on)
    change = LeadChange.objects.create(
        person=person, place=LeadPlace.GOES, school=None, by=by, at=at, state_at=at
    )
    record("safeguarder.asked", subject=change, at=at, actor=by, person=person.pk, place=LeadPlace.GOES)
    if not _ask_second(change, at=at) and by is not None:
        raise NotNow(
            _("Everyone who could agree was added or given their role by you this term."),
            _("Ask the head, the chair or a governor."),
        )
    _tell_leads(change, at=at, also=[person], knows=may_agree(change, at=at))
    return change


def may_agree(change: LeadChange, *, at: datetime) -> list[Person]:
    """Return who may be the second person: not who asked, and each another will. Not the person, unless they
    are to go: that they may agree to themselves."""
    federation = change.person.federation
    people = second_people(federation, person=change.person, by=change.by, on=local_day(at))
    if change.place == LeadPlace.GOES:
        people.append(change.person)
    asker = asked_by(change.assignment, change.by if change.place != LeadPlace.TOLD else change.person)
    people = [one for one in people if subject_of(one) != asker]
    if change.place == LeadPlace.TOLD:
        has_it = assignments_at(Where(anywhere=True), on=local_day(at)).filter(role_key=change.role_key)
        out = set(has_it.values_list("person_id", flat=True))
        out -= {one.pk for one in leads(book_of(federation), None, on=local_day(at))}
        people = [one for one in people if one.pk not in out]
    roles = roles_of_second_people(book_of(federation))
    return of_own_will(people, asker=asker, asked_at=change.at, at=at, roles=roles)


def replaced_by(change: LeadChange) -> Person | None:
    """Return who leads there now and no longer does once a second person has agreed; None where no one
    goes."""
    if change.place != LeadPlace.LEAD or change.state != LeadState.ASKED:
        return None
    led = Safeguarder.objects.filter(school=change.school, place=LeadPlace.LEAD, ended_at=None)
    return Person.objects.filter(pk__in=led.values("person_id")).exclude(pk=change.person_id).first()


@action
def agree_to_lead(
    *, by: Person, at: datetime, change: LeadChange, why: str, earlier: bool = False
) -> LeadChange:
    """Agree, as the second person, and say why. `earlier`: they may read what came before too, which only a
    lead says. Raises NotAllowed, BadInput (why); NotNow where it was settled already."""
    change = _locked(change)
    _check_second(by, change, at=at)
    if earlier and by not in leads(book_for(by), change.school, on=local_day(at)):
        raise NotAllowed(
            _("Only a safeguarding lead can open earlier concerns."),
            _("Agree without access to earlier concerns, or ask a lead."),
        )
    change.why = reason(why)
    change.save(update_fields=["why"])
    _agree(change, at=at, second=by, earlier=earlier)
    return change


@action
def decline_lead(*, by: Person, at: datetime, change: LeadChange) -> LeadChange:
    """Say no, as the second person. Raises as `agree_to_lead`."""
    change = _locked(change)
    _check_second(by, change, at=at)
    move(change, to=LeadState.DECLINED, moves=LEAD_MOVES, at=at, second=by)
    record("safeguarder.declined", subject=change, at=at, actor=by, person=change.person_id)
    discharge(kind=AGREE_LEAD, subject=change, by=by, at=at, how="declined")
    return change


@action
def end_safeguarder(*, by: Person, at: datetime, safeguarder: Safeguarder) -> LeadChange:
    """End a person's time as safeguarding lead or deputy, and tell every lead; before two people have agreed,
    ask the second. Raises NotAllowed; NotNow where it has ended, or a school would be left without a lead:
    name another first."""
    rules.check_may_administer(by, on=local_day(at))
    person = Person.objects.select_related("federation").get(pk=safeguarder.person_id)
    check_entry_may_end(safeguarder, person, at=at)
    if asks_two(safeguarder, person, at=at):
        return ask_to_let_go(by=by, at=at, person=person)
    _end(safeguarder, at=at, by=by)
    change = LeadChange.objects.create(
        person_id=safeguarder.person_id, place=safeguarder.place, school=safeguarder.school, by=by, at=at,
        state=LeadState.ENDED, state_at=at,
    )  # fmt: skip
    _tell_leads(change, at=at)
    return change


@action
def keep_seats(*, at: datetime, led: Iterable[str]) -> int:
    """Let the holders of these roles, by which the policy made them leads until now, lead on as deputies:
    a new rule of the policy's owner takes no lead out. Returns how many. They go by two people's word."""
    on = local_day(at)
    federation = Federation.objects.get(pk=current_scope().federation_id)
    gone = set(led) - set(safeguarding_roles(book_of(federation)))
    held = assignments_at(Where(anywhere=True), on=on).filter(
        role_key__in=gone, leads_since__isnull=False,
        scope_kind__in=[ScopeKind.FEDERATION, ScopeKind.SCHOOL],
    )  # fmt: skip
    kept = 0
    for one in held.select_related("school"):
        its = {"person_id": one.person_id, "school": one.school}
        if not Safeguarder.objects.filter(**its, ended_at=None).exists():
            Safeguarder.objects.create(
                place=LeadPlace.DEPUTY, since=at, reads_from=one.leads_since or at, **its
            )
            kept += 1
    return kept


@action
def ask_about_told(*, at: datetime, by: Person | None, told: Collection[str]) -> int:
    """Ask about each role that a new version or interpretation of the policy lets be told of concerns, and
    that couldn't be told before (`told`). It's told once a second person agrees: the leads, the chair or the
    head, never who put it in force, nor who has the role. Returns how many it asked about."""
    federation = Federation.objects.get(pk=current_scope().federation_id)
    book = book_of(federation)
    new = told_roles(book) - set(safeguarding_roles(book)) - set(told)
    if by is None:
        return 0
    its = {"place": LeadPlace.TOLD, "person": by, "state": LeadState.ASKED}
    for key in sorted(new):
        if not LeadChange.objects.filter(**its, role_key=key).exists():
            change = LeadChange.objects.create(**its, role_key=key, at=at, state_at=at)
            record("safeguarder.asked", subject=change, at=at, person=by.pk, place=LeadPlace.TOLD)
            _ask_second(change, at=at)
    return len(new)


@action
def look_at_lead(*, by: Person, at: datetime, change: LeadChange) -> None:
    """Record that a lead has seen a change."""
    discharge(kind=LOOK_AT_LEAD, subject=change, by=by, at=at, how="seen", person=by)


@action
def ask_about_roles(*, at: datetime) -> int:
    """Ask about each role that the policy makes safeguarding lead and that two people haven't agreed to,
    whichever way it came: given, handed over, imported, moved from another role, acted for, or made that by a
    new rule of the policy. The program's own sweep; returns how many it asked about."""
    on = local_day(at)
    federation = Federation.objects.get(pk=current_scope().federation_id)
    held = assignments_at(Where(anywhere=True), on=on).filter(
        role_key__in=safeguarding_roles(book_of(federation)), leads_since=None,
        scope_kind__in=[ScopeKind.FEDERATION, ScopeKind.SCHOOL],
    )  # fmt: skip
    settled = LeadChange.objects.filter(place=LeadPlace.ROLE, state__in=[LeadState.ASKED, LeadState.DECLINED])
    asked = 0
    for one in held.exclude(pk__in=settled.values("assignment")).select_related(
        "person__federation", "school"
    ):
        change = LeadChange.objects.create(
            person=one.person, place=LeadPlace.ROLE, school=one.school, assignment=one, by=None, at=at,
            state_at=at,
        )  # fmt: skip
        record("safeguarder.asked", subject=change, at=at, person=one.person_id, place="role")
        _ask_second(change, at=at)
        asked += 1
    return asked


def _ask_second(change: LeadChange, *, at: datetime) -> bool:
    """Ask everyone who may agree; return whether there is anyone."""
    asked = may_agree(change, at=at)
    for one in asked:
        open_duty(
            kind=AGREE_LEAD, subject=change, at=at, due=Due.none_promised(), person=one, school=change.school
        )
    return bool(asked)


def _check_second(by: Person, change: LeadChange, *, at: datetime) -> None:
    if change.state != LeadState.ASKED:
        raise done_before(change, _("This has been settled already."), state=change.state)
    if by not in may_agree(change, at=at):
        raise NotAllowed(
            _("A second person has to agree: the head, the chair or a governor, or a safeguarding lead."),
            _(
                "Ask one of them. Don’t ask the person, the colleague who asked, or anyone given a "
                "role since then, or by that colleague this term."
            ),
        )


def _agree(change: LeadChange, *, at: datetime, second: Person | None, earlier: bool = False) -> None:
    asked = may_agree(change, at=at) if second is not None else []
    move(change, to=LeadState.AGREED, moves=LEAD_MOVES, at=at, second=second, earlier=earlier)
    if change.place == LeadPlace.GOES:
        record("safeguarder.let_go", subject=change, at=at, actor=second, person=change.person_id)
        discharge(kind=AGREE_LEAD, subject=change, by=second, at=at, how="agreed")
        _tell_leads(change, at=at, also=[*asked, change.person], knows=[one for one in [second] if one])
        return
    if change.place == LeadPlace.TOLD:
        record("safeguarder.told_role", subject=change, at=at, actor=second, role=change.role_key)
        discharge(kind=AGREE_LEAD, subject=change, by=second, at=at, how="agreed")
        _tell_leads(change, at=at, also=asked, knows=[one for one in [second] if one])
        return
    since = FROM_THE_FIRST if earlier else at
    if change.assignment_id is not None:
        RoleAssignment.objects.filter(pk=change.assignment_id).update(leads_since=since)
    else:
        _enter(change, at=at, reads_from=since)
    record(
        "safeguarder.named", subject=change, at=at, actor=second or change.by, person=change.person_id,
        place=change.place, alone=second is None,
    )  # fmt: skip
    discharge(kind=AGREE_LEAD, subject=change, by=second, at=at, how="agreed")
    _tell_leads(change, at=at, also=asked)


def _enter(change: LeadChange, *, at: datetime, reads_from: datetime) -> None:
    standing = Safeguarder.objects.filter(school=change.school, ended_at=None)
    going = list(standing.filter(person_id=change.person_id))
    if change.place == LeadPlace.LEAD:
        going += standing.filter(place=LeadPlace.LEAD).exclude(person_id=change.person_id)
    for one in going:
        if one.person_id == change.person_id:
            reads_from = min(reads_from, one.reads_from)
        _end(one, at=at, by=change.by)
    Safeguarder.objects.create(
        place=change.place, school=change.school, person_id=change.person_id, since=at, reads_from=reads_from
    )


def _end(safeguarder: Safeguarder, *, at: datetime, by: Person | None) -> None:
    if not Safeguarder.objects.filter(pk=safeguarder.pk, ended_at=None).update(ended_at=at):
        raise done_before(safeguarder, _("This has already ended."), ended_at__isnull=False)
    record("safeguarder.ended", subject=safeguarder, at=at, actor=by, person=safeguarder.person_id)


def _tell_leads(
    change: LeadChange, *, at: datetime, also: Iterable[Person] = (), knows: Iterable[Person] = ()
) -> None:
    """Tell every lead who knows of it from no one else, and who else was asked to agree: by mail, and with a
    task until they have looked. Who goes is told too."""
    knows_of_it = {change.by_id, change.second_id, *(one.pk for one in knows)}
    if change.place != LeadPlace.GOES:
        knows_of_it.add(change.person_id)
    told = [*leads(book_for(change.person), None, on=local_day(at)), *also]
    for one in dict.fromkeys(told):
        if one.pk not in knows_of_it:
            open_duty(
                kind=LOOK_AT_LEAD, subject=change, at=at, due=Due.none_promised(), person=one,
                school=change.school,
            )  # fmt: skip


def _locked(change: LeadChange) -> LeadChange:
    rows = LeadChange.objects.select_for_update(of=("self",))
    return rows.select_related("person__federation", "school", "by", "assignment").get(pk=change.pk)
