"""Who knows the version in force? Asked of everybody who is bound, by sweeps and as somebody signs."""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Ask, Day, Facts, Name, Part, Relation, Tri, Whole, derived
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Situation, points


class Knower(Part):
    """Somebody, and what is on record of their knowing the policy.

    `acknowledged`: the version that they last acknowledged, 0 for none. `declined`: asked for the version in
    force and said no. `opened_to_end`: has opened its text to the end. `questions_right`, `questions_asked`:
    of a check of understanding. `manager`: whose team they are in. `asked_on`: the day on which they were
    asked."""

    key: Name
    relation: Annotated[Relation | None, Ask("relation", "office")] = None
    acknowledged: Annotated[
        Whole | None,
        Ask("policy.acknowledged", "office", _("whether they have acknowledged the policy in force")),
    ] = None
    declined: Tri = False
    opened_to_end: Annotated[
        Tri, Ask("policy.opened_to_end", "reader_of_policy", _("that the text was opened to its end"))
    ] = None
    questions_right: Whole | None = None
    questions_asked: Whole | None = None
    manager: Name | None = None
    asked_on: Day | None = None

    @derived("policy.understanding", "reader_of_policy", _("the answers to the questions on the policy"))
    def checked(self, _facts: Facts) -> bool:
        """Whether they have answered a check of understanding."""
        return bool(self.questions_asked) and self.questions_right is not None

    @derived("policy.understanding", "reader_of_policy")
    def all_right(self, _facts: Facts) -> bool:
        """Whether all their answers are right."""
        return (self.questions_right or 0) >= (self.questions_asked or 0)

    @derived("policy.acknowledged", "office")
    def knows_an_earlier_one(self, _facts: Facts) -> bool:
        """Whether they have acknowledged any version."""
        return bool(self.acknowledged)


class PolicyKnown(Facts):
    """`number`: the version in force. `act`: "sweep" looks at what is on record; "acknowledge" is somebody
    about to sign. `signs_as`: what the words that are signed speak of."""

    act: Literal["sweep", "acknowledge"] = "sweep"
    number: Annotated[Whole | None, Ask("policy.policy_number", "office", _("the version of the policy"))] = (
        None
    )
    people: Annotated[
        tuple[Knower, ...] | None, Ask("policy.people_bound", "office", _("the list of people who are bound"))
    ] = None
    signs_as: Annotated[
        Literal["having_read", "contract_term"] | None,
        Ask("policy.signed_words", "policy_owner", _("the words that are signed")),
    ] = None


POLICY_KNOWN = Situation(
    key="policy.known",
    title=_("Who knows the policy in force"),
    facts=PolicyKnown,
    points=points("policy_known policy_opened policy_understood conduct_told no_contract_term"),
)
