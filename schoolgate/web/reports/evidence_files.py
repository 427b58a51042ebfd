"""The evidence for one clause or all as a file to download."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolgate.core.days import day_in
from schoolgate.core.errors import BadInput
from schoolgate.reports.evidence_file.asked import Asked
from schoolgate.reports.evidence_file.making import export_evidence
from schoolgate.reports.keeping import HowKept
from schoolgate.reports.sentences import RESTS
from schoolgate.web.frame.doors import Visit


def evidence_file(
    request: HttpRequest, visit: Visit, clause: str = "", words: str = "", told: Sequence[str] = ()
) -> FileResponse:
    """Return the file for a clause, or for all, from the day `from` to the day `to` of the form, where they
    are chosen. Raises BadInput for other days."""
    first, last = (_day(request, name) for name in ("from", "to"))
    if first and last and first > last:
        raise BadInput({"to": _("Choose a last day on or after the first day.")})
    asked = Asked(visit.federation, clause, words, told, first, last)
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        export_evidence(asked=asked, out=out, at=visit.at, by=visit.person)
    except BaseException:
        out.close()
        raise
    out.seek(0)
    answer = FileResponse(out, content_type="application/zip", as_attachment=True, filename=asked.name)
    answer["Cache-Control"] = "no-store"
    return answer


def told_of(how: HowKept) -> list[str]:
    """Return sentences on what a clause rests on and how often it was decided, for the file."""
    said = [str(RESTS[how.rests]), *how.kept_by]
    if how.total.decided:
        said.append(
            ngettext(
                "Decided {number} time in all.", "Decided {number} times in all.", how.total.decided
            ).format(number=how.total.decided)
        )
    return said


def _day(request: HttpRequest, name: str) -> date | None:
    given = request.POST.get(name, "").strip()
    try:
        return day_in(given) if given else None
    except ValueError:
        raise BadInput({name: _("Choose a day from the calendar.")}) from None
