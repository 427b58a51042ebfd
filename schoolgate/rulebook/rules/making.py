"""A rule built by a form: the same line of data that a person would write into a pack by hand."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.kinds import ONLY_ADVISED
from schoolgate.rulebook.packs import load_pack, pack_keys
from schoolgate.rulebook.rules.fact_at import BadCondition, fact_at
from schoolgate.rulebook.rules.named import Names
from schoolgate.rulebook.rules.offered import Offered, offered
from schoolgate.rulebook.rules.rule import Rule
from schoolgate.rulebook.rules.step import VERBS, Verb
from schoolgate.rulebook.rules.tree import compared, entries, joined, parts_of
from schoolgate.rulebook.situations import SITUATIONS

WHEN = "when"
"""The part of a rule that says where it applies; the other part is under the verb."""
BEFORE_WHEN: tuple[str, ...] = ("clauses", "ask", "point", "for", "each")
"""The words of a rule that come before where it applies."""
NOT_FOR_FORMS = frozenset({"steps", *Names.model_fields, "numbers"})
"""Words of a rule that forms don't show: steps, and values that a rule names itself."""


def verb_of(rule: Mapping[str, Any]) -> Verb | None:
    """What the rule does; None where it has several steps."""
    return next((verb for verb in VERBS if verb in rule), None)


def situations_of(rule: Mapping[str, Any]) -> list[str]:
    """Return the situations that the rule is about."""
    return [rule["ask"]] if isinstance(rule["ask"], str) else list(rule["ask"])


def each_of(rule: Mapping[str, Any]) -> str:
    """Return the list whose parts the rule judges one by one; empty where it judges the whole."""
    return str(rule.get("each", ""))


def asked_by(rule: Mapping[str, Any]) -> list[Mapping[str, str]]:
    """What a `need` asks for, and who supplies it: as it says, or else as the facts that it names do."""
    asked = rule.get("ask_for")
    if asked is None and "need" in rule:
        model = SITUATIONS[situations_of(rule)[0]].facts
        asks = [fact_at(model, name, (), unasked="also").ask for name, _ in entries(rule["need"])]
        return [{"what": one.need, "of": one.of} for one in asks if one is not None]
    return [asked] if isinstance(asked, Mapping) else list(asked or ())


def can_be_shown(rule: Mapping[str, Any]) -> bool:
    """Whether a form can show the rule, or only its text."""
    return verb_of(rule) is not None and isinstance(rule.get("ask"), str) and NOT_FOR_FORMS.isdisjoint(rule)


def condition_of(rule: Mapping[str, Any], part: str) -> Any:
    """Return the condition in this part of a rule: WHEN, or its verb."""
    if part == "oblige":
        return rule["oblige"].get("where", True)
    return rule.get(part, True)


def with_condition(rule: Mapping[str, Any], part: str, condition: Any) -> dict[str, Any]:
    """Return the rule with another condition in this part. What a `need` asks for follows its condition.

    Raises BadCondition where no one can be asked for what it needs."""
    if part == WHEN:  # in the order in which people read a rule: where it applies, then what follows
        first = {name: rule[name] for name in BEFORE_WHEN if name in rule}
        rest = {name: value for name, value in rule.items() if name not in first and name != WHEN}
        return {**first, **({WHEN: condition} if condition is not True else {}), **rest}
    if part == "oblige":
        duty = {name: value for name, value in rule["oblige"].items() if name != "where"}
        return {**rule, "oblige": {**duty, **({"where": condition} if condition is not True else {})}}
    if part == "need":
        return _needing(rule, condition)
    return {**rule, part: condition}


def _needing(rule: Mapping[str, Any], condition: Any) -> dict[str, Any]:
    how, parts = parts_of(condition)
    if how == "any" or not parts:
        raise BadCondition(("need",), "a need is one thing, or several of which each is needed")
    ofs = {one["what"]: one["of"] for one in asked_by(rule)}
    needs = []
    for part in parts:
        one = compared(part)
        fact = offered(str(rule["ask"]), each_of(rule)).get(one.fact) if one is not None else None
        if fact is None or fact.ask is None or not fact.ask.need:
            raise BadCondition(("need",), "nobody can be asked for this: say it where the rule applies")
        needs.append({"what": fact.ask.need, "of": ofs.get(fact.ask.need, fact.ask.of)})
    # Written apart, each is asked for separately.
    several = len(parts) > 1
    return {
        **rule,
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
    parts = [rule.get(WHEN), *(condition_of(rule, verb) for verb in VERBS if verb in rule)]
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
