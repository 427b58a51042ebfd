"""Words of courts, orders, police, custody, refuge or what happened at home. Such a matter of one family is
asked about; where a pupil is named beside it, a safeguarding lead alone lets it out."""

from __future__ import annotations

import re
from collections.abc import Collection

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.folding import Folded
from schoolgate.screening.hits import Hit, Kind, Strength
from schoolgate.screening.personal import LONGEST_SENTENCE, SENTENCE, Seen

_KIN = (
    r"(?:step ?-?|foster ?-?|grand)?(?:mother|mum(?:my)?|mam|father|dad(?:dy)?|parents?|nan|gran(?:ny)?"
    r"|grandad|uncle|aunt(?:ie|y)?|brother|sister|siblings?|carers?|family|families|partner|son"
    r"|daughter|twins)"
    r"(?:'s|s')?"
)
_CHILD = r"(?:pupil|child|children|girls?|boys?|lads?|student|kids|twins|triplets)(?:'s|s')?"
_OF_ONE = lazy_pattern(
    rf"\b(?:his|her|their|whose|the|this|that|these|our|one|two|my|your|(?-i:[A-Z])\w+'s) "
    rf"(?:\w{{2,12}} ){{0,1}}(?:{_KIN}|{_CHILD})\b"
    r"|\b(?:he|she|him)(?:'s|'ll|'d)?\b"
    r"|\b(?:ei|eu|fy|ein|dy|eich|y|yr|gan|hwn|hon|dau|dwy|un)(?: o)? ?(?:mam|fam|mham|dad|tad|thad|rhieni"
    r"|teulu|theulu|deulu|nain|thaid|taid|llystad|lysdad|llysdad|llysfam|brawd|frawd|chwaer|modryb"
    r"|fodryb|ewythr"
    r"|hewythr|merch|ferch|mab|fab|bachgen|fachgen|plant|blant|phlant|plentyn|disgybl|ddisgybl|efeilliaid"
    r"|gefeilliaid)\b"
    r"|(?:'r|'i|'u) (?:teulu|theulu|deulu|fam|mam|thad|dad|tad|ferch|merch|bachgen|plentyn|disgybl"
    r"|plant|efeilliaid"
    r"|rhieni|fodryb|lystad|tw?ins)\b"
    r"|\b(?:iddo|iddi|hithau|yntau|(?:mae|a|ag) (?:hi|o|e|fo|fe|ef)|ganddo|ganddi)\b",
    re.IGNORECASE,
)
_GRAVE = lazy_pattern(
    r"\b(?:family court|court (?:orders?|cases?|hearings?|proceedings|dates?|battles?|appearances?)"
    r"|(?:care|custody|contact|residence|protection|restraining|occupation|prohibited steps"
    r"|special guardianship"
    r"|non-?\s?molestation) (?:orders?|proceedings)|non-?\s?molestation|injunctions?"
    r"|custody (?:battles?|cases?|hearings?|disputes?|fights?|rows?)|(?:in|into) (?:police )?custody"
    r"|(?:full|sole|lost|losing|got|has|have|given) custody|(?:on|out on|breach(?:ed|ing)?(?: of)?"
    r"|police|released on) "
    r"(?:\w{1,10} )?bail|bail (?:conditions?|terms|hearing)|on remand|remanded|witness protection"
    r"|(?:in|to|into|at|from|of) (?:a|the|her|their) (?:(?:women's|family|local|new) )?(?:refuge|safe house)"
    r"|(?:since|after|because of) (?:the|his|her|their)(?: parents'?)? (?:divorce|separation|split)"
    r"|parents (?:have |had |got )?(?:split(?: up)?|separated|divorced)"
    r"|(?:ers|ar ol|ar ôl|oherwydd|achos)(?: i)? ?(?:yr |'r )(?:ysgariad|gwahaniad)"
    r"|rh?ieni (?:wahanu|ysgaru|wedi gwahanu|wedi ysgaru)"
    r"|women's refuge|child protection (?:plan|conference|case|register)|domestic (?:abuse|violence)"
    r"|(?:gone|went|going|go) into hiding|in hiding"
    r"|what (?:has |had )?(?:happened|happens|went on|goes on|was going on|was done"
    r"|\w{1,10} did) (?:to \w{1,10} )?at home"
    r"|(?:after|since|because of|about) (?:the )?(?:things|events|trouble|incident|business) at home"
    r"|(?:gorchymyn|orchymyn|gorchmynion|orchmynion) (?:y )?(?:llys|gofal|gwarchod|atal|preswylio"
    r"|amddiffyn|cyswllt)"
    r"|(?:achos|hachos|achosion|gwrandawiad|wrandawiad|brwydr|frwydr) (?:yn y |mewn |y )?llys(?:oedd)?"
    r"|(?:y|'r|mewn) ?llys teulu|(?:ar|dan|thorri|dorri)(?: ei)? fechniaeth|[fm]echniaeth|g?waharddeb"
    r"|(?:y|'r) ?ddalfa|(?:brwydr|frwydr|dadl|ddadl|achos)(?: am| dros| ynghylch)? g?warchodaeth"
    r"|g?warchodaeth (?:lawn )?(?:o|dros)"
    r"|(?:mewn|i|o|yn y|yn|i'r|o'r) (?-i:lloches|loches)\b(?! (?:anifeiliaid|adar|y tylluanod))|ty diogel"
    r"|[cg]h?ynllun amddiffyn plant|(?:trais|drais|cam-?drin|gam-?drin) (?:domestig|ddomestig"
    r"|yn y cartref|gartref)"
    r"|(?:yn|'n) cuddio (?:ers|rhag|oddi wrth|oherwydd|achos)|mynd i guddio"
    r"|(?:(?:yr )?hyn|beth|pethau|be)(?: a| sydd wedi)? (?:ddigwyddodd|ddigwydd|digwydd|fu|wnaed|aeth ymlaen)"
    r" (?:iddi |iddo )?(?:gartref|gartre|adref?|adra))\b",
    re.IGNORECASE,
)
"""What is one family's and no one else's to know, with no one named."""
_HARD = lazy_pattern(
    r"\b(?:arrest(?:s|ed)?|charged(?! with (?:making|finding|designing|leading|keeping|looking"
    r"|planning|the\b))"
    r"|convicted|sentenced|on trial|awaiting trial|prison|jail(?:ed)?|in court|at court|to court|probation"
    r"|(?:gave|gives?|giving) evidence against|judge (?:has |had )?(?:said no|says no|ruled|ordered)"
    r"|help(?:ing|s) with (?:\w{1,8} )?[ei]nquiries|removed from (?:the|their|his|her) (?:home|family"
    r"|parents|care)"
    r"|police (?:\w{1,10} ){0,3}(?:took|taken|came (?:to|for|round)|at (?:the|his|her|their)"
    r"|looking for|involved"
    r"|investigat\w+|question(?:ed|ing)|searched)|(?:to|by|from) the police|social (?:services"
    r"|workers?)|taken into care"
    r"|(?:isn't|isnt|is not|not|aren't|are not|no longer|never|mustn't|must not|can't"
    r"|cannot) (?:be )?(?:allowed |to be )?"
    r"(?:shown |seen |named )?(?:in public|near|anywhere near|contact with)"
    r"|h?aresti\w*|barnwr|dd?edfryd\w*|(?:t|d|th|nh)ystiolaeth yn erbyn"
    r"|gydag ymholiadau|swyddogion[^.!?]{0,30} o'r cartref|cyhuddo|gyhuddo|chyhuddo|[cg]h?archar\w*"
    r"|ngharchar|dreial|treial"
    r"|heddlu (?:[\w']{1,10} ){0,3}(?:ty|drws|holi|ymchwilio|chwilio|cymryd|mynd a)|(?:i|gan|at|o)'r heddlu"
    r"|g?wasanaethau (?:cymdeithasol|plant)|g?weithiwr cymdeithasol|'r llys|y llys"
    r"|(?:ddim|ni chaiff|na chaiff|chaiff|geith|cheith|chawn|ni chawn)[^.!?]{0,25} (?:agos at"
    r"|gyhoeddus|enwi|gyswllt"
    r"|cysylltu|ddangos))\b",
    re.IGNORECASE,
)
"""What tells of such a matter beside one child or one of a family."""
_LESSON = lazy_pattern(
    r"\b(?:mock|ffug|lessons?|gwers(?:i)?|learn(?:ed|t|ing|s)?|taught|workshops?|gweithdy|history"
    r"|hanes|novel|nofel"
    r"|diary|dyddiadur|studied|astudi\w+|dysgodd|ddysgodd|museum|amgueddfa|debat(?:e|ing)|barristers?"
    r"|bargyfreith\w+"
    r"|awareness|charity|elusen|animals?|anifeiliaid|wildlife|owls?|donkeys?|hedgehogs?|draenogod"
    r"|tennis|tenis|basketball"
    r"|pel-?rwyd|pel-?fasged|badminton|squash|road safety|leaflets?|taflen)\b",
    re.IGNORECASE,
)
_SCHOOL_DAY = lazy_pattern(
    r"\b(?:drama|school play|musical|scenes?|book|llyfr|stor(?:y|ies)|stori|read(?:ing)?|darllen"
    r"|ddarllen|visit(?:ed|s"
    r"|ing)?|ymwel\w+|rais(?:e|ed|ing)|assembly|gwasanaeth boreol|training|hyfforddiant|cadets?"
    r"|talk(?:ed|s)? (?:to|about)"
    r"|helpline|llinell gymorth|banks?|computer|ar-lein|online)\b",
    re.IGNORECASE,
)
"""What makes a word of the second list one of any school day."""
_IN_GENERAL = lazy_pattern(
    r"\b(?:(?:if|when|where|whenever) (?:a|an|any|you)\b|any(?:one)? |staff (?:must|should|may|can"
    r"|never)|must not post"
    r"|before you post|don't post|cyn postio|(?:ni chaiff|peidiwch) [^.!?]{0,15}(?:b|ph)ostio"
    r"|os (?:oes|yw|ydy|ydych)"
    r"|(?:a|each|every|no) (?:child|pupil|parent|family)(?! of ours)\b)",
    re.IGNORECASE,
)
"""A rule or advice, which tells of no family."""


def find_family_matters(folded: Folded, named: Collection[Hit]) -> list[Seen]:
    """Return where a folded text tells of such a matter. `named`: the pupils' names in it."""
    found: list[Seen] = []
    if not (_GRAVE.search(folded.text) or _HARD.search(folded.text)):
        return found
    strength = Strength.STOP if named else Strength.ASK
    for sentence in SENTENCE.finditer(folded.text):
        words = sentence.group()[:LONGEST_SENTENCE]
        if _LESSON.search(words):
            continue
        begin, end = folded.span(*sentence.span())
        school_day = _SCHOOL_DAY.search(words)
        of_one = _OF_ONE.search(words) or not (school_day or _IN_GENERAL.search(words))
        of_this = any(begin <= each.start < end for each in named)
        told = _GRAVE.search(words) if of_one or of_this else None
        if not told and (of_one or (of_this and not school_day)):
            told = _HARD.search(words)
        if told:
            at = sentence.start()
            found.append(Seen(at + told.start(), at + told.end(), Kind.FAMILY, strength))
    return found
