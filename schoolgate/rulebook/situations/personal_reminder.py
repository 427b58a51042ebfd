"""Is it time for staff to look through their own accounts again?"""

from datetime import date, timedelta
from typing import Literal

from schoolgate.rulebook.facts import Act, Ask, Day, Facts, Name, Part, Whole, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment

Topic = Literal["settings", "connections"]


class RhythmChosen(Part, asked_of="office"):
    """How often the federation has its staff reminded, where the policy gives no number: as each term begins,
    or every so many `days`. `by`: who chose."""

    topic: Topic
    each_term: bool = False
    days: Whole | None = None
    by: Name

    @derived("own_rhythm", _("how often the federation has its staff reminded"))
    def next_on(self, facts: Facts) -> date | Ask | None:
        """The day of the next reminder. Who was reminded this term is reminded as the next one begins."""
        reminded: tuple[LastReminded, ...] | None = getattr(facts, "last_reminded", None)
        if reminded is None:
            return Ask("own_last_reminded", "office")
        last = max((one.on for one in reminded if one.topic == self.topic), default=None)
        if self.days is not None and not self.each_term:
            again = last + timedelta(days=self.days) if last is not None else facts.day
            return again or Ask("day", "office")
        begins: date | None = getattr(facts, "term_begins", None)
        if begins is None or (last is not None and begins <= last):
            return Ask("own_next_term", "office")
        return begins


class LastReminded(Part):
    """The day of the last reminder of this."""

    topic: Topic
    on: Day


@moment(
    "personal.reminder",
    _("Staff look through their own accounts"),
    "own_settings_review own_connections_review",
)
class PersonalReminder(Act, asked_of="office"):
    """`by`: who is to be reminded. `chosen`: an empty list where the federation chose nothing.

    `term_begins`: the first day of the present or coming term. `last_reminded`: an empty list for never."""

    chosen: tuple[RhythmChosen, ...] | None = fact(need="own_rhythm")
    term_begins: Day | None = None
    last_reminded: tuple[LastReminded, ...] | None = fact(need="own_last_reminded")
