"""Who may see and keep the keys of an account, and whether it takes any."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.facts.keys import has_part
from schoolgate.accounts.models import Account, AccountKey
from schoolgate.accounts.rules.accounts import check_may_hold_keys
from schoolgate.accounts.states import AccountState
from schoolgate.core.errors import NotFound, NotNow
from schoolgate.networks.registry import capabilities
from schoolgate.people.models import Person


def check_has_part(by: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed unless the person is on the account's team or keeps its sign-in by their role."""
    if not has_part(by, account, on=on):
        check_may_hold_keys(by, account, on=on)


def check_takes_keys(account: Account) -> None:
    """Raise NotFound for our own noticeboard, which has no keys, and NotNow for a closed account."""
    if capabilities(account.network).connector == "noticeboard":
        raise NotFound
    if account.state == AccountState.CLOSED:
        raise NotNow(_("This account is closed, and its keys are destroyed."))


def check_live(key: AccountKey) -> None:
    """Raise NotNow for a key that was changed or destroyed."""
    if key.ended:
        raise NotNow(
            _("This key is no longer kept: it was changed or destroyed."),
            _("Look at the account's keys for the one that took its place."),
        )
