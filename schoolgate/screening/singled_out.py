"""What a post tells of one child who isn't named (where they went to, that they're ill), and where a group is
at this minute or each week: words near each other in one sentence. A group that moves up, a grown-up who goes
and what was last week are none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.hits import Kind, Strength
from schoolgate.screening.people_words import CHILD, EIN, KNOWN_FOR, WELSH_CHILD, either
from schoolgate.screening.personal import LONGEST_SENTENCE, SENTENCE, Seen

_CLASS = r"(?:(?:year|yr|class|form) \w{1,7}|y\d{1,2}|\d{1,2}[a-z]|reception|nursery|sixth form)"
_WELSH_CLASS = (
    r"(?:\d{1,2}[a-z]|(?:[bm]lwyddyn|flwyddyn|ddosbarth|dosbarth|nosbarth) \w{1,7}"
    r"|(?:y )?(?:derbyn|meithrin))"
)
_PUPIL = either(CHILD, KNOWN_FOR, ("user", "friend"))
_DISGYBL = either(WELSH_CHILD)
_NAMED = (
    r"(?-i:(?!Year|Class|Form|Maths|English|Welsh|Science|Art|Music|Drama|Assembly|Everyone|Children|Pupils"
    r"|Boys|Girls|Teachers?|Staff|Parents|Blwyddyn|Plant|Mathemateg|Gwyddoniaeth|Cymraeg|Saesneg)"
    r"[A-Z][\w'’-]{2,20}(?: [A-Z][\w'’-]{1,20})?)"
)
"""A child by their name, as it may stand before their class; a lesson or a whole class is none."""
_ONE = lazy_pattern(
    rf"\bone of (?:our|the|my)(?: \w{{1,12}}){{0,3}} {_PUPIL}s?\b|\bone of (?:our|the"
    rf"|my) {_CLASS}(?! teachers?)\b"
    r"|\bone of (?:our|the) (?:children|little ones|families)\b"
    rf"|\b(?:our|the) only(?: [\w-]{{1,14}}){{0,2}} {_PUPIL}\b"
    rf"|\b(?:a|the|that|our|another|this) (?:(?:[\w-]{{1,14}} ){{0,2}}){_PUPIL} (?:in|from|of"
    rf"|who) (?:\w{{1,12}} )?"
    rf"{_CLASS}\b"
    rf"|\b(?:a|the|that|our) (?:[\w-]{{1,14}} )?{_CLASS} (?:[\w-]{{1,14}} )?{_PUPIL}\b"
    rf"|\bone of (?:our|the) (?:[\w-]{{1,14}} ){{1,3}}(?:boys|girls|lads|pupils|students|children)\b"
    rf"|\ba [\w-]{{3,14}} {_PUPIL} in {_CLASS}\b"
    rf"|\b(?:a|our|another)(?: (?!(?:class|classes|group|team|few|lot|whole|all|thank|letters?|cards?|trips?"
    rf"|walks?|visits?|pictures?|poems?|story|stories|wins?)\b)[\w-]{{1,18}}){{1,4}}"
    rf" (?:from|in|of|who is in) {_CLASS}\b"
    rf"|\b(?:the|a|that|our) {_PUPIL} (?:who|in our class)\b"
    rf"|\bour (?:[\w-]{{1,14}} ){{1,2}}{_PUPIL}\b(?! (?:day|project|club|squad|team|wall|chart|awards?"
    rf"|policy))"
    rf"|\b(?:mum|mam|mother|dad|father|(?:the|a) family(?: (?:from|in|of)(?: \w{{1,12}}){{1,5}}?)?"
    r"|the parents)\b(?: and (?:her |his |their )?(?:baby"
    r"|son|daughter|children|child|kids|twins|boys?|girls?))?(?= (?:who|have|has|are|is|now|were|was)\b)"
    rf"|\b(?:ein h|yr )unig {_DISGYBL}"
    r"|\bun o(?:'n|'r| ein)? (?:plant|blant|ddisgyblion|disgyblion|[bf]echgyn|[mf]erched|deuluoedd|"
    rf"ddosbarth|blwyddyn|flwyddyn|{_WELSH_CLASS})\b"
    rf"|\b(?:y|'r|yr|{EIN}|i'r) {_DISGYBL}"
    rf"(?: \w{{1,12}}){{0,2}} (?:o|yn|ym|yng) {_WELSH_CLASS}\b"
    rf"|\b(?:{_DISGYBL}|(?:ein"
    rf"|'n) (?:\w{{1,12}} ){{1,2}}) ?(?:o|yn|ym) {_WELSH_CLASS}\b"
    rf"|\b(?:ein|'n) [\w-]{{3,14}}(?: \w{{2,10}}){{0,2}} (?:o|yn|ym) {_WELSH_CLASS}\b"
    r"|\b(?:ein|'n) \w{3,14} (?:ieuengaf|hynaf|ifanca|fenga)\b"
    r"|\bun o (?:hogiau|ferched|fechgyn|blant|ddisgyblion) (?:\d{1,2}[a-z]|[bfm]l?wyddyn \w{1,6})\b"
    r"|\bun o'n [bfm]lwyddyn \w{1,6}"
    r"|\b(?:y|'r) (?:fam|tad|teulu)\b(?: a'i (?:phlant|merch|mab|blant))?"
    rf"|\b{_NAMED} \((?:{_CLASS}|{_WELSH_CLASS})\)"
    rf"|\b{_NAMED} (?:in|from|of) {_CLASS}\b|\b{_NAMED} (?:o|yn|ym|yng) {_WELSH_CLASS}\b"
    rf"|\b{_DISGYBL}(?: (?!a\b"
    rf"|ac\b)[\w'-]{{1,14}}){{1,4}}"
    rf" (?:o|yn|ym|yng) {_WELSH_CLASS}\b"
    rf"|\bun {_DISGYBL} (?:o|yn|ym|yng) {_WELSH_CLASS}\b"
    rf"|\b(?:y|yr|'r|un|{EIN}) {_DISGYBL} (?!yn\b|o\b|ar\b|a\b|ac\b|i\b"
    r"|ym\b)\w{2,14}\b"
    rf"|\b(?:one|a|the|our) (?:little |young )?{either(CHILD)} (?:in|from"
    rf"|of) {_CLASS}\b"
    rf"|\b(?:dau|ddau|dwy|ddwy|tri|dri|tair|dair) (?:o )?(?:blant|ferched|fechgyn|ddisgyblion) (?:o |yn "
    rf"|ym )?"
    rf"{_WELSH_CLASS}\b|\b(?:two|three) (?:of )?(?:the )?{_CLASS} (?:children|pupils|girls|boys|kids)\b"
    rf"|\b(?:{_DISGYBL}|(?:[\w-]{{1,14}} ){{1,2}}newydd)"
    rf" (?:o|yn|ym|yng) {_WELSH_CLASS}\b",
    re.IGNORECASE,
)
_WENT = lazy_pattern(
    r"\b(?:joined|joins|joining|moved?|moves|moving|transferr?(?:ed|ing|s)|rehoused|resettled"
    r"|relocat\w{2,4}|off"
    r"|leaving(?: us)?|left(?: us)?|gone|starts?|starting|started|going|now (?:lives?|living|at|in)|liv(?:e"
    r"|es|ing)"
    r"|housed|settled|found a (?:new )?(?:home|house|flat)|has a (?:new )?(?:home|house"
    r"|flat))\b(?: \w{1,12}){0,3}?"
    r" (?:(?:for|to|at|in|into|near)(?: (?:a|the|her|his|their))?(?: new)?(?: school in)? )?"
    r"(?-i:(?!Mr|Mrs|Ms|Miss|Dr|Year|Reception|Nursery|Class|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|January|February|March|April|May|June|July|August|September|October|November|December|Easter|Christmas"
    r"|KS)[A-Z])[\w'’]{1,20}"
    r"|\b(?:symud|mynd|mudo|ymuno [âa]g?|setlo|byw|gartref newydd|cartref newydd|tŷ newydd"
    r"|dechrau)(?: \w{1,12}){0,2}?"
    r" (?:i|yn|yng|ym|ger|ag)? ?(?:ysgol |Ysgol )?(?-i:(?!Blwyddyn|Flwyddyn|Mlwyddyn|Mawrth|Mercher|Iau"
    r"|Gwener)"
    r"[A-Z])\w{1,20}|\bYsgol (?:y |yr )?[A-Z]\w{1,20}$",
    re.IGNORECASE,
)
_ILL = lazy_pattern(
    r"\b(?:in (?:the )?(?:hospital|intensive care|hdu|icu)|on (?:the )?ward|ward \w{1,4}|a ?& ?e|ambulance"
    r"|allergic"
    r"|diabetic|epileptic|autistic|deaf|blind|wheelchair|feeding tube|hearing aids?|cochlear|chemo\w{0,8}"
    r"|cancer|leukaemia|tumour|transplant|surgery|operation|seizures?|on dialysis|oxygen|pacemaker|crutches"
    r"|appendix|(?-i:[A-Z])\w+ (?:general|infirmary)|(?:hearing|visually)[- ]impaired|partially sighted"
    r"|(?:had|having|has|have) (?:a |an )?(?:\w{1,10} )?(?:fits?|seizures?|nose ?bleeds?|asthma attack"
    r"|panic attack|turn)"
    r"|a fit (?:in|at|on|during)|her (?:first )?periods?|started (?:her )?periods?|(?:wets?|wet|soils?"
    r"|soiled|messed)"
    r" (?:him|her|them)sel(?:f|ves)|wet(?:s|ting)? the bed|fainted|fainting|passed out|collapsed|autism"
    r"|autis\w{2,5}"
    r"|eating disorder|self-?harm\w{0,4}|incontinen\w{1,3}|bed-?wetting|continence|stammers?|stutters?"
    r"|nits|head ?lice"
    r"|in plaster|adhd|cerebral palsy|down'?s syndrome|non-?verbal|nearly died|br(?:oke|eaking) (?:his|her"
    r"|their)"
    r"|(?:broken|fractured|sprained|dislocated) (?:\w{1,10} )?(?:leg|arm|wrist|ankle|finger|toe"
    r"|foot|hand|nose"
    r"|collar ?bone|elbow|knee|rib|shoulder)|stitches|tonsils|bed \d{1,3}|children's (?:ward|floor|hospital)"
    r"|(?:having|had|for) tests at"
    r"|wedi torri (?:ei (?:[cg]h?oes|fraich|braich|arddwrn|bys|ffer|throed|droed|hysgwydd"
    r"|ysgwydd|thrwyn)|pont)"
    r"|(?:arddwrn|coes|braich|ffer) wedi (?:ei )?(?:th?|d)orri|[pb]h?wythau|t?h?onsil\w{0,4}"
    r"|gwely \d{1,3}|llawr y plant"
    r"|yn yr ysbyty|ysbyty|ward|byddar|fyddar|dall|ddall|awtistig|diabetig|epileptig|[cg]adair olwyn|canser"
    r"|ganser"
    r"|[cg]emotherapi|llawdriniaeth|lawdriniaeth|ffit(?:iau)?(?= (?:yn y (?:pwll|dosbarth|wers|neuadd)|ar"
    r"|heddiw|ddoe)|$)"
    r"|trawiad\w{0,3}|awtist\w{0,6}|mislif|fislif|(?:gwlychu|wlychu|baeddu|faeddu) (?:ei"
    r"|eu) (?:h?un\w{0,4}|gwely)"
    r"|lewyg\w{1,4}|llewyg\w{1,4}|teclyn(?:nau)? clyw|(?:cymorth|cymhorthion) clyw|clefyd \w{3,10}|asthma"
    r"|alerg\w{1,5}"
    r"|atal dweud|hunan-?niwe?id\w{0,3}|anhwylder \w{3,10}|iselder|gorbryder|nam ar (?:ei|eu) (?:golwg|clyw)"
    r"|anabl\w{0,4}|llau|nedd|syndrom \w{3,10})\b",
    re.IGNORECASE,
)
_GROUP = (
    r"(?:(?:\w{3,12} )?(?:club|team|squad|choir|class|group|girls|boys|children|pupils|explorers|runners"
    r"|walkers"
    r"|swimmers|gardeners|cooks|scouts|cubs|brownies|rainbows|guides|juniors|infants)|year \w{1,6}s?"
    r"|reception"
    r"|nursery|y\d{1,2}|\d{1,2}[a-z])"
)
_WELSH_GROUP = (
    r"(?:(?:clwb|tim|tîm|côr|cor|criw|dosbarth|grwp|grŵp) ?\w{0,12}|(?:[mbf]lwyddyn|flwyddyn) \w{1,6}|plant"
    r"|merched|bechgyn|genod|hogia\w?|nofwyr|rhedwyr|dawnswyr|disgyblion|derbyn|meithrin)"
)
_EACH_WEEK = (
    r"(?:(?:every|each) (?:school )?(?:day|morning|afternoon)|bob (?:dydd|bore|prynhawn)|(?:every"
    r"|each) (?:mon|tues|wednes|thurs|fri|satur|sun"
    r"|week)day|ar dd?ydd \w{3,8}|(?:on )?(?:mon|tues|wednes|thurs"
    r"|fri|satur"
    r"|sun)days|bob (?:dydd|nos|prynhawn|bore) \w{3,8})"
)
_TIME = (
    r"(?:(?:at|from|until|till|after|by|about|back) (?:\d|half|quarter|five|ten|twenty|three|four|lunch"
    r"|school)"
    r"|(?:am|o|tan|tua|erbyn) (?:\d|hanner|chwarter|ddeg|bump|dri|bedwar))"
)
_OUTSIDE = (
    r"(?:outside (?:the )?(?-i:[A-Z])\w{2,12}|spar|co-?op|tesco|greggs|chip shop|bus stop|allotments?"
    r"|lighthouse|seafront|prom(?:enade)?|pier|harbour|pool|baths|leisure centre|vestry|church"
    r"|chapel|park|woods?|forest|beach|car park|bus|coach|station|field|river|lake|canal|farm|town|village"
    r"|hostel"
    r"|hotel|café|cafe|shops?|museum|theatre|cinema|(?:back|side|kitchen|fire) (?:door|gate|exit)"
    r"|(?:drws|dd?rws|giât|gât) (?:y |yr )?(?:cefn|gefn|ochr|gegin)|goleudy|hamdden|pwll|traeth|parc|eglwys"
    r"|capel"
    r"|afon"
    r"|rhandir|tref|siop\w{0,3}|gorsaf"
    r"|(?:in|at|yn|yng|ym) (?-i:(?!Year|Reception|Nursery|Class|Block|Room|Neuadd|Blwyddyn|Mlwyddyn"
    r"|[A-Z]\w{0,8}day)[A-Z])"
    r"\w{3,15}|[A-Z]\w{2,15} (?:Lane|Road|Street|Park|Avenue))"
)
_IS_THERE = lazy_pattern(rf"\b(?:{_GROUP}|{_WELSH_GROUP})\b", re.IGNORECASE)
_IS_OUTSIDE = lazy_pattern(rf"\b{_OUTSIDE}\b", re.IGNORECASE)
_IS_EACH_WEEK = lazy_pattern(rf"\b{_EACH_WEEK}\b", re.IGNORECASE)
_IS_TIME = lazy_pattern(rf"\b{_TIME}", re.IGNORECASE)
_CHANGES = lazy_pattern(
    r"\b(?:(?:get|gets|are|is) chang(?:ed|ing)|changes?|(?:yn|'n) newid) (?:\w{1,12} )?(?:in|at|yn|yng|ym)\b",
    re.IGNORECASE,
)
_THIS_MINUTE = lazy_pattern(
    r"\b(?:as we speak|right now|at the moment|this minute|y funud (?:hon|yma)|ar hyn o bryd"
    r"|just (?:left|off|leaving|arrived|here)|newydd (?:adael|gyrraedd))\b",
    re.IGNORECASE,
)
_TRAIT = lazy_pattern(
    r"\b(?:transgender|trans|gay|lesbian|bisexual|non-?binary|muslim|jewish|sikh|hindu|hijab|refugees?|asylum"
    r"|traveller|gypsy|roma|looked-? ?after|in care|adopted|fostered|young carers?|excluded|suspended"
    r"|foster[ -](?:carers?|famil(?:y|ies)|parents?|mum|dad|home|placement|child)|foster(?:ed)? by|expelled"
    r"|(?:g?ofal|[gc]?h?artref|gofalwyr|ofalwyr|d?th?eulu|deulu|plentyn|blentyn|rhieni|rieni) maeth"
    r"|free school meals|(?:[pb]rydau|[cg]inio)(?: ysgol)? am ddim|grant amddifadedd|banc bwyd|food ?bank"
    r"|pupil premium"
    r"|bereaved|traws\w{0,10}|ffoadur\w{0,4}|[mf]abwysi\w{2,6}|mewn gofal"
    r"|gofalwyr? ifanc|g?wahardd\w{0,4}|suspension|exclusion|mwslim\w{0,3}|mewn profedigaeth)\b",
    re.IGNORECASE,
)
"""What is no one's business but a child's own."""
_HAVE_IT = lazy_pattern(
    r"\b(?:our|the|these|those|five|four|three|two|ein|y|'r) (?:\w{1,12} ){0,1}(?:looked-? ?after|in care"
    r"|adopted"
    r"|fostered|refugee|bereaved|excluded|traveller|roma|pupil premium|young carers?)"
    rf"(?: (?:pupils|children|kids|boys|girls|families|students|trip|club|group)|(?= (?:in|from"
    rf"|of) {_CLASS}\b))"
    r"|\b(?:our|the|these|those) (?:children|pupils|boys|girls|kids) in care\b"
    r"|\b(?:free school meals?|pupil premium) (?:famil(?:y|ies)|children|pupils|kids)(?= (?:who|that|got"
    r"|won))"
    r"|\bpupil premium (?:trip|treat|outing|club)\b|\b(?:ein|y|'r) plant mewn gofal\b",
    re.IGNORECASE,
)
"""Some who have it, as a school speaks of its own."""
_KNOWN_FOR = lazy_pattern(
    rf"\b(?:the|our) (?:twins|triplets|brothers|sisters|siblings|{_PUPIL}) from (?-i:[A-Z])\w+ in {_CLASS}\b"
    rf"|\b(?:the|that) (?:twins|family|brother|sister|{_PUPIL}) (?:(?:who|that) (?:was|is|were) )?(?:in"
    rf"|on) the"
    r" (?:news|papers?|telly)\b(?! (?:hat|chain|crown|mask|boat|plane|aeroplane))",
    re.IGNORECASE,
)
"""Where one child came from, or what the town read of them."""
_SAID_OF_ALL = lazy_pattern(
    r"\b(?:awareness|policy|training|talk|(?<!last )(?<!this )(?<!next )week|learn\w{0,3}|open to"
    r"|qualif\w{2,5}|eligible|apply|welcome"
    r"|charity"
    r"|website|guidance|polisi|hyfforddiant|ymwybyddiaeth|elusen)\b",
    re.IGNORECASE,
)
_FEW_OF_THEM = lazy_pattern(
    r"\b(?:(?:the|our|both|only the)(?: only)?(?: (?:two|three|four|little|young|small|year \w{1,6}"
    r"|\d{1,2}[a-z])){0,3} (?:twins|triplets|brothers|sisters|prefects|librarians|monitors|ones"
    r"|girls|boys|lads"
    r"|helpers)|(?:two|three) of (?:our|the|my)|(?:dau|ddau|dwy|ddwy|tri|dri|tair|dair) (?:\w{3,12})"
    r"|g?efeilliaid)\b",
    re.IGNORECASE,
)
_BY_THEMSELVES = lazy_pattern(
    r"\b(?:alone|by themselves|on their own|unsupervised|no (?:adults?|grown-?ups?) (?:with|there|about)"
    r"|without (?:an? )?(?:adults?|grown-?ups?)|ar eu pen(?:nau)? (?:eu )?hun(?:ain)?|heb (?:neb|oedolyn))\b",
    re.IGNORECASE,
)
_TILL_OR_BY = lazy_pattern(
    r"\b(?:till?|until|from (?:\d|one|two|three|half|nine|noon)|every (?:day|lunch\w{0,4}|morning|\w{3,6}day)"
    r"|pop (?:over|in|by|round)|come (?:over|round)|knock|(?:side|back) (?:door|gate)|tan (?:\w{3,8})|nes"
    r"|o (?:un|ddau|dri|bedwar) ymlaen|bob (?:dydd|amser|bore)|galwch|curwch|drws (?:y )?(?:cefn|ochr))\b",
    re.IGNORECASE,
)
_WAY_HOME = lazy_pattern(
    r"\b(?:go|goes|walk|walks|cycle|cycles|wander|head|run|set off|bike)(?: \w{1,8}){0,3}? (?:home|back)\b"
    r"(?:.{0,20}\b(?:by|along|across|through|past|down|over|in (?:twos|pairs))\b)"
    r"|\bcut across\b.{0,25}\bhome\b"
    r"|\b(?:[cg]h?erdded|beicio|feicio|seiclo|mynd|rhedeg) (?:adref?|adra|gartref)\b.{0,25}"
    r"(?:\bar hyd|\bdrwy|\bdros|\bheibio|\bfesul|'r [a-z])",
    re.IGNORECASE,
)
_NOW = lazy_pattern(
    r"\b(?:today|tonight|this (?:morning|afternoon|evening|week)|now|(?:until|till?) (?:\w{1,10})|heddiw|heno"
    r"|(?:y )?(?:bore|prynhawn|p'?nawn) '?(?:ma|yma|hwn)|nawr|rwan|yr wythnos (?:hon|yma)|tan \w{1,10})\b",
    re.IGNORECASE,
)
_BY_THE_WATER = lazy_pattern(
    r"\b(?:are|is|'re)(?: all| now| out| down| off| having| playing| building| at| \w{3,9}ing| lunch"
    r"| fun){0,3}"
    r" (?:at|by|on|in|near|beside) (?:the )?(?:lake\w{0,4}|sea\w{0,5}|sands?|beach|river|loch|quarry|canal"
    r"|reservoir"
    r"|waterfall|dunes|cliffs?|pier|woods?|forest)\b"
    r"|\b(?:mae|maen|rydyn|rydym|ydan|dan)\b[^.!?\n]{0,40}?\b(?:wrth|ar lan|ar|ger|yn|ym) (?:y |yr |'r )?"
    r"(?:llyn|mor|traeth|tywod|afon|coed|goedwig|pier|gamlas|rhaeadr|twyni|clogwyn|chwarel|gronfa)\b",
    re.IGNORECASE,
)
_ASLEEP = lazy_pattern(
    r"\bsleep(?:s|ing)? (?:in|on|at) (?:the|our|an?) (?!school|hall|main hall|playground|garden)"
    r"|\b(?:are|is|'re) (?:all )?(?:staying|sleeping|camping)(?: \w{1,10})? (?:at|in) (?:the )?(?-i:[A-Z])"
    r"|\b(?:yn|'n) (?:cysgu|aros|gwersylla) (?:yn|yng|ym|mewn|wrth|ger|ar) (?!neuadd|yr ysgol)",
    re.IGNORECASE,
)
_WHO = lazy_pattern(
    rf"\b(?:{_GROUP}|{_WELSH_GROUP}|we|we're|they|they're|maen nhw|rydyn ni|rydym|dan ni|ydan ni)\b",
    re.IGNORECASE,
)
_A_ROOM = lazy_pattern(
    r"\b(?:dorm\w{0,6}|bunk\w{0,6}|(?:room|rooms|floor|wing|tents?|pods?|lodge|hostel|hotel)"
    r"|(?:y)?stafell\w{0,2}"
    r"|llawr|[pb]abell|[pb]ebyll|hostel|gwesty|ngwesty)\b",
    re.IGNORECASE,
)
_UNDRESS = lazy_pattern(
    rf"\b(?:{_GROUP}|{_WELSH_GROUP})(?:'ll| will|'n| yn)?(?: all| then| now)?(?: get| gets| are| is"
    rf"| getting)?"
    r" (?:chang(?:e|es|ed|ing)|newid) (?:\w{1,8} )?(?:in|at|behind|yn|yng|ym|mewn"
    r"|tu ol)(?:'r)? (?:[\w']{1,12} ){0,3}?"
    r"(?:pavilion|boat ?house|huts?|sheds?|tents?|toilets?|barn|cabin|caravan|van|vestry|minibus"
    r"|porta ?cabin|marquee"
    r"|gazebo|dunes|trees|bushes|garage|[cg]wt|[cg]ytiau|[pb]ebyll|[pb]abell|sied|toiled\w{0,3}"
    r"|[pb]afiliwn|festri|ysgubor"
    r"|sgubor|[cg]aban"
    r"|[cg]arafan|llwyni|coed)\b",
    re.IGNORECASE,
)
"""Where a class gets changed, which is no room for it."""
_AT_HOME = lazy_pattern(
    r"\b(?:party|parties|sleep-?over|play ?date|bbq|barbecue|get-?together|disco"
    r"|birthday)\b[^.!?\n]{0,20}? (?:at|round"
    r"|in) (?-i:(?!St\b|Saint\b|Mr|Mrs|Miss)[A-Z][a-z'-]{1,15}(?: [A-Z][a-z'-]{1,15})?) (?:house|home"
    r"|place|flat"
    r"|(?:back )?garden)\b"
    r"|\b[pb]arti\w{0,2}\b[^.!?\n]{0,20}? (?:yn|yng) (?-i:nhy|ngardd|nghartref"
    r"|fflat) (?-i:[A-Z])[a-z]{1,15}\b",
    re.IGNORECASE,
)
"""A private party, where one child lives."""
_SHAPES = (
    (_FEW_OF_THEM, _BY_THEMSELVES, _TILL_OR_BY),
    (_IS_EACH_WEEK, _IS_TIME, _WAY_HOME),
    (_IS_EACH_WEEK, _IS_TIME, _IS_OUTSIDE, _IS_THERE),
    (_CHANGES, _IS_TIME, _IS_THERE),
    (_THIS_MINUTE, _IS_OUTSIDE, _IS_THERE),
    (_ASLEEP, _NOW, _WHO),
    (_ASLEEP, _A_ROOM, _WHO),
    (_BY_THE_WATER, _NOW, _IS_THERE),
    (_UNDRESS,),
    (_AT_HOME,),
)
"""Of each all stand in the sentence."""
_NOT_NOW = lazy_pattern(
    r"\b(?:(?:school|our) (?:field|hall|library|gym|playground)|(?:music|staff|art|class) ?room|neuadd"
    r"|last (?:week|month|year|term|mon\w*|tues\w*|wed\w*|thur\w*|fri\w*|sat\w*|sun\w*)|yesterday|loved|roedd"
    r"|on (?:its|their|our) way home)\b",
    re.IGNORECASE,
)
_STAFF = lazy_pattern(
    r"\b(?-i:M(?:r|rs|s|iss) [A-Z])|\b(?:sir|headteacher|teacher|governor|caretaker|cook|staff|author"
    r"|alumn\w{1,3}|old (?:girl|boy)"
    r"|former|cyn-?ddisgybl)\b",
    re.IGNORECASE,
)


def speaks_of_one(words: str) -> bool:
    """Return whether a folded sentence speaks of one child, and of no one who works here."""
    return bool(_ONE.search(words)) and not _STAFF.search(words)


def find_singled_out(text: str) -> Iterator[Seen]:
    """Yield what a folded text so tells."""
    for sentence in SENTENCE.finditer(text):
        words = sentence.group()[:LONGEST_SENTENCE]
        if speaks_of_one(words):
            for shape, kind in ((_WENT, Kind.PLACE), (_ILL, Kind.HEALTH)):
                if found := shape.search(words):
                    yield _seen(sentence, found, kind)
        some = (_ONE.search(words) or _HAVE_IT.search(words)) and not _SAID_OF_ALL.search(words)
        if some and (trait := _TRAIT.search(words)):
            yield _seen(sentence, trait, Kind.CLUE)
        elif known := _KNOWN_FOR.search(words):
            yield _seen(sentence, known, Kind.CLUE)
        for shapes in () if _NOT_NOW.search(words) else _SHAPES:
            if all(found := shape.search(words) for shape in shapes):
                yield _seen(sentence, shapes[0].search(words), Kind.PLACE)
                break


def _seen(sentence: re.Match[str], found: re.Match[str] | None, kind: Kind) -> Seen:
    begin, (start, end) = sentence.start(), found.span() if found else (0, 0)
    return Seen(begin + start, begin + end, kind, Strength.ASK)
