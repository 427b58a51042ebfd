"""Something has happened: whom must, or should, the person who saw it tell, and by when?"""

from collections.abc import Iterable
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    advises,
    met,
    obliges,
    permits,
    requires,
    standing_answer,
    unknown,
)
from schoolgate.rulebook.controls.incidents_telling import (
    REPORTER,
    Rule,
    by_route,
    changed,
    chosen_due,
    telling,
    told_roles,
)
from schoolgate.rulebook.facts import Attested, Relation
from schoolgate.rulebook.findings import Due, Need
from schoolgate.rulebook.situations.incident_report import IncidentReport
from schoolgate.rulebook.working_time import local_day

NO_WORRY = frozenset({"mistake", "unsure"})


def grave_conduct(
    kinds: Iterable[str] | None, unacceptable: Attested | None, categories: Iterable[str], *, example: bool
) -> bool | None:
    """Whether it is conduct of the listed kinds, or of another kind that somebody found to be like them.

    `example`: whether the policy's list only gives examples. None where it is not known."""
    if kinds is None:
        return None
    listed = {one.replace(" ", "_") for one in categories}
    if not listed.isdisjoint(kinds):
        return True
    if not example or unacceptable is None:
        return False
    return standing_answer(unacceptable)


class ConductReported(Control):
    """Was bad conduct brought to a senior colleague, and has one opened it?

    Settings: categories of bad conduct; list_is_example, whether other conduct counts where somebody found it
    unacceptable; role, who is told; deadline in the policy's words; deadline_hours, None: no number."""

    key = "incident.conduct_reported"
    listens_to = ("incident.report",)
    points = ("senior_told",)

    class Settings(NoSettings):
        categories: tuple[str, ...]
        list_is_example: bool
        role: str
        deadline: Literal["as soon as possible"]
        deadline_hours: None

    def judge(self, facts: IncidentReport, settings: Settings) -> Iterable[Said]:
        grave = grave_conduct(
            facts.kinds, facts.unacceptable, settings.categories, example=settings.list_is_example
        )
        if grave is None:
            yield unknown("incident.kinds" if facts.kinds is None else "incident.unacceptable", REPORTER)
        elif grave:
            rule = Rule(REPORTER, "incident.report", "incident.conduct_to_senior", (settings.role,))
            yield from telling(facts, rule)


class WorryReported(Control):
    """Was a worry taken to the line manager? Everything that worries counts, but not a mere slip or question.

    Settings: role, who is told; deadline in the policy's words; deadline_hours, None: no number."""

    key = "incident.worry_reported"
    listens_to = ("incident.report",)
    points = ("line_manager_told",)

    class Settings(NoSettings):
        role: str
        deadline: Literal["timely"]
        deadline_hours: None

    def judge(self, facts: IncidentReport, settings: Settings) -> Iterable[Said]:
        if facts.kinds is None:
            yield unknown("incident.kinds", REPORTER)
        elif not set(facts.kinds) <= NO_WORRY:
            rule = Rule(REPORTER, "incident.report", "incident.worry_to_manager", (settings.role,))
            yield from telling(facts, rule)


class ColleagueAbuse(Control):
    """Was abuse by a colleague reported by the agreed route?

    Settings: reporter - the person abused ("victim") or somebody else ("witness"); abuser; route, as the
    policy calls it, which it does not describe."""

    key = "incident.colleague_abuse"
    listens_to = ("incident.report",)
    points = ("abuse_by_colleague",)

    class Settings(NoSettings):
        reporter: Literal["victim", "witness"]
        abuser: Literal["colleague"]
        route: str

    def judge(self, facts: IncidentReport, settings: Settings) -> Iterable[Said]:
        part = "suffered" if settings.reporter == "victim" else "saw"
        if facts.kinds is not None and "abuse" not in facts.kinds:
            return
        if facts.done_by not in (None, "staff") or facts.part not in (None, part):
            return
        if facts.kinds is None:
            yield unknown("incident.kinds", REPORTER)
        elif facts.done_by is None:
            yield unknown("incident.done_by", REPORTER)
        elif facts.part is None:
            yield unknown("incident.part", REPORTER)
        else:
            yield from by_route(facts, REPORTER, f"incident.abuse_{settings.reporter}")


class WayKnown(Control):
    """What is said to staff about the way to report a problem. Settings: advice, in the policy's words."""

    key = "incident.way_known"
    listens_to = ("incident.report",)
    points = ("way_to_report",)

    class Settings(NoSettings):
        advice: Literal["know how to report"]

    def judge(self, facts: IncidentReport, settings: Settings) -> Iterable[Said]:
        yield advises("incident.ways_to_report")


class EveryoneMayReport(Control):
    """May this person report a worry about a child, whatever part they have in running accounts?

    Settings: applies_to, what people are to the school of whom the policy says that children's safety is a
    main duty of theirs."""

    key = "incident.everyone_may_report"
    listens_to = ("incident.report",)
    points = ("staff_may_report",)

    class Settings(NoSettings):
        applies_to: tuple[Relation, ...]

    def judge(self, facts: IncidentReport, settings: Settings) -> Iterable[Said]:
        if facts.child == ():
            return
        if facts.by is None or facts.by.relation is None:
            yield unknown("relation", "office")
        elif facts.by.relation in settings.applies_to:
            yield permits("incident.every_member_of_staff_may_report")


class StaffProtected(Control):
    """Does the policy protect whoever was harmed? Settings: protects, by group."""

    key = "incident.staff_protected"
    listens_to = ("incident.report",)
    points = ("staff_protected",)

    class Settings(NoSettings):
        protects: tuple[Literal["staff"], ...]

    def judge(self, facts: IncidentReport, settings: Settings) -> Iterable[Said]:
        if facts.harmed is None:
            yield unknown("incident.harmed", REPORTER)
        elif not set(settings.protects).isdisjoint(facts.harmed):
            yield permits("incident.staff_protected")


class AffectedToLineManager(Control):
    """Does a member of staff who feels pestered or targeted take it to the line manager?

    Settings: role. Of the case where it is about that very line manager the policy says nothing: where it
    is, nobody can say what the words want."""

    key = "incident.affected_to_line_manager"
    listens_to = ("incident.report",)
    points = ("line_manager_told",)

    class Settings(NoSettings):
        role: str

    def judge(self, facts: IncidentReport, settings: Settings) -> Iterable[Said]:
        affected = _is_affected(facts)
        if affected is not True:
            yield from affected or ()
        elif facts.told is None:
            yield unknown("incident.told", REPORTER)
        elif told_roles(facts.told, (settings.role,)):
            yield met("incident.told", roles=(settings.role,))
        elif facts.line_manager_involved is None:
            yield unknown("incident.line_manager_involved", REPORTER)
        elif facts.line_manager_involved:
            yield requires("incident.about_line_manager", Need("incident.other_way", "federation"))
        elif facts.told:
            yield requires(
                "incident.to_line_manager", Need("incident.report", REPORTER), turns=False, role=settings.role
            )
        else:
            yield obliges(
                REPORTER,
                "incident.report",
                Due.none_promised(),
                "incident.to_line_manager",
                role=settings.role,
            )


class TimeToReport(Control):
    """How long did a report take that is wanted as early as can be? It is shown; nothing follows from it.

    Settings: deadline in the policy's words; deadline_hours, None: no number."""

    key = "incident.time_to_report"
    listens_to = ("incident.report",)
    points = ("time_to_report",)

    class Settings(NoSettings):
        deadline: Literal["as early as possible"]
        deadline_hours: None

    def judge(self, facts: IncidentReport, settings: Settings) -> Iterable[Said]:
        affected = _is_affected(facts)
        if affected is not True:
            yield from affected or ()
            return
        told = min((one.at for one in facts.told or () if one.at is not None), default=None)
        if told is None or facts.first_happened is None:
            yield advises("incident.report_early")
        else:
            yield advises(
                "incident.days_to_report", days=max((local_day(told) - facts.first_happened).days, 0)
            )


class MisuseReported(Control):
    """Was misuse reported to one of those whom the policy names, and to nobody else instead?

    Settings: roles, one of them is enough."""

    key = "incident.misuse_reported"
    listens_to = ("incident.report",)
    points = ("senior_told",)

    class Settings(NoSettings):
        roles: tuple[str, ...]

    def judge(self, facts: IncidentReport, settings: Settings) -> Iterable[Said]:
        if facts.kinds is None:
            yield unknown("incident.kinds", REPORTER)
        elif "misuse" not in facts.kinds:
            return
        elif facts.told is None:
            yield unknown("incident.told", REPORTER)
        elif told_roles(facts.told, settings.roles):
            yield met("incident.told", roles=settings.roles)
        elif facts.told:
            yield requires(
                "incident.misuse_to_others", Need("incident.report", REPORTER), roles=settings.roles
            )
        else:
            yield obliges(
                REPORTER, "incident.report", Due.none_promised(), "incident.misuse_to", roles=settings.roles
            )


class BreachMadeKnown(Control):
    """Was a breach, found or suspected, made known straight away, and has it been opened?

    Settings: triggers; role; deadline in the policy's word; minutes, None: the policy gives no number, and
    where the federation chose one ("breach") that counts. Whether another whom the policy names for misuse is
    enough (`instead`) is left open by its words."""

    key = "incident.breach_made_known"
    listens_to = ("incident.report",)
    points = ("senior_told",)
    plumbing = frozenset({"instead"})

    class Settings(NoSettings):
        triggers: tuple[Literal["discovered", "suspected"], ...]
        role: str
        deadline: Literal["immediately"]
        minutes: None
        instead: str

    def judge(self, facts: IncidentReport, settings: Settings) -> Iterable[Said]:
        if facts.breach is None:
            yield unknown("incident.breach", REPORTER)
        elif facts.breach in settings.triggers:
            due = chosen_due(facts, "breach", facts.noticed_at)
            if isinstance(due, Said):
                yield due
                return
            chosen = due != Due.none_promised()
            roles = (settings.role,)
            rule = Rule(REPORTER, "incident.report", "incident.breach_to", roles, due, chosen, True)
            told_instead = bool(told_roles(facts.told or (), (settings.instead,)))
            yield from (changed(said, turns=told_instead) for said in telling(facts, rule))


def _is_affected(facts: IncidentReport) -> Literal[True] | tuple[Said, ...]:
    """Whether `by` is a member of staff who feels pestered or targeted; else what has to be known, if
    anything."""
    if facts.kinds is None:
        return (unknown("incident.kinds", REPORTER),)
    if {"pestered", "targeted"}.isdisjoint(facts.kinds) or facts.part not in (None, "suffered"):
        return ()
    return True if facts.part else (unknown("incident.part", REPORTER),)
