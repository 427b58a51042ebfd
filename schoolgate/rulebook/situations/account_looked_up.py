"""Somebody asks of an address whether it is the school's; or one in the school's name is found."""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Ask, Day, Facts, Name, Tri, derived
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.case import platform_named


class AccountLookedUp(Facts):
    """`in_register`: whether the address stands in the register of accounts; `notified_on`: since when.

    `has_official_mark`: whether the link by which the school's accounts are known stands on it, as last
    looked at. `in_schools_name`: it calls itself the school's; `made_by`: who made it. `school`, `network`,
    `page`: whose it is said to be, where it stands and what it is called. `comparable_to`: platforms that
    somebody found its platform comparable to, None where nobody looked."""

    in_register: Annotated[
        Tri,
        Ask(
            "in_register",
            "office",
            _("whether the address stands in the register"),
            _("Does the account stand in the school's register?"),
        ),
    ] = None
    notified_on: Annotated[Day | None, Ask("in_register", "office")] = None
    teaching: Annotated[Tri, Ask("kind", "office", question=_("Are pupils taught through it?"))] = None
    has_official_mark: Annotated[
        Tri,
        Ask(
            "acceptable_use_link",
            "runner",
            _("a link to the acceptable use policy"),
            question=_("Does it carry the link by which the school's accounts are known?"),
        ),
    ] = None
    in_schools_name: Annotated[
        Tri,
        Ask(
            "in_schools_name",
            "office",
            _("whether it calls itself the school's"),
            _("Does it call itself the school's?"),
        ),
    ] = None
    made_by: Annotated[
        Literal["school", "for the school", "somebody else"] | None,
        Ask("made_by", "office", _("who made it"), _("Who made it?")),
    ] = None
    school: Annotated[Name | None, Ask("school", "office")] = None
    network: Annotated[Name | None, Ask("network", "whoever_asks")] = None
    page: Annotated[Name | None, Ask("page", "whoever_asks", _("what the page is called"))] = None
    comparable_to: Annotated[
        tuple[Name, ...] | None,
        Ask("comparable_to", "office", _("somebody's judgement which platforms this one is like")),
    ] = None

    @derived("in_register", "office")
    def is_made_known(self, _facts: Facts) -> bool:
        """Whether it stands there since when it is in the register."""
        return self.notified_on is not None

    @derived("network", "whoever_asks")
    def platform(self, _facts: Facts) -> str | None:
        """Where it stands, in small letters without blanks."""
        return None if self.network is None else platform_named(self.network)

    @derived("comparable_to", "office")
    def is_like(self, _facts: Facts) -> tuple[str, ...] | None:
        """The platforms that its own is like, in small letters without blanks."""
        return None if self.comparable_to is None else tuple(map(platform_named, self.comparable_to))

    @derived("page", "whoever_asks")
    def page_name(self, _facts: Facts) -> str | None:
        """What it is called, in small letters."""
        return None if self.page is None else self.page.strip().casefold()


ACCOUNT_LOOKED_UP = Situation(
    key="account.looked_up",
    title=_("Is this account the school's?"),
    facts=AccountLookedUp,
    points=points("official official_mark in_our_name schools_own_account"),
)
