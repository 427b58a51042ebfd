"""Of which situations a clause may speak that has no rule there: by its words, its area, its heading, or
where its rules are."""

import re
from collections.abc import Collection, Mapping
from functools import cache, lru_cache

from schoolgate.patterns import lazy_pattern
from schoolgate.rulebook.adviser.situations import MOST, situations_found
from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.kinds import DEMANDS
from schoolgate.rulebook.packs import load_pack, pack_keys
from schoolgate.rulebook.situations import SITUATIONS
from schoolgate.rulebook.situations.networks import NETWORKS

FOUND_BY_WORDS = 3
"""So many of the situations that fit a clause's words best count."""
FARTHEST = MOST + 1
"""Beyond whatever is found by words."""


_SHORT = {"x": "twitter"}
"""What a network is looked for by where its word is too short for one."""
_NETWORK = lazy_pattern(rf"\b(?:{'|'.join(_SHORT.get(one, one) for one in NETWORKS)})\b", re.IGNORECASE)


def may_speak_of(clause: Clause, situation: str) -> bool:
    """Whether the clause may speak of the situation."""
    return nearness(clause, situation) is not None


def nearness(
    clause: Clause,
    situation: str,
    *,
    ruled_in: Collection[str] = (),
    whole: bool = False,
    was_read: bool = False,
) -> int | None:
    """Return how near a clause is to a situation in which it has no rule: from 1 by its words, more where
    only its subject is that of the situation; None where it can't speak of it.

    `ruled_in`: where a rule of it is asked; it speaks of that subject. `whole`: its rules say all of it, so
    that only what fits its words best counts, and its area, which is wide, doesn't. `was_read`: someone has
    read it beside every situation; of any other, all that fits its words counts, and of what must or must not
    be done each subject of these, too."""
    found = _found_by(clause.wording or clause.says)
    by_words = found[: 1 if whole else FOUND_BY_WORDS if was_read else None]
    if situation in by_words:
        return 1 + by_words.index(situation)
    if situation in _about_networks() and not whole and _names_a_network(clause.wording or clause.says):
        return FOUND_BY_WORDS
    area = _asked_in().get(clause.area)
    about = ruled_in if area is not None else (*ruled_in, *_found_by(clause.section)[:1])
    if _subject(situation) in {_subject(one) for one in about} or (not whole and situation in (area or ())):
        return FOUND_BY_WORDS + 1
    if not (whole or was_read) and clause.modality in DEMANDS and _subject(situation) in subjects_of(clause):
        return FARTHEST
    return None


def subjects_of(clause: Clause) -> frozenset[str]:
    """Return the subjects of the situations that fit the clause's words."""
    return frozenset(_subject(one) for one in _found_by(clause.wording or clause.says))


def speaks_by_words_of(clause: Clause, situation: str) -> bool:
    """Whether the situation is among those that fit the clause's words best."""
    return situation in _found_by(clause.wording or clause.says)[:FOUND_BY_WORDS]


def _subject(situation: str) -> str:
    return situation.partition(".")[0]


@lru_cache(maxsize=2000)
def _found_by(words: str) -> tuple[str, ...]:
    """Return the situations that fit a clause's words: searched once, whatever situation is asked of."""
    return tuple(situations_found(words))


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
