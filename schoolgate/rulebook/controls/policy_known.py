"""Who knows the version in force, and what has to be on record before somebody is given a part."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    day_or_unknown,
    met,
    requires,
    unknown,
)
from schoolgate.rulebook.controls.scope import is_one_of
from schoolgate.rulebook.controls.steps import AtStep
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.named_times import months_after
from schoolgate.rulebook.situations.person_entrust import PersonEntrust
from schoolgate.rulebook.situations.policy_life import Chosen, Learnt


class AcknowledgedFirst(Control):
    """Has somebody of these groups acknowledged the version in force before being given a part?

    Settings: `categories` - who, in the policy's words.
    """

    key = "entrust.acknowledged"
    listens_to = ("person.entrust",)
    points = ("policy_acknowledged",)

    class Settings(NoSettings):
        categories: tuple[str, ...]

    def judge(self, facts: PersonEntrust, settings: Settings) -> Iterator[Said]:
        person = facts.person
        if person is None or person.relation is None:
            yield unknown("relation", "office")
            return
        if is_one_of(person, facts.works_as, settings.categories):
            yield _acknowledged(facts)


class OutsiderAcknowledged(Control):
    """Has somebody from outside acknowledged the version in force before getting into the systems?

    Settings: `works_for_it` - the groups that other words of the policy bind anyway. Whoever gets a login can
    get into the systems.
    """

    key = "entrust.outsider_acknowledged"
    listens_to = ("person.entrust",)
    points = ("policy_acknowledged",)
    plumbing = frozenset({"works_for_it"})

    class Settings(NoSettings):
        works_for_it: tuple[str, ...]

    def judge(self, facts: PersonEntrust, settings: Settings) -> Iterator[Said]:
        person = facts.person
        if person is None or is_one_of(person, facts.works_as, settings.works_for_it) is not False:
            return
        if facts.task == "login" or facts.systems_access:
            yield _acknowledged(facts)
        elif facts.systems_access is None:
            yield unknown("policy.systems_access", "office")
        elif facts.task is None:
            yield unknown("policy.task", "office")


def _acknowledged(facts: PersonEntrust) -> Said:
    if facts.acknowledged is None:
        return unknown("policy.acknowledged", "office")
    if facts.acknowledged:
        return met("entrust.acknowledged")
    return requires("entrust.not_acknowledged", Need("policy.acknowledged", "person_entrusted"))


class _Task(AtStep):
    step_fact = "task"
    step_known_by = "office"


class ManagerTrained(_Task):
    """Is somebody who manages others trained for the policy before being set to approve or investigate?"""

    key = "entrust.manager_trained"
    listens_to = ("person.entrust",)
    points = ("manager_trained",)
    steps = ("approve", "investigate")

    def judge_step(self, facts: PersonEntrust, settings: NoSettings) -> Iterator[Said]:
        if facts.manages is None:
            yield unknown("policy.manages", "office")
        elif facts.manages and facts.trainings is None:
            yield unknown("policy.trainings", "office")
        elif facts.manages and any(one.on is not None for one in facts.trainings or ()):
            yield met("entrust.manager_trained")
        elif facts.manages:
            yield requires("entrust.manager_untrained", Need("policy.training_day", "training_keeper"))


class TrainedToSpeak(_Task):
    """May training be asked of somebody before they speak for the school, and is what was asked done?"""

    key = "entrust.trained_to_speak"
    listens_to = ("person.entrust",)
    points = ("trained_to_speak",)
    steps = ("post",)

    def judge_step(self, facts: PersonEntrust, settings: NoSettings) -> Iterator[Said]:
        if facts.conditions is None:
            yield unknown("policy.training_conditions", "office")
            return
        for position, condition in enumerate(facts.conditions):
            about = f"conditions[{position}]"
            if facts.trainings is None:
                yield unknown("policy.trainings", "office", about)
            elif _about(facts.trainings, condition.topic):
                yield met("entrust.condition_met", about)
            else:
                need = Need("policy.training_day", "training_keeper")
                yield requires("entrust.condition_open", need, about=about, topic=condition.topic)


class TrainedRegularly(_Task):
    """Is the training of somebody who is to run procedures, or to investigate, recent enough?

    Settings: `group` - "administration" (moderating, approving) or "investigation";
    `training_interval_months` - None where the policy names no number: then the months that the federation
    chose count, and without a choice any training on record does.
    """

    key = "entrust.trained_regularly"
    listens_to = ("person.entrust",)
    points = ("trained_regularly_procedures", "trained_regularly_cases")

    class Settings(NoSettings):
        group: Literal["administration", "investigation"]
        training_interval_months: int | None

    def steps_of(self, settings: Settings) -> tuple[str, ...]:
        return TASKS[settings.group]

    def judge_step(self, facts: PersonEntrust, settings: Settings) -> Iterator[Said]:
        if facts.trainings is None:
            yield unknown("policy.trainings", "office")
            return
        days = [one.on for one in facts.trainings if one.on is not None]
        if not days:
            yield requires("entrust.never_trained", Need("policy.training_day", "training_keeper"))
            return
        day = day_or_unknown(facts)
        months = settings.training_interval_months or _number(facts.train_every_months, facts.day)
        if months is None:
            yield met("entrust.trained_no_interval", day=max(days))
        elif isinstance(day, Said):
            yield day
        else:
            until = months_after(max(days).isoformat(), months)
            if day <= until:
                said = met("entrust.trained_until", day=until)
            else:
                need = Need("policy.training_day", "training_keeper")
                said = requires("entrust.trained_too_long_ago", need, day=max(days), months=months)
            said.chosen = settings.training_interval_months is None
            yield said


class TrainingFits(_Task):
    """Does the training on record fit the task? Settings: `topics` - what it has to be about, by task."""

    key = "entrust.training_fits"
    listens_to = ("person.entrust",)
    points = ("training_fits",)

    class Settings(NoSettings):
        topics: dict[Literal["administration", "investigation"], str]

    def steps_of(self, settings: Settings) -> tuple[str, ...]:
        return tuple(task for group in settings.topics for task in TASKS[group])

    def judge_step(self, facts: PersonEntrust, settings: Settings) -> Iterator[Said]:
        for group, topic in settings.topics.items():
            if facts.task not in TASKS[group]:
                continue
            if facts.trainings is None:
                yield unknown("policy.trainings", "office")
            elif _about(facts.trainings, topic):
                yield met("entrust.training_fits", topic=topic)
            elif any(one.topics is None for one in facts.trainings):
                yield unknown("policy.training_topics", "training_keeper")
            else:
                yield requires(
                    "entrust.training_unfit", Need("policy.training_day", "training_keeper"), topic=topic
                )


TASKS = {"administration": ("moderate", "approve"), "investigation": ("investigate",)}


def _about(trainings: tuple[Learnt, ...], topic: str) -> bool:
    return any(one.on is not None and topic in (one.topics or ()) for one in trainings)


def _number(chosen: Chosen | None, day: date | None) -> int | None:
    """The federation's choice, where it is in force on the day judged."""
    if chosen is None or (chosen.from_day and (day is None or day < chosen.from_day)):
        return None
    return chosen.number
