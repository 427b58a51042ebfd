"""The situations that a clause may be about, in the reader's language."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schoolgate.rulebook.adviser import situations
from schoolgate.rulebook.rules.offered import ruled_on
from schoolgate.web.frame.wording import situation_title


def situations_found(typed: str) -> list[tuple[str, str]]:
    """The situations that fit, best first, as key and title; empty where none does."""
    found = situations.situations_found(typed, language=get_language() or "en", say=_)
    return [(key, str(situation_title(key))) for key in found]


def all_situations() -> list[tuple[str, str]]:
    """Return every situation that a policy can have rules for, as key and title, by title."""
    return sorted(((key, str(situation_title(key))) for key in ruled_on()), key=lambda one: one[1])
