"""What the record has for a request about data: what a person did here and what was done about them, and,
for freedom of information, the governors’ reports and files of evidence that were made."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from functools import reduce
from itertools import islice
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.functional import Promise, lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import LONDON, begins, local_day
from schoolgate.core.disclosure import KEPT, Match, Piece, Place, Sought, Text, Why
from schoolgate.core.events import EVENTS
from schoolgate.core.models import LedgerRow
from schoolgate.core.saying import moment, subject_in_words
from schoolgate.duties.models import Duty
from schoolgate.inbox.seeing import subjects_of_all
from schoolgate.policy.queries import policy_or_none
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


# Governors' reports and files of evidence for freedom of information: that they were made, and of what. The
# record has it; the figures and rows themselves are on the pages that make them.

REPORT, EVIDENCE = "governors.link_made", "evidence.exported"
"""The events that say that one was made, as the rooms above write them."""
COUNTED_AGAIN = _(
    "Counted again each time you open it. Schoolgate doesn’t store what was shown, but can "
    "count these days again."
)
"""What an answer tells about a report that was passed on (docs/adr/0063)."""


class MadeFiles(Place):
    """One piece for each governors' report that was passed on by a link, and for each file of evidence."""

    code, room, business_only = "reports.made", "reports", True

    @property
    def tables(self) -> frozenset[str]:
        """None of its own: these are rows of the record."""
        return frozenset()

    def find(self, sought: Sought, *, after: int, limit: int) -> list[Match]:
        """Return those whose name or description has the words sought, in English or in Welsh."""
        if not sought.business:
            return []
        rows = LedgerRow.objects.filter(sought.within("at"), event__in=(REPORT, EVIDENCE), number__gt=after)
        found = (row.number for row in rows.order_by("number") if sought.fits(_in_both(row)))
        return [Match(number, Why.NAMED) for number in islice(found, limit)]

    def read(self, numbers: Collection[int], sought: Sought) -> list[Piece]:
        """Return them with their names and descriptions."""
        rows = LedgerRow.objects.filter(event__in=(REPORT, EVIDENCE), number__in=numbers)
        return [
            Piece(number=row.number, title=_name(row), at=row.at, texts=_texts(row))
            for row in rows.order_by("number")
        ]


def _name(row: LedgerRow) -> Promise:
    clause = row.details.get("clause")
    if row.event == REPORT:
        return _("Governors’ report")
    if clause is None:
        return _("File of evidence for all clauses")
    return format_lazy(_("File of evidence for clause {clause}"), clause=clause)


def _texts(row: LedgerRow) -> tuple[Text, ...]:
    ids, name = row.details, _name(row)
    said: list[tuple[str, Promise, str | Promise]] = [("name", _("Name"), name)]
    if row.event == REPORT:
        days = [moment(date.fromordinal(ids[key])) for key in ("first", "last")]
        said.append(("period", _("Period"), format_lazy(_("{first} to {last}"), first=days[0], last=days[1])))
        said.append(("figures", _("Figures"), COUNTED_AGAIN))
    else:
        said.append(("clause", _("What the clause says"), _says(ids.get("clause"), local_day(row.at))))
        said.append(("rows", _("Rows of the record"), str(ids["rows"])))
        said.append(("digest", _("SHA-256 of the file"), ids["digest"]))
    return tuple(
        Text(f"reports.made:{row.number}:{part}", label, str(words), _promised(words))
        for part, label, words in said
        if words
    )


def _promised(words: str | Promise) -> Promise | None:
    return words if isinstance(words, Promise) else None


def _says(clause: str | None, on: date) -> str:
    policy = policy_or_none(on) if clause else None
    try:
        return policy.book.clause(clause).says if policy is not None and clause else ""
    except LookupError:
        return ""


def _in_both(row: LedgerRow) -> Iterator[str]:
    for language in ("en", "cy"):
        with translation.override(language):
            yield from [text.text for text in _texts(row)]
