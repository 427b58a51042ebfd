"""Rows of evidence of a concern, with their states. Words and files are sealed; the rows are there for its
readers alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Person

MOST_FILE = 100_000_000
"""Bytes of one file."""
MOST_MATTER = 500_000_000
"""Bytes of all files of one concern."""


class EvidenceKind(TextChoices):
    """What kind of evidence it is."""

    FILE = "file", _("File")
    PAGE = "page", _("Public page")
    TEXT = "text", _("Quotation")
    INTERVIEW = "interview", _("Interview")


class Part(TextChoices):
    """Which file of a piece of evidence it is."""

    FILE = "file", _("File")
    HTML = "html", _("The page as it arrived (HTML)")
    ANSWERS = "answers", _("Addresses, times and headers of the website’s replies")
    PICTURE = "picture", _("Picture of the whole page")
    PDF = "pdf", _("The page as a PDF")


class Agreed(TextChoices):
    """Whether the person agrees with what was written down of an interview."""

    YES = "yes", pgettext_lazy("they agree", "Yes")
    NO = "no", pgettext_lazy("they disagree", "No")
    NOT_YET = "not_yet", _("Not yet")


class CaptureState(TextChoices):
    """Whether a page that is to be fetched was."""

    ASKED = "asked", _("Waiting to be fetched")
    FETCHING = "fetching", _("Being fetched")
    KEPT = "kept", _("Saved")
    FAILED = "failed", _("Not saved")


CAPTURE_MOVES: Mapping[CaptureState, frozenset[CaptureState]] = {
    CaptureState.ASKED: frozenset({CaptureState.FETCHING}),
    CaptureState.FETCHING: frozenset({CaptureState.ASKED, CaptureState.KEPT, CaptureState.FAILED}),
}


READERS = ("incidents_reader", "report_id")


class Evidence(FederationOwned):
    """A piece of evidence. Never changed, and destroyed only with its concern: what was wrong gets a note."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")
    only_destroyed: ClassVar[bool] = True
    only_read_by: ClassVar[tuple[str, str] | None] = READERS

    report = models.ForeignKey("incidents.Report", models.PROTECT, related_name="evidence")
    number = models.PositiveIntegerField()
    """Within its concern, from 1."""
    kind = models.CharField(max_length=10, choices=EvidenceKind)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    obtained_at = models.DateTimeField()
    words_ref = models.BigIntegerField()
    """In the vault: what it is, where it is from, what was said; JSON."""
    words_digest = models.CharField(max_length=64)
    """SHA-256 of those words as they were sealed."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "report", "number"], name="incidents_evidence_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"evidence {self.number} of report {self.report_id}"


class EvidenceFile(FederationOwned):
    """A file of a piece of evidence, sealed in the store. `digest`: SHA-256 of its content."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")
    only_destroyed: ClassVar[bool] = True
    only_read_by: ClassVar[tuple[str, str] | None] = READERS

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="files")
    report = models.ForeignKey("incidents.Report", models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=Part)
    file = models.CharField(max_length=64)
    """Its name in the store, drawn by lot."""
    group = models.CharField(max_length=10)
    media_type = models.CharField(max_length=80)
    ending = models.CharField(max_length=8)
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "evidence", "part"], name="incidents_evidence_part_once"
            ),
            models.CheckConstraint(name="incidents_evidence_file_has_content", condition=Q(size__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.part} of evidence {self.evidence_id}"


class EvidenceNote(FederationOwned):
    """What was found out about a piece of evidence later, such as a mistake, or that a person agreed to what
    was written down."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")
    only_destroyed: ClassVar[bool] = True
    only_read_by: ClassVar[tuple[str, str] | None] = READERS

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="notes")
    report = models.ForeignKey("incidents.Report", models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words_ref = models.BigIntegerField()
    words_digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"note on evidence {self.evidence_id}"


class Capture(FederationOwned):
    """That a page is to be fetched, and whether it was; the address is in the sealed words alone.

    The worker must find what a killed one left, so the row is not for readers alone: it says only that there
    is one. What was found is sealed (`found_ref`)."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE", "DELETE")

    evidence = models.OneToOneField(Evidence, models.PROTECT, primary_key=True, related_name="capture")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    """The reader who asked: the worker sees what they see."""
    state = models.CharField(max_length=10, choices=CaptureState, default=CaptureState.ASKED)
    state_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    why = models.CharField(max_length=20, blank=True)
    """A short code: why there is no page, or no picture of it."""
    found_ref = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="incidents_capture_kept_with_what_was_found",
                condition=Q(state=CaptureState.KEPT, found_ref__isnull=False)
                | ~Q(state=CaptureState.KEPT) & Q(found_ref=None),
            ),
        ]

    def __str__(self) -> str:
        return f"capture {self.pk}"
