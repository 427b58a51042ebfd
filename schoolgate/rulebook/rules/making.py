"""A rule built by a form: the same line of data that a person would write into a pack by hand."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from schoolgate.patterns import lazy_pattern
from schoolgate.rulebook.clauses import Clause, Tension
from schoolgate.rulebook.facts import Ask
from schoolgate.rulebook.lint import AT_ONCE
from schoolgate.rulebook.packs import load_pack, pack_keys
from schoolgate.rulebook.rules.offered import Offered, Subject, about
from schoolgate.rulebook.rules.reading import BadCondition
from schoolgate.rulebook.rules.rule import Names, Rule, with_names
from schoolgate.rulebook.rules.spans import with_numbers
from schoolgate.rulebook.rules.step import HELD_BACK_BY_NO, VERBS, Step, Verb
from schoolgate.rulebook.rules.tree import compared, entries, parts_of
from schoolgate.rulebook.situations import SITUATIONS

WHEN = "when"
"""The part of a rule that says where it applies; the other part is under the verb."""
BEFORE_WHEN: tuple[str, ...] = ("clauses", "ask", "point", "for", "each")
"""The words of a rule that come before where it applies."""

EXCEPTING = frozenset({"permit", "keep", "forbid", "need", "must_be", "oblige"})
"""Verbs that can take precedence over another rule: they allow something, find it in order, or give it
another time."""
EXCEPTED = frozenset({"forbid", "need", "must_be", "read", "oblige"})
"""Verbs over whose rules another can take precedence."""


def verb_of(rule: Mapping[str, Any]) -> Verb | None:
    """What the rule, or a step of it, does; None where it has several steps."""
    return next((verb for verb in VERBS if verb in rule), None)


def steps_of(rule: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the steps of a rule in their order, by the name of the part that is their condition."""
    if "steps" not in rule:
        return {str(verb_of(rule)): rule}
    return {f"steps-{place}": step for place, step in enumerate(rule["steps"])}


def plain_steps(rule: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the steps of a rule in their order, as `steps` has them; also of a rule with one step."""
    if "steps" in rule:
        return [dict(step) for step in rule["steps"]]
    return [{name: value for name, value in rule.items() if name in Step.model_fields}]


def with_steps(rule: Mapping[str, Any], steps: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the rule with these steps; a single one is written without `steps`."""
    whole = {name: value for name, value in rule.items() if name not in ("steps", *Step.model_fields)}
    return {**whole, **steps[0]} if len(steps) == 1 else {**whole, "steps": list(steps)}


def place_of(rule: Mapping[str, Any], part: str) -> int:
    """Return the place of the step with this part of the rule as its condition. Raises LookupError."""
    names = [*steps_of(rule)]
    if part not in names:
        raise LookupError(part)
    return names.index(part)


def with_step_moved(rule: Mapping[str, Any], part: str, by: int) -> dict[str, Any]:
    """Return the rule with this step further down by so many places, or up where it is negative. Raises
    LookupError."""
    steps, place = plain_steps(rule), place_of(rule, part)
    if not 0 <= place + by < len(steps):
        raise LookupError(part)
    steps.insert(place + by, steps.pop(place))
    return with_steps(rule, steps)


def without_step(rule: Mapping[str, Any], part: str) -> dict[str, Any]:
    """Return the rule without this step. Raises LookupError, also where it is the only one."""
    steps, place = plain_steps(rule), place_of(rule, part)
    if len(steps) == 1:
        raise LookupError(part)
    return with_steps(rule, [*steps[:place], *steps[place + 1 :]])


def never_reached(rule: Mapping[str, Any]) -> list[str]:
    """Return the steps that never count, because a step before them always does."""
    found, over = [], False
    for part, step in steps_of(rule).items():
        found += [part] if over else []
        over = over or condition_of(rule, part) is (verb_of(step) not in HELD_BACK_BY_NO)
    return found


def with_exceptions(rule: Mapping[str, Any], clauses: Sequence[str]) -> dict[str, Any]:
    """Return the rule as an exception to the rules of these clauses; of none, where there are none."""
    first = {name: rule[name] for name in BEFORE_WHEN if name in rule}
    rest = {name: value for name, value in rule.items() if name not in (*first, "overrides")}
    return {**first, **({"overrides": list(clauses)} if clauses else {}), **rest}


def situations_of(rule: Mapping[str, Any]) -> list[str]:
    """Return the situations that the rule is about."""
    return [rule["ask"]] if isinstance(rule["ask"], str) else list(rule["ask"])


def each_of(rule: Mapping[str, Any]) -> str:
    """Return the list whose parts the rule judges one by one; empty where it judges the whole."""
    return str(rule.get("each", ""))


def subject_of(rule: Mapping[str, Any]) -> Subject:
    """Return what the conditions of a rule speak of, with the names that the rule itself gives. Raises
    BadCondition."""
    whole = about(situations_of(rule)[0])
    numbers = rule.get("numbers", {})
    names = {name: rule[name] for name in Names.model_fields if name in rule}
    scope = with_names(whole.scope, Names.model_validate(with_numbers(names, dict.fromkeys(numbers, 1))))
    if "tension" in rule:
        scope = replace(scope, tension=Tension(str(rule["tension"]), (), "", ""))
    here = replace(whole, scope=scope, numbers=tuple(numbers))
    return here.inside(each_of(rule)) if each_of(rule) else here


def asked_by(rule: Mapping[str, Any], step: Mapping[str, Any]) -> list[Mapping[str, str]]:
    """What a `need` asks for, and who supplies it: as it says, or else as the facts that it names do."""
    asked = step.get("ask_for")
    if asked is None and "need" in step:
        facts, of = subject_of(rule).facts, rule.get("supplied_by", {})
        named = dict.fromkeys(name for name, _ in entries(step["need"]) if name in facts)
        asks = ((name, facts[name].ask) for name in named)
        return [{"what": one.need, "of": of.get(name, one.of)} for name, one in asks if one is not None]
    return [asked] if isinstance(asked, Mapping) else list(asked or ())


def can_be_shown(rule: Mapping[str, Any]) -> bool:
    """Whether a form can show each part of the rule, or only its text."""
    return set(rule) >= {"ask", "point"} and all(verb_of(step) for step in steps_of(rule).values())


def condition_of(rule: Mapping[str, Any], part: str) -> Any:
    """Return the condition in this part of a rule: WHEN, or one of its steps."""
    if part == WHEN:
        return rule.get(WHEN, True)
    step = steps_of(rule)[part]
    verb = str(verb_of(step))
    return step["oblige"].get("where", True) if verb == "oblige" else step.get(verb, True)


def with_condition(rule: Mapping[str, Any], part: str, condition: Any) -> dict[str, Any]:
    """Return the rule with another condition in this part. What a `need` asks for follows its condition.

    Raises BadCondition where no one can be asked for what it needs."""
    if part == WHEN:  # in the order in which people read a rule: where it applies, then what follows
        first = {name: rule[name] for name in BEFORE_WHEN if name in rule}
        rest = {name: value for name, value in rule.items() if name not in first and name != WHEN}
        return {**first, **({WHEN: condition} if condition is not True else {}), **rest}
    steps = plain_steps(rule)
    place = place_of(rule, part)
    step, verb = steps[place], verb_of(steps[place])
    if verb == "oblige":
        duty = {name: value for name, value in step["oblige"].items() if name != "where"}
        steps[place] = {**step, "oblige": {**duty, **({"where": condition} if condition is not True else {})}}
    elif verb == "need" and condition != step["need"]:
        steps[place], supplied_by = _needing(rule, step, condition)
        rule = {**rule, **({"supplied_by": supplied_by} if supplied_by else {})}
    else:
        steps[place] = {**step, str(verb): condition}
    if "steps" in rule:
        return {**rule, "steps": steps}
    stays = (name for name in rule if name in steps[0] or name not in Step.model_fields)
    return {**{name: rule[name] for name in stays}, **steps[0]}


def _needing(
    rule: Mapping[str, Any], step: Mapping[str, Any], condition: Any
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return a need with another condition, and who supplies which fact under this policy.

    It asks for each fact that it names. What it asked for in words of its own (`ask_for`) stays where that
    is for more than single facts. Raises BadCondition where no one can be asked."""
    facts = subject_of(rule).facts
    supplied_by = dict(rule.get("supplied_by", {}))

    def asked(written: Any) -> dict[str, Ask]:
        """What is asked for, by fact."""
        found = {name: facts[name].ask for name, _ in entries(written) if name in facts}
        return {name: ask for name, ask in found.items() if ask is not None and ask.need}

    refused = BadCondition(("need",), "a need names something that people can be asked for")
    if isinstance(condition, bool):
        raise refused
    if "ask_for" in step and not all(map(compared, parts_of(step["need"])[1])):
        return {**step, "need": condition}, supplied_by
    how, parts = parts_of(condition)
    if not all(map(asked, parts if how == "all" else [condition])):
        raise refused
    ofs = {one["what"]: one["of"] for one in asked_by(rule, step)}
    for name, ask in asked(condition).items():
        if ofs.get(ask.need, ask.of) != ask.of:
            supplied_by[name] = ofs[ask.need]
    return {**{key: one for key, one in step.items() if key != "ask_for"}, "need": condition}, supplied_by


def step_begun(
    verb: Verb, *, fact: Offered | None = None, of: str = "", duty: str = "", at_once: str = ""
) -> dict[str, Any]:
    """Return a step that always counts; its condition is added later.

    Args:
        fact: what a `need` asks for.
        of: who rules on a `refer`, or has to do an `oblige`.
        duty: what an `oblige` is about; `at_once`: the fact since when it is due at once.
    """
    if verb == "oblige":
        return {"oblige": {"who": of, "what": duty, **({"due": at_once, "at_once": True} if at_once else {})}}
    if verb == "need" and fact is not None:
        return {"need": {fact.path: True if fact.kind == "yes_no" else {"known": True}}}
    return {verb: True, **({"to": of} if verb == "refer" else {})}


def with_supplier(rule: Mapping[str, Any], fact: Offered, of: str) -> dict[str, Any]:
    """Return the rule with this role as the one that supplies a fact; unchanged if that is usual."""
    if not of or (fact.ask is not None and fact.ask.of == of):
        return dict(rule)
    return {**rule, "supplied_by": {**rule.get("supplied_by", {}), fact.path: of}}


def begun(
    clause: Clause,
    step: Mapping[str, Any],
    *,
    ask: str,
    point: str,
    bound: Iterable[str] = (),
    each: str = "",
) -> dict[str, Any]:
    """Return a rule of one step, where the clause's own words say it applies; other conditions are added
    later. `each`: a list of the situation whose parts it judges one by one."""
    rule: dict[str, Any] = {"clauses": [clause.id], "ask": ask, "point": point}
    if bound := list(bound):
        rule["for"] = bound
    if each:
        rule["each"] = each
    elif said := said_in(clause, ask):
        rule[WHEN] = said
    rule |= step
    return rule


_WHOSE = {
    "official": lazy_pattern(
        r"\b(?:schools?|college|academy|our|official)(?:['’]s?)? (?:\w+ )?(?:accounts?|pages?)\b"
    ),
    "personal": lazy_pattern(r"\b(?:own|personal|private) (?:\w+ ){0,2}(?:accounts?|pages?|profiles?)\b"),
}
"""How a clause says from whose account something is done."""


def said_in(clause: Clause, ask: str) -> dict[str, str]:
    """Return what a clause says by its own word of what is done in a situation (*follow*), and from whose
    account; nothing where it names several: a ban on following others is none on being followed."""
    facts, text = about(ask).facts, (clause.wording or clause.says).casefold()
    words = {*re.findall(r"\w+", text)}

    def says(name: str, choice: str) -> bool:
        if name == "act":
            return not words.isdisjoint({choice, f"{choice}s", f"{choice}ing"})
        return choice in _WHOSE and _WHOSE[choice].search(text) is not None

    named = {
        name: [one for one in facts[name].choices if says(name, one)]
        for name in ("act", "channel")
        if name in facts
    }
    return {name: found[0] for name, found in named.items() if len(found) == 1}


def facts_of(rule: Mapping[str, Any]) -> list[str]:
    """Return the facts that the conditions of a rule name, in the order written, each once."""
    parts = [condition_of(rule, part) for part in (WHEN, *steps_of(rule))]
    named: dict[str, None] = {}
    for name, value in (entry for part in parts for entry in entries(part)):
        beside = value.values() if isinstance(value, Mapping) else ()
        named |= {name: None} | {one: None for one in beside if isinstance(one, str) and "." in one}
    return list(named)


_TOLD_OF = ("contact.", "message.", "personal.")
"""Situations of people's own accounts, of which a school's policy may want someone told."""
_TELLING = "incident.report"


_BEGINS = ("noticed_at", "improper_since", "received_at")
"""Since when something is known that is done about at once."""


def due_at_once(clause: Clause, situation: str) -> str:
    """Return the fact since when a duty of a clause is due that says *at once*: when the thing itself
    happened, where the situation knows that; "" where the clause doesn't say so."""
    if not AT_ONCE.search(clause.wording or clause.says):
        return ""
    known = SITUATIONS[situation].facts.model_fields
    return next((one for one in _BEGINS if one in known), "now")


@cache
def duties_in(situation: str) -> tuple[str, ...]:
    """Return the duties that rules of the program's own packs impose in this situation; where none does, and
    it's of people's own accounts, that someone is told."""
    found = tuple(
        dict.fromkeys(
            step.oblige.what
            for key in pack_keys()
            for binding in load_pack(key).bindings
            if situation in binding.situations and isinstance(binding.settings, Rule)
            for step in binding.settings.steps
            if step.oblige is not None
        )
    )
    return found or ((_TELLING,) if situation.startswith(_TOLD_OF) else ())
