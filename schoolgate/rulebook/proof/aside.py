"""Answers one ready question in a process of its own, which may be killed: `python -m` this module, with the
policy on standard input. It limits itself in memory and processor time."""

import contextlib
import json
import resource
import sys
from typing import Any

from schoolgate.rulebook.book import book_of
from schoolgate.rulebook.one_file import from_yaml
from schoolgate.rulebook.proof.searching import QuestionAnswered, questions_answered
from schoolgate.rulebook.proof.solving import Answered
from schoolgate.rulebook.readings import Changes, changed

MEMORY, SECONDS = 2 << 30, 25


def answered(asked: dict[str, Any]) -> dict[str, Any]:
    """Return the answer to `asked["question"]` under `asked["policy"]`, one file of YAML, with what
    `asked["changes"]` change: `allowed` and `silent`, each a case (its facts), whether it is never, and the
    rules that could not be worked through."""
    pack = from_yaml(asked["policy"], adopted=True)
    changes = Changes.model_validate(asked["changes"])
    book = book_of(pack if changes.nothing else changed(pack, changes))
    (found,) = questions_answered(book, only=asked["question"])
    return _plain(found)


def _plain(found: QuestionAnswered) -> dict[str, Any]:
    return {
        "allowed": _over_all(found.allowed),
        "silent": _over_all(found.silent),
        "may_be_ruled": list(found.may_be_ruled),
    }


def _over_all(one: Answered) -> dict[str, Any]:
    facts = one.case.facts.model_dump(mode="json") if one.case is not None else None
    return {"facts": facts, "never": one.is_never, "open": list(one.open)}


def _limit(kind: int, most: int) -> None:
    _soft, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with contextlib.suppress(ValueError, OSError):  # macOS knows no limit of memory
        resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    _limit(resource.RLIMIT_AS, MEMORY)
    _limit(resource.RLIMIT_CPU, SECONDS)
    _limit(resource.RLIMIT_CORE, 0)
    json.dump(answered(json.load(sys.stdin)), sys.stdout)
