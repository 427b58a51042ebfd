"""A message on school business is about to go out, or came in on a private channel. By this way, to these?"""

from typing import Literal

from schoolgate.rulebook.facts import LONDON, Act, Day, Facts, Given, Relation, Tri, Whole, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment

Purpose = Literal["teaching_and_learning", "school_business", "private", "other"]
WRITER = "message_writer"


class ChannelLeave(Given, asked_of="office"):
    """Permission to use private channels, `covers` naming them, for circumstances that last from one day to
    another."""

    from_day: Day | None = None
    to_day: Day | None = None

    @derived("message_leave_days", _("whether the leave came before the message, and from when to when"))
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
    _("A message goes to learners, parents or others of the school"),
    """learner_account learner_purpose learner_weighed learner_group learner_alone learner_unseen
    children_at_all school_email private_channel parents_from_own school_from_own private_message
    work_account_only work_profile children_in_mind""",
)
class MessageSend(Act, asked_of=WRITER, prefix="message_"):
    """`direction`: "incoming" where somebody else began and `by` is about to reply. `approved_account`:
    whether the school approved the account. `profile`: what kind of profile an official account is.
    `pupil_site`: it goes through a site made for pupils. `pupils`: to how many pupils it goes. `notes`: what
    the writer has put down about it. `channel_leaves`: permissions for private channels, an empty list where
    there are none."""

    way: Literal["social", "email", "phone"] | None = fact(
        _("how the message goes: social media, e-mail or telephone"), _("How would it go?")
    )
    from_account: Literal["official", "personal"] | None = fact(
        _("whether the account, address or telephone is official or one's own"),
        _("From whose account would it go?"),
    )
    direction: Literal["outgoing", "incoming"] = "outgoing"
    approved_account: Tri = fact(
        _("whether the school approved the account"), _("Has the school approved that account?"), of="office"
    )
    profile: Literal["corporate", "professional profile", "service area", "other"] | None = fact(
        _("a profile of the school that fits"), of="office"
    )
    pupil_site: Tri = fact(
        _("whether it goes through a site made for pupils"), _("Does it go through a site made for pupils?")
    )
    to_relation: Relation | None = fact(_("to whom the message goes"), need="message_to")
    pupils: Whole | None = fact(_("to how many pupils it goes"))
    in_public: Tri = fact(_("whether everybody can read it"), _("Can everybody read it?"))
    purpose: Purpose | None = fact(_("what the message is about"), _("What is it about?"))
    notes: tuple[Literal["appropriateness_reason", "implications_note"], ...] | None = fact(
        _("what the writer has put down about it"), _("What have you put down in writing about it?")
    )
    channel_leaves: tuple[ChannelLeave, ...] | None = fact(
        _("leave for private e-mail or telephone"), need="message_channel_leave", of="office"
    )

    @derived("message_pupils")
    def to_one_pupil(self, _facts: Facts) -> bool | None:
        """Whether it goes to a single pupil."""
        return None if self.pupils is None else self.pupils == 1
