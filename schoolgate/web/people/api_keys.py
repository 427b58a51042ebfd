"""Keys with which another program speaks for a person: made, shown once, ended."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput
from schoolgate.people import actions
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.sessions import with_second_step

LASTS = (("30", _("A month")), ("90", _("Three months")), ("366", _("A year")))


class KeyForm(SchoolForm):
    """What the key is for, what it may do, how long it lasts."""

    name = forms.CharField(label=_("Purpose"), help_text=_("For example: newsletter"), max_length=80)
    may = forms.ChoiceField(
        label=_("Permissions"), choices=(("read", _("Read only")), ("write", _("Read and change")))
    )
    days = forms.TypedChoiceField(label=_("Valid for"), choices=LASTS, coerce=int, initial="90")


@page(place="menu")
def add(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Make a key; the answer shows it, and no other page ever does."""
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_token(
                by=visit.person,
                at=visit.at,
                name=form.cleaned_data["name"],
                days=form.cleaned_data["days"],
                may_write=form.cleaned_data["may"] == "write",
                with_factor=with_second_step(request),
            )
        except BadInput as error:
            form.refuse(error)
        else:
            response = render(request, "people/key_made.html", {"made": made})
            response["Cache-Control"] = "no-store"
            return response
    return render(request, "people/key_add.html", {"form": form}, status=422 if form.errors else 200)


@page(methods=("POST",))
def end(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """End one of the person's own keys."""
    actions.end_token(by=visit.person, at=visit.at, token_id=pk)
    return done(request, _("Access key ended."), "me")


urlpatterns = [
    path("me/keys/add", add, name="add-my-key"),
    path("me/keys/<int:pk>/end", end, name="end-my-key"),
]
