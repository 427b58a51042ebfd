"""Actions on one access request: check, admit or refuse, confirm, end, erase. Who is in a site."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import classes, contributors
from schoolgate.accounts.access import account_for
from schoolgate.accounts.contributors import admission_for, circle_facts, circle_of
from schoolgate.accounts.models import Admission, AdmissionState
from schoolgate.accounts.small import asks_about_circle
from schoolgate.core.errors import NotFound
from schoolgate.policy.asking import verdict
from schoolgate.policy.queries import in_force
from schoolgate.web.accounts.pta.forms import CircleForm, LookForm, ReasonForm, first_of
from schoolgate.web.accounts.pta.views import judged
from schoolgate.web.frame import wording
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import form_page


def _found(visit: Visit, pk: int) -> Admission:
    return admission_for(visit.person, pk, on=visit.on)


@page(place="accounts")
def look(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say what I found about who asks."""
    found = _found(visit, pk)
    contributors.check_may_look_into(visit.person, found, on=visit.on)
    contributors.check_undecided(found)
    answers = judged(found, visit)
    form = LookForm(request.POST or None, wanted=answers.wanted, admission=found)
    if form.save(
        lambda _typed: contributors.look_into(admission=found, by=visit.person, at=visit.at, **form.given())
    ):
        return done(request, _("Check saved with the request."), "admission", pk)
    return form_page(request, "contributors/look.html", form, {"admission": found})


@page(methods=("POST",))
def told(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record that they were shown how to use the platform."""
    contributors.note_told(admission=_found(visit, pk), by=visit.person, at=visit.at)
    return done(request, _("Recorded that they were told."), "admission", pk)


@page(methods=("POST",))
def let_in(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Give them access."""
    contributors.let_in(admission=_found(visit, pk), by=visit.person, at=visit.at)
    said = _("Approved. Now add them on the network, then confirm here.")
    return done(request, said, "admission", pk)


@page(place="accounts")
def turn_away(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Refuse them access, and say why."""
    found = _found(visit, pk)
    contributors.check_may_decide_on(visit.person, found, on=visit.on)
    contributors.check_undecided(found, AdmissionState.REFUSED)
    form = ReasonForm(request.POST or None)
    if form.save(
        lambda typed: contributors.turn_away(admission=found, by=visit.person, at=visit.at, **typed)
    ):
        return done(request, _("Request declined. The reason is saved."), "admission", pk)
    return _reason(request, form, found, _("Decline request"), _("Save refusal"))


@page(place="accounts")
def end(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record that a person no longer has access, and why."""
    found = _found(visit, pk)
    contributors.check_may_decide_on(visit.person, found, on=visit.on)
    form = ReasonForm(request.POST or None)
    if form.save(lambda typed: classes.end_admission(admission=found, by=visit.person, at=visit.at, **typed)):
        return done(request, _("Recorded as removed."), "admission", pk)
    return _reason(request, form, found, _("Remove access"), _("I’ve removed them on the network too"))


def _reason(
    request: HttpRequest, form: ReasonForm, found: Admission, title: Any, label: Any
) -> HttpResponseBase:
    context = {"admission": found, "title": title, "label": label}
    return form_page(request, "contributors/reason.html", form, context)


@page(methods=("POST",))
def confirm(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record that it is done on the network."""
    contributors.done_on_network(admission=_found(visit, pk), by=visit.person, at=visit.at)
    return done(request, _("Recorded as added."), "admission", pk)


@page(methods=("POST",))
def withdraw(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record that they no longer ask."""
    contributors.withdraw_admission(admission=_found(visit, pk), by=visit.person, at=visit.at)
    return done(request, _("Request withdrawn."), "admission", pk)


@page(place="accounts")
def wipe(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Wipe what tells who it was."""
    found = _found(visit, pk)
    contributors.check_may_decide_on(visit.person, found, on=visit.on)
    if request.method == "POST":
        classes.wipe_admission(admission=found, by=visit.person, at=visit.at)
        return done(request, _("Name and reasons deleted."), "admission", pk)
    return render(request, "contributors/wipe.html", {"admission": found})


@page(place="accounts")
def circle(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Save who is in an account and who can message each other there, where the policy's rules ask."""
    found = account_for(visit.person, pk)
    contributors.check_looks_after(visit.person, found, on=visit.on)
    policy = in_force(visit.on)
    if not asks_about_circle(policy.book):
        raise NotFound
    said = circle_of(found)
    form = CircleForm(request.POST or None, initial=first_of(said))
    if form.save(
        lambda _typed: classes.say_circle(account=found, by=visit.person, at=visit.at, **form.given())
    ):
        return done(request, _("Your answers about members are saved."), "account-circle", pk)
    answer = verdict(
        "contact.site_settings", circle_facts(found, policy, by=visit.person, at=visit.at), on=visit.on
    )
    context = {
        "account": found,
        "said": said,
        "verdict": wording.verdict(answer, at=visit.at) if said and answer.outcome != "silent" else None,
    }
    return form_page(request, "contributors/circle.html", form, context)


urlpatterns = [
    path("accounts/requests/<int:pk>/look", look, name="admission-look"),
    path("accounts/requests/<int:pk>/told", told, name="admission-told"),
    path("accounts/requests/<int:pk>/in", let_in, name="admission-let-in"),
    path("accounts/requests/<int:pk>/away", turn_away, name="admission-turn-away"),
    path("accounts/requests/<int:pk>/done", confirm, name="admission-done"),
    path("accounts/requests/<int:pk>/end", end, name="admission-end"),
    path("accounts/requests/<int:pk>/withdraw", withdraw, name="admission-withdraw"),
    path("accounts/requests/<int:pk>/wipe", wipe, name="admission-wipe"),
    path("accounts/<int:pk>/circle", circle, name="account-circle"),
]
