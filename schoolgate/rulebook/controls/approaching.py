"""Those who wrote something that should not stand, and parents on a learning platform: what are they told?"""

from collections.abc import Iterable
from typing import Any, Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    met,
    obliges,
    permits,
    requires,
    standing_answer,
    unknown,
)
from schoolgate.rulebook.findings import Due, Need
from schoolgate.rulebook.situations.parent_approach import Asked, ParentApproach
from schoolgate.rulebook.situations.platform_admit import PlatformAdmit
from schoolgate.rulebook.situations.posting_withdraw import PostingWithdraw
from schoolgate.rulebook.working_time import after_hours, in_utc


class _AboutParent(Control):
    """A rule on what is done about something offensive or unfitting that a parent wrote."""

    listens_to = ("parent.approach",)

    def judge(self, facts: ParentApproach, settings: NoSettings) -> Iterable[Said]:
        if facts.writer_relation not in (None, "parent"):
            return
        offensive = standing_answer(facts.offensive_or_unfitting)
        if offensive is False:
            return
        if offensive is None:
            yield unknown("offensive_or_unfitting", "handler")
        elif facts.writer_relation is None:
            yield unknown("relation", "handler")
        else:
            yield from self.of_parent(facts, settings)

    def of_parent(self, facts: ParentApproach, settings: Any) -> Iterable[Said]:
        """What the rule says once it is known that a parent wrote something offensive or unfitting."""
        raise TypeError(f"{type(self).__name__} judges nothing")


class ParentAsked(_AboutParent):
    """Was the parent asked to take it down? Settings: action.

    On an account of the school those who run it may take it down as well; which comes first is what the words
    leave open.
    """

    key = "approaching.parent_asked"
    points = ("asked_to_take_down",)

    class Settings(NoSettings):
        action: Literal["ask to remove post"]

    def of_parent(self, facts: ParentApproach, settings: Any) -> Iterable[Said]:
        if facts.asked is None:
            yield unknown("asked_to_take_down", "handler")
        elif _dated(facts.asked):
            yield met("approaching.parent_asked")
        else:
            needs = [Need("request_to_take_down", "handler")]
            if facts.on_official_account is None:
                needs.append(Need("on_official_account", "handler"))
            yield requires("approaching.ask_parent", *needs, turns=facts.on_official_account is True)


class ParentInvited(_AboutParent):
    """Was the parent invited to talk it over face to face? Settings: action."""

    key = "approaching.parent_invited"
    points = ("invited_to_talk",)

    class Settings(NoSettings):
        action: Literal["invite to discuss in person"]

    def of_parent(self, facts: ParentApproach, settings: Any) -> Iterable[Said]:
        if facts.invited is None:
            yield unknown("invited_to_talk", "handler")
        elif _dated(facts.invited):
            yield met("approaching.parent_invited")
        else:
            yield requires("approaching.invite_parent", Need("invitation_to_talk", "handler"))


class ParentReferred(_AboutParent):
    """Was the parent pointed to the complaints procedure, where that was found necessary?

    Settings: condition; owner - whose procedure it is: the federation's, or that of the parent's own school.
    """

    key = "approaching.parent_referred"
    points = ("pointed_to_complaints",)

    class Settings(NoSettings):
        condition: Literal["if necessary"]
        owner: Literal["Federation", "individual school"]

    def of_parent(self, facts: ParentApproach, settings: Any) -> Iterable[Said]:
        if facts.referral_needed is False:
            return
        if facts.referral_needed is None:
            yield unknown("referral_needed", "handler")
            return
        if facts.referrals is None:
            yield unknown("pointed_to_complaints", "handler")
            return
        own_school = settings.owner == "individual school"
        if own_school and facts.school is None:
            yield unknown("parents_school", "handler")
            return
        complete = [one for one in facts.referrals if one.on is not None and one.version]
        if any(not own_school or one.procedure_of == facts.school for one in complete):
            yield met("approaching.parent_referred")
        elif complete:
            yield requires("approaching.wrong_procedure", Need("own_schools_procedure", "handler"))
        else:
            yield requires("approaching.refer_parent", Need("complaints_procedure_sent", "handler"))


class StaffToldToTakeDown(Control):
    """Can staff be told to take down a posting that is held to break the policy, and until when?

    Settings: removal_deadline_hours, None: the policy gives no time; whoever tells them says by when.
    """

    key = "approaching.staff_told"
    listens_to = ("posting.withdraw",)
    points = ("told_to_take_down",)

    class Settings(NoSettings):
        removal_deadline_hours: int | None

    def judge(self, facts: PostingWithdraw, settings: Settings) -> Iterable[Said]:
        breaks = standing_answer(facts.breaks_policy)
        if breaks is False or facts.gone:
            return
        writer = facts.writer.relation if facts.writer is not None else None
        if writer not in (None, "staff"):
            return
        if breaks is None:
            yield unknown("breaks_policy", "decider")
        elif writer is None:
            yield unknown("relation", "office")
        elif facts.told is None:
            yield unknown("told_to_take_down", "decider")
        elif not facts.told:
            yield permits("approaching.staff_may_be_told")
        elif settings.removal_deadline_hours is not None and facts.told_at is not None:
            due = Due(instant=after_hours(facts.told_at, settings.removal_deadline_hours))
            yield obliges("author", "removal", due, "approaching.staff_told")
        elif facts.reply_by is None:
            yield obliges("author", "removal", Due.none_promised(), "approaching.staff_told_no_time")
        else:
            due = Due(instant=in_utc(facts.reply_by))
            yield obliges("author", "removal", due, "approaching.staff_told")


class ToldAcceptableUse(Control):
    """Was a parent told how the learning platform may be used, before posting is switched on?

    Settings: condition - when the rule applies; inform - about what.
    """

    key = "approaching.told_acceptable_use"
    listens_to = ("platform.admit",)
    points = ("told_acceptable_use",)

    class Settings(NoSettings):
        condition: Literal["posting or commenting enabled"]
        inform: Literal["acceptable use"]

    def judge(self, facts: PlatformAdmit, settings: Settings) -> Iterable[Said]:
        if facts.relation not in (None, "parent") or facts.may_post is False:
            return
        if facts.relation is None:
            yield unknown("relation", "office")
        elif facts.may_post is None:
            yield unknown("may_post_on_platform", "office")
        elif facts.told is None:
            yield unknown("told_acceptable_use", "office")
        elif any(one.what == settings.inform and one.at is not None for one in facts.told):
            yield met("approaching.told_acceptable_use")
        else:
            yield requires("approaching.tell_acceptable_use", Need("acceptable_use_notice", "office"))


def _dated(asked: Iterable[Asked]) -> bool:
    return any(one.on is not None for one in asked)
