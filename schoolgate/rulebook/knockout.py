"""Proves what scenarios show of a policy, by removing its rules and shifting their settings, one at a time.

A rule is *proven* when a scenario that cites its clause comes out differently without it. Removing it may
change the answer at no other point, and none where it said nothing. Each number, day and role in its
settings is *noticed* when some scenario comes out wrong with its neighbour. Rules that say one thing twice
carry the same `group`: they are removed and shifted together where that is needed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from schoolgate.rulebook.book import Book, CompiledRule
from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.controls.base import RuleResult
from schoolgate.rulebook.coverage import Proven
from schoolgate.rulebook.deciding import is_bound
from schoolgate.rulebook.expectations import ask, meets
from schoolgate.rulebook.facts import Facts
from schoolgate.rulebook.findings import Decision
from schoolgate.rulebook.packs import Binding, Kept
from schoolgate.rulebook.scenarios import Scenario
from schoolgate.rulebook.shifting import Shift, shifted, shifts

EXCLUDES = "excludes"


@dataclass
class Proof:
    """The proofs found. `kinds`: rule -> kind of its proof; `shown`: clause of an invariant -> scenario."""

    policy: str
    kinds: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    unproven: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    unnoticed: list[str] = field(default_factory=list)
    not_shown: list[str] = field(default_factory=list)
    shifted: int = 0

    @property
    def complete(self) -> bool:
        """Whether everything is proven and noticed."""
        return not (self.unproven or self.moved or self.unnoticed or self.not_shown)

    def to_json(self) -> dict[str, Any]:
        """As `schoolgate policy knockout --json` prints it."""
        return {
            "policy": self.policy,
            "bindings": len(self.kinds) + len(self.unproven),
            "proven": len(self.kinds),
            "shifted": self.shifted,
            "noticed": self.shifted - len(self.unnoticed),
            "unproven": self.unproven,
            "moved": self.moved,
            "unnoticed": self.unnoticed,
            "not_shown": self.not_shown,
        }


def prove(book: Book, scenarios: Iterable[Scenario], *, only: str = "", shift: bool = True) -> Proof:
    """Return everything that these scenarios prove of the rules whose id contains `only`."""
    found, cases = Proof(book.key), _Cases(book, scenarios)
    for binding in book.pack.bindings:
        if only not in binding.id:
            continue
        kinds = cases.noticed_without(binding)
        if kinds:
            found.kinds[binding.id] = proof_kind(binding, kinds)
        else:
            found.unproven.append(binding.id)
        found.moved += cases.moved_without(binding)
        for shifting, settings in shifts(binding, [role.name for role in book.roles]) if shift else ():
            found.shifted += 1
            if not cases.notice(binding, shifting, settings):
                found.unnoticed.append(f"{binding.id}: {shifting}")
    for kept in book.pack.kept:
        for clause in kept.clauses if kept.kind == "invariant" else ():
            shown = next((one for one in cases.all if shows(one, clause, kept)), None)
            if shown is not None:
                found.shown[clause] = f"{shown.file}: {shown.name}"
            elif only in clause:
                found.not_shown.append(clause)
    return found


def proven_by(found: Proof) -> Proven:
    """Return the part of it that says how far the policy is covered."""
    return Proven(dict(sorted(found.kinds.items())), dict(sorted(found.shown.items())))


def shows(scenario: Scenario, clause: str, kept: Kept) -> bool:
    """Whether the scenario lets what the clause's sameness rests on vary, and names the clause."""
    named = clause in scenario.shows or scenario.cites(clause)
    return named and scenario.situation == kept.situation and set(kept.varies) <= scenario.varied.keys()


def proof_kind(binding: Binding, kinds: set[str]) -> str:
    """What kind of proof a rule is that scenarios notice: by its control and the kinds of its findings."""
    if CONTROLS[binding.control].by_word_alone(binding.settings):
        return "attested"
    if kinds <= {"obliges"}:
        return "duty"
    return "advice" if kinds <= {"advises", "advises_against"} else "decided"


class JudgingOnce(Book):
    """The same book, whose rules judge each of these facts once: they are asked of again and again, each time
    with another rule changed."""

    def __init__(self, base: Book, cases: Iterable[Facts]) -> None:
        super().__init__(base.packs)
        kept = {id(one): one for one in cases}  # kept, so that their ids stay theirs
        self.__dict__.update(base=base, cases=kept, control_versions=base.control_versions)

    def bound(self, situation: str) -> tuple[CompiledRule, ...]:
        """Return its bindings as those of the other book, each with a memory."""
        found = self._bound.get(situation)
        if found is None:
            base: Book = self.__dict__["base"]
            found = self._bound[situation] = tuple(map(self._with_a_memory, base.bound(situation)))
        return found

    def _with_a_memory(self, rule: CompiledRule) -> CompiledRule:
        cases: Mapping[int, Facts] = self.__dict__["cases"]
        said: dict[int, tuple[RuleResult, ...]] = {}

        def judged(facts: Any) -> Iterable[RuleResult]:
            key = id(facts)
            if key not in cases:
                return rule.evaluate(facts)
            if key not in said:
                said[key] = tuple(rule.evaluate(facts))
            return said[key]

        return replace(rule, evaluate=judged)


class _Cases:
    """The scenarios of one policy with its answers, and which of its rules speak in each."""

    def __init__(self, book: Book, scenarios: Iterable[Scenario]) -> None:
        self.all = tuple(scenarios)
        self.book = JudgingOnce(book, (one.facts for one in self.all))
        self.by_situation: dict[str, list[Scenario]] = defaultdict(list)
        self.speaking: dict[str, list[Scenario]] = defaultdict(list)
        self.groups: dict[str, list[Binding]] = defaultdict(list)
        self.ready: dict[str, dict[str, CompiledRule]] = {}
        self._answers: dict[Scenario, Decision] = {}
        for binding in book.pack.bindings:
            if binding.group is not None:
                self.groups[binding.group].append(binding)
        for scenario in self.all:
            self.by_situation[scenario.situation].append(scenario)
            if scenario.situation not in self.ready:
                self.ready[scenario.situation] = {one.id: one for one in book.bound(scenario.situation)}
            for bound in self.ready[scenario.situation].values():
                if _says(bound, bound.settings, scenario):
                    self.speaking[bound.id].append(scenario)

    def answer(self, scenario: Scenario) -> Decision:
        """What the policy answers as it is."""
        if scenario not in self._answers:
            self._answers[scenario] = ask(scenario, self.book)
        return self._answers[scenario]

    def noticed_without(self, binding: Binding) -> set[str]:
        """Return the kinds of what the rule says in scenarios that cite its clause and come out wrong
        without it, or without its whole group."""
        alone = self.book.with_bound({binding.id: None})
        group = self.groups.get(binding.group or "", ())
        together = self.book.with_bound(dict.fromkeys((one.id for one in group), None)) if group else alone
        cited = {binding.clauses[0], *(one.clauses[0] for one in group)}
        kinds: set[str] = set()
        for scenario in self.speaking[binding.id]:
            own = own_kinds(self.answer(scenario), binding)
            if not own <= kinds:
                if scenario.cites(binding.clauses[0], binding.point) and not meets(
                    scenario, ask(scenario, alone)
                ):
                    kinds |= own
                elif group and any(scenario.cites(clause, binding.point) for clause in cited):
                    kinds |= own if not meets(scenario, ask(scenario, together)) else set()
        return kinds

    def moved_without(self, binding: Binding) -> Iterator[str]:
        """Return scenarios in which removing the rule changes the answer at another point than its own, or
        at its own although the rule said nothing in the end."""
        without = self.book.with_bound({binding.id: None})
        for scenario in self.speaking[binding.id]:
            before, after = self.answer(scenario), ask(scenario, without)
            stays = {binding.point} if own_kinds(before, binding) else set()
            moved = {
                point
                for point, outcome in before.points.items()
                if after.points[point] is not outcome and point not in stays
            }
            if moved:
                yield f"{binding.id}: changes {', '.join(sorted(moved))} in {scenario}"

    def notice(self, binding: Binding, shift: Shift, settings: Any) -> bool:
        """Whether some scenario comes out wrong when this value has its neighbour's place."""
        changed: dict[str, Any] = {binding.id: settings}
        for one in self.groups.get(binding.group or "", ()):
            other = shifted(one, shift) if one.id != binding.id else None
            if other is not None:
                changed[one.id] = other
        book = self.book.with_bound(changed)
        asked = [one for situation in binding.situations for one in self.by_situation[situation]]
        return any(self._differs(changed, one) and not meets(one, ask(one, book)) for one in asked)

    def _differs(self, changed: Mapping[str, Any], scenario: Scenario) -> bool:
        """Whether one of the changed rules says anything else here than before."""
        ready = self.ready[scenario.situation]
        return any(
            _says(ready[key], ready[key].settings, scenario) != _says(ready[key], settings, scenario)
            for key, settings in changed.items()
            if key in ready
        )


def own_kinds(decided: Decision, binding: Binding) -> set[str]:
    """Return the kinds of a rule's own findings in a decision."""
    kinds = {
        str(one.kind)
        for one in decided.findings
        if one.point == binding.point
        and one.control == binding.control
        and one.clauses[0] == binding.clauses[0]
    }
    return kinds | {EXCLUDES} if binding.clauses[0] in decided.excluded_by else kinds


def _says(bound: CompiledRule, settings: Any, scenario: Scenario) -> Sequence[object]:
    if bound.binds is not None and is_bound(scenario.facts, bound.binds) is False:
        return ()
    return list(CONTROLS[bound.control].evaluate(scenario.facts, settings))
