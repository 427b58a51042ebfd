"""Cards that a page collects from neighbouring areas, so that each area keeps its own wording and rules;
and the "More" menu: pages grouped by place, so that everything is two touches away on a phone.

The page of an account calls every maker in its list. A maker that has nothing for this visitor returns
None and leaves no trace; the menu leaves out pages that would refuse the person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db.models import Exists, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.errors import NotNow
from schoolgate.press.enquiries import takes_calls
from schoolgate.web.frame.doors import Visit, opens


@dataclass(frozen=True)
class PagePart:
    """One card. `template` is included with `part` set to `shown`. `aside`: shown on the right on a desktop,
    beside the things to do. `first`: shown above the tasks on Today; on an account's page open above its
    details, because it needs doing. Other cards are folded there."""

    template: str
    shown: dict[str, Any] = field(default_factory=dict)
    aside: bool = False
    first: bool = False


@dataclass(frozen=True)
class PlaceLink:
    """A page of this place that its first page leads to. `to`: name of the address; `label`: lazy words."""

    to: str
    label: Any


T = TypeVar("T")

OfAccount = Callable[[Visit, Account], PagePart | None]
Leads = Callable[[Visit], PlaceLink | None]
OfToday = Callable[[Visit], PagePart | None]
Rows = Callable[[date], QuerySet[Any]]
"""The rows of a day without which there is no card."""

_account_parts: list[OfAccount] = []
_account_links: list[Leads] = []
_people_links: list[Leads] = []
_today_parts: list[tuple[OfToday, Rows | None]] = []


def on_account_page(make: OfAccount) -> OfAccount:
    """Register a maker of a card for the page of an account. Cards appear in the order of `web/urls.py`."""
    _account_parts.append(make)
    return make


def beside_accounts(make: Leads) -> Leads:
    """Ask this maker for a link above the list of accounts."""
    _account_links.append(make)
    return make


def beside_people(make: Leads) -> Leads:
    """Ask this maker for a link above the list of people."""
    _people_links.append(make)
    return make


def on_today_page(make: OfToday) -> OfToday:
    """Register a maker of a card below the tasks on Today."""
    _today_parts.append((make, None))
    return make


def on_today_page_if(rows: Rows) -> Callable[[OfToday], OfToday]:
    """Register a maker that is only called where there are such rows: Today asks that with its other small
    questions, so that a rare card costs no query on other days."""

    def register(make: OfToday) -> OfToday:
        _today_parts.append((make, rows))
        return make

    return register


def _or_none(make: Callable[[Visit], T | None], visit: Visit) -> T | None:
    """Return a maker's card; None where it needs a policy and none is in force, so the page still works."""
    try:
        return make(visit)
    except NotNow:
        return None


def asked_for_today(on: date) -> dict[str, Exists]:
    """Return the questions on which cards of Today depend, by a name for each."""
    return {f"part_{number}": Exists(rows(on)) for number, (_make, rows) in enumerate(_today_parts) if rows}


def parts_of_today(visit: Visit, found: Mapping[str, Any]) -> list[PagePart]:
    """The cards that there are for this visitor today. `found`: what `asked_for_today` gave."""
    makes = [make for number, (make, _rows) in enumerate(_today_parts) if found.get(f"part_{number}", True)]
    return [part for make in makes if (part := _or_none(make, visit)) is not None]


def parts_of_account(visit: Visit, account: Account) -> list[PagePart]:
    """The cards that there are for this visitor on this account's page."""
    return [part for make in _account_parts if (part := make(visit, account)) is not None]


def links_beside_accounts(visit: Visit) -> list[PlaceLink]:
    """Return the links beside the list of accounts, for this visitor."""
    return [link for make in _account_links if (link := _or_none(make, visit)) is not None]


def links_beside_people(visit: Visit) -> list[PlaceLink]:
    """Return the links beside the list of people, for this visitor."""
    return [link for make in _people_links if (link := _or_none(make, visit)) is not None]


@dataclass(frozen=True)
class MenuLink:
    """One page: the name of its address, and its words."""

    to: str
    label: str | Promise
    view: str = ""
    """The query with which the page is opened."""
    for_whom: Callable[..., bool] | None = None
    """Who sees the link, where the page decides by its view: called with the person and the day."""


@dataclass(frozen=True)
class ShownLink:
    """A page with its address."""

    href: str
    label: str | Promise


@dataclass(frozen=True)
class Section:
    """Pages that belong together."""

    title: str | Promise
    links: Sequence[ShownLink]


ACCOUNTS = (MenuLink("proposals", _("Proposals")),)
POSTS = (
    MenuLink("post-start", _("Write a post")),
    MenuLink("news", _("Send in news")),
    MenuLink("stop", _("Stop posting")),
)
INBOX = (
    MenuLink("inbox-paste", _("Add a comment by hand")),
    MenuLink("inbox", _("A journalist has asked"), "?as=press", takes_calls),
)
POLICY = (
    MenuLink("rulings", _("Rulings")),
    MenuLink("suggestions", _("Suggestions for the policy")),
    MenuLink("versions", _("Policy versions")),
    MenuLink("reading", _("Our interpretation")),
    MenuLink("training", _("Training")),
    MenuLink("known", _("Acknowledgements")),
)
YOU = (
    MenuLink("own-accounts", _("My own accounts")),
    MenuLink("first-walks", _("Getting started")),
    MenuLink("help", _("Help")),
    MenuLink("words", _("Glossary")),
)


def sections(visit: Visit) -> list[Section]:
    """The pages below the places, for this visitor; sections without any are left out."""
    found = [
        Section(_("Posts and inbox"), _shown(visit, [*POSTS, *INBOX])),
        Section(_("Accounts"), _shown(visit, [*ACCOUNTS, *_as_links(links_beside_accounts(visit))])),
        Section(_("Policy"), _shown(visit, POLICY)),
        Section(_("People and roles"), _shown(visit, _as_links(links_beside_people(visit)))),
        Section(_("You"), _shown(visit, YOU)),
    ]
    return [section for section in found if section.links]


def _as_links(links: Sequence[PlaceLink]) -> list[MenuLink]:
    return [MenuLink(link.to, link.label) for link in links]


def _shown(visit: Visit, links: Sequence[MenuLink]) -> list[ShownLink]:
    found = []
    for link in links:
        try:
            href = reverse(link.to)
        except NoReverseMatch:
            continue
        if opens(visit, link.to) and (link.for_whom is None or link.for_whom(visit.person, on=visit.on)):
            found.append(ShownLink(href + link.view, link.label))
    return found
