"""Removing a person from an account's team."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.access import account_for, check_may_open
from schoolgate.accounts.opening import change_team
from schoolgate.core.errors import NotFound
from schoolgate.web.frame.doors import Visit, done, page


@page(place="accounts")
def off(request: HttpRequest, visit: Visit, pk: int, member_pk: int) -> HttpResponseBase:
    """Show what removing the person means, and remove them. New people are asked on the handover page."""
    found = account_for(visit.person, pk)
    check_may_open(visit.person, found, on=visit.on)
    member = found.team.filter(pk=member_pk, to_day=None).select_related("person").first()
    if member is None:
        raise NotFound
    if request.method == "POST":
        change_team(
            account=found, by=visit.person, at=visit.at, person=member.person, part=member.part, leaves=True
        )
        return done(request, _("They leave this account’s team today."), "account", pk)
    return render(request, "accounts/team_off.html", {"account": found, "member": member})


urlpatterns = [path("accounts/<int:pk>/team/<int:member_pk>/off", off, name="account-team-off")]
