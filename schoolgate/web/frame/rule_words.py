"""A rule in words: its condition, its times and what follows, in either language, from the facts' own
declarations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.messages import CHOICES, NEEDS, QUESTIONS
from schoolgate.rulebook.one_file import as_text
from schoolgate.rulebook.rules.making import (
    WHEN,
    asked_by,
    condition_of,
    each_of,
    situations_of,
    steps_of,
    subject_of,
    verb_of,
)
from schoolgate.rulebook.rules.offered import BESIDE, Offered, Subject, option_of
from schoolgate.rulebook.rules.step import Verb
from schoolgate.rulebook.rules.tree import Compared, compared, is_group, parts_of, turned_group
from schoolgate.rulebook.situations.networks import NETWORKS
from schoolgate.web.frame.wording import plain, point_label, situation_title, who

UNITS: Mapping[str, str | Promise] = {
    "hours": gettext_lazy("hours"),
    "days": gettext_lazy("days"),
    "weeks": gettext_lazy("weeks"),
    "working_days": gettext_lazy("working days"),
    "half_terms": gettext_lazy("half-terms"),
    "terms": gettext_lazy("terms"),
    "months": gettext_lazy("months"),
    "years": gettext_lazy("years"),
    "same_day": gettext_lazy("the same day"),
    "chosen": gettext_lazy("as the federation has chosen"),
}
"""In what a span of time is counted."""
ONE: Mapping[str, str | Promise] = {
    "hours": gettext_lazy("1 hour"),
    "days": gettext_lazy("1 day"),
    "weeks": gettext_lazy("1 week"),
    "working_days": gettext_lazy("1 working day"),
    "half_terms": gettext_lazy("1 half-term"),
    "terms": gettext_lazy("1 term"),
    "months": gettext_lazy("1 month"),
    "years": gettext_lazy("1 year"),
}
"""One of each."""
COUNTING: Mapping[str, str | Promise] = {
    "every_day": gettext_lazy("every day"),
    "monday_to_friday": gettext_lazy("Monday to Friday"),
    "weekdays": gettext_lazy("Monday to Friday except bank holidays"),
    "staff_days": gettext_lazy("days when staff are in"),
    "school_days": gettext_lazy("school days"),
}
"""On which days a span of time passes."""


VERBS: Mapping[Verb, tuple[str | Promise, str | Promise]] = {
    "forbid": (gettext_lazy("Not allowed"), gettext_lazy("It stops here.")),
    "need": (gettext_lazy("Needed first"), gettext_lazy("It can’t go ahead until this is in place.")),
    "permit": (gettext_lazy("Allowed"), gettext_lazy("The clause expressly allows it.")),
    "refer": (gettext_lazy("Someone decides"), gettext_lazy("A role decides each time.")),
    "oblige": (
        gettext_lazy("Someone must do something"),
        gettext_lazy("It goes ahead, and a task is created."),
    ),
    "advise": (gettext_lazy("Advice"), gettext_lazy("It is shown. Nothing stops.")),
    "must_be": (gettext_lazy("Must already be true"), gettext_lazy("Otherwise the clause is broken.")),
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
COMPARED: Mapping[str, str | Promise] = {
    "any_of": gettext_lazy("is one of these"),
    "none_of": gettext_lazy("is none of these"),
    "mentions": gettext_lazy("contains one of these"),
    "includes_any": gettext_lazy("includes one of these"),
    "not includes_any": gettext_lazy("includes none of these"),
    "empty": gettext_lazy("is an empty list"),
    "empty no": gettext_lazy("is not an empty list"),
    "some": gettext_lazy("has an item that meets a condition"),
    "not some": gettext_lazy("has no item that meets a condition"),
    "every": gettext_lazy("is a list whose every item meets a condition"),
    "count at_least": gettext_lazy("has at least this many"),
    "count at_most": gettext_lazy("has at most this many"),
    "at_least": gettext_lazy("is at least"),
    "at_most": gettext_lazy("is at most"),
    "less_than": gettext_lazy("is less than"),
    "more_than": gettext_lazy("is more than"),
    "earlier_than": gettext_lazy("is before"),
    "not earlier_than": gettext_lazy("is not before"),
    "later_than": gettext_lazy("is after"),
    "not later_than": gettext_lazy("is not after"),
    "same_as": gettext_lazy("is the same as"),
    "over": gettext_lazy("was longer ago than"),
    "not over": gettext_lazy("was at most this long ago"),
    "known": gettext_lazy("is known"),
    "stated": gettext_lazy("is stated"),
    "stated no": gettext_lazy("is not stated"),
    "stated_as": gettext_lazy("is stated to be one of these"),
    "not stated_as": gettext_lazy("is not stated to be one of these"),
}
"""The conditions that a form offers for a fact."""
WHETHER = "whether "


def fact_label(about: Subject, fact: Offered) -> str:
    """Return the label of a fact. Where two facts of a situation share a label, add whose fact it is."""
    return fact_labels(about, [fact])[0]


def fact_labels(about: Subject, facts: Iterable[Offered]) -> list[str]:
    """Return the label of each of these facts."""
    places: dict[str, list[str]] = {}
    for one in about.facts.values():
        places.setdefault(_called(one), []).append(one.place)
    return [_told_apart(one, places.get(_called(one), ())) for one in facts]


def _told_apart(fact: Offered, alike: Sequence[str]) -> str:
    """Return the label of a fact; `alike`: the places of all facts with its name."""
    name = _called(fact)
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
    if fact.kind == "choice":
        return _("the ruling") if fact.path == "ruled" else _("the number that the federation chose")
    found = fact.label or (NEEDS.get(fact.ask.need) if fact.ask else None)
    return _(found) if found else _place(fact.path)


def _place(path: str) -> str:
    return path.replace(".", ", ").replace("_", " ")


def fact_question(about: Subject, fact: Offered) -> str:
    """Return the question asked about a fact, or "" where people aren't asked."""
    found = QUESTIONS.get(f"{about.situation}:{fact.place}")
    return _(found) if found else ""


def value_label(about: Subject | None, fact: Offered | None, value: Any) -> str:
    """One value of a fact."""
    if value is True or value is False:
        return _("yes") if value else _("no")
    text = str(value)
    here = CHOICES.get(f"{about.situation}:{fact.place}={text}") if fact and about else None
    found = here or CHOICES.get(text)
    if fact and fact.choices == tuple(NETWORKS) and text in NETWORKS:
        return NETWORKS[text]
    return _(found) if found else text.replace("_", " ")


def rule_in_words(rule: Mapping[str, Any], clauses: Mapping[str, Clause] = MappingProxyType({})) -> str:
    """The rule as a sentence or two. `clauses`: those of its policy, for what it takes precedence over."""
    situations = situations_of(rule)
    asked = "; ".join(situation_title(one) for one in situations)
    point = point_label(str(rule["point"]))
    each = each_of(rule)
    alone = _(" Each of these is judged separately: {list}.").format(list=list_label(each)) if each else ""
    over = [f"“{clauses[one].says}”" if one in clauses else one for one in rule.get("overrides") or ()]
    first = _(" This takes precedence over: {clauses}.").format(clauses=" ".join(over)) if over else ""
    leave = ", ".join(rule.get("leave_of") or ())
    lifts = _(" Not with the written agreement of: {roles}.").format(roles=leave) if leave else ""
    return f"{asked} ({point}).{alone} {_settled(rule)}{first}{lifts}"


def rule_in_short(rule: Mapping[str, Any]) -> str:
    """Return what the rule is about and what it does, without its conditions."""
    asked = "; ".join(situation_title(one) for one in situations_of(rule))
    verb = verb_of(rule)
    does = VERBS[verb][1] if verb == "read" else f"{VERBS[verb][0]}." if verb else ""
    return f"{asked} ({point_label(str(rule['point']))}). {does}".strip()


def _settled(rule: Mapping[str, Any]) -> str:
    here, when = subject_of(rule), condition_of(rule, WHEN)
    bound = [value_label(None, None, one) for one in rule.get("for") or ()]
    where = [_("the person is one of: {people}").format(people=", ".join(bound))] if bound else []
    where += [condition_in_words(when, here)] if when is not True else []
    parts = steps_of(rule)
    if len(parts) == 1:
        ((part, step),) = parts.items()
        return _step_in_words(rule, part, step, here, where)
    said = [_step_in_words(rule, part, step, here, []) for part, step in parts.items()]
    first = _("Only where {where}.").format(where=_(" and ").join(where)) if where else ""
    numbered = (f"({place}) {one}" for place, one in enumerate(said, start=1))
    return " ".join(filter(None, (first, _("The first of these that applies counts:"), *numbered)))


def _step_in_words(
    rule: Mapping[str, Any], part: str, step: Mapping[str, Any], here: Subject, where: list[str]
) -> str:
    verb = verb_of(step)
    if verb is None:
        return ""
    then = condition_of(rule, part)
    waits = verb in ("need", "must_be")
    where = [*where, *([condition_in_words(then, here)] if then is not True and not waits else [])]
    alone = then is False and verb == "need"  # a person's word, with nothing that could be known already
    said = (_("this waits until {whom} confirms it.") if alone else _sentence(verb)).format(
        condition=condition_in_words(then, here) if waits else "",
        whom=_whom(rule, step, verb),
        duty=f"{plain(step['oblige']['what'])}{_by_when(step['oblige'], here)}" if verb == "oblige" else "",
    )
    if not where:
        return capital(said)
    return _("Where {where}: {said}").format(where=_(" and ").join(where), said=said)


def _by_when(duty: Mapping[str, Any], here: Subject) -> str:
    """The time of a duty, to stand behind it; empty where it has none."""
    due = duty.get("due")
    if due is None:
        return ""
    if isinstance(due, Mapping) and isinstance(due.get("after"), str) and not UNITS.keys().isdisjoint(due):
        return _(", within {time} of “{fact}”").format(time=_span(due), fact=_fact_named(due["after"], here))
    if isinstance(due, str) and duty.get("at_once"):
        return _(", at once: “{fact}”").format(fact=_fact_named(due, here))
    return _(", by “{fact}”").format(fact=_fact_named(due, here) if isinstance(due, str) else as_written(due))


def _fact_named(path: str, here: Subject) -> str:
    fact = here.facts.get(path)
    return fact_label(here, fact) if fact is not None else plain(path)


def _sentence(verb: Verb) -> str:
    return {
        "forbid": _("this is not allowed."),
        "need": _("this waits until {condition}. {whom} can confirm it."),
        "permit": _("this is allowed."),
        "refer": _("this is decided by {whom}."),
        "oblige": _("{whom} must do this: {duty}."),
        "advise": _("the clause is shown as advice."),
        "must_be": _("this must already be true: {condition}."),
        "keep": _("this is in order."),
        "cover": _("the policy covers this."),
        "exclude": _("the policy doesn’t cover this."),
        "not_bound": _("the policy doesn’t apply to this person."),
        "read": _("the policy owner reads the clause and decides."),
    }[verb]


def _whom(rule: Mapping[str, Any], step: Mapping[str, Any], verb: Verb) -> str:
    if verb == "oblige":
        return who(step["oblige"]["who"])
    if verb == "refer":
        return who(step["to"]) if "to" in step else _("the policy owner")
    return capital(", ".join(dict.fromkeys(who(one["of"]) for one in asked_by(rule, step))))


def condition_in_words(written: Any, about: Subject, *, inside: bool = False) -> str:
    """A condition as part of a sentence; what no sentence can say is quoted as it is written."""
    if written is True:
        return _("always")
    if written is False:
        return _("never")
    one = compared(written)
    fact = about.shown(one) if one is not None else None
    if one is not None and fact is not None:
        return _compared(one, fact, about)
    if (turned := turned_group(written)) is not None:
        return _("not: {fact}").format(fact=condition_in_words(turned, about, inside=True))
    if is_group(written):
        how, parts = parts_of(written)
        word = _(" and ") if how == "all" else _(" or ")
        said = word.join(condition_in_words(part, about, inside=True) for part in parts)
        return f"({said})" if inside and len(parts) > 1 else said
    return as_written(written)


def as_written(written: Any) -> str:
    """A part of a rule as a pack has it, on one line."""
    return " ".join(as_text(written).split())


def _compared(one: Compared, fact: Offered, about: Subject) -> str:
    option = option_of(one, fact)
    if one.turned and not option.startswith("not "):
        return _("not: {fact}").format(fact=_compared(replace(one, turned=False), fact, about))
    name = fact_label(about, fact)
    if fact.path == "ruled":
        return _("a ruling allows this") if one.value == "allows" else _("a ruling refuses this")
    if fact.path == "number":
        return _("the federation has chosen “{name}”").format(name=_place(str(one.value)))
    if fact.kind == "yes_no" and option == "is" and get_language() == "en" and name.startswith(WHETHER):
        plain_name = name.removeprefix(WHETHER)
        return plain_name if one.value is True else _("not: {fact}").format(fact=plain_name)
    said = "" if one.inner is None else condition_in_words(one.inner, about.inside(fact.path), inside=True)
    if option.startswith("count"):
        limit = one.value[option.removeprefix("count ")]
        key = (option, one.inner is not True)
        apart = (
            _(" with different {facts}").format(facts=_place(one.value["different"]))
            if ("different" in one.value)
            else ""
        )
        return str(COUNTS[key]).format(fact=name, value=_number(limit), apart=apart, condition=said)
    if option.removeprefix("not ") in BESIDE:
        other = about.facts.get(str(one.value))
        said = f"“{fact_label(about, other)}”" if other else str(one.value)
    elif option.removeprefix("not ") == "over":
        said = _span(one.value)
    elif one.inner is None:
        said = _or(one.value if isinstance(one.value, list | tuple) else [one.value], fact, about)
    if option in ("is", "any_of") and _is_a_question(fact, about):
        return _("“{fact}”: {value}").format(fact=name, value=said)
    return str(SENTENCES[option]).format(fact=name, value=said)


def _is_a_question(fact: Offered, about: Subject) -> bool:
    """Whether a fact is called by what is asked of it (*whether it is private or official*), in whatever
    language: that is nothing."""
    with override("en"):
        return fact_label(about, fact).startswith(WHETHER)


def _span(span: Mapping[str, Any]) -> str:
    """A span of time in words."""
    if "chosen" in span:
        return _("the time that the federation chose")
    unit = next(name for name in span if name in UNITS)
    said = str(ONE[unit]) if span[unit] == 1 and unit in ONE else f"{_number(span[unit])} {UNITS[unit]}"
    days = span.get("counting")
    if days is None:
        return said
    return _("{time} ({days})").format(
        time=said, days=COUNTING.get(days) if isinstance(days, str) else _number(days)
    )


def _number(number: Any) -> str:
    """A number, or the name of one that the federation chooses."""
    return f"“{_place(number['number'])}”" if isinstance(number, Mapping) else str(number)


SENTENCES: Mapping[str, str | Promise] = {
    "is": gettext_lazy("“{fact}” is {value}"),
    "any_of": gettext_lazy("“{fact}” is {value}"),
    "none_of": gettext_lazy("“{fact}” is not {value}"),
    "mentions": gettext_lazy("“{fact}” contains {value}"),
    "includes_any": gettext_lazy("“{fact}” includes {value}"),
    "not includes_any": gettext_lazy("“{fact}” doesn’t include {value}"),
    "empty": gettext_lazy("“{fact}” is empty"),
    "empty no": gettext_lazy("“{fact}” is not empty"),
    "some": gettext_lazy("for at least one of “{fact}”: {value}"),
    "not some": gettext_lazy("for none of “{fact}”: {value}"),
    "every": gettext_lazy("for each of “{fact}”: {value}"),
    "at_least": gettext_lazy("“{fact}” is at least {value}"),
    "at_most": gettext_lazy("“{fact}” is at most {value}"),
    "less_than": gettext_lazy("“{fact}” is less than {value}"),
    "more_than": gettext_lazy("“{fact}” is more than {value}"),
    "earlier_than": gettext_lazy("“{fact}” is before {value}"),
    "not earlier_than": gettext_lazy("“{fact}” is not before {value}"),
    "later_than": gettext_lazy("“{fact}” is after {value}"),
    "not later_than": gettext_lazy("“{fact}” is not after {value}"),
    "same_as": gettext_lazy("“{fact}” is the same as {value}"),
    "over": gettext_lazy("“{fact}” is more than {value} ago"),
    "not over": gettext_lazy("“{fact}” is at most {value} ago"),
    "known": gettext_lazy("“{fact}” is known"),
    "stated": gettext_lazy("“{fact}” is stated"),
    "stated no": gettext_lazy("“{fact}” is not stated"),
    "stated_as": gettext_lazy("“{fact}” is stated to be {value}"),
    "not stated_as": gettext_lazy("“{fact}” is not stated to be {value}"),
}
"""Each comparison as part of a sentence."""
COUNTS: Mapping[tuple[str, bool], str | Promise] = {
    ("count at_least", False): gettext_lazy("there are at least {value}{apart} in “{fact}”"),
    ("count at_least", True): gettext_lazy("for at least {value}{apart} of “{fact}”: {condition}"),
    ("count at_most", False): gettext_lazy("there are at most {value}{apart} in “{fact}”"),
    ("count at_most", True): gettext_lazy("for at most {value}{apart} of “{fact}”: {condition}"),
}
"""The same of a number of parts of a list: of all, or of those for which something is true."""


def _or(values: Sequence[Any], fact: Offered, about: Subject) -> str:
    numbers = fact.kind == "number" or any(isinstance(value, Mapping) for value in values)
    quoted = [_number(value) if numbers else f"“{value_label(about, fact, value)}”" for value in values]
    return _(" or ").join(quoted)


def rules_in_words(rules: Iterable[Mapping[str, Any]], clauses: Mapping[str, Clause]) -> str:
    """Several rules of a clause, one after the other. `clauses`: those of the policy."""
    return " ".join(rule_in_words(one, clauses) for one in rules)


def capital(text: str) -> str:
    """The text with a capital at its beginning, for a label or the beginning of a sentence."""
    return text[:1].upper() + text[1:]
