"""The class of an account, and what happens to the account in the new school year."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.access import account_for
from schoolgate.accounts.classes import (
    check_may_choose,
    check_may_say_class,
    choose_at_turn,
    class_of,
    inside,
    say_class,
)
from schoolgate.accounts.models import Account, AccountState, AtTurn, next_label
from schoolgate.accounts.models.accounts import LONGEST
from schoolgate.core.school_year import turn_of
from schoolgate.people.queries import book_of
from schoolgate.people.rules import can, check_may_see_people
from schoolgate.web.duty.rota import says_on
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.parts import PagePart, on_account_page

SAYS = {"friend.admit": (), "contributor.admit": (), "contact.site_settings": ()}
"""Where a policy covers who may follow an account, and who is in it."""
SAID = "said_%s"
"""Both forms of the page have a label: each field has an id of its own."""


class ClassForm(SchoolForm):
    """To which class it belongs."""

    label = forms.CharField(
        label=_("Class or year group"),
        max_length=LONGEST,
        required=False,
        help_text=_(
            "The school’s name for it, such as Year 4 or Beech. Leave empty if it doesn’t belong to a class."
        ),
    )


class ChoiceForm(SchoolForm):
    """The choice for the new school year."""

    choice = forms.ChoiceField(
        label=_("What happens to this account"), choices=AtTurn.choices, widget=forms.RadioSelect
    )
    label = forms.CharField(
        label=_("Class name in the new year"),
        max_length=LONGEST,
        required=False,
        help_text=_("Only if it moves up with its class."),
    )
    taken_out = forms.BooleanField(
        label=_("Everyone who had access has been removed on the network too"),
        required=False,
        help_text=_("Only if it stays and someone has access."),
    )


@page(place="accounts")
def classes(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say to which class an account belongs."""
    account = account_for(visit.person, pk)
    sent = request.POST if request.method == "POST" else None
    form = ClassForm(sent, initial=_said(account, visit), auto_id=SAID)
    if form.save(lambda typed: say_class(account=account, by=visit.person, at=visit.at, **typed)):
        return done(request, _("Class saved."), "account-class", pk)
    return _shown(request, visit, account, said=form)


@page(place="accounts", methods=("POST",))
def choose(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Choose what happens to it in the new school year."""
    account = account_for(visit.person, pk)
    form = ChoiceForm(request.POST)
    if row := form.save(lambda typed: choose_at_turn(account=account, by=visit.person, at=visit.at, **typed)):
        if row.value.choice == AtTurn.CLOSES:
            return done(request, _("Closing started. Nothing is closed yet."), "account-closing", pk)
        return done(request, _("Choice saved."), "account-class", pk)
    return _shown(request, visit, account, chosen=form)


def _said(account: Account, visit: Visit) -> dict[str, str]:
    found = class_of(account, turn_of(visit.on).year)
    return {"label": found.before.label if found.before else found.hint}


def _shown(
    request: HttpRequest,
    visit: Visit,
    account: Account,
    *,
    said: ClassForm | None = None,
    chosen: ChoiceForm | None = None,
) -> HttpResponseBase:
    may_say = can(check_may_say_class, visit.person, account, on=visit.on)
    if not may_say:
        check_may_see_people(visit.person, on=visit.on)
    turn = turn_of(visit.on)
    found = class_of(account, turn.year)
    offered = {"label": next_label(found.before.label)} if found.before else {}
    errors = bool((said and said.errors) or (chosen and chosen.errors))
    context: dict[str, Any] = {
        "account": account,
        "turn": turn,
        "is_open": turn.is_open(visit.on),
        "found": found,
        "inside": inside(account),
        "may_say": may_say and found.after is None and account.state != AccountState.CLOSED,
        "may_choose": can(check_may_choose, visit.person, account, on=visit.on),
        "said": said or ClassForm(initial=_said(account, visit), auto_id=SAID),
        "chosen": chosen or ChoiceForm(initial=offered),
        "wrong": chosen if chosen is not None else said,
        "says": says_on(book_of(visit.federation), SAYS),
    }
    return render(request, "year_turn/class.html", context, status=422 if errors else 200)


@on_account_page
def on_account(visit: Visit, account: Account) -> PagePart | None:
    """Return the account's class, for people who may set it: always where one is set, otherwise only in the
    turn of the year."""
    if account.state == AccountState.CLOSED or not can(
        check_may_say_class, visit.person, account, on=visit.on
    ):
        return None
    turn = turn_of(visit.on)
    found = class_of(account, turn.year)
    if found.before is None and found.after is None and not found.hint:
        return None
    shown = {"account": account, "found": found, "turn": turn, "is_open": turn.is_open(visit.on)}
    return PagePart("year_turn/_account.html", shown)


urlpatterns = [
    path("accounts/<int:pk>/class", classes, name="account-class"),
    path("accounts/<int:pk>/class/choose", choose, name="account-class-choose"),
]
