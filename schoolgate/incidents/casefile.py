"""What is known of a concern: the answers given at its stages, sealed, and the facts made of them.

An answer is kept under the name of its fact, as plain data in the form that the situation's schema has. The
same name means the same at every stage, so what was answered once is not asked again; the latest answer
counts. Only readers of the report can open the answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from schoolgate.core.clock import local_day
from schoolgate.core.subjects import person_key
from schoolgate.incidents.ladder import stands_in_for
from schoolgate.incidents.models import Report
from schoolgate.incidents.queries import Shown, steps_of
from schoolgate.incidents.report_facts import report_facts, told_of
from schoolgate.incidents.stages import Stage
from schoolgate.incidents.states import StepKind
from schoolgate.people.models import Person
from schoolgate.people.queries import roles_of
from schoolgate.policy.choices import chosen_times
from schoolgate.rulebook.facts import Facts, Given
from schoolgate.rulebook.facts import Person as InFacts
from schoolgate.rulebook.situations import situation

NAMED = "named"
"""Stands in facts for a name that was typed: it is in the sealed answer alone."""
DISCIPLINED = ("disciplinary_action", "dismissal")
SUBJECT = "subject"
"""What facts call the person whose conduct it is: a decision never says who it is."""


@dataclass(frozen=True)
class CaseFile:
    """The answers so far by the name of their fact, and the latest step of each stage."""

    report: Report
    answers: Mapping[str, Any] = field(default_factory=dict)
    latest: Mapping[str, Shown] = field(default_factory=dict)
    steps: tuple[Shown, ...] = ()

    def with_answers(self, given: Mapping[str, Any]) -> CaseFile:
        """Return the file with these answers besides; None takes one back."""
        merged = {**self.answers, **given}
        kept = {name: value for name, value in merged.items() if value is not None}
        return CaseFile(self.report, kept, self.latest, self.steps)

    @property
    def asked_at_closing(self) -> list[str]:
        """The stages, by key, whose decision counts at the closing beside the outcome's: what is done with a
        parent once something was found, and private use at work where disciplinary action follows."""
        found, discipline = self.answers.get("found"), self.answers.get("discipline") or {}
        stages = []
        if StepKind.WEIGHED in self.latest and discipline.get("outcome") in DISCIPLINED:
            stages.append("overuse")
        if found or StepKind.APPROACHED in self.latest:
            stages.append("parent")
        return stages

    @property
    def serious(self) -> bool:
        """Whether two people close it. Schoolgate's own rule: a person was in danger, a child or vulnerable
        adult was harmed, something was against the law, or dismissal follows."""
        said = self.answers["harmed"] if "harmed" in self.answers else self.report.answers.get("harmed")
        harmed = {"child", "young_person", "vulnerable_adult"} & set(said or ())
        dismissed = (self.answers.get("discipline") or {}).get("outcome") == "dismissal"
        illegal = "illegal" in (self.answers.get("found") or ())
        return self.report.danger == "yes" or bool(harmed) or illegal or dismissed


def case_file(report: Report) -> CaseFile:
    """Return what is known of a concern, for one of its readers."""
    answers: dict[str, Any] = {}
    latest: dict[str, Shown] = {}
    steps = tuple(steps_of(report))
    for one in steps:
        found = one.words.get("facts")
        if isinstance(found, dict):
            answers.update(found)
            latest[one.step.kind] = one
    kept = {name: value for name, value in answers.items() if value is not None}
    return CaseFile(report, kept, latest, steps)


def case_facts(stage: Stage, case: CaseFile, *, by: Person, at: datetime) -> Facts:
    """Return the facts of a stage: the answers, and what the program knows. Raises BadFacts."""
    model = situation(stage.situation).facts
    known = {**_known(case, by=by, at=at), **case.answers}
    if known.get("investigation") and known.get("lead"):
        known["investigation"] = {**known["investigation"], "lead": known["lead"]}
    if stage.key == "judge" or stage.of_work:  # it judges the conduct of the person it is about
        known["by"] = known.get("subject")
    given = {name: _nameless(name, value) for name, value in known.items() if name in model.model_fields}
    return model.model_validate(given)


def _nameless(name: str, value: Any) -> Any:
    """Return an answer without the names that people typed: a decision is stored in the open."""
    if name == "in_house_owner":
        return NAMED
    if name == "called_for":
        return [{**one, "key": f"{NAMED} {number}"} for number, one in enumerate(value, start=1)]
    return value


def _known(case: CaseFile, *, by: Person, at: datetime) -> dict[str, Any]:
    report = case.report
    said = report_facts(report, by=None, at=at)
    subject = case.answers.get("subject")
    unacceptable = case.answers.get("unacceptable")
    ended = case.latest.get(StepKind.INVESTIGATED)
    return {
        "now": at,
        "by": _acting(by, report, at),
        "reported_at": report.reported_at,
        "taken_up": report.taken_at is not None,
        "kinds": said.kinds,
        "harmed": said.harmed,
        "child_involved": bool(said.child) if said.child is not None else None,
        "suspected": subject,
        "writer_relation": (subject or {}).get("relation"),
        "found_unacceptable": unacceptable["answer"] if unacceptable else None,
        "assessments": tuple(_assessments(case)),
        "told": told_of(report, at=at),
        "chosen": chosen_times(on=local_day(at)),
        "school": report.school.slug if report.school else None,
        "passed_to_manager_at": ended.step.at if ended and case.answers.get("conduct_fell_short") else None,
    }


def _acting(by: Person, report: Report, at: datetime) -> InFacts:
    return InFacts(key=person_key(by.pk), relation=by.relation, roles=_roles_in(report, by, at))


def _roles_in(report: Report, person: Person, at: datetime) -> tuple[str, ...]:
    """Return the roles in which a person acts in a concern: theirs, and those they stand in for."""
    on = local_day(at)
    held = roles_of(person, on=on, school=report.school, about=report.by)
    return (*held, *stands_in_for(report, person, on=on).values())


def _assessments(case: CaseFile) -> Iterable[Given]:
    for one in case.steps:
        if one.step.kind == StepKind.ASSESSED and one.step.by is not None:
            yield given_by(one.step.by, case.report, at=one.step.at)


def given_by(person: Person, report: Report, *, at: datetime, covers: Iterable[str] = ()) -> Given:
    """Return what a person gave at an instant, in the roles in which they acted then."""
    roles = _roles_in(report, person, at)
    return Given(by=person_key(person.pk), roles=roles, at=at, written=True, covers=tuple(covers))
