"""A rule built by a form: the same line of data that a person would write into a pack by hand."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from schoolgate.rulebook.clauses import Clause, Tension
from schoolgate.rulebook.facts import Ask
from schoolgate.rulebook.kinds import ONLY_ADVISED
from schoolgate.rulebook.packs import load_pack, pack_keys
from schoolgate.rulebook.rules.fact_at import BadCondition
from schoolgate.rulebook.rules.named import Names, with_names
from schoolgate.rulebook.rules.offered import Offered, Subject, about
from schoolgate.rulebook.rules.rule import Rule
from schoolgate.rulebook.rules.spans import with_numbers
from schoolgate.rulebook.rules.step import VERBS, Verb
from schoolgate.rulebook.rules.tree import compared, entries, joined, parts_of

WHEN = "when"
"""The part of a rule that says where it applies; the other part is under the verb."""
BEFORE_WHEN: tuple[str, ...] = ("clauses", "ask", "point", "for", "each")
"""The words of a rule that come before where it applies."""


def verb_of(rule: Mapping[str, Any]) -> Verb | None:
    """What the rule, or a step of it, does; None where it has several steps."""
    return next((verb for verb in VERBS if verb in rule), None)


def steps_of(rule: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the steps of a rule in their order, by the name of the part that is their condition."""
    if "steps" not in rule:
        return {str(verb_of(rule)): rule}
    return {f"steps-{place}": step for place, step in enumerate(rule["steps"])}


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
        facts = subject_of(rule).facts
        asks = [facts[name].ask for name, _ in entries(step["need"]) if name in facts]
        return [{"what": one.need, "of": one.of} for one in asks if one is not None]
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
    changed = _with_condition(rule, steps_of(rule)[part], condition)
    if "steps" not in rule:
        return changed
    steps = {**steps_of(rule), part: changed}
    return {**rule, "steps": [*steps.values()]}


def _with_condition(rule: Mapping[str, Any], step: Mapping[str, Any], condition: Any) -> dict[str, Any]:
    verb = str(verb_of(step))
    if verb == "oblige":
        duty = {name: value for name, value in step["oblige"].items() if name != "where"}
        return {**step, "oblige": {**duty, **({"where": condition} if condition is not True else {})}}
    if verb == "need" and condition != step["need"]:
        return _needing(rule, step, condition)
    return {**step, verb: condition}


def _needing(rule: Mapping[str, Any], step: Mapping[str, Any], condition: Any) -> dict[str, Any]:
    facts = subject_of(rule).facts

    def told(written: Any) -> list[Ask] | None:
        """What is asked for, one for each part; None where a part is more than a fact."""
        how, parts = parts_of(written)
        found = [facts.get(one.fact) if (one := compared(part)) else None for part in parts]
        asks = [one.ask for one in found if one is not None and one.ask is not None and one.ask.need]
        return asks if asks and len(asks) == len(parts) and (how == "all" or len(parts) == 1) else None

    asks = told(condition)
    if asks is None:
        if condition is not True and "ask_for" in step and told(step["need"]) is None:
            return {**step, "need": condition}  # it says itself what it asks for
        raise BadCondition(("need",), "a need is one thing, or several of which each is needed")
    ofs = {one["what"]: one["of"] for one in asked_by(rule, step)}
    needs = [{"what": one.need, "of": ofs.get(one.need, one.of)} for one in asks]
    parts = parts_of(condition)[1]
    # Written apart, each is asked for separately.
    several = len(parts) > 1
    return {
        **step,
        "need": {"all": parts} if several else joined("all", parts),
        "ask_for": needs if several else needs[0],
    }


def begun(
    clause: Clause,
    *,
    ask: str,
    point: str,
    verb: Verb,
    bound: Iterable[str] = (),
    fact: Offered | None = None,
    of: str = "",
    duty: str = "",
    each: str = "",
) -> dict[str, Any]:
    """Return a rule that always applies; conditions are added later.

    Args:
        fact: what a `need` asks for.
        of: who supplies that, rules on a `refer`, or has to do an `oblige`.
        duty: what an `oblige` is about.
        each: a list of the situation whose parts it judges one by one.
    """
    rule: dict[str, Any] = {"clauses": [clause.id], "ask": ask, "point": point}
    if bound := list(bound):
        rule["for"] = bound
    if each:
        rule["each"] = each
    if verb == "oblige":
        rule["oblige"] = {"who": of, "what": duty}
    elif verb == "need" and fact is not None and fact.ask is not None:
        rule["need"] = {fact.path: True if fact.kind == "yes_no" else {"known": True}}
        rule["ask_for"] = {"what": fact.ask.need, "of": of or fact.ask.of}
    else:
        rule[verb] = True
    if verb == "refer":
        rule["to"] = of
    if clause.modality in ONLY_ADVISED:
        rule["strength"] = "should"
    return rule


def facts_of(rule: Mapping[str, Any]) -> list[str]:
    """Return the facts that the conditions of a rule name, in the order written, each once."""
    parts = [condition_of(rule, part) for part in (WHEN, *steps_of(rule))]
    named: dict[str, None] = {}
    for name, value in (entry for part in parts for entry in entries(part)):
        beside = value.values() if isinstance(value, Mapping) else ()
        named |= {name: None} | {one: None for one in beside if isinstance(one, str) and "." in one}
    return list(named)


@cache
def duties_in(situation: str) -> tuple[str, ...]:
    """Return the duties that rules of the program's own packs impose in this situation."""
    return tuple(
        dict.fromkeys(
            step.oblige.what
            for key in pack_keys()
            for binding in load_pack(key).bindings
            if situation in binding.situations and isinstance(binding.settings, Rule)
            for step in binding.settings.steps
            if step.oblige is not None
        )
    )
