"""Whether a comment may accuse an adult of harming a child, or of misconduct with one: whatever it calls the
adult, and also where it calls no one anything.

Who is meant doesn't decide: no list has every way to say who runs a page. Only that something accusing is
said does, in the words or in the name that its author shows. Praise accuses by a situation: an adult's own
flat, a bath, private photographs. What one of the family or another child did is no accusation of this kind.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from schoolgate.people.accusing import accuses
from schoolgate.screening.text_words import readings_of

_CHILD = (
    r"(?:me|us|kids?|child(?:ren)?|toddlers?|pupils?|students?|girls?|boys?|lads?|lasses|teens?"
    r"|teenagers?"
    r"|youngsters?|minors?|infants?|sons?|daughters?|nephews?|nieces?|grand ?(?:sons?|daughters?"
    r"|child(?:ren)?)"
    r"|bab(?:y|ies)|little (?:ones?|man|lad|\w+)|year (?:\d+s?|[a-z]+s?)|y\d+s?|\d+ ?(?:yr|year)s? olds?"
    r"|sixth ?formers?|classmates?|pre-?teens?)"
)
_DONE = (
    r"(?:hit(?:s|ted|ting)?|slap\w*|smack\w*|spank\w*|punch\w*|kick(?:s|ed|ing)?|beat(?:s|ing|en)?"
    r"|bash\w*"
    r"|chok(?:e|es|ed|ing)|strangl\w*|shov(?:e|es|ed|ing)|push(?:es|ed|ing)?|shak(?:es?|ing)(?! hands)"
    r"|shook(?! hands)"
    r"|grab(?:s|bed|bing)?|drag(?:s|ged|ging)?|pinch\w*|bit(?:es?|ing)?|spat|spits?"
    r"|thr[eo]w\w* (?:\w+ )?at|thump\w*"
    r"|whack\w*|batter\w*|hurt(?:s|ed|ing)?|smak\w*|harm(?:s|ed|ing)?|injur\w*|abus\w*|attack\w*"
    r"|touch(?:e?s|e?d|ing)?(?! by\b)|tuch\w*"
    r"|kiss\w*|cuddl\w*|hug(?:s|ged|ging)?|strok(?:e|es|ed|ing)|tickl\w*|rub(?:s|bed|bing)?|massag\w*"
    r"|undress\w*|strip(?:s|ped|ping)?|grop\w*|fondl\w*|molest\w*|rap(?:e|es|ed|ing)|groom\w*|perv\w*"
    r"|sle(?:ep|pt)\w* with|sex with|(?:in|into) bed with|snog\w*|seduc\w*|flash(?:es|ed|ing)|expos\w*"
    r"|bull(?:y|ies|ied|ying)|terroris\w*|intimidat\w*|threaten\w*|humiliat\w*|stalk\w*|leer\w*"
    r"|scream\w* at|shout\w* at|yell\w* at|swear\w* at|swore at|spits? at|star(?:es?|ed|ing) at|lock\w*"
    r"|forc(?:e|es|ed|ing)|lur(?:e|es|ed|ing)|follow(?:s|ed|ing)|drug(?:s|ged|ging)|starv(?:es|ed)"
    r"|pull(?:s|ed|ing)"
    r"|flirt\w*(?: with)?|fiddl\w*(?: with)?|get\w* off with|tak\w* advantage of)"
)
_WROTE = (
    r"(?:text(?:s|ed|ing)?|messag\w*|dm(?:s|ed|ing)?|snap(?:s|ped|ping)?|snapchat\w*|whats ?app\w*"
    r"|film(?:s|ed|ing)|video(?:s|ed|ing)|record(?:s|ed|ing))"
)
_GAVE = (
    r"(?:gives?|gave|giving|given|buys?|bought|buying|sells?|sold|selling|sen(?:t|ds?|ding)|show(?:s"
    r"|ed|n|ing)?|offer\w*|asks?|asked|asking)"
)
_BAD_THINGS = (
    r"(?:vodka|alcohol|booze|beers?|wine|cider|drinks?|drugs?|weed|vapes?|cigarettes|fags|pills"
    r"|porn\w*|nudes?|naked"
    r"|underwear|lingerie|knickers|bras?|bikinis?|condoms?|snaps?|selfies?|dirty|rude|sexy?|private"
    r"|(?:her|his|your|their) body"
    r"|(?:pics?|pictures|photos?|videos?) (?:of (?:her|him|me|them|himself|herself)|in (?:her|his"
    r"|their|my))\b"
    r"|(?:bra|body) size|swim(?:ming|suit)\w*|fotos?)"
)
_GAP = r"(?: (?!at home\b|ball\b|target\b|goodbye\b|off\b)[\w']+){0,4}? "
_BODY = (
    r"(?:arms?|hair|hands?|wrists?|legs?|bum|bottom|backs?|shoulders?|ears?|neck|face|throat|head"
    r"|chest|boobs?|thighs?|knees?|body)"
)
_ACTS = re.compile(
    rf"\b(?:{_DONE}{_GAP}{_CHILD}(?! all\b)|{_WROTE} (?:[\w']+ ){{0,3}}(?!me\b|us\b){_CHILD}"
    rf"|{_DONE} (?:him|her|them)"
    rf"|{_DONE}(?: [\w']+){{0,2}} my {_BODY}|(?:he|she|who|sir|miss|m(?:r|rs|s|iss|ister) \w+"
    rf"|(?-i:[A-Z]\w+)|coach|teacher) (?:\w+ )?{_WROTE} me\b(?! (?:about|back|the|if|when)\b)"
    rf"|(?:sends?|sending|sent) (?:me|us|{_CHILD}) (?:photos?|pics?|pictures|videos?"
    rf"|messages) (?:at night|late|of (?:him|her))"
    rf"|(?:told|tells|tell|made|asked|wants?|said) (?:me|us|him|her|them"
    rf"|{_CHILD}) (?:\w+ )?(?:not to tell|(?:to )?keep (?:\w+ )?(?:it |this |that |a |our )*(?:secret"
    rf"|quiet)|to stay behind)"
    rf"|(?:whisper\w*|breath\w*) (?:\w+ ){{0,2}}in (?:my|her|his) ear"
    rf"|{_GAVE} (?:[\w']+ ){{0,4}}(?:{_CHILD} (?:[\w']+ ){{0,6}})?{_BAD_THINGS}"
    rf"|{_CHILD} (?:[\w']+ ){{0,4}}(?:was|were|been|being|got|gets|getting) (?:[\w']+ ){{0,2}}{_DONE}"
    rf"|(?:threw|throws?|throwing) (?:[\w']+ ){{1,3}}at {_CHILD}|mak(?:es?"
    rf"|ing) (?:[\w']+ ){{1,3}}(?:bleed|strip|undress|kneel|beg|eat|stand)"
    rf"|(?:has|have|had|with|got) a thing for (?:[\w']+ ){{0,2}}{_CHILD}"
    rf"|(?:fanc(?:y|ies)|lust\w*|drool\w*|obsessed)(?: \w+){{0,3}} {_CHILD}"
    rf"|(?:likes?|loves?|prefers|into) (?:them |his |her )?(?:little|young|small"
    rf"|under.?age)\w* (?:girls?|boys?|kids?|children|ones)"
    rf"|(?:wo|ca|wouldn|won|do|does|did|is|was)n?['o]?t (?:\w+ ){{0,3}}(?:left|leave|alone|trust\w*"
    rf"|safe)(?: \w+){{0,6}} (?:with|around|near)\b"
    rf"|(?:keep|kept|stay|away|hid\w*) (?:\w+ ){{0,4}}from (?:him|her|them)\b"
    rf"|hands? (?:all )?(?:over|on|up|down|under|inside) (?:[\w']+ ){{0,3}}(?:{_CHILD}|her|his|their"
    rf"|my|skirt|shirt|trousers)"
    r"|rub\w* my|touch\w* (?:my|her|his|their)|(?:in|inside|down|up|under) (?:my|her|his"
    r"|their) (?:pants|knickers|trousers|skirt|shorts|shirt|top|bra)"
    r"|(?:in|back of) (?:his|her|their|the|your) (?:car|van|minibus)(?: \w+){0,4} (?:with (?:\w+ ){0,3}"
    rf"{_CHILD}|alone)|{_CHILD} (?:\w+ ){{0,4}}(?:in|back of) (?:his|her|their|your) (?:car|van))\b",
    re.IGNORECASE,
)
"""Something done to a child, or with one."""
_WELSH_CHILD = (
    r"(?:b?ph?lant|m?h?erched|[mf]erch|merch|[bf]echgyn|[bf]achgen|b?ph?lentyn|dd?isgybl(?:ion)?"
    r"|nisgybl\w*|f?m?ab|hogia[u]?|hogyn"
    r"|genod|hogan|[bm]lwyddyn \d+|fi|ni|w?yr|wyres|nai|nith|ferched|rhai bach)"
)
_WELSH_DONE = (
    r"(?:d?t?n?h?aro|tharo|nharo|daro|trawodd|[bf]wrw|mwrw|[bf]wrodd|g?c?h?yffwrdd|gyffyrddodd"
    r"|chusan\w*|g?cusan\w*|gusan\w*"
    r"|[bfm]rifo|[bf]rifodd|anafu|g?c?h?icio|dyrnu|ddyrnu|b?ph?innio|ysgwyd|llusgo|lusgo|gwthio|wthio"
    r"|tagu|dagu|crogi"
    r"|c?g?am-?drin\w*|treisio|dreisio|[bm]ygwth|fygwth|[bm]wlio|fwlio|cofleidio|gofleidio|anwesu"
    r"|cysgu gyda|gysgu gyda"
    r"|cysgu efo|gysgu efo|cloi|gloi|[dt]ecsti?o|thecstio|tecstio|negeseua|dilyn|ddilyn|syllu"
    r"|sgrechian|gweiddi|weiddi|rhegi)"
)
_WELSH = re.compile(
    r"\b(?:(?:wedi |yn |i )(?:fy |'n |ei |ein |eu )?(?:nharo|mrifo|nghyffwrdd|mwrw|mygwth|nghusanu"
    r"|nilyn|ngham-?drin|nhecstio|mwlio|ngwthio|twtsio)"
    r"|tynnu (?:fy|ei|eu) (?:ngwallt|gwallt|nillad|dillad)|(?:law|ddwylo|llaw) (?:ar|dros|i lawr"
    r"|dan) (?:fy|ei|eu|na i|\w+)|(?:lluniau|negeseuon|negeseuau) (?:at|ata) (?:i|ni|fy \w*(?:merch"
    r"|mab)|blant|ferched|fechgyn)"
    r"|gwylio ni|(?:aros|cadw) (?:\w+ ){0,2}ar (?:fy|ei|eu) phen\w*"
    rf"|{_WELSH_DONE}(?:'r| (?:ar|at|ym|yn|fy|ei|ein|y|yr|eu|i|â|gyda|efo|o leiaf|un|rhai|llawer o"
    rf"|[mf]erch)){{0,3}} ?(?:\w+ )?{_WELSH_CHILD}"
    rf"|{_WELSH_DONE} (?:fe|fo|ef|hi|nhw)\b|(?:anfon|rhoi|roi|rhoddodd|dangos|ddangos|gwerthu|werthu"
    rf"|prynu|brynu|gofyn|ofyn)\w* (?:[\w']+ ){{0,6}}?"
    r"(?:fodca|vodka|alcohol|cwrw|gwrw|cyffuriau|gyffuriau|fêps|feps|dillad isaf|ddillad isaf|noeth\w*"
    r"|brwnt|budr|fudr|frwnt"
    rf"|luniau o|lluniau o)(?: [\w']+){{0,4}}"
    rf"|yn ei (?:gar|char|fan|dy|thy|fflat|wely|gwely)\b|cyfrinach (?:\w+ )?(?:gyda|efo|rhwng|fach)"
    rf"|{_WELSH_CHILD}(?: \w+){{0,3}} (?:ofn|yn gleisiau|wedi (?:ei|cael ei) (?:daro|tharo|bwrw|frifo"
    rf"|brifo|cham-?drin|gam-?drin)))",
    re.IGNORECASE,
)
_THEIR_PLACE = (
    r"(?:at|to|round|in|into|over at|inside) (?:his|her|their|your|the|mr \w+'?s?|mrs \w+'?s?"
    r"|miss \w+'?s?|sir'?s?) (?:own )?(?:flat|house|home|place|bed|bedroom|bath|shower|caravan|hot tub"
    r"|jacuzzi|apartment|sofa)"
)
_SITUATION = re.compile(
    rf"\b(?:sle(?:ep|pt)\w* ?-?over\w* {_THEIR_PLACE}|(?:stay\w*|sle(?:ep|pt)\w*|nights?|overnight"
    rf"|sleep-?over\w*|weekends?|alone|baths?|showers?|visit\w*|com\w* over"
    rf"|round) (?:[\w']+ ){{0,3}}{_THEIR_PLACE}"
    rf"|{_THEIR_PLACE} (?:[\w']+ ){{0,8}}(?:stay\w*|sle(?:ep|pt)\w*|nights?|overnight|alone|bath\w*"
    rf"|shower\w*|bed|secret\w*)"
    rf"|shar(?:e|es|ed|ing) (?:the|a|his|her|their|your) (?:bed|bath|shower|sleeping bag|tent"
    rf"|hotel room|room)"
    rf"|(?:tuck(?:s|ed|ing)?|put(?:s|ting)?) (?:[\w']+ ){{1,4}}(?:in(?:to|to)? bed|to bed|in at night"
    rf"|in\b(?= at))"
    rf"|babysit\w*|child ?mind\w* (?:again|for)|(?:bath|shower|undress|dress|wash|chang)(?:ed|ing"
    rf"|s)? (?:my |our |the )?{_CHILD}\b|{_CHILD} (?:[\w']+ ){{0,3}}(?:in )?(?:the|your|his|her"
    rf"|their) (?:baths?|hot tub|jacuzzi|bed)\b(?! and shower)"
    rf"|private (?:photos?|pics?|pictures?|videos?|films?|snaps?|lessons? at|parties|show)"
    rf"|private (?:messages?|chats?|dms?) (?:with|to|from) (?:\w+ ){{0,3}}{_CHILD}"
    rf"|(?:photos?|pics?|pictures?|videos?) of (?:our|my|the) [\w']+ (?:in|without|changing|sleeping"
    rf"|asleep|in bed|at the beach|undress\w*|getting)"
    rf"|massag\w*|back ?rubs?|foot rubs?|(?:sit|sits|sat|sitting) on (?:his|her|your|their) (?:lap"
    rf"|knee)|cuddles? (?:with|from|at|in|after)"
    rf"|(?:our|your|their|his|her) (?:little |special )?secrets?\b(?! santa)|(?:won'?t|don'?t|not"
    rf"|never|no need to) tell (?:\w+ )?(?:mum|mam|dad|mummy|daddy|parents|her|him|anyone)"
    rf"|(?:bought|buy|buying|gave|got|getting|gifts? of|presents? of) (?:[\w']+ ){{0,3}}(?:underwear"
    rf"|lingerie|knickers|bra|bikini|phone|perfume|jewell?ery)"
    rf"|(?:keep|kept|keeping|got|get|getting|hang\w* on to|hold\w* on to|still (?:in|have|has|having"
    rf"|got)) (?:on to )?(?:[\w']+ )?(?:job|post|position)(?: back)?\b(?! (?:on|about|up|from|of|at))"
    rf"|(?:got|get|gets|getting) away with|got off with it|let (?:you|him|her|them) off|what (?:you|he"
    rf"|she|they) (?:did|done|do|does|got up to)\b(?! (?:at|in|on|for|with|after) (?:school|class"
    rf"|lessons?|today|the (?:holidays?|weekend|day|trip|choir|team)))"
    rf"|(?:under|being|is|was|were|been|are|still) investigat\w*|investigation (?:in)?to|(?:out on"
    rf"|on) bail|dbs|sex offender\w*|offenders? register"
    rf"|goes on (?:in|at|behind)|behind (?:the )?(?:closed|locked) doors?|(?:lock|shut|close)(?:s|ed"
    rf"|ing)? the (?:door|blinds|curtains)|one.(?:to|on).one (?:in|at|with (?:\w+ ){{0,2}}{_CHILD})"
    rf"|(?:lifts?|drives?|drove|driving|ride) (?:[\w']+ ){{0,3}}home (?:alone|in|every|each|late|by)"
    rf"|(?:alone|by (?:her|him|them)sel\w+|on (?:her|his|their) own) (?:\w+ ){{0,2}}with (?:him|her"
    rf"|you|them|sir|miss|mr \w+|mrs \w+|the \w+))\b",
    re.IGNORECASE,
)
"""A situation that praise, thanks and questions accuse by."""
_WELSH_SITUATION = re.compile(
    r"\b(?:[cg]h?ysgu (?:dros (?:y )?nos )?(?:yn|mewn|gyda|efo) (?:ei|eich|dy|fflat|th?y|dŷ|nh?ŷ"
    r"|ngwely|gwely|wely)|(?:aros|cysgu|gysgu) (?:dros nos )?(?:yn|gyda|efo) (?:ei|eich|dy) (?:fflat"
    r"|dŷ|dy|thŷ|thy|tŷ|ty|gwely|wely)"
    r"|(?:yn y|yn eich|yn ei|i'r) (?:bath|gwely|gawod|cawod)\b(?!,? camp)|gwarchod (?:y |fy "
    r"|ein )?(?:plant|merched|mab|ferch) eto|(?:lluniau|luniau) (?:preifat|personol)|tylino"
    r"|ar ei (?:lin|glin)|paid â dweud|peidio dweud wrth"
    r"|(?:cadw|gadw) (?:eich|dy|ei) (?:swydd|gwaith)|(?:ar ôl|wedi) (?:yr hyn|beth"
    r"|be) (?:a )?(?:wnaethoch|wnaethost|wnaeth)|cael (?:ei|eich) (?:ymchwilio|holi)|dan ymchwiliad)",
    re.IGNORECASE,
)
_FAMILY = (
    r"(?:step-? ?)?(?:dad(?:dy)?|father|mum|mam|mummy|mother|parents?|brothers?|sisters?|siblings|uncles?"
    r"|aunt(?:y|ie)?s?|cousins?|gran(?:dad|ny|dpa|dma)?|nan|nain|taid|boyfriend|girlfriend|neighbours?)"
)
_PEERS = (
    r"(?:boys?|girls?|kids?|children|child|pupils?|lads?|students?|classmates?|bull(?:y|ies)|friends?"
    r"|mates?"
    r"|(?:year|yr) (?:\d+s?|[a-z]+s?)|teenagers?|youths?|teams?|dogs?|bachgen|bechgyn|merch|merched"
    r"|hogyn|plentyn|plant)"
)
_ANOTHER = re.compile(
    rf"(?:\b(?:(?:my|his|her|our|their|fy|mae) (?:[\w']+ )?{_FAMILY}|(?:dad|mum|mam|nhad|mrawd|ewythr)"
    rf"|(?:a|an|another|some|sum|other|\d+|two|three|four|one of the|those|these|the|older|bigger|same"
    rf"|mae) "
    rf"(?:[\w']+ )?{_PEERS}(?: (?:arall|in|from|o|called|ym) (?:[\w']+ ){{0,3}})?)"
    r"|\b(?:mae|fod|bod) (?:bachgen|bechgyn|merch|merched|plant|plentyn|hogyn|hogia|criw o \w+"
    r"|fy mrawd|cariad mam)\b(?! sy)[^.!?]{0,40}?|\w+ in my class)"
    r"(?: (?:in (?:my|our|his|her|the) (?:class|year|form)|in year \w+|is|are|was|were|has|have|had"
    r"|been|always|keeps?|kept|just|who|that|sometimes|never|wedi|yn|sy'?n|bod) ?| (?!he\b|she\b"
    r"|they\b|who\b|that\b)\w+ing | ){0,4}$",
    re.IGNORECASE,
)
"""What stands right before something done, where one of the family or another child did it."""
_BY_A_PEER = re.compile(
    rf" (?:by|gan) (?:a|an|another|some|other|my|the|fachgen|ferch)? ?(?:[\w']+ )?(?:{_FAMILY}"
    rf"|{_PEERS})\b",
    re.IGNORECASE,
)
_SOMEONE_WHO = re.compile(
    r"\b(?:who|whoever|person|m[ae]n|wom[ae]n|lady|bloke|guy|lad|one|someone|somebody|he|she|admin"
    r"|sy[’']?n|sydd|sawl)\b",
    re.IGNORECASE,
)
_NO_ADULT = re.compile(
    r"(?:\b(?:i|we|songs?|music|film|story|book|talk|show|performance|heat|storm|weather|cold|sun|wind"
    r"|rain|cuts?|costs?|prices?|budget"
    r"|news|test|exam|ball|bee|wasp|dog lead|cost of living|(?:my|our|the|your|this|^) ?school"
    r"|mae'r ysgol|mae'r storm|can you|could you|can i|could i|please|thanks for"
    r"|thank you for|mae'n|knee|leg|arm|foot|back)"
    r"|(?:^|[.,!?;:\n] ?|\b(?:and|but|so|because) )(?:it|this|that|which|these|all))"
    r"(?:'s|'ll|'ve)? (?:(?:has|have|had|is|was|were|are|really|just|always|also|never|can|could|will"
    r"|would|did|do|you|me|i|send|get|got|gets"
    r"|keeps?|all|ask\w*|yn|ein|gofyn|am) ){0,3}$",
    re.IGNORECASE,
)
"""What stands right before it where no one did it to a child: oneself, a song, the weather."""
_IDIOMS = re.compile(
    r"\b(?:hit me up|bruis\w*(?= (?:(?:he|she|i|they|we) got )?(?:off|at|from) (?:\w+ )?(?:rugby"
    r"|hockey|football|netball|sports?|bike))|bruised apples"
    r"|(?:pictures?|photos) of (?:the|our|his|her|my) (?:\w+ )?(?:nativity|trip|team|show|school|pets"
    r"|play|concert|match|fair|production|prize|choir|band)|our little secret(?=: )|"
    r"out of (?:my|his|her|their|our) comfort zones?|(?:scared|afraid|terrified"
    r"|frightened) of (?:(?:the|a|an|his|her|my|big|new|going|being) )*"
    r"(?:dark|dogs?|cats?|heights?|spiders?|water|slides?|ghosts?|ghost train|dentist|birds?|needles?"
    r"|thunder|school|exams?|tests?|missing|losing|failing|wasps?|bees?|clowns?|snakes?)"
    r"|touching (?:performance|tribute|story|words?|video|film|moment)|(?:dog|horse) grooming|(?:talk"
    r"|assembly|lesson|workshop|leaflet|session|evening|awareness|video) (?:\w+ )?(?:about|on"
    r"|by) [\w ]+"
    r"|(?:drugs?|alcohol|knife crime|grooming|bullying|abuse) (?:and [\w ]+ )?(?:awareness|education"
    r"|talk|assembly|workshop|policy|lesson|week)\w*"
    r"|(?:watch|mind) your (?:step|back|head|speed)|watch out for|(?:had|left) (?:us|me|everyone"
    r"|them all|the audience) in tears|(?:made|makes) (?:me|us|everyone) cry"
    r"|(?:mewn|yn) dagrau|naked (?:lad\w+|eye|flame)|changing rooms?(?= (?:look|are|were|is|smell"
    r"|need)))\b"
    r"|\b(?:his|her|their|my) (?:\w+ )?(?:in|from) the changing rooms?",
    re.IGNORECASE,
)
"""What sounds like it, and says nothing of anyone."""
_SPORT = re.compile(
    r"\b(?:match|game|score|goal|final|league|cup|tournament|netball|football|rugby|hockey|chess|quiz"
    r"|won|win"
    r"|\d+ ?- ?\d+|gêm|gem)\b",
    re.IGNORECASE,
)
_WON = re.compile(r"\b(?:beat(?:s|ing|en)?|thrash\w*|smash\w*|bash\w*|hit|tackl\w*)\b", re.IGNORECASE)
_SOMEONE = re.compile(
    r"\b(?:he|she|him|his|hers?|they|them|their|you|your|who|whoever|whose|someone|somebody|one|ones"
    r"|person|people|adults?|grown.?ups?|m[ae]n|wom[ae]n"
    r"|lad|lady|guy|bloke|fella|chap|dude|teachers?|staff|sir|miss|mr|mrs|ms|coach\w*|head\w*|admin\w*"
    r"|mods?|moderator\w*|owners?|authors?|editors?|lead\w*|boss|team"
    r"|school|page|account|governors?|photographer|clerk|officer|manager|i|me|my|us"
    r"|fe|fo|ef|hi|nhw|ei|eu|chi|un|sawl|pwy|rhywun|dyn|dynes|menyw|fenyw|athro|athrawes|syr|staff"
    r"|cymedrolwr|gweinyddwr|pennaeth|y?r? ysgol|person|fi|fy)\b"
    r"|[a-z,] (?:[A-Z][a-z]+)|@\w",
    re.IGNORECASE,
)
"""Words for anyone at all, beside which a word that accuses counts."""
_LONG_SPELT = 12
"""Letters one by one from which on they are more than a word: no one writes so who has nothing to hide."""
_SPELT = re.compile(rf"(?:\b[^\W\d_]\b[ ._*-]?){{{_LONG_SPELT},}}")


LONGEST, END = 20_000, 4_000
"""Characters of a comment that are read, from its beginning and, of a longer one, before its end: as triage
does."""


def may_accuse(text: str, by: Collection[str] = ()) -> bool:
    """Return whether a comment may accuse an adult of harming a child, or of misconduct with one. `by`: the
    names of who wrote it, as they show them."""
    if len(text) > LONGEST + END:
        text = f"{text[:LONGEST]}\n{text[-END:]}"
    return any(_one_may(reading) for each in (text, *by) if each for reading in readings_of(each))


def _one_may(text: str) -> bool:
    text = _IDIOMS.sub(" ", text)
    if (
        (accuses(text) and _SOMEONE.search(text))
        or _SITUATION.search(text)
        or _WELSH_SITUATION.search(text)
        or _SPELT.search(text)
    ):
        return True
    return any(
        not _is_anothers(text, one) and not (_WON.match(one.group()) and _SPORT.search(text))
        for signs in (_ACTS, _WELSH)
        for one in signs.finditer(text)
    )


def _is_anothers(text: str, one: re.Match[str]) -> bool:
    before = re.split(r"[.!?;\n]", text[: one.start()])[-1]
    if _BY_A_PEER.match(text[one.end() :]) or _ANOTHER.search(before):
        return True
    return bool(_NO_ADULT.search(before)) and not _SOMEONE_WHO.search(before)
