"""The clauses of a policy that fit the words in which a person asks: the one search, over its clauses."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from math import log

from schoolgate.rulebook.adviser.search import Document, Shelf
from schoolgate.rulebook.book import Book
from schoolgate.rulebook.findings import Decision
from schoolgate.rulebook.kinds import Modality

MOST = 3
"""So many clauses at most are read first."""
WELL = 2.0
"""What a clause comes to that has two words of the question which few clauses have, for each step by which
the number of clauses multiplies: in a longer policy words are rarer."""
SHARE = 0.5
"""The part of what the best clause comes to, from which another fits as well."""
STRENGTH = (
    Modality.MUST_NOT, Modality.MUST, Modality.SHOULD_NOT, Modality.SHOULD, Modality.ADVISED_NOT,
    Modality.ADVISED, Modality.MAY, Modality.STATES,
)  # fmt: skip
"""The order in which clauses that fit as well are read."""


def clauses_fitting(book: Book, typed: str) -> tuple[str, ...]:
    """Return the ids of the clauses to read that fit the typed words well, the strongest first; empty where
    none does. Which of them the rules of a situation say already, `Book.first_to_read` knows."""
    clauses = tuple((one.id, one.wording or one.says, one.section) for one in book.readable)
    scored = _shelf(clauses).scored(typed)
    best = max(scored.values(), default=0.0)
    least = max(WELL * log(1 + len(clauses)), SHARE * best)
    well = [key for key, worth in scored.items() if worth >= least]
    well.sort(key=lambda key: -scored[key])
    return tuple(by_strength(book, well[:MOST]))


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


@lru_cache(maxsize=32)
def _shelf(clauses: tuple[tuple[str, str, str], ...]) -> Shelf:
    return Shelf(tuple(Document(key, text, section) for key, text, section in clauses))
