"""A person is about to answer an item received. May this answer go out, from here, by this person?"""

from typing import ClassVar, Literal

from pydantic import Field

from schoolgate.rulebook.facts import (
    Act,
    Attested,
    Facts,
    Given,
    Instant,
    Person,
    Relation,
    Tri,
    Whole,
    derived,
    fact,
)
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment
from schoolgate.rulebook.situations.calendar_day import is_evening, is_in_holidays
from schoolgate.rulebook.situations.item_received import ItemKind
from schoolgate.rulebook.situations.networks import Network
from schoolgate.rulebook.situations.press import in_writing


@moment(
    "item.answer",
    _("Sending a reply"),
    """what_counts tone doubt response_process press request_for_comment private_to_pupil private_message
    open_to_pupil reply_hours replies_here from_personal_account commitment courtesy needless_argument""",
    house="own_approval",
    asks=Asks.ACT,
)
class ItemAnswer(Act, asked_of="writer"):
    """`approvals`: other people's, of this version. `acknowledges_only`: it confirms receipt and says no
    more. `authorities`: `covers` names it ("commitment"). `to_offensive`: what it answers was found
    offensive. `found_elsewhere`, `flagged_words`: no unless a person, or the school's list of rude words,
    says so. `own_replies`: how often this person was answered below this post already."""

    version: ClassVar[int] = 5

    by: Person | None = fact(_("who is writing the reply"), need="writer", of="office")
    received_at: Instant | None = Field(None, description=_("when the comment arrived"))
    kind: ItemKind | None = fact(question=_("What are you replying to?"), need="item_kind", of="moderator")
    reply_channel: Literal["public", "private"] | None = fact(
        _("whether everyone can see the reply"), _("Would your reply be public?")
    )
    from_account: Literal["official", "personal"] | None = fact(_("the account the reply is sent from"))
    account_kind: Literal["teaching", "school", "other"] | None = fact(
        _("the type of account the comment arrived on"),
        _("What kind of account is it?"),
        need="account_answered_from",
        of="office",
    )
    network: Network | None = fact(question=_("Which network is it on?"), need="network", of="office")
    to_relation: Relation | None = fact(
        _("who the reply goes to: a pupil, a parent or someone else"), _("Who wrote it?")
    )
    to_offensive: Tri = Field(None, description=_("whether the reply is to something offensive"))
    found_elsewhere: Tri = fact(
        _("whether it is on an official account or was found elsewhere"), of="moderator", default=False
    )
    response_process: Tri = fact(_("a process for responding to what others write"), of="moderator", row=True)
    about_school: Tri = fact(_("whether the reply is about school matters"))
    from_press: Tri = fact(of="moderator")
    about_posts: Tri = fact(of="moderator")
    asks_for_comment: Tri = fact(of="moderator")
    acknowledges_only: Tri = Field(None, description=_("whether the reply only acknowledges the comment"))
    in_doubt: Tri = fact(_("whether the author is in doubt"), _("Are you unsure about your reply?"))
    commits: Tri = fact(
        _("whether the reply promises something"), _("Does it promise something in the school’s name?")
    )
    authorities: tuple[Given, ...] | None = fact(
        _("authority to promise something"), need="commitment_authority", of="office"
    )
    approvals: tuple[Given, ...] | None = Field(None, description=_("approvals by others"))
    press_advice: tuple[Given, ...] | None = Field(None, description=_("advice for the press reply"))
    media_policy_steps: Attested | None = fact(say="media.policy_first")
    flagged_words: Tri = fact(_("whether the reply contains a word on the school’s list"), default=False)
    at_weekend: Tri = fact(_("whether it is Saturday or Sunday"), _("Would it be at a weekend?"), of="office")
    on_school_day: Tri = fact(_("whether it is a school day"), _("Would it be on a school day?"), of="office")
    time_of_day: Whole | None = fact(
        _("the time of day"),
        _("At what time would it be? Write 730 for 7.30am and 1800 for 6pm."),
        of="office",
    )
    own_replies: Whole | None = Field(None, description=_("our replies to this person"))

    @derived("time_of_day", of="office", label=_("whether it is evening or night (6pm to 7am)"))
    def in_the_evening(self, _facts: Facts) -> bool | None:
        """Whether it is evening or night."""
        return is_evening(self.time_of_day)

    @derived("on_school_day", of="office", label=_("whether it is a weekday in the school holidays"))
    def in_the_holidays(self, _facts: Facts) -> bool | None:
        """Whether it is a weekday without pupils."""
        return is_in_holidays(self.at_weekend, self.on_school_day)

    @derived("second_reading", _("a check by another person"), of="second_reader")
    def readers(self, _facts: Facts) -> int | None:
        """How many people have read it as it is, its writer included."""
        if self.by is None or self.approvals is None:
            return None
        return len({one.by for one in self.approvals if one.of_this_version} | {self.by.key})

    @derived(
        "second_reading",
        of="second_reader",
        label=_("whether someone else has read this version of the reply"),
    )
    def read_by_another(self, _facts: Facts) -> bool | None:
        """Whether a person other than its author has read this version."""
        number = self.readers(self)
        return None if number is None else number > 1

    @derived("writer", of="office", label=_("whether the reply’s author also approved it"))
    def approved_by_writer(self, _facts: Facts) -> bool | None:
        """Whether its own author approved it. With nothing stated, it is not approved yet."""
        if not self.approvals:
            return False
        return None if self.by is None else any(one.by == self.by.key for one in self.approvals)

    @derived("press_advice", _("advice or approval for a reply to the press"), of="office")
    def advice_on_record(self, _facts: Facts) -> tuple[Given, ...] | None:
        """Advice and approval for an answer to the press."""
        return self.press_advice

    @derived("written_approval", _("written approval of the exact text"), of="office")
    def written_advice(self, _facts: Facts) -> tuple[Given, ...] | None:
        """That of it which is in writing and names this text."""
        return in_writing(self.press_advice)

    @derived("own_replies", label=_("how many replies this person has had from us"))
    def answered_before(self, _facts: Facts) -> int:
        """How often this person is known to have been answered in this thread already."""
        return self.own_replies or 0
