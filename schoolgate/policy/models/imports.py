"""A document from which a policy's clauses are picked; deleted when picking is done."""

from typing import Any

from django.db import models

from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Person


class PolicyImport(FederationOwned):
    """A document that was read, what each of its sentences may be, and the picks made so far.

    Nothing of it is in force. There is one for each federation; it is deleted once finished.
    """

    name = models.CharField(max_length=200)
    """What the file was called."""
    without_text = models.JSONField(default=list)
    """The pages that show no text."""
    sentences = models.JSONField()
    """What was read and proposed, in the order of the document: `imports.Sentence`. Never changed."""
    picks = models.JSONField(default=dict)
    """The picks, by the sentence's number from 1: `imports.Pick`."""
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["federation"], name="policy_one_import")]

    def __str__(self) -> str:
        return f"import {self.pk}"

    @property
    def picked(self) -> dict[int, dict[str, Any]]:
        """The picks, by number."""
        return {int(number): pick for number, pick in self.picks.items()}
