"""A post is about to go out on an official account. May this version be published?"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import ClassVar, Literal

from pydantic import Field

from schoolgate.rulebook.facts import (
    Ask,
    Attested,
    Facts,
    Folded,
    Given,
    Name,
    Person,
    Relation,
    Tri,
    Whole,
    derived,
    fact,
)
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment
from schoolgate.rulebook.situations.marks import EVENT_DETAILS, Mark, MarkKind, Marks
from schoolgate.rulebook.situations.post_parts import Link, Material, PersonShown, Picture, PostAccount

Trip = Literal["none", "to_come", "under_way", "over"]
Tagged = Literal["no_one", "organisations", "staff", "parent", "pupil"]
SpeaksAs = Literal["disclose information", "make commitments", "start activities", "call for contributors"]


def _checked(given: Attested | None) -> Literal["none", "of_another_version", "right", "wrong"]:
    """Return the result of a check of a text."""
    if given is None:
        return "none"
    if given.of_this_version is not True:
        return "of_another_version"
    return "right" if given.answer else "wrong"


@moment(
    "post.publish",
    _("Publishing a post"),
    """approval suitable_for_children suitable_for_any_reader suits_ages professional purpose own_affairs
    naming photo_consent leadership_consent do_not_publish opt_out image_permission image_judged dress
    ridicule security author_shown author_position disclaimer copyright permission credit
    school_material logo links_fitting links_safe links_blocked confidential doubt rights_doubt
    authority call_approved colleague partner confidentiality_asked privacy_asked safeguarding_known
    post_owner tone written_for respect_shown running_down text_details own_details confidences
    security_words good_name canvassing references_given sensitive_topics opinions opinion_manner truth
    sources_cited others_rights law_in_text policies_kept answerability talked_over school_purpose
    trips tagging leavers_shown consent_age posting_hours politics
    live_streams films ai_made staff_shown""",
    house="second_person consent_list",
    asks=Asks.ACT,
)
class PostPublish(Facts, asked_of="author"):
    """`approvals`: by others or by the author (`by` their key), of this version of the post or not.
    `author_position`: it or the author's profile says it. `subject_school`: as seen from the school that it
    goes out for; "none": no school's. `authorities`: `covers` names the kind of speaking. `owner`: who
    looks after it; without one, its author does. `marks`: having none clears nothing. `talks`: None where
    no one was asked. `tagged`: of those it tags the one with the most to lose. `time_of_day`: 730 for
    half past seven in the morning. Day and time are those at which it goes out, in London."""

    version: ClassVar[int] = 8

    account: PostAccount = Field(PostAccount(), description=_("the account the post goes on"))
    author: Person | None = fact(_("who wrote it"), need="post_author", of="office")
    approvals: tuple[Given, ...] | None = fact(_("who has approved it"), of="office")
    people: tuple[PersonShown, ...] | None = fact(_("who the post shows or names"))
    approved_beforehand: Tri = Field(
        None, description=_("whether it is an emergency text that was approved beforehand, word for word")
    )
    picture: Picture | None = Field(None, description=_("the picture"))
    has_picture: Tri = Field(None, description=_("whether the post has a picture"))
    materials: tuple[Material, ...] | None = fact(_("what the post includes and where that comes from"))
    links: tuple[Link, ...] | None = fact(_("what it links to"))
    suitable_for_children: Attested | None = fact(_("is it suitable for children?"), say="post.not_answered")
    suitable_for_any_reader: Attested | None = fact(
        _("is it suitable for every possible reader?"), say="post.not_answered"
    )
    suits_ages: Attested | None = fact(
        _("is it suitable for the ages of the pupils it is for?"), say="post.not_answered"
    )
    professional: Attested | None = fact(
        _("is it school business and nothing private?"), say="post.not_answered"
    )
    confidentiality_kept: Attested | None = fact(_("are all confidences kept?"), say="post.not_answered")
    privacy_kept: Attested | None = fact(_("is everyone’s privacy protected?"), say="post.not_answered")
    may_be_controversial: Tri = fact(
        _("whether the post may be controversial"), _("Could the post be controversial?")
    )
    personal_view: Tri = fact(
        _("whether the post gives a personal view"), _("Does it give someone’s personal view?")
    )
    disclaimer: Tri = fact(_("a disclaimer"), _("Does it say that the view is not the school’s?"))
    signed: Tri = fact(_("the name of the person posting"), _("Does the post show who wrote it?"))
    author_position: Tri = fact(_("the author’s position in the school"))
    purpose: Folded | None = fact(_("a purpose from the school’s list"), say="post.no_purpose")
    subject_school: Literal["own", "another", "none"] | None = fact(_("the school that it is about"))
    author_in_doubt: Tri = fact(_("whether the author is unsure about the post"))
    rights_in_doubt: Tri = fact(_("whether the author is unsure about copyright or other rights"))
    tells_success_or_news: Tri = fact(_("whether the post is about someone’s success or news"))
    names_partner: Tri = fact(
        _("whether the post mentions an outside organisation"), _("Does it mention an outside organisation?")
    )
    partner_permission: Tri = fact(_("permission from the organisation it mentions"))
    partner_permission_written: Tri = fact(_("whether the organisation it mentions agreed in writing"))
    knows_safeguarding: Tri = fact(_("that the author knows the safeguarding procedure"))
    speaks_as: tuple[SpeaksAs, ...] | None = fact(
        _("whether it speaks for the school, for example by a promise or a call for contributors"),
        _("Does it speak for the school in one of these ways?"),
    )
    authorities: tuple[Given, ...] | None = fact(
        _("authority to speak for the school in this way"), need="authority", of="office"
    )
    owner: Person | None = Field(None, description=_("who looks after the post"))
    marks: Marks = Field((), description=_("colleagues’ comments on the text"))
    facts_checked: Attested | None = Field(None, description=_("whether the facts were checked"))
    sources_checked: Attested | None = Field(None, description=_("whether the sources were opened"))
    talks: tuple[Given, ...] | None = Field(None, description=_("conversations about the post"))
    trip: Trip | None = fact(
        _("whether it is about a trip, and whether everyone is back"),
        _("Is it about a trip or residential, and is everyone back?"),
    )
    shows_trip_place: Tri = fact(
        _("whether it says or shows where the pupils are or will be"),
        _("Does the post say or show where pupils are or will be?"),
    )
    tagged: Tagged | None = fact(
        _("whether it tags anyone"), _("Who does it tag? Choose the last on this list that fits.")
    )
    political: Tri = fact(
        _("whether it supports a party, a candidate or a political campaign"),
        _("Does it support or oppose a party, a candidate or a political campaign?"),
    )
    election_near: Tri = fact(
        _("whether it goes out in the weeks before an election"),
        _("Will it go out in the weeks before an election?"),
    )
    promotes: Tri = fact(
        _("whether it promotes a product, a business or someone’s own gain"),
        _("Does it promote a product, a business or someone’s own gain?"),
    )
    promotes_outside: Tri = fact(
        _("whether it promotes an outside organisation, an appeal or a collection"),
        _("Does it promote an outside organisation, an appeal or a collection?"),
    )
    tells_details: Tri = fact(
        _("whether it gives personal details of anyone, such as age, class or address"),
        _("Does it give personal details of anyone, such as age, class or address?"),
    )
    live: Tri = fact(_("whether it is a live stream"), _("Is it a live stream?"))
    at_weekend: Tri = fact(
        _("whether it goes out at a weekend"), _("Will it go out at a weekend?"), of="office"
    )
    on_school_day: Tri = fact(
        _("whether it goes out on a school day"), _("Will it go out on a school day?"), of="office"
    )
    time_of_day: Whole | None = fact(
        _("the time at which it goes out"),
        _("At what time will it go out? Write 730 for 7.30am and 1800 for 6pm."),
        of="office",
    )

    has_film: Tri = fact(_("whether a film goes with it"), _("Is it a film?"))
    ai_made: Literal["no", "text", "picture"] | None = fact(
        _("whether artificial intelligence made or changed anything in it"),
        _("Did artificial intelligence make or change anything in it?"),
    )
    ai_checked: Tri = fact(
        _("a person’s check of what artificial intelligence made"),
        _("Has a person checked what artificial intelligence made, and does the post say what made it?"),
        need="ai_checked",
    )

    @cached_property
    def marks_by_kind(self) -> Mapping[MarkKind, Sequence[tuple[str, Mark]]]:
        """Return the marks of each kind, each with its place in the facts."""
        found: dict[MarkKind, list[tuple[str, Mark]]] = {}
        for position, mark in enumerate(self.marks):
            found.setdefault(mark.kind, []).append((f"marks[{position}]", mark))
        return found

    @derived("mark_judged", of="reader")
    def event_lacks(self, _facts: Facts) -> tuple[Name, ...]:
        """What it was marked for not saying of an event."""
        return tuple(f"mark.{kind}" for kind in EVENT_DETAILS if kind in self.marks_by_kind)

    @derived("link_own_business", label=_("whether the post links to the author’s own business"))
    def links_to_own_business(self, _facts: Facts) -> bool | Ask | None:
        """Whether its author declared a link to a business of their own; a post without a link has none."""
        if self.links is None:
            return Ask("links", "author")
        said = {link.own_business_of_author for link in self.links}
        return True if True in said else None if None in said else False

    @cached_property
    def somebody_shown(self) -> bool:
        """Whether anyone listed is known to be shown."""
        return any(person.shown for person in self.people or ())

    @derived("picture", _("whether it has a picture"))
    def pictured(self, _facts: Facts) -> bool | None:
        """Whether a picture goes with it."""
        return True if self.picture is not None else self.has_picture

    @derived("picture", label=_("whether people are shown on an official account"))
    def shown_officially(self, facts: Facts) -> bool | None:
        """Whether anyone is shown on an official account, as far as the picture tells."""
        if self.somebody_shown:
            return True
        return self.pictured(facts) if self.picture is None else self.picture.shows_people is not False

    @derived("picture", label=_("whether the school shows people"))
    def shown_by_school(self, facts: Facts) -> bool | None:
        """Whether anyone is shown: a post is the school's own."""
        return self.shown_officially(facts)

    @derived("personal_view", label=_("whether the post may give a personal view"))
    def perhaps_personal(self, _facts: Facts) -> bool:
        """Whether it may be a personal view: unless its author said that it is none."""
        return self.personal_view is not False

    @derived("facts_checked", _("a check of the facts"), of="reader")
    def check_of_facts(self, _facts: Facts) -> Literal["none", "of_another_version", "right", "wrong"]:
        """The result of a check of what it says."""
        return _checked(self.facts_checked)

    @derived("sources_checked", _("a check of the sources"), of="reader")
    def check_of_sources(self, _facts: Facts) -> Literal["none", "of_another_version", "right", "wrong"]:
        """The result of a check of the sources of what it says: each was opened, and says so."""
        return _checked(self.sources_checked)

    @derived("content_talk", _("a discussion of the content"))
    def talks_held(self, _facts: Facts) -> tuple[Given, ...] | None:
        """The talks about its content that its author has had with others by now."""
        if self.talks and self.author is None:
            return None
        held = (one for one in self.talks or () if self.author is None or one.by != self.author.key)
        return tuple(one for one in held if one.at is None or self.now is None or one.at <= self.now)

    @derived("purpose", label=_("the purpose the post’s author chose"))
    def purpose_picked(self, _facts: Facts) -> Folded:
        """The purpose that its author picked; no word where they picked none."""
        return self.purpose or ""

    @derived("post_owner", _("a member of staff to look after it"), of="office")
    def has_owner(self, _facts: Facts) -> bool:
        """Whether it has a person who looks after it: its owner, without one its author."""
        return self.owner is not None or self.author is not None

    @derived(
        "relation", of="office", label=_("how the person looking after the post is connected with the school")
    )
    def owners_relation(self, _facts: Facts) -> Relation | None:
        """The relation to the school of the person who looks after it."""
        owner = self.owner or self.author
        return owner.relation if owner is not None else None

    @property
    def actor(self) -> Person | None:
        """The person whose act is judged."""
        return self.author
