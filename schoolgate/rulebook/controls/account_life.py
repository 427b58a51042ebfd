"""How an account is looked after: proposals that wait, freshness."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated, NamedTuple

from pydantic import Field

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    advises,
    breached,
    day_or_unknown,
    met,
    obliges,
    unknown,
)
from schoolgate.rulebook.facts import Facts
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.situations.account_awaits import AccountAwaits
from schoolgate.rulebook.situations.account_status import AccountStatus
from schoolgate.rulebook.situations.choice import DaysChosen

Days = Annotated[int, Field(ge=1)]


class DecisionOwed(Control):
    """Does a proposal still wait for its yes or no, and who owes it by when?

    Settings: `role` owes it; `decision_deadline_days` - whole days from the day of handing in, None where the
    policy gives no number. Then the federation's own number counts, where it chose one.
    """

    key = "account.decision_owed"
    listens_to = ("account.awaits",)
    points = ("decision_owed",)

    class Settings(NoSettings):
        role: str
        decision_deadline_days: Days | None

    def judge(self, facts: AccountAwaits, settings: Settings) -> Iterator[Said]:
        if facts.decided is None:
            yield unknown("decision", "office")
        elif facts.decided:
            yield met("awaits.decided")
        elif facts.received_on is None or facts.day is None:
            yield unknown("proposal_received_on" if facts.received_on is None else "day", "office")
        else:
            waited = (facts.day - facts.received_on).days
            limit, role = _limit(settings.decision_deadline_days, facts.decide_within, facts), settings.role
            if limit is None:
                yield obliges(role, "decision", Due.none_promised(), "awaits.undecided", days=waited)
            else:
                day = facts.received_on + timedelta(days=limit.days)
                owed = obliges(role, "decision", Due(day=day), "awaits.undecided_by", days=waited, day=day)
                yield limit.mark(owed)


class KeptFresh(Control):
    """Is the account kept fresh?

    Settings: `stale_after_days` - after how many days without a post it is not, None where the policy
    gives no number; then the federation's own counts, where it chose one. `who` is to see to it.
    """

    key = "account.kept_fresh"
    listens_to = ("account.status",)
    points = ("kept_fresh",)
    plumbing = frozenset({"who"})

    class Settings(NoSettings):
        stale_after_days: Days | None
        who: str

    def judge(self, facts: AccountStatus, settings: Settings) -> Iterator[Said]:
        day = day_or_unknown(facts)
        if isinstance(day, Said):
            yield day
        elif facts.last_post_on is None:
            yield unknown("account.last_post_on", "office")
        else:
            quiet = (day - facts.last_post_on).days
            limit = _limit(settings.stale_after_days, facts.stale_after, facts)
            if limit is None:
                yield advises("upkept.days_since_post", days=quiet)
            elif quiet < limit.days:
                yield met("upkept.fresh", days=quiet)
            else:
                due = Due.none_promised()
                yield limit.mark(obliges(settings.who, "fresh_content", due, "upkept.stale", days=quiet))


class NotLeftAlone(Control):
    """Is the account left to itself: comments unanswered, no post, and no visit of a moderator?

    Settings: `neglected_after_days` - after how many days without a post and without a visit it is, None
    where the policy gives no number; then the federation's own counts, where it chose one.
    """

    key = "account.not_left_alone"
    listens_to = ("account.status",)
    points = ("not_left_alone",)

    class Settings(NoSettings):
        neglected_after_days: Days | None

    def judge(self, facts: AccountStatus, settings: Settings) -> Iterator[Said]:
        if facts.unanswered == 0:
            yield met("upkept.nothing_waits")
            return
        for name in ("unanswered", "last_post_on", "last_visit_on"):
            if getattr(facts, name) is None:
                yield unknown(f"account.{name}", "office")
                return
        day = day_or_unknown(facts)
        if isinstance(day, Said) or facts.last_post_on is None or facts.last_visit_on is None:
            yield day if isinstance(day, Said) else unknown("account.last_visit_on", "office")
            return
        quiet = (day - max(facts.last_post_on, facts.last_visit_on)).days
        limit = _limit(settings.neglected_after_days, facts.neglected_after, facts)
        if limit is None:
            yield advises("upkept.days_alone", days=quiet)
        elif quiet < limit.days:
            yield met("upkept.looked_after", days=quiet)
        else:
            yield limit.mark(breached("upkept.left_alone", days=quiet, number=facts.unanswered))


class _Limit(NamedTuple):
    """A number of days, and whether the federation chose it."""

    days: int
    chosen: bool

    def mark(self, said: Said) -> Said:
        """The saying, as resting on a choice where it does."""
        said.chosen = self.chosen
        return said


def _limit(stated: int | None, choice: DaysChosen | None, facts: Facts) -> _Limit | None:
    """The policy's own number of days, else the one that the federation chose and that is in force."""
    if stated is not None:
        return _Limit(stated, chosen=False)
    if choice is None or (choice.from_day and (facts.day is None or facts.day < choice.from_day)):
        return None
    return _Limit(choice.days, chosen=True)
