"""Messages to pupils, parents and others on school business."""

from typing import Literal

from pydantic import Field

from schoolgate.rulebook.facts import (
    LONDON,
    Act,
    Attested,
    Day,
    Facts,
    Given,
    Name,
    Part,
    Relation,
    Text,
    Tri,
    Whole,
    derived,
    fact,
)
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment

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
