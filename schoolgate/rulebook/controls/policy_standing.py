"""How the policy stands today: whoever answers for it, its roll-out, its effect, its signature."""

from collections.abc import Iterator
from typing import Literal

from schoolgate.rulebook.controls.base import (
    NOBODY_NAMED,
    Control,
    NoSettings,
    Said,
    breached,
    day_or_unknown,
    met,
    obliges,
    refers,
    requires,
    unknown,
)
from schoolgate.rulebook.controls.scope import ruling_by_key
from schoolgate.rulebook.findings import Due, Need
from schoolgate.rulebook.named_times import days_after
from schoolgate.rulebook.situations.policy_life import Held
from schoolgate.rulebook.situations.policy_status import PolicyStatus


class OwnerInPost(Control):
    """Does somebody hold the post that the policy names for itself? Settings: `role`.

    `vacant`: "breached" where the policy shows without an owner, "waits" where what needs the role waits
    until `named_by` names somebody to act. `several` - what the words leave open where schools have holders
    of their own: whether one acts for all; None where nothing is open.
    """

    key = "status.owner_in_post"
    listens_to = ("policy.status",)
    points = ("owner_in_post", "daily_running")
    plumbing = frozenset({"vacant", "named_by", "several"})

    class Settings(NoSettings):
        role: str
        vacant: Literal["breached", "waits"]
        named_by: str | None
        several: str | None

    def judge(self, facts: PolicyStatus, settings: Settings) -> Iterator[Said]:
        day = day_or_unknown(facts)
        if isinstance(day, Said):
            yield day
            return
        if facts.holders is None:
            yield unknown("policy.role_holders", "office")
            return
        there = [
            one
            for one in facts.holders
            if one.role == settings.role and (one.from_day or day) <= day <= (one.to_day or day)
        ]
        if there:
            yield self._in_post(there, facts, settings)
        elif settings.vacant == "breached":
            yield breached("status.no_owner", role=settings.role)
        else:
            need = Need("policy.acting_holder", settings.named_by or NOBODY_NAMED)
            yield requires("status.vacant", need, turns=False, role=settings.role)

    def _in_post(self, there: list[Held], facts: PolicyStatus, settings: Settings) -> Said:
        schools = {one.school for one in there if one.school is not None}
        open_question = settings.several if len(schools) > 1 else None
        if open_question is not None and ruling_by_key(facts, open_question, settings.named_by) is None:
            return refers("status.several_in_post", settings.named_by or NOBODY_NAMED)
        return met("status.in_post", role=settings.role)


class PutIntoPractice(Control):
    """Is what was planned to put the version into practice done by the days that were set for it?

    Settings: `role` - whose duty it is. The policy sets no days: they are the federation's own choice.
    """

    key = "status.put_into_practice"
    listens_to = ("policy.status",)
    points = ("roll_out",)

    class Settings(NoSettings):
        role: str

    def judge(self, facts: PolicyStatus, settings: Settings) -> Iterator[Said]:
        day = day_or_unknown(facts)
        if isinstance(day, Said):
            yield day
            return
        if facts.roll_out is None:
            yield unknown("policy.roll_out_tasks", "policy_owner")
            return
        if not facts.roll_out:
            yield obliges(settings.role, "policy.roll_out_plan", Due.none_promised(), "status.plan_roll_out")
        for position, task in enumerate(facts.roll_out):
            about = f"roll_out[{position}]"
            if task.done_on is not None:
                yield met("status.rolled_out", about)
            elif task.due is None:
                due = Due.none_promised()
                yield obliges(settings.role, "policy.roll_out_task", due, "status.roll_out", about)
            elif day <= task.due:
                due = Due(day=task.due)
                said = obliges(
                    settings.role, "policy.roll_out_task", due, "status.roll_out_by", about, day=task.due
                )
                said.chosen = True
                yield said
            else:
                said = breached(
                    "status.roll_out_late",
                    about,
                    role=settings.role,
                    day=task.due,
                    days=(day - task.due).days,
                )
                said.chosen = True
                yield said


class PlanReflected(Control):
    """Is the policy found to reflect the plan in force of each of these schools?

    Settings: `aligned_with` - what the plan is; `schools`. Where a plan has been replaced since, whoever
    found it so has to look again.
    """

    key = "status.plan_reflected"
    listens_to = ("policy.status",)
    points = ("plan_reflected",)

    class Settings(NoSettings):
        aligned_with: Literal["school development plan"]
        schools: tuple[str, ...]

    def judge(self, facts: PolicyStatus, settings: Settings) -> Iterator[Said]:
        if facts.plans is None:
            yield unknown("policy.school_plans", "policy_owner")
            return
        for school in settings.schools:
            about = f"school:{school}"
            plans = [one for one in facts.plans if one.school == school]
            if not plans:
                yield requires(
                    "status.no_plan", Need("policy.school_plans", "policy_owner"), about=about, school=school
                )
                continue
            plan = max(plans, key=lambda one: one.dated)
            if plan.confirmed_for is not None and plan.confirmed_for >= plan.dated:
                yield met("status.plan_reflected", about)
            else:
                yield requires(
                    "status.plan_replaced" if plan.confirmed_for else "status.plan_not_checked",
                    Need("policy.plan_confirmed", "policy_owner"),
                    about=about,
                    school=school,
                )


class EffectMeasured(Control):
    """Does the report on putting the policy into practice count what shows its effect?

    Settings: `measures` - what is counted; `role` - who owes the report.
    """

    key = "status.effect_measured"
    listens_to = ("policy.status",)
    points = ("effect_measured",)

    class Settings(NoSettings):
        measures: tuple[str, ...]
        role: str

    def judge(self, facts: PolicyStatus, settings: Settings) -> Iterator[Said]:
        if facts.measured is None:
            yield unknown("policy.policy_measures", "policy_owner")
            return
        missing = [one for one in settings.measures if one not in facts.measured]
        if missing:
            due = Due.none_promised()
            yield obliges(
                settings.role,
                "policy.policy_report",
                due,
                "status.not_measured",
                missing=[f"measure.{one}" for one in missing],
            )
        else:
            yield met("status.measured")


class Signed(Control):
    """Is there a signature where the authorisation has its place for one? Settings: `field`; `role`."""

    key = "status.signed"
    listens_to = ("policy.status",)
    points = ("authorisation_signature",)

    class Settings(NoSettings):
        field: Literal["signature"]
        role: str

    def judge(self, facts: PolicyStatus, settings: Settings) -> Iterator[Said]:
        if facts.authorisation_signed is None:
            yield unknown("policy.authorisation_signed", "policy_owner")
        elif facts.authorisation_signed:
            yield met("status.signed")
        else:
            due = Due.none_promised()
            yield obliges(
                settings.role, "policy.authorisation_signature", due, "status.unsigned", role=settings.role
            )


class PracticeWatched(Control):
    """Is somebody keeping an eye on how the policy works?

    Settings: `role`; `monitoring_interval_days` - None where the policy names no number: then the days that
    the federation chose count, and without a choice looking is owed and no time is promised.
    """

    key = "status.practice_watched"
    listens_to = ("policy.status",)
    points = ("practice_watched",)

    class Settings(NoSettings):
        monitoring_interval_days: int | None
        role: str

    def judge(self, facts: PolicyStatus, settings: Settings) -> Iterator[Said]:
        day = day_or_unknown(facts)
        if isinstance(day, Said):
            yield day
            return
        chosen = facts.look_every_days
        if chosen is not None and chosen.from_day is not None and day < chosen.from_day:
            chosen = None
        days = settings.monitoring_interval_days or (chosen.number if chosen else None)
        if days is None:
            due = Due.none_promised()
            yield obliges(settings.role, "policy.look_at_practice", due, "status.look", role=settings.role)
            return
        if facts.looked_on is None:
            said = breached("status.never_looked", role=settings.role)
        elif day <= (last := days_after(facts.looked_on, days)):
            due = Due(day=last)
            said = obliges(
                settings.role, "policy.look_at_practice", due, "status.look_by", role=settings.role, day=last
            )
        else:
            said = breached("status.not_looked", role=settings.role, day=last, days=days)
        said.chosen = settings.monitoring_interval_days is None
        yield said


class RisksLowered(Control):
    """Was a change put forward for each risk that was seen? Settings: `role` - who puts it forward."""

    key = "status.risks_lowered"
    listens_to = ("policy.status",)
    points = ("risks_lowered",)

    class Settings(NoSettings):
        role: str

    def judge(self, facts: PolicyStatus, settings: Settings) -> Iterator[Said]:
        if facts.risks is None:
            yield unknown("policy.risks_seen", "policy_owner")
            return
        for position, risk in enumerate(facts.risks):
            about = f"risks[{position}]"
            if risk.proposal_on is not None:
                yield met("status.change_proposed", about)
            else:
                due = Due.none_promised()
                yield obliges(settings.role, "policy.propose_change", due, "status.propose_change", about)
