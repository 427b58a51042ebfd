"""Concerns for a request about data: marked for the safeguarding leads, who read each where it is and write
themselves what the answer says. None of the content is read here."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, cast

from django.db.models import Exists, OuterRef, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.data_map import entries
from schoolgate.core.disclosure import Match, Piece, Place, Sought, Text, Why
from schoolgate.core.vault import opened
from schoolgate.incidents.ladder import Around, instead_of_leads
from schoolgate.incidents.meant import may_see
from schoolgate.incidents.models import Content, KeptOut, Report
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for


class Concerns(Place):
    """Concerns that a person reported, or that may be about them. Those that name them only a lead can find,
    among those that they have opened."""

    code, room = "incidents.report", "incidents"
    own_words = _("What the answer says about this concern")

    @property
    def tables(self) -> frozenset[str]:
        """All tables of concerns."""
        return frozenset(table for table in entries.load().tables if table.startswith("incidents."))

    def find(self, sought: Sought, *, after: int, limit: int) -> list[Match]:
        """Return what they reported with their name, and what they were kept out of: it may be about them."""
        if sought.person is None:
            return []
        about = Exists(KeptOut.objects.filter(report=OuterRef("pk"), person=sought.person))
        rows = Report.objects.filter(Q(by=sought.person) | about, sought.within("reported_at"), pk__gt=after)
        return [
            Match(pk, Why.WROTE if by == sought.person else Why.ABOUT)
            for pk, by in rows.order_by("pk").values_list("pk", "by")[:limit]
        ]

    def read(self, numbers: Collection[int], sought: Sought) -> list[Piece]:
        """Return them with their reference alone."""
        rows = Report.objects.filter(pk__in=numbers).order_by("pk")
        return [
            Piece(
                number=row.pk, at=row.reported_at,
                title=format_lazy(cast("Any", row.numbered), number=row.pk),
                texts=(Text(f"incidents.report:{row.pk}:reference", _("Reference"), row.reference),),
            )
            for row in rows
        ]  # fmt: skip

    def for_lead(self, numbers: Collection[int]) -> set[int]:
        """Return all of them."""
        return set(numbers)

    def lead_may_read(self, person: Person, number: int, *, on: date) -> bool:
        """Return whether this person may know of the concern."""
        return Report.objects.filter(may_see(person, on), pk=number).exists()

    def instead_of_leads(self, number: int, *, on: date) -> frozenset[int]:
        """Return who takes the leads' part in the concern."""
        report = Report.objects.select_related("federation", "school", "by").get(pk=number)
        return instead_of_leads(book_for(report), Around.of(report, on=on)).people

    def find_as_lead(self, person: Person, sought: Sought, *, on: date) -> list[Match]:
        """Return the concerns in which they are named, among those that this lead has opened: the database
        gives the content of no other."""
        reports = Report.objects.filter(may_see(person, on), sought.within("reported_at"))
        rows = Content.objects.filter(report__in=reports).order_by("report")
        found = {
            report
            for report, ref in rows.values_list("report", "words_ref")
            if sought.fits(_texts(opened(ref)))
        }
        return [Match(pk, Why.NAMED) for pk in sorted(found)]


def _texts(words: Any) -> Iterator[str]:
    if isinstance(words, str):
        yield words
    elif isinstance(words, dict | list):
        for one in words.values() if isinstance(words, dict) else words:
            yield from _texts(one)
