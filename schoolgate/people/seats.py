"""What a text calls people by what they do here: a seat that every school has, under whichever of the
policy's roles, a role by the policy's own title for it or a part of it, with one letter wrong; or a
description without a title, in the one table, seat by seat, in English and Welsh, with the errors in
spelling that children make.

A description by what is done with the words themselves ("the person who reads this") counts only where
what they did follows, or "by" goes before: a child who hopes that this person helps accuses no one.

And who is accused in a text that may accuse an adult of harming a child (`accusations`): someone who
works or helps here, or someone that it doesn't name (*he has hurt her*). Then no colleague is presumed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

from schoolgate.patterns import lazy_pattern
from schoolgate.people.accusations import may_accuse
from schoolgate.people.called import SENTENCE, speaks_of_an_act
from schoolgate.people.said_of import accuses_reader, threatens
from schoolgate.people.staff_words import speaks_of_staff
from schoolgate.rulebook import Book
from schoolgate.rulebook.clauses import Role
from schoolgate.screening.folding import fold
from schoolgate.screening.typing_errors import is_one_apart

_DOTS = lazy_pattern(r"\b([A-Za-z])\.\s?([A-Za-z])\.\s?([A-Za-z])\b\.?")
_LONG_WORD = lazy_pattern(r"\w{6,14}")
_IN_TITLES = (
    "safeguarding", "protection", "designated", "welfare", "pastoral", "officer", "diogelu", "amddiffyn",
    "dynodedig", "principal", "deputy", "governor", "governors", "moderator", "coordinator", "secretary",
    "headteacher", "headmaster", "headmistress", "pennaeth", "bennaeth", "prifathro", "brifathro",
    "prifathrawes", "brifathrawes",
)  # fmt: skip
_ADMINISTRATOR = lazy_pattern(r"\b(a)dmi?n\w{0,3}st\w{0,4}t[aeo]r\b", re.IGNORECASE)
_PRINCIPAL = lazy_pattern(
    r"\b(the|our|my) princip(?:le|el|il|ul)\b"
    r"(?! (?:of|that|is|was|behind|here|in|and|to|for|which|applies|itself)\b)",
    re.IGNORECASE,
)
"""Written as another word, which no count of letters tells."""


def as_meant(text: str) -> str:
    """Return a text in which the words of titles are as they are meant: "the D.S.L.", "child protecton", "the
    principle hit me"."""
    plain = _LONG_WORD.sub(_corrected, _DOTS.sub(r"\1\2\3", fold(text).text))
    return _PRINCIPAL.sub(r"\1 principal", _ADMINISTRATOR.sub(r"\1dministrator", plain))


def _corrected(found: re.Match[str]) -> str:
    word = found.group()
    small = word.casefold()
    if small in _IN_TITLES or (small.endswith("s") and small[:-1] in _IN_TITLES):
        return word
    return next((one for one in _IN_TITLES if is_one_apart(one, small)), word)


_PERSON = (
    r"\b(?:person|people|adults?|grown-? ?ups?|ones?|lad(?:y|ies)|m[ae]n|wom[ae]n|guys?|blokes?|teachers?"
    r"|someone|somebody|member of staff)"
)
_MEANT = r"(?:s[aou]?pp?os(?:e|ed|d|ta|t)?|s[aou]?ppost|meant|ment|ment to be)"
"""How children write what someone is there for."""
_WHO = (
    r"(?: (?!me\b|my\b|and\b)\w+){0,4}?(?: (?:who|that|whos|who's|which|what))?"
    r"(?: (?:is|are|was|were|supposed to|meant to|ment to|should|has to|have to|gets to|always"
    r"|really|all)){0,3}"
)
_RELATIVE = (
    r"(?: \w+){0,3}? (?:who|ho|hoo|that|whos|who's|which|what)"
    rf"(?: (?:is|are|was|were|{_MEANT} to|should|has to|gets to|always|all)){{0,3}}"
)
_Y_PERSON = (
    r"(?:[bp]h?erson|mherson|un|rhai|oedolyn|[dt]d?yn[ea]s|m?f?enyw|dd?yn|boi|hog(?:an|yn)|athro|athrawes"
    r"|rhywun|sawl"
    r"|ledi|bobl|pobl"
    r"|pwy bynnag)(?: \w+){0,3}? (?:sy(?:dd)?(?: i)? fod i|sy[’']?n?|sydd yn|i fod i|oedd(?: i fod i| yn)?)"
    r"(?:[’']n)? (?:gyfrifol am |ein |eich |[’']n ){0,2}"
)
_SAFE = r"(?:safe|saef|saff|sayf|save)\b"
_SAFETY = (
    r"(?:sa(?:f|ff|v)e?t(?:y|ey|ie|ee)|safe?-? ?g(?:u|ua|a|au)r?d(?:ing?|en|in)\w*"
    r"|child(?:ren)?(?:[’']?s)? (?:protection|protecshun|welfare|safety|saftey|saf(?:e|t)ty))"
)
_READS = (
    r"(?:reads?|reading|gets?|getting|sees?|seeing|looks? at|opens?|recie?ves?|receives?|answers?|checks?)"
    r" (?:(?:all|the|our|my|your|of) ){0,3}"
    r"(?:th(?:is|ese|ose|em|at)|it|(?:reports?|concerns?|worries|forms?|messages?)"
    r"|what (?:we|i|you|kids|children|people) (?:write|send|say|type|tell|put))\b"
    r"(?: (?:reports?|forms?|messages?|emails?|things|notes)\b)?"
)
_SAFE_ONE = (
    r"\b(?:does|do|doing|did|runs?|in charge of|for) (?:all )?(?:the |our )?(?:safe|saff|safety) (?:stuff"
    r"|things?|work|bit"
    r"|job)\b|\b(?:safe|saff) (?:lad(?:y|ies)|wom[ae]n|m[ae]n|teachers?|guy|miss|mrs|mr|sir)\b"
    r"|\b(?:bean ?bags?|worry|quiet|calm|rainbow|nurture|listening|cwtch|lanyard|feelings|hub)"
    r"(?: (?:room|box|hub|corner|space|monster))? (?:lady|wom[ae]n|m[ae]n|teacher|person|miss|sir)\b"
    r"|\b(?:d?dyn(?:es|as)|[mf]enyw|ledi|athrawes|athro|dyn|boi|[bp]erson) (?:y )?saff\b"
)
"""*the safe lady*: what small children call a lead."""
_TO_TELL = (
    r"(?:tell|talk(?:ing)? to|speak(?:ing)? to|go(?:ing)? to|turn to|trust|report (?:it|this|things?) to)"
)
_TOLD = (
    r"(?: that| who)?(?: (?:you|u|ur|youre|they|we|i|kids|children|pupils|everyone|school|the \w+))"
    r"(?: (?:are|r|am|were|have|has|always|had)|[’']re|[’']m|[’']ve)?"
    rf"(?: (?:told|tell|tells|said|say|says|asked|ask|should|can|could|must|need|{_MEANT}|have))"
    r"(?: (?:me|us|kids|children|to|that|i|we|you|should|can|could|must)){0,4} "
)
_SENT = (
    r"(?: that| who)? (?:you|u|we|i|they|school|it) (?:all )?(?:send|sends|give|gives|pass|forward|show"
    r"|goes|go)"
    r" (?:(?:these|this|them|it|that|our \w+|the \w+|on|straight) ){0,3}to\b"
)
"""The person who gets it."""
_THESE = (
    r"(?:darllen|gweld|cael|cal|derbyn|ateb|agor|edrych ar|edrach ar|sbio ar|tsi?ecio) (?:y |yr |ein "
    r"|fy )?(?:hwn|hyn|rhain|rhein|rheini|cyfan"
    r"|neges\w*|adroddiad\w*|pryderon|ffurflen\w*|sylwadau)"
)
_TITLE = (
    r"(?:safe-?guarding|child protection) (?:lead(?:er)?|officer|person)\b|(?:[bp]erson|swyddog) diogelu\b"
)
"""Of the one lead, who is known by it (`seats`): a deputy isn't called so."""
_PLANT = r"(?:plant|ni|chi|pawb|pobl|disgyblion|fi)"
_ELSEWHERE = (
    r"(?! (?:at (?:lunch|break|dinner|play|home|night|church|cubs|brownies)|in the (?:playground|holidays)"
    r"|on the (?:bus|minibus|trip)|(?:after|before) school|when (?:my )?(?:mum|mam|dad))\b)"
)
"""Where it's others who look after children."""
_TROUBLE = (
    r"(?:if|when|wen|with (?:problems|worries|stuff|things|trouble)|in trouble"
    r"|(?:who|that) (?:are|r|have|feel)|mewn (?:trwbwl|trafferth\w*|helynt)|pan|os|sydd? (?:mewn|yn)|sy[’']n"
    r"|trist)\b"
)
_LOOKS_AFTER = (
    rf"(?:{_PERSON}{_RELATIVE}|\bwho ?ever) (?:looks? (?:after|out for)|takes? care of|cares? for"
    r"|(?:is |are )?(?:in charge of|responsible for) (?:helping|looking after|caring for)"
    rf"|helps?(?= (?:us|kids|children|pupils|students) {_TROUBLE}))"
    r" (?:all )?(?:the |our )?(?:us|kids|children|pupils|students|everyone)\b"
    r"(?: (?:kids|children|pupils|all))?"
    rf"{_ELSEWHERE}(?: (?:at|in) (?:(?:our|the|this|my) )?school)?"
)
_WELSH_LOOKS_AFTER = (
    rf"{_Y_PERSON}(?:(?:edrych|edrach) ar (?:ein )?(?:[oô]l|h[oô]l)|gofalu am\w*|ofalu am\w*|carco"
    rf"|helpu(?= {_PLANT} {_TROUBLE}))(?:[’']r| y)?"
    rf" {_PLANT}\b(?! (?:amser cinio|ar y bws|adre\w*|ar [oô]l ysgol))"
)
_PLACE = (
    r"(?:(?:by|near|next to|outside|opposite|beside|in|on|wrth|ger|tu allan i|yn)(?: the| y| yr|[’']r)?"
    r" (?:office|loos?|toilets?|corridors?|hall|entrance|doors?|reception|stairs|gates?|library|canteen|wall"
    r"|swyddfa|toiledau?|coridor|neuadd|drws|dderbynfa|grisiau|giat|gi[aâ]t|wal))"
)
_ON_THE_WALL = (
    rf"{_PERSON}(?: \w+){{0,2}}?(?: (?:who|that|which|whos|who[’']s|whose|is|are|[sh]er|his|their|face|name"
    r"|picture|photo|pic|head)){0,4}"
    r" (?:on|in|from|off) (?:all )?(?:the|that|this|those|these|your|our|a) (?:\w+ )?"
    rf"(?:posters?|leaflets?|(?:pictures?|photos?|boards?|notices?|display)(?= {_PLACE}))"
    rf"(?:\W+{_PLACE})?(?: (?:that|which) says (?:\w+ ){{1,3}}(?:me|us|someone)\b)?"
)
"""The one whose face hangs in the corridor."""
_Y_PERSON_ALONE = (
    r"\b(?:[bp]h?erson|mherson|un|rhai|oedolyn|[dt]d?yn[ea]s|[mf]enyw|dd?yn|athro|athrawes|rhywun|sawl"
    r"|ledi|bobl"
    r"|pobl)"
)
_AR_Y_WAL = (
    rf"{_Y_PERSON_ALONE}(?: sy(?:dd)?)? (?:ar|yn|o|oddi ar) (?:y|yr|eich|ein|pob|[’']r) (?:[bp]h?oster\w*"
    rf"|d?t?aflen\w*|(?:llun|lluniau|arwydd)(?= {_PLACE}))(?:\W+{_PLACE})?"
)
_DWEUD = (
    rf"{_Y_PERSON_ALONE}(?: \w+)? (?:da(?:ch|n)?|d[yi]ch|dyn|ydan|ydyn|ydych|rydych|rydyn|oeddech|oeddan"
    r"|dwedoch|wedoch|ddudoch|ddywedoch|mae|ma)\b[\w’' ]{0,40}?"
    r" (?:fynd|mynd|siarad|dd?weud|dd?eud|weud|droi|troi)"
    r" (?:at|efo|gyda|hefo|wrth|[aâ])\w*(?: (?:fo|fe|e|o|hi|nhw)\b)?"
    rf"|{_Y_PERSON_ALONE}(?: \w+)? (?:dwi|dw i|rydw i|ydw i|dan ni|dyn ni|rydyn ni|ni|fi|pawb)"
    r"(?:[’']n)? (?:i )?fod i"
    r" (?:dd?weud|dd?eud|weud|siarad|f?mynd|fynd|droi)(?: \w+)? (?:wrth|at|efo|gyda|hefo|[aâ])\w*"
)
"""Who children are told to go to, in Welsh."""
_IN_AN_OFFICE = (
    r"(?:\b(?:the|that|y|yr|[’']r) (?:\w{1,12} )?(?:lady|wom[ae]n|m[ae]n|person|one|guy|bloke|d?dyn[ea]s"
    r"|m?f?enyw|dyn|ledi|un|[bp]erson(?: saff)?)"
    r"|\b(?:her|him|hi|hwnna|honna))(?: (?:who|that|which|whose|sy|sydd|is|does|runs|with|in|from|has|efo"
    r"|gyda|hefo|yn|y|o|comes?|came|to|our"
    r"|the|a|her|his|ei|ar|sy[’']?n|i'n|ni|our|about|red|blue|purple|green|piws|glas|las|coch|gwyrdd|fish"
    r"|rainbow|yellow|orange|pink|little|big|enfys|bach|fach|melyn|pinc|with (?:all )?(?:the|a|her"
    r"|his) \w{1,14}"
    r"|tank|always|wears?|wearing|gwisgo)){1,9}?"
    r" (?:(?<!big )(?<!biggest )office\w*|lanyards?|landyards?|badges?"
    r"|worry ?(?:box|boxes|monster|jar)|box(?:es)? (?:for"
    r"|of) (?:our )?worries|bean ?bags?|(?:quiet|safe|calm|blue|green|worry|little"
    r"|listening|nurture|chill ?out) (?:room|space|hub|place)|hub|(?:class|assembly"
    r"|form) about (?:staying |keeping |being )?safe\w*(?: online)?|staying safe(?: online)?"
    r"|(?:our )?(?:problems|worries)|broblem\w*|phroblem\w*"
    r"|[bp]?h?oen\w*|gofidi\w*|swyddfa|stafell (?:dawel|saff|las)|bocs (?:poeni|gofidiau|pryderon)|linyn"
    r"|lanyard|gwrando ar \w+)\b"
    r"(?: (?:that |who )?(?:we|you|u|kids) (?:can |all )?(?:tell|talk|go|speak)(?: \w+)? to)?"
)
"""The one with the lanyard, the fish tank in the office, the worry box: what children see of a lead."""
DESCRIBED: Mapping[str, re.Pattern[str]] = {
    "any lead": lazy_pattern(
        rf"(?:{_PERSON}{_WHO}|\bwhoever) (?:keeps?|keeping|looks? after|makes?) (?:\w+ ){{1,3}}{_SAFE}"
        rf"|(?:{_PERSON}{_RELATIVE}|\bwhoever) (?:protects?|looks? out for)"
        r" (?:us|kids|children|the children|everyone|pupils)\b"
        rf"|(?!{_TITLE})(?:{_SAFETY}) (?:teacher|lady|man|woman|guy|team|person|lead(?:er)?|officer|boss)s?\b"
        r"|(?:do(?:es|ing)?|runs?|leads?(?: on)?|in charge of|responsible for|looks? after|deals? with|for)"
        rf" (?:the |our |all the )?{_SAFETY}|(?:in charge of|responsible for) keeping (?:\w+ ){{1,2}}{_SAFE}"
        rf"|{_Y_PERSON}g?c?h?adw (?:\w+ ){{0,2}}{_PLANT}(?: \w+)?(?:[’']n| yn)? (?:dd?iogel|saff)"
        r"|(?:gwneud|gyfrifol am|gofalu am|arwain ar|delio [aâ]|ofal) (?:\w{1,20} )?"
        r"(?:d?diogelu|d?diogelwch(?: plant)?|amddiffyn plant)"
        rf"|(?!{_TITLE})(?:athr(?:o|awes)|dyn|d?dynes|m?f?enyw|ledi|[bp]erson|swyddog) (?:y )?"
        r"(?:d?dioge?lu|d?diogelwch(?: plant)?|amddiffyn plant)"
        rf"|\b(?!{_TITLE})(?:welfare|pastoral|child protection|well-? ?being|mental health|inclusion"
        rf"|nurture|counselling)"
        r" (?:teacher|lady|man|woman|guy|person|lead(?:er)?|officer|boss)s?\b"
        r"|\b(?:swyddog|person|athro|athrawes|d?dyn[ea]s|m?f?enyw|dyn|ledi|arweinydd"
        r"|cydlynydd) (?:y )?(?:lles\w{0,4}|bugeiliol"
        r"|iechyd meddwl)\b|\b(?:the|our|my|school) counsell?or\b|\b(?:y|ein|fy) c?g?wnselydd\b"
        r"|(?:supposed|meant|told) to (?:tell|go to|talk to|speak to) (?:when|if)",
        re.IGNORECASE,
    ),
    "decides": lazy_pattern(
        rf"(?:{_PERSON}{_RELATIVE}|\bwhoever) (?:decides?|deciding|approves?|says? yes|chooses?|agrees?"
        r"|allows?)(?: (?:about|on|to|which|over|for|the|all|what|new|our|school)){0,4}"
        r" (?:accounts?|pages?|socials?|social media|posts?|facebook|insta\w*|twitter)"
        rf"|{_Y_PERSON}(?:penderfynu|cymeradwyo|dewis|caniat[aá]u) (?:\w+ ){{0,2}}"
        r"(?:g?h?cyfrif\w*|gyfrif\w*|[dt]h?udalen\w*|n?negeseuon)",
        re.IGNORECASE,
    ),
}
"""Seat -> how it is described. *any lead*: who keeps children safe; *decides*: who decides on accounts."""
_TURNED_TO = lazy_pattern(
    rf"(?:{_PERSON}{_RELATIVE}|\bwho ?ever) {_READS}|{_PERSON} (?:read|gett|see)ing th(?:is|ese)"
    rf"|{_PERSON}(?: \w+)?{_TOLD}{_TO_TELL}"
    rf"|{_PERSON}(?: \w+)?(?: that| who)? (?:we|you|u|kids|children|pupils) (?:can |all )?"
    r"(?:go|talk|speak|turn) to\b(?! for\b)"
    rf"|{_PERSON} (?:with|wearing|who wears|that wears) (?:the|a) (?:\w+ )?(?:badge|lanyard|sticker)"
    r" (?:that says|which says|saying|says) (?:\w+ ){0,3}(?:talk|tell|safe|help|worr|listen)\w*"
    r"(?: to me| me)?"
    r"|\b(?:the )?(?:one|person|lady|man|woman|teacher) (?:that |who |wot )?(?:you|u|we|i|us|kids|everyone)"
    r" (?:all )?(?:go|goes|talk|run|turn|speak|come) to (?:when|wen|if)\b"
    r"(?: (?:you(?:r|[’']?re| are)|we(?:[’']?re| are)|i[’']?m|u r) \w{1,12}\b)?"
    r"|\b(?:yr )?un (?:wyt ti|ti|da ni|dan ni|dach chi|rydyn ni|dwi|pawb)(?:[’']n| yn) (?:mynd|siarad|troi)"
    r" (?:at\w{0,3}|efo|gyda)(?: (?:hi|fo|fe|o))? (?:pan|os)\b"
    rf"|{_PERSON}(?: \w+)?{_SENT}|{_SAFE_ONE}|\b(?:her|him|them) (?:that|who|what|wot) {_READS}"
    rf"|{_Y_PERSON_ALONE} (?:da(?:ch|n)?|d[yi]ch|dyn|rydych|rydyn|den) (?:chi|ni|i)(?:[’']n| yn) "
    r"(?:gyrru|anfon|hala|rhoi|danfon) (?:hwn|hyn|rhain|rhein|y \w+) (?:i|at)\w{0,4}(?: (?:fo|fe|o|hi"
    r"|nhw)\b)?"
    rf"|\b(?:hi|fo|fe|o|nhw) (?:sy[’']n|ydi[’']r un sy[’']n) {_THESE}"
    rf"|{_Y_PERSON}{_THESE}|pwy bynnag sy[’']n {_THESE}"
    rf"|{_LOOKS_AFTER}|{_WELSH_LOOKS_AFTER}|{_ON_THE_WALL}|{_AR_Y_WAL}|{_DWEUD}|{_IN_AN_OFFICE}"
    r"|(?:person|un|rhywun|athro|athrawes|oedolyn)(?: \w+){0,3} (?:i siarad [âa]|i ddweud wrth)\w*",
    re.IGNORECASE,
)
"""Who reads what is told here, is on the poster, or is who children are told to turn to: a lead, too."""
_BY = lazy_pattern(
    r"\b(?:by|from|because of|scared of|afraid of|about|gan|rhag|ofn)(?: the| y| yr)? $", re.IGNORECASE
)
_IT_IS = lazy_pattern(
    r"\b(?:it[’']?s|it is|it was|dyna|mai|taw|hi|fo|fe)(?: (?:her|him|them|hi|fo|di|ydi|ydy|yw|oedd))?\W*"
    r"(?: ?\b(?:the|y|yr|r))? ?$",
    re.IGNORECASE,
)
_ALONE = lazy_pattern(r"^\W*(?:the|y|yr)?\W*$", re.IGNORECASE)
"""Before it, where a text has no other words."""
_IS_THE_ONE = lazy_pattern(
    r"^\W{0,5}(?:(?:is|was|are|its?|it[’']?s|hes|shes) )(?:(?:also |actually |really )?"
    r"(?:him|her|them|involved|in on it|part of (?:it|this)|the problem|(?:his|her) (?:wife|husband|mum"
    r"|mam|friend"
    r"|mate|sister|brother|girlfriend|boyfriend))\b|(?:also )?the (?:same )?(?:bad |actual )?(?:one"
    r"|person|man|lady|teacher)s? "
    r"(?:who|that|whos|thats|who[’']?s|which|doing|hurt\w*)\b(?! (?:i|we|you|my)\b)"
    r"|(?:\w+ )?(?:bad|evil|horrible|dangerous|nasty|a (?:\w+ )?(?:perv\w*|p[ae]{1,2}do\w*|bully|creep"
    r"|monster|liar))\b)"
    r"|^\W{0,5}(?:(?:[’']?ma|yma|hyn|hefyd)\b)?\W{0,3}(?:ydi|ydy|yw|di|oedd|oedd o|ydio|nath) (?:o|e|fo"
    r"|fe|hi|nhw)\b(?![’'])"
    r"|^\W{0,5}(?:ydi|ydy|yw|di|oedd|ydio)(?:[’']r| y| yr|r)? (?:un|[bp]erson|dyn|boi|dd?yn[ea]s) sy"
    r"|^\W{0,5}(?:(?:[’']?ma|yma)\W)?\W{0,3}(?:[’']n|yn) (?:un )?(?:dd?rwg|gas|cas|beryg\w*|peryg\w*"
    r"|ffiaidd|fochyn)\b",
    re.IGNORECASE,
)
"""What follows where who reads it is meant: *who reads this is him*."""
_HE_IS = lazy_pattern(
    r"\b(?:he|she|they|it)(?:[’']?s| is|[’']?re| are| was|[’']?ll be"
    r"| will be) (?:also )?(?:just )?(?:the )?$|\b(?:hes|shes|theyre) (?:the )?$",
    re.IGNORECASE,
)
"""Right before it: *she is the one who reads these*."""
_IS_THERE = lazy_pattern(r"\b(?:is|are) there $|\b(?:oes|sgen) (?:yna )?$", re.IGNORECASE)
"""Before someone who is only asked for."""
_WANTED = lazy_pattern(r"^\W*(?:who |that )?(?:i|we|dwi|fi)\b", re.IGNORECASE)
_DID_IT = lazy_pattern(
    r"\b(?:because|cos|cuz|coz|cause) (?:she|he|they|its|it) (?:did|is the one|was the one)\b"
    r"|\b(?:achos|cos|oherwydd) (?:mai )?(?:hi|fo|fe|nhw) (?:nath|naeth|wnaeth|ddaru)\b|"
    r"^\W{0,5}(?:(?!told|said|says|tell|my|me|a\b|that\b)\w{1,20} ){0,4}(?:did|done|does|doing) (?:it"
    r"|this|that)\b"
    r"|^\W{0,5}(?:\w{1,8} )?(?:wnaeth|nath|naeth)\W{0,3}$"
    r"|\bsy[’']n (?:(?:ei )?(?:g?ne?ud|g?wneud|wneud)\W*$|ei (?:g?ne?ud|wneud) (?:o|fo|e|fe)\b)"
    r"|\bsy[’']n (?:g?ne?ud|g?wneud) (?:o|fo|e|fe|hyn|hynna|hynny)\b(?![’'])"
    r"|\b(?:nath|naeth|wnaeth|wedi neud|wedi gwneud) (?:o|fo|e|fe|hyn|hynna|hynny|hwn)\b(?: i (?:fi|mi|ni))?"
    r"|^\W{0,5}(?:\w{1,20} ){0,3}[cg]ydio yn (?:fy|ei)\b"
    r"|\b(?:gofyn|d?deud|d?dweud|gweud|gwneud|neud|gorfodi|cael) (?:i |wrth(?:a|o|yn)? ?)?(?:i |fi "
    r"|mi |ni |ferch \w+ |fachgen \w+ )"
    r"{1,2}(?:i )?(?:aros ar (?:ôl|ol)|aros (?:efo|gyda|hefo|mewn)|gadw (?:hyn|cyfrinach|o)|beidio"
    r"|dynnu|eistedd ar|gau'r drws)",
    re.IGNORECASE,
)
_HOPES = lazy_pattern(
    r"^\W*(?:please|plz|pls|can|could|will|would|might|should|helps?|to|need|must|has to|needs|knows?"
    r"|os gwelwch|yn gallu|gallu|helpu)\b",
    re.IGNORECASE,
)
_NEXT = lazy_pattern(r"^(?:\W*\w+){0,7}")
ANSWERED: Mapping[str, re.Pattern[str]] = {
    "any lead": lazy_pattern(
        rf"\b(?:the|our|that) lead\b(?! (?:singer|role|part|guitar))|^\W*lead\W*$|{_SAFETY}|{_READS}"
        rf"|{_TO_TELL}"
        r"|\b(?:yr |y )?arweinydd\b|dioge?lu|diogelwch"
        rf"|{_THESE}|i siarad [âa]|i ddweud wrth|{_LOOKS_AFTER}|{_WELSH_LOOKS_AFTER}|{_ON_THE_WALL}"
        rf"|{_AR_Y_WAL}|{_DWEUD}",
        re.IGNORECASE,
    ),
}
"""The same where it was asked who it is about: shorter."""


def turned_to(text: str) -> bool:
    """Return whether a text says that who reads it, or is to be told, did something."""
    for one in _TURNED_TO.finditer(text):
        rest = SENTENCE.split(text[one.end() :], maxsplit=1)[0]
        told = _NEXT.match(rest)
        before, after = text[: one.start()], text[one.end() :]
        if _IS_THERE.search(before):
            continue
        if _BY.search(before) or (_ALONE.search(before) and _ALONE.search(after)):
            return True
        if (_IT_IS.search(before) or _HE_IS.search(before)) and not _WANTED.search(after):
            return True
        if _IS_THE_ONE.search(after):
            return True
        if told and not _HOPES.search(rest) and (speaks_of_an_act(told.group()) or _DID_IT.search(rest)):
            return True
    return False


_SCHOOL = r"(?:the|this|our|your|my|whole) (?:whole )?s[ck]h?oo?l"
_HEAD = (
    r"\bhe?a?d ?-?t[ea]{1,3}ch[aeo]u?r?\b|\b(?:boss|(?:top|main) teacher)\b|\b(?:lady|man|woman|one"
    r"|person|guy|bloke|boss) at the top"
    r"|\b(?:has|in|with) the (?:really )?(?:big|bigg?est) officer?\b"
    r"|\b(?:who|that) (?:does|takes|leads) (?:the |our |whole.?school )?assembl(?:y|ies)\b"
    r"(?! (?:about|on [a-z]+ing))"
    r"|\bsy[’']n (?:gwneud|gneud|neud|arwain|cymryd)(?: y| ein|[’']r)? gwasanaeth\b(?! (?:am|ar)\b)"
    r"|\b(?:efo|gyda|hefo)(?:[’']r| y) (?:swyddfa|offis) (?:fawr|fwyaf?)\b"
    r"|\b(?:who|that|one) all (?:the |of the )?(?:other )?teachers (?:have to|must) (?:listen to|obey)\b"
    rf"|\bwho (?:runs|leads|is in charge of) {_SCHOOL}|\b(?:in charge|head|leader|boss) of {_SCHOOL}"
    r"|\b[bf]os\b|(?:rh?)?edeg y(?:r|n|r ein|ein)? ysgol|ar ben yr ysgol|gyfrifol am yr ysgol|arwain yr ysgol"
    r"|head ?-?teacher|hea?d ?-?m(?:aster|istres)|\b(?:b|m|mh|ph|p)ennaeth|[bpm]h?rif ?athr"
    r"|\b(?:the|our|my) hed(?: ?teacher)?\b|\by prif (?:di|wedi|nath|wnaeth|yn|sy|sydd)\b"
)
_LEAD = (
    r"safe ?-?gu?ar?ding (?:lead|person|officer)|\b(?:DS[LPO]|PDD|CPO)s?\b"
    r"|child(?:ren)?(?:[’']?s)? protection (?:lead(?:er)?|officer|person)"
    r"|\bdesignated (?:safe\w+ )?(?:lead|person|adult|officer|teacher)"
    r"|(?:arweinydd|[pb]erson|mherson|pherson|swyddog) (?:diogelu|dynodedig)"
)
_KEEPS_SAFE = r"safe ?-?gu?ar?ding|child protection|diogelu|amddiffyn plant|keep(?:s|ing)? (?:us|\w+) safe"
_PAGES = (
    r"(?:the |your |our |this |a )?(?:schools? |school[’']s )?(?:facebook|twitter|insta\w*|tik ?tok"
    r"|you ?tube|bluesky"
    r"|social media|socials|pages?\b|accounts?\b|website|web page|messages|comments|dms?\b)"
)
_SAID = {
    "head": lazy_pattern(
        r"\b(?:the|our|my|y|ein|fy|i|o) (?:executive )?head\b(?! (?:of|lice|boy|girl|office|cold|torch))"
        rf"|{_HEAD}"
        r"|\b(?:the|our) principal\b",
        re.IGNORECASE,
    ),
    "deputy": lazy_pattern(
        r"(?:deputy|assistant) (?:head|principal)|(?:dd?|n)irprwy b?h?(?:ennaeth|rifathr)"
        r"|\b(?:the|our|your|y|ein|eich|[a-z]{1,8}[’']r) (?:deputy|ddirprwy|dirprwy)\b"
        r"(?! (?:DS|safeguard|chair|caretaker|dd?iogelu))",
        re.IGNORECASE,
    ),
    "chair": lazy_pattern(
        r"\bchair(?:man|woman|person)\b|chair of (?:the )?(?:govern(?:ors|ing)|trustees|directors)"
        r"|\b(?:c|g|ngh|ch)adeirydd\b",
        re.IGNORECASE,
    ),
    "lead": lazy_pattern(_LEAD, re.IGNORECASE),
}
"""What a text calls a seat wherever it stands."""
_ANSWERED = {
    "head": lazy_pattern(r"\bhead\b(?! (?:of|lice|boy|girl))|\bprincipal\b", re.IGNORECASE),
    "deputy": lazy_pattern(r"\bdeput(?:y|ies)\b|\b(?:dd?|n)irprwy\b|assistant head", re.IGNORECASE),
    "chair": lazy_pattern(r"\bchair|\b(?:c|g|ngh|ch)adeirydd", re.IGNORECASE),
    "any lead": lazy_pattern(rf"{_KEEPS_SAFE}|deputy (?:DS|safeguarding)", re.IGNORECASE),
}
"""The same, where it was asked who it is."""
_WITH_A_SIGN = {
    "senior": lazy_pattern(
        r"\b(?:S[LM]T|UDA)\b|senior (?:lead|manag|staff|teach)|leadership|\bt[iî]m (?:arwain|rheoli)"
        r"|uwch (?:d[iî]m|arwein|reol)|\bthe management\b",
        re.IGNORECASE,
    ),
    "governor": lazy_pattern(r"\b(?:governor|trustee|director)s?\b|lywodraethwy?r", re.IGNORECASE),
    "keeper": lazy_pattern(
        r"\b(?:runs?|(?<=\w )(?<!when )(?<!where )(?<!how )(?<!why )(?<!what )does"
        r"|manages?|looks? after|posts? on|writes?|answers?|replies|behind|in charge of"
        r"|sends?|moderat\w{1,4}) (?:to )?"
        rf"{_PAGES}|\b(?:web ?(?:site|page)|page|social media|socials|facebook|twitter|insta\w*|tik ?tok"
        r"|comms|communications|comments?) (?:lady|ladies|m[ae]n|wom[ae]n|person|people|girl|guy|bloke"
        r"|chap|lad|officer|manager|editor|moderator|team)\b|\bmoderators?\b"
        r"|\bposts? for (?:the|our|your) school\b"
        r"|\b(?:dynes|ddynes|m?f?enyw|dyn|boi|ledi|[bp]erson) (?:y |yr |ein |eich )?(?:g?wefan|[dt]udalen"
        r"|cyfryngau|facebook|insta\w*)\b|\b(?:ng?h?|[cg]h?)ymedrol(?:wyr|wr|ydd|wraig)\b"
        r"|\b(?:the|your|our) (?:page )?admin\b|\bon duty\b|\b[ad]r ddyletswydd"
        r"|(?<!pwy sy'n )(?:rhedeg|redeg|g?wneud|g?neud|rheoli|reoli|ateb|gofalu am|ofalu am|ysgrifennu"
        r"|sgwennu|postio ar)"
        r"(?:[’']r| y| yr| eich| ein|[’']ch|[’']n)? (?:facebook|twitter"
        r"|insta\w*"
        r"|negeseuon|cyfrif\w*|t?d?udalen|wefan|cyfryngau)",
        re.IGNORECASE,
    ),
    "network": lazy_pattern(
        r"\b(?:network|IT|ICT|computer) (?:manager|technician|man|lady|guy|person|support)"
        r"|rheolwr rhwydwaith",
        re.IGNORECASE,
    ),
}
"""Seats that many sit in, or that are only mentioned often."""
_ROLES = {
    "head": lazy_pattern(r"^(?:executive )?(?:head(?: ?teacher)?|principal)$|^pennaeth$", re.IGNORECASE),
    "deputy": lazy_pattern(r"(?:deputy|assistant) head", re.IGNORECASE),
    "chair": lazy_pattern(r"\bchair", re.IGNORECASE),
    "network": lazy_pattern(r"\b(?:network|ICT|IT)\b", re.IGNORECASE),
}
"""Which of a policy's own roles a seat means."""
_SENIOR = lazy_pattern(r"\b(?:senior (?:leader|manager)|leadership|S[LM]T\b)", re.IGNORECASE)
"""Roles that a head or deputy has where the policy has no role of that name."""
_DEPUTY = lazy_pattern(r"deput|dirprwy", re.IGNORECASE)
_WORD = lazy_pattern(r"\w+")
_PART = lazy_pattern(r"[/(),;]| or ")
_JOINS = frozenset(["of", "the", "with", "for", "and", "a", "or", "to"])
_EVERYONES = frozenset([
    "staff", "all staff", "member of staff", "staff member", "student", "student shown", "named", "parent",
    "carer", "friend", "pupil", "member",
])  # fmt: skip
"""Titles, or parts of one, that mean no one in particular."""


@dataclass(frozen=True)
class Seats:
    """What was found: keys of roles, and whether leads (and deputies) are meant. `sure`: named by it wherever
    it stands; `perhaps`: only beside a sign that an adult did something; `keepers`: of those who look after
    accounts or are on duty for them, beside such a sign."""

    sure: frozenset[str] = field(default_factory=frozenset)
    perhaps: frozenset[str] = field(default_factory=frozenset)
    heads: frozenset[str] = field(default_factory=frozenset)
    keepers: frozenset[str] = field(default_factory=frozenset)
    leads: bool = False
    deputies: bool = False


def seats_in(text: str, book: Book, *, asked: bool) -> Seats:
    """Return what a text calls people by what they do. `asked`: it answers who it is about."""
    text = as_meant(text)
    said = {seat for seat, words in (*_SAID.items(), *DESCRIBED.items()) if words.search(text)}
    said |= {"any lead"} if turned_to(text) or _accuses_reader(text) else set()
    perhaps = {seat for seat, words in _WITH_A_SIGN.items() if words.search(text)}
    if asked:
        asked_so = (*_ANSWERED.items(), *ANSWERED.items())
        said |= perhaps | {seat for seat, words in asked_so if words.search(text)}
    plain = _plain(text)
    sure, maybe = set[str](), set[str]()
    for role in book.roles:
        for title in _titles(role, tuple(n for n, of in book.pack.role_words.items() if of == role.name)):
            if f" {title} " in plain:
                (sure if asked or " " in title else maybe).add(role.key)
    several = {"senior", "governor", "network", "decides"}
    return Seats(
        sure=frozenset(sure | {key for seat in said & several for key in in_seat(seat, book)[0]}),
        perhaps=frozenset(maybe | {key for seat in perhaps - {"keeper"} for key in in_seat(seat, book)[0]}),
        heads=frozenset(said & {"head", "deputy", "chair"}),
        keepers=frozenset(in_seat("keeper", book)[0]) if "keeper" in said | perhaps else frozenset(),
        leads=bool(said & {"lead", "any lead"}),
        deputies="any lead" in said or bool(_DEPUTY.search(text)),
    )


def calls_the_lead(text: str) -> bool:
    """Return whether a text calls a safeguarding lead by a title or a description."""
    text = as_meant(text)
    return bool(
        _SAID["lead"].search(text)
        or DESCRIBED["any lead"].search(text)
        or turned_to(text)
        or _accuses_reader(text)
    )


def _accuses_reader(text: str) -> bool:
    """Return whether a text accuses a lead by *you*: not where its writer comes with a weapon or threatens.
    The leads must know of that, and *you lot* is the school."""
    return accuses_reader(text) and not threatens(text)


def speaks_of_keepers(text: str) -> bool:
    """Return whether a text speaks of who looks after an account or is on duty for it."""
    return bool(_WITH_A_SIGN["keeper"].search(text))


def in_seat(seat: str, book: Book) -> tuple[list[str], list[str]]:
    """Return the keys of the policy's roles that are called a seat, and of those through which such a person
    may be here where no one has one of the first."""
    if seat == "senior":
        return [one.key for one in book.roles if _may_be("head", one) or _called("head", one, book)], []
    if seat == "governor":
        return [one.key for one in book.roles if _governs(one)], []
    if seat == "decides":
        return [one.key for one in book.roles if "decide_account" in one.capacities], []
    if seat == "keeper":
        return [one.key for one in book.roles if _keeps(one)], []
    called = [one.key for one in book.roles if _called(seat, one, book)]
    return called, [] if seat == "network" else [one.key for one in book.roles if _may_be(seat, one)]


def _called(seat: str, role: Role, book: Book) -> bool:
    said = (name for name, of in book.pack.role_words.items() if of == role.name)
    return any(_ROLES[seat].search(name) for name in (role.name, *said))


def _governs(role: Role) -> bool:
    return "oversee" in role.capacities and "administer" not in role.capacities


def _keeps(role: Role) -> bool:
    """Return whether people in this role look after accounts or are on duty for them."""
    return bool({"answer", "hold_keys"} & set(role.capacities)) and "own_policy" not in role.capacities


def _may_be(seat: str, role: Role) -> bool:
    """Return whether a person in this seat may be here by a role that isn't called that: the chair as one of
    those who oversee, the head as who looks after the policy or one of the leadership."""
    if seat == "chair":
        return _governs(role)
    return not _governs(role) and ("own_policy" in role.capacities or bool(_SENIOR.search(role.name)))


def _titles(role: Role, said: tuple[str, ...]) -> frozenset[str]:
    return frozenset(title for name in (role.name, *said) for title in titles_of(name))


@lru_cache(maxsize=256)
def titles_of(name: str) -> tuple[str, ...]:
    """Return what people may call a role, as texts are compared: its parts, and what two or more of their
    last words make."""
    found = dict.fromkeys([_plain(name).strip()])
    for part in _PART.split(name):
        words = _plain(part).split()
        ends = (words[start:] for start in range(len(words)))
        found |= dict.fromkeys(
            " ".join(end) for end in ends if end[0] not in _JOINS and (len(end) > 1 or len(words) == 1)
        )
    everyones = {_plain(one).strip() for one in _EVERYONES}
    return tuple(one for one in found if one and one not in everyones)


def _plain(text: str) -> str:
    return f" {' '.join(_single(word) for word in _words(text))} "


def _words(text: str) -> Iterator[str]:
    return (found.group() for found in _WORD.finditer(text.casefold()))


def _single(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 and not word.endswith("ss") else word


_WORKS_HERE = lazy_pattern(
    r"\b(?i:works?|working|employed|teach(?:es|ing)?|coach(?:es|ing)) "
    r"(?:\w{1,20} ){0,2}?(?:here|there|at|in|for|with)\b"
    r"|\b(?:keep|kept|keeps|keeping|lose|lost|got|have|has|still in) (?:his|her|their|your) "
    r"(?:job|post|position)\b"
    r"|(?:^|[.!?] )(?:Coach|Sir|Miss|Syr) [a-z]"
    r"|\b(?i:colleagues? (?:of mine|here)|(?:a|my|our|another) colleague)\b"
    r"|\b(?:dal i |yn )(?:weithio|gweithio|dysgu|hyfforddi) (?:yma|yn|yno|i|gyda|efo)\b|\bcydweithi?wr\w{0,5}"
    r"|\b(?:cadw|gadw|colli|golli) (?:ei|eu|eich) (?:swydd|gwaith)\b",
    re.MULTILINE,
)
"""How a text says that someone works or helps at the school, beside their job and title."""
_BODY = r"(?:arms?|hair|hands?|wrists?|legs?|bum|bottom|back|shoulders?|ears?|neck|face|throat|head|body)"
_TO_ME = lazy_pattern(
    rf"\b(?:me|us|my {_BODY}|fi|n(?:haro|ghyffwrdd|ghusanu|illad)|mrifo|mwrw)\b", re.IGNORECASE
)
_MY_CHILD = lazy_pattern(
    r"\b(?:my|our) (?:\w{1,20} ){0,2}?(?:kids?|child(?:ren)?|girls?|boys?|lads?|lass|sons?|daughters?"
    r"|grand\w{3,10}|nephews?|nieces?|bab(?:y|ies)|little ones?|\d+ ?(?:yr|year)s? olds?)\b"
    r"|\b(?:fy|ein|i'n) (?:\w{1,20} )?(?:mab|merch|plant|m[ae]b|wyr|wyres|nai|nith)\b",
    re.IGNORECASE,
)
"""Who it was done to: the one who writes, or their child."""


class Accused(Enum):
    """Who a text may accuse."""

    NO_ONE = "no one"
    SOMEONE = "someone"
    HERE = "here"


def accused_in(text: str, by: Collection[str] = (), *, danger: bool = False) -> Accused:
    """Return who a text may accuse by its words alone. `by`: the names of who wrote it, as they show them;
    `danger`: it shows danger by other words, so that who works here and is spoken of in it counts as
    accused."""
    accuses_one = may_accuse(text, by)
    if not accuses_one and not danger:
        return Accused.NO_ONE
    whole = "\n".join([text, *by])
    if speaks_of_staff(whole) or (accuses_one and (speaks_of_keepers(whole) or _WORKS_HERE.search(whole))):
        return Accused.HERE
    return Accused.SOMEONE if accuses_one else Accused.NO_ONE


def was_done_to_writer(text: str) -> bool:
    """Return whether what a text accuses someone of was done to the one who writes it: a child, as it
    seems, if they don't speak of a child of theirs."""
    return bool(_TO_ME.search(text)) and not _MY_CHILD.search(text)
