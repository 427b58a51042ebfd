"""Questions put to the policy, reminders of it, and who has to know it."""

from typing import Literal

from pydantic import Field

from schoolgate.rulebook.facts import (
    Act,
    Attested,
    Day,
    Facts,
    Name,
    Part,
    Relation,
    Roles,
    Tri,
    Whole,
    derived,
    fact,
)
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment
from schoolgate.rulebook.situations.policy_life import Paper, SaysToIt

Topic = Literal["what_for", "contract", "whose_job", "is_it_wanted", "only_a_tip", "may_i"]
Audience = Literal[
    "federation", "schools of the federation", "staff", "parents", "carers", "children", "others"
]


class PaperAbove(Paper, asked_of="policy_asker"):
    """A paper that takes precedence over the policy."""

    @derived("policy.asker_school", _("the school of the person asking"))
    def is_askers(self, facts: "PolicyAsk") -> bool | None:
        """Whether it is a paper of the asker's own school."""
        return None if facts.school is None else self.school == facts.school


@moment(
    "policy.ask",
    _("Asking about the policy"),
    "told papers_above fits_this_policy fits_other_rules question_to",
    asks=Asks.MATTER,
)
class PolicyAsk(Act, asked_of="office", prefix="policy."):
    """`audience`: as the public page knows them. `own_clauses`: the sections that answer it, as printed.
    `papers`, `other_rules`, `put_to`: empty where there is none."""

    about: Topic | None = Field(None, description=_("what the question is about"))
    audience: Audience | None = fact(_("who is asking"), need="policy.audience_asking", of="policy_asker")
    school: Name | None = Field(None, description=_("which school it is about"))
    own_answer: SaysToIt | None = fact(_("what the policy’s own clauses say about it"))
    own_clauses: tuple[Name, ...] = Field((), description=_("the sections that answer the question"))
    papers: tuple[PaperAbove, ...] | None = fact(
        _("the documents that take priority over the policy"), need="policy.papers_above"
    )
    other_rules: tuple[Paper, ...] | None = fact(_("which other rules apply"))
    worded_as: Literal["must", "should"] | None = Field(
        None, description=_("whether the policy says must or should")
    )
    answered: Tri = fact(_("whether a clause of the policy answers it"))
    put_to: Roles | None = fact(
        _("who the question was sent to"), need="policy.question_put_to", of="policy_asker"
    )


Whose = Literal["federation", "school", "staff", "governors", "children", "parents", "others"]


@moment(
    "policy.harm",
    _("Is this harm that the policy is meant to prevent?"),
    "legal_risk_met good_name_hurt person_hurt",
    asks=Asks.MATTER,
)
class PolicyHarm(Facts, asked_of="reporter_of_it"):
    """`harms`: what is at stake, as marked in the report. `whose`: the people it affects."""

    harms: tuple[Literal["legal risk", "good name", "harm to a person"], ...] | None = fact(
        _("what is at stake"), _("What could it do?"), need="policy.harm_kind"
    )
    whose: tuple[Whose, ...] | None = fact(
        _("who it affects"), _("Who could it affect?"), need="policy.harm_whose"
    )


Doing = Literal["write", "share", "make_site", "decide_request"]


@moment(
    "policy.remind",
    _("Before someone starts"),
    "child_safety child_duties best_for_child safeguarding_law it_rules trust_in_school",
    asks=Asks.DUTY,
)
class PolicyRemind(Act, asked_of="decider", prefix="policy."):
    """`for_children`: the site is made for them. `best_for_child`: by the decider's word.
    `school_decision`: the text tells of a decision of the school. `papers`: others, with whether they are
    on file."""

    doing: Doing | None = fact(
        _("what the person is about to do"), _("What are you about to do?"), of="policy_asker"
    )
    official: Tri = fact(
        question=_("Is it for an official account?"), need="account_is_official", of="moderator"
    )
    children_shown: Tri = Field(None, description=_("whether children are shown"))
    for_children: Tri = Field(None, description=_("whether the site is made for children"))
    about_child: Tri = fact(_("whether it is about a child"), _("Is the request about a child?"))
    best_for_child: Attested | None = fact(
        _("what is best for the child"),
        _("Is it what is best for the child?"),
        say="remind.best_for_child_open",
    )
    school_decision: Tri = Field(None, description=_("whether the text announces a school’s decision"))
    papers: tuple[Paper, ...] | None = fact(
        _("the current text of that document"), need="policy.paper", of="office"
    )


class ManagerStep(Part):
    """What a line manager did about someone in their team."""

    what: Literal["told", "spoken", "training", "passed_on"] = Field(description=_("what was done"))
    on: Day = Field(description=_("the day it was done"))


class Knower(Part, asked_of="office"):
    """What is on record about a person's knowledge of the policy. `acknowledged`: the version that they
    last acknowledged, 0 for none. `declined`: said no to the version in force. `questions_right`,
    `questions_asked`: of a check of understanding. `manager`: whose team they are in. `manager_steps`: what
    that manager did under the version in force; empty where nothing is on record."""

    key: Name = Field(description=_("which person it is"))
    relation: Relation | None = fact()
    acknowledged: Whole | None = fact(
        _("whether they have acknowledged the current policy"), need="policy.acknowledged"
    )
    declined: Tri = Field(False, description=_("whether this person declined to acknowledge the policy"))
    opened_to_end: Tri = fact(
        _("that the whole text was opened"), need="policy.opened_to_end", of="reader_of_policy"
    )
    questions_right: Whole | None = Field(None, description=_("how many questions were answered correctly"))
    questions_asked: Whole | None = Field(None, description=_("how many questions were asked"))
    manager: Name | None = Field(None, description=_("this person’s line manager"))
    asked_on: Day | None = Field(
        None, description=_("the day this person was asked to acknowledge the policy")
    )
    manager_steps: tuple[ManagerStep, ...] = Field((), description=_("what their line manager has done"))

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
    _("Acknowledgements of the policy in force"),
    "policy_known policy_opened policy_understood conduct_told manager_acts no_contract_term",
)
class PolicyKnown(Facts, asked_of="office"):
    """`act`: "sweep" checks what is on record; "acknowledge" is a person about to sign. `signs_as`: what
    the words that are signed speak of."""

    act: Literal["sweep", "acknowledge"] = Field(
        "sweep", description=_("whether a check or an acknowledgement is asked for")
    )
    number: Whole | None = fact(_("the version of the policy"), need="policy.policy_number")
    people: tuple[Knower, ...] | None = fact(
        _("the list of people the policy applies to"), need="policy.people_bound"
    )
    signs_as: Literal["having_read", "contract_term"] | None = fact(
        _("the wording of the declaration"), need="policy.signed_words", of="policy_owner"
    )
