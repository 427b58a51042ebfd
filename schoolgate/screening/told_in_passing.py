"""What a few words tell in passing of one child's home, health, who fetches them or who comes to see them, to
all who know the family: *plant Pencraig*, *Pop in to see Mr Reed at home*, *the boot comes off on Friday*,
*Grandma collects now*, *a health visitor comes each Monday*. Each is asked about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.hits import Kind
from schoolgate.screening.people_words import CHILDREN, ELDERS, WELSH_CHILDREN, WELSH_ELDERS, either
from schoolgate.screening.personal import Seen
from schoolgate.screening.shapes import Shape, find_shapes

_CHILDREN = either(CHILDREN, ("twins", "lot", "family", "brothers", "sisters"))
_PLANT = either(WELSH_CHILDREN, ("teulu", "deulu", "theulu", "criw", "brodyr", "chwiorydd"))
_BEGINS = (
    r"(?:Pen(?!blwydd|nod|naeth|tref|sarn|rhyn|arth)|Bryn|Cae|Hafod|Hendre|Plas|Llwyn|Cefn|Tan|Glan|Gelli"
    r"|Felin|Pant|Garth|Erw|Bod|Bwthyn|Gwern|Allt|Esgair|Craig|Ty(?='?n|ddyn))"
)
_APART = r"(?:Fferm|Ty|Tyddyn|Hafod|Hendre|Plas|Llwyn|Cefn|Cae|Bwthyn|Bryn|Felin|Penrhiw)"
_HOUSE = (
    rf"(?-i:{_BEGINS}[a-z]{{2,12}}(?: (?:Isaf|Uchaf|Newydd|Fawr|Bach|Mawr|Fach|Farm))?"
    rf"|{_APART} [A-Z]\w{{1,14}}(?: [A-Z]\w{{1,14}})?"
    r"|[A-Z]\w{2,14}(?: [A-Z]\w{2,14})? (?:Farm|Cottages?|Lodge|Barn|Bungalow|Croft|Rectory|Vicarage|Manor"
    r"|Smallholding|Arms))"
)
"""A house or farm by its name. The houses that a school divides its pupils into, and towns, aren't meant."""
_OF_A_HOUSE = lazy_pattern(
    rf"\bthe {_HOUSE} {_CHILDREN}\b|\b(?:the|two|three|our) {_CHILDREN} (?:from|of|at) {_HOUSE}"
    rf"|\b{_PLANT} (?:o |yr? )?{_HOUSE}",
    re.IGNORECASE,
)
_OF_MANY = lazy_pattern(
    r"\b(?:ysgol|school|blwyddyn|dosbarth|year \w|class \w\w?\b|trip|visit\w{0,3}|taith|ymwel\w{1,6}"
    r"|cylch|clwb|club"
    r"|nursery|primary|academy|care home|cartref gofal)\b",
    re.IGNORECASE,
)
_SOMEONE = (
    r"(?:(?:m(?:r|rs|s|iss|x)|sir|syr|coach|dr)\.? (?-i:[A-Z])\w{1,20}|(?-i:[A-Z])[a-z]{2,20}|him|her|them"
    r"|(?:your|our|his|her) (?:\w{1,10} )?(?:teacher|friend|coach|classmate))"
)
_AT_HOME = lazy_pattern(
    rf"\b(?:see|visit|call (?:in )?on|(?:pop|drop|nip|look) in (?:on|to see)|meet|find|cheer up) {_SOMEONE}"
    r" (?:at (?:his|her|their) )?(?:at )?(?:home|house|flat)\b(?! (?:time|game|match|win|learning|work"
    r"|corner))"
    rf"|\b(?:gweld|weld|ymweld a|galw ar|alw ar|cwrdd a|gwrdd a) {_SOMEONE} (?:yn (?:ei|eu) )?"
    r"(?:gartref?|adref?|adra|nh?g?h?artref|ch?artref|th?[yŷ])\b",
    re.IGNORECASE,
)
_WORN = (
    r"(?:(?:moon ?|walking )?boot|(?:plaster )?cast|plaster|pot|brace|splint|sling|stitches|staples|crutches"
    r"|bandages?|dressing|eye ?patch|collar|feeding tube|tube|drip|pins|stookie)"
)
_GWISGO = (
    r"(?:plastr|plaster|phlaster|blaster|cast|pwythau|bwythau|phwythau|sling|baglau|faglau|rhwymyn|bandej|bwt"
    r"|esgid fawr)"
)
_WHEN = (
    r"(?:today|tomorrow|tonight|now|soon|(?:on |this |next )?(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|next (?:week|month)|(?:this|next) \w{1,10}|in (?:\w{1,6} )?(?:weeks?|days?|january|february|march"
    r"|april"
    r"|may|june|july|august|september|october|november|december)|(?:at|after|before|by) (?:half[- ]term"
    r"|christmas|easter|the (?:summer|weekend|holidays))|at last|finally)"
)
_HEALS = lazy_pattern(
    rf"\b(?:(?:the|his|her|their|that|my)|^\W*) ?{_WORN}(?: (?:is|are|should|will|can|be|has|have|'s))*"
    rf" (?:com(?:es?|ing)|came|taken|out|off|removed)(?: (?:off|out|away))?(?: (?:on|in|at))? {_WHEN}\b"
    r"|^\W*(?:stitches|staples|plaster|cast|brace|boot|pins) (?:out|off) \w"
    r"|\b(?:on )?crutches (?:until|till?|for|since)\b|\bin a (?:sling|splint|cast|neck brace|moon ?boot)\b"
    r"|\bin a (?:walking )?boot (?:until|till?|for)\b"
    rf"|\b(?:tynnu|dynnu)(?:'r| y| ei| eu) {_GWISGO}\b|\b{_GWISGO} (?:yn|'n|wedi) (?:dod|d?mynd) (?:i ffwrdd"
    r"|oddi arn\w{1,2}|allan)\b|\bar (?:faglau|fagla)\b|\bmewn (?:plastr|plaster|cast|sling)\b",
    re.IGNORECASE,
)
_NO_ONES = lazy_pattern(
    r"\b(?:first aid\w{0,3}|cymorth cyntaf|learn\w{0,3}|dysgu|how to|concert|panto|play|actors?|art|model"
    r"|teddy|tedi|crafts?|celf|science|museum|history|romans?|egypt\w{0,4}|paint|wall|ceiling|builders?)\b",
    re.IGNORECASE,
)
_ELDER = either(
    ELDERS, ("nana", "nanny", "grandparents", "stepdad", "stepmum", "step-dad", "step-mum", "girlfriend",
             "boyfriend", "neighbour", "childminder", "taxi", "escort", "foster mum", "foster dad")
)  # fmt: skip
_HYNAF = either(WELSH_ELDERS, ("nain", "taid", "cymydog", "gymdoges", "gwarchodwr", "warchodwraig", "tacsi"))
_FETCHES = (
    r"(?:collects?|picks? up|drops? off|does (?:the |all the )?(?:school run|drop[- ]offs?|pick[- ]?ups?"
    r"|collecting)|is collecting|is picking up)"
)
_NOW = (
    r"(?:now|these days|nowadays|from now on|instead|since \w|every day|each day|again"
    r"|on (?:mon|tues|wednes|thurs|fri)days?)"
)
_COLLECTS = lazy_pattern(
    rf"\b(?<!a )(?<!any ){_ELDER}(?: who)?(?: always| usually)? {_FETCHES}(?: (?:him|her|them))?"
    rf"(?: (?:from school|at the gate))?,? {_NOW}\b"
    rf"|\b{_HYNAF} sy'?n? ?(?:yn )?(?:(?:ei|eu) )?(?:ch?asglu|g?asglu|nol)\b"
    rf"|\bmae (?:ei |eu |'i )?{_HYNAF}(?:'n| yn) (?:(?:ei|eu) )?(?:ch?asglu|g?asglu|nol)\b[^.!?\n]{{0,20}}"
    r"\b(?:rwan|nawr|bellach|bob dydd|o hyn ymlaen)\b",
    re.IGNORECASE,
)
_THINGS = lazy_pattern(
    r"\b(?:stamps|coins|tokens|tickets|orders?|parcels?|raffle|eggs|tocynnau|tocyn|parseli?|archeb\w{0,3}"
    r"|must|may|can|if|os|rhaid|gall|parents and|families)\b",
    re.IGNORECASE,
)
_WHO_COMES = (
    r"(?:health visitor|social worker|(?:family |early help )?support worker|community nurse|district nurse"
    r"|respite carer|key ?worker|bereavement \w{5,10}|play therapist|family worker|probation officer"
    r"|youth offending \w{4,8}|contact supervisor|home tutor|carer)"
)
_PWY_DDAW = (
    r"(?:g?weithiwr (?:cymdeithasol|cymorth|allweddol|teulu)|g?weithwraig gymdeithasol|ymwelydd iechyd"
    r"|nyrs gymunedol|nyrs ardal|therapydd chwarae|gofalwr|gofalwraig)"
)
_OFTEN = (
    r"(?:(?:each|every) (?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:each|every) (?:day|morning|evening"
    r"|night"
    r"|week|month|fortnight)|on (?:mon|tues|wednes|thurs|fri|satur|sun)days|(?:once|twice|three times) a"
    r" (?:week|day|month)|weekly|daily|fortnightly)"
)
_AML = r"(?:bob (?:dydd|bore|nos|wythnos|mis|pythefnos)|ar ddydd\w{0,3} \w{3,8}|unwaith yr wythnos)"
_COMES = lazy_pattern(
    rf"\b{_WHO_COMES} (?:still |now )?(?:comes?|visits?|calls?|sees|pops|is"
    rf"|drops)\b[^.!?\n]{{0,30}}?\b{_OFTEN}\b"
    rf"|\b(?:daw|bydd|mae)(?:'r| y)? {_PWY_DDAW}\b[^.!?\n]{{0,30}}?\b{_AML}",
    re.IGNORECASE,
)
_FOR_ALL = lazy_pattern(
    r"\b(?:group|clinic|drop[- ]in|welcome|croeso|all|everyone|pawb|parents|rhieni|toddlers?|babi\w{1,3}"
    r"|coffee"
    r"|coffi|assembly|gwasanaeth|session|sesiwn|jobs?|careers|gyrfa\w{0,2}|class(?:es)?|year \w{1,5}|talk"
    r"|pupils|clinig|clwb|club|grwp)\b",
    re.IGNORECASE,
)
_SHAPES = (
    Shape(Kind.CLUE, (_OF_A_HOUSE,), _OF_MANY),
    Shape(Kind.CLUE, (_AT_HOME,)),
    Shape(Kind.HEALTH, (_HEALS,), _NO_ONES),
    Shape(Kind.CLUE, (_COLLECTS,), _THINGS),
    Shape(Kind.CLUE, (_COMES,), _FOR_ALL),
)


def find_told_in_passing(text: str) -> Iterator[Seen]:
    """Yield what a folded text so tells."""
    yield from find_shapes(text, _SHAPES)
