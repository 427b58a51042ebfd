"""Sealed secrets, holds on deletion, certificates of destruction, and pressed stop buttons."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models.directory import FederationOwned, School


class VaultSecret(FederationOwned):
    """A credential, sealed; only the keys in the home open it."""

    numbered: ClassVar[Promise] = _("Keys {number}")

    purpose = models.CharField(max_length=60)
    about = models.CharField(max_length=80)
    sealed = models.BinaryField()
    sealed_with = models.CharField(max_length=16, blank=True)
    """Name of the key, so that a change of keys finds what is left to do."""

    class Meta:
        indexes = [models.Index(fields=["federation", "about"], name="core_vault_about")]

    def __str__(self) -> str:
        return f"secret {self.pk}"


class Hold(FederationOwned):
    """Something that must not be deleted while the hold lasts, whatever its retention says."""

    numbered: ClassVar[Promise] = _("Ban on deleting {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    subject = models.CharField(max_length=80)
    because = models.CharField(max_length=60)
    """A short code: subject access, a complaint, an investigation."""
    placed_at = models.DateTimeField()
    placed_by = models.CharField(max_length=80)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="core_hold_lifted_at_and_by_together",
                condition=Q(lifted_at=None, lifted_by="") | Q(lifted_at__isnull=False) & ~Q(lifted_by=""),
            ),
            models.UniqueConstraint(
                fields=["federation", "subject", "because"],
                condition=Q(lifted_at=None),
                name="core_hold_once",
            ),
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"


class ThisTransaction(models.Func):
    """The number of the transaction, which no other has had in this database."""

    template = "(pg_current_xact_id()::text::bigint)"
    output_field = models.BigIntegerField()
    arity = 0


class Destruction(FederationOwned):
    """The certificate of what was destroyed together, in the transaction that destroyed it: because its
    period was over, or one `thing` that was erased before that, with who did it and why.

    The database lets rows of a table with `only_destroyed` go in that transaction alone.
    """

    numbered: ClassVar[Promise] = _("Certificate of destruction {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    kind = models.CharField(max_length=20)
    """Key of a kind of `core.retention`."""
    months = models.PositiveSmallIntegerField(null=True)
    """How long such records were kept then."""
    setting = models.BigIntegerField(null=True)
    """The federation's setting that was in force (`records.Setting`)."""
    thing = models.BigIntegerField(null=True)
    """The number of the one that was erased, as people know it."""
    because = models.CharField(max_length=20, blank=True)
    by = models.CharField(max_length=80, blank=True)
    number = models.PositiveIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    """From when to when the days were from which the period counted."""
    ids_digest = models.CharField(max_length=64)
    """SHA-256 of the numbers of the rows (`retention.digest_of`)."""
    at = models.DateTimeField()
    made_in = models.BigIntegerField(db_default=ThisTransaction())

    class Meta:
        indexes = [
            models.Index(fields=["federation", "-id"], name="core_destruction_newest"),
            models.Index(fields=["made_in"], name="core_destruction_made_in"),
        ]
        constraints = [
            models.CheckConstraint(
                name="core_destruction_by_period_or_erased",
                condition=Q(months__isnull=False, setting__isnull=False, thing=None, because="", by="")
                | Q(months=None, setting=None, thing__isnull=False) & ~Q(because="") & ~Q(by=""),
            ),
        ]

    def __str__(self) -> str:
        return f"certificate {self.pk}"


class DestroyedFile(FederationOwned):
    """A file that goes with what was destroyed, until it is gone from the disk."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")

    destruction = models.ForeignKey(Destruction, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"file {self.pk} of certificate {self.destruction_id}"


class _Stopped(models.Model):
    """A stop: nothing starts until it is lifted or has ended."""

    reason = models.CharField(_("Reason"), max_length=300)
    placed_at = models.DateTimeField()
    placed_by = models.CharField(max_length=80, blank=True)
    until = models.DateTimeField(_("Until"), null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=80, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"stop {self.pk}"


class Stop(FederationOwned, _Stopped):
    """A stop for one school, or for the whole federation where no school is named."""

    numbered: ClassVar[Promise] = _("Stop on posting {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="+")
    destroyed_at = models.DateTimeField(null=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="core_stop_until_later", condition=Q(until=None) | Q(until__gt=F("placed_at"))
            ),
        ]
        indexes = [
            models.Index(
                fields=["federation", "school"], condition=Q(lifted_at=None), name="core_stop_standing"
            )
        ]


class InstallationStop(_Stopped):
    """A stop for every federation of the installation, set by the machine's operator."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="core_installation_stop_until_later",
                condition=Q(until=None) | Q(until__gt=F("placed_at")),
            ),
        ]
