"""Handovers when an account lead leaves: who runs them, and how they start and end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import handover_facts
from schoolgate.accounts.duty_kinds import HAND_OVER
from schoolgate.accounts.handover_facts import LEADING, end_facts, last_day, lead_left_facts, leading
from schoolgate.accounts.models import (
    ENDS_AS,
    HANDOVER_MOVES,
    Account,
    AccountState,
    Ends,
    Handover,
    HandoverState,
    RunBy,
    Taken,
    TeamMember,
)
from schoolgate.accounts.opening import ON_TRANSFER, ask_for_proofs, ask_to_let_in, check_entrusted, let_in
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import move
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.people.models import Person
from schoolgate.policy.asking import answered, record_decision, require
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import in_force
from schoolgate.rulebook.situations.accounts import Case


def check_may_run(by: Person, handover: Handover, runners: list[Person], *, on: date) -> None:
    """Raise NotAllowed unless the person is one of those who run this handover; the leaver never does."""
    if by.pk == handover.leaver_id:
        raise NotAllowed(
            _("People who are leaving can’t hand over the account to someone they choose."),
            _ask_rulebook(runners),
        )
    if by not in runners:
        raise NotAllowed(_("Someone else runs this handover."), _ask_rulebook(runners))


def check_still_open(handover: Handover) -> None:
    """Raise NotNow for a handover that has ended."""
    if handover.state != HandoverState.OPEN:
        raise NotNow(_("This handover has ended."), _("Open it again to see its status."))


def _ask_rulebook(runners: list[Person]) -> str | Promise:
    if not runners:
        return _("No one can run it yet. Ask the person who looks after people and roles here.")
    return format_lazy(_("Ask {names}."), names=", ".join(one.name for one in runners[:3]))


@action
def begin_handovers(*, person: Person, at: datetime) -> list[Handover]:
    """Start the handover of each account that the leaver leads, as far as it is needed.

    Called when a leaving becomes known or its day changes; run twice, it changes nothing. The policy says
    who runs it, under which clause and by when; where it names no one, this program asks a role and says
    that the rule is its own. The other handovers of these accounts are checked again, because the person
    asked to run them may be the one who leaves now.
    """
    if person.left_on is None:
        return []
    found = []
    for meant in handover_facts.meant_by_leaving(person, left_on=person.left_on, at=at):
        standing = Handover.objects.filter(account=meant.account, leaver=person, state=HandoverState.OPEN)
        handover = standing.select_related("account__school", "leaver").first()
        if handover is not None and handover.left_on != person.left_on:
            handover.left_on = person.left_on
            handover.save(update_fields=["left_on"])
            record("handover.day_changed", subject=handover, at=at, account=meant.account.pk)
        if handover is None and meant.wanted:
            handover = _begin(meant, person, at=at)
        if handover is not None:
            found.append(handover)
        for other in handover_facts.open_handovers(meant.account):
            if other.leaver_id != person.pk:
                _look_again(other, at=at)
    for handover in found:
        _ask_to_run(handover, at=at)
    return found


@action
def take_back_handovers(*, person: Person, at: datetime) -> int:
    """Cancel the handovers that are still open because the person stays after all. Returns how many."""
    waiting = list(Handover.objects.filter(leaver=person, state=HandoverState.OPEN))
    for handover in waiting:
        move(handover, to=HandoverState.TAKEN_BACK, moves=HANDOVER_MOVES, at=at, ended_at=at)
        cancel(kind=HAND_OVER, subject=handover, because="stays", at=at)
        record("handover.taken_back", subject=handover, at=at, account=handover.account_id)
    return len(waiting)


@action
def end_parts(*, person: Person, at: datetime) -> int:
    """End the leaver's parts in accounts on the day of leaving, and ask again about what is still open.

    Records what the policy says about an account whose day has come without a handover. Returns how many
    parts ended.
    """
    on = local_day(at)
    if person.left_on is None or person.left_on > on:
        return 0
    begin_handovers(person=person, at=at)
    ended = list(TeamMember.objects.filter(person=person, to_day=None).exclude(account__closed_at__lt=at))
    for member in ended:
        member.to_day = max(member.from_day, last_day(person.left_on) or member.from_day)
        member.save(update_fields=["to_day"])
        record(
            "account.team_changed", subject=f"accounts.account:{member.account_id}", at=at,
            person=person.pk, part=member.part, leaves=True,
        )  # fmt: skip
    for handover in handover_facts.open_handovers_of(person):
        kept = _ask(handover, by=None, at=at)
        record(
            "handover.day_came", subject=handover, at=at, clauses=kept.clauses, decision=kept.pk,
            account=handover.account_id,
        )  # fmt: skip
    return len(ended)


@action
def name_successor(*, handover: Handover, by: Person, at: datetime, person: Person) -> Handover:
    """Name the person who takes an account over, and ask them for what the policy requires of a new member.

    The account is theirs once the handover has ended that way. Raises NotAllowed, NotNow (ended), BadInput
    (person).
    """
    on = local_day(at)
    check_still_open(handover)
    check_may_run(by, handover, handover_facts.runners_of(handover, on=on), on=on)
    if person.pk == handover.leaver_id or person.left_on is not None:
        raise BadInput({"person": _("Choose someone who is staying.")})
    handover.successor, handover.successor_named_by, handover.successor_named_at = person, by, at
    handover.save(update_fields=["successor", "successor_named_by", "successor_named_at"])
    kept = ask_to_let_in(person, handover.account, by=by, at=at, occasion=ON_TRANSFER, about=handover)
    ask_for_proofs(
        answered(kept),
        Case(),
        in_force(on),
        kept=kept,
        school=handover.account.school,
        at=at,
        account=handover.account_id,
        place=("", person),
    )
    record(
        "handover.successor_named", subject=handover, at=at, actor=by, clauses=kept.clauses,
        decision=kept.pk, account=handover.account_id, person=person.pk,
    )  # fmt: skip
    return handover


@action
def end_handover(
    *, handover: Handover, by: Person, at: datetime, ends: str, keeps: Sequence[str] | None = None
) -> Handover:
    """End a handover: the account has a new lead, is shut, or continues with those who stay.

    `keeps`: what the leaver would keep; an empty list: nothing; None: not stated. Raises NotAllowed; NotNow
    (ended; not shut yet; no one would lead it); BadInput (ends, keeps, person); Refused with the decision,
    where the policy knows no such end or a requirement is missing.
    """
    on = local_day(at)
    check_still_open(handover)
    check_may_run(by, handover, handover_facts.runners_of(handover, on=on), on=on)
    if ends not in Ends.values:
        raise BadInput({"ends": _("Choose how it ends.")})
    if keeps is not None and not set(keeps) <= set(Taken.values):
        raise BadInput({"keeps": _("You can’t use that answer. Choose one from the list.")})
    if ends == Ends.CLOSE and handover.account.state != AccountState.CLOSED:
        raise NotNow(_("The account isn’t closed yet."), _("Close it first, on its own page."))
    kept = _ask(handover, by=by, at=at, ends=ends, keeps=keeps)
    require(kept, "handover_result", "stays_with_school")
    if ends == Ends.TRANSFER:
        _put_into_new_hands(handover, by=by, at=at)
    if ends == Ends.AS_IT_IS and not [one for one in _leads(handover) if one.left_on is None]:
        raise NotNow(
            _("Then no one would be responsible for the account."),
            _("Name someone to be responsible for it first."),
        )
    _end(handover, ENDS_AS[ends], kept, by=by, at=at, how=ends.replace(" ", "_"), keeps=keeps)
    return handover


@action
def end_handovers_of_a_closed_account(*, account: Account, at: datetime) -> int:
    """End the handovers of a closed account, which needs none. Returns how many."""
    if account.closed_at is None:
        return 0
    waiting = handover_facts.open_handovers(account)
    for handover in waiting:
        kept = _ask(handover, by=None, at=at, ends=Ends.CLOSE, keeps=handover.keeps)
        _end(handover, HandoverState.CLOSED, kept, by=None, at=at, how="closed", keeps=handover.keeps)
    return len(waiting)


def _begin(meant: handover_facts.Meant, person: Person, *, at: datetime) -> Handover:
    """Write the handover with the decision that asks for it. The decision is about the account: the handover
    is not there yet."""
    if person.left_on is None:
        raise ValueError("nobody leaves")
    facts = lead_left_facts(meant.leads, person, left_on=person.left_on, at=at)
    kept = record_decision("account.lead_left", facts, at=at, by=None, subject=meant.account)
    handover = Handover.objects.create(
        account=meant.account,
        leaver=person,
        left_on=person.left_on,
        part=meant.part,
        run_by=meant.runs.run_by,
        role_key=meant.runs.role_key,
        clauses=list(meant.runs.clauses),
        opened_at=at,
        decision=kept,
    )
    record(
        "handover.begun", subject=handover, at=at, clauses=kept.clauses, decision=kept.pk,
        account=meant.account.pk, leaver=person.pk, left_on=person.left_on.isoformat(),
    )  # fmt: skip
    return handover


def _ask_to_run(handover: Handover, *, at: datetime) -> None:
    """Open the duty for the person or role that runs the handover. No policy gives a deadline, so it has
    none."""
    account = handover.account
    given = {
        "kind": HAND_OVER,
        "subject": handover,
        "school": account.school,
        "account": account.pk,
        "due": Due.none_promised(),
        "clauses": handover.clauses,
        "decision": handover.decision,
        "at": at,
    }
    if handover.run_by in (RunBy.STAYING, RunBy.MANAGER):
        people = handover_facts.runners_of(handover, on=local_day(at))
        for person in people:
            open_duty(person=person, **given)
        if people or not handover.role_key:
            return
    open_duty(role=handover.role_key, **given)


def _look_again(handover: Handover, *, at: datetime) -> None:
    """Update who runs an older handover, now that another person leaves as well."""
    account = handover.account
    account.standing = handover_facts.team_of(account)  # type: ignore[attr-defined]
    [meant] = handover_facts.what_it_means([account], handover.leaver, left_on=handover.left_on, at=at)
    runs = meant.runs
    if (runs.run_by, runs.role_key) != (handover.run_by, handover.role_key):
        handover.run_by, handover.role_key, handover.clauses = (
            runs.run_by, runs.role_key, list(runs.clauses),
        )  # fmt: skip
        handover.save(update_fields=["run_by", "role_key", "clauses"])
    cancel(kind=HAND_OVER, subject=handover, because="leaves", at=at)
    _ask_to_run(handover, at=at)


def _leads(handover: Handover) -> list[Person]:
    return leading(handover_facts.team_of(handover.account))


def _ask(
    handover: Handover, *, by: Person | None, at: datetime, ends: str | None = None,
    keeps: Sequence[str] | None = None,
) -> DecisionRecord:  # fmt: skip
    policy = in_force(local_day(at))
    if ends is None:
        facts = handover_facts.facts_of(handover, at=at)
    else:
        facts = end_facts(handover, policy, leads=_leads(handover), by=by, at=at, ends=ends, keeps=keeps)
    return record_decision("account.lead_left", facts, at=at, by=by, subject=handover)


def _put_into_new_hands(handover: Handover, *, by: Person, at: datetime) -> None:
    person = handover.successor
    if person is None:
        raise BadInput({"person": _("Name the new person responsible for the account first.")})
    account = handover.account
    let_in(person, account, by=by, at=at, occasion=ON_TRANSFER, about=handover)
    if not account.team.filter(person=person, part__in=LEADING, to_day=None).exists():
        check_entrusted(person, handover.part, account=account, by=by, at=at)
        TeamMember.objects.create(account=account, person=person, part=handover.part, from_day=local_day(at))
        record(
            "account.team_changed", subject=account, at=at, actor=by, person=person.pk, part=handover.part,
            leaves=False,
        )  # fmt: skip


def _end(
    handover: Handover, to: HandoverState, kept: DecisionRecord, *, by: Person | None, at: datetime, how: str,
    keeps: Sequence[str] | None,
) -> None:  # fmt: skip
    move(
        handover, to=to, moves=HANDOVER_MOVES, at=at, ended_at=at, ended_by=by, end_decision=kept,
        keeps=None if keeps is None else list(keeps),
    )  # fmt: skip
    discharge(kind=HAND_OVER, subject=handover, by=by, at=at, how=how)
    record(
        "handover.ended", subject=handover, at=at, actor=by, clauses=kept.clauses, decision=kept.pk,
        account=handover.account_id, how=how,
    )  # fmt: skip
