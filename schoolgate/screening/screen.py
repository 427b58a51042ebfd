"""Everything that is looked for in a text, in one call."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from schoolgate.screening.advice import Advice, advise
from schoolgate.screening.family_matters import find_family_matters
from schoolgate.screening.finding_names import find_names
from schoolgate.screening.first_names import is_ordinary_word
from schoolgate.screening.folding import Folded, fold, simple
from schoolgate.screening.hits import KNOWN, Hit, Kind, Strength
from schoolgate.screening.links import find_links
from schoolgate.screening.missing_child import find_one_child
from schoolgate.screening.names import NameIndex
from schoolgate.screening.of_a_child import find_of_a_child
from schoolgate.screening.personal import Seen, find_personal
from schoolgate.screening.places import find_others_work, find_places
from schoolgate.screening.written_names import find_written_names


@dataclass(frozen=True, slots=True)
class Screened:
    """What a text has, in the order of the text. No hits is not "safe"."""

    hits: tuple[Hit, ...]
    advice: Advice


def screen(text: str, index: NameIndex, *, allowed: Collection[str] = ()) -> Screened:
    """Look through a text for the names of an index and everything else. `allowed`: what the school publishes
    of itself, as `folding.simple` returns it: such a telephone number, postcode, e-mail, address or account
    is no hit."""
    folded = fold(text)
    names = find_names(folded, index)
    named = [each for each in names if not is_ordinary_word(text, each)]
    family = find_family_matters(folded, named)
    seen = [
        *find_personal(folded.text),
        *find_links(folded.text),
        *find_places(folded.text),
        *family,
        *(each for each in find_of_a_child(folded.text) if not _lies_in(each, family)),
        *find_others_work(folded.text),
        *(each for each in find_written_names(folded.text) if not _is_named(each, folded, names)),
    ]
    hits = [_hit(folded, each) for each in seen]
    kept = [hit for hit in hits if hit.kind not in KNOWN or hit.plain not in allowed]
    kept += names
    kept.sort(key=lambda hit: (hit.start, hit.end))
    return Screened(tuple(kept), advise(text, folded.text))


def of_one_child(text: str) -> Hit | None:
    """Return where a text that is about everyone, as an emergency text is, first speaks of one child."""
    folded = fold(text)
    found = min(find_one_child(folded.text), key=lambda each: each.start, default=None)
    return None if found is None else _hit(folded, found)


def lets_strangers_in(address: str) -> bool:
    """Return whether an address opens a meeting, a group or a file to anyone who has it."""
    return any(each.kind is Kind.PRIVATE_LINK for each in find_links(fold(address).text))


def _lies_in(seen: Seen, family: Collection[Seen]) -> bool:
    """Return whether the same words tell of a family's matter: they're asked about once."""
    return any(seen.start < each.end and each.start < seen.end for each in family)


def _is_named(seen: Seen, folded: Folded, names: Collection[Hit]) -> bool:
    """Return whether a name of the list is asked about at the same words."""
    start, end = folded.span(seen.start, seen.end)
    asked = (hit for hit in names if hit.strength is not Strength.MENTION)
    return any(hit.start < end and start < hit.end for hit in asked)


def _hit(folded: Folded, seen: Seen) -> Hit:
    start, end = folded.span(seen.start, seen.end)
    words = folded.typed[start:end]
    return Hit(start, end, words, seen.kind, seen.strength, seen.variant, simple(words))
