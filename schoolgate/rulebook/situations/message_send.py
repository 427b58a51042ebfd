"""A message on school business is about to go out, or came in on a private channel. By this way, to these?"""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import (
    LONDON,
    Act,
    Ask,
    Day,
    Facts,
    Given,
    Relation,
    Tri,
    Whole,
    derived,
)
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points

Purpose = Literal["teaching_and_learning", "school_business", "private", "other"]
WRITER = "message_writer"


class ChannelLeave(Given):
    """Permission to use private channels, `covers` naming them, for circumstances that last from one day to
    another."""

    from_day: Day | None = None
    to_day: Day | None = None

    @derived(
        "message_leave_days",
        "office",
        gettext_noop("whether the leave came before the message, and from when to when"),
    )
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


class MessageSend(Act):
    """`direction`: "incoming" where somebody else began and `by` is about to reply. `approved_account`:
    whether the school approved the account. `profile`: what kind of profile an official account is.
    `pupil_site`: it goes through a site made for pupils. `pupils`: to how many pupils it goes. `notes`: what
    the writer has put down about it. `channel_leaves`: permissions for private channels, an empty list where
    there are none."""

    way: Annotated[
        Literal["social", "email", "phone"] | None,
        Ask(
            "message_way",
            WRITER,
            gettext_noop("how the message goes: social media, e-mail or telephone"),
            gettext_noop("How would it go?"),
        ),
    ] = None
    from_account: Annotated[
        Literal["official", "personal"] | None,
        Ask(
            "message_from_account",
            WRITER,
            gettext_noop("whether the account, address or telephone is official or one's own"),
            gettext_noop("From whose account would it go?"),
        ),
    ] = None
    direction: Literal["outgoing", "incoming"] = "outgoing"
    approved_account: Annotated[
        Tri,
        Ask(
            "message_approved_account",
            "office",
            gettext_noop("whether the school approved the account"),
            gettext_noop("Has the school approved that account?"),
        ),
    ] = None
    profile: Annotated[
        Literal["corporate", "professional profile", "service area", "other"] | None,
        Ask("message_profile", "office", gettext_noop("a profile of the school that fits")),
    ] = None
    pupil_site: Annotated[
        Tri,
        Ask(
            "message_pupil_site",
            WRITER,
            gettext_noop("whether it goes through a site made for pupils"),
            gettext_noop("Does it go through a site made for pupils?"),
        ),
    ] = None
    to_relation: Annotated[
        Relation | None, Ask("message_to", WRITER, gettext_noop("to whom the message goes"))
    ] = None
    pupils: Annotated[
        Whole | None, Ask("message_pupils", WRITER, gettext_noop("to how many pupils it goes"))
    ] = None
    in_public: Annotated[
        Tri,
        Ask(
            "message_in_public",
            WRITER,
            gettext_noop("whether everybody can read it"),
            gettext_noop("Can everybody read it?"),
        ),
    ] = None
    purpose: Annotated[
        Purpose | None,
        Ask(
            "message_purpose",
            WRITER,
            gettext_noop("what the message is about"),
            gettext_noop("What is it about?"),
        ),
    ] = None
    notes: Annotated[
        tuple[Literal["appropriateness_reason", "implications_note"], ...] | None,
        Ask(
            "message_notes",
            WRITER,
            gettext_noop("what the writer has put down about it"),
            gettext_noop("What have you put down in writing about it?"),
        ),
    ] = None
    channel_leaves: Annotated[
        tuple[ChannelLeave, ...] | None,
        Ask("message_channel_leave", "office", gettext_noop("leave for private e-mail or telephone")),
    ] = None

    @derived("message_pupils", WRITER)
    def to_one_pupil(self, _facts: Facts) -> bool | None:
        """Whether it goes to a single pupil."""
        return None if self.pupils is None else self.pupils == 1


MESSAGE_SEND = Situation(
    key="message.send",
    title=gettext_noop("A message goes to learners, parents or others of the school"),
    facts=MessageSend,
    points=points(
        """
        learner_account learner_purpose learner_weighed learner_group learner_alone learner_unseen
        children_at_all school_email private_channel parents_from_own school_from_own
        private_message work_account_only work_profile children_in_mind
        """
    ),
)
