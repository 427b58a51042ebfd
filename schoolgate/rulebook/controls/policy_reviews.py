"""When the policy is reviewed, by whom, and whether that is overdue. A policy past its review binds all the
same."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    breached,
    day_or_unknown,
    met,
    obliges,
    unknown,
)
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.named_times import first_day, last_day, months_after, term_days
from schoolgate.rulebook.situations.policy_status import PolicyStatus


def _reviewed_by(facts: PolicyStatus, role: str) -> list[date]:
    return [one.on for one in facts.reviews or () if role in one.roles]


def _by_the_end(role: str, first: date, last: date, day: date) -> Said:
    """What a review that falls between two days asks for on a day."""
    if day < first:
        return met("status.review_later", day=last)
    if day <= last:
        return obliges(role, "policy.policy_review", Due(day=last), "status.review_due", role=role, day=last)
    return breached("status.review_overdue", role=role, day=last)


class ReviewBy(Control):
    """Was the version reviewed by holders of this role in the month that it names?

    Settings: `due` - that month (or day); `role`. Before it nothing is owed, in it the review is due, after
    it the policy is overdue until a review is entered; it binds all the same.
    """

    key = "status.review_by"
    listens_to = ("policy.status",)
    points = ("review_due", "governors_review_due")

    class Settings(NoSettings):
        due: str
        role: str

    def judge(self, facts: PolicyStatus, settings: Settings) -> Iterator[Said]:
        day = day_or_unknown(facts)
        if isinstance(day, Said):
            yield day
        elif facts.reviews is None:
            yield unknown("policy.policy_reviews", "policy_owner")
        elif _reviewed_by(facts, settings.role):
            yield met("status.reviewed", role=settings.role)
        else:
            yield _by_the_end(settings.role, first_day(settings.due), last_day(settings.due), day)


class ReviewInTerm(Control):
    """Was the version reviewed in the term that it names? Settings: `term`, `year`; `role` - who reviews.

    A term reaches to the end of its last month, whatever a school's own dates are.
    """

    key = "status.review_in_term"
    listens_to = ("policy.status",)
    points = ("review_due",)

    class Settings(NoSettings):
        term: Literal["autumn", "spring", "summer"]
        year: int
        role: str

    def judge(self, facts: PolicyStatus, settings: Settings) -> Iterator[Said]:
        day = day_or_unknown(facts)
        if isinstance(day, Said):
            yield day
        elif facts.reviews is None:
            yield unknown("policy.policy_reviews", "policy_owner")
        elif facts.reviews:
            yield met("status.reviewed", role=settings.role)
        else:
            yield _by_the_end(settings.role, *term_days(settings.term, settings.year), day)


class ReviewEvery(Control):
    """Was the policy, or how it works, reviewed by holders of this role within so many months?

    Counted from their last review, by the calendar or by need; without one from the last review that the
    version states. Overdue while both roles have set a review by need for later turns on whether that takes
    the place of the regular one. Settings: `review_every_months`; `role`; `needed_by` - the roles that can
    set a review by need, empty where no words say so; `unless_only` - another role whose review in time
    leaves the matter to the rule on reviewing together.
    """

    key = "status.review_every"
    listens_to = ("policy.status",)
    points = ("review_due", "governors_review_due", "practice_review_due")
    plumbing = frozenset({"needed_by", "unless_only"})

    class Settings(NoSettings):
        review_every_months: int
        role: str
        needed_by: tuple[str, ...]
        unless_only: str | None

    def judge(self, facts: PolicyStatus, settings: Settings) -> Iterator[Said]:
        day = day_or_unknown(facts)
        if isinstance(day, Said):
            yield day
            return
        due = _due_after(facts, settings.role, settings.review_every_months)
        if isinstance(due, Said):
            yield due
        elif day <= due:
            yield obliges(
                settings.role,
                "policy.policy_review",
                Due(day=due),
                "status.review_due",
                role=settings.role,
                day=due,
            )
        elif settings.unless_only is None or not _in_time(
            facts, settings.unless_only, settings.review_every_months, day
        ):
            said = breached("status.review_overdue", role=settings.role, day=due)
            later = facts.set_review
            said.turns = (
                later is not None and later.due >= day and set(settings.needed_by) <= set(later.roles)
            )
            yield said


class ReviewTogether(Control):
    """Did this role review the policy when the other one did?

    A review by one of the two alone is half done. Settings: `review_every_months`, `role`, `together_with`.
    """

    key = "status.review_together"
    listens_to = ("policy.status",)
    points = ("joint_review_due",)
    plumbing = frozenset({"together_with"})

    class Settings(NoSettings):
        review_every_months: int
        role: str
        together_with: str

    def judge(self, facts: PolicyStatus, settings: Settings) -> Iterator[Said]:
        day = day_or_unknown(facts)
        if isinstance(day, Said):
            yield day
            return
        due = _due_after(facts, settings.role, settings.review_every_months)
        if isinstance(due, Said) or not _in_time(
            facts, settings.together_with, settings.review_every_months, day
        ):
            return
        if day <= due:
            yield met("status.reviewed_together")
        else:
            yield breached("status.half_done", role=settings.role, other=settings.together_with, day=due)


class FirstReview(Control):
    """Is the first review after the last one that the issued text states overdue?

    Settings: `last_reviewed` - the month that the issued text gives; `review_every_months`.
    """

    key = "status.first_review"
    listens_to = ("policy.status",)
    points = ("first_review_due",)

    class Settings(NoSettings):
        last_reviewed: str
        review_every_months: int

    def judge(self, facts: PolicyStatus, settings: Settings) -> Iterator[Said]:
        day = day_or_unknown(facts)
        if isinstance(day, Said):
            yield day
        elif facts.reviews is None:
            yield unknown("policy.policy_reviews", "policy_owner")
        elif facts.reviews:
            yield met("status.reviewed_since")
        else:
            due = months_after(settings.last_reviewed, settings.review_every_months)
            if day <= due:
                yield met("status.review_later", day=due)
            else:
                yield breached("status.never_reviewed", day=due)


def _due_after(facts: PolicyStatus, role: str, months: int) -> date | Said:
    """By when holders of this role have to review again, or the saying of what is not known."""
    if facts.reviews is None:
        return unknown("policy.policy_reviews", "policy_owner")
    last = max(_reviewed_by(facts, role), default=None)
    if last is not None:
        return months_after(last.isoformat(), months)
    if facts.last_reviewed is None:
        return unknown("policy.last_reviewed", "policy_owner")
    return months_after(facts.last_reviewed, months)


def _in_time(facts: PolicyStatus, role: str, months: int, day: date) -> bool:
    """Whether holders of this role reviewed it themselves, not longer ago than that."""
    last = max(_reviewed_by(facts, role), default=None)
    return last is not None and day <= months_after(last.isoformat(), months)
