"""What the layout around every page needs, gathered once by the door so that a template asks no database."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise


@dataclass(frozen=True)
class ShownPlace:
    """One entry of the navigation, ready to be written: address, label, icon, how much waits there."""

    key: str
    href: str
    label: str | Promise
    icon: str
    current: bool = False
    count: int = 0


@dataclass(frozen=True)
class Frame:
    """The layout's own words and links. The default is a page outside every federation: sign-in, errors."""

    home: str = "/"
    menu: str = "/menu"
    in_menu: bool = False
    federation_name: str = ""
    person_name: str = ""
    places: tuple[ShownPlace, ...] = field(default=())
    stopped: str | Promise = ""
    is_example: bool = False

    @property
    def initials(self) -> str:
        """At most two letters that stand for the person signed in."""
        words = self.person_name.split()
        ends = words[:1] + words[1:][-1:]
        return "".join(word[0].upper() for word in ends)


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `frame`, as the door set it on the request, or the plain one."""
    return {"frame": getattr(request, "frame", None) or Frame()}
