"""Record daily checks of an account, and what only the person checking knows about it."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import facts
from schoolgate.accounts.actions.missed import calendar_around, missed_in
from schoolgate.accounts.duty_kinds import LOOK_IN, READ_FRIENDS, READ_THROUGH, TAKE_PART
from schoolgate.accounts.models import Account, Care, Look
from schoolgate.accounts.queries.care import in_care, last_looks
from schoolgate.accounts.rules import care as rules
from schoolgate.accounts.states import AccountState, Looked
from schoolgate.core.actions import action
from schoolgate.core.clock import begins, local_day
from schoolgate.core.errors import BadInput
from schoolgate.core.events import record
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import discharge
from schoolgate.duties.queries import standing, standing_about
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments
from schoolgate.people.rules import can
from schoolgate.policy.asking import verdict
from schoolgate.policy.queries import in_force

AT_ONCE = timedelta(minutes=10)
"""Checks by one person of one account within this time count as one: a second tap adds nothing."""
BY_A_LOOK = (LOOK_IN, READ_THROUGH, READ_FRIENDS)
AN_HOUR = timedelta(hours=1)
POINTS = {
    Looked.ACCOUNT: ("looked_at", "days_looked_at", "looked_at_in_holidays"),
    Looked.CONTRIBUTIONS: ("contributions_read",),
    Looked.FRIENDS: ("friends_comments_read",),
}


@action
def look_in(*, account: Account, by: Person, at: datetime, what: str = Looked.ACCOUNT) -> Look:
    """Record a check of an account, and close the duties that were open because nothing had been checked.

    The first check of a day goes into the record; every check is a row. Raises NotAllowed, NotNow,
    BadInput.
    """
    on = local_day(at)
    rules.check_open(account)
    rules.check_may_look(by, account, on=on)
    if what not in Looked.values:
        raise BadInput({"what": _("Choose what was checked.")})
    before = account.looks.filter(what=what, at__gte=min(begins(on), at - AT_ONCE), at__lte=at)
    today = list(before.order_by("-at").values_list("by_id", "at"))
    again = next((when for person, when in today if person == by.pk), None)
    if again is not None and again > at - AT_ONCE:
        return account.looks.get(what=what, by=by, at=again)
    held = assignments(by, on=on, where=Where(school=account.school, account=account))
    roles = sorted(set(held.values_list("role_key", flat=True)))
    look = Look.objects.create(account=account, by=by, at=at, what=what, roles=",".join(roles)[:500])
    _remember(account, look)
    if not any(when >= begins(on) for _person, when in today):
        bound = in_force(on).book.at("account.watch", *POINTS[Looked(what)])
        cited = list(dict.fromkeys(clause for one in bound for clause in one.clauses))
        record("account.looked_in", subject=account, at=at, actor=by, clauses=cited, look=look.pk, what=what)
    _let_go(account, by=by, at=at)
    for duty in standing(TAKE_PART, [account])[subject_of(account)]:
        if duty.role_key in roles:
            discharge(kind=TAKE_PART, subject=account, by=by, at=at, how="looked")
    return look


@action
def note_reading(*, account: Account, by: Person, at: datetime) -> Look | None:
    """Record that a person read the comments on an account: the policy's "going through what others
    contribute".

    Only where the policy in force has a rule on that, and only for people whose reading counts; one row an
    hour at most. It is not a check of the account itself: its page may show what no comment tells.
    """
    on = local_day(at)
    if account.state != AccountState.OPEN or not can(rules.check_may_look, by, account, on=on):
        return None
    if not in_force(on).book.at("account.watch", *POINTS[Looked.CONTRIBUTIONS]):
        return None
    recent = account.looks.filter(what=Looked.CONTRIBUTIONS, by=by, at__gt=at - AN_HOUR, at__lte=at)
    return recent.first() or look_in(account=account, by=by, at=at, what=Looked.CONTRIBUTIONS)


@action
def say_friends_may_comment(*, account: Account, by: Person, at: datetime, answer: bool) -> None:
    """Record whether friends of the account may comment, where the policy asks for it. Raises
    NotAllowed."""
    rules.check_may_look(by, account, on=local_day(at))
    Care.objects.get_or_create(account=account)
    Care.objects.filter(account=account).update(friends_may_comment=answer)
    record("account.friends_said", subject=account, at=at, actor=by, answer=answer)


def _remember(account: Account, look: Look) -> None:
    care, new = Care.objects.get_or_create(account=account, defaults={"last_look": look})
    if not new and look.what == Looked.ACCOUNT:
        Care.objects.filter(pk=care.pk).update(last_look=look)


def _let_go(account: Account, *, by: Person, at: datetime) -> None:
    """Mark as done the duties that a check has made unnecessary."""
    still_to_do = {duty.kind for duty in standing_about([account])}
    kinds = [kind for kind in BY_A_LOOK if kind in still_to_do]
    if not kinds:
        return
    policy = in_force(local_day(at))
    [found] = in_care(Account.objects.filter(pk=account.pk), on=local_day(at))
    looks = last_looks([found], at=at)[found.pk]
    asked = facts.watch_facts(
        found,
        looks,
        policy.book,
        since=facts.first_day_after(found, looks),
        at=at,
        calendar=calendar_around([found], looks, at=at).get(found.school_id or 0),
    )
    still = missed_in(verdict("account.watch", asked, on=local_day(at)), policy.book)
    settled = [kind for kind in kinds if kind not in still]
    discharge(kind=settled, subject=account, by=by, at=at, how="looked")
