"""Ask for a picture or a name to be taken down, without a code or an account: for parents and pupils."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput
from schoolgate.inbox.actions import wish_down
from schoolgate.inbox.actions.wishing_down import asked_of
from schoolgate.networks.noticeboard.models import NoticeboardPost
from schoolgate.people.outside import may_cry_out
from schoolgate.publishing.own_details import ways_to_reach
from schoolgate.web.frame.doors import Visit, done, public_page
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.limits import LONGEST_READ, limited

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


urlpatterns = [path("<slug:federation>/take-down", ask, name="take-down-asked")]
