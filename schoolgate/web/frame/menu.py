"""The "More" menu: pages grouped by place, so that everything is two touches away on a phone.

A page is left out for people it would refuse.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.press.enquiries import takes_calls
from schoolgate.web.frame.doors import Visit, opens
from schoolgate.web.frame.parts import PlaceLink, links_beside_accounts, links_beside_people


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
