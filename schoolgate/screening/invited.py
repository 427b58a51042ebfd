"""Whether words have a grown-up take children to a house, flat, garage or car of their own: *come to his
house on Saturday*. A care home, a *house* of a school and a story are none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.folding import fold, simple
from schoolgate.screening.hits import Hit, Kind, Strength
from schoolgate.screening.personal import LONGEST_SENTENCE, SENTENCE, Seen

_KIDS = (
    r"(?:boys?|girls?|lads?|lass(?:es)?|kids?|child(?:ren)?|pupils?|students?|team|squad|choir|players?"
    r"|goalkeepers?"
    r"|keepers?|goalies?|strikers?|defenders|forwards|captains?|readers?|singers?|dancers?|drummers?"
    r"|harpists?"
    r"|violinists?|pianists?|swimmers?|runners?|actors|musicians|band|leavers|prefects|teens?|teenagers"
    r"|youngsters"
    r"|(?:year|yr) \w{1,6}s?|y\d{1,2}s?|under[- ]?\d{1,2}s?|u\d{1,2}s?|\d{1,2}[a-z]|any(?:one| of (?:you"
    r"|the \w{2,12}))"
    r"|children only|them all|those who)"
)
_GROWN = (
    r"(?:m(?:r|rs|s|iss|x)\.? (?-i:[A-Z])[\w'’-]{1,20}|sir|miss|coach(?: (?-i:[A-Z])\w{1,20})?"
    r"|head(?:teacher)?"
    r"|the (?:coach|teacher|head|caretaker|trainer|tutor|instructor|conductor|driver)|(?-i:(?!We\b"
    r"|Year\b)[A-Z])\w{2,20}|i|i'll|i'm)"
)
_HOME = (
    r"(?:house|home|flat|place|garage|garden|shed|caravan|studio|farmhouse|cottage|bungalow|pool|living room)"
)
_OWN_CAR = r"(?:car|van|camper ?van|caravan)"
_THEIRS = (
    rf"(?:(?:his|her|my|their) (?:own )?{_HOME}(?! (?:corner|learning|time|team|ground|crowd|kit|economics"
    rf"|group|room))"
    rf"|{_GROWN}'s? (?:own )?{_HOME}|(?-i:[A-Z])\w{{1,20}}'s (?:own )?{_HOME}"
    r"|(?<=round to )(?:his|hers|mine)\b|(?<=over to )(?:his|hers|mine)\b|(?<=back to )(?:his|hers|mine)\b"
    r"|(?<=round at )(?:his|hers|mine)\b|(?<=up to )(?:his|hers|mine)\b|(?<=\bat )(?:hers|mine)\b)"
)
_TO_THEIRS = lazy_pattern(
    r"\b(?:com(?:e|es|ing)|go(?:es|ing)?|pop|stop|stay(?:ing)?|sleep|have|has|having|inviting|invit(?:e|es"
    r"|ed)|welcome"
    r"|take|taking|meet|train(?:ing)?|practi[cs](?:e|ing)|lessons?|session|coaching|rehears\w{1,4}"
    r"|sleepover|pizza"
    r"|tea|use|using|barbecue|bbq|film night|movie night|open to|join|bring|collect\w{0,3}|help|offers?"
    r"|tutoring|tuition)\b"
    rf"[^.!?\n]{{0,70}}?(?<=\W)(?:to|at|in|round|over|back|into|use|using) {_THEIRS}"
    rf"|\b{_GROWN}'s? {_HOME} (?:is|will be)(?: always)? open to\b"
    rf"|\b{_GROWN}'s? {_HOME} (?:on|every|after|this|next)\b",
    re.IGNORECASE,
)
_IN_CAR = lazy_pattern(
    rf"\b(?:in|into) (?:his|her|my) (?:own )?{_OWN_CAR}\b|\b(?:give|gives|giving|offer|offers|have"
    rf"|having) (?:[\w'-]{{1,14}} )"
    rf"{{0,4}}?(?:a )?lifts? (?:home|back)|\bin {_GROWN}'s {_OWN_CAR}\b"
    r"|\b(?:drop|drive|run) (?:them|him|her|the \w{2,14}|each \w{2,12}) (?:all )?(?:home|back home)\b",
    re.IGNORECASE,
)
_PLANT = (
    r"(?:bechgyn|fechgyn|merched|ferched|genod|hogia\w?|plant|blant|phlant|disgybl\w{0,4}|ddisgybl\w{0,4}"
    r"|tim|t[iî]m|c[oô]r|criw"
    r"|[fbm]l?wyddyn \w{1,6}|telynor\w{0,3}|darllenwyr|chwaraewyr|golgeidwaid|gôl-geidwaid|drymwyr"
    r"|dan \d{1,2}|pob un|unrhyw un"
    r"|\d{1,2}[a-z])"
)
_ATO = lazy_pattern(
    r"\b(?:i'w|yn ei|at ei|ei) (?:d[yŷ]|th[yŷ]|g?h?artref|gartref|fflat|garej|gardd|ardd|g?h?ar|char|fan"
    r"|garafán)\b(?: (?:o|hi|e|fo|fe))?"
    r"|\byn ei (?:gar|char|fan)\b|\b(?:yn|i'?n?) (?:nh|d|t|th)[yŷ] (?:mr|mrs|miss|ms|i|fi"
    r"|(?-i:[A-Z])\w{2,20})\b"
    r"|\byng nghartref (?-i:[A-Z])\w{1,20}|\bi gartref (?-i:[A-Z])\w{1,20}|\bi dŷ (?:mr|mrs|miss|ms) "
    r"|\byn (?:fy )?(?:nghar|nh[yŷ]|fflat|nghartref)\b(?: i)?|\bi(?:'n| fy) (?:nh[yŷ]|nghartref|nhŷ)\b"
    r"|\b(?:rhoi|roi|cynnig|gynnig) lifft\b[^.!?\n]{0,12}\b(?:adre\w?|gartre\w?|adra)\b",
    re.IGNORECASE,
)
_OTHERS = lazy_pattern(
    r"\b(?:story|stories|poem|book|novel|visited|museum|stratford|play about|open house|house points?"
    r"|houses?'? (?:won|cup|points)"
    r"|(?:house|tŷ) (?:won|captain|cup|competition)|house (?:the|again)|won the cup|care home|nursing home"
    r"|with (?:your|their) (?:famil\w{1,3}|parents?)"
    r"|famil(?:y|ies) welcome|parents (?:are )?welcome|parents (?:must|please|can)|moved (?:house|home)"
    r"|author|poet|king|queen|prince|castle|farm|bear|goldilocks"
    r"|wolf|pigs?|santa|father christmas|grotto|home (?:win|game|match|learning|time|work)|minibus"
    r"|your (?:car|child)|rhieni|teuluoedd|stori|llyfr"
    r"|cerdd|hedd wyn|amgueddfa|enillodd|gwpan|arth|blaidd|cwpan|si[oô]n corn|bws mini)\b|^\W*parents\b",
    re.IGNORECASE,
)
_IS_KIDS = lazy_pattern(rf"\b(?:{_KIDS}|{_PLANT})\b", re.IGNORECASE)


def invited_in(text: str) -> Iterator[Hit]:
    """Yield where a text so has children come to a grown-up's own place. It's asked about and stops nothing,
    and a lead alone lets it out, so the one who invites doesn't do so alone."""
    folded = fold(text)
    for each in find_invited(folded.text):
        start, end = folded.span(each.start, each.end)
        words = text[start:end]
        yield Hit(start, end, words, each.kind, each.strength, each.variant, simple(words))


def find_invited(text: str) -> list[Seen]:
    """Return the same in a folded text."""
    found: list[Seen] = []
    if not (_TO_THEIRS.search(text) or _IN_CAR.search(text) or _ATO.search(text)):
        return found
    for sentence in SENTENCE.finditer(text):
        words = sentence.group()[:LONGEST_SENTENCE]
        if not _IS_KIDS.search(words) or _OTHERS.search(words):
            continue
        told = _TO_THEIRS.search(words) or _IN_CAR.search(words) or _ATO.search(words)
        if told:
            start = sentence.start()
            found.append(Seen(start + told.start(), start + told.end(), Kind.DANGER, Strength.ASK))
    return found
