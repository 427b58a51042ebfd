"""What a family lives through tells a town which child is meant, with no name: new carers, an adoption, a
hospital ward, a death, a court, a war they fled, what went on at home. Asked about beside one child or a
few."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.hits import Kind, Strength
from schoolgate.screening.people_words import CHILD, WELSH_CHILD, either
from schoolgate.screening.personal import LONGEST_SENTENCE, SENTENCE, Seen

_CLASS = (
    r"(?:(?:year|yr|class|form) ?\w{1,6}(?:'s)?|y\d{1,2}s?|\d{1,2}[a-z]|reception|nursery|sixth form"
    r"|(?:[bm]lwyddyn|flwyddyn|[dn]?d?osbarth) \w{1,6}|(?:y )?derbyn|meithrin)"
)
_SOME = (
    r"(?:brothers?|sisters?|siblings?|twins?|triplets|boys?|girls?|lads?|lass(?:es)?|pupils?|child|children"
    r"|kids?"
    r"|little (?:ones?|fighter|star|man|lady|hero\w{0,3})|fighter|warrior|hero|superhero|superstar|star"
    r"|champ(?:ion)?"
    r"|miracle|trooper|captain|goalie|goalkeeper|keeper|striker|drummer|harpist|singer|dancer|reader|runner"
    r"|swimmer"
    r"|arrivals?|starter|newcomers?|family|classmate|friend|youngsters?)"
)
_RHAI = (
    r"(?:frawd|brawd|frodyr|brodyr|chwaer|chwiorydd|efeilliaid|gefeilliaid|fachgen|bachgen|fechgyn|bechgyn"
    r"|ferch"
    r"|merch|ferched|merched|hogyn|hogan|hogia\w?|genod|ddisgybl|disgybl|ddisgyblion|disgyblion|blentyn"
    r"|plentyn"
    r"|frwydrwr|brwydrwr|frwydrwraig|seren|arwr|capten|gapten|golgeidwad|gol-geidwad|deulu|teulu)"
)
_ONE_OR_FEW = lazy_pattern(
    rf"\b(?:our|the|these|those|this|that|a|one|my|both|two|three) (?:[\w'’-]{{1,14}} ){{0,4}}?{_SOME}\b"
    r"|\bour (?:one|only|single) (?:entrants?|entry|finalist|player|runner|representative)\b"
    rf"|\bone of (?:our|the|my) (?:[\w'-]{{1,14}} ){{0,2}}?(?:{_SOME}|{_CLASS})"
    rf"|\b(?:our|a|the) (?:[\w'-]{{1,14}} ){{0,2}}?{_CLASS} (?:[\w-]{{1,14}} )?{_SOME}\b"
    rf"|\b{_SOME} (?:who|in|from|joining) (?:{_CLASS}|is|was|are|has|have|lost)"
    r"|\b\d{1,2}[- ]year[- ]olds?\b|\b(?:his|her) (?:new )?(?:foster )?carers\b"
    rf"|\b(?:ein|ein dau|'n|'n dau|y|'r|yr|un|un o'n|ddau|dau|dwy|ddwy|i'n|o'n|hon"
    rf"|hwn)(?: [\w-]{{1,14}}){{0,2}}? {_RHAI}\b"
    rf"|\b{_RHAI} (?:\w{{1,14}} )?(?:o|yn|ym|yng) {_CLASS}|\bei (?:o?f?gofalwyr|ofalwyr|gofalwyr) newydd\b",
    re.IGNORECASE,
)
_AT_WAR = (
    r"(?-i:Ukrain\w{1,5}|Wcr[aá]in\w{0,5}|Kyiv|Kiev|Kherson|Kharkiv|Odes+a|Lviv|Mariupol|Dnipro|Donetsk"
    r"|Syria\w{0,2}"
    r"|Syriaid|Aleppo|Damascus|Homs|Gaza\w{0,1}|Palest\w{2,9}|Afghan\w{0,7}|Affgan\w{0,7}|Kabul"
    r"|Sudan\w{0,5}|Swdan"
    r"|Khartoum|Iraq\w{0,2}|Irac|Iran\w{0,4}|Eritrea\w{0,2}|Somali\w{0,3}|Yemen\w{0,2}|Myanmar|Congo\w{0,5}"
    r"|Ethiopia\w{0,2}|Lebanon|Lebanese|Libanus|Beirut|Libya\w{0,1}|Venezuela\w{0,2}|Hong Kong\w{0,3})"
)
_KIN = (
    r"(?:mum(?:my)?|mam|mother|dad(?:dy)?|father|parents?|nan|gran(?:ny)?|grandad|brother|sister|twin"
    r"|baby (?:brother|sister))"
)
_KIN_CY = r"(?:m?h?am|fam|mam|d?h?ad|dad|thad|tad|nain|thaid|daid|taid|brawd|frawd|chwaer|mam-gu|rhieni)"
_LIVED = lazy_pattern(
    r"\b(?:under (?:his|her|their) (?:\w{1,10}'s )?(?:maiden|new|other|old|real"
    r"|birth) (?:sur)?name|(?:his|her|their)"
    r" mum's (?:maiden )?name|foster[- ](?:carers?|famil(?:y|ies)|parents?|mum|dad|home"
    r"|placement)|fostered|looked[- ]after"
    r"|(?:his|her|their) (?:new |temporary |kinship )(?:carers?|family)|(?:his|her"
    r"|their) (?:\w{1,12} )?placement|new carers|respite carers"
    r"|kinship carers?|in (?:local authority |council )?care(?= (?:of|in|since|now|at|$))|special guardians?"
    r"|adopted|adoption (?:day|party|anniversary)|gotcha day|forever (?:family|home|mum|dad)"
    r"|(?:moved|moving|gone|living|live|settled) (?:in |to live )?with (?:his|her|their) (?:grand\w{2,8}"
    r"|nan|gran|aunt\w{0,2}"
    r"|uncle|new family)"
    rf"|(?:lost|buried|burying|said goodbye to) (?:his|her|their) {_KIN}"
    rf"|(?:his|her|their) {_KIN}(?:'s)? (?:died|passed(?: away)?|death|funeral|has died|is dying"
    rf"|took (?:his|her) (?:own )?life)"
    rf"|(?:death|funeral|passing|loss) of (?:his|her|their) {_KIN}|bereaved|grieving"
    rf"|{_KIN} of (?:one|two|three|some|a|an|the)\b[^.!?\n]{{0,40}}? (?:died|passed away|was killed)"
    rf"|(?:lost|losing) (?:his|her|their) (?:dear |beloved )?{_KIN}"
    rf"|bu (?:farw|'?r farwolaeth)(?: yn sydyn)? {_KIN_CY} (?:un|rhai|y|yr|disgybl|dau|dwy|i)\b"
    rf"|{_KIN_CY} (?:un|rhai|dau|dwy) (?:o'n|o'r|o) [^.!?\n]{{0,30}}? (?:wedi marw|farw|fu farw)"
    rf"|{_KIN} (?:got|won|has|have) custody|(?:won|got) custody|(?:his|her|their) (?:parents|mum"
    rf"|dad)(?: are| is|'s)? in (?:court"
    r"|prison|jail|custody|rehab)|the judge (?:said|says|has|ruled|agreed)|(?:day|morning|date"
    r"|hearing) in court|court (?:hearing|order|case)"
    r"|(?:went|been|gone|going|goes|has been|have been|put) through(?! to)(?: \w{1,12}){0,3} at home"
    r"|at home (?:went|was going) through"
    r"|(?:hard|difficult|awful|terrible|tough|dreadful) (?:\w{3,8} )(?:at home|for the family at home)"
    r"|(?:a|finally|now) (?:have |has )?(?:a )?safe (?:home|house|place to (?:live|stay))|(?:after"
    r"|despite) (?:everything|all|what) (?:that )?"
    r"(?:he|she|they)(?:'s|'ve| has| have)? (?:saw|seen|went|been|gone|suffered|lived)"
    r"|refugee camp|fled (?:the|a|from|his|her|their)|escaped (?:the war|from)|the war in \w{3,20}"
    rf"|(?:from|in|fled|left|escaped) (?:war-torn |the )?{_AT_WAR}|{_AT_WAR} (?:brothers?|sisters?|boys?"
    rf"|girls?|pupils?|famil\w{{1,3}}|twins)"
    r"|(?:come|came|arrived|travelled|journeyed|moved|landed) (?:to us "
    r"|here )?(?:all the way )from (?-i:(?!Year|Class|Room|Reception)[A-Z])\w{2,20}"
    r"|(?:gofalwyr|ofalwyr|rhieni|rieni|teulu|deulu|theulu|cartref|gartref) (?:maeth|faeth)|(?:gofalwyr"
    r"|ofalwyr) newydd|mewn gofal"
    r"|[mf]abwysi\w{2,8}|(?:teulu|deulu) am byth"
    rf"|(?:wedi )?(?:ch?olli|gh?olli|cladd\w{{1,3}}|gladdu) (?:ei|eu) {_KIN_CY}|(?:i'w|ei"
    rf"|eu) {_KIN_CY} (?:farw|wedi marw|wedi ein gadael)"
    rf"|(?:marwolaeth|farwolaeth|angladd) (?:ei|eu) {_KIN_CY}|mewn profedigaeth"
    rf"|(?:o|yn|ffoi o|dianc o) {_AT_WAR}|yr holl ffordd o (?-i:[A-Z])\w{{2,20}}|gwersyll ffoaduriaid"
    r"|(?:aeth|mynd|fynd|wedi bod|aethant|aethon) (?:[\w']{1,12} ){0,7}?(?:drwyddo|trwyddo|drwy) (?:gartref"
    r"|gartre|adre\w?)"
    r"|(?:cartref|gartref|lle) (?:diogel|saff)|gwarchodaeth|gorchymyn llys"
    r"|(?:symud|byw|setlo) (?:i mewn )?(?:at|gyda|efo)'?[iu]? (?:ei |eu )?(?:nain|n?h?ain"
    r"|thaid|taid|mam-gu|modryb|gofalwyr))\b",
    re.IGNORECASE,
)
_GONE = lazy_pattern(
    rf"\b(?:the|this|that|one|an?) (?:[\w-]{{1,12}} ){{0,2}}?{either(CHILD, ('one',))}\b(?!s?['’])"
    r"[^.!?\n]{0,60}?\b(?:no longer (?:in|at|with|on|attend\w{0,3}|part of)"
    r"|(?:learning|educated|taught|schooled|working) (?:elsewhere|off[- ]?site|at home|from home"
    r"|(?:at|in) another|away from)"
    r"|(?:moved|moving|been put) (?:in)?to (?:another|a different) (?:form|class|school|set|group)"
    r"|(?:not|won't|never) (?:be )?(?:returning|return|coming back|come back|back (?:in|at) school|in school)"
    r"|in isolation|in internal exclusion)\b"
    rf"|\b{either(CHILD, ('one', 'family'))} (?:in question|concerned|involved|responsible)\b"
    r"[^.!?\n]{0,40}?\b(?:not|won't|never|isn't|aren't) (?:be )?(?:coming )?(?:back|return\w{0,3})\b"
    rf"|\b(?:y|'r|yr|un) {either(WELSH_CHILD)}\b[^.!?\n]{{0,60}}?"
    r"\b(?:(?:ddim|nid) (?:yn|ym|yng) [^.!?\n]{1,20} (?:bellach|mwyach|rhagor)"
    r"|(?:dysgu|gweithio|addysg) (?:yn rhywle arall|oddi ar y safle|gartref)"
    r"|(?:symud|newid) (?:i )?(?:[dn]?d?osbarth|ysgol|grwp) (?:arall|gwahanol)"
    r"|yn (?:dychwelyd|dod yn ol) (?:i|at|tan|cyn))\b",
    re.IGNORECASE,
)
"""How a school tells, after something happened, where one child is no more."""
_ANYONE = lazy_pattern(r"\b(?:if|when|any|each|every|no(?! longer)|os|pan|unrhyw|pob|dim)\b", re.IGNORECASE)
_ILL = lazy_pattern(
    r"\b(?:(?:back )?(?:on|in) (?:the |a )?(?:children's |oncology |high dependency )?ward|(?:in|to|out of"
    r"|from) hospital|chemo\w{0,8}|radiotherapy"
    r"|dialysis|leukaemia|cancer|tumour|remission|(?:rang|rings|ringing) the (?:[\w-]{1,18} ){0,2}?bell"
    r"|end[- ]of[- ]treatment|transplant|bone marrow|heart (?:operation"
    r"|surgery|op)|brain (?:operation|surgery|op)"
    r"|intensive care|life support|hospice|terminal\w{0,2}|(?:yn ôl |yn )?ar y ward|yn yr ysbyty"
    r"|[cg]emotherapi|[cg]h?anser|lewcemia"
    r"|trawsblaniad|llawdriniaeth|lawdriniaeth|dialysis|gofal dwys|mewn hosbis)\b",
    re.IGNORECASE,
)
_OF_ALL = lazy_pattern(
    r"\b(?:learn\w{0,4}|taught us|studied|studying|history|museum|novel|author|book|story|stories"
    r"|poem about|wrote letters|letters to|cards for children"
    r"|raised|raising|rais(?:e|es)|collection|collected|collecting|donat\w{0,5}|fundrais\w{0,4}|charity"
    r"|appeal|awareness|assembly|coffee morning"
    r"|training|policy|workshop|talk|week|information evening|donkey|tiger|hamster|guinea pig|rabbit"
    r"|chickens?|puppy|kitten|caterpillars?|butterfl\w{1,3}"
    r"|penguins?|animals?|minibus|open to|welcome to apply|visited|visit to|visitor|choir from|visiting"
    r"|exchange|teachers?|governors?"
    r"|team (?:from|lost)|(?:sang|sung|played|performed) (?:at|in|for|to)|canodd ein|dysg\w{1,5}"
    r"|ddysg\w{1,5}|hanes|nofel|casgl\w{1,5}|gasgl\w{1,5}|codi arian|cododd|elusen|ymwybyddiaeth"
    r"|gwasanaeth boreol"
    r"|noson wybodaeth|hyfforddiant|teigr|asyn|bochdew|lindys|ymwel\w{1,6}|bore coffi|polisi|apêl|apel"
    r"|must not|don't|if (?:a|any|your)|(?:any|every|each|no) (?:child|pupil|family)|peidiwch|os (?:oes|yw"
    r"|ydy))\b"
    r"|\b(?-i:M(?:r|rs|s|iss|x) [A-Z])",
    re.IGNORECASE,
)
"""A lesson, a collection, an animal, a grown-up or a rule."""
_NEWEST = lazy_pattern(
    r"\b(?:(?:newest|latest|most recent) (?:[\w-]{1,12} )?(?:member|face|addition|recruit"
    r"|arrival|classmate|friend"
    r"|pupil|starter)|new (?:face|member|addition|arrival|recruit)|ha?elod (?:newydd|diweddaraf)"
    r"|w?yneb newydd|newydd-ddyfodiad|ffrind newydd)\b"
    r"(?! (?:of|o|o'n|i'r|to|in|on|at) (?:[\w']{1,10} ){0,2}?(?:staff|team|tim|board|bwrdd|pta"
    r"|library|llyfrgell"
    r"|kitchen|gegin|playground|garden|ardd|fleet|collection|menu|family of|llywodraethwyr))",
    re.IGNORECASE,
)
_FROM_A_PLACE = lazy_pattern(
    r"\b(?:arrived?|came|comes?|moved|landed|flew|joined|travelled|transferred|cyrhaeddodd|gyrhaeddodd|daeth"
    r"|ddaeth|dod|symud\w{0,4}|glan\w{2,4}|lan\w{2,4}"
    r"|ymun\w{2,4})\b(?: [\w'-]{1,14}){0,4}? (?:from|o|oddi wrth)"
    r" (?-i:(?!Year|Class|Room|Reception|Nursery|Flwyddyn|Fl|Dderbyn)[A-Z])\w{2,20}",
    re.IGNORECASE,
)
_NO_CHILD = lazy_pattern(
    r"\b(?:staff|catering|governors?|governing|governance|board|pta|bwrdd|llywodraethwyr|dog"
    r"|cat|pony|hens?|tortoise"
    r"|books?|piano|minibus|ci|gath|ieir|crwban|llyfrau)\b",
    re.IGNORECASE,
)
"""Who or what else is new."""
_A_WARD = lazy_pattern(
    r"\b(?:ward \w{1,4}|(?:the|children's) ward|hospital|infirmary|hdu|icu"
    r"|w?ard y plant|y ward|(?:y|'r) ysbyty)\b",
    re.IGNORECASE,
)
_VISITS = lazy_pattern(
    r"\b(?:visitors?|visiting|visits?|visit you|pop in|ymwelwyr|ymweld|ddod i'th weld"
    r"|galw (?:draw|i mewn))\b",
    re.IGNORECASE,
)
_SPOKEN_TO = lazy_pattern(
    r"\b(?:mate|pal|buddy|bud|chin up|get well|champ|kiddo|kid|sweetheart|chuck|little (?:man"
    r"|one|lady)|you can"
    r"|(?:brysi|bryst)a wella|gwellhad buan|dal ati|boi|bach|fach|cyw|cei di|gei di|ti'n cael)\b",
    re.IGNORECASE,
)
_THIS_WEEK = re.compile(r"\b(?:this|last|next|a|every) week\b", re.IGNORECASE)


BESIDE = 90
"""Characters around a new child or a ward that may belong to them."""


def find_circumstances(text: str) -> Iterator[Seen]:
    """Yield what a folded text so tells of one child or a few."""
    yield from _gone(text)
    yield from _new_here(text)
    yield from _on_a_ward(text)
    if not (_LIVED.search(text) or _ILL.search(text)):
        return
    for sentence in SENTENCE.finditer(text):
        words = sentence.group()[:LONGEST_SENTENCE]
        if not _ONE_OR_FEW.search(words) or _OF_ALL.search(_THIS_WEEK.sub(" ", words)):
            continue
        for shape, kind in ((_LIVED, Kind.CLUE), (_ILL, Kind.HEALTH)):
            if found := shape.search(words):
                start = sentence.start()
                yield Seen(start + found.start(), start + found.end(), kind, Strength.ASK)


def _new_here(text: str) -> Iterator[Seen]:
    """Yield from which place the newest child of a class came, in the sentence that has them or the next."""
    for newest in _NEWEST.finditer(text):
        near = text[newest.start() - min(newest.start(), BESIDE) : newest.end() + BESIDE]
        if not _NO_CHILD.search(near) and _FROM_A_PLACE.search(near):
            yield Seen(newest.start(), newest.end(), Kind.CLUE, Strength.ASK)


def _on_a_ward(text: str) -> Iterator[Seen]:
    """Yield the ward or hospital where someone who is spoken to may have visitors."""
    for ward in _A_WARD.finditer(text):
        near = text[ward.start() - min(ward.start(), BESIDE) : ward.end() + BESIDE]
        if _VISITS.search(near) and _SPOKEN_TO.search(near):
            yield Seen(ward.start(), ward.end(), Kind.HEALTH, Strength.ASK)


def _gone(text: str) -> Iterator[Seen]:
    for found in _GONE.finditer(text):
        sentence = text[max(text.rfind(sign, 0, found.start()) for sign in ".!?\n") + 1 : found.end()]
        if not _ANYONE.search(sentence):
            yield Seen(found.start(), found.end(), Kind.CLUE, Strength.ASK)
