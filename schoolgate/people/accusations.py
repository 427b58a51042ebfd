"""Whether a comment may accuse an adult of harming a child, or of misconduct with one: whatever it calls the
adult, and also where it calls no one anything.

Who is meant doesn't decide: no list has every way to say who runs a page. Only that something accusing is
said does, in the words or in the name that its author shows. Praise accuses by a situation: an adult's own
flat, a bath, private photographs. What one of the family or another child did is no accusation of this kind.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from schoolgate.patterns import lazy_pattern
from schoolgate.people import beside_a_child
from schoolgate.people.accusing import accuses
from schoolgate.people.alone_with import is_alone_with_children
from schoolgate.people.done_by_kin import KIN, is_of_kin_or_child
from schoolgate.people.drawn_aside import draws_aside
from schoolgate.people.untold import hints_at_someone
from schoolgate.people.with_a_pupil import is_with_a_pupil
from schoolgate.screening.folding import fold
from schoolgate.screening.people_words import (
    CHILD,
    CHILDREN,
    SOMEONES_CHILD,
    SOMEONES_CHILDREN,
    WELSH_CHILD,
    WELSH_CHILDREN,
    either,
)
from schoolgate.screening.text_words import readings_of
from schoolgate.triage.lists import usually_spelt

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
    if any(not KIN.search(folded[:place]) for place in beside_a_child.found_in(folded)):
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
