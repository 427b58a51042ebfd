"""Concerns that were kept to the leads, or from a person, and may not be open to them after a restore; and
those that came in after the backup, of which only the words are lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import LONDON
from schoolgate.core.days import stored_instant
from schoolgate.core.models import Federation, LedgerRow, School
from schoolgate.core.retention import Again, Columns, Happened
from schoolgate.core.subjects import number_of
from schoolgate.incidents.models import KeptOut, Reader, Report
from schoolgate.incidents.queries import new_mark
from schoolgate.incidents.reporting import REPORTED, came_in
from schoolgate.people.models import Person


class Restricted(Columns):
    """Concerns that were kept to the safeguarding leads."""

    key, model, when = "incidents.restricted", Report, "restricted_at"
    undone = _(
        "A concern was restricted to the leads after the backup. A safeguarding lead must do it again."
    )


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


LOST = _(
    "Schoolgate was restored from an older backup. This concern came in after that backup, on {at}, so what "
    "was written in it is lost. Find out who may have written it, and ask."
)


class Reported(Again):
    """Concerns that came in. Their words are in no journal: the people who were told are told that one is
    lost, and who comes back with its code can write again."""

    key = REPORTED
    undone = _("A concern came in after the backup, and its words are lost. Tell a safeguarding lead.")
    at_release = True

    def since(self, since: datetime) -> Iterator[Happened]:
        """Return each concern that came in, with who was kept out of it."""
        for one in Report.objects.filter(reported_at__gte=since).prefetch_related("kept_out").order_by("pk"):
            yield came_in(one)

    def again(self, number: int, given: Mapping[str, Any], *, at: datetime) -> bool:
        """Report in its place that it is lost; keep out who was kept out."""
        from schoolgate.incidents.reporting import ReportContent, report_wrong

        report = Report.objects.filter(reference=given["reference"]).first()
        people = list(Person.objects.filter(pk__in=given["people"]))
        if report is None:
            when = stored_instant(given["at"]).astimezone(LONDON)
            report = report_wrong(
                at=at,
                said_here=ReportContent(
                    what=_in_each_language(LOST, at=f"{when:%-d.%-m.%Y, %H:%M}"), mark=new_mark(),
                    danger=given["danger"], school=School.objects.filter(pk=given["school"]).first(),
                    for_leads=given["leads"], about_people=people, about_roles=given["roles"],
                ),
            )  # fmt: skip
            Report.objects.filter(pk=report.pk).update(
                reference=given["reference"], code=given["code"], words_lost=True
            )
        for person in people:
            KeptOut.objects.get_or_create(report=report, person=person)
        return True


def _in_each_language(sentence: Promise, **given: str) -> str:
    told = []
    for language in Federation.objects.get().languages:
        with translation.override(language):
            told.append(str(sentence).format(**given))
    return "\n\n".join(told)


class ReadingEnded(Columns):
    """People who may no longer read a concern."""

    key, model, when = "incidents.reading_ended", Reader, "ended_at"
    undone = KeptOutOf.undone
