"""A live account is looked at by a sweep: is it kept fresh, or left to itself?"""

from schoolgate.rulebook.facts import Day, Facts, Whole
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.choice import DaysChosen


class AccountStatus(Facts):
    """`last_post_on`, `last_visit_on`: the day of the last post, and of the last visit of a moderator; before
    the first one the day of opening. `unanswered`: comments that wait for an answer.

    `stale_after`, `neglected_after`: days that the federation chose, None where it chose none."""

    last_post_on: Day | None = None
    last_visit_on: Day | None = None
    unanswered: Whole | None = None
    stale_after: DaysChosen | None = None
    neglected_after: DaysChosen | None = None


ACCOUNT_STATUS = Situation(
    key="account.status",
    title=gettext_noop("A live account is looked at"),
    facts=AccountStatus,
    points=points("kept_fresh not_left_alone"),
)
