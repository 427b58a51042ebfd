"""Where a few children can be met by themselves at a fixed time, however cheerfully it's said (*The same four
faces are always first through the side gate at 7.15*), and where some sleep tonight and how one gets in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.hits import Kind
from schoolgate.screening.people_words import CHILDREN, WELSH_CHILDREN, either
from schoolgate.screening.personal import Seen
from schoolgate.screening.shapes import Shape, find_shapes

_NUMBER = r"(?:two|three|four|five|six)"
_RHIF = r"(?:dd?au|dd?wy|tri|dri|tair|dair|pedwar|bedwar|pedair|bedair|pump|bump)"
_FACES = (
    r"(?:faces|legends|heroes|stars|regulars|birds|souls|pals|friends|mates|amigos|musketeers|suspects|heads"
    r"|customers|of (?:us|them))"
)
_A_FEW = lazy_pattern(
    rf"\b(?:the|our|these|those) (?:[\w-]{{1,12}} ){{0,3}}?(?:{_NUMBER}|pair|trio|duo|twosome|threesome"
    rf"|foursome|quartet|quintet|gang|few|{_FACES})\b"
    rf"|\b(?:same|usual|first|last|dynamic|terrific|terrible|happy|cheery|little) (?:little )?(?:{_NUMBER}"
    rf"|pair|few|ones|trio|duo|twosome|threesome|foursome|gang|bunch|crew|group|lot|{_FACES})\b"
    rf"|\bearly[- ]birds?\b|\b{_NUMBER} (?:little |sleepy |keen |smiley )?{_FACES}\b"
    rf"|\b(?:yr|'r|i'r|o'r) un (?:{_RHIF}|wynebau|criw|plant|rhai|griw|genod|hogia\w?|merched|bechgyn)\b"
    rf"|\b(?:y|'r) {_RHIF} (?:bach |fach )?(?:olaf|gyntaf|cyntaf|cynnar|arall)\b"
    rf"|\b{_RHIF} (?:wyneb|enaid|ffrind|hogyn|hogan|un bach)\b"
    r"|\b(?:triawd|driawd|deuawd|ddeuawd|pedwarawd|bedwarawd|adar cynnar|adar bore|rhai (?:olaf|cyntaf"
    r"|cynnar))"
    r"\b",
    re.IGNORECASE,
)
_CLOCK = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_CLOC = r"(?:un|dd?au|dd?wy|dri|tri|bedwar|pedwar|bump|pump|ch?wech|saith|wyth|naw|dd?eg)"
_A_TIME = lazy_pattern(
    r"\b\d{1,2}[.:]\d\d\b|\b(?:half|quarter|five|ten|twenty|twenty[- ]five) (?:past|to)(?: \w{3,6})?\b"
    rf"|\b(?:at|until|till?|from|since|before|by) (?:{_CLOCK}|\d{{1,2}})\b(?! (?:minutes|days|weeks|people"
    r"|pupils|schools|points|years))"
    rf"|\b(?:chwarter|hanner(?: awr)?|deng munud|deg|dd?eg munud|ddeg|ugain|pum munud|hugain) (?:wedi|i) \w"
    rf"|\b(?:tan|am|o|ers|erbyn|cyn) {_CLOC}\b|\bbefore (?:the |any )?(?:gates?|office|staff|doors?|school"
    rf"|building"
    r"|caretaker|teachers?)\b[^.!?\n]{0,20}\b(?:open|opens|unlocked|arrives?|in)\b",
    re.IGNORECASE,
)
_WAITING = lazy_pattern(
    r"\b(?:at|by|on|outside|through|in|near|behind|against|under|beside) (?:the |our )?(?:[\w-]{2,10} ){0,2}?"
    r"(?:gates?|stop|shelter|walls?|bench|bins|bike sheds?|sheds?|doors?|steps|railings|fence|corner|library"
    r"|chip shop|shops?|park|car park|playground|bus station|bridge|alley|lane|field|kerb|pavement|layby)\b"
    r"|\b(?:waiting|waits?|sits?|sitting|stands?|standing|huddl\w{2,3}|queu\w{2,4}"
    r"|perched) (?:\w{2,9} ){0,2}?"
    r"(?:outside|there|here|alone|for (?:us|mum|dad|a lift|the (?:door|gate|bus)))\b"
    r"|\b(?:always|still|here|there)(?: here| there)? (?:until|till|again)\b"
    r"|\b(?:first|last) (?:ones? )?(?:to (?:be )?(?:arrive|leave|collected|fetched|picked up|go home)|in\b"
    r"|out\b"
    r"|at (?:breakfast|after[- ]?school|homework|the) club|here)"
    r"|\b(?:wrth|ar|tu allan i|tu ol i|ger|yn|dan|drwy|trwy)(?:'r| y| yr)? ?(?:\w{2,9} )?(?:g?iat\w{0,3}"
    r"|safle"
    r"|arhosfan|wal|fainc|mainc|biniau|siediau|sied|drws|drysau|grisiau|reilins|ffens|gornel|cornel"
    r"|l?lyfrgell|siop\w{0,3}|[pb]arc|maes parcio|iard|[pb]ont|lon|cae|clwb)\b",
    re.IGNORECASE,
)
_OF_ALL = lazy_pattern(
    r"\b(?:final|tickets?|concerts?|bill|trips?|shows?|match|races?|recipes?|buses|prizes?|raffle|parents?"
    r"|books?|teams?|volunteers? needed|fixtures?|lessons?|please|kick[- ]off|tocyn\w{0,3}|cyngerdd|sioe"
    r"|g[eê]m"
    r"|llyfrau|rhieni|gwersi|cofiwch|plis|fws|fysiau|houses|classes|assembl\w{1,3}|weeks?|wythnos\w{0,2}"
    r"|ducklings?|hens|chicks?|robins?|gulls?|ieir|hamster\w?)\b",
    re.IGNORECASE,
)
"""A fixture, a notice to all, or an animal."""
_CHILDREN = (
    rf"(?:{either(CHILDREN)}|we|we're|us|they|they're|infants|juniors|cubs|scouts|beavers|brownies|guides"
    r"|rainbows|explorers|campers|year \w{1,6}|y\d{1,2}|reception|nursery|club|choir|team|squad|group|crew"
    r"|gang"
    rf"|{either(WELSH_CHILDREN)}|criw|clwb|c[oô]r|t[iî]m|(?:[bmf]lwyddyn|flwyddyn) \w{{1,6}}|brownis"
    rf"|sgowtiaid"
    r"|cybiau|rhai bach|nhw|ni|derbyn|meithrin|gwersyllwyr)"
)
_SOME = lazy_pattern(rf"\b{_CHILDREN}\b", re.IGNORECASE)
_SLEEP = lazy_pattern(
    r"\b(?:(?:sleep(?:s|ing)?|bed(?:s|ded|ding)?|stay(?:s|ing)) (?:out|over|down|in|at|on|under)|asleep"
    r"|sleep-?over\w{0,6}|camp(?:s|ing)?(?: out)? (?:in|at|on|by|under)|camp-?out|(?:yn|'n) (?:cysgu"
    r"|gwersylla"
    r"|aros)|c?h?ysgu dros nos|gysgu|gwersylla)\b",
    re.IGNORECASE,
)
_TONIGHT = lazy_pattern(
    r"\b(?:tonight|this (?:evening|night)|overnight|all night|till (?:the )?morning|until (?:the )?morning"
    r"|heno|dros nos|tan y bore|drwy'r nos)\b",
    re.IGNORECASE,
)
_ALL_NIGHT = lazy_pattern(
    r"\b(?:overnight|all night|(?:till?|until) (?:the )?morning|dros nos|tan y bore|drwy'r nos)\b",
    re.IGNORECASE,
)
_OPEN = lazy_pattern(
    r"\b(?:(?:door|gate|hatch|window|flap)s?\b[^.!?\n]{0,25}\b(?:open|unlocked|latch|ajar|propped)"
    r"|unlocked|no (?:lock|locks|key|bolt)|on the latch|(?:pop|come|nip|walk) (?:in|over|by|round)"
    r"|knock (?:on"
    r"|at)|(?:back|side|kitchen|fire) (?:door|gate|exit)|let yourself in|key (?:is )?under"
    r"|(?:drws|giat|iat|drysau)\b[^.!?\n]{0,25}\b(?:agor|ar agor|heb)|heb (?:ei|eu) (?:ch?loi|gloi)|dim clo"
    r"|curwch|drws (?:y )?(?:cefn|gefn|ochr|gegin)|giat (?:y )?(?:cefn|gefn|ochr))\b",
    re.IGNORECASE,
)
_NO_CHILDREN = lazy_pattern(
    r"\b(?:hamsters?|hedgehogs?|draenog\w{0,3}|ieir|hens|chicks?|sleeping beauty|costumes?|lost property"
    r"|(?:our|the) tedd(?:y|ies)|tedi bers?|stories|story|lullab\w{1,3}|pyjama day|good night's|sleep well"
    r"|enough sleep|bats?"
    r"|homeless|sponsored|charity|digartref|noddedig|early night|plenty of sleep|owls?|lambs?|wyn|babi|baby"
    r"|play|panto\w{0,3}|tickets?|poem|nativity)\b",
    re.IGNORECASE,
)
_SHAPES = (
    Shape(Kind.PLACE, (_A_FEW, _A_TIME, _WAITING), _OF_ALL),
    Shape(Kind.PLACE, (_SLEEP, _TONIGHT, _SOME), _NO_CHILDREN),
    Shape(Kind.PLACE, (_SLEEP, _OPEN, _SOME), _NO_CHILDREN),
    Shape(Kind.PLACE, (_ALL_NIGHT, _OPEN, _SOME), _NO_CHILDREN),
)


def find_where_met(text: str) -> Iterator[Seen]:
    """Yield what a folded text so tells."""
    yield from find_shapes(text, _SHAPES)
