"""Pupils who are named in a text: for what may not be erased while that text is public, and for what comes
down when they may not be named any more.

Beside the present names, those are looked for that pupils had before, and those that a change which
waits for a safeguarding lead would give them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import F, Func, Q, QuerySet, TextField
from django.db.models.functions import Cast, Concat

from schoolgate.pupils.models import ChangeState, Pupil, PupilChange
from schoolgate.screening.finding_names import find_names
from schoolgate.screening.folding import LIKE_LETTERS, fold
from schoolgate.screening.hits import Strength
from schoolgate.screening.names import Listed, NameIndex
from schoolgate.screening.naming import Naming, naming

Texts = Callable[[Pupil], Iterable[str]]
_SINGLE = {sign: plain for sign, plain in LIKE_LETTERS.items() if len(plain) == 1}
_DOUBLE = {sign: plain for sign, plain in LIKE_LETTERS.items() if len(plain) > 1}
SHORT = 2
"""Letters of a word of a surname (*ap*, *de*) that says little beside a longer one."""
_OTHER = re.compile(r"[^a-z]+")


class Letters(Func):
    """The letters of a text or of JSON, without accents, in lower case, and nothing between them."""

    template = (
        "regexp_replace(translate("
        + "replace(" * len(_DOUBLE)
        + r"lower(normalize(regexp_replace(%(expressions)s, '\\[a-z]', '', 'g'), NFKD))"
        + "".join(f", '{sign}', '{plain}')" for sign, plain in _DOUBLE.items())
        + f", '{''.join(_SINGLE)}', '{''.join(_SINGLE.values())}'), '[^a-z]+', '', 'g')"
    )
    output_field = TextField()


def names_of(pupil: Pupil) -> tuple[Listed, ...]:
    """Return the names of a pupil, the present one first: also those that they had before, by which what is
    public may still name them."""
    own = Listed(
        pupil.pk or 0, pupil.first_name, pupil.last_name, pupil.known_as, pupil.form or "", pupil.year or ""
    )
    changes = pupil.changes.all() if pupil.pk else ()
    before = (
        both for each in changes if each.state != ChangeState.DECLINED for both in (each.before, each.after)
    )
    others = [
        replace(own, first=one["first_name"], last=one["last_name"], known_as=one["known_as"])
        for one in before
        if one
    ]
    return tuple(dict.fromkeys([own, *others]))


def that_may_name(rows: QuerySet[Any], pupil: Pupil, *columns: str) -> QuerySet[Any]:
    """Return those of these rows that may have a surname of this pupil in their columns, however it was
    typed: the one way to choose what `names` then reads. It never leaves out what has the name."""
    texts = [Cast(F(one), TextField()) for one in columns]
    said = Concat(*texts, output_field=TextField()) if len(texts) > 1 else texts[0]
    found = Q()
    for word in _words(pupil):
        found |= Q(letters__contains=word)
    some: QuerySet[Any] = rows.alias(letters=Letters(said)).filter(found)
    return some


def may_name(letters: str, pupil: Pupil) -> bool:
    """Return the same of one text, by its `letters_of`."""
    return any(word in letters for word in _words(pupil))


def letters_of(text: str) -> str:
    """Return the letters of a text as `Letters` does."""
    return _OTHER.sub("", fold(text).text.lower())


def _words(pupil: Pupil) -> list[str]:
    """Return the words of a pupil's surnames, each by its letters; the empty one, which every text has, for a
    name without Latin letters."""
    surnames = (each.last.replace("'", "").replace("’", "") for each in names_of(pupil))
    words = {word for last in surnames for word in _OTHER.split(fold(last).text.lower())}
    long = {word for word in words if len(word) > SHORT}
    return sorted(long or words - {""}) or [""]


def named_in(pupils: Sequence[int], texts: Texts) -> set[int]:
    """Return those of these pupils who are named in full in a text. `texts`: those that may
    name a pupil."""
    found = set()
    for pupil in Pupil.objects.filter(pk__in=pupils, destroyed_at=None).prefetch_related("changes"):
        if names(pupil, texts(pupil)):
            found.add(pupil.pk)
    return found


def names(pupil: Pupil, texts: Iterable[str]) -> bool:
    """Return whether one of these texts has a full name of the pupil."""
    listed = names_of(pupil)
    return any(naming(text, each) is Naming.FULL for text in texts for each in listed)


def gives_away(pupil: Pupil, texts: Iterable[str]) -> bool:
    """Return whether these texts, which people read together, have the pupil's name in any way in which names
    are looked for: for words of which a person said that this pupil is meant."""
    return has_a_name("\n".join(texts), index_of(pupil))


def index_of(pupil: Pupil) -> NameIndex:
    """Return the index by which a pupil's names are looked for in text after text."""
    return NameIndex(names_of(pupil))


def has_a_name(text: str, index: NameIndex) -> bool:
    """Return whether a text has a name of an index, in any way in which names are looked for."""
    return bool(find_names(fold(text), index))


def index_on_the_list(pupil: Pupil) -> NameIndex:
    """Return the index by which a pupil on the do-not-publish list is looked for: their first name alone,
    too."""
    return NameIndex(replace(each, walled=True) for each in names_of(pupil))


def is_asked_about(text: str, index: NameIndex) -> bool:
    """Return whether a text would wait for an answer now."""
    return any(hit.strength is not Strength.MENTION for hit in find_names(fold(text), index))


def with_other_names(listed: Sequence[Listed]) -> list[Listed]:
    """Return the other names of these pupils, each with the class that they are in. One query."""
    by_pk = {each.key: each for each in listed}
    rows = PupilChange.objects.exclude(state=ChangeState.DECLINED).order_by("pk")
    return [
        replace(by_pk[pk], first=names["first_name"], last=names["last_name"], known_as=names["known_as"])
        for pk, *both in rows.values_list("pupil", "before", "after")
        for names in both
        if names and pk in by_pk
    ]
