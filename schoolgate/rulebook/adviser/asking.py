"""What to ask next: only what can still change the answer. Found by trying, not by a tree made by hand."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from schoolgate.rulebook.adviser.known import NOT_KNOWN, Situated
from schoolgate.rulebook.adviser.leaves import Ask, Leaf
from schoolgate.rulebook.book import Book
from schoolgate.rulebook.deciding import decide
from schoolgate.rulebook.findings import UNKNOWN, Decision, Need
from schoolgate.rulebook.situations.contacts import years_before

YEARS_BACK = (1, 2, 3, 4, 5, 10, 16, 17, 18, 21, 25, 50)
NUMBERS = (0, 1, 2, 3, 5, 10, 50, 1200)
"""The numbers that are tried; the last as a time of day: noon."""
AT_RANDOM = 40
"""How many ways of answering all the rest are tried, once no single answer changes anything."""

Signature = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """The next question. `leaf`: the fact. `is_needed`: the answer itself says that it waits for it."""

    situation: str
    leaf: Leaf
    is_needed: bool


@dataclass(frozen=True)
class Advice:
    """An answer with what is known so far. `taken`: what was filled in without asking, because the answer is
    the same for every value. `question`: the next fact to ask about; None where no fact can change it any
    more."""

    decision: Decision
    taken: Mapping[str, Any]
    question: Question | None


def answer(book: Book, asked: Situated, answers: Mapping[str, Any]) -> Advice:
    """Return the book's answer with what is known so far, and what to ask next: one search finds both."""
    trial = _Trial(book, asked, answers)
    decision, question = trial.search()
    return Advice(decision, trial.taken, question)


def signature(decision: Decision) -> Signature:
    """Return what two answers must share to be the same to the asker: points, clauses, needs and duties."""
    findings = {
        (each.kind, each.point, each.about, each.clauses, each.needs, each.overridden_by, each.lifts_on)
        for each in decision.findings
    }
    duties = {(each.who, each.what, each.due) for each in decision.duties}
    return (
        tuple(decision.points.items()),
        frozenset(findings),
        frozenset(duties),
        decision.excluded_by,
        decision.silent_because,
    )


class _Trial:
    """One search for the next question. `values`: the answers, and what is taken for granted."""

    def __init__(self, book: Book, asked: Situated, answers: Mapping[str, Any]) -> None:
        self.book = book
        self.asked = asked
        self.answered = frozenset(answers)
        self.values = {path: value for path, value in answers.items() if value != NOT_KNOWN}
        self.open = [leaf for leaf in asked.leaves if leaf.path not in self.answered]
        self.taken: dict[str, Any] = {}
        self._decided: dict[frozenset[tuple[str, Any]], Decision] = {}
        self._days: dict[str, tuple[date, ...]] = {}

    def decide(self, values: Mapping[str, Any]) -> Decision:
        """Return the decision on these values; facts under a missing part are left out."""
        key = frozenset(values.items())
        if key not in self._decided:
            self._decided[key] = decide(self.book, self.asked.situation, self.asked.facts(values))
        return self._decided[key]

    def sign(self, values: Mapping[str, Any]) -> Signature:
        """Return the signature of that decision."""
        return signature(self.decide(values))

    def search(self) -> tuple[Decision, Question | None]:
        """Return the answer and the next question, taking for granted on the way what makes no difference."""
        while True:
            base = self.decide(self.values)
            here = signature(base)
            splitting: list[tuple[bool, int, int, Leaf]] = []
            alike: dict[str, Any] = {}
            for place, leaf in enumerate(self._untaken()):
                options = self.options(leaf)
                tried = [self.decide({**self.values, leaf.path: option}) for option in options]
                signed = [signature(each) for each in tried]
                distinct = len(set(signed))
                if distinct > 1:
                    needed = _answers_a_need(base, tried)
                    splitting.append((not needed, -distinct, place, leaf))
                elif options and signed[0] != here:
                    alike[leaf.path] = options[0]
            if splitting:
                unneeded, _distinct, _place, leaf = min(splitting, key=lambda each: each[:3])
                return base, Question(self.asked.situation, leaf, not unneeded)
            if not alike:
                return base, self._together(here)
            self.taken |= alike
            self.values |= alike

    def options(self, leaf: Leaf) -> Sequence[Any]:
        """Return the values that are tried for a fact."""
        if leaf.ask in (Ask.YES_NO, Ask.JUDGED):
            return (True, False)
        if leaf.ask is Ask.SOME_OF:
            return ((), *((word,) for word in leaf.choices), leaf.choices)
        if leaf.ask is Ask.NUMBER:
            return NUMBERS
        if leaf.ask is Ask.DAY:
            return self._days_for(leaf)
        return leaf.choices

    def _untaken(self) -> list[Leaf]:
        return [leaf for leaf in self.open if leaf.path not in self.taken]

    def _days_for(self, leaf: Leaf) -> tuple[date, ...]:
        """Days that may make a difference: today, far from it, and around each day on which a ban ends."""
        found = self._days.get(leaf.path)
        if found is not None:
            return found
        today = self.asked.today
        days = {today, today - timedelta(days=1), today + timedelta(days=1), today - timedelta(days=100)}
        days |= {years_before(today, years) for years in YEARS_BACK}
        for day in sorted(days):
            for finding in self.decide({**self.values, leaf.path: day}).findings:
                if finding.lifts_on is not None:
                    near = day + (today - finding.lifts_on)
                    days |= {near - timedelta(days=1), near, near + timedelta(days=1)}
        self._days[leaf.path] = tuple(sorted(days))
        return self._days[leaf.path]

    def _together(self, here: Signature) -> Question | None:
        """What matters only together with something else: the first of the fewest answers that change it."""
        draw = random.Random(self.asked.situation)  # noqa: S311 - the same tries for the same question
        options = {leaf.path: self.options(leaf) for leaf in self.open}
        for _try in range(AT_RANDOM if options else 0):
            all_said = {**self.values, **{path: draw.choice(some) for path, some in options.items() if some}}
            if self.sign(all_said) != here:
                return self._fewest(all_said, options)
        return None

    def _fewest(self, all_said: dict[str, Any], options: Mapping[str, Sequence[Any]]) -> Question | None:
        here = self.sign(self.values)
        kept = dict(all_said)
        for leaf in reversed(self.open):
            less = {**kept, leaf.path: self.values[leaf.path]} if leaf.path in self.values else dict(kept)
            if leaf.path not in self.values:
                less.pop(leaf.path, None)
            if self.sign(less) != here:
                kept = less
        for leaf in self.open:
            if leaf.path in kept and kept[leaf.path] != self.values.get(leaf.path):
                signed = {self.sign({**kept, leaf.path: one}) for one in options[leaf.path]}
                if len(signed) > 1:
                    return Question(self.asked.situation, leaf, False)
        return None


def _answers_a_need(base: Decision, tried: Sequence[Decision]) -> bool:
    """Whether the answer waits for a fact: one of its first values settles what is not known."""
    waits = _unknowns(base)
    return any(waits - _unknowns(each) for each in tried[:3])


def _unknowns(decision: Decision) -> frozenset[Need]:
    return frozenset(need for each in decision.findings if each.message == UNKNOWN for need in each.needs)
