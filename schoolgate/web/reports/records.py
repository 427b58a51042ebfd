"""How long records are kept: a way of showing the page of evidence. One kind at a time is set, started and
held.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import LONDON
from schoolgate.core.errors import NotFound
from schoolgate.core.leaving import LONGEST
from schoolgate.core.models import Hold, Restoration
from schoolgate.core.retention import Area, Kind, kind_of, kinds
from schoolgate.core.saying import subject_in_words
from schoolgate.people.rules import can
from schoolgate.people.sheets import write_csv
from schoolgate.records import destroying, setting
from schoolgate.records.destroying import InForce, check_decides, check_may_know
from schoolgate.records.journal import here_again
from schoolgate.records.models import Because, Why
from schoolgate.records.setting import LONGEST_REASON, MOST_MONTHS
from schoolgate.web.frame.doors import Visit, done
from schoolgate.web.frame.forms import SchoolForm, radios
from schoolgate.web.frame.paging import number_in
from schoolgate.web.frame.steps import Step, take_step

HOW = [("months", _("For a number of months")), ("keep", _("Until we decide"))]


class PeriodForm(SchoolForm):
    """How long a kind is kept."""

    how = radios(_("How long do you keep them?"), HOW)
    months = forms.IntegerField(
        label=_("Months"), required=False, min_value=1, max_value=MOST_MONTHS,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), help_text=_("Give a reason unless you use the suggested period."), required=False,
        max_length=LONGEST_REASON,
    )  # fmt: skip

    def __init__(self, now: InForce, data: Any = None) -> None:
        reason = now.setting.reason if now.setting else ""
        initial = {"how": "keep" if now.months is None else "months", "months": now.months, "reason": reason}
        super().__init__(data, initial=initial)

    def clean(self) -> dict[str, Any]:
        """Check that a number was given where one was chosen."""
        typed = super().clean() or {}
        if not typed.get("how"):
            self.add_error("how", _("Choose how long you keep them"))
        elif typed["how"] == "months" and typed.get("months") is None and "months" not in self.errors:
            self.add_error("months", _("Enter a number of months between 1 and 1200"))
        return typed


class HoldForm(SchoolForm):
    """What is held, and why."""

    because = forms.ChoiceField(label=_("Why must they be kept?"))
    number = forms.IntegerField(
        label=_("Number"), help_text=_("Leave it empty for all of them."), required=False, min_value=1,
        max_value=2**63 - 1, widget=forms.NumberInput(attrs={"class": "govuk-input--width-10"}),
    )  # fmt: skip

    def __init__(self, kind: Kind, data: Any = None) -> None:
        super().__init__(data)
        self.fields["because"].choices = [("", _("Choose")), *Because.choices]  # type: ignore[attr-defined]
        self.fields["number"].label = kind.thing  # type: ignore[assignment]


class NumberForm(SchoolForm):
    """Which one is to be erased."""

    number = forms.IntegerField(
        label=_("Number"), min_value=1, max_value=2**63 - 1,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-10"}),
    )  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="id_erase_%s")  # the form of what must be kept has a number too


class EraseForm(SchoolForm):
    """Why one is erased before its time."""

    because = radios(_("Why is it erased?"), Why.choices)
    words = forms.CharField(
        label=_("Reason"), help_text=_("In a few words. Don’t write a name: this stays."), max_length=LONGEST,
    )  # fmt: skip


SHOWN = 50
NEWEST = 10
"""Of what was destroyed; the file has all."""
NOT_BUILT = {
    "accounts": _("Training requirements: they show that a condition of the policy was set."),
    "conduct": _(
        "Posts that staff were asked to remove from their own accounts: you can’t set a period yet."
    ),
    "core": _("Reasons why posting was stopped on the whole server: they belong to no federation."),
    "inbox": _(
        "Your own phrases and wordings, and codes in links and addresses: they’re in use until you change or "
        "end them."
    ),
    "people": _("Names of access keys, and types of long leave: they show who could do what."),
    "policy": _(
        "Notes on what people confirmed, and codes of links to the policy: they’re part of what people "
        "signed."
    ),
    "publishing": _("The schools’ own contact details, and who posted before Schoolgate: they’re in use."),
    "records": _(
        "Reasons for retention periods and for erasing: they show why records were destroyed when they were."
    ),
}
"""What has no period, and why, by the room whose tables have it; a test compares the data map."""
KEPT = (
    _("The policy’s adopted texts, interpretations, reviews and rulings: people signed them, and "
      "decisions are based on them."),
    _("Every version of a guide: it shows what pupils, parents and staff were told, and when."),
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
    rows = [_row(one, visit, held) for one in destroying.all_in_force(kinds())]
    found = [(area.label, [row for row in rows if row["kind"].area == area]) for area in Area]
    return [
        {"name": name, "rows": of, "due": any(row["due"].number for row in of)} for name, of in found if of
    ]


def _row(now: InForce, visit: Visit, held: Sequence[str] | None = None) -> dict[str, Any]:
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
        **_row(now, visit),
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
        said = _("Erased. Its certificate is in this list.")
        if made.value is None:
            said = _("Another safeguarding lead has to erase it too. We’ve asked them.")
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
        _back(request, _("Period saved. Check what would be destroyed, then start."), kind)
        if form.save(save)
        else form
    )


def _start(request: HttpRequest, visit: Visit, kind: Kind) -> HttpResponseBase:
    months = number_in(request.POST.get("months", ""))
    setting.start(by=visit.person, at=visit.at, kind=kind, seen=_seen(request), months=months)
    return _back(request, _("Started. Records are now destroyed on the night they fall due."), kind)


def _stop(request: HttpRequest, visit: Visit, kind: Kind) -> HttpResponseBase:
    setting.stop(by=visit.person, at=visit.at, kind=kind)
    return _back(request, _("Stopped. Nothing more is destroyed."), kind)


def _hold(request: HttpRequest, visit: Visit, kind: Kind) -> HttpResponseBase | SchoolForm:
    form = HoldForm(kind, request.POST)

    def save(typed: dict[str, Any]) -> Any:
        given = {"by": visit.person, "at": visit.at, "kind": kind, "because": typed["because"]}
        if typed["number"] is None:
            return destroying.hold_kind(**given)
        return destroying.hold_thing(**given, pk=typed["number"])

    return (
        _back(request, _("Saved. The record stays until the ban is lifted."), kind)
        if form.save(save)
        else form
    )


def _lift(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    hold = Hold.objects.filter(pk=number_in(request.POST.get("hold", ""))).first()
    if hold is None:
        raise NotFound
    destroying.lift_hold(by=visit.person, at=visit.at, hold=hold)
    return done(request, _("Ban lifted."), f"{reverse('evidence')}?as=records")


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
