"""Look at a page on the open web for evidence that it is ours. Of it only links and text are taken."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

from schoolgate.accounts.addresses import key_of
from schoolgate.core.outside import client
from schoolgate.core.outside.client import CannotRead
from schoolgate.core.outside.texts import TooDeep, decoded, read_page

MOST_LINKS = 100
LONGEST_LINK = 2_000


@dataclass(frozen=True)
class PageSeen:
    """What a page shows: where it is after redirects, its links with rel=me, its words in one line."""

    address: str
    mine: tuple[str, ...] = ()
    text: str = ""

    def links_back_to(self, ours: str) -> bool:
        """Return whether a link with rel=me leads to this address of ours."""
        return bool(key_of(ours)) and any(key_of(link) == key_of(ours) for link in self.mine)

    def says(self, code: str) -> bool:
        """Return whether its words contain the code."""
        return code.casefold() in self.text.casefold()


@dataclass(frozen=True)
class Opener(client.Opener):
    """How pages are reached that may show a mark of ours."""

    agent: str = "Schoolgate (looks for its own register's link)"

    def __call__(self, address: str) -> PageSeen:
        """Return what the page at an address shows. Raises CannotRead."""
        page = self.fetch(address)[-1]
        try:
            return _seen(page.address, page.body, page.charset)
        except (TooDeep, ValueError):
            raise CannotRead("unreadable") from None


class _Reading:
    """Collect the links with rel=me, the words, and the page's head data; runs nothing."""

    def __init__(self) -> None:
        self.mine: list[str] = []
        self.words: list[str] = []
        self._aside = 0

    def start(self, tag: str, given: dict[str, str]) -> None:
        """Note a link, or the content of a meta element."""
        self.words.append(" ")
        link = given.get("href", "")
        leads = tag in ("a", "link") and "me" in given.get("rel", "").lower().split()
        if leads and 0 < len(link) <= LONGEST_LINK and len(self.mine) < MOST_LINKS:
            self.mine.append(link)
        if tag == "meta" and "description" in (given.get("name", "") + given.get("property", "")):
            self.words += [given.get("content", ""), " "]
        if tag in ("script", "style", "template"):
            self._aside += 1

    def end(self, tag: str) -> None:
        """Leave an element that is not text."""
        self.words.append(" ")
        if tag in ("script", "style", "template"):
            self._aside = max(0, self._aside - 1)

    def data(self, text: str) -> None:
        """Collect the words, which come in pieces."""
        if not self._aside:
            self.words.append(text)


def _seen(address: str, whole: bytes, charset: str) -> PageSeen:
    reading = _Reading()
    read_page(decoded(whole, charset), reading)
    links = tuple(urljoin(address, link) for link in reading.mine)
    return PageSeen(address, links, " ".join("".join(reading.words).split()))
