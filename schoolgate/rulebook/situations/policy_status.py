"""How does the policy stand today: its reviews, its owner, its roll-out? Asked by sweeps."""

from typing import Literal

from schoolgate.rulebook.facts import Day, Facts, Name, Part, Roles, Text, Tri, Whole
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.policy_life import Chosen, DayOrMonth, Held


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


class RollOut(Part):
    """Something to be done so that the version is put into practice; the federation gives it its day."""

    key: Name
    due: Day | None = None
    done_on: Day | None = None


class SchoolPlan(Part):
    """A school's plan for its development. `confirmed_for`: the date of the plan that the policy was last
    found to reflect; None where it never was. `confirmed_by`: who found it so."""

    school: Name
    dated: Day
    confirmed_for: Day | None = None
    confirmed_by: Name | None = None


class Risk(Part):
    """A risk that was seen. `proposal_on`: the day on which a change to lower it was put forward."""

    key: Name
    proposal_on: Day | None = None


class PolicyStatus(Facts):
    """Of the version in force. `last_reviewed`, `issued`: as its record states them; `reviews`: those held
    since. `measured`: what the last report on putting it into practice counts. `looked_on`: the day on which
    the overview of how it works was last opened; `look_every_days`: the federation's choice for that.
    `authorisation_signed`: a signed copy is on file."""

    number: Whole | None = None
    text_as_issued: Tri = None
    issued: Day | None = None
    last_reviewed: DayOrMonth | None = None
    reviews: tuple[Review, ...] | None = None
    set_review: SetReview | None = None
    holders: tuple[Held, ...] | None = None
    roll_out: tuple[RollOut, ...] | None = None
    plans: tuple[SchoolPlan, ...] | None = None
    measured: tuple[Name, ...] | None = None
    looked_on: Day | None = None
    look_every_days: Chosen | None = None
    risks: tuple[Risk, ...] | None = None
    authorisation_signed: Tri = None


POLICY_STATUS = Situation(
    key="policy.status",
    title=gettext_noop("How the policy stands today"),
    facts=PolicyStatus,
    points=points(
        """
        review_due governors_review_due practice_review_due joint_review_due first_review_due last_review
        owner_in_post daily_running roll_out plan_reflected effect_measured practice_watched risks_lowered
        authorisation_signature
        """
    ),
)
