"""Hints that a text says where children are, before or while they are there; and that it uses another's work.
Hints only: most such sentences have no shape that a program knows."""

from __future__ import annotations

import re

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.hits import Kind, Strength
from schoolgate.screening.personal import Seen

_SENTENCE = lazy_pattern(r"[^.!?\n]+(?:\. ?\d[^.!?\n]*)*")
_LONGEST = 400
_WHEN = lazy_pattern(
    r"\b(?:today|tomorrow|tonight|now|currently|this (?:morning|afternoon|evening|week)|next (?:week|month|"
    r"monday|tuesday|"
    r"wednesday|thursday|friday)|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|every (?:mon|tues|wednes|"
    r"thurs|fri)day|"
    r"at \d{1,2}(?:[:.]\d\d)?\s?(?:am|pm)?|from \d{1,2}|until \d{1,2}|\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm)|daily|"
    r"(?:mon|tues|wednes|thurs|fri)day (?:at|from|morning|afternoon)|"
    r"[bf]ore (?:llun|mawrth|mercher|iau|gwener)|"
    r"every (?:school )?day|(?:mon|tues|wednes|thurs|fri)days|"
    r"(?:till?|until|tan) (?:about |around |nearly |at least |gone |tua )?(?:\d{1,2}\b|dri\b"
    r"|bedwar\b|bump\b|chwech\b|saith\b|wyth\b"
    r"|naw\b|ddeg\b|bedair\b|phump\b|dair\b)|(?:till?|until) (?:about |around |nearly )?(?:midnight"
    r"|noon|lunch ?time|tea ?time|half past|quarter|one|two|three|four|five|six|"
    r"seven|eight|nine|ten|eleven|twelve)|in (?:\w+ )?(?:minutes|half an hour|an hour)|right now|"
    r"just arrived|"
    r"(?:back|home) (?:at|by|about|around) \d{1,2}|"
    r"(?:we|they|all|class|children|pupils|kids|girls|boys|team|\d{1,2}s)(?: are"
    r"|'re)? (?:all )?(?:waiting|stuck|stranded|broken down|sat)|"
    r"^\W*(?:coach |bus |minibus |train )?(?:waiting|stuck|stranded|broken down)|"
    r"(?:ni'n|ni yn|nhw'n|maen nhw'n|plant yn|\d yn) (?:sownd|aros|disgwyl|sefyll)|"
    r"wedi torri (?:lawr|i lawr)|"
    r"heddiw|y?fory|heno|nawr|rwan|bore (?:'ma|yma)|prynhawn (?:'ma|yma)|wythnos nesaf|dd?ydd (?:llun|mawrth|"
    r"mercher|iau|gwener|sadwrn|sul)|nos (?:lun|fawrth|fercher|iau|wener|sadwrn)|"
    r"hanner awr wedi|tan \w{2,10} munud|(?:am|tua|tan) \d{1,2}(?:[:.]\d\d)?|o'r gloch|bob (?:dydd|nos))\b",
    re.IGNORECASE,
)
_WHERE = lazy_pattern(
    r"\b(?:crossing|stop|copse|bowling green|lodge|station|airport|museum|park|beach|pool|baths|"
    r"leisure centre|"
    r"arhosfan|caravan|(?:are|be) changing (?:in|at|behind)|changing rooms?|[cg]arafan|"
    r"hotel|hostel|theatre|zoo|castle|farm|"
    r"woods?|forest|river|"
    r"(?:motorway|the|(?-i:[A-Z]\w{2,20})) services(?! (?:team|to|for))|service station|lay-?by"
    r"|hard shoulder|motorway|"
    r"(?:the|yr) (?-i:[AM]\d{1,4})|play area|car ?park|"
    r"terminal|harbour|quay|docks?|traffordd|gwasanaethau (?:ger|ar)|maes parcio|porthladd|harbwr|"
    r"church|stadium|arena|camp(?:site)?|bus|coach|train|platform|ferry|walk(?:ing)? (?:home|to|from)|"
    r"swimming|playing fields?|gate|"
    r"library|centre|lake|g?orsaf|amgueddfa|[bp]arc|[dt]raeth|[bp]wll|baddonau|[cg]anolfan|[cg]h?astell"
    r"|fferm|"
    r"g?westy|g?wersyll|bws|giat|iet|eglwys|maes awyr|afon|"
    r"(?:the|village) green|y grin|[cg]apel|theatr|sw|[cg]oedwig|"
    r"tren|nofio|ll?yfrgell|lon|(?-i:(?:[Cc]|[Gg]|[Nn]gh)oed(?: yr?)? [A-Z])\w+|"
    r"hall (?:at|in|of) (?-i:(?!Christmas|Easter)[A-Z])\w+|"
    r"(?:village|town|city|church|memorial|parish|concert) hall|"
    r"(?-i:[A-Z][a-z]+ (?:Park|Museum|Centre|Castle|Beach|Station|Farm|Pool|Hall|Woods?)))\b",
    re.IGNORECASE,
)
_OWN = (
    r"\b(?:(?:the|our|school|main|lower|upper|big|small|old|new|sports|dining|dinner|drama|dance|assembly"
    r"|infants?|juniors?|primary) hall(?! (?:at|in|of) (?-i:(?!Christmas|Easter)[A-Z]))"
    r"|forest school|ysgol goedwig|library books?|llyfrau(?:'r)? llyfrgell)\b"
)
"""A place of the school's own in which a whole class spends a lesson, and what only has the name of one."""
_SPORTS = r"(?:walk|swimm|runn|netball|football|camp|cycl|danc|sing|climb|rid|rugby play|cricket)"
_WHO = lazy_pattern(
    r"\b(?:forest school|walking bus|ysgol goedwig|criw|"
    r"pupils?|children|kids|class(?:es)?|year \d{1,2}s?|y\d{1,2}|reception|nursery|team|squad|choir|"
    r"students?|club|"
    r"girls|boys|our group|form \w+|learners|"
    r"(?:the|our) (?:little|big|small|older|younger) ones|"
    r"(?-i:(?![23]D\b)(?:[1-9]|1[0-3])[A-JL-Z])(?! pencils)|"
    r"(?:those|(?:the )?ones|every(?:one|body)|group|lot|party) (?:who (?:is|are) )?(?:going|doing|coming|"
    r"on the)|"
    rf"{_SPORTS}ers|(?:residential|trip|camp) (?:lot|group|party)|"
    r"(?:y|'r) rhai (?:bach|mawr|lleiaf|hynaf|sydd|sy'n mynd|sy'n dod)|pawb sy'n mynd|(?:y|yr|'r) derbyn|"
    r"(?:cerddwyr|nofwyr|rhedwyr|dawnswyr|cantorion|gwersyllwyr|seiclwyr)|"
    r"merched|bechgyn|genod|hogia|"
    r"plant|disgyblion|dd?osbarth|[bf]l(?:wyddyn|\.)? ?\d{1,2}|[td]im|cor|clwb|myfyrwyr|meithrin)\b",
    re.IGNORECASE,
)
_PAST = lazy_pattern(
    r"\b(?:was|were|went|visited|enjoyed|had|took|saw|came|spent|played|won|learned|walked|returned|"
    r"yesterday|"
    r"last (?:week|month|night|term|year)|roedd|aeth|buodd|bu|ymwelodd|mwynhaodd|cafodd|ddoe|neithiwr|"
    r"wythnos diwethaf)\b",
    re.IGNORECASE,
)
_OURS = lazy_pattern(
    r"\b(?:(?:school|main|our) hall|in school|at school|neuadd yr ysgol|[bp]rif neuadd|yn yr ysgol|"
    r"parents|rhieni)\b",
    re.IGNORECASE,
)
_NO_PLACE = lazy_pattern(
    rf"{_OWN}"
    r"|\b(?:the|our|y|yr|'r) (?:[\w']{1,12} )?\w{3,10} (?:still |now |really |all "
    r"|already ){0,2}(?:smell\w{0,3}"
    r"|stinks|(?:has|have|had|got) (?:\w{1,6} ){0,3}?(?:fresh|paint\w{0,3}|smells?|lick|coat of|carpets?"
    r"|curtains|blinds|lights|chairs|floor\w{0,3}|roof|windows)|looks (?:lovely|great|amazing|smart|brand|new"
    r"|beautiful|fabulous|like)|(?:is|was) (?:being |freshly |newly |all )?(?:re)?(?:painted|decorated"
    r"|cleaned"
    r"|polished)|(?:yn|'n) (?:arogli|drewi|edrych|gwynto|ogleuo)|wedi(?:'i| ei)? (?:ph?eintio|ch?el paent))",
    re.IGNORECASE,
)
"""What places no one elsewhere: what a place smells and looks like, and the school's own."""
_COPYRIGHT = lazy_pattern(
    r"©|\(c\)\s?(?=(?:19|20)\d\d|[A-Z])|\ball rights reserved\b|\bcopyright\b|\b(?:photo(?:graph)?s?|"
    r"picture|image|illustration|"
    r"artwork|video) (?:by|courtesy of|credit|credits|from)\b|\bcredit:|\bcourtesy of\b|\bgetty images\b|"
    r"\bshutterstock\b|"
    r"\balamy\b|\blyrics\b|\bhawlfraint\b|\b(?:llun|lluniau) gan\b",
    re.IGNORECASE,
)


_LEFT_AT = lazy_pattern(
    r"\b(?:sitting|sat|waiting|standing|stood|stuck|stranded|sheltering|huddled|camped|holed up"
    r"|stopped|killing time|parked up"
    r"|marooned)(?: \w{1,10}){0,4}? (?:in|inside|at|by|outside|under|on|near|behind|beside|opposite)\b"
    r"|\b(?:eistedd|sefyll|aros|disgwyl|cysgodi|llechu|mochel|sownd)(?: \w{1,10}){0,4}? (?:yn|yng|ym"
    r"|mewn|wrth|ger|o flaen"
    r"|tu allan i|dan|ar)\b",
    re.IGNORECASE,
)
_HELD_UP = lazy_pattern(
    r"\b(?:till?|until|stuck|stranded|delayed|broken down|running late|back (?:at|by|about|around)"
    r"|tan|wedi torri|yn hwyr)\b",
    re.IGNORECASE,
)
"""A group that passes its time somewhere, wherever that is: on the way, not in a lesson."""


_ON_A_MAP = lazy_pattern(
    r"(?<!\w)///[a-z]{2,20}\.[a-z]{2,20}\.[a-z]{2,20}\b"
    r"|(?<![\d.])-?\d{1,2}\.\d{3,8}\s?,\s?-?\d{1,3}\.\d{3,8}(?![\d.])"
)
"""A place to a few steps: three words, or two numbers."""


def find_places(text: str) -> list[Seen]:
    """Return sentences of a folded text that name a time to come, a place and a group, and places as a map
    has them."""
    found = [Seen(each.start(), each.end(), Kind.PLACE, Strength.ASK) for each in _ON_A_MAP.finditer(text)]
    for sentence in _SENTENCE.finditer(text):
        words = sentence.group()[:_LONGEST]
        where = _WHERE.search(_NO_PLACE.sub(" ", words)) or (
            _LEFT_AT.search(words) and _HELD_UP.search(words)
        )
        if not (where and _WHEN.search(words) and _WHO.search(words)):
            continue
        if not _PAST.search(words) and not _OURS.search(words):
            start = sentence.start() + len(words) - len(words.lstrip())
            end = sentence.start() + len(words.rstrip())
            found.append(Seen(start, end, Kind.PLACE, Strength.ASK))
    return found


def find_others_work(text: str) -> list[Seen]:
    """Return signs in a folded text that it uses what another made."""
    return [
        Seen(found.start(), found.end(), Kind.COPYRIGHT, Strength.ASK) for found in _COPYRIGHT.finditer(text)
    ]
