"""Tells an everyday question about pictures, names and consent from a story of danger with the same words.

The words of danger are made for what people write in comments: *a photo of a pupil* is alarming there, and
ordinary where staff ask what they may do. A question counts as everyday only where each word of it does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from schoolgate.patterns import lazy_pattern
from schoolgate.rulebook.adviser.entries import ENTRIES
from schoolgate.rulebook.adviser.search import DIRECTIONS, LISTED, fold, stems

_AGE = lazy_pattern(r"\b(?:of |aged )?\d{1,2}(?:[ -]years?[ -]olds?)?\b", re.IGNORECASE)
"""How old someone is: no word of danger."""
_SENTENCE = lazy_pattern(r"[^.!?\n]+")
_ASKS = lazy_pattern(
    r"(?:(?:and|so|but|if so|a|ac|felly) )?(?:(?:may|can|could|should|must|shall) \w+"
    r"|(?:how|what|when|by when|where) (?:do|can|may|should|must) (?:i|we)\b"
    r"|do (?:i|we)\b|ga i\b|gawn ni\b|gaf i\b"
    r"|gaiff\b|oes angen\b|oes rhaid\b|sut mae\b|ddylwn i\b|ddylem ni\b|allwn ni\b|alla i\b)"
)
_PAGE = (
    r"(?:(?:our|my|the schools?) (?:\w+ ){0,2}(?:account|page|profile|facebook|instagram|twitter)"
    r"|(?:me|us) on (?:facebook|instagram|twitter|linkedin))"
)
_ON_A_PAGE = lazy_pattern(
    rf"\b(?:(?:has |have )?(?:sent|messaged|written to) (?:us|the school|the office|{_PAGE})"
    r"(?: an? (?:private |direct )?message)?"
    rf"|(?:tried|tries|wants|wanted|asked|asks) to (?:follow|add) {_PAGE}"
    r"|(?:sent|sends|has sent) (?:me|us) an? (?:friend|follow) request"
    r"|(?:can|may|could|should) (?:i|we) (?:text|message|email|phone|ring))\b"
)
"""What people do on a page, or ask to do themselves: nothing of it tells of harm, whatever else does."""
_ASKS_AT_LAST = lazy_pattern(r"(?:, |\b(?:and|but|so) )(?:may|can|could|should|must) (?:i|we)\b[^,]{0,60}$")
_CONSENT = lazy_pattern(
    r"\b(?:said (?:no|yes)|consent\w*|permission|(?:have|has)nt answered|not answered|forms?|refus\w+|agreed?"
    r"|not want|dont want|doesnt want"
    r"|(?:ask(?:s|ed)?|wants?) (?:\w+ ){0,2}to (?:take|remove|delete)"
    r"|g?aniatad|[cg]h?ydsyni\w*|[ng]*wrthod\w*|na wrth)\b"
)

_SOMEONE = frozenset(stems("pupil parent family young"))
"""Who may come to harm."""
_SURE = lazy_pattern(
    r"\b(?:danger\w*|perygl\w*|pherygl\w*|beryg\w*|suicid\w*|hunanladdiad|overdose|bomb|weapon|gun"
    r"|threat\w*|[bf]ygwth\w*|[cg]?h?leis\w*|bruise\w*|unsafe|violen\w*|frightened|scared|self harm\w*"
    r"|grooming|at risk|naked|nudes?|topless|indecent|noeth\w*|anweddus|sexual\w*|rhywiol)\b"
)
"""Words of harm that don't fit a ball or a carrot, as *hit* and *knife* do."""
_THINGS = lazy_pattern(
    r"\b(?:ball|vegetables?|fruit|cook\w*|kitchen|baking|cardboard|costumes?|scene|bel|pel|llysiau|ffrwythau"
    r"|g?c?oginio|cegin|gegin|golygfa|cardbord|gardbord)\b"
)


def urgent_among(typed: str, meant: Iterable[str]) -> list[str]:
    """Return which of the questions that may be meant are about danger and can be: the words tell of someone
    who may come to harm and aren't everyday ones, nor about a ball or a carrot."""
    folded = fold(typed)
    sure = _SURE.search(folded) is not None
    told = sure or (not _SOMEONE.isdisjoint(stems(typed)) and not _THINGS.search(folded))
    return [key for key in meant if ENTRIES[key].urgent] if told and not is_everyday(typed) else []


def is_everyday(typed: str) -> bool:
    """Return whether each sentence asks what may be done, or tells of consent, in everyday words alone."""
    told = fold(_AGE.sub(" ", typed))
    if not _ordinary().issuperset(set(stems(_ON_A_PAGE.sub(" ask ", told))).difference(DIRECTIONS)):
        return False
    sentences = [found[0].strip() for found in _SENTENCE.finditer(told)]
    return all(
        _ASKS.match(one) or any(each.search(one) for each in (_CONSENT, _ON_A_PAGE, _ASKS_AT_LAST))
        for one in sentences
        if one
    )


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(stems(LISTED["everyday"]))
