"""A decision as the verdict panel shows it: plain words only, nothing left to work out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class ShownClause:
    """A clause quoted under a sentence: its basis, where to find it, its text and who worded it.

    `language`: of the text, for screen readers; empty where it is not known. `said`: who left it out of this
    question, and when; `turns`: where the policy's owner sends that it belongs here or not; empty for others.
    """

    basis: str
    heading: str
    words: str
    whose: str
    id: str = ""
    language: str = ""
    said: str = ""
    turns: str = ""


@dataclass(frozen=True)
class ShownSentence:
    """One thing that a rule says, with its clauses."""

    text: str
    clauses: Sequence[ShownClause] = ()
    more: str = ""


@dataclass(frozen=True)
class ShownPoint:
    """One point of a decision. `kind` is the colour and sign of its answer: good, wait, no, ask or plain."""

    key: str
    title: str
    kind: str
    answer: str
    sentences: Sequence[ShownSentence] = ()
    needs: Sequence[str] = ()


MOST_READ = 5
MOST_NEAR = 8
"""So many clauses that touch a question are shown at once."""
NEAREST = 4
"""So many clauses to read are shown at once; where there are more, the nearest."""


@dataclass(frozen=True)
class ShownVerdict:
    """A whole decision, most urgent first.

    `needs`: what is missing, each once. `points`: those with something to read. `waiting`: points that only
    wait for what is missing. `first`: clauses that fit the words in which it was asked, and come before all
    else. `stricter`: a rule of the program's own that stops this whatever these clauses allow. `read`:
    clauses that a person reads, because no rule of ours speaks for them or because they leave it out.
    `near`: how many of them touch the question; None where none was asked in words.
    `aside`: clauses that the policy's owner left out of this question.
    `in_order`: points that are met. `unsaid`: labels of points that the policy does not cover; `quiet`: of
    those for which it has a rule that had nothing to judge here.
    """

    kind: str
    title: str
    summary: str
    points: Sequence[ShownPoint] = ()
    needs: Sequence[str] = ()
    read: Sequence[ShownClause] = ()
    waiting: Sequence[ShownPoint] = ()
    in_order: Sequence[ShownPoint] = ()
    unsaid: Sequence[str] = ()
    quiet: Sequence[str] = ()
    note: str = ""
    made_with: str = ""
    duties: Sequence[str] = ()
    first: Sequence[ShownClause] = ()
    stricter: str = ""
    aside: Sequence[ShownClause] = ()
    near: int | None = None

    @property
    def first_of_all(self) -> bool:
        """Whether `first` is the answer itself. Beside another it is no reason of it, and stands below."""
        return self.kind == "ask"

    @property
    def presses(self) -> bool:
        """Whether a point stops or waits, so that it comes before what is to be read."""
        return any(point.kind != "good" for point in self.points)

    @property
    def is_open(self) -> bool:
        """Whether a page on which someone decides shows it unfolded: it stops, or something is to be read."""
        return self.kind in ("no", "ask") or bool(self.first or self.read)

    @property
    def read_at_once(self) -> Sequence[ShownClause]:
        """The clauses to read that are nearest to the question: those that touch it; where no question was
        asked in words all, where they are few."""
        if self.near is not None:
            return self.read[: min(self.near, MOST_NEAR)]
        return self.read if len(self.read) <= MOST_READ else self.read[:NEAREST]

    @property
    def read_besides(self) -> Sequence[ShownClause]:
        """The others, which are folded."""
        return self.read[len(self.read_at_once) :]

    @property
    def turns_besides(self) -> str:
        """Where the policy's owner sends that none of the others is about the question; empty for others."""
        return next((one.turns for one in self.read_besides if one.turns), "")
