"""Which forbidden words a text or a page shows: for the tests of every area's pages."""

import re
from functools import cache
from html.parser import HTMLParser

from schoolgate.web.glossary import listed

LISTED = listed()["never"]
UNSEEN = {"script", "style", "template"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
READ_ALOUD = {"aria-label", "alt", "title", "placeholder", "data-label", "value"}


@cache
def pattern(language: str) -> re.Pattern[str]:
    """Finds a forbidden word of this language as a whole word."""
    words = "|".join(re.escape(word) for word in LISTED[language])
    return re.compile(rf"(?<![\w-])({words})(?![\w-])", re.IGNORECASE)


def forbidden_in(text: str, language: str) -> list[str]:
    """The forbidden words that a text shows, in the order of their places."""
    return [found[0].lower() for found in pattern(language).finditer(text)]


def raw_in(html: str) -> list[str]:
    """The tags of our components that a page shows as they are written: browsers draw nothing for them."""
    return re.findall(r"</?c-[^>]*>?", html)


def shown_by(html: str) -> str:
    """What a page shows or reads aloud: its text, and the attributes that are spoken."""
    reader = _Reader()
    reader.feed(html)
    return "\n".join(reader.shown)


def check_page(html: str, language: str = "en") -> None:
    """Fails when a page shows a forbidden word, and shows the words around it."""
    assert raw_in(html) == []
    text = shown_by(html)
    around = [text[max(0, m.start() - 40) : m.end() + 40] for m in pattern(language).finditer(text)]
    assert around == []


class _Reader(HTMLParser):
    """Gathers what is shown, except the words of others: a post (sg-content), a clause (data-quoted)."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []
        self.open: list[tuple[str, bool]] = []

    @property
    def unseen(self) -> bool:
        return any(unseen for _tag, unseen in self.open)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        theirs = "sg-content" in (given.get("class") or "").split() or "data-quoted" in given
        if tag not in VOID:
            self.open.append((tag, tag in UNSEEN or theirs))
        if self.unseen or tag == "meta" or (tag == "input" and given.get("type") == "hidden"):
            return
        spoken = (
            READ_ALOUD - {"value"}
            if tag in ("option", "button", "input") and given.get("type") != "submit"
            else READ_ALOUD
        )
        self.shown += [value for name, value in attrs if name in spoken and value]

    def handle_endtag(self, tag):
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] == tag:
                del self.open[place:]
                return

    def handle_data(self, data):
        if not self.unseen and data.strip():
            self.shown.append(data.strip())
