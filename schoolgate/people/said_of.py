"""What a text says about a colleague it names: kind or ordinary, unsure, not to be told, or something done;
and whether it accuses the very one who reads it: *you touched me*, *ti nath o*, *it was her, the one I
told*.

Both are turned round on purpose. No list has every way to speak ill of someone, so a comment that names
a colleague is theirs only where it's plainly kind or plainly ordinary; what can't be told from its words
counts as ill. What *you* did to me counts unless it's what a helper does (asked, told, listened), is
asked for (*can you*), or is another's word (*he said you*): it names no one, and who reads what is told
here are the safeguarding leads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from enum import IntEnum

from schoolgate.patterns import lazy_pattern
from schoolgate.people import staff_words
from schoolgate.people.accusations import may_accuse
from schoolgate.people.accusing import accuses
from schoolgate.people.called import SENTENCE, TITLES, speaks_of_an_act
from schoolgate.screening.folding import fold, words_of
from schoolgate.triage import Lane, triage

_HELPS = (
    r"(?:help|ask|tell|told|said|listen|show|email|call|phon|want|repl|answer|believ|promis|offer|invit|thank"
    r"|support|warn|advis|teach|taught|mention|text|messag|need|us|pick|notic|visit|explain|allow|miss"
    r"|remind)"
)
_DONE = (
    rf"(?!{_HELPS})(?:\w{{2,12}}ed|hit|hurt|did|made|kept|put|took|shook|threw|bit|beat|held|stole|got"
    rf"|tuched|hitted"
    r"|locked|slap|kiss|snog)(?: \w{1,10}){0,2}?"
)
_REPORTED = (
    r"(?<!said )(?<!says )(?<!say )(?<!think )(?<!thinks )(?<!that )(?<!if )(?<!when )(?<!can )(?<!could )"
    r"(?<!did )(?<!have )(?<!has )(?<!hope )(?<!like )(?<!told )(?<!what )(?<!because )(?<!since )"
)
_YOU = lazy_pattern(
    rf"{_REPORTED}\b(?:you|u|ya|yous|you lot) (?:(?:just|really|always|all|both|then|have|had|did|even"
    rf"|nearly|fucking"
    rf"|bloody|only) )*{_DONE} (?:at |on |to |in )?(?:me|us|my|our)\b"
    rf"|\b(?:why|y|how could) (?:did |do |would |are |have )?(?:you|u) (?!{_HELPS})\w+ (?:\w+ )?(?:me|my"
    rf"|us|our)\b"
    rf"|\b(?:you|u) (?:shouldn'?t|should not|had no right to) (?:of |have "
    rf"|ave )?(?!{_HELPS})\w+ (?:\w+ )?(?:me|my|us)\b"
    rf"|{_REPORTED}\b(?:you|u) (?:really )?(?:scare|frighten|hurt|creep|disgust|hit|touch|bully|grab"
    rf"|push)\w{{0,3}} (?:me|us|my)\b"
    r"|\bi told (?:you|u)\b.{0,40}\b(?:you|u) (?:went and )?told (?:him|her|them|my|every\w+)"
    r"|\b(?:it (?:was|is)|its|it's|cos|because its) (?:you|u|yous)\b(?! (?:i|who i|that i|we|can|could"
    r"|need|have)\b)"
    r"|^[^\w\n]{0,9}(?:you|u|ya) (?:did|done) (?:it|this)\b"
    r"|\b(?:you|u) know (?:exactly |full well )?(?:what|wot|wat) (?:you|u|youve|uve|you've) (?:did|done|do)\b"
    r"|\b(?:what|wot|wat) (?:you|u) (?:did|done|keep doing|do|were doing)(?: to (?:me|us|my \w+)\b"
    r"|[^\w\n]{0,9}$"
    r"| (?:was|is) (?:wrong"
    r"|bad|sick|gross|not ok))"
    r"|^[^\w\n]{0,9}(?:please |pls )?(?:stop|quit) (?:touch|hit|hurt|text|messag|follow|kiss|grab|push"
    r"|look|star|shout|scream|watch|film)\w*"
    r" (?:at )?(?:me|us)\b"
    r"|\b(?:you|u) (?:keep|kept|carry on|are|r|were|was) (?:on )?(?!help|ask|tell|say|listen"
    r"|look\w* after)\w+ing (?:at |on )?(?:me|us)\b",
    re.IGNORECASE | re.MULTILINE,
)
_TI = lazy_pattern(
    r"\b(?:ti|chdi|chi)(?: oedd yr un)? (?:nath|naeth|wnaeth|na'th|ddaru|wnath|sy wedi|sydd wedi|di|wedi"
    r"|sy'n|sydd yn) "
    r"(?:o|fo|fe|e|hyn|hynny|(?!helpu|gofyn|dweud|deud|gwrando|gweud|bod|clywed|gweld"
    r"|darllen)\w+(?: \w+){0,2}? (?:fi|ni|mi|fy|i fi)\b)"
    r"|\b(?:nes di|nest ti|wnest ti|naethoch chi|wnaethoch chi|nathoch chi|neuthoch chi|nath chi)"
    r" (?:(?:fy|ei|eu|i) )?(?:o|fo|fe|e|hyn|(?!helpu|gofyn|ofyn|ddweud|ddeud|weud|wrando|glywed)\w+ (?:fi"
    r"|ni|i fi|fy))\b"
    r"|\b(?:be|beth) (?:nes di|nest ti|wnest ti|naethoch chi|wnaethoch chi|nathoch chi"
    r"|neuthoch chi)(?: i (?:fi|mi|ni))?\b"
    r"|\bddaru (?:ti|chdi|chi) (?!helpu|ofyn|ddeud|ddweud|wrando)\w+ (?:fi|ni|fy)\b"
    r"|\b(?:ti'n|ti yn|dach chi'n|da chi'n|dych chi'n|chi'n|chi yn|rydych chi'n) (?:fy )?(?:[bm]?rifo"
    r"|brifo|taro|nharo|hitio|twtsi\w+|cyffwrdd"
    r"|nghyffwrdd|cusanu|nghusanu|dilyn|nilyn|tecstio|gweiddi ar|gwthio|pinsio|cicio|slapio|bwrw|mwrw"
    r"|dychryn|gafael yn)\b"
    r"|\b(?:chi|ti|chdi) \w{3,}(?:odd|est|och) (?:fi|ni|fy)\b"
    r"|\b(?:wnaethoch chi|naethoch chi|nest ti|wnest ti) (?!helpu|dd?weud|dd?eud|wrando)\w+ (?:yn"
    r"|ar) (?:fy|fi|ni)\b"
    r"|\bpaid (?:[aâ] )?(?:twtsi\w*|chyffwrdd|cyffwrdd|brifo|hitio|tecstio|dilyn|chusanu) (?:fi|ni|â fi)\b",
    re.IGNORECASE,
)
"""Said to the reader, in English and in Welsh."""
_TOLD_BEFORE = lazy_pattern(
    r"\b(?:it (?:was|is)|its|it's|was|by|is|from)(?: (?:her|him|them))?\W{1,3}(?:the )?(?:same )?(?:one"
    r"|person|lady|man|woman|teacher)"
    r" (?:that |who )?(?:i|we) (?:told|spoke to|talked to|wrote to|went to|reported|saw)\b"
    r"|\b(?:the )?(?:one|person|lady|man|woman|teacher) (?:that |who )?(?:i|we) (?:told|spoke to"
    r"|talked to|wrote to|went to)"
    r"(?: \w+){0,3} (?:did|is|was|hit|hurt|touch\w*|kiss\w*|grab\w*|slap\w*|push\w*|laugh\w*|told|made"
    r"|text\w*|keeps?|lock\w*)\b"
    r"|\b(?:she|he|they|miss|sir)(?: just| went and)? (?:told|tells|showed|said to) (?:every\w*|all"
    r"|people|him|them|her|my \w+) "
    r"(?:what|wot|everything|all|about what|that) (?:\w+ )?i (?:said|told|wrote|put)(?: (?:to )?(?:her"
    r"|him|them))?\b"
    r"|\b(?:yr )?(?:un|person|ddynes|ddynas|dyn|athrawes) (?:nes i|wnes i|ddaru mi|ddudes i|ddwedais i"
    r"|wedes i) (?:ddeud|ddweud|weud|siarad)"
    r" (?:wrth\w*|efo|gyda|hefo)\b(?: (?:hi|fo|fe|nhw))?(?: (?:tro|y tro) (?:dwytha|diwethaf|ola\w*"
    r"|cynt))?(?: \w+){0,2}? ?(?:nath|naeth|wnaeth"
    r"|di|wedi|sy'n|sydd|$)"
    r"|\b(?:hi|fo|fe)\W{1,3}(?:yr )?un (?:nes i|wnes i) (?:ddeud|ddweud|weud)\b"
    r"|\b(?:nath|naeth|wnaeth) (?:hi|fo|fe|e|o) (?:ddeud|ddweud|weud) wrth (?:bawb|dad|mam|pawb) (?:be"
    r"|beth|bob dim|popeth) (?:\w+ )?(?:nes|wnes|o'n) i\b"
    r"|\b(?:who|the one who)(?:ever)? (?:would|will|'ll|is going to|gets? to|might) (?:read|see|get"
    r"|open) (?:this|it|these)\b.{0,20}"
    r"\b(?:did|done|hit|hurt|touch\w*|kiss\w*|is)\b",
    re.IGNORECASE,
)
"""Of who was told before, in English and in Welsh."""


_WEAPON = r"(?:knife|blade|shank|machete|gun|bat|axe|hammer|sword|crossbow)"
_COMES = lazy_pattern(
    r"\b(?:i'?ll|i will|i'?m|i am|im|we'?ll|we will|we'?re|i'?m|ive got|i'?ve got|i have got|ima|imma)"
    r" (?:(?:all|just|so|be|been|gonna|going to|gunna|coming|waiting|outside|bringing|bring|come|get|find"
    r"|wait"
    r"|burn|smash|stab|shoot|kill|have|hav|a|the|my|in|at|down|back|there|now) ?)+"
    r"|\b(?:fe |mi )?(?:bydda|fydda|ddo|ddof|dof|ladda|lladda) i\b|\b(?:dw ?i'?n|rw ?i'?n) (?:dod|mynd)\b"
    rf"|\b(?:bringing|bring|with|got|have) (?:my|a|the) {_WEAPON}\b|\bmy {_WEAPON} (?:will|is|knows|has)\b"
    r"|\b(?:gen i|gynna i|gyda fi|efo fi|fy) (?:ngh|g|c)yllell\b|\bfy mwyell\b",
    re.IGNORECASE,
)
_ONESELF = lazy_pattern(r"\b(?:my ?self|me ?self|i'w hun|fy hun|hunan)\b", re.IGNORECASE)


def threatens(text: str) -> bool:
    """Return whether the writer of a text says that they come with a weapon, or threatens someone but
    themselves."""
    if not _COMES.search(text) or _ONESELF.search(text):
        return False
    return any(why.lane is Lane.THREAT for why in triage(text).why)


def accuses_reader(text: str) -> bool:
    """Return whether a folded text may accuse the one who reads it, or who was told before."""
    return bool(_YOU.search(text) or _TI.search(text) or _TOLD_BEFORE.search(text))


_TITLED = frozenset(each.casefold() for each in TITLES)
_OF_THEM = lazy_pattern(
    r"\b(?:he|she|him|her|his|hers|they|them|their|sir|miss|fe|ef|fo|hi|e|o|ei|hwn|hon)\b", re.IGNORECASE
)
"""Words for someone named before."""
_EVERY_DAY = lazy_pattern(
    r"\b(?:teachers?|staff|adults?|grown.?ups?|coach\w*|teaching|photos?|photograph\w*|pictures?|pics?|selfies?"
    r"|film(?:s|ed|ing)?|look(?:s|ed|ing)? at|watch(?:es|ed|ing)?|star(?:s|ring)\b|follow(?:s|ed|ing)?"
    r"|phon(?:e|es|ed|ing)|call(?:s|ed|ing)?|r[ai]ngs?|text(?:s|ed|ing)?|messag(?:e|es|ed|ing)|asks?|asked"
    r"|asking|sends?|sent|sending|shar(?:e|es|ed|ing)|skirts?|trousers|secret santa|pull(?:s|ed|ing)? off"
    r"|athro|athrawes|athrawon|ll?uniau|llun|neges\w*|anfon\w*|tecst\w*|g?wylio|dd?ilyn)\b",
    re.IGNORECASE,
)
"""Words of something done that belong to any school day."""
_INSULTS = lazy_pattern(r"\b(?:hat(?:e|es|ed|ing)|rude(?:ly|r)?)\b", re.IGNORECASE)
"""Words that insult, and tell of nothing done."""
_SPORT = lazy_pattern(
    r"\b(?:hits?|hitting|kick\w*|push\w*|pull\w*|throw\w*|threw|beat\w*|grab\w*|hugs?|scream\w*|shout\w*"
    r"|smash\w*|pinch\w*)\b(?! (?:(?:my|our|your|his|her|a|the|some|other|two) )?(?:\w+ )?(?:me|us|him|her"
    r"|them|kids?|child\w*|sons?|daughters?|boys?|girls?|pupils?|students?|lads?|year|at)\b)",
    re.IGNORECASE,
)
"""Words of something done to no one: of a match or a show."""
_CHILD = lazy_pattern(
    r"\b(?:girls?|boys?|kids?|child(?:ren)?|pupils?|students?|daughters?|sons?|lads?|teens?|teenagers?"
    r"|year (?:\d+s?|[a-z]+s)|m?[mf]erch(?:ed)?|[bf]achgen|[bf]echgyn|plant|blant|phlant|plentyn|blentyn"
    r"|dd?isgybl(?:ion)?|mab|fab)\b",
    re.IGNORECASE,
)


class Said(IntEnum):
    """What is said. `KIND`: theirs to read. `UNSURE`: praise with something else, a question that isn't
    plain, a complaint: for a colleague. `UNTOLD`: can't be told; `DONE`: something done, danger or a warning:
    for the safeguarding leads as well."""

    KIND = 0
    UNSURE = 1
    UNTOLD = 2
    DONE = 3


def said_of(
    text: str,
    *,
    by: Collection[str] = (),
    lanes: Collection[Lane] = (),
    is_name: Callable[[str], bool],
    names_one: Callable[[str], bool],
) -> Said:
    """Return what a text says about the people it names.

    Args:
        text: the text.
        by: the names of who wrote it: only whether they tell of harm counts.
        lanes: the lanes of everything that lists of words find in it.
        is_name: whether a word is part of a colleague's name.
        names_one: whether a sentence names or describes a colleague.

    """
    folded = fold(text).text
    is_kind, ordinary = staff_words.is_kind(folded), staff_words.asks(folded)
    whole = "\n".join([folded, *by])
    if may_accuse(text, by):
        return Said.DONE
    if Lane.THREAT in lanes and threatens(text):
        return Said.UNTOLD  # who is threatened did nothing by that
    if Lane.DANGER in lanes or Lane.THREAT in lanes or tells_of_harm(whole, kind=is_kind or ordinary):
        return Said.DONE
    if Lane.ABUSE in lanes or Lane.COMPLAINT in lanes:
        return Said.UNSURE
    if all(_is_plain(each, is_name=is_name, names_one=names_one) for each in sentences_in(folded)):
        return Said.KIND
    if is_kind or (ordinary and not staff_words.REASONS.search(folded)):
        return Said.UNSURE
    return Said.UNTOLD


def tells_of_harm(text: str, *, kind: bool) -> bool:
    """Return whether a text tells of harm, or warns of someone. `kind`: it also praises or asks, so that
    words of a match or of any school day say nothing."""
    if accuses(text):
        return True
    text = _INSULTS.sub(" ", text)
    rest = _EVERY_DAY.sub(" ", text)
    rest = _SPORT.sub(" ", rest) if kind else rest
    if speaks_of_an_act(rest):
        return True
    return not kind and speaks_of_an_act(text) and bool(_CHILD.search(text))


def sentences_in(folded: str) -> list[str]:
    """Return the sentences of a folded text, a question with its mark."""
    marked = folded.replace("?", "?.")
    return [each for each in SENTENCE.split(marked.replace("?.", " ?\n")) if each.strip(" ?,")]


def _is_plain(sentence: str, *, is_name: Callable[[str], bool], names_one: Callable[[str], bool]) -> bool:
    """Return whether a sentence is kind or ordinary, or about no one of them."""
    if staff_words.is_everyday(words_but_names(sentence, is_name)):
        return True
    if staff_words.turns(sentence):
        return False
    return staff_words.is_kind(sentence) or not (_OF_THEM.search(sentence) or names_one(sentence))


def words_but_names(sentence: str, is_name: Callable[[str], bool]) -> list[str]:
    """Return the words of a sentence without those of names."""
    words = words_of(sentence).plain
    return [
        word
        for place, word in enumerate(words)
        if word not in _TITLED and not (place and words[place - 1] in _TITLED) and not is_name(word)
    ]
