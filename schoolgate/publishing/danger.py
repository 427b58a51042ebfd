"""Words of danger in what leaves: a safeguarding lead alone lets them out, and says why.

In what others wrote, they may show that someone is in danger, such as a child who tells of harm. In what the
school writes, they are those with which an adult might draw a child aside, so that no account of a school is
used for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from schoolgate.core.doors import Door
from schoolgate.people.drawn_aside import where_drawn_aside
from schoolgate.people.reading_words import reasons_of_danger
from schoolgate.screening import Hit, Kind, Strength
from schoolgate.screening.folding import fold
from schoolgate.screening.invited import invited_in
from schoolgate.triage import Lane, Reason, drawn_aside


def danger_in(door: Door, text: str, *, own: Collection[str]) -> Iterator[Hit]:
    """Yield the words of danger in a text that is to leave by this door, each kind once. `own`: the schools'
    own details (`own_details.known_here`), by which no child is drawn to one person."""
    if door is Door.POLICY:  # it says what no one may do, and its governors adopt it
        return
    if door is Door.COMMENT:
        found = reasons_of_danger(text)
    else:
        found = drawn_aside(text, own)
        if not found and (asked_home := [*invited_in(text)]):
            yield from asked_home
            return
        found = [*found, *_of_adults(text)]
    for reason in {one.kind: one for one in found}.values():
        yield _hit(reason)


def _of_adults(text: str) -> Iterator[Reason]:
    """Yield where a text says what else draws children aside to an adult."""
    folded = fold(text)
    if place := where_drawn_aside(folded.text):
        start, end = folded.span(*place)
        yield Reason(Lane.DANGER, "draws_aside", text[start:end], start, end)


def danger_over(
    door: Door, texts: Mapping[str, str], *, own: Collection[str]
) -> Iterator[tuple[Hit, Sequence[str]]]:
    """Yield the words of danger in fields that leave together, each with the names of its fields: where none
    has any by itself, those over all of them, such as the person in the title and the way in the text."""
    alone = [(hit, (name,)) for name, text in texts.items() for hit in danger_in(door, text, own=own)]
    yield from alone
    if not alone and len(texts) > 1 and door is not Door.COMMENT:
        for hit in danger_in(door, "\n".join(texts.values()), own=own):
            yield hit, tuple(texts)


def _hit(reason: Reason) -> Hit:
    plain = " ".join(reason.words.casefold().split())
    return Hit(reason.start, reason.end, reason.words, Kind.DANGER, Strength.STOP, str(reason.lane), plain)
