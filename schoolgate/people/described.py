"""How children and parents describe who has a seat, without its title: a word for a person, with what the
seat does. The one table, seat by seat, in English and Welsh, with the errors in spelling that children make.

A description by what is done with the words themselves ("the person who reads this") counts only where what
they did follows, or "by" goes before: a child who hopes that this person helps accuses no one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from schoolgate.people.called import SENTENCE, speaks_of_an_act

_PERSON = (
    r"\b(?:person|people|adults?|grown-? ?ups?|ones?|lad(?:y|ies)|m[ae]n|wom[ae]n|guys?|blokes?|teachers?"
    r"|someone|somebody|member of staff)"
)
_WHO = (
    r"(?: (?!me\b|my\b|and\b)\w+){0,4}?(?: (?:who|that|whos|who's|which|what))?"
    r"(?: (?:is|are|was|were|supposed to|meant to|ment to|should|has to|have to|gets to|always"
    r"|really|all)){0,3}"
)
_RELATIVE = (
    r"(?: \w+){0,3}? (?:who|that|whos|who's|which|what)"
    r"(?: (?:is|are|was|were|supposed to|meant to|should|has to|gets to|always|all)){0,3}"
)
_Y_PERSON = (
    r"(?:[bp]h?erson|mherson|un|rhai|oedolyn|[dt]d?ynes|m?f?enyw|dd?yn|athro|athrawes|rhywun|sawl|ledi|bobl|pobl"
    r"|pwy bynnag)(?: \w+){0,3}? (?:sy[’']?n?|sydd(?: i)? fod i|sydd yn|i fod i|oedd(?: i fod i| yn)?) "
)
_SAFE = r"(?:safe|saef|saff|sayf|save)\b"
_SAFETY = (
    r"(?:sa(?:f|ff|v)e?t(?:y|ey|ie|ee)|safe?-? ?g(?:u|ua|a|au)r?d(?:ing?|en|in)\w*"
    r"|child(?:ren)?(?:[’']?s)? (?:protection|protecshun|welfare|safety|saftey|saf(?:e|t)ty))"
)
_READS = (
    r"(?:reads?|reading|gets?|getting|sees?|seeing|looks? at|opens?|recie?ves?|receives?|answers?|checks?)"
    r" (?:(?:all|the|our|my|your|of) ){0,3}"
    r"(?:th(?:is|ese|ose|em|at)|it|(?:reports?|concerns?|worries|forms?|messages?)"
    r"|what (?:we|i|you|kids|children|people) (?:write|send|say|type|tell|put))\b"
)
_TO_TELL = (
    r"(?:tell|talk(?:ing)? to|speak(?:ing)? to|go(?:ing)? to|turn to|trust|report (?:it|this|things?) to)"
)
_TOLD = (
    r"(?: that| who)?(?: (?:you|they|we|i|kids|children|pupils|everyone|school|the \w+))"
    r"(?: (?:are|am|were|have|has|always|had)|[’']re|[’']m|[’']ve)?"
    r"(?: (?:told|tell|tells|said|say|says|asked|ask|should|can|could|must|need|supposed|meant|ment|have))"
    r"(?: (?:me|us|kids|children|to|that|i|we|you|should|can|could|must)){0,4} "
)
_THESE = (
    r"(?:darllen|gweld|cael|derbyn|ateb|agor) (?:y |yr |ein |fy )?(?:hwn|hyn|rhain|rhein|rheini|cyfan"
    r"|neges\w*|adroddiad\w*|pryderon|ffurflen\w*|sylwadau)"
)
_TITLE = (
    r"(?:safe-?guarding|child protection) (?:lead(?:er)?|officer|person)\b|(?:[bp]erson|swyddog) diogelu\b"
)
"""Of the one lead, who is known by it (`seats`): a deputy isn't called so."""
_PLANT = r"(?:plant|ni|chi|pawb|pobl|disgyblion|fi)"
DESCRIBED: Mapping[str, re.Pattern[str]] = {
    "any lead": re.compile(
        rf"(?:{_PERSON}{_WHO}|\bwhoever) (?:keeps?|keeping|looks? after|makes?) (?:\w+ ){{1,3}}{_SAFE}"
        rf"|(?:{_PERSON}{_RELATIVE}|\bwhoever) (?:protects?|looks? out for)"
        r" (?:us|kids|children|the children|everyone|pupils)\b"
        rf"|(?!{_TITLE})(?:{_SAFETY}) (?:teacher|lady|man|woman|guy|team|person|lead(?:er)?|officer|boss)s?\b"
        r"|(?:do(?:es|ing)?|runs?|leads?(?: on)?|in charge of|responsible for|looks? after|deals? with|for)"
        rf" (?:the |our |all the )?{_SAFETY}|(?:in charge of|responsible for) keeping (?:\w+ ){{1,2}}{_SAFE}"
        rf"|{_Y_PERSON}g?c?h?adw (?:\w+ ){{0,2}}{_PLANT}(?: \w+)?(?:[’']n| yn)? (?:dd?iogel|saff)"
        r"|(?:gwneud|gyfrifol am|gofalu am|arwain ar|delio [aâ]|ofal) (?:\w{1,20} )?"
        r"(?:d?diogelu|d?diogelwch(?: plant)?|amddiffyn plant)"
        rf"|(?!{_TITLE})(?:athr(?:o|awes)|dyn|d?dynes|m?f?enyw|ledi|[bp]erson|swyddog) (?:y )?"
        r"(?:d?dioge?lu|d?diogelwch(?: plant)?|amddiffyn plant)"
        r"|(?:supposed|meant|told) to (?:tell|go to|talk to|speak to) (?:when|if)",
        re.IGNORECASE,
    ),
    "decides": re.compile(
        rf"(?:{_PERSON}{_RELATIVE}|\bwhoever) (?:decides?|deciding|approves?|says? yes|chooses?|agrees?"
        r"|allows?)(?: (?:about|on|to|which|over|for|the|all|what|new|our|school)){0,4}"
        r" (?:accounts?|pages?|socials?|social media|posts?|facebook|insta\w*|twitter)"
        rf"|{_Y_PERSON}(?:penderfynu|cymeradwyo|dewis|caniat[aá]u) (?:\w+ ){{0,2}}"
        r"(?:g?h?cyfrif\w*|gyfrif\w*|[dt]h?udalen\w*|n?negeseuon)",
        re.IGNORECASE,
    ),
}
"""Seat -> how it is described. *any lead*: who keeps children safe; *decides*: who decides on accounts."""
_TURNED_TO = re.compile(
    rf"(?:{_PERSON}{_RELATIVE}|\bwhoever) {_READS}|{_PERSON} (?:read|gett|see)ing th(?:is|ese)"
    rf"|{_PERSON}(?: \w+)?{_TOLD}{_TO_TELL}"
    rf"|{_Y_PERSON}{_THESE}|pwy bynnag sy[’']n {_THESE}"
    r"|(?:person|un|rhywun|athro|athrawes|oedolyn)(?: \w+){0,3} (?:i siarad [âa]|i ddweud wrth)\w*",
    re.IGNORECASE,
)
"""Who reads what is told here, or is who children are told to turn to: a lead, too."""
_BY = re.compile(
    r"\b(?:by|from|because of|scared of|afraid of|about|gan|rhag|ofn)(?: the| y| yr)? $", re.IGNORECASE
)
_HOPES = re.compile(
    r"^\W*(?:please|plz|pls|can|could|will|would|might|should|helps?|to|need|must|has to|needs|knows?"
    r"|os gwelwch|yn gallu|gallu|helpu)\b",
    re.IGNORECASE,
)
_NEXT = re.compile(r"^(?:\W*\w+){0,7}")
ANSWERED: Mapping[str, re.Pattern[str]] = {
    "any lead": re.compile(
        rf"\b(?:the|our|that) lead\b(?! (?:singer|role|part|guitar))|^\W*lead\W*$|{_SAFETY}|{_READS}"
        rf"|{_TO_TELL}"
        r"|\b(?:yr |y )?arweinydd\b|dioge?lu|diogelwch"
        rf"|{_THESE}|i siarad [âa]|i ddweud wrth",
        re.IGNORECASE,
    ),
}
"""The same where it was asked who it is about: shorter."""


def turned_to(text: str) -> bool:
    """Return whether a text says that who reads it, or is to be told, did something."""
    for one in _TURNED_TO.finditer(text):
        rest = SENTENCE.split(text[one.end() :], maxsplit=1)[0]
        told = _NEXT.match(rest)
        if _BY.search(text[: one.start()]):
            return True
        if told and not _HOPES.search(rest) and speaks_of_an_act(told.group()):
            return True
    return False


_ANOTHER = re.compile(
    r"\b(?:my|his|her|our|their|a|an|another|some|one of the|other) (?:\w+ )?(?:step-? ?)?(?:dad|daddy|father"
    r"|mum|mam|mummy|mother|parents?|brother|sister|uncle|aunt\w*|cousin|gran\w*|nan\w*|boy ?friend"
    r"|girl ?friend|mates?|friends?|neighbou?r|boys?|girls?|kids?|child(?:ren)?|pupils?|classmate|lads?)\b"
    r"|\bstep-? ?(?:dad|mum)\b"
    r"|\b(?:fy |mae )?(?:dad|nhad|tad|mam|mrawd|brawd|chwaer|ewythr|wncwl|modryb|llystad|llysdad|taid|nain)\b"
    r"|\b(?:bachgen|hogyn|merch|plentyn) (?:arall|o)\b",
    re.IGNORECASE,
)
"""Who did it, where it's said: one of the family, or another child."""
_CLAUSES = re.compile(
    r"[.,;:!?\n]+|\b(?:and|but|because|cos|so|please|can|could|may|ac|ond|achos|oherwydd|wnewch|ga i|gaf i)"
    r"\b",
    re.IGNORECASE,
)
_TURNS_TO = re.compile(
    r"\b(?:help\w*|talk\w*|speak\w*|tell\w*|told|said|says|see|know|write|let|kind|nice|helpu|siarad|sgwrs"
    r"|dweud|deud|weud|gweld|gwybod|sgwennu|ysgrifennu)\b",
    re.IGNORECASE,
)
_NOT_PLAIN = re.compile(
    r"\b(?:did|does|do|made|makes|too|also|same|as well|both|it was|involved|about|not|never|no one|nobody"
    r"|ke(?:eps?|pt) (?:quiet|it|this|that|my|secrets?)|quiet|shut|secret|lie[ds]?|lying|liar|stop\w*|hefyd"
    r"|nhw|gwnaeth|wnaeth|am|ddim|nid|paid"
    r"|peid\w*|neb|byth|cyfrinach"
    r"|(?:do|wo|did|does|ca|is|was|has|have|could|would)n[’']?t)\b",
    re.IGNORECASE,
)
"""What makes it doubtful that the lead only helps."""


def is_only_turned_to(text: str, lead: Callable[[str], object]) -> bool:
    """Return whether a text that says what someone else did names the lead as one who helps: "my dad hits me
    and I want to talk to the safeguarding lead". Not where the text may say anything else about the lead.
    `lead`: tells whether a part of it calls them so."""
    clauses = [each for each in _CLAUSES.split(text) if each.strip()]
    others = [each for each in clauses if _ANOTHER.search(each) and speaks_of_an_act(each) and not lead(each)]
    left = [each for each in clauses if each not in others]
    of_lead = [each for each in left if lead(each)]
    return (
        bool(others and of_lead)
        and not any(speaks_of_an_act(each) or _NOT_PLAIN.search(each) for each in left)
        and any(_TURNS_TO.search(each) for each in left)
    )
