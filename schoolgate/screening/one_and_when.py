"""Where and when one child can be met, who is told by what they do: "our keenest angler is on the jetty from
six each Saturday". Not by a list of such words, which has no end, but by three things of one sentence: one of
ours by a deed, a time that comes again or an hour, and a place that isn't the school's."""

from __future__ import annotations

import re

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.people_words import (
    EIN,
    KNOWN_FOR,
    WELSH_KNOWN_FOR,
    WELSH_WORKS_HERE,
    WORKS_HERE,
    either,
)

_THINGS = frozenset("""
newsletter letter computer calendar number corner centre door floor dinner supper theatre order poster
register trailer printer projector boiler shelter summer winter water river tower flower paper chapter
matter container cooker freezer mirror escalator elevator tractor motor colour counter user parlour
harbour quarter october november december september easter other another under over after ever never
either whether together rather better later sister brother mother father daughter per for or error
mentor corridor weather laundrette address business success access progress fitness wellness dress
guitar visitor transfer cupboard chapter banner pointer locker planter feeder swimwear charter offer
answer tender career volunteer engineer peer pioneer list specialist checklist playlist shortlist mist
exist assist twist guardian supper reminder folder manor floor author minor major senior junior interior
exterior cylchgrawn cyrsydd newydd bydd sydd ffordd gynnydd nosweithiau llyfrgelloedd adnodd cynydd dydd
celfydd hydd
""".split())  # fmt: skip  # noqa: SIM905
"""Words that end as those for who does something do, and are no one of ours."""
_NO_THING = rf"(?!{either(sorted(_THINGS))}\b)"
_DOES = (
    rf"(?:{either(KNOWN_FOR)}|(?:[a-z]{{2,14}}-)?{_NO_THING}[a-z]{{2,14}}(?:er|or|ist|ian|ess|eer|ete)"
    r"|hero(?:ine)?|champ|prodigy|genius|whizz?|wizard|king|queen|prince|princess"
    r"|(?:[a-z]{2,12} )?(?:boy|girl|lad|lass)"
    r"|(?:future|budding|junior|mini|little|young) [a-z]{3,14})"
)
_GWNEUD = (
    rf"(?:{either(WELSH_KNOWN_FOR)}|{_NO_THING}[a-z]{{2,14}}(?:wr|ydd|ores|wraig|ydes|wyr)(?:es)?"
    rf"|arwr(?:es)?|brenin"
    r"|brenhines|bugail|fugail|milfeddyg|filfeddyg|meddyg)"
)
_ONE = lazy_pattern(
    rf"\bour (?:[\w'-]{{1,14}} ){{0,4}}?{_DOES}\b(?! of the\b)"
    r"|\bthe (?:tiniest|smallest|littlest|youngest|newest|fastest|bravest) (?:[\w'-]{1,14} ){0,2}?"
    rf"(?:member|one|{_DOES})\b"
    rf"|\b{EIN} (?:[\w'-]{{1,12}} ){{0,2}}?{_GWNEUD}\b(?! yr wythnos)"
    r"|\b(?:yr |'r |ein h?)aelod (?:lleia|ieuenga|ifanc|newydd|mwya)\w{0,3}\b",
    re.IGNORECASE,
)
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_AGAIN = lazy_pattern(
    rf"\b(?:every|each|most) (?:single |school )?(?:{_DAY}s?|day|morning|afternoon|evening|night"
    rf"|lunch\w*|week\w*"
    rf"|dawn|dusk)\b|\b{_DAY}s\b|\b{_DAY} (?:morning|evening|night|afternoon)s\b|\bon school days\b"
    rf"|\btimes a week\b"
    r"|\b(?:at|by|from|before|after|until|till|about|around) (?:(?:half|quarter|twenty|ten"
    r"|five) (?:past|to) \w{2,6}"
    r"|\d{1,2}(?:[.:]\d\d)? ?(?:am|pm)\b|six|seven|eight|four|five|dawn|dusk|sunrise|sunset|dark|tea"
    r"|the bell)\b"
    r"|\b\d{1,2}[.:]\d\d\b"
    r"|\bbob (?:dydd|bore|nos|prynhawn|pnawn|wythnos|amser) ?\w*|\b(?:dwy|deir"
    r"|pedair) ?gwaith yr wythnos"
    r"|\b(?:am|tan|cyn|erbyn|o) (?:\w{2,10} )?(?:chwech|saith|wyth|bedwar|bump|hanner|chwarter|ugain"
    r"|i'r haul|y wawr)\b"
    r"|\b(?:fore|bore|nos|pnawn) (?:llun|mawrth|mercher|iau|gwener|sadwrn|sul)\b|\bcyn i (?:neb"
    r"|unrhyw|iddi)\b",
    re.IGNORECASE,
)
_PLACES = (
    r"(?:jetty|quay|harbour|beach|pier|bridge|canal|towpath|river|lake|reservoir|brook|park|gardens"
    r"|rec|swings|skate"
    r"park|green|common|woods?|forest|field|fields|meadow|allotments?|farm|stable|stables|yard|lane"
    r"|road|street"
    r"|avenue|grove|terrace|close|crescent|drive|hill|square|path|footpath|alley|underpass|subway"
    r"|steps|flats|estate"
    r"|corner|shops?|market|co-?op|lidl|aldi|asda|tesco|spar|chippy|cafe|station|platform|stop|tram"
    r"|train|bus|tracks?"
    r"|lido|pool|baths|car park|garage|church|chapel|churchyard|cemetery|graveyard|bandstand|pitch"
    r"|courts?|wall|hut"
    r"|ferry|boat|marina|lock|weir|railway line|line|bench|gate)"
)
_LLE = (
    r"(?:lanfa|glanfa|traeth|draeth|pont|bont|gamlas|camlas|afon|llyn|gronfa(?: ddŵr)?|parc|barc"
    r"|gerddi|ngerddi|siglenni"
    r"|cae|gae|coed|goedwig|rhandir\w*|fferm|stabl\w*|lôn|lon|heol|ffordd|stryd|rhes|rhodfa|clos|bryn"
    r"|allt|llwybr|lwybr"
    r"|gornel|cornel|siop\w{0,3}|farchnad|orsaf|gorsaf|trên|tren|bws|pwll|eglwys|capel|fynwent|maes"
    r"|wal|giât|harbwr)"
)
_AT = (
    r"\b(?:on|in|at|by|along|through|across|over|behind|round|around|down|up|past|outside|near|under"
    r"|beside|between"
    r"|to|does)"
)
_AR = r"\b(?:ar|yn|yng|ym|wrth|ger|hyd|trwy|drwy|dros|heibio|lawr|croesi|i|efo)"
_PLACE = lazy_pattern(
    rf"{_AT} (?:(?:the|a|an|that|her|his) )?(?:[\w'.-]{{1,14}} ){{0,3}}?{_PLACES}\b"
    rf"|{_AR}(?:'r| y| yr)? (?:[\w'-]{{1,12}} ){{0,2}}?{_LLE}\b|\b(?:y|yr|'r) (?:bws|trên) \w",
    re.IGNORECASE,
)
_GROWN_UP = lazy_pattern(
    rf"\b(?:{either(WORKS_HERE, WELSH_WORKS_HERE)}|crossing|patrol|volunteers?|helpers?|governors?"
    rf"|cleaners?|gardeners?"
    r"|trainers?|instructors?|tutors?|mentors?|managers?|carers?|counsellors?|sponsors?|builders?"
    r"|plumbers?|farmers?|ffermwr|ffermwyr|mayor"
    r"|minister|priest|doctors?|partners?|suppliers?|nurses?|ministers?|members of|reps?|M(?:r|rs|s"
    r"|iss|x)\.? [A-Z]\w+"
    r"|gofalwr|gwirfoddol\w+|athr\w+|heddwas|maer|ficer|gweinidog|hyfforddwr\w*|cynorthwy\w+"
    r"|wirfoddolwr)\b",
    re.IGNORECASE,
)
_SIGNS = ("our ", "ein ", "est ", "aelod ", "'n ")
"""Of which a text has one, if one of ours is in it."""


def may_be_met(text: str) -> bool:
    """Return whether a small text has any sign of it; most have none."""
    return any(sign in text for sign in _SIGNS) and _AGAIN.search(text) is not None


def met_by_deeds(sentence: str) -> re.Match[str] | None:
    """Return the words of a folded sentence for one child by what they do, where it says too when and where
    they can be met."""
    if not (_AGAIN.search(sentence) and _PLACE.search(sentence)) or _GROWN_UP.search(sentence):
        return None
    return _ONE.search(sentence)
