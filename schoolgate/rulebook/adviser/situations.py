"""Find the situation that a clause is about, by plain words."""

from collections.abc import Callable
from dataclasses import replace

from schoolgate.rulebook.adviser.entries import ENTRIES
from schoolgate.rulebook.adviser.finding import documents as questions
from schoolgate.rulebook.adviser.search import Document, Shelf
from schoolgate.rulebook.messages import POINTS
from schoolgate.rulebook.rules.offered import points_of, ruled_on
from schoolgate.rulebook.situations import SITUATIONS

MOST = 8
"""Situations that are found at once."""
LOOKED_AT = 60
"""Situations and questions that are searched: several may lead to one situation."""
BETWEEN = " "
_shelves: dict[str, Shelf] = {}


def situations_found(typed: str, *, language: str = "en", say: Callable[[str], str] = str) -> list[str]:
    """Return the keys of the situations that fit, best first; empty where none does.

    `say`: puts a sentence of the program into that language.
    """
    shelf = _shelves.get(language)
    if shelf is None:
        shelf = _shelves[language] = _shelf(say)
    hits = shelf.find(typed, limit=LOOKED_AT)
    return list(dict.fromkeys(hit.partition(BETWEEN)[0] for hit in hits))[:MOST]


def _shelf(say: Callable[[str], str]) -> Shelf:
    """Return the situations to search in a language: by their titles and the names of their points, and by
    the questions of *May I ...?* that lead to them, each as an entry of its own."""
    documents = [
        Document(key, say(SITUATIONS[key].title), "", tuple(_named(point, say) for point in points_of(key)))
        for key in ruled_on()
    ]
    asked = [replace(one, key=f"{ENTRIES[one.key].situation}{BETWEEN}{one.key}") for one in questions(say)]
    return Shelf(tuple(documents + asked))


def _named(point: str, say: Callable[[str], str]) -> str:
    return say(POINTS[point]) if point in POINTS else point.replace("_", " ")
