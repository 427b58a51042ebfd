"""Find the situation that a clause is about, by plain words."""

from __future__ import annotations

from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schoolgate.rulebook.adviser.entries import ENTRIES
from schoolgate.rulebook.adviser.search import Document, Shelf
from schoolgate.rulebook.rules.offered import points_of, ruled_on
from schoolgate.web.wording import point_label, situation_title

MOST = 8
"""Situations that are shown as results."""
LOOKED_AT = 60
"""Titles, points and questions that are looked at for them: several may lead to one situation."""
BETWEEN = " "


def situations_found(typed: str) -> list[tuple[str, str]]:
    """The situations that fit, best first, as key and title; empty where none does."""
    hits = _shelf(get_language() or "en").find(typed, limit=LOOKED_AT)
    keys = dict.fromkeys(hit.partition(BETWEEN)[0] for hit in hits)
    return [(key, str(situation_title(key))) for key in keys][:MOST]


def all_situations() -> list[tuple[str, str]]:
    """Every situation about which a policy can have a rule, as key and title, by title."""
    return sorted(((key, str(situation_title(key))) for key in ruled_on()), key=lambda one: one[1])


@cache
def _shelf(language: str) -> Shelf:
    """The situations as they are found in a language: by their titles, by the names of their points, and by
    the questions of *May I ...?* that lead to them, each by itself."""
    documents = [Document(key, str(situation_title(key)), "") for key in ruled_on()]
    documents += [
        Document(f"{key}{BETWEEN}{point}", str(point_label(point)), str(situation_title(key)))
        for key in ruled_on()
        for point in points_of(key)
    ]
    documents += [
        Document(f"{one.situation}{BETWEEN}{one.key}", _(one.title), f"{one.words} {one.cy}")
        for one in ENTRIES.values()
    ]
    return Shelf(tuple(documents))
