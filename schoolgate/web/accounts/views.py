"""One official account from the inside, and its sign-in at the network."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import access, connecting, proposals
from schoolgate.accounts.access import NameKey
from schoolgate.accounts.connecting import SignedIn, sign_in
from schoolgate.accounts.models import Account, AccountState
from schoolgate.accounts.register import Where
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.networks.capabilities import OURS
from schoolgate.networks.port import Credential, NetworkError
from schoolgate.networks.registry import capabilities
from schoolgate.networks.wording import PROVEN, sentence
from schoolgate.people.rules import can
from schoolgate.web.accounts import by_app
from schoolgate.web.accounts.forms import ConnectForm, TokenForm
from schoolgate.web.accounts.health.views import looking_in
from schoolgate.web.accounts.server_limits import of_server
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import form_page
from schoolgate.web.frame.numbers import number_in
from schoolgate.web.frame.parts import parts_of_account

TAGS = {"waiting": "wait", "open": "good", "closed": ""}


def after(request: HttpRequest) -> NameKey | None:
    """Return the key of the page asked for. Raises NotFound for an unknown key."""
    name, number = request.GET.get("name"), request.GET.get("id", "")
    if name is None:
        return None
    if "\x00" in name:
        raise NotFound
    return name, number_in(number)


def following_link(key: NameKey | None) -> str:
    """The query string of the next page; empty on the last one."""
    return urlencode({"name": key[0], "id": str(key[1])}) if key else ""


def account_row(account: Account, at_risk: Container[int] = ()) -> dict[str, Any]:
    """Return an account as lists show it."""
    running: list[Any] = getattr(account, "running", [])
    return {
        "account": account,
        "network": capabilities(account.network).name,
        "people": ", ".join(dict.fromkeys(member.person.name for member in running)),
        "tag": TAGS[account.state],
        "at_risk": account.pk in at_risk,
    }


@page(place="accounts")
def account(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show one account: what needs doing, what it is and how it is; neighbouring areas add their cards."""
    found = access.account_for(visit.person, pk)
    parts = parts_of_account(visit, found)
    proposal = found.proposal
    context = {
        **account_row(found),
        "visit": visit,
        "care": looking_in(visit, found),
        "proposal": proposal
        if proposal is not None and proposals.may_see_proposal(visit.person, proposal, on=visit.on)
        else None,
        "address": found.address or own_board(found, visit, request),
        "team": found.running,  # type: ignore[attr-defined]
        "may_connect": found.state != AccountState.CLOSED
        and _has_keys(found)
        and can(access.check_may_hold_keys, visit.person, found, on=visit.on),
        "may_change_team": found.state != AccountState.CLOSED
        and can(access.check_may_open, visit.person, found, on=visit.on),
        "has_keys": _has_keys(found),
        "server_limits": of_server(found, at=visit.at),
        "first": [part for part in parts if part.first],
        "folded": [part for part in parts if not part.first],
    }
    return render(request, "accounts/account.html", context)


def own_board(account: Account, visit: Visit, request: HttpRequest) -> str:
    """The address of the program's own noticeboard, which the account itself does not need to know."""
    if account.school is None or not capabilities(account.network).ours:
        return ""
    try:
        where = reverse(
            "noticeboard", kwargs={"federation": visit.federation.slug, "school": account.school.slug}
        )
    except NoReverseMatch:
        return ""
    return request.build_absolute_uri(where)


def where_in(visit: Visit, request: HttpRequest) -> Where:
    """Return where accounts of this federation are that have no address themselves: our own noticeboards."""

    def where(account: Account) -> str:
        return own_board(account, visit, request)

    return where


def _has_keys(found: Account) -> bool:
    by_hand = capabilities(found.network).connector in (OURS, "manual")
    return not by_hand or by_app.has_connection(found)


def try_keys(request: HttpRequest) -> SignedIn | NetworkError | None:
    """Before the page's scope opens: try the keys on their network. None where nothing was sent."""
    if request.method != "POST":
        return None
    if by_app.is_chosen(request):
        return by_app.try_choice(request)
    form = _form_of(request.POST.get("network", ""))(request.POST)
    if not form.is_valid():
        return None
    typed = form.cleaned_data
    given = Credential(handle=typed["handle"].lstrip("@"), secret=typed["secret"], service=typed["service"])
    try:
        return sign_in(request.POST.get("network", ""), given)
    except NetworkError as error:
        return error
    except KeyError:
        raise NotFound from None


@page(place="accounts", capacity="hold_keys", prepare=try_keys)
def connect(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take the account's keys; they are saved only after the network accepted them."""
    found = access.account_for(visit.person, pk)
    access.check_may_hold_keys(visit.person, found, on=visit.on)
    if not _has_keys(found):
        raise NotFound
    known = capabilities(found.network)
    if known.with_app:
        return by_app.choose(request, visit, found)
    server = found.handle.lstrip("@").partition("@")[2]
    initial = {"handle": found.handle, "service": known.service or (f"https://{server}" if server else "")}
    form = _form_of(found.network)(request.POST or None, initial=initial)
    if form.save(lambda _typed: _connect(request, visit, found)):
        return done(request, _("Account connected."), "account", pk)
    context = {"account": found, "network": known.name, "proven": PROVEN.get(known.proven, "")}
    return form_page(request, "accounts/connect.html", form, context)


def _form_of(network: str) -> type[ConnectForm]:
    """Return what the network's own kind of key is asked with."""
    return TokenForm if network == "mastodon" else ConnectForm


def _connect(request: HttpRequest, visit: Visit, found: Account) -> None:
    """Save the keys that the network accepted. Raises BadInput, saying why, for keys that it refused."""
    tried = visit.prepared
    if request.POST.get("network") != found.network or tried is None:
        raise NotFound
    if isinstance(tried, NetworkError):
        raise BadInput({}, sentence(tried.code))
    connecting.connect_account(account=found, by=visit.person, at=visit.at, signed_in=tried)


urlpatterns = [
    path("accounts/<int:pk>", account, name="account"),
    path("accounts/<int:pk>/connect", connect, name="account-connect"),
]
