"""The inbox: what arrived, for the people who look after it, and adding by hand what programs can't read."""

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

from schoolgate.core.errors import NotFound
from schoolgate.core.searching import words_of
from schoolgate.inbox import caring, listing
from schoolgate.inbox.models import Item
from schoolgate.inbox.rules import SEES
from schoolgate.inbox.states import ItemState
from schoolgate.people.rules import check_capacity
from schoolgate.people.safeguarding import lead_of
from schoolgate.reports.pressing import first_items, urgency_of_items
from schoolgate.triage import Lane
from schoolgate.web.frame.doors import Visit, page
from schoolgate.web.frame.numbers import key_as_text, key_in, number_in
from schoolgate.web.inbox import answer as inbox_answer
from schoolgate.web.inbox import authors as inbox_authors
from schoolgate.web.inbox import hand_on as inbox_hand
from schoolgate.web.inbox import item as inbox_item
from schoolgate.web.inbox import paste as inbox_paste
from schoolgate.web.inbox import press as inbox_press
from schoolgate.web.inbox import removal as inbox_removal
from schoolgate.web.inbox import several as inbox_several
from schoolgate.web.inbox import sight as inbox_sight
from schoolgate.web.inbox import triage as inbox_triage
from schoolgate.web.inbox import words as inbox_words
from schoolgate.web.inbox.several import several_acts
from schoolgate.web.inbox.triage_wording import for_reader, place_shown
from schoolgate.web.inbox.wording import (
    STATE_KINDS,
    due_shown,
    sight_in_words,
    snippet,
    unsaid_decisions,
    writer,
)

PAGE = 25
FOUND = 50
"""Most items that a search shows; more words find fewer."""
LONGEST_SEARCH = 200


@dataclass(frozen=True)
class Tab:
    """One heading of the list."""

    key: str
    label: str | Promise
    state: ItemState | None
    by_due: bool = False
    lane: str = ""


TABS = (
    Tab("", _("Most urgent"), ItemState.OPEN, by_due=True),
    Tab("newest", _("Newest"), ItemState.OPEN),
    Tab("complaints", _("Complaints"), ItemState.OPEN, lane=Lane.COMPLAINT),
    Tab("hidden", _("Awaiting moderation"), ItemState.OPEN),
    Tab("going", _("Reply being sent"), ItemState.ANSWERING),
    Tab("all", _("All"), None),
)


@page(place="inbox")
def inbox(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """List the items that I may read, under the chosen heading, or those that contain the search words; with
    `as=press` enquiries from the press.

    The words come by POST and never go into an address, because they may be a child's name.
    """
    if request.GET.get("as") == "press":
        return inbox_press.shown(request, visit, request.GET)
    if request.GET.get("as") == "words":
        return inbox_words.shown(request, visit)
    if request.GET.get("as") == "locked":
        return inbox_words.locked(request, visit)
    _check_sees_some(visit)
    tab = next((each for each in TABS if each.key == request.GET.get("show", "")), None)
    if tab is None:
        raise NotFound
    typed = request.POST.get("words", "").strip()[:LONGEST_SEARCH]
    urgent = urgency_of_items(visit.person, on=visit.on)
    following: dict[str, str] = {}
    if typed:
        found = listing.search(visit.person, words_of(typed), on=visit.on, limit=FOUND)
    else:
        found, following = _page(request, visit, tab)
        first = [] if tab.lane else first_items(urgent, visit.person, on=visit.on, state=tab.state or "")
        found = [*([] if "after" in request.GET else first), *(item for item in found if item not in first)]
    unsaid = unsaid_decisions(found)
    shows_words = caring.shows_words(visit.person)
    context = {
        "tabs": TABS,
        "tab": tab,
        "rows": [
            {**_row(item, unsaid, at=visit.at, shows_words=shows_words), "urgency": urgent.get(item.pk)}
            for item in found
        ],
        "leads": bool(lead_of(visit.person, visit.held)),
        "words": typed,
        "several": several_acts(visit),
        "following": urlencode({"show": tab.key, **following}) if following else "",
        "on_later_page": "after" in request.GET,
        "may_paste": "answer" in visit.capacities,
    }
    return render(request, "inbox/list.html", context)


def _check_sees_some(visit: Visit) -> None:
    """Raise NotAllowed, naming who to ask, for people who may read nothing in any inbox."""
    if not visit.capacities & SEES:
        check_capacity(visit.person, "answer", on=visit.on, anywhere=True)


def _page(request: HttpRequest, visit: Visit, tab: Tab) -> tuple[list[Item], dict[str, str]]:
    after = request.GET.get("after")
    if tab.by_due:
        rows, key = listing.waiting_by_due(
            visit.person, on=visit.on, after=_key_in(after) if after else None, limit=PAGE
        )
        return rows, {"after": f"{key[0]}_{key_as_text(*key[1:])}"} if key else {}
    before = number_in(after) if after else None
    rows, last = listing.newest(
        visit.person,
        on=visit.on,
        state=tab.state,
        before=before,
        limit=PAGE,
        unread=tab.key == "hidden",
        lane=tab.lane,
    )
    return rows, {"after": str(last)} if last else {}


def _key_in(text: str) -> tuple[int, datetime, int]:
    """Return the key of a page by deadline, as an address carries it. Raises NotFound."""
    first, _line, rest = text.partition("_")
    return (number_in(first), *key_in(rest))


def _row(item: Item, unsaid: dict[int, Any], *, at: datetime, shows_words: bool) -> dict[str, Any]:
    words: str = item.words  # type: ignore[attr-defined]
    return {
        "item": item,
        "words": snippet(for_reader(item, words, shows_words=shows_words)),
        "place": place_shown(item, words),
        "writer": writer(item),
        "due": due_shown(item, unsaid.get(item.decision or 0), at=at, short=True),
        "kind": STATE_KINDS[item.state],
        "sight": sight_in_words(item),
    }


urlpatterns = [
    path("inbox", inbox, name="inbox"),
    *inbox_paste.urlpatterns,
    *inbox_item.urlpatterns,
    *inbox_several.urlpatterns,
    *inbox_sight.urlpatterns,
    *inbox_authors.urlpatterns,
    *inbox_removal.urlpatterns,
    *inbox_answer.urlpatterns,
    *inbox_hand.urlpatterns,
    *inbox_press.urlpatterns,
    *inbox_triage.urlpatterns,
    *inbox_words.urlpatterns,
]
