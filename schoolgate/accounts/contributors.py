"""Requests to follow an account: entered, checked, then accepted or refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Literal

from django.db.models import Prefetch, Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.care import is_on_team
from schoolgate.accounts.duty_kinds import ADMISSION_DO, ADMISSION_LOOK
from schoolgate.accounts.models import (
    ADMISSION_MOVES,
    FROM_INSIDE,
    GIVEN,
    Account,
    AccountState,
    Admission,
    AdmissionState,
    AskedFor,
    AskerIs,
    AskerKind,
    Circle,
    Consent,
    GrownUp,
    HowLooked,
    Part,
    SmallKind,
    SmallProposal,
    SmallState,
    TeamMember,
    Vetting,
)
from schoolgate.accounts.proposals import actor, role_names
from schoolgate.accounts.small import CHECKS, QUESTIONS, approvals_of, asks_of_platform, befriended
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.models import School
from schoolgate.core.moves import done_before, move
from schoolgate.core.subjects import person_key
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments, book_for, capacities, here_on
from schoolgate.people.rules import can, check_capacity
from schoolgate.policy.asking import record_decision, require, verdict
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import PolicyInForce, in_force
from schoolgate.rulebook import Book
from schoolgate.rulebook.adviser.search import fold
from schoolgate.rulebook.facts import Attested, Facts
from schoolgate.rulebook.situations import account_run, contacts
from schoolgate.rulebook.situations.account_run import ContributorAdmit, PlatformAdmit, UsageNotice
from schoolgate.rulebook.situations.contacts import FriendAdmit, Site, SiteSettings

GIVEN_BY: dict[str, Literal["parent", "responsible adult"]] = {
    Consent.PARENT: "parent",
    Consent.ADULT: "responsible adult",
}


def admission_facts(
    admission: Admission, policy: PolicyInForce, *, by: Person, at: datetime
) -> Iterator[tuple[str, Facts]]:
    """Return each situation that judges accepting a request, with its facts, for `by` who is about to
    accept it.

    They don't identify the person: the way of checking goes by its code, and what the school knows of them
    only as whether it was written down.
    """
    checks = list(admission.vettings.select_related("by").order_by("pk"))
    for situation in QUESTIONS[AskedFor(admission.asked_for)]:
        match situation:
            case "friend.admit":
                yield situation, _friend(admission, checks, policy.book, by=by, at=at)
            case "contributor.admit":
                yield situation, _contributor(admission, checks, policy.book, by=by, at=at)
            case _:
                yield situation, _platform(admission, at=at)


def place_of(admission: Admission) -> School | None:
    """Return the school it is about; None for the whole federation."""
    return admission.account.school if admission.account else admission.school


def site_of(account: Account | None) -> Site:
    """Return who is in a site and who can contact each other there, as its team stated it; what is not stated
    is not known."""
    if account is None:
        return Site()
    circle = Circle.objects.filter(account=account).first()
    made_for = circle.made_for_pupils if circle else None
    if made_for is None:
        made_for = account.setup.get("made_for_pupils")
    return Site(
        with_pupils=circle.with_pupils if circle else None,
        made_for_pupils=made_for,
        private_messages=circle.private_messages if circle else None,
    )


def circle_facts(account: Account, policy: PolicyInForce, *, by: Person, at: datetime) -> SiteSettings:
    """Return the facts of how the members of a site can reach each other, as now on record."""
    on = local_day(at)
    who = actor(by, policy.book, on=on, school=account.school)
    return SiteSettings(now=at, on=on, by=who, site=site_of(account))


def _friend(
    admission: Admission, checks: list[Vetting], book: Book, *, by: Person, at: datetime
) -> FriendAdmit:
    on = local_day(at)
    given: dict[str, Any] = {
        "kind": admission.kind,
        "relation": admission.relation or None,
        "as_what": "friend" if admission.asked_for == AskedFor.FRIEND else "participant",
    }
    return FriendAdmit(
        now=at,
        on=on,
        by=actor(by, book, on=on, school=place_of(admission)),
        site=site_of(admission.account),
        vettings=tuple(_checked(check, admission, book) for check in checks),
        name_identifies=_name_identifies(checks),
        approvals=approvals_of(admission.approval, book),
        **given,
    )


def _checked(check: Vetting, admission: Admission, book: Book) -> contacts.Vetting:
    return contacts.Vetting(
        by=person_key(check.by_id),
        roles=role_names(check.by, book, on=local_day(check.at), school=place_of(admission)),
        passed=check.passed,
        how_known=bool(check.how_known),
        real_person=check.real_person,
        grown_up=check.grown_up == GrownUp.ADULT if check.grown_up else None,
    )


def _name_identifies(checks: list[Vetting]) -> Attested | None:
    """Return the last answer. A check is of one request and its name, so it covers what is judged."""
    for check in reversed(checks):
        if check.name_identifies is not None:
            return Attested(
                answer=check.name_identifies, by=person_key(check.by_id), at=check.at, of_this_version=True
            )
    return None


def _contributor(
    admission: Admission, checks: list[Vetting], book: Book, *, by: Person, at: datetime
) -> ContributorAdmit:
    on = local_day(at)
    looked = [account_run.Vetting(by=person_key(check.by_id), at=check.at, how=check.how) for check in checks]
    return ContributorAdmit(
        now=at,
        on=on,
        by=actor(by, book, on=on, school=place_of(admission)),
        act="let_in",
        vettings=tuple(looked),
        in_care_of_others=_in_care_of_others(admission, checks),
        consents=_consents(checks),
    )


def _in_care_of_others(admission: Admission, checks: list[Vetting]) -> bool | None:
    """Return whether someone else has to agree: for a pupil, or where the last check says so. None where no
    check says."""
    if admission.relation == AskerIs.PUPIL:
        return True
    last = _last_consent(checks)
    if last is None:
        return False if admission.kind == AskerKind.ORGANISATION else None
    return last.consent != Consent.NOT_NEEDED


def _consents(checks: list[Vetting]) -> tuple[account_run.Consent, ...]:
    last = _last_consent(checks)
    if last is None or last.consent not in GIVEN_BY:
        return ()
    return (account_run.Consent(by=GIVEN_BY[last.consent], on=last.consent_on),)


def _last_consent(checks: list[Vetting]) -> Vetting | None:
    return next((check for check in reversed(checks) if check.consent), None)


def _platform(admission: Admission, *, at: datetime) -> PlatformAdmit:
    told = (UsageNotice(what="acceptable use", at=admission.told_at),) if admission.told_at else ()
    relation: Any = admission.relation or None
    return PlatformAdmit(now=at, on=local_day(at), relation=relation, may_post=True, told=told)


LOOKS_AFTER = ("moderate", "open_account")
"""Either lets a person manage an account's followers; so does a place in its team."""
SEES_BESIDE = frozenset({*LOOKS_AFTER, "oversee", "decide_account"})


def check_looks_after(by: Person, account: Account | None, *, on: date, school: School | None = None) -> None:
    """Raise NotAllowed unless the person is on the account's team, or moderates or opens accounts there.

    Without an account: of the learning platform of a school, or of the federation."""
    if account is not None:
        if is_on_team(by, account):
            return
        school = account.school
    held = capacities(by, on=on, school=school, account=account)
    if held.isdisjoint(LOOKS_AFTER):
        check_capacity(by, LOOKS_AFTER[0], on=on, school=school, account=account)


def platforms_looked_after(by: Person, *, on: date) -> list[School | None]:
    """Return the schools whose learning platform the person looks after; None: that of the whole
    federation."""
    everywhere = [None, *School.objects.order_by("name", "pk")]
    return [place for place in everywhere if can(check_looks_after, by, None, on=on, school=place)]


def check_looks_after_a_platform(by: Person, *, on: date) -> None:
    """Raise NotAllowed for people who look after no learning platform."""
    if not platforms_looked_after(by, on=on):
        check_looks_after(by, None, on=on)


def check_may_look_into(by: Person, admission: Admission, *, on: date) -> None:
    """Raise NotAllowed for all but the person the account's form names for the check; where it names no
    one who is still here, for people who don't look after the account."""
    vetter = vetter_of(admission, on=on)
    if vetter is None:
        check_looks_after(by, admission.account, on=on, school=admission.school)
    elif vetter != by:
        raise NotAllowed(
            _("The account’s own form names someone else for this check."),
            next_step=format_lazy(_("Needs a check by: {name}."), name=vetter.name),
        )


def vetter_of(admission: Admission, *, on: date) -> Person | None:
    """Return the person the account's form names for the check, unless they have left."""
    vetter = admission.vetter
    return None if vetter is None or (vetter.left_on is not None and vetter.left_on <= on) else vetter


def check_may_decide_on(by: Person, admission: Admission, *, on: date) -> None:
    """Raise NotAllowed unless the person looks after the account, or is named for the check."""
    if admission.vetter_id != by.pk:
        check_looks_after(by, admission.account, on=on, school=admission.school)


def may_see_admission(by: Person, admission: Admission, *, on: date) -> bool:
    """Return whether a person looks after the account, is named for the check, entered it, or oversees."""
    if by.pk in (admission.vetter_id, admission.entered_by_id):
        return True
    if can(check_looks_after, by, admission.account, on=on, school=admission.school):
        return True
    held = capacities(by, on=on, school=place_of(admission), account=admission.account)
    return bool(held & SEES_BESIDE)


def check_may_see_those_of(by: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed for people who neither look after the account nor oversee there."""
    held = capacities(by, on=on, school=account.school, account=account)
    if held.isdisjoint(SEES_BESIDE):
        check_looks_after(by, account, on=on)


def check_undecided(admission: Admission, *to: AdmissionState) -> None:
    """Raise NotNow unless it still waits, AlreadyDone where it was decided as this step would: `to`."""
    if admission.state != AdmissionState.WAITING:
        raise done_before(
            admission,
            _("This has already been decided."),
            _("Open it again to see its status."),
            otherwise=NotNow(
                _("This request has been decided differently or withdrawn.")
                if to
                else _("This request has been decided or withdrawn."),
                _("Open it again to see who decided. Talk to them if you disagree."),
            ),
            state__in=to,
        )


def check_nobody_said_no(admission: Admission) -> None:
    """Raise NotNow where the last check advised against it: accepting needs another check first."""
    last = admission.vettings.order_by("-pk").first()
    if last is not None and not last.passed:
        raise NotNow(
            _("The person who checked this said the request should be declined."),
            _("Check again and say what has changed, or decline the request."),
        )


MOST_EARLIER = 20


def waiting_for(person: Person, on: date) -> QuerySet[Admission]:
    """Return the requests that wait for this person, for paging: to be checked or accepted on the accounts
    that they look after, unless the account's form names another person for it. The number of queries does
    not grow."""
    looked_after = _reached(person, on, frozenset(LOOKS_AFTER))
    mine = Q(vetter=person) | (Q(vetter=None) | Q(vetter__left_on__lte=on)) & looked_after
    to_confirm = looked_after | Q(vetter=person)
    rows = Admission.objects.filter(
        mine & Q(state=AdmissionState.WAITING) | to_confirm & Q(state=AdmissionState.LET_IN)
    )
    return rows.select_related("account", "school", "vetter")


def admissions(person: Person, on: date) -> QuerySet[Admission]:
    """Return all that a person may see, for paging. The number of queries does not grow with the rows."""
    mine = Q(vetter=person) | Q(entered_by=person) | _reached(person, on, SEES_BESIDE)
    return Admission.objects.filter(mine).select_related("account", "school", "vetter")


def admissions_of(account: Account) -> QuerySet[Admission]:
    """Return all requests ever made to follow an account, for paging. Permission to show them: `rules`."""
    return Admission.objects.filter(account=account).select_related("account", "school", "vetter")


def number_open(account: Account) -> int:
    """Return how many requests to follow this account are undecided, or not yet added on its network."""
    undone = (AdmissionState.WAITING, AdmissionState.LET_IN)
    return Admission.objects.filter(account=account, state__in=undone).count()


def circle_of(account: Account) -> Circle | None:
    """Return what was said about who is in an account and who can message each other there, with who said
    it."""
    return Circle.objects.filter(account=account).select_related("said_by").first()


def admission_for(person: Person, pk: int, *, on: date) -> Admission:
    """Return one request with its checks in `.vettings`. Raises NotFound where the person may not know of
    it."""
    found = (
        Admission.objects.filter(pk=pk)
        .select_related(
            "account__school", "school", "vetter", "entered_by", "decided_by", "decision", "done_by",
            "ended_by", "told_by", "approval__decided_by",
        )
        .prefetch_related(Prefetch("vettings", Vetting.objects.select_related("by").order_by("-pk")))
        .first()
    )  # fmt: skip
    if found is None or not may_see_admission(person, found, on=on):
        raise NotFound
    return found


def earlier_refusals(admission: Admission, person: Person, on: date) -> list[Admission]:
    """Return when earlier requests under the same name were refused, newest first: as far as the person may
    see those requests themselves. One query beside their holdings."""
    if not admission.who_key:
        return []
    rows = admissions(person, on).filter(who_key=admission.who_key, state=AdmissionState.REFUSED)
    return list(rows.exclude(pk=admission.pk).order_by("-entered_at", "-pk")[:MOST_EARLIER])


def key_of(who: str) -> str:
    """Return a name normalised for comparison: lower-case letters and figures only, without accents."""
    return "".join(letter for letter in fold(who) if letter.isalnum()) or who.strip().casefold()


def is_friend(account: Account, name: str) -> bool:
    """Return whether a friend of this name was added to an account, and is not deleted again."""
    rows = Admission.objects.filter(account=account, asked_for=AskedFor.FRIEND, state=AdmissionState.DONE)
    return bool(name.strip()) and rows.filter(who_key=key_of(name)).exists()


def _reached(person: Person, on: date, wanted: frozenset[str]) -> Q:
    """Return rows of the accounts in whose team the person is, or where one of their roles has one of
    these."""
    team = TeamMember.objects.filter(person=person, to_day=None).values("account_id")
    found = Q(account__in=team)
    roles = {role.key: role.capacities for role in book_for(person).roles}
    for assignment in assignments(person, on=on, where=Where(anywhere=True)):
        if wanted.isdisjoint(roles.get(assignment.role_key, frozenset())):
            continue
        if assignment.scope_kind == "federation":
            return Q(pk__gt=0)
        if assignment.scope_kind == "school":
            found |= Q(account__school_id=assignment.school_id) | Q(school_id=assignment.school_id)
        elif assignment.scope_kind == "account":
            found |= Q(account_id=assignment.account_id)
    return found


@action
def enter_admission(
    *,
    by: Person,
    at: datetime,
    asked_for: AskedFor,
    who: str,
    kind: AskerKind = AskerKind.PERSON,
    relation: AskerIs | str = "",
    account: Account | None = None,
    school: School | None = None,
    known_how: str = "",
    asked_on: date | None = None,
    approval: SmallProposal | None = None,
) -> Admission:
    """Enter a request to follow, as the network shows it. `asked_on`: when it was made; today by default.

    Where the policy requires a check, the person named in the account's form is asked for it, otherwise the
    account's moderators; no policy gives a deadline. Raises NotAllowed, NotNow, BadInput.
    """
    on = local_day(at)
    check_looks_after(by, account, on=on, school=school)
    policy = in_force(on)
    _check_entered(asked_for, who, kind, relation, account=account, approval=approval, policy=policy)
    admission = Admission.objects.create(
        account=account,
        school=None if account else school,
        asked_for=asked_for,
        kind=kind,
        relation=relation if kind == AskerKind.PERSON else "",
        who=who.strip(),
        who_key=key_of(who),
        known_how=known_how.strip(),
        asked_on=min(asked_on or on, on),
        entered_by=by,
        entered_at=at,
        vetter=_named_vetter(account, asked_for, relation, on=on),
        approval=approval,
    )
    record("admission.entered", subject=admission, at=at, actor=by)
    _ask_to_look(admission, policy, by=by, at=at)
    return admission


@action
def look_into(
    *,
    admission: Admission,
    by: Person,
    at: datetime,
    how: HowLooked,
    passed: bool,
    how_known: str = "",
    real_person: bool | None = None,
    grown_up: GrownUp | str = "",
    name_identifies: bool | None = None,
    consent: Consent | str = "",
    consent_on: date | None = None,
) -> Vetting:
    """Record the check of a request: how it was done, and whether to accept.

    `how_known`: how the school knows them. `name_identifies`: whether they can be recognised from the name
    and picture shown. `consent`: whether a responsible adult agreed, and on which day. Raises NotAllowed,
    NotNow once it is decided; BadInput.
    """
    on = local_day(at)
    check_may_look_into(by, admission, on=on)
    check_undecided(admission)
    _check_consent(admission, consent, consent_on, on=on)
    vetting = Vetting.objects.create(
        admission=admission, by=by, at=at, how=how, passed=passed, how_known=how_known.strip(),
        real_person=real_person, grown_up=grown_up, name_identifies=name_identifies, consent=consent,
        consent_on=consent_on,
    )  # fmt: skip
    clauses = _clauses_of_the_check(admission, in_force(on), by=by, at=at)
    record(
        "admission.vetted", subject=admission, at=at, actor=by, clauses=clauses, how=str(how),
        vetting=vetting.pk,
    )  # fmt: skip
    return vetting


@action
def note_told(*, admission: Admission, by: Person, at: datetime) -> Admission:
    """Record that they were shown how the platform may be used. Raises NotAllowed, NotNow."""
    check_looks_after(by, admission.account, on=local_day(at), school=admission.school)
    check_undecided(admission)
    Admission.objects.filter(pk=admission.pk).update(told_at=at, told_by=by)
    admission.told_at, admission.told_by = at, by
    record("admission.told", subject=admission, at=at, actor=by)
    return admission


@action
def let_in(*, admission: Admission, by: Person, at: datetime) -> Admission:
    """Accept a request to follow, where the policy allows it. The program can't do it on the network: a
    person does, and confirms it. Raises NotAllowed, NotNow, Refused."""
    check_may_decide_on(by, admission, on=local_day(at))
    check_undecided(admission, AdmissionState.LET_IN, AdmissionState.DONE)
    check_nobody_said_no(admission)
    answers = _asked(admission, by=by, at=at)
    for kept in answers:
        require(kept)
    _decided(admission, AdmissionState.LET_IN, answers, by=by, at=at)
    open_duty(
        kind=ADMISSION_DO,
        subject=admission,
        person=by,
        at=at,
        due=Due.none_promised(),
        account=admission.account_id,
    )
    return admission


@action
def turn_away(*, admission: Admission, by: Person, at: datetime, reason: str) -> Admission:
    """Refuse a request to follow, with a reason, which is recorded. Raises NotAllowed, NotNow, BadInput."""
    check_may_decide_on(by, admission, on=local_day(at))
    check_undecided(admission, AdmissionState.REFUSED)
    if not reason.strip():
        raise BadInput({"reason": _("Say why. Anyone who decides on a later request needs to know.")})
    answers = _asked(admission, by=by, at=at)
    _decided(admission, AdmissionState.REFUSED, answers, by=by, at=at, reason=reason.strip())
    return admission


@action
def withdraw_admission(*, admission: Admission, by: Person, at: datetime) -> Admission:
    """Withdraw a request that was retracted or entered by mistake. Raises NotAllowed, NotNow."""
    check_may_decide_on(by, admission, on=local_day(at))
    move(admission, to=AdmissionState.WITHDRAWN, moves=ADMISSION_MOVES, at=at)
    cancel(kind=ADMISSION_LOOK, subject=admission, because="withdrawn", at=at, by=by)
    record("admission.withdrawn", subject=admission, at=at, actor=by)
    return admission


@action
def done_on_network(*, admission: Admission, by: Person, at: datetime) -> Admission:
    """Record that a request was accepted on the network by hand, or that posting was switched on. Raises
    NotAllowed, NotNow."""
    check_may_decide_on(by, admission, on=local_day(at))
    move(admission, to=AdmissionState.DONE, moves=ADMISSION_MOVES, at=at, done_at=at, done_by=by)
    discharge(kind=ADMISSION_DO, subject=admission, by=by, at=at)
    record("admission.done", subject=admission, at=at, actor=by)
    if admission.approval is not None and admission.approval.state == SmallState.APPROVED:
        befriended(admission.approval, by=by, at=at)
    return admission


def _asked(admission: Admission, *, by: Person, at: datetime) -> list[DecisionRecord]:
    policy = in_force(local_day(at))
    return [
        record_decision(situation, facts, at=at, by=by, subject=admission)
        for situation, facts in admission_facts(admission, policy, by=by, at=at)
    ]


def _decided(
    admission: Admission,
    to: AdmissionState,
    answers: list[DecisionRecord],
    *,
    by: Person,
    at: datetime,
    reason: str = "",
) -> None:
    telling = next((kept for kept in answers if kept.clauses), answers[0])
    move(
        admission,
        to=to,
        moves=ADMISSION_MOVES,
        at=at,
        decided_at=at,
        decided_by=by,
        decision=telling,
        reason=reason,
    )
    clauses = list(dict.fromkeys(clause for kept in answers for clause in kept.clauses))
    event = "admission.let_in" if to is AdmissionState.LET_IN else "admission.turned_away"
    record(event, subject=admission, at=at, actor=by, clauses=clauses, decision=telling.pk)
    discharge(kind=ADMISSION_LOOK, subject=admission, by=by, at=at, how=str(to))


def _check_consent(
    admission: Admission, consent: Consent | str, consent_on: date | None, *, on: date
) -> None:
    wrong: dict[str, Text] = {}
    if consent == Consent.NOT_NEEDED and admission.relation == AskerIs.PUPIL:
        wrong["consent"] = _("A parent or another responsible adult has to agree for a pupil.")
    if (consent in GIVEN) != (consent_on is not None):
        wrong["consent_on"] = (
            _("Enter the day they agreed.")
            if consent in GIVEN
            else _("Leave this blank until someone has agreed.")
        )
    elif consent_on is not None and consent_on > on:
        wrong["consent_on"] = _("Enter a day up to today.")
    if wrong:
        raise BadInput(wrong)


def _named_vetter(account: Account | None, asked_for: AskedFor, relation: str, *, on: date) -> Person | None:
    """Return the person the account's form names to check outside contributors, unless they have
    left."""
    if account is None or account.proposal is None or asked_for != AskedFor.CONTRIBUTE:
        return None
    named = account.proposal.answers.get("vetter")
    if relation in FROM_INSIDE or not named:
        return None
    return Person.objects.filter(here_on(on), pk=named).first()


def _clauses_of_the_check(
    admission: Admission, policy: PolicyInForce, *, by: Person, at: datetime
) -> list[str]:
    """Return the clauses under which this policy requires the check; none where it does not."""
    found = [
        clause
        for situation, facts in admission_facts(admission, policy, by=by, at=at)
        for finding in verdict(situation, facts, on=local_day(at)).findings
        if finding.point in CHECKS
        for clause in finding.clauses
    ]
    return list(dict.fromkeys(found))


def _ask_to_look(admission: Admission, policy: PolicyInForce, *, by: Person, at: datetime) -> None:
    clauses = _clauses_of_the_check(admission, policy, by=by, at=at)
    if not clauses:
        return
    given: dict[str, Any] = {
        "kind": ADMISSION_LOOK, "subject": admission, "at": at, "due": Due.none_promised(),
        "account": admission.account_id, "clauses": clauses,
    }  # fmt: skip
    for person in _who_looks(admission):
        open_duty(person=person, **given)


def _who_looks(admission: Admission) -> list[Person]:
    """Return the person named for the check; else the account's moderators, else its leads."""
    if admission.vetter is not None:
        return [admission.vetter]
    if admission.account is None:
        return []
    team = list(admission.account.team.filter(to_day=None).select_related("person").order_by("pk"))
    for part in (Part.MODERATOR, Part.ADMINISTRATOR, Part.LEAD):
        found = {member.person.pk: member.person for member in team if member.part == part}
        if found:
            return list(found.values())
    return []


def _check_entered(
    asked_for: AskedFor,
    who: str,
    kind: AskerKind,
    relation: str,
    *,
    account: Account | None,
    approval: SmallProposal | None,
    policy: PolicyInForce,
) -> None:
    if account is not None and account.state == AccountState.CLOSED:
        raise NotNow(_("This account is closed."), _("Use another account, or propose a new one."))
    if account is None and not asks_of_platform(policy.book):
        raise NotNow(
            _("This policy asks for nothing before a person can post on a learning platform."),
            _("You don’t need to enter anything here. The person who runs the platform gives access."),
        )
    wrong: dict[str, Text] = {}
    if not who.strip():
        wrong["who"] = _("Enter their name as it appears on the network.")
    if kind == AskerKind.PERSON and not relation:
        wrong["relation"] = _("Say how the school knows them.")
    if asked_for != AskedFor.PLATFORM and account is None:
        wrong["account"] = _("Choose the account this is for.")
    if approval is not None and (
        approval.account_id != (account.pk if account else None)
        or approval.kind != SmallKind.ORGANISATION
        or approval.state != SmallState.APPROVED
    ):
        wrong["approval"] = _("Choose an approval given for this account.")
    if wrong:
        raise BadInput(wrong)
