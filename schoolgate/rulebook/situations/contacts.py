"""Private contact, friends of a site, and messages to pupils, parents and others."""

from datetime import date, timedelta
from typing import Annotated, Literal, Self, cast

from pydantic import Field, StrictInt, model_validator

from schoolgate.rulebook.algebra import in_force
from schoolgate.rulebook.facts import (
    LONDON,
    Act,
    Attested,
    Day,
    Facts,
    Given,
    Name,
    Part,
    Person,
    Relation,
    Roles,
    SoFar,
    Text,
    Tri,
    Whole,
    derived,
    fact,
)
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment

# A member of the school, and another person, plan to be in contact on social media. May they?


ContactAct = Literal["follow", "accept", "invite", "interact", "message"]
OtherRelation = Literal[
    "pupil",
    "former_pupil",
    "earlier_school_pupil",
    "parent",
    "colleague",
    "governor",
    "organisation",
    "other",
]
Tie = Literal["family", "colleague", "old_friend"]
AT_WORK: frozenset[str] = frozenset({"staff", "governor", "volunteer", "contractor"})


def years_after(day: date, years: int) -> date:
    """Return the same day a number of years later; where there is no 29 February, 1 March: only then have
    the years passed."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def years_before(day: date, years: int) -> date:
    """Return the same day a number of years earlier: the birthday of a person who turns this age on
    that day; where there is no 29 February, the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


def age_on(day: date, born: date) -> int:
    """Return the age in whole years on a day."""
    years = day.year - born.year
    return years if years_after(born, years) <= day else years - 1


class Days(Part):
    """A day of which only the first and the last that it can be are known."""

    first: Day = Field(description=_("its first day"))
    last: Day = Field(description=_("its last day"))

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError("the first day is later than the last")
        return self


YearGroup = Annotated[StrictInt, Field(ge=0, le=13)]
"""A year group in England and Wales, Reception as 0."""
SCHOOL_YEAR_BEGINS = 9
YEARS_OLD_IN_RECEPTION = 4


def born_in_year_group(group: int, day: date) -> Days:
    """Return the earliest and latest birth date of a pupil in this year group on a day, including pupils
    placed a year above or below their age."""
    begun = day.year if day.month >= SCHOOL_YEAR_BEGINS else day.year - 1
    usual = begun - YEARS_OLD_IN_RECEPTION - 1 - group
    return Days(
        first=date(usual - 1, SCHOOL_YEAR_BEGINS, 1), last=date(usual + 2, SCHOOL_YEAR_BEGINS - 1, 31)
    )


class ContactPerson(Part):
    """The person whose contact it is. `bound_as`: "leaver" for a person who has left the school. `hats`:
    what they are besides, nothing unless stated: employees are bound as staff, whatever else they are.
    `employed_to`: the last day of their work for the school."""

    key: Name | None = Field(None, description=_("which person it is"))
    bound_as: Relation | Literal["leaver"] | None = Field(
        None, description=_("which group of people the policy names")
    )
    hats: tuple[Relation, ...] = Field((), description=_("this person’s other connections with the school"))
    roles: Roles = ()
    employed_to: Day | None = Field(None, description=_("the last day of their work for the school"))


class Other(Part, asked_of="office", prefix="contact_"):
    """The other side. `also`: what they are besides, such as a parent who is a colleague, too. `left_on`:
    the last day as a pupil. `left_about`, `born_about`, `year_group`: where only this is known of it, and
    of the date of birth. `on_roll`: still at the school where the person worked before. `of_other_school`:
    than the person's; no unless stated."""

    key: Name | None = Field(None, description=_("which person it is"))
    relation: OtherRelation | None = Field(
        None, description=_("how this person is connected with the school")
    )
    also: tuple[OtherRelation | Literal["old_friend"], ...] | None = Field(
        None, description=_("this person’s other connections with the school")
    )
    family: Tri = fact(_("whether the two are family"), _("Are they related to you?"), of="contact_asker")
    left_on: Day | None = fact(
        _("the leaving date"), _("When did they leave the school (last day as a pupil)?")
    )
    date_of_birth: Day | None = fact(_("the date of birth"), _("When were they born?"))
    left_about: Days | None = Field(None, description=_("about when this person left"))
    born_about: Days | None = Field(None, description=_("about when this person was born"))
    year_group: YearGroup | None = Field(None, description=_("the year group"))
    child_on_roll: Tri = fact(
        _("whether the parent has a child at the school now"), _("Do they have a child at the school now?")
    )
    on_roll: Tri = fact(
        _("whether the pupil is still at that school"),
        _("Are they still a pupil at that school?"),
        of="contact_asker",
    )
    of_other_school: Tri = fact(
        _("which federation school the pupil attends"), need="contact_other_school", default=False
    )

    def born(self, facts: Facts) -> Days | None:
        """Between which days they were born: one and the same where the day is known."""
        if self.date_of_birth is not None:
            return Days(first=self.date_of_birth, last=self.date_of_birth)
        if self.born_about is not None or self.year_group is None or facts.day is None:
            return self.born_about
        return born_in_year_group(self.year_group, facts.day)

    def left(self) -> Days | None:
        """Between which days their last day as a pupil was."""
        return self.left_about if self.left_on is None else Days(first=self.left_on, last=self.left_on)

    @derived("contact_date_of_birth")
    def age(self, facts: Facts) -> int | None:
        """The age in whole years on the day judged; a range of ages where the date of birth is one."""
        born = self.born(facts)
        if born is None or facts.day is None:
            return None
        youngest, oldest = age_on(facts.day, born.last), age_on(facts.day, born.first)
        return oldest if youngest == oldest else cast("int", range(youngest, oldest + 1))


@moment(
    "contact.accept",
    _("Being in contact with someone on social media"),
    """pupil_contact former_pupil parent_contact leaver_contact earlier_school_pupil student_friend
    colleague_contact contact_doubt contact_employment contact_children school_follows request_told
    followers""",
    asks=Asks.ACT,
)
class ContactAccept(Facts, asked_of="contact_asker", prefix="contact_"):
    """`account_level` and `used_for_work` tell the kind of an official account. `unsure`: no unless the
    person says so; `talked_over`: with which person."""

    person: ContactPerson | None = Field(None, description=_("the member of staff who is in contact"))
    channel: Literal["personal", "official"] | None = fact(
        _("whether it is a private account or an official one")
    )
    account_level: Literal["school", "department", "unregistered"] | None = fact(
        _("whether it is a school account, a department account or neither"),
        _("Whose account is it?"),
        of="office",
    )
    used_for_work: Tri = fact(_("whether the account is used for work"), _("Is the account used for work?"))
    act: ContactAct | None = fact(
        _("what you are about to do: follow, accept, invite, talk"), _("What is going to be done?")
    )
    connection: Literal["friend", "follower", "subscriber", "similar"] | None = fact(
        _("what kind of connection it would be"), _("What would the connection be?")
    )
    other: Other = Field(Other(), description=_("the other person"))
    unsure: Tri = fact(
        _("whether the person is in doubt"), _("Are you unsure whether it is right?"), default=False
    )
    talked_over: tuple[Given, ...] | None = fact(_("a conversation about the doubt"), need="contact_talk")

    @property
    def actor(self) -> Person | None:
        """The person whose contact is judged, as what they are on the day."""
        one, worn = self.person, self._worn()
        if one is None:
            return None
        relation: Relation | None = None
        if worn is not None:
            relation = "staff" if "staff" in worn else (*worn, "other")[0]
        return Person(key=one.key or "person", relation=relation, roles=one.roles)

    @derived("contact_has_left", _("whether the person has left the school"), of="office")
    def left(self, _facts: Facts) -> bool | None:
        """Whether the person has left and does no other work for the school."""
        one, worn = self.person, self._worn()
        if one is None or worn is None:
            return None
        left = one.bound_as == "leaver" or len(worn) < 1 + len(one.hats)
        return left and AT_WORK.isdisjoint(worn)

    def _worn(self) -> list[Relation] | None:
        """What the person is to the school on the day: without relations that have ended."""
        one = self.person
        if one is None or one.bound_as is None:
            return None
        hats = [hat for hat in (one.bound_as, *one.hats) if hat != "leaver"]
        ended = "staff" if "staff" in hats else one.bound_as
        if one.employed_to is None or ended not in AT_WORK:
            return hats
        if self.day is None:
            return None
        return [hat for hat in hats if hat != ended] if self.day > one.employed_to else hats

    @derived("relation", of="office")
    def acts_as(self, _facts: Facts) -> Relation | None:
        """What the person is to the school on the day."""
        return self.actor.relation if self.actor is not None else None

    @derived("contact_relation", _("what connection the other person has with the school"))
    def other_kinds(self, _facts: Facts) -> tuple[OtherRelation | Literal["old_friend"], ...] | None:
        """What the other is, first of all and besides, as far as that is known."""
        one = self.other
        if one.relation is None:
            return None if one.also is None else SoFar.of(one.also)
        return SoFar.of((one.relation,)) if one.also is None else (one.relation, *one.also)

    @derived("contact_ties", _("whether the two are family, colleagues or old friends"))
    def family_or_colleague(self, _facts: Facts) -> bool | None:
        """Whether the two are family or colleagues."""
        return self._tied_by("family", "colleague")

    @derived("contact_ties")
    def tied(self, _facts: Facts) -> bool | None:
        """Whether the two are family, colleagues or old friends."""
        return self._tied_by("family", "colleague", "old_friend")

    @derived("day", of="office")
    def leave_from(self, _facts: Facts) -> tuple[str, ...]:
        """The clauses with a permission on the day judged."""
        return tuple(one.clause for one in self.leaves if in_force(one, self))

    @derived("contact_has_left", of="office")
    def free_from(self, _facts: Facts) -> date | None:
        """The day after the person's last day of work."""
        last = self.person.employed_to if self.person is not None else None
        return None if last is None else last + timedelta(days=1)

    def _tied_by(self, *ties: Tie) -> bool | None:
        """Whether one of these ties binds the two; None where that is not known."""
        found = [self._tie(tie) for tie in ties]
        if True in found:
            return True
        return None if None in found else False

    def _tie(self, tie: Tie) -> bool | None:
        if tie == "family":
            return self.other.family
        known = (self.other.relation, *(self.other.also or ()))
        if tie in known:
            return True
        return None if self.other.also is None or self.other.relation is None else False


# A person or an organisation wants to become a friend of a site, or to take part in it. May they?


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


# Messages to pupils, parents and others on school business.


Purpose = Literal["teaching_and_learning", "school_business", "private", "other"]
WRITER = "message_writer"


class ChannelPermission(Given, asked_of="office"):
    """Permission to use the private channels that `covers` names, for circumstances from one day to
    another."""

    from_day: Day | None = Field(None, description=_("its first day"))
    to_day: Day | None = Field(None, description=_("its last day"))

    @derived("message_leave_days", _("whether permission came before the message, and its dates"))
    def in_time(self, facts: Facts) -> bool | None:
        """Whether the permission came before the message and its circumstances hold; None: not known."""
        day = facts.day
        if day is None or self.at is None:
            return None
        if (self.from_day or day) > day or (self.to_day or day) < day:
            return False
        given = self.at.astimezone(LONDON).date()
        if given > day or (facts.now is not None and self.at > facts.now):
            return False
        if self.from_day is None or self.to_day is None or (facts.now is None and given == day):
            return None
        return True


@moment(
    "message.send",
    _("Sending a message to learners, parents or others at the school"),
    """learner_account learner_purpose learner_weighed learner_group learner_alone learner_unseen
    children_at_all school_email private_channel parents_from_own school_from_own private_message
    work_account_only work_profile children_in_mind parents_groups own_numbers""",
    asks=Asks.ACT,
)
class MessageSend(Act, asked_of=WRITER, prefix="message_"):
    """`direction`: "incoming" where the other person began and `by` is about to reply. `profile`: of an
    official account. `channel_leaves`: an empty list where there are none."""

    way: Literal["social", "email", "phone"] | None = fact(
        _("how the message is sent: social media, email or phone"), _("How would it be sent?")
    )
    from_account: Literal["official", "personal"] | None = fact(
        _("whether the account, address or phone is official or your own"),
        _("Whose account would it be sent from?"),
    )
    direction: Literal["outgoing", "incoming"] = Field("outgoing", description=_("who wrote first"))
    approved_account: Tri = fact(
        _("whether the school approved the account"), _("Has the school approved that account?"), of="office"
    )
    profile: Literal["corporate", "professional profile", "service area", "other"] | None = fact(
        _("the right school profile"), of="office"
    )
    pupil_site: Tri = fact(
        _("whether it goes through a site made for pupils"), _("Does it go through a site made for pupils?")
    )
    to_relation: Relation | None = fact(
        _("who the message goes to"), _("Who are you in contact with?"), need="message_to"
    )
    tie: Literal["family", "colleague", "old_friend", "none"] | None = fact(
        _("whether the two know each other in another way"), _("Do you know each other in another way?")
    )
    of_age: Tri = fact(_("whether the pupil is 18 or older"), _("Is the pupil 18 or older?"))
    pupils: Whole | None = fact(_("how many pupils it goes to"))
    in_public: Tri = fact(_("whether everyone can read it"), _("Can everyone read it?"))
    in_group: Tri = fact(_("whether it is in a parents’ group"), _("Is it in a parents’ group?"))
    gives_own_details: Tri = fact(
        _("whether it gives the sender’s private number or address"),
        _("Does it give your private number or address?"),
    )
    purpose: Purpose | None = fact(_("what the message is about"), _("What is it about?"))
    notes: tuple[Literal["appropriateness_reason", "implications_note"], ...] | None = fact(
        _("what the author has written down about the message"), _("What have you put in writing about it?")
    )
    channel_leaves: tuple[ChannelPermission, ...] | None = fact(
        _("permission for private email or phone"), need="message_channel_leave", of="office"
    )

    @derived("message_pupils")
    def to_one_pupil(self, _facts: Facts) -> bool | None:
        """Whether it goes to one pupil alone."""
        return None if self.pupils is None else self.pupils == 1


class Asked(Part, asked_of="handler"):
    """A request or invitation to the parent, on a day. `outcome`: its answer ("declined")."""

    on: Day | None = Field(None, description=_("the day it was done"))
    outcome: Text | None = Field(None, description=_("how the parent replied"))

    @derived("asked_to_take_down")
    def dated(self, _facts: Facts) -> bool:
        """Whether the day is on record."""
        return self.on is not None


class Referral(Part, asked_of="handler"):
    """The complaints procedure sent to the parent: its school, version and day."""

    on: Day | None = Field(None, description=_("the day it was done"))
    version: Text | None = Field(None, description=_("which version of the procedure was sent"))
    procedure_of: Name | None = fact(
        _("the complaints procedure of the parent’s own school"), need="own_schools_procedure"
    )

    @derived("pointed_to_complaints")
    def complete(self, _facts: Facts) -> bool:
        """Whether day and version are on record."""
        return self.on is not None and bool(self.version)


@moment(
    "parent.approach",
    _("Dealing with what a parent wrote"),
    "asked_to_take_down invited_to_talk pointed_to_complaints",
    asks=Asks.DUTY,
)
class ParentApproach(Facts, asked_of="handler"):
    """`writer_relation`: who wrote it. `asked`, `invited`, `referrals`: empty where none."""

    writer_relation: Relation | None = fact(need="relation")
    offensive_or_unfitting: Attested | None = fact(
        _("is it offensive or inappropriate?"), _("In your judgement, is it offensive or inappropriate?")
    )
    on_official_account: Tri = fact(
        _("whether the post is on a school account"), _("Is it on a school account?")
    )
    school: Name | None = fact(_("which school the parent belongs to"), need="parents_school")
    asked: tuple[Asked, ...] | None = fact(
        _("whether the parent was asked to take it down"), need="asked_to_take_down"
    )
    invited: tuple[Asked, ...] | None = fact(
        _("whether the parent was invited to talk"), need="invited_to_talk"
    )
    referral_needed: Tri = fact(
        _("whether the parent must be directed to the complaints procedure"),
        _("Does the parent need to be told about the complaints procedure?"),
    )
    referrals: tuple[Referral, ...] | None = fact(
        _("whether the parent was sent the complaints procedure"), need="pointed_to_complaints"
    )
