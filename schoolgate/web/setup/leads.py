"""A change of who leads on safeguarding: asked of the second person, and told to the leads."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound
from schoolgate.people.models import LeadChange
from schoolgate.people.queries import book_of
from schoolgate.people.safeguarding import leads, second_people
from schoolgate.people.states import LeadState
from schoolgate.policy.actions.leads import agree_to_lead, decline_lead, look_at_lead
from schoolgate.web.frame.doors import Visit, done, page

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
    may_agree = visit.person in second_people(
        visit.federation, person=change.person, by=change.by, on=visit.on
    )
    if not (is_lead or may_agree or change.by_id == visit.person.pk or "administer" in visit.capacities):
        raise NotFound
    if request.method == "POST":
        return _act(request, visit, change)
    names = {role.key: role.name for role in book.roles}
    context = {
        "change": change,
        "tag": TAGS[LeadState(change.state)],
        "role": names.get(change.assignment.role_key, "") if change.assignment else "",
        "may_agree": may_agree and change.state == LeadState.ASKED,
        "may_open": visit.person in leads(book, change.school, on=visit.on),
        "may_look": is_lead and change.state != LeadState.ASKED,
    }
    return render(request, "setting_up/lead.html", context)


def _act(request: HttpRequest, visit: Visit, change: LeadChange) -> HttpResponseBase:
    its: dict[str, Any] = {"by": visit.person, "at": visit.at, "change": change}
    if "agree" in request.POST:
        agree_to_lead(**its, earlier=request.POST.get("earlier") == "yes")
        return done(request, _("Agreed. Every safeguarding lead is told."), "set-up-lead", change.pk)
    if "decline" in request.POST:
        decline_lead(**its)
        return done(request, _("You said no. They don’t lead on safeguarding."), "set-up-lead", change.pk)
    look_at_lead(**its)
    return done(request, _("Marked as seen."), "today")


urlpatterns = [path("set-up/leads/<int:change_pk>", lead, name="set-up-lead")]
