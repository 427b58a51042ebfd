"""How and where one child is today, as a kind reply tells it: *your daughter was sick but is in
class now*, *she's at the dentist and back at two*, *the twins are both in Reception*. It needs no name: the
question has it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.hits import Kind, Strength
from schoolgate.screening.people_words import CHILD, SOMEONES_CHILD, WELSH_CHILD, WELSH_SOMEONES_CHILD, either
from schoolgate.screening.personal import LONGEST_SENTENCE, SENTENCE, Seen

_CHILD = either(
    CHILD, SOMEONES_CHILD, ("little one", "little man", "eldest", "youngest", "middle one", "twins", "two"),
    ("boys", "girls"),
)  # fmt: skip
FEW = (
    r"(?:(?:the|both|your|those)(?: little| two)? (?:twins|triplets|brothers|sisters|siblings)|both of them"
    r"|the pair of them|(?:yr|'r) efeilliaid|(?:y|'r) (?:ddau|ddwy|tri|tair) (?:frawd|chwaer|ohonyn\w{0,2}))"
)
YOUR_CHILD = (
    rf"(?:your (?:\w{{1,10}} ){{0,2}}{_CHILD}|(?:eich|dy) (?:{either(WELSH_CHILD, WELSH_SOMEONES_CHILD)}|wyr"
    r"|(?:un|rhai) (?:bach|fach)))"
)
_OF_ONE = lazy_pattern(
    rf"\b(?:he|she)(?:'s|'ll|'d)?\b|\b{YOUR_CHILD}\b|\b{FEW}\b"
    r"|\b(?:mae|ma|roedd|oedd|bydd|fydd|aeth|daeth|ddaeth|cafodd|gafodd|cyrhaeddodd|gyrhaeddodd|dydi|dydy|dyw"
    r"|doedd|fu|bu|gadawodd) (?:hi|o|e|fo|fe|ef)\b|\b(?:hi|fo|fe|o|e) (?:ydi|ydy|yw)\b"
    r"|\b(?:mae|ma)'n (?:sal|dost|absennol|hwyr)\b"
    r"|\b(?:a|the|one|that|another) (?:\w{1,10} ){0,2}(?:child|pupil|girl|boy|lad|student) (?:in|from|of"
    r"|who)\b",
    re.IGNORECASE,
)
_CLOCK = (
    r"(?:\d|half|quarter|noon|lunch\w{0,4}|break\w{0,4}|home ?time|one|two|three|four|eleven|twelve"
    r"|registration"
    r"|playtime)"
)
_TODAY = lazy_pattern(
    r"\b(?:sick|poorly|unwell|ill|absent|feverish|off (?:sick|poorly|ill|school|work|yesterday|today|this)"
    r"|nose ?bleed|tummy|headache|migraine|temperature|throwing up|threw up|vomit\w{0,3}|chicken ?pox"
    r"|has (?:a|the) (?:bug|cold|cough|rash|fever)|fell over|bumped|grazed|(?:at )?home this week|dentist"
    r"|orthodontist|doctor'?s?|optician\w{0,2}|(?:hospital|clinic|medical|gp) (?:appointment|visit)"
    r"|appointment"
    r"|medical room|sick ?bay|first aid|school nurse|arrived late|late (?:today|this morning)"
    r"|(?:is|are|'s|was|were)(?: now| both| all| back| already| still)* in (?:class|lessons?|school"
    r"|assembly|maths"
    r"|english|the (?:hall|office|library|playground|dining \w{4,5}))"
    r"(?: (?:now|at the moment|with|already|today)| and|$|[,;])"
    rf"|back in (?:class|lessons|school)|back (?:at|by|around|about|after|before|from) {_CLOCK}"
    r"|back (?:tomorrow|on (?:mon|tues|wednes|thurs|fri)day)|came in (?:this|late|today|at|after|with)"
    rf"|(?:went|gone|going|goes|sent|taken) home (?:early|sick|ill|poorly|with|at|after|before|today|this)"
    r"|(?:eating|having|had|finished) (?:his|her|their) (?:lunch|dinner|tea|breakfast|snack)"
    r"|(?:in|at|with|to|from) (?:the )?(?:after-?school|breakfast|holiday) club|free school meals"
    r"|free meals|pupil premium|in detention|on report"
    r"|sal|dost|absennol|deintydd|ddeintydd|orthodontydd|meddyg|feddyg|doctor|optegydd|pen tost"
    r"|poen\w{0,2} bol"
    r"|bola tost|cur pen|gwres arn\w{1,2}|chwydu|annwyd|(?:d?disgynnodd|syrthiodd|cwympodd) (?:o|hi|fo|fe)"
    r"|apwyntiad|stafell feddygol|ystafell feddygol"
    r"|(?:yn y|mewn) (?:dosbarth|gwers|gwasanaeth|neuadd|swyddfa) (?:rwan|nawr|ar hyn o bryd)"
    r"|(?:yn|'n) (?:ol|hwyr) (?:am|erbyn|fory|yfory|heddiw|ddydd|wedi|ar ol|cyn|yn y|bore|y bore)"
    r"|adref? ?'?n? ?(?:yn )?(?:gynnar|sal|dost)|adra ?'?n? ?(?:yn )?(?:gynnar|sal|dost)"
    r"|daeth (?:hi |o |e |fo |fe )?i mewn|ddim (?:yma|i mewn|yn yr ysgol) (?:heddiw|bore|ddoe|heno|prynhawn)"
    r"|(?:[cg]inio|[pb]h?rydau)(?: \w{1,8})? am ddim|(?:yn|i|o) y clwb|clwb (?:brecwast|ar ol ysgol)"
    r"|(?:yn|'n) (?:bwyta|cael) (?:ei|eu) (?:ch?inio|g?inio|the|de|brecwast))(?![\w'])",
    re.IGNORECASE,
)
"""How one is, or where in the day they are. Accents are folded."""
_FINE = lazy_pattern(
    rf"\byour (?:\w{{1,10}} ){{0,2}}{_CHILD}(?:'s| is| was| are| were"
    rf"| has been)(?: \w{{1,10}}){{0,2}}? (?:fine|ok"
    r"|okay|alright|all right|safe|settled|happy|here|better|calm|upset|crying|hurt|asleep)\b"
    r"|\b(?:he|she)(?:'s| is| was)(?: now| absolutely| perfectly| much| a bit| still| all)* (?:ok|okay"
    r"|alright"
    r"|all right|better|upset|crying)(?: now| today|[,.!]|$)"
    r"|\bmae (?:eich|dy) (?:\w{2,10} )(?:bach |fach )?(?:yn|'n) (?:iawn|hapus|saff|ddiogel|well|crio)\b"
    r"|\bmae (?:hi|o|e|fo|fe)'n (?:iawn|well|saff|ddiogel) (?:rwan|nawr|erbyn hyn|heddiw)\b",
    re.IGNORECASE,
)
_SAME_CLASS = lazy_pattern(
    rf"\b{FEW}\b[^.!?\n]{{0,30}}?(?:\b(?:in|into|to|from)\b (?:(?:year|yr|class|form) \w{{1,6}}|reception"
    rf"|nursery"
    r"|\d{1,2}[a-z]\b|m(?:r|rs|s|iss) \w{2,20}'s)"
    r"|\b(?:yn|ym|yng) (?:y )?(?:derbyn|meithrin|[mn]\w{0,8} \w{1,6}|\d{1,2}[a-z]\b))",
    re.IGNORECASE,
)
_OF_ALL = lazy_pattern(
    r"\b(?:if|when|whenever|unless|whether|should|must|please|may|might|every|each|any|all (?:children"
    r"|pupils|the)"
    r"|children who|anyone|os|pan|oni bai|dylai|dylech|rhaid|pob|unrhyw|plis)\b"
    r"|\b(?-i:M(?:r|rs|s|iss|x)\.? [A-Z])\w{1,20}(?!'s)\b (?:is|was|has|will|are|and)\b"
    r"|\b(?:headteacher|teacher|governor|author|cook|caretaker|coach|pennaeth|athro|athrawes|awdur)\b",
    re.IGNORECASE,
)
"""A rule for all, or a grown-up."""


def find_how_one_is(text: str) -> Iterator[Seen]:
    """Yield what a folded text so tells."""
    for sentence in SENTENCE.finditer(text):
        words = sentence.group()[:LONGEST_SENTENCE]
        if _OF_ALL.search(words):
            continue
        found = (
            _FINE.search(words)
            or _SAME_CLASS.search(words)
            or (_OF_ONE.search(words) and _TODAY.search(words))
        )
        if found:
            begin = sentence.start()
            yield Seen(begin + found.start(), begin + found.end(), Kind.TOLD, Strength.ASK)
