"""How the program enforces a clause: where it checks it, where it answers it, and how that is proven."""

from dataclasses import dataclass

from schoolgate.rulebook import Book
from schoolgate.rulebook.coverage import proofs_of_clause, wired_situations


@dataclass(frozen=True)
class HowKept:
    """`asked`: the situations in which an action of the program checks the clause with every fact that it
    needs. `answered`: those in which it is answered on request. `kept_by`: what else enforces it, in a
    sentence.

    `proofs`: what scenarios show of it, by kind (see `rulebook.coverage`); none: nothing is shown yet.
    """

    asked: tuple[str, ...]
    answered: tuple[str, ...]
    kept_by: tuple[str, ...]
    proofs: tuple[str, ...]


def how_kept(book: Book, clause_id: str) -> HowKept:
    """Return how a clause of the policy, the law or the house is enforced. Raises KeyError for an unknown
    one."""
    book.clause(clause_id)
    pack = next(pack for pack in book.packs if clause_id in pack.clauses)
    wired = wired_situations()
    asks: dict[str, bool] = {}
    for one in pack.bindings:
        if clause_id in one.clauses:
            for situation in one.situations:
                asks[situation] = asks.get(situation, False) or wired[situation].asks(one)
    return HowKept(
        asked=tuple(situation for situation, yes in asks.items() if yes),
        answered=tuple(situation for situation, yes in asks.items() if not yes),
        kept_by=tuple(one.says for one in pack.kept if clause_id in one.clauses),
        proofs=proofs_of_clause(pack, clause_id),
    )
