"""The list of official accounts with its filters, and one of them from the inside: its team, what its
server takes in one post, its sign-in at the network, by a key or through the operator's application
there.

What is noted while the person is away at the network is in their session: it's used once, lasts ten
minutes, and holds for the person, the federation and the account for which it was begun. Keys are in it
only sealed.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, path, reverse
from django.utils.http import urlencode
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from schoolgate.accounts import access, connecting, handover_facts, proposals
from schoolgate.accounts.access import NameKey, account_for, check_may_open
from schoolgate.accounts.care import without_anybody
from schoolgate.accounts.connecting import SignedIn, are_old, sign_in
from schoolgate.accounts.inside import Inside, inside_register
from schoolgate.accounts.models import Account, AccountState
from schoolgate.accounts.opening import change_team
from schoolgate.accounts.opening_facts import any_there
from schoolgate.accounts.register import Where
from schoolgate.core import vault
from schoolgate.core.clock import local_day, now
from schoolgate.core.days import stored_instant
from schoolgate.core.env import env
from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.networks.capabilities import OURS
from schoolgate.networks.known import Choice, run_out_at
from schoolgate.networks.mastodon.account import RIGHTS
from schoolgate.networks.port import Credential, NetworkError
from schoolgate.networks.registry import capabilities
from schoolgate.networks.signing_in import asks_about_children, choices, declared, dialog, offered
from schoolgate.networks.told import limits_with
from schoolgate.networks.wording import PROVEN, sentence
from schoolgate.people.rules import can
from schoolgate.web.accounts.care import looking_in
from schoolgate.web.accounts.imported import SHOWS as OF_THOSE_THERE
from schoolgate.web.accounts.imported import those_there
from schoolgate.web.accounts.register_wording import network_name, there_before
from schoolgate.web.frame import sessions
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm, form_page
from schoolgate.web.frame.paging import number_in
from schoolgate.web.frame.parts import links_beside_accounts, parts_of_account


class ConnectForm(SchoolForm):
    """The account's own sign-in at its network. Never a password of a private account."""

    handle = forms.CharField(label=_("Handle"), max_length=253)
    secret = forms.CharField(
        label=_("App password"),
        help_text=_("Create one for Schoolgate in the account’s own settings. Never use its main password."),
        widget=forms.PasswordInput,
        max_length=300,
    )
    service = forms.URLField(
        label=_("Server"),
        help_text=_("Leave this unless your account is on another server."),
        assume_scheme="https",
        required=False,
    )


class TokenForm(ConnectForm):
    """The same for a network of many servers, each with access tokens of its own."""

    secret = forms.CharField(
        label=_("Key of the application"),
        help_text=format_lazy(
            _(
                "Create an application called Schoolgate in the account’s own settings, under Development, "
                "with these permissions only: {rights}. Then copy what Mastodon calls “Your access token”."
            ),
            rights=", ".join(RIGHTS),
        ),
        widget=forms.PasswordInput,
        max_length=300,
    )
    service = forms.URLField(
        label=_("Server"),
        help_text=_("The part after the second @ of the account’s handle, such as https://mastodon.example."),
        assume_scheme="https",
    )


@dataclass(frozen=True)
class ServerLimits:
    """The limits of one server. `film_megabytes`: None where it tells none. `old`: it has not answered for
    days."""

    characters: int | None
    pictures: int | None
    film_megabytes: int | None
    told_at: datetime
    old: bool


def of_server(account: Account, *, at: datetime) -> ServerLimits | None:
    """Return what the account's own server told; None for an account whose server told nothing."""
    if account.limits_told_at is None or not account.told_limits:
        return None
    limits, film = limits_with(account.network, account.told_limits), account.told_limits.get("film_bytes")
    return ServerLimits(
        limits.text_max,
        limits.pictures,
        film // 1_000_000 if film else None,
        account.limits_told_at,
        old=are_old(account, at=at),
    )


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
    return render(
        request, "accounts/going.html", {"to": to, "network": capabilities(found.network).signs_in_at}
    )


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
        state = request.GET["state"]
        return noted, choices(noted["network"], code=code, back=_back_to(request), state=state, at=now())
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
    name = capabilities(found.network).signs_in_at
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
    context = {
        "account": found,
        "network": known.name,
        "proven": PROVEN.get(known.proven, ""),
        "at": capabilities(found.network).signs_in_at,
        "choosing": noted is not None,
        "offered": offered(found.network),
    }
    listed, asks = _choices_of(noted) if noted else [], asks_about_children(found.network)
    form = ChoiceForm(request.POST or None, found=listed, asks=asks)
    if noted is not None and form.save(lambda _typed: _connect_by_app(visit, found)):
        request.session.pop(CHOOSING, None)
        return done(request, _("Account connected."), "account", found.pk)
    return form_page(request, "accounts/connect_by_app.html", form, context)


def _connect_by_app(visit: Visit, found: Account) -> None:
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
    return not by_hand or has_connection(found)


def try_keys(request: HttpRequest) -> SignedIn | NetworkError | None:
    """Before the page's scope opens: try the keys on their network. None where nothing was sent."""
    if request.method != "POST":
        return None
    if is_chosen(request):
        return try_choice(request)
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
        return choose(request, visit, found)
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


urlpatterns = [
    path("accounts", accounts, name="accounts"),
    path("accounts/<int:pk>", account, name="account"),
    path("accounts/<int:pk>/connect", connect, name="account-connect"),
    path("accounts/<int:pk>/connect/start", start, name="account-connect-start"),
    path("accounts/connected", back, name="account-connected"),
    path("accounts/<int:pk>/team/<int:member_pk>/off", off, name="account-team-off"),
]
