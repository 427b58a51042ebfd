"""The lanes in which comments wait, the first to be read first, and why a comment is in one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Language = Literal["en", "cy", "mixed", "other", "cannot_tell"]


class Lane(StrEnum):
    """What a comment seems to be, in the order in which people should read. Not one of them means "safe"."""

    DANGER = "danger"
    THREAT = "threat"
    ABUSE = "abuse"
    NAMES_PUPIL = "names_pupil"
    PERSONAL_DATA = "personal_data"
    COMPLAINT = "complaint"
    QUESTION = "question"
    JOURNALIST = "journalist"
    PRAISE = "praise"
    SPAM = "spam"
    OTHER = "other"


ORDER = (
    Lane.DANGER,
    Lane.THREAT,
    Lane.ABUSE,
    Lane.NAMES_PUPIL,
    Lane.PERSONAL_DATA,
    Lane.JOURNALIST,
    Lane.COMPLAINT,
    Lane.QUESTION,
    Lane.OTHER,
    Lane.PRAISE,
    Lane.SPAM,
)
"""The order of reading. What no list knows comes before praise and spam: it may be anything."""
URGENT = frozenset({Lane.DANGER, Lane.THREAT})
"""Lanes in which someone may come to harm."""
BY_MORNING: Mapping[str, str] = {
    "unread_language": "mostly what families write of any school day: woken for each, a lead stops reading",
    "asks_after_child": "no one is harmed before it's answered, and no one answers before a lead has read it",
    "learned": "a model or a hint found it that may be wrong: a lead reads it before anyone answers",
    "our_name": "it asks no one for anything, and no one shows it before a lead has read it",
    "names_walled": "only a lead lets the name of a child out who must not be published, so a lead reads it",
}
"""Kinds of danger that by themselves wake no one, each with its reason: a safeguarding lead reads them first
all the same. For every other kind people are told at any hour."""
IN_NAME, BEFORE = -1, -2
"""Where a reason stands that isn't in the text: in its author's name, or only together with what the same
author wrote before."""
BESIDE = -3
"""Where a reason stands that no words give: a sign of danger, and someone who works here may be meant."""
STEPS = 10
"""Ranks of one lane: a comment with more reasons comes before one with fewer."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a comment is in a lane. `kind`: which phrases or recogniser; `words`: the words of the comment,
    from `start` to before `end` in it as it was written; none where both are `IN_NAME` or `BEFORE`."""

    lane: Lane
    kind: str
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """Where a comment waits. `rank`: the lower, the sooner it is read; `also`: other lanes that it fits;
    `whole` is False where the comment is longer than is read: its beginning and its end are."""

    lane: Lane
    rank: int
    why: tuple[Reason, ...]
    language: Language
    also: tuple[Lane, ...] = ()
    whole: bool = True


def rank_of(lane: Lane, reasons: int) -> int:
    """Return the rank of a comment with so many reasons for its lane."""
    return ORDER.index(lane) * STEPS + STEPS - 1 - min(max(reasons, 1), STEPS) + 1


def in_order(lanes: Sequence[Lane]) -> list[Lane]:
    """Return lanes in the order of reading, each once."""
    return sorted(set(lanes), key=ORDER.index)


def tells_now(why: Iterable[tuple[str, str]]) -> bool:
    """Return whether the reasons, each a lane and a kind, tell people at any hour: all of danger but
    `BY_MORNING`."""
    return any(lane in URGENT and kind not in BY_MORNING for lane, kind in why)
