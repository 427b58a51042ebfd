"""Somebody who works for the school leaves. What are they told about confidences?"""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Act, Ask, Day
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class PersonalLeaving(Act):
    """`by` leaves. `reminder`: whether they were told that confidences stay confidences, on the day
    `reminded_on`. `answered`: what they said to it."""

    reminder: Annotated[
        Literal["given", "not_given"] | None,
        Ask(
            "own_reminder_of_confidences",
            "office",
            gettext_noop("a dated reminder that confidences last longer than the job"),
            gettext_noop("Were you told that what was entrusted to you stays so?"),
        ),
    ] = None
    reminded_on: Annotated[Day | None, Ask("own_reminder_of_confidences", "office")] = None
    answered: Annotated[
        Literal["confirmed", "refused", "not_yet"] | None,
        Ask("own_answer_to_reminder", "office", gettext_noop("an answer to the reminder about confidences")),
    ] = None


PERSONAL_LEAVING = Situation(
    key="personal.leaving",
    title=gettext_noop("Confidences after the job"),
    facts=PersonalLeaving,
    points=points("confidences_after_leaving"),
)
