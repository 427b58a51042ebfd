"""An account is looked back on: a result for each of its aims, and whether it still serves them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.actions.missed import asked_for
from schoolgate.accounts.facts.evaluating import NOTICE, Plan, evaluated_facts, plan_of
from schoolgate.accounts.models import Account, AimResult, Care, Closing, Evaluation
from schoolgate.accounts.queries.care import in_order
from schoolgate.accounts.queries.evaluating import contributed, evaluate_on
from schoolgate.accounts.rules import care as rules
from schoolgate.accounts.states import AimState, ClosingState
from schoolgate.accounts.states.care import CLOSE, EVALUATE
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, Text
from schoolgate.core.events import record
from schoolgate.duties.actions import Then, discharge
from schoolgate.duties.batch import Opened, open_duties
from schoolgate.duties.due import Due
from schoolgate.duties.queries import standing
from schoolgate.duties.states import Basis
from schoolgate.people.models import Person
from schoolgate.policy.asking import record_decision, record_decisions
from schoolgate.policy.queries import PolicyInForce, in_force

DUE_POINTS = ("aims_met", "to_the_point")
LONGEST = 4000


@dataclass(frozen=True)
class Result:
    """The result for one aim. `state`: a value of `AimState`."""

    aim: str
    state: str
    words: str = ""


@action
def evaluate(
    *,
    account: Account,
    by: Person,
    at: datetime,
    results: Sequence[Result],
    serves_aims: bool | None = None,
    words: str = "",
    next_on: date | None = None,
) -> Evaluation:
    """Record a review with the policy's answer to it; the date of the next review replaces this one.

    `results`: one for each aim of the case, in its order. `next_on`: None sets no further date. Raises
    NotAllowed, NotNow, BadInput.
    """
    on = local_day(at)
    rules.check_open(account)
    rules.check_may_evaluate(by, account, on=on)
    _check(account, results, words, next_on, on=on)
    policy = in_force(on)
    day = evaluate_on(account)
    posts, roles = contributed(account, policy.book, on=on)
    asked = evaluated_facts(
        account, policy, at=at, evaluate_on=day, results=len(results), by=by, serves_aims=serves_aims,
        posts=posts, roles=roles,
    )  # fmt: skip
    kept = record_decision("account.evaluated", asked, at=at, by=by, subject=account)
    evaluation = Evaluation.objects.create(
        account=account, set_for=day, by=by, at=at, serves_aims=serves_aims, words=words.strip(),
        next_on=next_on, decision=kept,
    )  # fmt: skip
    AimResult.objects.bulk_create(
        AimResult(evaluation=evaluation, number=number, aim=one.aim, state=one.state, words=one.words.strip())
        for number, one in enumerate(results, start=1)
    )
    Care.objects.update_or_create(account=account, defaults={"evaluate_on": next_on, "first_day_taken": True})
    discharge(kind=EVALUATE, subject=account, by=by, at=at, how="evaluated")
    record(
        "account.evaluated", subject=account, at=at, actor=by, clauses=kept.clauses, decision=kept.pk,
        evaluation=evaluation.pk,
    )  # fmt: skip
    return evaluation


def evaluations_due(accounts: Sequence[Account], policy: PolicyInForce, *, at: datetime) -> None:
    """Ask for the review, and for the closing, when the day set for it comes near.

    Called by the sweep, with accounts of `queries.care.in_care`. The notice period is the program's own.
    """
    on = local_day(at)
    if policy.book.at("account.evaluated", *DUE_POINTS):
        _take_first_days(accounts)
        near = [(one, day) for one in accounts if (day := evaluate_on(one)) and day <= on + NOTICE]
        _ask_for_looks_back(near, policy, at=at)
    closing = [(one, plan_of(one)) for one in accounts]
    _ask_for_closings([each for each in closing if _ends_soon(each[1], on)], policy, at=at)


def _take_first_days(accounts: Sequence[Account]) -> None:
    """Copy the review date that each proposal set, once."""
    new = [account for account in accounts if not getattr(account, "watched", None)]
    Care.objects.bulk_create([Care(account=account) for account in new], ignore_conflicts=True)
    for row in Care.objects.filter(account__in=new):
        next(one for one in new if one.pk == row.account_id).watched = row
    taken = []
    for account in accounts:
        care = account.watched
        if not care.first_day_taken:
            care.evaluate_on, care.first_day_taken = plan_of(account).evaluate_on, True
            taken.append(care)
    if taken:
        Care.objects.bulk_update(taken, ["evaluate_on", "first_day_taken"], batch_size=500)


def _ask_for_looks_back(near: Sequence[tuple[Account, date]], policy: PolicyInForce, *, at: datetime) -> None:
    there = standing(EVALUATE, [account for account, _day in near])
    wanted = []
    for (account, day), found in zip(near, there.values(), strict=True):
        if not found and in_order(account):
            wanted.append((account, day))
    if not wanted:
        return
    managers = Person.objects.in_bulk(
        [pk for account, _day in wanted if (pk := plan_of(account).line_manager) is not None]
    )
    asked = [
        (evaluated_facts(account, policy, at=at, evaluate_on=day, posts={}, roles={}), account)
        for account, day in wanted
    ]
    kept = record_decisions("account.evaluated", asked, at=at, by=None)
    duties = []
    for (account, day), row in zip(wanted, kept, strict=True):
        people = asked_for(account, EVALUATE)
        if people is None:
            continue
        manager = managers.get(plan_of(account).line_manager or 0)
        then = Then(Basis.HOUSE, person=manager) if manager and manager != people[0] else people[1]
        duties.append(
            Opened(
                kind=EVALUATE,
                subject=account,
                due=Due.day(day),
                person=people[0],
                school=account.school,
                account=account.pk,
                clauses=tuple(row.clauses),
                decision=row,
                then=then,
            )
        )
    open_duties(at=at, wanted=duties)


def _ends_soon(plan: Plan, on: date) -> bool:
    return plan.closes_on is not None and plan.closes_on <= on + NOTICE


def _ask_for_closings(near: Sequence[tuple[Account, Plan]], policy: PolicyInForce, *, at: datetime) -> None:
    """Remind of the end that the proposal set; its clauses are those that asked for that day."""
    if not near:
        return
    accounts = [account for account, _plan in near]
    under_way = set(
        Closing.objects.filter(account__in=accounts, state=ClosingState.UNDER_WAY).values_list(
            "account_id", flat=True
        )
    )
    there = standing(CLOSE, accounts)
    point = next((one for one in policy.book.proposal_form if one.key == "closure_date"), None)
    wanted = []
    for (account, plan), found in zip(near, there.values(), strict=True):
        people = asked_for(account, CLOSE)
        if found or people is None or plan.closes_on is None or account.pk in under_way:
            continue
        wanted.append(
            Opened(
                kind=CLOSE,
                subject=account,
                due=Due.day(plan.closes_on),
                person=people[0],
                then=people[1],
                school=account.school,
                account=account.pk,
                clauses=tuple(point.clauses) if point else (),
            )
        )
    open_duties(at=at, wanted=wanted)


def _check(
    account: Account, results: Sequence[Result], words: str, next_on: date | None, *, on: date
) -> None:
    wrong: dict[str, Text] = {}
    aims = plan_of(account).aims
    if [one.aim for one in results] != list(aims) or any(one.state not in AimState.values for one in results):
        wrong["results"] = _("Choose an outcome for each aim.")
    if any(len(one.words) > LONGEST for one in results) or len(words) > LONGEST:
        wrong["words"] = _("Use fewer than 4,000 characters.")
    if next_on is not None and next_on <= on:
        wrong["next_on"] = _("The next review must be after today. Choose a later date.")
    if wrong:
        raise BadInput(wrong)
