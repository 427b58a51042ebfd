"""Where a child can be met alone: how and when they go home, wait, or are at home, in both languages. Words
near each other in one sentence; a rule for all ("may walk home if a parent has signed") is none."""

from __future__ import annotations

import re

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.one_and_when import may_be_met, met_by_deeds

_TIME = (
    r"(?:\d|half|quarter|ten|five|twenty|three|four|six|seven|eight|nine|eleven|noon|hanner|chwarter|dri"
    r"|bedwar|bump|chwech|saith)"
)
_BY_SELF = (
    r"(?:alone|(?:all )?(?:on|by) (?:his|her|my|their) own|(?:on|by) (?:him|her|my)self|unaccompanied"
    r"|without (?:a |an |any )?(?:grown-?ups?|adults?)|with (?:no ?one|nobody)"
    r"|(?:with )?no (?:grown-?ups?|adults?) (?:with|near|there|about))"
)
_ON_THE_WAY = (
    r"(?:home|back|out|to school|from school|through|past|along|down|across|over|round"
    r"|to the (?:bus|stop|station|shops?|park)|the \d{1,2}[.:]\d\d|the alley|the lane|the bus)"
)
_GOES = (
    r"(?:walk(?:s|ing)?|cycl(?:es?|ing)|rid(?:es?|ing)|catch(?:es)?|takes|bik(?:es?|ing)|scoot(?:s|ing)?"
    r"|goes|going|com(?:es|ing)|cuts?"
    r"|heads?|makes (?:his|her) way|gets?)"
)
_SPOT = (
    r"(?:gates?|stop|shelter|bridge|corner|shops?|park|lane|alley|bus|station|there|field|path|canal|pool"
    r"|school|club|woods?|steps|crossing|playground)"
)
_ONE = (
    r"(?:he|she|my (?:son|daughter|lad|girl|boy|little one)"
    r"|(?-i:(?<!Mr )(?<!Mrs )(?<!Ms )(?<!Miss )(?<!Dr )[A-Z][a-z]{2,}))"
)
_ENGLISH = (
    rf"\b{_GOES}\b.{{0,30}}\b{_ON_THE_WAY}\b.{{0,30}}\b{_BY_SELF}\b"
    rf"|\b{_GOES}\b.{{0,15}}\b{_BY_SELF}\b.{{0,30}}\b(?:{_ON_THE_WAY}|at {_TIME})\b"
    rf"|\b(?:walk|cycle|bike|go)(?:s|es)? (?:home|back|to school)\b.{{0,30}}\b(?:by themselves)\b.{{0,40}}"
    r"\b(?:at \d|every|always)\b"
    rf"|\b(?:waits?|waiting|stands?|sits?|hangs? (?:about|around))\b.{{0,30}}\b{_BY_SELF}\b"
    rf"|\b{_ONE}(?:'s|'ll)?(?: (?:always|usually|will|is|be|normally|then)){{0,2}} "
    rf"(?:walk(?:s|ing)?|cycl(?:es?|ing)|goes|comes)\b.{{0,30}}\b{_ON_THE_WAY}\b.{{0,30}}"
    rf"\b(?:(?:at|about|around) {_TIME}|every (?:day|(?:mon|tues|wednes|thurs|fri)day|afternoon|morning))"
    rf"|\b(?:he|she)(?:'ll be|'s| is| will be) (?:all )?{_BY_SELF}\b.{{0,20}}"
    rf"\b(?:by|at|from|until|till|til) {_TIME}"
    r"|\b(?:(?-i:[A-Z])[a-z]{2,20} and (?:his|her) (?:brother|sister|twin|friend|cousin)|the (?:twins"
    r"|two (?:boys|girls|of"
    r" them)))(?:'ll be| will be| are| is)\b.{0,30}\b(?:alone|on their own|by themselves)\b.{0,20}"
    rf"\b(?:by|at|from|until|till|til) {_TIME}"
    r"|\b(?:no ?one|nobody)(?:'s| is| will be|'ll be) (?:at home|home"
    r"|(?:in|back) (?:till?|until))\b"
    r"|\blets? (?:him|her|my|them)sel(?:f|ves) in\b"
    r"|\b(?:mum|mam|dad|parents|nan|nain|gran) (?:isn't|aren't|is not|are not|won't be|doesn't get|don't get)"
    r" (?:back|home|in)\b"
    r"|\b(?:he|she)(?:'s| is| gets)?(?: (?:always|usually|normally))? (?:picked up|collected|dropped off)\b"
    rf".{{0,25}}\b{_SPOT}\b"
    r"|\b(?:you(?:'ll|'d)?(?: (?:can|will|could|might))?(?: always)?|just|then) "
    rf"(?:find|catch|meet|collect|pick up|get|spot|fetch) (?:him|her) (?:there\b"
    rf"|(?:at|by|in|near|outside|behind|from|on|under|opposite|over|round)\b.{{0,25}}\b{_SPOT}\b)"
    r"|\b(?:bus|taxi|train|tram|minibus)\b.{0,15}\b(?:drops|leaves|lets|puts) (?:him|her)\b"
    r"|\b(?:no ?one|nobody)(?:'s)? (?:meets|is meeting|meeting|will meet|is there to meet|collects|waits for)"
    r" (?:him|her|(?-i:[A-Z][a-z]+))\b"
    rf"|\b(?:house|flat|home|place) to (?:him|her|my|them)sel(?:f|ves)\b"
)
_SELF = r"(?:h?un(?:an|ain)?)"
_WELSH_BY_SELF = (
    rf"(?:ar (?:ei |eu |fy )?(?:ph?en|ben)(?:nau)? (?:ei|eu|fy) {_SELF}"
    rf"|wrth(?:o|i|yn)?'?[iu]?(?: ei| eu| fy)? {_SELF}"
    rf"|(?:ei|eu|fy) {_SELF}|heb (?:neb|oedolyn|riant))"
)
_WELSH_GOES = r"(?:[cg]erdded|seiclo|s?eiclo|[bf]eicio|mynd|dod|d[eo]wad|sgwtera|cerdda|gerdda)"
_HOME = (
    r"(?:adref?|adra|[gn]g?atref?|[gn]g?artref|i'r ysgol|mas|allan|heibio|drwy|trwy|ar hyd|lawr|o'r ysgol|nol"
    r"|at y (?:bws|safle|siop|parc|orsaf))"
)
_WELSH_SPOT = (
    r"(?:[gn]?g?iat|iet|safle|arhosfan|[bp]ont|[cg]ornel|siop|[bp]arc|lon|bws|gorsaf|orsaf|yno|cae|[ls]?lwybr"
    r"|gamlas|camlas|pwll|ysgol|clwb|coed|groesfan)"
)
_WELSH = (
    rf"\b{_WELSH_GOES}\b.{{0,30}}\b{_HOME}\b.{{0,30}}\b{_WELSH_BY_SELF}"
    rf"|\b{_WELSH_GOES}\b.{{0,15}}\b{_WELSH_BY_SELF}\b.{{0,30}}\b(?:{_HOME}|am {_TIME}|bob)"
    rf"|\b(?:aros|sefyll|eistedd)\b.{{0,25}}\b{_WELSH_BY_SELF}\b"
    rf"|\b(?:yn y|yn|mewn) t[yŷ]\b.{{0,20}}\b{_WELSH_BY_SELF}\b"
    r"|\b(?:adref?|adra|gartref?)\b.{0,10}\b(?:heb neb|unig)\b"
    r"|\bei (?:chasglu|gasglu|chyfarfod|gyfarfod|chwrdd|gwrdd|nol|dal)(?: (?:hi|e|ef|fe|fo|o))?"
    rf"\b.{{0,30}}\b{_WELSH_SPOT}\b"
    rf"|\b(?:cewch|gewch|cei|gei) hyd i(?:ddo|ddi)\b.{{0,30}}\b{_WELSH_SPOT}\b"
    r"|\bbws\b.{0,15}\b(?:gollwng|ollwng|gadael|adael) (?:hi|e|ef|fe|fo|o)\b"
    r"|\b(?:does|fydd|nid oes) neb\b.{0,20}\b(?:cwrdd|cyfarfod|casglu|gasglu|aros)\b.{0,10}"
    r"\b(?:hi|e|ef|fe|fo|o|a hi)\b"
    rf"|\b(?:bydd|mae)\b.{{0,15}}\b{_WELSH_BY_SELF}\b.{{0,15}}\b(?:am|erbyn|tan|tua|nes) {_TIME}"
    r"|\b(?:fydd|s|oes) ?neb (?:adref?|adra|gartref?|yno|mewn)\b"
)
_GROUP = (
    r"(?:(?:year|class|yr|form) ?(?-i:[A-Z\d])\w{0,12}|year (?:one|two|three|four|five|six|seven|eight|nine)"
    r"|\d{1,2}[a-z]"
    r"|(?:the|our) (?:[\w']{1,12} )?(?:children|kids|class|boys|girls|team|choir|club|group|pupils)|they|we)"
)
_LANDMARK = (
    r"(?:canal|river|brook|bridge|underpass|tunnel|alley|lane|path|footpath|towpath|woods?|park|field|beach"
    r"|subway"
    r"|church|chapel|shops?|station|estate|(?-i:[A-Z])\w{1,20} (?:lane|road|street|row|hill|way|park"
    r"|terrace))"
)
_BY_WAY = (
    rf"(?:along|down|up|through|past|by|via|over|under|across)(?: (?:the|our|to"
    rf"|back))* (?:[\w'’]{{1,12}} ){{0,2}}?{_LANDMARK}"
)
_A_TIME = (
    rf"(?:\b(?:at|about|around|from|by|till|until|am|tua|erbyn) (?:\w{{1,8}} )?{_TIME}|\b\d{{1,2}}[.:]\d\d\b"
    r"|\b(?:every|bob|after|ar ol) \w|\bam (?:ddeg|ddeuddeg|un|ddau|naw|wyth|hanner|chwarter|dri|bedwar"
    r"|bump)\b)"
)
_GRWP = (
    r"(?:[bm]?lwyddyn \w{1,8}|flwyddyn \w{1,8}|\d{1,2}[a-z]|dosbarth \w{1,12}|(?:y|yr|'r) (?:plant|c[oô]r"
    r"|tim|t[iî]m"
    r"|clwb|criw|genod|hogia|merched|bechgyn)|nhw|maen nhw|ni|byddan)"
)
_TIRNOD = (
    r"(?:gamlas|camlas|afon|bont|pont|lon|l[oô]n|llwybr|lwybr|parc|barc|coed|goed|eglwys|capel|stryd|traeth"
    r"|siop\w{0,3}"
    r"|orsaf|allt)"
)
_TOGETHER = (
    rf"(?=[^.!?\n]{{0,200}}?{_A_TIME})[^.!?\n]{{0,120}}?\b{_GROUP}(?:'ll)?"
    r"(?: (?:will|then|all|are|be|always|usually|normally|leave|get|just|off|out|and)| (?:at"
    r"|about) [\w.:]{1,8}"
    r"| at the \w{1,12}| \d{1,2}[.:]?\d{0,2}){0,6}? "
    rf"(?:walk(?:ing)?|head(?:ing)?|go(?:ing)?|com(?:e|ing)|cycl(?:e|ing)"
    rf"|cut(?:ting)?)\b[^.!?\n]{{0,30}}?\b{_BY_WAY}\b"
)
"""A class on its way together: where, and when."""
_FFORDD = rf"(?:ar hyd|heibio|drwy|trwy|dros|lawr|i lawr|i fyny|ger)(?:'r| y| yr)? ?{_TIRNOD}\b"
_GYDA_I_GILYDD = (
    rf"(?=[^.!?\n]{{0,200}}?{_A_TIME})[^.!?\n]{{0,120}}?\b{_GRWP}(?:'n| yn|['’]n)? ?[^.!?\n]{{0,30}}?"
    rf"(?:\b(?:cerdd\w{{1,3}}|gerdd\w{{1,3}}|mynd|dod))\b[^.!?\n]{{0,25}}?\b{_FFORDD}"
    rf"|(?=[^.!?\n]{{0,200}}?{_A_TIME})[^.!?\n]{{0,60}}?\b(?:cerddwn|awn|down)\b[^.!?\n]{{0,25}}?\b{_FFORDD}"
)
_WITH_A_CLASS = lazy_pattern(rf"^\s*(?:{_TOGETHER}|{_GYDA_I_GILYDD})", re.IGNORECASE)
_ROUTINE = lazy_pattern(f"{_ENGLISH}|{_WELSH}", re.IGNORECASE)
_RULE = lazy_pattern(
    r"\b(?:if|unless|whether|once|only|os|oni|dim ond)\b.{0,30}\b(?:parents?|carers?|rhiant|rhieni|gofalwr"
    r"|consent|permission|signed|caniatad|ffurflen|llofnodi)\b",
    re.IGNORECASE,
)


_SIGNS = (
    "alone", " own", "sel", "accompanied", "grown", "adult", "no one", "noone", "nobody", "walk", "cycl",
    "cerdd", "mynd ", "dod ", "head", "cut", "go ",
    "goes", "comes", "n't ", "not ", "picked", "collected", "dropped", " him", " her", " hun", "heb ",
    "neb", "unig", "ei ", "hyd i", "bws",
)  # fmt: skip
"""Of which each routine has one: looked for first, because most texts have none of the rarer ones."""


def may_have_routine(text: str) -> bool:
    """Return whether a text has any sign of a routine; most have none, and this takes no time."""
    small = text.lower()
    return any(sign in small for sign in _SIGNS) or may_be_met(small)


def routine_in(sentence: str) -> re.Match[str] | None:
    """Return the words of a folded sentence that say where a child can be met alone."""
    found = None
    if may_have_routine(sentence):
        found = _ROUTINE.search(sentence) or _WITH_A_CLASS.search(sentence)
    found = found or met_by_deeds(sentence)
    return None if found is None or _RULE.search(sentence) else found
