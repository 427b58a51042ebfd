"""Ask for a picture or a name to be taken down, without a code or an account: for parents and pupils. And
why was my comment removed? The author enters the code of the notice, reads why, and can appeal.

The answer says nothing about anyone else, and nothing of the comment itself: a public notice shows its
code to all.
"""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.inbox import removals
from schoolgate.inbox.models import AppealState, Removal, WhyKeptBack
from schoolgate.inbox.removal_notices import make_appeal, rule_in
from schoolgate.inbox.taking_off import asked_of, wish_down
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.noticeboard.models import NoticeboardPost
from schoolgate.people.outside import may_cry_out
from schoolgate.people.queries import book_of
from schoolgate.publishing.own_details import ways_to_reach
from schoolgate.web.frame.carrying import carried
from schoolgate.web.frame.doors import Visit, done, public_page
from schoolgate.web.frame.errors import LONGEST_READ, coded, limited, without_cookies, wrong_code
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.wording import clause_shown, federation_of, quote_from
from schoolgate.web.inbox.removals import AppealForm

KEY = re.compile(r"\b[a-z0-9]{13}\b")


class WishForm(SchoolForm):
    """What is to come down, and where the answer goes. All of it may stay empty where the post is known."""

    school = forms.ChoiceField(label=_("School"))
    words = forms.CharField(
        label=_("Which picture or name?"),
        help_text=_(
            "Paste the link, or say where and when you saw it and who it is: for example “the girl in the "
            "red coat”. You needn’t give a name or say why."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    reach = forms.CharField(
        label=_("How can we reach you?"),
        help_text=_("Optional. A phone number or email, if you want to hear that it’s done."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, schools: list[tuple[str, str]], known: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if len(schools) == 1 or known:
            del self.fields["school"]
        else:
            self.fields["school"].choices = [("", _("Choose a school")), *schools]  # type: ignore[attr-defined]
        if known:
            self.fields["words"].label = _("Who or what is it about? (optional)")
            self.fields["words"].help_text = _(
                "For example “the girl in the red coat”. You needn’t give a name or say why."
            )


def _cries_out(request: HttpRequest) -> bool:
    """Return whether a request may tell of danger, by as much of it as can be saved."""
    return may_cry_out(request.POST.get("words", "")[:LONGEST_READ])


@limited("take-down", rate="30/m", cries=_cries_out)
@limited("take-down-day", rate="300/d", cries=_cries_out)
@public_page
def ask(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Take what is to come down. A post that is down already, or was never here, is answered alike: the form
    asks which one."""
    accounts = asked_of()
    if not accounts:  # that page says how to reach the school
        return redirect("consent-code", visit.federation.slug)
    sent = request.POST if request.method == "POST" else None
    shown = _post_by((sent or request.GET).get("post", ""))
    known = shown is not None and shown.school in accounts
    schools = sorted(((str(one.pk), one.name) for one in accounts), key=lambda row: row[1])
    form = WishForm(sent, schools=schools, known=known)
    if sent is not None and form.is_valid():
        typed = form.cleaned_data
        pasted = map(_post_by, KEY.findall(typed["words"])[:5])
        meant = shown if known else next((one for one in pasted if one and one.school in accounts), None)
        pk = meant.school_id if meant else int(typed.get("school") or schools[0][0])
        account = next((one for school, one in accounts.items() if school.pk == pk), None)
        try:
            # a bot that fell into the trap gets the same answer
            if account is not None and not request.POST.get("website"):
                wish_down(
                    at=visit.at, account=account, key=meant.key if meant else "", words=typed["words"],
                    reach=typed["reach"], cries_out=lambda: _cries_out(request),
                )  # fmt: skip
        except BadInput as error:
            form.refuse(error)
        else:
            thanks = _(
                "Thank you. The people who can take it down have been asked to do so today. If it can’t "
                "wait, ring the school."
            )
            return done(request, thanks, "consent-code", visit.federation.slug)
    context = {
        "federation": visit.federation, "form": form, "post": shown if known else None,
        "reach": ways_to_reach(),
    }  # fmt: skip
    response = render(request, "public/take_down.html", context, status=422 if form.errors else 200)
    response["Cache-Control"], response["X-Robots-Tag"] = "no-store", "noindex"
    return response


def _post_by(key: str) -> NoticeboardPost | None:
    if not KEY.fullmatch(key):
        return None
    return NoticeboardPost.objects.filter(key=key, taken_down_at=None).select_related("school").first()


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


urlpatterns = [
    path("<slug:federation>/why-removed", why, name="why-removed"),
    path("<slug:federation>/take-down", ask, name="take-down-asked"),
]
