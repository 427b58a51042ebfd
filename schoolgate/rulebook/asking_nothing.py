"""Whether a sentence of a policy reads as if it asked nothing of anyone: it says what the policy is for, who
must follow it, with which papers it is read, who looks after it, what a law is, what follows from a breach,
or why there is a policy. Its owner is asked then; nothing is taken for granted."""

import re

from schoolgate.patterns import lazy_pattern
from schoolgate.rulebook.splitting import split

_POLICY = (
    r"(?:(?:this|the|our|its) (?:[\w’'&/-]+ ){0,5}?(?:policy|policies|document|guidance|guidelines|code)\b)"
)
_ABOUT_IT = lazy_pattern(
    rf"^\W{{0,3}}(?:(?:while|whilst|although) [^,;.]{{5,160}}, )?{_POLICY}"
    r"(?: and (?:the |its )?procedures)? (?:(?:also|therefore) )?"
    r"(?:sets out the (?:principles|standards|rules) (?:that|which) [^,;.]{5,120} (?:is|are)"
    r" expected to follow"
    r"|(?:aims?|seeks) to \w+|aims?|seeks|applies|covers?|sets? out|outlines?"
    r"|explains?|describes?|gives?|provides?|makes? clear|includes?|complies|has regard"
    r"|(?:is|are) (?:intended|based|designed|written|part|informed|linked|underpinned|for|in line)"
    r"|(?:should|is to|must|will) (?:also )?be (?:read|viewed|seen|used|considered|understood)"
    r"|(?:was|has been) (?:written|agreed|adopted|drawn|developed|produced|approved|prepared))\b"
    r"|^\W{0,3}it (?:also )?(?:applies|covers|gives guid\w+|(?:should|is to|must) be (?:read|viewed|seen))\b"
    rf"|^\W{{0,3}}the (?:\w+ ){{0,2}}(?:aims?|purpose|intention|objectives?|scope) of {_POLICY}"
    r"(?: (?:is|are) to \w+)?"
    r"|^\W{0,3}(?:these|such|the) (?:\w+ ){0,2}?(?:individuals|people|groups|persons) are"
    r" (?:collectively )?referred to"
    r"|^\W{0,3}the terms? [“\"‘'][^”\"’']{2,40}[”\"’'][^.;]{0,40}"
    r" (?:should|is to|must) (?:also )?be (?:read|taken)"
    r"|^\W{0,3}(?:yn y polisi hwn|diben y|nod y) |\b(?:mae|nod|diben)'?r? polisi hwn\b",
    re.IGNORECASE,
)
"""What the policy is, and with what it's read."""
_WHOSE_IT_IS = lazy_pattern(
    r"^\W{0,3}(?:(?:[\w’'&/-]+,? ){1,8}?(?:(?:has|have|takes?) (?:the )?(?:\w+ ){0,2}responsibility for"
    r"|(?:is|are|will be|remains?) (?:\w+ ){0,2}responsible for)"
    r"|(?:\w+ )?responsibility for) (?:the )?(?:day-to-day )?"
    r"(?:implement\w+|overseeing|oversight|management|managing|handling complaints regarding|reviewing|review"
    r"|monitoring|following|complying with|adhering to)"
    rf"(?:,? (?:and )?(?:implement\w+|management|managing|monitoring|review\w*|maintenance))*"
    rf"(?: (?:of|the operation of))? {_POLICY}",
    re.IGNORECASE,
)
"""Who looks after the policy itself."""
_FOLLOWS = lazy_pattern(
    r"^\W{0,3}(?:any |all |serious |deliberate |repeated )*(?:breach(?:es)?|non-compliance|misuse"
    r"|inappropriate use|contravention|fail(?:ure|ing) to (?:comply|follow|adhere|observe))\b"
    r"(?! (?:must|should|shall|is|are))"
    r"(?:(?! (?:must|should|shall)\b).){0,160}?"
    r"\b(?:may|might|could|can|will)\b(?: \w+){0,2} (?:result|lead|be (?:treated|dealt|considered|regarded"
    r"|viewed|subject|referred|seen)|constitute|amount)\b"
    r"|^\W{0,3}gallai? torri('r)? (?:y )?polisi\b",
    re.IGNORECASE,
)
"""What follows from a breach."""
_WHY = lazy_pattern(
    r"\b(?:ha(?:s|ve) become|(?:is|are) (?:an? )?(?:\w+ )?(?:increasing|growing|significant|integral|popular"
    r"|part of (?:everyday|modern|daily))|provides? (?:\w+ ){0,3}(?:ways?|opportunit\w+|chances?)"
    r"|(?:can|may) (?:also )?(?:present|pose|create|carry|bring) (?:\w+ ){0,3}risks?"
    r"|(?:offers?|brings?|opens? up) (?:\w+ ){0,4}(?:opportunit\w+|benefits?|ways?|risks?|challenges?)"
    r"|guid(?:ance|elines?) (?:is|are) (?:necessary|needed|important)"
    r"|it is impossible to (?:cover|list|foresee)"
    r"|recogni[sz]es? (?:that|the)|acknowledges? (?:that|the)|respects? (?:[\w’'/]+,? ){1,6}right to)\b",
    re.IGNORECASE,
)
"""Why there is a policy, and what the school thinks."""
_POINTS_ON = lazy_pattern(
    r"\b(?:must|should|will|has to|have to) (?:also )?(?:comply with|follow|be in line with|meet)"
    r" (?:all )?(?:the|any) (?:[\w-]+ ){0,3}?(?:conditions|principles|standards|rules|requirements"
    r"|guidelines) (?:that are )?(?:outlined|set out|listed|described|given)"
    r" (?:below|above|here|in this (?:policy"
    r"|section|document))"
    r"|^\W{0,3}if [^,;.]{5,160}, (?:the|its|their) (?:content|information|posts?) (?:is|are) unlikely to be"
    r" of (?:any )?concern\b",
    re.IGNORECASE,
)
"""Where what is asked is said, and of what nothing is."""
_LAW = lazy_pattern(
    r"^\W{0,3}(?:the|section \d{1,3} of the) (?:[\w&,’'()-]+ ){0,10}?(?:act|regulations?|gdpr|directive)"
    r"(?: \(?(?:19|20)\d\d\)?)?,? (?:also )?(?:makes?|sets?|gives?|protects?|requires? (?:schools|employers)"
    r"|applies|governs?|covers?|states?|came|allows?)\b",
    re.IGNORECASE,
)
_SAYS_SO = (_ABOUT_IT, _WHOSE_IT_IS, _FOLLOWS, _WHY, _POINTS_ON, _LAW)
_ASKS = lazy_pattern(
    r"\b(?:must|shall|should|ought|need(?:s|ed)? to|required to|not|never|no|none|nothing|only|neither|nor"
    r"|cannot|can[’']t|isn[’']t|don[’']t|won[’']t|allow\w*|permit\w*|permission|prohibit\w*|forbid\w*|banned"
    r"|unless|until|except\w*|provided that|consent|expect\w*|ensur\w+|please|are asked|is asked|free to"
    r"|report(?:ed|s)?|inform(?:ed|s)?|tell|told|notif\w+|reserves?|immediately|at once|within \d"
    r"|rhaid|dylai\w*|dylid|peidi\w*|chaniat\w*|ddyl\w*|oni bai|hyd nes|dim ond|caiff|ni )\b",
    re.IGNORECASE,
)
"""Words with which it asks for something, beside those by which it's known."""
MOST = 600
"""Letters of a sentence; a longer one says more than that."""


def asks_nothing(text: str) -> bool:
    """Return whether each sentence reads as if it asked nothing of anyone."""
    sentences = split(text)
    return bool(sentences) and all(map(_asks_nothing, sentences))


def _asks_nothing(sentence: str) -> bool:
    known = next((found for one in _SAYS_SO if (found := one.search(sentence))), None)
    if known is None or len(sentence) > MOST:
        return False
    return _ASKS.search(sentence[: known.start()] + " " + sentence[known.end() :]) is None
