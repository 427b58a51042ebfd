"""The keys of an account: which there are, keeping one, showing one once, changing and destroying it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from schoolgate.accounts import access
from schoolgate.accounts.handover_facts import team_of
from schoolgate.accounts.keys import (
    Particulars,
    Shown,
    check_has_part,
    check_live,
    choose_change_day,
    destroy_key,
    has_part,
    inside_of_keys,
    keep_key,
    keep_seed,
    key_for,
    key_to_show,
    keys_facts,
    last_showing,
    live_keys,
    papers,
    show_key,
    showings,
    who_is_told,
)
from schoolgate.accounts.models import Account, AccountKey, AccountState, ChangeReason, KeyKind
from schoolgate.core.errors import NotFound
from schoolgate.networks.registry import capabilities
from schoolgate.policy.asking import verdict
from schoolgate.policy.promised import password_clauses
from schoolgate.policy.queries import in_force
from schoolgate.web.accounts.health import keys_confirming as confirming
from schoolgate.web.accounts.health.keys_forms import FORMS, DayForm
from schoolgate.web.frame import wording
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import form_page
from schoolgate.web.frame.numbers import number_in
from schoolgate.web.frame.paging import page_by_key
from schoolgate.web.frame.parts import PagePart, on_account_page
from schoolgate.web.frame.shown import ShownClause

HIDE_AFTER = 60
"""Seconds after which a key that was left open on a screen is hidden again."""
SECRET_FIELDS = ("secret", "seed", "code", "login", "recovery_email", "recovery_phone")


@on_account_page
def card(visit: Visit, account: Account) -> PagePart | None:
    """Return a card with the number of the account's keys and those to change, for people who may know of
    them."""
    if account.state == AccountState.CLOSED or _has_none(account):
        return None
    inside = access.may_set_up(visit.person, account, on=visit.on)
    if not inside and not has_part(visit.person, account, on=visit.on):
        return None
    kept = live_keys(account)
    shown = {"account": account, "number": len(kept), "due": [key for key in kept if _reasons(key)]}
    return PagePart("keys/_card.html", shown, first=bool(shown["due"]))


def _has_none(account: Account) -> bool:
    return capabilities(account.network).ours


def _reasons(key: AccountKey) -> list[Any]:
    return list(getattr(key, "reasons", []))


@page(place="accounts")
def keys(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """List the keys and sealed papers of an account. Their contents are not shown here."""
    account = inside_of_keys(visit.person, pk, on=visit.on)
    kept = live_keys(account)
    there = {key.kind for key in kept}
    context = {
        "account": account,
        "network": capabilities(account.network).name,
        "keys": kept,
        "kinds": [
            (kind.value, kind.label) for kind in KeyKind if kind != KeyKind.PARTICULARS or kind not in there
        ],
        "papers": page_by_key(papers(account), request.GET, by="made_at"),
        "has_part": has_part(visit.person, account, on=visit.on),
        "runs_it": ", ".join(dict.fromkeys(one.person.name for one in team_of(account))),
        "private": bool(account.setup.get("login_is_private")),
    }
    return render(request, "keys/keys.html", context)


@page(place="accounts")
def key(request: HttpRequest, visit: Visit, key_pk: int) -> HttpResponseBase:
    """Show one key: who stored it, who has seen it, why to change it, and the way to see it."""
    found = key_for(visit.person, key_pk, on=visit.on)
    facts = keys_facts(
        found.account, in_force(visit.on), by=visit.person, at=visit.at, kind=found.kind, act="see"
    )
    answer = verdict("account.keys", facts, on=visit.on)
    told = who_is_told(found.account, but=[visit.person.pk], on=visit.on)
    here = reverse("account-key", args=[found.pk])
    context = {
        "key": found,
        "account": found.account,
        "is_code": found.kind == KeyKind.TOTP,
        "has_part": has_part(visit.person, found.account, on=visit.on),
        "refused": wording.verdict(answer, at=visit.at) if _keeps_back(answer) else None,
        "told": ", ".join(person.name for person in told),
        "sure": confirming.is_sure(request, at=visit.at),
        "has_way": confirming.has_way(request),
        "confirm": confirming.next_step(request, at=visit.at, back=here),
        "last": last_showing(found),
        "showings": page_by_key(showings(found), request.GET),
        "hidden_again": "hidden" in request.GET,
        "asked_by": _asked_by(found, visit),
    }
    return render(request, "keys/key.html", context)


def _asked_by(found: AccountKey, visit: Visit) -> list[ShownClause]:
    """Return the clauses of the policy in force that have this changed because someone left."""
    if all(each.because != ChangeReason.LEFT for each in _reasons(found)):
        return []
    policy = in_force(visit.on)
    return wording.clauses_of(policy, password_clauses(policy.book, at=visit.at))


def _keeps_back(answer: Any) -> bool:
    return str(answer.outcome) not in ("permitted", "silent")


@page(place="accounts", methods=("POST",))
def show(request: HttpRequest, visit: Visit, key_pk: int) -> HttpResponseBase:
    """Show a key once, on a page that is never stored, after confirming the person's identity again."""
    found = key_to_show(key_pk)
    here = reverse("account-key", args=[found.pk])
    if not confirming.is_sure(request, at=visit.at):
        return redirect(confirming.next_step(request, at=visit.at, back=here))
    seen = number_in(request.POST.get("last", ""))
    shown = show_key(key=found, by=visit.person, at=visit.at, seen=seen)
    context = {"key": found, "account": found.account, "hide_after": HIDE_AFTER, **_lines(found, shown)}
    return unstored(render(request, "keys/shown.html", context))


def _lines(found: AccountKey, shown: Shown) -> dict[str, Any]:
    """Return what the page shows: labelled lines, or the current code."""
    if shown.passing is not None:
        return {"lines": [(_("Code"), shown.passing.code)], "seconds": shown.passing.seconds}
    return {"lines": spelt_out(found.kind, shown.secret)}


def spelt_out(kind: str, secret: str) -> list[tuple[Any, str]]:
    """A key as lines with a label each."""
    if kind == KeyKind.PARTICULARS:
        said = Particulars.from_text(secret)
        lines = [
            (_("Login name"), said.login),
            (_("Recovery email address"), said.recovery_email),
            (_("Recovery phone number"), said.recovery_phone),
        ]
        return [line for line in lines if line[1]]
    return [(KeyKind(kind).label, secret)]


def unstored(response: HttpResponseBase) -> HttpResponseBase:
    """Set headers that forbid the browser and everything on the way to store this page."""
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


@sensitive_post_parameters(*SECRET_FIELDS)
@page(place="accounts")
def keep(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Save a key of the kind that the address names."""
    account = inside_of_keys(visit.person, pk, on=visit.on)
    return _keep(request, visit, account, request.GET.get("kind", ""), None)


@sensitive_post_parameters(*SECRET_FIELDS)
@page(place="accounts")
def change(request: HttpRequest, visit: Visit, key_pk: int) -> HttpResponseBase:
    """Save a new key in place of one that was changed at the network."""
    found = key_for(visit.person, key_pk, on=visit.on)
    check_live(found)
    return _keep(request, visit, found.account, found.kind, found)


def _keep(
    request: HttpRequest, visit: Visit, account: Account, kind: str, replaces: AccountKey | None
) -> HttpResponseBase:
    if kind not in FORMS:
        raise NotFound
    check_has_part(visit.person, account, on=visit.on)
    initial = {"note": replaces.note, "change_by": None} if replaces else {}
    form = FORMS[kind](request.POST or None, initial=initial)
    if made := form.save(
        lambda typed: _store(visit, account, form, typed | {"kind": kind, "replaces": replaces})
    ):
        return done(request, _("Stored securely."), "account-key", made.value.pk)
    context = {
        "account": account,
        "kind": KeyKind(kind).label,
        "replaces": replaces,
        "private": bool(account.setup.get("login_is_private")),
    }
    return unstored(form_page(request, "keys/keep.html", form, context))


def _store(visit: Visit, account: Account, form: Any, typed: dict[str, Any]) -> AccountKey:
    common: dict[str, Any] = {
        "account": account,
        "by": visit.person,
        "at": visit.at,
        "the_schools_own": typed["own"],
        "note": typed["note"],
        "change_by": typed["change_by"],
        "replaces": typed["replaces"],
    }
    if typed["kind"] == KeyKind.TOTP:
        return keep_seed(seed=typed["seed"], code=typed["code"], **common)
    return keep_key(kind=typed["kind"], secret=form.text, **common)


@page(place="accounts")
def day(request: HttpRequest, visit: Visit, key_pk: int) -> HttpResponseBase:
    """Choose by when to change a key."""
    found = key_for(visit.person, key_pk, on=visit.on)
    check_has_part(visit.person, found.account, on=visit.on)
    form = DayForm(request.POST or None, initial={"change_by": found.change_by})
    if form.save(
        lambda typed: choose_change_day(key=found, by=visit.person, at=visit.at, on=typed["change_by"])
    ):
        return done(request, _("Date saved, as your federation’s own choice."), "account-key", found.pk)
    return form_page(request, "keys/day.html", form, {"key": found, "account": found.account})


@page(place="accounts")
def destroy(request: HttpRequest, visit: Visit, key_pk: int) -> HttpResponseBase:
    """Destroy a key, after saying what will happen."""
    found = key_for(visit.person, key_pk, on=visit.on)
    check_live(found)
    check_has_part(visit.person, found.account, on=visit.on)
    if request.method == "POST":
        destroy_key(key=found, by=visit.person, at=visit.at)
        return done(request, _("Password destroyed."), "account-keys", found.account_id)
    return render(request, "keys/destroy.html", {"key": found, "account": found.account})


urlpatterns = [
    path("accounts/<int:pk>/keys", keys, name="account-keys"),
    path("accounts/<int:pk>/keys/keep", keep, name="account-keys-keep"),
    path("accounts/keys/<int:key_pk>", key, name="account-key"),
    path("accounts/keys/<int:key_pk>/show", show, name="account-key-show"),
    path("accounts/keys/<int:key_pk>/change", change, name="account-key-change"),
    path("accounts/keys/<int:key_pk>/day", day, name="account-key-day"),
    path("accounts/keys/<int:key_pk>/destroy", destroy, name="account-key-destroy"),
]
