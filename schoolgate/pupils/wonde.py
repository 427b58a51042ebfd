"""Asks Wonde for a school's pupils, with the key that the school got for Schoolgate: outside any transaction.

Only this one host is asked, and no page of its answer leads anywhere else.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotNow, Text
from schoolgate.core.outside.answers import NotTaken
from schoolgate.core.outside.client import shared
from schoolgate.core.outside.jsons import read_json
from schoolgate.pupils.importing.wonde import INCLUDES
from schoolgate.pupils.states import MOST_PUPILS

ORIGIN: Final = "https://api.wonde.com"
"""For schools in the UK; Wonde keeps others elsewhere."""
SECONDS: Final = 40.0
"""For all pages together: a person waits."""
A_PAGE: Final = 200
MOST_PAGES: Final = 2 * MOST_PUPILS // A_PAGE
LARGEST_PAGE: Final = 8 * 1024 * 1024
THEIR_SCHOOL: Final = re.compile(r"[A-Za-z0-9]{1,20}")
"""How Wonde's number of a school looks: A1930499544."""
LATER = _("Try again in a few minutes.")
OFFICE = _(
    "Check that the school approved Schoolgate in Wonde’s school portal, then enter its ID and key again."
)
_SAYS: Final[Mapping[str, tuple[Text, Text]]] = {
    "key": (_("Wonde refused the key."), OFFICE),
    "school": (_("Wonde doesn’t give this school’s data to this key."), OFFICE),
    "too_fast": (_("Wonde asks us to wait."), LATER),
    "away": (_("Wonde didn’t answer."), LATER),
    "strange": (_("Wonde’s answer can’t be read as a list of pupils."), _("Import a file instead.")),
    "too_many": (_("This school has more pupils than one list may have."), _("Import a file instead.")),
}
_STATUS: Final[Mapping[int, str]] = {401: "key", 403: "school", 404: "school", 429: "too_fast"}


class WondeTrouble(NotNow):
    """Wonde gave no list. `code`: why, as one of our own words."""

    def __init__(self, code: str) -> None:
        super().__init__(*_SAYS[code])
        self.code = code


def school_name(key: str, their_school: str) -> str:
    """Return what Wonde calls a school: that shows whose data the key opens. Raises WondeTrouble."""
    told = _ask(f"{_school(their_school)}", key, until=time.monotonic() + SECONDS).get("data")
    name = told.get("name") if isinstance(told, Mapping) else None
    if not isinstance(name, str) or not name.strip():
        raise WondeTrouble("strange")
    return " ".join(name.split())[:200]


def students(key: str, their_school: str) -> list[Mapping[str, Any]]:
    """Return all pupils of a school, as Wonde tells them. Raises WondeTrouble."""
    until = time.monotonic() + SECONDS
    found: list[Mapping[str, Any]] = []
    following = urlencode({"include": ",".join(INCLUDES), "per_page": A_PAGE})
    address = f"{_school(their_school)}/students?{following}"
    asked: set[str] = set()
    while address:
        if len(asked) >= MOST_PAGES or len(found) > MOST_PUPILS:
            raise WondeTrouble("too_many")
        if address in asked or not address.startswith(f"{_school(their_school)}/students"):
            raise WondeTrouble("strange")
        asked.add(address)
        told = _ask(address, key, until=until)
        rows = told.get("data")
        if not isinstance(rows, list) or not all(isinstance(each, Mapping) for each in rows):
            raise WondeTrouble("strange")
        found += rows
        address = _next(told)
    return found


def _school(their_school: str) -> str:
    if not THEIR_SCHOOL.fullmatch(their_school):
        raise WondeTrouble("school")
    return f"{ORIGIN}/v1.0/schools/{their_school}"


def _next(told: Mapping[str, Any]) -> str:
    meta = told.get("meta")
    pages = meta.get("pagination") if isinstance(meta, Mapping) else None
    following = pages.get("next") if isinstance(pages, Mapping) else None
    if following is not None and not isinstance(following, str):
        raise WondeTrouble("strange")
    return following or ""


def _ask(address: str, key: str, *, until: float) -> Mapping[str, Any]:
    headers = {"Authorization": f"Bearer {key}", "Accept": "application/json"}
    try:
        reply = shared().ask("GET", address, until=until, most=LARGEST_PAGE, headers=headers)
    except NotTaken:
        raise WondeTrouble("away") from None
    if reply.status != 200:
        raise WondeTrouble(_STATUS.get(reply.status, "away"))
    try:
        told = read_json(reply.body)
    except (ValueError, RecursionError):
        raise WondeTrouble("strange") from None
    if not isinstance(told, Mapping):
        raise WondeTrouble("strange")
    return told
