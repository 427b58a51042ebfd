"""On which open question of a policy an answer turns, and which rulings it rests on. Found by trying."""

from schoolgate.rulebook.adviser.asking import signature
from schoolgate.rulebook.book import Book
from schoolgate.rulebook.clauses import Tension
from schoolgate.rulebook.deciding import decide
from schoolgate.rulebook.facts import Ruling
from schoolgate.rulebook.findings import Decision
from schoolgate.rulebook.kinds import Outcome

NOBODY = "federation"
"""The source that rules where the policy names no one."""


def open_questions(book: Book, decision: Decision) -> list[Tension]:
    """Return the open questions of the policy that a ruling would answer here."""
    if Outcome.REFER not in decision.points.values():
        return []
    here = signature(decision)
    return [tension for tension in book.tensions.values() if _with(book, decision, tension) != here]


def who_rules(decision: Decision) -> str:
    """Return the role that the answer waits for, by the policy's own name; NOBODY where it names none."""
    for finding in decision.findings:
        for need in finding.needs:
            if need.what == "ruling" and finding.stands:
                return need.source
    return NOBODY


def rests_on(book: Book, decision: Decision) -> list[Ruling]:
    """Return the rulings among the facts without which the answer would be another."""
    here = signature(decision)
    given = decision.facts.rulings
    found = []
    for ruling in given:
        less = tuple(one for one in given if one.tension != ruling.tension)
        facts = decision.facts.model_copy(update={"rulings": less})
        if signature(decide(book, decision.situation, facts)) != here:
            found.append(ruling)
    return found


def _with(book: Book, decision: Decision, tension: Tension) -> object:
    ruling = Ruling(tension=tension.id, allows=True, role=tension.ruled_by or NOBODY, by="somebody")
    facts = decision.facts.model_copy(update={"rulings": (*decision.facts.rulings, ruling)})
    return signature(decide(book, decision.situation, facts))
