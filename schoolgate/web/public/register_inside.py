"""The register from the inside: who leads each account, its keys, looks, dates, and what is at risk."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.queries.inside import Inside, inside_register
from schoolgate.accounts.states import AccountState
from schoolgate.web.accounts.register_wording import network_name, there_before
from schoolgate.web.accounts.views import after
from schoolgate.web.frame.doors import Visit, page
from schoolgate.web.frame.parts import PlaceLink, beside_accounts

PAGE = 50
SHOWS = {
    "open": _("Open"),
    "risk": _("At risk"),
    "waiting": _("Not open yet"),
    "closed": _("Closed"),
}
RISKS = {
    "nobody": _("No current account lead"),
    "leaving": _("Someone is leaving without a handover"),
    "ended": _("Its connection has ended"),
    "key": _("A key is overdue for changing"),
    "mark": _("Proof that it’s genuine is missing"),
}


@beside_accounts
def link(visit: Visit) -> PlaceLink:
    """Return the link to the register, for staff."""
    return PlaceLink("register-inside", _("Account health"))


@page(place="accounts")
def inside(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Accounts by name, filtered as asked."""
    shows = request.GET.get("show", "open")
    shows = shows if shows in SHOWS else "open"
    state = AccountState.OPEN if shows == "risk" else shows
    rows, following = inside_register(
        on=visit.on, at=visit.at, after=after(request), limit=PAGE, state=state, risky=shows == "risk"
    )
    rest = {"show": shows, "name": following[0], "id": str(following[1])} if following else None
    context = {
        "rows": [_shown(row) for row in rows],
        "shows": shows,
        "choices": [{"key": key, "label": label, "here": key == shows} for key, label in SHOWS.items()],
        "following": urlencode(rest) if rest else "",
    }
    return render(request, "register/inside.html", context)


def _shown(row: Inside) -> dict[str, Any]:
    return {
        "row": row,
        "account": row.account,
        "network": network_name(row.account.network),
        "leads": ", ".join(person.name for person in row.leads),
        "cover": ", ".join(person.name for person in row.cover),
        "risks": [RISKS[risk] for risk in row.risks],
        "there_before": there_before(row.account),
        "waits": row.account.being_set_up and row.account.state == AccountState.OPEN,
        "all_trained": row.trained is not None and row.trained == row.people,
    }


urlpatterns = [path("accounts/overview", inside, name="register-inside")]
