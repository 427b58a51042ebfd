"""Somebody asks something about the policy, or puts a question to somebody."""

from typing import Literal

from schoolgate.rulebook.facts import Facts, Name, Person, Roles, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.policy_life import Paper, SaysToIt

Topic = Literal["what_for", "contract", "whose_job", "is_it_wanted", "only_a_tip", "may_i"]
Audience = Literal[
    "federation", "schools of the federation", "staff", "parents", "carers", "children", "others"
]


class PolicyAsk(Facts):
    """`about`: what is asked. `audience`: who asks, as the public page knows them. `school`: the asker's.

    `own_answer`: what the clauses of this policy answer; `own_clauses`: the sections that they stand in, as
    printed. `papers`: the papers that stand above this policy, `other_rules`: those beside it that bear on
    the question; empty: none. `worded_as`: how the rule that is asked about is worded. `answered`: a clause
    answers it. `put_to`: the roles that the question was put to, empty for nobody."""

    about: Topic | None = None
    by: Person | None = None
    audience: Audience | None = None
    school: Name | None = None
    own_answer: SaysToIt | None = None
    own_clauses: tuple[Name, ...] = ()
    papers: tuple[Paper, ...] | None = None
    other_rules: tuple[Paper, ...] | None = None
    worded_as: Literal["must", "should"] | None = None
    answered: Tri = None
    put_to: Roles | None = None

    @property
    def actor(self) -> Person | None:
        """Who asks."""
        return self.by


POLICY_ASK = Situation(
    key="policy.ask",
    title=gettext_noop("Somebody asks about the policy"),
    facts=PolicyAsk,
    points=points("told papers_above fits_this_policy fits_other_rules question_to"),
)
