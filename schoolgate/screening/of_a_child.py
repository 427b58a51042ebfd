"""Hints that a text tells of a child's health or needs, of a private account, where children are or will be,
or enough to tell which child is meant. Hints only, by the words near each other in one sentence; a lesson, a
charity or an awareness week is none."""

from __future__ import annotations

import re

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.by_a_mark import find_marked
from schoolgate.screening.circumstances import find_circumstances
from schoolgate.screening.confirming import find_confirmed
from schoolgate.screening.hits import Kind, Strength
from schoolgate.screening.how_one_is import find_how_one_is
from schoolgate.screening.known_by import find_known_by
from schoolgate.screening.missing_child import find_missing
from schoolgate.screening.people_words import CHILD, KNOWN_FOR, WELSH_CHILD, either
from schoolgate.screening.personal import LONGEST_SENTENCE, SENTENCE, Seen
from schoolgate.screening.routines import may_have_routine, routine_in
from schoolgate.screening.singled_out import find_singled_out, speaks_of_one
from schoolgate.screening.told_in_passing import find_told_in_passing
from schoolgate.screening.where_met import find_where_met

_HEALTH = lazy_pattern(
    r"\b(?:autis(?:m|tic)|asd|adhd|asthma(?:tic)?|diabet(?:es|ic)|epilep(?:sy|tic)|seizures?|dyslexi[ac]|"
    r"dysprax(?:ia|ic)|dyscalculia|tourette'?s?|cerebral palsy|down'?s syndrome|cancer|leukaemia|tumour|"
    r"chemo(?:therapy)?|radiotherapy|depress(?:ion|ed)|anxiety|self-?\s?harm(?:ing|s|ed)?|suicidal|overdose|"
    r"anorexi[ac]|bulimi[ac]|eating disorder|pregnant|miscarriage|anaphyla\w+|epi-?pen|inhaler|insulin|"
    r"ritalin|medication|meds|allerg(?:y|ic)|ehcp|ehc plan|idp|sen(?:d)? (?:register|support)|"
    r"special needs|additional (?:learning )?needs|camhs|in hospital|surgery|operation|counsell(?:or|ing)|"
    r"therapist|psychologist|sectioned|wheelchair|hearing aids?|foster|looked after child|social worker|"
    r"free[ -]school[ -]meals?|pupil premium|forever family|adopt(?:ed|ion)|refugee|asylum|"
    r"in plaster|on crutches|concuss(?:ed|ion)|broke(?:n)? (?:his|her|an|their) (?:arm|leg|wrist|ankle)|"
    r"awtist\w*|awtistiaeth|asthma|d?diabet\w+|[ec]lefyd (?:y )?siwgr|epilepsi|epileptig|dyslec\w+|[cg]anser|"
    r"lewcemia|[cg]emotherapi|iselder|gorbryder|hunan-?niwe?id\w*|beichiog|feichiog|alergedd|alergaidd|"
    r"yr ysbyty|gofal maeth|plant maeth|plentyn maeth|anghenion (?:dysgu )?(?:ychwanegol|arbennig)|ady"
    r"|[cg]h?ynllun datblygu unigol|cdu|"
    r"moddion|meddyginiaeth|cwnsel\w+|[cg]adair olwyn|gweithiwr cymdeithasol)\b",
    re.IGNORECASE,
)
_ABOUT_ONE = lazy_pattern(
    r"\b(?i:he|she|he's|she's|his|her|him|hers|hers?elf|himself|my|who has|who is|who's|carries|takes|"
    r"two (?:girls|boys)|mae gan|mae gen|mae hi|mae o|mae e|mae ef|fy (?:mab|merch)|(?:ei"
    r"|mae) [fmb]ab|ei merch)\b"
    r"|\b[A-Z][a-z]+(?:'s)?\s(?:has|had|is|was|takes|carries|needs|got|uses)\b"
    r"|\b[A-Z][a-z]{2,}'s\b|\bMae(?:'r)?\s[A-Z][a-z]+('n| yn)\b|\bback after\b"
    r"|\b(?:has|had) (?:a|an|type|severe)\b"
    r"|\b(?i:our|one of our|one of the) (?:[\w-]+ ){0,2}(?:pupils?|child|children|girl|boy|student|lad"
    r"|famil(?:y|ies)|ones|ace|star|captain|\w+ens)\b"
    r"|\bdisgybl(?: \w+)? (?:sydd|â|a chanddo|a chanddi)\b|\b(?:bachgen|merch|plentyn) mewn\b|\b[Uu]n o'n\b",
)
_LESSON = lazy_pattern(
    r"\b(?:learn(?:ed|t|ing|s)? (?:about|how)|taught|awareness|acceptance|charity"
    r"|fund(?:rais\w+)?|rais(?:e|ed|ing)"
    r"|training|friendly|policy|assembly (?:today )?was|hospice|research|open to all|donat\w+"
    r"|nut free|world \w+ (?:"
    r"day|week)|who discovered it|team came|teddy|tedi|codi arian|elusen|dysgodd|dysgu am"
    r"|ymwybyddiaeth|polisi)\b",
    re.IGNORECASE,
)
_SITES = (
    r"(?:insta(?:gram)?|snap(?:chat)?|tik\s?tok|discord|roblox|psn|xbox|fortnite|minecraft|bereal|twitter|"
    r"twitch|youtube|gamertag|telegram|signal|kik)"
)
_HANDLE = lazy_pattern(
    rf"\b(?:(?:my|his|her|their|our son's|add me on|add her on|add him on|follow me on|fy)\s{_SITES}"
    rf"(?:\s(?:is|are|yw|ydi|name|id|handle|user\w*|tag))*|{_SITES}(?:\s(?:me|fi)\b|\s?:|\s(?=@))"
    rf"|{_SITES}\sfi"
    rf"|add me\s?(?:on|:)?\s?(?=@)|friend request|user ?name(?:\sis)?)"
    rf"\W{{1,4}}@?([A-Za-z0-9](?=[\w.#-]*(?:[\d_#]|[.-]\w))[\w.#-]{{1,39}}\w|(?<=@)\w{{3,40}})"
    rf"|\b(?i:follow|dilynwch)\s(?:(?:our|my|ein|star|young|[a-z]+er|[A-Z][a-z]+)\s){{1,4}}(?:ar\s|on\s)?"
    rf"(?:{_SITES}\s)?@(\w[\w.]{{2,40}})",
    re.IGNORECASE,
)
_SCHOOLS = lazy_pattern(
    r"\b(?:school|schools|ysgol|pta|friends of|account|team|club|federation)\b", re.IGNORECASE
)
_RELATIVE = (
    r"(?:mother|mum|mam|mummy|father|dad|daddy|parents?|gran(?:ny|ma|dad|mother|father"
    r"|parents?)?|nan|nain|taid"
    r"|aunt(?:ie|y)?|uncle|sister|brother|family|relatives?|carers?|cousins?)"
)
_NO_TIME = (
    r"(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Spring|Summer|Autumn|Winter|Year|Key|Reception"
    r"|Class|The)[a-z]*\b)"
)
_WITH_RELATIVES = (
    r"\b(?:safe(?:ly)?|stay(?:s|ing)|lives?|living|is|are|back|found|moved|gone)"
    r"(?: (?:and|is|well|now|back|safe|safely|home|to|in|live)){0,3} with (?:her|his|their|a) (?:\w{1,12} )?"
    rf"{_RELATIVE}(?:'s)?(?: \w{{1,12}}){{0,2}} (?:in|at|near) {_NO_TIME}(?-i:[A-Z])\w*"
    rf"|\b(?:at|to) (?:her|his|their|a) {_RELATIVE}(?:'s?)? (?:house|home|flat|place) (?:in|at|near)"
    r" (?-i:[A-Z])\w*"
    rf"|\b(?:gone|moved|went|goes) to (?:live (?:with|at) )?(?:her|his"
    rf"|their) (?:\w{{1,12}} )?{_RELATIVE}(?:'s)?"
    r"(?: (?:house|home|flat|place))? (?:in|at|near) (?-i:[A-Z])\w*"
    r"|\b(?:mynd|symud|aeth)(?: i fyw)? at (?:ei|eu) (?:mham|mam|fam|dad|thad|tad|nain|thaid|daid|taid|modryb"
    r"|fodryb|hewythr|ewythr|theulu|deulu)(?: \w{1,10}){0,2} (?:yn|yng|ym) (?-i:[A-Z])\w*"
    r"|\b(?:ddiogel|diogel|saff|aros|byw)(?: \w{1,10}){0,2} (?:gyda|efo)(?:'i|'u| ei| eu)? (?:\w{1,10} )?"
    r"(?:mam|fam|thad|dad|tad|nain|taid|modryb|hewythr|ewythr|theulu|teulu|gofalwyr)(?: \w{1,10}){0,2}"
    r" (?:yn|yng|ym) (?-i:[A-Z])\w*"
)
"""Where a child is who is kept from someone: with which relative, and in which town."""
_CHILD = either(CHILD, KNOWN_FOR)
_RIDES = r"(?:bus|minibus|coach|taxi|cab|train|tram|ferry|stop|run|route|shelter|\d{1,2}[.:]\d\d)"
_TEITHIO = r"(?:bws|fws|bysiau|tacsi|dacsi|tr[eê]n|safle|arhosfan|cerbyd|\d{1,2}[.:]\d\d)"
_ONE_ALONE = (
    r"(?:(?<!every )(?<!each )\b(?:a )?single|\b(?:only|just) (?:the )?one|\b(?:a|one) (?:lone|solitary"
    r"|single))"
    rf" (?:[\w-]{{1,12}} ){{0,2}}?(?:{_CHILD}|passenger|rider)\b(?! (?:per|each|ticket|fare|at a time))"
)
_UN_YN_UNIG = rf"(?:\bdim ond un {either(WELSH_CHILD)}\b|\bun {either(WELSH_CHILD)} yn unig\b)"
_ONLY_PASSENGER = (
    rf"{_ONE_ALONE}[^.!?\n]{{0,25}}?\b(?:on|at|uses?|using|takes|catches|gets?|waits?|rides?|boards)\b"
    rf"[^.!?\n]{{0,25}}?\b{_RIDES}\b"
    rf"|\b{_RIDES}\b[^!?\n]{{0,30}}?\b(?:has|have|carries|takes|picks up|with|for) {_ONE_ALONE}"
    r"|\b(?:driver|escort|taxi|bus|minibus)\b[^.!?\n]{0,60}?\b(?:until|till|for) (?:he|she)(?:'s| is| has)"
    rf"|{_UN_YN_UNIG}[^.!?\n]{{0,40}}?\b{_TEITHIO}\b"
    r"|\b(?:gyrrwr|yrrwr|hebryngwr|tacsi|bws)\b[^.!?\n]{0,50}?\b(?:nes|tan) (?:iddi|iddo"
    r"|(?:y )?bydd (?:hi|o|e)\b)"
)
"""Where a bus or a stop has one child alone, or waits for one."""
_ALONE = lazy_pattern(
    rf"{_WITH_RELATIVES}|{_ONLY_PASSENGER}|"
    r"\b(?:he|she)(?:'s| is)? (?:(?:always|usually) )?(?:on|gets|catches|takes|rides)(?: on)? the"
    r" (?:[\w-]{1,10} ){0,2}?(?:minibus|bus|train|tram|taxi|\d{1,3}[a-z]?)\b.{0,30}\b(?:every"
    r"|each) (?:day|night"
    r"|morning|afternoon|evening)\b"
    r"|\b(?:hi|fo|fe|ef|mae o|mae e)\b(?: sy)?(?:'n| yn) (?:dal|mynd ar|defnyddio)(?: y| yr"
    r"|'r)? (?:\w{1,10} )?"
    r"(?:bws|tren|tr[eê]n|tram|tacsi)\b.{0,30}\bbob (?:nos|bore|dydd|prynhawn|p'?nawn)\b"
    r"|\bhome alone\b|\b(?:house|home|flat) (?:is|will be|'s) empty\b|\bt[yŷ] (?:yn|'n) wag\b"
    r"|\b(?:walks?|cycles?|bikes?) (?:home|to school)\b.{0,30}\b(?:alone|on (?:his|her|my"
    r"|their) own|by (?:him|her|my)self)"
    r"|\b(?:gets|catches|waits|leaves|takes)\b.{0,40}\b(?:bus|train|tram|stop|shop|gate|corner"
    r"|park|station)\b.{0,40}"
    r"(?:\d[.:]\d\d|\bevery|\bafter school|\balone|\beach day)"
    r"|\b(?:adre|adref|i'r ysgol)\b.{0,20}\bar (?:ei|fy) (?:ph?en|ben)\b.{0,40}"
    r"|\b(?:arhosfan|safle) (?:bysi?au|bws)\b.{0,40}\b(?:am \d|bob dydd)"
    r"|\b(?:on|ar) (?:the|y|yr) \d{1,2}[.:]\d\d (?:train|bus|ferry|tren|bws)?.{0,40}\b(?:now|nawr|rwan)\b"
    r"|\blive from\b.{3,60}\b(?:hotel|hostel|inn|camp|children|asleep)\b"
    r"|\b(?:aros|cysgu) (?:yn|yng|ym)\b.{0,30}\b(?:gwersyll|ngwersyll|gwesty|ngwesty|hostel)\b"
    r"|\b(?:with|in) (?:her|his|their) foster\b"
    r"|\b\d{1,2}[.:]\d\d\s(?:stop|bus|train)\b.{0,30}\bevery\b"
    r"|\b(?:he|she|they)(?:'ll| will| usually| always)? walks?\b.{0,40}\b(?:as usual|every|alone)\b"
    r"|\bnight (?:one|two|three|1|2|3) at\b|\blights out at\b|\bheno\b.{0,40}\b(?:cysgu|aros)\b"
    r"|\b(?:who|that) lives? (?:there|here|next|opposite|above|behind)\b"
    r"|\b(?:we're|we are|they're|year \w+ (?:are|is)) (?:at|in|on) .{3,40}\b(?:right now|this minute)\b"
    r"|\bevery (?:mon|tues|wednes|thurs|fri)day\b.{0,30}\b(?:at|from) (?:the )?(?:\d|stop|bus|gate|park|shop)"
    r"|\b(?:we are|we're|they are|they're|year \w+ (?:are|is)) (?:now|currently|right now) (?:at|in|on) the\b"
    r"|\b(?:just|safely|have) arrived (?:at|in)\b"
    r"|\b(?:just )?(?:got|getting|stepped) off the (?:bus|coach|train|ferry|minibus)\b"
    r"|\bnewydd gyrraedd\b|\bnawr (?:yn|yng|ym)\b.{0,40}\b(?:gwersyll|gwesty|amgueddfa|pwll)",
    re.IGNORECASE,
)
_KIN = r"(?:brother|sister|twin|cousin|siblings?)"
_CLUE = lazy_pattern(
    rf"\b(?:the|our) only (?:[a-z-]{{2,14}} )?{_CHILD}\b"
    rf"|\b(?:the|our) only (?:set of )?(?:twins|triplets)\b|\bonly one {_CHILD} (?:in|at|on)\b"
    rf"|\b(?:the|our) new {_CHILD} (?:in|from)\b"
    rf"|\b(?:his|her|their|whose|'s) (?:\w+ )?{_KIN}(?:'s)? (?:is |are )?(?:also |now )?(?:in |of )?"
    r"(?:year|reception|nursery|class|form|\d{1,2}[a-z]|(?-i:[A-Z][a-z]+))\b"
    r"|\b(?:brawd|frawd|chwaer|efaill|efeilliaid)(?: bach| fawr)? (?:yn|ym|yng|o)"
    r" [bmdn]?d?(?:lwyddyn|osbarth)\b"
    r"|\bour one (?:and only )?(?!of\b|another\b|day\b)\w+|\byr unig un\b"
    r"|\blost (?:his|her|their) (?:mum|mam|dad|mother|father|nan|gran|brother|sister|parents)\b"
    r"|\b(?:wedi )?(?:ch?olli|gh?olli) (?:ei|eu) (?:mam|fam|dad|tad|thad|brawd|chwaer)\b"
    r"|\b(?:exclusion|excluded|suspension|suspended|expelled)\b.{0,30}\b(?:he|she|his|her|him)\b"
    r"|\b(?:he|she|they) (?:arrived|came|fled|moved)(?: here)? from (?-i:[A-Z])"
    r"|\b(?:dad|mum|mam|father|mother)\b.{0,20}\b(?:isn't|is not|mustn't|must not|can't|cannot|no longer)\b"
    r".{0,15}\b(?:collects?|pick|see|contact)\b"
    r"|\b(?:he|she)(?:'s not| is not| isn't) allowed (?:in|on|to be|here|back)\b"
    r"|\bwhose (?:mum|mam|dad|mother|father|parents?|nan|gran)\b"
    rf"|\byr unig (?:{either(WELSH_CHILD)}|g[oô]l-?geidwad)\b"
    r"|\b(?:ei|eu) (?:ch?waer|b?frawd|brawd|h?efaill)\b.{0,20}\b(?:[bm]lwyddyn|[dn]osbarth)\b",
    re.IGNORECASE,
)


def find_of_a_child(text: str) -> list[Seen]:
    """Return what a folded text may tell of a child: a person is asked, and nothing is stopped."""
    found = []
    for handle in _HANDLE.finditer(text):
        said = text[max(0, handle.start() - 20) : handle.end()]
        if not _SCHOOLS.search(said):
            place = 1 if handle.group(1) else 2
            found.append(Seen(handle.start(place), handle.end(place), Kind.HANDLE, Strength.ASK))
    found += [Seen(each.start(), each.end(), Kind.CLUE, Strength.ASK) for each in _CLUE.finditer(text)]
    found += find_marked(text)
    health = list(_HEALTH.finditer(text))
    told = health or may_have_routine(text) or _ALONE.search(text)
    for sentence in SENTENCE.finditer(text) if told else ():
        words = sentence.group()[:LONGEST_SENTENCE]
        alone = _ALONE.search(words) or routine_in(words)
        if alone:
            begin = sentence.start()
            found.append(Seen(begin + alone.start(), begin + alone.end(), Kind.PLACE, Strength.ASK))
        about = (each for each in _ABOUT_ONE.finditer(words) if not _HEALTH.match(words, each.start()))
        of_one = next(about, None) or (health and speaks_of_one(words))
        if of_one and not _LESSON.search(words):
            found += [
                Seen(each.start(), each.end(), Kind.HEALTH, Strength.ASK)
                for each in health
                if sentence.start() <= each.start() < sentence.end()
            ]
    return found + [
        each
        for each in (
            *find_confirmed(text),
            *find_singled_out(text),
            *find_circumstances(text),
            *find_missing(text),
            *find_how_one_is(text),
            *find_told_in_passing(text),
            *find_known_by(text),
            *find_where_met(text),
        )
        if not any(each.kind is one.kind and each.start < one.end and one.start < each.end for one in found)
    ]
