"""Record the purpose and audience of an account where no proposal says them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.actions.opening import open_duties
from schoolgate.accounts.facts.purpose import purpose_facts, purposes_listed, readers_listed
from schoolgate.accounts.models import Account
from schoolgate.accounts.rules.imported import check_may_say_purpose
from schoolgate.accounts.states import AccountKind
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput, Text
from schoolgate.core.events import record
from schoolgate.core.leaving import check_leaving
from schoolgate.people.models import Person
from schoolgate.policy.asking import record_decisions, require
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import in_force

OLDEST = 25
LONGEST = 4000


@action
def say_what_it_is_for(
    *,
    account: Account,
    by: Person,
    at: datetime,
    purpose: str,
    audience: str,
    kind: str = "",
    pupils: bool | None = None,
    youngest: int | None = None,
    listed: Sequence[str] = (),
    readers: Sequence[str] = (),
) -> list[DecisionRecord]:
    """Change an account's purpose and audience. `listed` and `readers`: the entries chosen from the
    policy's own lists; the policy is asked about each (account.purpose), and the answers are recorded and
    returned.

    Only where no proposal says it: of an account that existed before Schoolgate and is not in order yet, and
    under a policy whose form doesn't ask. What a proposal says (`kind`, `pupils`, `youngest`) stays as it is.
    Raises NotAllowed, NotFound, NotNow, BadInput, Refused.
    """
    on = local_day(at)
    policy = in_force(on)
    check_may_say_purpose(by, account, policy.book, on=on)
    wrong: dict[str, Text] = {}
    for name, words in (("purpose", purpose), ("audience", audience)):
        if len(words) > LONGEST or "\x00" in words:
            wrong[name] = _("Use up to 4,000 characters, all of which can be displayed.")
    if kind and kind not in AccountKind.values:
        wrong["kind"] = _("Choose a type.")
    if youngest is not None and not 0 <= youngest <= OLDEST:
        wrong["youngest"] = _("Enter the age in years.")
    if set(listed) - set(purposes_listed(account, policy.book)):
        wrong["listed"] = _("Choose from the policy’s list.")
    if set(readers) - set(readers_listed(account, policy.book)):
        wrong["readers"] = _("Choose from the policy’s list.")
    if wrong:
        raise BadInput(wrong)
    check_leaving(Door.REGISTER, {"purpose": purpose}, about=account, by=by, at=at, school=account.school)
    asked = purpose_facts(account, purposes=listed, readers=readers, on=on)
    answers = record_decisions("account.purpose", [(facts, account) for facts in asked], at=at, by=by)
    for kept in answers:
        require(kept)
    account.purpose, account.audience = purpose.strip(), audience.strip()
    if account.proposal_id is None:
        account.kind = kind
        account.pupils_in_audience, account.youngest_pupil = pupils, youngest if pupils else None
    account.save(update_fields=["purpose", "audience", "kind", "pupils_in_audience", "youngest_pupil"])
    clauses = list(dict.fromkeys(clause for kept in answers for clause in kept.clauses))
    record(
        "account.purpose_said", subject=account, at=at, actor=by, clauses=clauses,
        decision=answers[0].pk if answers else None,
    )  # fmt: skip
    if account.being_set_up:
        open_duties(account, policy, by=by, at=at)
    return answers
