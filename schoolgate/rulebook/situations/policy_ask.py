"""Somebody asks something about the policy, or puts a question to somebody."""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Act, Ask, Name, Roles, Tri, derived
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.policy_life import Paper, SaysToIt

Topic = Literal["what_for", "contract", "whose_job", "is_it_wanted", "only_a_tip", "may_i"]
Audience = Literal[
    "federation", "schools of the federation", "staff", "parents", "carers", "children", "others"
]


class PaperAbove(Paper):
    """A paper that stands above the policy."""

    @derived("policy.asker_school", "policy_asker", gettext_noop("the school of whoever asks"))
    def is_askers(self, facts: "PolicyAsk") -> bool | None:
        """Whether it is a paper of the asker's own school."""
        return None if facts.school is None else self.school == facts.school


class PolicyAsk(Act):
    """`about`: what is asked. `audience`: who asks, as the public page knows them. `school`: the asker's.

    `own_answer`: what the clauses of this policy answer; `own_clauses`: the sections that they stand in, as
    printed. `papers`: the papers that stand above this policy, `other_rules`: those beside it that bear on
    the question; empty: none. `worded_as`: how the rule that is asked about is worded. `answered`: a clause
    answers it. `put_to`: the roles that the question was put to, empty for nobody."""

    about: Topic | None = None
    audience: Annotated[
        Audience | None, Ask("policy.audience_asking", "policy_asker", gettext_noop("who is asking"))
    ] = None
    school: Name | None = None
    own_answer: Annotated[
        SaysToIt | None,
        Ask("policy.own_answer", "office", gettext_noop("what the policy's own clauses say to it")),
    ] = None
    own_clauses: tuple[Name, ...] = ()
    papers: Annotated[
        tuple[PaperAbove, ...] | None,
        Ask("policy.papers_above", "office", gettext_noop("the papers that stand above the policy")),
    ] = None
    other_rules: Annotated[
        tuple[Paper, ...] | None,
        Ask("policy.other_rules", "office", gettext_noop("which other rules bear on it")),
    ] = None
    worded_as: Literal["must", "should"] | None = None
    answered: Annotated[
        Tri, Ask("policy.answered", "office", gettext_noop("whether a clause of the policy answers it"))
    ] = None
    put_to: Annotated[
        Roles | None,
        Ask("policy.question_put_to", "policy_asker", gettext_noop("whom the question was put to")),
    ] = None


POLICY_ASK = Situation(
    key="policy.ask",
    title=gettext_noop("Somebody asks about the policy"),
    facts=PolicyAsk,
    points=points("told papers_above fits_this_policy fits_other_rules question_to"),
)
