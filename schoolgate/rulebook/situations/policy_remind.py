"""Somebody is about to do something on social media at work: what does the policy want borne in mind?"""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Act, Ask, Attested, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.policy_life import Paper

Doing = Literal["write", "share", "make_site", "decide_request"]


class PolicyRemind(Act):
    """`doing`: what. `children_shown`: children are to be seen or named. `for_children`: the site is made for
    them. `about_child`: the request that is decided is about a child; `best_for_child`: the decider's
    word that what is decided is best for that child. `school_decision`: what is written tells of a decision
    of the school. `official`: on an official account. `papers`: others, with whether they are on file."""

    doing: Annotated[
        Doing | None, Ask("policy.doing", "policy_asker", gettext_noop("what somebody is about to do"))
    ] = None
    official: Annotated[Tri, Ask("account_is_official", "moderator")] = None
    children_shown: Tri = None
    for_children: Tri = None
    about_child: Annotated[
        Tri, Ask("policy.about_child", "decider", gettext_noop("whether it is about a child"))
    ] = None
    best_for_child: Annotated[
        Attested | None,
        Ask(
            "policy.best_for_child",
            "decider",
            gettext_noop("what is best for the child"),
            say="remind.best_for_child_open",
        ),
    ] = None
    school_decision: Tri = None
    papers: Annotated[
        tuple[Paper, ...] | None,
        Ask("policy.paper", "office", gettext_noop("the text in force of that paper")),
    ] = None


POLICY_REMIND = Situation(
    key="policy.remind",
    title=gettext_noop("Before somebody starts"),
    facts=PolicyRemind,
    points=points("child_safety child_duties best_for_child safeguarding_law it_rules trust_in_school"),
)
