"""What each rule of a book says in one situation, as formulas."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from schoolgate.rulebook.algebra import _ANSWER as ANSWER
from schoolgate.rulebook.book import Book, CompiledRule
from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.controls.base import RuleResult, met
from schoolgate.rulebook.controls.contacts import FormerPupilContact
from schoolgate.rulebook.deciding import _OVERRIDES as OVERRIDES
from schoolgate.rulebook.deciding import NOBODYS_ACT, NOT_KEPT, _finding, _matters
from schoolgate.rulebook.deciding import _relation as relation_of
from schoolgate.rulebook.facts import Facts, SoFar
from schoolgate.rulebook.findings import UNKNOWN, Finding
from schoolgate.rulebook.kinds import REFUSED, Basis, Kind, Outcome
from schoolgate.rulebook.proof.formulas import (
    FALSE,
    MOST_RUNS_OF_ALL,
    NOT_THERE,
    TRUE,
    YES,
    Comparisons,
    Conditions,
    Formula,
    Guarded,
    Item,
    NotFollowed,
    Reading,
    Told,
    both,
    either,
    itself,
    length_of,
    no,
    no_part,
    part_of,
    stored_at,
    there,
)
from schoolgate.rulebook.rules.reading import FactAt, Scope, fact_at, fact_reader
from schoolgate.rulebook.rules.rule import JUDGES_KEEPING, Rule, _bans_alike, _harmless, with_names
from schoolgate.rulebook.rules.step import HELD_BACK_BY_NO, Step, compiled_step


class Said(NamedTuple):
    """What the engine goes by in what a rule says: not its words, not the source it asks. `waits`: it only
    waits for a fact; `asks`: in a sentence of that fact's own."""

    kind: Kind
    about: str | None = None
    unknown: bool = False
    waits: bool = False
    excludes: bool = False
    covers: bool = False
    unbound: bool = False
    turns: bool = True

    @classmethod
    def of(cls, said: RuleResult) -> "Said":
        """Return this of what the engine's code said."""
        return cls(
            said.kind,
            said.about,
            said.unknown,
            said.message == UNKNOWN,
            said.excludes,
            said.covers,
            said.unbound,
            said.turns,
        )

    def as_result(self) -> RuleResult:
        """Return it as the engine's own code takes it."""
        return RuleResult(
            self.kind,
            UNKNOWN if self.waits else "kernel.met",
            {},
            self.about,
            unknown=self.unknown,
            excludes=self.excludes,
            covers=self.covers,
            unbound=self.unbound,
            turns=self.turns,
        )


def waiting(about: str | None, *, asks: bool = False) -> Said:
    """Return the saying that waits for a fact."""
    return Said(Kind.REQUIRES, about, unknown=True, waits=not asks)


@dataclass
class StepSaid:
    """One step: under which facts its rule comes to it and it speaks, or waits for a fact, and under which
    its condition holds."""

    rule: CompiledRule
    place: int
    speaks: Formula
    holds: Formula


@dataclass
class RuleSaid:
    """One rule: `binds`, whether it binds the person who acts; `said`: each thing that it can say; `reads`:
    the facts that it reads."""

    rule: CompiledRule
    binds: Told
    said: Sequence[tuple[Said, Formula]]
    steps: list[StepSaid] = field(default_factory=list)
    reads: frozenset[str] = frozenset()


class Sayings(Comparisons):
    """The translation of one situation of one book. `left_out`: the rules that aren't translated, each with
    the reason."""

    def __init__(self, book: Book, key: str, reading: Reading) -> None:
        super().__init__(reading)
        self.left_out: dict[str, str] = {}
        relation = reading.of(relation_of, MOST_RUNS_OF_ALL)
        self.rules: list[RuleSaid] = []
        for one in book.bound(key):
            reading.read = set()
            try:
                told = self._rule(one, _binds(one, relation))
                self.rules.append(replace(told, reads=frozenset(reading.read)))
            except NotFollowed as why:
                self.left_out[one.id] = str(why)
            except (TypeError, ValueError, AttributeError, LookupError, OverflowError) as why:
                self.left_out[one.id] = f"{type(why).__name__}: {why}"

    def _rule(self, one: CompiledRule, binds: Told) -> RuleSaid:
        if isinstance(one.settings, Rule):
            return DataRule(one, one.settings.filled, self).translated(binds)
        found = self._evaluated(one)
        places = max((len(said) for said, _ in found), default=0)
        said = [each for place in range(places) for each in Guarded(_at(found, place))]
        return RuleSaid(one, binds, said)

    def _evaluated(self, one: CompiledRule) -> Guarded[tuple[Said, ...]]:
        """Return what a rule kind of Python says. Where it applies is translated by itself where its code
        says no more of it than a data rule would (contacts.py)."""
        settings = one.settings
        if one.control != FormerPupilContact.key or settings.when is True:
            return self.reading.of(lambda facts: tuple(map(Said.of, one.evaluate(facts))))
        always = type(settings).model_validate({**settings.model_dump(), "when": True})
        judge = CONTROLS[one.control].judging(always, self.model)
        found = self.reading.of(lambda facts: tuple(map(Said.of, judge(facts))))
        rule = DataRule(one, Rule(when=settings.when, steps=()), self)
        applies = rule.condition(settings.when, rule.whole, itself)
        cases: list[tuple[tuple[Said, ...], Formula]] = [((), applies.no)]
        for said, when in found:
            cases.append((said, both(applies.yes, when)))
            waits = not all(each.kind is Kind.MET for each in said)
            for unsure, asks in ((applies.unknown, False), (applies.asks, True)):
                cases.append(((waiting(None, asks=asks),) if waits else (), both(unsure, when)))
        return Guarded(cases)


def _at(found: Guarded[tuple[Said, ...]], place: int) -> Iterator[tuple[Said, Formula]]:
    yield from ((said[place], when) for said, when in found if len(said) > place)


def _binds(one: CompiledRule, relation: Guarded[str | None]) -> Told:
    binds = one.binds
    if binds is None:
        return YES
    return Told(
        relation.when(lambda it: it == NOBODYS_ACT or it in binds),
        relation.when(lambda it: it is not None and it != NOBODYS_ACT and it not in binds),
        relation.when(lambda it: it is None),
    )


class DataRule(Conditions):
    """The translation of a rule that is data, as `rules/rule.py` makes functions of it."""

    def __init__(self, one: CompiledRule, rule: Rule, comparisons: Comparisons) -> None:
        super().__init__(comparisons)
        self.one, self.rule = one, rule
        model = comparisons.model
        self.whole = with_names(Scope(model, rule.supplied_by, model, rule.tension), rule)
        self.steps = [StepSaid(one, place, FALSE, FALSE) for place in range(len(rule.steps))]

    def translated(self, binds: Told) -> RuleSaid:
        """Return what the rule says."""
        said = self._of_each() if self.rule.each is not None else self._judged(self.whole, itself, None)
        return RuleSaid(self.one, binds, [each for each in said if each[0] is not None], self.steps)

    def _judged(self, scope: Scope, item: Item, about: str | None, here: Formula = TRUE) -> list[Any]:
        """Return what it answers for the whole, or for one part of a list, where that part is there."""
        applies = self.condition(self.rule.when, scope, item)
        said = self._settled(scope, item, about, both(here, no(applies.no)))
        cases: list[tuple[Said | None, Formula]] = []
        for one, when in said:
            cases.append((one, both(here, applies.yes, when)))
            if one is not None and not _harmless(one.as_result(), self.rule):
                cases.append((waiting(about), both(here, applies.unknown, when)))
                cases.append((waiting(about, asks=True), both(here, applies.asks, when)))
        return list(Guarded(cases))

    def _of_each(self) -> list[Any]:
        name = str(self.rule.each)
        fact = fact_at(self.comparisons.model, name, ("each",)) if name not in self.whole.named else None
        listed = fact or self.whole.named[name]
        inside = listed.inside(self.whole, ("each",))
        read = fact_reader(name, self.whole, ("each",), unasked="no")
        lengths = self.comparisons.reading.of(lambda facts: length_of(read(facts, facts)))
        unread = self.condition(self.rule.when, inside, no_part)
        found: list[Any] = []
        for word, asks in (("unknown", False), ("asks", True)):
            found.append((waiting(None, asks=asks), both(lengths.cases.get(word, FALSE), no(unread.no))))
        more = self.comparisons.reading.of(lambda facts: isinstance(read(facts, facts), SoFar))
        found.append((waiting(None), both(more.cases.get(True, FALSE), no(unread.no))))
        known = Guarded((length, when) for length, when in lengths if isinstance(length, int))
        for place in range(max((length for length, _ in known), default=0)):
            here, about = there(known, place), f"{name}[{place}]"
            for item, when in self._places(fact, read, name, place):
                found += self._judged(inside, item, about, both(here, when))
        return found

    def _places(
        self, fact: FactAt | None, read: Callable[[Any, Any], Any], name: str, place: int
    ) -> Iterator[tuple[Item, Formula]]:
        """Yield what gives the part at this place of a list; where Python put the list together, each stored
        part that it may be, with the formula under which it is that one."""
        item = part_of(fact, read, name, place)
        if fact is None or fact.derived is None:
            yield item, TRUE
            return
        paths = self.comparisons.paths_of(item, name, place)
        for path, when in paths:
            yield (item if path is None else stored_at(path)), when

    def _settled(self, scope: Scope, item: Item, about: str | None, here: Formula) -> Guarded[Said | None]:
        judges = any(step.verb in JUDGES_KEEPING for step in self.rule.steps)
        end = Said.of(met(self.rule.kept))._replace(about=about) if judges else None
        answers = [self._speaks(step, scope, item) for step in self.rule.steps]
        before = here
        for place, answer in enumerate(answers):
            turned = self.rule.steps[place].verb in HELD_BACK_BY_NO
            told = self.steps[place]
            told.speaks = either(told.speaks, both(before, no(answer.no)))
            told.holds = either(told.holds, both(here, answer.no if turned else answer.yes))
            before = both(before, no(answer.yes))
        settled: Guarded[Said | None] = Guarded.always(end)
        for place in reversed(range(len(answers))):
            step = self.rule.steps[place]
            settled = self._by(step, answers[place], self._says(place, scope, item, about), settled)
        return settled

    def _speaks(self, step: Step, scope: Scope, item: Item) -> Told:
        written = step.oblige.where if step.oblige is not None else getattr(step, step.verb)
        told = self.condition(written, scope, item)
        return told.turned if step.verb in HELD_BACK_BY_NO else told

    def _says(self, place: int, scope: Scope, item: Item, about: str | None) -> Guarded[Said | None]:
        _test, say = compiled_step(self.rule.steps[place], scope, ("steps", place))

        def said(facts: Any) -> Any:
            part = item(facts)
            if part is NOT_THERE:
                return NOT_THERE
            one = say(facts, part, about)
            return Said.of(one) if one is not None else None

        return self.comparisons.reading.of(said)

    def _by(
        self, step: Step, answer: Told, say: Guarded[Said | None], rest: Guarded[Said | None]
    ) -> Guarded[Said | None]:
        """Return what a step says where it speaks, else what the rest says; as `_settled_by` of rule.py."""
        cases = [(one, both(answer.no, when)) for one, when in rest]
        cases += [(one, both(answer.yes, when)) for one, when in say]
        for one, when in say:
            for other, otherwise in rest:
                for unsure, asks in ((answer.unknown, False), (answer.asks, True)):
                    cases.append((self._unsure(step, one, other, asks=asks), both(unsure, when, otherwise)))
        return Guarded(cases)

    def _unsure(self, step: Step, said: Said | None, otherwise: Said | None, *, asks: bool) -> Said | None:
        results = [one.as_result() if one is not None else None for one in (said, otherwise)]
        if all(one is None or _harmless(one, self.rule) for one in results):
            return None
        if _bans_alike(*results):
            return otherwise
        if said is not None and step.apart:
            return said._replace(unknown=True)
        about = said.about if said is not None else otherwise.about if otherwise is not None else None
        return waiting(about, asks=asks)


# From what the rules say to the outcome, as formulas: exceptions, clashes and the worst of the points, as
# `deciding.py` and `algebra.py` do it, without a permission or a ruling on record.


NOTHING_RULED = Facts()
HARMLESS = frozenset({Kind.MET, Kind.ADVISES, Kind.ADVISES_AGAINST, Kind.PERMITS, Kind.OBLIGES})


@dataclass
class Possible:
    """A finding that may be there. `when`: under which facts; `turned`: an unknown exception made it wait;
    `overridden`: by which clause, under which facts; `unneeded`: it had nothing to except."""

    rule: CompiledRule
    finding: Finding
    when: Formula
    unknown: bool
    turned: Formula = FALSE
    overridden: dict[str, Formula] = field(default_factory=dict)
    unneeded: Formula = FALSE

    @property
    def stands(self) -> Formula:
        """That nothing replaces it."""
        return no(either(*self.overridden.values()))

    @property
    def is_said(self) -> Formula:
        """That it is among the findings."""
        return both(self.when, no(self.unneeded))

    def same_thing(self, other: "Possible") -> bool:
        """Whether both are about the same thing at the same point; None is about all of them."""
        one, two = self.finding, other.finding
        return one.point == two.point and (None in (one.about, two.about) or one.about == two.about)


class Outcomes:
    """The outcome of each point and of all, each as a formula."""

    def __init__(self, rules: Sequence[RuleSaid], bases: Mapping[str, Basis]) -> None:
        self.bases = bases
        self.possible = [one for rule in rules for one in _findings(rule)]
        _except(self.possible)
        self.clashes = list(self._clashes())
        self.points = {point: self._at(point) for point in bases}
        self.all = self._overall()

    def _permitted_against(self, one: Possible) -> list[Possible]:
        return [
            other for other in self.possible if other.finding.kind is Kind.PERMITS and other.same_thing(one)
        ]

    def _clashes(self) -> Iterable[tuple[Possible, Possible, Formula]]:
        """Yield what forbids and what permits the same thing, none with precedence."""
        for one in self.possible:
            if one.finding.kind is Kind.FORBIDS:
                for other in self._permitted_against(one):
                    yield (
                        one,
                        other,
                        both(one.is_said, one.stands, no(one.turned), other.is_said, other.stands),
                    )

    def _at(self, point: str) -> dict[Outcome, Formula]:
        """Return, for each outcome, that some finding gives the point at least that."""
        levels: dict[Outcome, list[Formula]] = {outcome: [] for outcome in Outcome}
        for one in self.possible:
            if one.finding.point != point:
                continue
            levels[Outcome.PERMITTED].append(one.is_said)
            counts = both(one.is_said, one.stands)
            levels[Outcome.HOLD].append(both(counts, one.turned))
            kind = one.finding.kind
            if kind in HARMLESS:
                continue
            answer = ANSWER[kind]
            counts = both(counts, no(one.turned))
            if answer in REFUSED:
                permitted = either(
                    *(both(other.is_said, other.stands) for other in self._permitted_against(one))
                )
                levels[Outcome.REFER].append(both(counts, permitted))
                counts = both(counts, no(permitted))
            levels[answer].append(counts)
        given = {outcome: either(*some) for outcome, some in levels.items()}
        worst = sorted(Outcome, key=lambda outcome: outcome.weight, reverse=True)
        found: dict[Outcome, Formula] = {}
        for place, outcome in enumerate(worst):
            here = given[outcome] if outcome is not Outcome.SILENT else both()
            found[outcome] = both(here, *(no(given[one]) for one in worst[:place]))
        return found

    def _overall(self) -> dict[Outcome, Formula]:
        found: dict[Outcome, Formula] = {}
        better: list[Formula] = []
        for outcome in sorted(Outcome, key=lambda one: one.weight, reverse=True):
            counts = [
                levels[outcome]
                for point, levels in self.points.items()
                if outcome.weight > Outcome.PERMITTED.weight or self.bases[point] is Basis.POLICY
            ]
            here = either(*counts) if outcome is not Outcome.SILENT else both()
            found[outcome] = both(here, *(no(one) for one in better))
            better.append(here)
        return found


def _findings(told: RuleSaid) -> Iterable[Possible]:
    """Yield the findings that a rule may come to; as `_decide` of deciding.py."""
    rule, binds = told.rule, told.binds
    matters = either(*(when for said, when in told.said if _matters(said.as_result())))
    not_kept = [when for said, when in told.said if said.kind in NOT_KEPT and not said.unknown]
    speaks = either(binds.yes, both(binds.unknown, no(matters)))
    for said, when in told.said:
        if not (said.excludes or said.unbound):
            yield _possible(rule, said, both(speaks, when))
    unsure = both(binds.unknown, matters)
    if rule.overrides:
        kept = no(either(*not_kept))
        yield _possible(rule, waiting(None), both(unsure, kept))
        yield _possible(replace(rule, overrides=frozenset()), waiting(None), both(unsure, no(kept)))
    else:
        yield _possible(rule, waiting(None), unsure)


def _possible(rule: CompiledRule, said: Said, when: Formula) -> Possible:
    return Possible(rule, _finding(rule, said.as_result(), NOTHING_RULED), when, said.unknown)


def _except(possible: Sequence[Possible]) -> None:
    """Let each exception take the place of what it overrides; as `_apply_exceptions` of deciding.py."""
    for exception in possible:
        rule = exception.rule
        if not rule.overrides:
            continue
        clause, wanted = rule.clauses[0], []
        for one in possible:
            if one is exception or not one.same_thing(exception):
                continue
            here = both(exception.when, one.when)
            if rule.overrides.isdisjoint(one.finding.clauses):
                wanted.append(both(here, one.overridden.get(clause, FALSE)))
                continue
            wanted.append(both(here, one.overridden.get(clause, FALSE)))
            if (one.finding.control, one.finding.clauses[0]) == (exception.finding.control, clause):
                continue
            hit = both(here, one.stands)
            kind = one.finding.kind
            if exception.unknown:
                waits = kind in (*NOT_KEPT, Kind.OBLIGES)
                changed = hit if waits else both(hit, one.turned)
                wanted.append(changed)
                one.turned = either(one.turned, changed)
                continue
            hit = both(hit, no(exception.turned))
            if exception.finding.kind in OVERRIDES.get(Kind.REQUIRES, ()):
                over = hit if kind in NOT_KEPT else both(hit, one.turned)
            elif exception.finding.kind in OVERRIDES.get(kind, ()):
                over = both(hit, no(one.turned))
            else:
                continue
            one.overridden[clause] = either(one.overridden.get(clause, FALSE), over)
        if exception.unknown:
            exception.unneeded = both(exception.when, no(either(*wanted)))
