"""How children and parents describe who has a seat, without its title: a word for a person, with what the
seat does. The one table, seat by seat, in English and Welsh, with the errors in spelling that children make.

A description by what is done with the words themselves ("the person who reads this") counts only where what
they did follows, or "by" goes before: a child who hopes that this person helps accuses no one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from schoolgate.patterns import lazy_pattern
from schoolgate.people.called import SENTENCE, speaks_of_an_act

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
    r" (?:office\w*|lanyards?|landyards?|badges?|worry ?(?:box|boxes|monster|jar)|box(?:es)? (?:for"
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
    r"|^\W{0,5}(?:\w{1,20} ){0,3}[cg]ydio yn (?:fy|ei)\b",
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
