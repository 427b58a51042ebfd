"""A name as anyone reads it, without a list of pupils: a first name and a surname with their capitals beside
a class, *Emily Carter in Year 5*. A person says who is meant."""

from __future__ import annotations

from collections.abc import Iterator

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.common import ordinary
from schoolgate.screening.hits import Kind, Strength
from schoolgate.screening.nicknames import SHORT
from schoolgate.screening.personal import Seen

_NAME = r"(?<![\w’'-])(?P<first>[A-Z][a-z’'-]{1,14}) (?P<last>[A-Z](?:[A-Za-z’'-]{1,19})?)\b\.?"
_YEAR = (
    r"(?:[Yy]ear \d{1,2}|Y\d{1,2}|[Cc]lass [A-Z\d]\w{0,9}|Reception|[Bb]lwyddyn \d{1,2}"
    r"|[Dd]osbarth \w{1,10})"
)
_BESIDE = lazy_pattern(
    rf"{_NAME}(?:,? \(?|, )(?:(?:in|from|of|o|ym|yn|a pupil in|who is in) )?(?:[FfMm]lwyddyn \d{{1,2}}|"
    rf"Nosbarth \w{{1,10}}|{_YEAR})\b"
    rf"|\b{_YEAR}(?:[’']s| pupil,?| student,?) {_NAME.replace('first', 'named').replace('last', 'called')}"
)
_ALONE = lazy_pattern(_NAME)
_TITLES = frozenset([
    "mr", "mrs", "ms", "miss", "mx", "dr", "sir", "madam", "coach", "revd", "rev", "cllr", "governor",
])  # fmt: skip
_THINGS = frozenset([
    "festival", "assembly", "project", "workshop", "curriculum", "challenge", "award", "awards", "parade",
    "production", "residential", "fair", "council", "concert", "nativity", "topic", "museum", "castle",
    "theatre", "zoo",
])  # fmt: skip
"""What ends the name of an event or a place rather than of a person."""


def find_written_names(text: str) -> Iterator[Seen]:
    """Yield where someone is named so that a reader knows which child is meant."""
    for found in _BESIDE.finditer(text):
        if _is_a_person(found["first"] or found["named"], found["last"] or found["called"]):
            yield Seen(found.start(), found.end(), Kind.CLUE, Strength.ASK)


def has_written_name(text: str) -> bool:
    """Return whether two words of a text look like someone's name."""
    return any(_is_a_person(found["first"], found["last"]) for found in _ALONE.finditer(text))


def _is_a_person(first: str, last: str) -> bool:
    first, last = first.lower(), last.lower()
    if first in _TITLES or last in _THINGS:
        return False
    return first in SHORT or ordinary().isdisjoint((first, last))
