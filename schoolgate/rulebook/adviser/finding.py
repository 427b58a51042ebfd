"""Find the question that answers what a person tells: the one search of the pages and of the command line."""

from collections.abc import Callable, Iterable

from schoolgate.rulebook.adviser.entries import ENTRIES
from schoolgate.rulebook.adviser.search import Document, Shelf

_shelves: dict[str, Shelf] = {}


def questions_found(
    typed: str, *, among: Iterable[str] | None = None, language: str = "en", say: Callable[[str], str] = str
) -> list[str]:
    """Return the keys of the questions that fit, best first: few where none fits well, empty where none does.
    Stories in English and in Welsh are found in either language.

    `among`: the questions that this person may ask. `say`: puts a sentence of the program into the language.
    """
    return _shelf(language, say).closest(typed, among=among)


def may_be_meant(typed: str, *, language: str = "en", say: Callable[[str], str] = str) -> list[str]:
    """Return the keys of the questions that may be what is meant, best first."""
    return _shelf(language, say).leading(typed)


def _shelf(language: str, say: Callable[[str], str]) -> Shelf:
    if language not in _shelves:
        _shelves[language] = Shelf(tuple(documents(say)))
    return _shelves[language]


def documents(say: Callable[[str], str]) -> Iterable[Document]:
    """Return every question as it's found: by its title in a language, and by words and phrases of both."""
    for one in ENTRIES.values():
        yield Document(one.key, say(one.title), f"{one.words} {one.cy}", one.said)
