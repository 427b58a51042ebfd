"""What a post is made of: its account, who is shown, picture, materials and links."""

from typing import Annotated, Literal, get_args

from schoolgate.rulebook.facts import (
    Ask,
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
)
from schoolgate.rulebook.sentences import gettext_noop as _

Shown = Literal["pupil", "staff", "governor", "parent", "volunteer", "other"]
Giver = Literal["parent", "carer", "self"]
GIVERS: tuple[Giver, ...] = get_args(Giver)


class PostAccount(Part):
    """The account it goes out on. `pupil_site`: made for pupils to use and write on. `pupils_may_read`: its
    audience includes pupils. `ages`: of the pupils it is meant for. `logo_allowed`: leave for logo, brand and
    slogans is on record for it. `content_approved_once`: the content of the site as a whole was approved.
    `real_name`, `function_stated`: its page gives the real name of whoever runs it, and what they do at the
    school. `intended_audience`: whom it is for, as stated when it was proposed."""

    key: Name | None = None
    network: Annotated[Name | None, Ask("network", "office", _("the network"))] = None
    official: Tri = None
    hosting: Annotated[Literal["school", "third_party"] | None, Ask("host", "office")] = None
    visibility: Literal["open", "private_closed"] | None = None
    pupils_may_read: Annotated[
        Tri,
        Ask(
            "pupils_may_read",
            "office",
            _("whether pupils are among its readers"),
            _("Are pupils among those who may read it?"),
        ),
    ] = None
    pupil_site: Annotated[Tri, Ask("pupil_site", "office", _("whether the site is made for pupils"))] = None
    youngest_pupil: Whole | None = None
    school: Annotated[Name | None, Ask("school", "office", _("the school that the account belongs to"))] = (
        None
    )
    says_who_runs_it: Annotated[Tri, Ask("says_who_runs_it", "office", _("who runs the account"))] = None
    real_name: Annotated[Tri, Ask("real_name", "office")] = None
    function_stated: Annotated[Tri, Ask("function_stated", "office")] = None
    logo_allowed: Annotated[
        Tri, Ask("logo_allowed", "office", _("whether leave for logo and brand is on record"))
    ] = None
    content_approved_once: Tri = None
    intended_audience: Text | None = None

    @derived("pupils_may_read", "office")
    def has_ages(self, _facts: Facts) -> bool | None:
        """Whether it is for pupils of certain ages."""
        return True if self.youngest_pupil is not None else self.pupils_may_read


class Consent(Given):
    """A consent to be shown or named."""

    written: Annotated[Tri, Ask("consent_form", "office", _("whether the consent is in writing"))] = None

    @derived("consent", "office")
    def given_as(self, _facts: Facts) -> tuple[Giver, ...]:
        """What whoever gave it is to the person shown; that is no role of a policy."""
        return tuple(one for one in GIVERS if one in self.roles)


class PersonShown(Part):
    """Somebody whom a picture shows or a text names.

    `named`: how the post names them, anywhere in it. `consents`: consents on record for this use, each with
    who gave it in `roles` ("parent", "carer", "self"); an empty list means none. `leadership`: agreement of
    members of the leadership to this picture of them. `opted_out`: asked not to be photographed or filmed.
    `at_school_activity`: shown taking part in one. `connected`: part of or directly linked with the school or
    federation."""

    key: Name | None = None
    relation: Annotated[Shown | None, Ask("relation", "author")] = None
    shown: Annotated[Tri, Ask("shown", "author", _("whether the picture shows this person"))] = None
    named: Annotated[
        Literal["no", "initials", "first", "full"] | None,
        Ask(
            "named",
            "author",
            _("whether and how this person is named"),
            _("How would the post name the pupil, anywhere in it?"),
        ),
    ] = None
    consents: Annotated[tuple[Consent, ...] | None, Ask("consent", "office", _("the consents on record"))] = (
        None
    )
    leadership: Annotated[
        tuple[Given, ...] | None,
        Ask("leadership_consent", "office", _("the agreement of the leadership to this picture")),
    ] = None
    opted_out: Annotated[
        Tri,
        Ask(
            "opted_out",
            "office",
            _("whether this person asked to be left out"),
            _("Did they ask not to be photographed or filmed?"),
        ),
    ] = None
    do_not_publish: Annotated[
        Tri,
        Ask(
            "do_not_publish",
            "office",
            _("whether the child is on the list of those not to be published"),
            _("Is the child on the list of those not to be published?"),
        ),
    ] = None
    at_school_activity: Annotated[
        Tri,
        Ask(
            "at_school_activity",
            "author",
            _("whether it shows them taking part in a school activity"),
            _("Are they shown at something that the school does?"),
        ),
    ] = None
    connected: Annotated[
        Tri, Ask("connected", "author", _("whether they belong to the school or the federation"))
    ] = None

    @derived("consent", "office")
    def agreed_to_naming(self, _facts: Facts) -> bool:
        """Whether it is on record that somebody agreed to the very naming."""
        return any("naming" in one.covers for one in self.consents or ())

    @derived("relation", "author")
    def is_who_acts(self, facts: Facts) -> bool:
        """Whether this is known to be the very person who posts."""
        return self.key is not None and facts.actor is not None and self.key == facts.actor.key


class ConsentListCheck(Part):
    """A named person's word that the school's consent list of a date was checked for this channel."""

    by: Name
    at: Instant
    list_dated: Day
    channel: Name
    of_this_version: Tri = None


class Picture(Part):
    """The picture. `fit`: somebody judged it fit to be published; `dressed`: pupils are properly dressed;
    `ridicules`: somebody shown could be made to look foolish; `shows_security`: it shows what could weaken
    security."""

    alt_text: str | None = None
    shows_people: Tri = None
    shows_pupils: Annotated[Tri, Ask("shows_pupils", "author", _("whether the picture shows pupils"))] = None
    consent_list: ConsentListCheck | None = None
    fit: Annotated[
        Attested | None, Ask("fit", "author", _("is it fit to be published?"), say="picture.not_judged")
    ] = None
    dressed: Annotated[
        Attested | None,
        Ask("dressed", "author", _("are all pupils properly dressed?"), say="picture.not_judged"),
    ] = None
    ridicules: Annotated[
        Attested | None,
        Ask(
            "ridicules", "author", _("could anybody in it be made to look foolish?"), say="picture.not_judged"
        ),
    ] = None
    shows_security: Annotated[
        Tri,
        Ask(
            "shows_security",
            "author",
            _("whether the picture shows anything that could weaken security"),
            _("Does it show something that could weaken the security of the school?"),
        ),
    ] = None

    @derived("shows_pupils", "author")
    def with_pupils(self, _facts: Facts) -> bool | None:
        """Whether it shows pupils; not where it shows nobody."""
        return self.shows_pupils if self.shows_pupils is not None or self.shows_people is not False else False


class Material(Part):
    """Something that the post carries or passes on. `permission`: its owner's leave is on record. `labels`:
    how the document is marked ("confidential", "business-sensitive"). `release`: written leave for this use
    on record. `owner`: whose document it is."""

    what: Literal[
        "picture", "video", "text", "music", "document", "logo", "slogan", "trademark", "school_publication"
    ]
    origin: Annotated[
        Literal["own", "licensed", "permission_obtained", "public_domain", "someone_elses"] | None,
        Ask(
            "origin",
            "author",
            _("where it comes from"),
            _("Where does it come from?"),
            say="material.no_origin",
        ),
    ] = None
    permission: Annotated[
        Tri,
        Ask(
            "owners_permission",
            "author",
            _("the permission of its owner"),
            _("Is the owner's leave there in writing?"),
        ),
    ] = None
    credited: Annotated[
        Tri, Ask("credited", "author", _("the name of whoever made it"), _("Does the post say whose it is?"))
    ] = None
    labels: Annotated[tuple[Name, ...] | None, Ask("labels", "author", _("how the document is marked"))] = (
        None
    )
    release: Annotated[tuple[Given, ...] | None, Ask("written_leave", "office", _("leave in writing"))] = None
    owner: Literal["school", "company", "other"] | None = None

    @derived("written_leave", "office")
    def released_in_writing(self, facts: Facts) -> bool:
        """Whether leave in writing is on record for it by now; what is not on record was not given."""
        return any(one.in_writing_by_now(facts) for one in self.release or ())


class Link(Part):
    """A link or an embedded thing. `fitting`, `safe`: a person's judgement; `blocked`: on the school's list;
    `found`: its address answers; `own_business_of_author`: the author declared that it leads to a business of
    their own."""

    fitting: Annotated[
        Attested | None,
        Ask(
            "link_appropriate",
            "author",
            _("somebody's judgement that the linked page is fitting"),
            say="link.not_judged",
        ),
    ] = None
    safe: Annotated[
        Attested | None,
        Ask(
            "link_safe",
            "author",
            _("somebody's judgement that the linked page is safe"),
            say="link.not_judged",
        ),
    ] = None
    blocked: Annotated[Tri, Ask("link_blocked", "author", _("whether the link leads to a blocked site"))] = (
        None
    )
    found: Tri = None
    own_business_of_author: Tri = None
