"""What the layout around every page needs, loaded once by the decorator so that templates make no query."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError, transaction
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import Federation
from schoolgate.web.frame.reopened import reopens_at

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
