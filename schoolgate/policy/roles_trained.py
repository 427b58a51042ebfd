"""Which people need training for the roles they hold, as the policy in force asks before it entrusts a task
(`person.entrust`), and how they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schoolgate.people.models import Person, RoleAssignment, ScopeKind
from schoolgate.people.queries import capacities_of_roles, held_on, here_on
from schoolgate.policy import knowing, validity
from schoolgate.policy.asking import verdicts
from schoolgate.policy.facts_knowing import entrust_facts
from schoolgate.policy.models import TrainingRecord
from schoolgate.policy.queries import PolicyInForce
from schoolgate.rulebook import Decision
from schoolgate.rulebook.capacities import Capacity
from schoolgate.rulebook.findings import Finding, clauses_of
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.situations.policy import PersonEntrust, TaskKind

SITUATION = "person.entrust"
POINTS = ("manager_trained", "trained_regularly_procedures", "trained_regularly_cases", "training_fits")
"""The points of a task entrusted that training answers."""
TASKS: Mapping[Capacity, TaskKind] = {
    Capacity.APPROVE_POST: "approve",
    Capacity.DECIDE_ACCOUNT: "approve",
    Capacity.MODERATE: "moderate",
    Capacity.SEE_INCIDENTS: "investigate",
}
"""What a capacity lets its holder do, in the words of the rulebook."""


@dataclass(frozen=True)
class ForRole:
    """A person with a task that their roles give them, and the policy's answer about their training."""

    person: Person
    task: TaskKind
    facts: PersonEntrust
    decision: Decision
    months: int | None
    """How long training counts under this policy; None where it doesn't end."""

    @property
    def last(self) -> date | None:
        """Return the day of their latest training."""
        return max((one.on for one in self.facts.trainings or () if one.on), default=None)

    @property
    def until(self) -> date | None:
        """Return the last day on which that counts; None where it doesn't end, or there is none."""
        return validity.counts_until(self.last, self.months) if self.last else None

    @property
    def missing(self) -> tuple[Finding, ...]:
        """Return what is still missing."""
        return tuple(one for one in self._findings if one.kind is Kind.REQUIRES)

    @property
    def is_asked(self) -> bool:
        """Return whether the policy asks training of this task."""
        return bool(self._findings)

    @property
    def clauses(self) -> tuple[str, ...]:
        """Return the clauses that ask for it."""
        return clauses_of(self._findings)

    @property
    def _findings(self) -> tuple[Finding, ...]:
        return tuple(one for point in POINTS for one in self.decision.at(point) if one.stands)


def training_for_roles(
    policy: PolicyInForce, *, on: date, of: Iterable[int] | None = None, ahead: date | None = None
) -> list[ForRole]:
    """Return everyone with a role whose task asks training under this policy, by name. `of`: only of these
    people. `ahead`: judged as of that later day, by the policy in force then. A constant number of queries;
    none where the policy asks for none."""
    if not any(policy.book.at(SITUATION, point) for point in POINTS):
        return []
    tasks = _tasks(policy, on=on, of=of)
    people = list(Person.objects.filter(pk__in=tasks).order_by("name", "pk"))
    facts = _facts(people, tasks, policy, on=on)
    decided = verdicts(SITUATION, [known for _person, _task, known in facts], on=ahead or on)
    months = validity.months_it_counts(policy.book)
    found = [
        ForRole(person, task, known, decision, months)
        for (person, task, known), decision in zip(facts, decided, strict=True)
    ]
    return [one for one in found if one.is_asked]


def _tasks(policy: PolicyInForce, *, on: date, of: Iterable[int] | None) -> dict[int, tuple[TaskKind, ...]]:
    """Return for each person with a role the tasks that it gives them."""
    rows = RoleAssignment.objects.filter(held_on(on), here_on(on, "person__"))
    if of is not None:
        rows = rows.filter(person__in=list(of))
    roles: dict[int, set[str]] = {}
    for person, role in rows.values_list("person_id", "role_key"):
        roles.setdefault(person, set()).add(role)
    found = {}
    for person, keys in roles.items():
        held = capacities_of_roles(keys, policy.book)
        tasks = tuple(dict.fromkeys(task for capacity, task in TASKS.items() if capacity in held))
        if tasks:
            found[person] = tasks
    return found


def _facts(
    people: Sequence[Person], tasks: Mapping[int, tuple[TaskKind, ...]], policy: PolicyInForce, *, on: date
) -> list[tuple[Person, TaskKind, PersonEntrust]]:
    ids = [one.pk for one in people]
    engaged, said = knowing.engagements(ids), knowing.answers(ids, policy.version)
    trainings: dict[int, list[TrainingRecord]] = {pk: [] for pk in ids}
    for row in TrainingRecord.objects.filter(person__in=ids).select_related("version").order_by("-on", "-id"):
        trainings[row.person_id].append(row)
    leads = RoleAssignment.objects.filter(held_on(on), scope_kind=ScopeKind.LINE_MANAGER_OF, person__in=ids)
    manage = set(leads.values_list("person_id", flat=True))
    return [
        (
            one,
            task,
            entrust_facts(
                one, task, engaged.get(one.pk), trainings[one.pk],
                acknowledged=one.pk in said and said[one.pk].answer, manages=one.pk in manage, on=on,
            ),
        )
        for one in people
        for task in tasks[one.pk]
    ]  # fmt: skip
