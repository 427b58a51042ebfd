"""Words by which someone tells what an adult does to a child, or what a page or an account does: whatever
else they ask, a safeguarding lead is told first.

Who asks for themselves (*May I message a pupil?*) or whether a colleague may isn't meant: that's a question.
"""

import re

from schoolgate.patterns import lazy_pattern


def _any(*words: str) -> str:
    """Return a pattern of any of these words, which spaces part; an underscore is a space."""
    return f"(?:{'|'.join(' '.join(words).split()).replace('_', ' ')})"


_CHILD = _any(
    r"pupils? child(?:ren)? kids? girls? boys? students? learners? teenagers? year_\d{1,2}s?",
    r"d?disgybl(?:ion)? [bp]h?lentyn [bp]h?lant [fm]erch(?:ed)? [bf]achgen [bf]echgyn",
)
_ADULT = _any(
    r"colleagues? teachers? tutors? coach caretaker volunteers? technician governor driver cook",
    r"adults? man men",
    r"woman strangers? ta teaching_assistant member_of_staff staff_member",
    r"head(?:teacher|_of_[a-z]{1,20})? deputy",
    r"[cg]h?ydweithi[a-z]{1,5} athr[ao][a-z]{0,6} [cg]h?ynorthwyydd hyfforddwr g?wirfoddolwr aelod_o_staff",
    r"[bp]h?ennaeth dyn oedolyn",
)
_IN_TOUCH = _any(
    r"messag[a-z]{1,4} dm(?:s|ed|ing)? texts? texted texting",
    r"(?:writes?|wrote|writing)_(?:[a-z]{1,12}_){0,2}?to",
    r"chats? chatted chatting snap(?:s|ped|ping|chats?)? follow(?:s|ed|ing)? befriend[a-z]{0,3}",
    r"flirt[a-z]{0,4}",
    r"meets? met lifts gifts? presents friends_with dates dating hearts? kiss[a-z]{0,3} secrets? selfies",
    rf"add(?:s|ed|ing)?_(?:[a-z]{{1,12}}_){{0,2}}{_CHILD.replace(' ', '_')}",
    r"neges(?:euon|on|o)? tecst[a-z]{0,4} ysgrif[a-z]{1,5} sgwrs[a-z]{0,4} [dn]h?ilyn cwrdd",
    r"gyfarfod cyfarfod",
    r"cyfrinach[a-z]{0,3}",
)
_BY_AN_ADULT = lazy_pattern(
    rf"\b{_ADULT}\b(?=.{{0,120}}\b{_IN_TOUCH}\b)(?=.{{0,160}}\b{_CHILD}\b)", re.IGNORECASE
)
_LEWD = lazy_pattern(
    r"(?=.{0,300}\b(?:creepy|weird|odd|lewd|sexual[a-z]{0,4}|sexy|perv[a-z]{0,4}|disgusting|bikini|rhywiol"
    r"|afiach)\b)"
    r"(?=.{0,300}\b(?:comment[a-z]{0,3}|lik(?:es?|ed|ing)|messag[a-z]{1,3}|photos?|pictures?"
    r"|sylw[a-z]{0,3}|l?luniau)\b)"
    rf".{{0,300}}\b{_CHILD}\b",
    re.IGNORECASE,
)
_LOOKS_FOR = lazy_pattern(
    r"(?<!we are )(?<!we're )(?<!i am )(?<!i'm )"
    r"\b(?:(?:looking|searching) for|trying to (?:find|trace|reach)"
    r"|(?:asks?|asking|asked|find(?:ing)? out) where|watch(?:es|ing)|chwilio am|ceisio dod o hyd i)"
    rf" (?:[a-z]{{1,12}} ){{0,3}}{_CHILD}\b",
    re.IGNORECASE,
)
_ASKS_IF = lazy_pattern(
    rf"\b(?:may|can|could|should|gaiff|gall) (?:[a-z]{{1,10}} ){{0,2}}(?:{_ADULT}|i|we)\b", re.IGNORECASE
)
_AT_A_CHILD = lazy_pattern(
    r"\b"
    + _any(
        r"fake false pretends? pretending impersonat[a-z]{1,3} mak(?:es?|ing)_fun mock(?:s|ed|ing)?",
        r"rat(?:es?|ing)",
        r"rank(?:s|ed|ing) humiliat[a-z]{1,3} sham(?:es?|ed|ing) bull(?:y|ies|ied|ying) insults? insulting",
        r"threaten[a-z]{0,3} ffug gwatwar bychanu bwlio bygwth gwneud_hwyl",
    )
    + r"\b(?:(?! by )[^.?!]){0,60}\b(?:of|about|at|as|to be|on|am|o|our|an?|the|ein)"
    rf" (?:[a-z]{{1,12}} ){{0,3}}{_CHILD}\b(?! (?:site|page|account|policy))",
    re.IGNORECASE,
)
_FIGHT = lazy_pattern(
    r"\b(?:video|film|clip|picture|photo|share[sd]?|post(?:s|ed)?|fideo|rhannu)\b.{0,60}\b"
    + _any(
        r"fights? fighting beat(?:s|en|ing)? attack[a-z]{0,3} hits hitting kick[a-z]{1,3}",
        r"punch[a-z]{1,3} ymladd",
        r"curo",
    )
    + rf"\b.{{0,60}}\b{_CHILD}\b",
    re.IGNORECASE,
)


def tells_of_an_adult(typed: str) -> bool:
    """Whether it tells that an adult is in touch with a child, or stares at children or looks for them."""
    found = (_BY_AN_ADULT.search(typed), _LEWD.match(typed), _LOOKS_FOR.search(typed))
    return any(one is not None for one in found) and not _ASKS_IF.search(typed)


def tells_of_a_child(typed: str) -> bool:
    """Whether it tells that a child is faked, mocked, ranked, threatened or shown in a fight."""
    return any(one.search(typed) is not None for one in (_AT_A_CHILD, _FIGHT))
