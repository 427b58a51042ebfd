"""Whether something that others wrote would be taken for a colleague's, or for the school's own: by the name
it's written under, or because its writer says so.

Our own replies don't come here. Who has the same name as a colleague isn't forbidden to write: what is
plainly kind or asks something is only asked about before it's shown.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from enum import IntEnum
from itertools import islice

from schoolgate.patterns import lazy_pattern
from schoolgate.people import kind_words
from schoolgate.people.called import TITLES
from schoolgate.people.named import Names
from schoolgate.people.said_of import words_but_names
from schoolgate.screening.folding import fold, words_of
from schoolgate.screening.typing_errors import is_one_apart

_TITLED = frozenset(each.casefold() for each in TITLES)
_AT_SCHOOL = frozenset([
    "school", "schools", "office", "admin", "safeguarding", "reception", "staff",
    "ysgol", "swyddfa", "diogelu", "derbynfa",
])  # fmt: skip
_BESIDE = _AT_SCHOOL | {
    "the", "our", "your", "official", "federation", "team", "page", "account", "of", "at", "from", "here",
    "ffederasiwn",
    "y", "yr", "r", "ein", "swyddogol", "tim", "tudalen", "cyfrif", "o", "yma",
}  # fmt: skip
"""What goes with a school's name and makes no other of it."""
_KINDS = frozenset([
    "high", "primary", "secondary", "upper", "middle", "lower", "junior", "juniors", "infant", "infants",
    "nursery", "grammar", "academy", "college",
    "uwchradd", "cynradd", "gynradd", "iau", "babanod", "meithrin", "feithrin", "academi", "coleg",
])  # fmt: skip
"""What kind of school one is, which has another word in the other language."""
LONG_NAME = 6
"""Letters of a school's name from which on one of them may be wrong."""
_OF_OTHERS = lazy_pattern(
    r"\b(?:pt[fs]?a|psa|friends|parents?|mums?|dads?|cyfeillion|cylch|rhieni|rhiant|ffrindiau)\b",
    re.IGNORECASE,
)
"""The school's friends, who go by its name."""
_WHO = r"(?P<who>[^\W\d_][^.!?;:\n]{1,60})"
_SAYS = (
    lazy_pattern(rf"\b(?:i am|i'm|im|my name is|my name's)\s+{_WHO}", re.IGNORECASE),
    lazy_pattern(
        r"\b(?:fi (?:ydi|ydy|yw)|fy enw (?:i )?(?:ydi|ydy|yw)|dw i|rydw i|rwy)(?:'n|'r| yn| yr?)?"
        rf"\s+{_WHO}",
        re.IGNORECASE,
    ),
    lazy_pattern(
        r"\b(?:this is|it's|it is)\s+(?P<who>[^\W\d_][^.!?;:\n]{1,40}?)"
        r" (?:here|speaking|writing|from (?:the |your )?(?:school|office))\b",
        re.IGNORECASE,
    ),
    lazy_pattern(
        r"(?:^|[.!?\n]\s{0,3})(?P<who>[^\W\d_][^.!?;:\n]{1,40}?)"
        r" (?:ydw i|yw i|sy(?:dd)? yma|yma o'?r ysgol)\b",
        re.IGNORECASE,
    ),
)
"""How someone says who they are."""
_SIGNS = (
    lazy_pattern(r"(?:\n|\s[-–—]{1,2}\s)\s{0,3}(?P<who>[^\W\d_][^.!?;:\n]{1,60})\W{0,5}$"),
    lazy_pattern(r"^\W{0,3}(?P<who>[^\W\d_][^.!?;:\n]{1,60}):"),
)
"""How someone signs, or puts a name before what they say."""
_PIECE = lazy_pattern(r"[,(|/]| - ")
MOST_WORDS, MOST_TIMES = 5, 20
"""Words in which someone says who they are, from the first; and how often that is looked up in a text."""
_HOST = lazy_pattern(r"(?<=\w)[.@].*$")
"""Where a handle says its network's place: *northschool.bsky.social*."""
_WHOSE = lazy_pattern(r"'s\b|s' ", re.IGNORECASE)
"""*Mr Ellery's mum* is someone else."""
_IN_A_SEAT = lazy_pattern(
    r"(?:the|your|our|a|an|new|acting|designated|deputy|assistant|executive|safeguarding|safe|dsl|dsp|head"
    r"|headteacher|principal|chair|child|y|yr|arweinydd|swyddog|person|pennaeth|bennaeth|prif|brif\w*"
    r"|dirprwy)\b",
    re.IGNORECASE,
)
"""How words for a seat begin: not *so grateful to the head*."""
_DRAWS = lazy_pattern(
    r"\b(?:(?:private|direct|personal) (?:message|msg|chat)|(?:private|secret)ly|in (?:private|secret)"
    r"|pm|dms?|inbox|whats ?app|snap(?:chat)?|insta(?:gram)?|telegram|discord|tik ?tok|passwords?|log ?in"
    r"|sign in|e-?mail address|phone numbers?|ddyddiad geni"
    r"|(?:your|their|his|her|child'?s) (?:\w{1,12} )?(?:address|numbers?|names?|details|date of birth|photos?"
    r"|pictures?)"
    r"|what happened|who (?:was|were|did|else|saw|has|had)\b|whoever"
    r"|which (?:child|children|boys?|girls?|pupils?)"
    r"|meet me|add me|come (?:alone|to (?:me|my))"
    r"|(?:text|message|msg|ring|call|phone|contact|tell|show|e-?mail|inbox|follow|snap|find|trust)"
    r" (?:me|us|my|our)\b"
    r"|(?:send|give|post|write|talk|speak|chat|reply|report|bring) (?:\w{1,12} ){0,6}?(?:to )?"
    r"(?:me|us|below)\b"
    r"|fill in|click|tap (?:here|on|the)|this link|follow (?:\w{1,10} ){0,2}account"
    r"|neges (?:[bf]rei?fat|uniongyrchol|bersonol)|yn (?:breifat|gyfrinachol|ddistaw)|negesa|negeswch"
    r"|[cg]yfrinair|mewngofnod\w*"
    r"|(?:eich|dy|ei|eu) (?:\w{1,12} )?(?:[cg]h?yfeiriad|rhif|enw|manylion|dyddiad geni|lluniau)"
    r"|beth ddigwyddodd|pwy (?:oedd|wnaeth|welodd|sydd)|(?:ch?|g|ngh)wrdd"
    r"|(?:ch?|g|ngh)yfarfod (?:a|efo|gyda) "
    r"|(?:cysyllt\w*|siarad\w*|sgwrsi\w*) (?:a|efo|gyda) (?:fi|mi|ni)"
    r"|ata ?i|ataf|aton ni|wrtha ?i|wrthyf|wrthon ni|(?:ffoni|tecsti|dilyn|ychwaneg)\w* (?:fi|ni|ein|fy)"
    r"|tecstia|dolen|llenw\w{1,4}|isod)\b"
    r"|https?://|\bwww\.|(?<!\w)@\w|\b0\d{3}",
    re.IGNORECASE,
)
"""Someone is to get in touch, to come, to follow, or to say what happened, who was there or something of
themselves."""
_SENTENCE = lazy_pattern(r"[^.!?;\n]+\??")
_ANNOUNCES = lazy_pattern(
    r"\b(?:tonight|tomorrow|cancel\w*|closed|closes|moved|instead|meet\w*|bring|come (?:to|and|at|early|in)"
    r"|at \d|heno|[yf]ory|(?:c|g|ngh|ch)anslo|ar gau|dewch|am \d)\b",
    re.IGNORECASE,
)
"""What praise doesn't take along: where children are to be, and when."""


class Poses(IntEnum):
    """What is done with something written under our name. `NO`: it isn't. `ASKED`: plainly kind, or a
    question: someone says who wrote it before it's shown. `READ`: a safeguarding lead reads it first. `NOW`:
    it wants to be contacted or told, or speaks for the school: leads and the person on duty are told."""

    NO = 0
    ASKED = 1
    READ = 2
    NOW = 3


def poses(text: str, by: Collection[str], names: Names) -> Poses:
    """Return what is done with a text that others wrote. `by`: the names of its writer."""
    called = [one for one in by if is_our_name(one, names)]
    says = next(says_it_is_us(text, names), None)
    if not called and says is None:
        return Poses.NO
    if _DRAWS.search(fold(text).text):
        return Poses.NOW
    if _is_harmless(text, names):
        return Poses.ASKED
    return Poses.NOW if any(_speaks_for_us(one, names) for one in called) else Poses.READ


def is_our_name(name: str, names: Names) -> bool:
    """Return whether a name would be taken for that of someone here, of their seat or of the school."""
    return bool(name.strip()) and (_speaks_for_us(name, names) or bool(names.bear(name)))


def says_it_is_us(text: str, names: Names) -> Iterator[tuple[int, int]]:
    """Yield where a text says that its writer is someone here, or signs with their name."""
    folded = fold(text)
    said = (found for shape in _SAYS for found in shape.finditer(folded.text))
    may_be_us = (found for found in said if _may_begin_with_us(found["who"], names))
    for found in islice(may_be_us, MOST_TIMES):
        first = _first_words(found["who"])
        if names.bear(first) or (_IN_A_SEAT.match(first) and names.is_a_seats(first)):
            yield folded.span(*found.span())
    for shape in _SIGNS:
        if (signed := shape.search(folded.text)) and _is_only_us(signed["who"], names):
            yield folded.span(*signed.span())


def _speaks_for_us(name: str, names: Names) -> bool:
    if _OF_OTHERS.search(name) or _WHOSE.search(name):
        return False
    return names.is_a_seats(name) or any(_is_schools(name, one) for one in names.schools())


def _is_schools(name: str, school: str) -> bool:
    """Return whether a name or a handle is a school's, or says only *School office*."""
    called = name if " " in name.strip() else _HOST.sub("", name)
    own, theirs = words_of(fold(called).text).plain, words_of(fold(school).text).plain
    kept, of_school = ("".join(word for word in words if not _is_beside(word)) for words in (own, theirs))
    if not kept:
        return not _AT_SCHOOL.isdisjoint(own)
    if "".join(own) == "".join(theirs):
        return True
    if _is_alike(of_school, kept):
        return len(own) > 1 or len(kept) >= LONG_NAME
    if _AT_SCHOOL.union(_KINDS).isdisjoint(own):
        return False
    place, of_place = (
        "".join(word for word in words if word not in _KINDS and not _is_beside(word))
        for words in (own, theirs)
    )
    return place != "" and _is_alike(of_place, place)


def _is_alike(name: str, written: str) -> bool:
    return written == name or (len(name) >= LONG_NAME and is_one_apart(name, written))


def _is_beside(word: str) -> bool:
    """Return whether a word makes no other name of a school's, also with a letter wrong."""
    return word in _BESIDE or any(len(one) >= LONG_NAME and is_one_apart(one, word) for one in _AT_SCHOOL)


def _first_words(who: str) -> str:
    return " ".join(_PIECE.split(who)[0].split()[:MOST_WORDS])


def _may_begin_with_us(who: str, names: Names) -> bool:
    """Return whether words for who someone is may begin with a name or a seat here: quick."""
    said = _first_words(who)
    words = words_of(said).plain
    if not words or _WHOSE.search(said):
        return False
    return words[0] in _TITLED or names.is_part(words[0]) or bool(_IN_A_SEAT.match(said))


def _is_only_us(who: str, names: Names) -> bool:
    """Return whether words are a name or a seat here and nothing else."""
    said = _PIECE.split(who)[0]
    words = words_of(said).plain
    if 0 < len(words) <= MOST_WORDS and all(
        word in _TITLED or len(word) == 1 or names.is_part(word) for word in words
    ):
        return bool(names.bear(said))
    return len(words) < MOST_WORDS and bool(_IN_A_SEAT.match(said)) and names.is_a_seats(said)


def _is_harmless(text: str, names: Names) -> bool:
    """Return whether each sentence is plainly kind or asks something, but for a name under it."""
    sentences = (found.strip() for found in _SENTENCE.findall(fold(text).text))
    return all(
        not words_but_names(each, names.is_part)
        or (
            not kind_words.turns(each)
            and (kind_words.asks(each) or (kind_words.is_kind(each) and not _ANNOUNCES.search(each)))
        )
        for each in sentences
    )
