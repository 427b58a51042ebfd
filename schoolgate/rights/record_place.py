"""The record for a request about data: what a person did here, and what was done about them, by months."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import LONDON, begins
from schoolgate.core.disclosure import Match, Piece, Place, Sought, Text, Why
from schoolgate.core.disclosure.saying import moment
from schoolgate.core.disclosure.tables import KEPT
from schoolgate.core.events.names import EVENTS
from schoolgate.core.models import LedgerRow
from schoolgate.core.subject_words import subject_in_words
from schoolgate.duties.models import Duty
from schoolgate.inbox.seeing import subjects_of_all
from schoolgate.rights.deadlines import months_after


class Record(Place):
    """One piece a month: each text says what happened at a minute, never what was written."""

    code, room = "core.ledgerrow", "core"

    @property
    def tables(self) -> frozenset[str]:
        """The record."""
        return frozenset({"core.LedgerRow"})

    def find(self, sought: Sought, *, after: int, limit: int) -> list[Match]:
        """Return the months, as 202611, in which there is anything."""
        if sought.person is None:
            return []
        rows = _rows(sought)
        if after:
            rows = rows.filter(at__gte=begins(months_after(_first(after), 1)))
        months = rows.datetimes("at", "month", tzinfo=LONDON)[:limit]
        return [Match(one.year * 100 + one.month, Why.WROTE) for one in months]

    def read(self, numbers: Collection[int], sought: Sought) -> list[Piece]:
        """Return the months with a text for each event, oldest first."""
        return [piece for number in sorted(numbers) if (piece := _month(number, sought)) is not None]


def _month(number: int, sought: Sought) -> Piece | None:
    first = _first(number)
    rows = _rows(sought).filter(at__gte=begins(first), at__lt=begins(months_after(first, 1)))
    texts = [_text(row) for row in rows.order_by("number") if row.event in EVENTS]
    if not texts:
        return None
    return Piece(
        number=number, title=format_lazy(_("Record of {month}"), month=moment(first, "F Y")),
        at=begins(first), texts=tuple(texts),
    )  # fmt: skip


def _text(row: LedgerRow) -> Text:
    sentence = EVENTS[row.event].sentence
    said = format_lazy("{sentence} ({about})", sentence=sentence, about=_called(row.subject))
    return Text(f"core.ledgerrow:{row.number}", moment(row.at), f"{sentence} ({row.subject})", said)


_called: Any = lazy(subject_in_words, str)


def _rows(sought: Sought) -> QuerySet[LedgerRow]:
    name = f"people.person:{sought.person}"
    kept = Q()
    for area in KEPT:
        kept |= Q(subject__startswith=area)
    few = Duty.objects.filter(reduce(or_, (Q(subject__startswith=area) for area in KEPT)))
    kept |= Q(subject__in=[f"{Duty._meta.label_lower}:{pk}" for pk in few.values_list("pk", flat=True)])
    rows = LedgerRow.objects.filter(Q(actor=name) | Q(subject=name)).exclude(kept)
    rows = rows.exclude(event__startswith="rights.").exclude(subject__in=subjects_of_all())
    return rows.filter(sought.within("at"))


def _first(month: int) -> date:
    return date(month // 100, month % 100, 1)
