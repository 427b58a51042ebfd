"""A next version of Boroughbridge's policy in which a response has a time."""

from schoolgate.rulebook import book
from schoolgate.rulebook.one_file import to_yaml

CLAUSE = "boroughbridge-listening-2"
OPEN = "response_hours: null"


def with_a_time(text: str, hours: int) -> str:
    """Return the text with a time for responses, as a parameter of the clause and in its rule."""
    for begins in (f"- id: {CLAUSE}\n", "no_time: inbox.response_expected"):
        start = text.index(begins)
        text = text[:start] + text[start:].replace(OPEN, f"response_hours: {hours}", 1)
    return text


def other_words(text: str, words: str) -> str:
    """Return the text with other words for the clause."""
    return text.replace(book("boroughbridge").clauses[CLAUSE].says, words)


def printed() -> str:
    """Return the policy as it comes with the program."""
    return to_yaml(book("boroughbridge").pack)
