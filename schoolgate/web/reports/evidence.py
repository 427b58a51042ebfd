"""Evidence that the policy is followed: its clauses by section, the rows that rest on each, and the same as
a file.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolgate.accounts.opening_facts import standing_of
from schoolgate.core.days import day_in
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.core.saying import subject_in_words
from schoolgate.people.rules import can
from schoolgate.policy.measuring import rules_reached
from schoolgate.policy.queries import Heading, book_in_scope, by_heading
from schoolgate.records.destroying import check_may_see as check_may_see_records
from schoolgate.reports import evidence as queries
from schoolgate.reports.evidence import (
    COUNTED,
    PROOFS,
    RESTS,
    Asked,
    Evidence,
    check_may_see_evidence,
    event_in_words,
    export_evidence,
)
from schoolgate.reports.keeping import HowKept, how_kept
from schoolgate.rulebook import Clause
from schoolgate.rulebook.answers import answer_of_body
from schoolgate.rulebook.coverage import name_of
from schoolgate.web.frame.doors import Visit, page
from schoolgate.web.frame.paging import number_in
from schoolgate.web.frame.wording import (
    answer_in_short,
    clause_shown,
    federation_of,
    plain,
    quote_from,
    situation_title,
)
from schoolgate.web.reports import governors
from schoolgate.web.reports.records import records
from schoolgate.web.reports.requests import requests
from schoolgate.web.reports.subjects import page_of_subject


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


PAGE = 10


@page(place="evidence", check=check_may_see_records)
def evidence(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show what was recorded for each clause: of the policy by section, of the law, of our own rules; with
    `as=report` the governors' report, with `as=records` how long records are kept, with `as=requests`
    requests about data. A sent form gets all of it as a file."""
    if request.GET.get("as") == "records" or not can(check_may_see_evidence, visit.person, on=visit.on):
        return records(request, visit)  # all that a safeguarding lead without such a role sees here
    if request.GET.get("as") == "report":
        return governors.page_of(request, visit)
    if request.GET.get("as") == "requests":
        return requests(request, visit)
    if request.method == "POST":
        return evidence_file(request, visit)
    book = book_in_scope()
    named = [("", heading) for heading in by_heading(book.clauses.values())]
    named += [
        (pack.meta.key, Heading("", ((0, "", list(pack.clauses.values())),))) for pack in book.packs[1:]
    ]
    ids = [clause.id for _key, heading in named for clause in heading.clauses]
    hidden = queries.hidden_from(visit.person, on=visit.on)
    reached = rules_reached(book.key, apart=False)
    rules = (one for pack in book.packs for one in pack.bindings if name_of(one) in reached)
    asked = {clause for one in rules for clause in one.clauses}
    counted, last = queries.counts(ids, hidden=hidden), queries.last_times(ids, hidden=hidden)
    context = {
        "policy": book.meta,
        "today": visit.on.isoformat(),
        "most": COUNTED,
        "sections": [
            {
                "key": key,
                "name": heading.name,
                "number": heading.sections[0][0],
                "parts": [
                    {
                        "number": number,
                        "name": name,
                        "rows": [
                            _clause(each, counted[each.id], last.get(each.id), asked=each.id in asked)
                            for each in clauses
                        ],
                    }
                    for number, name, clauses in heading.sections
                ],
                "all": len(heading.clauses),
                "shown": sum(1 for each in heading.clauses if counted[each.id]),
                "last": max((last[each.id] for each in heading.clauses if each.id in last), default=None),
            }
            for key, heading in named
        ],
        "there": standing_of(visit.on),
    }
    return render(request, "evidence/evidence.html", context)


def _clause(each: Clause, count: int, last: datetime | None, *, asked: bool) -> dict[str, Any]:
    return {
        "clause": each,
        "count": min(count, COUNTED),
        "more": count > COUNTED,
        "last": last,
        "asked": asked,
    }


@page(place="evidence", check=check_may_see_evidence)
def clause(request: HttpRequest, visit: Visit, clause: str) -> HttpResponseBase:
    """Show one clause: its text, how it is applied, and the rows that rest on it, newest first. A
    sent form gets the same as a file that can be checked without Schoolgate."""
    book = book_in_scope()
    pack = next((pack for pack in book.packs if clause in pack.clauses), None)
    if pack is None:
        raise NotFound
    how = how_kept(book, clause, on=visit.on)
    words = clause_shown(
        clause, basis=str(pack.basis), federation=federation_of(book.key), quote=quote_from(book)
    )
    if request.method == "POST":
        return evidence_file(request, visit, clause, quote_from(book)(clause).says, told_of(how))
    before = number_in(request.GET["before"]) if "before" in request.GET else None
    hidden = queries.hidden_from(visit.person, on=visit.on)
    found, following = queries.evidence_for(clause, before=before, limit=PAGE, hidden=hidden)
    context = {
        "clause": words,
        "back": f"{reverse('evidence')}#{clause}",
        "today": visit.on.isoformat(),
        "rests": RESTS[how.rests],
        "how": how,
        "waits_for": plain(how.total.waits_for) if how.total.waits_for else "",
        "asked": [(situation_title(each), asking.reached) for each, asking in how.asked.items()],
        "open": [situation_title(each) for each in how.open],
        "kept_by": how.kept_by,
        "proofs": [PROOFS[each] for each in how.proofs],
        "rows": [_row(each, visit) for each in found],
        "before": before,
        "following": following,
    }
    return render(request, "evidence/clause.html", context)


def _row(each: Evidence, visit: Visit) -> dict[str, Any]:
    return {
        "at": each.row.at,
        "number": each.row.number,
        "says": event_in_words(each.row.event),
        "by": each.by.name if each.by else "",
        "by_gone": each.by_gone,
        "subject": subject_in_words(each.subject),
        "href": page_of_subject(each.subject, visit),
        "decision": each.decision,
        "answer": answer_in_short(answer_of_body(each.decision.body)) if each.decision else "",
    }


urlpatterns = [
    path("evidence", evidence, name="evidence"),
    path("evidence/clauses/<slug:clause>", clause, name="clause-evidence"),
]
