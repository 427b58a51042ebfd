"""A child who is lost, and how to know them: what an emergency text or a post tells of one who went missing.
That someone is lost stands near who it is or what they look like. Lost property, a cat, and pupils who are
looked for to join something are none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.hits import Kind, Strength
from schoolgate.screening.people_words import CHILD, WELSH_CHILD, either
from schoolgate.screening.personal import Seen

NEAR = 160
"""Characters around the words that say someone is lost."""
_LOST = lazy_pattern(
    r"\b(?:missing|unaccounted for|vanished|disappeared|last seen|(?:gone|went) (?:astray|off alone)"
    r"|lost (?:on the|sight of|an? |our |one |child|boy|girl|pupil)|(?:is|got|been) lost"
    r"|can'?t (?:find (?:him|her|one|an?|our|the)|be found)"
    r"|separated from|wander(?:ed|s)? off|r[au]n (?:off|away)(?! with)|whereabouts|absent without"
    r"|absconded|no sign of"
    r"|(?:hasn'?t|has not|didn'?t|did not) (?:come|got (?:home|back|here|in)|arrived?"
    r"|returned?|reach(?:ed)?|been seen)"
    r"|not (?:been )?seen since|ar goll|[cg]h?oll(?:wyd|odd|i) golwg"
    r"|g?welwyd(?: \w{1,4})? (?:ddiwethaf|olaf)|d?diflann\w{1,5}|[cg]?rwydrodd|rh?edodd"
    r"|heb (?:ddod|gyrraedd|ddychwelyd|ei (?:weld|gweld))|ddim wedi (?:cyrraedd|dod|dychwelyd)"
    r"|rhedeg i ffwrdd|neb wedi gweld|methu (?:a )?dod o hyd)\b",
    re.IGNORECASE,
)
_LOOKED_FOR = lazy_pattern(
    r"\b(?:look(?:ing)? (?:out )?for|search(?:ing|ed)? for|have you seen|if you (?:see|have seen|spot)"
    r"|help (?:us )?find|where is|was wearing"
    r"|chwilio am|wedi gweld|welsoch|os gwelwch|yn gwisgo)\b",
    re.IGNORECASE,
)
"""Said of a lost child, and of much else: these ask for who it is and for how they look."""
_WHO = lazy_pattern(
    rf"\b(?:{either(CHILD, WELSH_CHILD)}|toddler|one of (?:our|the)|our little one|s?he"
    r"|un o(?:'n|'r| ein| blant| ddisgyblion)|hi|fe|fo)\b",
    re.IGNORECASE,
)
_ONE_CHILD = lazy_pattern(
    r"(?<!your )(?<!each )(?<!every )(?<!any )(?<!per )(?<!no )(?<!eich )(?<!pob )"
    rf"\b(?:{either(CHILD, WELSH_CHILD)}|toddler|one of our \w+|our little one|him|her|his|s?he"
    r"|un o(?:'n|'r| ein) \w+)\b",
    re.IGNORECASE,
)
"""One child, and not each one."""
_AGE = lazy_pattern(
    r"\b(?:aged? \d{1,2}|\d{1,2}[- ](?:years?|yrs?)(?:[- ]olds?)?|(?:four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|thirteen|fourteen|fifteen|sixteen)[- ]years?[- ]olds?|of (?:four|five|six|seven|eight"
    r"|nine|ten|eleven|twelve)|(?:\w{2,9}|\d{1,2})(?: mlwydd)? oed)\b",
    re.IGNORECASE,
)
_LOOKS = lazy_pattern(
    r"\b(?:hair(?:ed)?|plaits?|ponytail|eyes|glasses|freckles|\d{2,3} ?cm|tall|build|wearing|wore|in a"
    r" [\w-]+(?: \w+)? (?:coat|jacket|jumper|hoodie|dress|skirt|top|t-shirt)|(?:red|blue|green|black|white"
    r"|grey|navy|yellow|pink|purple|brown|orange|school) (?:\w+ )?(?:coat|jacket|jumper|hoodie|dress|skirt"
    r"|top|t-shirt|trousers|shorts|trainers|shoes|boots|wellies|cap|hat|bag|rucksack|backpack|uniform|cast)"
    r"|t-shirt|jacket|hoodie|g?wallt|sbectol|brychni|(?:cot|got|siaced|siwmper|crys|crys-t|trowsus|sgert"
    r"|esgidiau|welingtons|cap|bag) (?:\w+ )?(?:coch|goch|glas|las|gwyrdd|werdd|du|ddu|gwyn|wen|melyn|felen"
    r"|pinc|llwyd|lwyd|byr|deinosor)|yn gwisgo|tal)\b",
    re.IGNORECASE,
)
_ELSE = lazy_pattern(
    r"\b(?:property|library|books?|homework|cats?|dogs?|kittens?|tooth|teeth|(?:missing|lost) (?:out|school"
    r"|lessons?|days?|you|learning|pieces?|items?|letters?|numbers?|words?)|forms?|eiddo|llyfr\w{0,3}|cath|ci"
    r"|sizes?|llyfrgell|dant|drama|ddrama|story|stori|play)\b",
    re.IGNORECASE,
)


def find_missing(text: str) -> Iterator[Seen]:
    """Yield where a folded text so tells of a lost child."""
    for lost in _LOST.finditer(text):
        near = _around(text, lost)
        known = _WHO.search(near) or _AGE.search(near) or _LOOKS.search(near)
        if known and not _ELSE.search(near):
            yield Seen(lost.start(), lost.end(), Kind.CLUE, Strength.ASK)
    for sought in _LOOKED_FOR.finditer(text):
        near = _around(text, sought)
        who, looks, age = _WHO.search(near), _LOOKS.search(near), _AGE.search(near)
        if ((who and (looks or age)) or (looks and age)) and not _ELSE.search(near):
            yield Seen(sought.start(), sought.end(), Kind.CLUE, Strength.ASK)


def find_one_child(text: str) -> Iterator[Seen]:
    """Yield where a folded text first speaks of one child at all: their age, how they look, or that it's one.
    For emergency texts, which are about everyone."""
    for shape in (_AGE, _LOOKS, _ONE_CHILD):
        if found := shape.search(text):
            yield Seen(found.start(), found.end(), Kind.CLUE, Strength.ASK)


def _around(text: str, found: re.Match[str]) -> str:
    """Return the words near these, on the same line."""
    before = text[max(0, found.start() - NEAR) : found.start()].rpartition("\n")[2]
    after = text[found.end() : found.end() + NEAR].partition("\n")[0]
    return f"{before}{found.group()}{after}"
