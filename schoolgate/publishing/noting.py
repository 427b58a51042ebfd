"""What is found in several texts that leave together, each thing once, and first names alone among it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from schoolgate.screening import Hit, Strength, lone_firsts

Found = dict[str, tuple[Hit, list[str]]]
"""By a hit's key, the hit and the fields that have it."""


def note_once(found: Found, hit: Hit, field: str) -> None:
    """Note a hit with the field that has it: the same words about the same pupils once, as the stronger."""
    was, fields = found.get(hit.key, (hit, []))
    stronger = min(was, hit, key=lambda one: list(Strength).index(one.strength))
    found[hit.key] = (stronger, list(dict.fromkeys([*fields, field])))


def alone_in(read: Iterable[tuple[str, str, Iterable[Hit]]]) -> Found:
    """Return the first names alone in texts, given as field, text and what was found in it."""
    found: Found = {}
    for field, text, hits in read:
        for hit in lone_firsts(text, hits):
            note_once(found, hit, field)
    return found


def note_unagreed(found: Found, alone: Mapping[str, tuple[Hit, list[str]]], *, left: Collection[int]) -> None:
    """Note the first names alone that one of their pupils hasn't agreed to, with their fields: the same
    question at every door. `left`: who may be named, or has left without a no."""
    for hit, fields in alone.values():
        for field in fields if not set(hit.of) <= set(left) else ():
            note_once(found, hit, field)
