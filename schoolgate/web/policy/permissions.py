"""A request for a permission: the role answers it, the person who asked sees who has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from schoolgate.core.subjects import number_of
from schoolgate.people.outside import is_told, waits_for_lead
from schoolgate.people.queries import book_of
from schoolgate.policy.actions.permitting import (
    LONGEST_WORDS,
    ask_back,
    ask_first,
    note_permission_seen,
    permit,
    refuse_permission,
    reply,
)
from schoolgate.policy.asking import verdict
from schoolgate.policy.models import PermissionAsked
from schoolgate.policy.permitting import (
    Area,
    area_of,
    first_of,
    lacking,
    place_of,
    request_for,
    roles_to_answer,
    who_can_give,
)
from schoolgate.policy.states import AskedState
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import DayField, SchoolForm
from schoolgate.web.frame.wording import kept_verdict, point_label
from schoolgate.web.policy.asks import ShownAsks, asks_shown, whom

KINDS = {
    AskedState.OPEN: "wait",
    AskedState.BACK: "ask",
    AskedState.GIVEN: "good",
    AskedState.DECLINED: "no",
    AskedState.LAPSED: "",
}


class AskForm(SchoolForm):
    """What the person who asks for a permission adds."""

    words = forms.CharField(
        label=_("What should they know?"),
        help_text=_("Optional. Don’t name pupils."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST_WORDS,
        required=False,
    )


class PermitForm(SchoolForm):
    """The answer of the role to a request."""

    says = forms.ChoiceField(
        label=_("Do you agree?"),
        choices=[("yes", _("Yes")), ("no", _("No")), ("back", _("Ask a question first"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Reason or question"),
        help_text=_("Required unless you say yes. The person who asked will read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_WORDS,
        required=False,
    )
    until = DayField(
        label=_("Last day of a longer permission"),
        help_text=_("Leave blank to give permission for this text only."),
        required=False,
    )

    def __init__(self, *args: Any, lasts: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not lasts:
            del self.fields["until"]


class BackForm(SchoolForm):
    """The reply to a question asked back."""

    words = forms.CharField(
        label=_("Your reply"), widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST_WORDS
    )


@page(place="policy")
def permission(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show a request for a permission; the role answers it, the person who asked replies to a question."""
    asked = request_for(visit.person, pk, on=visit.on)
    mine = asked.asked_by_id == visit.person.pk
    replies = mine and asked.state == AskedState.BACK
    sent = request.POST if request.method == "POST" else None
    form = BackForm(sent) if mine else PermitForm(sent, lasts=bool(asked.lasts_for))
    if sent is not None and form.save(
        lambda typed: (
            reply(by=visit.person, at=visit.at, asked=asked, words=typed["words"])
            if mine
            else _answer(asked, typed, visit)
        )
    ):
        told = _("Reply sent.") if mine else _("Answer saved. The person who asked will be told.")
        return done(request, told, "permission-asked", pk)
    answers = asked.state == AskedState.OPEN and bool(roles_to_answer(asked, visit.person, on=visit.on))
    answers = answers and not waits_for_lead(asked)
    book, area = book_of(visit.federation), area_of(asked)
    holders = who_can_give(asked.roles, place_of(asked), asker=asked.asked_by, on=visit.on, about=[asked])
    context = {
        "asked": asked,
        "title": point_label(asked.point),
        "kind": KINDS[AskedState(asked.state)],
        "mine": mine,
        "lead_first": is_told(visit.person, asked),
        "form": form if replies or answers else None,
        "changed": asked.state == AskedState.OPEN and not area.current(asked),
        "whom": whom(asked.roles, holders, book),
        "href": _address(area, number_of(asked.about))
        if area.sees(visit.person, number_of(asked.about), visit.on)
        else "",
        "asks": _first(asked, visit) if answers else None,
        "may_ask": answers,
        "ask_at": reverse("permission-asked-first", args=[pk]),
        "ask_form": AskForm(),
        "verdict": kept_verdict(asked.decision, at=asked.at),
    }
    return render(request, "policy/permission.html", context, status=422 if form.errors else 200)


def _first(asked: PermissionAsked, visit: Visit) -> ShownAsks | None:
    """Return what the role has to ask before it says yes; None if nothing."""
    first = first_of(asked)
    if first is None:
        return None
    decision = verdict(first.situation, first.facts(asked, visit.person, visit.at), on=visit.on)
    return asks_shown(
        asked,
        lacking([decision], book_of(visit.federation), first.permits),
        place_of(asked),
        asker=visit.person,
        digest=asked.covers.partition(":")[2],
        visit=visit,
    )


def _address(area: Area, pk: int) -> str:
    """Return where the thing of a request is shown."""
    return f"{reverse(area.page)}?{area.view}{pk}" if area.view else reverse(area.page, args=[pk])


def _answer(asked: PermissionAsked, typed: Mapping[str, Any], visit: Visit) -> object:
    given: dict[str, Any] = {"by": visit.person, "at": visit.at, "asked": asked, "words": typed["words"]}
    if typed["says"] == "yes":
        return permit(**given, until=typed.get("until"))
    return ask_back(**given) if typed["says"] == "back" else refuse_permission(**given)


@page(methods=("POST",))
def ask_before(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Ask the role that has to be heard before this request can be granted."""
    asked = request_for(visit.person, pk, on=visit.on)
    ask_first(by=visit.person, at=visit.at, asked=asked, words=request.POST.get("words", ""))
    return done(request, _("Request sent. You’ll be told when it is answered."), "permission-asked", pk)


@page(methods=("POST",))
def permission_seen(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """The person who asked has read the answer."""
    note_permission_seen(by=visit.person, at=visit.at, asked=request_for(visit.person, pk, on=visit.on))
    return done(request, _("Done."), "today")


urlpatterns = [
    path("policy/permissions/<int:pk>", permission, name="permission-asked"),
    path("policy/permissions/<int:pk>/ask", ask_before, name="permission-asked-first"),
    path("policy/permissions/<int:pk>/seen", permission_seen, name="permission-asked-seen"),
]
