"""The address of an account to which staff forward comments and messages: a card on the account's page."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import access
from schoolgate.accounts.models import Account, AccountState
from schoolgate.inbox import actions
from schoolgate.inbox.mailing import address_of, takes_mail, written
from schoolgate.people.rules import can, check_capacity
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.parts import PagePart, on_account_page


@on_account_page
def mail_card(visit: Visit, account: Account) -> PagePart | None:
    """Return the card for those who reply on an open account, where this installation receives email."""
    if account.state != AccountState.OPEN or not takes_mail():
        return None
    place = {"school": account.school, "account": account}
    if not can(check_capacity, visit.person, "answer", on=visit.on, **place):
        return None
    row = address_of(account)
    return PagePart(
        "inbox/_mail_address.html", {"account": account, "row": row, "address": written(row) if row else ""}
    )


@page(place="inbox", capacity="answer", methods=("POST",))
def make(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Give the account an address, in place of the one it has."""
    account = access.account_for(visit.person, pk)
    actions.make_address(by=visit.person, at=visit.at, account=account)
    return done(request, _("Email address created. Forward comments there."), "account", pk)


@page(place="inbox", capacity="answer", methods=("POST",))
def end(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """End the account's address."""
    account = access.account_for(visit.person, pk)
    actions.end_address(by=visit.person, at=visit.at, account=account)
    return done(request, _("Email address ended. Emails sent there are refused."), "account", pk)


urlpatterns = [
    path("inbox/mail/<int:pk>", make, name="mail-address"),
    path("inbox/mail/<int:pk>/end", end, name="mail-address-end"),
]
