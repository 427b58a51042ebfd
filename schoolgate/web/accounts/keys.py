"""The keys of an account: which there are, keeping one, showing one once, changing and destroying it; and
sealed papers for the safe, printed once, reported when opened, recorded as no longer valid.

Before a key is shown, the person confirms again that it's really them, by passkey, or by password and
code. The sign-in itself does not count: a screen left open is what this is for. What is secret in a form
is never drawn again: after a mistake it comes back empty.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from schoolgate.accounts import access, keys, papers
from schoolgate.accounts.handover_facts import team_of
from schoolgate.accounts.keys import (
    LONGEST,
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
    show_key,
    showings,
    who_is_told,
)
from schoolgate.accounts.keys import papers as papers_of
from schoolgate.accounts.models import Account, AccountKey, AccountState, ChangeReason, KeyKind, PaperKey
from schoolgate.accounts.papers import ON_PAPER
from schoolgate.core.errors import NotFound
from schoolgate.networks.registry import capabilities
from schoolgate.people.queries import person as person_by_id
from schoolgate.policy.asking import verdict
from schoolgate.policy.choices import password_clauses
from schoolgate.policy.queries import in_force
from schoolgate.web.frame import wording
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import MOST_PEOPLE, DayField, SchoolForm, at, form_page
from schoolgate.web.frame.paging import number_in, page_by_key
from schoolgate.web.frame.parts import PagePart, on_account_page
from schoolgate.web.frame.shown import ShownClause

AGAIN = _("For your security, it won’t be shown again if you need to correct another answer.")


class Unshown(forms.Textarea):
    """A box for several lines that never shows what was typed into it."""

    def __init__(self) -> None:
        super().__init__({"rows": 6, "autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"})

    def format_value(self, value: Any) -> None:
        """Nothing."""


def _hidden() -> forms.PasswordInput:
    return forms.PasswordInput({"autocomplete": "new-password"})


class _KeyForm(SchoolForm):
    """The fields of every key: its purpose, when to change it, and whose account it opens."""

    policy_help = {
        "secret": (at("account.keys", "account_password"),),
        "seed": (at("account.keys", "account_password"),),
        "login": (at("account.keys", "account_details"), at("account.create", "login_address")),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"] = forms.CharField(
            label=_("Purpose"),
            help_text=_(
                "A short description to recognise it by. Don’t include passwords: this isn’t encrypted."
            ),
            max_length=200,
            required=False,
        )
        self.fields["change_by"] = DayField(
            label=_("Change by"),
            help_text=_("Our own choice: the policy sets no date. Leave blank for none."),
            required=False,
        )
        self.fields["own"] = forms.BooleanField(
            label=_("This is for the school’s own account, not anyone’s private account"), required=False
        )

    @property
    def text(self) -> str:
        """Return the text to save as typed, including spaces at its ends."""
        return str(self.cleaned_data["secret"])


class PasswordForm(_KeyForm):
    """The password of an account."""

    secret = forms.CharField(
        label=_("Password"), help_text=AGAIN, widget=_hidden(), max_length=300, strip=False
    )


class TokenForm(PasswordForm):
    """A key with which a program speaks for the account."""

    secret = forms.CharField(
        label=_("Key for a program"), help_text=AGAIN, widget=_hidden(), max_length=LONGEST
    )


class CodesForm(PasswordForm):
    """A list of recovery codes."""

    secret = forms.CharField(
        label=_("Recovery codes"),
        help_text=_(
            "One per line, as given by the network. They won’t be shown again if you "
            "need to correct another answer."
        ),
        widget=Unshown(),
        max_length=LONGEST,
    )


class SeedForm(_KeyForm):
    """The secret from which an app makes codes, proven by one code."""

    seed = forms.CharField(
        label=_("Setup key from the network"),
        help_text=_(
            "Enter the characters shown beside the QR code, or the full address "
            "starting with otpauth://. No one can view it here again: Schoolgate "
            "shows only the current code."
        ),
        widget=_hidden(),
        max_length=1000,
    )
    code = forms.CharField(
        label=_("Code your app shows now"),
        help_text=_("This confirms that the codes made here will be correct."),
        max_length=12,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )


class ParticularsForm(_KeyForm):
    """Login name and recovery addresses."""

    login = forms.CharField(label=_("Login name"), max_length=300, required=False)
    recovery_email = forms.CharField(
        label=_("Recovery email address"),
        help_text=_("Use one that belongs to the school, never someone’s private one."),
        max_length=300,
        required=False,
    )
    recovery_phone = forms.CharField(label=_("Recovery phone number"), max_length=100, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("login", "recovery_email", "recovery_phone"):
            self.fields[name].widget = forms.TextInput({"autocomplete": "off"})

    @property
    def text(self) -> str:
        """The three as they go into the vault."""
        given = self.cleaned_data
        return Particulars(given["login"], given["recovery_email"], given["recovery_phone"]).to_text()


FORMS: dict[str, type[_KeyForm]] = {
    KeyKind.PASSWORD: PasswordForm,
    KeyKind.TOTP: SeedForm,
    KeyKind.CODES: CodesForm,
    KeyKind.TOKEN: TokenForm,
    KeyKind.PARTICULARS: ParticularsForm,
}


class DayForm(SchoolForm):
    """By when to change a key."""

    change_by = DayField(
        label=_("Change by"),
        help_text=_("Our own choice: the policy sets no date. Leave blank for none."),
        required=False,
    )


class PaperForm(SchoolForm):
    """The contents of a sealed paper."""

    policy_help = {"place": (at("account.keys", "account_password", "account_details"),)}

    keys = forms.MultipleChoiceField(
        label=_("Passwords to include"), widget=forms.CheckboxSelectMultiple, required=False
    )
    place = forms.CharField(
        label=_("Where it will be stored"),
        help_text=_("For example: the safe in the office. Don’t include combinations or secrets."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, keys: list[AccountKey], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["keys"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (str(key.pk), f"{key.get_kind_display()}{': ' + key.note if key.note else ''}") for key in keys
        ]
        field.initial = [str(key.pk) for key in keys]


class OpenedForm(SchoolForm):
    """A sealed paper was opened."""

    opened_by = forms.ChoiceField(label=_("Who opened it?"))
    opened_on = DayField(label=_("Date"))
    why = forms.CharField(
        label=_("Why?"), widget=forms.Textarea({"rows": 3}), max_length=1000,
        help_text=_("One sentence. Don’t repeat anything written on the paper."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["opened_by"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(pk), name) for pk, name in people]


class VoidForm(SchoolForm):
    """Marks a sealed paper as no longer valid."""

    why = forms.CharField(
        label=_("Why?"),
        max_length=1000,
        help_text=_("For example: shredded, password changed."),
    )


SURE_FOR = timedelta(minutes=5)
"""How long a confirmation counts: enough for a password and the code that goes with it."""


def is_sure(request: HttpRequest, *, at: datetime) -> bool:
    """Return whether the person confirmed their identity within the last minutes."""
    fresh = _fresh(request, at)
    return "passkey" in fresh or fresh >= {"password", "code"}


def next_step(request: HttpRequest, *, at: datetime, back: str) -> str:
    """Return the address of the next step of confirming, which leads back to `back`.

    People without two-step verification set it up first. A passkey is asked for where there is one; its page
    offers the other ways.
    """
    return f"{reverse(_next_page(request, at))}?{urlencode({'next': back})}"


def has_way(request: HttpRequest) -> bool:
    """Return whether there is a way to confirm: a passkey, or a password with an app."""
    kinds = _second_steps(request)
    return Authenticator.Type.WEBAUTHN in kinds or (
        Authenticator.Type.TOTP in kinds and _user(request).has_usable_password()
    )


def _next_page(request: HttpRequest, at: datetime) -> str:
    if not has_way(request):
        return "mfa_index"
    fresh, kinds = _fresh(request, at), _second_steps(request)
    if "password" in fresh and Authenticator.Type.TOTP in kinds:
        return "mfa_reauthenticate"
    if "code" in fresh and _user(request).has_usable_password():
        return "account_reauthenticate"
    return "mfa_reauthenticate_webauthn" if Authenticator.Type.WEBAUTHN in kinds else "account_reauthenticate"


def _fresh(request: HttpRequest, at: datetime) -> set[str]:
    """Return the ways in which the person has confirmed within the last minutes."""
    found = set()
    for one in get_authentication_records(request, request.user):
        age = at.timestamp() - one.get("at", 0)
        # The clocks of two machines differ a little, so what is a moment ahead is fresh as well.
        if one.get("reauthenticated") and -60 <= age < SURE_FOR.total_seconds():
            found.add(_way(one))
    return found


def _way(one: dict[str, Any]) -> str:
    if one.get("method") != "mfa":
        return str(one.get("method"))
    return "passkey" if one.get("type") == Authenticator.Type.WEBAUTHN else "code"


def _second_steps(request: HttpRequest) -> set[str]:
    return set(Authenticator.objects.filter(user=_user(request)).values_list("type", flat=True))


def _user(request: HttpRequest) -> Any:
    return request.user


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
def keys_page(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
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
        "papers": page_by_key(papers_of(account), request.GET, by="made_at"),
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
        "sure": is_sure(request, at=visit.at),
        "has_way": has_way(request),
        "confirm": next_step(request, at=visit.at, back=here),
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
    if not is_sure(request, at=visit.at):
        return redirect(next_step(request, at=visit.at, back=here))
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


@page(place="accounts")
def make(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Choose what goes onto a paper, confirm who this is, and have it to print, once."""
    account = keys.inside_of_keys(visit.person, pk, on=visit.on)
    keys.check_has_part(visit.person, account, on=visit.on)
    usable = [key for key in keys.live_keys(account) if key.kind in ON_PAPER]
    form = PaperForm(request.POST if request.method == "POST" else None, keys=usable)
    sure = is_sure(request, at=visit.at)
    here = reverse("account-paper", args=[account.pk])
    confirm = next_step(request, at=visit.at, back=here)
    if request.method == "POST" and not sure:
        return redirect(confirm)
    if printed := form.save(
        lambda typed: papers.make_paper(
            account=account,
            by=visit.person,
            at=visit.at,
            place=typed["place"],
            keys=[key for key in usable if str(key.pk) in typed["keys"]],
        )
    ):
        shown = [(key, spelt_out(key.kind, secret)) for key, secret in printed.value.lines]
        context = {"paper": printed.value.paper, "account": account, "shown": shown}
        return unstored(render(request, "keys/paper.html", context))
    told = keys.who_is_told(account, but=[visit.person.pk], on=visit.on)
    context = {
        "form": form,
        "account": account,
        "usable": usable,
        "sure": sure,
        "has_way": has_way(request),
        "confirm": confirm,
        "told": ", ".join(person.name for person in told),
        "hide_after": HIDE_AFTER,
    }
    return render(request, "keys/make_paper.html", context, status=422 if form.errors else 200)


@page(place="accounts")
def opened(request: HttpRequest, visit: Visit, paper_pk: int) -> HttpResponseBase:
    """Report that a sealed paper was opened."""
    paper = keys.paper_for(visit.person, paper_pk, on=visit.on)
    me = visit.person
    people = [(me.pk, me.name), *keys.names_of_others(me, limit=MOST_PEOPLE)]
    form = OpenedForm(request.POST or None, people=people, initial={"opened_on": visit.on})
    if form.save(
        lambda typed: papers.report_opened(
            paper=paper,
            by=me,
            at=visit.at,
            opened_by=person_by_id(int(typed["opened_by"])),
            opened_on=typed["opened_on"],
            why=typed["why"],
        )
    ):
        said = _("Recorded. The account lead has been asked to change the passwords in it.")
        return done(request, said, "account-keys", paper.account_id)
    lead = _("The passwords in it must then be changed, and the account lead is told.")
    return _report(request, form, paper, title=_("A sealed envelope was opened"), lead=lead)


@page(place="accounts")
def void(request: HttpRequest, visit: Visit, paper_pk: int) -> HttpResponseBase:
    """Record that a sealed paper is no longer valid."""
    paper = keys.paper_for(visit.person, paper_pk, on=visit.on)
    keys.check_has_part(visit.person, paper.account, on=visit.on)
    form = VoidForm(request.POST or None)
    if form.save(lambda typed: papers.void_paper(paper=paper, by=visit.person, at=visit.at, **typed)):
        return done(request, _("Envelope recorded as no longer valid."), "account-keys", paper.account_id)
    lead = _("For an envelope destroyed unopened. If it was opened, report that instead.")
    return _report(request, form, paper, title=_("Sealed envelope no longer valid"), lead=lead)


def _report(
    request: HttpRequest, form: SchoolForm, paper: PaperKey, *, title: Promise, lead: Promise
) -> HttpResponseBase:
    context = {"paper": paper, "account": paper.account, "title": title, "lead": lead}
    return form_page(request, "keys/envelope.html", form, context)


urlpatterns = [
    path("accounts/<int:pk>/keys", keys_page, name="account-keys"),
    path("accounts/<int:pk>/keys/keep", keep, name="account-keys-keep"),
    path("accounts/keys/<int:key_pk>", key, name="account-key"),
    path("accounts/keys/<int:key_pk>/show", show, name="account-key-show"),
    path("accounts/keys/<int:key_pk>/change", change, name="account-key-change"),
    path("accounts/keys/<int:key_pk>/day", day, name="account-key-day"),
    path("accounts/keys/<int:key_pk>/destroy", destroy, name="account-key-destroy"),
    path("accounts/<int:pk>/paper", make, name="account-paper"),
    path("accounts/papers/<int:paper_pk>/opened", opened, name="account-paper-opened"),
    path("accounts/papers/<int:paper_pk>/void", void, name="account-paper-void"),
]
