"""Somebody is let in to run an account: at its start, later on, or in the place of somebody else."""

from typing import Literal

from schoolgate.rulebook.facts import Facts, Person
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.case import Runner

Occasion = Literal["first application", "adding a person later", "transfer to a new lead"]


class AccountPersonAdded(Facts):
    """`by` lets `person` in. `occasion`: on what occasion."""

    by: Person | None = None
    person: Runner | None = None
    occasion: Occasion | None = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


ACCOUNT_PERSON_ADDED = Situation(
    key="account.person_added",
    title=gettext_noop("Somebody is let in to run an account"),
    facts=AccountPersonAdded,
    points=points("proofs"),
)
