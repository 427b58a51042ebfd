"""A stranger's question after one child or one family: *does the Lund family still live there*. Where the
school shows it, everyone reads it, and someone answers. What parents ask of the fair, a gate, a class or
their own child is none."""

from __future__ import annotations

import re

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.hits import Kind, Strength
from schoolgate.screening.personal import LONGEST_SENTENCE, Seen

_SENTENCE = lazy_pattern(r"[^.!?\n]+[?]?")
_ASKS = lazy_pattern(
    r"\?|^\W{0,3}(?:(?:so|and|but|hi|hiya|hey|ok|pls|please|er|um|helo|hei),? )?(?:is|are|was|were|has|have"
    r"|had|does|do|did"
    r"|will|who|whos|whose|where|wheres|which|wich|when|what|whats|how|any ?one (?:know|remember)\w{0,2}"
    r"|anybody know"
    r"|do(?:es)? any ?one know|any idea|ydi|ydy|ydyn|yw|oes|oedd|lle|ble|le|o ba|pa|pwy|pryd|be|beth"
    r"|efo pwy|gyda phwy"
    r"|rhywun yn gwybod|oes rhywun|sut)\b",
    re.IGNORECASE,
)
_ONE = (
    r"(?:girl|boy|lad|lass(?:ie)?|kid|kids|child|children|twins?|triplets|brothers?|sisters?|siblings"
    r"|little one|toddler|baby"
    r"|wee one|pupil|student|family|lot|clan|mum|mam|dad|foster kids)"
)
_SUBJECT = lazy_pattern(
    rf"\b(?:the|that|this|those|these) (?:(?!school|whole|after|summer|winter|royal|holy|junior|infant|all"
    rf"|last|first|next|fun"
    rf"|other|boys'|girls')[\w'’-]{{1,14}} ){{0,4}}?{_ONE}\b(?! (?:teams?|choirs?|toilets?|changing"
    rf"|changing|final|match|race"
    r"|ticket|tickets|day|service|fun|room|quiz|disco|picnic|pass|bookings?|menu|meals?|uniform|clothes"
    r"|shoes|sizes))"
    r"|\bthe (?-i:(?!Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|Infants|Juniors|Seniors|Brownies|Rainbows|Guides"
    r"|Scouts|Cubs|Beavers"
    r"|Years|Reds|Blues|Greens|Tigers|Lions|Wolves|Eagles|PTA|Friends|Governors|Parents|Teachers|Olympics"
    r"|Paras|Falcons|Wildcats"
    r"|Christmas|Arms|[A-Z]\w*ss\b)[A-Z][a-z]{2,20}s)\b(?= (?:still|moved?|live|lived|gone|left|at|in|ever"
    r"|come|go|been|back|from))"
    r"|\b(?:the|that|this|new|one) (?:(?:new|little|tall|small|quiet|ginger|red|blonde?) )*(?:year"
    r"|yr) ?\w{1,6}"
    r" (?:girl|boy|lad|kid|with|who|one)\b|\b(?:the|that) (?:new )?y\d{1,2} (?:girl|boy|lad|kid|with|who"
    r"|one)\b"
    r"|\bthe one (?:with|whose|who)\b|(?:happened to|became of|become of) the (?-i:[A-Z])[a-z]{2,20}s\b"
    r"|\b(?:teulu'?r?|deulu'?r?|theulu'?r?)(?: yr?)? ?(?:(?-i:[A-Z])\w{2,20}|efo|gyda|sy\w{0,2}|yna|hwnnw"
    r"|o rif|ar y stryd)\b"
    r"|\b(?:y|yr|'r|r) ?(?:teulu|deulu) (?:efo|gyda|o|yna|hwnnw|sy\w{0,2}|newydd|wedi)\b"
    r"|\b(?:y|yr|'r|'r|r) ?(?:hogyn|hogan|bachgen|ferch|merch|plentyn|eneth|crwt|efeilliaid|gefeilliaid"
    r"|brodyr|chwiorydd|plant)"
    r" (?:\w{1,12} ){0,3}?(?:gwallt|newydd|o rif|o'r|yna|efo|gyda|hwnnw|honno|o flwyddyn|blwyddyn|wedi"
    r"|yn \d)"
    r"|\b(?:y|yr|'r|r) ?(?:efeilliaid|gefeilliaid)\b",
    re.IGNORECASE,
)
_WHERE = lazy_pattern(
    r"\b(?:liv(?:e|es|ed|ing)|moved?|moving|gone|left|leave|come from|came from|comes from|from originally"
    r"|(?:ever )?come back"
    r"|came back|go to|goes to|going to|went to|(?:which|what|wich) (?:school|primary|secondary|nursery"
    r"|church|house|street|road|days?"
    r"|club|bus|class|year|gate|hospital)|still (?:at|in|with|here|on|there|about|around|go|goes|come|comes"
    r"|live|lives|see)"
    r"|at before|before (?:this|here|that)|who (?:does|do|is) .{0,40} with|happened to|became of|become of"
    r"|number \d|inside$|in prison"
    r"|whose (?:mum|dad|mam|father|mother)|address|surname|real name|at the (?:track|pool|park|gym|club)"
    r"|byw|symud|wedi mynd|gadael|dod o|(?:pa|ba|o ba) ysgol|ysgol gynradd|pa (?:stryd|dre|dref|eglwys"
    r"|capel|glwb|ddosbarth|flwyddyn|fws)"
    r"|dal (?:yn|ym|yng|i|efo|yma|ar)|ddigwyddodd i|digwydd i|o rif \d|(?:efo|gyda) p[hw]\w{1,3}|cyfeiriad"
    r"|cyfenw)\b",
    re.IGNORECASE,
)
_OTHERS = lazy_pattern(
    r"\b(?:my|our own|fy|ein)(?: \w{1,12}){0,2} (?:son|daughter|lad|girl|boy|child|kids?"
    r"|little one|mab"
    r"|merch|mhlentyn|hogyn|hogan|plant)\b"
    r"|\b(?:allowed|invited|need|bring|wear|cost|price|ticket|tickets|tocyn|tocynnau|raffle|fair|fete|ffair"
    r"|concert|cyngerdd|nativity"
    r"|play|programme|uniform|blazers?|hoodies|quiz|cwis|newsletter|bell|gloch|coat|parking|park|parcio"
    r"|service|gwasanaeth|sign ?up"
    r"|register for|places|caf|gawn|gaf|angen)\b",
    re.IGNORECASE,
)


def find_asked_of_one(text: str) -> list[Seen]:
    """Return where a folded text asks so, the whole sentence."""
    found = []
    for sentence in _SENTENCE.finditer(text):
        words = sentence.group().rstrip()[:LONGEST_SENTENCE]
        begin = len(words) - len(words.lstrip())
        if (
            _ASKS.search(words.strip())
            and _SUBJECT.search(words)
            and _WHERE.search(words)
            and not _OTHERS.search(words)
        ):
            start = sentence.start()
            found.append(Seen(start + begin, start + len(words), Kind.TOLD, Strength.ASK))
    return found
