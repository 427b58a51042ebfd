"""Whether a text only turns to a safeguarding lead: asks for them, was sent by them, told them, or calls
them kind, and tells what someone else did. One doubtful clause, and it may be about the lead.

Read clause by clause. Each clause that means the lead, or whose "she" or missing subject may, must be
one of the ways below in which people turn to someone; each act must be another's. A concern may also ask
that someone it doesn't name may not read it: *dont let her see this*, *not the one who gets these*. It
means who reads what is told here, unless someone else is spoken of: *my stepdad hits me, don't show
him*.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from schoolgate.patterns import lazy_pattern
from schoolgate.people.called import speaks_of_an_act
from schoolgate.screening.folding import fold

Means = Callable[[str], object]
_L = "⟨l⟩"
_ME = r"(?:me|us|him|her|them|mi|fi|i fi|i ni|ni|wrtha i|wrthon ni|wrtha fi)"
_SOON = r"(?: (?:now|today|soon|again|already|first|here|please|(?:in )?private(?:ly)?|xx?))*"
_START = (
    r"(?:(?:i|we|you|u|someone|anyone|somebody|me|so|just|also?|already|really|would|d|ve|have|had|wants?"
    r"|wanted|wanting|wanna|needs?|needed|like|liked|love|wish|wished|to|hope|hoping|then|now|maybe|is"
    r"|are|there"
    r"|any|way|if|possible|am|m|im|ive|id|trying|tried|try|went|going|go|gone|will|ll|must|should|shall"
    r"|do|only|rather"
    r"|or|the|our|my|thank|thanks|you|well|hi|hello|dear|ok|yes|last|time|week|yesterday|today|again"
    r"|gonna|got"
    r"|able|it|this|that|chance|get|been|being|next|once|on|monday|tuesday|wednesday|thursday|friday|as|did"
    r"|miss|mrs|ms|mr|mister|sir|dr|coach|designated|lady|person|man|woman|teacher|adult"
    r"|dw|dwi|dwin|rydw|rwy|rwyf|rwyn|dan|rydyn|yn|n|isio|isie|eisiau|moyn|am|hoffwn|licio|leicio|licen"
    r"|hoffen"
    r"|ga|gaf|gawn|gai|gallwch|allwch|all|wnewch|newch|fi|ni|o|allan|os|gwelwch|dda|plis|wedi|wnes|nes|mi|fe"
    r"|angen|rhaid|wrth|efo|hefo|gyda|â|y|yr|r|ein|fy|athro|chi|eto|felly|rwan|nawr|jest) )*"
)
_TITLE = (
    r"(?:(?:the|our|miss|mrs|ms|mr|mister|sir|dr|y|yr|r|ein|fy|designated|lady|person|man"
    r"|woman|teacher|adult) )*"
)
_GOES_TO = (
    r"(?:(?:tell|telling|told|inform|talk(?:ed|ing)? (?:to|with|2)|talk|speak(?:ing)? (?:to|with|2)"
    r"|spoken? (?:to|with)|chat (?:to|with)|see|seen|saw|seeing|find|ask for|write to|wrote to|writing to"
    r"|contact|email|ring|get|meet|visit|trust|like|help from|for|this is for|pass (?:this|it) (?:on )?to"
    r"|pass to|(?:send|give|show|forward) (?:this|it) to|report (?:this|it) to|let)"
    r"|(?:siarad|sgwrsio|sgwrs|cael gair) (?:[âa]|efo|hefo|gyda)(?: r)?"
    r"|(?:dd?weud|dd?eud|dweud|gweud|weud|dwedwch|dwedwch|dywedwch|dywedais|dudwch|dudes i|adrodd) "
    r"(?:(?:hyn|hwn) )?wrth(?: r)?"
    r"|(?:weld|gweld|cwrdd â|gofyn am|helpu gan)(?: r)?|(?:rhoi|rhowch|anfonwch) (?:hyn|hwn) i(?: r)?"
    r"|adael i(?: r)?|gadewch i(?: r)?|at(?: r)?)"
)
_WHAT = (
    r"(?: (?:(?:to )?know|(?:to )?help(?: (?:me|us|my \w+))?|about (?:it|this|that|them|him|my \w+|our \w+"
    r"|(?:uncle|auntie?|mr|mrs|miss|ms|coach) \w+)|(?:it|this|that|everything|all this)"
    r"|what (?:has |s )?happened|what (?:happens|is happening|s happening)"
    r"|what (?:he|she|they|my \w+) (?:did|does)|before|too late|but|wybod|helpu|am (?:hyn|hwn|y peth|fy \w+)"
    r"|sy n digwydd|be sy n digwydd|bod|fod|that|because|cos|last \w+|in school|at school|on monday"
    r"|yesterday))?"
)
_VERY = r"(?:(?:so|very|really|always|quite|dead|proper|too|iawn|mor|a|an) )*"
_NICE = (
    rf"{_VERY}(?:nice|kind|lovely|good|great|friendly|helpful|amazing|caring|the best|trusted|brilliant|fab"
    r"|sound|ace|(?:y?n )(?:garedig|neis|gl[eê]n|ffeind|hyfryd|dda|grêt|lyfli|annwyl|help))(?: iawn)?"
    r"(?: (?:lady|person|teacher|one|man|woman))?"
    r"(?: to (?:me|us|everyone)| (?:efo|hefo|gyda|wrth) (?:fi|ni|mi))?"
)
_HELPS = (
    r"(?:(?:can|could|to|will|would|should|might|please|really|always|has|have|had|already|maybe|be|able|all"
    r"|gallu|yn|n) )*(?:(?:fy|ein) )?(?:helps?|helped|helping|listens?|listened|to know|needs? to know"
    rf"|should know|helpu|gwrando|wrando|wybod)(?: (?:to )?{_ME}| my (?:friend|mate|sister))?"
    r"(?: (?:before|last (?:time|year|week)|lots|a lot|loads|out|with (?:this|it|that)|so much|once))?"
)
_WRITE = (
    r"(?:(?:write|type|tell|put|report|say|use|fill(?: in)?|do)"
    r"(?: (?:it|this|that|you|someone|here|down|in|on|to|everything|the|form|page|about|what|happened)){0,6}"
    r"|(?:come|go) (?:on )?(?:here|to this (?:page|form|site))"
    r"|(?:sgwennu|sgrifennu|ysgrifennu|ddeud|ddweud|deud|dweud)(?: (?:hyn|hwn|yma|wrthoch|chi|fan)){0,3})"
)
_SENDS = (
    r"(?:has |have |had |just )?(?:told|said|says|asked|helped|wanted|let|got|advised)"
    rf"(?: (?:{_ME}|to|that))*(?: (?:i|we|you|u)(?: (?:should|can|could|must|have|need|ought|might|may))?)?"
    rf"(?: to)?(?: (?:can|could|should))? {_WRITE}"
)
_SENDS_IN_WELSH = (
    rf"(?: (?:wedi |yn )(?:dd?weud|dd?eud|gofyn))?(?: {_ME})?"
    rf"(?: (?:wrtha|wrthaf|wrthon|i|fi|ni|mi|am|bod|fod|y|dylwn|dyliwn|gallwn)){{0,5}} {_WRITE}"
)
_IS = r"(?:is|was|are|were|s|seems|looks|sounds|has been|had been|wedi bod|oedd)? ?"
_MAE = r"(?:mae|roedd|oedd|ma|fe|mi|r|dywedodd|wnaeth|nath|dd?udodd|dd?wedodd)?(?: r| n)? ?"
_AT_SCHOOL = (
    r"(?:came|talked|spoke|visited)(?: (?:to|in|at))? (?:our|the|my) (?:assembly|class|lesson|school|form)"
)
_GAVE = (
    r"(?:gave|sent|showed|showd)(?: me| us)? (?:this|the)"
    r" (?:link|page|address|form|leaflet|number|website|site|card|poster|web site)"
)
_WHEN = (
    r"(?: (?:on )?(?:monday|tuesday|wednesday|thursday|friday|yesterday|today|last (?:week|term"
    r"|time|year|night)"
    r"|dydd (?:llun|mawrth|mercher|iau|gwener)|nos (?:lun|fawrth|fercher|iau|wener)|ddoe|heddiw"
    r"|(?:w?yth?nos|tymor|mis) (?:d?diwetha|d?diwethaf|dwytha|dwetha)))?"
)
_KNOWS = r"knows?(?: (?:about (?:it|this|that)|all about it|it|this|everything))?"
_FOR_IT = (
    r"(?:for|am) (?:listening|helping|being (?:so )?(?:kind|nice|there)|wrando|helpu"
    r"|fod mor (?:garedig|neis))"
    r"(?: (?:to |i |arna )?(?:me|us|fi|ni|i))?"
)
_AWAY = (
    r"(?:is|was|s|were)(?: not|nt|n t)? (?:there|here|in|in school|at school|off|off sick|away|ill|busy|out)"
    r"(?: (?:today|yesterday|this week|now))?"
)
_WAYS = tuple(
    lazy_pattern(rf"^(?:{each}){_SOON}$")
    for each in (
        rf"{_START}{_GOES_TO} {_TITLE}{_L}{_WHAT}{_WHEN}",
        rf"{_START}{_L} (?:{_HELPS}|{_IS}{_NICE}|{_SENDS}|{_AT_SCHOOL}|{_GAVE}|{_AWAY}|{_KNOWS})",
        rf"{_MAE}{_TITLE}{_L}(?: {_NICE}|{_SENDS_IN_WELSH})",
        rf"(?:thank|thanks|diolch)(?: you| i| u| to)? {_TITLE}{_L}(?: {_FOR_IT})?",
        rf"{_TITLE}{_L} is the only (?:one|person|adult|teacher)(?: (?:that|who))?",
        rf"(?:only )?{_TITLE}{_L} (?:dwi|dw i|rwy|rwyf)? ?n (?:trystio|ymddiried ynddi|ymddiried ynddo)",
        rf"i {_TITLE}{_L} {_FOR_IT}",
        rf"(?:dear|hi|hello|annwyl|helo|ask) {_TITLE}{_L}(?: please)?",
    )
)
"""How people turn to someone, in words without capitals and signs. `_L`: the lead."""

_FAMILY = (
    r"(?:dad|daddy|father|dads|mum|mam|mom|mummy|mother|parents?|brother|bro|sister|sis|uncle|aunt\w*"
    r"|cousin|cuz"
    r"|gran\w*|nan\w*|nans? (?:boyfriend|partner)|boy ?friend|girl ?friend|bf|gf|mates?|friends?"
    r"|neighbou?rs?|boys?|girls?|kids?|child(?:ren)?|pupils?|classmates?|lads?|ex|partner|coach|tutor"
    r"|teacher|carer"
    r"|babysitter|step-? ?(?:dad|mum|mam|father|mother|brother|sister)|mans?|guy|bloke|wom[ae]n|lodger"
    r"|driver)"
)
_ANOTHER = lazy_pattern(
    r"\b(?:my|his|our|their|an?|another|some|one of the|two of the|this|other)"
    rf" (?:\w+ ){{0,2}}?{_FAMILY}\b"
    r"|\bstep-? ?(?:dad|mum|father|mother)\b|^\W*(?:dad|mum|mam|uncle|nan|gran|grandad)[’']?s?\b"
    r"|\b(?:uncle|auntie?|mr|mrs|miss|ms|mister|sir|coach|dr) \w+"
    r"|\b(?:someone|somebody|people|everyone|kids|boys|girls) (?:in|from|at|on|of)\b"
    r"|\b(?:kids|boys|girls|they all|year \d+s)\b"
    r"|\b(?:fy |mae |ma |bod |fod |gan |wnaeth |nath )?(?:dad|nhad|tad|mam|mrawd|brawd|mrawd|chwaer"
    r"|ewythr|ewyrth"
    r"|wncwl|yncl|modryb|llystad|llysdad|llysfam|taid|dadcu|nain|mamgu|nghefnder|cefnder|nghariad|cariad)\b"
    r"|\b(?:bachgen|hogyn|merch|plentyn|dyn|athro|rhywun) (?:arall|o|yn)\b",
    re.IGNORECASE,
)
"""Someone else than the lead."""
_DID = lazy_pattern(
    r"\b(?:hurt|hit|punch|kick|slap|smack|beat|bash|grab|touch|kiss|cuddl|hug|strok|tickl|pinch|push"
    r"|shov|drag|chok"
    r"|strangl|bit(?:es?|ing|)\b|spit|throw|threw|lock|forc|mak(?:e|es|ing)|made|text|messag|msg|dm(?:s"
    r"|ed)?\b|snap"
    r"|whatsapp|call|phon|rang|send|sent|shout|scream|yell|swear|swore|bull[iy]|threat|scare|frighten"
    r"|follow|watch"
    r"|star(?:es|ing)|look(?:s|ed|ing)? at|film|undress|strip|stalk|groom|rap(?:es?|ed|ing)\b|abus"
    r"|steal|stole|pull"
    r"|kill|stab|cut|burn|whip|belt|thump|batter|starv|drunk|drink|sex|selfie|put(?:s|ting)?\b|said"
    r"|says|tries|tried"
    r"|(?:comes?|came|goes|gets?|got|climbs?|walks?) (?:in|into|on|onto|in to) (?:my|our|the"
    r"|me) ?(?:bed|room|bath|shower)?"
    r"|does|did|do things|doing|[bfm]rifo|(?:t|d|nh|th)aro\b|[bfm]wrw|(?:c|g|ngh|ch)(?:uro\b|icio|usan"
    r"|yffwrdd)"
    r"|(?:g|ng)?(?:wthio|weiddi|afael|wylio)|(?:d|dd|n)(?:yrnu|ychryn|ilyn)|anfon|[bfm]ygwth|[bfm]wlio"
    r"|l?ladd|l?losgi|[cg]h?loi|yfed|twtsi)",
    re.IGNORECASE,
)
_BY_ANOTHER = lazy_pattern(r"\b(?:by|from|off|of|gan|rhag|ofn) \W*$", re.IGNORECASE)
_OF_ONESELF = lazy_pattern(
    r"\b(?:scared|afraid|frightened|ofn|hurts)\b(?! of\b)|\bdon[’']?t tell (?:my|any|people|mum|dad|no one)",
    re.IGNORECASE,
)
_PASSIVE = lazy_pattern(
    r"^\W{0,5}\w{0,20}\W{0,5}(?:was|were|is|are|got|gets?|been|being|has been|had been) (?:being )?"
    r"(?:\w+ed|hit|hurt|beaten|bitten|shown|made|told)\b"
    r"|^ (?:ei|eu) \w+|^ to \w+",
    re.IGNORECASE,
)
_NEGATIVE = lazy_pattern(r"\b(?:not|never|\w+n[’']?t|nid|ddim|heb)\b", re.IGNORECASE)
_DENIED = lazy_pattern(
    r"\b(?:not|never|did\w*n[’']?t|has\w*n[’']?t|ddim|nid|heb) (?:\w+ )?(?:hurt|hit|touch|do\b|done|did"
    r"|(?:t|d|nh|th)aro|[bfm]rifo|gwneud|wneud)",
    re.IGNORECASE,
)
_PRONOUN = lazy_pattern(
    r"\b(?:she|he|they|hes|shes|theyre|her|him|them|his|their|hers|theirs|hi|fo|nhw|ef|ei|eu|arni|arno"
    r"|wrthi|wrtho|iddi|iddo|ganddi|ganddo)\b",
    re.IGNORECASE,
)
_SUBJECT = lazy_pattern(
    r"^\W*(?:she|he|they|mae hi|roedd hi|mae o|mae e|roedd o|maen nhw|oedd hi|(?:nath"
    r"|wnaeth) (?:hi|o|e))\b ?",
    re.IGNORECASE,
)
_NOT_PLAIN = lazy_pattern(
    r"\b(?:too|also|same|as well|both|it was|it is|its|involved|hefyd|nhw|lie[sd]?|lying|liar|secrets?"
    r"|cyfrinach"
    r"|quiet|either|worse|worst|stop\w*)\b",
    re.IGNORECASE,
)
_OWN = lazy_pattern(
    r"^\W*(?:i|im|i[’']m|ive|i[’']ve|id|we need|me|my|help|it hurts|this|thank\w*|please|plz|pls"
    r"|dont know|you|u|there"
    r"|hi|hello|sorry|what|how|ok|yes|dw|dwi|rydw|rwy|plis|diolch|helpwch|helpu|sgin i|dont tell|fi|bob"
    r"|every|at"
    r"|in|on|all|since|for|now|today|last|again|always|when i|if i|gallwch|allwch|ga|dw i|os|be|am"
    r"|o dda|gwelwch)\b",
    re.IGNORECASE,
)
"""How a clause begins that says something of the child alone."""
_CLAUSES = lazy_pattern(
    r"[.,;:!?\n]+|\ba(?= (?:nath|wnaeth|mi|roedd|oedd|mae) )"
    r"|(?<!is )(?<!was )(?<!are )(?<!s )(?<!re )\bso\b|\b(?:and|but|because|cos|coz|bcos|cuz"
    r"|please|pls|plz|when|while|whenever|where"
    r"|if|that|then|ac|ond|achos|oherwydd|wnewch|ga i|gaf i|plis|bod|pan|(?:can|could|may)"
    r"(?= (?:i|you|u|we|someone|anyone|the|our|miss|mrs|ms|mr|sir)\b))\b"
    r"|(?<!said )(?<!says )(?<!wrtha )(?=\bi (?!should\b|must\b|could\b|can\b|have to\b|need to\b|gyd\b"
    r"|mewn\b))"
    r"|(?:(?<= me )|(?<= us )|(?<= fi ))(?=(?:tell|let|ask) )",
    re.IGNORECASE,
)
_WORD = lazy_pattern(r"\w+", re.UNICODE)
_TELLS = lazy_pattern(
    r"^\W*(?:\w+ ){0,3}?(?:told|tell|telling|ddeud wrth|ddweud wrth|deud wrth|dweud wrth|dwedwch wrth)\b",
    re.IGNORECASE,
)
_WHO_ACTS = lazy_pattern(r"\b(?:adult|teacher|staff|grown.?up|coach|makes?|athro|athrawes)\b", re.IGNORECASE)
_HELPED = lazy_pattern(r"\b(?:help|helpu) (?:me|us|fi|ni)\W*$", re.IGNORECASE)
_ABOUT = lazy_pattern(r"\b(?:about|am)\W*$", re.IGNORECASE)
_TOLD_OF = lazy_pattern(r"\babout (?:my|our|uncle|mr|coach)\b", re.IGNORECASE)
_HE = lazy_pattern(r"^\W*he\b", re.IGNORECASE)
_SHE = lazy_pattern(r"\b(?:miss|mrs|ms)\b", re.IGNORECASE)
_TOLD_THEM = lazy_pattern(r"^\W*(?:i|we) (?:told|talked to|spoke to|asked) (?:her|him)\W*$", re.IGNORECASE)
MOST_CLAUSES = 60


def only_turns_to(text: str, *, lead: Means, another: Means) -> bool:
    """Return whether a text that says what someone else did only turns to the lead. `lead`, `another`: tell
    whether a part of it means a lead, or someone else who is here."""
    clauses = [each for each in _CLAUSES.split(text) if each and each.strip()]
    if len(clauses) > MOST_CLAUSES:
        return False
    she = bool(_SHE.search(text))
    last, others, turned = "", False, False
    for clause in _told_apart(clauses, lead):
        apart = not turned or (she and bool(_HE.search(clause)))
        if lead(clause):
            if not _turns(clause, lead):
                return False
            last, turned = "another" if _TOLD_OF.search(clause) else "lead", True
        elif _is_anothers(clause, another) or (last == "another" and apart and _acts(clause)):
            last, others = "another", True
        elif not _is_harmless(clause, last, apart=apart):
            return False
    return others and turned


def speaks_of_another(text: str) -> bool:
    """Return whether a text speaks of someone of the family, another child, or a person by a title."""
    return bool(_ANOTHER.search(text))


def _acts(clause: str) -> bool:
    subject = _SUBJECT.search(clause)
    return bool(subject and _DID.search(clause) and not _PRONOUN.search(clause[subject.end() :]))


def _told_apart(clauses: list[str], lead: Means) -> list[str]:
    """Return the clauses, with "I told Miss Moss my dad hits me" as two: what a child says that they told."""
    found: list[str] = []
    for clause in clauses:
        other = next((one for one in _ANOTHER.finditer(clause) if not lead(one.group())), None)
        first, second = (clause[: other.start()], clause[other.start() :]) if other else (clause, "")
        tells = not _ABOUT.search(first) and (_TELLS.search(first) or _HELPED.search(first))
        apart = second and tells and lead(first) and not lead(second)
        found += [first, second] if apart else [clause]
    return found


def _is_anothers(clause: str, another: Means) -> bool:
    """Return whether a clause says that someone else did something: they stand before what was done, and no
    "she" before them."""
    named = _ANOTHER.search(clause)
    done = _DID.search(clause)
    start = named.start() if named else 0
    if not named and not another(clause):
        return False
    if _PRONOUN.search(clause[:start]) and not re.search(r"\bfy\b|\bmy\b", clause[:start]):
        return False
    if _DENIED.search(clause) or (named and _NEGATIVE.search(clause[: named.start()])):
        return False
    if named and _BY_ANOTHER.search(clause[:start]):
        return True
    if named and _PASSIVE.search(clause[named.end() :]) and not re.search(r"\b(?:by|gan)\b", clause):
        return False
    if done is None:
        return speaks_of_an_act(clause) and bool(named)
    before = clause[: done.start()]
    return start < done.start() if named else bool(another(before))


def _is_harmless(clause: str, last: str, *, apart: bool) -> bool:
    """Return whether a clause without a name tells nothing of the lead. `last`: about who the last one was;
    `apart`: "he" can't be the lead."""
    if _NOT_PLAIN.search(clause):
        return False
    subject = _SUBJECT.search(clause)
    if last == "lead" and _TOLD_THEM.search(clause):
        return True
    if last == "lead" and not _OWN.search(clause):
        rest = clause[subject.end() :] if subject else clause
        return _is_a_way(_plain(f"{_L} {rest}")) or _is_a_way(_plain(f"mae {_L} {rest}"))
    if last == "another" and (subject is None or apart):
        rest = clause[subject.end() :] if subject else clause
        return not _PRONOUN.search(rest)
    return not _PRONOUN.search(clause) and bool(_OF_ONESELF.search(clause) or not speaks_of_an_act(clause))


def _turns(clause: str, lead: Means) -> bool:
    """Return whether a clause that means the lead is one of the ways in which people turn to someone."""
    words = _WORD.findall(clause)
    first, end = 0, len(words)
    while end - first > 1 and lead(" ".join(words[first : end - 1])):
        end -= 1
    while end - first > 1 and lead(" ".join(words[first + 1 : end])):
        first += 1
    called = _WHO_ACTS.sub("", " ".join(words[first:end]))
    if lead(" ".join(words[end:])) or speaks_of_an_act(called):
        return False
    return _is_a_way(_plain(" ".join([*words[:first], _L, *words[end:]])))


def _is_a_way(said: str) -> bool:
    return any(way.match(said) for way in _WAYS)


def _plain(text: str) -> str:
    return " ".join(re.findall(rf"{_L}|\w+", text.lower()))


_USUAL = (
    r"(?:usual |normal )?(?:one|ones|person|people|lady|m[ae]n|wom[ae]n|teacher|adult)"
    r" (?:who|that|whos|which) (?:\w+ )?(?:gets?|reads?|sees?|answers?|checks?)"
)
_THEM = (
    r"(?:her|him|them|she|he|they|that (?:lady|wom[ae]n|m[ae]n|teacher|person|one|lot)"
    r"|the (?:usual|normal|same|safe) (?:one|lady|wom[ae]n|m[ae]n|person|teacher)|the (?:lady|wom[ae]n)"
    rf"|(?:the|that) {_USUAL})"
)
_SEE = (
    r"(?:see|seeing|read|reading|know|knowing|(?:look at|get|have|open|find) (?:this|it|these|out|my)"
    r"|this|it|these"
    r"|the form|my form|what i (?:said|wrote|put|told))"
)
_READS_THIS = (
    r"(?:reads?|gets?|sees?|checks?|opens?|looks? at) (?:all )?(?:of )?(?:this|these|those|the forms?|them)\b"
)
_WISH = (
    r"\b(?:do ?n[o'’]?t|do not|dnt|never|can (?:you|u) not|make sure (?:you|u)? ?(?:do ?n[o'’]?t|never))"
    rf" (?:\w+ ){{0,2}}?(?:let|show|tell|give|send|pass|forward) (?:\w+ ){{0,3}}?{_THEM}\b"
    rf"(?: (?:\w+ ){{0,2}}?{_SEE}\b)"
    r"|\b(?:do ?n[o'’]?t|do not|dnt|never) (?:send|give|show|pass|forward) (?:this|it|these"
    r"|my \w+)(?: on)? to"
    rf" {_THEM}\b"
    r"|\b(?:do ?n[o'’]?t|do not|dnt|never|would ?n[o'’]?t) (?:really )?(?:want|like"
    rf"|need) {_THEM} to {_SEE}\b"
    r"|\b(?:she|he|they|her|him) (?:does|will|wo|would|do|did)? ?(?:n[’']?t|not) (?:ever )?(?:see|read"
    r"|know about|get) "
    r"(?:this|it|these)\b|\b(?:anyone|anybody|someone|any1) (?:but|except|apart from) (?:her|him|them)\b"
    rf"|\b{_THEM} (?:must ?n[o'’]?t|must not|can ?not|can ?[’']?t|should ?n[o'’]?t|should not"
    r"|is ?nt allowed to"
    rf"|better not) (?:ever )?(?:see|read|know|find|get|have) (?:this|it|these|out|i|what)\b"
    r"|\b(?:keep|hide) (?:this|it|these|my \w+) (?:\w+ )?from (?:her|him|them)\b"
    r"|\bwithout (?:her|him|them) (?:seeing|reading|knowing|finding)\b"
    rf"|\b(?:someone|somebody|anyone|some1|any1|ne1) else\b.{{0,40}}\b(?:not|instead of|but not|rather than)"
    rf" {_THEM}\b"
    rf"|(?:^|[.!?,;\n] ?|\b(?:just|please|pls|plz|but) )not (?:to )?(?:her|him|the {_USUAL}|the (?:usual"
    r"|normal|same) \w+)\b"
    r"|\b(?:different|another|other) (?:teacher|adult|person|one|lady|grown ?up) (?:to |can |could "
    r"|please )?(?:get|read|see|have)s? "
    r"(?:this|it|these)\b"
    rf"|\b(?:do ?n[o'’]?t|do not|cant|can[’']?t|never) trust (?:the \w+ )?who(?:ever)? {_READS_THIS}"
    rf"|\bwho(?:ever)? {_READS_THIS}.{{0,30}}\b(?:its|it[’']?s|it is|it was) (?:her|him|them)\b"
    rf"|\b(?:she|he|they) {_READS_THIS}(?!.{{0,40}}\b(?:help|nice|kind|lovely|told me)\w*)"
    r"|\b(?:peidi\w{0,5}|paid|paidi?wch|dim|plis paid)(?: [aâ])? (?:gadael|gadel|gad|dangos|deud|dweud|gweud"
    r"|ddangos|rhoi|gyrru|anfon)(?: (?:hwn|hyn|o|hon|y ffurflen))?(?: i| wrth| at)? ?(?:idd[iou]\w{0,3}"
    r"|wrth[io]|ati"
    r"|ato|iddyn|wrthyn)(?: (?:hi|fo|fe|o|nhw))?\b(?! (?:ddod|fynd))"
    r"|\b(?:hi|fo|fe|o|nhw) ddim (?:i fod i |yn cael |gael |cael )(?:weld|gweld|darllen|wybod|gwybod)\b"
    r"|\b(?:ddim|dim|dwi[’']?m|sai|[’']m|na) (?:yn |[’']n )?(?:isio|eisiau|isho|moyn|am"
    r"|eisie) idd[iou]\w{0,3}"
    r"(?: (?:hi|fo|fe|o|nhw))? (?:weld|wybod|gael|ddarllen|wbod)\b"
    r"|\bheb idd[iou]\w{0,3}(?: (?:hi|fo|fe|o|nhw))? (?:wybod|weld|ddarllen)\b"
    r"|(?:^|[.!?,;\n] ?)(?:dim|nid|ddim) (?:hi|fo|fe|nhw)\b.{0,24}\b(?:rhywun|neb) arall\b"
    r"|\brhywun arall\b.{0,30}\b(?:dim|nid|ddim) (?:hi|fo|fe|nhw)\b"
)
_WISHES = lazy_pattern(_WISH)


_THAT_I_SAID = lazy_pattern(
    r"(?<=know)\W+(?:that )?i(?:['’]?ve|['’]?m|m|ve)? ?(?:said|told|say|wrote|tell|snitched)\b"
    r"|(?: (?:hi|fo|fe|o|nhw))?(?: wybod)? (?:fy |['’]?n )?[mb]od i (?:wedi|['’]?di|w[eé]di) ?"
    r"(?:deud|dweud|gweud|son|ysgrifennu|sgwennu|cwyno|achwyn|prepian|deutha)\b"
)
"""After *don’t let him know*, *peidiwch deud wrthi*: who did it mustn’t, and not who reads it."""
_READER = lazy_pattern(rf"{_READS_THIS}|{_USUAL}")
_READS_AND_DID = lazy_pattern(
    rf"\b(he|she) {_READS_THIS} (?:and|n|but|&) (?:\1|is|was|has|did)\b"
    r"(?!.{0,30}\b(?:help|nice|kind|lovely)\w*)"
)
"""*He reads these and he hurt my sister*: of whomever else it speaks."""


def asks_to_keep_from_reader(text: str, *, seated: bool = False) -> bool:
    """Return whether a text asks that someone who isn't named may not read it, and speaks of no one else.
    `seated`: it speaks of the head, a deputy or the chair, who are *him* unless it says who reads it."""
    folded = fold(text).text.lower()
    if _READS_AND_DID.search(folded):
        return True
    wishes = [one for one in _WISHES.finditer(folded) if not _THAT_I_SAID.match(folded, one.end())]
    if not wishes or speaks_of_another(folded):
        return False
    return not seated or _READER.search(folded) is not None
