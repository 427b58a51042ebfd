"""Check who may assign an account to a class, and choose what happens to it in the new school year."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.accounts.rules.care import is_on_team
from schoolgate.accounts.states import Part
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotNow
from schoolgate.core.school_year import Turn, turn_of
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities
from schoolgate.people.rules import check_capacity


def check_may_say_class(by: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed unless the person leads the account, decides on accounts or manages people."""
    if is_on_team(by, account, Part.LEAD):
        return
    if "administer" not in capacities(by, on=on, school=account.school, account=account):
        check_may_choose(by, account, on=on)


def check_may_choose(by: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed unless the person leads the account, or decides on accounts there."""
    if not is_on_team(by, account, Part.LEAD):
        check_capacity(by, "decide_account", on=on, school=account.school, account=account)


def check_is_the_turn(at: datetime) -> Turn:
    """Raise NotNow outside the start of a school year; else return the one under way."""
    turn = turn_of(local_day(at))
    if not turn.is_open(local_day(at)):
        raise NotNow(
            _("You can only choose what happens to an account during the new school year period."),
            next_step=_(
                "It runs from six weeks before the summer term ends until the end of "
                "September, according to the term dates."
            ),
        )
    return turn
