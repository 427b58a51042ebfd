"""Who may attach conditions, ask for training, and look after a site."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account, Proposal
from schoolgate.accounts.rules.accounts import check_may_set_up
from schoolgate.accounts.rules.proposals import check_may_decide
from schoolgate.accounts.states import AccountState, ProposalState
from schoolgate.core.errors import NotAllowed, NotFound, NotNow
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities
from schoolgate.people.rules import check_capacity
from schoolgate.rulebook import Book

POINT_OF = {"requirement": "approvals_requirements", "restriction": "approvals_limits"}
"""Where the policy says what an approval may require and ban."""


def check_not_closed(account: Account) -> None:
    """Raise NotNow once the account is closed."""
    if account.state == AccountState.CLOSED:
        raise NotNow(_("This account is closed."), _("Use another account, or propose a new one."))


def check_may_attach(by: Person, proposal: Proposal, book: Book, *, on: date) -> None:
    """Raise NotAllowed unless the person decides on the proposal; NotNow before its approval; NotFound where
    this policy attaches nothing to an approval."""
    if not book.bound("account.use"):
        raise NotFound
    if proposal.state != ProposalState.APPROVED:
        raise NotNow(
            _("There is no approval yet, so there can be no conditions."),
            _("Decide on the proposal first."),
        )
    check_may_decide(by, proposal, book, on=on)


def clauses_of_conditions(book: Book, kind: str) -> list[str]:
    """Return the clauses by which an approval may require or ban something."""
    return list(book.clauses_at("account.use", POINT_OF[kind]))


def check_may_want_training(by: Person, book: Book, *, on: date) -> list[str]:
    """Raise NotAllowed unless the person decides on accounts somewhere, NotFound where this policy knows no
    such thing. Returns the clauses that let it be asked."""
    clauses = list(book.clauses_at("person.entrust", "trained_to_speak"))
    if not clauses:
        raise NotFound
    check_capacity(by, "decide_account", on=on, anywhere=True)
    return clauses


def check_may_look_after(by: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed unless the person runs the account or opens accounts there; NotNow once it is
    closed."""
    check_not_closed(account)
    check_may_set_up(by, account, on=on)


def check_may_advise(by: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed for people who neither decide nor advise there."""
    held = capacities(by, on=on, school=account.school, account=account)
    if not held & {"decide_account", "advise", "oversee"}:
        raise NotAllowed(
            _("Advice on this must come from the people who decide or advise on accounts."),
            _("Ask one of them."),
        )
