"""One search over posts, the inbox, people, accounts and the help. It finds only what the visitor can see
on those pages.

The words come by POST, so that they reach no address and no log: they may be a child's name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import access
from schoolgate.core.rows import words_of
from schoolgate.duties.kinds import shortened
from schoolgate.inbox import listing as inbox
from schoolgate.inbox.models import ItemState
from schoolgate.inbox.seeing import SEES
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.people import rules as people_rules
from schoolgate.people.queries import book_of, search_people
from schoolgate.people.rules import can
from schoolgate.publishing import sights
from schoolgate.publishing.models import PostState
from schoolgate.web.frame.doors import Visit, page
from schoolgate.web.frame.help import found_with
from schoolgate.web.inbox.wording import writer

MOST = 10
"""Lines of each kind that are shown."""
LONGEST = 200


@dataclass(frozen=True)
class Line:
    """Something that was found: what it is called, its page, and a few words more."""

    href: str
    name: str
    more: str
    quoted: bool = False
    """The name is text that a person wrote, in their own language."""


@dataclass(frozen=True)
class Kind:
    """Results of one kind. `further`: there are more than shown."""

    title: str | Promise
    lines: Sequence[Line]
    further: bool


@page(place="menu")
def search(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show what was typed, and the results by kind."""
    typed = request.POST.get("words", "")[:LONGEST]
    words = words_of(typed)
    context = {
        "typed": typed,
        "asked": bool(words),
        "kinds": [kind for kind in _kinds(visit, words) if kind.lines] if words else [],
    }
    return render(request, "today/search.html", context)


def _kinds(visit: Visit, words: Sequence[str]) -> Iterator[Kind]:
    """Return the results by kind. The number of queries never grows."""
    yield _kind(_("Posts"), _posts(visit, words))
    if visit.capacities & SEES:
        yield _kind(_("Inbox"), _items(visit, words))
    if can(people_rules.check_may_see_people, visit.person, on=visit.on):
        yield _kind(_("People"), _people(visit, words))
    yield _kind(_("Accounts"), _accounts(words))
    yield _kind(_("Help"), _help(words))


def _kind(title: str | Promise, lines: Sequence[Line]) -> Kind:
    return Kind(title, lines[:MOST], len(lines) > MOST)


def _posts(visit: Visit, words: Sequence[str]) -> list[Line]:
    found = sights.search(visit.person, words, on=visit.on, limit=MOST + 1)
    return [
        Line(
            reverse("post", args=[each.pk]),
            shortened(each.text),
            f"{PostState(each.state).label}: {each.accounts}",
            quoted=True,
        )
        for each in found
    ]


def _help(words: Sequence[str]) -> list[Line]:
    return [Line(each.href, each.here.title, "") for each in found_with(words)]


def _items(visit: Visit, words: Sequence[str]) -> list[Line]:
    found = inbox.search(visit.person, words, on=visit.on, limit=MOST + 1)
    return [
        Line(
            reverse("item", args=[each.pk]),
            shortened(each.words or ""),  # type: ignore[attr-defined]
            f"{ItemState(each.state).label}: {writer(each)}, {each.account.name}",
            quoted=True,
        )
        for each in found
    ]


def _people(visit: Visit, words: Sequence[str]) -> list[Line]:
    names = book_of(visit.federation).role_names
    found = search_people(words, on=visit.on, limit=MOST + 1)
    return [
        Line(
            reverse("person", args=[each.pk]),
            each.name,
            ", ".join(dict.fromkeys(names.get(held.role_key, held.role_key) for held in each.held)),  # type: ignore[attr-defined]
            quoted=True,
        )
        for each in found
    ]


def _accounts(words: Sequence[str]) -> list[Line]:
    networks = all_capabilities()
    return [
        Line(
            reverse("account", args=[each.pk]),
            each.name,
            f"{networks[each.network].name}, {each.get_state_display()}",
            quoted=True,
        )
        for each in access.search(words, limit=MOST + 1)
    ]


urlpatterns = [path("search", search, name="search")]
