"""`schoolgate policy rehearse`: made-up cases of a school under a policy, and what is wrong."""

from typing import Any

from schoolgate.core.clock import local_day, now
from schoolgate.rulebook import Book, RulebookError, book
from schoolgate.rulebook.rehearsal.findings import STOPS_WORK, Told, Wrong, in_english, lines, told, wrongs


def rehearsed(key: str, *, here: bool = False) -> tuple[Any, list[str], int]:
    """Return it as data, as lines, and 1 where something forbidden would pass or someone would wait for ever.

    `here`: what is being prepared in the federation in scope, with its people. Raises UnknownPolicy, BadPack;
    RulebookError where the federation has another policy."""
    at = now()
    if here:
        from schoolgate.policy.rehearsed import rehearse  # the database is ready only now
        from schoolgate.reports.rehearsal.walk import lines as walk_lines
        from schoolgate.reports.rehearsal.walk import walked

        found = rehearse(at=at, on=local_day(at))
        if found.book.key != key:
            raise RulebookError(f"the policy of this federation is {found.book.key!r}")
        steps = walked(found, by=None, at=at, on=local_day(at))
        data, printed, status = _printed(found.book, list(found.told), list(found.wrongs))
        data["walk"] = [{"step": str(one.title), "who": list(one.who), "done": one.done} for one in steps]
        return data, ["a walk through the main job:", *walk_lines(steps), "", *printed], status
    under = book(key)
    answers = told(under, at=at)
    return _printed(under, answers, wrongs(under, answers))


def _printed(under: Book, answers: list[Told], found: list[Wrong]) -> tuple[Any, list[str], int]:
    data = {
        "policy": under.key,
        "rules": len(under.pack.bindings),
        "wrong": [
            {
                "what": str(one.what),
                "says": in_english(one),
                "clauses": list(one.clauses),
                "cases": list(one.cases),
            }
            for one in found
        ],
        "cases": [
            {
                "case": one.case.key,
                "story": one.case.story,
                "answer": str(one.answer),
                "stopped": one.stopped,
                "decision": one.decision.to_json(),
            }
            for one in answers
        ],
    }
    return data, lines(under, answers, found), 1 if any(one.what in STOPS_WORK for one in found) else 0
