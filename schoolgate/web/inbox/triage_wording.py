"""Why an item is where it is in the list, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.inbox.caring import has_abuse
from schoolgate.inbox.dangers import strongest_first
from schoolgate.inbox.models import ORDINARY, Item
from schoolgate.inbox.reason_words import REASONS
from schoolgate.inbox.triage_models import LANE_NAMES
from schoolgate.screening.hits import Kind
from schoolgate.triage import Lane, masked
from schoolgate.triage.lanes import BEFORE, IN_NAME, URGENT
from schoolgate.triage.lists import NO_PICTURE
from schoolgate.web.inbox.wording import Words, readable

NAMES: Mapping[str, Words] = dict(LANE_NAMES)
TAGS: Mapping[str, str] = {
    Lane.DANGER: "no",
    Lane.THREAT: "no",
    Lane.ABUSE: "wait",
    Lane.NAMES_PUPIL: "wait",
    Lane.PERSONAL_DATA: "wait",
    Lane.JOURNALIST: "info",
    Lane.COMPLAINT: "info",
}
"""Lanes that the list names, with the kind of the tag."""
DETAILS: Mapping[str, Words] = {
    Kind.PHONE: _("a phone number"),
    Kind.POSTCODE: _("a postcode"),
    Kind.EMAIL: _("an email address"),
    Kind.ADDRESS: _("an address"),
    Kind.HEALTH: _("details about health"),
    Kind.BORN: _("a date of birth"),
    Kind.HANDLE: _("an account name"),
    NO_PICTURE: _("it refuses consent to a picture"),
}
ELSEWHERE: Mapping[int, Words] = {
    IN_NAME: _("in the name its author uses"),
    BEFORE: _("together with what they wrote just before"),
}
OWN = _("your own word list")


@dataclass(frozen=True)
class ShownReason:
    """One reason: its words, and those of the comment that gave it (empty for abuse: they may be masked).
    `elsewhere`: where it stands, if not in the comment."""

    words: Words
    quoted: str
    elsewhere: Words = ""


@dataclass(frozen=True)
class ShownPlace:
    """The lane of an item, the kind of its tag, and why. `first`: it comes before the order by deadline."""

    name: Words
    tag: str
    first: bool
    why: tuple[ShownReason, ...]


def place_shown(item: Item, text: str) -> ShownPlace | None:
    """Return where an item waits and why, by its newest text or the beginning of it; None for what goes by
    its deadline alone and is no complaint."""
    if item.lane not in TAGS:
        return None
    why = []
    for lane, kind, start, end in strongest_first(item.why):
        if lane == item.lane or {lane, item.lane} <= URGENT:
            hidden = lane == Lane.ABUSE or end > len(text) or start < 0
            quoted = "" if hidden else readable(text[start:end])
            why.append(ShownReason(reason_words(lane, kind), quoted, ELSEWHERE.get(start, "")))
    return ShownPlace(NAMES[item.lane], TAGS[item.lane], item.goes_first < ORDINARY, tuple(why))


def reason_words(lane: str, kind: str) -> Words:
    """Return one reason in words."""
    if kind == "own":
        return OWN
    if lane == Lane.PERSONAL_DATA:
        return DETAILS.get(kind, _("personal details"))
    return REASONS[lane, kind]


def for_reader(item: Item, text: str, *, shows_words: bool) -> str:
    """Return a text as this reader wants it: abusive words masked, unless they asked to see them."""
    return text if shows_words or not has_abuse(item) else masked(text)


def care_words(shows: bool) -> dict[str, Any]:
    """Return the button that changes how abusive words are shown."""
    label = _("Mask abusive words") if shows else _("Always show abusive words")
    return {"label": label, "value": "mask" if shows else "show"}
