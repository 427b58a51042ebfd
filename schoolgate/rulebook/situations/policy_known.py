"""Who knows the version in force? Asked of everybody who is bound, by sweeps and as somebody signs."""

from typing import Literal

from schoolgate.rulebook.facts import Day, Facts, Name, Part, Relation, Tri, Whole, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment


class Knower(Part, asked_of="office"):
    """Somebody, and what is on record of their knowing the policy.

    `acknowledged`: the version that they last acknowledged, 0 for none. `declined`: asked for the version in
    force and said no. `opened_to_end`: has opened its text to the end. `questions_right`, `questions_asked`:
    of a check of understanding. `manager`: whose team they are in. `asked_on`: the day on which they were
    asked."""

    key: Name
    relation: Relation | None = fact()
    acknowledged: Whole | None = fact(
        _("whether they have acknowledged the policy in force"), need="policy.acknowledged"
    )
    declined: Tri = False
    opened_to_end: Tri = fact(
        _("that the text was opened to its end"), need="policy.opened_to_end", of="reader_of_policy"
    )
    questions_right: Whole | None = None
    questions_asked: Whole | None = None
    manager: Name | None = None
    asked_on: Day | None = None

    @derived("policy.understanding", _("the answers to the questions on the policy"), of="reader_of_policy")
    def checked(self, _facts: Facts) -> bool:
        """Whether they have answered a check of understanding."""
        return bool(self.questions_asked) and self.questions_right is not None

    @derived("policy.understanding", of="reader_of_policy")
    def all_right(self, _facts: Facts) -> bool:
        """Whether all their answers are right."""
        return (self.questions_right or 0) >= (self.questions_asked or 0)

    @derived("policy.acknowledged")
    def knows_an_earlier_one(self, _facts: Facts) -> bool:
        """Whether they have acknowledged any version."""
        return bool(self.acknowledged)


@moment(
    "policy.known",
    _("Who knows the policy in force"),
    "policy_known policy_opened policy_understood conduct_told no_contract_term",
)
class PolicyKnown(Facts, asked_of="office"):
    """`number`: the version in force. `act`: "sweep" looks at what is on record; "acknowledge" is somebody
    about to sign. `signs_as`: what the words that are signed speak of."""

    act: Literal["sweep", "acknowledge"] = "sweep"
    number: Whole | None = fact(_("the version of the policy"), need="policy.policy_number")
    people: tuple[Knower, ...] | None = fact(
        _("the list of people who are bound"), need="policy.people_bound"
    )
    signs_as: Literal["having_read", "contract_term"] | None = fact(
        _("the words that are signed"), need="policy.signed_words", of="policy_owner"
    )
