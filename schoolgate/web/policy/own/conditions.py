"""The conditions of a rule, one page each, and examples on which it is tried."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _

from schoolgate.core.errors import NotFound
from schoolgate.policy import rules
from schoolgate.policy.writing import example
from schoolgate.rulebook.errors import RulebookError
from schoolgate.rulebook.rules.making import condition_of, facts_of, situations_of
from schoolgate.rulebook.rules.offered import Subject
from schoolgate.rulebook.rules.tree import How, compared, joined, lists_on, part_at, with_more, with_part
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.rule_words import capital, fact_labels
from schoolgate.web.frame.wording import quote_from, verdict
from schoolgate.web.policy.own.condition_forms import ConditionForm, ExampleForm
from schoolgate.web.policy.own.rule_shown import keep_condition, rule_at, shown_rule, way_of

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
            return done(request, _("Condition saved."), here.page)
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
