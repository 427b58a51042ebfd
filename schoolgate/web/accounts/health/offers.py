"""Handing over an account: asking a person to take a part in it, and their answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import care, opening
from schoolgate.accounts.access import account_for
from schoolgate.accounts.care import names_here, offer_by_id, offers_of, team_names
from schoolgate.accounts.models import Account, Offer, OfferState, Part
from schoolgate.core.errors import NotFound
from schoolgate.people.queries import person as person_by_id
from schoolgate.people.rules import can
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.field_help import at
from schoolgate.web.frame.forms import SchoolForm, form_page

MOST_PEOPLE = 500


class OfferForm(SchoolForm):
    """Who is asked, for which part, and who steps back then."""

    policy_help = {
        "part": (
            at(
                "account.decide",
                "staff_number",
                "administrator_number",
                "moderator_number",
                "approved_people",
            ),
        )
    }

    to = forms.ChoiceField(label=_("Person asked"))
    part = forms.ChoiceField(label=_("Role"), choices=Part.choices, widget=forms.RadioSelect)
    instead_of = forms.ChoiceField(label=_("Person stepping down after they accept"), required=False)

    def __init__(
        self, *args: Any, people: list[tuple[int, str]], team: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(pk), name) for pk, name in people]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]
        steps_back = [
            ("", _("No one steps down: they join the team")),
            *((str(pk), name) for pk, name in team),
        ]
        self.fields["instead_of"].choices = steps_back  # type: ignore[attr-defined]


@page(place="accounts")
def offers(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Ask a person to take a part, and show who was asked."""
    found = account_for(visit.person, pk)
    care.check_may_offer(visit.person, found, on=visit.on)
    form = OfferForm(
        request.POST or None,
        people=names_here(visit.on, limit=MOST_PEOPLE),
        team=team_names(found),
        initial={"part": Part.LEAD},
    )
    if form.save(lambda typed: _ask(visit, found, typed)):
        return done(request, _("They’ll see it on their Today page and answer there."), "account-offers", pk)
    return form_page(request, "care/offers.html", form, {"account": found, "rows": offers_of(found)})


def _ask(visit: Visit, found: Account, typed: dict[str, Any]) -> Offer:
    return opening.offer_part(
        account=found,
        by=visit.person,
        at=visit.at,
        to=person_by_id(int(typed["to"])),
        part=typed["part"],
        instead_of=person_by_id(int(typed["instead_of"])) if typed["instead_of"] else None,
    )


@page(place="accounts")
def offer(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show what the person is asked to take on, and take their yes or no."""
    found = _offer(visit, pk)
    context = {
        "offer": found,
        "account": found.account,
        "mine": found.to_id == visit.person.pk and found.state == OfferState.WAITING,
        "may_withdraw": found.state == OfferState.WAITING
        and can(care.check_may_offer, visit.person, found.account, on=visit.on),
    }
    return render(request, "care/offer.html", context)


def _offer(visit: Visit, pk: int) -> Offer:
    found = offer_by_id(pk)
    if found.to_id != visit.person.pk and not can(
        care.check_may_offer, visit.person, found.account, on=visit.on
    ):
        raise NotFound
    return found


@page(methods=("POST",))
def accept(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take the part."""
    found = _offer(visit, pk)
    opening.accept_part(offer=found, by=visit.person, at=visit.at)
    return done(request, _("You’ve accepted this role."), "account", found.account_id)


@page(methods=("POST",))
def decline(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say no."""
    found = _offer(visit, pk)
    opening.decline_part(offer=found, by=visit.person, at=visit.at)
    return done(request, _("You’ve declined. Nothing changes."), "account-offer", pk)


@page(methods=("POST",))
def withdraw(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take it back before it is answered."""
    found = _offer(visit, pk)
    opening.withdraw_offer(offer=found, by=visit.person, at=visit.at)
    return done(request, _("Request withdrawn."), "account-offers", found.account_id)


urlpatterns = [
    path("accounts/<int:pk>/offers", offers, name="account-offers"),
    path("accounts/offers/<int:pk>", offer, name="account-offer"),
    path("accounts/offers/<int:pk>/accept", accept, name="account-offer-accept"),
    path("accounts/offers/<int:pk>/decline", decline, name="account-offer-decline"),
    path("accounts/offers/<int:pk>/withdraw", withdraw, name="account-offer-withdraw"),
]
