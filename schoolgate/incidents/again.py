"""Concerns that were kept to the leads, or from a person, and may not be open to them after a restore."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.core.again import Again, Columns, Happened
from schoolgate.core.models import LedgerRow
from schoolgate.core.subjects import number_of
from schoolgate.incidents.models import KeptOut, Reader, Report
from schoolgate.people.models import Person


class Restricted(Columns):
    """Concerns that were kept to the safeguarding leads."""

    key, model, when = "incidents.restricted", Report, "restricted_at"
    undone = _("A concern was kept to the leads after the backup. A safeguarding lead must do it again.")


class KeptOutOf(Again):
    """People who were kept out of a concern. What is left to a person names neither."""

    key = "incidents.kept_out"
    undone = _("Who may read a concern changed after the backup. A safeguarding lead must check it.")

    def since(self, since: datetime) -> Iterator[Happened]:
        """Return for each concern from which someone was kept out lately all who are."""
        rows = LedgerRow.objects.filter(at__gte=since, event="report.kept_out").order_by("number")
        for pk, at in {number_of(one.subject): one.at for one in rows}.items():
            out = KeptOut.objects.filter(report=pk).order_by("pk")
            people = [one.person_id for one in out if one.person_id]
            yield Happened(pk, at, {"people": people, "roles": [one.role_key for one in out if one.role_key]})

    def again(self, number: int, given: Mapping[str, Any], *, at: datetime) -> bool:
        """Keep them out again."""
        report = Report.objects.filter(pk=number).first()
        if report is None:
            return True
        out = KeptOut.objects.filter(report=report)
        there = set(Person.objects.filter(pk__in=given["people"]).values_list("pk", flat=True))
        for pk in there - set(out.values_list("person_id", flat=True)):
            KeptOut.objects.create(report=report, person_id=pk)
        for key in set(given["roles"]) - set(out.values_list("role_key", flat=True)):
            KeptOut.objects.create(report=report, role_key=key)
        return True


class ReadingEnded(Columns):
    """People who may no longer read a concern."""

    key, model, when = "incidents.reading_ended", Reader, "ended_at"
    undone = KeptOutOf.undone
