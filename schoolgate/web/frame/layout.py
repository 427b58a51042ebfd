"""What the layout around every page needs, loaded once by the decorator so that templates make no query:
the places of the program, most used first (a phone's bar shows the first four), the strip while the stop
button is pressed, and the banner for people who must act because someone may be in danger, which goes
when one of them takes the report or reads the comment.

An area adds its place here: key, label, name of its first page, icon (`static/web/icons.svg`), the
capacities of which a person needs at least one (none named: open to everyone).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from django.core import checks
from django.db import DatabaseError, transaction
from django.http import HttpRequest, QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import Federation, InstallationStop, Stop
from schoolgate.core.reading_once import AN_INSTANT, FixedQuery
from schoolgate.core.subjects import number_of
from schoolgate.duties.queries import danger_of
from schoolgate.inbox.duty_kinds import DANGER
from schoolgate.incidents.duty_kinds import TAKE
from schoolgate.people.models import Person, RoleAssignment
from schoolgate.reports.frame import in_effect
from schoolgate.web.frame.carrying import reopens_at

THEME_COOKIE = "theme"
THEMES: dict[str, str | Promise] = {"light": _("Light"), "dark": _("Dark")}
"""What can be chosen instead of the device's own setting."""
AS_THE_DEVICE = "device"


@dataclass(frozen=True)
class ShownPlace:
    """One entry of the navigation, ready to show: address, label, icon, number waiting there."""

    key: str
    href: str
    label: str | Promise
    icon: str
    current: bool = False
    count: int = 0


@dataclass(frozen=True)
class ShownDanger:
    """Danger reports that no one has taken: how many there are and where to read them."""

    count: int
    href: str


@dataclass(frozen=True)
class PageLayout:
    """The layout's own words and links. The default is a page outside every federation: sign-in, errors."""

    home: str = "/"
    menu: str = "/menu"
    help: str = ""
    """The address of the help for this page."""
    in_menu: bool = False
    federation_name: str = ""
    slug: str = ""
    """The federation's word in public addresses."""
    person_name: str = ""
    who: str = ""
    """Identifies the person in unsent forms saved in the browser, so that no other user is offered them."""
    places: tuple[ShownPlace, ...] = field(default=())
    stopped: str | Promise = ""
    is_example: bool = False
    is_empty: bool = False
    """No federation lives in this home yet."""
    may_stop: bool = False
    danger: ShownDanger | None = None
    """Only for those who have to act."""
    stands_still: bool = False
    """Part of the program has stopped working, and this person administers."""

    @property
    def initials(self) -> str:
        """Return the initials of the signed-in person, two letters at most."""
        words = self.person_name.split()
        ends = words[:1] + words[1:][-1:]
        return "".join(word[0].upper() for word in ends)


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `frame`, as the door set it, or the plain one; `theme`, if one was chosen; and
    `way_back` to this page."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return {
        "way_back": _way_back(request),
        "frame": getattr(request, "frame", None) or of_home(),
        "theme": chosen if chosen in THEMES else "",
    }


def _way_back(request: HttpRequest) -> str:
    """Where one comes back to. Only a query that names its page (`as`) is repeated: others have words that
    were searched for, or a network's code."""
    path, _mark, query = (address := reopens_at(request)).partition("?")
    return address if "as" in QueryDict(query) else path or "/"


def of_home() -> PageLayout:
    """The plain frame, which says where examples live, or nothing does yet: the sign-in page carries it too.

    While the database does not answer, it says nothing.
    """
    try:
        with transaction.atomic():
            kinds = set(
                Federation.objects.order_by("is_example").values_list("is_example", flat=True).distinct()
            )
    except DatabaseError:
        return PageLayout()
    return PageLayout(is_example=True in kinds, is_empty=not kinds)


def danger_shown(person: Person, held: Sequence[RoleAssignment], *, on: date) -> ShownDanger | None:
    """Return how many danger reports wait for this person with these roles on a day, and where; None without
    any. One query."""
    found = danger_of(person, on, kinds=(TAKE, DANGER), held=held)
    waiting = {duty.subject: duty.kind for duty in found}
    if not waiting:
        return None
    (subject, kind), *others = waiting.items()
    if others:  # Today alone has all of them, each with what it's about
        return ShownDanger(len(waiting), f"{reverse('today')}#group-danger")
    return ShownDanger(1, reverse("item" if kind == DANGER else "wrong-report", args=[number_of(subject)]))


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


def stopped_in_words(at: datetime) -> str | Promise:
    """Return a sentence that says what is stopped at the instant `at` in the federation in scope; empty for
    nothing."""
    if _everywhere().ask({AN_INSTANT: at}):
        return _("Posting is stopped on this installation. Nothing new goes out until the stop is lifted.")
    stops = _here().ask({AN_INSTANT: at})
    if not stops:
        return ""
    if any(stop.school is None for stop in stops):
        return _("Posting is stopped in this federation. Nothing new goes out until the stop is lifted.")
    schools = ", ".join(dict.fromkeys(stop.school.name for stop in stops if stop.school is not None))
    return format_lazy(
        _("Posting is stopped: {schools}. Nothing new goes out there until the stop is lifted."),
        schools=schools,
    )


@cache
def _everywhere() -> FixedQuery[InstallationStop]:
    return FixedQuery(InstallationStop.objects.filter(in_effect(AN_INSTANT)).order_by("pk")[:1])


@cache
def _here() -> FixedQuery[Stop]:
    rows = Stop.objects.filter(in_effect(AN_INSTANT)).select_related("school")
    return FixedQuery(rows.order_by("placed_at", "pk")[:20])
