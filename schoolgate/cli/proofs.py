"""`schoolgate policy prove`: what holds of a policy over all facts."""

from typing import Any

from schoolgate.rulebook import book
from schoolgate.rulebook.lint import Problem
from schoolgate.rulebook.proof import NoSolver, can_prove
from schoolgate.rulebook.situations import situation


def never(key: str) -> list[Problem]:
    """Return the rules of a policy that can never count, and the acts that are never allowed, as problems.

    Raises NoSolver, UnknownPolicy."""
    if not can_prove():
        raise NoSolver
    from schoolgate.rulebook.proof.searching import ERRORS, in_words, proofs

    found = [each for one in proofs(book(key), dead_only=True) for each in one.found if each.what in ERRORS]
    return [Problem(one.rule.id if one.rule is not None else one.situation, in_words(one)) for one in found]


def proven(key: str, only: str, against: str) -> tuple[Any, list[str], int]:
    """Return it as data, as lines, and 1 where something was found that no rule is meant to be.

    Raises NoSolver where the optional part isn't installed, UnknownPolicy, UnknownSituation."""
    if not can_prove():
        raise NoSolver
    from schoolgate.rulebook.proof.searching import (
        ERRORS,
        answered_json,
        differences,
        found_lines,
        proof_lines,
        proofs,
        questions_answered,
        to_json,
    )

    under = book(key)
    situations = (situation(only).key,) if only else ()
    if against:
        different = list(differences(under, book(against), situations))
        lines = [line for one in different for line in ("", *found_lines(one))]
        return [to_json(one) for one in different], lines or ["no difference was found"], 0
    found = list(proofs(under, situations))
    questions = list(questions_answered(under, situations))
    data = {
        "policy": key,
        "situations": [
            {
                "situation": one.situation,
                "rules": one.rules,
                "not_worked_through": dict(one.left_out),
                "found": [to_json(each) for each in one.found],
            }
            for one in found
        ],
        "questions": [
            {
                "key": one.question.key,
                "question": one.question.asks,
                "allowed": answered_json(one.allowed),
                "silent": answered_json(one.silent),
                "may_be_ruled": list(one.may_be_ruled),
            }
            for one in questions
        ],
    }
    wrong = any(each.what in ERRORS for one in found for each in one.found)
    return data, proof_lines(under, found, questions), 1 if wrong else 0
