"""The rules of a clause of a federation's own policy: begun, given conditions, tried on examples.

Each page writes the next reading; nothing counts before that is tried on past decisions and signed
(`web/policy/reading.py`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from schoolgate.core.errors import BadInput, NotFound
from schoolgate.policy import actions, rules
from schoolgate.policy.writing import clause_of, without, writing
from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.rules.making import begun, condition_of, with_step_moved, without_step
from schoolgate.rulebook.rules.offered import ruled_on
from schoolgate.rulebook.rules.tree import How, opposite, part_at, turned_over, with_part
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.rule_words import VERBS
from schoolgate.web.frame.wording import point_label, situation_title
from schoolgate.web.policy.asking.situation_search import all_situations, situations_found
from schoolgate.web.policy.own.forms import DetailForm, SituationForm, StartForm
from schoolgate.web.policy.own.rule_shown import (
    STOPS,
    At,
    edition_of,
    keep_condition,
    keep_rule,
    keep_written,
    rule_at,
    shown_rule,
    way_of,
)


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
            actions.keep_rules(
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


urlpatterns = [
    path("policy/clauses/<slug:clause>/rules/new", new, name="own-rule-new"),
    path("policy/clauses/<slug:clause>/rules/<int:number>", rule, name="own-rule"),
]
