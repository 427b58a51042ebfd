"""Parts of names by themselves in words that a program read in a picture: on a shirt, a peg, a list at a
door. Nothing there is a sentence, so that no word beside one says whose it is."""

from __future__ import annotations

from collections.abc import Iterator

from schoolgate.screening.common import ordinary
from schoolgate.screening.folding import fold
from schoolgate.screening.hits import FIRST_ALONE, Hit, Kind, Strength
from schoolgate.screening.names import FEW_OF_A_NAME, NameIndex, all_of
from schoolgate.screening.text_words import text_of
from schoolgate.screening.walled_names import WORDS


def on_signs(text: str, index: NameIndex) -> Iterator[Hit]:
    """Yield each word that is the first name or the surname of a pupil who must not be published. One that is
    a word of the language too, or a surname of many, counts only as `screen` finds it; a colleague's with
    a title isn't the pupil's."""
    if not index.walled_whole:
        return
    folded = fold(text)
    read = text_of(folded.text)
    for place in read.limits:
        word = read.words.plain[place]
        if word in WORDS or word in ordinary() or read.has_title(place):
            continue
        of, variant = index.walled.get(word, ()), FIRST_ALONE
        if (
            not of
            and word in index.walled_lasts
            and len(all_of(index.by_last[word].values())) <= FEW_OF_A_NAME
        ):
            of, variant = all_of(index.walled_lasts[word].values()), "last"
        if of:
            start, end = folded.span(read.words.starts[place], read.words.ends[place])
            yield Hit(start, end, folded.typed[start:end], Kind.PUPIL, Strength.ASK, variant, word, of)


def _is_of_many(surname: str, index: NameIndex) -> bool:
    return len(all_of(index.by_last[surname].values())) > FEW_OF_A_NAME
