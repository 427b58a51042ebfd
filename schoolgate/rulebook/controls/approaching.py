"""Staff who posted something that should not stand: what are they told?"""

from collections.abc import Iterable

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    obliges,
    permits,
    standing_answer,
    unknown,
)
from schoolgate.rulebook.findings import Due
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
