"""How any danger says that it’s there already: someone at the gate or on the way, a weapon in a hand,
tonight, or what was swallowed. What only hints at one is told at once then."""

from __future__ import annotations

import re

from schoolgate.patterns import lazy_pattern

AT_HAND = lazy_pattern(
    r"\b(?:right now|to-?night"
    r"|(?:is|are|am|i['’]?m|s?he['’]?s|they['’]?re|standing|waiting|sitting|parked) (?:outside"
    r"|on (?:my|his|her|their|the) way"
    r"|at (?:the|your|our|my) (?:front |back |school )?(?:gates?|door|window|fence))"
    r"|(?:has|have|['’]s|['’]ve|carrying|holding) (?:got )?(?:a|an|his|her|the) (?:\w+ )?"
    r"(?:knife|blade|machete|axe|hammer|gun|pistol|rifle|weapon|bomb)"
    r"|(?:took|taken|swallowed) (?:\w+ ){0,3}(?:pills|tablets|paracetamol|overdose)"
    r"|heno|r[wŵ]an hyn|y (?:funud|eiliad) (?:yma|hon)|ar (?:fy|ei|eu|y) ffordd"
    r"|wrth (?:y|eich|ein) (?:gi[âa]t|g[âa]t|drws|ffenest|ffens)"
    r"|(?:tu allan|tu fas) i[’']r (?:ysgol|drws|gi[âa]t)"
    r"|(?:gan|gyda|[’']da) (?:\w+ ){1,2}(?:gyllell|gwn|wn|fwyell|fom|bom|arf)"
    r"|(?:[wc]edi|di) (?:cymryd|llyncu) (?:\w+ ){0,3}(?:tabledi|dabledi|bils|pils))\b",
    re.IGNORECASE,
)

MEETS_TODAY = lazy_pattern(
    r"\b(?:(?<!live )(?<!lives )(?<!living )(?<!school )(?<!go to )now|today|tonight|at lunch ?(?:time)?"
    r"|this (?:morning|afternoon|evening|lunch ?time)|heddiw|heddi|heno"
    r"|(?<!byw )(?<!ysgol )(?:r[wŵ]an|nawr)|amser cinio|y? ?(?:bore|prynhawn|p'?nawn) ?(?:yma|’ma|'ma))\b",
    re.IGNORECASE,
)
"""How a question after a child says that it is about today: where they can be met before a lead's morning."""
