"""Cards about opening on the page of an account: what is missing, profile checks, notices and permissions."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import access, opening_facts
from schoolgate.accounts.models import Account, AccountState, ConditionType, ProposalState
from schoolgate.accounts.opening_facts import answered
from schoolgate.accounts.proposing import COVERS as GO_ON
from schoolgate.people.rules import can
from schoolgate.policy.queries import in_force
from schoolgate.rulebook import Book
from schoolgate.web.accounts.opening.conditions import urlpatterns as of_conditions
from schoolgate.web.accounts.opening.tasks import setup_tasks
from schoolgate.web.accounts.opening.views import ASSETS, assets_to_allow, before_opening_shown
from schoolgate.web.accounts.opening.views import urlpatterns as of_opening
from schoolgate.web.accounts.opening.wording import answer_in_words, stands_in_words
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.parts import PagePart, on_account_page

urlpatterns = [*of_opening, *of_conditions]
"""The addresses of the pages that these cards lead to."""
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
def conditions(visit: Visit, account: Account) -> PagePart | None:
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
def training(visit: Visit, account: Account) -> PagePart | None:
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
