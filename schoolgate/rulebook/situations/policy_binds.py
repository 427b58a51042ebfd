"""Is this person bound by the policy, and by which of its rules?"""

from typing import Literal

from schoolgate.rulebook.facts import Facts, Name, Person, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points

WorksAs = Literal[
    "employee",
    "senior manager",
    "officer",
    "director",
    "trainee",
    "homeworker",
    "part-time",
    "fixed-term",
    "consultant",
    "contractor",
    "casual",
    "agency",
    "volunteer",
]


class PolicyBinds(Facts):
    """`works_as`: what somebody is engaged as, beside being staff, contractor or volunteer.

    `systems_access`: can get into the communication systems or equipment. `takes_part`: the part that
    somebody who is not staff has in the federation's social media; empty: none. `rule_wording`: how the rule
    that is asked about is worded: for "everyone" with a star, for staff, for employees, or for nobody in
    particular. `school_is_ours`: whether the federation runs that school."""

    person: Person | None = None
    works_as: tuple[WorksAs, ...] | None = None
    systems_access: Tri = None
    takes_part: tuple[Literal["runs_account", "writes_on_account"], ...] | None = None
    rule_wording: Literal["starred", "staff", "employees", "unmarked"] | None = None
    school: Name | None = None
    school_is_ours: Tri = None

    @property
    def actor(self) -> Person | None:
        """Whose place under the policy is asked about."""
        return self.person


POLICY_BINDS = Situation(
    key="policy.binds",
    title=gettext_noop("Is this person bound by the policy?"),
    facts=PolicyBinds,
    points=points("bound staff_rules conduct_code unmarked_rules employee_rules reaches_school"),
)
