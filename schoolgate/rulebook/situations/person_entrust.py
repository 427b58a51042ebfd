"""Somebody is to be given a part: the right to post, a login, a moderator's, an approver's or an
investigator's task."""

from typing import Literal

from schoolgate.rulebook.facts import Facts, Name, Part, Person, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.policy_binds import WorksAs
from schoolgate.rulebook.situations.policy_life import Chosen, Learnt

TaskKind = Literal["post", "login", "moderate", "approve", "investigate"]


class Condition(Part):
    """A training that was asked of somebody before they speak for the school. `topic`: what about."""

    topic: Name
    by: Name


class PersonEntrust(Facts):
    """`person`: who is to be given the `task`. `acknowledged`: the version in force, by their own sign-in or
    on paper. `manages`: manages other people. `trainings`: on record, empty for none. `conditions`: trainings
    asked of them, empty for none. `train_every_months`: the federation's choice where the policy names no
    number."""

    task: TaskKind | None = None
    person: Person | None = None
    works_as: tuple[WorksAs, ...] | None = None
    systems_access: Tri = None
    acknowledged: Tri = None
    manages: Tri = None
    trainings: tuple[Learnt, ...] | None = None
    conditions: tuple[Condition, ...] | None = None
    train_every_months: Chosen | None = None

    @property
    def actor(self) -> Person | None:
        """Who is to be given the part."""
        return self.person


PERSON_ENTRUST = Situation(
    key="person.entrust",
    title=gettext_noop("Somebody is to be given a part in social media"),
    facts=PersonEntrust,
    points=points(
        """
        policy_acknowledged manager_trained trained_to_speak trained_regularly_procedures
        trained_regularly_cases training_fits
        """
    ),
)
