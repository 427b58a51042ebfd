"""How the installation is run: backups, rehearsals of restoring them, a home that came from one, and when
each part last did its work.

These rows belong to no federation. They say nothing about what a school does: numbers, instants and short
codes.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Backup(models.Model):
    """One backup that was made, or was to be. `trouble`: a code of `core.backups.shelf`, nothing where
    all went well.

    `number` goes up with each, whatever the clock says. `record`: the last row of each federation's record
    in it."""

    number = models.PositiveIntegerField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    folder = models.CharField(max_length=500)
    trouble = models.CharField(max_length=20, blank=True)
    size = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    rows = models.BigIntegerField(default=0)
    files = models.BigIntegerField(default=0)
    record = models.JSONField(default=dict)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-number"], name="core_backup_newest")]
        constraints = [
            models.CheckConstraint(
                name="core_backup_whole_or_in_trouble",
                condition=~Q(trouble="") | (Q(size__gt=0) & ~Q(digest="")),
            ),
        ]

    def __str__(self) -> str:
        return f"backup {self.number}"


class BackupRehearsal(models.Model):
    """One try at restoring a backup beside the running program. `trouble`: as in Backup."""

    number = models.PositiveIntegerField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    trouble = models.CharField(max_length=20, blank=True)
    rows = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["-began_at"], name="core_rehearsal_newest")]

    def __str__(self) -> str:
        return f"rehearsal of {self.number}"


class Restoration(models.Model):
    """This home was made from a backup. Until `released_at` nothing is sent, read from a network or mailed.

    `lost`: by federation, how many rows of the record were signed after the backup; only where newer signed
    heads were given. `told`: what the restore found, in short codes and numbers."""

    number = models.PositiveIntegerField()
    backup_at = models.DateTimeField()
    restored_at = models.DateTimeField()
    sound = models.BooleanField(default=False)
    lost = models.JSONField(default=dict)
    told = models.JSONField(default=dict)
    looked_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    released_by = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-id"], name="core_restoration_newest")]
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=Q(released_at=None), name="core_one_restoration_waits"
            ),
        ]

    def __str__(self) -> str:
        return f"restoration {self.pk}"


class Heartbeat(models.Model):
    """The last good run of one thing that has to run again and again; a name of the closed list
    `core.heartbeats`. It belongs to no federation and says nothing of what a school does."""

    what = models.CharField(max_length=40, unique=True)
    last_good = models.DateTimeField()

    def __str__(self) -> str:
        return self.what
