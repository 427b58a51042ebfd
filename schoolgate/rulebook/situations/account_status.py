"""A live account is looked at by a sweep: is it kept fresh, or left to itself?"""

from schoolgate.rulebook.facts import Ask, Day, Facts, Whole, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment
from schoolgate.rulebook.situations.choice import DaysChosen


@moment("account.status", _("A live account is looked at"), "kept_fresh not_left_alone")
class AccountStatus(Facts, asked_of="office", prefix="account."):
    """`last_post_on`, `last_visit_on`: the day of the last post, and of the last visit of a moderator; before
    the first one the day of opening. `unanswered`: comments that wait for an answer.

    `stale_after`, `neglected_after`: days that the federation chose, None where it chose none."""

    last_post_on: Day | None = fact(_("the day of the last post on the account"))
    last_visit_on: Day | None = fact(_("the day on which a moderator last looked in"))
    unanswered: Whole | None = fact(_("how many comments wait for an answer"))
    stale_after: DaysChosen | None = None
    neglected_after: DaysChosen | None = None

    @derived("account.unanswered")
    def all_answered(self, _facts: Facts) -> bool | None:
        """Whether no comment waits for an answer."""
        return None if self.unanswered is None else self.unanswered == 0

    @derived("account.last_post_on")
    def days_quiet(self, facts: Facts) -> int | Ask | None:
        """How many days ago the last post was."""
        if facts.day is None:
            return Ask("day", "office")
        return None if self.last_post_on is None else (facts.day - self.last_post_on).days

    @derived("account.last_visit_on")
    def days_alone(self, facts: Facts) -> int | Ask | None:
        """How many days ago the last post or visit was."""
        quiet = self.days_quiet(facts)
        if not isinstance(quiet, int):
            return quiet or Ask("account.last_post_on", "office")
        if facts.day is None or self.last_visit_on is None:
            return None
        return min(quiet, (facts.day - self.last_visit_on).days)

    @derived("day")
    def freshness_chosen(self, facts: Facts) -> bool | None:
        """Whether the federation chose after how many days without a post an account is no longer fresh."""
        return self.stale_after is not None and self.stale_after.counts_on(facts.day)

    @derived("account.last_post_on")
    def stale(self, facts: Facts) -> bool | Ask | None:
        """Whether so many days have passed."""
        return _reached(self.stale_after, self.days_quiet(facts))

    @derived("day")
    def neglect_chosen(self, facts: Facts) -> bool | None:
        """Whether the federation chose after how many days without a post or visit an account is left to
        itself."""
        return self.neglected_after is not None and self.neglected_after.counts_on(facts.day)

    @derived("account.last_visit_on")
    def neglected(self, facts: Facts) -> bool | Ask | None:
        """Whether so many days have passed."""
        return _reached(self.neglected_after, self.days_alone(facts))


def _reached(choice: DaysChosen | None, days: int | Ask | None) -> bool | Ask | None:
    if choice is None:
        return False
    return days >= choice.days if isinstance(days, int) else days
