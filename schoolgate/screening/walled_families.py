"""The family of a child who must not be published, called by its surname alone: "the lund family", "the
Lunds", "Lund's lot", "Mrs Lund", "teulu lund". Each is asked about, with capitals or without. A surname that
is a word, too, counts beside *family* or a title, or where it's written as a name."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from schoolgate.screening.common import ordinary
from schoolgate.screening.hits import Strength
from schoolgate.screening.names import NameIndex, all_of
from schoolgate.screening.text_words import Found, Text
from schoolgate.screening.walled_names import SURNAMES, WORDS

_SURE = frozenset(["family", "families", "household", "teulu", "deulu", "theulu", "nheulu"])
"""Beside it a word is a surname, written as one or not."""
_TOGETHER = frozenset([
    "family", "families", "household", "lot", "clan", "crew", "mob", "house", "twins", "kids", "children",
    "boys", "girls", "brothers", "sisters", "boy", "girl", "lad", "lads", "lass", "kid", "child",
])  # fmt: skip
_WELSH_TOGETHER = frozenset([
    "teulu", "deulu", "theulu", "nheulu", "plant", "blant", "phlant", "criw", "hogia", "hogiau", "genod",
    "bois", "merched", "bechgyn", "efeilliaid", "hogyn", "hogan", "merch", "mab",
])  # fmt: skip
_OF_THEM = frozenset(
    ["the", "them", "those", "these", "all", "your", "that", "teulur", "y", "yr", "ir", "or"]
)
_COUPLE = frozenset(["mrs", "ms", "miss", "mr"])
_PARENTS = frozenset(["mr", "mrs", "ms", "miss", "mister"])
_WORKS = frozenset("""
office class classes teacher teaches taught teaching lesson lessons club clubs school assembly trip trips
thanks thank head headteacher deputy welcome runs ran choir homework maths english science pe form staff
governor retire retires swyddfa dosbarth athrawes athro dysgu gwers gwersi clwb ysgol gwasanaeth diolch
pennaeth croeso cor staff ymddeol
""".split())  # fmt: skip  # noqa: SIM905
"""Words beside which Mr or Mrs is more likely someone who works here."""


_THEIRS = frozenset(["her", "his", "their", "ai", "i", "ei", "au", "u", "eu"])
_OWN_CHILDREN = frozenset([
    "son", "sons", "daughter", "daughters", "twins", "merch", "ferch", "merched", "mab", "fab", "meibion",
    "feibion", "efeilliaid",
])  # fmt: skip
"""*Mrs Pryce a'i dwy ferch*: with these it's a parent, also beside words of work."""
_AT_HOME = frozenset("""
kids children son sons daughter daughters little twins baby gate gates live lives lived living moved moving
house home street road lane neighbour neighbours door shop husband wife divorce plant blant mab merch ferch
byw symud ty stryd lon giat drws siop gwr gwraig efeilliaid
""".split())  # fmt: skip  # noqa: SIM905
"""Words beside which they're more likely someone's parent."""


_IN_WELSH = {
    "prys": ("pryce", "price"), "price": ("pryce",), "rhys": ("rees", "reese"), "llwyd": ("lloyd",),
    "puw": ("pugh",),
    "gruffydd": ("griffiths", "griffith"), "gruffudd": ("griffiths", "griffith"), "morus": ("morris",),
    "hywel": ("howells", "howell"), "ifan": ("evans", "evan"), "dafydd": ("davies", "david"),
    "wiliam": ("williams",), "huw": ("hughes",), "meurig": ("meyrick",), "gwyn": ("gwynne", "wynne"),
}  # fmt: skip
"""A surname as Welsh writes it -> as a list may have it: *teulu'r Prysiaid* are the Pryces."""


def walled_families(text: Text, index: NameIndex, taken: Collection[int]) -> Iterator[Found]:
    """Yield surnames alone that speak of the family of a child who must not be published. `taken`: words of
    whole names that were found."""
    for place in text.limits if index.walled_lasts else ():
        if place in taken:
            continue
        word = text.words.plain[place]
        for name, many in _surnames(word):
            beside = many and place > 0 and text.gap(place - 1) in ("-", " ")
            before = text.words.plain[place - 1] if beside else ""
            if before and (of := index.walled_lasts.get(before + name)):  # "the Okafor-Bells"
                yield Found(place - 1, place, Strength.ASK, "family", all_of(of.values()))
                break
            if name in index.walled_lasts and _is_family(text, place, name, many=many):
                yield Found(place, place, Strength.ASK, "family", all_of(index.walled_lasts[name].values()))
                break


def _surnames(word: str) -> Iterator[tuple[str, bool]]:
    """Yield the surnames that a word may be, each with whether it's all who have it."""
    for name, many in ((word, False), *((each, True) for each in of_many(word))):
        yield name, many
        for each in _IN_WELSH.get(name, ()):
            yield each, many


def of_many(word: str) -> Iterator[str]:
    """Yield the surnames of which a word may be all who have it: "lunds", "joneses"."""
    if word.endswith("s"):
        yield word[:-1]
    if word.endswith("es"):
        yield word[:-2]
    if word.endswith("iaid"):
        yield from (word[:-4], word[:-3], word[:-4] + "e")


def _is_family(text: Text, place: int, name: str, *, many: bool) -> bool:
    before = text.words.plain[place - 1] if place and text.close(place - 1) else ""
    after = text.words.plain[place + 1] if place + 1 < text.count and _goes_on(text, place) else ""
    word = name in ordinary() or name in WORDS
    as_name = text.words.raw[place][0].isupper() and not (text.in_titles or text.begins(place))
    if not many and _titled(text, place, name):
        return True
    if (after in _SURE and (before in _OF_THEM or as_name or not word)) or (
        before in _SURE and not many and (as_name or not word)
    ):
        return not (word and not as_name and before not in _OF_THEM)
    if word and not as_name:
        return False
    if many and text.words.plain[place] in ordinary() and not as_name:
        return False
    own = many or text.owns(place)
    return (
        after in _TOGETHER
        or before in _WELSH_TOGETHER
        or (own and before in _OF_THEM and not _another(text, place))
    )


def _goes_on(text: Text, place: int) -> bool:
    """Return whether the next word belongs to this one: after a blank, an apostrophe or "'s"."""
    return text.close(place) or text.gap(place).strip() in ("'", "’")


def _another(text: Text, place: int) -> bool:
    """Return whether a word with a capital follows, so that it's part of another name."""
    return text.goes_on(place)


def _titled(text: Text, place: int, name: str) -> bool:
    """Return whether it's a parent's: with two titles or, of a surname that few have, with one without
    capitals or beside a word of home, and without one of a school's work. What strangers write is read
    without its capitals too (`publishing.leaving`); in a school's own words Mr Lund is more likely a
    colleague."""
    plain = text.words.plain
    if not text.has_title(place) or plain[place - 1] not in _PARENTS:
        return False
    rest = plain[place + 1 : place + 6]
    if name not in SURNAMES and not _THEIRS.isdisjoint(rest) and not _OWN_CHILDREN.isdisjoint(rest):
        return True
    two = place > 2 and plain[place - 3] in _COUPLE and plain[place - 2] in ("and", "a", "n", "")
    small = not text.words.raw[place][0].isupper() or not text.words.raw[place - 1][0].isupper()
    parent = (small or not _AT_HOME.isdisjoint(plain)) and _WORKS.isdisjoint(plain)
    return two or (name not in SURNAMES and parent)
