"""A child has to do with it, or the law was broken: who is told at once?"""

from collections.abc import Iterable, Iterator
from typing import Literal

from schoolgate.rulebook.clashes import in_force
from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    breached,
    met,
    obliges,
    refers,
    requires,
    unknown,
)
from schoolgate.rulebook.controls.incidents_telling import (
    REPORTER,
    Rule,
    changed,
    chosen_due,
    gap,
    is_late,
    telling,
    time_is_up,
)
from schoolgate.rulebook.findings import Due, Need
from schoolgate.rulebook.situations.incident import Told
from schoolgate.rulebook.situations.incident_report import IncidentReport
from schoolgate.rulebook.working_time import in_utc

NOBODY_NAMED = "federation"
TO_SAFEGUARDING = ("sent_to_own_account", "improper_communication")
BODIES = {"Police": "police", "Child Exploitation and Online Protection Centre (CEOP)": "ceop"}


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


class ChildConcern(Control):
    """Did the right authorities hear at once of something about a child that worries?

    Settings: trigger, what the child did or met with; deadline; minutes, None: the policy gives no number,
    and where the federation chose one ("child_concern") that counts; notify, notify_contacts, None: it names
    no authority. Where only people of the school were told, whether that is enough is left open."""

    key = "incident.child_concern"
    listens_to = ("incident.report",)
    points = ("authorities_told",)

    class Settings(NoSettings):
        trigger: Literal[
            "discloses_information", "displays_behaviour", "exposed_to_information", "exposed_to_behaviour"
        ]
        deadline: Literal["immediately"]
        minutes: None
        notify: Literal["appropriate authorities"]
        notify_contacts: None

    def judge(self, facts: IncidentReport, settings: Settings) -> Iterable[Said]:
        if facts.child is None:
            yield unknown("incident.child", REPORTER)
        elif settings.trigger in facts.child:
            due = chosen_due(facts, "child_concern", facts.noticed_at)
            yield from _authorities(facts, f"incident.{settings.trigger}", due, frozenset())


class IllegalReported(Control):
    """Were the authorities told of what may be against the law?

    Settings: authorities, examples by their names; minutes, None: the policy gives no number, and where the
    federation chose one ("illegal") that counts. Whether a body that is not named is enough is left open."""

    key = "incident.illegal_reported"
    listens_to = ("incident.report",)
    points = ("authorities_told",)

    class Settings(NoSettings):
        authorities: tuple[Literal["Police", "Child Exploitation and Online Protection Centre (CEOP)"], ...]
        minutes: None

    def judge(self, facts: IncidentReport, settings: Settings) -> Iterable[Said]:
        if facts.may_be_illegal is None:
            yield unknown("incident.may_be_illegal", REPORTER)
        elif facts.may_be_illegal:
            due = chosen_due(facts, "illegal", facts.noticed_at)
            named = frozenset(BODIES[one] for one in settings.authorities)
            yield from _authorities(facts, "incident.tell_authorities", due, named)


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


def _authorities(
    facts: IncidentReport, message: str, due: Due | Said, named: frozenset[str]
) -> Iterator[Said]:
    """Told, told late, told to somebody of whom the words do not say that it is enough, or not told."""
    if facts.told is None:
        yield unknown("incident.told", REPORTER)
        return
    if isinstance(due, Said):
        yield due
        due = Due.none_promised()
    outside = [one for one in facts.told if one.body is not None and (not named or one.body in named)]
    if outside:
        yield _told_outside(facts, outside, due)
        return
    if facts.told:
        yield requires("incident.authority_open", Need("incident.tell_authorities", REPORTER))
    else:
        said = obliges(REPORTER, "incident.tell_authorities", due, message)
        yield changed(said, chosen=due != Due.none_promised())
    if time_is_up(due, facts.noticed_at, facts.now):
        late = breached("incident.authorities_untold", **gap(facts.noticed_at, facts.now))
        yield changed(late, turns=False, chosen=True)


def _told_outside(facts: IncidentReport, outside: list[Told], due: Due) -> Said:
    first = min((one.at for one in outside if one.at is not None), default=None)
    if first is None or facts.noticed_at is None:
        return met("incident.authorities_told")
    took = gap(facts.noticed_at, first)
    if is_late(due, first):
        return changed(breached("incident.authorities_told_late", **took), turns=False, chosen=True)
    return met("incident.authorities_told_after", **took)
