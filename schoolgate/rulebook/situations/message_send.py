"""A message on school business is about to go out, or came in on a private channel. By this way, to these?"""

from typing import Literal

from schoolgate.rulebook.facts import Day, Facts, Given, Person, Relation, Tri, Whole
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points

Purpose = Literal["teaching_and_learning", "school_business", "private", "other"]


class ChannelLeave(Given):
    """Leave for private channels, `covers` naming them, for circumstances that are on from one day to
    another."""

    from_day: Day | None = None
    to_day: Day | None = None


class MessageSend(Facts):
    """`way`: how it goes; `from_account`: whether the account, address or telephone is official or `by`'s
    own. `direction`: "incoming" where somebody else began and `by` is about to take it up.

    `approved_account`: the account is one that the school approved. `profile`: what kind of profile an
    official account is. `pupil_site`: it goes through a site made for pupils. `pupils`: to how many pupils it
    goes. `in_public`: everybody can read it. `purpose`: what it is about. `notes`: what whoever writes it has
    put down about it, as it stands. `channel_leaves`: leave for private channels, an empty list where there
    is none."""

    by: Person | None = None
    way: Literal["social", "email", "phone"] | None = None
    from_account: Literal["official", "personal"] | None = None
    direction: Literal["outgoing", "incoming"] = "outgoing"
    approved_account: Tri = None
    profile: Literal["corporate", "professional profile", "service area", "other"] | None = None
    pupil_site: Tri = None
    to_relation: Relation | None = None
    pupils: Whole | None = None
    in_public: Tri = None
    purpose: Purpose | None = None
    notes: tuple[Literal["appropriateness_reason", "implications_note"], ...] | None = None
    channel_leaves: tuple[ChannelLeave, ...] | None = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


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
