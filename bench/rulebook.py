"""How fast the rulebook is: decisions a second over the mixed scenarios of all five policies, the slowest of
them, how long the packs take to load, and how long it takes to prove them."""

import gc
import json
import subprocess
import sys
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import schoolgate.rulebook
from bench.machine import busy_seconds, middle, say
from schoolgate.rulebook import Book, book, books, decide
from schoolgate.rulebook.adviser import ENTRIES, Situated, answer
from schoolgate.rulebook.facts import Facts
from schoolgate.rulebook.packs import load_pack, pack_keys
from schoolgate.rulebook.scenarios import prove
from tests.policies.scenarios import scenarios

WANTED, SLOWEST_MS, LOAD_MS, PROVE_SECONDS, LINES = 20_000, 2.0, 300, 60, 10_000
ROUNDS, TRIES = 9, 5
MOST_BOOKS = 99
"""Policies whose scenarios are answered."""
Question = tuple[Book, str, Facts]

_LOAD = """
import json, time, sys
import schoolgate.rulebook.controls, schoolgate.rulebook.situations, schoolgate.rulebook.packs
from schoolgate.rulebook.book import book, books
start = time.process_time()
for key in books():
    book(key)
taken = time.process_time() - start
start = time.process_time()
for _ in range(20):
    json.loads(json.dumps(list(range(20_000))))
floor = time.process_time() - start
start = time.process_time()
for key in books():
    book(key).check()
print(json.dumps([taken, floor, time.process_time() - start]))
"""
"""In a process of its own, so that nothing is there yet. The second figure is a floor for this machine, the
third what it takes to check every rule of every situation, which else waits until one is first asked."""
SMALLEST = {"ROUNDS": 1, "TRIES": 1, "MOST_BOOKS": 1}


def run() -> dict[str, Any]:
    """Every figure counts what this process did, not what others did on the same cores."""
    keys = list(books())[:MOST_BOOKS]
    questions = [(book(key), one.situation, one.facts) for key in keys for one in scenarios(key)]
    say(f"rulebook: {len(questions)} scenarios")
    _all(questions)
    a_second = len(questions) / middle([busy_seconds(lambda: _all(questions)) for _ in range(ROUNDS)])
    floor = 1_000_000 / middle([busy_seconds(_nothing) for _ in range(ROUNDS)])
    slowest, which = _slowest(questions)
    loaded, load_floor, checked = _loading()
    say("rulebook: proving")
    proving = {key: busy_seconds(partial(prove, book(key), scenarios(key))) for key in keys}
    by_kind, lines = _by_kind(), _lines()
    return {
        "what": "decide(book, situation, facts already read) over every scenario of the five policies",
        "wanted": {
            "a_second": WANTED,
            "slowest_ms": SLOWEST_MS,
            "load_ms": LOAD_MS,
            "lines_of_python": LINES,
            "prove_seconds": PROVE_SECONDS,
        },
        "a_second": round(a_second),
        "microseconds_each": round(1_000_000 / a_second, 1),
        "calls_of_nothing_a_second": round(floor),
        "a_decision_in_calls_of_nothing": round(floor / a_second),
        "slowest_ms": round(slowest * 1000, 3),
        "slowest": which,
        "load_ms": round(loaded * 1000),
        "then_check_every_rule_ms": round(checked * 1000),
        "load_in_json_round_trips_of_20000_numbers": round(loaded / (load_floor / 20), 1),
        "prove_seconds": {key: round(taken, 2) for key, taken in proving.items()},
        "slowest_next_question_of_may_i_ms": round(_next_question() * 1000, 1),
        "rules": {key: len(book(key).pack.bindings) for key in books()},
        "rules_by_kind": by_kind,
        "kinds_that_one_policy_uses": [kind for kind, used in by_kind.items() if len(used) == 1],
        "lines_of_python": lines,
        "scenarios": len(questions),
        "reached": {
            "a_second": a_second >= WANTED,
            "slowest_ms": slowest * 1000 < SLOWEST_MS,
            "load_ms": loaded * 1000 < LOAD_MS,
            "lines_of_python": lines <= LINES,
            "prove_seconds": sum(proving.values()) < PROVE_SECONDS,
        },
    }


def _by_kind() -> dict[str, dict[str, int]]:
    """Rules by kind and pack, of the policies, the law and the house; the kinds in the order of their use."""
    used: dict[str, dict[str, int]] = {}
    for key in pack_keys():
        for binding in load_pack(key).bindings:
            packs = used.setdefault(binding.control, {})
            packs[key] = packs.get(key, 0) + 1
    return dict(sorted(used.items(), key=lambda one: -sum(one[1].values())))


def _lines() -> int:
    """Lines of Python in the rulebook, without its sentences."""
    root = Path(schoolgate.rulebook.__file__).parent
    files = (one for one in root.rglob("*.py") if "sentences" not in one.parts)
    return sum(len(one.read_text().splitlines()) for one in files)


def _next_question() -> float:
    """Seconds that the slowest of a few entries of "May I ...?" takes to find its first question."""
    at = datetime(2027, 1, 19, 10, 30, tzinfo=UTC)
    taken = []
    for entry in ("post-for-school", "post-about-colleague", "left-the-school", "criticise-school"):
        for key in books():
            asked = partial(answer, book(key), Situated(ENTRIES[entry], at), {})
            asked()
            taken.append(busy_seconds(asked))
    return max(taken)


def _all(questions: list[Question]) -> None:
    for under, situation, facts in questions:
        decide(under, situation, facts)


def _nothing() -> None:
    for _ in range(1_000_000):
        _same(None)


def _same(value: object) -> object:
    return value


def _slowest(questions: list[Question]) -> tuple[float, str]:
    """Of each question the quickest of several tries (what others do on the cores is no part of it), and of
    all questions the slowest."""
    gc.collect()
    worst = (0.0, "")
    for under, situation, facts in questions:
        tries = []
        for _ in range(TRIES):
            start = time.perf_counter()
            decide(under, situation, facts)
            tries.append(time.perf_counter() - start)
        worst = max(worst, (min(tries), f"{under.key}: {situation}"))
    return worst


def _loading() -> tuple[float, float, float]:
    runs = [
        json.loads(subprocess.run([sys.executable, "-c", _LOAD], capture_output=True, check=True).stdout)
        for _ in range(ROUNDS)
    ]
    loaded, floor, checked = (middle(list(one)) for one in zip(*runs, strict=True))
    return loaded, floor, checked
