"""The upkeep of published posts, feeds and sign-ins, and of what is taken down."""

from datetime import timedelta
from typing import ClassVar, Literal

from pydantic import Field

from schoolgate.rulebook.facts import (
    Act,
    Attested,
    Day,
    Facts,
    Instant,
    Name,
    Person,
    Tri,
    derived,
    fact,
)
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment
from schoolgate.rulebook.situations.chosen_time import DaysChosen
from schoolgate.rulebook.situations.marks import Marks
from schoolgate.rulebook.working_time import Calendar


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
