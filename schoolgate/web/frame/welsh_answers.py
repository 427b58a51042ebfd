"""Yes and no in Welsh, which has no one word for either: the answer takes up the verb of the question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language

PLAIN = ("Ie", "Na")
"""What the catalogue has for "Yes" and "No"."""
VERBS: Mapping[str, tuple[str, str]] = {
    "yw": ("Ydy", "Nac ydy"),
    "ydy": ("Ydy", "Nac ydy"),
    "ydynt": ("Ydyn", "Nac ydyn"),
    "ydyn": ("Ydyn", "Nac ydyn"),
    "ydych": ("Ydw", "Nac ydw"),
    "oes": ("Oes", "Nac oes"),
    "oedd": ("Oedd", "Nac oedd"),
    "fydd": ("Bydd", "Na fydd"),
    "fyddwch": ("Byddaf", "Na fyddaf"),
    "fyddech": ("Byddwn", "Na fyddwn"),
    "fyddai": ("Byddai", "Na fyddai"),
    "all": ("Gall", "Na all"),
    "allai": ("Gallai", "Na allai"),
    "ellir": ("Gellir", "Na ellir"),
    "ellid": ("Gellid", "Na ellid"),
    "gaiff": ("Caiff", "Na chaiff"),
    "ddylai": ("Dylai", "Na ddylai"),
    "ddylid": ("Dylid", "Na ddylid"),
}
ASKING = re.compile(r"(?:a )?(\w+?)(?:['’](?:n|r|ch))?\b", re.IGNORECASE)
PAST = re.compile(r"a (?:\w{3,}(?:odd|wyd|och|aed|aeth|asant)|aeth|wnaethant|wnaeth|wnaed)\b", re.IGNORECASE)
ABOUT_WHICH = re.compile(r"ai\b", re.IGNORECASE)


def yes_and_no(question: str) -> tuple[str, str]:
    """Return the words for yes and no that answer a question asked in Welsh; "Ie" and "Na" where its verb
    isn't known."""
    asked = question.strip()
    if ABOUT_WHICH.match(asked):
        return ("Ie", "Nage")
    if PAST.match(asked):
        return ("Do", "Naddo")
    found = ASKING.match(asked)
    return VERBS.get(found[1].lower(), PLAIN) if found else PLAIN


def answers_to(question: str, choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Return the choices of a question with the words for yes and no that answer it; others, and all on a
    page that isn't in Welsh, as they are."""
    return [(value, answer_to(question, label)) for value, label in choices]


def answer_to(question: str, answer: Any) -> Any:
    """Return one answer to a question, as `answers_to` does."""
    if get_language() != "cy" or str(answer) not in PLAIN:
        return answer
    return yes_and_no(question)[PLAIN.index(str(answer))]
