"""The life of a policy: suggested, adopted, reviewed, maintained."""

from datetime import date
from typing import Literal

from pydantic import Field

from schoolgate.rulebook.facts import (
    Act,
    Attested,
    Day,
    DayOrMonth,
    Facts,
    Name,
    Part,
    Person,
    Roles,
    Text,
    Tri,
    Whole,
    Written,
    derived,
    fact,
)
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.named_times import days_after
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment

SaysToIt = Literal["yes", "no", "nothing"]
"""What a paper answers to the question that is asked."""


class Held(Part, asked_of="office"):
    """A person who holds, or acts in, one of the policy's roles. `to_day`: the last day; `school`: None for
    all."""

    role: Name = Field(description=_("which role it is"))
    by: Name = Field(description=_("who has the role"))
    from_day: Day | None = Field(None, description=_("its first day"))
    to_day: Day | None = Field(None, description=_("its last day"))
    school: Name | None = Field(None, description=_("which school it is for"))

    @derived("day", label=_("whether they have the role that day"))
    def now(self, facts: Facts) -> bool | None:
        """Whether they hold it on the day judged."""
        if self.from_day is None and self.to_day is None:
            return True
        day = facts.day
        return None if day is None else (self.from_day or day) <= day <= (self.to_day or day)


class Learnt(Part, asked_of="training_keeper"):
    """A training on record: the day, what it was about, and the version of the policy that it covered."""

    on: Day | None = Field(None, description=_("the day it was done"))
    topics: tuple[Name, ...] | None = fact(_("what the training was about"), need="policy.training_topics")
    version: Whole | None = Field(None, description=_("which version of the policy it covered"))


class Chosen(Part):
    """A number that the federation chose where its policy gives none: months or days, who chose it, and
    from when."""

    number: Whole = Field(description=_("the number that the federation chose"))
    by: Name = Field(description=_("who chose it"))
    from_day: Day | None = Field(None, description=_("its first day"))


class Paper(Part, asked_of="office"):
    """Another paper of the school or federation. `on_file`: its text in force is linked. `says`: its answer
    to the question; None: not checked."""

    name: Name = Field(description=_("which document it is"))
    school: Name | None = Field(None, description=_("which school it is for"))
    on_file: Tri = fact(need="policy.paper")
    says: SaysToIt | None = Field(None, description=_("what the document says"))


@moment(
    "policy.suggest",
    _("Commenting on the policy or suggesting a change"),
    "comment_on_policy suggestion_for_policy suggestion_to",
    asks=Asks.ACT,
)
class PolicySuggest(Act, asked_of="policy_asker"):
    """`sent_to`: the roles that it goes to; empty where it is not sent yet."""

    kind: Literal["comment", "suggestion"] | None = fact(
        _("whether it is a comment or a suggestion"), need="policy.suggestion_kind"
    )
    sent_to: Roles | None = fact(_("who it goes to"), need="policy.suggestion_sent_to")


class Adopting(Part):
    """One step by which a version was adopted, by holders of which roles. `signed`: a signature is on
    file."""

    step: Literal["approved", "agreed", "authorised", "adopted"] = Field(description=_("which step it was"))
    roles: Roles = ()
    by: Name | None = Field(None, description=_("who did it"))
    on: DayOrMonth | None = Field(None, description=_("the day it was done"))
    signed: Tri = Field(None, description=_("whether a signature is on file"))


@moment(
    "policy.adopt",
    _("Drafting, changing or adopting a version of the policy"),
    """drafter approved_by authorised_by changes_stated last_review_stated direction_matched adopted_on
    issued_on version_number authors_named title_names answers_for change_any_time""",
    asks=Asks.ACT,
)
class PolicyAdopt(Act, asked_of="policy_owner", prefix="policy."):
    """`number`: the version. `text_as_issued`: it is the very text that this policy prints. `last_reviewed`:
    as its record states it. `changes_stated`: it says what has changed since the version before."""

    act: Literal["draft", "change", "hand_in", "put_in_force"] | None = fact(
        _("what you want to do with the version or the review")
    )
    by: Person | None = fact(_("who is drafting it"), need="policy.policy_writer", of="office")
    number: Whole | None = Field(None, description=_("the number of the version"))
    text_as_issued: Tri = fact(_("whether it is the issued text or a changed version"))
    issued: Day | None = Field(None, description=_("the policy’s date of issue"))
    last_reviewed: DayOrMonth | None = Field(None, description=_("when it was last reviewed"))
    authors: tuple[Name, ...] | None = Field(None, description=_("who wrote it"))
    names: tuple[Name, ...] | None = fact(
        _("the federation’s name in every form"), need="policy.federation_names"
    )
    steps: tuple[Adopting, ...] | None = fact(
        _("who has approved, agreed or authorised it"), need="policy.adoption_steps"
    )
    changes_stated: Tri = Field(None, description=_("whether the new version says what has changed"))
    direction_confirmed: Attested | None = fact(
        _("confirmation that it reflects the governors’ direction"),
        of="governors_of_policy",
        say="adopt.direction_open",
    )
    holders: tuple[Held, ...] | None = fact(_("who has which role"), need="policy.role_holders", of="office")

    @derived("policy.policy_authors", _("who wrote it"))
    def author_number(self, _facts: Facts) -> int:
        """How many people are named as its authors."""
        return len(set(self.authors or ()))

    @derived("policy.policy_authors")
    def an_author_named(self, _facts: Facts) -> bool:
        """Whether it has a named author."""
        return bool(self.authors)

    @derived("policy.adopted_on", _("the day or month it was adopted"))
    def adopted_on(self, _facts: Facts) -> str | None:
        """The day or month on which it was adopted."""
        return next((one.on for one in self.steps or () if one.step == "adopted" and one.on), None)


class Looked(Part):
    """What the review looked into: the result, the reviewer, the day, and what it was compared with."""

    by: Name | None = Field(None, description=_("who did it"))
    on: Day | None = Field(None, description=_("the day it was done"))
    result: Text | None = Field(None, description=_("the result"))
    compared_with: tuple[Name, ...] | None = Field(None, description=_("what it was compared with"))

    @property
    def complete(self) -> bool:
        """Whether it has a name, a day and a result."""
        return bool(self.by and self.on and (self.result or "").strip())


class NewTool(Part, asked_of="policy_owner"):
    """A network or tool that came up since the last review. `answered`: what the review says about it."""

    key: Name = Field(description=_("which one it is"))
    answered: Written = Field(None, description=_("what the review says about the tool"))


@moment(
    "policy.review",
    _("Opening or closing a policy review"),
    "review_by_need law_met good_practice_met technology",
)
class PolicyReview(Act, asked_of="policy_owner"):
    """`kind`: by the calendar or by need, with its `reason`. `new_tools`: empty where none came up."""

    act: Literal["open", "close"] | None = fact(need="policy.act")
    kind: Literal["regular", "by_need"] | None = fact(
        _("whether the review is regular or set when needed"), need="policy.review_kind"
    )
    set_by: Roles | None = fact(_("who set the review"), need="policy.review_set_by")
    reason: Text | None = Field(None, description=_("the reason"))
    law: Looked | None = Field(None, description=_("the check of the law"))
    practice: Looked | None = Field(None, description=_("the check of good practice"))
    new_tools: tuple[NewTool, ...] | None = fact(
        _("which tools have appeared since the last review"), need="policy.new_tools"
    )

    @derived("policy.review_reason", _("the reason for the review"))
    def reason_given(self, _facts: Facts) -> bool:
        """Whether there is a reason for it."""
        return bool((self.reason or "").strip())

    @derived("policy.law_checked", _("whether the policy meets the law, with name and date"))
    def law_checked(self, _facts: Facts) -> bool:
        """Whether the review checked that the policy meets the law."""
        return self.law is not None and self.law.complete

    @derived("policy.practice_compared", _("what the policy was compared with"))
    def practice_compared(self, _facts: Facts) -> bool:
        """Whether it says what the policy was compared with."""
        return self.practice is not None and bool(self.practice.compared_with)


class Review(Part):
    """A review of this version on record: by holders of which roles, and when. `kind`: by the calendar or by
    need."""

    roles: Roles
    on: Day = Field(description=_("the day it was done"))
    by: Name | None = Field(None, description=_("who did it"))
    kind: Literal["regular", "by_need"] = Field(
        "regular", description=_("whether the review was regular or set when needed")
    )


class SetReview(Part):
    """The next review, set by need instead of the calendar: by which roles, and for when."""

    roles: Roles
    due: Day = Field(description=_("the day it is due"))
    reason: Text | None = Field(None, description=_("the reason"))


class RollOut(Part, asked_of="office"):
    """Something to be done so that the version is put into practice; the federation gives it its day."""

    key: Name = Field(description=_("which one it is"))
    due: Day | None = Field(None, description=_("the day it is due"))
    done_on: Day | None = Field(None, description=_("the day it was done"))

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
    found to reflect; None where it never was."""

    school: Name = Field(description=_("which school it is for"))
    dated: Day = Field(description=_("the date of the plan"))
    confirmed_for: Day | None = Field(None, description=_("the day it was confirmed for"))
    confirmed_by: Name | None = Field(None, description=_("who confirmed the plan"))

    @derived("policy.school_plans")
    def newest(self, facts: Facts) -> bool:
        """Whether no later plan of the school is on record."""
        plans: tuple[SchoolPlan, ...] = getattr(facts, "plans", None) or ()
        return all(one.dated <= self.dated for one in plans if one.school == self.school)

    @derived("policy.plan_confirmed", _("whether the policy reflects the current plan"))
    def reflected(self, _facts: Facts) -> bool:
        """Whether the policy was found to reflect this very plan."""
        return self.confirmed_for is not None and self.confirmed_for >= self.dated


class Risk(Part):
    """A risk that was seen. `proposal_on`: the day on which a change to lower it was put forward."""

    key: Name = Field(description=_("which one it is"))
    proposal_on: Day | None = Field(None, description=_("the day a change was suggested"))


class Delegation(Part, asked_of="policy_owner"):
    """Something that one of the policy's roles left to another: from when, and until when (None: until it is
    taken back)."""

    from_role: Name = Field(description=_("which role delegated the work"))
    to_role: Name = Field(description=_("which role the work was delegated to"))
    from_day: Day = Field(description=_("its first day"))
    to_day: Day | None = Field(None, description=_("its last day"))

    @derived("day", label=_("whether the delegation is in force that day"))
    def now(self, facts: Facts) -> bool | None:
        """Whether it counts on the day judged."""
        day = facts.day
        return None if day is None else self.from_day <= day <= (self.to_day or day)


@moment(
    "policy.status",
    _("The policy today"),
    """review_due governors_review_due practice_review_due joint_review_due first_review_due last_review
    owner_in_post daily_running roll_out plan_reflected effect_measured practice_watched risks_lowered
    authorisation_signature""",
)
class PolicyStatus(Facts, asked_of="policy_owner"):
    """Of the version in force. `last_reviewed`, `issued`: as its record states them; `reviews`: held since.
    `looked_on`: when the overview of how it works was last opened; `look_every_days`: the federation's
    choice."""

    number: Whole | None = Field(None, description=_("the number of the version"))
    text_as_issued: Tri = Field(None, description=_("whether it is the issued text or a changed version"))
    issued: Day | None = Field(None, description=_("the policy’s date of issue"))
    last_reviewed: DayOrMonth | None = Field(None, description=_("when it was last reviewed"))
    reviews: tuple[Review, ...] | None = fact(_("the completed reviews"), need="policy.policy_reviews")
    set_review: SetReview | None = Field(None, description=_("the review that was set"))
    holders: tuple[Held, ...] | None = fact(need="policy.role_holders", of="office")
    delegations: tuple[Delegation, ...] | None = fact(
        _("what was delegated, and to which role"), need="policy.delegations"
    )
    roll_out: tuple[RollOut, ...] | None = fact(
        _("what needs to be done to put the version into practice"), need="policy.roll_out_tasks"
    )
    plans: tuple[SchoolPlan, ...] | None = fact(
        _("each school’s current development plan"), need="policy.school_plans"
    )
    measured: tuple[Name, ...] | None = fact(
        _("what the last report measures"), need="policy.policy_measures"
    )
    looked_on: Day | None = Field(None, description=_("when the overview was last opened"))
    look_every_days: Chosen | None = Field(
        None, description=_("how often the federation checks how the policy works")
    )
    risks: tuple[Risk, ...] | None = fact(_("the risks seen"), need="policy.risks_seen")
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

    @derived("day", of="office")
    def looks_chosen(self, _facts: Facts) -> bool | None:
        """Whether the federation chose how often to look at how the policy works."""
        return None if self.day is None else self.look_every(self) is not None

    @derived("day", of="office")
    def look_again_on(self, _facts: Facts) -> date | None:
        """The last day for the next look, where there was one and the federation chose how often."""
        every = self.look_every(self)
        return None if self.looked_on is None or every is None else days_after(self.looked_on, every)

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
        """The federation's interval in days between reviews, where that choice is in force on the day."""
        chosen, day = self.look_every_days, self.day
        if chosen is None or (chosen.from_day is not None and (day is None or day < chosen.from_day)):
            return None
        return chosen.number
