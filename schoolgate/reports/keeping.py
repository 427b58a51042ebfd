"""How the program keeps a clause: at which moments it asks it, and how that is proven."""

from dataclasses import dataclass

from schoolgate.rulebook import Book
from schoolgate.rulebook.coverage import proofs_of_clause


@dataclass(frozen=True)
class HowKept:
    """`situations`: the moments at which the clause is asked; none: nothing in the program keeps it yet.

    `proofs`: what scenarios show of it, by kind (see `rulebook.coverage`); none: nothing is shown yet.
    """

    situations: tuple[str, ...]
    proofs: tuple[str, ...]


def how_kept(book: Book, clause_id: str) -> HowKept:
    """How a clause of the policy, the law or the house is kept. Raises KeyError for an unknown one."""
    book.clause(clause_id)
    pack = next(pack for pack in book.packs if clause_id in pack.clauses)
    bound = [one for one in pack.bindings if clause_id in one.clauses]
    return HowKept(
        situations=tuple(dict.fromkeys(situation for one in bound for situation in one.situations)),
        proofs=proofs_of_clause(pack, clause_id),
    )
