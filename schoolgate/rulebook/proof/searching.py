"""What is searched for in the rules of one situation, over all facts: rules that never speak, needs that
nothing meets, acts that are never allowed, contradictions, cases without a rule, and what two books answer
differently."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from schoolgate.rulebook.book import Book, CompiledRule
from schoolgate.rulebook.deciding import decide
from schoolgate.rulebook.findings import Decision
from schoolgate.rulebook.kinds import Basis, Kind, Outcome
from schoolgate.rulebook.proof.choosing import NotFollowed
from schoolgate.rulebook.proof.formulas import Formula, both, either, renamed
from schoolgate.rulebook.proof.questions import QUESTIONS, Question
from schoolgate.rulebook.proof.solving import Answered, Case, Mistranslated, Solver, World
from schoolgate.rulebook.rules.rule import Rule
from schoolgate.rulebook.situations import SITUATIONS
from schoolgate.rulebook.situations.base import Asks

OWN = (Basis.POLICY, Basis.CHOSEN)
CLASH = "kernel.clash"


class What(StrEnum):
    """What was found."""

    NEVER_SPEAKS = "never_speaks"
    STEP_NEVER_SPEAKS = "step_never_speaks"
    NEVER_MET = "never_met"
    NEVER_ALLOWED = "never_allowed"
    CLASH = "clash"
    LESS_PERMITS_MORE = "less_permits_more"
    NO_RULE = "no_rule"
    DIFFERS = "differs"


ERRORS = frozenset({What.NEVER_SPEAKS, What.STEP_NEVER_SPEAKS, What.NEVER_MET, What.NEVER_ALLOWED})
"""What `lint` reports: no rule is meant so. A clash or a gap may be how the policy is worded."""


@dataclass(frozen=True)
class Found:
    """One thing that was found. `rule`, `step`: where it is about one; `case`: in which case it shows;
    `without`: the facts without which it is permitted; `beside`: what the other book decides there."""

    what: What
    situation: str
    rule: CompiledRule | None = None
    step: int | None = None
    clauses: tuple[str, ...] = ()
    case: Case | None = None
    without: tuple[str, ...] = ()
    beside: Decision | None = None


@dataclass(frozen=True)
class Proof:
    """What was searched in one situation. `rules`: how many were translated; `left_out`: those that weren't,
    with the reason."""

    situation: str
    rules: int
    left_out: tuple[tuple[str, str], ...]
    found: tuple[Found, ...]


def proofs(book: Book, situations: tuple[str, ...] = (), *, dead_only: bool = False) -> Iterator[Proof]:
    """Yield what is found in each situation in which the policy's own rules speak; `dead_only`: only what can
    never come about."""
    for key in situations or SITUATIONS:
        if not any(one.basis in OWN for one in book.bound(key)):
            continue
        try:
            world = World(book, key)
        except NotFollowed as why:
            left_out = tuple((one.id, str(why)) for one in book.bound(key))
            yield Proof(key, 0, left_out, ())
            continue
        found = tuple(_dead(world))
        if not dead_only:
            found += (*_clashes(world), *_less(world), *_gap(world))
        yield Proof(key, len(world.sayings.rules), tuple(world.left_out.items()), found)


def _dead(world: World) -> Iterator[Found]:
    """Yield what can never come about: of rules all of whose facts are tried with every value."""
    solver = Solver((world.variables,))
    for told in world.sayings.rules:
        rule = told.rule
        if rule.basis not in OWN or not told.reads.isdisjoint(world.vocabulary.open) or _waits(rule):
            continue
        binds = either(told.binds.yes, told.binds.unknown)
        if not solver.can(both(binds, either(*(when for _said, when in told.said)))):
            yield Found(What.NEVER_SPEAKS, world.key, rule, clauses=rule.clauses)
            continue
        for step in told.steps:
            if not solver.can(both(binds, step.speaks)):
                yield Found(What.STEP_NEVER_SPEAKS, world.key, rule, step.place, rule.clauses)
            elif rule.settings.filled.steps[step.place].need and not solver.can(step.holds):
                yield Found(What.NEVER_MET, world.key, rule, step.place, rule.clauses)
    if world.situation.asks is Asks.ACT and not world.left_out and not any(map(_waits, rules_of(world))):
        allowed = world.outcome([Outcome.PERMITTED, Outcome.SILENT])
        if allowed.is_never:
            yield Found(What.NEVER_ALLOWED, world.key)


def rules_of(world: World) -> list[CompiledRule]:
    """Return the rules that were translated."""
    return [told.rule for told in world.sayings.rules]


def _waits(rule: CompiledRule) -> bool:
    """Whether it turns on what isn't tried: a number that the federation has to choose, or a ruling."""
    settings = rule.settings
    return rule.tension is not None or (isinstance(settings, Rule) and settings.filled is not settings)


def _clashes(world: World) -> Iterator[Found]:
    """Yield each pair of clauses of which one forbids what the other permits, with the shortest case."""
    pairs: dict[tuple[str, str, str], list[Formula]] = {}
    for one, other, when in world.outcomes.clashes:
        key = (one.finding.point, one.finding.clauses[0], other.finding.clauses[0])
        pairs.setdefault(key, []).append(when)
    for (point, forbids, permits), cases in pairs.items():
        both_clauses = {forbids, permits}

        def clashes(decision: Decision, point: str = point, named: set[str] = both_clauses) -> bool:
            return any(
                one.kind is Kind.REFERS and one.message == CLASH and named <= set(one.clauses)
                for one in decision.at(point)
            )

        answered = world.ask(either(*cases), clashes)
        if answered.case is not None:
            yield Found(What.CLASH, world.key, clauses=(forbids, permits), case=answered.case)


def _less(world: World) -> Iterator[Found]:
    """Yield the shortest case that is stopped, and permitted when one of the facts that people are asked for
    is not known."""
    more, less = world.variables, world.variables.copy("less: ")
    stopped = either(*(world.outcomes.all[one] for one in Outcome if one.weight > Outcome.PERMITTED.weight))
    (permitted,) = renamed([world.outcomes.all[Outcome.PERMITTED]], more, less)
    solver = Solver((more, less))
    solver.add(both(stopped, permitted))
    dropped: dict[str, Formula] = {}
    for path, atoms in more.atoms.items():
        same = both(*(either(both(a, b), both(-a, -b)) for a, b in zip(atoms, less.atoms[path], strict=True)))
        nothing = more.nothing.get(path)
        if path in world.vocabulary.asked and nothing is not None and more.values[path][nothing] is None:
            unsaid = less.atoms[path][nothing]
            dropped[path] = both(unsaid, -atoms[nothing])
            solver.add(either(same, unsaid))
        else:
            solver.add(same)
    solver.add_one_of(dropped.values())
    places = solver.shortest()
    if places is None:
        return
    facts, unsaid_facts = world.facts(places[0]), world.facts(places[1])
    here, there = decide(world.book, world.key, facts), decide(world.book, world.key, unsaid_facts)
    if not here.outcome.weight > Outcome.PERMITTED.weight == there.outcome.weight:
        if not world.left_out:
            raise Mistranslated(f"{world.key}: {here.outcome}, {there.outcome} for {facts!r}")
        return
    names = tuple(world.vocabulary.asked[path] for path in dropped if places[0][path] != places[1][path])
    yield Found(What.LESS_PERMITS_MORE, world.key, case=Case(facts, here), without=names, beside=there)


def _gap(world: World) -> Iterator[Found]:
    """Yield the shortest case of which no rule of the policy says anything."""
    answered = world.outcome([Outcome.SILENT])
    if answered.case is not None:
        yield Found(What.NO_RULE, world.key, case=answered.case)


def differences(book: Book, other: Book, situations: tuple[str, ...] = ()) -> Iterator[Found]:
    """Yield, for each situation, the shortest case that two books answer differently, the gravest kind of
    difference first: what one permits and the other does not."""
    for key in situations or SITUATIONS:
        if not (book.bound(key) or other.bound(key)):
            continue
        try:
            one, two = World(book, key, beside=(other,)), World(other, key, beside=(book,))
        except NotFollowed:
            continue
        for wanted in Outcome:
            found = _differs(one, two, wanted)
            if found is not None:
                yield found


def _differs(one: World, two: World, wanted: Outcome) -> Found | None:
    """Return the shortest case that the first answers so and the second otherwise."""
    solver = Solver((one.variables, two.variables))
    solver.add(both(one.outcomes.all[wanted], -two.outcomes.all[wanted]))
    places = solver.shortest()
    if places is None:
        return None
    facts = one.facts({**places[1], **places[0]})
    here, there = decide(one.book, one.key, facts), decide(two.book, two.key, facts)
    if here.outcome is not wanted or there.outcome is wanted:
        if one.left_out or two.left_out:
            return None
        raise Mistranslated(f"{one.key}: {here.outcome} and {there.outcome} for {facts!r}")
    return Found(What.DIFFERS, one.key, case=Case(facts, here), beside=there)


@dataclass(frozen=True)
class QuestionAnswered:
    """A ready question: whether it is ever allowed, and whether the policy is ever silent there.
    `may_be_ruled`: the clauses that leave something open there, so that a ruling may allow what rules
    don't."""

    question: Question
    allowed: Answered
    silent: Answered
    may_be_ruled: tuple[str, ...] = ()


def questions_answered(
    book: Book, situations: tuple[str, ...] = (), *, only: str = ""
) -> Iterator[QuestionAnswered]:
    """Yield the answer to each ready question; `only`: to the one with this key."""
    worlds: dict[str, World] = {}
    for question in QUESTIONS:
        if (situations and question.situation not in situations) or only not in ("", question.key):
            continue
        try:
            world = worlds.get(question.situation)
            if world is None:
                world = worlds[question.situation] = World(book, question.situation)
            given = world.condition(question.given).yes
        except NotFollowed:
            open_ones = Answered(None, tuple(one.id for one in book.bound(question.situation)))
            yield QuestionAnswered(question, open_ones, open_ones)
            continue
        left_open = (rule.clauses[0] for rule in rules_of(world) if rule.tension is not None)
        yield QuestionAnswered(
            question,
            world.outcome([Outcome.PERMITTED], given),
            world.outcome([Outcome.SILENT], given),
            tuple(dict.fromkeys(left_open)),
        )
