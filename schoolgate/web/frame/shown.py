"""A decision in the shape in which the verdict panel shows it: plain words only, nothing left to work out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class ShownClause:
    """The clause that a sentence rests on: on whose word, where it stands, what it says, who worded it.

    `language`: of its words, for whoever has the page read aloud; empty where it is not known.
    """

    basis: str
    heading: str
    words: str
    whose: str
    id: str = ""
    language: str = ""


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


@dataclass(frozen=True)
class ShownVerdict:
    """A whole decision, most pressing first.

    `needs`: what is missing, each once. `points`: where there is something to read. `waiting`: points that
    only wait for what is missing. `in_order`: points that are kept. `unsaid`: labels of points of which the
    policy does not speak.
    """

    kind: str
    title: str
    summary: str
    points: Sequence[ShownPoint] = ()
    needs: Sequence[str] = ()
    waiting: Sequence[ShownPoint] = ()
    in_order: Sequence[ShownPoint] = ()
    unsaid: Sequence[str] = ()
    note: str = ""
    made_with: str = ""
    duties: Sequence[str] = ()
