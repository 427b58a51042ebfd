"""Find the situation that a clause is about, by plain words."""

from collections.abc import Callable

from schoolgate.rulebook.adviser.entries import ENTRIES
from schoolgate.rulebook.adviser.search import Document, Shelf
from schoolgate.rulebook.messages import POINTS
from schoolgate.rulebook.rules.offered import points_of, ruled_on
from schoolgate.rulebook.situations import SITUATIONS

MOST = 8
"""Situations that are found at once."""
LOOKED_AT = 60
"""Titles, points and questions that are searched: several may lead to one situation."""
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
    """Return the situations to search in a language: by their titles, by the names of their points, and by
    the questions of *May I ...?* that lead to them, each as an entry of its own."""
    titles = {key: say(SITUATIONS[key].title) for key in ruled_on()}
    documents = [Document(key, title, "") for key, title in titles.items()]
    documents += [
        Document(f"{key}{BETWEEN}{point}", _named(point, say), title)
        for key, title in titles.items()
        for point in points_of(key)
    ]
    documents += [
        Document(f"{one.situation}{BETWEEN}{one.key}", say(one.title), f"{one.words} {one.cy}")
        for one in ENTRIES.values()
    ]
    return Shelf(tuple(documents))


def _named(point: str, say: Callable[[str], str]) -> str:
    return say(POINTS[point]) if point in POINTS else point.replace("_", " ")
