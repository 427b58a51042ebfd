"""Finds where words that leave by any door tell of one child, whatever they tell: the question, the thread or
the village has the name.

Turned round on purpose, because no list knows all that a kind sentence may tell. What everyone reads is
judged by what was learned from sentences of schools (`triage.model.telling`): a sentence about one child that
says more than the everyday is asked about, and any other that says so much more plainly. In an answer to one
family, whose child is known, all that tells of a child is asked about but praise, and the rest is judged as
what everyone reads. What strangers wrote is theirs, and much of it is
about their own children: of it only what points at a child or says what happened to one is asked about.
Left out are sentences about a grown-up, and rules for every child.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from schoolgate.core.doors import Door
from schoolgate.core.leaving import BY_STRANGERS, OF_ONE_UNASKED, TO_A_FAMILY
from schoolgate.patterns import lazy_pattern
from schoolgate.people.staff_words import is_kind
from schoolgate.screening import (
    Hit,
    Kind,
    NameIndex,
    Strength,
    agrees,
    screen,
    taken_over,
)
from schoolgate.screening.folding import Folded, fold, simple
from schoolgate.screening.how_one_is import FEW, YOUR_CHILD
from schoolgate.screening.people_words import (
    CHILD,
    CHILDREN,
    EIN,
    ELDERS,
    KNOWN_FOR,
    SOMEONES_CHILD,
    WELSH_CHILD,
    WELSH_CHILDREN,
    WELSH_ELDERS,
    WELSH_KNOWN_FOR,
    WELSH_SOMEONES_CHILD,
    WELSH_WORKS_HERE,
    WORKS_HERE,
    changed,
    either,
)
from schoolgate.screening.personal import LONGEST_SENTENCE, SENTENCE
from schoolgate.screening.pointing import OWN, WEATHER, is_answer, may_point, sentences_answered
from schoolgate.triage.model import telling


class Sure(NamedTuple):
    """How sure the model is that a sentence tells too much: with words for one child, and without any."""

    perhaps: float
    plainly: float


IN_TEXT = Sure(0.45, 0.75)
ON_A_SIGN = Sure(0.3, 0.3)
"""Few words, and hardly a sentence."""
SIGN, CUES = 16, 24
"""Words of a picture that are a sign's; and of captions that are read together where no sentence ends."""
FEWEST, FEWEST_TO_A_FAMILY = 4, 7
"""Words that tell anything without one for a child, and that do so in an answer: *So glad to hear it*."""
PRAISE = 9
"""Words of a sentence that may be praise and no more, also where the model thinks that it tells."""
_A_CHILD, _PLENTYN = either(CHILD, ("teenager", "toddler")), either(WELSH_CHILD)
_HIS, _HERS = r"(?:he|him|his|himself)(?:'?s|'ll|'d)?", r"(?:she|hers?|herself)(?:'?s|'ll|'d)?"
_SHE_OR_HE = r"(?:hi|o|e|fo|fe|ef)"
_PRONOUN = (
    rf"(?:(?:{_HIS}|{_HERS})"
    r"|(?:mae|ma|roedd|oedd|bydd|fydd|dydi|dydy|dyw|doedd|fu|bu|aeth|daeth|ddaeth|gaeth|\w{2,12}odd|(?:ei"
    r"|i) fod)"
    rf" {_SHE_OR_HE}\b{WEATHER}"
    rf"|(?:iddo|iddi|ganddo|ganddi|arno|arni|ato|ati|amdano|amdani) {_SHE_OR_HE}"
    rf"|(?:i'w|ei) (?:nol|gasglu|chasglu|godi|chodi|hebrwng) {_SHE_OR_HE}"
    rf"|{_SHE_OR_HE} (?:ydi|ydy|yw|oedd)(?:'r| y| yr)?"
    rf"|(?:ei|\w{{1,5}}'i) h?{either(WELSH_ELDERS)})\b"
)
_CLASS = (
    r"(?:(?:in|from|of|o|ym|yn|yng) (?:year \w{1,6}|class \w{1,6}|(?:[bmf]lwyddyn|flwyddyn|d?dosbarth"
    r"|nosbarth) \w{1,6}"
    r"|reception|nursery|\d{1,2}[a-z]\b))"
)
_YEAR = r"(?:year \w{1,6}|\d{1,2}[a-z]|reception|nursery)"
_PAST = (
    r"(?:was|were|had|has|\w{2,12}(?<!ne)ed|went|came|took|gave|got|sent|told|fell|said|lost|left|brought"
    r"|made"
    r"|ran|found|hit|broke|wrote|stole)"
)
_GORFFENNOL = r"(?:\w{2,14}(?:odd|wyd)|wedi|aeth|daeth|ddaeth|bu|roedd)"
_ONE_WHERE = (
    r"(?:the (?:(?:little|small|tall|wee|big|quiet) )?one (?:on|at|in) the"
    r" (?:left|right|front|back|middle|end)\b"
    r"|(?:yr|'r) un (?:(?:bach|fach|bychan|fechan|tal|dal|tawel|dawel|mawr|fawr) )?(?:ar|yn) y(?:r|n)? ?"
    r"(?:chwith|dde|pen|blaen|cefn|canol)\b)"
)
"""One in a picture, by where they are."""
_THE_CHILD = (
    rf"(?:(?:the|that|this|one|our|another|both|the two) (?:(?!(?:a|an|any|each|every"
    rf"|no) )[\w'-]{{1,14}} ){{0,2}}?{_A_CHILD}\b"
    r"(?! (?:toilets|team|football|netball|choir|council|voice|premium|protection|safety|teachers?)"
    r"|'s voice|-)"
    rf"|(?:both|the two) (?:[\w'-]{{1,14}} ){{0,2}}?{either(CHILDREN)}\b"
    rf"|(?-i:[A-Z])\w{{1,14}}'s (?:\w{{1,10}} )?(?:brother|sister|twin|cousin|{either(SOMEONES_CHILD)})\b"
    r"|(?:the|yr|'r) (?:one|un) (?:who|with|sy|efo|gyda)\b"
    rf"|{_ONE_WHERE}|our (?:\w{{1,10}} )?(?:twins|triplets)\b"
    rf"|(?:whose|their) {either(SOMEONES_CHILD)}\b|(?:our|the) (?:one|two|three) (?:who|year \w{{1,6}}s?)\b"
    rf"|(?:one|two|three|some) {_CLASS}"
    rf"|(?:our|the) (?:[\w-]{{1,12}} ){{0,2}}?{either(KNOWN_FOR)}(?:'s\b|"
    rf" (?:lives?|is|has|who|whose|can't|doesn't|isn't|hasn't|plays with|needs|in {_YEAR})\b)"
    r"|(?:our|the) (?:youngest|oldest|smallest|slowest|newest|new|last"
    r"|only) (?:\w{1,10} ){0,1}?\w{3,12} (?:lives?|is|has"
    r"|doesn't|can't|waits?|needs)\b"
    rf"|(?:one|two|three) of (?:our|the|my|your) (?:[\w'-]{{1,14}} ){{0,2}}?{either(CHILDREN)}\b"
    rf"|(?:y|'r|yr|(?<!yr )(?<!dim )un|{EIN}) (?:ddwy |ddau )?{_PLENTYN}\b|un o(?:'n|'r"
    rf"| ein) {either(WELSH_CHILDREN)}\b)"
)
_SOME_CHILD = (
    rf"(?:an? (?:[\w'-]{{1,14}} ){{0,2}}?{_A_CHILD}\b(?= {_CLASS}| (?:in|from) (?-i:[A-Z])"
    rf"|[^.!?\n]{{0,30}}?\b{_PAST}\b)"
    rf"|{_PLENTYN}\b(?= {_CLASS}| (?:a |sydd wedi )?{_GORFFENNOL}\b)"
    rf"|{_GORFFENNOL} (?:(?!pob |unrhyw |bob )\w{{1,12}} ){{0,2}}?{_PLENTYN}\b)"
)
_GENDERED = (
    r"(?:your (?:\w{1,10} ){0,2}(?:son|daughter|lad|lass|girl|boy|grandson|granddaughter|niece"
    r"|nephew)\b(?! or\b)"
    rf"|(?:eich|dy) {either(('merch', 'ferch'), WELSH_SOMEONES_CHILD)}\b(?! neu\b))"
)
_SPOKEN_TO = (
    r"(?:(?:little|young|wee) (?:man|lady|fella|fellow|chap|madam)|well done you|good for you"
    r"|(?:da iawn|bravo|llongyfarchiadau|croeso (?:'n ol|nol|yn ol)),? (?:ti|di))\b"
)
"""One child that the sentence speaks to."""
_LINE = lazy_pattern(r"[^\n]+")
_BY_WORD = lazy_pattern(rf"\b{_PRONOUN}", re.IGNORECASE)
_IN_THE_OPEN = lazy_pattern(
    rf"(?:\b|(?<=\w)(?='))(?:{_PRONOUN}|{_THE_CHILD}|{_SOME_CHILD}|{_GENDERED}|{_SPOKEN_TO}|{FEW}\b)",
    re.IGNORECASE,
)
_TO_A_FAMILY = lazy_pattern(
    rf"(?:\b|(?<=\w)(?='))(?:{_PRONOUN}|{_THE_CHILD}|{_SOME_CHILD}|{YOUR_CHILD}\b|{FEW}\b)", re.IGNORECASE
)
_EITHER = lazy_pattern(
    r"\b(?:s?he ?/ ?s?he|s/he|(?:he|she) or s?he|(?:him|her|his|hers) or (?:her|him|his|hers)|her/his"
    r"|his/her"
    r"|him/her|(?:him|her)self or (?:him|her)self|(?:son|daughter|mab|merch|fab|ferch|boy|girl|bachgen"
    r"|fachgen)s?'?"
    r" (?:or|neu|neu'ch|and|a) (?:your |eich )?(?:son|daughter|mab|merch|fab|ferch|boy|girl|bachgen"
    r"|fachgen)s?)\b",
    re.IGNORECASE,
)
"""Anyone's."""
_FOR_ALL = lazy_pattern(
    r"\b(?:(?:a|any|each|every|no|your|whichever|which|another) (?:\w{1,12} ){0,1}?"
    rf"{_A_CHILD}\b[^.!?\n]*|(?:pob|unrhyw|eich|dim) {_PLENTYN}|an? (?:adult|grown-up|person)|someone"
    r"|somebody)",
    re.IGNORECASE,
)
"""The people a rule is about: *she* is any of them."""
_RULE = lazy_pattern(
    r"^\W{0,3}(?:always|never)\b|\bat a time\b|\bar y tro\b|\b(?:if|when|whenever|unless|whether|should|must"
    r"|may|each|every|any|no|don't|do not|os|pan|oni bai|dylai|dylech|(?<!bu'n )rhaid|pob|unrhyw|gall|bydd"
    r"|peidiwch)\b",
    re.IGNORECASE,
)
_ANY = lazy_pattern(
    rf"an? |(?:the|one|y|'r|yr|un) (?:child|pupil|student|{either(changed(('plentyn', 'disgybl')))})\b"
    rf"|{_PLENTYN}\b",
    re.IGNORECASE,
)
_MR, _MRS = r"(?-i:M(?:r|x)\.? [A-Z])\w{1,20}\b(?!'s)", r"(?-i:M(?:rs|s|iss|x)\.? [A-Z])\w{1,20}\b(?!'s)"
_NOT_BESIDE = (
    r"(?<!with )(?<!by )(?<!told )(?<!in )(?<!saw )(?<!from )(?<!and )(?<!efo )(?<!gyda )(?<!nosbarth )"
    r"(?<!at )(?<!to )(?<!wrth )(?<!'w )(?<!to see )"
)
_ASKED = (
    r"(?:please|thanks? to|thank you to|diolch i|ring|call|email|contact|speak|ask|see|cysylltwch|ffoniwch"
    r"|siaradwch|gofynnwch)\b[^.!?\n]{0,40}\b"
)
_A_MAN, _A_WOMAN = (
    lazy_pattern(rf"{_NOT_BESIDE}\b{title}|\b{_ASKED}{title}", re.IGNORECASE) for title in (_MR, _MRS)
)
_AT_WORK = lazy_pattern(
    rf"\b(?:{either(WORKS_HERE, WELSH_WORKS_HERE)}|parent|chair|volunteer|colleague|rhiant|cadeirydd"
    r"|gwirfoddolwr|whoever|anyone|pwy bynnag)\b",
    re.IGNORECASE,
)
"""A grown-up: "she" may be her."""
_SHE = lazy_pattern(
    rf"\b(?:{_HERS}|hi|iddi|ganddi|arni|ati|amdani|ei h?{either(WELSH_ELDERS)})\b", re.IGNORECASE
)
_OUR_STAR = lazy_pattern(
    rf"\b(?:our|the|{EIN}|y|yr|'r|'n) (?:\w{{1,12}} )?{either(KNOWN_FOR, WELSH_KNOWN_FOR)}\b(?! of\b)",
    re.IGNORECASE,
)
_HOME = lazy_pattern(
    rf"\b(?:lives?|living|houses?|homes?|bed|side (?:gate|door)|hospital|ward|alone|himself|herself|whose"
    rf"|family|byw|cartref"
    rf"|gartref|ysbyty"
    rf"|teulu|{either(ELDERS, WELSH_ELDERS)})\b",
    re.IGNORECASE,
)
"""What praise doesn't take along."""
_COURTESY = lazy_pattern(
    r"^\W{0,3}(?:please|plis|thank(?:s| you)|ta|cheers|sorry|hi|hello|diolch|sori"
    r"|helo)\b[^,;:.!?\n-]{0,40}(?:[,;:]| -)",
    re.IGNORECASE,
)
"""What begins a sentence kindly and says nothing of a child."""
_STATE = (
    r"(?:lives?|lived|living|moved|(?:is|was|got|gets|been|being|has been|had been|is being|'s"
    r"|s) (?:\w{1,8} )?"
    r"(?:excluded|suspended|expelled|arrested|taken|moved|removed|banned|caught|fostered|adopted|diagnosed"
    r"|allowed|kicked out|thrown out|chucked out|sent (?:away|home|down|out)|referred|on a (?:tag|plan"
    r"|register)"
    r"|in care|inside|in prison|in foster)|on a (?:managed move|tag|plan|part-?time timetable))"
)
_CYFLWR = (
    r"(?:(?:yn|'n) byw|wedi symud|gwahardd|ei wahardd|ei gwahardd|ei gymryd|ei chymryd|ei arestio"
    r"|ei harestio"
    r"|ddim yn cael|mewn gofal|yn (?:y )?j[e]l|yn (?:y )?carchar)"
)
_POINTS = lazy_pattern(
    rf"\b(?:that'?s?|this|he'?s|she'?s|(?:he|she|that|this|it|they|those) (?:is|was|are|were)"
    rf"|it's) (?:not )?the"
    rf" (?:\w{{1,12}} )?(?:{either(CHILD)}|one|twins)(?: \w{{1,12}})? (?:with|who'?s?|whose|that|they|from"
    rf"|in|on)\b"
    rf"|\b(?:is|was) (?:that|this) the (?:\w{{1,12}} )?{either(CHILD)}\b"
    rf"|\bthe (?:\w{{1,12}} )?(?:{either(CHILD)}|one|twins) (?:on|at|in) (?:the )?(?:left|right|front|back"
    rf"|middle|end)"
    r"\b|\b(?:first|second|third|fourth|last) from (?:the )?(?:left|right)\b[^.!?\n]{0,10}\b(?:is|was|has"
    r"|goes|lives)"
    rf"|\b(?:{either(CHILD)}) whose {either(ELDERS)}\b"
    rf"|\b(?:he|she|they|{_A_CHILD}|the twins)(?: (?:\w{{1,10}} ){{0,4}}?| ?){_STATE}\b"
    rf"|\b(?:he|she)(?:'s|s| is) (?:(?:not|now|still|always|only) )?(?:in|at|on|from|with|off|under|near"
    rf"|by|staying"
    rf"|known|supposed)\b"
    rf"|\b(?:his|her|their) {either(ELDERS)}(?:'?s| is| was| are| were| has| had| got| went| won't| isn't)\b"
    rf"|\b(?:ei|i'w|a'i) h?{either(WELSH_ELDERS)} (?:wedi|yn|o'r|mewn)\b"
    rf"|\b(?:mae|ma) (?:o|hi|fo|fe)(?:'n| yn) (?:aros|dod o|mynd i|yr)\b|\b(?:mae|ma) (?:o|hi|fo"
    rf"|fe) (?:efo|gyda|dan|o|ar|wrth)\b"
    rf"|\b(?:he|she)(?:'s|s| is)(?:n't| not)(?: even)? allowed\b"
    rf"|\b(?:fo|fe|o|hi|hwnna|honna|hwn|hon|hwnnw|honno) (?:ydi|ydy|yw|oedd)(?:'r| y| yr) (?:un"
    rf"|{_PLENTYN})\b"
    r"|\b(?:hwnna|honna|hwnnw|honno) (?:oedd|sy\w{0,3}) |\b(?:yr|'r) un (?:\w{1,10} ){0,4}?(?:sy|efo|gyda)\b"
    r"|\bthe (?:\w{1,10} ){1,3}one (?:lives|is|was|goes|who|whose|from|with)\b"
    rf"|\b(?:mae|ma)'i h?{either(WELSH_ELDERS)}\b"
    r"|\b(?:he|she|hes|shes|his|her|fo|fe|hi)\b[^.!?\n]{0,40}?\b(?:court|police|prison|jail"
    r"|social (?:workers?|services)"
    r"|fostered|refuge|in care|llys|heddlu|carchar|jel)\b"
    rf"|\b(?:y|'r|yr) {_PLENTYN} ar (?:y )?(?:chwith|dde|pen|blaen)"
    rf"|(?:\b|(?<=\w)(?=')){_ONE_WHERE}"
    rf"|(?:\b{_SHE_OR_HE}\b|(?:\b(?:y|yr) |'r ){_PLENTYN}\b)[^.!?\n]{{0,20}}?{_CYFLWR}\b",
    re.IGNORECASE,
)
"""Which child, or what happened to them, as a stranger tells it."""
_SURNAMED = lazy_pattern(
    rf"(?<=[a-z] )(?!Year|Class|Key|Reception|Nursery|Form)[A-Z][a-z'-]{{2,20}} (?i:{_A_CHILD}|twins)\b"
)
"""*Our Shah girl*: no praise takes that along."""


def found_of_one(
    door: Door, text: str, hits: Sequence[Hit] = (), *, sure: Sure = IN_TEXT, in_lines: bool = False
) -> Iterator[Hit]:
    """Yield where a text that leaves by this door tells of one child, a place for each sentence that does.

    `hits`: what the lists have found in the text. Sentences in which they have that already are left out, and
    words in which they ask about a name. `in_lines`: sentences go on over the ends of its lines.
    """
    if door in OF_ONE_UNASKED:
        return
    named = [hit for hit in hits if hit.kind is Kind.PUPIL and hit.strength is not Strength.MENTION]
    told = [hit for hit in hits if hit.tells_of_a_child]
    folded = fold(text)
    before, last = "", (0, 0)
    for begin, sentence in _over_lines(folded.text) if in_lines else _sentences(folded.text):
        words = _EITHER.sub(_blank, sentence[:LONGEST_SENTENCE])
        if not _is_asked(told, *folded.span(begin, begin + len(words))):
            found = _told_in(folded, words, before, begin, door=door, named=named, sure=sure)
            if found is not None:
                if found[0] < last[1]:
                    found = last[0], found[1]
                elif last[1]:
                    yield _hit(folded, *last)
                last = found
        before = words
    if last[1]:
        yield _hit(folded, *last)


def found_in_picture(text: str, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Yield the same of the words that were read in a picture, as they lie in lines."""
    is_sign = len(text.split()) <= SIGN and not text.rstrip().endswith((".", "!", "?"))
    return found_of_one(Door.POST, text, hits, sure=ON_A_SIGN if is_sign else IN_TEXT, in_lines=True)


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield each sentence, with where it begins."""
    return ((each.start(), each.group()) for each in SENTENCE.finditer(text))


def _over_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the same where lines break anywhere; where no sentence ends for long, each two lines together, of
    which those that follow each other overlap."""
    for begin, words in _sentences(text.replace("\n", " ")):
        lines = list(_LINE.finditer(text, begin, begin + len(words)))
        if len(words.split()) <= CUES or len(lines) < 2:
            yield begin, words
            continue
        for one, two in pairwise(lines):
            yield one.start(), text[one.start() : two.end()].replace("\n", " ")


def _is_asked(hits: Sequence[Hit], start: int, end: int) -> bool:
    return any(hit.start < end and start < hit.end for hit in hits)


def _told_in(
    folded: Folded, words: str, before: str, begin: int, *, door: Door, named: Sequence[Hit], sure: Sure
) -> tuple[int, int] | None:
    """Return where a sentence tells of one child, in the folded text. `begin`: where it begins there."""
    score = telling().score(words) if door not in BY_STRANGERS else 0.0
    fewest = FEWEST_TO_A_FAMILY if door in TO_A_FAMILY else FEWEST
    plainly = score > sure.plainly and len(words.split()) >= fewest
    if plainly and not (door in TO_A_FAMILY and is_kind(_COURTESY.sub(" ", words))):
        return begin, begin + len(words)
    praise = not plainly or (len(words.split()) <= PRAISE and not _HOME.search(words))
    for one in _ones_in(words, door, score > sure.perhaps):
        asked = _is_asked(named, *folded.span(begin + one.start(), begin + one.end()))
        if not (asked or _is_of_someone_else(one, words, before, door, praise=praise)):
            return begin + one.start(), begin + len(words)
    return None


def found_with(reply: str, question: str, index: NameIndex) -> Iterator[Hit]:
    """Yield what a reply tells of one child only with what it answers: what is taken over from there, or else
    the first sentence that it may answer and that may point at one person, or would be asked about in words
    of our own."""
    taken = taken_over(reply, question, index)
    yield from taken
    if any(hit.kind is Kind.TOLD for hit in taken) or not is_answer(reply):
        return
    says_so = agrees(reply)
    for words, before, asks in sentences_answered(question):
        if may_point(words, before) or ((asks or says_so) and _tells(words)):
            plain = f"{simple(words)} {simple(reply)}"
            yield Hit(0, len(words), words, Kind.TOLD, Strength.ASK, "", plain)
            return


def _tells(words: str) -> bool:
    """Return whether a stranger's sentence tells of one child that isn't their own."""
    if OWN.search(words):
        return False
    listed = screen(words, NameIndex(())).hits
    told = (hit for hit in listed if hit.tells_of_a_child and hit.strength is not Strength.MENTION)
    return any(told) or any(found_of_one(Door.POST, words))


def _ones_in(words: str, door: Door, perhaps: bool) -> Iterator[re.Match[str]]:
    """Yield words for one child in a sentence: by what they do too, where it speaks of their home or, read by
    everyone, `perhaps` tells too much."""
    if door in TO_A_FAMILY:
        yield from _TO_A_FAMILY.finditer(words)
    elif door in BY_STRANGERS or not perhaps:
        yield from _POINTS.finditer(words)
    else:
        yield from _IN_THE_OPEN.finditer(words)
    if door not in BY_STRANGERS and (perhaps or _HOME.search(words)):
        yield from _OUR_STAR.finditer(words)


def _blank(found: re.Match[str]) -> str:
    return "-" * len(found.group())


def _is_of_someone_else(one: re.Match[str], words: str, before: str, door: Door, *, praise: bool) -> bool:
    """Return whether words for one are those for a grown-up or for any child; in an answer or a comment also
    whether they are praise, where that may be all they are, or of the writer's own child."""
    if praise and door in BY_STRANGERS | TO_A_FAMILY:
        is_named = bool(_SURNAMED.search(one.group()) or _OUR_STAR.fullmatch(one.group()))
        if is_kind(_COURTESY.sub(" ", words[: one.start()] + words[one.end() :])) and not is_named:
            return True
    if door in BY_STRANGERS:
        return bool(OWN.search(words) or OWN.search(before))
    return _is_of_a_grown_up(one, words, before)


def _is_of_a_grown_up(one: re.Match[str], words: str, before: str) -> bool:
    """Return whether words for one are those for a grown-up, or for any child in a rule."""
    if not _BY_WORD.match(words, one.start()):
        return _is_any(one.group()) and _RULE.search(words) is not None
    title = _A_WOMAN if _SHE.match(words, one.start()) or _SHE.search(one.group()) else _A_MAN
    near = (words, before)
    return any(shape.search(each) for each in near for shape in (title, _AT_WORK)) or any(
        _FOR_ALL.search(each) and _RULE.search(each) for each in near
    )


def _is_any(words: str) -> bool:
    """Return whether a rule may speak so of any child: *a pupil*, *the child*, *one at a time*."""
    return _ANY.match(words) is not None


def _hit(folded: Folded, start: int, end: int) -> Hit:
    start, end = folded.span(start, end)
    said = folded.typed[start:end]
    return Hit(start, end, said, Kind.TOLD, Strength.ASK, "", simple(said))
