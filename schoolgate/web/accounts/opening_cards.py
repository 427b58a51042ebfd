"""Cards about opening on the page of an account: what is missing, profile checks, notices and permissions;
conditions of its approval and training required of the people who run it, added and ended.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import access, opening_facts
from schoolgate.accounts import before_opening as conditions
from schoolgate.accounts.care import team_names
from schoolgate.accounts.models import Account, AccountState, ConditionType, ProposalState
from schoolgate.accounts.opening_facts import answered
from schoolgate.accounts.proposing import COVERS as GO_ON
from schoolgate.core.errors import NotFound
from schoolgate.people.queries import person as person_by_id
from schoolgate.people.rules import can
from schoolgate.policy.queries import in_force
from schoolgate.rulebook import Book
from schoolgate.web.accounts.opening import (
    ASSETS,
    ConditionForm,
    TrainingForm,
    answer_in_words,
    assets_to_allow,
    before_opening_shown,
    setup_tasks,
    stands_in_words,
)
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import form_page
from schoolgate.web.frame.parts import PagePart, on_account_page


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


COVERED = {**ASSETS, "account": _("the account")}


@on_account_page
def before_opening(visit: Visit, account: Account) -> PagePart | None:
    """Return a card, before the account opens, with what each question still needs and who must supply it."""
    if not account.being_set_up or not _inside(visit, account):
        return None
    shown = before_opening_shown(visit, account)
    tasks = setup_tasks(account, in_force(visit.on).book, may_tell=shown["may_set_up"])
    finished = sum(task.kind == "plain" for task in tasks)
    return PagePart(
        "accounts/_before_opening.html",
        {"account": account, "finished": finished, "all": len(tasks), **shown},
        first=True,
    )


@on_account_page
def seen(visit: Visit, account: Account) -> PagePart | None:
    """Return a card of the profile checks: who did them, when, what the program read itself, and what is
    asked again."""
    if not _inside(visit, account):
        return None
    rows = [one for one in answered(account, in_force(visit.on).book) if one.seen is not None]
    picture = account.page_pictures.select_related("by").order_by("-id").first()
    if not rows and picture is None:
        return None
    again = any(not one.stands for one in rows)
    return PagePart(
        "accounts/_seen.html",
        {
            "account": account,
            "rows": [
                (one.question.label, answer_in_words(one), stands_in_words(one), one.stands) for one in rows
            ],
            "again": again,
            "picture": picture,
            "may": can(opening_facts.check_may_look_after, visit.person, account, on=visit.on),
        },
        first=again,
    )


@on_account_page
def told(visit: Visit, account: Account) -> PagePart | None:
    """Return who was told about it, where the policy requires that; permission given and to give."""
    book = in_force(visit.on).book
    inside = _inside(visit, account)
    assets = assets_to_allow(book, visit, account)
    asks = inside and bool(book.at("account.open", "notified"))
    # A separate card says that it continues meanwhile.
    given = opening_facts.permissions_for(account, without=GO_ON) if inside else []
    leaves = [(row, _covered(row.covers, book)) for row in given]
    if not (assets or asks or leaves):
        return None
    waiting = account.being_set_up
    return PagePart(
        "accounts/_told.html",
        {
            "account": account,
            "assets": assets,
            "asks_notice": asks,
            "notices": list(account.notices.all()),
            "leaves": leaves,
            "may_tell": waiting and can(access.check_may_set_up, visit.person, account, on=visit.on),
        },
        first=bool(assets) or (asks and waiting),
    )


def _covered(covers: str, book: Book) -> Any:
    """Return what a permission covers, in words: a thing, or the section of the clause it departs from."""
    if covers in COVERED:
        return COVERED[covers]
    try:
        return book.clause(covers).section
    except KeyError:
        return covers


@on_account_page
def conditions_card(visit: Visit, account: Account) -> PagePart | None:
    """Return what its approval requires or bars, where this policy has such conditions."""
    book = in_force(visit.on).book
    if account.proposal is None or not book.bound("account.use") or not _inside(visit, account):
        return None
    rows = [(row, ConditionType(row.type).label) for row in opening_facts.conditions_of(account)]
    approved = account.proposal.state == ProposalState.APPROVED
    may = approved and can(opening_facts.check_may_attach, visit.person, account.proposal, book, on=visit.on)
    if not rows and not may:
        return None
    return PagePart("accounts/_conditions.html", {"account": account, "rows": rows, "may": may})


@on_account_page
def training_card(visit: Visit, account: Account) -> PagePart | None:
    """Return training required of the people who run it, where this policy allows requiring it."""
    book = in_force(visit.on).book
    if not book.at("person.entrust", "trained_to_speak"):
        return None
    if account.state == AccountState.CLOSED or not _inside(visit, account):
        return None
    may = can(opening_facts.check_may_want_training, visit.person, book, on=visit.on)
    rows = opening_facts.trainings_wanted(account)
    return PagePart("accounts/_training.html", {"account": account, "rows": rows, "may": may})


def _inside(visit: Visit, account: Account) -> bool:
    return access.may_set_up(visit.person, account, on=visit.on)


urlpatterns = [
    path("accounts/<int:pk>/conditions", condition, name="account-condition"),
    path("accounts/<int:pk>/conditions/<int:condition_pk>/end", end_condition, name="account-condition-end"),
    path("accounts/<int:pk>/training", training, name="account-training"),
    path("accounts/<int:pk>/training/<int:wanted_pk>/drop", drop_training, name="account-training-drop"),
]
