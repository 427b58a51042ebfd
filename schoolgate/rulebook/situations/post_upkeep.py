"""A post stands on an official account. Is it still up to date, and does somebody look after it?"""

from datetime import timedelta
from typing import ClassVar

from schoolgate.rulebook.facts import Day, Facts, Person, Tri, Whole, derived, fact
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment
from schoolgate.rulebook.situations.choice import DaysChosen
from schoolgate.rulebook.situations.marks import Marks


@moment("post.upkeep", _("A post stands on an account"), "up_to_date post_owner good_name")
class PostUpkeep(Facts, asked_of="post_owner"):
    """`owner`: who looks after it; None where nobody does. `announced_days`: the days of what it announces,
    none where it announces nothing of a day. `looked_at_on`: when its owner last looked at it, at first the
    day it went out. `taken_down`: it stands no longer. `chosen`: how often own posts are looked at, where the
    federation has chosen. `marks`: what readers or others have marked its text for since it went out."""

    version: ClassVar[int] = 1

    owner: Person | None = None
    announced_days: tuple[Day, ...] | None = fact(_("the days of what it announces"))
    looked_at_on: Day | None = None
    taken_down: Tri = False
    chosen: DaysChosen | None = None
    marks: Marks = ()

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
        """Whether the federation chose how often its posts are looked at, and that counts on the day."""
        return self.chosen is not None and self.chosen.counts_on(facts.day)

    @derived("day", of="office")
    def days_between_looks(self, _facts: Facts) -> Whole | None:
        """How many days the federation lets pass between two looks."""
        return self.chosen.days if self.chosen is not None else None

    @derived("looked_at_on", _("when it was last looked at"))
    def look_again(self, _facts: Facts) -> Due | None:
        """By when it is to be looked at again."""
        if self.looked_at_on is None or self.chosen is None:
            return None
        return Due(day=self.looked_at_on + timedelta(days=self.chosen.days))
