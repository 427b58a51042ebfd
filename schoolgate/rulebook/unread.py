"""Of which situations a clause may speak that has no rule there: by its area, or by its words."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from schoolgate.rulebook.adviser.situations import situations_found
from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.packs import load_pack, pack_keys
from schoolgate.rulebook.situations import SITUATIONS
from schoolgate.rulebook.situations.networks import NETWORKS

FOUND_BY_WORDS = 3
"""So many of the situations that fit a clause's words best count."""


_SHORT = {"x": "twitter"}
"""What a network is looked for by where its word is too short for one."""
_NETWORK = re.compile(rf"\b(?:{'|'.join(_SHORT.get(one, one) for one in NETWORKS)})\b", re.IGNORECASE)


def may_speak_of(clause: Clause, situation: str) -> bool:
    """Whether the clause may speak of the situation."""
    return nearness(clause, situation) is not None


def nearness(clause: Clause, situation: str) -> int | None:
    """Return how near a clause is to a situation: from 1 by its words, more where only its area is that of
    the situation; None where it can't speak of it."""
    by_words = _found_by(clause.wording or clause.says)
    if situation in by_words:
        return 1 + by_words.index(situation)
    if situation in _about_networks() and _names_a_network(clause.wording or clause.says):
        return FOUND_BY_WORDS
    return FOUND_BY_WORDS + 1 if situation in _asked_in().get(clause.area, ()) else None


def speaks_by_words_of(clause: Clause, situation: str) -> bool:
    """Whether the situation is among those that fit the clause's words best."""
    return situation in _found_by(clause.wording or clause.says)


@lru_cache(maxsize=2000)
def _found_by(words: str) -> tuple[str, ...]:
    """Return the situations that fit a clause's words best: searched once, whatever situation is asked of."""
    return tuple(situations_found(words)[:FOUND_BY_WORDS])


@lru_cache(maxsize=2000)
def _names_a_network(words: str) -> bool:
    return _NETWORK.search(words) is not None


@cache
def _about_networks() -> frozenset[str]:
    """The situations of an account that are about a network: a clause that names one speaks of them."""
    there = ((key, SITUATIONS[key].facts.model_fields) for key in SITUATIONS if key.startswith("account."))
    return frozenset(key for key, names in there if not {"network", "platform", "placed"}.isdisjoint(names))


@cache
def _asked_in() -> Mapping[str, frozenset[str]]:
    """Area of a clause -> the situations in which the program's own packs have rules for such clauses."""
    found: dict[str, set[str]] = {}
    for key in pack_keys():
        pack = load_pack(key)
        for binding in pack.bindings:
            for clause in binding.clauses:
                if clause in pack.clauses:
                    found.setdefault(pack.clauses[clause].area, set()).update(binding.situations)
    return {area: frozenset(situations) for area, situations in found.items()}
