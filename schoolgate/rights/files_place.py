"""Governors' reports and files of evidence for freedom of information: that they were made, and of what. The
record has it; the figures and rows themselves are on the pages that make them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from itertools import islice

from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.disclosure import Match, Piece, Place, Sought, Text, Why
from schoolgate.core.disclosure.saying import moment
from schoolgate.core.models import LedgerRow
from schoolgate.policy.queries import policy_or_none

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
