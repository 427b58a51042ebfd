"""What the situations of a policy's life share: dates as policies give them, who holds a role, what was
learnt, what other papers say."""

from typing import Literal

from schoolgate.rulebook.facts import Day, Facts, Name, Part, Tri, Whole, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _

SaysToIt = Literal["yes", "no", "nothing"]
"""What a paper answers to the question that is asked."""


class Held(Part, asked_of="office"):
    """Somebody holds, or acts in, one of the policy's roles. `to_day`: the last day; `school`: for which one,
    None for all."""

    role: Name
    by: Name
    from_day: Day | None = None
    to_day: Day | None = None
    school: Name | None = None

    @derived("day")
    def now(self, facts: Facts) -> bool | None:
        """Whether they hold it on the day judged."""
        if self.from_day is None and self.to_day is None:
            return True
        day = facts.day
        return None if day is None else (self.from_day or day) <= day <= (self.to_day or day)


class Learnt(Part, asked_of="training_keeper"):
    """A training on record: the day, what it was about, and the version of the policy that it covered."""

    on: Day | None = None
    topics: tuple[Name, ...] | None = fact(_("what the training was about"), need="policy.training_topics")
    version: Whole | None = None


class Chosen(Part):
    """A number that the federation chose where its policy gives none: months or days, by whom, from when."""

    number: Whole
    by: Name
    from_day: Day | None = None


class Paper(Part, asked_of="office"):
    """Another paper of the school or federation. `school`: whose it is, None for all of them. `on_file`:
    whether its text in force is linked. `says`: what it answers to what is asked; None: nobody looked."""

    name: Name
    school: Name | None = None
    on_file: Tri = fact(need="policy.paper")
    says: SaysToIt | None = None
