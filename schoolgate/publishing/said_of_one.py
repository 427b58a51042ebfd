"""Finds sentences of a reply about one child, whatever they tell: the question, or the thread, has the name.
Turned round on purpose, because no list knows all that a kind reply may tell. Praise and sentences about a
grown-up are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schoolgate.patterns import lazy_pattern
from schoolgate.people.kind_words import is_kind
from schoolgate.screening import Hit, Kind, Strength
from schoolgate.screening.folding import fold, simple
from schoolgate.screening.how_one_is import FEW, YOUR_CHILD
from schoolgate.screening.personal import LONGEST_SENTENCE, SENTENCE

_ONE = lazy_pattern(
    rf"\b(?:he|she|him|hers?|his)(?:'s|'ll|'d)?\b|\b{YOUR_CHILD}\b|\b{FEW}\b"
    r"|\b(?:both|the two|the) (?:girls?|boys?|lads?|lass|child|pupil)\b(?! (?:toilets|team|football"
    r"|netball|choir|council|voice|premium))"
    r"|\b(?:mae|ma|roedd|oedd|bydd|fydd|dydi|dydy|dyw|doedd|fu|bu|aeth|daeth|ddaeth|gaeth|\w{2,12}odd)"
    r" (?:hi|o|e|fo|fe|ef)\b(?!'n (?:braf|oer|boeth|gynnes|wlyb|sych|bwrw|glawio|stormus|wyntog|ddiwrnod"
    r"|noson|bryd"
    r"|amser|ddydd|bosib\w*|anodd|hawdd|bwysig|wych|ddrwg))"
    r"|\b(?:iddo|iddi|ganddo|ganddi|arno|arni|ato|ati|amdano|amdani) (?:o|hi|fo|fe)\b"
    r"|\b(?:i'w|ei) (?:nol|gasglu|chasglu|godi|chodi|hebrwng) (?:o|hi|fo|fe)\b"
    r"|(?=(?:[^\s.!?]{1,20} ){3})\b(?:y|'r) (?:ferch|bachgen|hogyn|hogan|plentyn|disgybl|ddwy ferch"
    r"|ddau fachgen"
    r"|ddau hogyn|ddwy hogan)\b|(?<=[^\s.!?] )(?:y|'r) (?:ferch|bachgen|hogyn|hogan|plentyn|disgybl)\b",
    re.IGNORECASE,
)
_GROWN_UP = lazy_pattern(
    r"(?<!with )(?<!by )(?<!told )(?<!in )(?<!saw )(?<!from )(?<!and )(?<!efo )(?<!gyda )(?<!nosbarth )"
    r"(?<!at )\b(?-i:M(?:r|rs|s|iss|x)\.? [A-Z])\w{1,20}\b(?!'s)"
    r"|\b(?:please|ring|call|email|contact|speak|ask|see|cysylltwch|ffoniwch|siaradwch"
    r"|gofynnwch)\b[^.!?\n]{0,40}"
    r"\b(?-i:M(?:r|rs|s|iss|x)\.? [A-Z])"
    r"|\b(?:head ?teacher|head|teacher|governor|author|cook|caretaker|coach|photographer|driver|speaker"
    r"|visitor|vicar"
    r"|artist|musician|secretary|receptionist|councillor|librarian|officer|pennaeth|athro|athrawes|awdur"
    r"|cogydd\w*"
    r"|gofalwr|hyfforddwr|ffotograffydd|gyrrwr|ymwelydd|ficer|arlunydd|ysgrifenyddes|llywodraethwr)\b",
    re.IGNORECASE,
)
"""A grown-up: "she" may be her."""


def found_in_a_reply(text: str) -> Iterator[Hit]:
    """Yield the first sentence of a reply that is about one child."""
    folded = fold(text)
    if _GROWN_UP.search(folded.text):
        return
    for sentence in SENTENCE.finditer(folded.text):
        words = sentence.group()[:LONGEST_SENTENCE]
        if (one := _ONE.search(words)) and not is_kind(words):
            start, end = folded.span(sentence.start() + one.start(), sentence.start() + len(words))
            said = text[start:end]
            yield Hit(start, end, said, Kind.TOLD, Strength.ASK, "", simple(said))
            return
