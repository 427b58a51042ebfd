"""Find the situation that a clause is about, by plain words."""

from __future__ import annotations

from functools import cache

from django.utils.translation import get_language

from schoolgate.rulebook.adviser.entries import ENTRIES
from schoolgate.rulebook.adviser.search import Document, Shelf
from schoolgate.rulebook.rules.offered import points_of, ruled_on
from schoolgate.web.wording import point_label, situation_title


def situations_found(typed: str) -> list[tuple[str, str]]:
    """The situations that fit, best first, as key and title; empty where none does."""
    keys = _shelf(get_language() or "en").find(typed, among=ruled_on())
    return [(key, str(situation_title(key))) for key in keys]


def all_situations() -> list[tuple[str, str]]:
    """Every situation about which a policy can have a rule, as key and title, by title."""
    return sorted(((key, str(situation_title(key))) for key in ruled_on()), key=lambda one: one[1])


@cache
def _shelf(language: str) -> Shelf:
    """The situations as they are found in a language: by their titles, by the names of their points, and by
    the questions of *May I ...?* that lead to them."""
    asked: dict[str, list[str]] = {}
    for one in ENTRIES.values():
        asked.setdefault(one.situation, []).append(f"{one.title} {one.words} {one.cy}")
    return Shelf(
        tuple(
            Document(
                key,
                str(situation_title(key)),
                " ".join([*(str(point_label(point)) for point in points_of(key)), *asked.get(key, ())]),
            )
            for key in ruled_on()
        )
    )
