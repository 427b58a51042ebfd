"""How a Welsh word of a list may be spoken and written: with its beginning mutated, and with the endings of
the north and the south. *Trowsus* is *fy nhrowsus*, *pethau* is *petha* and *pethe*."""

from __future__ import annotations

from collections.abc import Iterator

_BEGINNINGS = (
    ("ll", ("l",)), ("rh", ("r",)), ("ch", ()), ("th", ()), ("ph", ()), ("dd", ()), ("ff", ()), ("ng", ()),
    ("mh", ()), ("nh", ()), ("p", ("b", "mh", "ph")), ("t", ("d", "nh", "th")), ("c", ("g", "ngh", "ch")),
    ("b", ("f", "m")), ("d", ("dd", "n")), ("g", ("", "ng")), ("m", ("f",)),
    *((vowel, (f"h{vowel}",)) for vowel in "aeiouwy"),
)  # fmt: skip
"""What a word begins with, and what it begins with when it's mutated; the longer ones first."""
_ENDINGS = (("au", ("a", "e")), ("odd", ("ws", "ath")), ("io", ("o",)))
_SHORTEST = 4
"""Letters of a form. Shorter ones are too many words' forms: *fan*, *dan*, *fam*."""


def mutated(word: str) -> Iterator[str]:
    """Yield the other forms of a Welsh word: each beginning with each ending."""
    old, new = _begins(word)
    ended = next(((old, new) for old, new in _ENDINGS if word.endswith(old)), ("", ()))
    rest = word[len(old) : len(word) - len(ended[0])]
    for first in (old, *new):
        for last in (ended[0], *ended[1]):
            form = first + rest + last
            if form != word and len(form) >= _SHORTEST:
                yield form


def mutated_alike(word: str, meant: str) -> Iterator[tuple[str, str]]:
    """Yield the mutated forms of a word as it's texted, each with that of the word that it stands for: as it
    is, where that begins with another letter or its form would be too short."""
    old, new = _begins(word)
    for first in new:
        form = first + word[len(old) :]
        other = first + meant[len(old) :] if _begins(meant)[0] == old else meant
        if len(form) >= _SHORTEST:
            yield form, other if len(other) >= _SHORTEST else meant


def _begins(word: str) -> tuple[str, tuple[str, ...]]:
    return next(((old, new) for old, new in _BEGINNINGS if word.startswith(old)), ("", ()))
