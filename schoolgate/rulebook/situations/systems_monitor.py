"""Somebody wants to look at what was done on the school's systems, or to keep or pass on what was found."""

from typing import Literal

from schoolgate.rulebook.facts import Day, Facts, Name, Person, Text, Tri, Whole
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points

MonitorAct = Literal[
    "access", "inspect", "review", "retrieve", "record", "disclose", "print", "retain", "delete",
    "intercept", "log keystrokes", "watch the network",
]  # fmt: skip
MonitorObject = Literal[
    "transactions", "messages", "communications", "postings", "log-ins", "recordings", "other uses"
]


class SystemsMonitor(Facts):
    """`by` wants to do `act` to `object`. `of_staff`: what a member of staff did is looked at; `on_systems`:
    it was done on the school's systems; `when`: in which time of the person. `by_program`: this program would
    do it by itself. `purpose`: what for; `case_or_rule`: the case or the rule that is looked into;
    `business_need`: the need, as written down; `second_person`: the key of somebody else who agreed.

    `policy_named`: the standing policy on which the request rests, "" for none; `policy_of`: whose it
    is. `notice_seen`: whether the
    person looked at has seen the present notice of monitoring. `range_from`, `range_to`: the days asked for;
    `case_from`, `case_to`: the days of the case. `recipient`, `reason`, `legal_basis`: of a passing on.
    `retention_days`: how long a copy is kept, as the federation set it; `copied_on`: since when this one is;
    `kept_for_case`: it is wanted for an
    open case or an open request. `assessment_on`: the day of an impact assessment, `assessment_by` who
    approved it."""

    by: Person | None = None
    act: MonitorAct | None = None
    object: MonitorObject | None = None
    of_staff: Tri = None
    on_systems: Tri = None
    when: Literal["on duty at work", "off duty at work", "away from work"] | None = None
    by_program: Tri = None
    purpose: Literal["rule compliance", "legitimate business purpose", "other"] | None = None
    case_or_rule: Name | None = None
    business_need: Text | None = None
    second_person: Name | None = None
    policy_named: str | None = None
    policy_of: Literal["Federation policies", "individual school policies"] | None = None
    notice_seen: Tri = None
    range_from: Day | None = None
    range_to: Day | None = None
    case_from: Day | None = None
    case_to: Day | None = None
    recipient: Name | None = None
    reason: Text | None = None
    legal_basis: Text | None = None
    retention_days: Whole | None = None
    copied_on: Day | None = None
    kept_for_case: Tri = None
    assessment_on: Day | None = None
    assessment_by: Name | None = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


SYSTEMS_MONITOR = Situation(
    key="systems.monitor",
    title=gettext_noop("Somebody wants to look at what was done on the school's systems"),
    facts=SystemsMonitor,
    points=points(
        """
        monitoring monitoring_policy monitoring_notice monitoring_purpose monitoring_range interception
        keystrokes network_watching copies passing_on deleting_copies
        """
    ),
)
