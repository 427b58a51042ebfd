"""Connecting an account through the operator's application at its network: go there, come back, choose.

What is noted while the person is away is in their session: it's used once, lasts ten minutes, and holds for
the person, the federation and the account for which it was begun. Keys are in it only sealed.
"""

from __future__ import annotations

import json
import secrets
from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from schoolgate.accounts import access, connecting
from schoolgate.accounts.connecting import SignedIn, sign_in
from schoolgate.accounts.models import Account
from schoolgate.core import vault
from schoolgate.core.clock import local_day, now
from schoolgate.core.days import stored_instant
from schoolgate.core.env import env
from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.networks.known import Choice, run_out_at
from schoolgate.networks.port import NetworkError
from schoolgate.networks.registry import capabilities
from schoolgate.networks.signing_in import asks_about_children, choices, declared, dialog, offered
from schoolgate.networks.wording import PROVEN, sentence
from schoolgate.web.frame import sessions
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm, form_page

WAITING, CHOOSING = "connecting", "connecting_choice"
LASTS = timedelta(minutes=10)
OPEN_TABS = 5
FOR_CHILDREN, NOT_FOR_CHILDREN = "yes", "no"
Noted = dict[str, Any]


class ChoiceForm(SchoolForm):
    """Which of the pages that the person looks after at the network is this account."""

    choice = forms.ChoiceField(label=_("Which one is it?"), widget=forms.RadioSelect)

    for_children = forms.ChoiceField(
        label=_("Are the films on this channel made for children?"),
        choices=(
            (NOT_FOR_CHILDREN, _("No: they are for parents, staff and everyone else")),
            (FOR_CHILDREN, _("Yes (then no one can comment on them)")),
        ),
        widget=forms.RadioSelect,
        help_text=_(
            "The law makes YouTube ask this of each channel. Schoolgate gives your answer with each film. "
            "To change it, connect the account again."
        ),
    )

    def __init__(self, *args: Any, found: list[Choice], asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = [(one.id, _named(one)) for one in found]  # type: ignore[attr-defined]
        if not asks:
            del self.fields["for_children"]


def _named(one: Choice) -> str:
    return one.name if one.handle in ("", one.name) else f"{one.name} (@{one.handle})"


def has_connection(account: Account) -> bool:
    """Return whether this account is connected through an application, or could be."""
    return account.vault_ref is not None or offered(account.network)


@page(place="accounts", capacity="hold_keys", methods=("POST",))
def start(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Note what is begun, and show a small page that goes to the network by itself: our security
    policy allows forms to our own pages only."""
    found = access.account_for(visit.person, pk)
    access.check_may_hold_keys(visit.person, found, on=visit.on)
    if not offered(found.network):
        raise NotFound
    state = secrets.token_urlsafe(32)
    noted = {
        "account": found.pk, "network": found.network, "person": visit.person.pk,
        "federation": visit.federation.pk, "at": visit.at.isoformat(),
    }  # fmt: skip
    waiting: Noted = request.session.get(WAITING, {})
    request.session[WAITING] = dict(list(waiting.items())[1 - OPEN_TABS :]) | {state: noted}
    to = dialog(found.network, state=state, back=_back_to(request))
    return render(request, "accounts/going.html", {"to": to, "network": capabilities(found.network).name})


def take_back(request: HttpRequest) -> tuple[Noted, list[Choice] | NetworkError | None] | None:
    """Before the page's scope opens: exchange the network's code for keys. None where nothing was begun here,
    or it was used up, too old, or begun by another person."""
    noted = _taken_up(request)
    if noted is None:
        return None
    code = request.GET.get("code", "")
    if not code:
        return noted, None
    try:
        return noted, choices(noted["network"], code=code, back=_back_to(request), at=now())
    except NetworkError as error:
        return noted, error


@never_cache
@page(place="accounts", capacity="hold_keys", prepare=take_back, methods=("GET",))
def back(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Take what the network gave, seal it, and go on to the choice. Raises NotNow."""
    if visit.prepared is None:
        raise NotNow(
            _("This connection wasn’t started in this browser, has already been used, or took too long."),
            _("Open the account and connect it again."),
        )
    noted, told = visit.prepared
    found = access.account_for(visit.person, noted["account"])
    access.check_may_hold_keys(visit.person, found, on=visit.on)
    name = capabilities(found.network).name
    if told is None:
        raise NotNow(
            format_lazy(_("{network} didn’t give access."), network=name),
            _("Open the account and connect it again."),
        )
    if isinstance(told, NetworkError):
        raise NotNow(sentence(told.code), _("Open the account and connect it again."))
    if not told:
        raise NotNow(
            format_lazy(_("{network} shows no account on which you can publish."), network=name),
            _("Ask the person who manages it on the network to give you that permission."),
        )
    sealed = vault.seal(json.dumps([one.to_text() for one in told]))
    request.session[CHOOSING] = {**noted, "sealed": sealed}
    return redirect("account-connect", found.pk)


def is_chosen(request: HttpRequest) -> bool:
    """Return whether this is the answer to the choice."""
    return "choice" in request.POST


def try_choice(request: HttpRequest) -> SignedIn | NetworkError | None:
    """Before the page's scope opens: try the keys of what was chosen. None where it is none of the list."""
    noted = _still_good(request, request.session.get(CHOOSING))
    found = _choices_of(noted) if noted else []
    chosen = next((one for one in found if one.id == request.POST.get("choice")), None)
    if noted is None or chosen is None:
        return None
    credential = chosen.credential
    if asks_about_children(noted["network"]):
        said = request.POST.get("for_children")
        if said not in (FOR_CHILDREN, NOT_FOR_CHILDREN):
            return None
        credential = declared(credential, for_children=said == FOR_CHILDREN)
    try:
        return sign_in(noted["network"], credential)
    except NetworkError as error:
        return error


def choose(request: HttpRequest, visit: Visit, found: Account) -> HttpResponseBase:
    """Show the way to the network, or what it gave to choose from; connect what was chosen."""
    noted = _still_good(request, request.session.get(CHOOSING))
    if noted is not None and noted["account"] != found.pk:
        noted = None
    known = capabilities(found.network).connected()
    context = {"account": found, "network": known.name, "proven": PROVEN.get(known.proven, ""),
               "choosing": noted is not None, "offered": offered(found.network)}  # fmt: skip
    listed, asks = _choices_of(noted) if noted else [], asks_about_children(found.network)
    form = ChoiceForm(request.POST or None, found=listed, asks=asks)
    if noted is not None and form.save(lambda _typed: _connect(visit, found)):
        request.session.pop(CHOOSING, None)
        return done(request, _("Account connected."), "account", found.pk)
    return form_page(request, "accounts/connect_by_app.html", form, context)


def _connect(visit: Visit, found: Account) -> None:
    tried = visit.prepared
    if tried is None:
        raise BadInput({"choice": _("You can’t use that answer. Choose one from the list.")})
    if isinstance(tried, NetworkError):
        raise BadInput({}, sentence(tried.code))
    connecting.connect_account(
        account=found, by=visit.person, at=visit.at, signed_in=tried, run_out_at=run_out_at(tried.credential)
    )


def _choices_of(noted: Noted) -> list[Choice]:
    try:
        return [Choice.from_text(one) for one in json.loads(vault.unseal(noted["sealed"]))]
    except vault.CannotOpen:
        return []


def _taken_up(request: HttpRequest) -> Noted | None:
    """Return what was noted for this state; only once."""
    waiting: Noted = request.session.get(WAITING, {})
    noted: Noted | None = waiting.pop(request.GET.get("state", ""), None)
    if noted is None:
        return None
    request.session[WAITING] = waiting
    request.session.save()  # used up before the first check, so that a second tab cannot use it too
    return _still_good(request, noted)


def _still_good(request: HttpRequest, noted: Noted | None) -> Noted | None:
    """Return it if it is of the person and federation of this browser now, and young enough."""
    if noted is None or now() - stored_instant(noted["at"]) > LASTS:
        return None
    if not request.user.is_authenticated:
        return None
    membership = sessions.current_membership(request, request.user, on=local_day(now()))
    here = (membership.person_id, membership.federation_id) if membership else None
    return noted if here == (noted["person"], noted["federation"]) else None


def _back_to(request: HttpRequest) -> str:
    where = reverse("account-connected")
    public = env().public_address
    return f"{public}{where}" if public else request.build_absolute_uri(where)


urlpatterns = [
    path("accounts/<int:pk>/connect/start", start, name="account-connect-start"),
    path("accounts/connected", back, name="account-connected"),
]
