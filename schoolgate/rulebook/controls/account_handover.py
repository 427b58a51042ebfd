"""Somebody who runs an account leaves: who runs the handover, how it ends, what stays with the school."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    forbids,
    met,
    obliges,
    requires,
    unknown,
)
from schoolgate.rulebook.facts import Day
from schoolgate.rulebook.findings import Due, Need
from schoolgate.rulebook.situations.account_lead_left import AccountLeadLeft, Leader


class RunsTheHandover(Control):
    """Who runs the handover when somebody who leads an account leaves?

    Settings: `controller_role` runs it; `one_who_stays` - whether it is a leader of the account who stays, so
    that nobody is there to do it where all of them leave. The policy promises no day. From the day after the
    last one the account has no lead, where no other leader stays and the handover is not done.
    """

    key = "handover.controller"
    listens_to = ("account.lead_left",)
    points = ("handover",)
    plumbing = frozenset({"one_who_stays"})

    class Settings(NoSettings):
        controller_role: str
        one_who_stays: bool

    def judge(self, facts: AccountLeadLeft, settings: Settings) -> Iterator[Said]:
        leaver = the_leaver(facts)
        if isinstance(leaver, Said):
            yield leaver
            return
        day, others = leaver
        staying = [one for one in others if one.leaves_on is None]
        if _is_done(facts):
            yield met("handover.done")
            return
        if settings.one_who_stays and not staying:
            message = "handover.all_leave" if others else "handover.was_the_only_one"
            need = Need("handover_controller", "federation")
            yield requires(message, need, turns=not others, role=settings.controller_role)
            return
        role = settings.controller_role
        yield obliges(role, "handover", Due.none_promised(), "handover.to_run", day=day)
        if not staying and facts.day is None:
            yield unknown("day", "office")
        elif not staying and facts.day is not None and facts.day > day:
            yield requires("handover.no_lead", Need("handover", role), role=role)


class HandoverEnds(Control):
    """May the handover end like this? Settings: `outcomes` - the ends that the policy knows."""

    key = "handover.ends"
    listens_to = ("account.lead_left",)
    points = ("handover_result",)

    class Settings(NoSettings):
        outcomes: tuple[Literal["close", "transfer"], ...]

    def judge(self, facts: AccountLeadLeft, settings: Settings) -> Iterator[Said]:
        if facts.ends is None:
            return
        if facts.ends not in settings.outcomes:
            yield forbids("handover.not_as_it_is")
        elif facts.ends == "transfer" and facts.new_lead is None:
            yield requires("handover.to_whom", Need("new_lead", "runner"))
        elif facts.ends == "close" and facts.closed_on is None:
            yield requires("handover.closed_when", Need("closed_on", "runner"))
        else:
            yield met("handover.done")


class LookedAfter(Control):
    """When somebody leaves, is it known who follows them in running the account? Settings: `who` names
    one."""

    key = "handover.looked_after"
    listens_to = ("account.lead_left",)
    points = ("looked_after",)
    plumbing = frozenset({"who"})

    class Settings(NoSettings):
        who: str

    def judge(self, facts: AccountLeadLeft, settings: Settings) -> Iterator[Said]:
        leaver = the_leaver(facts)
        if isinstance(leaver, Said):
            yield leaver
        elif facts.successor is not None or _is_done(facts):
            yield met("handover.successor_named")
        else:
            day, others = leaver
            left = sum(1 for one in others if one.leaves_on is None or one.leaves_on > day)
            after = day + timedelta(days=1)
            due = Due.none_promised()
            yield obliges(settings.who, "successor", due, "handover.successor", number=left, day=after)


class StaysWithSchool(Control):
    """Would the leaver take anything along that is the school's?"""

    key = "handover.stays_with_school"
    listens_to = ("account.lead_left",)
    points = ("stays_with_school",)

    def judge(self, facts: AccountLeadLeft, settings: NoSettings) -> Iterator[Said]:
        if facts.leaver_keeps is None:
            yield unknown("leaver_keeps", "runner")
        elif facts.leaver_keeps:
            what = tuple(f"kept.{one}" for one in facts.leaver_keeps)
            yield forbids("handover.is_the_schools", what=what)
        else:
            yield met("handover.all_stays")


def the_leaver(facts: AccountLeadLeft) -> tuple[Day, list[Leader]] | Said:
    """The leaver's last day and the other leaders; a saying where one of these is not known."""
    if facts.leaders is None or facts.leaver is None:
        return unknown("leaders" if facts.leaders is None else "leaver", "office")
    leaving = next((one for one in facts.leaders if one.key == facts.leaver), None)
    if leaving is None or leaving.leaves_on is None:
        return unknown("leaving_day", "office")
    return leaving.leaves_on, [one for one in facts.leaders if one.key != facts.leaver]


def _is_done(facts: AccountLeadLeft) -> bool:
    """Whether the account is shut or in new hands."""
    if facts.ends == "close":
        return facts.closed_on is not None
    return facts.ends == "transfer" and facts.new_lead is not None
