"""Somebody is about to do something on social media at work: what does the policy want borne in mind?"""

from typing import Literal

from schoolgate.rulebook.facts import Act, Attested, Tri, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment
from schoolgate.rulebook.situations.policy_life import Paper

Doing = Literal["write", "share", "make_site", "decide_request"]


@moment(
    "policy.remind",
    _("Before somebody starts"),
    "child_safety child_duties best_for_child safeguarding_law it_rules trust_in_school",
)
class PolicyRemind(Act, asked_of="decider", prefix="policy."):
    """`doing`: what. `children_shown`: children are to be seen or named. `for_children`: the site is made for
    them. `about_child`: the request that is decided is about a child; `best_for_child`: the decider's
    word that what is decided is best for that child. `school_decision`: what is written tells of a decision
    of the school. `official`: on an official account. `papers`: others, with whether they are on file."""

    doing: Doing | None = fact(_("what somebody is about to do"), of="policy_asker")
    official: Tri = fact(need="account_is_official", of="moderator")
    children_shown: Tri = None
    for_children: Tri = None
    about_child: Tri = fact(_("whether it is about a child"))
    best_for_child: Attested | None = fact(_("what is best for the child"), say="remind.best_for_child_open")
    school_decision: Tri = None
    papers: tuple[Paper, ...] | None = fact(
        _("the text in force of that paper"), need="policy.paper", of="office"
    )
