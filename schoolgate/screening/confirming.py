"""Sentences that place one child (whose class, which bus, who they live with, where they moved to) or that
confirm what a child told, or who in a picture is meant: as a kind reply does. Hints only; a person is
asked."""

from __future__ import annotations

import re

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.hits import Kind, Strength
from schoolgate.screening.personal import Seen

_ONE = r"(?:he|she|they)(?:'s| is|'re| are|'ll| will)?(?: (?:now|still|usually|always|currently|normally))?"
_KIN = (
    r"(?:mother|mum|mam|father|dad|parents?|gran(?:ny|ma|dad|mother|father|parents)?|nan|aunt(?:ie"
    r"|y)?|uncle"
    r"|sister|brother|carers?|family|step\w{3,6})"
)
_KEEPS = r"(?:with|at|by|to) (?:his|her|their|a|the) (?:\w{1,12} )?"
_PLACED = lazy_pattern(
    rf"\b{_ONE} in (?:m(?:r|rs|s|iss)\.? [a-z]{{2,20}}|\d{{1,2}}[a-z]{{1,2}}\b|(?:year|yr) \d{{1,2}}\b"
    rf"|reception\b|nursery\b)"
    rf"|\b(?:he|she)(?:'ll| will)?(?: (?:also|usually|always|then|normally|now)){{0,2}} (?:goes?|gets?"
    rf"|comes?|leaves?|catch(?:es)?|takes?|travels?|finish(?:es)?|walks?|cycles?)"
    r" (?:home|out|off|the|by|with|on|at|back)\b[^.!?]{0,40}\b(?:bus|train|tram|taxi|gate|door|stop"
    r"|corner|path"
    r"|brother|sister|mum|mam|dad|nan|friends?|past|(?:at|around) \d)"
    rf"|\b{_ONE} (?:lives?|living|stay(?:s|ing)?|moved in) (?:now )?{_KEEPS}(?:{_KIN}|foster)"
    rf"|\b{_ONE} (?:lives?|living|staying|stays) (?:with foster|on|near|opposite|next)\b"
    r"|\b(?:he|she) (?:is|'s|was)? ?(?:still )?(?:at|with) (?:our school|this school|us)\b|\b(?:he"
    r"|she)(?:'s| is) still (?:here|at|with|in)\b"
    r"|\b(?:he|she) (?:goes to|plays|does|has|is at|trains at) (?:\w{1,15} ){1,3}on (?:mon|tues"
    r"|wednes|thurs|fri|satur|sun)days?\b"
    r"|\b(?:he|she)(?:'ll| will) be (?:at|in|there)\b"
    rf"|\b(?:his|her|their) {_KIN} (?:always |usually )?(?:picks?|collects?|meets?|fetch(?:es)?"
    rf"|drops?) (?:him|her|them)\b"
    r"|\b(?:he|she|they|the family|the (?-i:[A-Z])\w{2,20}s|(?-i:[A-Z])[a-z]{2,20})(?:'ve| have|'s"
    r"| has)? (?:now )?(?:left|moved|gone|transferred)\b"
    r"[^.!?]{0,20}\b(?:to (?-i:(?!Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct"
    r"|Nov|Dec|Year|The)[A-Z])\w+|is at\b)"
    r"|\b(?:mae|bydd|fydd|oedd|roedd) (?:hi|o|e|fo|fe|'n|nhw)(?:'n| yn)?(?: dal)? (?:yn |ym )?(?:nosbarth"
    r"|\d{1,2}[a-z]\b"
    r"|blwyddyn|mlwyddyn|ein hysgol)"
    r"|\b(?:mae|bydd|fydd|oedd|roedd) (?:hi|o|e|fo|fe)\b[^.!?]{0,60}\b(?:fws|bws|tren|giat) "
    rf"|\b(?:he|she|they|the little one|(?-i:[A-Z])[a-z]{{2,20}})(?:'s| has| have)? (?:now )?(?:moved|gone"
    rf"|went)"
    rf" (?:in )?(?:to|with) (?:his|her|their) {_KIN}(?:'?s)?\b"
    r"|\b(?:he|she|the little one)(?:'s| is)?(?: now)? (?:starts?|starting|started) (?:at|in) (?:a |the "
    r"|her |his )?"
    r"(?:new )?(?:school|nursery|primary|class)\b"
    r"|\b(?:he|she) sits in (?:\d{1,2}[a-z]|(?:year|yr) \d{1,2})\b"
    r"|\bmae (?:hi|o|e|fo|fe)'n (?:dal )?(?:yn ein|byw (?:gyda|efo)|byw yn)"
    r"|\bsy'n (?:ei|eu) (?:n[oô]l|gasglu|chasglu|hel|godi|chodi)\b"
    r"|\bsymudodd (?:y teulu|hi|o|e|fo|fe|nhw) i "
    r"|\b(?:he|she)(?:'s| is) with m(?:r|rs|s|iss)\b|\b(?:he|she)(?:'ll| will) be (?:waiting|standing"
    r"|outside|by|near)\b"
    r"|\b(?-i:[A-Z])[a-z]{2,20} is still (?:a pupil|here|with us|at (?:our|this))\b"
    r"|\b(?:he|she) (?:gets?|is|was) (?:dropped off|picked up)\b"
    r"|\b(?:he|she)(?:'s| is) (?:not in|off) (?:today|school|sick|this)\b|\b(?:he"
    r"|she) isn't in (?:today|school|this)\b"
    r"|\bmae (?:hi|o|e|fo|fe)'n (?:mynd|dod|chwarae|nofio)\b[^.!?]{0,40}\b(?:nos|dydd|clwb|drws|gi[aâ]t)\b"
    r"|\bmae(?: hi| o| e| fo| fe)?'n byw (?:gyda|efo)\b"
    rf"|\b(?:he|she)(?:'s| is| was|'ll be| will be)(?: \w+){{0,2}} (?:with|at) (?:his|her"
    rf"|their) (?:\w{{1,12}} )?{_KIN}\b"
    rf"|\b(?:he|she)(?:'s| is)?(?: now)? (?:lives?|living|stay(?:s|ing)) (?:with|at) (?:his|her"
    rf"|their) (?:\w{{1,12}} )?"
    rf"{_KIN}"
    r"|\b(?:he|she|they)(?:'ve| has| have)? left (?:us|our school|the school|here|school) (?:in|at|last|on"
    r"|before|after"
    r"|to|for|because|and)\b"
    r"|\b(?:he|she)(?:'s| is) (?:now )?at (?:a |the |our )?(?-i:St\b\.?|Ysgol|[A-Z][\w']+ (?:Primary|High"
    r"|School|Academy"
    r"|College|[Ss]ite)|[A-Z]\w+ (?:now|these)\b)"
    r"|\b(?:he|she) (?:now )?goes to (?-i:Ysgol|St\b|[A-Z]\w+ (?:Primary|High|School|Academy|College))"
    r"|\b(?:mae|roedd|bydd|fydd)(?: hi| o| e| fo| fe) (?:efo|gyda)(?:'i| ei)? (?:\w{1,10} )?"
    r"(?:mam|fam|thad|dad|tad|nain|taid|thaid|modryb|hewythr|ewythr|mamgu|mam-gu|chwaer|brawd)\b"
    r"|\b(?:mae|roedd) (?:hi|o|e|fo|fe|'r teulu|nhw) wedi (?:symud"
    r"|mynd)\b[^.!?]{0,20}\bi (?-i:(?!D?dydd)[A-Z])"
    r"|\b(?:y ferch|y bachgen|y disgybl|y plentyn|y teulu|'r teulu) (?:wedi|yn) (?:symud|mynd)"
    r"[^.!?]{0,20}\bi (?-i:(?!D?dydd)[A-Z])"
    r"|\bmae'r teulu wedi (?:symud|mynd) i (?-i:[A-Z])"
    r"|\bmae (?:hi|o|e|fo|fe) wedi (?:symud|mynd) (?:i|o) (?:ysgol|dref|deulu)\b"
    r"|\bmae (?:hi|o|e|fo|fe) wedi(?:'n)? (?:gadael|gadel)\b",
    re.IGNORECASE,
)
_WHO = lazy_pattern(
    r"\b(?:that'?s|that is|it'?s|this is) (?:him|her),? (?:there |over there |right |just )?(?:in|on|at"
    r"|second"
    r"|third|fourth|first|last|with|next|behind|holding|wearing)\b"
    r"|\b(?:he|she)(?:'s| is) the (?:one|girl|boy|lad) (?:in|on|at|with|holding|wearing|second|third|next"
    r"|behind) the\b"
    r"|\b(?:he|she)(?:'s| is) (?:the )?(?:second|third|fourth|fifth|first|furthest) (?:one )?(?:from|on"
    r"|to) the\b"
    r"|\b(?:he|she)(?: is|'s| was)(?: the one)?(?: \w{1,10})? (?:in|on|at) the (?:very )?(?:front|back|middle"
    r"|top|bottom|first|second|third|1st|2nd|3rd|left|right|far (?:left|right))\b"
    r"(?! (?:of (?!the (?:photo|picture|row|line-?up|video|shot|film)\b)|seat|floor|team|year|class"
    r"|set|desk|gate|door|office|entrance|hall))"
    r"|\b(?:yes|yep|yeah|spot on|correct|exactly|that'?s right|well spotted|cywir|ia|ie|ydi|ydy|oes"
    r"|yn union)\b[,!. ]{1,3}(?:the |y |yr )?(?:one |un )?(?:(?:second|third|fourth|fifth|first|last|ail"
    r"|trydydd|drydedd|cyntaf|gyntaf|olaf|2nd|3rd|4th) )?(?:one )?(?:from (?:the )?"
    r"|on the |in the |o'r |ar y |yn y )"
    r"(?:left|right|middle|back|front|chwith|dde|canol|cefn|blaen)\b"
    r"|\bname (?:that )?(?:rhymes with|sounds like|starts with|begins with)\b"
    r"|\bh?enw(?: hi| o| e| fo| fe)?(?:'n| yn| sy'n) (?:odli|swnio|dechrau|cychwyn)\b"
    r"|\b(?:we|i|everyone|they)(?: all)? knows? (?:exactly )?(?:which|who the) (?:child|pupil|girl"
    r"|boy|student)\b"
    r"|\b(?:gwybod|gwyddom|gwn) (?:yn iawn )?pa (?:blentyn|ddisgybl|ferch|fachgen|hogan|hogyn)\b"
    r"|\b(?:honno|hwnnw|honna|hwnna|hon|hwn|hi|fo|fe) (?:ydi|ydy|yw) (?:hi|o|fo|fe|e)\b"
    r"|\b(?:y|yr) (?:ail|trydydd|drydedd|pedwar\w+|gyntaf|cyntaf|olaf|un) o'?r (?:chwith|dde|cefn"
    r"|blaen) (?:ydi|ydy|yw) "
    r"(?:hi|o|fo|fe|e)\b"
    r"|\b(?:his|her|their) (?:new |real |old |full |birth |proper |other )?(?:surname|last name) (?:is|was"
    r"|used to be) (?:now )?(?-i:[A-Z])"
    r"|\b(?:his|her|their) (?:new|real|old|full|birth|proper|other) (?:first )?name (?:is|was"
    r"|used to be) (?-i:[A-Z])"
    rf"|\b(?:he|she|they)(?:'s| has)? (?:now )?(?:uses?|takes?|taken|changed to|goes by) (?:his|her"
    rf"|their) {_KIN}'?s?'? "
    r"(?:name|surname)\b"
    r"|\bei (?:ch?yfenw|henw (?:newydd|iawn|llawn))(?: \w+)? (?:ydi|ydy|yw)\b"
    r"|\b(?-i:[A-Z])\w{1,20} (?:ydi|ydy|yw) ei (?:ch?yfenw|henw newydd)\b",
    re.IGNORECASE,
)
"""Who in a picture is meant, or what a child is called now."""
_PUPIL = (
    r"(?:pupil|child|girl|boy|student|youngster|teenager|schoolgirl|schoolboy)"
    r"(?! (?:council|voice|leaders?|body|led)\b)"
)
_HAPPENED = (
    r"(?:taken|rushed|flown|airlifted|admitted|brought|arrested|excluded|expelled|suspended|injured|hurt"
    r"|hit|struck"
    r"|attacked|assaulted|stabbed|bitten|knocked|found|removed|killed|treated)"
)
_ONE_HURT = lazy_pattern(
    rf"\b(?:the|a|an|one|our) (?:\w{{2,12}}[ -]){{0,3}}{_PUPIL}\b[^.!?]{{0,50}}?\b(?:was|is"
    rf"|has been|had been|is"
    rf" being) (?:then |later |also |sadly )?{_HAPPENED}\b"
    r"|\b(?:cafodd|mae|roedd|bu) (?:y |yr |'r )?(?:disgybl|plentyn|merch|bachgen|ferch"
    r"|ddisgybl)\b[^.!?]{0,50}?"
    r"\b(?:ei (?:gludo|chludo|gymryd|chymryd|arestio|harestio|anafu|hanafu|wahardd|gwahardd|daro|tharo)"
    r"|wedi cael ei)\b",
    re.IGNORECASE,
)
_DETAIL = lazy_pattern(
    r"\b(?:aged?|of) \d{1,2}\b|, \d{1,2},|\(\d{1,2}\)|\b\d{1,2}[- ]year[- ]old\b|\b(?:in|from"
    r"|of) (?:class |form |year |yr )?"
    r"\d{1,2}[a-z]?\b|\b(?:reception|nursery)\b|\b\d{1,2} (?:oed|mlwydd)\b|\bo (?:flwyddyn|ddosbarth) \w+"
    r"|\b(?:o|yn|ym) \d{1,2}[a-z]\b|\b(?:year|yr|class|form) \d{1,2}[a-z]?\b",
    re.IGNORECASE,
)
"""Age or class, by which a town knows who it was."""
_TOLD = lazy_pattern(
    rf"\b(?:we|i)(?:'re| are|'m| am)? (?:(?:all|do|already|both) )?(?:know|aware|believe|understand"
    rf"|heard|remember)"
    r"(?: \w{1,10}){0,3} (?:what|that|how) (?:happen(?:ed|s)|is happening|has happened|went on"
    r"|goes on|he|she|they|your|you) ?(?:to (?:you|her|him|your)|\w{0,12} (?:did|does|hurt|hit|told"
    r"|said)|at home|did|told|said)\b"
    r"|\bwhat happened to (?:you|her|him|your (?:son|daughter|child))\b"
    r"|\bwhat (?:you|she|he) (?:told|said to|shared with|disclosed)\b"
    rf"|\b(?:for|thank you for|thanks for) (?:telling|letting) [^.!?]{{0,20}}\b(?:what|about) (?:your "
    rf"|his |her )?(?:{_KIN}|he|she) "
    r"|\b(?:things|trouble|problems?|difficult\w*|worr\w+|situation|happening"
    r"|going on) (?:are \w+ )?at home\b"
    r"|\b(?:told|rung|rang|reported \w+ to|contacted|informed|spoken to"
    r"|passed \w+ to) (?:the )?(?:social (?:services|worker)|police|children's services)\b"
    r"|\bbeth (?:sydd wedi )?(?:ddigwydd\w*|wnaeth|nath)[^.!?]{0,15}\b(?:i ti|iddi|iddo|i chi|dy|ei|eich)\b"
    r"|\bbeth (?:ddywed\w*|ddwed\w*) (?:ti|wrth|hi|o|di)\b"
    rf"|\bwhat (?:he|she|they|your (?:\w{{1,12}} )?{_KIN}) did to (?:you|her|him|them)\b"
    r"|\b(?:police|social services|social workers?) (?:know|knows|have been told|are dealing|will speak)\b"
    rf"|\b(?:sorry|hear|heard|know|known|about|after|shocked|sad) (?:to hear |to learn |by |at |of "
    rf"|about )?what (?:his|her"
    rf"|their|your) (?:\w{{1,12}} )?{_KIN} (?:did|does|said|has done|is doing|had done)\b"
    r"|\b(?:he|she|you|they)(?:'s|'re| is| are) (?:\w+ )?(?:better|ok|okay|alright|all right|safe|fine"
    r"|home|out of hospital)"
    r"[^.!?]{0,15}\b(?:after (?:last night|yesterday|what|the (?:accident|incident|attack|assault|fall"
    r"|crash)|(?:his|her)"
    r" (?:accident|fall|seizure|operation))|out of hospital|from (?:the )?hospital)\b"
    r"|\b(?:beth|be) (?:wnaeth|nath|naeth) (?:dy|ei|eich) (?:\w{1,10} )?(?:dad|thad|tad|mam|fam|frawd"
    r"|brawd|lystad|llystad)\b"
    r"|\b(?:bod|fod)(?:'n| hi| o| e| fo| ti| chdi)?(?:'n| yn)? (?:\w+ )?(?:well|iawn|saff"
    r"|ddiogel)\b[^.!?]{0,10}\bar [oô]l "
    r"(?:neithiwr|ddoe|beth|be|y ddamwain|yr ymosodiad)\b",
    re.IGNORECASE,
)


def find_confirmed(text: str) -> list[Seen]:
    """Return the words of a folded text that place one child, or confirm what a child told."""
    shapes = ((Kind.PLACE, _PLACED), (Kind.TOLD, _TOLD), (Kind.CLUE, _WHO))
    hurt = (each for each in _ONE_HURT.finditer(text) if _DETAIL.search(each.group()))
    return [
        *(
            Seen(found.start(), found.end(), kind, Strength.ASK)
            for kind, shape in shapes
            for found in shape.finditer(text)
        ),
        *(Seen(each.start(), each.end(), Kind.CLUE, Strength.ASK) for each in hurt),
    ]
