"""How far a policy is fulfilled, clause by clause, with the kind of proof, and what is missing.

`packs/<key>/proof.json` contains what the scenarios prove: rule -> kind of proof, and the clauses for which
a scenario shows that nothing changes. `python -m tests.policies.prove` writes it; a test fails when the two
differ. What a clause rests on is read from its rules and the declarations of their facts (`resting`). What
reached it in real decisions (`asked`), and `evidenced`, are counted from one federation's rows, where one is
named: `schoolgate policy coverage KEY --federation SLUG`."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from schoolgate.rulebook.asked import Asking, name_of
from schoolgate.rulebook.book import Book
from schoolgate.rulebook.packs import Binding, Pack, folder_of, known_keys
from schoolgate.rulebook.resting import FIRMEST, Rests, rests_on

ORDER = ("decided", "duty", "record", "advice", "invariant", "structure", "attested", "text")
"""The kinds of proof; a clause that has several counts as the first of them."""


Asked = Mapping[str, Mapping[str, Asking]]
"""Rule (`asked.name_of`) -> situation -> what came out of it."""
_KEPT_BY = {"attested": Rests.WORD, "text": Rests.TOLD}
"""Kind of what keeps a clause that no rule decides -> what that rests on. Others: on the program's make."""


@dataclass(frozen=True, slots=True)
class ClauseCoverage:
    """One clause: what binds it, what proves that, what it rests on, and what reached it in real decisions
    (None: no federation was named, or no rule decides it)."""

    id: str
    enforce: str
    proof: str | None
    bindings: tuple[str, ...]
    group: str | None
    rests: Rests
    asked: Asking | None
    evidenced: bool | None

    def to_json(self) -> dict[str, Any]:
        """As `schoolgate policy coverage --json` prints it."""
        return {
            "id": self.id,
            "enforce": self.enforce,
            "proof": self.proof,
            "bindings": list(self.bindings),
            "group": self.group,
            "rests": str(self.rests),
            "asked": None if self.asked is None else self.asked.to_json(),
            "evidenced": self.evidenced,
        }


def coverage(
    book: Book,
    evidenced: Set[str] | None = None,
    proven: "Proven | None" = None,
    asked: Asked | None = None,
) -> dict[str, Any]:
    """Return the whole policy: how many clauses, how many proven, attested only, what they rest on, how many
    were reached, evidenced, and each clause.

    `proven` counts clauses fulfilled by something other than a person's word alone, or that are more than
    text. `evidenced`: the clauses that a federation's record cites, where one was checked. `proven`: what
    scenarios prove of this very pack; without it what is recorded for the policy that comes with the
    program. `asked`: what reached each rule in a federation's decisions."""
    shown = proofs_of(book.key) if proven is None else proven
    rests = _rests_by_rule(book)
    by_clause = [
        _clause(clause_id, book.pack, shown, rests, evidenced=evidenced, asked=asked)
        for clause_id in book.clauses
    ]
    resting = Counter(one.rests for one in by_clause)
    return {
        "policy": book.key,
        "clauses": len(by_clause),
        "proven": sum(1 for one in by_clause if one.proof not in (None, "attested", "text")),
        "attested_only": sum(1 for one in by_clause if one.proof == "attested"),
        "rests": {str(one): resting[one] for one in FIRMEST},
        "reached": None if asked is None else sum(1 for one in by_clause if one.asked and one.asked.reached),
        "evidenced": None if evidenced is None else sum(one.evidenced is True for one in by_clause),
        "by_clause": [one.to_json() for one in by_clause],
    }


def _clause(
    clause_id: str,
    pack: Pack,
    proven: "Proven",
    rests: Mapping[str, Mapping[str, Rests]],
    *,
    evidenced: Set[str] | None,
    asked: Asked | None,
) -> ClauseCoverage:
    bindings = [one for one in pack.bindings if clause_id in one.clauses]
    return ClauseCoverage(
        id=clause_id,
        enforce=str(pack.clauses[clause_id].enforce),
        proof=min(proofs_of_clause(pack, clause_id, proven), key=ORDER.index, default=None),
        bindings=tuple(one.id for one in bindings),
        group=next((one.group for one in bindings if one.group), None),
        rests=min(
            (*_resting(bindings, rests, asked), *_kept_by(pack, clause_id)),
            key=FIRMEST.index,
            default=Rests.NAME,
        ),
        asked=None if asked is None or not bindings else asked_of(bindings, asked),
        evidenced=None if evidenced is None else clause_id in evidenced,
    )


def what_it_rests_on(book: Book, clause_id: str, asked: Asked) -> Rests:
    """Return what a clause of the policy, the law or the house rests on, going by the decisions that reached
    it where there are some. Raises KeyError for an unknown one."""
    book.clause(clause_id)
    pack = next(pack for pack in book.packs if clause_id in pack.clauses)
    bindings = [one for one in pack.bindings if clause_id in one.clauses]
    found = (*_resting(bindings, _rests_by_rule(book, bindings), asked), *_kept_by(pack, clause_id))
    return min(found, key=FIRMEST.index, default=Rests.NAME)


def asked_of(bindings: Iterable[Binding], asked: Asked) -> Asking:
    """Return what reached these rules, added up."""
    total = Asking()
    for name in dict.fromkeys(name_of(one) for one in bindings):
        for asking in asked.get(name, {}).values():
            total.add(asking)
    return total


def _resting(
    bindings: Iterable[Binding], rests: Mapping[str, Mapping[str, Rests]], asked: Asked | None
) -> Iterator[Rests]:
    """Yield what each of these rules rests on: in the situations in which it was reached, if there are any.
    What only answered people who asked is told, whatever its facts."""
    names = dict.fromkeys(name_of(one) for one in bindings)
    reached = {
        (name, situation): asking
        for name in names
        for situation, asking in ((asked or {}).get(name) or {}).items()
        if asking.reached and situation in rests[name]
    }
    for (name, situation), asking in reached.items():
        yield Rests.TOLD if asking.only_told else rests[name][situation]
    if not reached:
        for name in names:
            yield from rests[name].values()


def _kept_by(pack: Pack, clause_id: str) -> Iterator[Rests]:
    for kept in pack.kept:
        if clause_id in kept.clauses:
            yield _KEPT_BY.get(kept.kind, Rests.BUILT)


def _rests_by_rule(book: Book, bindings: Iterable[Binding] | None = None) -> dict[str, dict[str, Rests]]:
    """Return what each rule rests on in each of its situations; the firmest, where rules share a name."""
    wanted = None if bindings is None else {name_of(one) for one in bindings}
    situations = {
        situation
        for pack in book.packs
        for one in pack.bindings
        if wanted is None or name_of(one) in wanted
        for situation in one.situations
    }
    found: dict[str, dict[str, Rests]] = {}
    for situation in situations:
        for rule in book.bound(situation):
            name = name_of(rule)
            if wanted is None or name in wanted:
                here = found.setdefault(name, {})
                both = (rests_on(rule, situation), here.get(situation, Rests.NAME))
                here[situation] = min(both, key=FIRMEST.index)
    return found


def proofs_of_clause(pack: Pack, clause_id: str, proven: "Proven | None" = None) -> tuple[str, ...]:
    """Return the kinds of proof that a clause has, each once."""
    proven = proofs_of(pack.meta.key) if proven is None else proven
    kinds = [proven.rules.get(one.id) for one in pack.bindings if clause_id in one.clauses]
    kinds += [
        kept.kind
        for kept in pack.kept
        if clause_id in kept.clauses and (kept.kind != "invariant" or clause_id in proven.invariants)
    ]
    return tuple(kind for kind in dict.fromkeys(kinds) if kind is not None)


class Proven(NamedTuple):
    """The recorded proofs: rule -> kind, and clause of an invariant -> the scenario that shows it."""

    rules: Mapping[str, str]
    invariants: Mapping[str, str]


@cache
def proofs_of(key: str) -> Proven:
    """Return the recorded proofs; empty where none is recorded."""
    if key not in known_keys():
        return Proven({}, {})
    path = folder_of(key) / "proof.json"
    return Proven(**json.loads(path.read_text("utf-8"))) if path.exists() else Proven({}, {})
