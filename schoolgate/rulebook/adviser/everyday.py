"""Tells an everyday question about pictures, names and consent from a story of danger with the same words.

The words of danger are made for what people write in comments: *a photo of a pupil* is alarming there, and
ordinary where staff ask what they may do. A question counts as everyday only where each word of it does.
"""

from __future__ import annotations

from functools import cache

from schoolgate.patterns import lazy_pattern
from schoolgate.rulebook.adviser.speech import DIRECTIONS, LISTED, fold, stems

_SENTENCE = lazy_pattern(r"[^.!?\n]+")
_ASKS = lazy_pattern(
    r"(?:(?:and|so|but|if so|a|ac|felly) )?(?:(?:may|can|could|should|must|shall) \w+"
    r"|(?:how|when|where) (?:do|can|may|should|must) (?:i|we)\b|do (?:i|we)\b|ga i\b|gawn ni\b|gaf i\b"
    r"|gaiff\b|oes angen\b|oes rhaid\b|sut mae\b|ddylwn i\b|ddylem ni\b|allwn ni\b|alla i\b)"
)
_CONSENT = lazy_pattern(
    r"\b(?:said (?:no|yes)|consent\w*|permission|(?:have|has)nt answered|not answered|forms?|refus\w+|agreed?"
    r"|not want|dont want|doesnt want|g?aniatad|[cg]h?ydsyni\w*|[ng]*wrthod\w*|na wrth)\b"
)

_AT_RISK = frozenset(
    stems(
        "pupil parent danger worried attack grooming sexual emergency urgent tonight police 999 family young"
    )
)
"""One of these is in each story of a child or a danger."""


def may_be_danger(typed: str) -> bool:
    """Return whether a question of danger that the search finds can be meant: the words tell of a child or a
    danger, and aren't everyday ones."""
    return not _AT_RISK.isdisjoint(stems(typed)) and not is_everyday(typed)


def is_everyday(typed: str) -> bool:
    """Return whether each sentence asks what may be done, or tells of consent, in everyday words alone."""
    if not _ordinary().issuperset(set(stems(typed)).difference(DIRECTIONS)):
        return False
    sentences = [fold(found[0]).strip() for found in _SENTENCE.finditer(typed)]
    return all(_ASKS.match(one) or _CONSENT.search(one) for one in sentences if one)


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(stems(LISTED["everyday"]))
