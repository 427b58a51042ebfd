"""Somebody is about to do something on social media at work: what does the policy want borne in mind?"""

from typing import Literal

from schoolgate.rulebook.facts import Attested, Facts, Person, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.policy_life import Paper

Doing = Literal["write", "share", "make_site", "decide_request"]


class PolicyRemind(Facts):
    """`doing`: what. `children_shown`: children are to be seen or named. `for_children`: the site is made for
    them. `about_child`: the request that is decided is about a child; `best_for_child`: the decider's
    word that what is decided is best for that child. `school_decision`: what is written tells of a decision
    of the school. `official`: on an official account. `papers`: others, with whether they are on file."""

    doing: Doing | None = None
    by: Person | None = None
    official: Tri = None
    children_shown: Tri = None
    for_children: Tri = None
    about_child: Tri = None
    best_for_child: Attested | None = None
    school_decision: Tri = None
    papers: tuple[Paper, ...] | None = None

    @property
    def actor(self) -> Person | None:
        """Who is about to do it."""
        return self.by


POLICY_REMIND = Situation(
    key="policy.remind",
    title=gettext_noop("Before somebody starts"),
    facts=PolicyRemind,
    points=points("child_safety child_duties best_for_child safeguarding_law it_rules trust_in_school"),
)
