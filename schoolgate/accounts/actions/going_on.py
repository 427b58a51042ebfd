"""Permission for an account that existed before Schoolgate to continue for now, or a proposal to get the
decision that the policy requires.

No policy mentions such a permission. That it needs a reason and an end date, how long it may last and that
those who decide on accounts give it are the program's own rules, and pages show them as such.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import rules
from schoolgate.accounts.actions.proposing import save_proposal, start_proposal
from schoolgate.accounts.duty_kinds import LEAVE_ENDS
from schoolgate.accounts.facts import open_facts
from schoolgate.accounts.ladders import deciders, role_key
from schoolgate.accounts.models import Account, GoingOn, ImportedAccount, Proposal
from schoolgate.accounts.rules.imported import check_to_be_regular, role_that_lets
from schoolgate.accounts.states import Part, ProposalState
from schoolgate.accounts.states.imported import DECIDE_BEFORE, LONGEST_LEAVE
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.people.actions import end_permission, give_permission
from schoolgate.people.models import Person
from schoolgate.policy.asking import record_decision, require
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import PolicyInForce, in_force
from schoolgate.rulebook.kinds import REFUSED, Basis

COVERS = "go_on"
"""What the permission covers, as `people.give_permission` stores it."""
LONGEST_REASON = 600
OVER = (ProposalState.REFUSED, ProposalState.WITHDRAWN)


@action
def let_go_on(*, account: Account, by: Person, at: datetime, until: date, reason: str) -> GoingOn:
    """Let an account that existed before Schoolgate publish until a day, while the policy still requires
    something.

    The policy is asked with what is known, and its answer is stored with the permission. Legal requirements
    must be answered and met: the permission covers neither them nor what this program never allows. Raises
    NotAllowed (who may give it), NotFound, NotNow, BadInput (until, reason), Refused (law).
    """
    on = local_day(at)
    policy = in_force(on)
    check_to_be_regular(account)
    role = role_that_lets(by, account, policy.book, on=on)
    _check_said(until, reason, on=on)
    kept = record_decision(
        "account.open", open_facts(account, policy, by=by, at=at), at=at, by=by, subject=account
    )
    _check_law(kept, policy)
    leave = give_permission(
        by=by,
        at=at,
        role_key=role_key(policy.book, role),
        written=True,
        covers=COVERS,
        subject=subject_of(account),
        from_day=on,
        to_day=until,
    )
    discharge(kind=LEAVE_ENDS, subject=account, by=by, at=at, how="given_anew")
    given = GoingOn.objects.create(
        account=account,
        leave=leave,
        reason=reason.strip(),
        until=until,
        outstanding=sum(outcome not in ("permitted", "silent") for outcome in kept.points.values()),
        decision=kept,
    )
    record(
        "account.goes_on", subject=account, at=at, actor=by, decision=kept.pk, leave=leave.pk,
        until=until.isoformat(),
    )  # fmt: skip
    if until - on <= DECIDE_BEFORE:
        _ask_again(given, at=at)
    return given


@action
def take_back_going_on(*, given: GoingOn, by: Person, at: datetime) -> GoingOn:
    """End a permission before its day, in the role that gave it; the account waits again. Raises NotAllowed,
    NotNow (it has ended)."""
    if given.until < local_day(at):
        raise NotNow(_("This permission has expired."), _("Give another if one is still needed."))
    end_permission(by=by, at=at, leave=given.leave)
    cancel(kind=LEAVE_ENDS, subject=given.account, because="taken_back", at=at, by=by)
    record("account.goes_on_no_more", subject=given.account, at=at, actor=by, leave=given.leave_id)
    return given


@action
def ask_before_permission_ends(*, at: datetime) -> int:
    """Ask those who gave a permission to continue again before it ends (daily sweep). Safe to run twice.
    Returns how many were asked."""
    on = local_day(at)
    rows = GoingOn.objects.filter(
        asked_again_at=None,
        leave__ended_at=None,
        until__lte=on + DECIDE_BEFORE,
        account__imported__regular_at=None,
    ).select_related("account__school", "leave")
    due = [row for row in rows.order_by("until", "pk") if row.account.being_set_up]
    for given in due:
        _ask_again(given, at=at)
    return len(due)


@action
def propose_account_there(*, account: Account, by: Person, at: datetime) -> Proposal:
    """Submit an account that existed before Schoolgate for the decision that this policy requires, as a
    proposal filled in as far as it is known. Once approved, the account has everything a new one has.

    Raises NotFound (it did not exist before), NotNow (in order; this policy decides on no accounts; already
    waiting for a decision), NotAllowed (the person can't propose there).
    """
    check_to_be_regular(account)
    book = in_force(local_day(at)).book
    if not deciders(book):
        raise NotNow(
            _("Under this policy no one decides on accounts, so no one can be asked."),
            _("The account’s page shows what it still needs."),
        )
    before = (
        ImportedAccount.objects.select_for_update(of=("self",))
        .select_related("proposal")
        .get(account=account)
    )
    if account.proposal_id is not None or (before.proposal and before.proposal.state not in OVER):
        raise NotNow(_("There is already a proposal for this account."), _("Continue with that one."))
    rules.check_may_propose(by, account.school, on=local_day(at))
    proposal = start_proposal(by=by, at=at, school=account.school)
    team = account.team.filter(to_day=None, part=Part.LEAD).order_by("id")
    leads = list(team.values_list("person_id", flat=True))
    known = {"aim": account.purpose, "intended_audience": account.audience, "run_by": leads}
    asked = {point.key for point in book.proposal_form}
    proposal = save_proposal(
        proposal=proposal,
        by=by,
        at=at,
        name=account.name,
        school=account.school,
        network=account.network,
        kind=account.kind or None,
        pupils_in_audience=account.pupils_in_audience,
        youngest_pupil=account.youngest_pupil,
        answers={key: value for key, value in known.items() if key in asked and value},
    )
    ImportedAccount.objects.filter(pk=before.pk).update(proposal=proposal)
    record("account.proposed_afterwards", subject=account, at=at, actor=by, proposal=proposal.pk)
    return proposal


def law_points(policy: PolicyInForce) -> list[str]:
    """Return the points of an account's opening at which the law speaks."""
    bound = policy.book.bound("account.open")
    return list(dict.fromkeys(one.point for one in bound if one.basis == Basis.LAW))


def _check_law(kept: DecisionRecord, policy: PolicyInForce) -> None:
    """Raise Refused where the law is not known to be met, or this program never allows it."""
    require(kept, *law_points(policy))
    for one in policy.book.bound("account.open"):
        if one.basis == Basis.HOUSE and kept.points.get(one.point) in REFUSED:
            require(kept, one.point)


def _check_said(until: date, reason: str, *, on: date) -> None:
    wrong: dict[str, Text] = {}
    if until <= on:
        wrong["until"] = _("Choose a date in the future.")
    elif until > on + LONGEST_LEAVE:
        wrong["until"] = format_lazy(
            _("Permission lasts up to {days} days. That is Schoolgate’s own rule. You can give it again."),
            days=LONGEST_LEAVE.days,
        )
    if not reason.strip():
        wrong["reason"] = _("Explain why it may continue meanwhile. This appears in reports.")
    elif len(reason.strip()) > LONGEST_REASON:
        wrong["reason"] = _("Use up to 600 characters.")
    elif "\x00" in reason:
        wrong["reason"] = _("This contains a character that can’t be saved. Type it again.")
    if wrong:
        raise BadInput(wrong)


def _ask_again(given: GoingOn, *, at: datetime) -> None:
    open_duty(
        kind=LEAVE_ENDS, subject=given.account, at=at, due=Due.day(given.until), role=given.leave.role_key,
        school=given.account.school, account=given.account_id,
    )  # fmt: skip
    GoingOn.objects.filter(pk=given.pk).update(asked_again_at=at)
    given.asked_again_at = at


__all__ = [
    "COVERS",
    "ask_before_permission_ends",
    "law_points",
    "let_go_on",
    "propose_account_there",
    "take_back_going_on",
]
