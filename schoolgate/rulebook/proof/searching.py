"""What is searched for in the rules of one situation, over all facts, and what was proven in sentences."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from schoolgate.rulebook.book import Book, CompiledRule
from schoolgate.rulebook.deciding import decide
from schoolgate.rulebook.facts import Facts, Part
from schoolgate.rulebook.findings import Decision
from schoolgate.rulebook.kinds import Basis, Kind, Outcome
from schoolgate.rulebook.messages import CHOICES, plain
from schoolgate.rulebook.proof.formulas import Formula, NotFollowed, both, either, renamed
from schoolgate.rulebook.proof.solving import Answered, Case, Mistranslated, Solver, World
from schoolgate.rulebook.proof.vocabulary import CALENDAR, label_of
from schoolgate.rulebook.rules.rule import Rule
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.sentences.words import BOUNDS, PROOFS
from schoolgate.rulebook.situations import SITUATIONS
from schoolgate.rulebook.situations.base import Asks
from schoolgate.rulebook.telling import headline, lines_of

# Ready questions of a head, each once as data: a situation, and what is the case. Is it ever allowed?


@dataclass(frozen=True)
class Question:
    """`given`: what is the case, as a condition in the words of rules (rules/conditions.py)."""

    key: str
    asks: str
    situation: str
    given: Mapping[str, Any]


QUESTIONS: tuple[Question, ...] = (
    Question(
        "picture_without_consent",
        _("Can a picture of a child ever go out without consent?"),
        "post.publish",
        {
            "pictured": True,
            "people": {"some": {"relation": "pupil", "shown": True, "consents": {"empty": True}}},
        },
    ),
    Question(
        "pupil_in_private",
        _("Is anyone ever allowed to reply to a pupil privately on social media?"),
        "message.send",
        {"way": "social", "direction": "incoming", "to_relation": "pupil", "in_public": False},
    ),
    Question(
        "seen_by_one",
        _("Can a post go out that only one person has seen?"),
        "post.publish",
        {"approvals": {"empty": True}},
    ),
    Question(
        "name_beside_picture",
        _("Can a child’s full name ever appear beside their picture?"),
        "post.publish",
        {"pictured": True, "people": {"some": {"relation": "pupil", "shown": True, "named": "full"}}},
    ),
    Question(
        "opened_without_approval",
        _("Can an account ever be opened that was not approved?"),
        "account.open",
        {"decision.outcome": {"none_of": ["approved"]}},
    ),
    Question(
        "pupil_as_contact",
        _("Can a member of staff ever have a pupil as a contact on a private account?"),
        "contact.accept",
        {
            "person.bound_as": {"stated_as": ["staff"]},
            "channel": "personal",
            "other_kinds": {"includes": "pupil"},
        },
    ),
    Question(
        "do_not_publish",
        _("Can a picture of a child marked “do not publish” ever go out?"),
        "post.publish",
        {"pictured": True, "people": {"some": {"relation": "pupil", "shown": True, "do_not_publish": True}}},
    ),
    Question(
        "reply_seen_by_one",
        _("Can a reply go out that no one but its writer has read?"),
        "item.answer",
        {"read_by_another": False},
    ),
)


# What is searched for in the rules of one situation, over all facts: rules that never speak, needs that
# nothing meets, acts that are never allowed, contradictions, cases without a rule, and what two books
# answer differently.


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


# What was proven, in sentences: the case as a story, what the policy answers, and its clauses.


LINES = 4
"""How many lines of a decision are told."""
INDENT = "    "


def story(facts: Facts, say: Callable[[str], str] = str) -> list[str]:
    """Return what is the case, one fact a line: only what is stated. `say`: the words in another language."""
    return list(_said(facts, "", say)) or [say("nothing is known")]


def _said(part: Part, before: str, say: Callable[[str], str]) -> Iterator[str]:
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        if value is None or value == field.get_default() or value == CALENDAR:
            continue
        label = before + say(label_of(name, field))
        if isinstance(value, Part):
            yield from _said(value, f"{label}, ", say) if stated(value) else (label,)
        elif isinstance(value, tuple) and value and isinstance(value[0], Part):
            for place, one in enumerate(value):
                yield from _said(one, f"{label} {place + 1}, ", say)
        else:
            yield f"{label}: {_word(value, say)}"


def stated(part: Part) -> bool:
    """Whether something is stated in a part."""
    return any(True for _ in _said(part, "", str))


def _word(value: Any, say: Callable[[str], str]) -> str:
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, tuple):
        return ", ".join(_word(one, say) for one in value) or say("none")
    if isinstance(value, datetime | date):
        return plain(value)
    return say(CHOICES.get(str(value), str(value)))


def case_lines(facts: Facts, decision: Decision) -> list[str]:
    """Return the case and the answer to it, with the clauses."""
    told = [f"{INDENT}{line}" for line in story(facts)]
    told.append(f"{INDENT}-> {headline(decision)}")
    lines = [one for one in lines_of(decision) if one.message][:LINES]
    return [*told, *(f"{INDENT}   {one.message} ({', '.join(one.clauses)})" for one in lines)]


def in_words(found: Found) -> str:
    """Return what was found as one sentence."""
    return PROOFS[found.what].format(step=(found.step or 0) + 1, facts=", ".join(found.without))


def found_lines(found: Found) -> list[str]:
    """Return one thing that was found."""
    title = SITUATIONS[found.situation].title
    rule = f" [{found.rule.id}]" if found.rule is not None else ""
    clauses = f" ({', '.join(found.clauses)})" if found.clauses else ""
    lines = [f"{found.situation}, {title}: {in_words(found)}{clauses}{rule}"]
    if found.case is not None:
        lines += case_lines(found.case.facts, found.case.decision)
    if found.beside is not None:
        where = PROOFS["without_it"] if found.without else f"{found.beside.policy}:"
        lines.append(f"{INDENT}-> {where} {headline(found.beside)}")
    return lines


def question_lines(answered: QuestionAnswered) -> list[str]:
    """Return a ready question with its answer."""
    return [answered.question.asks, *(f"  {line}" for line in _answer(answered))]


def _answer(answered: QuestionAnswered) -> list[str]:
    allowed, silent = answered.allowed, answered.silent
    if allowed.case is not None:
        return [PROOFS["in_this_case"], *case_lines(allowed.case.facts, allowed.case.decision)]
    if not allowed.is_never:
        return [PROOFS["not_proven"].format(rules=", ".join(allowed.open))]
    if silent.case is not None:
        return [PROOFS["never_but_silent"], *case_lines(silent.case.facts, silent.case.decision)]
    if not silent.is_never:
        return [PROOFS["not_proven"].format(rules=", ".join(silent.open))]
    if answered.may_be_ruled:
        return [PROOFS["never_unless_ruled"].format(clauses=", ".join(answered.may_be_ruled))]
    return [PROOFS["never"]]


def proof_lines(book: Book, proofs: list[Proof], questions: list[QuestionAnswered]) -> list[str]:
    """Return everything that was proven of a policy."""
    rules, left_out = sum(one.rules for one in proofs), [each for one in proofs for each in one.left_out]
    lines = [
        f"{book.key}: {rules} of {rules + len(left_out)} rules worked through in {len(proofs)} situations"
    ]
    lines += [f"  not worked through: {rule}: {why}" for rule, why in left_out]
    lines += [f"  {line}" for line in BOUNDS]
    for answered in questions:
        lines += ["", *question_lines(answered)]
    for one in proofs:
        for found in one.found:
            lines += ["", *found_lines(found)]
    return lines


def to_json(found: Found) -> dict[str, Any]:
    """Return one thing that was found as plain data."""
    data: dict[str, Any] = {"what": str(found.what), "situation": found.situation}
    data |= {"rule": found.rule.id if found.rule is not None else None, "step": found.step}
    data |= {"clauses": list(found.clauses), "without": list(found.without)}
    if found.case is not None:
        data["case"] = _case(found.case.facts, found.case.decision)
    if found.beside is not None:
        data["beside"] = {"policy": found.beside.policy, "outcome": str(found.beside.outcome)}
    return data


def answered_json(answered: Answered) -> dict[str, Any]:
    """Return an answer over all facts as plain data."""
    case = answered.case
    found = {"never": answered.is_never, "not_worked_through": list(answered.open)}
    return found | {"case": _case(case.facts, case.decision) if case is not None else None}


def _case(facts: Facts, decision: Decision) -> Mapping[str, Any]:
    known = facts.model_dump(mode="json", exclude_defaults=True, exclude={"calendar"})
    return {"facts": known, "outcome": str(decision.outcome), "clauses": list(decision.clauses)}
