"""Somebody who works for the school leaves. What are they told about confidences?"""

from typing import Literal

from schoolgate.rulebook.facts import Act, Day, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment


@moment("personal.leaving", _("Confidences after the job"), "confidences_after_leaving")
class PersonalLeaving(Act, asked_of="office"):
    """`by` leaves. `reminder`: whether they were told that confidences stay confidences, on the day
    `reminded_on`. `answered`: what they said to it."""

    reminder: Literal["given", "not_given"] | None = fact(
        _("a dated reminder that confidences last longer than the job"),
        _("Were you told that what was entrusted to you stays so?"),
        need="own_reminder_of_confidences",
    )
    reminded_on: Day | None = fact(need="own_reminder_of_confidences")
    answered: Literal["confirmed", "refused", "not_yet"] | None = fact(
        _("an answer to the reminder about confidences"), need="own_answer_to_reminder"
    )
