"""The inbox: what came in, for whoever looks after it, and copying in what no program reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.accounts.states import AccountState
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.inbox import actions, listing
from schoolgate.inbox.listing import Key, Reach
from schoolgate.inbox.models import Item
from schoolgate.inbox.rules import SEES
from schoolgate.inbox.states import ItemState
from schoolgate.networks.capabilities import Way, all_capabilities
from schoolgate.networks.handshake import Intent
from schoolgate.people.rules import check_capacity
from schoolgate.publishing.models import Delivery
from schoolgate.publishing.states import Purpose
from schoolgate.web import inbox_answer, inbox_hand, inbox_item
from schoolgate.web.doors import Visit, done, page
from schoolgate.web.inbox_forms import PasteForm
from schoolgate.web.inbox_words import (
    STATE_KINDS,
    due_shown,
    sight_in_words,
    snippet,
    unsaid_decisions,
    writer,
)
from schoolgate.web.numbers import number_in

PAGE = 25
MOST_POSTS = 30
"""So many of the newest posts are offered when something is copied in."""


@dataclass(frozen=True)
class Tab:
    """One heading of the list."""

    key: str
    label: str | Promise
    state: ItemState | None
    by_due: bool = False


TABS = (
    Tab("", _("Waiting, most pressing first"), ItemState.OPEN, by_due=True),
    Tab("newest", _("Waiting, newest first"), ItemState.OPEN),
    Tab("going", _("Answer on its way"), ItemState.ANSWERING),
    Tab("all", _("All"), None),
)


@page(place="inbox")
def inbox(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """What came in that I may read, by the heading asked for."""
    _check_sees_some(visit)
    tab = next((each for each in TABS if each.key == request.GET.get("show", "")), None)
    if tab is None:
        raise NotFound
    found, following = _page(request, visit, tab)
    unsaid = unsaid_decisions(found)
    context = {
        "tabs": TABS,
        "tab": tab,
        "rows": [_row(item, unsaid, at=visit.at) for item in found],
        "following": urlencode({"show": tab.key, **following}) if following else "",
        "on_later_page": "after" in request.GET,
        "may_paste": "answer" in visit.capacities,
    }
    return render(request, "inbox/list.html", context)


def _check_sees_some(visit: Visit) -> None:
    """Raises NotAllowed, with whom to ask, for somebody who reads nothing that comes in anywhere."""
    if not visit.capacities & SEES:
        check_capacity(visit.person, "answer", on=visit.on, anywhere=True)


def _page(request: HttpRequest, visit: Visit, tab: Tab) -> tuple[list[Item], dict[str, str]]:
    after = request.GET.get("after")
    if tab.by_due:
        rows, key = listing.waiting_by_due(
            visit.person, on=visit.on, after=_key(after) if after else None, limit=PAGE
        )
        return rows, {"after": f"{key[0].isoformat()}_{key[1]}"} if key else {}
    before = number_in(after) if after else None
    rows, last = listing.newest(visit.person, on=visit.on, state=tab.state, before=before, limit=PAGE)
    return rows, {"after": str(last)} if last else {}


def _key(text: str) -> Key:
    """The key of a page by due time. Raises NotFound where it is none of ours."""
    instant, _line, number = text.rpartition("_")
    try:
        due = datetime.fromisoformat(instant)
    except ValueError:
        raise NotFound from None
    if due.tzinfo is None:
        raise NotFound
    return due, number_in(number)


def _row(item: Item, unsaid: dict[int, Any], *, at: datetime) -> dict[str, Any]:
    texts = getattr(item.post, "texts", []) if item.post else []
    return {
        "item": item,
        "words": snippet(item.words),  # type: ignore[attr-defined]
        "post": snippet(texts[0].words) if texts else "",
        "network": all_capabilities()[item.account.network].name,
        "writer": writer(item),
        "due": due_shown(item, unsaid.get(item.decision or 0), at=at),
        "kind": STATE_KINDS[item.state],
        "sight": sight_in_words(item),
    }


@page(place="inbox", capacity="answer")
def paste(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Copy in a comment or message from a network that no program reads."""
    accounts = _by_hand(visit)
    form = PasteForm(request.POST or None, accounts=accounts, copies=_copies(accounts))
    if request.method == "POST" and form.is_valid():
        try:
            item = actions.paste_in(by=visit.person, at=visit.at, **form.given())
        except BadInput as error:
            form.refuse(BadInput({_FIELDS.get(k, k): words for k, words in error.fields.items()}))
        else:
            return done(request, _("It is kept, with its time by the policy."), "item", item.pk)
    context = {"form": form, "accounts": accounts}
    return render(request, "inbox/paste.html", context, status=422 if form.errors else 200)


_FIELDS = {"appeared_at": "time"}


def _by_hand(visit: Visit) -> list[Account]:
    """The open accounts that this person answers on and no program reads, by name."""
    reach: Reach = listing.reach_of(visit.person, on=visit.on, able=frozenset({"answer"}))
    able = all_capabilities()
    return [
        account
        for account in Account.objects.filter(state=AccountState.OPEN).order_by("name", "pk")
        if able[account.network].way("read_replies") is not Way.PROGRAM
        and (reach.everything or account.school_id in reach.schools or account.pk in reach.accounts)
    ]


def _copies(accounts: list[Account]) -> list[Delivery]:
    """The newest posts that stand on these accounts."""
    there = Delivery.objects.filter(
        account__in=accounts, purpose=Purpose.PUBLISH, state=Intent.CONFIRMED, by_hand=True
    )
    return list(there.select_related("account", "post").order_by("-id")[:MOST_POSTS])


urlpatterns = [
    path("inbox", inbox, name="inbox"),
    path("inbox/paste", paste, name="inbox-paste"),
    *inbox_item.urlpatterns,
    *inbox_answer.urlpatterns,
    *inbox_hand.urlpatterns,
]
