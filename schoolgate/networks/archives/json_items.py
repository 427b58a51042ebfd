"""A JSON file of any size, one item of its list at a time: memory holds one item and no more.

The standard library reads JSON as a whole. Here the text is only scanned for strings and brackets, to find
where an item ends; the item itself is then read by the library.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Collection, Iterator
from typing import Any, BinaryIO

from schoolgate.networks.archives import limits
from schoolgate.networks.archives.port import Unreadable

_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{}"]', re.DOTALL)
_SCRIPT = re.compile(r"\s*window\.YTD\.[\w.]+\s*=\s*")
_CLOSES = {"]": "[", "}": "{"}


def items(stream: BinaryIO, *, under: Collection[str] = (), script: bool = False) -> Iterator[Any]:
    """The objects of a list, one after the other.

    Args:
        stream: UTF-8, with or without its mark at the beginning.
        under: where the file is an object and not a list, the keys below which its lists lie.
        script: the list is assigned to a name of X's own before it begins.

    Raises:
        Unreadable: the text ends too early, is no JSON, nests too deep, or one item is far too large.
    """
    scanner = _Scanner(frozenset(under), script=script)
    decoder = codecs.getincrementaldecoder("utf-8-sig")("strict")
    while True:
        chunk = stream.read(limits.CHUNK)
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            raise Unreadable("encoding") from error
        yield from scanner.feed(text)
        if not chunk:
            break
    scanner.end()


def whole(stream: BinaryIO, *, script: bool = False) -> Any:
    """A small file as a whole. Raises Unreadable."""
    content = stream.read(limits.MOST_WHOLE + 1)
    if len(content) > limits.MOST_WHOLE:
        raise Unreadable("item_too_large")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("encoding") from error
    if script and (found := _SCRIPT.match(text)):
        text = text[found.end() :].rstrip().rstrip(";")
    return _read(text)


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise Unreadable("too_deep") from error
    except ValueError as error:
        raise Unreadable("broken") from error


class _Scanner:
    """Where we are in the text: which brackets are open, and where the item began that we are in."""

    def __init__(self, under: frozenset[str], *, script: bool) -> None:
        self._under, self._script = under, script
        self._text, self._at = "", 0
        self._open: list[str] = []
        self._begun: int | None = None
        self._level = 0
        """How many brackets are open around an item; 0: we are in no list of items."""
        self._said = ""
        """The last string straight below an object at the top: the key of what comes."""
        self._over = False

    def feed(self, text: str) -> Iterator[Any]:
        """Take more text; gives each item that has ended in it."""
        self._text += text
        if not self._open and not self._over and not self._start():
            return
        while not self._over and (found := _TOKEN.search(self._text, self._at)):
            mark = found[0]
            if mark == '"':
                self._at = found.start()  # a string that continues in the next piece
                break
            self._at = found.end()
            if mark in "[{":
                self._opens(mark, found.start())
            elif mark in "]}":
                item = self._closes(mark)
                if item is not None:
                    yield _read(item)
            elif len(self._open) == 1:
                self._said = mark
        else:
            self._rest()
        self._forget()

    def end(self) -> None:
        """The text is over. Raises Unreadable unless it ended where it should."""
        if self._open or not self._over:
            raise Unreadable("broken")

    def _rest(self) -> None:
        """No bracket and no string is left in this piece; after the end there may be nothing else either."""
        if self._over and self._text[self._at :].strip(" \t\r\n;"):
            raise Unreadable("broken")
        self._at = len(self._text)

    def _start(self) -> bool:
        begins = re.search(r"[\[{]", self._text)
        before = self._text[: begins.start()] if begins else self._text
        good = _SCRIPT.fullmatch(before) if self._script else not before.strip()
        if begins and not good:
            raise Unreadable("broken")
        if not begins and len(before) > limits.CHUNK:
            raise Unreadable("broken")
        self._at = begins.start() if begins else 0
        return begins is not None

    def _opens(self, mark: str, at: int) -> None:
        if len(self._open) >= limits.MOST_DEPTH:
            raise Unreadable("too_deep")
        if self._level and self._begun is None and len(self._open) == self._level:
            self._begun = at
        self._open.append(mark)
        if mark == "[" and not self._level:
            below = len(self._open) == 2 and self._open[0] == "{" and self._said.strip('"') in self._under
            if len(self._open) == 1 or below:
                self._level = len(self._open)

    def _closes(self, mark: str) -> str | None:
        if not self._open or self._open.pop() != _CLOSES[mark]:
            raise Unreadable("broken")
        depth = len(self._open)
        self._over = depth == 0
        if self._begun is not None and depth == self._level:
            item, self._begun = self._text[self._begun : self._at], None
            return item
        if depth < self._level:
            self._level = 0
        return None

    def _forget(self) -> None:
        """Let go of the text that is done with. Raises Unreadable where what is left is far too large."""
        keep = self._at if self._begun is None else self._begun
        if len(self._text) - keep > limits.MOST_ITEM:
            raise Unreadable("item_too_large")
        self._text, self._at = self._text[keep:], self._at - keep
        if self._begun is not None:
            self._begun = 0
