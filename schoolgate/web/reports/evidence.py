"""Evidence that the policy is followed: its clauses by section, the rows that rest on each, and the same as a
file; and how long records are kept, one kind at a time set, started and held.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from schoolgate.accounts.opening_facts import standing_of
from schoolgate.core.clock import LONDON
from schoolgate.core.days import day_in
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.core.leaving import LONGEST
from schoolgate.core.models import Hold, Restoration
from schoolgate.core.retention import Area, Kind, kind_of, kinds
from schoolgate.core.saying import subject_in_words
from schoolgate.people.rules import can
from schoolgate.people.sheets import write_csv
from schoolgate.policy.measuring import rules_reached
from schoolgate.policy.queries import Heading, book_in_scope, by_heading
from schoolgate.records import destroying, setting
from schoolgate.records.destroying import InForce, check_decides, check_may_know
from schoolgate.records.destroying import check_may_see as check_may_see_records
from schoolgate.records.journal import here_again
from schoolgate.records.models import Because, Why
from schoolgate.records.setting import LONGEST_REASON, MOST_MONTHS
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
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm, radios
from schoolgate.web.frame.paging import number_in
from schoolgate.web.frame.steps import Step, take_step
from schoolgate.web.frame.wording import (
    answer_in_short,
    clause_shown,
    federation_of,
    plain,
    quote_from,
    situation_title,
)
from schoolgate.web.reports import governors
from schoolgate.web.reports.requests import requests
from schoolgate.web.reports.subjects import page_of_subject

HOW = [("months", gettext_lazy("For a number of months")), ("keep", gettext_lazy("Until we decide"))]


class PeriodForm(SchoolForm):
    """How long a kind is kept."""

    how = radios(gettext_lazy("How long do you keep them?"), HOW)
    months = forms.IntegerField(
        label=gettext_lazy("Months"), required=False, min_value=1, max_value=MOST_MONTHS,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Give a reason unless you use the suggested period."),
        required=False,
        max_length=LONGEST_REASON,
    )

    def __init__(self, now: InForce, data: Any = None) -> None:
        reason = now.setting.reason if now.setting else ""
        initial = {"how": "keep" if now.months is None else "months", "months": now.months, "reason": reason}
        super().__init__(data, initial=initial)

    def clean(self) -> dict[str, Any]:
        """Check that a number was given where one was chosen."""
        typed = super().clean() or {}
        if not typed.get("how"):
            self.add_error("how", gettext_lazy("Choose how long you keep them"))
        elif typed["how"] == "months" and typed.get("months") is None and "months" not in self.errors:
            self.add_error("months", gettext_lazy("Enter a number of months between 1 and 1200"))
        return typed


class HoldForm(SchoolForm):
    """What is held, and why."""

    because = forms.ChoiceField(label=gettext_lazy("Why must they be kept?"))
    number = forms.IntegerField(
        label=gettext_lazy("Number"),
        help_text=gettext_lazy("Leave it empty for all of them."),
        required=False,
        min_value=1,
        max_value=2**63 - 1,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-10"}),
    )

    def __init__(self, kind: Kind, data: Any = None) -> None:
        super().__init__(data)
        self.fields["because"].choices = [("", gettext_lazy("Choose")), *Because.choices]  # type: ignore[attr-defined]
        self.fields["number"].label = kind.thing  # type: ignore[assignment]


class NumberForm(SchoolForm):
    """Which one is to be erased."""

    number = forms.IntegerField(
        label=gettext_lazy("Number"),
        min_value=1,
        max_value=2**63 - 1,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-10"}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="id_erase_%s")  # the form of what must be kept has a number too


class EraseForm(SchoolForm):
    """Why one is erased before its time."""

    because = radios(gettext_lazy("Why is it erased?"), Why.choices)
    words = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("In a few words. Don’t write a name: this stays."),
        max_length=LONGEST,
    )


SHOWN = 50
NEWEST = 10
"""Of what was destroyed; the file has all."""
NOT_BUILT = {
    "accounts": gettext_lazy("Training requirements: they show that a condition of the policy was set."),
    "conduct": gettext_lazy(
        "Posts that staff were asked to remove from their own accounts: you can’t set a period yet."
    ),
    "core": gettext_lazy(
        "Reasons why posting was stopped on the whole server: they belong to no federation."
    ),
    "inbox": gettext_lazy(
        "Your own phrases and wordings, and codes in links and addresses: they’re in use until you change or "
        "end them."
    ),
    "people": gettext_lazy("Names of access keys, and types of long leave: they show who could do what."),
    "policy": gettext_lazy(
        "Notes on what people confirmed, and codes of links to the policy: they’re part of what people "
        "signed."
    ),
    "publishing": gettext_lazy(
        "The schools’ own contact details, and who posted before Schoolgate: they’re in use."
    ),
    "records": gettext_lazy(
        "Reasons for retention periods and for erasing: they show why records were destroyed when they were."
    ),
}
"""What has no period, and why, by the room whose tables have it; a test compares the data map."""
KEPT = (
    gettext_lazy("The policy’s adopted texts, interpretations, reviews and rulings: people signed them, and "
      "decisions are based on them."),
    gettext_lazy("Every version of a guide: it shows what pupils, parents and staff were told, and when."),
)  # fmt: skip
"""What stays on purpose, and why: what the data map calls evidence."""


def records(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show all kinds, holds and certificates; or one kind, and take a step with it."""
    if request.GET.get("file") == "csv":
        return _as_csv(visit)
    if "kind" in request.GET:
        kind = destroying.kind_named(request.GET["kind"])
        asked = NumberForm(request.GET) if "number" in request.GET else None
        if asked is not None and asked.is_valid():
            return _one(request, visit, kind, asked.cleaned_data["number"])
        return _kind(request, visit, kind, asked)
    if request.method == "POST":
        return _lift(request, visit)
    context = {
        "areas": _areas(visit),
        "kept": KEPT,
        "not_built": list(NOT_BUILT.values()),
        "back_again": [
            {"name": _name(one.given["kind"]), "kind": one.given["kind"], "number": one.number}
            for one in here_again(visit.person.federation, Restoration.objects.order_by("-pk").first())
        ],
        "erased": [
            {
                "cert": one,
                "name": _name(one.kind),
                "because": Why(one.because).label,
                "reasons": destroying.reasons_for_erasing(one.kind, one.thing or 0),
            }
            for one in destroying.certificates(visit.person, on=visit.on).filter(thing__isnull=False)[:NEWEST]
        ],
        "runs": [
            {**one, "name": _name(one["kind"])}
            for one in destroying.runs_by_day(visit.person, on=visit.on)[:NEWEST]
        ],
        "holds": [_held(one) for one in destroying.holds_seen(visit.person, on=visit.on)[:SHOWN]],
        "decides": can(check_decides, visit.person, on=visit.on),
    }
    return render(request, "evidence/records.html", context)


def _areas(visit: Visit) -> list[dict[str, Any]]:
    """Return all kinds by where people look for them, each with what is due."""
    held = destroying.held_things()
    rows = [_kind_row(one, visit, held) for one in destroying.all_in_force(kinds())]
    found = [(area.label, [row for row in rows if row["kind"].area == area]) for area in Area]
    return [
        {"name": name, "rows": of, "due": any(row["due"].number for row in of)} for name, of in found if of
    ]


def _kind_row(now: InForce, visit: Visit, held: Sequence[str] | None = None) -> dict[str, Any]:
    due = destroying.counted(now.kind, now.months, at=visit.at, held=held, person=visit.person)
    return {"kind": now.kind, "now": now, "due": due}


def _kind(
    request: HttpRequest, visit: Visit, kind: Kind, asked: NumberForm | None = None
) -> HttpResponseBase:
    answer = asked or take_step(request, visit, kind, STEPS)
    if not isinstance(answer, SchoolForm | None):
        return answer
    now = destroying.in_force(kind)
    context = {
        **_kind_row(now, visit),
        "seen": now.setting.pk if now.setting else "",
        "sent": answer,
        "form": answer if isinstance(answer, PeriodForm) else PeriodForm(now),
        "hold_form": answer if isinstance(answer, HoldForm) else HoldForm(kind),
        "number_form": answer if isinstance(answer, NumberForm) else NumberForm(),
        "decides": can(check_decides, visit.person, on=visit.on, kind=kind),
    }
    return render(request, "evidence/record_kind.html", context, status=422 if answer else 200)


def _one(request: HttpRequest, visit: Visit, kind: Kind, pk: int) -> HttpResponseBase:
    """Show what goes if one is erased, and erase it."""
    check_decides(visit.person, on=visit.on, kind=kind)
    check_may_know(visit.person, kind, pk, on=visit.on)
    going = destroying.going_now(kind, pk, at=visit.at)
    form = EraseForm(request.POST if request.method == "POST" else None)

    def save(typed: dict[str, Any]) -> Any:
        return destroying.erase_one(by=visit.person, at=visit.at, kind=kind, pk=pk, **typed)

    if request.method == "POST" and (made := form.save(save)):
        said = gettext_lazy("Erased. Its certificate is in this list.")
        if made.value is None:
            said = gettext_lazy("Another safeguarding lead has to erase it too. We’ve asked them.")
        return done(request, said, f"{reverse('evidence')}?as=records")
    context = {
        "kind": kind,
        "called": kind.called(pk),
        "number": pk,
        "since": min(going.rows.values(), default=None),
        "refusal": going.refusal,
        "reasons": destroying.reasons_for_erasing(kind.key, pk),
        "form": form,
    }
    return render(request, "evidence/record_one.html", context, status=422 if form.errors else 200)


def _set(request: HttpRequest, visit: Visit, kind: Kind) -> HttpResponseBase | SchoolForm:
    form = PeriodForm(destroying.in_force(kind), request.POST)

    def save(typed: dict[str, Any]) -> Any:
        return setting.set_period(
            by=visit.person, at=visit.at, kind=kind, reason=typed["reason"], seen=_seen(request),
            months=typed["months"] if typed["how"] == "months" else None,
        )  # fmt: skip

    return (
        _back(request, gettext_lazy("Period saved. Check what would be destroyed, then start."), kind)
        if form.save(save)
        else form
    )


def _start(request: HttpRequest, visit: Visit, kind: Kind) -> HttpResponseBase:
    months = number_in(request.POST.get("months", ""))
    setting.start(by=visit.person, at=visit.at, kind=kind, seen=_seen(request), months=months)
    return _back(
        request, gettext_lazy("Started. Records are now destroyed on the night they fall due."), kind
    )


def _stop(request: HttpRequest, visit: Visit, kind: Kind) -> HttpResponseBase:
    setting.stop(by=visit.person, at=visit.at, kind=kind)
    return _back(request, gettext_lazy("Stopped. Nothing more is destroyed."), kind)


def _hold(request: HttpRequest, visit: Visit, kind: Kind) -> HttpResponseBase | SchoolForm:
    form = HoldForm(kind, request.POST)

    def save(typed: dict[str, Any]) -> Any:
        given = {"by": visit.person, "at": visit.at, "kind": kind, "because": typed["because"]}
        if typed["number"] is None:
            return destroying.hold_kind(**given)
        return destroying.hold_thing(**given, pk=typed["number"])

    return (
        _back(request, gettext_lazy("Saved. The record stays until the ban is lifted."), kind)
        if form.save(save)
        else form
    )


def _lift(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    hold = Hold.objects.filter(pk=number_in(request.POST.get("hold", ""))).first()
    if hold is None:
        raise NotFound
    destroying.lift_hold(by=visit.person, at=visit.at, hold=hold)
    return done(request, gettext_lazy("Ban lifted."), f"{reverse('evidence')}?as=records")


STEPS: dict[str, Step[Kind]] = {"set": _set, "start": _start, "stop": _stop, "hold": _hold}
"""What the buttons of the page send as `do`."""


def _back(request: HttpRequest, words: Any, kind: Kind) -> HttpResponseBase:
    return done(request, words, f"{reverse('evidence')}?as=records&kind={kind.key}")


def _seen(request: HttpRequest) -> int | None:
    return number_in(request.POST["seen"]) if request.POST.get("seen") else None


def _name(key: str) -> Any:
    kind = kind_of(key)
    return kind.name if kind else key


def _held(hold: Hold) -> dict[str, Any]:
    whole = next((one.name for one in kinds() if one.subject == hold.subject), None)
    return {
        "hold": hold,
        "what": whole or subject_in_words(hold.subject),
        "because": Because(hold.because).label if hold.because in Because.values else hold.because,
    }


def _as_csv(visit: Visit) -> HttpResponseBase:
    heads = (
        gettext("Certificate"), gettext("Destroyed"), gettext("Kind of record"), gettext("Number"),
        gettext("First day"), gettext("Last day"), gettext("Months kept"), gettext("Retention period"),
        gettext("Checksum of the numbers"), gettext("Erased number"), gettext("Reason"),
    )  # fmt: skip
    rows = (
        (
            str(one.pk), one.at.astimezone(LONDON).isoformat(timespec="minutes"), str(_name(one.kind)),
            str(one.number), one.first_day.isoformat(), one.last_day.isoformat(), _or_empty(one.months),
            _or_empty(one.setting), one.ids_digest, _or_empty(one.thing),
            str(Why(one.because).label) if one.because else "",
        )
        for one in destroying.certificates(visit.person, on=visit.on).iterator(500)
    )  # fmt: skip
    answer = HttpResponse(write_csv((heads, *rows)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="destroyed-{visit.on.isoformat()}.csv"'
    return answer


def _or_empty(value: object) -> str:
    return "" if value is None else str(value)


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
