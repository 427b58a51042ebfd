"""The only way apps put a question to the policy in force: live, saved, and required."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from schoolgate.core.clock import local_day
from schoolgate.core.errors import Refused
from schoolgate.core.reading_once import read_once
from schoolgate.core.rows import insert, reserve_for
from schoolgate.core.subjects import subject_of
from schoolgate.people.models import Person
from schoolgate.policy.keeping import SALT_BYTES, Wording, body_of, held_back_at, keyed_digest
from schoolgate.policy.keeping import digest as digest_of
from schoolgate.policy.models import Attestation, Attested, ClauseWording, DecisionFacts, DecisionRecord
from schoolgate.policy.queries import PolicyInForce, in_force, rulings_of
from schoolgate.rulebook import Decision, decide
from schoolgate.rulebook.adviser.fitting import asked_in_words
from schoolgate.rulebook.book import Book
from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.deciding import read_facts
from schoolgate.rulebook.facts import Facts, Ruling
from schoolgate.rulebook.situations import situation as situation_named

# Which clauses the policy's owner said aren't about a question of *May I ...?*. What was said holds for the
# words that the clause had: a clause in other words is read first again.


def seen_of(entry: str, clause: Clause) -> list[str]:
    """Return what the owner saw: the question, and the clause in its words."""
    return [entry, Wording.of(clause).digest]


def elsewhere(book: Book, entry: str) -> Mapping[str, Attestation]:
    """Return the clauses that aren't about a question, each with who said so and when. Of a policy that comes
    with the program none: its clauses were read beside every question."""
    said = {} if book.was_read else read_once("policy.asking", _said)
    if not said:
        return {}
    found = ((one.id, said.get(digest_of(seen_of(entry, one)))) for one in book.clauses.values())
    return {clause: row for clause, row in found if row is not None and row.answer}


def _said() -> dict[str, Attestation]:
    rows = Attestation.objects.filter(kind=Attested.CLAUSE_ELSEWHERE).select_related("by").order_by("id")
    return {row.seen_digest: row for row in rows}


FactsGiven = Facts | Mapping[str, Any]


def verdict(situation: str, facts: FactsGiven, *, on: date) -> Decision:
    """Return what the policy in force answers, to show as a draft is written. It is advice and is not
    saved.

    Rulings given under the version in force are applied to the facts. Raises NotNow where no policy is in
    force, UnknownSituation and BadFacts where the question itself is wrong.
    """
    return verdicts(situation, [facts], on=on)[0]


def verdicts(situation: str, asked: Sequence[FactsGiven], *, on: date) -> list[Decision]:
    """Return the same for several sets of facts at once; the number of queries does not grow with them."""
    policy = in_force(on)
    rulings = rulings_of(policy.version)
    return [_decide(policy, rulings, situation, facts, on) for facts in asked]


def record_decision(
    situation: str,
    facts: FactsGiven,
    *,
    at: datetime,
    by: Person | None,
    subject: Model | str,
    fitting: Sequence[str] = (),
    entry: str = "",
) -> DecisionRecord:
    """Ask, and save the answer with everything it was based on. Returns the row, its decision in
    `.decision`.

    `fitting`: the clauses that fit the words in which it was asked; the answer is saved with them first.
    `entry`: which question of *May I ...?* it is, where it is one."""
    return record_decisions(situation, [(facts, subject)], at=at, by=by, fitting=fitting, entry=entry)[0]


def record_decisions(
    situation: str,
    asked: Sequence[tuple[FactsGiven, Model | str]],
    *,
    at: datetime,
    by: Person | None,
    fitting: Sequence[str] = (),
    entry: str = "",
) -> list[DecisionRecord]:
    """Ask once for each (facts, subject) and save every answer.

    The number of queries is constant. `fitting`, `entry`: as in `record_decision`.
    """
    on = local_day(at)
    policy = in_force(on)
    rulings = rulings_of(policy.version)
    aside = elsewhere(policy.book, entry) if entry else ()
    rows = []
    words: dict[str, ClauseWording] = {}  # each clause once, however often it is cited
    for facts, subject in asked:
        decided = _decide(policy, rulings, situation, facts, on)
        decision = asked_in_words(policy.book, decided, fitting, aside, entry)
        rows.append(_row(policy, decision, at=at, by=by, subject=subject_of(subject), words=words))
    _add_missing(words.values())
    for row, pk, facts_pk in zip(rows, *reserve_for(len(rows), DecisionRecord, DecisionFacts), strict=True):
        facts_row = _beside(row)[0]
        row.pk = facts_row.kept_id = pk
        facts_row.pk = facts_pk
    insert(rows)
    insert([_beside(row)[0] for row in rows])
    return rows


def answered(kept: DecisionRecord) -> Decision:
    """Return the decision of a row that was just saved. Raises ValueError for a row read back."""
    if kept.decision is None:
        raise ValueError("only a fresh row has its decision; one that was read back has its body")
    return kept.decision


def cited(kept: DecisionRecord, *points: str) -> tuple[str, ...]:
    """Return the clauses that the answer of a fresh row cites at these points, once each."""
    return answered(kept).clauses_at(*points)


def forget_facts(kept: DecisionRecord) -> None:
    """Erase the facts of a decision about a person's private conduct; the answer and the record stay."""
    DecisionFacts.objects.filter(kept=kept).delete()
    kept.beside = None


def require(kept: DecisionRecord, *points: str) -> None:
    """Raise Refused where the decision stops the step at one of these points (if none is named, at any).

    A step passes where the policy allows it or doesn't cover it. Raises KeyError for a point that the
    situation does not have.
    """
    if held_back_at(kept.points, kept.outcome, points):
        raise Refused(kept)


def _decide(
    policy: PolicyInForce, rulings: tuple[Ruling, ...], situation: str, facts: FactsGiven, on: date
) -> Decision:
    known = read_facts(situation_named(situation), facts)
    if rulings:
        known = known.model_copy(update={"rulings": (*known.rulings, *rulings)})
    return decide(policy.book, situation, known, on=on)


def _row(
    policy: PolicyInForce,
    decision: Decision,
    *,
    at: datetime,
    by: Person | None,
    subject: str,
    words: dict[str, ClauseWording],
) -> DecisionRecord:
    salt = secrets.token_bytes(SALT_BYTES)
    facts = decision.facts.model_dump(mode="json", exclude_defaults=True)
    clauses = list(
        dict.fromkeys(
            (
                *decision.clauses,
                *decision.excluded_by,
                *decision.unread,
                *decision.beside,
                *decision.aside,
            )
        )
    )
    for clause in clauses:
        if clause not in words:
            words[clause] = _wording(policy.book.clause(clause))
    wordings = [words[clause] for clause in clauses]
    row = DecisionRecord(
        situation=decision.situation,
        subject=subject,
        at=at,
        by=by,
        version=policy.version,
        reading=policy.reading,
        outcome=str(decision.outcome),
        points={point: str(outcome) for point, outcome in decision.points.items()},
        body=body_of(decision),
        clauses=clauses,
        wordings={word.clause: word.digest for word in wordings},
        control_versions=dict(decision.control_versions),
        facts_digest=keyed_digest(facts, salt),
    )
    row.decision = decision
    row.beside = (DecisionFacts(kept=row, facts=facts, salt=salt), wordings)
    return row


def _beside(row: DecisionRecord) -> tuple[DecisionFacts, list[ClauseWording]]:
    if row.beside is None:
        raise ValueError("the rows beside a decision are there only while it is fresh")
    return row.beside


def _wording(clause: Clause) -> ClauseWording:
    word = Wording.of(clause)
    return ClauseWording(
        clause=word.clause, digest=word.digest, section=word.section, says=word.says, own_words=word.own_words
    )


def _add_missing(wordings: Iterable[ClauseWording]) -> None:
    """Add the missing wordings. Two processes may both add one: the second changes nothing."""
    wanted = {word.digest: word for word in wordings}
    there = set(ClauseWording.objects.filter(digest__in=wanted).values_list("digest", flat=True))
    ClauseWording.objects.bulk_create(
        [word for digest, word in wanted.items() if digest not in there], ignore_conflicts=True
    )
