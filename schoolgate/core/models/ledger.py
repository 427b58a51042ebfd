"""The rows of the record. The application's role may add and read them, nothing else."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from schoolgate.core.models.directory import Federation, FederationOwned
from schoolgate.core.tenancy.scoping import federation_in_scope


def _chained_federation() -> models.ForeignKey[Federation]:
    """The federation of a chained row.

    The head that is locked for it refers to the directory once for the batch.
    """
    return models.ForeignKey(
        Federation,
        on_delete=models.PROTECT,
        related_name="+",
        default=federation_in_scope,
        editable=False,
        db_index=False,
        db_constraint=False,
    )


class LedgerRow(FederationOwned):
    """One event of one federation. `stored` holds the exact bytes that `hash` is the SHA-256 of.

    The columns beside it repeat what the bytes say, so that rows can be found; `ledger.verify` compares the
    two.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    pk = models.CompositePrimaryKey("federation_id", "number")
    federation = _chained_federation()
    number = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    """`people.person:17`, or nothing where the program itself acted."""
    event = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    clauses = ArrayField(models.CharField(max_length=80))
    decision = models.BigIntegerField(null=True)
    previous_hash = models.BinaryField()
    hash = models.BinaryField()
    stored = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "previous_hash"], name="core_ledger_previous"),
            models.CheckConstraint(name="core_ledger_number_from_one", condition=Q(number__gte=1)),
        ]
        indexes = [
            models.Index(fields=["federation", "subject", "number"], name="core_ledger_by_subject"),
            BrinIndex(fields=["at"], name="core_ledger_by_time", autosummarize=True),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.event}"

    @property
    def details(self) -> dict[str, Any]:
        """The ids and short codes that were recorded beside the subject."""
        found: dict[str, Any] = json.loads(bytes(self.stored))["ids"]
        return found


class LedgerClause(FederationOwned):
    """Which rows rest on a clause.

    A table of its own, because forced row security switches GIN indexes off.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    pk = models.CompositePrimaryKey("federation_id", "clause", "number")
    federation = _chained_federation()
    clause = models.CharField(max_length=80)
    number = models.BigIntegerField()

    class Meta:
        db_table = "ledger_clause"

    def __str__(self) -> str:
        return f"{self.clause} {self.number}"


class LedgerHead(FederationOwned):
    """The last row of a federation's chain; locked by each appending transaction until it commits."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    number = models.BigIntegerField(default=0)
    hash = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["federation"], name="core_ledger_one_head")]

    def __str__(self) -> str:
        return f"head {self.number}"
