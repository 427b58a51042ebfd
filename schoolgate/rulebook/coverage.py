"""How far a policy is fulfilled, clause by clause, with the kind of proof, what is missing, what each rule
rests on, and what reached it in decisions."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple, get_type_hints

from schoolgate.rulebook.book import Book, CompiledRule
from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.facts import Ask, Attested, Facts, Part
from schoolgate.rulebook.facts_read import compared_in, stored_behind
from schoolgate.rulebook.findings import UNKNOWN
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.packs import Binding, Pack, folder_of, known_keys
from schoolgate.rulebook.rules.reading import kind_of, types_in
from schoolgate.rulebook.rules.rule import Rule
from schoolgate.rulebook.situations import SITUATIONS
from schoolgate.rulebook.situations.base import ANSWERED_AT, ASKS_ABOUT_OWN, ON_RECORD, ONLY_ANSWERED
from schoolgate.rulebook.situations.items import Judged
from schoolgate.rulebook.situations.marks import Mark

# What a rule rests on: rows, a mark on a text, a person's word, or nothing that decides. Read from the rule
# and from who can tell its facts, as they are declared.


class Rests(StrEnum):
    """What a rule, or a clause, rests on: the firmest first.

    `built`: no rule decides it, the program is made so. `told`: it is shown, or answered when someone asks.
    `name`: nothing fulfils it."""

    ROWS = "rows"
    MARK = "mark"
    BUILT = "built"
    WORD = "word"
    TOLD = "told"
    NAME = "name"


FIRMEST = tuple(Rests)
RULED_ON = frozenset({"read", "refer"})
"""Verbs that leave the answer to a person."""


def rests_on(rule: CompiledRule, key: str) -> Rests:
    """Return what a rule of this situation rests on: the firmest of the facts it turns on, or nothing where
    no action asks. Raises UnknownSituation."""
    if key in ONLY_ANSWERED or rule.point in ANSWERED_AT.get(key, ()):
        return Rests.TOLD
    settings = rule.settings
    if CONTROLS[rule.control].by_word_alone(settings):
        return Rests.WORD
    if isinstance(settings, Rule):
        verbs = {step.verb for step in settings.steps}
        if verbs == {"advise"}:
            return Rests.TOLD
        if verbs <= RULED_ON:
            return Rests.WORD
    model = SITUATIONS[key].facts
    found = {_source(model, path) for path in turns_on(rule, key)}
    return min(found, key=FIRMEST.index, default=Rests.ROWS)  # without a fact, the step itself is the row


def turns_on(rule: CompiledRule, key: str) -> tuple[str, ...]:
    """Return the paths of the facts that a rule of this situation turns on: those that its verbs name, and
    where these name none, those that say where it applies. Raises UnknownSituation."""
    model = SITUATIONS[key].facts
    settings = rule.settings
    if not isinstance(settings, Rule):
        named = (*CONTROLS[rule.control].reads, *compared_in(settings.model_dump(), model))
        return tuple(dict.fromkeys(named))
    named = _in_rule(settings, model, [_condition(step) for step in settings.steps])
    return named or _in_rule(settings, model, [settings.when])


def stored_facts(rule: CompiledRule, key: str) -> tuple[str, ...]:
    """Return the stored facts of the situation behind what a rule turns on. Raises UnknownSituation."""
    model = SITUATIONS[key].facts
    paths = turns_on(rule, key)
    return tuple(
        dict.fromkeys(name for path in paths for name in stored_behind(model, path.partition(".")[0]))
    )


def _condition(step: Any) -> Any:
    if step.oblige is not None:
        return [step.oblige.where, {step.oblige.due: True} if isinstance(step.oblige.due, str) else True]
    return getattr(step, step.verb)


def _in_rule(rule: Rule, model: type[Facts], written: Any) -> tuple[str, ...]:
    """Return the paths in conditions of a rule; for a value that it names itself, where that comes from."""
    own = {name: one.after for name, one in rule.passing.items()}
    for named in (rule.latest, rule.earliest, rule.listed):
        own |= {name: one.among for name, one in named.items()}
    found = compared_in(written, model, at=rule.each or "", own=own)
    return tuple(dict.fromkeys(found))


def _source(model: type[Part], path: str) -> Rests:
    """Return where the fact at a path comes from."""
    name, _, rest = path.partition(".")
    work = getattr(model, name, None)
    if isinstance(ask := getattr(work, "ask", None), Ask):
        behind = {_source(model, each) for each in stored_behind(model, name)}
        if Rests.MARK in behind or model is Mark:
            return Rests.MARK
        said = _said_by(ask, get_type_hints(work, include_extras=True)["return"])
        return min((said, *behind), key=FIRMEST.index)
    if name not in model.model_fields:
        return Rests.ROWS
    field = model.model_fields[name]
    kind, _many = kind_of(field.annotation)
    if kind is Mark:
        return Rests.MARK
    if kind is Attested or kind is Judged:
        return Rests.WORD
    if rest and isinstance(kind, type) and issubclass(kind, Part):
        return _source(kind, rest)
    asked = next((one for one in field.metadata if isinstance(one, Ask)), None)
    return _said_by(asked, field.annotation)


def _said_by(ask: Ask | None, annotation: Any) -> Rests:
    """Return how firm a fact is that such a person can tell. A mere yes or no is their word; what they wrote,
    chose or entered in a form of the program is a row with their name."""
    if ask is None or ask.row or ask.of in ON_RECORD:
        return Rests.ROWS
    if ask.of in ASKS_ABOUT_OWN:
        return Rests.TOLD
    return Rests.WORD if bool in types_in(kind_of(annotation)[0]) else Rests.ROWS


# What reached each rule in decisions that were made. Pure; the doors bring the decisions as they were
# saved.
# A rule is known here by its first clause, its point and its kind: what several rules of one clause say at
# one point counts together.


FactsAsSaved = Mapping[str, Any]


class How(StrEnum):
    """How a rule came out: it decided, it waited for a fact, or it was only shown."""

    DECIDED = "decided"
    WAITED = "waited"
    SHOWN = "shown"


class Came(NamedTuple):
    """One rule in one decision. `missing`: what it waited for, keys of messages.NEEDS; `facts`: which of the
    stored facts that it turns on were known."""

    rule: str
    how: How
    missing: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(slots=True)
class Asking:
    """How often a rule came out in which way. `told`: how many of these were answers to a person who asked,
    with nothing done. `first` and `last`: the weeks, by their Mondays."""

    decided: int = 0
    waited: int = 0
    shown: int = 0
    told: int = 0
    facts: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)
    first: date | None = None
    last: date | None = None

    @property
    def reached(self) -> int:
        """In how many decisions the rule had every fact that it needed."""
        return self.decided + self.shown

    @property
    def only_told(self) -> bool:
        """Whether it was answered to people who asked, and never otherwise."""
        return 0 < self.told == self.reached + self.waited

    @property
    def waits_for(self) -> str | None:
        """Return the fact that it waited for most often."""
        return min(self.missing, key=lambda need: (-self.missing[need], need), default=None)

    def came(self, one: Came, week: date, *, told: bool) -> None:
        """Count one more decision."""
        more = Asking(
            told=int(told), facts=Counter(one.facts), missing=Counter(one.missing), first=week, last=week
        )
        setattr(more, one.how, 1)
        self.add(more)

    def add(self, other: "Asking") -> None:
        """Take in what was counted elsewhere."""
        self.decided += other.decided
        self.waited += other.waited
        self.shown += other.shown
        self.told += other.told
        self.facts.update(other.facts)
        self.missing.update(other.missing)
        self.first = min((one for one in (self.first, other.first) if one is not None), default=None)
        self.last = max((one for one in (self.last, other.last) if one is not None), default=None)

    def to_json(self) -> dict[str, Any]:
        """Return it as it is printed, without what is not there."""
        return {
            "decided": self.decided,
            "waited": self.waited,
            "shown": self.shown,
            "only_told": self.only_told,
            "waits_for": self.waits_for,
            "facts": dict(sorted(self.facts.items())),
            "missing": dict(sorted(self.missing.items())),
            "first_week": self.first and self.first.isoformat(),
            "last_week": self.last and self.last.isoformat(),
        }


def name_of(rule: Binding | CompiledRule) -> str:
    """Return the name under which a rule is counted."""
    return _name(rule.clauses[0], rule.point, rule.control)


def stored_by_rule(book: Book, situation: str) -> Mapping[str, tuple[str, ...]]:
    """Return the stored facts that each rule of a situation turns on, by the rule's name. Raises
    UnknownSituation."""
    found: dict[str, dict[str, None]] = {}
    for rule in book.bound(situation):
        found.setdefault(name_of(rule), {}).update(dict.fromkeys(stored_facts(rule, situation)))
    return {name: tuple(facts) for name, facts in found.items()}


def came_out(
    body: Mapping[str, Any], turns_on: Mapping[str, Sequence[str]], facts: FactsAsSaved | None = None
) -> Iterator[Came]:
    """Yield each rule that spoke in a saved decision. `turns_on`: `stored_by_rule` of its book and situation;
    `facts`: those it was given as they were saved, None where they were erased.

    A rule whose words leave a case out decided it. One that speaks of several things waited if it waited for
    a fact of any of them."""
    said: dict[str, list[Mapping[str, Any]]] = {}
    for one in body["findings"]:
        said.setdefault(_name(one["clauses"][0], one["point"], one["control"]), []).append(one)
    left_out = {*body.get("excluded_by", ())}
    for name in (*said, *(name for name in turns_on if name not in said and _clause_of(name) in left_out)):
        told = said.get(name, ())
        waiting = [one for one in told if _waits(one)]
        how = How.WAITED if waiting else How.DECIDED
        if told and all(one["kind"] == Kind.ADVISES for one in told):
            how = How.SHOWN
        known = tuple(one for one in turns_on.get(name, ()) if facts and facts.get(one) is not None)
        yield Came(name, how, tuple(dict.fromkeys(_missing(waiting))), known)


def _name(clause: str, point: str, control: str) -> str:
    return f"{clause}@{point}/{control}"


def _clause_of(name: str) -> str:
    return name.partition("@")[0]


def _waits(finding: Mapping[str, Any]) -> bool:
    """Whether it only says that a fact is missing; with a sentence of its own it is the rule's demand."""
    return bool(finding["kind"] == Kind.REQUIRES and finding["key"] == UNKNOWN)


def _missing(waiting: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for one in waiting:
        yield from (need["what"] for need in one["needs"])


# How far a policy is fulfilled, clause by clause, with the kind of proof, and what is missing.
# `packs/<key>/proof.json` contains what the scenarios prove: rule -> kind of proof, and the clauses for
# which a scenario shows that nothing changes. `python -m tests.policies.prove` writes it; a test fails when
# the two differ. What a clause rests on is read from its rules and the declarations of their facts
# (`resting`). What reached it in real decisions (`asked`), and `evidenced`, are counted from one
# federation's rows, where one is named: `schoolgate policy coverage KEY --federation SLUG`.


ORDER = ("decided", "duty", "record", "advice", "invariant", "structure", "attested", "text")
"""The kinds of proof; a clause that has several counts as the first of them."""


Asked = Mapping[str, Mapping[str, Asking]]
"""Rule (`asked.name_of`) -> situation -> what came out of it."""
_KEPT_BY = {"attested": Rests.WORD, "text": Rests.TOLD}
"""Kind of what keeps a clause that no rule decides -> what that rests on. Others: on the program's make."""


@dataclass(frozen=True, slots=True)
class ClauseCoverage:
    """One clause: what binds it, what proves that, what it rests on, and what reached it in real decisions
    (None: no federation was named, or no rule decides it)."""

    id: str
    enforce: str
    proof: str | None
    bindings: tuple[str, ...]
    group: str | None
    rests: Rests
    asked: Asking | None
    evidenced: bool | None

    def to_json(self) -> dict[str, Any]:
        """As `schoolgate policy coverage --json` prints it."""
        return {
            "id": self.id,
            "enforce": self.enforce,
            "proof": self.proof,
            "bindings": list(self.bindings),
            "group": self.group,
            "rests": str(self.rests),
            "asked": None if self.asked is None else self.asked.to_json(),
            "evidenced": self.evidenced,
        }


def coverage(
    book: Book,
    evidenced: Set[str] | None = None,
    proven: "Proven | None" = None,
    asked: Asked | None = None,
) -> dict[str, Any]:
    """Return the whole policy: how many clauses, how many proven, attested only, what they rest on, how many
    were reached, evidenced, and each clause.

    `proven` counts clauses fulfilled by something other than a person's word alone, or that are more than
    text. `evidenced`: the clauses that a federation's record cites, where one was checked. `proven`: what
    scenarios prove of this very pack; without it what is recorded for the policy that comes with the
    program. `asked`: what reached each rule in a federation's decisions."""
    shown = proofs_of(book.key) if proven is None else proven
    rests = _rests_by_rule(book)
    by_clause = [
        _clause(clause_id, book.pack, shown, rests, evidenced=evidenced, asked=asked)
        for clause_id in book.clauses
    ]
    resting = Counter(one.rests for one in by_clause)
    return {
        "policy": book.key,
        "clauses": len(by_clause),
        "proven": sum(1 for one in by_clause if one.proof not in (None, "attested", "text")),
        "attested_only": sum(1 for one in by_clause if one.proof == "attested"),
        "rests": {str(one): resting[one] for one in FIRMEST},
        "reached": None if asked is None else sum(1 for one in by_clause if one.asked and one.asked.reached),
        "evidenced": None if evidenced is None else sum(one.evidenced is True for one in by_clause),
        "by_clause": [one.to_json() for one in by_clause],
    }


def _clause(
    clause_id: str,
    pack: Pack,
    proven: "Proven",
    rests: Mapping[str, Mapping[str, Rests]],
    *,
    evidenced: Set[str] | None,
    asked: Asked | None,
) -> ClauseCoverage:
    bindings = [one for one in pack.bindings if clause_id in one.clauses]
    return ClauseCoverage(
        id=clause_id,
        enforce=str(pack.clauses[clause_id].enforce),
        proof=min(proofs_of_clause(pack, clause_id, proven), key=ORDER.index, default=None),
        bindings=tuple(one.id for one in bindings),
        group=next((one.group for one in bindings if one.group), None),
        rests=min(
            (*_resting(bindings, rests, asked), *_kept_by(pack, clause_id)),
            key=FIRMEST.index,
            default=Rests.NAME,
        ),
        asked=None if asked is None or not bindings else asked_of(bindings, asked),
        evidenced=None if evidenced is None else clause_id in evidenced,
    )


def what_it_rests_on(book: Book, clause_id: str, asked: Asked) -> Rests:
    """Return what a clause of the policy, the law or the house rests on, going by the decisions that reached
    it where there are some. Raises KeyError for an unknown one."""
    book.clause(clause_id)
    pack = next(pack for pack in book.packs if clause_id in pack.clauses)
    bindings = [one for one in pack.bindings if clause_id in one.clauses]
    found = (*_resting(bindings, _rests_by_rule(book, bindings), asked), *_kept_by(pack, clause_id))
    return min(found, key=FIRMEST.index, default=Rests.NAME)


def asked_of(bindings: Iterable[Binding], asked: Asked) -> Asking:
    """Return what reached these rules, added up."""
    total = Asking()
    for name in dict.fromkeys(name_of(one) for one in bindings):
        for asking in asked.get(name, {}).values():
            total.add(asking)
    return total


def _resting(
    bindings: Iterable[Binding], rests: Mapping[str, Mapping[str, Rests]], asked: Asked | None
) -> Iterator[Rests]:
    """Yield what each of these rules rests on: in the situations in which it was reached, if there are any.
    What only answered people who asked is told, whatever its facts."""
    names = dict.fromkeys(name_of(one) for one in bindings)
    reached = {
        (name, situation): asking
        for name in names
        for situation, asking in ((asked or {}).get(name) or {}).items()
        if asking.reached and situation in rests[name]
    }
    for (name, situation), asking in reached.items():
        yield Rests.TOLD if asking.only_told else rests[name][situation]
    if not reached:
        for name in names:
            yield from rests[name].values()


def _kept_by(pack: Pack, clause_id: str) -> Iterator[Rests]:
    for kept in pack.kept:
        if clause_id in kept.clauses:
            yield _KEPT_BY.get(kept.kind, Rests.BUILT)


def _rests_by_rule(book: Book, bindings: Iterable[Binding] | None = None) -> dict[str, dict[str, Rests]]:
    """Return what each rule rests on in each of its situations; the firmest, where rules share a name."""
    wanted = None if bindings is None else {name_of(one) for one in bindings}
    situations = {
        situation
        for pack in book.packs
        for one in pack.bindings
        if wanted is None or name_of(one) in wanted
        for situation in one.situations
    }
    found: dict[str, dict[str, Rests]] = {}
    for situation in situations:
        for rule in book.bound(situation):
            name = name_of(rule)
            if wanted is None or name in wanted:
                here = found.setdefault(name, {})
                both = (rests_on(rule, situation), here.get(situation, Rests.NAME))
                here[situation] = min(both, key=FIRMEST.index)
    return found


def proofs_of_clause(pack: Pack, clause_id: str, proven: "Proven | None" = None) -> tuple[str, ...]:
    """Return the kinds of proof that a clause has, each once."""
    proven = proofs_of(pack.meta.key) if proven is None else proven
    kinds = [proven.rules.get(one.id) for one in pack.bindings if clause_id in one.clauses]
    kinds += [
        kept.kind
        for kept in pack.kept
        if clause_id in kept.clauses and (kept.kind != "invariant" or clause_id in proven.invariants)
    ]
    return tuple(kind for kind in dict.fromkeys(kinds) if kind is not None)


class Proven(NamedTuple):
    """The recorded proofs: rule -> kind, and clause of an invariant -> the scenario that shows it."""

    rules: Mapping[str, str]
    invariants: Mapping[str, str]


@cache
def proofs_of(key: str) -> Proven:
    """Return the recorded proofs; empty where none is recorded."""
    if key not in known_keys():
        return Proven({}, {})
    path = folder_of(key) / "proof.json"
    return Proven(**json.loads(path.read_text("utf-8"))) if path.exists() else Proven({}, {})
