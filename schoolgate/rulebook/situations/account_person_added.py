"""Somebody is let in to run an account: at its start, later on, or in the place of somebody else."""

from typing import Literal

from schoolgate.rulebook.facts import Act
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment
from schoolgate.rulebook.situations.case import Runner

Occasion = Literal["first application", "adding a person later", "transfer to a new lead"]


@moment("account.person_added", _("Somebody is let in to run an account"), "proofs")
class AccountPersonAdded(Act):
    """`by` lets `person` in. `occasion`: on what occasion."""

    person: Runner | None = None
    occasion: Occasion | None = None
