"""Somebody, or an organisation, wants to become a friend of a site, or to take part in it. Let in?"""

from typing import Literal

from schoolgate.rulebook.facts import Attested, Facts, Given, Name, Part, Person, Relation, Roles, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class Site(Part):
    """The site. `with_pupils`: pupils are among its members. `made_for_pupils`: it is for pupils to use and
    write on. `private_messages`: its members can write to each other out of others' sight."""

    with_pupils: Tri = None
    made_for_pupils: Tri = None
    private_messages: Tri = None


class Vetting(Part):
    """What a person found who checked a request. `passed`: let in or not. `how_known`: it says how the school
    knows them; `real_person`; `grown_up`: an adult or a child, None where it was not found out."""

    by: Name
    roles: Roles = ()
    passed: Tri = None
    how_known: Tri = None
    real_person: Tri = None
    grown_up: Tri = None


class FriendAdmit(Facts):
    """`as_what`: a friend of the site, or somebody who takes part in it. `kind`: a person or an organisation.
    `relation`: what a person is to the school. `vettings`: the checks on record, the last one counts; an
    empty list where there are none. `name_identifies`: somebody's answer whether the name and picture to be
    shown let them be recognised. `approvals`: of the contact with an organisation."""

    by: Person | None = None
    site: Site = Site()
    as_what: Literal["friend", "participant"] | None = None
    kind: Literal["person", "organisation"] | None = None
    relation: Relation | None = None
    vettings: tuple[Vetting, ...] | None = None
    name_identifies: Attested | None = None
    approvals: tuple[Given, ...] | None = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


FRIEND_ADMIT = Situation(
    key="friend.admit",
    title=gettext_noop("Somebody wants to become a friend of a site, or to take part in it"),
    facts=FriendAdmit,
    points=points("friend_vetted friend_checked organisation_friend recognisable grooming"),
)


class SiteSettings(Facts):
    """What is about to be set, or to go live with: `site` as it would then be."""

    by: Person | None = None
    site: Site = Site()

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


CONTACT_SITE_SETTINGS = Situation(
    key="contact.site_settings",
    title=gettext_noop("How the members of a site can reach each other is about to be set"),
    facts=SiteSettings,
    points=points("grooming"),
)
