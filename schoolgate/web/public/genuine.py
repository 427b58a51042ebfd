"""Is this account genuine? Visitors check an address or handle, and report a page that pretends to be ours.

What they ask is only in the address of the answer: not logged, not saved, and no link passes it on.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.register import Genuine, look_up
from schoolgate.accounts.unofficial import LONGEST_WORDS, Copy, report_fake
from schoolgate.core.errors import BadInput
from schoolgate.core.models import School
from schoolgate.people.outside import may_cry_out
from schoolgate.web.accounts.register_wording import (
    answer_in_words,
    clauses_behind,
    known_shown,
    proofs_in_words,
)
from schoolgate.web.accounts.views import where_in
from schoolgate.web.frame.closed import open_to_anybody
from schoolgate.web.frame.doors import Visit, done, public_page
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.limits import LONGEST_READ, limited
from schoolgate.web.frame.pictures import take_copy
from schoolgate.web.public.register import account_shown

KINDS = {
    Genuine.OURS: "good",
    Genuine.MOVED: "wait",
    Genuine.CLOSED: "wait",
    Genuine.FAKE: "no",
    Genuine.ALIKE: "wait",
}


class AskForm(SchoolForm):
    """One line."""

    q = forms.CharField(
        label=_("Account address or name"),
        help_text=_("For example www.facebook.com/ourschool or @ourschool."),
        max_length=1000,
        required=False,
        strip=False,
    )


class ReportForm(SchoolForm):
    """Where it is, what was seen, and a picture if there is one."""

    address = forms.CharField(label=_("Web address of the page"), max_length=500, required=False)
    school = forms.ModelChoiceField(
        School.objects.none(), label=_("Which school does it pretend to be?"), required=False,
        empty_label=_("I’m not sure, or all of them"),
    )  # fmt: skip
    words = forms.CharField(
        label=_("What did you see?"),
        help_text=_("Two sentences are enough. Don’t write a child’s name."),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    picture = forms.FileField(
        label=_("Picture of the page, if you have one"),
        help_text=_("JPEG, HEIC, PNG, WebP or AVIF. Only the people looking into this can see it."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = School.objects.order_by("name")  # type: ignore[attr-defined]


@limited("genuine", rate="300/m", looks=True)
@public_page(methods=("GET", "HEAD"))
def genuine(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The question, and the answer to what was typed."""
    asked = "q" in request.GET
    form = AskForm({"q": request.GET.get("q", "")} if asked else None)
    context: dict[str, Any] = {"federation": visit.federation, "form": form, "asked": asked}
    if asked and form.is_valid() and form.cleaned_data["q"].strip():
        context |= _answer(form.cleaned_data["q"], visit, request)
    elif asked and not form.errors:
        form.add_error("q", str(_("Enter an address or name")))
    response = render(request, "register/genuine.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def _answer(text: str, visit: Visit, request: HttpRequest) -> dict[str, Any]:
    told = look_up(text, at=visit.at, where=where_in(visit, request))
    return {
        "told": told,
        "said": answer_in_words(told),
        "kind": KINDS.get(told.answer, "info"),
        "strange": bool(told.typed and told.typed.strange),
        "as_sent": _as_sent(told.typed.host) if told.typed else "",
        "rows": [
            {**account_shown(one, visit, request), "proofs": proofs_in_words(one)} for one in told.accounts
        ]
        if told.answer != Genuine.CLOSED
        else [],
        "page": known_shown(told.page) if told.page else None,
        "clauses": clauses_behind(told, on=visit.on),
        "may_report": told.answer in (Genuine.UNKNOWN, Genuine.ALIKE, Genuine.CLOSED, Genuine.MOVED)
        and bool(told.typed and told.typed.key),
    }


def _as_sent(host: str) -> str:
    """Return a host with letters of another alphabet as browsers spell it; empty where it has none."""
    try:
        spelled = host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return spelled if spelled != host else ""


@public_page
def _report(request: HttpRequest, visit: Visit, copy: Copy | BadInput | None) -> HttpResponseBase:
    begun = request.POST.get("do") == "begin"
    sent = request.method == "POST" and not begun
    initial = {"address": request.POST.get("address", "")[:500]} if begun else None
    form = ReportForm(request.POST if sent else None, initial=initial)
    if sent and request.POST.get("website"):
        # A bot that fell into the trap gets the same answer as everyone, without a reference.
        return done(request, _("Thank you. Someone will look into it."), "register", visit.federation.slug)
    if sent and form.is_valid():
        typed = form.cleaned_data
        try:
            if isinstance(copy, BadInput):
                raise copy
            fake = report_fake(
                at=visit.at, address=typed["address"], words=typed["words"], school=typed["school"],
                copy=copy, where=where_in(visit, request),
            )  # fmt: skip
        except BadInput as error:
            form.refuse(error)
        else:
            thanks = _("Thank you. Someone will look into it. Your reference is {reference}.")
            said = str(thanks).format(reference=fake.reference)
            return done(request, said, "register", visit.federation.slug)
    context = {"federation": visit.federation, "form": form}
    return render(request, "register/report.html", context, status=422 if form.errors else 200)


def _cries_out(request: HttpRequest) -> bool:
    """Return whether a report may tell of danger, by as much of it as can be saved."""
    return may_cry_out(request.POST.get("words", "")[:LONGEST_READ])


@open_to_anybody
@limited("fake", rate="30/m", cries=_cries_out)
@limited("fake-day", rate="300/d", cries=_cries_out)
def report(request: HttpRequest, federation: str) -> HttpResponseBase:
    """Report a page that pretends to be ours. The picture is proven before the page's scope opens."""
    return _report(request, federation=federation, copy=take_copy(request))


urlpatterns = [
    path("<slug:federation>/genuine", genuine, name="genuine"),
    path("<slug:federation>/register/fake", report, name="report-fake"),
]
