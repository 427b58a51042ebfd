"""Which sentences of the program a Welsh page still shows in English."""

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import polib

from schoolgate.rulebook import book
from tests.web.plain import READ_ALOUD, UNSEEN, VOID

CATALOGUE = Path(__file__).parents[3] / "schoolgate/locale/cy/LC_MESSAGES/django.mo"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
NUMBERS = dict.fromkeys(("%(number)s", "%(count)s", "%(number)d", "{number}", "{count}"), r"[\d,]+")
NUMBERS |= dict.fromkeys(("{clock}", "{time}"), r"[\d.:]+")
"""What stands for a number: "%(number)s person" is no other thing that ends with "person"."""
ONLY_ENGLISH = re.compile(
    r"\b(the|and|of|is|are|was|with|you|your|this|that|not|for|by|from|what)\b", re.IGNORECASE
)
"""Words that no Welsh sentence has: for English that the catalogue does not know of."""


@cache
def sentences() -> tuple[frozenset[str], re.Pattern[str]]:
    """The English sentences of ours that have another Welsh one, and what matches those with a gap."""
    english = []
    for entry in polib.mofile(str(CATALOGUE)):
        plural = "".join(entry.msgstr_plural.values())
        for text, welsh in ((entry.msgid, entry.msgstr), (entry.msgid_plural, plural)):
            if text and text != welsh and PLACEHOLDER.sub("", text).strip(" .,:;()"):
                english.append(text)
    with_a_gap = [text for text in english if PLACEHOLDER.search(text)]
    whole = frozenset(_tidy(text) for text in english if not PLACEHOLDER.search(text))
    return whole, re.compile("|".join(_as_pattern(text) for text in with_a_gap))


def _tidy(text: str) -> str:
    return " ".join(text.replace("%%", "%").split())


def _as_pattern(text: str) -> str:
    return "".join(
        re.escape(part) if not PLACEHOLDER.fullmatch(part) else NUMBERS.get(part, ".+?")
        for part in re.split(f"({PLACEHOLDER.pattern})", _tidy(text))
    )


@cache
def names() -> re.Pattern[str]:
    """What stands in Welsh sentences as it is: names of sections, roles, federations and accounts, and for
    whom an account writes, as people typed it."""
    walked = [book(key) for key in ("wildground", "boroughbridge", "llanidloes", "wootton")]
    sections = {clause.section for one in walked for pack in one.packs for clause in pack.clauses.values()}
    sections |= {one.meta.federation for one in walked} | {role.name for one in walked for role in one.roles}
    accounts = {
        "Wildground Juniors on Facebook",
        "Wildground Juniors noticeboard",
        "Wildground Juniors garden",
        "Boroughbridge High School on Facebook",
        "Boroughbridge High School noticeboard",
        "Llanidloes High School noticeboard",
    }
    audiences = {"Families of our pupils", "Pupils' families and our neighbours"}
    kept = sorted(sections | accounts | audiences, key=len, reverse=True)
    return re.compile("|".join(re.escape(name) for name in kept))


def english_left(html: str) -> list[str]:
    """Pieces of a page, as shown or read aloud, that are English and nobody's own words.

    Left out is what people wrote, what a policy says in its own words, and names.
    """
    reader = _Reader()
    reader.feed(html)
    pieces = (names().sub("", " ".join(each.split())) for each in reader.shown)
    whole, with_a_gap = sentences()
    return [
        each for each in pieces if each in whole or ONLY_ENGLISH.search(each) or with_a_gap.fullmatch(each)
    ]


class _Reader(HTMLParser):
    """Gathers text and spoken attributes outside what is marked as somebody's own or as English."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []
        self.open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        theirs = (
            tag in UNSEEN | {"textarea"}
            or "sg-content" in classes
            or "data-quoted" in given
            or given.get("translate") == "no"
            or given.get("lang") == "en"
        )
        if tag not in VOID:
            self.open.append((tag, theirs))
        if theirs or any(theirs for _tag, theirs in self.open) or tag == "meta":
            return
        self.shown += [value for name, value in attrs if name in READ_ALOUD - {"value"} and value]

    def handle_endtag(self, tag):
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] == tag:
                del self.open[place:]
                return

    def handle_data(self, data):
        if data.strip() and not any(theirs for _tag, theirs in self.open):
            self.shown.append(data)
