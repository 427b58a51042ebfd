"""A rule in words: its condition and what follows, in either language, from the facts' own declarations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from schoolgate.rulebook.messages import CHOICES, NEEDS, QUESTIONS
from schoolgate.rulebook.one_file import as_text
from schoolgate.rulebook.rules.making import (
    WHEN,
    asked_by,
    can_be_shown,
    condition_of,
    each_of,
    situations_of,
    verb_of,
)
from schoolgate.rulebook.rules.offered import Offered, offered, shown
from schoolgate.rulebook.rules.step import Verb
from schoolgate.rulebook.rules.tree import Compared, compared, is_group, parts_of
from schoolgate.web.frame.wording import plain, point_label, situation_title, who

VERBS: Mapping[Verb, tuple[str | Promise, str | Promise]] = {
    "forbid": (gettext_lazy("Not allowed"), gettext_lazy("It stops here.")),
    "need": (gettext_lazy("Needed first"), gettext_lazy("It waits until this is in place.")),
    "permit": (gettext_lazy("Allowed"), gettext_lazy("The clause expressly allows it.")),
    "refer": (gettext_lazy("Someone decides"), gettext_lazy("A role decides each time.")),
    "oblige": (
        gettext_lazy("Someone must do something"),
        gettext_lazy("It goes ahead, and a task is created."),
    ),
    "advise": (gettext_lazy("Advice"), gettext_lazy("It is shown. Nothing stops.")),
    "must_be": (gettext_lazy("Should already be the case"), gettext_lazy("Otherwise the clause is broken.")),
    "keep": (gettext_lazy("Meets the policy"), gettext_lazy("The clause is met.")),
    "cover": (gettext_lazy("Covered by the policy"), gettext_lazy("The policy says that it applies here.")),
    "exclude": (gettext_lazy("Not covered by the policy"), gettext_lazy("The policy leaves this out.")),
    "not_bound": (
        gettext_lazy("Doesn’t apply to this person"),
        gettext_lazy("The policy doesn’t apply to this person."),
    ),
    "read": (
        gettext_lazy("No rule yet"),
        gettext_lazy("The policy owner reads the clause and decides."),
    ),
}
"""What a rule can do: its name and its result."""
COMPARED: Mapping[tuple[str, bool], str | Promise] = {
    ("is", False): gettext_lazy("is exactly"),
    ("any_of", False): gettext_lazy("is one of these"),
    ("none_of", False): gettext_lazy("is none of these"),
    ("includes_any", False): gettext_lazy("includes one of these"),
    ("includes_any", True): gettext_lazy("includes none of these"),
    ("empty", False): gettext_lazy("is an empty list"),
    ("at_least", False): gettext_lazy("is at least"),
    ("at_most", False): gettext_lazy("is at most"),
    ("earlier_than", False): gettext_lazy("is before"),
    ("later_than", False): gettext_lazy("is after"),
    ("same_as", False): gettext_lazy("is the same as"),
    ("known", False): gettext_lazy("is known"),
}
"""What can be said of a fact, as a form offers it."""
WHETHER = "whether "


def fact_label(situation: str, fact: Offered) -> str:
    """Return the label of a fact. Where two facts of a situation share a label, add whose fact it is."""
    name = _called(fact)
    alike = [one.place for one in offered(situation, fact.of).values() if _called(one) == name]
    if len(alike) == 1:
        return name
    whose = [_whose(path) for path in alike]
    apart = len(set(whose)) == len(whose)
    return f"{name} ({_place(_whose(fact.place) if apart else fact.place)})"


def list_label(name: str) -> str:
    """Return the label of a list of a situation."""
    found = NEEDS.get(name)
    return _(found) if found else _place(name)


def _whose(path: str) -> str:
    """Return what a fact belongs to; the fact itself where that is the situation."""
    return path.rpartition(".")[0] or path


def _called(fact: Offered) -> str:
    if fact.kind == "roles":
        return _("the roles of the person")
    found = NEEDS.get(fact.ask.need) if fact.ask else None
    return _(found) if found else _place(fact.path)


def _place(path: str) -> str:
    return path.replace(".", ", ").replace("_", " ")


def fact_question(situation: str, fact: Offered) -> str:
    """Return the question asked about a fact, or "" where people aren't asked."""
    found = QUESTIONS.get(f"{situation}:{fact.place}")
    return _(found) if found else ""


def value_label(situation: str, fact: Offered | None, value: Any) -> str:
    """One value of a fact."""
    if value is True or value is False:
        return _("yes") if value else _("no")
    text = str(value)
    here = CHOICES.get(f"{situation}:{fact.place}={text}") if fact else None
    found = here or CHOICES.get(text)
    return _(found) if found else text.replace("_", " ")


def rule_in_words(rule: Mapping[str, Any]) -> str:
    """The rule as a sentence or two."""
    situations = situations_of(rule)
    asked = "; ".join(situation_title(one) for one in situations)
    point = point_label(str(rule["point"]))
    if not can_be_shown(rule):
        return _(
            "{situation} ({point}). This rule is too complex to show as a sentence. Read its text."
        ).format(situation=asked, point=point)
    each = each_of(rule)
    alone = _(" Each of these is judged separately: {list}.").format(list=list_label(each)) if each else ""
    return f"{asked} ({point}).{alone} {_settled(rule, situations[0])}"


def rule_in_short(rule: Mapping[str, Any]) -> str:
    """Return what the rule is about and what it does, without its conditions."""
    asked = "; ".join(situation_title(one) for one in situations_of(rule))
    verb = verb_of(rule)
    does = VERBS[verb][1] if verb == "read" else f"{VERBS[verb][0]}." if verb else ""
    return f"{asked} ({point_label(str(rule['point']))}). {does}".strip()


def _settled(rule: Mapping[str, Any], situation: str) -> str:
    verb = verb_of(rule)
    if verb is None:
        return ""
    when, then = condition_of(rule, WHEN), condition_of(rule, verb)
    each = each_of(rule)
    bound = [value_label(situation, None, one) for one in rule.get("for") or ()]
    waits = verb in ("need", "must_be")
    where = [
        *([_("the person is one of: {people}").format(people=", ".join(bound))] if bound else []),
        *(
            condition_in_words(one, situation, each)
            for one in (when, True if waits else then)
            if one is not True
        ),
    ]
    said = _sentence(verb, rule).format(
        condition=condition_in_words(then, situation, each) if waits else "",
        whom=_whom(rule, verb),
        duty=plain(rule["oblige"]["what"]) if verb == "oblige" else "",
    )
    if not where:
        return capital(said)
    return _("Where {where}: {said}").format(where=_(" and ").join(where), said=said)


def _sentence(verb: Verb, rule: Mapping[str, Any]) -> str:
    return {
        "forbid": _("this is not allowed."),
        "need": _("this waits until {condition}. {whom} can confirm it."),
        "permit": _("this is allowed."),
        "refer": _("this is decided by {whom}."),
        "oblige": _("{whom} must do this: {duty}."),
        "advise": _("the clause is shown as advice."),
        "must_be": _("this must already be the case: {condition}."),
        "keep": _("this is in order."),
        "cover": _("the policy covers this."),
        "exclude": _("the policy doesn’t cover this."),
        "not_bound": _("the policy doesn’t apply to this person."),
        "read": _("the policy owner reads the clause and decides."),
    }[verb]


def _whom(rule: Mapping[str, Any], verb: Verb) -> str:
    if verb == "oblige":
        return who(rule["oblige"]["who"])
    if verb == "refer":
        return who(rule["to"])
    return capital(", ".join(dict.fromkeys(who(one["of"]) for one in asked_by(rule))))


def condition_in_words(written: Any, situation: str, each: str = "", *, inside: bool = False) -> str:
    """A condition as part of a sentence; what no sentence can say is quoted as it is written."""
    if written is True:
        return _("always")
    if written is False:
        return _("never")
    one = compared(written)
    if one is not None:
        fact = shown(situation, one, each)
        if fact is not None:
            return _compared(one, fact, situation)
    if is_group(written):
        how, parts = parts_of(written)
        word = _(" and ") if how == "all" else _(" or ")
        said = word.join(condition_in_words(part, situation, each, inside=True) for part in parts)
        return f"({said})" if inside and len(parts) > 1 else said
    return as_written(written)


def as_written(written: Any) -> str:
    """A part of a rule as a pack has it, on one line."""
    return " ".join(as_text(written).split())


def _compared(one: Compared, fact: Offered, situation: str) -> str:
    name = fact_label(situation, fact)
    values = one.value if isinstance(one.value, list | tuple) else [one.value]
    if fact.kind == "yes_no" and get_language() == "en" and name.startswith(WHETHER):
        plain_name = name.removeprefix(WHETHER)
        return plain_name if one.value is True else _("not: {fact}").format(fact=plain_name)
    if one.compare in ("earlier_than", "later_than", "same_as"):
        other = offered(situation, fact.of).get(str(one.value))
        values = [fact_label(situation, other) if other else one.value]
    said = _or(values, fact, situation)
    return _templates(one).format(fact=name, value=said)


def _templates(one: Compared) -> str:
    if one.compare == "empty":
        return _("“{fact}” is empty") if one.value else _("“{fact}” is not empty")
    return {
        ("is", False): _("“{fact}” is {value}"),
        ("any_of", False): _("“{fact}” is {value}"),
        ("none_of", False): _("“{fact}” is not {value}"),
        ("includes", False): _("“{fact}” includes {value}"),
        ("includes", True): _("“{fact}” doesn’t include {value}"),
        ("includes_any", False): _("“{fact}” includes {value}"),
        ("includes_any", True): _("“{fact}” doesn’t include {value}"),
        ("at_least", False): _("“{fact}” is at least {value}"),
        ("at_most", False): _("“{fact}” is at most {value}"),
        ("earlier_than", False): _("“{fact}” is before {value}"),
        ("later_than", False): _("“{fact}” is after {value}"),
        ("same_as", False): _("“{fact}” is the same as {value}"),
        ("known", False): _("“{fact}” is known"),
    }[one.compare, one.turned]


def _or(values: Sequence[Any], fact: Offered, situation: str) -> str:
    quoted = [
        str(value) if fact.kind == "number" else f"“{value_label(situation, fact, value)}”"
        for value in values
    ]
    return _(" or ").join(quoted)


def rules_in_words(rules: Iterable[Mapping[str, Any]]) -> str:
    """Several rules of a clause, one after the other."""
    return " ".join(rule_in_words(one) for one in rules)


def capital(text: str) -> str:
    """The text with a capital at its beginning, for a label or the beginning of a sentence."""
    return text[:1].upper() + text[1:]
