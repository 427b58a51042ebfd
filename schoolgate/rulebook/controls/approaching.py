"""Those who wrote something that should not stand, and parents on a learning platform: what are they told?"""

from collections.abc import Iterable
from typing import Literal

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
from schoolgate.rulebook.situations.platform_admit import PlatformAdmit
from schoolgate.rulebook.situations.posting_withdraw import PostingWithdraw
from schoolgate.rulebook.working_time import after_hours, in_utc


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
