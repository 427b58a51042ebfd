"""Is it time for staff to look through their own accounts again?"""

from typing import Literal

from schoolgate.rulebook.facts import Day, Facts, Name, Part, Person, Whole
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points

Topic = Literal["settings", "connections"]


class RhythmChosen(Part):
    """How often the federation has its staff reminded, where the policy gives no number: as each term begins,
    or every so many `days`. `by`: who chose."""

    topic: Topic
    each_term: bool = False
    days: Whole | None = None
    by: Name


class LastReminded(Part):
    """The day of the last reminder of this."""

    topic: Topic
    on: Day


class PersonalReminder(Facts):
    """`by`: who is to be reminded. `chosen`: an empty list where the federation chose nothing.

    `term_begins`: the first day of the present or coming term. `last_reminded`: an empty list for never."""

    by: Person | None = None
    chosen: tuple[RhythmChosen, ...] | None = None
    term_begins: Day | None = None
    last_reminded: tuple[LastReminded, ...] | None = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


PERSONAL_REMINDER = Situation(
    key="personal.reminder",
    title=gettext_noop("Staff look through their own accounts"),
    facts=PersonalReminder,
    points=points("own_settings_review own_connections_review"),
)
