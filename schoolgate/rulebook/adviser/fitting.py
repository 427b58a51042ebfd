"""The clauses of a policy that fit the words in which a person asks.

A word counts the more the rarer it is in the policies of schools: that a clause is about a child or a post
says little, and a word that only one of them has says much.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from math import log

from schoolgate.rulebook.adviser.search import LONGEST, SHORTEST_BEGINNING
from schoolgate.rulebook.adviser.speech import DIRECTIONS, Slips, stems
from schoolgate.rulebook.book import Book
from schoolgate.rulebook.findings import Decision
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.packs import load_pack, pack_keys

MOST = 3
"""So many clauses at most are read first."""
WELL = 4.0
"""What a clause comes to that has two words of the question which few clauses have."""
ALONE, ONCE = 4.6, 3.4
"""What a word comes to that is enough by itself, and one that only one clause of the policy has."""
SHARE = 0.6
"""The part of what the best clause comes to, from which another fits as well."""
ALIKE = 0.85
"""From which part on two clauses fit alike, so that the stronger is read first."""
BEGINS, HEADING = 0.5, 0.3
"""What a word counts that only begins like one of the clause, or stands in its heading."""
STRENGTH = (
    Modality.MUST_NOT, Modality.MUST, Modality.SHOULD_NOT, Modality.SHOULD, Modality.ADVISED_NOT,
    Modality.ADVISED, Modality.MAY, Modality.STATES,
)  # fmt: skip
"""The order in which clauses that fit as well are read."""
Readable = tuple[tuple[str, str, str], ...]


def clauses_fitting(book: Book, typed: str) -> tuple[str, ...]:
    """Return the ids of the clauses to read that fit the typed words well, the nearest first and of those
    that fit alike the strongest; empty where none does. Which of them the rules of a situation say already,
    `Book.first_to_read` knows."""
    clauses: Readable = tuple((one.id, one.wording or one.says, one.section) for one in book.readable)
    if not clauses:
        return ()
    words = _words_of(clauses)
    wanted = {*stems(typed[:LONGEST], mended=words.slips)} - {*DIRECTIONS}
    rarity = {stem: words.rarity(stem) for stem in wanted}
    scored = {}
    for key, (says, heading) in words.stems.items():
        worth = {stem: rarity[stem] * _has(stem, says, heading) for stem in wanted}
        hits = [one for one in worth.values() if one > 0]
        if (len(hits) > 1 and sum(hits) >= WELL) or any(
            one >= (ONCE if words.here[stem] == 1 else ALONE) for stem, one in worth.items()
        ):
            scored[key] = sum(hits)
    best = max(scored.values(), default=0.0)
    well = [key for key, worth in scored.items() if worth >= SHARE * best]
    well.sort(key=lambda key: -scored[key])
    alike = [key for key in well if scored[key] >= ALIKE * best]
    return (*by_strength(book, alike), *well[len(alike) :])[:MOST]


def asked_in_words(book: Book, decision: Decision, fitting: Iterable[str]) -> Decision:
    """Return the answer with the clauses first that fit what was asked, unless the rules asked here say
    them."""
    leading = book.first_to_read(decision.situation, fitting)
    if not leading:
        return decision
    return replace(decision, first=leading, unread=tuple(dict.fromkeys((*leading, *decision.unread))))


def by_strength(book: Book, clauses: Iterable[str]) -> list[str]:
    """Return the clauses with bans and duties before advice, and advice before statements."""
    return sorted(clauses, key=lambda key: STRENGTH.index(book.clauses[key].modality))


def _has(stem: str, says: frozenset[str], heading: frozenset[str]) -> float:
    """Return how far a clause has a word of the question."""
    if stem in says:
        return 1.0
    if len(stem) >= SHORTEST_BEGINNING and any(each.startswith(stem) for each in says):
        return BEGINS
    return HEADING if stem in heading else 0.0


class _Words:
    """The words of some clauses, and how rare each is."""

    def __init__(self, clauses: Readable) -> None:
        self.stems = {
            key: (frozenset(stems(says)), frozenset(stems(section))) for key, says, section in clauses
        }
        self.slips = Slips(text for _key, *texts in clauses for text in texts)
        seen, self._number = _written()
        self.here = Counter(stem for says, _heading in self.stems.values() for stem in says)
        self._seen: Mapping[str, int] = seen + self.here
        self._number += len(clauses)

    def rarity(self, stem: str) -> float:
        """Return how much a word counts: the rarer, the more."""
        return log(1 + self._number / max(1, self._seen.get(stem, 0)))


@lru_cache(maxsize=32)
def _words_of(clauses: Readable) -> _Words:
    return _Words(clauses)


@cache
def _written() -> tuple[Counter[str], int]:
    """Return in how many clauses of the policies that come with the program each word stands, and how many
    there are."""
    clauses = [one.says for key in pack_keys() for one in load_pack(key).clauses.values()]
    return Counter(stem for says in clauses for stem in frozenset(stems(says))), len(clauses)
