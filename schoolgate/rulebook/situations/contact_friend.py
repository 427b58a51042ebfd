"""A person or an organisation wants to become a friend of a site, or to take part in it. May they?"""

from typing import Literal

from pydantic import Field

from schoolgate.rulebook.facts import (
    Act,
    Attested,
    Facts,
    Given,
    Name,
    Part,
    Relation,
    Roles,
    Tri,
    derived,
    fact,
)
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment

Found = Literal["how_known", "real_person", "not_real", "grown_up"]


class Site(Part, asked_of="office"):
    """The site."""

    with_pupils: Tri = fact(_("whether its members include pupils"), need="friend_site_with_pupils")
    made_for_pupils: Tri = fact(
        _("whether the site is made for pupils to use and post on"), need="friend_site_for_pupils"
    )
    private_messages: Tri = fact(
        _("whether members can message each other privately"),
        need="friend_private_messages",
        of="site_moderator",
    )


class Vetting(Part):
    """The result of a person's check of a request. `how_known`: it says how the school knows them;
    `grown_up`: an adult or a child, None where it was not found out."""

    by: Name = Field(description=_("who did it"))
    roles: Roles = ()
    passed: Tri = Field(None, description=_("whether the check was passed"))
    how_known: Tri = Field(None, description=_("whether the request says how the school knows them"))
    real_person: Tri = Field(None, description=_("whether the account belongs to a real person"))
    grown_up: Tri = Field(None, description=_("whether this person is an adult"))


@moment(
    "friend.admit",
    _("Becoming a friend of a site, or taking part in it"),
    "friend_vetted friend_checked organisation_friend recognisable grooming",
    asks=Asks.ACT,
)
class FriendAdmit(Act, asked_of="site_moderator", prefix="friend_"):
    """`vettings`: the checks on record, the last one counts; an empty list where there are none."""

    site: Site = Field(Site(), description=_("the site"))
    as_what: Literal["friend", "participant"] | None = fact(
        _("whether it is about a friend of the site or taking part in it")
    )
    kind: Literal["person", "organisation"] | None = fact(
        _("whether it is a person or an organisation"), _("Is it a person or an organisation?")
    )
    relation: Relation | None = fact(
        _("what connection the person who wants to take part has with the school"),
        _("How are they connected with the school?"),
    )
    vettings: tuple[Vetting, ...] | None = fact(
        _("a check of the person asking to join"), need="friend_vetting"
    )
    name_identifies: Attested | None = fact(
        _("a check of the name and picture to be shown"),
        _("In your judgement, can they be recognised from the name and picture?"),
        say="friend.name_not_looked_at",
    )
    approvals: tuple[Given, ...] | None = fact(
        _("approval of contact with the organisation"), need="friend_approval"
    )

    @derived("friend_vetting")
    def check(self, _facts: Facts) -> Literal["passed", "turned_down", "open"] | None:
        """The result of the last check."""
        if self.vettings is None:
            return None
        passed = self.vettings[-1].passed if self.vettings else None
        return "open" if passed is None else "passed" if passed else "turned_down"

    @derived("friend_vetting")
    def found_out(self, _facts: Facts) -> tuple[Found, ...] | None:
        """What the last check found out: how the school knows them, whether they are who they say, adult or
        child (which goes without saying of an organisation)."""
        if self.vettings is None:
            return None
        last = self.vettings[-1] if self.vettings else None
        known: dict[Found, bool] = {
            "how_known": last is not None and bool(last.how_known),
            "real_person": last is not None and last.real_person is not None,
            "not_real": last is not None and last.real_person is False,
            "grown_up": self.kind == "organisation" or (last is not None and last.grown_up is not None),
        }
        return tuple(what for what, so in known.items() if so)

    @derived("friend_relation")
    def by_pupil(self, _facts: Facts) -> bool | None:
        """Whether it is a pupil who asks."""
        return None if self.relation is None else self.relation == "pupil"


@moment(
    "contact.site_settings",
    _("Deciding how members of a site can contact each other"),
    "grooming",
    asks=Asks.ACT,
)
class SiteSettings(Act, asked_of="site_moderator"):
    """Settings about to be saved, or to go live with: `site` as it would then be."""

    site: Site = Field(Site(), description=_("the site"))

    @derived("friend_relation")
    def by_pupil(self, _facts: Facts) -> bool:
        """False: there is no applicant here, it is about every member."""
        return False
