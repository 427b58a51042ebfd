"""Sentences that place one child (whose class, which bus, who they live with, where they moved to) or that
confirm what a child told: as a kind reply does. Hints only; a person is asked."""

from __future__ import annotations

import re

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.hits import Kind, Strength
from schoolgate.screening.personal import Seen

_ONE = r"(?:he|she|they)(?:'s| is|'re| are|'ll| will)?(?: (?:now|still|usually|always|currently|normally))?"
_KIN = (
    r"(?:mother|mum|mam|father|dad|parents?|gran(?:ny|ma|dad|mother|father|parents)?|nan|aunt(?:ie"
    r"|y)?|uncle"
    r"|sister|brother|carers?|family|step\w{3,6})"
)
_KEEPS = r"(?:with|at|by|to) (?:his|her|their|a|the) (?:\w{1,12} )?"
_PLACED = lazy_pattern(
    rf"\b{_ONE} in (?:m(?:r|rs|s|iss)\.? [a-z]{{2,20}}|\d{{1,2}}[a-z]{{1,2}}\b|(?:year|yr) \d{{1,2}}\b"
    rf"|reception\b|nursery\b)"
    rf"|\b(?:he|she)(?:'ll| will)?(?: (?:also|usually|always|then|normally|now)){{0,2}} (?:goes?|gets?"
    rf"|comes?|leaves?|catch(?:es)?|takes?|travels?|finish(?:es)?|walks?|cycles?)"
    r" (?:home|out|off|the|by|with|on|at|back)\b[^.!?]{0,40}\b(?:bus|train|tram|taxi|gate|door|stop"
    r"|corner|path"
    r"|brother|sister|mum|mam|dad|nan|friends?|past|(?:at|around) \d)"
    rf"|\b{_ONE} (?:lives?|living|stay(?:s|ing)?|moved in) (?:now )?{_KEEPS}(?:{_KIN}|foster)"
    rf"|\b{_ONE} (?:lives?|living|staying|stays) (?:with foster|on|near|opposite|next)\b"
    r"|\b(?:he|she) (?:is|'s|was)? ?(?:still )?(?:at|with) (?:our school|this school|us)\b|\b(?:he"
    r"|she)(?:'s| is) still (?:here|at|with|in)\b"
    r"|\b(?:he|she) (?:goes to|plays|does|has|is at|trains at) (?:\w{1,15} ){1,3}on (?:mon|tues"
    r"|wednes|thurs|fri|satur|sun)days?\b"
    r"|\b(?:he|she)(?:'ll| will) be (?:at|in|there)\b"
    rf"|\b(?:his|her|their) {_KIN} (?:always |usually )?(?:picks?|collects?|meets?|fetch(?:es)?"
    rf"|drops?) (?:him|her|them)\b"
    r"|\b(?:he|she|they|the family|the (?-i:[A-Z])\w{2,20}s|(?-i:[A-Z])[a-z]{2,20})(?:'ve| have|'s"
    r"| has)? (?:now )?(?:left|moved|gone|transferred)\b"
    r"[^.!?]{0,20}\b(?:to (?-i:(?!Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct"
    r"|Nov|Dec|Year|The)[A-Z])\w+|is at\b)"
    r"|\bmae (?:hi|o|e|fo|fe|'n|nhw)(?:'n| yn)?(?: dal)? (?:yn |ym )?(?:nosbarth|\d{1,2}[a-z]\b"
    r"|blwyddyn|mlwyddyn|ein hysgol)"
    r"|\bmae (?:hi|o|e|fo|fe)\b[^.!?]{0,60}\b(?:fws|bws|tren|giat) "
    r"|\bmae (?:hi|o|e|fo|fe)'n (?:dal )?(?:yn ein|byw (?:gyda|efo)|byw yn)"
    r"|\bsy'n (?:ei|eu) (?:n[oô]l|gasglu|chasglu|hel|godi|chodi)\b"
    r"|\bsymudodd (?:y teulu|hi|o|e|fo|fe|nhw) i "
    r"|\b(?:he|she)(?:'s| is) with m(?:r|rs|s|iss)\b|\b(?:he|she)(?:'ll| will) be (?:waiting|standing"
    r"|outside|by|near)\b"
    r"|\b(?-i:[A-Z])[a-z]{2,20} is still (?:a pupil|here|with us|at (?:our|this))\b"
    r"|\b(?:he|she) (?:gets?|is|was) (?:dropped off|picked up)\b"
    r"|\b(?:he|she)(?:'s| is) (?:not in|off) (?:today|school|sick|this)\b|\b(?:he"
    r"|she) isn't in (?:today|school|this)\b"
    r"|\bmae (?:hi|o|e|fo|fe)'n (?:mynd|dod|chwarae|nofio)\b[^.!?]{0,40}\b(?:nos|dydd|clwb|drws|gi[aâ]t)\b"
    r"|\bmae(?: hi| o| e| fo| fe)?'n byw (?:gyda|efo)\b",
    re.IGNORECASE,
)
_TOLD = lazy_pattern(
    rf"\b(?:we|i)(?:'re| are|'m| am)? (?:(?:all|do|already|both) )?(?:know|aware|believe|understand"
    rf"|heard|remember)"
    r"(?: \w{1,10}){0,3} (?:what|that|how) (?:happen(?:ed|s)|is happening|has happened|went on"
    r"|goes on|he|she|they|your|you) ?(?:to (?:you|her|him|your)|\w{0,12} (?:did|does|hurt|hit|told"
    r"|said)|at home|did|told|said)\b"
    r"|\bwhat happened to (?:you|her|him|your (?:son|daughter|child))\b"
    r"|\bwhat (?:you|she|he) (?:told|said to|shared with|disclosed)\b"
    rf"|\b(?:for|thank you for|thanks for) (?:telling|letting) [^.!?]{{0,20}}\b(?:what|about) (?:your "
    rf"|his |her )?(?:{_KIN}|he|she) "
    r"|\b(?:things|trouble|problems?|difficult\w*|worr\w+|situation|happening"
    r"|going on) (?:are \w+ )?at home\b"
    r"|\b(?:told|rung|rang|reported \w+ to|contacted|informed|spoken to"
    r"|passed \w+ to) (?:the )?(?:social (?:services|worker)|police|children's services)\b"
    r"|\bbeth (?:sydd wedi )?(?:ddigwydd\w*|wnaeth|nath)[^.!?]{0,15}\b(?:i ti|iddi|iddo|i chi|dy|ei|eich)\b"
    r"|\bbeth (?:ddywed\w*|ddwed\w*) (?:ti|wrth|hi|o|di)\b"
    rf"|\bwhat (?:he|she|they|your (?:\w{{1,12}} )?{_KIN}) did to (?:you|her|him|them)\b"
    r"|\b(?:police|social services|social workers?) (?:know|knows|have been told|are dealing|will speak)\b",
    re.IGNORECASE,
)


def find_confirmed(text: str) -> list[Seen]:
    """Return the words of a folded text that place one child, or confirm what a child told."""
    return [
        Seen(found.start(), found.end(), kind, Strength.ASK)
        for kind, shape in ((Kind.PLACE, _PLACED), (Kind.TOLD, _TOLD))
        for found in shape.finditer(text)
    ]
