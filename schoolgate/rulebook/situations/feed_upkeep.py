"""An official account stands there. When does the next post fall due?"""

from datetime import timedelta
from typing import ClassVar

from schoolgate.rulebook.facts import Day, Facts, Name, Whole, derived, fact
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment
from schoolgate.rulebook.situations.choice import DaysChosen


@moment("feed.upkeep", _("An account is kept up to date with new posts"), "feed_up_to_date")
class FeedUpkeep(Facts, asked_of="office"):
    """`school`: whose account it is. `last_post_on`: the London day of its newest post, at first the day it
    opened. `chosen`: how many days this school lets pass between two posts, where it has chosen."""

    version: ClassVar[int] = 1

    school: Name | None = None
    last_post_on: Day | None = fact(_("the day of the last post"))
    chosen: DaysChosen | None = None

    @derived("day")
    def days_chosen(self, facts: Facts) -> bool | None:
        """Whether the school chose how many days may pass, and that counts on the day."""
        return self.chosen is not None and self.chosen.counts_on(facts.day)

    @derived("day")
    def days_between(self, _facts: Facts) -> Whole | None:
        """How many days the school lets pass between two posts."""
        return self.chosen.days if self.chosen is not None else None

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
