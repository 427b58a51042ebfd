"""Words that speak of someone who works here without saying who: a teacher, the caretaker, the man who does
PE, "sir". English as adults and as children write it, and Welsh with its changed first letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from schoolgate.patterns import lazy_pattern
from schoolgate.people.called import SENTENCE, speaks_of_an_act
from schoolgate.people.done_by_kin import KIN
from schoolgate.screening.folding import fold
from schoolgate.screening.people_words import (
    CHILD,
    KNOWN_FOR,
    WELSH_CHILD,
    WELSH_KNOWN_FOR,
    WELSH_WORKS_HERE,
    WORKS_HERE,
    either,
)

_DYN = r"(?:dd?yn|dd?yn[ea]s|menyw|fenyw|[bf]oi|g?wraig|[bp]erson|un)"
_CLWB = r"(?:[cg]or|[cg]lwb|band|bws|[cg]egin|ffreutur|llyfrgell|goleuadau|telyn|drama)"
_JOB = (
    r"t[ea]{1,3}ch[aeo]u?r?s?|teacha|teaching assistants?|(?-i:TAs?)|(?:class|form|year|maths|music"
    r"|private)? ?tutors?"
    r"|care-?takers?|janitors?|site (?:manager|team|man)|cleaners?|gardeners?|librarians?|technicians?"
    r"|(?:dinner|lunch) ?(?:lady|ladies)|lunch ?time (?:lady|supervisors?)|lolli?pop (?:man|lady|woman)"
    r"|mid-?day supervisors?|receptionists?"
    r"|(?:bus|coach|taxi|minibus) ?drivers?|(?:school )?nurses?|counsell?ors?|learning mentors?|chaplains?"
    r"|supply(?= (?:in|for|teach|who|that|man|lady|woman))|student teachers?|trainees?|volunteers?"
    r"|(?:football|rugby|netball|swimming|sports?|gym|dance|choir|music|club) (?:coach|leader|teacher|man"
    r"|lady)"
    r"|heads? of (?:year|house|department|\w+)|members? of (?:your |the )?staff|staff|deputy head|deputy"
    r"|(?:PE|P\.E\.|IT|ICT|computer|office|school|reading|playground|kitchen|breakfast club|after school) "
    r"(?:man|woman|lady|guy|staff|worker|person|people|teacher|helper)"
    r"|(?:grown-? ?up|adult|man|woman|lady|someone|somebody|person|people|guy|bloke)s? "
    r"(?:in|at|from) (?:the |our |this |your |my )?(?:school|skool|office|kitchen|reception|nursery|club)"
    r"|(?:man|woman|lady|guy|bloke|chap|fella|person|one|someone|somebody|whoever) (?:who |that )?(?:does"
    r"|teach\w*|takes us|runs|helps"
    r"|works|coaches|cleans|cooks|drives|looks after)"
    r"|(?:man|woman|lady|guy|bloke|chap|fella|person) (?:in charge|(?:with|from|in|at) the (?:\w{1,12} )?"
    r"(?:room|club|choir|band|camera|gym|library|lights))"
    r"|(?:wh?)?ath?ro(?:awes)?|h?athr(?:o|awes|awon)|(?:[dt]|nh|th)iwtor|g?ofalwr"
    r"|(?:dd?|n)irprwy(?! (?:ddioge?lu|arweinydd))"
    r"|g?yrrwr (?:y |ein )?(?:bws|tacsi)"
    r"|g?yrrwr|camera ?m[ae]n|choir ?master|conductor|photographers?|instructors?|ff?otograffydd|g?amerawr"
    r"|arweinydd(?! diogelu)|[cg]h?ynorthwy\w+|(?:[cg]|ngh|ch)ymh?orthydd\w*"
    r"|[cg]h?ogydd\w*|(?:dd?ynes|menyw|fenyw|merched) (?:y )?(?:cinio|ginio|swyddfa)|hyfforddwr\w*"
    r"|g?lanha?wr\w*"
    r"|[yn]+sgrifenyddes|nyrs|aelod(?:au)? o(?:[’'](?:r|ch|n))? staff"
    r"|rhywun (?:yn|o)(?:[’']r| y) (?:ysgol|swyddfa)"
    rf"|{_DYN} sy[’']?n? ?(?:ei )?(?:dysgu|g?w?neud|rhedeg|redeg|gweithio|gyrru|glanhau|coginio|hyfforddi"
    rf"|arwain|tynnu"
    rf"|cadw|gofalu|edrych ar ol|ffilmio|trefnu)|{_DYN} (?:camera|sain)|{_DYN} (?:y )?{_CLWB}"
)
_SOMEONE = lazy_pattern(
    rf"\b(?:the|a|an|my|our|your|his|her|their|this|that|one|some|y|yr|ein|fy|eich|ei|\w{{0,6}}[’']r"
    rf"|gan|new|old"
    rf"|another|other) (?:\w+ )??(?:{_JOB})(?!\w)"
    rf"|(?:\b(?:someone|somebody|whoever) (?:who )?(?:works|teaches|helps|in the office|at (?:the )?school)"
    rf"|\b(?:mae )?athr(?:o|awes) |\bgyrrwr y bws|\bgofalwr|\bhyfforddwr\w*|\brhywun (?:yn|o)(?:[’']r"
    rf"| y) (?:ysgol|swyddfa))"
    rf"|\baelod(?:au)? o[’'](?:r|ch|n) staff\b|\b{_DYN} (?:y |[’']r ){_CLWB}(?!\w)"
    r"|\b(?:the|our|school) (?:cook|kitchen lady)\b",
    re.IGNORECASE,
)
_TITLE = lazy_pattern(
    r"(?<!\bi )(?<!we )(?<!you )(?<!they )(?<!will )(?<!to )(?<!ll )(?<!don't )(?<!might )"
    r"\b(?:sir|syr|miss)\b(?! (?:my|you|him|her|it|them|out|the|school|home|u|mum|dad|mam)\b)",
    re.IGNORECASE,
)
"""How pupils call who teaches them; not where "miss" is a verb."""
_CALLS_OUT = lazy_pattern(
    r"\b(?:sir|syr|miss)\b(?=\W*(?:$|[.!?;,\n]|(?:i|i[’']m|im|ive|my|me|we|our|can|could|please|pls|plz"
    r"|help|there|it|its"
    r"|dad|mum|mam|nan|someone|some1|he|she|they|ga|dw|dwi|ma|mae|fy|fi|os|plis|wnewch|newch)\b))",
    re.IGNORECASE,
)
"""*Sir*, where someone is spoken to."""
_UNKNOWN = lazy_pattern(r"\b(?:mr|mrs|ms|mister)\b\.? ?\w+", re.IGNORECASE)
_TOLD = lazy_pattern(
    r"(?:\b(?:told|tell|telling|asked|ask|showed|show|emailed|rang|phoned|spoke(?:n)? to|said to|talk(?:ed"
    r"|ing)? to|saw|to|with|hit"
    r"|hurt|kicked|pushed|bit|attacked|punched|threatened|wrth|dweud wrth|at|gyda|efo)) $",
    re.IGNORECASE,
)
"""Words before a person who was told, or who was hurt."""
_HELPED = lazy_pattern(
    r"^\W*(?:(?:has|have|had|was|is|were|did|didn[’']?t|doesn[’']?t|don[’']?t|never|also|then|just|wedi"
    r"|yn) ){0,2}"
    r"(?:helped|help|helps|said|says|saw|see|told (?:us|me|them) to|tells us to|came|stopped|know|knows"
    r"|knew|listen\w*"
    r"|believe\w*|care\w*|kind|lovely|nice|great|do(?:es)? (?:nothing|anything)|rang|helpu|gwybod|gweld"
    r"|gwrando|garedig)\b",
    re.IGNORECASE,
)

_KNOWN_ADULT = lazy_pattern(
    r"(?<!\ba )(?<!\ban )(?<!\bsome )(?<!\banother )(?<!\bold )(?<!\byoung )(?<!\bstrange )(?<!\brandom )"
    r"\b(?:wom[ae]n|lady|bloke|guy|fella|chap|man)\b|\bthe (?:person|adult|grown-?up)\b"
    rf"|^\W*(?:\w{{1,12}} )?(?:{either(WORKS_HERE, WELSH_WORKS_HERE)}|dyn|dynes|menyw|boi)\b"
    rf"|\b(?:y|yr|eich|ein|[a-z]{{1,8}}['’]r) (?:{_DYN}|ledi)\b(?! (?:bach|fach|ifanc))"
    rf"|\b{_DYN} (?:y|yr|efo['’]r|gyda['’]r|sy\w{{0,2}})\b"
    rf"|\b(?:the|our|your|that|this|my|y|yr|ein|eich|[a-z]{{1,8}}['’]r|['’]ch) (?:new |old )?"
    rf"{either(WORKS_HERE, WELSH_WORKS_HERE)}\b"
    r"|\b(?:one of the|un o[’']r) (?:TAs?|LSAs?|(?:[cg]|ngh|ch)ymh?orthydd\w*)\b"
    r"|\bin charge\b|\bwho ?ever\b|\bpwy bynnag\b",
    re.IGNORECASE,
)
"""A grown-up that the writer takes for known: *the lady*, *our coach*, *dynes y dderbynfa*; no *a man*."""
_HE = lazy_pattern(
    r"\b(?:he|hes|she|shes|him|his|her|hers|fo|iddo|iddi|[gd]and?d[oi]|gynn[oi]|arn[oi]|honna|hwnna)\b"
    r"|\b(?:mae|ma|dio|ydi|ydy|oedd|nath|naeth|wnaeth|bod|medd|medde)(?: ?['’]| )[oe]\b|(?<=\w )(?:fe|hi)\b"
    r"|\b(?:the|that) (?:\w{1,12} )?one (?:who|that|with|in|from)\b",
    re.IGNORECASE,
)
_ANOTHER = lazy_pattern(
    rf"\b(?:{either(CHILD, KNOWN_FOR, WELSH_CHILD, WELSH_KNOWN_FOR)}|f?friends?|mate|classmate|bully"
    r"|ff?rind\w{0,3}|some(?:one|body)|rhywun|stranger|dog|cat|ci)\b",
    re.IGNORECASE,
)
"""Who *he* may be, said before it: a child, a friend, someone unknown."""


def open_sentences(text: str, *, but: str = "") -> Iterator[str]:
    """Yield each sentence that speaks of someone who works here and of something that was done, beside it or
    in it: whether it says who, its reader sees. `but`: the words for someone who isn't meant."""
    spared = frozenset(re.findall(r"\w+", fold(but).text.lower()))
    sentences = [each for each in SENTENCE.split(fold(text).text) if each.strip()]
    for number, sentence in enumerate(sentences):
        near = " ".join(sentences[max(0, number - 1) : number + 2])
        if _speaks(sentence, spared) and speaks_of_an_act(_without_jobs(near)):
            yield sentence


def speaks_of_staff(text: str) -> bool:
    """Return whether a text speaks of someone who works here: not to them (*sir my dad hits me*), nor of one
    who was told or who helped."""
    said = _CALLS_OUT.sub(" ", fold(text).text)
    return any(_speaks(each, frozenset()) for each in SENTENCE.split(said) if each.strip())


def may_mean_one_of_us(text: str, *, turns_to: bool) -> bool:
    """Return whether a concern may be about someone here that it doesn't name, whatever they did: someone by
    a job or by looks, or a *he* that nothing before it explains. `turns_to`: it also turns to a lead, who
    may be the *she* in it."""
    folded = fold(text).text
    if turns_to and _tells_of_another(folded):
        return False
    said = _CALLS_OUT.sub(" ", folded)
    if any(_speaks(each, frozenset(), _KNOWN_ADULT) for each in SENTENCE.split(said) if each.strip()):
        return True
    first = _HE.search(folded)  # what explains it explains every later one
    return first is not None and not _tells_of_another(folded[: first.start()])


def _tells_of_another(folded: str) -> bool:
    """Whether someone is named who isn't here, or is no grown-up."""
    return bool(KIN.search(folded) or _ANOTHER.search(folded))


def describes_staff(folded: str) -> bool:
    """Return whether a folded text describes someone who works here, or calls them by a title."""
    return bool(_SOMEONE.search(folded) or _UNKNOWN.search(folded))


def leaves_open(text: str, is_named: Callable[[str], bool], *, but: str = "") -> bool:
    """Return whether a text speaks of someone who works here, and no sentence that does says who."""
    return any(not is_named(each) for each in open_sentences(text, but=but))


def _speaks(sentence: str, spared: frozenset[str], *more: re.Pattern[str]) -> bool:
    found = [one for words in (_SOMEONE, _TITLE, _UNKNOWN, *more) for one in words.finditer(sentence)]
    return any(
        one.group().lower().split()[-1] not in spared
        and not _TOLD.search(sentence[: one.start()])
        and not _HELPED.search(sentence[one.end() :])
        for one in found
    )


def _without_jobs(text: str) -> str:
    """Return a text without the words for people: these are signs of an adult, not of an act."""
    return re.sub(
        r"\b(?:teachers?|staff|adults?|grown.?ups?|coach\w*|athro|athrawes)\b", "", text, flags=re.IGNORECASE
    )
