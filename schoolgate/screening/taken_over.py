"""What a reply takes over from what it answers: *Yes!* below "Is that Freya Lund?" says all that the question
says. Hints only; a person is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.finding_names import find_names
from schoolgate.screening.folding import Folded, fold, simple
from schoolgate.screening.hits import Hit, Kind, Strength
from schoolgate.screening.kin_asked import asks_of_kin
from schoolgate.screening.names import NameIndex
from schoolgate.screening.pointing import is_answer, turns_away

FEW = 10
"""Words of a reply that is an answer by itself, whatever it says: "third from left", "at her nan's"."""
_STARTS = lazy_pattern(
    r"(?:o+h?,? |well,? |a+h?,? )?(?:y+e+s+|yep|yup|yeah|yea|aye|yh|indeed|correct|right|true|exactly"
    r"|precisely"
    r"|absolutely|definitely|certainly|of course|sure(?:ly)?|spot on|bang on|bingo|got it|well (?:spotted"
    r"|guessed)"
    r"|good (?:spot|guess|eye)|that'?s (?:right|correct|true|it|her|him|them)|you(?:'re| are) (?:right"
    r"|correct)"
    r"|you(?:'ve| have)? got it|sadly|unfortunately|afraid so|i'?m afraid|we had to|we did|we have|we know"
    r"|it (?:is|was|certainly|sure|does|did)|that (?:is|was)|they (?:are|were|did|have|do)|wasn'?t|isn'?t"
    r"|didn'?t"
    r"|n+o+pe|nah|no(?! (?:comment|idea))\b|not (?:any|today|yet|really|now|this|in|since|at)|never"
    r"|neither|wrong"
    r"|ia|ie|ydy|ydi|yd[iy]n|ydynt|ydyw|oes|oedd(?:en|ynt)?|do|naddo|nage|nac (?:ydy|ydi|ydyn|oes|oedd)|na"
    r"|bydd"
    r"|byddant|gwn(?:aeth|aethon|aethom)|ydan|ydym|cywir|(?:yn )?union|hollol|dyna|si[wŵ]r|wrth gwrs"
    r"|yn anffodus"
    r"|gwaetha|anghywir|dim (?:heddiw|rwan|r[wŵ]an|nawr|eto|bellach))\b|[👍✅💯👏]",
    re.IGNORECASE,
)
"""How a reply begins that says yes or no to what was asked, or that it's so."""
_OF_ONE = lazy_pattern(
    r"\b(?:he|she|him|her|his|hers|(?:he|she)'(?:s|ll|d))\b"
    r"|\b(?:mae|roedd|oedd|ydi|ydy|yw|bydd|fydd|wnaeth|nath|aeth|gafodd) (?:hi|o|e|fo|fe|ef)\b"
    r"|\b(?:honno|hwnnw|honna|hwnna|hon|hwn|hi|fo|fe) (?:ydi|ydy|yw|oedd|sy)\b|\bei (?:mam|fam|thad|dad"
    r"|nain|gran)\b",
    re.IGNORECASE,
)
_SAYS_WHERE = lazy_pattern(
    r"\b(?:they|the class|nhw)\b.{0,60}\b(?:gates?|doors?|exit|bus|stop|corner|half past|quarter (?:past|to)"
    r"|\d{1,2}[.:]\d\d|o'?clock|gi[aâ]t|drws|[fb]ws|hanner awr|chwarter|o'r gloch)\b",
    re.IGNORECASE,
)
"""When or by which way someone comes out, with *them* in place of a name."""
_ASKS = lazy_pattern(
    r"\?|^\W{0,3}(?:is|are|was|were|has|have|had|does|do|did|will|can|could|who|whose|where|which|when|why"
    r"|how"
    r"|whats?|ai|ydy|ydi|yd[iy]n|oes|oedd|pwy|ble|lle|pryd|pam|sut|beth|be|chi|ti|hi|fo) ",
    re.IGNORECASE,
)
_KIN = (
    r"(?:son|daughter|girl|boy|lad|lass|kid|child|sister|brother|niece|nephew|grand(?:son|daughter|child)|ex"
    r"|husband|wife|dad|mum|mam|step\w{3,6}|nan|gran|twins?)(?:'s)?"
)
_ONE = lazy_pattern(
    r"\b(?:(?:he|she)(?:'s|'ll|'d)?|him|her|his|hers)\b|\bdid they (?:move|leave|go)\b"
    r"|\b(?:they|the family)(?:'ve| have| has) (?:moved|left|gone)\b|\bhave they (?:moved|left|gone)\b"
    rf"|\b(?:that|this) (?:\w{{1,12}} ){{0,2}}{_KIN}(?! of\b)\b|\bit true\b|\b(?:was|is) (?:that|it) you\b"
    r"|\b(?:on|to|about|reported|called|rang) me\b|\bname of (?:the|that|this) \w+"
    r"|\b(?:the|that|this) (?:\w{1,12} ){0,2}(?:girl|boy|lad|lass|kid|child) (?:in|with|on|at|who|next|that"
    r"|behind|holding|wearing)\b"
    r"|\b(?:ydy|ydi|yw|oes|mae|oedd|bydd|ydyn|gafodd|aeth|nath|wnaeth|wedi) (?:hi|o|fo|fe|nhw)\b"
    r"|\b(?:hon|hwn|honna|hwnna|honno|hwnnw)\b|\b(?:hi|fo|fe) (?:ydi|ydy|yw|sy\w*)\b"
    r"|\b(?:chi|ti|chdi) (?:ffoniodd|alwodd|wnaeth|nath|ddywedodd|riportiodd)\b"
    r"|\b(?:y|yr|'r) ?(?:hogan|hogyn|bachgen|ferch|plentyn|eneth) (?:yna|hon|hwn|yma|na|'na|yn|ar|efo"
    r"|gyda|sy\w*)\b",
    re.IGNORECASE,
)
"""A question about one person, by a word that only points."""
_OWN = lazy_pattern(
    rf"\b(?:my|our|your) (?:\w{{1,12}} ){{0,2}}{_KIN}\b"
    r"|\b(?:fy|ein|eich|dy) (?:merch|ferch|mab|fab|hogan|hogyn|mhlentyn|plentyn|m?brawd|chwaer|mrawd)\b"
    r"|\b(?:merch|mab|hogan|hogyn|plentyn) (?:i|fi|bach)\b",
    re.IGNORECASE,
)
"""The asker's own child: parents ask ordinary things about theirs as well."""
_GRAVE = lazy_pattern(
    r"\b(?:exclu(?:ded|sion)|expelled|suspended|arrest\w*|police|court|prison|jail|social (?:services?"
    r"|workers?)"
    r"|(?:in|into) care|taken away|foster\w*|adopted|refuge|custody|pregnant|diagnos\w+|autis\w+|adhd"
    r"|special needs|medication|self[- ]?harm\w*|hospital|ambulance|hurt|hit|bull(?:y|ied|ying)|attacked"
    r"|touched"
    r"|abus\w+|with (?:her|his|their) (?:\w{1,12} )?(?:gran\w*|nan\w*|dad|mum|mam|father|mother|aunt\w*|uncle"
    r"|carer\w*|ex)|(?:in|at) (?:school )?today|at school (?:now|right)|off (?:sick|today|ill)|absent"
    r"|hits?|hitting|beats?|hurts|name of|still (?:on site|in school|at school|there)|wheelchair"
    r"|(?:at|on|in) the (?:front|back|left|right|end)"
    r"|in the (?:\w+ )?(?:row|photo\w*|pic(?:ture)?s?|middle|background)"
    r"|g?wahardd\w*|heddlu|llys|carchar|gwasanaethau cymdeithasol|gofal maeth|mabwysiad\w*|ysbyty"
    r"|(?:ei )?fwlio"
    r"|(?:efo|gyda)'i (?:nain|thaid|mam|thad|dad|fam|modryb)|yn yr ysgol heddiw|yn 'r ysgol heddiw|yn y llun"
    r"|yn y (?:cefn|canol|rhes|blaen))\b",
    re.IGNORECASE,
)
"""What is no one's business but theirs, or tells who in a picture they are."""
_ROUTINE = lazy_pattern(
    r"\b(?:lives?|living|move(?:d)?|new (?:school|address|house|surname)|address|left|gone|leaving|picked up"
    r"|picks? (?:\w+ )?up|collect(?:s|ed)?|gets? (?:off|on|out)|comes? out|finish(?:es)?|gates?|walks? home"
    r"|bus|poorly|ill|the one (?:who"
    r"|that)"
    r"|(?:which|whose|what) class|in (?:year |class )?\d{1,2}[a-z]?|still (?:at|in|with|go|here)"
    r"|symud|byw|gadael|wedi mynd|s[aâ]l|adref?|n[oô]l|casglu|[bf]ws|gorffen|dod (?:allan|mas)|gi[aâ]t"
    r"|dosbarth|nosbarth|cyfeiriad)\b",
    re.IGNORECASE,
)
"""Where one person is or will be. Parents ask it of their own child for ordinary reasons."""
_OF_OTHERS = lazy_pattern(
    r"\b(?:allowed|bring|wear|need|packed|coat|ticket|cost|price|pay|mr|mrs|miss|ms|mx|head|headteacher|cook"
    r"|author|caf|gaf|gawn|angen)\b",
    re.IGNORECASE,
)
"""An ordinary question of a parent, or one about a grown-up of the school."""
_GRAVE_OF = lazy_pattern(
    r"\b(?i:has|is|was|did|does|ydy|ydi|oedd|gafodd) [A-Z][a-z]{2,}(?: [A-Z][a-z]+)? (?i:been |being "
    r"|really |wedi |yn )?"
    r"(?i:(?:cael ei )?)(?i:exclu|expel|suspend|arrest|in care|taken into|foster|adopted|in hospital"
    r"|bullied|pregnant"
    r"|hurt|w?ahardd|wahardd|yn yr ysbyty)"
)
"""The same of someone by a name that no list has."""
_SENTENCE = lazy_pattern(r"[^.!?\n]+")
_LONGEST = 400


class _Way(Enum):
    """How a reply answers: it says yes or no, it speaks of one person, or it's a few words."""

    SAYS = "says"
    OF_ONE = "of_one"
    FEW = "few"


def taken_over(reply: str, question: str, index: NameIndex) -> list[Hit]:
    """Return what a reply tells about one person only with what it answers: the names that it confirms,
    and what it says yes or no to. Nothing where it turns the question away."""
    folded, way = fold(question), _way(_said(reply))
    if way is None:
        return []
    asks = _ASKS.search(folded.text) is not None
    names = find_names(folded, index)
    found = [
        hit for hit in names if hit.strength is not Strength.MENTION and (asks or _speaks(way, hit, index))
    ]
    if (asks or way is _Way.SAYS) and (asked := _asked_of_one(folded, names, index)):
        start, end = folded.span(*asked)
        words = folded.typed[start:end].strip()
        plain = f"{simple(words)} {simple(reply)}"
        found.append(Hit(start, end, words, Kind.TOLD, Strength.ASK, "", plain))
    return found


def agrees(reply: str) -> bool:
    """Return whether a reply says yes or no to what it answers."""
    return _way(_said(reply)) is _Way.SAYS


def _said(reply: str) -> str:
    return fold(reply).text.strip(" \t\r\n.,:;-\"'")


def _way(said: str) -> _Way | None:
    start = _STARTS.match(said)
    if turns_away(said) and not (start and start.group()[0].lower() != "n"):
        return None
    if start:
        return _Way.SAYS
    if _OF_ONE.search(said) or _SAYS_WHERE.search(said):
        return _Way.OF_ONE
    return _Way.FEW if len(said.split()) <= FEW and is_answer(said) else None


def _speaks(way: _Way, hit: Hit, index: NameIndex) -> bool:
    """Return whether a reply says more of someone that a comment only mentions: *she was* of a child who must
    not be published, *yes* of any pupil."""
    walled = {pk for of in index.walled.values() for pk in of}
    return way is _Way.SAYS or (way is _Way.OF_ONE and not walled.isdisjoint(hit.of))


def _asked_of_one(folded: Folded, names: Sequence[Hit], index: NameIndex) -> tuple[int, int] | None:
    """Return where a text asks after one person, in a sentence."""
    named = [each.start for each in names if each.variant != "word"]
    for sentence in _SENTENCE.finditer(folded.text):
        words = sentence.group()[:_LONGEST]
        if _OF_OTHERS.search(words):
            continue
        start, end = folded.span(*sentence.span())
        points = _ONE.search(words) or any(start <= place < end for place in named)
        if (
            ((points or _OWN.search(words)) and _GRAVE.search(words))
            or (points and _ROUTINE.search(words))
            or _GRAVE_OF.search(words)
            or asks_of_kin(words, index.firsts)
        ):
            return sentence.span()
    return None
