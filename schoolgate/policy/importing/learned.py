"""What the registered clauses teach: the area and the rule kinds that a sentence is likely to have.

Two votes, both plain: the nearest clauses (tf-idf, cosine), and the middle of all clauses of one label, to
which the words of that label itself are added. Everything is taken from the packs that are loaded.
"""

import inspect
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from schoolgate.policy.importing.features import Features, features
from schoolgate.policy.importing.templates import Template, kind_of, template
from schoolgate.policy.importing.vocabulary import AREAS
from schoolgate.rulebook.book import Book
from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.messages import POINTS
from schoolgate.rulebook.packs import Binding, Pack
from schoolgate.rulebook.situations import SITUATIONS

NEAREST = 60
MIDDLE, OWN_WORDS_OF_AREA, OWN_WORDS_OF_KIND, FITS_AREA, OFTEN = 1.5, 2.0, 1.0, 1.0, 0.25
"""How much counts besides the nearest clauses: the middle of a label, in it the label's own words; for
kinds, that they belong to a likely area, and that they are used often."""
_CERTAIN = 3
_DESCRIBED: dict[str, str] = {}
for _line in AREAS.strip().splitlines():
    _area, _words = _line.split(":")
    _DESCRIBED[_area] = _DESCRIBED.get(_area, "") + _words
Scores = dict[str, float]


@dataclass(frozen=True, slots=True)
class Taught:
    """A registered clause with the rule kinds that implement it, the situations and points where they do,
    and the lines that other schools can reuse."""

    clause: Clause
    kinds: tuple[str, ...]
    points: frozenset[tuple[str, str]]
    templates: tuple[Template, ...]


class Labels:
    """The labels of one sort (areas, or kinds) and how near a sentence is to each."""

    def __init__(
        self, of: list[tuple[str, ...]], vectors: list[Features], own: Mapping[str, Features]
    ) -> None:
        self.of = of
        sums: dict[str, Counter[str]] = defaultdict(Counter)
        for labels, vector in zip(of, vectors, strict=True):
            for label in labels:
                sums[label].update(vector)
        self._middles: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for label, total in sums.items():
            middle = _unit(total)
            for name, weight in own.get(label, {}).items():
                middle[name] = middle.get(name, 0.0) + weight
            for name, weight in _unit(middle).items():
                self._middles[name].append((label, weight))

    def scores(self, vector: Features, nearest: list[tuple[int, float]]) -> Scores:
        """Return each label's score from the two votes."""
        votes: Scores = defaultdict(float)
        for position, nearness in nearest:
            for label in self.of[position]:
                votes[label] += nearness * nearness
        middles: Scores = defaultdict(float)
        for name, weight in vector.items():
            for label, other in self._middles.get(name, ()):
                middles[label] += weight * other
        most, foremost = max(votes.values(), default=1.0), max(middles.values(), default=1.0)
        return {
            label: votes.get(label, 0.0) / (most or 1.0)
            + MIDDLE * middles.get(label, 0.0) / (foremost or 1.0)
            for label in sorted(votes.keys() | middles.keys())
        }


class Learned:
    """Ranks areas and kinds for a sentence. Immutable."""

    def __init__(self, taught: Iterable[Taught]) -> None:
        self.taught = tuple(taught)
        raw = [
            features(one.clause.says, one.clause.section, one.clause.actor, one.clause.modality)
            for one in self.taught
        ]
        among: Counter[str] = Counter(name for found in raw for name in found)
        self._rare = {name: math.log((len(raw) + 1) / (count + 0.5)) for name, count in among.items()}
        vectors = [self._vector(found) for found in raw]
        self._where: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for position, vector in enumerate(vectors):
            for name, weight in vector.items():
                self._where[name].append((position, weight))
        self._position = {one.clause.id: position for position, one in enumerate(self.taught)}
        self._serving = defaultdict[str, list[int]](list)
        for position, one in enumerate(self.taught):
            for kind in dict.fromkeys(line.kind for line in one.templates):
                self._serving[kind].append(position)
        kinds = [one.kinds for one in self.taught]
        self.uses = Counter(kind for each in kinds for kind in each)
        self._areas_of: dict[str, Counter[str]] = defaultdict(Counter)
        for one in self.taught:
            for kind in one.kinds:
                self._areas_of[kind][one.clause.area] += 1
        self._areas = Labels(
            [(one.clause.area,) for one in self.taught],
            vectors,
            {area: self._own(_DESCRIBED.get(area, ""), OWN_WORDS_OF_AREA) for area in self.areas},
        )
        self._kinds = Labels(
            kinds, vectors, {kind: self._own(_words_of(kind), OWN_WORDS_OF_KIND) for kind in self.uses}
        )

    @property
    def areas(self) -> list[str]:
        """The areas that registered clauses have."""
        return sorted({one.clause.area for one in self.taught})

    def ranked(self, text: str, section: str, actor: str, modality: str) -> tuple[list[str], list[str]]:
        """Areas and kinds, the likeliest first."""
        vector = self._vector(features(text, section, actor, modality))
        nearest = self._nearest(vector)
        areas = self._areas.scores(vector, nearest)
        total = sum(score**_CERTAIN for score in areas.values()) or 1.0
        likely = {area: score**_CERTAIN / total for area, score in areas.items()}
        kinds = self._kinds.scores(vector, nearest)
        for kind in kinds:
            uses = self._areas_of[kind]
            fits = sum(number * likely.get(area, 0.0) for area, number in uses.items()) / uses.total()
            kinds[kind] += FITS_AREA * fits + OFTEN * math.log(1 + self.uses[kind])
        return _foremost(areas), _foremost(kinds)

    def lines(self, text: str, kinds: Iterable[str]) -> Iterator[Template]:
        """Return for each of these kinds the line of its nearest registered clause, where one can serve."""
        near = dict(self._nearest(self._vector(features(text)), len(self.taught)))
        for kind in kinds:
            serving = [
                (position, one) for position in self._serving[kind] for one in self.taught[position].templates
            ]
            of_kind = [(near.get(position, 0.0), one) for position, one in serving if one.kind == kind]
            if of_kind:
                yield max(of_kind, key=lambda each: each[0])[1]

    def line_like(self, kind: str, clause: str) -> Template | None:
        """Return the line of this kind of the registered clause with this id."""
        found = self.taught[self._position[clause]].templates if clause in self._position else ()
        return next((one for one in found if one.kind == kind), None)

    def alike(self, text: str) -> Mapping[str, float]:
        """Return how like each registered clause a text reads, from 0 to 1, by the clause's id."""
        near = self._nearest(self._vector(features(text)), len(self.taught))
        return {self.taught[position].clause.id: nearness for position, nearness in near}

    def _nearest(self, vector: Features, most: int = NEAREST) -> list[tuple[int, float]]:
        near: dict[int, float] = defaultdict(float)
        for name, weight in vector.items():
            for position, other in self._where.get(name, ()):
                near[position] += weight * other
        return sorted(near.items(), key=lambda one: (-one[1], one[0]))[:most]

    def _vector(self, found: Features) -> Features:
        return _unit(
            {name: weight * self._rare[name] for name, weight in found.items() if name in self._rare}
        )

    def _own(self, text: str, weight: float) -> Features:
        return {name: weight * share for name, share in self._vector(features(text)).items()}


def learn(books: Iterable[Book]) -> Learned:
    """Return what the clauses of these policies teach."""
    return Learned(one for book in books for one in taught_by(book))


def taught_by(book: Book) -> list[Taught]:
    """Return the clauses of a policy with the rules that implement each."""
    by: dict[str, list[Binding]] = defaultdict(list)
    for binding in book.pack.bindings:
        for clause in binding.clauses:
            by[clause].append(binding)
    return [_taught(clause, by[clause.id], book.pack) for clause in book.clauses.values()]


def _taught(clause: Clause, bindings: Iterable[Binding], pack: Pack) -> Taught:
    kinds = tuple(dict.fromkeys(map(kind_of, bindings)))
    points = frozenset((situation, one.point) for one in bindings for situation in one.situations)
    lines = (template(clause, one, pack) for one in bindings if one.clauses[0] == clause.id)
    return Taught(clause, kinds, points, tuple(one for one in lines if one is not None))


@lru_cache(maxsize=2_000)
def _words_of(kind: str) -> str:
    """Return the program's own words about a kind: its first lines, its points and situations."""
    control = CONTROLS.get(kind)
    if control is None:
        return SITUATIONS[kind.split(" ", maxsplit=1)[0]].title
    told = (inspect.getdoc(control) or "").split("Settings:")[0]
    points = [POINTS.get(point, point) for point in control.points]
    asked = [SITUATIONS[name].title for name in control.listens_to[:3]]
    return " ".join((told, *points, kind.replace(".", " ").replace("_", " "), *asked))


def _unit(vector: Mapping[str, float]) -> Features:
    length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
    return {name: weight / length for name, weight in vector.items()}


def _foremost(scores: Scores) -> list[str]:
    return sorted(scores, key=lambda label: (-scores[label], label))
