"""Try what a reading that is not signed yet would change, or a version that is not adopted yet: in the stored
cases of the policy, and in past decisions under the version in force. Long work is done in pieces, each a
short transaction; it shows its progress, and stops."""

from collections.abc import Sequence
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from schoolgate.people.confined import confined_kinds
from schoolgate.policy.books import book_of_reading, book_with, changes_of, pack_of
from schoolgate.policy.models import DecisionRecord, ReadingDraft
from schoolgate.policy.taking_over import choices_for, with_rules_of
from schoolgate.rulebook import Book
from schoolgate.rulebook.compare import Case, differing
from schoolgate.rulebook.deciding import read_facts
from schoolgate.rulebook.errors import RulebookError
from schoolgate.rulebook.scenarios import supplied_scenarios
from schoolgate.rulebook.situations import situation

PIECE = 500
"""Decisions that are repeated in one transaction."""
SHOWN = 200
"""Differences that are saved to be shown; all of them are counted."""
EXAMPLES = 3
"""Decisions that are named for each clause."""


def begun(draft: ReadingDraft) -> dict[str, Any]:
    """Return the state before the first piece: only how much there is to do."""
    return {
        "edition": draft.edition,
        "finished": False,
        "stored": {"asked": 0, "differ": 0, "shown": []},
        "past": {
            "total": _past(draft).count(),
            "asked": 0,
            "gone": 0,
            "differ": 0,
            "shown": [],
            "before": None,
        },
    }


def next_piece(draft: ReadingDraft) -> dict[str, Any]:
    """Do one more piece and return the state after it: first the stored cases, then past decisions, newest
    first."""
    tried: dict[str, Any] = draft.tried or begun(draft)
    before, after = book_of_reading(draft.based_on.version, draft.based_on), _after(draft)
    if not tried["stored"]["asked"]:
        _ask(tried["stored"], _stored(before.key), before, after)
    past = tried["past"]
    rows = _past(draft).order_by("-id")
    if past["before"] is not None:
        rows = rows.filter(pk__lt=past["before"])
    piece = list(rows.values_list("pk", "situation", "facts_row__facts")[:PIECE])
    cases = [case for pk, key, facts in piece if (case := case_of(str(pk), key, facts)) is not None]
    past["gone"] += len(piece) - len(cases)
    _ask(past, cases, before, after)
    past["before"] = piece[-1][0] if piece else past["before"]
    tried["finished"] = len(piece) < PIECE
    return tried


def _past(draft: ReadingDraft) -> QuerySet[DecisionRecord]:
    """Return the past decisions that a trial repeats: none about what only some people may know of, because
    who owns the policy may be one that a concern is about. Their rules are tried on the stored cases."""
    rows = DecisionRecord.objects.filter(version=draft.based_on.version)
    rooms = {kind.partition(".")[0] for kind in confined_kinds()}
    return rows.exclude(reduce(or_, (Q(subject__startswith=f"{room}.") for room in rooms), Q(pk__in=[])))


def _after(draft: ReadingDraft) -> Book:
    """Return the book under the draft. A version that is not in force yet is read with the choices of the
    version before that still fit, as its owner will find them to sign."""
    changes, before = changes_of(draft.changes), draft.based_on.version
    if draft.version_id != before.pk:
        changes = with_rules_of(choices_for(before, draft.version)[0], changes)
    return book_with(pack_of(draft.version), changes)


def _ask(told: dict[str, Any], cases: Sequence[Case], before: Book, after: Book) -> None:
    told["asked"] += len(cases)
    for found in differing(before, after, cases):
        told["differ"] += 1
        for clause in found.clauses:
            moved = told.setdefault("clauses", {}).setdefault(clause, {"times": 0, "such_as": []})
            moved["times"] += 1
            moved["such_as"] = [*moved["such_as"], found.key][:EXAMPLES]
        if len(told["shown"]) < SHOWN:
            told["shown"].append(found.to_json())


@lru_cache(maxsize=2)
def _stored(key: str) -> tuple[Case, ...]:
    """Return the stored cases of a policy; none of one that didn't come with the program."""
    return tuple(Case(one.name, one.situation, one.facts) for one in supplied_scenarios(key))


def case_of(key: str, situation_key: str, facts: dict[str, Any] | None) -> Case | None:
    """Return a past decision as a case; None where its facts were erased, or have a shape no longer in
    use."""
    if facts is None:
        return None
    try:
        known = read_facts(situation(situation_key), facts)
    except RulebookError:
        return None
    return Case(key, situation_key, known)
