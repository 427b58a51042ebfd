"""Check who may submit, see and decide a quick request."""

from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.asked_small import approvers
from schoolgate.accounts.ladders import role_key
from schoolgate.accounts.models import Account, SmallProposal, TeamMember
from schoolgate.accounts.states.small import SmallKind
from schoolgate.core.errors import NotAllowed
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments, capacities
from schoolgate.people.rules import check_capacity
from schoolgate.rulebook import Book

OVERSEES = frozenset({"decide_account", "oversee", "administer"})


def check_may_put_in(by: Person, account: Account | None, *, on: date) -> None:
    """Raise NotAllowed unless the person is on the account's team, or one of their roles proposes
    accounts."""
    if account is not None and account.team.filter(person=by, to_day=None).exists():
        return
    school = account.school if account else None
    check_capacity(by, "propose_account", on=on, school=school, anywhere=school is None)


def check_may_begin(by: Person, kind: SmallKind, *, on: date) -> None:
    """Raise NotAllowed unless the person may submit a request of this kind at all: with a role that proposes
    accounts or, where it is about an account of ours, on the team of one."""
    on_a_team = TeamMember.objects.filter(person=by, to_day=None).exists()
    if kind is SmallKind.TAKE_PART or not on_a_team:
        check_may_put_in(by, None, on=on)


def may_see_small(by: Person, small: SmallProposal, book: Book, *, on: date) -> bool:
    """Return whether a person may see the request: its author, those who decide it, those who oversee, and
    the account's team."""
    if small.by_id == by.pk:
        return True
    account = small.account
    if account is not None and account.team.filter(person=by, to_day=None).exists():
        return True
    held = capacities(by, on=on, school=account.school if account else None, account=account)
    return bool(held & OVERSEES) or bool(_roles_that_decide(by, small, book, on=on))


def check_may_say_yes(by: Person, small: SmallProposal, book: Book, *, on: date) -> str:
    """Return the policy's role in which the person decides; raise NotAllowed where none of theirs may, and
    for the author: no one approves their own."""
    if small.by_id == by.pk:
        raise NotAllowed(
            _("You can’t approve your own request."),
            next_step=_("Someone else with permission must decide on it."),
        )
    found = _roles_that_decide(by, small, book, on=on)
    if found:
        return found[0]
    names = ", ".join(approvers(book, SmallKind(small.kind)))
    raise NotAllowed(
        format_lazy(_("Under this policy these roles decide on this: {roles}."), roles=names),
        _("Ask one of them."),
    )


def _roles_that_decide(by: Person, small: SmallProposal, book: Book, *, on: date) -> list[str]:
    where = Where(school=small.account.school if small.account else None, account=small.account)
    held = set(assignments(by, on=on, where=where).values_list("role_key", flat=True))
    return [name for name in approvers(book, SmallKind(small.kind)) if role_key(book, name) in held]
