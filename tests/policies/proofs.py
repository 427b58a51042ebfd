"""What the scenarios prove, worked out once a run."""

from functools import cache

from schoolgate.rulebook import book
from schoolgate.rulebook.scenarios import Proof, prove
from tests.policies.scenarios import scenarios


@cache
def proofs(key: str) -> Proof:
    """Everything that the scenarios of a policy prove of its rules."""
    return prove(book(key), scenarios(key))


def recorded(found: Proof) -> dict[str, dict[str, str]]:
    """The part of it that `proof.json` keeps."""
    return {"rules": dict(sorted(found.kinds.items())), "invariants": dict(sorted(found.shown.items()))}
