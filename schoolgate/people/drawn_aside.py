"""Whether a text says that an adult draws children to themselves: asks for their numbers or pictures, keeps
one back alone, buys them things, has them on a lap or at home, shows them films on a phone, asks for a
secret. Each may be kindness in a family; of an adult by a job, a title, initials, or *bloke*, a lead reads it
first."""

from __future__ import annotations

import re

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.people_words import (
    CHILD,
    CHILDREN,
    SOMEONES_CHILD,
    SOMEONES_CHILDREN,
    WELSH_CHILD,
    WELSH_CHILDREN,
    either,
)

_NO_INITIALS = (
    r"(?!(?:PE|RE|IT|TV|UK|US|ID|PC|CD|GP|HR|OK|DT|ICT|PTA|PTFA|KS\d?|FC|AFC|RFC|CC|SATS?|SEN|SENCO|DJ|MP|AM"
    r"|PM|AS"
    r"|BBC|ITV|NHS|GCSE|AOB|RS|II|III|FA|WRU|URDD|WI|XX+)\b)"
)
_LETTER = r"[A-Z](?:h|l|d|f)?"
INITIALS = (
    rf"(?-i:{_NO_INITIALS}(?:{_LETTER}\. ?{_LETTER}\.?|{_LETTER}{_LETTER}[A-Z]?)(?![\w.])(?= (?:[A-Z][a-z]"
    rf"|[a-z]))"
    r"(?! [A-Z]{2,}))"
)
"""Two letters or three, also where one of Welsh is written as two, before a word that isn't in capitals
too."""
_WORK = (
    r"(?:coach(?!es)|driver|caretaker|janitor|groundsm[ae]n|cleaner|cook|technician|librarian|tutor"
    r"|instructor"
    r"|trainer|volunteer|helper|steward|referee|ref|chaplain|vicar|counsellor|manager|teacher"
    r"|teaching assistant"
    r"|ta|lsa|head|head ?teacher|deputy|sir|miss(?! (?:the|a|my|you|out|school|it)\b)|photographer"
    r"|lollipop m[ae]n"
    r"|mr\.? \w{1,20}|mrs\.? \w{1,20}|ms\.? \w{1,20}"
    r"|bloke|guy|fella|chap|geezer|weirdo|m[ae]n|wom[ae]n|lady)"
)
_ADULT = rf"(?:\b(?:{_WORK}|he|she)\b|(?<![\w.]){INITIALS})"
_KIDS = (
    r"(?:(?:the |some |all |our |my |same |one |a |an |another |that |his |her |young(?:er)? |little |those "
    r"|one of the ){0,4}"
    rf"(?:{either(CHILD, CHILDREN, SOMEONES_CHILD, SOMEONES_CHILDREN)}|teens?|teenagers?|little ones"
    r"|year \d+s?|yr ?\d+s?|y\d+s?)(?:'s?|s')?)"
)
_TEAM = r"(?:\w{0,8}keepers|players|squad|team|singers|swimmers|runners|captains|choir|cast|band|class)"
_ONE = rf"(?:{_KIDS}|them|her|him|us|me)"
_NEAR = r"(?:[\w'’-]{1,20} )"
_NUMBERS = (
    r"(?:(?:phone |mobile )?(?:numbers?|nos?)|mobiles?|snaps?|snapchats?|insta\w{0,6}|socials|selfies?|pics?"
    r"|pictures?|photos?|nudes?|addresses)"
)
_ASKS = (
    r"(?:ask(?:s|ed|ing)?|need(?:s|ed|ing)?|want(?:s|ed|ing)?|get(?:s|ting)?|got|collect(?:s|ed|ing)?"
    r"|tak(?:es?|ing)"
    r"|took|has|have|after|begs?|begging|keeps)"
)
_THINGS = (
    r"(?:stuff|things|bits|presents?|gifts?|trainers|phones?|sweets|chocolates?|take ?aways?|mcdonald'?s"
    r"|clothes"
    r"|money|cash|vouchers?|jewell?ery|perfume|vapes?|games|robux|treats)"
)
_ALONE = (
    r"(?:alone|on (?:his|her|their) own|by (?:him|her|them)sel\w{1,4}|(?:just|only) the two|one (?:to|on) one"
    r"|every(?: single)? (?:time|day|week|night|lesson|practice|session)|each time|always|when every\w{1,4}"
    r"|after (?:hours|every\w{1,4}|the others)|the same|no ?one else)"
)
_STAYS = (
    rf"(?:(?:keep(?:s|ing)?|kept|mak(?:es?|ing)|made|gets?|got|picks?|picked|has|had|wants|lets?|asks|asked"
    rf"|tells"
    rf"|told) {_NEAR}{{0,3}}?(?:{_ONE}) {_NEAR}{{0,3}}?"
    r"(?:behind|back|after|late|to stay|stay(?:ing)?|alone with (?:him|her)))"
)
_THEIRS = (
    r"(?:(?:in(?:to|side)?|to|at|round|over) (?:his|hers?|their) ?(?:own )?(?:house|home|flat|place|gaff|car"
    r"|van"
    r"|caravan|shed|garage|room)|(?:round|over|back) (?:to )?(?:his|hers)\b)"
)
_GIVEN = r"(?:(?-i:(?!Year|Class|Form|Nursery|Reception|Team)[A-Z][a-z]{2,15})\b)"
"""A child by a first name, as who writes of a neighbour's."""
_LONELY = (
    r"(?:(?:to|at|in|into|on|onto|over to|round to|up to|out on|out to) (?:his|hers?|their) (?:own )?"
    r"(?:[\w'-]{1,12} )?(?:house|home|flat|place|gaff|car|van|caravan|camper ?van|motor ?home|shed|garage"
    r"|boat"
    r"|yacht|allotment|cabin|chalet|tent|loft|attic|bedroom|barn|lock-?up|holiday (?:home|let))|(?:at|to"
    r"|round|over to|round to|back to) (?:his|hers)\b)"
)
_TAKES = (
    r"(?:tak(?:es?|ing|en)|took|dr(?:ove|ives?|iving|iven)|picks?|picked|had|has|having|lets?|letting"
    r"|invit\w{1,3}"
    r"|brings?|brought|g[ia]ve?s?|runs?|ran|walk(?:s|ed|ing)|gets?|got|keeps?|kept)"
)
_ENGLISH = (
    # takes one child to a lonely place of their own, or home; who wrote it seldom says more
    rf"(?:\b(?:{_WORK})\b|(?<![\w.]){INITIALS}) {_NEAR}{{0,3}}?{_TAKES} {_NEAR}{{0,2}}?(?:{_GIVEN}|{_KIDS})"
    rf" {_NEAR}{{0,6}}?{_LONELY}"
    rf"|(?:\b(?:{_WORK})\b|(?<![\w.]){INITIALS}) {_NEAR}{{0,2}}?(?:took|takes|taking|drove|drives|driving)"
    rf" (?:the|a|one|that|this|my|our|his|her|some) {_NEAR}{{0,3}}?(?:girl|boy|lad|lass|child|pupil"
    rf"|student|kid"
    rf"|youngster) {_NEAR}{{0,2}}?home\b"
    rf"|(?:\b(?:{_WORK})\b|(?<![\w.]){INITIALS}) {_NEAR}{{0,2}}?{_TAKES} {_NEAR}{{0,2}}?(?:{_GIVEN}|{_KIDS})"
    rf" {_NEAR}{{0,8}}?(?:(?:shut|closed|locked|pulled) the (?:door|curtains|blinds)"
    rf"|stay(?:ed|ing)? (?:the night|over|overnight) (?:at|with) (?:his|hers|her|him)\b)"
    rf"|(?:\b(?:{_WORK})\b|(?<![\w.]){INITIALS}) (?:and|with) (?:{_GIVEN}|{_KIDS}) {_NEAR}{{0,5}}?(?:(?:in"
    rf"|into"
    r"|up|down) (?:the |his |her |a )?(?:[\w'-]{1,12} )?(?:cellar|loft|attic|shed|cupboard|dark|van|boathouse"
    r"|toilets?|store ?room|basement)\b|(?:with |and )?(?:the )?(?:lights? (?:off|out)|door (?:shut|closed"
    r"|locked)))"
    rf"|\b(?:{_WORK})\b {_NEAR}{{0,3}}?(?:com(?:es|ing)|came|walk(?:s|ed)|barge[sd]|stand(?:s|ing)|stood"
    rf"|stays?|stayed"
    rf"|look(?:s|ing|ed)|watch(?:es|ing|ed)|stares?|staring|sits?|sat) {_NEAR}{{0,4}}?(?:when|while|whilst"
    rf"|as) (?:we"
    rf"|they|i|she|he|{_KIDS}) {_NEAR}{{0,3}}?(?:chang(?:ed|ing|e)|undress(?:ed|ing)?|shower(?:s|ing)?"
    rf"|undies|towels?)\b"
    rf"|\b(?:keeps?|kept|keeping|had|has|gets?|got|holds?|held) (?:{_KIDS}|me"
    rf"|us) {_NEAR}{{0,5}}?(?:with )?(?:the )?"
    r"(?:lights? (?:off|out)|door (?:shut|closed|locked)|(?:curtains|blinds) (?:drawn|down|shut|closed))\b"
    # asks children for numbers and pictures, in either order
    rf"|{_ADULT} {_NEAR}{{0,4}}?{_ASKS} {_NEAR}{{0,3}}?(?:for )?{_NEAR}{{0,2}}?{_KIDS}"
    rf" {_NEAR}{{0,4}}?{_NUMBERS}\b"
    r"(?! of (?!(?:them|him|her|themsel|it\b)))"
    rf"|{_ADULT} {_NEAR}{{0,4}}?(?:ask(?:s|ed|ing)?|wants?|need(?:s|ed)?) {_NEAR}{{0,3}}?{_NUMBERS} (?:of"
    rf"|from|off)"
    rf" {_NEAR}{{0,2}}?{_KIDS}\b"
    rf"|\b{_KIDS} {_NEAR}{{0,3}}?{_NUMBERS},? {_NEAR}{{0,3}}?(?:{_WORK}|{INITIALS}) {_NEAR}{{0,3}}?"
    r"(?:asks?|asked|asking|wants?|needs?|has|keeps?|kept)\b"
    rf"|{_ADULT} {_NEAR}{{0,4}}?(?:tak(?:es?|ing)|took) {_NEAR}{{0,3}}?{_NUMBERS} of {_NEAR}{{0,2}}?{_KIDS}"
    r" (?:\w{1,12} ){0,2}?on (?:his|her) (?:own |private )?phone"
    rf"|{_ADULT} {_NEAR}{{0,3}}?(?:giv(?:es?|ing)|gave) {_NEAR}{{0,2}}?(?:(?:his"
    rf"|her) (?:own )?(?:\w{{1,8}} )?"
    rf"(?:number|mobile|snap\w{{0,4}}|insta\w{{0,5}}) to {_NEAR}{{0,2}}?{_KIDS}|(?:{_ONE}) (?:his"
    rf"|her) (?:own )?"
    r"(?:\w{1,8} )?(?:number|mobile|snap\w{0,4}|insta\w{0,5}))\b"
    # keeps them back alone
    rf"|{_ADULT} {_NEAR}{{0,3}}?{_STAYS}\b[^.!?\n]{{0,50}}?\b{_ALONE}\b"
    rf"|{_ADULT} {_NEAR}{{0,3}}?{_ALONE} {_NEAR}{{0,2}}?{_STAYS}\b"
    rf"|{_ADULT} {_NEAR}{{0,3}}?(?:keep(?:s|ing)?|kept|picks?|picked|chooses?|lets?) {_NEAR}{{0,2}}?the same"
    rf" {_NEAR}?{_KIDS} {_NEAR}{{0,4}}?(?:stay|behind|back|help|tidy|cupboard|with (?:him|her))\b"
    rf"|{_ADULT} {_NEAR}{{0,4}}?{_KIDS} {_NEAR}{{0,2}}?stay(?:s|ing)? {_NEAR}{{0,2}}?with (?:him|her)\b"
    # buys and gives
    rf"|(?:\b(?:{_WORK})\b|(?<![\w.]){INITIALS}) (?:from {_NEAR}{{1,3}})?{_NEAR}{{0,3}}?(?:buy(?:s|ing)?"
    rf"|bought)"
    rf" {_NEAR}{{0,3}}?(?:{_ONE}) {_NEAR}{{0,3}}?{_THINGS}\b"
    rf"|(?:\b(?:{_WORK})\b|(?<![\w.]){INITIALS}) {_NEAR}{{0,8}}?(?:and|then|also) {_NEAR}?(?:buy(?:s|ing)?"
    rf"|bought)"
    rf" (?:{_ONE}) {_NEAR}{{0,2}}?{_THINGS}\b"
    rf"|(?:\b(?:{_WORK})\b|(?<![\w.]){INITIALS}) {_NEAR}{{0,3}}?(?:giv(?:es?|ing)"
    rf"|gave) {_NEAR}{{0,3}}?(?:{_THINGS}"
    rf" to {_NEAR}{{0,2}}?(?:the same|one|certain|his favourite) {_NEAR}{{0,2}}?{_KIDS}|(?:the same|one"
    rf"|certain"
    rf"|his favourite) {_KIDS} {_NEAR}{{0,3}}?{_THINGS})\b"
    # on a lap, at home, in a car, a secret, films on a phone
    rf"|(?:\b(?:{_WORK})\b|(?<![\w.]){INITIALS}) {_NEAR}{{0,6}}?(?:{_ONE}) {_NEAR}{{0,3}}?(?:on|onto) (?:his"
    rf"|her)"
    r" (?:lap|knees?)\b"
    rf"|{_ADULT} {_NEAR}{{0,4}}?(?:{_KIDS}|the {_NEAR}?{_TEAM}) {_NEAR}{{0,5}}?{_THEIRS}(?! class)"
    rf"|\b(?:{_WORK}) {_NEAR}{{0,3}}?(?:offer(?:s|ing)?|giv(?:es?"
    rf"|ing)) {_NEAR}{{0,3}}?lifts?\b[^.!?\n]{{0,40}}?"
    r"\b(?:by|in|into|at|to) (?:his|her) (?:car|van)\b"
    rf"|{_ADULT} {_NEAR}{{0,3}}?(?:told|tells?|says?|said|asks?|asked|makes?|made) {_NEAR}{{0,4}}?(?:{_ONE})"
    rf" {_NEAR}{{0,6}}?(?:(?:our|a|the|little) secret(?! (?:santa|recipe|garden|ingredient|word|mission"
    rf"|agent))"
    rf"|not to (?:say|tell|mention) {_NEAR}{{0,3}}?(?:home|mum|mam|dad|parents|anyone))\b"
    rf"|{_ADULT} {_NEAR}{{0,4}}?show(?:s|ed|ing|n)? {_NEAR}{{0,3}}?(?:{_ONE}) {_NEAR}{{0,4}}?(?:films?"
    rf"|videos?|vids"
    r"|pictures?|pics|photos?|stuff|things|clips) (?:\w{1,12} ){0,2}?on (?:his|her) (?:own )?(?:phone|laptop"
    r"|tablet|mobile)\b"
    rf"|{_ADULT} {_NEAR}{{0,4}}?(?:help\w{{0,3}}|watch\w{{0,3}}) {_NEAR}{{0,2}}?{_KIDS} (?:to )?(?:get "
    rf"|getting )?"
    r"(?:changed|undressed|change|dressed)\b"
)
_GWAITH = (
    r"(?:dd?reifar|gyrrwr|yrrwr|hyfforddwr|hyfforddwraig|gofalwr|ofalwr|athro|athrawes|syr|miss|dyn|ddyn"
    r"|dynes"
    r"|ddynes|menyw|boi|foi|blaenor|gweinidog|pennaeth|technegydd|llyfrgellydd|ffotograffydd|cogydd"
    r"|gwirfoddolwr"
    r"|coach|mr \w{1,20}|mrs \w{1,20})"
)
_OEDOLYN = rf"(?:\b(?:{_GWAITH}|(?:mae|ma|bod|fod) (?:o|e|fo|fe|hi))\b(?:'[nr])?|(?<![\w.]){INITIALS})"
_PLANT = rf"(?:{either(WELSH_CHILD, WELSH_CHILDREN)}|mab|fab|rhai bach|(?:bl\w{{0,7}}|flwyddyn) \d+)"
_NHW = rf"(?:{_PLANT}|idd(?:yn|i|o)(?: nhw)?|nhw|fi|ni)"
_AGOS = r"(?:[\w'’-]{1,20} )"
_RHIFAU = (
    r"(?:rhif(?:au|a)?|nymbars?|snaps?|snapchat|insta\w{0,6}|l?lun(?:ia|iau|ie)?|pics?|hunluniau|selfies?"
    r"|fideos?)"
)
_PETHA = (
    r"(?:petha[u]?|phetha[u]?|presant\w{0,2}|bresant\w{0,2}|anrheg\w{0,3}|ff[oô]n|pres|bres|arian|dillad"
    r"|fferins|da ?da)"
)
_YNO = (
    r"(?:(?:i'w|yn ei|i ei|at ei|ar ei|mewn i'w) (?:[gc]h?arafan|sied|[gc]h?ar|fflat|d[yŷ]|th[yŷ]|t[yŷ]"
    r"|[gc]h?artref"
    r"|[gc]h?wch|fan|[gc]h?ampafan|stafell|ystafell|lofft|llofft|babell|phabell|[gc]h?aban|randir|rhandir"
    r"|wely"
    r"|garej|[gc]h?wt)|(?:draw )?acw|(?:a|ac) (?:chau|chloi)(?:'r| y) drws)"
)
_MYND = (
    r"(?:aeth|mi aeth|fe aeth|mynd|fynd|dod|ddod|cael|gael|gyrru|yrru|danfon|ddanfon|codi|godi|gadael|adael)"
)
_UN = (
    rf"(?:{_PLANT}|(?-i:(?!Blwyddyn|Flwyddyn|Dosbarth|Mae|Mr|Mrs|Miss)[A-Z][a-z]{{2,15}})\b|un o'r {_PLANT})"
)
_WELSH = (
    # mynd ag un plentyn i le unig, neu adref
    rf"\b{_MYND} (?:y |yr |'r )?(?:{_GWAITH}|{INITIALS}) (?:a"
    rf"|ag) {_AGOS}{{0,2}}?{_UN}\b[^.!?\n]{{0,30}}?\b{_YNO}\b"
    rf"|\b{_MYND} (?:{INITIALS}) (?:a|ag) {_AGOS}{{0,2}}?{_UN}\b[^.!?\n]{{0,20}}?\b(?:adra|adref?|gartref?"
    rf"|gatre)\b"
    rf"|{_OEDOLYN} {_AGOS}{{0,2}}?{_MYND} (?:a |ag )?{_AGOS}{{0,2}}?{_UN}\b[^.!?\n]{{0,30}}?\b{_YNO}\b"
    rf"|\b(?:\w{{2,12}}odd|aeth) (?:y |yr )?(?:{_GWAITH}|{INITIALS}) (?:i |a "
    rf"|ag )?{_UN}\b"
    rf"[^.!?\n]{{0,30}}?\b{_YNO}\b"
    rf"|\b(?:bu|mae|roedd|oedd|fu) (?:y |yr )?(?:{_GWAITH}|{INITIALS}) (?:a|ac) {_UN}\b[^.!?\n]{{0,20}}?"
    r"(?:yn (?:y |yr |'r )?(?:seler|atig|llofft|sied|cwpwrdd|tywyllwch|fan|cwt|toiled\w{0,3}|storfa)"
    r"|golau (?:wedi|i ffwrdd)|drws (?:ar gau|wedi|ynghau))"
    rf"|{_OEDOLYN} {_AGOS}{{0,5}}?(?:dod|ddod|cerdded|sefyll|edrych|sbio|syllu|gwylio"
    rf"|aros)\b[^.!?\n]{{0,20}}?"
    r"\b(?:pan|tra|wrth)\b[^.!?\n]{0,20}?\b(?:newid|tynnu|dadwisgo|cawod|gawod)\b"
    rf"|{_OEDOLYN} {_AGOS}{{0,6}}?(?:gofyn|ofyn|isio|isho|eisiau|moyn|angen|hel|casglu|cael)\b"
    rf"(?:[^.!?\n]{{0,40}}?\b{_RHIFAU}\b(?! o\b)[^.!?\n]{{0,20}}?\b{_PLANT}|[^.!?\n]{{0,30}}?\b{_PLANT}\b"
    rf"[^.!?\n]{{0,25}}?\b{_RHIFAU})\b(?! o\b)"
    rf"|{_OEDOLYN} {_AGOS}{{0,4}}?(?:rhoi|roi) ei (?:rif|nymbar|snap\w{{0,4}}"
    rf"|insta\w{{0,5}})\b[^.!?\n]{{0,15}}?"
    rf"\b{_PLANT}\b"
    rf"|{_OEDOLYN} {_AGOS}{{0,4}}?(?:cadw|gadw|dal)\b[^.!?\n]{{0,15}}?\b{_NHW}\b[^.!?\n]{{0,12}}?"
    r"\b(?:ar ol|(?:yn )?ol)\b[^.!?\n]{0,30}?\b(?:hun\w{0,4}|bob|wastad|o hyd)\b"
    rf"|{_OEDOLYN} {_AGOS}{{0,8}}?(?:prynu|brynu"
    rf"|phrynu)\b[^.!?\n]{{0,25}}?(?:\b{_PETHA}\b[^.!?\n]{{0,15}}?\b{_NHW}"
    rf"|\b{_NHW}\b[^.!?\n]{{0,15}}?\b{_PETHA})\b"
    rf"|{_OEDOLYN} {_AGOS}{{0,4}}?(?:rhoi|roi|rhoid)\b[^.!?\n]{{0,15}}?\b{_PETHA}\b[^.!?\n]{{0,12}}?"
    rf"\b(?:un|rhai|yr un)\b[^.!?\n]{{0,8}}?\b{_PLANT}\b"
    rf"|{_OEDOLYN} {_AGOS}{{0,6}}?[^.!?\n]{{0,20}}?\b{_NHW}\b[^.!?\n]{{0,15}}?\b(?:ista|eistedd|istedd"
    rf"|steddfa)\b"
    r"[^.!?\n]{0,10}?\bar (?:ei|i) (?:g?lin|ben-?glin)\b"
    rf"|{_OEDOLYN} {_AGOS}{{0,4}}?(?:gwahodd|wahodd|gofyn|ofyn|cael|gadael|mynd)\b[^.!?\n]{{0,15}}?\b{_NHW}\b"
    r"[^.!?\n]{0,20}?\b(?:i'?w (?:d[yŷ]|g?gar|char|fflat|gartref|fan)|yn ei (?:d[yŷ]|gar|fflat|fan))"
    rf"|{_OEDOLYN} {_AGOS}{{0,3}}?(?:d?deud|d?dweud|weud|gweud|gofyn"
    rf"|ofyn)\b[^.!?\n]{{0,15}}?\b{_NHW}\b[^.!?\n]{{0,30}}?"
    r"\b(?:[cg]h?yfrinach|(?:peidio|beidio)(?: a| â)? (?:deud|dweud|gweud))\b"
    rf"|{_OEDOLYN} {_AGOS}{{0,4}}?(?:dangos|ddangos)\b[^.!?\n]{{0,20}}?\b(?:fideo\w{{0,2}}|ffilm\w{{0,3}}"
    rf"|lluni?a?u?"
    rf"|petha[u]?)\b[^.!?\n]{{0,20}}?\bar ei ff[oô]n\b[^.!?\n]{{0,15}}?\b{_NHW}\b"
)
_SIGNS = lazy_pattern(f"{_ENGLISH}|{_WELSH}", re.IGNORECASE)
_MAY = lazy_pattern(
    rf"\b(?:{_WORK}|he|she|{_GWAITH}|(?:mae|ma|bod|fod) (?:o|e|fo|fe|hi)|lights?|door|curtains|blinds)\b"
    rf"|(?<![\w.]){INITIALS}",
    re.IGNORECASE,
)
"""Without one of these there is no sign: an adult, or a room that is dark or shut. Ten times as quick."""
_KINDLY = lazy_pattern(
    r"\b(?:thank\w{0,4}|thanks|diolch|santa|si[oô]n corn|father christmas|raffle|pta"
    r"|parents'? (?:phone )?numbers"
    r"|detention|homework club|consent|permission|my (?:dad|mum|mam|nan|gran|uncle|auntie?)|minibus)\b",
    re.IGNORECASE,
)
"""Where everyone knows of it, or where it's one of the family."""


def draws_aside(folded: str) -> bool:
    """Return whether a folded text says that an adult draws children to themselves so."""
    return where_drawn_aside(folded) is not None


def where_drawn_aside(folded: str) -> tuple[int, int] | None:
    """Return the place of the words that say so, in a folded text."""
    found = _SIGNS.search(folded) if _MAY.search(folded) else None
    return None if found is None or _KINDLY.search(folded) else found.span()
