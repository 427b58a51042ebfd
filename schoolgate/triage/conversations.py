"""A conversation that turns sour, many people at once on one post, and one person who writes a thing in
several comments: by times and authors alone."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from schoolgate.triage.lanes import Lane
from schoolgate.triage.lists import Lists
from schoolgate.triage.ranking import triage

RECENT = 6
"""The latest texts of a conversation that are looked at."""
SOUR = 3
"""Sour ones among them, from which on a conversation has turned."""
WITHIN = timedelta(hours=24)
"""Texts that are further before the last one belong to another day's conversation."""
SOUR_LANES = frozenset({Lane.THREAT, Lane.ABUSE, Lane.COMPLAINT})
PEOPLE = 8
"""Different authors, from which on comments are a pile-on."""
SPAN = timedelta(minutes=30)
"""The time within which they write."""


MINUTES = timedelta(minutes=10)
"""Comments of one author within this time are read together."""
MOST_TOGETHER = 6
_LONGEST_BEFORE = 2_000


@dataclass(frozen=True, slots=True)
class Written:
    """What an author wrote, and when. `author`: None where it can't be told."""

    author: Hashable | None
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class PileOn:
    """The thickest half hour: when it began, when its last comment came, and how many people wrote."""

    began: datetime
    last: datetime
    people: int
    comments: int


def turns_sour(texts: Sequence[tuple[str, datetime]], *, lists: Lists | None = None) -> bool:
    """Return whether a conversation is turning sour: of its last six texts within a day of the last one, at
    least three threaten, abuse or complain, and they are more than the texts before had for their number.

    Args:
        texts: what was written, with its time, in any order.
        lists: as for `triage`.

    """
    if not texts:
        return False
    rows = sorted(texts, key=lambda each: each[1])
    rows = [each for each in rows if rows[-1][1] - each[1] <= WITHIN]
    marks = [_is_sour(text, lists) for text, _at in rows[-2 * RECENT :]]
    late, early = marks[-RECENT:], marks[:-RECENT]
    if sum(late) < SOUR:
        return False
    return not early or sum(late) * len(early) > sum(early) * len(late)


def _is_sour(text: str, lists: Lists | None) -> bool:
    ranked = triage(text, lists=lists)
    return not SOUR_LANES.isdisjoint({ranked.lane, *ranked.also})


def before_each(texts: Sequence[Written]) -> list[list[str]]:
    """Return for each text, in the order given, what its author wrote in the ten minutes before, oldest
    first, so that a sentence that is split over several comments is read whole."""
    found: list[list[str]] = [[] for _each in texts]
    latest: dict[Hashable, list[int]] = {}
    for number in sorted(range(len(texts)), key=lambda each: texts[each].at):
        one = texts[number]
        if one.author is None:
            continue
        earlier = [each for each in latest.get(one.author, []) if one.at - texts[each].at <= MINUTES]
        found[number] = [texts[each].text[-_LONGEST_BEFORE:] for each in earlier[1 - MOST_TOGETHER :]]
        latest[one.author] = [*earlier[-MOST_TOGETHER:], number]
    return found


def pile_on(times: Sequence[datetime], authors: Sequence[Hashable]) -> PileOn | None:
    """Return the thickest half hour, if at least eight different authors wrote in it; otherwise None.

    Args:
        times: when each comment came, in any order.
        authors: who wrote each of them.

    Raises:
        ValueError: there aren't as many authors as times.

    """
    rows = sorted(zip(times, authors, strict=True), key=lambda each: each[0])
    counts: dict[Hashable, int] = {}
    first, best = 0, None
    for last, (at, author) in enumerate(rows):
        counts[author] = counts.get(author, 0) + 1
        while at - rows[first][0] > SPAN:
            gone = rows[first][1]
            counts[gone] -= 1
            if not counts[gone]:
                del counts[gone]
            first += 1
        if len(counts) >= PEOPLE and (best is None or len(counts) > best.people):
            best = PileOn(rows[first][0], at, len(counts), last - first + 1)
    return best
