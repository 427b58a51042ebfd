"""What must be asked before a book can answer, what is known already, and the answer."""

import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache, cached_property, reduce
from operator import getitem
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from schoolgate.rulebook.adviser.entries import Entry, Hat
from schoolgate.rulebook.adviser.leaves import (
    ABOUT,
    BESIDE,
    HAT,
    YEAR_GROUP,
    Ask,
    Leaf,
    actor_field,
    bare_of,
    is_judged,
    leaves_of,
    names_needed,
    part_at,
    relation_field,
)
from schoolgate.rulebook.book import Book
from schoolgate.rulebook.clauses import Tension
from schoolgate.rulebook.deciding import decide, read_facts
from schoolgate.rulebook.facts import LONDON, Facts, Ruling
from schoolgate.rulebook.findings import UNKNOWN, Decision, Need
from schoolgate.rulebook.kinds import Outcome
from schoolgate.rulebook.messages import QUESTIONS
from schoolgate.rulebook.situations import situation
from schoolgate.rulebook.situations.contacts import years_before

# What is known when a question is put: what it is about, the answers so far, and who asks.


TWO_WEEKS = timedelta(days=14)
NOT_KNOWN = "-"
"""The answer "I don't know", in an address too: it counts as asked, and the fact stays unknown."""
ME = "me"
LARGEST = 1_000_000
FIRST_YEAR, LAST_YEAR = 1900, 2099
TO = ".."
"""Stands between the first and the last day that a day can be."""
YEAR_GROUPS = tuple(map(str, range(14)))
"""Reception as 0."""


EVERYBODY = tuple(
    Hat(relation, relation)
    for relation in ("staff", "governor", "volunteer", "parent", "friend", "pupil", "other")
)
"""The capacities anyone may act in, where nothing is known about them."""


@dataclass(frozen=True)
class Situated:
    """A question of the catalogue as a person asks it. `at`: when. `hats`: the capacities they can act in.
    `beside`: what the program knows without asking, such as rulings. `judges`: what the question takes for
    granted is asked where it decides, as under an own policy, whose rules no one has read."""

    entry: Entry
    at: datetime
    hats: tuple[Hat, ...] = EVERYBODY
    beside: Mapping[str, Any] = field(default_factory=dict)
    judges: bool = False

    @property
    def situation(self) -> str:
        """The key of the situation."""
        return self.entry.situation

    @property
    def today(self) -> date:
        """The day in London."""
        return self.at.astimezone(LONDON).date()

    @cached_property
    def leaves(self) -> Sequence[Leaf]:
        """Return the facts that may be asked: not given elsewhere, and with a question in words."""
        asked = _asked(self.situation)
        found = []
        for leaf in leaves_of(self.situation, self.preset()):
            if leaf.path in self.entry.not_asked:
                continue
            if leaf.ask is Ask.HAT:
                hats = self.entry.hats(self.hats)
                if len(hats) > 1:
                    found.append(Leaf(HAT, Ask.HAT, tuple(hat.key for hat in hats)))
            elif question_key(leaf.path) in asked:
                found.append(leaf)
        return tuple(found)

    def facts(self, values: Mapping[str, Any], *, without: Collection[str] = ()) -> Facts:
        """Return the facts with these values, by path. Facts that a person would record are still missing.
        `without`: what the question takes for granted and isn't taken here."""
        given = self.preset(without)
        hats = self.entry.hats(self.hats)
        worn = values.get(HAT, hats[0].key if len(hats) == 1 else None)
        if worn is not None:
            self._wear(given, next(hat for hat in hats if hat.key == worn))
        for path, value in values.items():
            if path != HAT:
                self._put(given, *self._placed(path, value))
        nothing = {name: () for name in _lists(situation(self.situation).facts) if name not in given}
        return read_facts(situation(self.situation), {"now": self.at, **nothing, **given, **self.beside})

    def _placed(self, path: str, value: Any) -> tuple[str, Any]:
        """Return where an answer belongs among the facts: days between two, and a year group, have a place
        of their own."""
        before, dot, name = path.rpartition(".")
        if name in ABOUT and isinstance(value, tuple):
            return before + dot + ABOUT[name], {"first": value[0], "last": value[1]}
        if name in ABOUT and isinstance(value, int):
            return before + dot + YEAR_GROUP, value
        return path, value

    def preset(self, without: Collection[str] = ()) -> dict[str, Any]:
        """What the question itself says, as facts."""
        given = {name: _filled(value, self) for name, value in self.entry.facts.items()}
        for path in {*without, *(self.entry.assumed if self.judges else ())}:
            *parts, name = path.split(".")
            del reduce(getitem, parts, given)[name]
        return given

    def _wear(self, given: dict[str, Any], hat: Hat) -> None:
        name = actor_field(self.situation)
        if not name or name in given:
            return
        given[name] = {"key": ME, relation_field(self.situation): hat.relation, "roles": list(hat.roles)}

    def _put(self, given: dict[str, Any], path: str, value: Any) -> None:
        """Lays a value into the nested facts; a part that was not there comes with a key for its name."""
        steps = tuple(path.split("."))
        at: Any = given
        for place, step in enumerate(steps[:-1]):
            if isinstance(at, list):
                at = at[int(step)]
                continue
            if at.get(step) is None:
                part = part_at(self.situation, steps[: place + 1])
                at[step] = dict.fromkeys(names_needed(part), ME) if part is not None else {}
            at = at[step]
        judged = is_judged(self.situation, steps)
        at[steps[-1]] = (
            {"answer": value, "by": ME, "at": self.at, "of_this_version": True} if judged else value
        )


@cache
def _asked(situation_key: str) -> frozenset[str]:
    """Return the facts of a situation, by question key, that have a question in words."""
    before = f"{situation_key}:"
    return frozenset(key.removeprefix(before) for key in QUESTIONS if key.startswith(before))


def question_key(path: str) -> str:
    """Return the key of a fact's question: its path without places in lists."""
    return ".".join(step for step in path.split(".") if not step.isdigit())


def read_answers(asked: Situated, given: Iterable[tuple[str, Sequence[str]]]) -> dict[str, Any]:
    """Return the answers in an address as values, by path; NOT_KNOWN stays. Answers to no known question
    are left out."""
    told = {path: list(texts) for path, texts in given}
    read = {leaf.path: read_answer(leaf, told[leaf.path]) for leaf in asked.leaves if leaf.path in told}
    return {path: read[path] for path in told if read.get(path) is not None}


def read_answer(leaf: Leaf, texts: Sequence[str]) -> Any:
    """One answer as a value; None where it is none."""
    if not texts:
        return None
    if NOT_KNOWN in texts:
        return NOT_KNOWN if len(texts) == 1 else None
    text = texts[0]
    if leaf.ask is Ask.SOME_OF:
        words = [word for one in texts for word in one.split("~") if word]
        none_of_them = words == ["none"] and "none" not in leaf.choices
        known = all(word in leaf.choices for word in words)
        return () if none_of_them else tuple(sorted(set(words))) if words and known else None
    if leaf.ask is Ask.DAY:
        return _day_or_range(leaf, text)
    if leaf.ask is Ask.NUMBER:
        return int(text) if text.isascii() and text.isdigit() and int(text[:8]) <= LARGEST else None
    if text not in leaf.choices:
        return None
    return text == "yes" if leaf.ask in (Ask.YES_NO, Ask.JUDGED) else text


def written(leaf_ask: Ask, value: Any) -> str:
    """Return an answer in the form used in an address."""
    if value == NOT_KNOWN:
        return NOT_KNOWN
    if leaf_ask in (Ask.YES_NO, Ask.JUDGED):
        return "yes" if value else "no"
    if leaf_ask is Ask.SOME_OF:
        return "~".join(value) or "none"
    if isinstance(value, tuple):
        return TO.join(day.isoformat() for day in value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _day_or_range(leaf: Leaf, text: str) -> date | tuple[date, date] | int | None:
    """Return a day; a first and a last day, or a year group, where the fact can be given so."""
    if leaf.year_group and text in YEAR_GROUPS:
        return int(text)
    first, to, last = text.partition(TO)
    if not to:
        return _day(text)
    days = _day(first), _day(last)
    return days if leaf.about and days[0] and days[1] and days[0] <= days[1] else None  # type: ignore[return-value]


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _filled(value: Any, asked: Situated) -> Any:
    """Return a preset with the instant and the day of the question, fresh, so that answers can be laid into
    it."""
    if isinstance(value, Mapping):
        return {name: _filled(one, asked) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_filled(one, asked) for one in value]
    if value == "$now":
        return asked.at
    if value == "$today":
        return asked.today
    if value == "$two_weeks_ago":
        return asked.at - TWO_WEEKS
    if value == "$day_two_weeks_ago":
        return asked.today - TWO_WEEKS
    if value in ("$yes", "$no"):
        return {"answer": value == "$yes", "by": ME, "at": asked.at, "of_this_version": True}
    return value


@cache
def _lists(model: type[Facts]) -> tuple[str, ...]:
    """Return the lists of what is on record or mentioned: empty, unless an entry says otherwise."""
    found = []
    for name, info in model.model_fields.items():
        bare = bare_of(info.annotation)
        if name in BESIDE or info.default is not None or get_origin(bare) is not tuple:
            continue
        inner = bare_of(get_args(bare)[0])
        if inner is str or (isinstance(inner, type) and issubclass(inner, BaseModel)):
            found.append(name)
    return tuple(found)


# What to ask next: only what can still change the answer. Found by trying, not by a tree made by hand.


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


# On which open question of a policy an answer turns, and which rulings it rests on. Found by trying.


NOBODY = "federation"
"""The source that rules where the policy names no one."""


def open_questions(book: Book, decision: Decision) -> list[Tension]:
    """Return the open questions of the policy that a ruling would answer here."""
    if Outcome.REFER not in decision.points.values():
        return []
    here = signature(decision)
    return [tension for tension in book.tensions.values() if _with(book, decision, tension) != here]


def who_rules(decision: Decision) -> str:
    """Return the role that the answer waits for, by the policy's own name; NOBODY where it names none."""
    for finding in decision.findings:
        for need in finding.needs:
            if need.what == "ruling" and finding.stands:
                return need.source
    return NOBODY


def rests_on(book: Book, decision: Decision) -> list[Ruling]:
    """Return the rulings among the facts without which the answer would be another."""
    here = signature(decision)
    given = decision.facts.rulings
    found = []
    for ruling in given:
        less = tuple(one for one in given if one.tension != ruling.tension)
        facts = decision.facts.model_copy(update={"rulings": less})
        if signature(decide(book, decision.situation, facts)) != here:
            found.append(ruling)
    return found


def _with(book: Book, decision: Decision, tension: Tension) -> object:
    ruling = Ruling(tension=tension.id, allows=True, role=tension.ruled_by or NOBODY, by="somebody")
    facts = decision.facts.model_copy(update={"rulings": (*decision.facts.rulings, ruling)})
    return signature(decide(book, decision.situation, facts))
