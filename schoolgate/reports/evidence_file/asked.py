"""What an evidence file is to show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schoolgate.core.models import Federation


@dataclass(frozen=True)
class Asked:
    """What the file is to show: a clause and its words, or all clauses; the days; and what is told of it.

    `told`: sentences on what the clause rests on and how often it was decided, in the reader's language.
    """

    federation: Federation
    clause: str = ""
    words: str = ""
    told: Sequence[str] = ()
    first: date | None = None
    last: date | None = None

    @property
    def about(self) -> str:
        """Return the clause, or "all clauses"."""
        return self.clause or "all clauses"

    @property
    def name(self) -> str:
        """Return the name for the file."""
        return f"evidence-{self.clause or self.federation.slug}.zip"
