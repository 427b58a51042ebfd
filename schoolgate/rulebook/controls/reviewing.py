"""A review of the policy: who may set it, and what it has to say before it is closed."""

from collections.abc import Iterator
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    met,
    permits,
    requires,
    unknown,
)
from schoolgate.rulebook.controls.steps import AtStep
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.policy_review import PolicyReview


class ByNeed(Control):
    """May a review be set by need instead of the calendar?

    Settings: `trigger` - when; `roles` - who set it, all of them. It needs a reason.
    """

    key = "review.by_need"
    listens_to = ("policy.review",)
    points = ("review_by_need",)

    class Settings(NoSettings):
        trigger: Literal["as deemed appropriate"]
        roles: tuple[str, ...]

    def judge(self, facts: PolicyReview, settings: Settings) -> Iterator[Said]:
        if facts.kind != "by_need":
            if facts.kind is None:
                yield unknown("policy.review_kind", "policy_owner")
            return
        if facts.set_by is None:
            yield unknown("policy.review_set_by", "policy_owner")
            return
        missing = [role for role in settings.roles if role not in facts.set_by]
        for role in missing:
            yield requires(
                "review.set_by_both",
                Need("policy.review_set", role),
                about=role,
                role=role,
                roles=settings.roles,
            )
        if not missing and not (facts.reason or "").strip():
            yield requires("review.no_reason", Need("policy.review_reason", "policy_owner"))
        elif not missing:
            yield permits("review.by_need")


class _Closing(AtStep):
    step_fact = "act"
    step_known_by = "policy_owner"
    steps = ("close",)


class LawMet(_Closing):
    """Was it looked into whether the policy meets the law, with result, name and day, before the close?"""

    key = "review.law_met"
    listens_to = ("policy.review",)
    points = ("law_met",)

    def judge_step(self, facts: PolicyReview, settings: NoSettings) -> Iterator[Said]:
        looked = facts.law
        if looked is None or not (looked.by and looked.on and (looked.result or "").strip()):
            yield requires("review.law_open", Need("policy.law_checked", "policy_owner"))
        else:
            yield met("review.law_checked", day=looked.on)


class GoodPractice(_Closing):
    """Does the review name what the policy was compared with, so that it reflects good practice?"""

    key = "review.good_practice"
    listens_to = ("policy.review",)
    points = ("good_practice_met",)

    def judge_step(self, facts: PolicyReview, settings: NoSettings) -> Iterator[Said]:
        if facts.practice is None or not facts.practice.compared_with:
            yield requires("review.practice_open", Need("policy.practice_compared", "policy_owner"))
        else:
            yield met("review.practice_compared")


class NewTechnology(Control):
    """Does the review say a word on each tool that came up since the last one? Settings: `reason`."""

    key = "review.new_technology"
    listens_to = ("policy.review",)
    points = ("technology",)

    class Settings(NoSettings):
        reason: Literal["fast moving technology"]

    def judge(self, facts: PolicyReview, settings: Settings) -> Iterator[Said]:
        if facts.new_tools is None:
            yield unknown("policy.new_tools", "policy_owner")
            return
        for position, tool in enumerate(facts.new_tools):
            about = f"new_tools[{position}]"
            if (tool.answered or "").strip():
                yield met("review.tool_answered", about)
            else:
                yield requires("review.tool_open", Need("policy.tool_answered", "policy_owner"), about=about)
