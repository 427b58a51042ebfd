"""Words that accuse an adult of something, or warn of them, in English and Welsh: each says by itself that
what was written isn't for the person it names."""

from __future__ import annotations

import re

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.folding import fold

_CHILDREN = (
    r"(?:kids?|child\w*|girls?|boys?|pupils?|students?|teenagers?|youngsters?|daughters?|sons?"
    r"|minors?|(?:year|yr) \d+s|year (?:ones|twos|threes|fours|fives|sixes|sevens|eights|nines|tens)|y\d+s"
    r"|little ones)"
)
_PLANT = r"(?:b?ph?lant|merched|[bf]echgyn|plentyn|blentyn|dd?isgybl(?:ion)?|m?[mf]erch|bechgyn)"
_ACCUSES = lazy_pattern(
    r"\b(?:arrest\w*|suspended|suspension|sacked|jailed?|prison|convict\w*|criminal|charged with|on bail"
    r"|(?:in|to|at) court|court case|investigat\w*|allegation\w*|accus\w*|victims?|assault\w*|cover(?:ed)? up"
    r"|police(?! (?:visit|officers?|dogs?|cars?|talk|cadets?|community|station))"
    r"|p[ae]{1,2}do\w*|nonces?|perv\w*|predator\w*|grooming|molest\w*|grop(?:es?|ed|ing)|fondl\w*|fiddl(?:es?|ed"
    r"|ing) with|porn\w*|creepy?|creeps|sleaz\w*|touchy|handsy|inappropriate\w*|indecent\w*|naked|nudes?"
    r"|up (?:\w+ )?skirts?|upskirt\w*|under ?age|racist|racism|violent|aggressive|manhandl\w*|heavy.handed"
    r"|rough with|lost (?:his|her|their) temper|humiliat\w*|bruis\w*|drugs|cocaine|cannabis|alcohol|vodka"
    r"|(?:smell|stink|reek)\w* of \w+|in tears(?! of (?:joy|laughter|laughing|pride|happiness|relief)\b)"
    r"|made (?:\w+ ){1,3}cry|scared of|terrified|frightened of"
    r"|afraid of|beware|watch out for|watch your|look out for your|stay away|keep away|keep clear|steer clear"
    r"|(?:keep|kept|get|stay|hide|move|take) (?:\w+ ){0,5}away from|away from (?:\w+ ){0,2}"
    + _CHILDREN
    + r"|near (?:\w+ ){0,2}"
    + _CHILDREN
    + r"|(?:trust|left|leave|alone|weird|odd|strange|funny|safe|unsafe|obsessed|too \w+) (?:\w+ ){0,2}"
    r"(?:with|around|near|about) (?:\w+ ){0,2}"
    + _CHILDREN
    + r"|(?:not|isn't|isnt|aren't|don't feel|doesn't feel|never|nobody is|no one is) (?:\w+ )?safe"
    r"|can'?t be trusted|don'?t trust|hands? (?:to (?:him|her|them)sel\w+|all over|everywhere|off|up|down|on"
    r"|round|under)|(?:on|onto) (?:his|her|their) (?:lap|knees?)|in (?:his|her|their) car"
    r"|(?:at|to|round|in) (?:his|her|their) (?:house|flat|bedroom)|chang(?:ing|ed) (?:rooms?|in front)"
    r"|getting changed|(?:in|into) the (?:toilets?|showers?|store ?room|cupboard|loos?)"
    r"|(?:text|messag|dm|call|snap|ring)\w* (?:\w+ ){0,4}(?:at night|late|in the night|privately|midnight)"
    r"|(?:messag|text|dm|snap|follow|ask|film|watch|star)\w* (?:at )?(?:\w+ ){0,2}"
    r"(?:girls|boys|daughter|kids home|for (?:pics|pictures|photos))"
    r"|(?:pictures|photos|pics|videos) of (?:my |our |the )?(?:girls|daughter|her|body|kids in)"
    r"|what (?:he|she|they)(?:'s|'d| has| have)? (?:did|done|does) (?:to|with|in)"
    r"|wouldn'?t let (?:\w+ ){1,3}(?:go to|use|leave|out|eat|drink|drank)|get rid of)\b"
    r"|\b(?:arest\w*|harest\w*|carchar\w*|garchar\w*|heddlu(?! lleol)|gwahardd\w*|wahardd\w*|dd?iswydd\w*"
    r"|[bp]h?edoffeil\w*|p[ae]{1,2}doffeil\w*|[bp]yrfert\w*|bhyrfert|ymosod\w*|ymddwyn yn amhriodol|amhriodol"
    r"|anaddas|c?g?h?am.?drin\w*|meddw|feddw|wedi meddwi|dwylo (?:dros|ar|ym)|ddwylo|rhy agos"
    r"|creulon\w*|greulon"
    r"|cleis\w*|gleis\w*|(?:gwneud|wneud|gwnaeth|wnaeth) (?:\w+ ){1,3}(?:grio|crio|lefain)|gwyliwch"
    r"|gochelwch|byddwch yn ofalus|gwylia|draw (?:oddi wrth|rhag|o|oddi)"
    r"|cadw\w* (?:\w+ ){0,5}(?:draw|oddi wrth)"
    r"|(?:ddim yn|nid yw'n|anni?ogel|ddim) (?:saff|ddiogel|ffit)|(?:ymddiried|gadael|agos|diogel|saff) "
    r"(?:\w+ ){0,3}(?:gyda|at|ger|efo|i|o gwmpas)(?:'r)? (?:\w+ ){0,1}"
    + _PLANT
    + r"|ar ei (?:lin|glin|gliniau)|yn ei (?:gar|char|dy|thy|gartref)|o flaen y llys|yn y llys|llys"
    r"|(?:neges|tecst)\w* (?:\w+ ){0,5}(?:gyda'r nos|yn y nos|yn hwyr|ganol nos)"
    r"|(?:neges|tecst|gwylio|wylio|dilyn|ddilyn|syllu)\w* (?:\w+ ){0,3}"
    + _PLANT
    + r"|luniau o(?:'r| fy)? (?:m?[mf]erch\w*|plant|bechgyn|disgyblion)|newid (?:dillad|o flaen)|noeth\w*"
    r"|hiliol|hiliaeth|cyffuriau|gyffuriau|alcohol|rhegi|regi)\b",
    re.IGNORECASE,
)


def accuses(text: str) -> bool:
    """Return whether a text accuses an adult of something, or warns of one."""
    return bool(_ACCUSES.search(fold(text).text))
