"""Whether a text hints at what someone here did, and doesn't say it: *ask the cameraman what happened with
our lad*, *be nath yr un sy'n rhedeg y clwb*, *three families moved their sons out of his group*.

No list says what was done, so none is asked: someone is told by what they do here (`staff_words`), or by
"him" beside a child; and the text points at something that everyone knows, that no one says, for which
parents take their children away, or reads like danger to the model that learned it.
"""

from __future__ import annotations

from schoolgate.patterns import lazy_pattern
from schoolgate.people import kind_words
from schoolgate.people.staff_words import describes_staff
from schoolgate.screening.people_words import (
    CHILD,
    CHILDREN,
    SOMEONES_CHILD,
    SOMEONES_CHILDREN,
    WELSH_CHILD,
    WELSH_CHILDREN,
    WELSH_SOMEONES_CHILD,
    either,
)
from schoolgate.triage.model import dangers

_KIDS = (
    rf"(?:{either(CHILD, CHILDREN, SOMEONES_CHILD, SOMEONES_CHILDREN)}|little ones?|teenagers?|twins"
    r"|year (?:sixe?|five|four|three|two|one|seven|eight|nine)s|under \d+s|infants|juniors)"
)
_PLANT = rf"(?:{either(WELSH_CHILD, WELSH_CHILDREN, WELSH_SOMEONES_CHILD)}|rhai bach|tim dan \d+)"
_A_CHILD = lazy_pattern(rf"\b(?:{_KIDS}|{_PLANT})\b")
_LITTLE = lazy_pattern(r"\b(?:two|ddau|dau|ddwy|tri|tair|ein|fy) (?:fach|bach|little|rhai)\b")
_HE = lazy_pattern(r"\b(?:he|him|his|she|her|hers|[ei]?f?o|hi|idd[oi]|arn[oi]|e|hwn|hwnnw|honno|herwydd)\b")
_CALLED = lazy_pattern(
    r"\b(?:the|our|your|that|this|new) (?!old|young|other|same|poor|nice|best|only|right|big|first|last"
    r"|lovely|great"
    r"|funny|family)[a-z]{3,12} (?:man|woman|lady|fella|chap|bloke|guy|one)\b"
    r"|\b(?:the|that|your) (?:man|woman|lady|fella|chap|bloke|guy) (?:from|with|in|who|on|upstairs)\b"
    r"|\b(?:new|the|a|that) (?:ta|lsa)\b|\b(?:y|'r|yr|i|am|at|efo|gan) (?:dd?yn|dd?yn[ea]s|boi|foi"
    r"|fenyw) (?!bach|fach"
    r"|ifanc)[a-z]{2,12}\b|\b(?:y|yr|'r) (?:garddwr|rheolwr|swyddog|blaenor|ficer|gweinidog|gwirfoddolwr"
    r"|cynorthwy\w+)\b"
)
"""Someone called by a thing or a place: *the drama man*, *y dyn gitâr*."""
_THEIRS = lazy_pattern(
    r"\b(?:his|her|their) (?:\w{1,12} )?(?:group|club|class|lessons?|choir|band|squad|team|sessions?|turn)\b"
    r"|\b(?:clwb|gwersi?|wersi?|dosbarth|grwp) (?:\w{1,12} )?(?:o|hi|'?r? ?dyn '?na|y dyn yna)\b"
)
"""Someone told by the group they have."""
_HIM = (
    r"(?:him|her|them|the (?:\w{1,12} ){1,4}?|your \w{1,15}"
    r"|(?:that|our) \w{1,15}(?: \w{1,15})?)"
)
_IDDO = r"(?:iddo(?: fo| fe)?|iddi(?: hi)?|nhw|i'?r|i|yr?)"
_GAP, _FAR = r"(?:[\w']{1,20} ){0,4}?", r"(?:[\w']{1,20} ){0,8}?"
_KNOWN = (
    # everyone knows
    r"\b(?:every ?(?:one|body)|we all|you all|they all|all the parents|whole (?:village|town|estate)) "
    r"(?:[\w']{1,12} ){0,4}?(?:knows?|knew)(?: (?:about (?!the (?:trip|change|date))|what (?:he|she|they"
    r"|the)\b)"
    r"|\W*$|[.!])"
    r"|\b(?:pawb|pob un|y pentre\w{0,2}) (?:[\w']{1,12} ){0,4}?'?n? ?(?:gwybod|gwbod|gwbo|wybod)"
    r"(?: (?:yn iawn )?(?:am|be|beth|pam)\b|\W*$|[.!])"
    # and so does who did it
    r"|(?<!\bi )(?<!\bi'll )(?<!do you )(?<!anyone )(?<!does anyone )\bknows? (?:full well |exactly "
    r"|perfectly well "
    r"|very well |damn well )?why\b(?! (?:the|our|my) \w{1,20} (?:like|love|enjoy))"
    r"|\b(?:he|she|they)(?:'ll| will) know\b(?! (?:if|when|where|how))"
    r"|(?<!neb )(?<!rhywun )\b(?:'n|yn|n) (?:gwybod|gwbod|gwbo) (?:yn iawn |yn union )?pam\b"
    # what no one says
    r"|\b(?:work it out|do (?:the maths|your (?:own )?homework)|make of (?:that|it) what|draw your own"
    r"|say no more|nuff said|enough said|no smoke|all i'?m saying|put two and two"
    r"|think about (?:it|why)|guess why|swept under|funny how|brush\w* under|hushed? (?:it )?up)\b"
    r"|\b(?:no ?one|no ?body) (?:\w{1,10} )?(?:mentions|talks about|says (?:a word|anything) about)\b"
    r"|\btold not to (?:talk|speak|say anything|ask) about (?:the|our|him|her|what)\b"
    r"|\b(?:there'?s|there is|theres) a reason\b|\bthere are reasons\b"
    r"|\b(?:ddeuda|dduda|ddweda|dweda|ddeudai|ddudai) ?i ?(?:ddim|'m|m) (?:mwy|rhagor)\b|\bdim mwg heb dan\b"
    r"|\b(?:meddyliwch|holwch|dyfalwch|gofynnwch|tybed) pam\b|\bcadw'?n? (?:yn )?dawel\b"
    r"|\bneb yn (?:deud|dweud|gweud) dim\b|\bneb yn (?:fodlon|barod i|meiddio) (?:deud|dweud|gweud|ddeud"
    r"|ddweud)\b"
    r"|\bpam na(?: \w{1,12})? (?:soniwch|sonnir|sonia|son)\b|\b(?:mae(?: yna|'na| na)?|na) reswm pam\b"
    r"|\bdan y carped\b"
    r"|\brhowch ddau a dau\b|\bo'?i le (?:efo|gyda|ar)\b|\brun peth eto (?:efo|gyda|a)\b"
    r"|\bask yourse\w+\b|\block up your \w+|\b(?:there'?s|has|have|got) (?:a |some )?history\b"
    r"|\bwe (?:all )?remember\b"
    r"|\b(?:no|not any|small|little) (?:wonder|surprise) (?:that )?(?:no ?one|nobody|none|they|the|our|my)\b"
    r"|\bafter (?:everything|all that)\b(?= he| she| with|\W*$|[.!?])|\bsame (?:thing"
    r"|story)(?: \w{1,12})? at (?:his|her|the) "
    r"(?:other|last|old)\b|\b(?:he|she)(?:'s| is)? back,? then\b|\bback then,|\bfor a reason\b"
    r"|\b(?:you|they) (?:all )?know (?:it|very well|full well|what i mean)\b"
    r"|\bdim syndod (?:bod|fod|na) (?:neb|dim|y|'r|ein)|\bar ol (?:popeth|y cwbl|y cyfan)\b|\b(?:hanes"
    r"|history)(?:,| a| ac|\W*$)"
    r"|\b(?:ddylech|dylech|ddylach|dylach) (?:chi|chitha\w?) (?:wybod|wbod)\b|\bdach chi'?n (?:gwbod"
    r"|gwybod)\W*$"
    r"|\byr un peth (?:yn|efo|gyda) (?:[\w']{1,12} ){0,3}?(?:arall|d?dwytha|ddiwethaf|o'r blaen)|\bam reswm\b"
    r"|\bdan ni(?:'n| gyd yn| i gyd yn) cofio\b|\b(?:ta|neu) fi sy'?n dychmygu\b|\bor is it just me\b"
    # who asks of them
    rf"|\bask {_HIM} ?{_GAP}(?:(?:why|where) (?:he|she|they)\b|what (?:he|she|they) (?:did|does|was|were"
    rf"|got|has|keeps?)"
    rf"\b|what (?:happened|went on)|about (?:the|my|our|that) {_KIDS})"
    rf"|\bask {_HIM},? (?:he|she|they)(?:'ll| will|'d)? know"
    rf"|\b(?:gofyn\w{{0,5}}|ofyn|holwch|hola|holi) {_IDDO} ?{_GAP}(?:(?:be|beth) (?:nath|naeth|wnaeth|ddaru"
    rf"|ddigwydd\w*)"
    r"|am (?:be|beth|yr hyn) (?:nath|naeth|wnaeth|ddigwydd\w*)|lle'?r? (?:oedd|roedd)|pam (?:ma|bo|fo|adaw"
    r"|nad|na\b)\w*)"
    r"|\b(?:o'?i h?erwydd|o'?i achos) (?:o|hi|e|fo|fe)\b|\bbecause of (?:him|her)\b"
    r"|\bsy'?n gorfod cwyno am\b|\bhow many (?:more )?(?:\w{1,12} ){1,3}?(?:have|need) to (?:complain|pull)"
    # what they did
    rf"|\bwhat (?:he|she|the (?:\w{{1,12}} ){{1,6}}?)did(?: (?:to|with) (?:my|our|those|the|that|these|them"
    rf"|him|her)"
    rf" ?(?:\w{{1,12}} ){{0,2}}?{_KIDS}|\W*$|[.!,]| and\b)"
    rf"|\bwhat did (?:the|that|your|he|she) (?:\w{{1,12}} ){{0,4}}?do (?:to|with) (?:make|my|our|those"
    rf"|(?:the |that |these )?(?:\w{{1,12}} )?{_KIDS})\b"
    rf"|\bgot up to with (?:the |those |our |my )?(?:\w{{1,12}} )?{_KIDS}"
    r"|\b(?:be|beth) (?:nath|naeth|wnaeth|ddaru) (?:o|e|fo|fe|hi|yr un|y dyn|y ddynes|y boi|'?r dyn)\b"
    rf"|\b(?:nath|naeth|wnaeth) (?:y|yr) {_GAP}(?:rwbath|rhywbeth|wbath) i(?:'n|'r| fy|'w)? {_PLANT}"
    rf"|\b(?:be|beth) welodd (?:y |ein |fy )?{_PLANT}"
    # where they were before
    r"|\b(?:moved on|asked to leave|got rid of|let go|pushed out|had to leave) (?:from |at )?(?:his"
    r"|her) (?:last|old|previous)\b"
    r"|\b(?:lost|losing) (?:his|her|their) (?:place|job|post) (?:at|in) (?:\w{1,12} )?(?:other|schools?"
    r"|last|clubs?)\b"
    r"|\b(?:wedi|di) (?:colli|gorfod gadael) (?:ei )?(?:le|lle|swydd|waith|dwy|tair|ysgol)\w{0,2} (?:mewn"
    r"|yn|o)\b"
    r"|\bsymudwyd (?:o|hi|fo|e)\b"
)
_ON_KNOWN = lazy_pattern(_KNOWN)
_AWAY = (
    rf"\b(?:moved?|moving|took|takes?|taken|taking|pull(?:s|ed|ing)?|remov\w{{1,4}}|withdr[ae]w\w{{0,2}}"
    rf"|kept|keep(?:ing)?"
    rf") (?:my|our|their|his|her|the|all) (?:\w{{1,12}} ){{0,2}}?{_KIDS} (?:\w{{1,12}} )?(?:out|off|from"
    rf"|away|because|before)\b"
    rf"|\b(?:my|our|the|of the|last) (?:\w{{1,12}} ){{0,2}}?{_KIDS} (?:\w{{1,12}} )?(?:won'?t|refuses?"
    rf"|will not|wo n'?t) (?:to )?"
    r"(?:go|set foot|walk|be)\b"
    rf"|\bpull (?:their|our|the) {_KIDS}\b"
    rf"|\b(?:let|send|sending|letting) (?:their|our|my) {_KIDS} (?:go|anywhere|near|to)\b"
    rf"|\b(?:{_KIDS}|families|parents) (?:have |has |all )?(?:left|quit|dropped out of"
    rf"|stopped going to) (?:his|her)\b"
    rf"|\b(?:symud\w{{0,5}}|tynnu|dynnu|dynnon|tynnon|tynnodd) (?:[\w']{{1,12}} ){{0,4}}?{_PLANT} (?:o'?ma"
    rf"|o'?na|oddi\w*"
    r"|allan|o'?i|o|i ffwrdd)\b|\btynnu'?u? {1}" + _PLANT + r" allan\b"
    r"|\bnewid ysgol (?:o'?i|oherwydd|achos|o achos)\b|\b(?:gwrthod|wrthod|ddim (?:yn )?(?:cael |isio "
    r"|eisiau |moyn |am )"
    r"?mynd|ddim yn mynd yn ol|does dim un \w{1,12} (?:[\w']{1,12} ){0,3}?isio mynd)\b"
    r"|\b(?:adawodd|nath adael|wedi gadael|adael) (?:\w{1,12} ){0,3}?(?:oherwydd|o achos|hanner|dau|dwy|tri"
    r"|tair)"
    r"|\bar gyfyl\b|\badawodd hanner\b"
    r"|\bwhy (?:[\w']{1,12} ){0,4}?" + _KIDS + r" left\b"
)
_HURT = (
    r"|\b(?:has ?n'?t|have ?n'?t|not|never) (?:slept|been the same|eaten|been right)\b"
    r"|\bnot been the same\b|\bnightmares?\b"
    r"|\btoo (?:scared|frightened|afraid)\b|\bchanged (?:\w{1,12} )?since\b|\bhunllef\w{0,3}\b"
    r"|\bnewid (?:yn llwyr|yn lan|yn ofnadwy) ers\b|\bdim yr un (?:un|plentyn|hogan|hogyn|ferch) ers\b"
    r"|\bdeserves? better\b"
)
_SINCE = (
    # not the same since they came
    r"|\b(?:changed|different|quit|stopped|used to (?:love|like)|not herself"
    r"|not himself) [^.!?]{0,40}?\b(?:since|after|until) "
    r"(?:(?:he|she|they) (?:started|began|came|went|took over)|(?:the|that|your) [^.!?]{1,25}? (?:came"
    r"|started|took over))"
    r"|\b(?:quit|left|stopped) [^.!?]{0,25}?\bsince (?:he|she|they)\b|\bwet(?:s|ting)? the bed\b"
    r"|\bgwlychu'?r gwely\b"
    r"|\b(?:byth|dim|ddim) (?:[\w']{1,6} ){0,2}?yr un (?:fath|un) ers\b|\bcrio bob (?:nos|bore|dydd)\b"
    r"|\bcries every (?:night|morning|day|sunday)\b"
    # watched, kept close, moved at once
    rf"|\b(?:sbio|syllu|stares?|staring|the way (?:he|she) looks) (?:ar|at)(?:'r| y| the| our"
    rf"| my)? ?(?:{_PLANT}|{_KIDS})"
    rf"|\b(?:cadwch|keep) (?:eich|'ch|your|ur) (?:{_PLANT}|{_KIDS}) (?:yn agos|close|away|draw)"
    rf"|\b(?:odd|strange|weird|funny|rhyfedd) [^.!?]{{0,40}}?\b(?:spends?"
    rf"|treulio) [^.!?]{{0,20}}?(?:{_PLANT}|{_KIDS})"
    r"|\b(?:symud|moved|gone|left|disappeared|mynd) (?:mor |so |very )?(?:sydyn|suddenly|overnight"
    r"|dros nos)\b"
    r"|\b(?:ddim |not |n'?t )(?:want(?:s)? to |isio |eisiau |moyn )?(?:be|bod|go|mynd) (?:yn )?(?:near"
    r"|agos)\b"
    r"|\bnad (?:ydi|yw)[^.!?]{0,30}?(?:isio|eisiau|moyn) (?:bod|mynd)\b|\bneb yn gwrando\b|\bno ?(?:one"
    r"|body) (?:is )?listen\w*"
    r"|\b(?:pwy adawodd i|who (?:let|allowed)) [^.!?]{0,20}?(?:back|yn ol)\b|\bcoincidence\b"
    r"|\bcyd-?ddigwyddiad\b"
)
_CLOSE = (
    rf"|\b(?:wastad|o hyd|bob tro|bob amser) (?:'?n |yn )?(?:aros|cadw|dewis|mynd) [^.!?]{{0,30}}?\b{_PLANT}"
    rf"|\balways (?:\w{{1,12}} ){{0,2}}?(?:the )?same (?:\w{{1,12}} )?{_KIDS}"
    rf"|\b(?:no|not) (?:one|a single one)?(?:ne)? of the (?:mums|mothers|mams|parents|dads"
    rf"|families) (?:will |would )?lets?\b"
    rf"|\bnot one of the \w{{1,10}} (?:will |would )lets?\b|\bonly ever (?:picks|chooses|asks|wants"
    rf"|has) (?:\w{{1,12}} ){{0,2}}?{_KIDS}"
    rf"|\b{_KIDS} (?:[\w']{{1,12}} ){{0,6}}?(?:crying|in tears|shaking|white as) (?:after|when) (?:his|her"
    rf"|their|a)\b"
    r"|\b(?:not|n'?t) (?:said|spoken) a word since\b"
    rf"|\b(?:dal i|yn) (?:adael|gadael|gael|cael) (?:iddo|iddi) (?:fo |fe |hi )?[^.!?]{{0,30}}?{_PLANT}"
    rf"|\b{_PLANT} (?:wedi |di )?(?:gadael|stopio|rhoi'r gorau) (?:i |a )?(?:ei|mynd at)\b"
    rf"|\b(?:gwybod|gwbod|gwybod i) (?:i )?(?:beidio|peidio) [^.!?]{{0,30}}?\b(?:efo|gyda|at)\b"
    rf"|\b{_PLANT} (?:[\w']{{1,12}} ){{0,3}}?(?:o'?r|allan o) (?:[\w']{{1,12}} ){{0,3}}?(?:achos"
    rf"|oherwydd)\b|\btynnu'?r? (?:\w{{1,8}} )?"
    r"(?:fach|bach|bychan) o'?r\b"
    rf"|\bkeep an eye on who (?:your|the|our) {_KIDS}"
    rf"|\b(?:be|beth) ddigwyddodd (?:i|efo|gyda)(?:'r|'n| y| ein)? ?{_PLANT}|\bwhat happened (?:to"
    rf"|with) (?:the|that|our|my) {_KIDS}"
    rf"|\b(?:peidiwch|paid) (?:a|ag) (?:gyrru|gadael|anfon|mynd|hala)(?:'ch|'r| eich"
    rf"| y)? ?(?:a'ch )?{_PLANT} (?:at|efo|gyda|i)\b"
    rf"|\b(?:don'?t|do not|never) (?:send|leave|let) (?:your|ur) {_KIDS} (?:to|with|near|go)\b"
    rf"|\b(?:cwyno|complain\w*) (?:\w{{1,12}} )?(?:am|about) (?:y|yr|'r|the) [^.!?]{{0,50}}?(?:gwrando"
    rf"|wrando|listen)"
)
_ON_AWAY = lazy_pattern(_AWAY + _HURT + _SINCE + _CLOSE)
_ORDINARY = lazy_pattern(
    r"\b(?:stop(?:ped)? talking about|dentist|holiday|thunder|weather|moved house|(?<!your )homework"
    r"|retir\w+|poorly|ill\b|sick|sorry"
    r"|appointment|packed"
    r"|lunch|sauce|saws|sandwich(?:es)?|brechdan\w*|late|bus stop|newid amser|symud ty|gwyliau|sal|sori"
    r"|ymddeol|apwyntiad|deintydd|part|consent|form(?:s|'s)?"
    r"|website|recipe|cd|raise|what time|times|score|match|draw)\b"
)
"""What every day brings, for which a child stays away or someone is asked."""
_ONCE = lazy_pattern(r"\bused to (?:love|like|enjoy)|\b(?:arfer|wrth (?:ei|eu) (?:bodd|modd) gynt)\b")
"""What is praise no more."""
LIKELY = 0.565
"""From this score on a text about someone here and a child reads like danger."""
_PARTS = lazy_pattern(r"(?<=[.!?\n])\s+")
_TOGETHER = 3
"""Sentences that are read as one."""


def hints_at_someone(folded: str) -> bool:
    """Return whether a folded text hints at what someone here did to a child, and doesn't say it."""
    parts = [each for each in _PARTS.split(folded.lower()) if each.strip()]
    starts = range(max(1, len(parts) - _TOGETHER + 1))
    return any(_hints(" ".join(parts[at : at + _TOGETHER])) for at in starts)


def _hints(text: str) -> bool:
    told, child = _ON_KNOWN.search(text), _A_CHILD.search(text)
    away = (child or _LITTLE.search(text)) and _ON_AWAY.search(text)
    if _ORDINARY.search(text) or (not told and kind_words.is_kind(_ONCE.sub(" ", text))):
        return False
    if describes_staff(text) or _CALLED.search(text) or _THEIRS.search(text):
        return bool(told or away or (child and dangers().score(text) > LIKELY))
    return bool(told and child and _HE.search(text))
