"""A change of who leads on safeguarding: asked of the second person, and told to the leads."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound
from schoolgate.duties import queries as duties
from schoolgate.people.models import LeadChange
from schoolgate.people.queries import book_of
from schoolgate.people.safeguarding import leads
from schoolgate.people.states import LeadPlace, LeadState
from schoolgate.policy.actions.leads import (
    agree_to_lead,
    decline_lead,
    look_at_lead,
    may_agree,
    replaced_by,
)
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.setup.forms import AgreeForm

TAGS = {
    LeadState.ASKED: "wait", LeadState.AGREED: "good", LeadState.DECLINED: "no", LeadState.ENDED: "",
}  # fmt: skip


@page(place="people")
def lead(request: HttpRequest, visit: Visit, change_pk: int) -> HttpResponseBase:
    """Show a change to those who may agree, to the leads and to who asked; agree, say no, or mark as seen."""
    rows = LeadChange.objects.select_related("person__federation", "school", "by", "second", "assignment")
    change = rows.filter(pk=change_pk).first()
    if change is None:
        raise NotFound
    book = book_of(visit.federation)
    is_lead = visit.person in leads(book, None, on=visit.on)
    agrees = change.state == LeadState.ASKED and visit.person in may_agree(change, at=visit.at)
    told = any(one.person_id == visit.person.pk for one in duties.about(change))
    if not (is_lead or agrees or told or change.by_id == visit.person.pk or "administer" in visit.capacities):
        raise NotFound
    form = AgreeForm(request.POST if "agree" in request.POST else None)
    if request.method == "POST" and "agree" not in request.POST:
        return _act(request, visit, change)
    if form.save(
        lambda typed: agree_to_lead(
            by=visit.person, at=visit.at, change=change, earlier=request.POST.get("earlier") == "yes", **typed
        )
    ):
        return done(request, _("Agreed. Every safeguarding lead is told."), "set-up-lead", change.pk)
    names = {role.key: role.name for role in book.roles}
    context = {
        "change": change,
        "tag": TAGS[LeadState(change.state)],
        "role": names.get(change.assignment.role_key if change.assignment else change.role_key, ""),
        "may_agree": agrees,
        "goes": change.place == LeadPlace.GOES,
        "replaced": replaced_by(change),
        "tells": change.place == LeadPlace.TOLD,
        "form": form,
        "may_open": change.place not in (LeadPlace.GOES, LeadPlace.TOLD)
        and visit.person in leads(book, change.school, on=visit.on),
        "may_look": (is_lead or told) and change.state != LeadState.ASKED,
    }
    status = 422 if form.errors else 200
    return render(request, "setting_up/lead.html", context, status=status)


def _act(request: HttpRequest, visit: Visit, change: LeadChange) -> HttpResponseBase:
    its: dict[str, Any] = {"by": visit.person, "at": visit.at, "change": change}
    if "decline" in request.POST:
        decline_lead(**its)
        said = _("You said no. They don’t lead on safeguarding.")
        if change.place == LeadPlace.GOES:
            said = _("You said no. They still lead on safeguarding.")
        if change.place == LeadPlace.TOLD:
            said = _("You said no. This role isn’t told of concerns.")
        return done(request, said, "set-up-lead", change.pk)
    look_at_lead(**its)
    return done(request, _("Marked as seen."), "today")


urlpatterns = [path("set-up/leads/<int:change_pk>", lead, name="set-up-lead")]
