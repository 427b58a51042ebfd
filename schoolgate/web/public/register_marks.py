"""How to tell that an account is genuine: the code, a check now, a person's word; and its new address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import access, connecting
from schoolgate.accounts.models import Account, AccountCode, AccountMark, AccountState, Mark, SeenThere
from schoolgate.accounts.register import check_may_vouch, give_code, move_account, vouch_for_mark
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.tenancy import scope
from schoolgate.networks.capabilities import OURS
from schoolgate.people.rules import can
from schoolgate.policy.queries import policy_or_none
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.limits import limited
from schoolgate.web.frame.numbers import number_in_address
from schoolgate.web.frame.parts import PagePart, on_account_page

NAMES = {
    Mark.LINK: _("Link back to our register"),
    Mark.TEXT: _("Code in the profile text"),
    Mark.POLICY_LINK: _("Link that identifies our official accounts"),
}


class MoveForm(SchoolForm):
    """The new address of the account."""

    address = forms.CharField(label=_("New address"), help_text=_("Starting with https://"), max_length=500)
    handle = forms.CharField(label=_("Handle"), max_length=253, required=False)


@on_account_page
def marks(visit: Visit, account: Account) -> PagePart | None:
    """Return the card for people who run or open the account. Our own board needs no proof."""
    if account.state == AccountState.WAITING or account.network == OURS:
        return None
    if not can(check_may_vouch, visit.person, account, on=visit.on):
        return None
    rows = {row.mark: row for row in AccountMark.objects.filter(account=account).select_related("by")}
    code = AccountCode.objects.filter(account=account).values_list("code", flat=True).first()
    reads = connecting.reads(account.network)
    shown = {
        "account": account,
        "live": account.state == AccountState.OPEN,
        "register": connecting.register_address(visit.federation),
        "code": code,
        "marks": [_shown(mark, rows.get(mark), mark in reads) for mark in _asked(account, visit)],
        "program_looks": bool(reads),
        "may_move": account.state == AccountState.OPEN
        and can(access.check_may_open, visit.person, account, on=visit.on),
    }
    return PagePart("register/_marks.html", shown)


def _asked(account: Account, visit: Visit) -> list[Mark]:
    """The marks that make sense here: the policy's own link only where the policy in force has one."""
    policy = policy_or_none(visit.on)
    has_own = policy is not None and bool(policy.book.at("account.looked_up", "official_mark"))
    asked = [Mark.LINK] if Mark.LINK in connecting.reads(account.network) else []
    return [*asked, Mark.TEXT, *([Mark.POLICY_LINK] if has_own and account.kind == "teaching" else [])]


def _shown(mark: Mark, row: AccountMark | None, program: bool) -> dict[str, Any]:
    seen = SeenThere(row.seen) if row else None
    return {
        "key": str(mark),
        "name": NAMES[mark],
        "row": row,
        "kind": {
            SeenThere.THERE: "good",
            SeenThere.MISSING: "no",
            SeenThere.UNREADABLE: "wait",
            None: "wait",
        }[seen],
        "word": seen.label if seen else _("Not checked yet"),
        "by_person": not program,
    }


@page(methods=("POST",))
def code(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take the code for the profile."""
    give_code(account=access.account_for(visit.person, pk), by=visit.person, at=visit.at)
    return done(request, _("Add the code to the account’s profile text."), "account", pk)


@page(methods=("POST",))
def vouch(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say what I saw on the account's page."""
    found = access.account_for(visit.person, pk)
    said = request.POST.get("there")
    if said not in ("yes", "no"):
        raise BadInput({"there": _("Record whether it’s there.")})
    vouch_for_mark(
        account=found, by=visit.person, at=visit.at,
        mark=request.POST.get("mark", ""), there=said == "yes",
    )  # fmt: skip
    return done(request, _("What you saw has been recorded under your name."), "account", pk)


def look_there(request: HttpRequest) -> bool:
    """Read the account's page, before the page's scope opens, for people who may vouch."""
    visit: Visit = request.visit  # type: ignore[attr-defined]
    pk = number_in_address(request)
    with scope(visit.federation.pk, visit.person.pk):
        check_may_vouch(visit.person, access.account_for(visit.person, pk), on=visit.on)
    return bool(connecting.look(visit.federation.pk, pk, at=visit.at))


@limited("account-look", rate="10/m")
@page(methods=("POST",), prepare=look_there)
def look(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Have the program look now."""
    if not visit.prepared:
        raise NotNow(
            _("Schoolgate can’t check this network itself."), _("Check for yourself and record what you see.")
        )
    return done(request, _("Schoolgate has checked. See the results below."), "account", pk)


@page(place="accounts")
def move(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Give the account its new address."""
    found = access.account_for(visit.person, pk)
    access.check_may_open(visit.person, found, on=visit.on)
    if found.state != AccountState.OPEN:
        raise NotNow(
            _("Only an open account can move to a new address."),
            _("While an account is being set up, change its address there."),
        )
    form = MoveForm(request.POST or None, initial={"handle": found.handle})
    if request.method == "POST" and form.is_valid():
        try:
            move_account(account=found, by=visit.person, at=visit.at, **form.cleaned_data)
        except BadInput as error:
            form.refuse(error)
        else:
            said = _("The register shows the new address. Anyone who checks the old one sees where we are.")
            return done(request, said, "account", pk)
    context = {"form": form, "account": found}
    return render(request, "register/move.html", context, status=422 if form.errors else 200)


_ONE = "accounts/<int:pk>"
urlpatterns = [
    path(f"{_ONE}/code", code, name="account-code"),
    path(f"{_ONE}/vouch", vouch, name="account-vouch"),
    path(f"{_ONE}/look-now", look, name="account-look-now"),
    path(f"{_ONE}/move", move, name="account-move"),
]
