"""A post: what it is made of, whether this version may be published, and its upkeep afterwards."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from typing import ClassVar, Literal, get_args

from pydantic import Field

from schoolgate.rulebook.facts import (
    Act,
    Ask,
    Attested,
    Day,
    Facts,
    Folded,
    Given,
    Instant,
    Name,
    Part,
    Person,
    Relation,
    Text,
    Tri,
    Whole,
    derived,
    fact,
)
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment
from schoolgate.rulebook.situations.marks import EVENT_DETAILS, Mark, MarkKind, Marks
from schoolgate.rulebook.situations.networks import Network
from schoolgate.rulebook.situations.times import DaysChosen
from schoolgate.rulebook.working_time import Calendar

# What a post is made of: its account, who is shown, picture, materials and links.


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


# A post is about to go out on an official account. May this version be published?


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


# The upkeep of published posts, feeds and sign-ins, and of what is taken down.


@moment("post.upkeep", _("A live post"), "up_to_date post_owner good_name", asks=Asks.DUTY)
class PostUpkeep(Facts, asked_of="post_owner"):
    """`owner`: None where no one looks after it. `announced_days`: none where it announces nothing of a
    day. `looked_at_on`: by its owner, at first the day it went out. `taken_down`: it is no longer live.
    `marks`: by readers or others since it went out."""

    version: ClassVar[int] = 1

    owner: Person | None = Field(None, description=_("who looks after the post"))
    announced_days: tuple[Day, ...] | None = fact(_("the dates of what the post announces"))
    looked_at_on: Day | None = Field(None, description=_("the day the post’s owner last checked it"))
    taken_down: Tri = Field(False, description=_("whether the post was taken down"))
    chosen: DaysChosen | None = Field(None, description=_("how many days until the post is checked again"))
    marks: Marks = Field((), description=_("colleagues’ comments on the text"))

    @derived("post_owner", of="office")
    def is_live(self, _facts: Facts) -> bool:
        """Whether it is not known to be taken down."""
        return not self.taken_down

    @derived("announced_days")
    def last_announced(self, _facts: Facts) -> Day | None:
        """The last day of what it announces, if it announces anything."""
        return max(self.announced_days) if self.announced_days else None

    @derived("announced_days")
    def outlived(self, facts: Facts) -> bool | None:
        """Whether all that it announces is over; that very day it is not."""
        last = self.last_announced(facts)
        if last is None:
            return None if self.announced_days is None else False
        return last < facts.day if facts.day is not None else None

    @derived("day", of="office")
    def looks_chosen(self, facts: Facts) -> bool | None:
        """Whether the federation's choice of how often its posts are reviewed is in force on the day."""
        return self.chosen is not None and self.chosen.counts_on(facts.day)

    @derived("looked_at_on", _("the date of the last check"))
    def look_again(self, _facts: Facts) -> Due | None:
        """The date of its next review."""
        if self.looked_at_on is None or self.chosen is None:
            return None
        return Due(day=self.looked_at_on + timedelta(days=self.chosen.days))


@moment("feed.upkeep", _("Keeping an account up to date with new posts"), "feed_up_to_date", asks=Asks.DUTY)
class FeedUpkeep(Facts, asked_of="office"):
    """`last_post_on`: at first the day the account opened. `chosen`: how many days this school lets pass
    between two posts."""

    version: ClassVar[int] = 1

    school: Name | None = Field(None, description=_("which school it is about"))
    last_post_on: Day | None = fact(_("the date of the last post"))
    chosen: DaysChosen | None = Field(None, description=_("how many days may pass between two posts"))

    @derived("day")
    def days_chosen(self, facts: Facts) -> bool | None:
        """Whether the school chose how many days may pass, and that counts on the day."""
        return self.chosen is not None and self.chosen.counts_on(facts.day)

    @derived("last_post_on")
    def last_day(self, _facts: Facts) -> Day | None:
        """The last day on which the next post is in time."""
        if self.last_post_on is None or self.chosen is None:
            return None
        return self.last_post_on + timedelta(days=self.chosen.days)

    @derived("last_post_on")
    def next_post(self, facts: Facts) -> Due | None:
        """By when the next post is due."""
        last = self.last_day(facts)
        return Due(day=last) if last is not None else None


@moment(
    "posting.withdraw",
    _("When a member of staff may have to take down a post"),
    "told_to_take_down",
    asks=Asks.DUTY,
)
class PostingWithdraw(Facts, asked_of="decider"):
    """`told`: at `told_at`; `reply_by`: by when its author had to confirm that it is gone, None where no
    time was named; `gone`: it is no longer there."""

    writer: Person | None = Field(None, description=_("who wrote it"))
    breaks_policy: Attested | None = fact(
        _("does the post breach the policy?"), _("Did someone judge that it breaks the policy?")
    )
    told: Tri = fact(_("whether the author was told to take it down"), need="told_to_take_down")
    told_at: Instant | None = Field(None, description=_("when the author was told to remove the post"))
    reply_by: Instant | None = Field(None, description=_("when the author had to confirm removal by"))
    gone: Tri = Field(None, description=_("whether the post is gone"))


@moment(
    "image.withdrawn",
    _("When consent to a published picture is withdrawn"),
    "picture_withdrawn",
    asks=Asks.DUTY,
)
class PictureWithdrawn(Facts, asked_of="account_team"):
    """`withdrawn_at`: when the school was told. `gone`: the picture is down everywhere."""

    withdrawn_at: Instant | None = fact(_("when the school was told"), need="consent_withdrawn_at")
    gone: Tri = fact(_("whether the picture is down"), _("Is the picture down everywhere?"))
    calendar: Calendar | None = Field(None, description=_("the school’s calendar"))


@moment(
    "image.of_leaver",
    _("When a pupil has left whose picture is published"),
    "leavers_gone",
    asks=Asks.DUTY,
)
class PictureOfLeaver(Facts, asked_of="account_team"):
    """`left_on`: the last day as a pupil. `asked_on`: someone asked for the removal. `gone`: the picture is
    down everywhere."""

    left_on: Day | None = fact(
        _("the leaving date"),
        _("When did they leave the school (last day as a pupil)?"),
        need="contact_left_on",
    )
    asked_on: Day | None = fact(
        _("the day on which its removal was asked for"),
        _("When did someone ask for the picture to be removed?"),
    )
    gone: Tri = fact(_("whether the picture is down"), _("Is the picture down everywhere?"))


@moment("account.two_step", _("Signing in to an account in two steps"), "two_step", asks=Asks.DUTY)
class AccountTwoStep(Facts, asked_of="account_team"):
    """`offered`: the network has it. `two_step`: it is on."""

    offered: Tri = fact(
        _("whether the network offers two-step sign-in"), _("Does the network offer two-step sign-in?")
    )
    two_step: Tri = fact(
        _("whether two-step sign-in is on"), _("Is two-step sign-in on for everyone who signs in?")
    )


@moment("record.delete", _("Deleting a record of social media"), "records_kept", asks=Asks.ACT)
class RecordDelete(Act, asked_of="office"):
    """`what`: of what it is a record. `made_on`: the day it was made, of a consent the day it ended."""

    what: Literal["removed", "posts", "messages", "consents", "concerns", "accounts"] | None = fact(
        _("what it is a record of"), _("What is it a record of?"), need="record_of"
    )
    made_on: Day | None = fact(
        _("the day the record was made"), _("When was it made, or the last entry added?"), need="record_day"
    )
