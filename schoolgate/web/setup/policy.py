"""Setting up, signed in: which policy this is, and the record of its adoption."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.people.holding import holders_of_capacity
from schoolgate.people.rules import can
from schoolgate.policy import actions, rules
from schoolgate.policy.queries import book_in_scope, policy_or_none
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import form_page
from schoolgate.web.policy.uploads import text_sent
from schoolgate.web.setup.forms import AdoptionForm


@page(place="policy")
def policy(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show what the policy is and who records its adoption; record it."""
    may_own = can(rules.check_may_own, visit.person, on=visit.on)
    book = book_in_scope()
    if request.method == "POST" and not book.clauses:
        actions.adopt_first(by=visit.person, at=visit.at, adopted_on=visit.on)
        return done(request, _("Your policy is empty. Now add its clauses."), "own-import")
    form = AdoptionForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        rules.check_may_own(visit.person, on=visit.on)
    if form.save(lambda typed: _adopt(visit, **typed)):
        told = _("The policy is in force. Now read through our interpretation and sign it.")
        return done(request, told, "policy")
    context = {
        "book": book,
        "may_own": may_own,
        "owners": holders_of_capacity("own_policy", federation=visit.federation, on=visit.on)[:3],
        "owner_roles": [role.name for role in book.pack.roles_with("own_policy")],
        "standing": policy_or_none(visit.on),
    }
    return form_page(request, "setting_up/policy.html", form, context)


def _adopt(visit: Visit, *, adopted_on: Any, minute_reference: str, text: Any) -> None:
    actions.adopt_first(
        by=visit.person,
        at=visit.at,
        adopted_on=adopted_on,
        minute_reference=minute_reference,
        text=text_sent(text) if text else None,
    )


urlpatterns: list[Any] = [path("set-up/policy", policy, name="set-up-policy")]
