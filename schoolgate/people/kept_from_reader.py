"""Whether a concern asks that someone it doesn't name may not read it: *dont let her see this*, *not the
one who gets these*. It means who reads what is told here, unless someone else is spoken of: *my stepdad hits
me, don't show him*."""

from __future__ import annotations

from schoolgate.patterns import lazy_pattern
from schoolgate.people.turning_to import speaks_of_another
from schoolgate.screening.folding import fold

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


def asks_to_keep_from_reader(text: str) -> bool:
    """Return whether a text asks that someone who isn't named may not read it, and speaks of no one else."""
    folded = fold(text).text.lower()
    return bool(_WISHES.search(folded)) and not speaks_of_another(folded)
