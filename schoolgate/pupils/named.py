"""Pupils who are named in a text: for what may not be erased while that text is public, and for what comes
down when they may not be named any more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from schoolgate.pupils.models import Pupil
from schoolgate.screening.finding_names import find_names
from schoolgate.screening.folding import fold
from schoolgate.screening.hits import Strength
from schoolgate.screening.names import Listed, NameIndex
from schoolgate.screening.naming import Naming, naming

Texts = Callable[[str], Iterable[str]]


def named_in(pupils: Sequence[int], texts: Texts) -> set[int]:
    """Return those of these pupils who are named in full in a text. `texts`: those with a word."""
    found = set()
    for pupil in Pupil.objects.filter(pk__in=pupils, destroyed_at=None):
        if names(pupil, texts(pupil.last_name)):
            found.add(pupil.pk)
    return found


def names(pupil: Pupil, texts: Iterable[str]) -> bool:
    """Return whether one of these texts has the pupil's full name."""
    listed = Listed(pupil.pk, pupil.first_name, pupil.last_name, pupil.known_as)
    return any(naming(text, listed) is Naming.FULL for text in texts)


def gives_away(pupil: Pupil, texts: Iterable[str]) -> bool:
    """Return whether these texts, which people read together, have the pupil's name in any way in which names
    are looked for: for words of which a person said that this pupil is meant."""
    return bool(find_names(fold("\n".join(texts)), NameIndex([_listed(pupil)])))


def index_on_the_list(pupil: Pupil) -> NameIndex:
    """Return the index by which a pupil on the do-not-publish list is looked for: their first name alone,
    too."""
    return NameIndex([replace(_listed(pupil), walled=True)])


def is_asked_about(text: str, index: NameIndex) -> bool:
    """Return whether a text would wait for an answer now."""
    return any(hit.strength is not Strength.MENTION for hit in find_names(fold(text), index))


def _listed(pupil: Pupil) -> Listed:
    return Listed(
        pupil.pk, pupil.first_name, pupil.last_name, pupil.known_as, pupil.form or "", pupil.year or ""
    )
