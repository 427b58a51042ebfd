"""Build the facts of person.entrust (a person is given a part in an account) from rows."""

from collections.abc import Iterable
from datetime import datetime

from schoolgate.accounts.models import TrainingWanted
from schoolgate.accounts.states import Part
from schoolgate.core.clock import local_day
from schoolgate.core.subjects import person_key
from schoolgate.people.models import Person
from schoolgate.policy import knowing, taught
from schoolgate.policy.facts_knowing import entrust_facts
from schoolgate.policy.queries import PolicyInForce
from schoolgate.rulebook.situations.person_entrust import Condition, PersonEntrust, TaskKind

TASK: dict[str, TaskKind] = {
    Part.LEAD: "post",
    Part.RUNNER: "post",
    Part.ADMINISTRATOR: "login",
    Part.MODERATOR: "moderate",
}
"""What a part in an account lets a person do, in the words of the rulebook."""


def entrusting_facts(
    parts: Iterable[tuple[Person, str]], policy: PolicyInForce, *, at: datetime
) -> list[PersonEntrust]:
    """Return what is on record for each person and part; once for each kind of task."""
    on = local_day(at)
    asked = list(dict.fromkeys((person.pk, TASK[part]) for person, part in parts))
    people = {person.pk: person for person, _part in parts}
    said = knowing.answers(people, policy.version)
    engaged = knowing.engagements(people)
    wanted: dict[int, list[Condition]] = {}
    for row in TrainingWanted.objects.filter(person__in=people, ended_at=None).order_by("id"):
        wanted.setdefault(row.person_id, []).append(Condition(topic=row.topic, by=person_key(row.by_id)))
    trained = {pk: taught.records_of(person) for pk, person in people.items()}
    return [
        entrust_facts(
            people[pk],
            task,
            engaged.get(pk),
            trained[pk],
            acknowledged=pk in said and said[pk].answer,
            manages=knowing.manages_others(people[pk], on=on),
            on=on,
        ).model_copy(update={"now": at, "conditions": tuple(wanted.get(pk, ()))})
        for pk, task in asked
    ]
