"""Somebody asks of an address whether it is the school's; or one in the school's name is found."""

from typing import Literal

from schoolgate.rulebook.facts import Day, Facts, Name, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class AccountLookedUp(Facts):
    """`in_register`: whether the address stands in the register of accounts; `notified_on`: since when.

    `has_official_mark`: whether the link by which the school's accounts are known stands on it, as last
    looked at. `in_schools_name`: it calls itself the school's; `made_by`: who made it. `school`, `network`,
    `page`: whose it is said to be, where it stands and what it is called. `comparable_to`: platforms that
    somebody found its platform comparable to, None where nobody looked."""

    in_register: Tri = None
    notified_on: Day | None = None
    teaching: Tri = None
    has_official_mark: Tri = None
    in_schools_name: Tri = None
    made_by: Literal["school", "for the school", "somebody else"] | None = None
    school: Name | None = None
    network: Name | None = None
    page: Name | None = None
    comparable_to: tuple[Name, ...] | None = None


ACCOUNT_LOOKED_UP = Situation(
    key="account.looked_up",
    title=gettext_noop("Is this account the school's?"),
    facts=AccountLookedUp,
    points=points("official official_mark in_our_name schools_own_account"),
)
