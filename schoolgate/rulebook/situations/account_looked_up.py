"""Somebody asks of an address whether it is the school's; or one in the school's name is found."""

from typing import Literal

from schoolgate.rulebook.facts import Day, Facts, Name, Tri, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment
from schoolgate.rulebook.situations.case import platform_named


@moment(
    "account.looked_up",
    _("Is this account the school's?"),
    "official official_mark in_our_name schools_own_account",
)
class AccountLookedUp(Facts, asked_of="office"):
    """`in_register`: whether the address stands in the register of accounts; `notified_on`: since when.

    `has_official_mark`: whether the link by which the school's accounts are known stands on it, as last
    looked at. `in_schools_name`: it calls itself the school's; `made_by`: who made it. `school`, `network`,
    `page`: whose it is said to be, where it stands and what it is called. `comparable_to`: platforms that
    somebody found its platform comparable to, None where nobody looked."""

    in_register: Tri = fact(
        _("whether the address stands in the register"), _("Does the account stand in the school's register?")
    )
    notified_on: Day | None = fact(need="in_register")
    teaching: Tri = fact(question=_("Are pupils taught through it?"), need="kind")
    has_official_mark: Tri = fact(
        _("a link to the acceptable use policy"),
        _("Does it carry the link by which the school's accounts are known?"),
        need="acceptable_use_link",
        of="runner",
    )
    in_schools_name: Tri = fact(
        _("whether it calls itself the school's"), _("Does it call itself the school's?")
    )
    made_by: Literal["school", "for the school", "somebody else"] | None = fact(
        _("who made it"), _("Who made it?")
    )
    school: Name | None = fact()
    network: Name | None = fact(of="whoever_asks")
    page: Name | None = fact(_("what the page is called"), of="whoever_asks")
    comparable_to: tuple[Name, ...] | None = fact(_("somebody's judgement which platforms this one is like"))

    @derived("in_register")
    def is_made_known(self, _facts: Facts) -> bool:
        """Whether it stands there since when it is in the register."""
        return self.notified_on is not None

    @derived("network", of="whoever_asks")
    def platform(self, _facts: Facts) -> str | None:
        """Where it stands, in small letters without blanks."""
        return None if self.network is None else platform_named(self.network)

    @derived("comparable_to")
    def is_like(self, _facts: Facts) -> tuple[str, ...] | None:
        """The platforms that its own is like, in small letters without blanks."""
        return None if self.comparable_to is None else tuple(map(platform_named, self.comparable_to))

    @derived("page", of="whoever_asks")
    def page_name(self, _facts: Facts) -> str | None:
        """What it is called, in small letters."""
        return None if self.page is None else self.page.strip().casefold()
