"""The list of official accounts, with its filters, and the pages beside it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import access, handover_facts
from schoolgate.accounts.care import without_anybody
from schoolgate.accounts.inside import Inside, inside_register
from schoolgate.accounts.models import AccountState
from schoolgate.accounts.opening_facts import any_there
from schoolgate.core.errors import NotFound
from schoolgate.web.accounts.imports.imported import SHOWS as OF_THOSE_THERE
from schoolgate.web.accounts.imports.imported import those_there
from schoolgate.web.accounts.register_wording import network_name, there_before
from schoolgate.web.accounts.views import account_row, after
from schoolgate.web.frame.doors import Visit, page
from schoolgate.web.frame.parts import links_beside_accounts

PAGE = 25
SETTLES = frozenset({"decide_account", "oversee", "administer"})
"""The capacities that show accounts without a lead."""
SHOWS = {
    "all": _("All"),
    "risk": _("At risk"),
    "health": _("Keys and checks"),
    "nobody": _("No lead"),
    "waiting": _("Not open yet"),
    "closed": _("Closed"),
    "there": _("Existed before Schoolgate"),
}
RISKS = {
    "nobody": _("No current account lead"),
    "leaving": _("Someone is leaving without a handover"),
    "ended": _("The account’s connection has ended"),
    "key": _("A password is overdue for changing"),
    "mark": _("Proof that it’s genuine is missing"),
}


@page(place="accounts")
def accounts(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """List the accounts that speak for the federation, by name: all, or those that a filter leaves."""
    shows = request.GET.get("show", "all")
    shows = shows if shows in SHOWS or shows in OF_THOSE_THERE else "all"
    if shows in OF_THOSE_THERE:
        context = those_there(request, visit, shows)
    elif shows in ("risk", "health"):
        context = _health(request, visit, risky=shows == "risk")
    elif shows == "nobody":
        context = _without_lead(visit)
    else:
        context = _by_name(request, visit, "" if shows == "all" else shows)
    here = "there" if shows in OF_THOSE_THERE else shows
    if key := context.pop("next", None):
        context["following"] = urlencode({"show": shows, "name": key[0], "id": str(key[1])})
    context |= {
        "shows": shows,
        "tabs": [(key, label, key == here) for key, label in SHOWS.items() if _offered(key, visit)],
        "may_propose": "propose_account" in visit.capacities,
        "beside": _beside(visit),
    }
    return render(request, "accounts/accounts.html", context)


def _offered(key: str, visit: Visit) -> bool:
    """Return whether the list has this filter for this person."""
    if key == "nobody":
        return bool(visit.capacities & SETTLES)
    return key != "there" or any_there()


def _by_name(request: HttpRequest, visit: Visit, state: str) -> dict[str, Any]:
    found, following = access.accounts_page(after=after(request), limit=PAGE, state=state or None)
    at_risk = handover_facts.at_risk(found, on=visit.on)
    return {"rows": [account_row(account, at_risk) for account in found], "next": following}


def _without_lead(visit: Visit) -> dict[str, Any]:
    """Return the accounts whose leads are all gone or away. Raises NotFound for people who settle none."""
    if not visit.capacities & SETTLES:
        raise NotFound
    rows = [account_row(account) for account in without_anybody(on=visit.on)]
    return {"rows": rows, "ask": True}


def _health(request: HttpRequest, visit: Visit, *, risky: bool) -> dict[str, Any]:
    """Return open accounts with who is responsible, their keys, the latest check and the next step."""
    rows, following = inside_register(
        on=visit.on, at=visit.at, after=after(request), limit=PAGE, state=AccountState.OPEN, risky=risky
    )
    return {"health": [_shown(row) for row in rows], "next": following}


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


def _beside(visit: Visit) -> list[tuple[str, Any]]:
    """Return the pages beside the list, as address and label."""
    links = [(reverse(link.to), link.label) for link in links_beside_accounts(visit)]
    register = f"/{visit.federation.slug}/register"
    return [(reverse("proposals"), _("Proposals")), *links, (register, _("Public register"))]


urlpatterns = [path("accounts", accounts, name="accounts")]
