"""A person is about to get a part: the right to post, a login, a moderator's, an approver's or an
investigator's task."""

from datetime import date
from typing import Any, Literal

from pydantic import Field

from schoolgate.rulebook.facts import Facts, Name, Part, Person, Tri, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment
from schoolgate.rulebook.situations.policy_binds import WorksAs, engaged
from schoolgate.rulebook.situations.policy_life import Learnt

TaskKind = Literal["post", "login", "moderate", "approve", "investigate"]


class Condition(Part, asked_of="office"):
    """A training that a person must have before they speak for the school. `topic`: what about."""

    topic: Name = Field(description=_("what the training is about"))
    by: Name = Field(description=_("who set it"))

    @derived("policy.trainings")
    def is_met(self, facts: Any) -> bool | None:
        """Whether such a training is on record with its day."""
        if facts.trainings is None:
            return None
        return any(one.on is not None and self.topic in (one.topics or ()) for one in facts.trainings)


@moment(
    "person.entrust",
    _("Giving someone a part in social media"),
    """policy_acknowledged manager_trained trained_to_speak trained_regularly_procedures
    trained_regularly_cases training_fits""",
    asks=Asks.ACT,
)
class PersonEntrust(Facts, asked_of="office", prefix="policy."):
    """`person`: who gets the `task`. `acknowledged`: the version in force, by their own sign-in or on
    paper. `manages`: manages other people. `trainings`: on record, empty for none. `conditions`: trainings
    asked of them, empty for none."""

    task: TaskKind | None = fact(_("which task the person is being given"), _("What would they do?"))
    person: Person | None = Field(None, description=_("the person who gets the task"))
    works_as: tuple[WorksAs, ...] | None = Field(None, description=_("what kind of work this person does"))
    systems_access: Tri = fact()
    acknowledged: Tri = fact()
    manages: Tri = fact(_("whether this person manages others"), _("Do they manage other people?"))
    trainings: tuple[Learnt, ...] | None = fact(_("the training on record"))
    conditions: tuple[Condition, ...] | None = fact(
        _("whether training is required"), need="policy.training_conditions"
    )

    @derived("relation")
    def engaged_as(self, _facts: Facts) -> tuple[WorksAs, ...] | None:
        """Everything that this person is engaged as; staff who are nothing else are employees."""
        if self.person is None or self.person.relation is None:
            return None
        return engaged(self.person, self.works_as)

    @derived("policy.training_day", _("the training date"), of="training_keeper")
    def last_trained_on(self, _facts: Facts) -> date | None:
        """The day of the latest training on record."""
        return max((one.on for one in self.trainings or () if one.on is not None), default=None)

    @property
    def actor(self) -> Person | None:
        """The person who gets the part."""
        return self.person
