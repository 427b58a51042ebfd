"""Which clauses the policy's owner said aren't about a question of *May I ...?*. What was said holds for the
words that the clause had: a clause in other words is read first again."""

from collections.abc import Mapping

from schoolgate.core.reading_once import read_once
from schoolgate.policy.keeping import Wording
from schoolgate.policy.keeping import digest as digest_of
from schoolgate.policy.models import Attestation
from schoolgate.policy.states import Attested
from schoolgate.rulebook.book import Book
from schoolgate.rulebook.clauses import Clause


def seen_of(entry: str, clause: Clause) -> list[str]:
    """Return what the owner saw: the question, and the clause in its words."""
    return [entry, Wording.of(clause).digest]


def elsewhere(book: Book, entry: str) -> Mapping[str, Attestation]:
    """Return the clauses that aren't about a question, each with who said so and when. Of a policy that comes
    with the program none: its clauses were read beside every question."""
    said = {} if book.was_read else read_once("policy.elsewhere", _said)
    if not said:
        return {}
    found = ((one.id, said.get(digest_of(seen_of(entry, one)))) for one in book.clauses.values())
    return {clause: row for clause, row in found if row is not None and row.answer}


def _said() -> dict[str, Attestation]:
    rows = Attestation.objects.filter(kind=Attested.CLAUSE_ELSEWHERE).select_related("by").order_by("id")
    return {row.seen_digest: row for row in rows}
