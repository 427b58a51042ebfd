"""Check who may set up and open an account and keep its keys, and whether it may happen now."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.accounts.rules.care import is_on_team
from schoolgate.core.errors import NotNow
from schoolgate.people.models import Person
from schoolgate.people.rules import check_capacity


def check_may_set_up(by: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed unless the person opens accounts there, or is on the team of this one."""
    if is_on_team(by, account):
        return
    check_capacity(by, "open_account", on=on, school=account.school, account=account)


def check_may_open(by: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed unless one of the person's roles opens accounts there."""
    check_capacity(by, "open_account", on=on, school=account.school, account=account)


def check_may_hold_keys(by: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed unless one of the person's roles keeps the sign-in of accounts there."""
    check_capacity(by, "hold_keys", on=on, school=account.school, account=account)


def check_waiting(account: Account) -> None:
    """Raise NotNow unless the account is still to be opened, or existed before Schoolgate and is not in order
    yet."""
    if not account.being_set_up:
        raise NotNow(_("This account is no longer being set up."), _("Open it again to see its status."))
