"""How a town knows one child who isn't named: *the Mayor's granddaughter*, *i ferch y plismon*, *the only
wheelchair racer in Year 6*, *the family above the takeaway*, *deulu maeth Bryn Awel*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.hits import Kind
from schoolgate.screening.people_words import (
    CHILD,
    CHILDREN,
    KNOWN_FOR,
    NOT_BY_BIRTH,
    SOMEONES_CHILD,
    SOMEONES_CHILDREN,
    WELSH_CHILD,
    WELSH_CHILDREN,
    WELSH_KNOWN_FOR,
    WELSH_NOT_BY_BIRTH,
    WELSH_SOMEONES_CHILD,
    changed,
    either,
)
from schoolgate.screening.personal import Seen
from schoolgate.screening.shapes import Shape, find_shapes

_FOSTER = r"(?:foster[- ])?(?:great[- ])?(?:step[- ]?|god)?"
_OF_A_PLACE = (
    r"(?:garage|pub|shop|vicarage|rectory|manse|farm|bakery|caf[eé]|chippy|post office|lodge|caravan|pit)"
)
_O_LE = (
    r"(?:garej|siop|tafarn|dafarn|ffe?rm|ficerdy|rheithordy|mans|becws|caffi|swyddfa bost|chwarel|garafan)"
)
_OF_KIN = either(
    SOMEONES_CHILD,
    SOMEONES_CHILDREN,
    NOT_BY_BIRTH,
    ("twins", "kids", "kid", "child", "children", "eldest", "youngest"),
)
_WHOSE = lazy_pattern(
    rf"\b(?:the|our|that|mr|mrs|ms|miss|mx|dr|cllr|councillor|pc|pcso|rev) (?:[\w-]{{1,14}} ){{0,2}}?"
    r"(?!king|queen|emperor|school|nation|world|country|women|men|children|year|class|team|choir"
    r"|club|squad|group)"
    rf"[\w-]{{2,20}}(?:'s|s') (?:(?:little|older|younger|new|only) )?{_FOSTER}{_OF_KIN}\b(?!-|')"
    rf"|\b{_FOSTER}{either(SOMEONES_CHILD)} (?:of|to) (?:our|the|mr|mrs|miss|ms|cllr|councillor|pc)\b"
    rf"|\bthe (?:chip shop|{_OF_A_PLACE}) (?:{either(CHILDREN)}|twins|brothers|sisters|lot|boy|girl|lad"
    rf"|lass)\b"
    r"(?!')",
    re.IGNORECASE,
)
_PLENTYN = either(
    WELSH_SOMEONES_CHILD, WELSH_NOT_BY_BIRTH,
    changed(("merch", "hogyn", "hogan", "wyr", "wyrion", "neiaint", "nithoedd",
             "efeilliaid", "gorwyr", "gorwyres", "meibion")),
)  # fmt: skip
_PWY = lazy_pattern(
    rf"\b(?<!fy )(?<!ein )(?<!eich ){_PLENTYN} (?:(?:bach|fach|hynaf|hyna|fenga|ieuengaf) )?(?:yr? (?!(?:cwrt"
    r"|[bf]?lwyddyn|dydd|mis|wythnos|tymor|gem|tim|ysgol|dosbarth|llwyfan|byd|bobl|pentref|cylch|cor|clwb"
    r"|wlad"
    r"|goets|pwll|maen?|bu|bydd\w{0,2}|dyl\w{1,3}|gall\w{0,3}|oedd\w{0,2}|cafodd|gadair|bwrdd)\b)\w{3,}"
    rf"|i(?:'r)? (?:mr|mrs|[bp]ennaeth|[bp]rifathr\w{{1,5}}|athro|athrawes|ficer|[mf]aer|plismon|[mf]eddyg"
    rf"|gweinidog)\b)|\b{either(WELSH_CHILDREN)} yr? {_O_LE}\b",
    re.IGNORECASE,
)
_TOLD_OF = lazy_pattern(
    r"\b(?:(?:king|queen|prince|princess|emperor|miller)'s|noah|macdonald|rhymes?|quiz|novel|nofel"
    r"|chwedl\w{0,3}"
    r"|mabinogi|opera|y [bf]renin|was the (?:villain|hero|name|title)|oedd (?:can|enw|drama|sioe|teitl"
    r"|stori)\b"
    r"|in 1[89]\d\d|who is \d\d|who is (?:twenty|thirty|forty)|grown[- ]up)\b",
    re.IGNORECASE,
)
"""Of a story, or of the past, and of one who is grown up."""
_YEAR = r"(?:reception|nursery|year \w{1,6}\b|y\d{1,2}\b|\d{1,2}[a-z]\b|the infants|the juniors|sixth form)"
_A_PERSON = either(CHILD, KNOWN_FOR, ("racer", "wearer", "user", "rider", "signer", "member"))
_ONLY = lazy_pattern(
    rf"\b(?:the|our) (?:one and )?only (?:[\w'-]{{2,14}} ){{0,3}}?{_A_PERSON}\b[^.!?\n]{{0,20}}?"
    r" (?:in|at|of|on|with|ever|under|among) \w"
    rf"|\bthe only one (?:\w{{2,12}} ){{0,2}}(?:in|of|from) {_YEAR}|\bour (?:one|only"
    rf"|single) (?:[\w'-]{{2,14}} ){{0,2}}?(?!any|all|every){_A_PERSON}\b"
    rf"|\bour (?:very )?\w{{3,9}}est[ -]ever (?:[\w-]{{2,14}} ){{0,1}}?(?:{_YEAR}"
    rf"|{either(CHILD, KNOWN_FOR)})\b"
    rf"|\b(?:our|the) (?:small|tini|tall|young|old|short|light|littl|slow|weak)est {_YEAR}"
    r"(?!'?s\b| (?:class|group|team|cohort|teacher|classes|groups|teams|display|work)\b)"
    rf"|\b(?:yr|ein h?)unig (?:[\w'-]{{2,14}} ){{0,2}}?(?:mewn|a|gyda|efo|sydd a) [cg]h?adair\b"
    r"|\b(?:only|just) one of (?:our|the) \w{3,12}s (?:who\b|needs|uses|has|wears|is)"
    r"|\byr unig \w{3,12}(?:wr|wraig|ydd|reg)\b[^.!?\n]{0,30}? (?:o|yn|ym|yng|ar|mewn|sy'n) \w"
    rf"|\b(?:ein|'n|y|yr|'r) {either(WELSH_CHILD, WELSH_KNOWN_FOR)}(?: \w{{2,12}})?"
    r" (?:l?leiaf|[td]alaf|ieuengaf|ieuenga|fengaf?|hynaf|byrraf|fyrraf) erioed\b",
    re.IGNORECASE,
)
_TOWN = (
    r"(?:take-?away|(?:\w+ )?shops?|chippy|chipp[iy]e|pubs?|bookies|bookmakers?|butcher'?s|baker'?s|bakery"
    r"|garage|salon|barber'?s|hairdresser'?s|launderette|caf[eé]|post office|chapel|church|vet'?s|surgery"
    r"|restaurant|[a-z]{3,12}'s|farm|station|bank|chemist'?s?|pharmacy|hotel|inn|yard|quarry|railway|canal)"
)
_SOME = rf"(?:family|lot|folk|ones|twins|brothers|sisters|two|three|four|{either(CHILD, CHILDREN)})"
_LIVING = lazy_pattern(
    rf"\b(?:the|that|our) {_SOME} (?:(?:who|that) (?:live|lives|are|is) |living |from |up )?(?:above|over"
    rf"|behind|next door to|next to|beside|opposite|under) (?:the |our )?(?:\w{{3,12}} )?{_TOWN}\b"
    rf"|\b(?:the|that|our) {_SOME} (?:(?:who|that) (?:live|lives|are|is) |living |from )?(?:in|at|on) the"
    r" (?:\w{3,8} )?(?:narrowboat|houseboat|barge|flats?|caravans?|bungalow|cottage|lodge|pub|farmhouse"
    r"|vicarage|big house|end house"
    r"|hostel|refuge)\b"
    rf"|\b(?:teulu|deulu|theulu|criw|{either(WELSH_CHILD, WELSH_CHILDREN)})(?: sy'?n byw| sydd yn byw)?"
    r" (?:(?:uwchben|uwchlaw|uwch ben|dros)(?:'r| y| yr)? ?\w|(?:y )?(?:tu ol i|drws nesaf? i"
    r"|gyferbyn ag?)(?:'r"
    r"| y| yr)? ?(?:siop|tecawe|tafarn|garej|capel|gapel|swyddfa|fferm|becws|bwci|caffi|orsaf|eglwys|banc"
    r"|gwesty)"
    r"|o'r fflat|(?:yn|o) (?:y|'r) (?:fflat|garafan|bwthyn|byngalo|ty mawr)\b)",
    re.IGNORECASE,
)
_AT_HOMES = lazy_pattern(
    r"\b(?:cook\w{0,4}|menu|tasting|trip|visit\w{0,3}|walk past|model|drew|painted|built|display|tickets?)\b",
    re.IGNORECASE,
)
_MANY_CHILDREN = (
    r"(?:(?:so many|lots of|countless|dozens of|over \w+|more than \w+|[\w-]+) (?:\w+ )?(?:little ones"
    r"|children"
    r"|kids|youngsters|boys|girls|babies|young people))"
)
_LLAWER = r"(?:gymaint|lawer|gynifer|nifer|ddwsinau|dros \w+|\w+) o (?:blant|rai bach|fabanod|bobl ifanc)"
_FOSTERED = lazy_pattern(
    r"\bfoster(?:ing)?[ -](?:famil(?:y|ies)|carers?|parents?|mum|mam|dad|home|placement|brother|sister|son"
    r"|daughter|child(?:ren)?|boy|girl|nan|siblings)\b"
    r"|\b(?:opened?|opening|opens|shared?) (?:up )?(?:their|his|her) (?:home|house|door|heart|famil(?:y"
    r"|ies))s?"
    rf" (?:and \w+ )?(?:to|with) {_MANY_CHILDREN}"
    rf"|\b(?:welcomed?|welcoming|taken in|took in|cared for|looked after) {_MANY_CHILDREN} (?:in)?to (?:their"
    r"|his|her) (?:home|house|family|lives)"
    rf"|\bhad {_MANY_CHILDREN} through their doors?\b"
    r"|\b(?:newest|latest|new) (?:little one|arrival|addition|placement|child|boy|girl) (?:who is |now )?"
    r"(?:staying|living|placed|settling in) with\b"
    r"|\b(?:rh?ieni|[dt]h?eulu(?:oedd)?|nheulu|[gc]h?artref\w{0,2}|(?:g|ng)?ofalw\w{2,4}|gofal"
    r"|ngofal|[bp]h?lant|[bp]h?lentyn|mam|fam|tad|dad|thad|brawd|frawd|chwaer|hogyn|merch|ferch|bachgen"
    r"|fachgen) [mf]aeth\b"
    r"|\b(?:rh?ieni|[dt]h?eulu|[mf]am|tad|dad|[bf]rawd|chwaer|[mf]ab|[mf]erch|[bp]h?lentyn) [mf]abwysiadol\b"
    r"|\b(?:ei|eu|i'w|wedi'[iu]) [mf]abwysi\w{2,6}|\b(?:pen-?blwydd|diwrnod|parti) [mf]abwysiadu\b"
    r"|\b[mf]abwysiadu (?:ei|eu|plant|plentyn|bachgen|merch|babi|dau|dwy|tri|brawd|chwaer)\b"
    rf"|\bagor(?:wyd|odd|on)? (?:ei|eu)(?:'u|'i)? (?:ch?artref|g?artref|t[yŷ]|th[yŷ]|drws|drysau|drysau"
    rf"|haelwyd|haelwydydd|calon\w{{0,2}}) i {_LLAWER}",
    re.IGNORECASE,
)
_OF_FOSTERING = lazy_pattern(
    r"\b(?:coffee morning|bore coffi|needed|angen|fortnight|pythefnos|evening|noson|information|g?wybodaeth"
    r"|recruit\w{0,4}|recriwtio|interested"
    r"|diddordeb|could you|allech chi|charity|elusen|novel|nofel|policy|polisi|training|hyfforddiant"
    r"|association|cymdeithas|council|cyngor|novel|tracy beaker|leaflet|taflen|become|agency|network|appeal"
    r"|sut i|how to|awareness|ymwybyddiaeth|mabwysiodd y|adopted (?:a|the|our) (?:penguin|tiger|donkey)"
    r"|lesson|gwers|trafod|llywodraethwyr|coed\w{0,3}|anifail|anifeiliaid|teigr|pengwin|asyn)\b",
    re.IGNORECASE,
)
_SHAPES = (
    Shape(Kind.CLUE, (_WHOSE,), _TOLD_OF),
    Shape(Kind.CLUE, (_PWY,), _TOLD_OF),
    Shape(Kind.CLUE, (_ONLY,), _TOLD_OF),
    Shape(Kind.CLUE, (_LIVING,), _AT_HOMES),
    Shape(Kind.CLUE, (_FOSTERED,), _OF_FOSTERING),
)


def find_known_by(text: str) -> Iterator[Seen]:
    """Yield what a folded text so tells."""
    yield from find_shapes(text, _SHAPES)
