"""A child has to do with it, or the law was broken: who is told at once?"""

from collections.abc import Iterable, Iterator
from typing import Literal

from schoolgate.rulebook.clashes import in_force
from schoolgate.rulebook.controls.base import (
    NOBODY_NAMED,
    Control,
    NoSettings,
    Said,
    refers,
    unknown,
)
from schoolgate.rulebook.controls.incidents_telling import (
    REPORTER,
    Rule,
    telling,
)
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.situations.incident_report import IncidentReport
from schoolgate.rulebook.working_time import in_utc

TO_SAFEGUARDING = ("sent_to_own_account", "improper_communication")


class ChildReported(Control):
    """Did what a child sent, or improper communication with one, go to the safeguarding officer?

    Settings: role. `of`: which of the two the clause speaks of. `tension`: where the words make no exception
    for a child of the reporter's own family, the ruling that does or does not; None where they leave nothing
    open."""

    key = "incident.child_reported"
    listens_to = ("incident.report",)
    points = ("safeguarding_officer_told",)
    plumbing = frozenset({"of", "tension"})

    class Settings(NoSettings):
        of: Literal["sent_to_own_account", "improper_communication"]
        role: str
        tension: str | None

    def judge(self, facts: IncidentReport, settings: Settings) -> Iterable[Said]:
        if facts.child is None:
            yield unknown("incident.child", REPORTER)
        elif settings.of in facts.child:
            if settings.tension is not None and facts.child_is_family is not False:
                yield from _family(facts, settings.tension)
                if _excepted(facts, settings.tension):
                    return
            yield from telling(facts, _to_safeguarding(settings.role, settings.of))


class ChildReportedAtOnce(Control):
    """Was such a report about a child made at once?

    Settings: role; deadline, deadline_hours: 0; `tension` as of ChildReported."""

    key = "incident.child_reported_at_once"
    listens_to = ("incident.report",)
    points = ("safeguarding_officer_told",)
    plumbing = frozenset({"tension"})

    class Settings(NoSettings):
        role: str
        deadline: Literal["immediately"]
        deadline_hours: Literal[0]
        tension: str

    def judge(self, facts: IncidentReport, settings: Settings) -> Iterable[Said]:
        of = next((one for one in TO_SAFEGUARDING if one in (facts.child or ())), None)
        if of is None or facts.told is None or facts.noticed_at is None:
            return
        if "improper_communication" not in (facts.child or ()) and _excepted(facts, settings.tension):
            return
        due = Due(instant=in_utc(facts.noticed_at))
        yield from telling(facts, _to_safeguarding(settings.role, "at_once")._replace(due=due))


def _to_safeguarding(role: str, of: str) -> Rule:
    return Rule(REPORTER, "incident.report_child", f"incident.child_{of}", (role,))


def _family(facts: IncidentReport, tension: str) -> Iterator[Said]:
    """What is said where the child may be of the reporter's own family and nothing was ruled."""
    if facts.child_is_family is None:
        yield unknown("incident.child_is_family", REPORTER)
    elif not any(one.tension == tension and in_force(one, facts) for one in facts.rulings):
        yield refers("incident.own_family_open", NOBODY_NAMED)


def _excepted(facts: IncidentReport, tension: str) -> bool:
    return any(
        one.tension == tension and one.allows and in_force(one, facts) and facts.child_is_family is True
        for one in facts.rulings
    )
