"""Whether words may point at one person without a name: *is she back with you?*, *which one?*, *whose hand is
that?*

Turned round on purpose, because there is no end to the ways to ask: a sentence with a word for one person
points, unless it's understood as meaning anyone, a grown-up by their job, or the writer's own child. What
answers it tells of someone, unless each part of it is understood as telling nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.folding import fold
from schoolgate.screening.people_words import (
    BORN_TOGETHER,
    CHILD,
    ELDERS,
    KNOWN_FOR,
    SOMEONES_CHILD,
    WELSH_CHILD,
    WELSH_ELDERS,
    WELSH_KNOWN_FOR,
    WELSH_SOMEONES_CHILD,
    WELSH_WORKS_HERE,
    WORKS_HERE,
    changed,
    either,
)
from schoolgate.screening.personal import LONGEST_SENTENCE, SENTENCE

WEATHER = (
    r"(?!'n (?:braf|oer|boeth|gynnes|wlyb|sych|bwrw|glawio|stormus|wyntog|ddiwrnod|noson|bryd|amser|ddydd"
    r"|bosib\w*|anodd|hawdd|bwysig|wych|ddrwg))"
)
"""What comes after a Welsh *she* that is the weather, a time or a thing."""
_A_CHILD = rf"(?:{either(CHILD)})"
_PLENTYN = rf"(?:{either(word for word in WELSH_CHILD if word != 'merch')}|(?<!the )(?<!your )(?<!any )merch)"
_OF_KIN = either(
    SOMEONES_CHILD, (one for one in BORN_TOGETHER if one in ("twins", "triplets")),
    ("brother", "sister", "sibling", "cousin", "twin", "baby", "toddler", "stepdad", "stepmum", "girlfriend",
     "boyfriend", "youngest", "eldest", "bairn", "teenager", "little man"),
)  # fmt: skip
_O_DEULU = either(
    (word for word in WELSH_SOMEONES_CHILD if word not in ("fab", "nai")),
    changed(("brawd", "chwaer", "efell", "efeilliaid", "cefnder", "cyfnither", "cyn-ŵr", "cyn-wr")),
    ("ŵyr", "wyr"),
)  # fmt: skip
_ELDER = either(one for one in ELDERS if not one.endswith("s"))
_NO_CHILD = (
    r"(?!'?s?'? (?:tickets?|price|premium|care|council|voice|band|choir|teams?|toilets?|kit|bus|meals?"
    r"|lunch(?:es)?|menus?|places?|discount|size|sizes|clothes|clubs?|towns?|room|football|netball"
    r"|protection|safety|teachers?|entrance|leaders?|day))"
)
"""What makes a thing of a word for a child: *a child ticket*."""
_ANYONE = lazy_pattern(
    rf"\b(?:an?|any|each|every|no|per|another|either|whichever) (?:[\w'-]{{1,14}} ){{0,2}}?(?:{_A_CHILD}"
    rf"|{_OF_KIN}|{_ELDER}|one)\b"
    rf"|\b(?:my|our) (?:\w{{1,10}} )?(?:{_ELDER}|brother|sister|cousin|twin|girlfriend|boyfriend|friend)\b"
    rf"|\b(?:pob|bob|unrhyw|fesul|tocyn|docyn|pris|bris|cinio|dim|ddim|i) {_PLENTYN}\b"
    r"|\b(?:no|any|every|some)(?:body|one) who\b|\b(?:is it|is that|was it) you who\b"
    r"|\b(?:all|those|everyone|people|parents|families|children|kids|pupils|players|singers|staff|teachers"
    r"|adults|volunteers|team)(?: \w{1,12}){0,2} who\b"
    r"|\b(?:pawb|rhai|plant|rhieni|unrhyw un|rhywun|neb|staff|chi) sy\w{0,3}\b"
    r"|\bwho(?:'s|s| is| are| do| does| should| can| could| must| will|'ll)? (?:(?:i|we)\b"
    r"|(?:to )?(?:run(?:s|ning)?|organis\w{1,5}|sell(?:s|ing)?|teach(?:es|ing)?|host(?:s|ing)?|in charge"
    r"|responsible|contact|ask|email|pay)\b)"
    r"|\bpwy sy(?:'n|dd yn|n) (?:rhedeg|trefnu|gwerthu|dysgu|gyfrifol|arwain)\b"
    r"|\b(?:i|at|wrth|efo|gyda|a) (?:b|p|ph)wy (?:ddyl\w{1,4}|dyl\w{1,4}|ydw i|dwi|ydan ni|ydym ni)\b"
    r"|\b(?:mother|father|mum|dad)'?s' ?day\b|\b(?:mother|father|mum|dad)'s day\b|\bfather christmas\b"
    r"|\b(?:your|the school'?s) (?:writer|author|editor|photographer)\b"
    r"|\bwho do (?:we|you) (?:play|meet|face)\b|\bpwy nesa\b|\bwhose idea\b|\b(?:the|this|that) (?:next"
    r"|last) one\b",
    re.IGNORECASE,
)
"""Anyone, and what one asks about the school's own work."""
_A_CHILD_OR_KIN = lazy_pattern(
    rf"\b(?:{_A_CHILD}|{_OF_KIN})\b{_NO_CHILD}"
    rf"|\b(?:the|that|this|your|his|her|their|whose|\w{{2,14}}'s) (?:\w{{1,12}} ){{0,2}}?{_ELDER}\b"
    r"|\bex(?:'?e?s)?\b(?!-| (?:pupils?|students?|colleagues?|teachers?|heads?|players?)\b)"
    rf"|\b(?:the|that|this|your|our|same) (?:\w{{1,12}} )?{either(KNOWN_FOR)}"
    r"\b(?=\W*$|,| (?:on|in|at|from|with|who|that|we|you|again|then|there|is|was|still|back|isn't)\b)"
    r"|\b(?:which|that|this|the|same|your|\w{1,12}'s) (?:\w{1,12} ){0,2}?one\b(?! (?:(?:on|at"
    r"|in) (?:the )?(?:\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day|hall|library|letter|newsletter|shop"
    r"|sale|app|website|office)|do i|do we|should))"
    r"|\b(?:which|one|both|two|three|pair) of (?:them|these|those|you)\b|\bsame (?:two|three|pair|person"
    r"|family)\b"
    r"|\blittle (?:one|un)\b|\bpoor (?:thing|love|lamb|mite|soul|little)\b|'s (?:best )?(?:mate|friend"
    r"|pal)\b"
    r"|\bthe (?:blonde?|redhead|ginger|patient|victim|culprit|bully|new starter)\b(?=\W*$| (?:one|is|was|in"
    r"|on|at|from))"
    r"|\b(?:un|ddau|ddwy|tri|tair) ohonyn\b|\b(?:y|'r) (?:bychan|fechan|peth bach|creadur|claf)\b"
    r"|\bei h?anes\b"
    rf"|\b(?:{_PLENTYN}|{_O_DEULU})\b|\b(?:ei|y|dy|eich|i'w|'i) fab\b"
    rf"|(?:\b(?:ei|eu|y|yr)|'[riu]) {either(WELSH_ELDERS)}\b|\b(?:fy|dy|ei) (?:ex|(?:n?gh?"
    rf"|ch?)yn-?w\w{{1,4}})\b"
    rf"|\b(?:y|yr|'r|ein|eich) {either(WELSH_KNOWN_FOR)}\b(?=\W*$|,| (?:ar|yn|efo|gyda|sy\w{{0,3}})\b)"
    r"|\b(?:pa |pa'r |p'|p'r|pr)un\b|(?:\b(?:yr|y) |'r )un (?:bach|fach|mawr|fawr|tal|dal|newydd|gwallt|efo"
    r"|gyda|sy\w{0,3}|yn|ar|oedd|eto|un|ddau|ddwy|y|a)\b(?! r| r?hanner)|(?:\byr |'r )un\W*$",
    re.IGNORECASE,
)
"""A child: by a word for one, their family, what they do, or which of several they are."""
_SHE_OR_HE, _THAT_ONE = (
    r"(?:hi|fo|fe|ef|e|o(?!'r| (?-i:[A-Z])| gwmpas| flaen| leiaf))",
    r"(?:h[wo]n(?:na|no|nw)?)",
)
_THINGS = (
    r"(?! (?:am (?:\d|ddim|hanner|chwarter|un|ddau|dri)|ar (?:agor|gau|werth|gael|lein|y wefan)|ymlaen)\b"
    r"|'n (?:costio|llawn|rhad|ddrud|ddrutach)\b)"
)
"""What a thing is and does, which in Welsh is a *he* or a *she* too."""
_BY_A_WORD = lazy_pattern(
    r"\b(?:s?he|him|hers?|his|(?:him|her)self|s?hes)\b|\b(?:who(?:se|m|s)?)\b"
    r"|\b(?:they|them)\b[^.!?\n]{0,20}\b(?:still|back|again)\b[^.!?\n]{0,20}\b(?:with|living|home|here|there"
    r"|yours)\b"
    r"|^\W*(?:so |and |oh )?(?:still|back|gone|off) (?:(?:at|in|to|with|on) )?(?:\w{1,12} ){0,2}?(?:yours"
    r"|you|school|home|here|there|care|carers?|hospital|living|his|her|their|mum's|dad's|nan's)\b"
    r"|^\W*still living\b"
    r"|\b(?:did|was|has|had|is|were) (?:someone|somebody)\b|\b(?:oedd|gafodd|aeth|ydi|ydy) rhywun\b"
    r"|\bare they (?:ok|okay|alright|better)(?=\W*$| (?:now|after|today)\b)|\bydyn nhw'n (?:iawn|well|ol)\b"
    r"|\bmine\b[^.!?\n]{0,20}\b(?:still|back|in|there|here|with|ok|okay)\b"
    r"|\b(?:pwy|bwy|phwy|biau|bia|pia)\b"
    rf"|\b(?:yd[iy]|yw|di|dio|od[iy]|mae|ma|roedd|oedd|bydd|fydd|dyd[iy]|dyw|doedd|[bf]u|wnaeth|nath|wnaiff"
    rf"|neith|[dgc]?d?aeth|[gc]afodd|[gc]aiff|\w{{1,12}}ith|all|fedr"
    rf"|\w{{2,12}}odd) {_SHE_OR_HE}\b{WEATHER}{_THINGS}"
    rf"|\b(?:dal|[bf]od|chi|ti|co|dyna|dyma|ddaru) {_SHE_OR_HE}\b|\b(?:y|dy)?d[iy]o\b|^\W*(?:yd[iy]"
    rf"|mae?)'n (?:ol|byw|well)\b"
    r"|\b(?:that|this) \w{3,14} (?:in|from) (?:year|class|reception|nursery|\d)"
    rf"|\b(?:ai|nid|mai|ife|taw) (?:{_SHE_OR_HE}|{_THAT_ONE})\b(?! (?:yd[iy]|yw|oedd)(?:'r| y| yr) )"
    rf"|\b(?:{_SHE_OR_HE}|{_THAT_ONE}) (?:yd[iy]|yw|oedd)(?:'r| y| yr)? ?(?:{_SHE_OR_HE}|un)\b"
    rf"|\b(?:yd[iy]|yw|di|oedd) {_THAT_ONE}\b{_THINGS}"
    rf"|\b{_THAT_ONE} (?:sy\w{{0,3}}|\w{{2,12}}odd|wnaeth|nath|gafodd|aeth)\b"
    r"|\b(?:iddo|iddi|ganddo|ganddi|arno|arni|amdano|amdani|hithau|yntau)\b"
    r"|^\W*(?:dal|yn ol|nol|'nol|wedi mynd|acw) (?:i fyw|o hyd|acw|yna|yno|efo|gyda|adref?|adra|gartref?"
    r"|yn (?:yr )?ysgol|yn byw)\b",
    re.IGNORECASE,
)
"""A word that stands for one person: who says it may mean a grown-up."""
_NOT_A_HE = lazy_pattern(
    rf"^\W*(?:faint|pryd|beth|be) (?:\w{{1,10}} )?(?:yd[iy]|yw|mae|fydd) {_SHE_OR_HE}\W*$", re.IGNORECASE
)
"""*How much is it?*, *When is it?*"""
_TITLED = lazy_pattern(r"\b(?:mr|mrs|ms|miss|mx|dr)\.? (?-i:[A-Z])", re.IGNORECASE)
_BY_A_JOB = lazy_pattern(
    r"\b(?:is|was|isn't|are|'s) (?:s?he |that |it )?(?:still |now )?(?:the|an?|our|your) (?:\w{1,12} )?"
    rf"{either(WORKS_HERE)}\b"
    rf"|\b(?:the|our|your) (?:new )?{either(WORKS_HERE)} (?:who|said|says|is|was|will)\b|(?:pwy|hi|o|fo"
    rf"|fe) (?:yd[iy]|yw|oedd)(?:'r| y| yr| ein| eich)? (?:\w{{1,12}} )?{either(WELSH_WORKS_HERE)}\b",
    re.IGNORECASE,
)
"""A grown-up: a *she* after it may be them."""
OWN = lazy_pattern(
    rf"\b(?:my|our) (?:\w{{1,10}} ){{0,2}}?(?:{either(CHILD, SOMEONES_CHILD)}|eldest|youngest|little (?:one"
    rf"|man))\b"
    rf"|\b(?:fy|ein) {either(WELSH_CHILD, WELSH_SOMEONES_CHILD)}\b",
    re.IGNORECASE,
)
"""The writer's own."""
_STAYS = lazy_pattern(
    r"\b(?:still|back|again|with (?:you|her|his|the)|at (?:yours|home|his|her)|dal|ol|nol|eto|acw|(?:efo"
    r"|gyda) chi)\b",
    re.IGNORECASE,
)
"""Where one is or was, which a parent may be kept from knowing."""
_OWN_THING = lazy_pattern(
    rf"\b(?:my|our) (?:\w{{1,10}} ){{0,2}}?{either(CHILD, SOMEONES_CHILD)}'s \w", re.IGNORECASE
)


def may_point(sentence: str, before: str = "") -> bool:
    """Return whether a sentence may point at one person. `before`: the sentence before it: where that
    names a grown-up, a *she* may be them."""
    words = _ANYONE.sub("-", fold(sentence[:LONGEST_SENTENCE]).text)
    if _A_CHILD_OR_KIN.search(OWN.sub("-", words)):
        return True
    if OWN.search(words):
        return bool(_STAYS.search(words)) and not _OWN_THING.search(words)
    one = _BY_A_WORD.search(words)
    if (
        one is None
        or _NOT_A_HE.search(words)
        or _BY_A_JOB.search(words)
        or _TITLED.search(words[: one.start()])
    ):
        return False
    is_grown_up = _TITLED.search(before) or _BY_A_JOB.search(before)
    return not is_grown_up or bool(_A_CHILD_OR_KIN.search(before) or _BY_A_WORD.search(before))


_ASKS = lazy_pattern(
    r"^\W{0,3}(?:so |and |hi,? )?(?:is|are|was|were|has|have|had|does|do|did|will|can|could|who|whos|whose"
    r"|where|wheres|which|when|why|how|hows|what|whats|isn't|wasn't|ai|ydy|ydi|yd[iy]n|oes|oedd|pwy|ble|lle"
    r"|pa|p'un|pryd|pam|sut|beth|be|ife) |\b(?:isn't it|isnt it|innit|right|yeah|is it|eh|ynte|de|ia|ie|ife"
    r"|tybed)\W*$",
    re.IGNORECASE,
)
"""How a question begins or ends that has no question mark."""


def sentences_answered(question: str) -> Iterator[tuple[str, str, bool]]:
    """Yield each sentence that a reply to these words may answer, the questions or else all, with the one
    before it and whether it asks."""
    every = list(SENTENCE.finditer(question))
    pairs = [(each, every[place - 1].group() if place else "") for place, each in enumerate(every)]
    asked = [pair for pair in pairs if _is_asked(pair[0], question)]
    for each, before in asked or pairs:
        yield each.group().strip()[:LONGEST_SENTENCE], before[-LONGEST_SENTENCE:], bool(asked)


def _is_asked(sentence: re.Match[str], text: str) -> bool:
    is_marked = text[sentence.end() : sentence.end() + 1] == "?"
    return is_marked or _ASKS.search(fold(sentence.group()[:LONGEST_SENTENCE]).text) is not None


_LINK = lazy_pattern(r"(?:https?://|www\.)\S{1,500}", re.IGNORECASE)
_PART = lazy_pattern(r"[,.;:!?\n]|\s-\s|\b(?:but|and|though|because|ond|achos)\b", re.IGNORECASE)
_SAYS_BY_A_SIGN = lazy_pattern("[\U0001f44d\U0001f44e\u2705\u274c\U0001f4af\U0001f44f]")
_A_LETTER = lazy_pattern(r"[^\W_]")
_FILLERS = (
    r"(?:(?:please|plis|just|do|many|huge|big|so|very|really|oh|a{1,3}w+|hi|hello|hey|lol|haha|mi|fe) ){0,4}"
)
_THANKS = (
    r"(?:thanks?(?! to\b)|thank you|ta|cheers|good luck|well done|congrat\w{1,12}|you'?re (?:very )?welcome"
    r"|see you|looking forward|(?:we'?re )?sorry(?! to (?:say|report|tell))|diolch\w{0,6}|pob lwc|da iawn"
    r"|llongyfarch\w{0,8}|sori|ymddiheur\w{0,6}|mae'n ddrwg)\b"
)
_WISH = (
    r"(?:glad|pleased|delighted|hope|enjoy|welcome|falch|balch|gobeithio|croeso)(?:\W*$| (?:to (?:hear|see"
    r"|help|have)|that you|you|your|everyone|it|they|the|all|o glywed|iawn|i bawb|eich|bod)\b)"
)
_US = (
    r"(?:us|our|me|ni|ein|(?:the|a|your|y|yr|'r) (?:class |school |main )?(?:school|office|council|head"
    r"|headteacher|team|teacher|governors|box|link|number|website|page|pta|policy|newsletter|app|swyddfa"
    r"|ysgol|wefan|dudalen|polisi|pennaeth|cyngor)|your child'?s teacher|m(?:r|rs|iss|s)\b)"
)
_ASK_US = (
    r"(?:ring|call|phone|telephone|e-?mail|contact|message|dm|pm|speak|talk|ask|get in touch|pop in\w{0,2}"
    r"|come in\w{0,2}|come along|see|visit|check|look|read|follow|use|write|drop|let|ffoniwch|cysylltwch"
    r"|e-?bostiwch|gofynnwch|holwch|dewch|gweler|gwelwch|siaradwch|anfonwch|edrychwch|darllenwch)"
    rf"(?:\W*$|(?: (?:to|with|at|in|on|up|and|see|ask|a|efo|gyda|i|ar|yn|o dan)){{0,3}} ?{_US})"
)
_IS_HEARD = (
    r"(?:we(?:'ll| will|'d| would)? (?:help|pass|let you|look into|find out|check|get back|be in touch|reply"
    r"|answer|share|post)\b|let you know\b|(?:wnawn|gwnawn|fyddwn|byddwn) ni (?:basio|roi gwybod|edrych|ateb"
    r"|gysylltu|mewn cysylltiad)\b)"
)
_SMALL_TALK = (
    r"(?:(?:no idea|not sure|no comment|i don'?t know|we don'?t know|dim syniad|ddim yn siwr)\W*$|(?:hi|hiya"
    r"|hello|hey|dear|helo|annwyl) (?-i:[A-Z])(?!\w{2,5}day)\w{1,20}\W*$|(?:(?:lovely|great|brilliant|fab"
    r"|wonderful|amazing|super|hyfryd|gwych|bendigedig|good|bore|prynhawn|da|helo|annwyl|dear|hi|hello|hey"
    r"|day|photos?|question|stuff|to hear|morning|afternoon|evening|haha|lol|xx?x?|that'?s|for asking"
    r"|am ofyn|everyone|all|bawb|please|plis)\W*){1,4}$)"
)
_EMPTY = lazy_pattern(rf"{_FILLERS}(?:{_THANKS}|{_WISH}|{_ASK_US}|{_IS_HEARD}|{_SMALL_TALK})", re.IGNORECASE)
"""How a part of a reply begins that answers nothing: thanks, a wish, where to ask, and that it was heard."""
_TURNS_AWAY = lazy_pattern(
    r"\b(?:can'?t|cannot|don'?t|won'?t|never|not able to|unable to|aren'?t able to|not (?:allowed|going) to"
    r"|wouldn'?t|couldn'?t) (?:\w+ )?(?:discuss|comment|say|answer|talk|share|name|speak|give|confirm"
    r"|tell)\b"
    r"|\bno comment\b"
    r"|\b(?:allwn|allwch|gallwn|fedrwn|fyddwn|fydd(?:wn)? ni|dydyn|dydan|ydym|ydyn) (?:ni )?(?:ddim"
    r"|byth)? ?(?:yn |'n )?(?:trafod|drafod|dweud|ddweud|ateb|enwi|rhoi|siarad|cadarnhau|gadarnhau)\b",
    re.IGNORECASE,
)
"""What says that nothing is said here."""


def turns_away(said: str) -> bool:
    """Return whether folded words say that nothing is said here."""
    return bool(_TURNS_AWAY.search(said))


def is_answer(reply: str) -> bool:
    """Return whether a reply may tell something of the person it answers about: each of its parts is looked
    at, so that *thanks, since Monday* does."""
    said = _LINK.sub(" ", fold(reply).text)
    if _SAYS_BY_A_SIGN.match(said.strip()):
        return True
    parts = [part.strip(" \t\"'()-") for part in _PART.split(said)]
    worded = [part for part in parts if _A_LETTER.search(part)]
    if not worded:
        return bool(said.strip())
    return any(not (turns_away(part) or (_EMPTY.match(part) and not may_point(part))) for part in worded)
