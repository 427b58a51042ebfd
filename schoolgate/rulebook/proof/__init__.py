"""Proofs over all facts: the rules of one situation as formulas for a solver (z3, the optional part `prove`).

Nothing that decides imports this package. What it finds is confirmed by `decide` before anyone hears of it.
"""

from importlib.util import find_spec

from schoolgate.rulebook.errors import RulebookError


class NoSolver(RulebookError):
    """The optional part `prove` is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "proofs need the optional part `prove`: run `make prove` once, or see docs/how-to/install.md"
        )


def can_prove() -> bool:
    """Whether the solver is installed."""
    return find_spec("z3") is not None
