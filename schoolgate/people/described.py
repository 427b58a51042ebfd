"""How children and parents describe who has a seat, without its title: a word for a person, with what the
seat does. The one table, seat by seat, in English and Welsh, with the errors in spelling that children make.

A description by what is done with the words themselves ("the person who reads this") counts only where what
they did follows, or "by" goes before: a child who hopes that this person helps accuses no one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

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
        rf"|\b(?!{_TITLE})(?:welfare|pastoral|child protection)"
        r" (?:teacher|lady|man|woman|guy|person|lead(?:er)?|officer|boss)s?\b"
        r"|\b(?:swyddog|person|athro|athrawes|dynes|ledi|arweinydd) (?:lles|bugeiliol)\b"
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
