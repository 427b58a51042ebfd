"""The steps of a rule, and the clauses over which it takes precedence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _

from schoolgate.core.errors import NotFound
from schoolgate.policy import rules
from schoolgate.policy.writing import can_be_excepted
from schoolgate.rulebook.rules.making import plain_steps, situations_of, with_exceptions, with_steps
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import form_page
from schoolgate.web.frame.rule_words import VERBS
from schoolgate.web.policy.own.forms import DetailForm, ExceptionForm, StepForm
from schoolgate.web.policy.own.rule_shown import keep_rule, rule_at, shown_rule


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
    path("policy/clauses/<slug:clause>/rules/<int:number>/step", step, name="own-step-new"),
    path("policy/clauses/<slug:clause>/rules/<int:number>/exceptions", exceptions, name="own-exceptions"),
]
