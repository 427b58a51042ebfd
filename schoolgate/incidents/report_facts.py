"""Build the facts of a report from its rows: what was said and answered, and who was told; everything else is
unknown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Literal, cast

from django.db.models import Q

from schoolgate.core.clock import local_day
from schoolgate.core.days import stored_day
from schoolgate.core.models.directory import country_of
from schoolgate.core.subjects import person_key
from schoolgate.incidents.meant import meant_in
from schoolgate.incidents.models import Reader, Report, Step
from schoolgate.incidents.said import SAYS, Says
from schoolgate.incidents.states import LETS_IN, Danger, StepKind, Whose
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for, holders, ids_of_line_managers, roles_of
from schoolgate.people.safeguarding import safeguarding_roles
from schoolgate.policy.choices import agreed_route_is_here, chosen_times
from schoolgate.rulebook.facts import Attested
from schoolgate.rulebook.facts import Person as InFacts
from schoolgate.rulebook.situations.incident import PersonTold
from schoolgate.rulebook.situations.incident_report import IncidentReport
from schoolgate.rulebook.situations.searches import ListeningFound

REPORTER = "reporter"
"""What facts call the reporter: a decision never says who it was."""


def report_facts(
    report: Report,
    *,
    by: Person | None,
    at: datetime,
    told: tuple[PersonTold, ...] = (),
) -> IncidentReport:
    """Return a report's facts, for the question of who must be told. `by`: the person signed in, even if they
    leave their name out; None for a visitor, who is unknown. `told`: who was told so far (`told_of`)."""
    said, answers = [SAYS[key] for key in report.said if key in SAYS], report.answers
    on = local_day(at)
    return IncidentReport(
        by=reporter_in_facts(report, by, on=on),
        part=answers.get("part") or _part(said),
        kinds=tuple(dict.fromkeys(kind for one in said for kind in one.kinds)) if said else None,
        unacceptable=_unacceptable(report, said),
        breach=answers.get("breach") or ("suspected" if any(one.broke for one in said) else None),
        done_by=answers.get("done_by"),
        aimed_at_account=answers.get("aimed_at_account"),
        harmed=tuple(answers["harmed"]) if "harmed" in answers else None,
        line_manager_involved=line_manager_involved(report, by, on=on),
        child=_child(said, answers.get("child")),
        child_is_family=answers.get("child_is_family", False),
        may_be_illegal=answers.get("may_be_illegal"),
        in_danger=_in_danger(report),
        country=cast("Any", country_of(report.school)),
        noticed_at=report.reported_at,
        first_happened=stored_day(answers["first_happened"]) if "first_happened" in answers else None,
        told=told,
        lead_was_told=_lead_was_told(report) if told else None,
        agreed_route=agreed_route_is_here(on=on),
        put_right=answers.get("put_right"),
        chosen=chosen_times(on=on),
        now=at,
    )


def touches_a_child(report: Report) -> bool:
    """Return whether a child's safety may be at stake in a report, as the law's rule asks."""
    said = [SAYS[key] for key in report.said if key in SAYS]
    facts = IncidentReport(child=_child(said, report.answers.get("child")), in_danger=_in_danger(report))
    return bool(facts.touches_a_child(facts))


def found_facts(report: Report, *, by: Person, at: datetime) -> ListeningFound | None:
    """Return the facts of something about the school that the reporter saw online; None unless they say that
    it shows the school in a bad light. Who was told is read from the report."""
    answers = report.answers
    if not answers.get("bad_light"):
        return None
    misuse = "misuse" in {kind for key in report.said if key in SAYS for kind in SAYS[key].kinds}
    breach = answers.get("breach") in ("discovered", "suspected")
    also: Any = tuple(word for word, there in (("misuse", misuse), ("breach", breach)) if there)
    roles = tuple(dict.fromkeys(role for one in told_of(report, at=at) for role in one.roles))
    return ListeningFound(
        now=at,
        by=reporter_in_facts(report, by, on=local_day(at)),
        bad_light=True,
        also=also,
        route=answers.get("route"),
        told=None if answers.get("route") == "whistleblowing" else roles,
    )


def told_of(report: Report, *, at: datetime) -> tuple[PersonTold, ...]:
    """Return the people and outside bodies that were told of a report so far, people with the policy's own
    roles: whether they opened it, and when.

    A role told as a whole counts as opened once any of its holders has opened it."""
    on = local_day(at)
    opened = dict(Reader.objects.filter(report=report).values_list("person_id", "since"))
    names = book_for(report).role_names
    kinds = [*LETS_IN, StepKind.BODY_TOLD]
    steps = report.steps.filter(kind__in=kinds).select_related("person__federation").order_by("id")
    return tuple(_told(report, one, names, opened, on) for one in steps)


def _told(report: Report, step: Step, names: Any, opened: dict[int, datetime], on: date) -> PersonTold:
    if step.kind == StepKind.BODY_TOLD:
        body: Any = step.body
        return PersonTold(key=step.body, body=body, at=step.at)
    role = (names[step.role_key],) if step.role_key in names else ()
    if step.person is not None:
        roles = (*role, *roles_of(step.person, on=on, school=report.school, about=report.by))
        read_at = opened.get(step.person.pk)
        key = person_key(step.person.pk)
    else:
        roles = role
        read_at = _first(opened.get(one.pk) for one in holders(step.role_key, on=on, school=report.school))
        key = f"role:{step.role_key}"
    return PersonTold(
        key=key, roles=tuple(dict.fromkeys(roles)), at=step.at, read=read_at is not None, read_at=read_at
    )


def _first(instants: Iterable[datetime | None]) -> datetime | None:
    return min((one for one in instants if one is not None), default=None)


def line_manager_involved(report: Report, by: Person | None, *, on: date) -> bool | None:
    """Return whether it is about the reporter's line manager; None if no line manager is entered."""
    if by is None:
        return None
    ids = ids_of_line_managers(by, on=on)
    if not ids:
        return None
    return bool(ids & meant_in(report))


def reporter_in_facts(report: Report, by: Person | None, *, on: date) -> InFacts | None:
    """Return the reporter as facts have them, without who it is; None for a visitor."""
    if by is None:
        return None
    roles = tuple(roles_of(by, on=on, anywhere=True)) if report.by_id is not None else ()
    relation: Any = by.relation
    return InFacts(key=REPORTER, relation=relation, roles=roles)


def _part(said: list[Says]) -> Literal["suffered", "did"] | None:
    """Return whether they suffered or did it, where a line says so and no other line says the opposite."""
    suffered, did = any(one.suffered for one in said), any(one.did for one in said)
    if suffered == did:
        return None
    return "suffered" if suffered else "did"


def _child(said: list[Says], involved: bool | None) -> tuple[Any, ...] | None:
    """Return how a child is involved; empty where the reporter says that none is and ticks nothing else."""
    parts = tuple(dict.fromkeys(part for one in said for part in one.child))
    return parts or (() if involved is False else None)


def _lead_was_told(report: Report) -> bool:
    leads = safeguarding_roles(book_for(report))
    return report.steps.filter(Q(whose=Whose.LAW) | Q(role_key__in=leads), kind__in=LETS_IN).exists()


def _in_danger(report: Report) -> bool | None:
    return {Danger.YES: True, Danger.NO: False}.get(Danger(report.danger))


def _unacceptable(report: Report, said: list[Says]) -> Attested | None:
    """Return the reporter's own word that it is unacceptable in another way than those listed."""
    if not any(one.unacceptable for one in said):
        return None
    return Attested(answer=True, by=REPORTER, at=report.reported_at, of_this_version=True)
