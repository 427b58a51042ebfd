"""What a watch may search for, and whether a text contains it. Pure.

A watch searches for the names of schools. So each of its words must come from such a name, from a handle of
an official account, or from a short list of words about schools; a person's name can't be made of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from schoolgate.screening.finding_names import find_names
from schoolgate.screening.folding import fold, simple, words_of
from schoolgate.screening.hits import Strength
from schoolgate.screening.names import NameIndex

LONGEST, SHORTEST = 80, 4
"""Letters of what is searched for. Shorter words are part of too many others."""
MOST_PHRASES = 6
LONGEST_READ = 20_000
"""Characters of a text that are looked at."""
FILE = Path(__file__).with_name("about_schools.txt")
TOO_SHORT, TOO_LONG, NO_NAME, OTHER_WORDS, A_PERSON = "short", "long", "no_name", "words", "person"


def plain(text: str) -> list[str]:
    """Return the words of a text as they are compared: lower case, no accents, no possessive."""
    return list(words_of(fold(text[:LONGEST_READ]).text).plain)


@dataclass(frozen=True)
class Names:
    """The names that a watch may search for: of schools and the federation, and the accounts' handles."""

    names: tuple[str, ...]
    handles: tuple[str, ...] = ()

    @cached_property
    def parts(self) -> frozenset[str]:
        """Return every word of a name."""
        return frozenset(word for name in self.names for word in plain(name))

    @cached_property
    def telling(self) -> frozenset[str]:
        """Return the words that tell one school from another, and short forms of whole names."""
        whole = {"".join(plain(name)) for name in self.names}
        initials = {"".join(word[0] for word in plain(name)) for name in self.names}
        return frozenset((self.parts - about_schools()) | whole | {one for one in initials if len(one) > 2})

    @cached_property
    def known_handles(self) -> frozenset[str]:
        """Return the handles of our accounts as they are compared."""
        return frozenset(simple(handle) for handle in self.handles if handle)

    def contains(self, words: Sequence[str]) -> bool:
        """Return whether these words are, in this order, part of one of the names."""
        return any(_in_order(plain(name), words) for name in self.names)


def about_schools() -> frozenset[str]:
    """Return the words about schools that may be beside a name, in English and Welsh."""
    global _known  # noqa: PLW0603 - a file of the program, read once
    if _known is None:
        lines = FILE.read_text(encoding="utf-8").splitlines()
        _known = frozenset(word for line in lines if not line.startswith("#") for word in plain(line))
    return _known


_known: frozenset[str] | None = None


def why_not(phrase: str, names: Names, people: NameIndex) -> tuple[str, tuple[str, ...]] | None:
    """Return why a watch may not search for this, as a code and the words it is about; None where it may.

    `people`: everyone here whose name is known: pupils, parents, staff, governors.
    """
    if len(phrase) > LONGEST:
        return TOO_LONG, ()
    if simple(phrase) in names.known_handles:
        return None
    words = plain(phrase)
    if len("".join(words)) < SHORTEST:
        return TOO_SHORT, ()
    if not names.contains(words) and names_a_person(phrase, people):
        return A_PERSON, ()
    others = tuple(word for word in words if word not in names.parts | names.telling | about_schools())
    if others:
        return OTHER_WORDS, others
    return None if names.telling & set(words) else (NO_NAME, ())


def names_a_person(text: str, people: NameIndex) -> bool:
    """Return whether a text has the name of a person who is known here, or a handle made of it. A first name
    alone is no one's."""
    for written in (text, text.title()):
        hits = find_names(fold(written), people)
        if any(hit.strength in (Strength.STOP, Strength.ASK) for hit in hits):
            return True
    return False


def mentions(text: str, phrases: Iterable[str]) -> bool:
    """Return whether a text contains one of these, its words in order and next to each other, or written as
    one word as in a hashtag."""
    words = plain(text)
    there = frozenset(words)
    for phrase in phrases:
        wanted = plain(phrase)
        if wanted and ("".join(wanted) in there or _in_order(words, wanted)):
            return True
    return False


def _in_order(words: Sequence[str], wanted: Sequence[str]) -> bool:
    size = len(wanted)
    return size > 0 and any(
        words[start] == wanted[0] and list(words[start : start + size]) == list(wanted)
        for start in range(len(words) - size + 1)
    )
