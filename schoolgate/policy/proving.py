"""Ready questions over all facts: never, or the case in which it happens. A solver searches in a process of
its own (the optional part `prove`); its case counts once the engine has confirmed it."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from schoolgate.core.env import for_a_child_without_database
from schoolgate.rulebook import Book, Decision, decide
from schoolgate.rulebook.errors import RulebookError
from schoolgate.rulebook.kinds import Outcome
from schoolgate.rulebook.one_file import to_yaml
from schoolgate.rulebook.packs import Pack
from schoolgate.rulebook.proof.searching import QUESTIONS, Question

SECONDS = 30
"""The longest that a page waits."""
BY_KEY: Mapping[str, Question] = {one.key: one for one in QUESTIONS}


class Proven(StrEnum):
    """What is proven of a question."""

    HAPPENS = "happens"  # it is allowed in a case
    SAYS_NOTHING = "says_nothing"  # never allowed, and in a case the policy says nothing
    NEVER = "never"
    UNLESS_RULED = "unless_ruled"
    NOT_PROVEN = "not_proven"
    GAVE_UP = "gave_up"


@dataclass(frozen=True)
class Answer:
    """The answer to a ready question. `decision`: of the case, with its facts; `clauses`: which leave
    something open; `rules`: those that could not be worked through."""

    question: Question
    proven: Proven
    decision: Decision | None = None
    clauses: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


def ask(question: Question, pack: Pack, changes: Mapping[str, Any], book: Book) -> Answer:
    """Return the answer under a pack with the changes of its interpretation; `book` is the two together."""
    asked = {"policy": to_yaml(pack), "changes": changes, "question": question.key}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "schoolgate.rulebook.proof.aside"],
            input=json.dumps(asked).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=True,
            env=for_a_child_without_database(),
        )
        found = json.loads(done.stdout)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired, ValueError):
        return Answer(question, Proven.GAVE_UP)
    return answer_of(question, found, book)


def answer_of(question: Question, found: Mapping[str, Any], book: Book) -> Answer:
    """Return what the search found as an answer. A case that the engine doesn't confirm proves nothing."""
    allowed, silent = found["allowed"], found["silent"]
    for part, wanted, proven in (
        (allowed, Outcome.PERMITTED, Proven.HAPPENS),
        (silent, Outcome.SILENT, Proven.SAYS_NOTHING),
    ):
        if part["facts"] is not None:
            decision = _confirmed(question, part["facts"], book, wanted)
            if decision is None:
                return Answer(question, Proven.GAVE_UP)
            return Answer(question, proven, decision)
        if not part["never"]:
            return Answer(question, Proven.NOT_PROVEN, rules=tuple(part["open"]))
    clauses = tuple(found["may_be_ruled"])
    return Answer(question, Proven.UNLESS_RULED if clauses else Proven.NEVER, clauses=clauses)


def _confirmed(question: Question, facts: Any, book: Book, wanted: Outcome) -> Decision | None:
    try:
        decision = decide(book, question.situation, facts)
    except RulebookError:
        return None
    return decision if decision.outcome is wanted else None
