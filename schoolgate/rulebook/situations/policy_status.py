"""How does the policy stand today: its reviews, its owner, its roll-out? Asked by sweeps."""

from datetime import date
from typing import Literal

from schoolgate.rulebook.facts import (
    Day,
    DayOrMonth,
    Facts,
    Name,
    Part,
    Roles,
    Text,
    Tri,
    Whole,
    derived,
    fact,
)
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.named_times import days_after
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment
from schoolgate.rulebook.situations.policy_life import Chosen, Held


class Review(Part):
    """A review of this version on record: by holders of which roles, and when. `kind`: by the calendar or by
    need."""

    roles: Roles
    on: Day
    by: Name | None = None
    kind: Literal["regular", "by_need"] = "regular"


class SetReview(Part):
    """The next review, set by need instead of the calendar: by which roles, and for when."""

    roles: Roles
    due: Day
    reason: Text | None = None


class RollOut(Part, asked_of="office"):
    """Something to be done so that the version is put into practice; the federation gives it its day."""

    key: Name
    due: Day | None = None
    done_on: Day | None = None

    @derived("day")
    def due_by(self, _facts: Facts) -> Due:
        """By when it has to be done."""
        return Due(day=self.due) if self.due else Due.none_promised()

    @derived("day")
    def days_late(self, facts: Facts) -> int | None:
        """How many days ago it should have been done; 0 where it is in time."""
        if self.due is None:
            return 0
        return max((facts.day - self.due).days, 0) if facts.day else None

    @derived("day")
    def late(self, facts: Facts) -> bool | None:
        """Whether it should have been done before the day judged."""
        if self.due is None:
            return False
        return facts.day > self.due if facts.day else None


class SchoolPlan(Part, asked_of="policy_owner"):
    """A school's plan for its development. `confirmed_for`: the date of the plan that the policy was last
    found to reflect; None where it never was. `confirmed_by`: who found it so."""

    school: Name
    dated: Day
    confirmed_for: Day | None = None
    confirmed_by: Name | None = None

    @derived("policy.school_plans")
    def newest(self, facts: Facts) -> bool:
        """Whether no later plan of the school is on record."""
        plans: tuple[SchoolPlan, ...] = getattr(facts, "plans", None) or ()
        return all(one.dated <= self.dated for one in plans if one.school == self.school)

    @derived("policy.plan_confirmed", _("whether the policy reflects the plan in force"))
    def reflected(self, _facts: Facts) -> bool:
        """Whether the policy was found to reflect this very plan."""
        return self.confirmed_for is not None and self.confirmed_for >= self.dated


class Risk(Part):
    """A risk that was seen. `proposal_on`: the day on which a change to lower it was put forward."""

    key: Name
    proposal_on: Day | None = None


@moment(
    "policy.status",
    _("How the policy stands today"),
    """review_due governors_review_due practice_review_due joint_review_due first_review_due last_review
    owner_in_post daily_running roll_out plan_reflected effect_measured practice_watched risks_lowered
    authorisation_signature""",
)
class PolicyStatus(Facts, asked_of="policy_owner"):
    """Of the version in force. `last_reviewed`, `issued`: as its record states them; `reviews`: those held
    since. `measured`: what the last report on putting it into practice counts. `looked_on`: the day on which
    the overview of how it works was last opened; `look_every_days`: the federation's choice for that.
    `authorisation_signed`: a signed copy is on file."""

    number: Whole | None = None
    text_as_issued: Tri = None
    issued: Day | None = None
    last_reviewed: DayOrMonth | None = None
    reviews: tuple[Review, ...] | None = fact(_("the reviews that were done"), need="policy.policy_reviews")
    set_review: SetReview | None = None
    holders: tuple[Held, ...] | None = fact(need="policy.role_holders", of="office")
    roll_out: tuple[RollOut, ...] | None = fact(
        _("what is to be done to put the version into practice"), need="policy.roll_out_tasks"
    )
    plans: tuple[SchoolPlan, ...] | None = fact(
        _("the development plan in force of each school"), need="policy.school_plans"
    )
    measured: tuple[Name, ...] | None = fact(_("what the last report counts"), need="policy.policy_measures")
    looked_on: Day | None = None
    look_every_days: Chosen | None = None
    risks: tuple[Risk, ...] | None = fact(_("the risks that were seen"), need="policy.risks_seen")
    authorisation_signed: Tri = fact(
        _("whether the authorisation is signed"), need="policy.authorisation_signed"
    )

    @derived("policy.last_reviewed", _("when it was last reviewed"))
    def reviewed_before(self, _facts: Facts) -> DayOrMonth | None:
        """When it was last reviewed, as the record of the version states it."""
        return self.last_reviewed

    @derived("policy.policy_reviews")
    def later_review_by(self, facts: Facts) -> Roles:
        """The roles that set a review by need which is still to come."""
        later = self.set_review
        if later is None or (facts.day is not None and later.due < facts.day):
            return ()
        return later.roles

    @derived("policy.role_holders", of="office")
    def several_hold(self, _facts: Facts) -> Roles | None:
        """The roles that more than one school has a holder of its own of, on the day judged."""
        if self.holders is None or self.day is None:
            return None
        theirs = {(one.role, one.school) for one in self.holders if one.school and one.now(self)}
        roles = [role for role, _school in theirs]
        return tuple(sorted({role for role in roles if roles.count(role) > 1}))

    @derived("policy.policy_reviews")
    def last_review_on(self, _facts: Facts) -> date | None:
        """The day of the last review on record."""
        return max((one.on for one in self.reviews or ()), default=None)

    @derived("day", of="office")
    def looks_chosen(self, _facts: Facts) -> bool | None:
        """Whether the federation chose how often to look at how the policy works."""
        return None if self.day is None else self._look_every is not None

    @derived("day", of="office")
    def look_again_on(self, _facts: Facts) -> date | None:
        """The last day for the next look, where there was one and the federation chose how often."""
        if self.looked_on is None or self._look_every is None:
            return None
        return days_after(self.looked_on, self._look_every)

    @derived("day", of="office")
    def look_due(self, _facts: Facts) -> Due:
        """The same as the time of a duty."""
        last = self.look_again_on(self)
        return Due(day=last) if last else Due.none_promised()

    @derived("day", of="office")
    def look_late(self, _facts: Facts) -> bool | None:
        """Whether that day is over."""
        last = self.look_again_on(self)
        return None if self.day is None else last is not None and self.day > last

    @derived("day", of="office")
    def look_every(self, _facts: Facts) -> int | None:
        """How many days the federation chose."""
        return self._look_every

    @property
    def _look_every(self) -> int | None:
        chosen, day = self.look_every_days, self.day
        if chosen is None or (chosen.from_day is not None and (day is None or day < chosen.from_day)):
            return None
        return chosen.number
