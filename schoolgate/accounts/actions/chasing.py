"""Check each undecided proposal every day, so that it always has a duty with the chosen deadline."""

from datetime import datetime

from schoolgate.accounts.actions.waiting import DECIDE, due_of_decision, wait_for_next
from schoolgate.accounts.facts import awaits_facts
from schoolgate.accounts.ladders import deciders, steps
from schoolgate.accounts.models import Proposal
from schoolgate.accounts.states import ProposalState
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.subjects import subject_of
from schoolgate.duties import queries as duties
from schoolgate.duties.actions import cancel
from schoolgate.policy.asking import record_decisions, verdicts
from schoolgate.policy.queries import in_force

AT_ONCE = 200


@action
def chase_proposals(*, at: datetime, after: int = 0) -> int | None:
    """Give each undecided proposal a duty for those who decide, due on the day that the policy gives or the
    federation has chosen since. Duties that are right already are left alone.

    `after`: the id of the last one seen; returns the id to continue after, None when all are seen. The
    number of queries does not grow with proposals that are in order.
    """
    policy = in_force(local_day(at))
    if not deciders(policy.book) or steps(policy.book):
        return None
    rows = list(
        Proposal.objects.filter(state=ProposalState.SUBMITTED, pk__gt=after)
        .select_related("by", "school")
        .order_by("pk")[:AT_ONCE]
    )
    facts = [awaits_facts(row, at=at) for row in rows]
    answers = verdicts("account.awaits", facts, on=local_day(at))
    standing = duties.standing(DECIDE, rows) if rows else {}
    wrong = [
        (row, fact)
        for row, fact, answer in zip(rows, facts, answers, strict=True)
        if [duty.due for duty in standing[subject_of(row)]] != [due_of_decision(answer)]
    ]
    kept = (
        record_decisions("account.awaits", [(fact, row) for row, fact in wrong], at=at, by=None)
        if wrong
        else []
    )
    for (row, _fact), owed in zip(wrong, kept, strict=True):
        cancel(kind=DECIDE, subject=row, because="another_day", at=at)
        wait_for_next(row, policy, owed, at=at)
    return rows[-1].pk if len(rows) == AT_ONCE else None
