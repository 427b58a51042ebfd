"""The conditions of a rule, one page each, and examples on which it is tried."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound
from schoolgate.policy import rules
from schoolgate.policy.writing import example
from schoolgate.rulebook.clauses import Role
from schoolgate.rulebook.errors import RulebookError
from schoolgate.rulebook.named_times import is_a_time
from schoolgate.rulebook.rules.making import condition_of, facts_of, situations_of
from schoolgate.rulebook.rules.offered import ALIKE, BESIDE, Offered, Subject, option_of
from schoolgate.rulebook.rules.tree import (
    Compared,
    How,
    compared,
    joined,
    lists_on,
    part_at,
    with_more,
    with_part,
)
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import DayField
from schoolgate.web.frame.paging import small_in
from schoolgate.web.frame.rule_words import (
    COMPARED,
    COUNTING,
    UNITS,
    capital,
    fact_label,
    fact_labels,
    fact_question,
    value_label,
)
from schoolgate.web.frame.wording import plain, quote_from, verdict
from schoolgate.web.policy.own_forms import GrowingForm
from schoolgate.web.policy.own_rules import keep_condition, rule_at, shown_rule, way_of

ROLES = ("role", "acting_role")
"""The names of facts whose value is a role of the policy."""


class ConditionForm(GrowingForm):
    """What must be true of one fact: a comparison, and what it compares the fact with."""

    def __init__(
        self, data: Any, *, about: Subject, fact: Offered, roles: Sequence[Role], now: Compared | None = None
    ) -> None:
        self.fact, self.now, self.numbers = fact, now, about.numbers
        super().__init__(data, initial=_initial(fact, now) if now is not None else {})
        label, hint = capital(fact_label(about, fact)), fact_question(about, fact)
        if fact.kind == "choice" or (fact.kind == "yes_no" and not fact.stated):
            self.grow("value", _one_answer(about, fact, label, hint))
            return
        beside = about.beside(fact)
        others = [*zip((one.path for one in beside), fact_labels(about, beside), strict=True)]
        options = [
            one for one in fact.comparisons if _plain(one) not in BESIDE or others or fact.kind == "day"
        ]
        bare = {_plain(one) for one in options}
        self.initial.setdefault("compare", options[0])
        self.grow(
            "compare",
            forms.ChoiceField(
                label=label,
                help_text=hint,
                widget=forms.RadioSelect,
                choices=[(one, COMPARED[one]) for one in options],
            ),
        )
        if not bare.isdisjoint(WITH_VALUES):
            self.grow("value", _value_field(about, fact, roles, self.initial.get("value") or []))
        if not bare.isdisjoint(BESIDE) and others:
            self.grow("other", _choice(_("Compared with"), others))
        if not bare.isdisjoint(BESIDE) and fact.kind == "day":
            self.grow(
                "written", _text(_("Or a day, month or term"), _("For example 2026-09-01 or autumn 2026."))
            )
        if {"over", "count at_least"} & bare:
            self.grow("amount", _text(_("How many"), _figures(about)))
        if "over" in bare:
            units = [one for one in UNITS if one != "chosen" or "choices" in about.scope.root.model_fields]
            self.grow("unit", _choice(_("Counted in"), [(one, UNITS[one]) for one in units]))
        if "over" in bare and "calendar" in about.scope.root.model_fields:
            days = [*COUNTING.items(), *((one, plain(one)) for one in self.numbers)]
            self.grow("counting", _choice(_("Which days count"), days))
        if "count at_least" in bare and (apart := about.apart(fact)):
            self.grow(
                "different", _choice(_("Count each of these once"), [(one, plain(one)) for one in apart])
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a comparison without what it compares with."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        compare = _plain(said.get("compare", ""))
        if compare in WITH_VALUES and "value" not in self.errors and not said.get("value"):
            self.add_error("value", _("Choose what to compare it with"))
        if compare in BESIDE and not said.get("other") and not said.get("written"):
            self.add_error(
                "other" if "other" in self.fields else "written", _("Choose what to compare it with")
            )
        if compare.startswith(("over", "count")):
            try:
                if said.get("unit") != "chosen":
                    said["amount"] = self._number(said.get("amount") or "")
            except ValueError:
                self.add_error("amount", _("Enter a whole number"))
        if compare == "over" and not said.get("unit"):
            self.add_error("unit", _("Choose hours, days, months or years"))
        return said

    def clean_value(self) -> Any:
        """Return the values as a list, numbers as numbers."""
        value = self.cleaned_data["value"]
        if isinstance(value, str) and self.fact.kind not in ("yes_no", "choice"):
            value = [line.strip() for line in value.splitlines() if line.strip()]
        if self.fact.kind != "number":
            return value
        try:
            return [self._number(one) for one in ",".join(value).split(",") if one.strip()]
        except ValueError:
            raise forms.ValidationError(_("Enter a whole number")) from None

    def _number(self, text: str) -> Any:
        text = text.strip()
        if text in self.numbers:
            return {"number": text}
        found = small_in(text)
        if found is None:
            raise ValueError(text)
        return found

    def compared(self) -> Compared:
        """The comparison, as a person would write it; as it was where nothing else was said."""
        made = self._made(self.cleaned_data)
        was = ConditionForm._usual(self.now) if self.now is not None else None
        return self.now if self.now is not None and made == was else made

    @staticmethod
    def _usual(now: Compared) -> Compared:
        """Return the comparison with one value as a person would write it."""
        for alone, several in ALIKE.items():
            if now.compare == several and len(now.value) == 1:
                return replace(now, compare=alone, value=now.value[0])
        return now

    def _made(self, said: Mapping[str, Any]) -> Compared:
        path, value = self.fact.path, said.get("value")
        given = said.get("compare", "is")
        compare, turned = _plain(given), given.startswith("not ")
        if self.now is not None and self.now.turned:  # a `not` around it that no choice here names
            turned = turned or not option_of(self.now, self.fact).startswith("not ")
        if "compare" not in self.fields:
            if self.fact.kind == "choice":
                return Compared(path, "is", value, turned)
            known = value == "known"
            return Compared(path, "known" if known else "is", known or value == "yes", turned)
        if compare in ("known", "empty", "stated"):
            return Compared(path, compare, not given.endswith(" no"), turned)
        if compare in BESIDE:
            return Compared(path, compare, said.get("written") or said["other"], turned)
        if compare == "over":
            counting: Any = said.get("counting") or None
            counting = {"number": counting} if counting in self.numbers else counting
            span = {said["unit"]: said["amount"], **({"counting": counting} if counting else {})}
            return Compared(path, compare, span, turned)
        inner = self.now.inner if self.now is not None and self.now.inner is not None else True
        if compare in ("some", "every"):
            return Compared(path, compare, inner, turned)
        if compare.startswith("count"):
            limits = {compare.removeprefix("count "): said["amount"]}
            limits |= {"different": said["different"]} if said.get("different") else {}
            return Compared(path, "count", limits, turned).around(inner)
        values = [value == "yes"] if isinstance(value, str) else list(value or [])
        if compare in ("is", "at_least", "at_most"):
            return Compared(path, compare, values[0], turned)
        one = Compared(path, compare, values, turned)
        return self._usual(one)


WITH_VALUES = frozenset(
    {"is", "any_of", "none_of", "mentions", "includes_any", "stated_as", "at_least", "at_most"}
)
"""Comparisons with values that are written out."""


def _plain(option: str) -> str:
    """Return a comparison of COMPARISONS without `not` before it or `no` behind it."""
    return option.removeprefix("not ").removesuffix(" no")


def _initial(fact: Offered, now: Compared) -> dict[str, Any]:
    if fact.kind == "choice":
        return {"value": now.value}
    option = option_of(now, fact)
    if fact.kind == "yes_no" and not fact.stated:
        return {"value": "known" if now.compare == "known" else "yes" if now.value else "no"}
    compare, found = _plain(option), {"compare": option}
    if compare in BESIDE:
        return {**found, "written" if is_a_time(str(now.value)) else "other": now.value}
    if compare == "over":
        (unit,) = {*now.value} - {"counting"}
        return {
            **found,
            "unit": unit,
            "amount": _name(now.value[unit]),
            "counting": _name(now.value.get("counting")),
        }
    if compare.startswith("count"):
        limit = now.value[compare.removeprefix("count ")]
        return {**found, "amount": _name(limit), "different": now.value.get("different", "")}
    values: list[Any] = list(now.value) if isinstance(now.value, list | tuple) else [now.value]
    if compare not in WITH_VALUES:
        return found
    if fact.kind == "yes_no":
        return {**found, "value": "yes" if values[0] else "no"}
    if fact.kind == "number":
        return {**found, "value": ", ".join(map(_name, values))}
    return {
        **found,
        "value": values
        if fact.kind in ("word", "words") or _names_roles(fact)
        else "\n".join(map(str, values)),
    }


def _names_roles(fact: Offered) -> bool:
    """Whether its values are roles of the policy, so that they are chosen and not typed."""
    return fact.kind == "roles" or (fact.kind == "text" and fact.path.rpartition(".")[2] in ROLES)


def _name(number: Any) -> str:
    """Return a number as a form has it, or the name of one that the rule leaves open."""
    if number is None:
        return ""
    return str(number["number"] if isinstance(number, Mapping) else number)


def _text(label: Any, hint: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=60, required=False)


def _figures(about: Subject) -> Any:
    names = ", ".join(about.numbers)
    return _("A figure, or one of: {names}").format(names=names) if names else _("A figure.")


def _choice(label: Any, choices: Iterable[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", "–"), *choices], required=False)


def _one_answer(about: Subject, fact: Offered, label: str, hint: str) -> forms.ChoiceField:
    """One of a few answers that is all there is to choose."""
    if fact.kind == "choice":
        choices = [(one, value_label(about, fact, one)) for one in fact.choices]
    else:
        said = [("yes", value_label(about, fact, True)), ("no", value_label(about, fact, False))]
        choices = [*said, ("known", str(COMPARED["known"]))]
    return forms.ChoiceField(label=label, help_text=hint, widget=forms.RadioSelect, choices=choices)


def _value_field(about: Subject, fact: Offered, roles: Sequence[Role], now: Sequence[Any]) -> forms.Field:
    label = _("Compared with")
    if fact.kind == "yes_no":
        answers = [("yes", value_label(about, fact, True)), ("no", value_label(about, fact, False))]
        return forms.ChoiceField(label=label, choices=answers, widget=forms.RadioSelect, required=False)
    if fact.kind == "number":
        return _text(label, _figures(about))
    if fact.kind in ("text", "texts", "day") and not _names_roles(fact):
        return forms.CharField(
            label=label,
            help_text=_("One on each line."),
            widget=forms.Textarea(attrs={"rows": 3}),
            required=False,
            max_length=2000,
        )
    words: list[tuple[str, Any]] = (
        [(role.name, role.name) for role in roles]
        if _names_roles(fact)
        else [(one, value_label(about, fact, one)) for one in fact.choices]
    )
    words += [(one, one) for one in now if one not in dict(words)]
    return forms.MultipleChoiceField(
        label=label, choices=words, widget=forms.CheckboxSelectMultiple, required=False
    )


class ExampleForm(GrowingForm):
    """A case: each fact is an answer, or not known."""

    def __init__(self, data: Any, *, about: Subject, facts: Iterable[Offered], roles: Sequence[Role]) -> None:
        super().__init__(data)
        self.facts = {f"f{place}": one for place, one in enumerate(facts)}
        for name, fact in self.facts.items():
            self.grow(name, _example_field(about, fact, roles))

    def values(self) -> Mapping[str, Any]:
        """The facts that were given, by path."""
        found: dict[str, Any] = {}
        for name, fact in self.facts.items():
            value = self.cleaned_data.get(name)
            if value in (None, "", []):
                continue
            found[fact.place] = value == "yes" if fact.kind == "yes_no" else value
        return found


def _example_field(about: Subject, fact: Offered, roles: Sequence[Role]) -> forms.Field:
    label, unknown = capital(fact_label(about, fact)), ("", _("Not known"))
    if fact.kind == "day":
        return DayField(label=label, required=False)
    if fact.kind == "number":
        return forms.IntegerField(label=label, min_value=0, max_value=1_000_000, required=False)
    if fact.kind == "roles":
        names = [(role.name, role.name) for role in roles]
        return forms.MultipleChoiceField(
            label=label, choices=names, widget=forms.CheckboxSelectMultiple, required=False
        )
    if fact.kind == "yes_no":
        answers = [("yes", value_label(about, fact, True)), ("no", value_label(about, fact, False))]
    else:
        answers = [(one, value_label(about, fact, one)) for one in fact.choices]
    if fact.kind == "words":
        return forms.MultipleChoiceField(
            label=label, choices=answers, widget=forms.CheckboxSelectMultiple, required=False
        )
    return forms.ChoiceField(label=label, choices=[unknown, *answers], required=False)


ASKED = frozenset({"yes_no", "word", "words", "number", "day", "roles"})
"""Kinds of facts that an example can give."""


@page(place="policy", check=rules.check_may_own)
def condition(request: HttpRequest, visit: Visit, clause: str, number: int) -> HttpResponseBase:
    """Add a condition, or change one: choose the fact, then say what has to be true of it."""
    here = rule_at(visit, clause, number)
    part, way = request.GET.get("part", ""), way_of(request.GET.get("at", ""))
    if part not in here.parts():
        raise NotFound
    written = condition_of(here.rule, part)
    how: How = "any" if request.GET.get("how") == "any" else "all"
    more, beside = "more" in request.GET, "beside" in request.GET
    try:
        about = here.subject.inside_all(lists_on(written, way if more and not beside else way[:-1]))
        now = None if more else compared(part_at(written, way))
    except LookupError:
        raise NotFound from None
    context = {
        **shown_rule(here),
        "query": urlencode(
            {key: request.GET[key] for key in ("part", "at", "how", "more", "beside") if key in request.GET}
        ),
        "adding": more,
    }
    key = request.GET.get("fact") or (now.fact if now else "")
    if not key:
        asks = here.verb(part) == "need" and not about.within
        return render(request, "policy/own/condition_fact.html", {**context, **_facts(about, asks=asks)})
    fact = about.facts.get(key)
    if fact is None:
        raise NotFound
    was = now if now and now.fact == key else None
    form = ConditionForm(request.POST or None, about=about, fact=fact, roles=here.now.pack.roles, now=was)
    if request.method == "POST" and form.is_valid():
        one = form.compared().written
        if beside:
            changed = with_part(written, way, joined(how, [part_at(written, way), one]))
        elif more:
            changed = with_more(written, way, one, how=how)
        else:
            changed = with_part(written, way, one)
        if form.save(lambda _said: keep_condition(request, visit, here, part, changed)):
            return done(request, gettext("Condition saved."), here.page)
    status = 422 if form.is_bound else 200
    return render(
        request, "policy/own/condition.html", {**context, "form": form, "fact": fact.path}, status=status
    )


def _facts(about: Subject, *, asks: bool) -> dict[str, Any]:
    """Return the facts to choose from: first those that people are asked about, then lists of several things,
    computed facts, and those that are only stated."""
    found: dict[str, list[tuple[str, str]]] = {"facts": [], "lists": [], "worked_out": [], "stated": []}
    labels = fact_labels(about, about.facts.values())
    for (name, one), label in zip(about.facts.items(), labels, strict=True):
        if asks and (one.ask is None or not one.ask.need):
            continue
        kind = "stated" if one.stated else "worked_out" if one.worked_out else "facts"
        found["lists" if kind == "facts" and one.kind == "list" else kind].append((name, capital(label)))
    return {kind: sorted(rows, key=lambda row: row[1].casefold()) for kind, rows in found.items()}


@page(place="policy", check=rules.check_may_own)
def examples(request: HttpRequest, visit: Visit, clause: str, number: int) -> HttpResponseBase:
    """Try the rule on a case: its result now, and under the next interpretation. Saves nothing."""
    here = rule_at(visit, clause, number)
    situation = situations_of(here.rule)[0]
    about = here.subject
    can = [one for one in about.facts.values() if one.kind in ASKED and not one.worked_out and not one.stated]
    can = [one for one in can if not one.instant and one.path not in about.scope.named]
    named = set(facts_of(here.rule))
    first = [one for one in can if one.path in named]
    rest = [one for one in can if one.path not in named]
    asked = [*first, *(rest if not first or "all" in request.GET else [])]
    form = ExampleForm(request.POST or None, about=about, facts=asked, roles=here.now.pack.roles)
    context = {**shown_rule(here), "form": form, "more": bool(first and rest) and len(asked) == len(first)}
    if request.method == "POST" and form.is_valid():
        try:
            before, after = example(here.now, situation, form.values(), at=visit.at, each=here.each)
        except RulebookError as error:
            form.add_error(None, str(error))
        else:
            point = str(here.rule["point"])
            quote = quote_from(here.now.after)
            context |= {
                "before": verdict(before, at=visit.at),
                "after": verdict(after, at=visit.at, quote=quote),
                "differs": before.points.get(point) != after.points.get(point),
            }
    status = 422 if form.errors else 200
    return render(request, "policy/own/examples.html", context, status=status)


urlpatterns = [
    path("policy/clauses/<slug:clause>/rules/<int:number>/condition", condition, name="own-condition"),
    path("policy/clauses/<slug:clause>/rules/<int:number>/example", examples, name="own-rule-example"),
]
