"""Official accounts from the inside: the list, one account, setting it up, opening it, its keys."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import actions, queries, rules
from schoolgate.accounts.connecting import SignedIn, sign_in
from schoolgate.accounts.facts import open_facts, role_names
from schoolgate.accounts.ladders import leave_givers
from schoolgate.accounts.models import Account
from schoolgate.accounts.opening import questions
from schoolgate.accounts.queries import NameKey
from schoolgate.accounts.states import AccountState
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.core.subjects import subject_of
from schoolgate.networks.port import Credential, NetworkError
from schoolgate.networks.registry import capabilities
from schoolgate.networks.wording import sentence
from schoolgate.people.actions import give_leave
from schoolgate.people.models import Leave, Person
from schoolgate.people.queries import person as person_by_id
from schoolgate.people.rules import can
from schoolgate.policy.asking import verdict
from schoolgate.policy.queries import in_force
from schoolgate.rulebook import Book
from schoolgate.web import wording
from schoolgate.web.accounts_forms import MOST_PEOPLE, ConnectForm, NoticeForm, SetupForm
from schoolgate.web.doors import Visit, done, page
from schoolgate.web.page_parts import links_beside_accounts, parts_of_account

PAGE = 25
TAGS = {"waiting": "wait", "open": "good", "closed": ""}
ASSETS = {"name": _("the name"), "logo": _("the logo")}


@page(place="accounts")
def accounts(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Every account that speaks in the federation's name, by name, with who runs it."""
    found, following = queries.accounts_page(after=after(request), limit=PAGE)
    context = {
        "rows": [_row(account) for account in found],
        "following": following_link(following),
        "may_propose": "propose_account" in visit.capacities,
        "register": f"/{visit.federation.slug}/register",
        "links": links_beside_accounts(visit),
    }
    return render(request, "accounts/accounts.html", context)


def after(request: HttpRequest) -> NameKey | None:
    """The key of the page asked for. Raises NotFound where it is none of ours."""
    name, number = request.GET.get("name"), request.GET.get("id", "")
    if name is None:
        return None
    if not (number.isascii() and number.isdigit() and len(number) < 19) or "\x00" in name:
        raise NotFound
    return name, int(number)


def following_link(key: NameKey | None) -> str:
    """The query string of the next page; empty on the last one."""
    return urlencode({"name": key[0], "id": str(key[1])}) if key else ""


def _row(account: Account) -> dict[str, Any]:
    running: list[Any] = getattr(account, "running", [])
    return {
        "account": account,
        "network": capabilities(account.network).name,
        "people": ", ".join(dict.fromkeys(member.person.name for member in running)),
        "tag": TAGS[account.state],
    }


@page(place="accounts")
def account(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """One account: who runs it, how it is, and before it is open what is waited for and from whom."""
    found = queries.account_for(visit.person, pk)
    policy = in_force(visit.on)
    inside = queries.may_set_up(visit.person, found, on=visit.on)
    waiting = found.state == AccountState.WAITING
    shown = None
    if waiting and inside:
        facts = open_facts(found, policy, by=visit.person, at=visit.at)
        shown = wording.verdict(verdict("account.open", facts, on=visit.on), at=visit.at)
    context = {
        **_row(found),
        "visit": visit,
        "inside": inside,
        "waiting": waiting,
        "verdict": shown,
        "team": found.running,  # type: ignore[attr-defined]
        "notices": found.notices.all(),
        "leaves": Leave.objects.filter(subject=subject_of(found)).select_related("given_by"),
        "asks_notice": _asks(policy.book, "notified"),
        "assets": _assets(policy.book, visit, found),
        "may_set_up": waiting and can(rules.check_may_set_up, visit.person, found, on=visit.on),
        "may_open": waiting and can(rules.check_may_open, visit.person, found, on=visit.on),
        "may_connect": found.state != AccountState.CLOSED
        and _has_keys(found)
        and can(rules.check_may_hold_keys, visit.person, found, on=visit.on),
        "has_keys": _has_keys(found),
        "parts": parts_of_account(visit, found),
    }
    return render(request, "accounts/account.html", context)


def _asks(book: Book, point: str) -> bool:
    return any(bound.point == point for bound in book.bound("account.open"))


def _assets(book: Book, visit: Visit, found: Account) -> list[tuple[str, Any, str]]:
    """What the person may give written leave for: the policy's own role for it, held by them."""
    held = role_names(visit.person, book, on=visit.on, school=found.school)
    return [
        (asset, ASSETS[asset], role)
        for asset, role in leave_givers(book).items()
        if role in held and found.state == AccountState.WAITING
    ]


def _has_keys(found: Account) -> bool:
    return capabilities(found.network).connector not in ("noticeboard", "manual")


@page(place="accounts")
def setup(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say where the account is and what its page shows."""
    found = queries.account_for(visit.person, pk)
    rules.check_waiting(found)
    rules.check_may_set_up(visit.person, found, on=visit.on)
    asked = questions(in_force(visit.on).book)
    form = SetupForm(request.POST or None, account=found, questions=asked)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.save_setup(
                account=found,
                by=visit.person,
                at=visit.at,
                answers=form.answers(),
                handle=typed["handle"],
                address=typed["address"],
                contact=typed["contact"],
            )
        except BadInput as error:
            form.refuse(error)
        else:
            return done(request, _("What you saw is kept, with your name."), "account", pk)
    context = {"form": form, "account": found}
    return render(request, "accounts/setup.html", context, status=422 if form.errors else 200)


@page(methods=("POST",))
def ask(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Ask everybody for what is still missing."""
    found = queries.account_for(visit.person, pk)
    actions.check_account(account=found, by=visit.person, at=visit.at)
    return done(request, _("Whoever has something to do for it sees it on their page today."), "account", pk)


@page(methods=("POST",))
def open_it(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Let the account go live."""
    found = queries.account_for(visit.person, pk)
    actions.open_account(account=found, by=visit.person, at=visit.at)
    return done(request, _("The account is open, and on the register."), "account", pk)


@page(place="accounts")
def notice(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Make the address and identity of the account known to somebody."""
    found = queries.account_for(visit.person, pk)
    rules.check_may_set_up(visit.person, found, on=visit.on)
    people = list(
        Person.objects.filter(left_on=None)
        .exclude(pk=visit.person.pk)
        .order_by("name", "pk")
        .values_list("pk", "name")[:MOST_PEOPLE]
    )
    initial = {"address": found.address, "identity": found.handle or found.name}
    form = NoticeForm(request.POST or None, people=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.give_notice(
                account=found,
                by=visit.person,
                at=visit.at,
                to=person_by_id(int(typed["to"])),
                address=typed["address"],
                identity=typed["identity"],
            )
        except BadInput as error:
            form.refuse(error)
        else:
            return done(request, _("The notice is kept."), "account", pk)
    context = {"form": form, "account": found}
    return render(request, "accounts/notice.html", context, status=422 if form.errors else 200)


@page(methods=("POST",))
def leave(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Give written leave for the name or the logo, in one's own role."""
    found = queries.account_for(visit.person, pk)
    book = in_force(visit.on).book
    given = {asset: role for asset, _words, role in _assets(book, visit, found)}
    asset = request.POST.get("asset", "")
    if asset not in given:
        raise NotFound
    give_leave(
        by=visit.person,
        at=visit.at,
        role_key=book.role(given[asset]).key,
        written=True,
        covers=asset,
        subject=subject_of(found),
        from_day=visit.on,
    )
    return done(request, _("Your leave is kept."), "account", pk)


def try_keys(request: HttpRequest) -> SignedIn | NetworkError | None:
    """Before the page's scope opens: try the keys on their network. None where nothing was sent."""
    if request.method != "POST":
        return None
    form = ConnectForm(request.POST)
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
    """Give the account's keys; they are kept only after the network took them."""
    found = queries.account_for(visit.person, pk)
    rules.check_may_hold_keys(visit.person, found, on=visit.on)
    if not _has_keys(found):
        raise NotFound
    initial = {"handle": found.handle, "service": capabilities(found.network).service}
    form = ConnectForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        tried = visit.prepared
        if request.POST.get("network") != found.network or tried is None:
            raise NotFound
        if isinstance(tried, NetworkError):
            form.add_error(None, str(sentence(tried.code)))
        else:
            try:
                actions.connect_account(account=found, by=visit.person, at=visit.at, signed_in=tried)
            except BadInput as error:
                form.refuse(error)
            else:
                return done(request, _("The account is connected."), "account", pk)
    context = {"form": form, "account": found, "network": capabilities(found.network).name}
    return render(request, "accounts/connect.html", context, status=422 if form.errors else 200)


urlpatterns = [
    path("accounts", accounts, name="accounts"),
    path("accounts/<int:pk>", account, name="account"),
    path("accounts/<int:pk>/setup", setup, name="account-setup"),
    path("accounts/<int:pk>/ask", ask, name="account-ask"),
    path("accounts/<int:pk>/open", open_it, name="account-open"),
    path("accounts/<int:pk>/notice", notice, name="account-notice"),
    path("accounts/<int:pk>/leave", leave, name="account-leave"),
    path("accounts/<int:pk>/connect", connect, name="account-connect"),
]
