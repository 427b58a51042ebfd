"""What the policy wants borne in mind before somebody writes, shares, makes a site or decides a request."""

from collections.abc import Iterator

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    advises,
    forbids,
    met,
    requires,
    standing_answer,
    unknown,
)
from schoolgate.rulebook.controls.steps import AtStep
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.policy_remind import PolicyRemind


class ChildSafety(Control):
    """Is whoever shows children told first of the standing commitment to keep them safe?"""

    key = "remind.child_safety"
    listens_to = ("policy.remind",)
    points = ("child_safety",)

    def judge(self, facts: PolicyRemind, settings: NoSettings) -> Iterator[Said]:
        if facts.children_shown is not False:
            yield advises("remind.child_safety")


class ChildDuties(Control):
    """Is whoever makes a site for children told of the duties to them?"""

    key = "remind.child_duties"
    listens_to = ("policy.remind",)
    points = ("child_duties",)

    def judge(self, facts: PolicyRemind, settings: NoSettings) -> Iterator[Said]:
        if facts.doing in (None, "make_site") and facts.for_children is not False:
            yield advises("remind.child_duties")


class _Doing(AtStep):
    step_fact = "doing"
    step_known_by = "policy_asker"


class BestForChild(_Doing):
    """Has whoever decides a request about a child said that what is decided is best for that child?"""

    key = "remind.best_for_child"
    listens_to = ("policy.remind",)
    points = ("best_for_child",)
    attested = True
    steps = ("decide_request",)

    def judge_step(self, facts: PolicyRemind, settings: NoSettings) -> Iterator[Said]:
        if facts.about_child is None:
            yield unknown("policy.about_child", "decider")
            return
        if not facts.about_child:
            return
        best = standing_answer(facts.best_for_child)
        if best is None:
            yield requires("remind.best_for_child_open", Need("policy.best_for_child", "decider"))
        elif best:
            yield met("remind.best_for_child")
        else:
            yield forbids("remind.not_best_for_child")


class SafeguardingLaw(Control):
    """Is whoever shares something told that the law on protecting vulnerable people reaches it?

    Settings: `law` - its name.
    """

    key = "remind.safeguarding_law"
    listens_to = ("policy.remind",)
    points = ("safeguarding_law",)

    class Settings(NoSettings):
        law: str

    def judge(self, facts: PolicyRemind, settings: Settings) -> Iterator[Said]:
        if facts.doing in (None, "share"):
            yield advises("remind.safeguarding_law", law=settings.law)


class ItRules(_Doing):
    """Is the acceptable use policy for IT there to be looked up by those who run an account?

    Settings: `refer_to` - its name.
    """

    key = "remind.it_rules"
    listens_to = ("policy.remind",)
    points = ("it_rules",)
    steps = ("write",)

    class Settings(NoSettings):
        refer_to: str

    def judge_step(self, facts: PolicyRemind, settings: Settings) -> Iterator[Said]:
        if facts.official is False:
            return
        if facts.official is None:
            yield unknown("account_is_official", "moderator")
        elif facts.papers is None:
            yield unknown("policy.paper", "office")
        elif any(one.name == settings.refer_to and one.on_file for one in facts.papers):
            yield advises("remind.it_rules", paper=settings.refer_to)
        else:
            yield requires("remind.it_rules_missing", Need("policy.paper", "office"), paper=settings.refer_to)


class TrustInSchool(Control):
    """Is whoever tells of a decision of the school told that people must be able to trust what it says?

    Settings: `audiences` - who must be able to.
    """

    key = "remind.trust_in_school"
    listens_to = ("policy.remind",)
    points = ("trust_in_school",)

    class Settings(NoSettings):
        audiences: tuple[str, ...]

    def judge(self, facts: PolicyRemind, settings: Settings) -> Iterator[Said]:
        if facts.doing in (None, "write") and facts.school_decision is not False:
            yield advises("remind.trust_in_school", whom=[f"audience.{one}" for one in settings.audiences])
