"""How well the import of a policy document proposes: each of the five policies is left out in turn, and its
clauses are put to what the others teach."""

import re
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

from bench.machine import NotMeasured, busy_seconds, say
from schoolgate.policy.importing.document import document_of, reading_of
from schoolgate.policy.importing.learned import Learned, Taught, learn, taught_by
from schoolgate.policy.importing.proposing import KINDS_SHOWN, propose
from schoolgate.rulebook import book, books
from schoolgate.rulebook.clauses import split
from schoolgate.rulebook.packs import pack_keys

SHARED_TEXT = frozenset({"wildground", "boroughbridge"})
"""These two policies print mostly the same text, so that one teaches the other word for word. Each is also
measured without the other: that is what a sixth school may expect."""
SMALL = ["nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
NOT_CLAUSES = Path(__file__).with_name("not_clauses.txt")
MOST = 99
"""Policies that are left out in turn."""
SMALLEST = {"MOST": 1}
COUNTED = (
    "area_first", "area_in_three", "kind_first", "kind_in_three", "kind_in_five", "kind_proposed",
    "kind_at_point", "modality", "clause",
)  # fmt: skip


def run() -> dict[str, Any]:
    """Return shares of clauses. `kind_known`: another policy uses a right kind, so that it can be found;
    `kind_proposed`: a right kind is among the three that are shown, of those that can serve another policy;
    `kind_at_point`: one of these three speaks at a situation and point at which a rule of the clause does;
    `numbers_read`: of the parameters' whole numbers that the sentence names, those that were read."""
    keys = [key for key in books() if key in pack_keys()]
    say(f"importing: {len(keys)} policies, each without itself")
    alone = {key: _measured(key, [key], keys) for key in keys[:MOST]}
    apart = {key: _measured(key, [key, *_twins(key)], keys) for key in keys[:MOST]}
    if not all(each["clauses"] and each["bound"] for each in alone.values()):
        raise NotMeasured("a policy without clauses or rules")
    others = _sentences_that_are_none()
    taken = [text for text in others if not reading_of(text).why_not]
    learned = learn(book(key) for key in keys)
    document = document_of([_Piece(text) for text in others * 5], "text")
    seconds = busy_seconds(lambda: propose(document, learned))
    return {
        "what": "the register's clauses, in our words, put to what the other policies teach",
        "one_policy_left_out": {**_shown(alone), "all": _share(sum(alone.values(), Counter()))},
        "shared_text_left_out_too": {**_shown(apart), "all": _share(sum(apart.values(), Counter()))},
        "not_clauses": {
            "what": "sentences of our own in the manner of policies: definitions, background, labels",
            "sentences": len(others),
            "told_apart": round(1 - len(taken) / len(others), 3),
            "taken_for_clauses": taken,
        },
        "kinds": len(learned.uses),
        "sentences_a_second": round(len(document.sentences) / seconds),
    }


def _twins(key: str) -> frozenset[str]:
    return SHARED_TEXT - {key} if key in SHARED_TEXT else frozenset()


def _measured(key: str, without: list[str], keys: list[str]) -> Counter[str]:
    learned = learn(book(other) for other in keys if other not in without)
    found: Counter[str] = Counter()
    for one in taught_by(book(key)):
        found.update(_one(one, learned))
    return found


def _one(one: Taught, learned: Learned) -> dict[str, int]:
    """What came out right of one clause. Actor and modality are read from its text, as in an import."""
    clause, right = one.clause, set(one.kinds)
    seen = reading_of(clause.says)
    areas, kinds = learned.ranked(clause.says, clause.section, seen.actor, seen.modality)
    proposed = list(islice(learned.lines(clause.says, kinds), KINDS_SHOWN))
    numbers = {
        value for value in clause.parameters.values() if type(value) is int and _stated(value, clause.says)
    }
    told = {
        "clauses": 1,
        "area_first": clause.area in areas[:1],
        "area_in_three": clause.area in areas[:3],
        "modality": seen.modality == clause.modality,
        "clause": not seen.why_not,
        "bound": bool(right),
        "kind_known": bool(right & learned.uses.keys()),
        "kind_first": bool(right & set(kinds[:1])),
        "kind_in_three": bool(right & set(kinds[:3])),
        "kind_in_five": bool(right & set(kinds[:5])),
        "kind_proposed": bool(right & {line.kind for line in proposed}),
        "kind_at_point": bool(one.points & {(line.situation, line.point) for line in proposed}),
        "numbers": len(numbers),
        "numbers_read": len(numbers & {one for one in seen.parameters.values() if type(one) is int}),
    }
    return {name: int(value) for name, value in told.items()}


def _stated(number: int, text: str) -> bool:
    word = SMALL[number] if number < len(SMALL) else str(number)
    return re.search(rf"\b(?:{number}|{word})\b", text, re.IGNORECASE) is not None


def _share(found: Counter[str]) -> dict[str, float]:
    """Return shares of all clauses; of kinds, shares of the clauses that a rule covers."""
    told: dict[str, float] = {"clauses": found["clauses"]}
    for name in COUNTED:
        told[name] = round(found[name] / found["bound" if name.startswith("kind") else "clauses"], 3)
    told["kind_known"] = round(found["kind_known"] / found["bound"], 3)
    told["numbers_read"] = round(found["numbers_read"] / (found["numbers"] or 1), 3)
    told["kind_in_five_of_known"] = round(found["kind_in_five"] / found["kind_known"], 3)
    return told


def _shown(found: dict[str, Counter[str]]) -> dict[str, dict[str, float]]:
    return {key: _share(counted) for key, counted in found.items()}


def _sentences_that_are_none() -> list[str]:
    lines = NOT_CLAUSES.read_text("utf-8").splitlines()
    return [text for line in lines if line and not line.startswith("#") for text in split(line)]


class _Piece:
    """A text as a paragraph of a document."""

    heading, item, place, page = False, False, "line 1", 0

    def __init__(self, text: str) -> None:
        self.text = text
