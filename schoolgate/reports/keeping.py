"""How the program enforces a clause: where it was checked, where it can be, how that is proven, and what
reached each rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from schoolgate.conduct.models import KeptAnswer
from schoolgate.core.calendars import days_of_schools
from schoolgate.policy.measuring import measure_decisions, rules_asked
from schoolgate.reports.governors_measures import term_on
from schoolgate.rulebook import Book
from schoolgate.rulebook.coverage import Asking, Rests, asked_of, name_of, proofs_of_clause, what_it_rests_on


@dataclass(frozen=True)
class HowKept:
    """`asked`: the situations in which decisions on record checked the clause, with what came out, most
    often first. `open`: the others in which a rule listens. `total`: all of `asked`; `term`: of these, since
    the term began on `since`, where a term is going on. `kept_by`: what else enforces it, in a sentence.
    `rests`: what it rests on.

    `proofs`: what scenarios show of it, by kind (see `rulebook.coverage`); none: nothing is shown yet.
    """

    asked: Mapping[str, Asking]
    open: tuple[str, ...]
    total: Asking
    term: Asking | None
    since: date | None
    rests: Rests
    kept_by: tuple[str, ...]
    proofs: tuple[str, ...]

    @property
    def listens(self) -> bool:
        """Whether a rule applies the clause at all."""
        return bool(self.asked or self.open)


def how_kept(book: Book, clause_id: str, *, on: date) -> HowKept:
    """Return how a clause of the policy, the law or the house is enforced, and was up to now. Decisions
    that only some people may see are left out. Raises KeyError for an unknown clause. Three queries."""
    book.clause(clause_id)
    pack = next(pack for pack in book.packs if clause_id in pack.clauses)
    bindings = [one for one in pack.bindings if clause_id in one.clauses]
    first = {one.clauses[0] for one in bindings}
    found = rules_asked(book.key, clauses=first, apart=False)
    asked: dict[str, Asking] = {}
    for name in dict.fromkeys(name_of(one) for one in bindings):
        for situation, asking in found.get(name, {}).items():
            asked.setdefault(situation, Asking()).add(asking)
    term = term_on(days_of_schools(), on=on)
    since = None if term is None else term.first
    now = None if since is None else rules_asked(book.key, clauses=first, since=since, apart=False)
    listening = dict.fromkeys(situation for one in bindings for situation in one.situations)
    return HowKept(
        asked=dict(sorted(asked.items(), key=lambda each: -each[1].reached)),
        open=tuple(situation for situation in listening if situation not in asked),
        total=asked_of(bindings, found),
        term=None if now is None else asked_of(bindings, now),
        since=since,
        rests=what_it_rests_on(book, clause_id, found),
        kept_by=tuple(one.says for one in pack.kept if clause_id in one.clauses),
        proofs=proofs_of_clause(pack, clause_id),
    )


ONLY_TOLD = (KeptAnswer._meta.label_lower,)
"""Saved answers to *May I ...?*: nothing is done with them."""


def measure(*, at: datetime) -> bool:
    """Count the next decisions of the federation in scope; return whether more can be counted now."""
    return measure_decisions(at=at, told=ONLY_TOLD)
