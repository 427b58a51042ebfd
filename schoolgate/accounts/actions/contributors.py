"""Requests to follow an account: entered, checked, then accepted or refused."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.actions.small import befriended
from schoolgate.accounts.asked_small import CHECKS, asks_of_platform
from schoolgate.accounts.duty_kinds import ADMISSION_DO, ADMISSION_LOOK
from schoolgate.accounts.facts.contributors import admission_facts
from schoolgate.accounts.models import Account, Admission, SmallProposal, Vetting
from schoolgate.accounts.models.contributors import GIVEN
from schoolgate.accounts.queries.contributors import key_of
from schoolgate.accounts.rules.contributors import (
    check_looks_after,
    check_may_decide_on,
    check_may_look_into,
    check_nobody_said_no,
    check_undecided,
)
from schoolgate.accounts.states import AccountState, Part
from schoolgate.accounts.states.contributors import (
    ADMISSION_MOVES,
    FROM_INSIDE,
    AdmissionState,
    AskedFor,
    AskerIs,
    AskerKind,
    Consent,
    GrownUp,
    HowLooked,
)
from schoolgate.accounts.states.small import SmallKind, SmallState
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.models import School
from schoolgate.core.moves import move
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.people.models import Person
from schoolgate.people.queries import here_on
from schoolgate.policy.asking import record_decision, require, verdict
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import PolicyInForce, in_force


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
