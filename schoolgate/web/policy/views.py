"""The policy in force, and decisions with all that they were made with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.people.rules import can
from schoolgate.policy import actions, knowing, queries, rules, rules_knowing
from schoolgate.policy.access import decision_for, sees_facts
from schoolgate.policy.models import KeptFacts
from schoolgate.policy.queries import PolicyInForce
from schoolgate.rulebook import Book
from schoolgate.web.frame.doors import Visit, done, opens, page
from schoolgate.web.frame.forms import DayField, SchoolForm
from schoolgate.web.frame.wording import kept_verdict, plain
from schoolgate.web.policy.standing import standing


class AdoptForm(SchoolForm):
    """The day on which the federation adopted its policy."""

    adopted_on = DayField(label=_("Date of adoption"), help_text=_("As shown in the governors’ minutes."))


@page(place="policy")
def policy(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The policy by section, what it is in force as, and what I have said about it."""
    try:
        found: PolicyInForce | None = queries.in_force(visit.on)
    except NotNow:
        found = None
    book = queries.book_in_scope()
    sections = list(dict.fromkeys(clause.section for clause in book.clauses.values()))
    may_own = can(rules.check_may_own, visit.person, on=visit.on)
    number = _number(request.GET.get("section", "1"), most=len(sections) or 1)
    context = {
        "visit": visit,
        "policy": found,
        "meta": book.meta,
        "sections": list(enumerate(sections, start=1)),
        "number": number,
        "section": sections[number - 1] if sections else "",
        "clauses": _clauses(visit, book, sections[number - 1]) if sections else [],
        "said": queries.vouched([visit.person], found.version, on=visit.on)[visit.person.pk] if found else {},
        "wanted": knowing.wants(found, on=visit.on) if found else None,
        "may_see_known": can(rules_knowing.check_may_see_known, visit.person, on=visit.on),
        "may_own": may_own,
        **(standing(found, may_own=may_own) if found else {}),
    }
    return render(request, "policy/policy.html", context)


@page(place="policy", check=rules.check_may_own)
def adopt(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Put the policy in force."""
    form = AdoptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.adopt(by=visit.person, at=visit.at, adopted_on=form.cleaned_data["adopted_on"])
        except BadInput as error:
            form.refuse(error)
        else:
            return done(request, _("The policy is in force."), "policy")
    status = 422 if form.is_bound else 200
    return render(request, "policy/adopt.html", {"form": form}, status=status)


@page(methods=("POST",))
def sign_reading(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Sign our reading as the policy's owner."""
    actions.sign_reading(by=visit.person, at=visit.at)
    return done(request, _("The interpretation is signed."), "policy")


@page(place="policy")
def decision(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """One decision: the answer, the wording, version and reading it was made with, the facts it was given."""
    kept = decision_for(visit.person, pk, on=visit.on)
    facts: KeptFacts | None = getattr(kept, "facts_row", None)
    context = {
        "kept": kept,
        "verdict": kept_verdict(kept, at=kept.at),
        "facts": _facts(facts.facts) if facts and sees_facts(visit.person, kept, on=visit.on) else None,
        "facts_erased": facts is None,
        "about": kept.body["situation"],
    }
    return render(request, "policy/decision.html", context)


def _clauses(visit: Visit, book: Book, section: str) -> list[dict[str, Any]]:
    shown = [clause for clause in book.clauses.values() if clause.section == section]
    sees = opens(visit, "clause-evidence", shown[0].id)
    return [
        {"clause": clause, "evidence": reverse("clause-evidence", args=[clause.id]) if sees else ""}
        for clause in shown
    ]


def _facts(given: dict[str, Any], before: str = "") -> Sequence[tuple[str, str]]:
    """Facts as rows of a table: what, and the answer; persons are numbers, as they were when it was asked."""
    rows: list[tuple[str, str]] = []
    for key, value in given.items():
        name = f"{before}{key}".replace("_", " ")
        if isinstance(value, dict):
            rows += _facts(value, f"{name}, ")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for number, one in enumerate(value, start=1):
                rows += _facts(one, f"{name} {number}, ")
        else:
            rows.append((name, _answer(value)))
    return rows


def _answer(value: Any) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, str | list):
        return plain(value)
    return json.dumps(value)


def _number(asked: str, *, most: int) -> int:
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:6]) <= most):
        raise NotFound
    return int(asked)


urlpatterns = [
    path("policy", policy, name="policy"),
    path("policy/adopt", adopt, name="policy-adopt"),
    path("policy/sign-reading", sign_reading, name="policy-sign-reading"),
    path("decisions/<int:pk>", decision, name="decision"),
]
