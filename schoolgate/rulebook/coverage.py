"""How far a policy is fulfilled, clause by clause, with the kind of proof, and what is missing.

`packs/<key>/proof.json` contains what the scenarios prove: rule -> kind of proof, and the clauses for which
a scenario shows that nothing changes. `python -m tests.policies.prove` writes it; a test fails when the two
differ. `packs/wired.yaml` lists the situations that an action of the program asks, and at which points
without every fact they need; no action asks a situation outside that list. `evidenced` is counted from the
record of one federation, where one is named: `schoolgate policy coverage KEY --federation SLUG`."""

import json
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import yaml

from schoolgate.rulebook.book import Book
from schoolgate.rulebook.packs import FOLDER, Binding, Pack, folder_of, known_keys
from schoolgate.rulebook.situations import SITUATIONS

ORDER = ("decided", "duty", "record", "advice", "invariant", "structure", "attested", "text")
"""The kinds of proof; a clause that has several counts as the first of them."""


@dataclass(frozen=True, slots=True)
class ClauseCoverage:
    """One clause: what binds it, what proves that, and whether the program asks it (None: not measured)."""

    id: str
    enforce: str
    proof: str | None
    bindings: tuple[str, ...]
    group: str | None
    wired: bool | None
    evidenced: bool | None

    def to_json(self) -> dict[str, Any]:
        """As `schoolgate policy coverage --json` prints it."""
        return {
            "id": self.id,
            "enforce": self.enforce,
            "proof": self.proof,
            "bindings": list(self.bindings),
            "group": self.group,
            "wired": self.wired,
            "evidenced": self.evidenced,
        }


def coverage(book: Book, evidenced: Set[str] | None = None, proven: "Proven | None" = None) -> dict[str, Any]:
    """Return the whole policy: how many clauses, how many proven, attested only, wired, evidenced, and each
    clause.

    `proven` counts clauses fulfilled by something other than a person's word alone, or that are more than
    text. `evidenced`: the clauses that a federation's record cites, where one was checked. `proven`: what
    scenarios prove of this very pack; without it what is recorded for the policy that comes with the
    program."""
    shown = proofs_of(book.key) if proven is None else proven
    by_clause = [_clause(clause_id, book.pack, evidenced, shown) for clause_id in book.clauses]
    attested = sum(1 for one in by_clause if one.proof == "attested")
    wired = [one.wired for one in by_clause if one.wired is not None]
    return {
        "policy": book.key,
        "clauses": len(by_clause),
        "proven": sum(1 for one in by_clause if one.proof not in (None, "attested", "text")),
        "attested_only": attested,
        "wired": sum(wired) if wired else None,
        "evidenced": None if evidenced is None else sum(one.evidenced is True for one in by_clause),
        "by_clause": [one.to_json() for one in by_clause],
    }


def _clause(clause_id: str, pack: Pack, evidenced: Set[str] | None, proven: "Proven") -> ClauseCoverage:
    bindings = [one for one in pack.bindings if clause_id in one.clauses]
    return ClauseCoverage(
        id=clause_id,
        enforce=str(pack.clauses[clause_id].enforce),
        proof=min(proofs_of_clause(pack, clause_id, proven), key=ORDER.index, default=None),
        bindings=tuple(one.id for one in bindings),
        group=next((one.group for one in bindings if one.group), None),
        wired=_wired(bindings),
        evidenced=None if evidenced is None else clause_id in evidenced,
    )


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


def _wired(bindings: list[Binding]) -> bool | None:
    """Whether an action asks one of these bindings with every fact; None where none of it was measured."""
    declared = wired_situations()
    answers = [
        declared[situation].asks(one)
        for one in bindings
        for situation in one.situations
        if situation in declared
    ]
    return any(answers) if answers else None


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


@dataclass(frozen=True, slots=True)
class Wired:
    """Whether an action of the program asks a situation, and the points, controls or clauses that lack
    facts."""

    asked: bool
    not_filled: tuple[str, ...]

    def asks(self, binding: Binding) -> bool:
        """Whether this rule is asked with every fact that it needs."""
        return self.asked and not {binding.point, binding.control, *binding.clauses} & set(self.not_filled)


@cache
def wired_situations() -> Mapping[str, Wired]:
    """Situation -> how the program asks it; one that is not declared is not asked by any action yet."""
    declared: dict[str, Any] = yaml.safe_load((FOLDER / "wired.yaml").read_text("utf-8"))
    asked = {key: Wired(True, tuple(one["not_filled"])) for key, one in declared.items()}
    return {key: asked.get(key, Wired(False, ())) for key in SITUATIONS}
