"""Questions to the solver about one situation of one book, and the cases that it finds: the shortest, as
facts, each confirmed by `decide`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any

from schoolgate.rulebook.book import Book
from schoolgate.rulebook.deciding import decide
from schoolgate.rulebook.errors import BadFacts, RulebookError
from schoolgate.rulebook.facts import Facts, Part
from schoolgate.rulebook.findings import Decision
from schoolgate.rulebook.kinds import Outcome
from schoolgate.rulebook.proof import NoSolver
from schoolgate.rulebook.proof.formulas import (
    NODES,
    TRUE,
    Conditions,
    Formula,
    Reading,
    Told,
    Variables,
    both,
    either,
    itself,
)
from schoolgate.rulebook.proof.sayings import Outcomes, Sayings
from schoolgate.rulebook.proof.vocabulary import A_PART, SOME, Vocabulary, Words
from schoolgate.rulebook.rules.reading import Scope
from schoolgate.rulebook.situations import situation

TRIES = 12
"""So many cases are tried of a question that a rule without a translation may answer otherwise."""


class Mistranslated(RulebookError):
    """The engine answers a case otherwise than its translation: an error in the program."""


@dataclass(frozen=True)
class Case:
    """Facts that the solver found, with what the engine decided about them."""

    facts: Facts
    decision: Decision


@dataclass(frozen=True)
class Answered:
    """The answer to one question over all facts: a case, or none. `open`: the rules without a translation
    that could matter; with one, no case isn't *never*."""

    case: Case | None
    open: tuple[str, ...] = ()

    @property
    def is_never(self) -> bool:
        """Whether it is proven that there is no such case."""
        return self.case is None and not self.open


class World:
    """One situation under one book, translated. `prefix` tells two copies of the facts apart."""

    def __init__(self, book: Book, key: str, *, beside: tuple[Book, ...] = (), prefix: str = "") -> None:
        self.book, self.key = book, key
        self.situation = situation(key)
        self.vocabulary = Vocabulary((book, *beside), key)
        self.variables = Variables(prefix, most=self.vocabulary.most)
        self.reading = Reading(self.vocabulary, self.variables)
        self.sayings = Sayings(book, key, self.reading)

    @cached_property
    def outcomes(self) -> Outcomes:
        """What the rules come to."""
        return Outcomes(self.sayings.rules, self.situation.points)

    @property
    def left_out(self) -> Mapping[str, str]:
        """The rules without a translation, each with the reason."""
        return self.sayings.left_out

    def facts(self, places: Mapping[str, int]) -> Facts:
        """Return the facts with the values at these places. Raises BadFacts."""
        return _facts(self.vocabulary, places)

    def ask(self, question: Formula, confirmed: Any, *, shortest: bool = True) -> Answered:
        """Return the shortest case in which the formula holds. `confirmed`: whether a decision is such a
        case, as a function; a case that isn't one is an error of the translation, unless a rule was left out.

        Raises Mistranslated."""
        solver = Solver((self.variables,))
        solver.add(question)
        for _ in range(TRIES):
            places = solver.shortest() if shortest else solver.any()
            if places is None:
                return Answered(None, tuple(self.left_out))
            try:
                facts = self.facts(places[0])
                decision = decide(self.book, self.key, facts)
            except BadFacts:  # facts that don't go together
                solver.block(places)
                continue
            if confirmed(decision):
                return Answered(Case(facts, decision))
            if not self.left_out:
                raise Mistranslated(
                    f"{self.book.key}, {self.key}: the engine answers {decision.outcome} for {facts!r}"
                )
            solver.block(places)
        return Answered(None, tuple(self.left_out) or ("facts that go together",))

    def condition(self, written: Any) -> Told:
        """Return the answer of a condition, in the words of rules, as formulas. Raises BadCondition."""
        scope = Scope(self.vocabulary.model, {}, self.vocabulary.model)
        return Conditions(self.sayings).condition(written, scope, itself)

    def outcome(self, wanted: Iterable[Outcome], among: Formula = TRUE) -> Answered:
        """Return the shortest case with one of these outcomes, among those for which a formula holds."""
        outcomes = frozenset(wanted)
        question = both(either(*(self.outcomes.all[one] for one in outcomes)), among)
        return self.ask(question, lambda decision: decision.outcome in outcomes)


class Solver:
    """The solver with the facts of one or two worlds."""

    def __init__(self, copies: tuple[Variables, ...]) -> None:
        try:
            import z3  # the optional part `prove`
        except ImportError:
            raise NoSolver from None
        self.z3: Any = z3
        self.copies = copies
        self.solver = z3.SolverFor("QF_FD")
        self._made: dict[Formula, Any] = {TRUE: z3.BoolVal(True)}
        self._declared: set[str] = set()

    def add(self, formula: Formula) -> None:
        """Add that this holds."""
        self.solver.add(self.expression(formula))

    def add_one_of(self, formulas: Iterable[Formula]) -> None:
        """Add that exactly one of these holds."""
        made = [(self.expression(one), 1) for one in formulas]
        self.solver.add(self.z3.PbEq(made, 1) if made else self.z3.BoolVal(False))

    def expression(self, formula: Formula) -> Any:
        """Return a formula as the solver has it."""
        node = abs(formula)
        waiting = [node]
        while waiting:  # without recursion: formulas are deep
            one = waiting[-1]
            if one in self._made:
                waiting.pop()
                continue
            parts = NODES.parts[one]
            if isinstance(parts, str):
                self._made[one] = self.z3.Bool(parts)
                continue
            assert parts is not None
            lacking = [abs(part) for part in parts if abs(part) not in self._made]
            if lacking:
                waiting += lacking
                continue
            made = [self._made[part] if part > 0 else self.z3.Not(self._made[-part]) for part in parts]
            self._made[one] = self.z3.And(*made)
        return self._made[node] if formula > 0 else self.z3.Not(self._made[node])

    def _declare(self) -> None:
        for copy in self.copies:
            words: dict[str, list[Any]] = {}
            for path, atoms in copy.atoms.items():
                name = copy.prefix + path
                if name in self._declared:
                    continue
                self._declared.add(name)
                made = [self.expression(one) for one in atoms]
                self.solver.add(self.z3.PbEq([(one, 1) for one in made], 1))
                if path.endswith("}"):
                    words.setdefault(path.partition("{")[0], []).append(made[1])
            for path, some in words.items():
                self.solver.add(self.z3.AtMost(*some, copy.most[path]))

    def can(self, formula: Formula) -> bool:
        """Whether there are facts for which this holds."""
        self._declare()
        self.solver.push()
        self.solver.add(self.expression(formula))
        found = self.solver.check() == self.z3.sat
        self.solver.pop()
        return bool(found)

    def any(self) -> tuple[dict[str, int], ...] | None:
        """Return a case, as the place of each fact's value, of each copy."""
        self._declare()
        if self.solver.check() != self.z3.sat:
            return None
        return self._places(self.solver.model())

    def shortest(self) -> tuple[dict[str, int], ...] | None:
        """Return a case with the fewest facts."""
        found = self.any()
        if found is None:
            return None
        said = [
            (self.z3.Not(self.expression(copy.atoms[path][place])), 1)
            for copy in self.copies
            for path, place in copy.nothing.items()
        ]
        self.solver.push()
        for _ in count():
            fewer = _said(self.copies, found) - 1
            if fewer < 0 or not said:
                break
            self.solver.add(self.z3.PbLe(said, fewer))
            if self.solver.check() != self.z3.sat:
                break
            found = self._places(self.solver.model())
        self.solver.pop()
        return found

    def block(self, places: tuple[dict[str, int], ...]) -> None:
        """Exclude cases that say the same and perhaps more."""
        said = [
            self.expression(copy.atoms[path][place])
            for copy, found in zip(self.copies, places, strict=True)
            for path, place in found.items()
            if copy.nothing.get(path) != place
        ]
        self.solver.add(self.z3.Not(self.z3.And(*said)))

    def _places(self, model: Any) -> tuple[dict[str, int], ...]:
        return tuple(
            {path: self._place(atoms, model) for path, atoms in copy.atoms.items()} for copy in self.copies
        )

    def _place(self, atoms: list[Formula], model: Any) -> int:
        holds = (self.z3.is_true(model.eval(self.expression(one))) for one in atoms)
        return next((place for place, it in enumerate(holds) if it), 0)


def _said(copies: tuple[Variables, ...], places: tuple[Mapping[str, int], ...]) -> int:
    return sum(
        found[path] != place
        for copy, found in zip(copies, places, strict=True)
        for path, place in copy.nothing.items()
    )


def _facts(vocabulary: Vocabulary, places: Mapping[str, int]) -> Facts:
    """Return facts with these values; those that nothing read have their first."""
    made = _part(vocabulary, vocabulary.model, "", places)
    try:
        found: Facts = vocabulary.model.model_validate(made)
    except ValueError as error:
        raise BadFacts("", str(error)) from None
    return found


def _part(vocabulary: Vocabulary, model: type[Part], path: str, places: Mapping[str, int]) -> dict[str, Any]:
    return dict(_fields(vocabulary, model, path, places))


def _fields(
    vocabulary: Vocabulary, model: type[Part], path: str, places: Mapping[str, int]
) -> Iterator[tuple[str, Any]]:
    for name in model.model_fields:
        at = f"{path}.{name}" if path else name
        values = vocabulary.values(at, model, name)
        if at not in places and len(values) > 1 and not model.model_fields[name].is_required():
            continue
        value = values[places.get(at, 0)]
        if isinstance(value, A_PART):
            yield name, _part(vocabulary, value.model, at, places)
        elif isinstance(value, SOME):
            yield name, [_part(vocabulary, value.model, f"{at}[{n}]", places) for n in range(value.many)]
        elif isinstance(value, Words):
            yield name, [word for word in value.words if places.get(f"{at}{{{word}}}", 0) == 1]
        else:
            yield name, value
