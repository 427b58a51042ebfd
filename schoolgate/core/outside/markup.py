"""A page's links and words, by libxml2's HTML reader. Builds no tree: parts are reported one after the other.

A reader that builds a page's tree, as browsers do, can be made to take quadratic time and memory. This one
only stores the names of open elements and searches them at each end tag; so their number is limited.
"""

from __future__ import annotations

from typing import Final, Protocol

DEEPEST: Final = 512
"""Elements inside each other; browsers stop there too."""
AT_ONCE: Final = 1 << 14


class TooDeep(Exception):
    """Elements are nested deeper than in any page that people made."""


class Reads(Protocol):
    """What takes the parts of a page."""

    def start(self, tag: str, given: dict[str, str]) -> None:
        """An element begins, with its attributes; names are in lower case."""
        ...

    def end(self, tag: str) -> None:
        """An element ends, also where the page forgot to say so."""
        ...

    def data(self, text: str) -> None:
        """Words."""
        ...


class _Counted:
    """Hands parts on while elements are not too deep."""

    def __init__(self, reads: Reads) -> None:
        self._reads, self._open = reads, 0
        self.data = reads.data

    def start(self, tag: str, given: dict[str, str]) -> None:
        self._open += 1
        if self._open > DEEPEST:
            raise TooDeep
        self._reads.start(tag, given)

    def end(self, tag: str) -> None:
        self._open -= 1
        self._reads.end(tag)

    def comment(self, text: str) -> None:
        """No part of a page that people see."""

    def close(self) -> None:
        """The page is over."""


def read_page(html: str, reads: Reads) -> None:
    """Tell `reads` the parts of a page in order, in linear time. Raises TooDeep."""
    from lxml import etree  # a large library, needed in few processes

    parser = etree.HTMLParser(target=_Counted(reads), encoding="utf-8", no_network=True)
    whole = html.encode("utf-8", "replace")
    if not whole.strip():
        return
    for begin in range(0, len(whole), AT_ONCE):  # the library reads a refused piece to its end
        parser.feed(whole[begin : begin + AT_ONCE])
    parser.close()
