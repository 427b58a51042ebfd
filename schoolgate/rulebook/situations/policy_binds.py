"""Is this person bound by the policy, and by which of its rules?"""

from typing import Literal

from pydantic import Field

from schoolgate.rulebook.facts import Facts, Name, Person, Tri, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment

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


@moment(
    "policy.binds",
    _("Does the policy apply to this person?"),
    "bound staff_rules conduct_code unmarked_rules employee_rules reaches_school",
    asks=Asks.MATTER,
)
class PolicyBinds(Facts, asked_of="office", prefix="policy."):
    """`works_as`: beside being staff, contractor or volunteer. `takes_part`: of a person who is not staff;
    empty: none. `rule_wording`: for "everyone" with a star, for staff, for employees, or for no one in
    particular."""

    person: Person | None = Field(None, description=_("the person it is about"))
    works_as: tuple[WorksAs, ...] | None = Field(None, description=_("what kind of work this person does"))
    systems_access: Tri = fact(
        _("whether they have access to the systems or equipment"),
        _("Do you have access to the school’s systems or equipment?"),
    )
    takes_part: tuple[Literal["runs_account", "writes_on_account"], ...] | None = fact(
        _("whether they run an account or post on one"),
        _("What part do you play in the school’s social media?"),
    )
    rule_wording: Literal["starred", "staff", "employees", "unmarked"] | None = Field(
        None, description=_("who the rule is addressed to")
    )
    school: Name | None = Field(None, description=_("which school it is about"))
    school_is_ours: Tri = fact(
        _("whether the school belongs to the federation"), _("Does the federation run your school?")
    )

    @derived("relation")
    def engaged_as(self, _facts: Facts) -> tuple[WorksAs, ...] | None:
        """Everything that a person is engaged as; staff who are nothing else are employees."""
        return None if self.person is None else engaged(self.person, self.works_as)

    @derived("policy.school_is_ours")
    def about_a_school(self, _facts: Facts) -> bool:
        """Whether the question is about one school."""
        return self.school is not None or self.school_is_ours is not None

    @property
    def actor(self) -> Person | None:
        """The person the question is about."""
        return self.person
