"""Words that accuse an adult of something, or warn of them, in English and Welsh: each says by itself that
what was written isn't for the person it names. And those that put an adult together with a child, where
no verb says that anything was done, so that no list of acts has it: alone with children, or taking one
home; with one pupil as adults are with each other (a hotel, a flat, a night, a holiday, a relationship);
beside one child without a name (*ask him about that girl*, *why has he got my son's number*).

What one of the family, another child or a thing did to a child is no accusation of an adult here.
"""

from __future__ import annotations

import re

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.folding import fold
from schoolgate.screening.people_words import (
    CHILD,
    CHILDREN,
    SOMEONES_CHILD,
    WELSH_CHILD,
    WELSH_CHILDREN,
    either,
)

_CHILDREN = (
    r"(?:kids?|child\w*|girls?|boys?|pupils?|students?|teenagers?|youngsters?|daughters?|sons?"
    r"|minors?|(?:year|yr) \d+s|year (?:ones|twos|threes|fours|fives|sixes|sevens|eights|nines|tens)|y\d+s"
    r"|little ones)"
)
_PLANT = r"(?:b?ph?lant|merched|[bf]echgyn|plentyn|blentyn|dd?isgybl(?:ion)?|m?[mf]erch|bechgyn)"
_ACCUSES = lazy_pattern(
    r"\b(?:arrest\w*|suspended|suspension|sacked|jailed?|prison|convict\w*|criminal|charged with|on bail"
    r"|(?:in|to|at) court|court case|investigat\w*|allegation\w*|accus\w*|victims?|assault\w*|cover(?:ed)? up"
    r"|police(?! (?:visit|officers?|dogs?|cars?|talk|cadets?|community|station))"
    r"|p[ae]{1,2}do\w*|nonces?|perv\w*|predator\w*|grooming|molest\w*|grop(?:es?|ed|ing)|fondl\w*|fiddl(?:es?|ed"
    r"|ing) with|porn\w*|creepy?|creeps|sleaz\w*|touchy|handsy|inappropriate\w*|indecent\w*|naked|nudes?"
    r"|up (?:\w+ )?skirts?|upskirt\w*|under ?age|racist|racism|violent|aggressive|manhandl\w*|heavy.handed"
    r"|rough with|lost (?:his|her|their) temper|humiliat\w*|bruis\w*|drugs|cocaine|cannabis|alcohol|vodka"
    r"|(?:smell|stink|reek)\w* of \w+|in tears(?! of (?:joy|laughter|laughing|pride|happiness|relief)\b)"
    r"|made (?:\w+ ){1,3}cry|scared of|terrified|frightened of"
    r"|afraid of|beware|watch out for|watch your|look out for your|stay away|keep away|keep clear|steer clear"
    r"|(?:keep|kept|get|stay|hide|move|take) (?:\w+ ){0,5}away from|away from (?:\w+ ){0,2}"
    + _CHILDREN
    + r"|near (?:\w+ ){0,2}"
    + _CHILDREN
    + r"|(?:trust|left|leave|alone|weird|odd|strange|funny|safe|unsafe|obsessed|too \w+) (?:\w+ ){0,2}"
    r"(?:with|around|near|about) (?:\w+ ){0,2}"
    + _CHILDREN
    + r"|(?:not|isn't|isnt|aren't|don't feel|doesn't feel|never|nobody is|no one is) (?:\w+ )?safe"
    r"|can'?t be trusted|don'?t trust|hands? (?:to (?:him|her|them)sel\w+|all over|everywhere|off|up|down|on"
    r"|round|under)|(?:on|onto) (?:his|her|their) (?:lap|knees?)|in (?:his|her|their) car"
    r"|(?:at|to|round|in) (?:his|her|their) (?:house|flat|bedroom)|chang(?:ing|ed) (?:rooms?|in front)"
    r"|getting changed|(?:in|into) the (?:toilets?|showers?|store ?room|cupboard|loos?)"
    r"|(?:text|messag|dm|call|snap|ring)\w* (?:\w+ ){0,4}(?:at night|late|in the night|privately|midnight)"
    r"|(?:messag|text|dm|snap|follow|ask|film|watch|star)\w* (?:at )?(?:\w+ ){0,2}"
    r"(?:girls|boys|daughter|kids home|for (?:pics|pictures|photos))"
    r"|(?:pictures|photos|pics|videos) of (?:my |our |the )?(?:girls|daughter|her|body|kids in)"
    r"|what (?:he|she|they)(?:'s|'d| has| have)? (?:did|done|does) (?:to|with|in)"
    r"|wouldn'?t let (?:\w+ ){1,3}(?:go to|use|leave|out|eat|drink|drank)|get rid of)\b"
    r"|\b(?:arest\w*|harest\w*|carchar\w*|garchar\w*|heddlu(?! lleol)|gwahardd\w*|wahardd\w*|dd?iswydd\w*"
    r"|[bp]h?edoffeil\w*|p[ae]{1,2}doffeil\w*|[bp]yrfert\w*|bhyrfert|ymosod\w*|ymddwyn yn amhriodol|amhriodol"
    r"|anaddas|c?g?h?am.?drin\w*|meddw|feddw|wedi meddwi|dwylo (?:dros|ar|ym)|ddwylo|rhy agos"
    r"|creulon\w*|greulon"
    r"|cleis\w*|gleis\w*|(?:gwneud|wneud|gwnaeth|wnaeth) (?:\w+ ){1,3}(?:grio|crio|lefain)|gwyliwch"
    r"|gochelwch|byddwch yn ofalus|gwylia|draw (?:oddi wrth|rhag|o|oddi)"
    r"|cadw\w* (?:\w+ ){0,5}(?:draw|oddi wrth)"
    r"|(?:ddim yn|nid yw'n|anni?ogel|ddim) (?:saff|ddiogel|ffit)|(?:ymddiried|gadael|agos|diogel|saff) "
    r"(?:\w+ ){0,3}(?:gyda|at|ger|efo|i|o gwmpas)(?:'r)? (?:\w+ ){0,1}"
    + _PLANT
    + r"|ar ei (?:lin|glin|gliniau)|yn ei (?:gar|char|dy|thy|gartref)|o flaen y llys|yn y llys|llys"
    r"|(?:neges|tecst)\w* (?:\w+ ){0,5}(?:gyda'r nos|yn y nos|yn hwyr|ganol nos)"
    r"|(?:neges|tecst|gwylio|wylio|dilyn|ddilyn|syllu)\w* (?:\w+ ){0,3}"
    + _PLANT
    + r"|luniau o(?:'r| fy)? (?:m?[mf]erch\w*|plant|bechgyn|disgyblion)|newid (?:dillad|o flaen)|noeth\w*"
    r"|hiliol|hiliaeth|cyffuriau|gyffuriau|alcohol|rhegi|regi)\b",
    re.IGNORECASE,
)


def accuses(text: str) -> bool:
    """Return whether a text accuses an adult of something, or warns of one."""
    return bool(_ACCUSES.search(fold(text).text))


_ADULT = (
    r"(?:sir|miss|teachers?|ta|caretaker|janitor|groundsm[ae]n|groundskeeper|cleaner|cook|technician"
    r"|librarian"
    r"|tutor|instructor|trainer|driver|volunteer|governor|head ?teacher|head|deputy|chaplain|counsellor"
    r"|photographer|m(?:r|rs|s|iss|ister) \w{1,20})"
)
_KIDS = r"(?:kids?|children|pupils?|students?|girls?|boys?|lads|year \w{1,6}s?)"
_NEAR = r"(?:[\w']{1,20} )"
_NAMED = r"(?:(?:like|as) (?-i:[A-Z])[\w.]{0,20}|neb fel (?-i:[A-Z])\w{0,20})"
_ALONE = lazy_pattern(
    rf"\b{_ADULT} {_NEAR}{{0,2}}(?:tak(?:es?|ing)|driv(?:es?|ing)|drove|g[ai]v(?:es?|ing)|offer\w{{0,3}})"
    rf" {_NEAR}{{0,2}}{_KIDS} {_NEAR}{{0,2}}(?:home|lifts?)\b"
    rf"|\b(?:he|she|{_ADULT}) {_NEAR}{{0,3}}alone {_NEAR}{{0,4}}with {_NEAR}?{_KIDS}\b"
    rf"|\b{_ADULT} {_NEAR}{{0,2}}(?:said|sed|says|lets?|invited|invites|asked|asks|told|tells"
    rf"|wants) {_NEAR}{{0,7}}"
    r"(?:(?:go|come|pop|stay|sleep|be|went|round|over|back) ){1,3}(?:to |at |in |round )?"
    r"(?:hers|(?:her|his) (?:house|flat|place|gaff)|theirs)\b"
    r"|\b(?:syr|miss|athro|athrawes|m(?:r|rs|s|iss) \w{1,20}) (?:[\w'’]{1,20} ){0,8}(?:mynd|dod|fynd|ddod"
    r"|aros"
    r"|cysgu|gysgu) (?:draw )?(?:i'?w|i|yn|at) (?:ei )?(?:th?[yŷ]|dŷ|dy|fflat|chartref|gartref) ?(?:hi|o|e"
    r"|fo)?\b"
    rf"|\b{_NAMED} {_NEAR}{{0,5}}(?:alone|{_KIDS} alone)\b"
    r"|\b(?:rhoi|roi|cynnig|gynnig) lifft\w{0,2} (?:(?:adref|adra|adre|gartref?|gatre) )?i(?:'r| y)?"
    r" (?:genod|ferched|fechgyn|hogia\w?|blant|plant|ddisgyblion)\b"
    r"|\bar (?:(?:ei|eu) )?(?:ben|phen|pen)\w{0,2} (?:ei |eu )?hun\w{0,4} (?:gyda|efo)(?:'r| y)?"
    r" (?:genod|merched|bechgyn|hogia\w?|plant|disgyblion)\b"
    r"|\b(?:gyrru|anfon|hala|yrru) neges\w{0,5} (?:at|i)(?:'r| y)? (?:genod|ferched|fechgyn|hogia\w?)\b",
    re.IGNORECASE,
)
_KINDLY = lazy_pattern(
    r"\b(?:thank\w{0,4}|thanks|diolch|safe\w{0,2}|minibus|coach|broke down"
    r"|after the (?:trip|match|concert))\b",
    re.IGNORECASE,
)
"""Where the whole school saw it."""


def is_alone_with_children(folded: str) -> bool:
    """Return whether a folded text puts a grown-up together with children so."""
    return bool(_ALONE.search(folded)) and not _KINDLY.search(folded)


_YEAR = r"(?:year|yr) ?(?:\d{1,2}|seven|eight|nine|ten|eleven|twelve|thirteen)"
_PUPIL = (
    r"(?:(?:pupil|student|sixth ?-?former|school ?-?(?:girl|boy)|teenager|minor|under-?age \w{1,20}"
    r"|(?:six|seven|eight)teen (?:year|yr)s? old|1[0-7] ?-?(?:year|yr)s? ?-?old"
    rf"|(?:girl|boy|lad|lass)(?: (?:from|in|of) (?:\w{{1,20}} ){{0,3}}?(?:{_YEAR}|class|school|sixth ?form))?"
    rf"|{_YEAR}(?:'s)? ?(?:girl|boy|lad|lass)?)(?!s\b)"
    r"(?! (?:discount|card|council|group|trip|concert|parents?|football|netball)\b))"
)
_A_PUPIL = (
    rf"(?:a|an|one|another|his|her|their|this|that|some|my|our)(?: of (?:his|her|their|our|the))?"
    rf" (?:[\w'-]{{1,20}} ){{0,2}}?{_PUPIL}\b"
)
_PLACE = (
    r"(?:hotel|motel|b ?(?:&|and) ?b|guest ?house|air ?b ?n ?b|holiday (?:cottage|let|home)|bedroom|flat"
    r"|apartment|bed\b|hot tub)"
)
_TOGETHER = (
    rf"(?:{_PLACE}|(?:on|for a) holiday|weekend|(?:the|a|one|every|all) night|overnight|nights"
    r"|relationships?|affairs?|romance|romantic\w{0,4}|in love|fling|date|dates|dating|dated|married"
    r"|marry|marrying|engaged|pregnant|(?:go(?:es|ing)?|went|gone|been|be) out|involved|intimate"
    r"|living|lives|moved in|alone|too close)"
)
_ONE_PUPIL = rf"(?:a|an|one|another|some|this|that|the) (?:[\w'-]{{1,20}} ){{0,2}}?{_PUPIL}\b"
_HOME = (
    r"(?:back )?(?:home|to (?:his|her|their) (?:own )?(?:house|home|flat|place|car|van|caravan)"
    r"|in (?:his|her|their) (?:own )?(?:car|van))\b"
)
_TAKEN = r"(?:taken|driven|walked|brought)"
_UN_DISGYBL = rf"{either(WELSH_CHILD)}(?: (?:o )?(?:(?:[bf]lwyddyn|bl) ?\d{{1,2}}|\d{{1,2}}[a-z]))?"
_ADREF = r"(?:adra|adref|gartref?|yn (?:ei|eu) (?:g?h?ar|fan)|i'w (?:d[yŷ]|g?h?ar|fflat))\b"
_FAR = r"(?:[^\s.!?;\n]{1,30} ){0,6}?"
_WITH_A_PUPIL = lazy_pattern(
    rf"\b{_TOGETHER},? {_FAR}(?:with|to|and|by) {_A_PUPIL}"
    rf"|\b(?:with|and) {_A_PUPIL},? {_FAR}(?:{_PLACE}|affair|relationship|romance)\b"
    rf"|\b(?:boy|girl)friend,? (?:who |that )?(?:is |was |he'?s |she'?s )?(?:still )?(?:in |at |a |an )"
    rf"(?:the |our |your )?(?:sixth ?form\b|{_PUPIL}\b)"
    r"|\b(?:gwesty|fflat|gwely|perthynas|mherthynas|berthynas|carwriaeth|garwriaeth|ar wyliau|noson|dros nos)"
    rf",? {_FAR}(?:gyda|efo|[âa]) (?:\w{{1,20}} )?(?:{either(WELSH_CHILD)}|myfyriwr|fyfyriwr|myfyrwraig"
    r"|un o'r (?:disgyblion|chweched))\b"
    rf"|\b(?:took|takes|taking|drove|drives|driving|walks|walking|brings|{_TAKEN})"
    rf" {_ONE_PUPIL} {_HOME}"
    rf"|\b{_ONE_PUPIL} (?:was|got|is|being) {_TAKEN} {_HOME}"
    rf"|\b(?:gave|gives|giving|given) {_ONE_PUPIL} a (?:lift|ride)\b"
    rf"|\b(?:aeth|mynd|fynd|gyrrodd|gyrru|yrru|danfonodd|cerddodd) (?:\w{{1,20}} ){{0,3}}?"
    rf"(?:[âa]|efo|gyda)(?:'r)? {_UN_DISGYBL} {_ADREF}"
    rf"|\b(?:rhoddodd|rhoi|roddodd|roth|roi) (?:\w{{1,20}} ){{0,3}}?lifft i(?:'r)? {_UN_DISGYBL}",
    re.IGNORECASE,
)


def is_with_a_pupil(folded: str) -> bool:
    """Return whether a folded text puts someone together with a pupil so."""
    return bool(_WITH_A_PUPIL.search(folded))


_FAMILY = (
    r"(?:step-? ?)?(?:dad(?:dy)?|father|mum|mam|mummy|mother|parents?|brothers?|sisters?|siblings|uncles?"
    r"|aunt(?:y|ie)?s?|cousins?|gran(?:dad|ny|dpa|dma)?|nan|nain|taid|boyfriend|girlfriend|neighbours?"
    r"|(?:nh|th|t|d)ad(?:-?cu)?|[mf]am-?gu|fam|ll?ys-?(?:d?tad|dad|[mf]am|[bf]rawd|chwaer)|[bfm]rawd"
    r"|[bfm]?rodyr|chwaer|chwiorydd|[hn]?ewyth?rt?h?|wncwl|yncl|[mf]odryb|anti(?!-| ?(?:bwli|soc|bull))"
    r"|(?:nh|th|d)aid|n?[cg]?h?efnder|n?[cg]?h?yfnither|rh?ieni|(?:ngh|ch|g)ariad|n?[cg]?h?ymydog(?:es|ion)?)"
)
"""In English, and in Welsh as its first letters change."""
KIN = lazy_pattern(rf"\b{_FAMILY}\b", re.IGNORECASE)
_PEERS = (
    rf"(?:{either(CHILD, CHILDREN)}|classmates?|bull(?:y|ies)|friends?"
    r"|mates?"
    r"|(?:year|yr) (?:\d+s?|[a-z]+s?)|teenagers?|youths?|teams?|dogs?"
    rf"|{either(WELSH_CHILD, WELSH_CHILDREN)}|ffrind(?:iau)?)"
)
_ANOTHER = lazy_pattern(
    rf"(?:\b(?:(?:my|his|her|our|their|fy|ei|eu|ein|dy|ma|mae|mae'r) (?:[\w']{{1,20}} )?{_FAMILY}"
    rf"|(?:dad|mum|mam|nhad|mrawd|ewythr|llystad|llysdad|llysfam)"
    rf"|(?:a|an|another|some|sum|other|\d+|two|three|four|one of the|those|these|the|older|bigger|same"
    rf"|mae) "
    rf"(?:[\w']{{1,20}} )?{_PEERS}(?: (?:arall|in|from|o|called|ym) (?:[\w']{{1,20}} ){{0,3}})?)"
    r"|\b(?:mae|fod|bod) (?:bachgen|bechgyn|merch|merched|plant|plentyn|hogyn|hogia|criw o \w{1,20}"
    r"|fy mrawd|cariad mam)\b(?! sy)[^.!?]{0,40}?|\w{1,20} in my class)"
    r"(?: (?:in (?:my|our|his|her|the) (?:class|year|form)|in year \w{1,20}|is|are|was|were|has|have|had"
    r"|been|always|keeps?|kept|just|who|that|sometimes|never|wedi|yn|sy'?n|bod) ?| (?!he\b|she\b"
    r"|they\b|who\b|that\b)\w{1,20}ing | ){0,4}$",
    re.IGNORECASE,
)
"""What stands right before something done, where one of the family or another child did it."""
_BY_KIN = lazy_pattern(
    rf"(?:[a-z]{{2,20}}odd|wnaeth|naeth|nath) (?:(?:fy|ei|eu|ein|dy|y|yr|ryw) )?(?:{_FAMILY}|{_PEERS}"
    r"|b[eê]l|drws|gwynt|storm|car|beic)\b",
    re.IGNORECASE,
)
"""In Welsh who did it stands after the verb: "Trawodd fy llystad fi"."""
_BY_A_PEER = lazy_pattern(
    rf" (?:by|gan) (?:a|an|another|some|other|my|the|fy|ei|eu|ein|dy|y|fachgen|ferch)? ?"
    rf"(?:[\w']{{1,20}} )?(?:{_FAMILY}"
    rf"|{_PEERS})\b",
    re.IGNORECASE,
)


def is_of_kin_or_child(before: str, act: str, after: str) -> bool:
    """Return whether one of them did something to a child. `before`, `after`: the words beside those of what
    was done (`act`)."""
    return bool(_BY_A_PEER.match(after) or _BY_KIN.match(act) or _ANOTHER.search(before))


_A_CHILD, _HOGAN = either(CHILD), either(WELSH_CHILD)
_THAT_CHILD = lazy_pattern(
    rf"\b(?:(?:with|about|since|after) that (?:\w+ ){{0,2}}?{_A_CHILD}\b"
    r"|(?:ask|know|knew|happen|rumou?r|heard|truth)\w* .{0,40}\b(?:about|with|and|why) (?:that|the|a) "
    rf"(?:\w+ ){{0,3}}?{_A_CHILD}\b"
    r"|(?:cover(?:ed|s|ing)? (?:up )?for|quiet about|protects?|protected|protecting) .{0,40}\b(?:that|the|a) "
    rf"(?:\w+ ){{0,2}}?{_A_CHILD}\b"
    rf"|(?:ha[sd]|have|got|gets?|getting) (?:my|our|her|his) (?:\w+ ){{0,2}}?"
    rf"{either(CHILD, SOMEONES_CHILD)}[’']?s? (?:number|mobile|snap\w*|insta\w*|xbox|address)\b"
    r"|left (?:his|her|their) (?:last|old|previous) (?:school|job|place)"
    r"|ask\w* (?:my|our|her|his|their|the|a) (?:\w+ ){0,2}?(?:for|what|wot)(?: is|s)? (?:his|her"
    r"|their) (?:\w+ ){0,2}?"
    r"(?:xbox|snap\w*|insta\w*|number|mobile|gamer ?tag|user ?name|handle|tiktok|discord|psn|roblox"
    r"|address)\b"
    rf"|(?:efo|gyda|hefo|am|at)(?:[’']r| yr| y) {_HOGAN}(?: fach| bach)? ?[’']?(?:na|yna|honno|hwnnw)\b"
    rf"|ddigwydd\w* .{{0,30}}(?:efo|gyda|hefo)(?:[’']r| yr| y) {_HOGAN}\b)",
    re.IGNORECASE,
)


def speaks_of_that_child(folded: str) -> bool:
    """Return whether a folded text does."""
    return bool(_THAT_CHILD.search(folded))
