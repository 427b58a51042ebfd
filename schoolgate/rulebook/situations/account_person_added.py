"""Somebody is let in to run an account: at its start, later on, or in the place of somebody else."""

from typing import Literal

from schoolgate.rulebook.facts import Act
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.case import Runner

Occasion = Literal["first application", "adding a person later", "transfer to a new lead"]


class AccountPersonAdded(Act):
    """`by` lets `person` in. `occasion`: on what occasion."""

    person: Runner | None = None
    occasion: Occasion | None = None


ACCOUNT_PERSON_ADDED = Situation(
    key="account.person_added",
    title=gettext_noop("Somebody is let in to run an account"),
    facts=AccountPersonAdded,
    points=points("proofs"),
)
