"""The document that was adopted, in the school's own words, and which of them make each clause."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Person
from schoolgate.policy.models.versions import PolicyVersion


class PolicyDocument(FederationOwned):
    """The adopted document of a version as it was read. Never changed: a replaced one is a new row, and the
    newest counts."""

    numbered: ClassVar[Promise] = _("Policy document {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="documents")
    number = models.PositiveIntegerField()
    """Counted from 1 within its version."""
    name = models.CharField(max_length=200)
    """What the file was called; empty where the text was pasted."""
    digest = models.CharField(max_length=64)
    """SHA-256 of the file, which is in the file store."""
    media_type = models.CharField(max_length=100)
    pieces = models.JSONField()
    """Its headings, paragraphs and items of lists in order: `documents.Piece`."""
    without_text = models.JSONField(default=list)
    """The pages that show no text."""
    proposed = models.JSONField(default=dict)
    """The sentences that the program found for each clause, by the clause's id: numbers from 1."""
    because = models.TextField(_("Why it is replaced"), blank=True, max_length=2000)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "version", "number"], name="policy_document_once")
        ]

    def __str__(self) -> str:
        return f"document {self.number} of version {self.version_id}"


class ClausePassage(FederationOwned):
    """The sentences of a document that a person says make a clause. Only added to; the newest counts."""

    numbered: ClassVar[Promise] = _("Words of a clause {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    document = models.ForeignKey(PolicyDocument, models.PROTECT, related_name="passages")
    clause = models.CharField(max_length=80)
    sentences = ArrayField(models.PositiveIntegerField(), default=list, blank=True)
    """Their numbers from 1; none: the document doesn't say it."""
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["federation", "document", "clause", "-id"], name="policy_passage_newest")
        ]

    def __str__(self) -> str:
        return f"words of {self.clause}"
