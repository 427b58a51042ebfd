"""Why was my comment removed? The author enters the code of the notice, reads why, and can appeal.

It says nothing about anyone else, and nothing of the comment itself: a public notice shows its code to all.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound, NotNow
from schoolgate.inbox import removals
from schoolgate.inbox.actions import make_appeal
from schoolgate.inbox.models import Removal
from schoolgate.inbox.removal_texts import rule_in
from schoolgate.inbox.states import AppealState, WhyKeptBack
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.people.queries import book_of
from schoolgate.web.frame.doors import Visit, public_page
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.limits import coded, without_cookies, wrong_code
from schoolgate.web.frame.typed import carried
from schoolgate.web.frame.wording import clause_shown, federation_of, quote_from
from schoolgate.web.inbox.removal_forms import AppealForm


class WhyForm(SchoolForm):
    """The code from the notice."""

    code = forms.CharField(
        label=_("Code from the notice"),
        help_text=_("Twelve letters and numbers, for example ABCD-EFGH-JKLM."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


@without_cookies
@coded("why-removed")
@public_page
def why(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The question, its answer, and the appeal. The code is never in an address."""
    sent = request.method == "POST"
    given = request.POST if sent else carried()
    form, appealing = WhyForm(given if sent or "appeal-words" in given else None), AppealForm()
    shown: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        try:
            removal = removals.by_code(form.cleaned_data["code"])
        except NotFound:
            wrong_code(request)
            form.add_error("code", str(_("No removal has this code. Check what you copied.")))
        else:
            if "appeal-words" in request.POST and not request.POST.get("website"):
                appealing = AppealForm(request.POST)
                shown |= _appeal(appealing, removal, visit)
            shown |= {**_shown(removal, visit), "code": removals.as_written(removal.code)}
    context = {"federation": visit.federation, "form": form, "appealing": appealing, **shown}
    status = 422 if form.errors or appealing.errors else 409 if "too_late" in shown else 200
    response = render(request, "public/why_removed.html", context, status=status)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def _appeal(form: AppealForm, removal: Removal, visit: Visit) -> dict[str, Any]:
    try:
        saved = form.save(lambda typed: make_appeal(at=visit.at, item=removal.item, **typed))
    except NotNow as error:
        return {"too_late": error}
    return {"appealed": True} if saved else {}


def _shown(removal: Removal, visit: Visit) -> dict[str, Any]:
    book = book_of(visit.federation)
    federation, quote = federation_of(book.key), quote_from(book)
    row = removals.appeal_of(removal)
    over = removal.ended_at is not None
    decided = row is not None and row.state in (AppealState.UPHELD, AppealState.DISMISSED)
    return {
        "removal": removal,
        "network": all_capabilities()[removal.item.account.network].name,
        "deleted": removal.moderation.how == "removed",
        "reason": WhyKeptBack(removal.moderation.reason).label,
        "rule": rule_in(removal, get_language() or "en"),
        "clauses": [
            clause_shown(one, basis="policy", federation=federation, quote=quote)
            for one in removals.clauses_of(removal)
            if one in book.clauses
        ],
        "appeal": row,
        "decided": decided,
        "cannot_come_back": decided
        and row is not None
        and row.state == AppealState.UPHELD
        and not row.reversal_id,
        "over": over,
        "may_appeal": not over
        and (row is None or row.state != AppealState.OPEN)
        and removal.appeals.count() < removals.MOST_APPEALS,
    }


urlpatterns = [path("<slug:federation>/why-removed", why, name="why-removed")]
