"""The school's own words: a document in sentences, and which of them say what a clause restates.

A likeness is counted word by word as for an import (`features`): the rarer the words that both have, the
more. Below `LEAST` nothing is proposed: the clause's words are then unknown.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from schoolgate.core.outside.documents import Pieces
from schoolgate.policy.importing.document import is_welsh
from schoolgate.policy.importing.learned import Features, features, words
from schoolgate.rulebook.clauses import Clause, split

LEAST: Final = 0.3
"""How like a clause a sentence reads so that it is proposed, from 0 to 1."""
MORE: Final = 0.04
"""How much more alike the next sentence must make a passage to belong to it."""
MOST_TOGETHER: Final = 3
"""Sentences in a row that are proposed for one clause."""
SAME_SECTION: Final = 0.15
"""What a like heading above the sentence adds."""
Kind = Literal["heading", "item", "text"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading, an item of a list or a paragraph, with its sentences. `place`: such as "page 3"."""

    kind: Kind
    place: str
    says: tuple[str, ...]

    def as_stored(self) -> dict[str, Any]:
        """Return it as its column has it."""
        return {"kind": self.kind, "place": self.place, "says": list(self.says)}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document. `number`: counted from 1, headings left out. `lead`: of the words that lead
    to its list ("Staff must not:"), 0 where there are none."""

    number: int
    text: str
    section: str
    kind: Kind
    place: str
    piece: int
    lead: int = 0

    @property
    def language(self) -> str:
        """The language that it reads as: "cy" or "en"."""
        return "cy" if is_welsh(self.text) else "en"


def pieces_of(read: Pieces) -> tuple[Piece, ...]:
    """Return what was read in sentences, every word of it."""
    found = (
        Piece(
            "heading" if one.heading else "item" if one.item else "text",
            one.place,
            (one.text,) if one.heading else tuple(split(one.text)),
        )
        for one in read.pieces
    )
    return tuple(one for one in found if any(one.says))


def pieces_stored(stored: Iterable[Mapping[str, Any]]) -> tuple[Piece, ...]:
    """Return pieces from their column."""
    return tuple(Piece(one["kind"], one["place"], tuple(one["says"])) for one in stored)


def numbered(pieces: Sequence[Piece]) -> tuple[Sentence, ...]:
    """Return the sentences in reading order with their numbers."""
    found: list[Sentence] = []
    section, lead = "", 0
    for position, piece in enumerate(pieces):
        if piece.kind == "heading":
            section, lead = " ".join(piece.says), 0
            continue
        lead = lead if piece.kind == "item" else 0
        for says in piece.says:
            number = len(found) + 1
            found.append(Sentence(number, says, section, piece.kind, piece.place, position, lead))
            if piece.kind == "text":
                lead = number if says.endswith(":") else 0
    return tuple(found)


def propose_passages(sentences: Sequence[Sentence], clauses: Iterable[Clause]) -> dict[str, list[int]]:
    """Return the numbers of the sentences that read most like each clause, by its id; a clause that none
    reads like is left out."""
    asked = list(clauses)
    index = _Index(sentences, [clause.says for clause in asked])
    found = {clause.id: index.passage_for(clause) for clause in asked}
    return {clause: numbers for clause, numbers in found.items() if numbers}


def likeliest(sentences: Sequence[Sentence], clause: Clause, most: int) -> list[int]:
    """Return the numbers of the sentences that read at all like a clause, the likeliest first."""
    near = _Index(sentences, [clause.says]).near(clause)
    return sorted(near, key=lambda number: (-near[number], number))[:most]


class _Index:
    """The sentences of a document by their words."""

    def __init__(self, sentences: Sequence[Sentence], asked: Iterable[str]) -> None:
        self._sentences = sentences
        raw = [features(self._text(one.number)) for one in sentences]
        among = Counter(name for found in (*raw, *map(features, asked)) for name in found)
        total = len(raw) + 1
        self._rare = {name: math.log(1 + total / count) for name, count in among.items()}
        self._where: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for one, found in zip(sentences, raw, strict=True):
            for name, weight in self._vector(found).items():
                self._where[name].append((one.number, weight))
        self._headings = {one.section: frozenset(words(one.section)) for one in sentences}

    def near(self, clause: Clause) -> dict[int, float]:
        """Return how like a clause each sentence reads, by its number."""
        near: dict[int, float] = defaultdict(float)
        for name, weight in self._vector(features(clause.says)).items():
            for number, other in self._where.get(name, ()):
                near[number] += weight * other
        heading = frozenset(words(clause.section))
        return {number: likeness * self._below(heading, number) for number, likeness in near.items()}

    def passage_for(self, clause: Clause) -> list[int]:
        """Return the sentence that reads most like a clause, the words that lead to its list, and those
        beside it that make it read more alike."""
        near = self.near(clause)
        if not near:
            return []
        best = min(near, key=lambda number: (-near[number], number))
        if near[best] < LEAST:
            return []
        found, wanted = [best], self._vector(features(clause.says))
        while len(found) < MOST_TOGETHER:
            so_far = self._alike(found, wanted)
            beside = [one for one in (found[0] - 1, found[-1] + 1) if self._goes_with(one, best)]
            longer = max(beside, key=lambda one: self._alike([*found, one], wanted), default=None)
            if longer is None or self._alike([*found, longer], wanted) < so_far + MORE:
                break
            found = sorted([*found, longer])
        leads = {lead for number in found if (lead := self._sentences[number - 1].lead)}
        return sorted({*found, *leads})

    def _below(self, heading: frozenset[str], number: int) -> float:
        """Return by how much it counts that a sentence is below a heading like the clause's."""
        mine = self._headings[self._sentences[number - 1].section]
        return 1 + SAME_SECTION * len(heading & mine) / len(heading | mine) if heading and mine else 1.0

    def _goes_with(self, number: int, best: int) -> bool:
        return (
            1 <= number <= len(self._sentences)
            and self._sentences[number - 1].section == self._sentences[best - 1].section
        )

    def _alike(self, numbers: Iterable[int], wanted: Features) -> float:
        mine = self._vector(features(" ".join(map(self._text, sorted(numbers)))))
        return sum(weight * mine.get(name, 0.0) for name, weight in wanted.items())

    def _text(self, number: int) -> str:
        one = self._sentences[number - 1]
        return f"{self._sentences[one.lead - 1].text} {one.text}" if one.lead else one.text

    def _vector(self, found: Features) -> Features:
        weighed = {name: weight * self._rare.get(name, 1.0) for name, weight in found.items()}
        length = math.sqrt(sum(weight * weight for weight in weighed.values())) or 1.0
        return {name: weight / length for name, weight in weighed.items()}
