"""The proposal form of a policy: its own points, worked out from its rules, never written by hand.

A fact of the case that a rule needs is a question: compulsory, or only with the answers under which the
rule applies. A fact of the case that a rule reads without needing it is a question where nothing else asks
for it. A policy that requires no statement (Learn to Live, Llanidloes) has no points.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.controls.base import Asked
from schoolgate.rulebook.facts import Facts
from schoolgate.rulebook.rules.reading import fact_at
from schoolgate.rulebook.rules.rule import Rule
from schoolgate.rulebook.rules.tree import compared, entries, parts_of
from schoolgate.rulebook.sentences.words import FIELDS, GROUPS, OPTIONS, TYPES
from schoolgate.rulebook.situations import SITUATIONS

if TYPE_CHECKING:
    from schoolgate.rulebook.packs import Binding, Pack

ASKED_IN = ("account.propose", "account.decide", "account.open")
"""Where a rule needs what only the proposal states."""
OF_THE_CASE = "case."
RUNNERS, OF_RUNNERS = "will_run", "run_by"
"""The list of those who will run an account, and what the form calls them."""


@dataclass(frozen=True, slots=True)
class FormPoint:
    """One thing that a proposal states.

    `key`: its place in the facts' `case` (or `placed`, for a question of the law), such as "aim" or
    "audience.pupil_ages". `label` and `help` are English and marked for the catalogue (`help` is our
    restatement of the clause). `type`: text, long_text, choice, groups, person, people, names, date, ages,
    number or yes_no. `options`: (value, label) for choice and groups. `required_if`: conditions, each a
    mapping of a key to the values one of which makes the point compulsory. `minimum`: least number of
    people. `clauses`: the clauses that ask for the point."""

    key: str
    label: str
    help: str
    type: str
    options: tuple[tuple[str, str], ...]
    required: bool
    required_if: tuple[Mapping[str, tuple[str, ...]], ...]
    minimum: int | None
    clauses: tuple[str, ...]


def proposal_form(pack: "Pack") -> tuple[FormPoint, ...]:
    """Return the points that a proposal must state under this policy, in the order of its own text.

    The decision uses the proposal as submitted, so the form also asks for the facts that the decision
    needs."""
    order = {clause: position for position, clause in enumerate(pack.clauses)}
    asking = sorted(pack.bindings, key=lambda one: order[one.clauses[0]])
    found: dict[str, FormPoint] = {}
    for situations in (ASKED_IN[:-1], ASKED_IN[-1:]):  # the opening needs what is asked already, or more
        for point in _points([one for one in asking if not {*situations}.isdisjoint(one.situations)], pack):
            found.setdefault(point.key, point)
    return tuple(found.values())


def law_questions(packs: Iterable["Pack"]) -> tuple[FormPoint, ...]:
    """What law and house want to know about a planned account, whatever the policy says."""
    points: dict[str, FormPoint] = {}
    for pack in packs:
        if pack.basis != "policy":
            for point in _points([one for one in pack.bindings if "account.propose" in one.situations], pack):
                points.setdefault(point.key, point)
    return tuple(points.values())


def _points(bindings: Iterable["Binding"], pack: "Pack") -> tuple[FormPoint, ...]:
    every = [(asked, binding) for binding in bindings for asked in _asked_by(binding)]
    needed = {asked.key for asked, _ in every if not asked.aside}
    gathered: dict[str, list[tuple[Asked, Binding]]] = {}
    for asked, binding in every:
        if not (asked.aside and asked.key in needed):
            gathered.setdefault(asked.key, []).append((asked, binding))
    return tuple(_point(key, asked, pack) for key, asked in gathered.items())


def _asked_by(binding: "Binding") -> Iterable[Asked]:
    if not isinstance(binding.settings, Rule):
        return CONTROLS[binding.control].asks(binding.settings)
    situation = next((one for one in ASKED_IN if one in binding.situations), None)
    return (
        _asked_by_rule(binding.settings.filled, SITUATIONS[situation].facts) if situation is not None else ()
    )


def _point(key: str, asked: "list[tuple[Asked, Binding]]", pack: "Pack") -> FormPoint:
    clauses = tuple(dict.fromkeys(clause for _, binding in asked for clause in binding.clauses))
    minimums = [one.minimum for one, _ in asked if one.minimum is not None]
    required = any(one.required and not one.required_if for one, _ in asked)
    return FormPoint(
        key=key,
        label=FIELDS[key],
        help=pack.clauses[clauses[0]].says,
        type=TYPES[key],
        options=_options(key),
        required=required,
        required_if=() if required else tuple(one.required_if for one, _ in asked if one.required_if),
        minimum=max(minimums) if minimums else None,
        clauses=clauses,
    )


def _options(key: str) -> tuple[tuple[str, str], ...]:
    options: Any = GROUPS if TYPES[key] == "groups" else OPTIONS.get(key, {})
    return tuple(options.items())


# --- What a rule that is data asks --------------------------------------------------------------------------


def _asked_by_rule(rule: Rule, model: type[Facts]) -> Iterator[Asked]:
    """What the rule needs stated, the list that it goes through, and then what else it reads."""
    if each := _named(rule.each, model):
        yield Asked(each, minimum=1, aside=True)
    how, parts = parts_of(rule.when)
    ways = [_answers(part, model) for part in parts] if how == "any" else [_answers(rule.when, model)]
    for step in rule.steps:
        for name, comparison in entries(step.need):
            for way in ways if (key := _key(name, model)) else ():
                yield Asked(key, required_if=way, minimum=_least(comparison))
    if rule.each == RUNNERS:
        yield Asked(OF_RUNNERS, aside=True)
    read = [
        name
        for way in (rule.when, *(getattr(one, one.verb) for one in rule.steps))
        for name, _ in entries(way)
    ]
    for name in dict.fromkeys(read):
        for way in ways if (key := _key(name, model)) else ():
            if key in way or not any(key in one for one in ways):
                others = {one: answers for one, answers in way.items() if one != key}
                yield Asked(key, required_if=others, aside=True)


def _key(path: str, model: type[Facts]) -> str:
    """Return the form's name for a fact of the case; nothing for other facts."""
    return _named(path, model) if path.startswith(OF_THE_CASE) else ""


def _named(path: str | None, model: type[Facts]) -> str:
    """Return the form's name for a fact; nothing for one that the form doesn't have."""
    ask = fact_at(model, path, (), unasked="also").ask if path else None
    return ask.need if ask is not None and ask.need in FIELDS else ""


def _answers(condition: Any, model: type[Facts]) -> dict[str, tuple[str, ...]]:
    """Return the answers on the form with which a condition can be true, by the form's names."""
    found: dict[str, tuple[str, ...]] = {}
    for one in map(compared, parts_of(condition)[1]):
        key = _key(one.fact, model) if one is not None and not one.turned else ""
        if one is not None and key and one.compare in ("is", "any_of", "includes", "includes_any"):
            values = one.value if isinstance(one.value, list | tuple) else (one.value,)
            found[key] = tuple(
                str(value).lower() if isinstance(value, bool) else str(value) for value in values
            )
    return found


def _least(comparison: Any) -> int | None:
    """Return the least number that a need names."""
    if not isinstance(comparison, Mapping):
        return None
    least = comparison.get("at_least", comparison.get("count"))
    return _least(least) if isinstance(least, Mapping) else least
