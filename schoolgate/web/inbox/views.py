"""The inbox: what arrived, for the people who look after it, and adding by hand what programs can't read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
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
from schoolgate.core.rows import key_as_text, key_in, words_of
from schoolgate.duties.models import Urgency
from schoolgate.inbox import desk, listing
from schoolgate.inbox.listing import Filters, filters_of
from schoolgate.inbox.models import Item, ItemLanguage, ItemState
from schoolgate.people.safeguarding import lead_of
from schoolgate.reports.pressing import first_items, urgency_of_items
from schoolgate.triage import Lane
from schoolgate.web.frame.doors import Visit, page
from schoolgate.web.frame.paging import number_in
from schoolgate.web.inbox import answer, listening, messages, moderating, paste, press, triage
from schoolgate.web.inbox import desk as inbox_desk
from schoolgate.web.inbox import item as inbox_item
from schoolgate.web.inbox.desk import check_sees_some, narrowing_shown, view_asked
from schoolgate.web.inbox.moderating import several_acts
from schoolgate.web.inbox.wording import (
    STATE_KINDS,
    due_shown,
    for_reader,
    place_shown,
    sight_in_words,
    snippet,
    unsaid_decisions,
    writer,
)

PAGE = 25
BESIDE = "beside"
"""The list as part of an item's page."""
FOUND = 50
"""Most items that a search shows; more words find fewer."""
LONGEST_SEARCH = 200
NAMED_LANGUAGES = frozenset({ItemLanguage.WELSH, ItemLanguage.MIXED, ItemLanguage.OTHER})
"""The languages that a row names: not everyone reads them."""


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


@dataclass(frozen=True)
class Way:
    """Another way of showing the inbox, beside the list of comments."""

    key: str
    label: str | Promise
    shown: Callable[[HttpRequest, Visit], HttpResponseBase]
    leads: bool = False
    """Only for people who lead on safeguarding."""


WAYS = (
    Way("press", _("The press"), press.shown),
    Way("listening", _("Public posts"), listening.shown),
    Way("messages", _("Messages to groups"), messages.shown),
    Way("locked", _("Locked"), triage.locked, leads=True),
    Way("words", _("Word lists"), triage.shown),
    Way("figures", _("Figures"), inbox_desk.shown),
)


@page(place="inbox")
def inbox(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """List the items that I may read, under the chosen heading and filters, or those that contain the search
    words; with `as` one of `WAYS`.

    The words come by POST and never go into an address, because they may be a child's name.
    """
    if way := next((each for each in WAYS if each.key == request.GET.get("as")), None):
        return way.shown(request, visit)
    check_sees_some(visit)
    if request.GET.get("as") == BESIDE:
        return _beside(request, visit)
    view = view_asked(visit, request.GET)
    given = {**request.GET.dict(), **view.chosen} if view else request.GET.dict()
    tab, chosen = _tab(given.get("show", "")), filters_of(given)
    typed = request.POST.get("words", "").strip()[:LONGEST_SEARCH]
    urgent = urgency_of_items(visit.person, on=visit.on)
    following: dict[str, str] = {}
    if typed:
        found = listing.search(visit.person, words_of(typed), on=visit.on, limit=FOUND + 1, chosen=chosen)
    else:
        found, following = _page(request, visit, tab, chosen)
        if not (chosen or tab.lane):
            found = _urgent_first(found, urgent, visit, tab, later="after" in request.GET)
    more, found = bool(typed) and len(found) > FOUND, found[:FOUND] if typed else found
    leads = bool(lead_of(visit.person, visit.held))
    context = {
        "tabs": TABS,
        "ways": [each for each in WAYS if leads or not each.leads],
        "tab": tab,
        "rows": _rows(found, visit, urgent),
        "words": typed,
        "more": FOUND if more else 0,
        "several": several_acts(visit),
        "following": urlencode({"show": tab.key, **chosen.as_text(), **following}) if following else "",
        "on_later_page": "after" in request.GET,
        "may_paste": "answer" in visit.capacities,
        **narrowing_shown(visit, chosen, tab=tab.key, view=view),
    }
    return render(request, "inbox/list.html", context)


def _beside(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Return the start of the list of the most urgent, as it stands beside an open item on a desk."""
    urgent, tab = urgency_of_items(visit.person, on=visit.on), TABS[0]
    found, _following = _page(request, visit, tab, Filters())
    rows = _rows(_urgent_first(found, urgent, visit, tab)[:PAGE], visit, urgent)
    context = {"rows": rows, "open_item": number_in(request.GET.get("open", "0"))}
    return render(request, "inbox/_list_beside.html", context)


def _tab(key: str) -> Tab:
    for each in TABS:
        if each.key == key:
            return each
    raise NotFound


def _page(request: HttpRequest, visit: Visit, tab: Tab, chosen: Filters) -> tuple[list[Item], dict[str, str]]:
    chosen = replace(chosen, lane=tab.lane) if tab.lane else chosen
    order = listing.order_of(chosen, by_due=tab.by_due)
    after = request.GET.get("after")
    rows, key = listing.narrowed(
        visit.person, chosen, on=visit.on, state=tab.state, by_due=tab.by_due, unread=tab.key == "hidden",
        after=key_in(after, order.kinds) if after else None, limit=PAGE,
    )  # fmt: skip
    return rows, {"after": key_as_text(*key)} if key else {}


def _urgent_first(
    found: Sequence[Item], urgent: dict[int, Urgency], visit: Visit, tab: Tab, *, later: bool = False
) -> list[Item]:
    """Return a page of the list with what is urgent at the beginning of its first page, and on none after."""
    first = first_items(urgent, visit.person, on=visit.on, state=tab.state or "")
    return [*([] if later else first), *(item for item in found if item not in first)]


def _rows(found: Sequence[Item], visit: Visit, urgent: Mapping[int, Urgency]) -> list[dict[str, Any]]:
    unsaid, shows_words = unsaid_decisions(found), desk.shows_words(visit.person)
    return [
        {**_row(item, unsaid, at=visit.at, shows_words=shows_words), "urgency": urgent.get(item.pk)}
        for item in found
    ]


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
        "language": ItemLanguage(item.language).label if item.language in NAMED_LANGUAGES else "",
    }


urlpatterns = [
    path("inbox", inbox, name="inbox"),
    *paste.urlpatterns,
    *paste.PAGES.urls(),
    *inbox_item.urlpatterns,
    *moderating.urlpatterns,
    *messages.urlpatterns,
    *answer.urlpatterns,
    *inbox_desk.urlpatterns,
    *press.urlpatterns,
    *listening.urlpatterns,
    *triage.urlpatterns,
]
