"""Mistakes on an account, advice about one, and its abuse: what those who run it have to do and tell."""

from collections.abc import Iterable
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    breached,
    met,
    obliges,
    requires,
    unknown,
)
from schoolgate.rulebook.controls.incidents_telling import (
    REPORTER,
    Rule,
    by_route,
    fixed,
    gap,
    telling,
    time_is_up,
    told_roles,
)
from schoolgate.rulebook.findings import Due, Need
from schoolgate.rulebook.situations.incident_conclude import IncidentConclude
from schoolgate.rulebook.situations.incident_report import IncidentReport
from schoolgate.rulebook.working_time import in_utc

ACCOUNT_TEAM = "account_team"


class MistakeReported(Control):
    """Was a mistake on an account reported by the schools' own route? Settings: duty, route."""

    key = "incident.mistake_reported"
    listens_to = ("incident.report",)
    points = ("mistake_reported",)

    class Settings(NoSettings):
        duty: Literal["report mistakes"]
        route: str

    def judge(self, facts: IncidentReport, settings: Settings) -> Iterable[Said]:
        if facts.kinds is None:
            yield unknown("incident.kinds", REPORTER)
        elif "mistake" in facts.kinds:
            yield from by_route(facts, ACCOUNT_TEAM, "incident.mistake")


class AdviceSought(Control):
    """Has somebody who runs an account and is unsure asked another for advice?

    Settings: duty. By which route is left open by the words."""

    key = "incident.advice_sought"
    listens_to = ("incident.report",)
    points = ("advice_sought",)

    class Settings(NoSettings):
        duty: Literal["seek advice"]

    def judge(self, facts: IncidentReport, settings: Settings) -> Iterable[Said]:
        if facts.kinds is None:
            yield unknown("incident.kinds", REPORTER)
        elif "unsure" in facts.kinds:
            if facts.told is None:
                yield unknown("incident.told", REPORTER)
            elif any(facts.by is None or one.key != facts.by.key for one in facts.told):
                yield met("incident.advice_asked")
            else:
                yield obliges(ACCOUNT_TEAM, "incident.ask_advice", Due.none_promised(), "incident.ask_advice")


class AccountPutRight(Control):
    """Was the abuse of a sanctioned account undone at once?

    Settings: deadline, deadline_hours: 0, counted from when it was noticed."""

    key = "incident.account_put_right"
    listens_to = ("incident.report",)
    points = ("account_put_right",)

    class Settings(NoSettings):
        deadline: Literal["immediately"]
        deadline_hours: Literal[0]

    def judge(self, facts: IncidentReport, settings: Settings) -> Iterable[Said]:
        if facts.kinds is None:
            yield unknown("incident.kinds", REPORTER)
        elif "account_abuse" not in facts.kinds:
            return
        elif facts.put_right is None:
            yield unknown("incident.put_right", ACCOUNT_TEAM)
        elif facts.put_right:
            yield met("incident.account_was_put_right")
        else:
            due = _at_once(facts)
            yield obliges(ACCOUNT_TEAM, "incident.put_right", due, "incident.put_account_right")
            if time_is_up(due, facts.noticed_at, facts.now):
                yield fixed(breached("incident.account_not_put_right", **gap(facts.noticed_at, facts.now)))


class AccountAbuseReported(Control):
    """Was the abuse of a sanctioned account reported to senior people at once, and are they named at closing?

    Settings: role, minimum_people of it; deadline, deadline_hours: 0."""

    key = "incident.account_abuse_reported"
    listens_to = ("incident.report", "incident.conclude")
    points = ("senior_told",)

    class Settings(NoSettings):
        role: str
        minimum_people: int
        deadline: Literal["immediately"]
        deadline_hours: Literal[0]

    def judge(self, facts: IncidentReport | IncidentConclude, settings: Settings) -> Iterable[Said]:
        if facts.kinds is None:
            yield unknown("incident.kinds", REPORTER)
        elif "account_abuse" not in facts.kinds:
            return
        elif facts.told is None:
            yield unknown("incident.told", REPORTER)
        elif isinstance(facts, IncidentReport):
            if len(told_roles(facts.told, (settings.role,))) >= settings.minimum_people:
                rule = self._rule(facts, settings)
                yield from telling(facts, rule)
            else:
                yield from telling(facts.model_copy(update={"told": ()}), self._rule(facts, settings))
        elif len(told_roles(facts.told, (settings.role,))) >= settings.minimum_people:
            yield met("incident.told", roles=(settings.role,))
        else:
            yield requires(
                "incident.name_who_was_told",
                Need("incident.told", "incident.handler"),
                roles=(settings.role,),
            )

    @staticmethod
    def _rule(facts: IncidentReport, settings: Settings) -> Rule:
        return Rule(
            REPORTER, "incident.report", "incident.account_abuse_to", (settings.role,), _at_once(facts)
        )


def _at_once(facts: IncidentReport) -> Due:
    """Due when it was noticed; no time is told where that is not known."""
    return Due(instant=in_utc(facts.noticed_at)) if facts.noticed_at else Due.none_promised()
