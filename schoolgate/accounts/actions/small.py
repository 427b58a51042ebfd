"""Submit, decide and complete quick requests."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.asked_small import POINT, SITUATION, approval_clauses, approvers, guidance
from schoolgate.accounts.facts.small import small_facts, words_digest
from schoolgate.accounts.ladders import role_key
from schoolgate.accounts.models import Account, Proposal, SmallProposal
from schoolgate.accounts.rules.small import check_may_put_in, check_may_say_yes
from schoolgate.accounts.states.small import SMALL_MOVES, SmallKind, SmallState
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.moves import move
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.people.models import Person
from schoolgate.policy.asking import record_decision, require
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import PolicyInForce, in_force

DECIDE = "accounts.small_decide"


@action
def put_in_small(
    *,
    by: Person,
    at: datetime,
    kind: SmallKind,
    name: str,
    words: str,
    account: Account | None = None,
    address: str = "",
    for_school: bool | None = None,
    through_social_media: bool | None = None,
    checked_on: date | None = None,
    open_points: Sequence[str] = (),
    form: Proposal | None = None,
    again_of: SmallProposal | None = None,
) -> SmallProposal:
    """Submit a quick request, where this policy requires approval of such a thing.

    It waits for the roles that the policy names, without a deadline, as no policy gives one. Where the
    policy's rule does not apply (it is not for the school, no call over social media) it needs no approval,
    and says so. Raises NotAllowed, NotNow where this policy asks for no approval of it, BadInput, Refused
    where something that the policy requires first is missing.
    """
    on = local_day(at)
    check_may_put_in(by, account, on=on)
    policy = in_force(on)
    if not approvers(policy.book, kind):
        raise NotNow(_("This policy doesn’t ask for approval of this, so there’s nothing to send."))
    _check_said(kind, by, name=name, words=words, account=account, form=form, again_of=again_of)
    small = SmallProposal.objects.create(
        kind=kind, by=by, account=account, name=name.strip(), address=address, words=words.strip(),
        for_school=for_school, through_social_media=through_social_media, form=form, again_of=again_of,
        checked_on=checked_on if guidance(policy.book) else None,
        open_points=[point.strip() for point in open_points if point.strip()],
        submitted_at=at,
    )  # fmt: skip
    kept = record_decision(SITUATION[kind], small_facts(small, policy, at=at), at=at, by=by, subject=small)
    if kind is SmallKind.TAKE_PART:
        # What must be found out beforehand is missing now; the approval itself comes later.
        require(kept, "site_guidance")
    record("smallproposal.submitted", subject=small, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    if kept.points[POINT[kind]] == "silent":
        return move(small, to=SmallState.NOTED, moves=NOTED_MOVES, at=at)
    _wait(small, policy, kept, at=at)
    return small


NOTED_MOVES = {SmallState.WAITING: frozenset({SmallState.NOTED})}
"""Only at the moment of submission."""


@action
def decide_small(
    *, small: SmallProposal, by: Person, at: datetime, approve: bool, seen: str, reason: str = ""
) -> SmallProposal:
    """Approve or refuse, in a role that this policy lets decide. `seen`: digest of the words as shown.

    An approval covers those words only; other rules are asked again when it is done. Raises NotAllowed,
    NotNow, BadInput for a refusal without a reason, Refused.
    """
    on = local_day(at)
    policy = in_force(on)
    role = check_may_say_yes(by, small, policy.book, on=on)
    _check_waits(small)
    if seen != words_digest(small):
        raise NotNow(_("This has changed since you saw it."), _("Read it again, then decide."))
    if not approve and not reason.strip():
        raise BadInput({"reason": _("Say why, so they can improve it next time.")})
    kind = SmallKind(small.kind)
    facts = small_facts(small, policy, at=at, yes_by=by if approve else None)
    kept = record_decision(SITUATION[kind], facts, at=at, by=by, subject=small)
    if approve:
        require(kept, POINT[kind])
    move(
        small,
        to=SmallState.APPROVED if approve else SmallState.REFUSED,
        moves=SMALL_MOVES,
        at=at,
        decided_at=at,
        decided_by=by,
        decided_role_key=role_key(policy.book, role),
        decided_digest=seen,
        decision=kept,
        reason=reason.strip(),
    )
    event = "smallproposal.approved" if approve else "smallproposal.declined"
    record(event, subject=small, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    discharge(kind=DECIDE, subject=small, by=by, at=at, how="approved" if approve else "refused")
    return small


@action
def withdraw_small(*, small: SmallProposal, by: Person, at: datetime) -> SmallProposal:
    """Take it back before it is decided. Raises NotFound for another's, NotNow once it is decided."""
    if small.by_id != by.pk:
        raise NotFound
    move(small, to=SmallState.WITHDRAWN, moves=SMALL_MOVES, at=at)
    cancel(kind=DECIDE, subject=small, because="withdrawn", at=at, by=by)
    record("smallproposal.withdrawn", subject=small, at=at, actor=by)
    return small


@action
def do_small(*, small: SmallProposal, by: Person, at: datetime) -> SmallProposal:
    """Record that an approved request is done: the call is published, we take part. The policy is asked
    once more.

    An organisation becomes a friend when its request to follow is accepted. Raises NotAllowed, NotNow,
    Refused.
    """
    on = local_day(at)
    if small.by_id != by.pk:
        check_may_put_in(by, small.account, on=on)
    if small.kind == SmallKind.ORGANISATION:
        raise NotNow(_("Add the organisation as an access request, with this approval."))
    policy = in_force(on)
    kept = record_decision(
        SITUATION[SmallKind(small.kind)], small_facts(small, policy, at=at), at=at, by=by, subject=small
    )
    require(kept)
    move(small, to=SmallState.DONE, moves=SMALL_MOVES, at=at, done_at=at, done_by=by)
    record("smallproposal.done", subject=small, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    return small


def befriended(small: SmallProposal, *, by: Person, at: datetime) -> None:
    """Record, inside another action, that the organisation's request was accepted."""
    move(small, to=SmallState.DONE, moves=SMALL_MOVES, at=at, done_at=at, done_by=by)
    record("smallproposal.done", subject=small, at=at, actor=by)


def _wait(small: SmallProposal, policy: PolicyInForce, kept: DecisionRecord, *, at: datetime) -> None:
    """Open one duty for each role of which one decides; the first to act does it for all."""
    kind = SmallKind(small.kind)
    given: dict[str, Any] = {
        "kind": DECIDE, "subject": small, "at": at, "due": Due.none_promised(), "decision": kept,
        "clauses": approval_clauses(policy.book, kind), "account": small.account_id,
        "school": small.account.school if small.account else None,
    }  # fmt: skip
    for name in approvers(policy.book, kind):
        open_duty(role=role_key(policy.book, name), **given)


def _check_waits(small: SmallProposal) -> None:
    """Lock the row, so that of two people who decide at once the second sees what the first did."""
    fresh = SmallProposal.objects.select_for_update().only("state").filter(pk=small.pk).first()
    if fresh is None or fresh.state != SmallState.WAITING or small.state != SmallState.WAITING:
        raise NotNow(_("This doesn’t need a decision."), _("Open it again to see its status."))


def _check_said(
    kind: SmallKind,
    by: Person,
    *,
    name: str,
    words: str,
    account: Account | None,
    form: Proposal | None,
    again_of: SmallProposal | None,
) -> None:
    wrong: dict[str, Text] = {}
    if not name.strip():
        wrong["name"] = _("Enter its name.")
    if not words.strip():
        wrong["words"] = _("Give a few words.")
    if (kind is SmallKind.TAKE_PART) != (account is None):
        wrong["account"] = _("Choose the account this is for.")
    if form is not None and form.by_id != by.pk:
        wrong["form"] = _("Choose a form you sent for approval.")
    if again_of is not None and (again_of.by_id != by.pk or again_of.kind != kind):
        raise NotFound
    if wrong:
        raise BadInput(wrong)
