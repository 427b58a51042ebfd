"""Somebody who works for the school leaves. What are they told about confidences?"""

from typing import Literal

from schoolgate.rulebook.facts import Day, Facts, Person
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class PersonalLeaving(Facts):
    """`by` leaves. `reminder`: whether they were told that confidences stay confidences, on the day
    `reminded_on`. `answered`: what they said to it."""

    by: Person | None = None
    reminder: Literal["given", "not_given"] | None = None
    reminded_on: Day | None = None
    answered: Literal["confirmed", "refused", "not_yet"] | None = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


PERSONAL_LEAVING = Situation(
    key="personal.leaving",
    title=gettext_noop("Confidences after the job"),
    facts=PersonalLeaving,
    points=points("confidences_after_leaving"),
)
