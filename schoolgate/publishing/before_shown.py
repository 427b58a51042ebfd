"""What is asked about before a stranger's comment is shown, beside what is asked about everywhere: a question
after one child or one family, whose child someone is, what may accuse a grown-up, such as being alone with
children, what was marked as abuse, and a name by which it would be taken for a colleague's or the school's
own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from schoolgate.core.leaving import WRITERS
from schoolgate.people.accusations import may_accuse
from schoolgate.people.named import Names, is_our_name, says_it_is_us
from schoolgate.people.reading_words import reasons_of_danger
from schoolgate.policy.queries import book_in_scope
from schoolgate.publishing.names_known import names_here
from schoolgate.screening import Hit, Kind, Strength
from schoolgate.screening.asked_of_one import find_asked_of_one
from schoolgate.screening.finding_names import find_names
from schoolgate.screening.folding import fold, simple
from schoolgate.screening.whose_child import find_whose_child


def found_before_shown(text: str) -> Iterator[Hit]:
    """Yield what is so found in a comment. Words of danger wait for a safeguarding lead, who reads the rest
    with them."""
    if not reasons_of_danger(text):
        yield from asked_in(text)


def asked_in(text: str) -> Iterator[Hit]:
    """Yield what is so found by the words alone: the moderator says why it may be shown."""
    folded = fold(text)
    seen = (*find_asked_of_one(folded.text), *find_whose_child(folded.text))
    asked = [folded.span(each.start, each.end) for each in seen]
    for start, end in asked or ([(0, len(text))] if may_accuse(text) else []):
        words = text[start:end]
        yield Hit(start, end, words, Kind.TOLD, Strength.ASK, "", simple(words))


def marked_as_abuse(words: str) -> Hit:
    """Return words that were marked as abuse when they came in: the moderator says why they may be shown."""
    return Hit(0, len(words), words, Kind.ABUSE, Strength.ASK, "", simple(words))


def under_our_name(texts: Mapping[str, str], *, on: date) -> Iterator[tuple[Hit, list[str]]]:
    """Yield by what a comment would be taken for ours, with its field: the moderator says who wrote it."""
    names = Names(book_in_scope(), on=on)
    for field, text in texts.items():
        is_ours = field in WRITERS and (is_our_name(text, names) or _is_either(text, names, on=on))
        ours = [(0, len(text))] if is_ours else []
        for start, end in ours if field in WRITERS else says_it_is_us(text, names):
            words = text[start:end]
            yield Hit(start, end, words, Kind.OUR_NAME, Strength.ASK, "", simple(words)), [field]


def _is_either(name: str, names: Names, *, on: date) -> bool:
    """Return whether a name may be a pupil's or a colleague's alike: *Tom E*."""
    pupils = (
        hit for hit in find_names(fold(name), names_here(on=on)) if hit.strength is not Strength.MENTION
    )
    return any(pupils) and names.may_be_called(name)
