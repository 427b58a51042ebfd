"""What a rule rests on: rows, a mark on a text, a person's word, or nothing that decides. Read from the rule
and from who can tell its facts, as they are declared."""

from enum import StrEnum
from typing import Any, get_type_hints

from schoolgate.rulebook.book import CompiledRule
from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.facts import Ask, Attested, Facts, Part
from schoolgate.rulebook.facts_read import compared_in, stored_behind
from schoolgate.rulebook.rules.fact_at import kind_of, types_in
from schoolgate.rulebook.rules.rule import Rule
from schoolgate.rulebook.situations import situation
from schoolgate.rulebook.situations.base import ANSWERED_AT, ASKS_ABOUT_OWN, ON_RECORD, ONLY_ANSWERED
from schoolgate.rulebook.situations.items import Judged
from schoolgate.rulebook.situations.marks import Mark


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
    model = situation(key).facts
    found = {_source(model, path) for path in turns_on(rule, key)}
    return min(found, key=FIRMEST.index, default=Rests.ROWS)  # without a fact, the step itself is the row


def turns_on(rule: CompiledRule, key: str) -> tuple[str, ...]:
    """Return the paths of the facts that a rule of this situation turns on: those that its verbs name, and
    where these name none, those that say where it applies. Raises UnknownSituation."""
    model = situation(key).facts
    settings = rule.settings
    if not isinstance(settings, Rule):
        named = (*CONTROLS[rule.control].reads, *compared_in(settings.model_dump(), model))
        return tuple(dict.fromkeys(named))
    named = _in_rule(settings, model, [_condition(step) for step in settings.steps])
    return named or _in_rule(settings, model, [settings.when])


def stored_facts(rule: CompiledRule, key: str) -> tuple[str, ...]:
    """Return the stored facts of the situation behind what a rule turns on. Raises UnknownSituation."""
    model = situation(key).facts
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
