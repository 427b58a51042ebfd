"""Who knows the version in force? Asked of everybody who is bound, by sweeps and as somebody signs."""

from typing import Literal

from schoolgate.rulebook.facts import Day, Facts, Name, Part, Relation, Tri, Whole
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class Knower(Part):
    """Somebody, and what is on record of their knowing the policy.

    `acknowledged`: the version that they last acknowledged, 0 for none. `declined`: asked for the version in
    force and said no. `opened_to_end`: has opened its text to the end. `questions_right`, `questions_asked`:
    of a check of understanding. `manager`: whose team they are in. `asked_on`: the day on which they were
    asked."""

    key: Name
    relation: Relation | None = None
    acknowledged: Whole | None = None
    declined: Tri = False
    opened_to_end: Tri = None
    questions_right: Whole | None = None
    questions_asked: Whole | None = None
    manager: Name | None = None
    asked_on: Day | None = None


class PolicyKnown(Facts):
    """`number`: the version in force. `act`: "sweep" looks at what is on record; "acknowledge" is somebody
    about to sign. `signs_as`: what the words that are signed speak of."""

    act: Literal["sweep", "acknowledge"] = "sweep"
    number: Whole | None = None
    people: tuple[Knower, ...] | None = None
    signs_as: Literal["having_read", "contract_term"] | None = None


POLICY_KNOWN = Situation(
    key="policy.known",
    title=gettext_noop("Who knows the policy in force"),
    facts=PolicyKnown,
    points=points("policy_known policy_opened policy_understood conduct_told no_contract_term"),
)
