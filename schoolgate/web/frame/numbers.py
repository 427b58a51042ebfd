"""Ids as they come with a request: digits, or nothing that exists."""

from schoolgate.core.errors import NotFound


def number_in(text: str) -> int:
    """The id that a form or a query string carries. Raises NotFound where it is none."""
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise NotFound
    return int(text)
