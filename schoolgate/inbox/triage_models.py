"""Rows about the order of reading: a federation's own phrases, and how each reader wants hard words shown."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Person
from schoolgate.triage import Lane

LANE_NAMES: tuple[tuple[str, Promise], ...] = (
    (Lane.DANGER, _("May be in danger")),
    (Lane.THREAT, _("Threat")),
    (Lane.ABUSE, _("Abuse")),
    (Lane.NAMES_PUPIL, _("Names a pupil")),
    (Lane.PERSONAL_DATA, _("Personal details")),
    (Lane.JOURNALIST, _("May be a journalist")),
    (Lane.COMPLAINT, _("Complaint")),
    (Lane.QUESTION, _("Question")),
    (Lane.PRAISE, _("Praise")),
    (Lane.SPAM, _("Spam")),
    (Lane.OTHER, _("Anything else")),
)


class OwnPhrase(FederationOwned):
    """A phrase that a federation adds to a list, or one of the packaged lists that it switches off (`off`).

    A later change ends it; nothing is written over.
    """

    numbered: ClassVar[Promise] = _("Phrase {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    lane = models.CharField(max_length=13, choices=LANE_NAMES)
    language = models.CharField(max_length=2, choices=[("en", _("English")), ("cy", _("Welsh"))])
    words = models.CharField(max_length=80)
    off = models.BooleanField(default=False)
    because = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "lane", "language", "words"],
                condition=Q(ended_at=None),
                name="inbox_phrase_once",
            ),
            models.CheckConstraint(
                name="inbox_phrase_off_for_a_reason", condition=Q(off=False) | ~Q(because="")
            ),
            models.CheckConstraint(
                name="inbox_phrase_ended_by_a_person",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"phrase {self.pk}"


class ReaderCare(FederationOwned):
    """How a reader wants abusive words shown, and the hard items that they opened on `day` alone."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    shows_words = models.BooleanField(default=False)
    day = models.DateField()
    seen = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "person"], name="inbox_reader_care_once"),
        ]

    def __str__(self) -> str:
        return f"care for reader {self.person_id}"
