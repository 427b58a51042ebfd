"""Whether a comment may accuse an adult of harming a child, or of misconduct with one: whatever it calls
the adult, and also where it calls no one anything, or only hints.

Who is meant doesn't decide: no list has every way to say who runs a page. Only that something accusing
is said does, in the words or in the name that its author shows. Praise accuses by a situation: an
adult's own flat, a bath, private photographs. What one of the family or another child did is no
accusation of this kind.

A hint doesn't say what was done, so no list of acts is asked: *ask the cameraman what happened with our
lad*, *be nath yr un sy'n rhedeg y clwb*, *three families moved their sons out of his group*. Someone is
told by what they do here (`staff_words`), or by "him" beside a child; and the text points at something
that everyone knows, that no one says, for which parents take their children away, or reads like danger
to the model that learned it.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from schoolgate.patterns import lazy_pattern
from schoolgate.people import staff_words
from schoolgate.people.accusing import (
    KIN,
    accuses,
    is_alone_with_children,
    is_of_kin_or_child,
    is_with_a_pupil,
)
from schoolgate.people.drawn_aside import draws_aside
from schoolgate.people.staff_words import describes_staff
from schoolgate.screening.folding import fold
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
from schoolgate.screening.text_words import readings_of
from schoolgate.triage.lists import usually_spelt
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
_SPAN, _FAR = r"(?:[\w']{1,20} ){0,4}?", r"(?:[\w']{1,20} ){0,8}?"
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
    rf"|\bask {_HIM} ?{_SPAN}(?:(?:why|where) (?:he|she|they)\b|what (?:he|she|they) (?:did|does|was|were"
    rf"|got|has|keeps?)"
    rf"\b|what (?:happened|went on)|about (?:the|my|our|that) {_KIDS})"
    rf"|\bask {_HIM},? (?:he|she|they)(?:'ll| will|'d)? know"
    rf"|\b(?:gofyn\w{{0,5}}|ofyn|holwch|hola|holi) {_IDDO} ?{_SPAN}(?:(?:be|beth) (?:nath|naeth|wnaeth|ddaru"
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
    rf"|\b(?:nath|naeth|wnaeth) (?:y|yr) {_SPAN}(?:rwbath|rhywbeth|wbath) i(?:'n|'r| fy|'w)? {_PLANT}"
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
    if _ORDINARY.search(text) or (not told and staff_words.is_kind(_ONCE.sub(" ", text))):
        return False
    if describes_staff(text) or _CALLED.search(text) or _THEIRS.search(text):
        return bool(told or away or (child and dangers().score(text) > LIKELY))
    return bool(told and child and _HE.search(text))


_CHILD = (
    rf"(?:me|us|{either(CHILD, CHILDREN, SOMEONES_CHILD, SOMEONES_CHILDREN)}|toddlers?|teens?|teenagers?"
    r"|minors?|infants?|grand (?:sons?|daughters?|child(?:ren)?)"
    r"|bab(?:y|ies)|little (?:ones?|man|lad|\w{1,20})|year (?:\d+s?|[a-z]+s?)|y\d+s?|\d+ ?(?:yr|year)s? olds?"
    r"|sixth ?formers?|classmates?|pre-?teens?)"
)
_DONE = (
    r"(?:hit(?:s|ted|ting)?|slap\w{0,20}|smack\w{0,20}|spank\w{0,20}|punch\w{0,20}|kick(?:s|ed|ing)?"
    r"|beat(?:s|ing|en)?"
    r"|bash\w{0,20}"
    r"|chok(?:e|es|ed|ing)|strangl\w{0,20}|shov(?:e|es|ed|ing)|push(?:es|ed|ing)?|shak(?:es?|ing)(?! hands)"
    r"|shook(?! hands)"
    r"|grab(?:s|bed|bing)?|drag(?:s|ged|ging)?|pinch\w{0,20}|bit(?:es?|ing)?|spat|spits?"
    r"|thr[eo]w\w{0,20} (?:\w{1,20} )?at|thump\w{0,20}"
    r"|whack\w{0,20}|batter\w{0,20}|hurt(?:s|ed|ing)?|smak\w{0,20}|harm(?:s|ed|ing)?|injur\w{0,20}"
    r"|abus\w{0,20}|attack\w{0,20}"
    r"|touch(?:e?s|e?d|ing)?(?! by\b)|tuch\w{0,20}"
    r"|kiss\w{0,20}|cuddl\w{0,20}|hug(?:s|ged|ging)?|strok(?:e|es|ed|ing)|tickl\w{0,20}|rub(?:s|bed|bing)?"
    r"|massag\w{0,20}"
    r"|undress\w{0,20}|strip(?:s|ped|ping)?|grop\w{0,20}|fondl\w{0,20}|molest\w{0,20}|rap(?:e|es|ed|ing)"
    r"|groom\w{0,20}|perv\w{0,20}"
    r"|sle(?:ep|pt)\w{0,20} with|sex with|(?:in|into) bed with|snog\w{0,20}|seduc\w{0,20}|flash(?:es|ed|ing)"
    r"|expos\w{0,20}"
    r"|bull(?:y|ies|ied|ying)|terroris\w{0,20}|intimidat\w{0,20}|threaten\w{0,20}|humiliat\w{0,20}"
    r"|stalk\w{0,20}|leer\w{0,20}"
    r"|scream\w{0,20} at|shout\w{0,20} at|yell\w{0,20} at|swear\w{0,20} at|swore at|spits? at|star(?:es?|ed"
    r"|ing) at|lock\w{0,20}"
    r"|forc(?:e|es|ed|ing)|lur(?:e|es|ed|ing)|follow(?:s|ed|ing)|drug(?:s|ged|ging)|starv(?:es|ed)"
    r"|pull(?:s|ed|ing)"
    r"|flirt\w{0,20}(?: with)?|fiddl\w{0,20}(?: with)?|get\w{0,20} off with|tak\w{0,20} advantage of)"
)
_WROTE = (
    r"(?:text(?:s|ed|ing)?|messag\w{0,20}|dm(?:s|ed|ing)?|snap(?:s|ped|ping)?|snapchat\w{0,20}"
    r"|whats ?app\w{0,20}"
    r"|film(?:s|ed|ing)|video(?:s|ed|ing)|record(?:s|ed|ing))"
)
_GAVE = (
    r"(?:gives?|gave|giving|given|buys?|bought|buying|sells?|sold|selling|sen(?:t|ds?|ding)|show(?:s"
    r"|ed|n|ing)?|offer\w{0,20}|asks?|asked|asking)"
)
_BAD_THINGS = (
    r"(?:vodka|alcohol|booze|beers?|wine|cider|drinks?|drugs?|weed|vapes?|cigarettes|fags|pills"
    r"|porn\w{0,20}|nudes?|naked"
    r"|underwear|lingerie|knickers|bras?|bikinis?|condoms?|snaps?|selfies?|dirty|rude|sexy?|private"
    r"|(?:her|his|your|their) body"
    r"|(?:pics?|pictures|photos?|videos?) (?:of (?:her|him|me|them|himself|herself)|in (?:her|his"
    r"|their|my))\b"
    r"|(?:bra|body) size|swim(?:ming|suit)\w{0,20}|fotos?)"
)
_GAP = r"(?: (?!at home\b|ball\b|target\b|goodbye\b|off\b)[\w']{1,20}){0,4}? "
_BODY = (
    r"(?:arms?|hair|hands?|wrists?|legs?|bum|bottom|backs?|shoulders?|ears?|neck|face|throat|head"
    r"|chest|boobs?|thighs?|knees?|body)"
)
_ACTS = lazy_pattern(
    rf"\b(?:{_DONE}{_GAP}{_CHILD}(?! all\b)|{_WROTE} (?:[\w']{{1,20}} ){{0,3}}(?!me\b|us\b){_CHILD}"
    rf"|{_DONE} (?:him|her|them)"
    rf"|{_DONE}(?: [\w']{{1,20}}){{0,2}} my {_BODY}|(?:he|she|who|sir|miss|m(?:r|rs|s|iss|ister) \w{{1,20}}"
    rf"|(?-i:[A-Z]\w{{1,20}})|coach|teacher) (?:\w{{1,20}} )?{_WROTE} me\b(?! (?:about|back|the|if|when)\b)"
    rf"|(?:sends?|sending|sent) (?:me|us|{_CHILD}) (?:photos?|pics?|pictures|videos?"
    rf"|messages) (?:at night|late|of (?:him|her))"
    rf"|(?:told|tells|tell|made|asked|wants?|said) (?:me|us|him|her|them"
    rf"|{_CHILD}) (?:\w{{1,20}} )?(?:not to tell|(?:to )?keep (?:\w{{1,20}} )?(?:it |this |that |a "
    rf"|our )*(?:secret"
    rf"|quiet)|to stay behind)"
    rf"|(?:whisper\w{{0,20}}|breath\w{{0,20}}) (?:\w{{1,20}} ){{0,2}}in (?:my|her|his) ear"
    rf"|{_GAVE} (?:[\w']{{1,20}} ){{0,4}}(?:{_CHILD} (?:[\w']{{1,20}} ){{0,6}})?{_BAD_THINGS}"
    rf"|{_CHILD} (?:[\w']{{1,20}} ){{0,4}}(?:(?:was|were|been|got|gets) (?!(?!being\b|getting\b)"
    rf"\w{{1,20}}ing\b)|being |getting )(?:[\w']{{1,20}} ){{0,2}}{_DONE}"
    rf"|i (?:got|get|was|am|keep getting) (?:\w{{1,20}} )?{_DONE} by (?:(?:my|our|the|a) )?(?:sir|miss|coach"
    rf"|teachers?|tutor|ta|staff|caretaker|head ?(?:teacher|master|mistress)?|m(?:r|rs|s|ister) \w{{1,20}})"
    rf"|(?:threw|throws?|throwing) (?:[\w']{{1,20}} ){{1,3}}at {_CHILD}|mak(?:es?"
    rf"|ing) (?:[\w']{{1,20}} ){{1,3}}(?:bleed|strip|undress|kneel|beg|eat|stand)"
    rf"|(?:has|have|had|with|got) a thing for (?:[\w']{{1,20}} ){{0,2}}{_CHILD}"
    rf"|(?:fanc(?:y|ies)|lust\w{{0,20}}|drool\w{{0,20}}|obsessed)(?: \w{{1,20}}){{0,3}} {_CHILD}"
    rf"|(?:likes?|loves?|prefers|into) (?:them |his |her )?(?:little|young|small"
    rf"|under.?age)\w{{0,20}} (?:girls?|boys?|kids?|children|ones)"
    rf"|(?:wo|ca|wouldn|won|do|does|did|is|was)n?['o]?t (?:\w{{1,20}} ){{0,3}}(?:left|leave|alone"
    rf"|trust\w{{0,20}}"
    rf"|safe)(?: \w{{1,20}}){{0,6}} (?:with|around|near)\b"
    rf"|(?:keep|kept|stay|away|hid\w{{0,20}}) (?:\w{{1,20}} ){{0,4}}from (?:him|her|them)\b"
    rf"|hands? (?:all )?(?:over|on|up|down|under|inside) (?:[\w']{{1,20}} ){{0,3}}(?:{_CHILD}|her|his|their"
    rf"|my|skirt|shirt|trousers)"
    r"|rub\w{0,20} my|touch\w{0,20} (?:my|her|his|their)|(?:in|inside|down|up|under) (?:my|her|his"
    r"|their) (?:pants|knickers|trousers|skirt|shorts|shirt|top|bra)"
    r"|(?:in|back of) (?:his|her|their|the|your) (?:car|van"
    r"|minibus)(?: \w{1,20}){0,4} (?:with (?:\w{1,20} ){0,3}"
    rf"{_CHILD}|alone)|{_CHILD} (?:\w{{1,20}} ){{0,4}}(?:in|back of) (?:his|her|their|your) (?:car|van))\b",
    re.IGNORECASE,
)
"""Something done to a child, or with one."""
_WELSH_CHILD = (
    rf"(?:{either(WELSH_CHILD, WELSH_CHILDREN)}|f?m?ab|[bm]lwyddyn \d+|fi|ni|w?yr|wyres|nai|nith|rhai bach)"
)
_WELSH_DONE = (
    r"(?:d?t?n?h?aro|tharo|nharo|daro|trawodd|[bf]wrw|mwrw|[bf]wrodd|g?c?h?yffwrdd|gyffyrddodd"
    r"|chusan\w{0,20}|g?cusan\w{0,20}|gusan\w{0,20}"
    r"|[bfm]rifo|[bf]rifodd|anafu|g?c?h?icio|dyrnu|ddyrnu|b?ph?innio|ysgwyd|llusgo|lusgo|gwthio|wthio"
    r"|tagu|dagu|crogi"
    r"|c?g?am-?drin\w{0,20}|treisio|dreisio|[bm]ygwth|fygwth|[bm]wlio|fwlio|cofleidio|gofleidio|anwesu"
    r"|cysgu gyda|gysgu gyda"
    r"|cysgu efo|gysgu efo|cloi|gloi|[dt]ecsti?o|thecstio|tecstio|negeseua|dilyn|ddilyn|syllu"
    r"|sgrechian|gweiddi|weiddi|rhegi)"
)
_WELSH = lazy_pattern(
    r"\b(?:(?:wedi |yn |i |(?<=['’])n )(?:fy |'n |ei |ein |eu )?(?:nharo|mrifo|nghyffwrdd|mwrw|mygwth"
    r"|nghusanu|nilyn|ngham-?drin|nhecstio|mwlio|ngwthio|twtsio)"
    r"|tynnu (?:fy|ei|eu) (?:ngwallt|gwallt|nillad|dillad)|(?:law|ddwylo|llaw) (?:ar|dros|i lawr"
    r"|dan) (?:fy|ei|eu|na i|\w{1,20})|(?:lluniau|negeseuon|negeseuau) (?:at|ata) (?:i|ni|fy \w{0,20}(?:merch"
    r"|mab)|blant|ferched|fechgyn)"
    r"|gwylio ni|(?:aros|cadw) (?:\w{1,20} ){0,2}ar (?:fy|ei|eu) phen\w{0,20}"
    rf"|{_WELSH_DONE}(?:'r| (?:ar|at|ym|yn|fy|ei|ein|y|yr|eu|i|â|gyda|efo|o leiaf|un|rhai|llawer o"
    rf"|[mf]erch)){{0,3}} ?(?:\w{{1,20}} )?{_WELSH_CHILD}"
    rf"|{_WELSH_DONE} (?:fe|fo|ef|hi|nhw)\b|(?:anfon|rhoi|roi|rhoddodd|dangos|ddangos|gwerthu|werthu"
    rf"|prynu|brynu|gofyn|ofyn)\w{{0,20}} (?:[\w']{{1,20}} ){{0,6}}?"
    r"(?:fodca|vodka|alcohol|cwrw|gwrw|cyffuriau|gyffuriau|fêps|feps|dillad isaf|ddillad isaf|noeth\w{0,20}"
    r"|brwnt|budr|fudr|frwnt"
    rf"|luniau o|lluniau o)(?: [\w']{{1,20}}){{0,4}}"
    rf"|yn ei (?:gar|char|fan|dy|thy|fflat|wely|gwely)\b|cyfrinach (?:\w{{1,20}} )?(?:gyda|efo|rhwng|fach)"
    rf"|{_WELSH_CHILD}(?: \w{{1,20}}){{0,3}} (?:ofn|yn gleisiau|wedi (?:ei|cael ei) (?:daro|tharo|bwrw|frifo"
    rf"|brifo|cham-?drin|gam-?drin)))",
    re.IGNORECASE,
)
_THEIR_PLACE = (
    r"(?:at|to|round|in|into|over at|inside) (?:his|her|their|your|the|mr \w{1,20}'?s?|mrs \w{1,20}'?s?"
    r"|miss \w{1,20}'?s?|sir'?s?) (?:own )?(?:flat|house|home|place|bed|bedroom|bath|shower|caravan|hot tub"
    r"|jacuzzi|apartment|sofa)"
)
_SITUATION = lazy_pattern(
    rf"\b(?:sle(?:ep|pt)\w{{0,20}} ?-?over\w{{0,20}} {_THEIR_PLACE}|(?:stay\w{{0,20}}|sle(?:ep|pt)\w{{0,20}}"
    rf"|nights?|overnight"
    rf"|sleep-?over\w{{0,20}}|weekends?|alone|baths?|showers?|visit\w{{0,20}}|com\w{{0,20}} over"
    rf"|round) (?:[\w']{{1,20}} ){{0,3}}{_THEIR_PLACE}"
    rf"|{_THEIR_PLACE} (?:[\w']{{1,20}} ){{0,8}}(?:stay\w{{0,20}}|sle(?:ep|pt)\w{{0,20}}|nights?|overnight"
    rf"|alone|bath\w{{0,20}}"
    rf"|shower\w{{0,20}}|bed|secret\w{{0,20}})"
    r"|(?:he|she|they|you|who|m[ae]n|wom[ae]n|bloke|guy|lad|person|him|her|mr \w{1,20}|mrs \w{1,20}"
    r"|miss \w{1,20})"
    r" (?:should|ought)(?: not|n[’']?t)?(?: to)? (?:never |not )?(?:be |have been |work )(?:allowed |let )?"
    rf"(?:any ?where |any ?place |nowhere )?(?:near|around|alone with) (?:\w{{1,20}} ){{0,2}}(?:choir"
    rf"|class|club|school|{_CHILD})"
    rf"|(?:shower|bath|undress)\w{{0,20}} with (?:\w{{1,20}} ){{0,2}}{_CHILD}"
    rf"|shar(?:e|es|ed|ing) (?:the|a|his|her|their|your) (?:bed|bath|shower|sleeping bag|tent"
    rf"|hotel room|room)"
    rf"|(?:tuck(?:s|ed|ing)?|put(?:s|ting)?) (?:[\w']{{1,20}} ){{1,4}}(?:in(?:to|to)? bed|to bed|in at night"
    rf"|in\b(?= at))"
    rf"|babysit\w{{0,20}}|child ?mind\w{{0,20}} (?:again|for)|(?:bath|shower|undress|dress|wash|chang)(?:ed"
    rf"|ing"
    rf"|s)? (?:my |our |the )?{_CHILD}\b|{_CHILD} (?:[\w']{{1,20}} ){{0,3}}(?:in )?(?:the|your|his|her"
    rf"|their) (?:baths?|hot tub|jacuzzi|bed)\b(?! and shower)"
    rf"|private (?:photos?|pics?|pictures?|videos?|films?|snaps?|lessons? at|parties|show)"
    rf"|private (?:messages?|chats?|dms?) (?:with|to|from) (?:\w{{1,20}} ){{0,3}}{_CHILD}"
    rf"|(?:photos?|pics?|pictures?|videos?) of (?:our|my|the) [\w']{{1,20}} (?:in|without|changing|sleeping"
    rf"|asleep|in bed|at the beach|undress\w{{0,20}}|getting)"
    rf"|massag\w{{0,20}}|back ?rubs?|foot rubs?|(?:sit|sits|sat|sitting) on (?:his|her|your|their) (?:lap"
    rf"|knee)|cuddles? (?:with|from|at|in|after)"
    rf"|(?:our|your|their|his|her) (?:little |special )?secrets?\b(?! santa)|(?:won'?t|don'?t|not"
    rf"|never|no need to) tell (?:\w{{1,20}} )?(?:mum|mam|dad|mummy|daddy|parents|her|him|anyone)"
    rf"|(?:bought|buy|buying|gave|got|getting|gifts? of|presents? of) (?:[\w']{{1,20}} ){{0,3}}(?:underwear"
    rf"|lingerie|knickers|bra|bikini|phone|perfume|jewell?ery)"
    rf"|(?:keep|kept|keeping|got|get|getting|hang\w{{0,20}} on to|hold\w{{0,20}} on to|still (?:in|have|has"
    rf"|having"
    rf"|got)) (?:on to )?(?:[\w']{{1,20}} )?(?:job|post|position)(?: back)?\b(?! (?:on|about|up|from|of|at))"
    rf"|(?:got|get|gets|getting) away with|got off with it|let (?:you|him|her|them) off|what (?:you|he"
    rf"|she|they) (?:did|done|do|does|got up to)\b(?! (?:at|in|on|for|with|after) (?:school|class"
    rf"|lessons?|today|the (?:holidays?|weekend|day|trip|choir|team)))"
    rf"|(?:under|being|is|was|were|been|are|still) investigat\w{{0,20}}|investigation (?:in)?to|(?:out on"
    rf"|on) bail|dbs|sex offender\w{{0,20}}|offenders? register"
    rf"|goes on (?:in|at|behind)|behind (?:the )?(?:closed|locked) doors?|(?:lock|shut|close)(?:s|ed"
    rf"|ing)? the (?:door|blinds|curtains)|one.(?:to|on).one (?:in|at|with (?:\w{{1,20}} ){{0,2}}{_CHILD})"
    rf"|(?:lifts?|drives?|drove|driving|ride) (?:[\w']{{1,20}} ){{0,3}}home (?:alone|in|every|each|late|by)"
    rf"|(?:alone|by (?:her|him|them)sel\w{{1,20}}|on (?:her|his"
    rf"|their) own) (?:\w{{1,20}} ){{0,2}}with (?:him|her"
    rf"|you|them|sir|miss|mr \w{{1,20}}|mrs \w{{1,20}}|the \w{{1,20}}))\b",
    re.IGNORECASE,
)
"""A situation that praise, thanks and questions accuse by."""
_WELSH_SITUATION = lazy_pattern(
    r"\b(?:[cg]h?ysgu (?:dros (?:y )?nos )?(?:yn|mewn|gyda|efo) (?:ei|eich|dy|fflat|th?y|dŷ|nh?ŷ"
    r"|ngwely|gwely|wely)|(?:aros|cysgu|gysgu) (?:dros nos )?(?:yn|gyda|efo) (?:ei|eich|dy) (?:fflat"
    r"|dŷ|dy|thŷ|thy|tŷ|ty|gwely|wely)"
    r"|(?:yn y|yn eich|yn ei|i'r) (?:bath|gwely|gawod|cawod)\b(?!,? camp)|gwarchod (?:y |fy "
    r"|ein )?(?:plant|merched|mab|ferch) eto|(?:lluniau|luniau) (?:preifat|personol)|tylino"
    r"|ddyl\w{1,5} (?:o|e|fo|fe|hi|neb) ddim (?:cael )?(?:bod|gweithio) (?:ar gyfyl|yn agos|ger"
    r"|yng nghwmni|gyda|efo)"
    rf"|gofyn i (?:\w{{1,20}} ){{0,2}}{_WELSH_CHILD}(?: fi"
    rf"| ni)? am (?:\w{{1,20}} ){{0,2}}(?:l?lun\w{{0,5}}|fideo\w{{0,5}})"
    rf"|c?g?h?awod\w{{0,4}} (?:gyda|efo)(?:'r| y)? {_WELSH_CHILD}"
    r"|ar ei (?:lin|glin)|paid â dweud|peidio dweud wrth"
    r"|(?:cadw|gadw) (?:eich|dy|ei) (?:swydd|gwaith)|(?:ar ôl|wedi) (?:yr hyn|beth"
    r"|be) (?:a )?(?:wnaethoch|wnaethost|wnaeth)|cael (?:ei|eich) (?:ymchwilio|holi)|dan ymchwiliad)",
    re.IGNORECASE,
)
_HUSHED = lazy_pattern(
    r"\b(?:sir|miss|coach|teachers?|ta|caretaker|head ?teacher|staff|m(?:r|rs|s|iss|ister) \w{1,20}"
    r"|(?-i:[A-Z][a-z]{1,20}))"
    r" (?:has |have |always |just )?(?:said|sed|says|sez|told|tells|tld|warned|threatened|reckons"
    r"|swore)\b(?: [\w']{1,20}){0,8}?"
    r" (?:if|unless|when|cos|because) (?:i|we|she|he|they|any\w{1,6}) (?:[\w']{1,20} ){0,2}?"
    r"(?:tell|tells|told|say|says|said|grass\w{0,3}|snitch\w{0,3}|speak|talk|blab|report)\b"
    r"(?! (?:(?:the|a|my|all|our|it) )?(?:truth|answers?|jokes?|times|story|poem|please|thank|sorry"
    r"|lines?|yes|hello|name|time|team))"
    r"|\b(?:sir|miss|coach|teachers?|m(?:r|rs|s) \w{1,20}) (?:[\w']{1,20} ){0,4}?if (?:i|we) (?:tell|told"
    r"|say|said)\b"
    r"(?! (?:(?:the|a|my|all|our) )?(?:truth|answers?|jokes?|times|story|poem|please|thank|sorry|lines?"
    r"|yes|hello|name|time|team))"
    r"|\b(?:syr|miss|athro|athrawes|mr|mrs|hyfforddwr)\b(?: [\w']{1,20}){0,12}? (?:os|pan) (?:(?:dwi|dw i"
    r"|da ni|dan ni|fi|ni|na i|naf i)"
    r"(?:[’']n| yn| 'n)? |)(?:dd?e?ud|dd?weud|gweud|dweda i|ddweda i|dduda i|agor (?:fy )?ngheg)\b",
    re.IGNORECASE,
)
"""An adult here said what happens if a child tells."""
_DOES_IT = lazy_pattern(
    r"\b(?:is|was|s|are|were|hes|shes|its) (?:also )?(?:the )?(?:(?:very )?(?:ones?|person|people|man"
    r"|woman|lady|teacher))?"
    r" ?(?:who|thats|that|whos|who is|who[’']s|that is|which is)? ?(?:doing|does|did|done) (?:it"
    r"|this) to (?:me|us|him|her|them|my \w{1,20}|kids|children|girls|boys)\b"
    r"|\bis the one (?:who|thats|that|whos|who is|who[’']s)? ?(?:doing|does|did) (?:it|this)\b"
    r"|(?<!pwy )\bsy[’']n (?:g?ne?ud|g?wneud) (?:o|fo|e|fe|hyn|hynna|hynny)(?: i (?:fi|mi|ni|fy \w{1,20}"
    r"|blant))?\W{0,3}$"
    r"|(?<!bawb )(?<!pawb )\b(?:nath|naeth|wnaeth|gwnaeth) (?:o|fo|e|fe|hyn|hynna|hynny) i (?:fi|mi|ni|fy)\b",
    re.IGNORECASE,
)
"""Someone does *it*, and what it is isn't said."""
_SOMEONE_WHO = lazy_pattern(
    r"\b(?:who|whoever|person|m[ae]n|wom[ae]n|lady|bloke|guy|lad|one|someone|somebody|he|she|admin"
    r"|sy[’']?n|sydd|sawl)\b",
    re.IGNORECASE,
)
_NO_ADULT = lazy_pattern(
    r"(?:\b(?:i|we|songs?|music|film|story|book|talk|show|performance|heat|storm|weather|cold|sun|wind"
    r"|rain|cuts?|costs?|prices?|budget"
    r"|news|test|exam|ball|bee|wasp|dog lead|cost of living|(?:my|our|the|your|this|^) ?school"
    r"|mae'r ysgol|mae'r storm|can you|could you|can i|could i|please|thanks for"
    r"|thank you for|mae'n|knee|leg|arm|foot|back)"
    r"|(?:^|[.,!?;:\n] ?|\b(?:and|but|so|because) )(?:it|this|that|which|these|all))"
    r"(?:'s|'ll|'ve)? (?:(?:has|have|had|is|was|were|are|really|just|always|also|never|can|could|will"
    r"|would|did|do|you|me|i|send|get|got|gets"
    r"|keeps?|all|ask\w{0,20}|yn|ein|gofyn|am) ){0,3}$",
    re.IGNORECASE,
)
"""What stands right before it where no one did it to a child: oneself, a song, the weather."""
_IDIOMS = lazy_pattern(
    r"\b(?:hit me up|bruis\w{0,20}(?= (?:(?:he|she|i|they|we) got )?(?:off|at|from) (?:\w{1,20} )?(?:rugby"
    r"|hockey|football|netball|sports?|bike))|bruised apples"
    r"|(?:pictures?|photos) of (?:the|our|his|her|my) (?:\w{1,20} )?(?:nativity|trip|team|show|school|pets"
    r"|play|concert|match|fair|production|prize|choir|band)|our little secret(?=: )|"
    r"out of (?:my|his|her|their|our) comfort zones?|(?:scared|afraid|terrified"
    r"|frightened) of (?:(?:the|a|an|his|her|my|big|new|going|being) )*"
    r"(?:dark|dogs?|cats?|heights?|spiders?|water|slides?|ghosts?|ghost train|dentist|birds?|needles?"
    r"|thunder|school|exams?|tests?|missing|losing|failing|wasps?|bees?|clowns?|snakes?)"
    r"|touching (?:performance|tribute|story|words?|video|film|moment)|(?:dog|horse) grooming|(?:talk"
    r"|assembly|lesson|workshop|leaflet|session|evening|awareness|video) (?:\w{1,20} )?(?:about|on"
    r"|by) [\w ]{1,80}"
    r"|(?:drugs?|alcohol|knife crime|grooming|bullying|abuse) (?:and [\w ]{1,80} )?(?:awareness|education"
    r"|talk|assembly|workshop|policy|lesson|week)\w{0,20}"
    r"|(?:watch|mind) your (?:step|back|head|speed)|watch out for|(?:had|left) (?:us|me|everyone"
    r"|them all|the audience) in tears|(?:made|makes) (?:me|us|everyone) cry"
    r"|(?:mewn|yn) dagrau|naked (?:lad\w{1,20}|eye|flame)|changing rooms?(?= (?:look|are|were|is|smell"
    r"|need)))\b"
    r"|\b(?:his|her|their|my) (?:\w{1,20} )?(?:in|from) the changing rooms?",
    re.IGNORECASE,
)
"""What sounds like it, and says nothing of anyone."""
_SPORT = lazy_pattern(
    r"\b(?:match|game|score|goal|final|league|cup|tournament|netball|football|rugby|hockey|chess|quiz"
    r"|won|win"
    r"|\d+ ?- ?\d+|gêm|gem)\b",
    re.IGNORECASE,
)
_WON = lazy_pattern(
    r"\b(?:beat(?:s|ing|en)?|thrash\w{0,20}|smash\w{0,20}|bash\w{0,20}|hit|tackl\w{0,20})\b", re.IGNORECASE
)
_SOMEONE = lazy_pattern(
    r"\b(?:he|she|him|his|hers?|they|them|their|you|your|who|whoever|whose|someone|somebody|one|ones"
    r"|person|people|adults?|grown.?ups?|m[ae]n|wom[ae]n"
    r"|lad|lady|guy|bloke|fella|chap|dude|teachers?|staff|sir|miss|mr|mrs|ms|coach\w{0,20}|head\w{0,20}"
    r"|admin\w{0,20}"
    r"|mods?|moderator\w{0,20}|owners?|authors?|editors?|lead\w{0,20}|boss|team"
    r"|school|page|account|governors?|photographer|clerk|officer|manager|i|me|my|us"
    r"|fe|fo|ef|hi|nhw|ei|eu|chi|un|sawl|pwy|rhywun|dyn|dynes|menyw|fenyw|athro|athrawes|syr|staff"
    r"|cymedrolwr|gweinyddwr|pennaeth|y?r? ysgol|person|fi|fy)\b"
    r"|[a-z,] (?:[A-Z][a-z]+)|@\w",
    re.IGNORECASE,
)
"""Words for anyone at all, beside which a word that accuses counts."""
_LONG_SPELT = 12
"""Letters one by one from which on they are more than a word: no one writes so who has nothing to hide."""
_SPELT = lazy_pattern(rf"(?:\b[^\W\d_]\b[ ._*-]?){{{_LONG_SPELT},}}")


LONGEST, END = 20_000, 4_000
"""Characters of a comment that are read, from its beginning and, of a longer one, before its end: as triage
does."""


def may_accuse(text: str, by: Collection[str] = ()) -> bool:
    """Return whether a comment may accuse an adult of harming a child, or of misconduct with one. `by`: the
    names of who wrote it, as they show them."""
    if len(text) > LONGEST + END:
        text = f"{text[:LONGEST]}\n{text[-END:]}"
    return any(_one_may(reading) for each in (text, *by) if each for reading in _readings(each))


def _readings(text: str) -> dict[str, None]:
    """Return the ways to read a text, and the first of them in usual spelling."""
    ways = readings_of(text)
    return dict.fromkeys([*ways, usually_spelt(ways[0])])


def _one_may(text: str) -> bool:
    if hints_at_someone(fold(text).text):
        return True
    text = _IDIOMS.sub(" ", text)
    if (
        (accuses(text) and _SOMEONE.search(text))
        or _SITUATION.search(text)
        or _WELSH_SITUATION.search(text)
        or _SPELT.search(text)
        or _HUSHED.search(text)
        or any(not _is_anothers(text, one) for one in _DOES_IT.finditer(text))
    ):
        return True
    folded = fold(text).text
    if is_with_a_pupil(folded) or is_alone_with_children(folded) or draws_aside(folded):
        return True
    if any(not KIN.search(folded[:place]) for place in staff_words.found_in(folded)):
        return True
    return any(
        not _is_anothers(text, one) and not (_WON.match(one.group()) and _SPORT.search(text))
        for signs in (_ACTS, _WELSH)
        for one in signs.finditer(text)
    )


def _is_anothers(text: str, one: re.Match[str]) -> bool:
    before = re.split(r"[.!?;\n]", text[: one.start()])[-1].rstrip("'’")
    if is_of_kin_or_child(before, one.group(), text[one.end() :]):
        return True
    return bool(_NO_ADULT.search(before)) and not _SOMEONE_WHO.search(before)
