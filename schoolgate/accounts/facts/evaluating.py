"""Build the facts of account.evaluated from rows: the aims of the case, and the results for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from schoolgate.accounts.facts.proposals import actor
from schoolgate.accounts.models import Account
from schoolgate.core.clock import local_day
from schoolgate.core.days import stored_day
from schoolgate.core.subjects import person_key
from schoolgate.people.models import Person
from schoolgate.policy.queries import PolicyInForce, school_in_rules
from schoolgate.rulebook import facts as known
from schoolgate.rulebook.situations.account_run import AccountEvaluated, Contributor

NOTICE = timedelta(days=30)
"""How long before its day the review is requested: the program's own time, no policy's."""


@dataclass(frozen=True)
class Plan:
    """The proposal's plan for an account's life. Empty or None: not stated, or no proposal."""

    aims: tuple[str, ...] = ()
    measure: str = ""
    evaluate_on: date | None = None
    closes_on: date | None = None
    who_closes: str = ""
    content: str = ""
    followers: str = ""
    line_manager: int | None = None


def plan_of(account: Account) -> Plan:
    """Return the plan that the account's proposal made for it; each line of the aim is an aim of its own."""
    answers = account.proposal.answers if account.proposal else {}
    stated = str(answers.get("aim") or account.purpose or "")
    return Plan(
        aims=tuple(line.strip(" \t-*•") for line in stated.splitlines() if line.strip(" \t-*•")),
        measure=str(answers.get("success_measure") or ""),
        evaluate_on=_day(answers.get("evaluation_date")),
        closes_on=_day(answers.get("closure_date")),
        who_closes=str(answers.get("ending.who_closes_it") or ""),
        content=str(answers.get("ending.what_happens_to_content") or ""),
        followers=str(answers.get("ending.what_followers_are_told") or ""),
        line_manager=answers.get("line_manager"),
    )


def evaluated_facts(
    account: Account,
    policy: PolicyInForce,
    *,
    at: datetime,
    evaluate_on: date | None,
    results: int = 0,
    by: Person | None = None,
    serves_aims: bool | None = None,
    posts: Mapping[int, int] | None = None,
    roles: Mapping[int, tuple[str, ...]] | None = None,
) -> AccountEvaluated:
    """Return the facts of a review. `serves_aims`: the answer of `by`; `posts`: how many each person wrote;
    `roles`: what each of the team holds, by the policy's names."""
    on = local_day(at)
    said = None
    if serves_aims is not None and by is not None:
        said = known.Attested(answer=serves_aims, by=person_key(by.pk), at=at, of_this_version=True)
    return AccountEvaluated(
        now=at,
        by=actor(by, policy.book, on=on, school=account.school) if by else None,
        school=school_in_rules(account.school),
        evaluation_date=evaluate_on,
        aims=len(plan_of(account).aims),
        results=results,
        serves_aims=said,
        contributors=None
        if posts is None
        else tuple(
            Contributor(key=person_key(pk), roles=held, posts=posts.get(pk, 0))
            for pk, held in (roles or {}).items()
        ),
    )


def _day(text: object) -> date | None:
    return stored_day(text) if isinstance(text, str) and text else None
