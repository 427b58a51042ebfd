"""Asked: which clause of a policy is shown first to a question in a person's own words.

Four policies without a rule (`bench/asked`), with 30 questions each. A reader of the policy alone named the
clauses that decide them. The questions marked *apart* are a number only: don't look at them while you work.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from bench.machine import busy_seconds, say
from schoolgate.policy.importing.document import reading_of
from schoolgate.rulebook.adviser.fitting import clauses_fitting, says_nothing
from schoolgate.rulebook.book import Book, book_of
from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.kinds import Enforce, Modality
from schoolgate.rulebook.packs.blank import blank_pack

FILES = Path(__file__).with_name("asked")
SILENT, DANGER = "-", "!"
"""What stands for a clause where the policy has none, and where only help will do."""
SEEN, APART = "seen", "apart"


@dataclass(frozen=True)
class Asked:
    """A question, the policy it's put to, and the clauses any of which decides it."""

    policy: str
    part: str
    right: frozenset[str]
    words: str


def run() -> dict[str, Any]:
    """Return for each part how many questions show the deciding clause first, or say that there's none."""
    every = questions()
    for one in every:
        clauses_fitting(policy(one.policy), one.words)
    seconds = busy_seconds(lambda: [clauses_fitting(policy(one.policy), one.words) for one in every])
    found = {part: measured(one for one in every if one.part == part) for part in (SEEN, APART)}
    say(f"asked: {found[APART]['right']} of {found[APART]['questions']} apart right")
    return {
        "what": "questions that show the deciding clause first, or where there is none say so",
        **found,
        "milliseconds": round(1000 * seconds / len(every), 2),
    }


def measured(asked: Iterable[Asked]) -> dict[str, int]:
    """Count what came of questions.

    `right`: the deciding clause is first, or the policy is rightly called silent. `shown`: it's among those
    shown. `beside`: others are shown where there's none. `falsely_silent`: the policy is called silent, and
    it has one."""
    count = Counter(questions=0, right=0, shown=0, beside=0, falsely_silent=0)
    for one in asked:
        count.update(["questions", *judged(one)])
    return dict(count)


def judged(one: Asked) -> list[str]:
    """Return what is to be counted of one question."""
    book = policy(one.policy)
    fitting, silent = clauses_fitting(book, one.words), says_nothing(book, one.words)
    if one.right == {DANGER}:
        return ["falsely_silent"] if silent else ["right", "shown"]
    if fitting and not one.right.isdisjoint(fitting):
        return ["right", "shown"] if fitting[0] in one.right else ["shown"]
    if SILENT in one.right:
        return ["beside"] if fitting else ["right", "shown"] if silent else []
    return ["falsely_silent"] if silent else []


def questions() -> list[Asked]:
    """Return all questions of the files."""
    rows = _rows("questions")
    return [Asked(key, part, frozenset(right.split("|")), words) for key, part, right, words in rows]


@cache
def policy(key: str) -> Book:
    """Return a policy as its import would write it down, before anyone wrote a rule."""
    found: dict[str, dict[str, Clause]] = defaultdict(dict)
    for doc, clause, section, text in _rows("clauses"):
        how = reading_of(text).modality or Modality.STATES
        found[doc][clause] = Clause(clause, section, text, how, "staff", "policy", Enforce.GUIDE, {})
    return book_of(replace(blank_pack(key), clauses=found[key]))


def _rows(name: str) -> list[list[str]]:
    with (FILES / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
