"""The places of the program, most used first: a phone's bar shows the first four.

An area adds its place here: key, label, name of its first page, icon (`static/web/icons.svg`), the capacities
of which a person needs at least one (none named: open to everyone).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core import checks
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.web.frame.layout import ShownDanger, ShownPlace


@dataclass(frozen=True)
class Place:
    """One room of the program as a person sees it."""

    key: str
    label: str | Promise
    address: str
    icon: str
    capacities: frozenset[str] = frozenset()

    def open_to(self, capacities: frozenset[str]) -> bool:
        """Return whether people with these capacities see the place at all."""
        return not self.capacities or bool(self.capacities & capacities)


LEADS = "leads on safeguarding"
"""Stands among the capacities of a safeguarding lead or deputy: no role of a policy gives it by itself."""

PLACES: tuple[Place, ...] = (
    Place("today", _("Today"), "today", "today"),
    Place("posts", _("Posts"), "posts", "posts"),
    Place(
        "inbox", _("Inbox"), "inbox", "inbox", frozenset({"moderate", "answer", "second_person", "oversee"})
    ),
    Place("accounts", _("Accounts"), "accounts", "accounts"),
    Place("may-i", _("May I ...?"), "may-i", "ask"),
    Place("policy", _("Policy"), "policy", "policy"),
    Place("reports", _("Concerns"), "wrong-reports", "no", frozenset({"see_incidents", LEADS})),
    Place(
        "people",
        _("People and roles"),
        "people",
        "person",
        frozenset({"administer", "decide_account", "oversee", "own_policy"}),
    ),
    Place(
        "evidence",
        _("Evidence"),
        "evidence",
        "evidence",
        frozenset({"administer", "decide_account", "oversee", "own_policy"}),
    ),
)


def address_of(place: Place) -> str | None:
    """The path of a place's first page, or None while no page is registered under its name."""
    try:
        return reverse(place.address)
    except NoReverseMatch:
        return None


def places_for(
    capacities: frozenset[str], *, current: str, danger: ShownDanger | None = None
) -> tuple[ShownPlace, ...]:
    """Return the navigation for a person with these capacities on a page of the place `current`.

    `danger` comes first, so that a phone's bar has it too; a safeguarding lead's has *Concerns*.
    """
    shown = []
    if danger is not None:
        shown.append(ShownPlace("danger", danger.href, _("Danger"), "no", count=danger.count))
    for place in _for_lead() if LEADS in capacities else PLACES:
        href = address_of(place)
        if href is None or not place.open_to(capacities):
            continue
        shown.append(ShownPlace(place.key, href, place.label, place.icon, place.key == current))
    return tuple(shown)


def _for_lead() -> list[Place]:
    """Return the places with concerns before posts."""
    return sorted(PLACES, key=lambda place: {"today": 0, "reports": 1}.get(place.key, 2))


@checks.register()
def places_lead_somewhere(**_kwargs: object) -> list[checks.CheckMessage]:
    """Warn about a place without a page: it is left out, and that could be a slip in its name."""
    return [
        checks.Warning(f"the place {place.key!r} has no page named {place.address!r}", id="web.W001")
        for place in PLACES
        if address_of(place) is None
    ]
