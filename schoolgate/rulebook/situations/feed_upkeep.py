"""An official account stands there. When does the next post fall due?"""

from typing import ClassVar

from schoolgate.rulebook.facts import Day, Facts, Name
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.choice import DaysChosen


class FeedUpkeep(Facts):
    """`school`: whose account it is. `last_post_on`: the London day of its newest post, at first the day it
    opened. `chosen`: how many days this school lets pass between two posts, where it has chosen."""

    version: ClassVar[int] = 1

    school: Name | None = None
    last_post_on: Day | None = None
    chosen: DaysChosen | None = None


FEED_UPKEEP = Situation(
    key="feed.upkeep",
    title=gettext_noop("An account is kept up to date with new posts"),
    facts=FeedUpkeep,
    points=points("feed_up_to_date"),
)
