"""Check who may see and store the keys of an account, and whether it takes any."""

from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.facts.keys import has_part
from schoolgate.accounts.models import Account, AccountKey
from schoolgate.accounts.states import AccountState, Part
from schoolgate.core.errors import NotAllowed, NotFound, NotNow
from schoolgate.networks.registry import capabilities
from schoolgate.people.models import Person


def check_has_part(by: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed unless the person is on the account's team, or keeps its sign-in by a role for it
    alone. The next step names its leads."""
    if has_part(by, account, on=on):
        return
    rows = account.team.filter(part=Part.LEAD, to_day=None).select_related("person").order_by("id")
    names = ", ".join(row.person.name for row in rows[:3])
    raise NotAllowed(
        _("Only people who run this account can view and save its passwords."),
        format_lazy(_("Ask {names}."), names=names) if names else _("Ask the people who open accounts here."),
    )


def check_takes_keys(account: Account) -> None:
    """Raise NotFound for our own noticeboard, which has no keys, and NotNow for a closed account."""
    if capabilities(account.network).ours:
        raise NotFound
    if account.state == AccountState.CLOSED:
        raise NotNow(
            _("This account is closed and its keys are destroyed."),
            _("Use another account, or propose a new one."),
        )


def check_live(key: AccountKey) -> None:
    """Raise NotNow for a key that was changed or destroyed."""
    if key.ended:
        raise NotNow(
            _("This password is no longer stored: it was changed or destroyed."),
            _("Check the account’s passwords for its replacement."),
        )
