"""The rules of a clause of a federation's own policy, for its owner: begun, given conditions, steps and the
clauses over which they take precedence, tried on examples.

Each page writes the next reading; nothing counts before that is tried on past decisions and signed
(`web/policy/reading.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from schoolgate.core.errors import BadInput, NotFound
from schoolgate.policy import own_policy, rules
from schoolgate.policy.writing import Writing, can_be_excepted, clause_of, without, writing
from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.one_file import as_text
from schoolgate.rulebook.ready.matching import nearest
from schoolgate.rulebook.rules.making import (
    EXCEPTING,
    WHEN,
    begun,
    condition_of,
    each_of,
    never_reached,
    plain_steps,
    situations_of,
    steps_of,
    subject_of,
    verb_of,
    with_condition,
    with_exceptions,
    with_step_moved,
    with_steps,
    without_step,
)
from schoolgate.rulebook.rules.offered import Subject, ruled_on
from schoolgate.rulebook.rules.reading import BadCondition
from schoolgate.rulebook.rules.rule import Names
from schoolgate.rulebook.rules.step import HELD_BACK_BY_NO
from schoolgate.rulebook.rules.tree import (
    Compared,
    How,
    Way,
    compared,
    inner_of,
    is_group,
    opposite,
    part_at,
    parts_of,
    turned_over,
    with_part,
)
from schoolgate.rulebook.situations import SITUATIONS
from schoolgate.rulebook.situations.base import Asks
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import form_page
from schoolgate.web.frame.paging import small_in
from schoolgate.web.frame.rule_words import VERBS, condition_in_words, rule_in_words
from schoolgate.web.frame.wording import point_label, situation_title
from schoolgate.web.policy.asking.asking import all_situations, situations_found
from schoolgate.web.policy.own_forms import DetailForm, ExceptionForm, SituationForm, StartForm, StepForm

ALWAYS = frozenset({"read", "oblige"})
"""Verbs without a condition of their own: they only say where they apply."""

STOPPING = frozenset({"forbid", "need", "refer", "read"})
"""Verbs after which an act isn't allowed yet, or not at all."""

BY_TEXT = ("numbers", *Names.model_fields)
"""Words of a rule that only its text can hold: chosen numbers, and values with names of their own."""


@dataclass(frozen=True)
class At:
    """A rule shown to a person."""

    now: Writing
    clause: Clause
    number: int
    written: list[dict[str, Any]]

    @property
    def rule(self) -> dict[str, Any]:
        """The rule."""
        return self.written[self.number - 1]

    @property
    def page(self) -> str:
        """Its address."""
        return reverse("own-rule", args=[self.clause.id, self.number])

    @property
    def each(self) -> str:
        """Return the list whose parts it judges one by one; empty where it judges the whole."""
        return each_of(self.rule)

    @cached_property
    def subject(self) -> Subject:
        """Return what its conditions speak of."""
        return subject_of(self.rule)

    def exceptions(self) -> list[Clause]:
        """Return the clauses over which the rule takes precedence."""
        known = self.now.pack.clauses
        return [known[one] for one in self.rule.get("overrides") or () if one in known]

    def verb(self, part: str) -> str:
        """Return what the step of this part does; WHEN of where the rule applies."""
        return part if part == WHEN else str(verb_of(steps_of(self.rule)[part]))

    def parts(self) -> list[str]:
        """The parts of the rule that have a condition of their own."""
        alone = "steps" not in self.rule
        return [WHEN, *(part for part in steps_of(self.rule) if not alone or self.verb(part) not in ALWAYS)]

    def stops_everything(self) -> bool:
        """Whether it stops each act of its situation, or has each wait for a ruling, whatever it is about."""
        if "each" in self.rule or condition_of(self.rule, WHEN) is not True:
            return False
        if not any(SITUATIONS[one].asks is Asks.ACT for one in situations_of(self.rule)):
            return False
        part = next(iter(steps_of(self.rule)))
        verb = self.verb(part)
        return verb in STOPPING and condition_of(self.rule, part) is (verb not in HELD_BACK_BY_NO)


def rule_at(visit: Visit, clause: str, number: int) -> At:
    """The rule of this number. Raises NotFound."""
    now = writing(visit.on).about(clause)
    found = clause_of(now.pack, clause)
    written = now.rules(clause)
    if not 1 <= number <= len(written):
        raise NotFound
    return At(now, found, number, written)


def shown_rule(here: At) -> dict[str, Any]:
    """Return what every page of a rule shows."""
    return {
        "now": here.now,
        "clause": here.clause,
        "number": here.number,
        "page": here.page,
        "title": "; ".join(situation_title(one) for one in situations_of(here.rule)),
        "words": rule_in_words(here.rule, here.now.pack.clauses),
        "text": as_text([here.rule]),
        "parts": [_part(here, part, place) for place, part in enumerate(here.parts())],
        "steps": len(steps_of(here.rule)),
        "exceptions": here.exceptions(),
        "can_except": any(verb_of(step) in EXCEPTING for step in steps_of(here.rule).values()),
        "stops_everything": here.stops_everything(),
        "ready": [
            {"key": one.key, "title": _(one.title)} for one in nearest(here.clause.says, here.clause.section)
        ],
        "by_text": [name for name in BY_TEXT if here.rule.get(name)],
        "stops_all": stops_all(here.rule),
    }


STOPS = frozenset({"forbid", "need", "refer"})
"""What holds something up."""


def stops_all(rule: Mapping[str, Any]) -> bool:
    """Whether a rule holds up every case of its situations: it has no condition."""
    if condition_of(rule, WHEN) is not True or rule.get("for"):
        return False
    part, step = next(iter(steps_of(rule).items()))
    verb, counts = verb_of(step), condition_of(rule, part)
    return verb in STOPS and counts is (verb != "need")


def _part(here: At, part: str, place: int) -> dict[str, Any]:
    written = condition_of(here.rule, part)
    verb = here.verb(part)
    name = _("Where it applies") if part == WHEN else VERBS[verb][0]  # type: ignore[index]
    return {
        "key": part,
        "title": f"{place}. {name}" if place and "steps" in here.rule else str(name),
        "constant": written if isinstance(written, bool) else None,
        "place": place if "steps" in here.rule else 0,
        "unreached": part in never_reached(here.rule),
        "group": _group(written, here.subject, part, verb, ()),
    }


def _group(written: Any, about: Subject, part: str, verb: str, way: Way) -> dict[str, Any]:
    how, parts = parts_of(written)
    rows = []
    for place, one in enumerate(parts if not isinstance(written, bool) else []):
        there, inner = (*way, place), inner_of(one)
        simple = compared(one)
        inside = about.inside(simple.fact) if simple is not None and inner is not None else about
        alone = simple.around(True) if simple is not None and inner is not None else None
        rows.append(
            {
                "at": in_an_address(there),
                "words": condition_in_words(one, about),
                "head": "" if inner is None else _head(one, alone, about),
                "list": alone is not None,
                "turned": isinstance(one, Mapping) and [*one] == ["not"],
                "group": None if inner is None else _group(inner, inside, part, verb, there),
                "can": simple is not None and about.shown(simple) is not None,
                "fact": simple.fact if simple else "",
            }
        )
    return {
        "how": how,
        "parts": rows,
        "at": in_an_address(way),
        "part": part,
        "asks": verb == "need" and not way,
    }


def _head(part: Any, alone: Compared | None, about: Subject) -> str:
    """Return the words before the parts of a part."""
    if alone is not None:
        return condition_in_words(alone.written, about).removesuffix(_("always"))
    return "" if is_group(part) else _("Not true:")


def keep_condition(request: HttpRequest, visit: Visit, here: At, part: str, condition: Any) -> None:
    """Save the rule with another condition. Raises BadInput where it does not fit."""
    try:
        changed = with_condition(here.rule, part, condition)
    except BadCondition as bad:
        raise BadInput({"rule": _said(bad)}) from None
    keep_rule(request, visit, here, changed)


def keep_rule(request: HttpRequest, visit: Visit, here: At, changed: Mapping[str, Any]) -> None:
    """Save another rule in the place of this one. Raises BadInput, NotNow."""
    written: list[Mapping[str, Any]] = list(here.written)
    written[here.number - 1] = changed
    keep_written(request, visit, here, written)


def _said(bad: BadCondition) -> str:
    if bad.way == ("need",):
        return _("If a rule makes something wait, it must say what people are asked for.")
    return str(bad)


def keep_written(request: HttpRequest, visit: Visit, here: At, written: Any) -> None:
    """Save the rules of the clause in the next reading. Raises BadInput, NotNow."""
    own_policy.keep_rules(
        by=visit.person, at=visit.at, clause=here.clause.id, written=written, edition=edition_of(request)
    )


def edition_of(request: HttpRequest) -> int:
    """The edition of the next reading that the page showed."""
    return small_in(request.POST.get("edition", "")) or 0


def way_of(text: str) -> Way:
    """The way to a part of a condition, from an address. Raises NotFound."""
    steps = [small_in(one, most=999) for one in text.split(".")] if text else []
    if None in steps:
        raise NotFound
    return tuple(step for step in steps if step is not None)


def in_an_address(way: Way) -> str:
    """The way to a part of a condition, as an address has it."""
    return ".".join(map(str, way))


@page(place="policy", check=rules.check_may_own)
def new(request: HttpRequest, visit: Visit, clause: str) -> HttpResponseBase:
    """Begin a rule: find the situation, say what the clause does there, and what that needs."""
    now = writing(visit.on).about(clause)
    found = clause_of(now.pack, clause)
    situation = request.GET.get("about", "")
    if not situation:
        return _find(request, found)
    if situation not in ruled_on():
        raise NotFound
    context = {"clause": found, "situation": situation, "title": situation_title(situation), "now": now}
    if not request.GET.get("verb"):
        form = StartForm(None, situation=situation)
        return render(request, "policy/own/rule_start.html", {**context, "form": form})
    start = StartForm(request.GET, situation=situation)
    if not start.is_valid():
        return render(request, "policy/own/rule_start.html", {**context, "form": start}, status=422)
    point, verb = start.cleaned_data["point"], start.cleaned_data["verb"]
    each = start.cleaned_data.get("each", "")
    detail = DetailForm(
        request.POST or None, clause=found, situation=situation, verb=verb, roles=now.pack.roles, each=each
    )
    if request.method == "POST" and detail.is_valid():
        rule = begun(
            found, detail.step(), ask=situation, point=point, bound=start.cleaned_data["bound"], each=each
        )
        written = [*now.rules(clause), detail.supplied(rule)]
        try:
            own_policy.keep_rules(
                by=visit.person, at=visit.at, clause=clause, written=written, edition=edition_of(request)
            )
        except BadInput as error:
            detail.refuse(error)
        else:
            told = _("Rule saved. Now choose where it applies.")
            return done(request, told, "own-rule", clause, len(written))
    return _detail(request, context, detail, start.cleaned_data)


def _find(request: HttpRequest, clause: Clause) -> HttpResponseBase:
    # Words that people type are sent in a form, so that they reach no address and no log.
    form = SituationForm(request.POST or None)
    found = situations_found(form.cleaned_data["words"]) if form.is_bound and form.is_valid() else None
    context = {
        "form": form,
        "clause": clause,
        "found": found,
        "suggested": situations_found(clause.says)[:3] if found is None else [],
        "everything": all_situations(),
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "policy/own/rule_find.html", context, status=status)


def _detail(
    request: HttpRequest, context: Mapping[str, Any], detail: DetailForm, start: Mapping[str, Any]
) -> HttpResponseBase:
    point, verb, bound = start["point"], start["verb"], start["bound"]
    name, hint = VERBS[verb]
    more = {
        "form": detail,
        "point": point_label(point),
        "verb": name,
        "hint": hint,
        "stops_all": verb in STOPS and not bound,
        "query": urlencode(
            [
                ("about", context["situation"]),
                ("point", point),
                ("verb", verb),
                ("each", start.get("each", "")),
                *(("bound", one) for one in bound),
            ]
        ),
    }
    status = 422 if detail.is_bound and detail.errors else 200
    return render(request, "policy/own/rule_detail.html", {**context, **more}, status=status)


@page(place="policy", check=rules.check_may_own)
def rule(request: HttpRequest, visit: Visit, clause: str, number: int) -> HttpResponseBase:
    """One rule: as a sentence, as its text, and its conditions one by one."""
    here = rule_at(visit, clause, number)
    refused: BadInput | None = None
    if request.method == "POST":
        try:
            return _act(request, visit, here)
        except BadInput as error:
            refused = error
    context = {**shown_rule(here), "refused": list(refused.fields.values()) if refused else []}
    return render(request, "policy/own/rule.html", context, status=422 if refused else 200)


def _act(request: HttpRequest, visit: Visit, here: At) -> HttpResponseBase:
    """One of the buttons of a rule's page."""
    act = request.POST.get("act", "")
    if act == "remove":
        keep_written(request, visit, here, without(here.written, here.number))
        return done(request, _("Rule removed from the next interpretation."), "own-clause", here.clause.id)
    part = request.POST.get("part", "")
    if act in ("up", "down", "drop"):
        try:
            changed = (
                without_step(here.rule, part)
                if act == "drop"
                else with_step_moved(here.rule, part, -1 if act == "up" else 1)
            )
        except LookupError:
            raise NotFound from None
        keep_rule(request, visit, here, changed)
        return redirect(here.page)
    if act not in ("without", "turn", "not") or part not in here.parts():
        raise NotFound
    condition, way = condition_of(here.rule, part), way_of(request.POST.get("at", ""))
    try:
        if act == "turn":
            how: How = "any" if request.POST.get("how") == "any" else "all"
            changed = turned_over(condition, way, how)
        elif act == "not":
            changed = with_part(condition, way, opposite(part_at(condition, way)))
        else:
            changed = with_part(condition, way, None)
    except LookupError:
        raise NotFound from None
    keep_condition(request, visit, here, part, changed)
    return redirect(here.page)


@page(place="policy", check=rules.check_may_own)
def step(request: HttpRequest, visit: Visit, clause: str, number: int) -> HttpResponseBase:
    """Add a step below those of a rule: choose what it does, then what that needs."""
    here = rule_at(visit, clause, number)
    situation = situations_of(here.rule)[0]
    context = shown_rule(here)
    start = StepForm(request.GET if "verb" in request.GET else None, situation=situation)
    if not start.is_valid():
        status = 422 if start.is_bound else 200
        return render(request, "policy/own/step.html", {**context, "form": start}, status=status)
    verb = start.cleaned_data["verb"]
    detail = DetailForm(
        request.POST or None,
        clause=here.clause,
        situation=situation,
        verb=verb,
        roles=here.now.pack.roles,
        each=here.each,
    )

    def changed() -> Mapping[str, Any]:
        return detail.supplied(with_steps(here.rule, [*plain_steps(here.rule), detail.step()]))

    if detail.save(lambda _said: keep_rule(request, visit, here, changed())):
        return done(request, _("Step added. Now choose where it applies."), here.page)
    name, hint = VERBS[verb]
    more = {"query": urlencode({"verb": verb}), "verb": name, "hint": hint}
    return form_page(request, "policy/own/step.html", detail, {**context, **more})


@page(place="policy", check=rules.check_may_own)
def exceptions(request: HttpRequest, visit: Visit, clause: str, number: int) -> HttpResponseBase:
    """Choose the clauses over which a rule takes precedence."""
    here = rule_at(visit, clause, number)
    context = shown_rule(here)
    if not context["can_except"]:
        raise NotFound
    offered, now = can_be_excepted(here.now, here.rule), here.rule.get("overrides") or ()
    form = ExceptionForm(request.POST or None, offered=offered, now=now)
    if form.save(lambda said: keep_rule(request, visit, here, with_exceptions(here.rule, said["clauses"]))):
        return done(request, _("Exceptions saved."), here.page)
    return form_page(request, "policy/own/exceptions.html", form, {**context, "offered": offered})


urlpatterns = [
    path("policy/clauses/<slug:clause>/rules/new", new, name="own-rule-new"),
    path("policy/clauses/<slug:clause>/rules/<int:number>", rule, name="own-rule"),
    path("policy/clauses/<slug:clause>/rules/<int:number>/step", step, name="own-step-new"),
    path("policy/clauses/<slug:clause>/rules/<int:number>/exceptions", exceptions, name="own-exceptions"),
]
