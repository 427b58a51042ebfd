"""Ready questions of a head, answered over all facts: never, or the case in which it happens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolgate.core.errors import NotFound
from schoolgate.policy import rules
from schoolgate.policy.proving import BY_KEY, Answer, Proven
from schoolgate.policy.rehearsed import Rehearsed, ask_of_rehearsed, rehearse
from schoolgate.rulebook.proof import can_prove
from schoolgate.rulebook.proof.questions import QUESTIONS
from schoolgate.rulebook.proof.telling import story
from schoolgate.rulebook.sentences.proofs import BOUNDS
from schoolgate.web.frame.doors import Visit, page
from schoolgate.web.frame.limits import limited
from schoolgate.web.frame.wording import quote_from, verdict
from schoolgate.web.policy.rehearsal import NAMES

SAYS: Mapping[Proven, tuple[str, str | Promise, str | Promise]] = {
    Proven.HAPPENS: ("no", gettext_lazy("Yes, in this case"), gettext_lazy("The simplest case is below.")),
    Proven.SAYS_NOTHING: (
        "wait",
        gettext_lazy("Never allowed, but the policy says nothing about this case"),
        gettext_lazy("Nothing in the policy stops it either. The simplest case is below."),
    ),
    Proven.NEVER: (
        "good",
        gettext_lazy("Never."),
        gettext_lazy("No rule of the policy allows it in any case."),
    ),
    Proven.UNLESS_RULED: (
        "wait",
        gettext_lazy("Never, unless someone gives a ruling"),
        gettext_lazy("These clauses don’t settle everything."),
    ),
    Proven.NOT_PROVEN: (
        "plain",
        gettext_lazy("Not proven"),
        gettext_lazy("No case was found, but some rules were too complex to check fully."),
    ),
    Proven.GAVE_UP: (
        "plain",
        gettext_lazy("No answer in time"),
        gettext_lazy("The search took too long, so there is no answer."),
    ),
}
"""Colour, heading and sentence of an answer."""


@limited("ready-questions", rate="60/m", looks=True)
@page(place="policy", check=rules.check_may_own, methods=("GET", "HEAD"))
def ready_questions(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """List the ready questions; with `ask`, the answer to one."""
    found = rehearse(at=visit.at, on=visit.on, of=request.GET.get("of", ""))
    key = request.GET.get("ask", "")
    if key and key not in BY_KEY:
        raise NotFound
    answer = ask_of_rehearsed(found, BY_KEY[key], on=visit.on) if key and can_prove() else None
    context = {
        "can_prove": can_prove(),
        "questions": [(one.key, _(one.asks)) for one in QUESTIONS],
        "of": found.of,
        "name": NAMES[found.of],
        "no_rules": not found.book.pack.bindings,
        "bounds": [_(one) for one in BOUNDS],
        **(_shown(answer, found, visit) if answer else {}),
    }
    return render(request, "policy/ready_questions.html", context)


def _shown(answer: Answer, found: Rehearsed, visit: Visit) -> dict[str, Any]:
    kind, title, words = SAYS[answer.proven]
    quote = quote_from(found.book)
    shown: dict[str, Any] = {
        "asked": _(answer.question.asks),
        "kind": kind,
        "title": title,
        "words": words,
        "clauses": [quote(one).says for one in answer.clauses],
        "rules": answer.rules,
    }
    if answer.decision is not None:
        shown["case"] = story(answer.decision.facts, _)
        shown["verdict"] = verdict(answer.decision, at=visit.at, quote=quote)
    return shown


urlpatterns = [path("policy/questions", ready_questions, name="ready-questions")]
