"""Build, from rows about people, their roles and their knowledge, the facts of policy.binds, policy.known,
training.status and person.entrust."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from schoolgate.core.subjects import person_key
from schoolgate.people.models import Person
from schoolgate.policy.models import Engagement, TrainingRecord
from schoolgate.rulebook import facts as known
from schoolgate.rulebook.situations.learning import Knower, PolicyKnown
from schoolgate.rulebook.situations.policy import Learnt, PersonEntrust, PolicyBinds, TaskKind

TakesPart = Literal["runs_account", "writes_on_account"]


def binds_facts(
    person: Person, engaged: Engagement | None, takes_part: Iterable[str] | None, *, on: date
) -> PolicyBinds:
    """Return the facts that decide whether the policy binds this person. What has not been entered stays
    unknown."""
    return PolicyBinds.model_validate(
        {
            "on": on,
            "person": known.Person.model_validate(
                {"key": person_key(person.pk), "relation": person.relation}
            ),
            "works_as": tuple(engaged.works_as) or None if engaged else None,
            "systems_access": engaged.systems_access if engaged else None,
            "takes_part": None if takes_part is None else tuple(sorted(takes_part)),
        }
    )


def knower(person: Person, **on_record: Any) -> Knower:
    """Return what is on record about a person's knowledge of the policy, by the names of `Knower`."""
    return Knower.model_validate({"key": person_key(person.pk), "relation": person.relation, **on_record})


def acknowledge_facts(
    person: Person, *, number: int, on: date, to_end: bool, right: int | None, asked: int | None
) -> PolicyKnown:
    """Return the facts of a person about to acknowledge the policy, with `right` of `asked` questions
    answered correctly."""
    one = knower(person, opened_to_end=to_end, questions_right=right, questions_asked=asked)
    return PolicyKnown(on=on, act="acknowledge", number=number, people=(one,), signs_as="having_read")


def entrust_facts(
    person: Person,
    task: TaskKind,
    engaged: Engagement | None,
    trainings: Iterable[TrainingRecord],
    *,
    acknowledged: bool,
    manages: bool,
    on: date,
) -> PersonEntrust:
    """Return the facts of a person about to be given a part: what is on record about them."""
    binds = binds_facts(person, engaged, None, on=on)
    return PersonEntrust(
        on=on,
        task=task,
        person=binds.person,
        works_as=binds.works_as,
        systems_access=binds.systems_access,
        acknowledged=acknowledged,
        manages=manages,
        trainings=tuple(
            Learnt(on=row.on, topics=tuple(row.topics), version=row.version.number if row.version else None)
            for row in trainings
        ),
        conditions=(),
    )
