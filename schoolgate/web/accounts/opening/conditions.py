"""Conditions of an account's approval, and training required of the people who run it: add one, end one."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import access, conditions, opening_facts
from schoolgate.accounts.care import team_names
from schoolgate.core.errors import NotFound
from schoolgate.people.queries import person as person_by_id
from schoolgate.policy.queries import in_force
from schoolgate.web.accounts.opening.forms import (
    ConditionForm,
    TrainingForm,
)
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import form_page


@page(place="accounts")
def condition(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Attach a requirement or a ban to the approval of the account."""
    found = access.account_for(visit.person, pk)
    if found.proposal is None:
        raise NotFound
    opening_facts.check_may_attach(visit.person, found.proposal, in_force(visit.on).book, on=visit.on)
    form = ConditionForm(request.POST or None)
    approved = found.proposal
    if form.save(
        lambda typed: conditions.attach_condition(proposal=approved, by=visit.person, at=visit.at, **typed)
    ):
        return done(request, _("Condition saved. It’s shown on the account’s page."), "account", pk)
    return form_page(request, "accounts/condition.html", form, {"account": found})


@page(methods=("POST",))
def end_condition(request: HttpRequest, visit: Visit, pk: int, condition_pk: int) -> HttpResponseBase:
    """Take a condition away."""
    found = access.account_for(visit.person, pk)
    row = next((each for each in opening_facts.conditions_of(found) if each.pk == condition_pk), None)
    if row is None:
        raise NotFound
    conditions.end_condition(condition=row, by=visit.person, at=visit.at)
    return done(request, _("Condition ended."), "account", pk)


@page(place="accounts")
def training(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Require training of a person who runs the account."""
    found = access.account_for(visit.person, pk)
    opening_facts.check_may_want_training(visit.person, in_force(visit.on).book, on=visit.on)
    form = TrainingForm(request.POST or None, people=team_names(found))
    if form.save(
        lambda typed: conditions.want_training(
            person=person_by_id(int(typed["person"])), by=visit.person, at=visit.at, topic=typed["topic"]
        )
    ):
        return done(request, _("Training requirement saved."), "account", pk)
    return form_page(request, "accounts/training.html", form, {"account": found})


@page(methods=("POST",))
def drop_training(request: HttpRequest, visit: Visit, pk: int, wanted_pk: int) -> HttpResponseBase:
    """Stop requiring it."""
    found = access.account_for(visit.person, pk)
    row = next((each for each in opening_facts.trainings_wanted(found) if each.pk == wanted_pk), None)
    if row is None:
        raise NotFound
    conditions.drop_training(wanted=row, by=visit.person, at=visit.at)
    return done(request, _("Training requirement removed."), "account", pk)


urlpatterns = [
    path("accounts/<int:pk>/conditions", condition, name="account-condition"),
    path("accounts/<int:pk>/conditions/<int:condition_pk>/end", end_condition, name="account-condition-end"),
    path("accounts/<int:pk>/training", training, name="account-training"),
    path("accounts/<int:pk>/training/<int:wanted_pk>/drop", drop_training, name="account-training-drop"),
]
