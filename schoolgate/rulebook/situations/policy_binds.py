"""Is this person bound by the policy, and by which of its rules?"""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Ask, Facts, Name, Person, Tri, derived
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


NOT_EMPLOYED = frozenset({"consultant", "contractor", "casual", "agency", "volunteer"})


def engaged(person: Person, works_as: tuple[WorksAs, ...] | None) -> tuple[WorksAs, ...]:
    """Everything that a person is engaged as; staff who are nothing else are employees."""
    known = works_as or ()
    if person.relation != "staff" or not NOT_EMPLOYED.isdisjoint(known):
        return known
    return (*known, "employee")


class PolicyBinds(Facts):
    """`works_as`: what somebody is engaged as, beside being staff, contractor or volunteer.

    `systems_access`: can get into the communication systems or equipment. `takes_part`: the part that
    somebody who is not staff has in the federation's social media; empty: none. `rule_wording`: how the rule
    that is asked about is worded: for "everyone" with a star, for staff, for employees, or for nobody in
    particular. `school_is_ours`: whether the federation runs that school."""

    person: Person | None = None
    works_as: tuple[WorksAs, ...] | None = None
    systems_access: Annotated[
        Tri,
        Ask(
            "policy.systems_access",
            "office",
            gettext_noop("whether they can get into the systems or equipment"),
            gettext_noop("Can you get into the school's systems or equipment?"),
        ),
    ] = None
    takes_part: Annotated[
        tuple[Literal["runs_account", "writes_on_account"], ...] | None,
        Ask(
            "policy.takes_part",
            "office",
            gettext_noop("whether they run an account or write on one"),
            gettext_noop("What part do you have in the school's social media?"),
        ),
    ] = None
    rule_wording: Literal["starred", "staff", "employees", "unmarked"] | None = None
    school: Name | None = None
    school_is_ours: Annotated[
        Tri,
        Ask(
            "policy.school_is_ours",
            "office",
            gettext_noop("whether the school belongs to the federation"),
            gettext_noop("Does the federation run your school?"),
        ),
    ] = None

    @derived("relation", "office")
    def engaged_as(self, _facts: Facts) -> tuple[WorksAs, ...] | None:
        """Everything that a person is engaged as; staff who are nothing else are employees."""
        return None if self.person is None else engaged(self.person, self.works_as)

    @derived("policy.school_is_ours", "office")
    def about_a_school(self, _facts: Facts) -> bool:
        """Whether it is asked of one school."""
        return self.school is not None or self.school_is_ours is not None

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
