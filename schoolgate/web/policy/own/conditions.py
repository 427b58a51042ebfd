"""The conditions of a rule, one page each, and examples on which it is tried."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _

from schoolgate.core.errors import BadInput, NotFound
from schoolgate.policy import rules
from schoolgate.policy.writing import example
from schoolgate.rulebook.errors import RulebookError
from schoolgate.rulebook.rules.fact_at import BadCondition
from schoolgate.rulebook.rules.making import can_be_shown, condition_of, facts_of, situations_of
from schoolgate.rulebook.rules.offered import Offered, checked, offered
from schoolgate.rulebook.rules.tree import Compared, Way, compared, part_at, with_more, with_part
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.rule_words import capital, fact_label
from schoolgate.web.frame.wording import quote_from, verdict
from schoolgate.web.policy.own.forms import ConditionForm, ExampleForm
from schoolgate.web.policy.own.rule_shown import At, keep_condition, rule_at, shown_rule, way_of


@page(place="policy", check=rules.check_may_own)
def condition(request: HttpRequest, visit: Visit, clause: str, number: int) -> HttpResponseBase:
    """Add a condition, or change one: choose the fact, then say what has to be true of it."""
    here = rule_at(visit, clause, number)
    part, way = request.GET.get("part", ""), way_of(request.GET.get("at", ""))
    if not can_be_shown(here.rule) or part not in here.parts():
        raise NotFound
    written = condition_of(here.rule, part)
    how, more = request.GET.get("how", "all"), "more" in request.GET
    try:
        now = None if more else compared(part_at(written, way))
    except LookupError:
        raise NotFound from None
    context = {
        **shown_rule(here),
        "query": urlencode(
            {key: request.GET[key] for key in ("part", "at", "how", "more") if key in request.GET}
        ),
        "adding": more,
    }
    key = request.GET.get("fact") or (now.fact if now else "")
    if not key:
        return render(request, "policy/own/condition_fact.html", {**context, **_facts(here, part)})
    fact = offered(here.situation, here.each).get(key)
    if fact is None:
        raise NotFound
    form = ConditionForm(
        request.POST or None,
        situation=here.situation,
        fact=fact,
        roles=here.now.pack.roles,
        now=now if now and now.fact == key else None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            keep_condition(
                request,
                visit,
                here,
                part,
                _changed(written, way, form.compared(), how, here, more=more),
            )
        except BadInput as error:
            form.refuse(error)
        else:
            return done(request, _("Condition saved."), here.page)
    status = 422 if form.is_bound else 200
    return render(
        request, "policy/own/condition.html", {**context, "form": form, "fact": fact.path}, status=status
    )


def _changed(written: Any, way: Way, one: Compared, how: str, here: At, *, more: bool) -> Any:
    """The condition with this comparison. Raises BadInput with the place and the nearest words."""
    try:
        checked(here.situation, one.written, here.each)
    except BadCondition as bad:
        raise BadInput({"value": str(bad)}) from None
    if more:
        return with_more(written, way, one.written, how="any" if how == "any" else "all")
    return with_part(written, way, one.written)


def _facts(here: At, part: str) -> dict[str, Any]:
    """Return the facts to choose from: first those that people are asked about, then computed ones."""
    rows: list[tuple[str, str, Offered]] = sorted(
        (
            (capital(fact_label(here.situation, one)), path, one)
            for path, one in offered(here.situation, here.each).items()
        ),
        key=lambda row: row[0].casefold(),
    )
    if part == "need":
        rows = [row for row in rows if row[2].ask is not None and row[2].ask.need]
    return {
        "facts": [(path, label) for label, path, one in rows if not one.worked_out],
        "worked_out": [(path, label) for label, path, one in rows if one.worked_out],
    }


@page(place="policy", check=rules.check_may_own)
def examples(request: HttpRequest, visit: Visit, clause: str, number: int) -> HttpResponseBase:
    """Try the rule on a case: its result now, and under the next interpretation. Saves nothing."""
    here = rule_at(visit, clause, number)
    situation = situations_of(here.rule)[0]
    can = [one for one in offered(situation, here.each).values() if not one.worked_out and not one.instant]
    named = set(facts_of(here.rule)) if can_be_shown(here.rule) else set()
    first = [one for one in can if one.path in named]
    rest = [one for one in can if one.path not in named]
    asked = [*first, *(rest if not first or "all" in request.GET else [])]
    form = ExampleForm(request.POST or None, situation=situation, facts=asked, roles=here.now.pack.roles)
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
