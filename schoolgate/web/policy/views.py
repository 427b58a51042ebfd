"""The policy in force, and decisions with all that they were made with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound
from schoolgate.people.rules import can
from schoolgate.policy import knowing, queries, rules
from schoolgate.policy.access import decision_for, sees_facts
from schoolgate.policy.documents import own_words_of
from schoolgate.policy.headings import by_heading
from schoolgate.policy.models import DecisionFacts
from schoolgate.policy.queries import PolicyInForce
from schoolgate.policy.states import Attested
from schoolgate.policy.writing import is_own
from schoolgate.web.frame.doors import Visit, opens, page
from schoolgate.web.frame.numbers import small_in
from schoolgate.web.frame.wording import kept_verdict, plain
from schoolgate.web.policy import guides

MOST_FOUND = 50
"""Most clauses that a search shows; more words find fewer."""


@page(place="policy")
def policy(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show which policy is in force, what the visitor still has to do about it, and its sections.

    `?section=` opens one section; htmx, which asks when a fold is opened, gets only its clauses. POST
    searches all of them. With `as=guides` it shows the guides.
    """
    if request.GET.get("as") == "guides":
        return guides.page_of(request, visit)
    found = queries.policy_or_none(visit.on)
    book = queries.book_in_scope()
    may_own = can(rules.check_may_own, visit.person, on=visit.on)
    words = request.POST.get("words", "").strip()[:200]
    clauses = queries.clauses_with(book, words)
    headings = by_heading(clauses[:MOST_FOUND] if words else clauses)
    opened = _number(request.GET["section"], most=len(headings)) if "section" in request.GET else 0
    shown = {
        "policy": found,
        "may_own": may_own,
        "own": own_words_of(found.version) if found and (words or opened) else None,
        "sees_evidence": bool(clauses) and opens(visit, "clause-evidence", clauses[0].id),
    }
    if opened and request.headers.get("HX-Request"):
        return render(request, "policy/_clauses.html", {**shown, "heading": headings[opened - 1]})
    context = {
        **shown,
        "meta": book.meta,
        "words": words,
        "number": len(clauses),
        "headings": headings,
        "more_found": bool(words) and len(clauses) > MOST_FOUND,
        "opened": opened,
        **(_standing(visit, found, may_own=may_own) if found else {}),
    }
    return render(request, "policy/policy.html", context)


def _standing(visit: Visit, found: PolicyInForce, *, may_own: bool) -> dict[str, Any]:
    """Return what the visitor has said, what changes next, and how the policy came into force.

    An interpretation in progress is visible only to its owner until it is signed. Everyone may see a version
    in preparation.
    """
    wanted = knowing.wants(found, on=visit.on)
    said = queries.vouched([visit.person], found.version, on=visit.on)[visit.person.pk]
    return {
        "since": local_day(found.version.in_force_from) if found.version.in_force_from else found.adopted_on,
        "said": said,
        "must_say": (wanted.asks or bool(wanted.for_account)) and not said.get(Attested.POLICY_READ),
        "coming": [
            {"version": row, "from_day": local_day(row.in_force_from) if row.in_force_from else None}
            for row in queries.coming_versions(found)
        ],
        "reading_draft": queries.draft_of(found.version) if may_own else None,
        "own_policy": is_own(found.version),
        "last_review": next(iter(queries.reviews_of(found.version)), None),
    }


@page(place="policy")
def decision(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """One decision: the answer, the wording, version and reading it was made with, the facts it was given."""
    kept = decision_for(visit.person, pk, on=visit.on)
    facts: DecisionFacts | None = getattr(kept, "facts_row", None)
    context = {
        "kept": kept,
        "verdict": kept_verdict(kept, at=kept.at),
        "facts": _facts(facts.facts) if facts and sees_facts(visit.person, kept, on=visit.on) else None,
        "facts_erased": facts is None,
        "about": kept.body["situation"],
    }
    return render(request, "policy/decision.html", context)


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
    found = small_in(asked, most=most)
    if not found:
        raise NotFound
    return found


urlpatterns = [
    path("policy", policy, name="policy"),
    path("decisions/<int:pk>", decision, name="decision"),
]
