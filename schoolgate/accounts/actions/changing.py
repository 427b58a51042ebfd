"""Change an undecided proposal: signatures no longer count where the signed text has changed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import rules
from schoolgate.accounts.actions.proposing import (
    add_edition,
    ask_those_who_run_it,
    fill_in,
    leave_out_what_is_not_asked,
)
from schoolgate.accounts.actions.waiting import (
    stop_waiting,
    wait_for_next,
)
from schoolgate.accounts.duty_kinds import DECIDE, PUT_RIGHT, SIGN, SIGN_AGAIN
from schoolgate.accounts.editions import Difference, differences, said_of
from schoolgate.accounts.facts import propose_facts, shown_digest, sign_facts
from schoolgate.accounts.models import Proposal, ProposalEdition, Signature, SignatureVoided
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotNow
from schoolgate.core.events import record
from schoolgate.core.leaving import check_words_of
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.people.models import Person
from schoolgate.policy.asking import record_decision, require, verdict
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import PolicyInForce, in_force
from schoolgate.rulebook import Decision


@dataclass(frozen=True)
class Change:
    """What a change would do: the fields that differ, the signatures it would void, and what the policy says
    about those."""

    fields: tuple[Difference, ...]
    falling: tuple[Signature, ...]
    said: Decision | None


def would_change(*, proposal: Proposal, by: Person, at: datetime, given: Mapping[str, Any]) -> Change:
    """Return what this change would do, without doing it. `given`: the fields as `change_proposal` takes
    them.

    Raises what `change_proposal` raises for the fields themselves.
    """
    rules.check_own_waiting(by, proposal)
    planned = Proposal.objects.get(pk=proposal.pk)
    before = said_of(planned)
    policy = in_force(local_day(at))
    fill_in(planned, by=by, at=at, **given)
    rules.check_ready(planned)
    leave_out_what_is_not_asked(planned, policy)
    fields = tuple(differences(before, said_of(planned)))
    falling = _falling(proposal, planned) if fields else ()
    said = None
    if falling:
        changed = {one.key for one in fields}
        facts = sign_facts(planned, policy, falling, by=by, at=at, changed=changed)
        said = verdict("account.sign", facts, on=local_day(at))
    return Change(fields, falling, said)


@action
def change_proposal(
    *,
    proposal: Proposal,
    by: Person,
    at: datetime,
    falling: Collection[int] = (),
    **given: Any,
) -> Proposal:
    """Change a submitted proposal that has no decision yet; it must be as complete as when it was
    submitted.

    `given`: the fields, as `save_proposal` takes them. `falling`: the ids of the signatures that the
    applicant was told this change would void. They end, stay on record, and their signers are asked to
    check again. Raises NotFound, NotNow (decided, or a signature would be voided that was not shown),
    BadInput, NotAllowed, Refused, WordsHeld.
    """
    waiting = Proposal.objects.select_for_update().get(pk=proposal.pk)
    rules.check_own_waiting(by, waiting)
    policy = in_force(local_day(at))
    before = said_of(waiting)
    fill_in(waiting, by=by, at=at, **given)
    rules.check_ready(waiting)
    check_words_of(waiting, by=by, at=at)
    leave_out_what_is_not_asked(waiting, policy)
    fields = differences(before, said_of(waiting))
    if not fields:
        return proposal
    fallen = _falling(proposal, waiting)
    if {signature.pk for signature in fallen} - set(falling):
        raise NotNow(
            _("This change would cancel a signature you weren’t told about."),
            _("Check the change again, then save it."),
        )
    kept = record_decision(
        "account.propose", propose_facts(waiting, policy, at=at), at=at, by=by, subject=proposal
    )
    require(kept)
    waiting.saved_at = at
    waiting.save()
    edition = add_edition(waiting, by=by, at=at)
    record(
        "proposal.changed", subject=proposal, at=at, actor=by, clauses=kept.clauses, decision=kept.pk,
        edition=edition.number,
    )  # fmt: skip
    if fallen:
        _void(waiting, policy, fallen, edition, [one.key for one in fields], by=by, at=at)
    discharge(kind=PUT_RIGHT, subject=proposal, by=by, at=at, how="changed")
    stop_waiting(proposal, because="changed", by=by, at=at, kinds=(SIGN, DECIDE))
    wait_for_next(waiting, policy, kept, at=at)
    ask_those_who_run_it(waiting, policy, kept, at=at)
    proposal.refresh_from_db()
    return proposal


def _falling(proposal: Proposal, planned: Proposal) -> tuple[Signature, ...]:
    """Return the valid signatures that cover a field which the planned text changes."""
    will_say, digest = said_of(planned), shown_digest(planned)
    rows = proposal.signatures.filter(voided=None).select_related("by", "edition").order_by("step")
    return tuple(row for row in rows if _covers_a_change(row, will_say, digest))


def _covers_a_change(signature: Signature, will_say: Mapping[str, Any], digest: str) -> bool:
    if signature.edition is None:
        return signature.seen_digest != digest
    return bool(differences(signature.edition.said, will_say))


def _void(
    proposal: Proposal,
    policy: PolicyInForce,
    fallen: Sequence[Signature],
    edition: ProposalEdition,
    changed: list[str],
    *,
    by: Person,
    at: datetime,
) -> None:
    facts = sign_facts(proposal, policy, fallen, by=by, at=at, changed=changed)
    kept = record_decision("account.sign", facts, at=at, by=by, subject=proposal)
    for signature in fallen:
        SignatureVoided.objects.create(
            signature=signature, edition=edition, changed=changed, by=by, at=at, decision=kept
        )
        record(
            "proposal.signature_voided", subject=proposal, at=at, actor=by, clauses=kept.clauses,
            decision=kept.pk, step=signature.step, signature=signature.pk,
        )  # fmt: skip
        _ask_again(proposal, signature, kept, at=at)


def _ask_again(proposal: Proposal, signature: Signature, kept: DecisionRecord, *, at: datetime) -> None:
    if signature.by.left_on is not None and signature.by.left_on <= local_day(at):
        return
    open_duty(
        kind=SIGN_AGAIN, subject=proposal, at=at, due=Due.none_promised(), person=signature.by,
        school=proposal.school, clauses=kept.clauses, decision=kept,
    )  # fmt: skip
