"""Somebody asks something about the policy, or puts a question to somebody."""

from typing import Literal

from schoolgate.rulebook.facts import Act, Name, Roles, Tri, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment
from schoolgate.rulebook.situations.policy_life import Paper, SaysToIt

Topic = Literal["what_for", "contract", "whose_job", "is_it_wanted", "only_a_tip", "may_i"]
Audience = Literal[
    "federation", "schools of the federation", "staff", "parents", "carers", "children", "others"
]


class PaperAbove(Paper, asked_of="policy_asker"):
    """A paper that stands above the policy."""

    @derived("policy.asker_school", _("the school of whoever asks"))
    def is_askers(self, facts: "PolicyAsk") -> bool | None:
        """Whether it is a paper of the asker's own school."""
        return None if facts.school is None else self.school == facts.school


@moment(
    "policy.ask",
    _("Somebody asks about the policy"),
    "told papers_above fits_this_policy fits_other_rules question_to",
)
class PolicyAsk(Act, asked_of="office", prefix="policy."):
    """`about`: what is asked. `audience`: who asks, as the public page knows them. `school`: the asker's.

    `own_answer`: what the clauses of this policy answer; `own_clauses`: the sections that they stand in, as
    printed. `papers`: the papers that stand above this policy, `other_rules`: those beside it that bear on
    the question; empty: none. `worded_as`: how the rule that is asked about is worded. `answered`: a clause
    answers it. `put_to`: the roles that the question was put to, empty for nobody."""

    about: Topic | None = None
    audience: Audience | None = fact(_("who is asking"), need="policy.audience_asking", of="policy_asker")
    school: Name | None = None
    own_answer: SaysToIt | None = fact(_("what the policy's own clauses say to it"))
    own_clauses: tuple[Name, ...] = ()
    papers: tuple[PaperAbove, ...] | None = fact(
        _("the papers that stand above the policy"), need="policy.papers_above"
    )
    other_rules: tuple[Paper, ...] | None = fact(_("which other rules bear on it"))
    worded_as: Literal["must", "should"] | None = None
    answered: Tri = fact(_("whether a clause of the policy answers it"))
    put_to: Roles | None = fact(
        _("whom the question was put to"), need="policy.question_put_to", of="policy_asker"
    )
