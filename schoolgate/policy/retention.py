"""What people answered when the policy was asked: what is due, and how it is destroyed.

The decision itself stays: its outcome, its clauses, and a digest whose salt goes with the answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound
from schoolgate.core.retention import SIX_YEARS, Area, Kind, Part, Public
from schoolgate.core.subjects import number_of
from schoolgate.policy.models import DecisionFacts, DecisionRecord

DECISION = "policy.decisionrecord:"
DECIDED_ON = Part(DecisionFacts, "kept__subject", by_subject=True)
"""The answers that decisions about a thing were based on, for kinds of which they go with the thing."""


class AskedOfThePolicy(Kind):
    """The facts that decisions were given."""

    key, number, endings = "asked", 3, ("asked_period",)
    area = Area.LAW
    public = Public.NOWHERE
    name = _("Answers that decisions were based on")
    thing = _("Decision")
    counted = _("From the day of the decision.")
    goes = _(
        "What people answered, and what Schoolgate knew of the post, comment or account when it decided."
    )
    stays = _("The decision: who asked, when, what the policy answered, and the clauses as worded then.")
    because = format_lazy(
        "{} {}", SIX_YEARS,
        _("For a child, ask for legal advice: their time to claim starts at 18 (section 28)."),
    )  # fmt: skip
    first = _("Try again in a minute: someone is working with it.")

    def due(self, before: datetime, *, at: datetime) -> QuerySet[DecisionFacts]:
        """Return the facts of the decisions before that instant."""
        rows = DecisionFacts.objects.filter(kept__at__lt=before)
        return rows.annotate(since=F("kept__at")).order_by("kept__at", "pk")

    def rows_of(self, pk: int) -> QuerySet[DecisionFacts]:
        """Return the facts of the decision."""
        return DecisionFacts.objects.filter(kept=pk)

    def unheld(self, rows: QuerySet[DecisionFacts], held: Sequence[str]) -> QuerySet[DecisionFacts]:
        """Leave out what a hold on the decision keeps, or one on the thing that it is about."""
        numbers = [number_of(one) for one in held if one.startswith(DECISION)]
        return rows.exclude(kept__in=numbers).exclude(kept__subject__in=list(held))

    def subject_of(self, pk: int) -> str:
        """Return the name of a decision whose answers are still here."""
        if not DecisionRecord.objects.filter(pk=pk, facts_row__isnull=False).exists():
            raise NotFound(
                _("There is no decision with this number, or its answers have been destroyed."),
                _("Check the number on the decision’s page."),
            )
        return f"{DECISION}{pk}"

    def still_needed(self, pks: Sequence[int]) -> set[int]:
        """Lock them; return those that another transaction has at this moment."""
        free = DecisionFacts.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk__in=pks)
        return set(pks) - set(free.values_list("pk", flat=True))

    def destroy(self, pks: Sequence[int], *, at: datetime) -> list[str]:
        """Delete the facts with their salts."""
        DecisionFacts.objects.filter(pk__in=pks).delete()
        return []
