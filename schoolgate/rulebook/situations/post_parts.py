"""What a post is made of: its account, who is shown, picture, materials and links."""

from typing import Literal, get_args

from pydantic import Field

from schoolgate.rulebook.facts import (
    Attested,
    Day,
    Facts,
    Given,
    Instant,
    Name,
    Part,
    Text,
    Tri,
    Whole,
    derived,
    fact,
)
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.networks import Network

Shown = Literal["pupil", "staff", "governor", "parent", "volunteer", "other"]
Giver = Literal["parent", "carer", "self"]
GIVERS: tuple[Giver, ...] = get_args(Giver)


SEPTEMBER = 9
"""The month in which a school year begins."""


class PostAccount(Part, asked_of="office"):
    """The account it goes out on. `content_approved_once`: the content of the site as a whole was.
    `real_name`, `function_stated`: its page gives them for the people who run it. `intended_audience`: as
    stated when it was proposed."""

    key: Name | None = Field(None, description=_("which account it is"))
    network: Network | None = fact(_("which network it is"))
    official: Tri = Field(None, description=_("whether it is the school’s account"))
    hosting: Literal["school", "third_party"] | None = fact(need="host")
    visibility: Literal["open", "private_closed"] | None = Field(
        None, description=_("whether the account is open or closed")
    )
    pupils_may_read: Tri = fact(_("whether pupils are among its readers"), _("Can pupils read it?"))
    pupil_site: Tri = fact(_("whether the site is made for pupils"))
    youngest_pupil: Whole | None = Field(None, description=_("the age of the account’s youngest pupil"))
    school: Name | None = fact(_("the school that the account belongs to"))
    says_who_runs_it: Tri = fact(_("who runs the account"))
    real_name: Tri = fact()
    function_stated: Tri = fact()
    logo_allowed: Tri = fact(_("whether permission for the logo and brand is on record"))
    content_approved_once: Tri = Field(
        None, description=_("whether the account’s content was approved as a whole")
    )
    intended_audience: Text | None = Field(None, description=_("who the account is meant to reach"))

    @derived("pupils_may_read", label=_("whether the account is for pupils of certain ages"))
    def has_ages(self, _facts: Facts) -> bool | None:
        """Whether it is for pupils of certain ages."""
        return True if self.youngest_pupil is not None else self.pupils_may_read


class Consent(Given, asked_of="office"):
    """A consent to be shown or named."""

    written: Tri = fact(_("whether the consent is in writing"), need="consent_form")
    given_on: Day | None = fact(
        _("the day the consent was given or renewed"),
        _("When was the consent given or last renewed?"),
        need="consent_renewed",
    )
    renewed: Tri = fact(
        _("whether the consent is as recent as the policy requires"),
        need="consent_renewed",
        of="author",
    )

    @derived("consent_renewed", label=_("whether the consent was given this school year"))
    def given_this_school_year(self, facts: Facts) -> bool | None:
        """Whether it was given on or after the last 1 September."""
        if self.given_on is None or facts.day is None:
            return None
        first = facts.day.replace(month=SEPTEMBER, day=1)
        return self.given_on >= (first if facts.day >= first else first.replace(year=first.year - 1))

    @derived("consent")
    def given_as(self, _facts: Facts) -> tuple[Giver, ...]:
        """The giver's relation to the person shown; that is no role of a policy."""
        return tuple(one for one in GIVERS if one in self.roles)


class PersonShown(Part, asked_of="author"):
    """A person in a picture or named in a text. `consents`: for this use, each with who gave it in `roles`
    ("parent", "carer", "self"); empty for none. `leadership`: of its members to this picture of them."""

    key: Name | None = Field(None, description=_("which person it is"))
    relation: Shown | None = fact()
    shown: Tri = fact(_("whether the picture shows this person"))
    named: Literal["no", "initials", "first", "full"] | None = fact(
        _("whether and how this person is named"), _("How would the post name the pupil, anywhere in it?")
    )
    consents: tuple[Consent, ...] | None = fact(_("the consents on record"), need="consent", of="office")
    leadership: tuple[Given, ...] | None = fact(
        _("the leadership’s agreement to this picture"), need="leadership_consent", of="office"
    )
    opted_out: Tri = fact(
        _("whether this person asked to be left out"),
        _("Did they ask not to be photographed or filmed?"),
        of="office",
    )
    do_not_publish: Tri = fact(
        _("whether the child is on the list of children who must not be shown"),
        _("Is the child on the list of children who must not be shown?"),
        of="office",
    )
    at_school_activity: Tri = fact(
        _("whether it shows them taking part in a school activity"),
        _("Are they shown at a school activity?"),
    )
    connected: Tri = fact(_("whether they belong to the school or the federation"))
    left_school: Tri = fact(
        _("whether the pupil has left the school"), _("Has the pupil left the school?"), need="shows_leaver"
    )

    age: Whole | None = fact(_("the pupil’s age"), _("How old is the pupil?"), need="pupil_age", of="office")

    @derived("consent", of="office", label=_("whether consent to being named is on record"))
    def agreed_to_naming(self, _facts: Facts) -> bool:
        """Whether consent to this very naming is on record."""
        return any("naming" in one.covers for one in self.consents or ())

    @derived("relation", label=_("whether the person shown is the one who posts"))
    def is_who_acts(self, facts: Facts) -> bool:
        """Whether this is known to be the very person who posts."""
        return self.key is not None and facts.actor is not None and self.key == facts.actor.key


class ConsentListCheck(Part):
    """A named person's word that the school's consent list of a date was checked for this channel."""

    by: Name = Field(description=_("who did it"))
    at: Instant = Field(description=_("when it was done"))
    list_dated: Day = Field(description=_("the date of the list"))
    channel: Name = Field(description=_("which network the consent list was checked for"))
    of_this_version: Tri = Field(None, description=_("whether this version was checked"))


class Picture(Part, asked_of="author"):
    """The picture."""

    alt_text: str | None = Field(None, description=_("the alt text"))
    shows_people: Tri = Field(None, description=_("whether the picture shows people"))
    shows_pupils: Tri = fact(_("whether the picture shows pupils"))
    consent_list: ConsentListCheck | None = Field(None, description=_("the check of the consent list"))
    fit: Attested | None = fact(_("is it suitable to publish?"), say="picture.not_judged")
    dressed: Attested | None = fact(
        _("are all pupils properly dressed?"),
        _("Are all pupils in the pictures properly dressed?"),
        say="picture.not_judged",
    )
    ridicules: Attested | None = fact(
        _("could anyone in it be made to look foolish?"), say="picture.not_judged"
    )
    swimwear: Tri = fact(
        _("whether a pupil in the picture is in swimwear"), _("Is a pupil in a picture in swimwear?")
    )
    shows_security: Tri = fact(
        _("whether the picture shows anything that could weaken security"),
        _("Does it show something that could weaken the school’s security?"),
    )

    @derived("shows_pupils", label=_("whether the picture shows any pupil"))
    def with_pupils(self, _facts: Facts) -> bool | None:
        """Whether it shows pupils; no where it shows no one."""
        return self.shows_pupils if self.shows_pupils is not None or self.shows_people is not False else False


class Material(Part, asked_of="author"):
    """Material that the post carries or passes on. `labels`: such as "confidential", "business-sensitive".
    `release`: written permission for this use. `owner`: whose document it is."""

    what: Literal[
        "picture", "video", "text", "music", "document", "logo", "slogan", "trademark", "school_publication"
    ] = Field(description=_("what it is"))
    origin: Literal["own", "licensed", "permission_obtained", "public_domain", "someone_elses"] | None = fact(
        _("where it comes from"), _("Where does it come from?"), say="material.no_origin"
    )
    permission: Tri = fact(
        _("its owner’s permission"),
        _("Has the owner given permission in writing?"),
        need="owners_permission",
    )
    credited: Tri = fact(_("the name of the person who made it"), _("Does the post credit the owner?"))
    labels: tuple[Name, ...] | None = fact(_("how the document is marked"))
    release: tuple[Given, ...] | None = fact(_("written permission"), need="written_leave", of="office")
    owner: Literal["school", "company", "other"] | None = Field(None, description=_("who owns the material"))

    @derived("written_leave", of="office", label=_("whether written permission is on record"))
    def released_in_writing(self, facts: Facts) -> bool:
        """Whether written permission is on record for it by now; without a record, it was not given."""
        return any(one.in_writing_by_now(facts) for one in self.release or ())


class Link(Part, asked_of="author"):
    """A link or an embedded thing. `blocked`: on the school's list; `found`: its address answers."""

    fitting: Attested | None = fact(
        _("whether someone judged the linked page appropriate"),
        need="link_appropriate",
        say="link.not_judged",
    )
    safe: Attested | None = fact(
        _("whether someone judged the linked page safe"), need="link_safe", say="link.not_judged"
    )
    blocked: Tri = fact(_("whether the link leads to a blocked site"), need="link_blocked")
    found: Tri = Field(None, description=_("whether the link works"))
    own_business_of_author: Tri = fact(
        _("whether a link leads to a business of the author’s own"), need="link_own_business"
    )
