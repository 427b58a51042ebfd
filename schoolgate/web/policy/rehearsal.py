"""A rehearsal of the policy before it is signed: what is wrong, made-up cases as stories, and ready
questions of a head, answered over all facts: never, or the case in which it happens.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolgate.core.errors import NotFound
from schoolgate.policy import rules
from schoolgate.policy.rehearsed import BY_KEY as PROVEN_BY_KEY
from schoolgate.policy.rehearsed import Answer as ProvenAnswer
from schoolgate.policy.rehearsed import Proven, Rehearsed, ask_of_rehearsed, rehearse
from schoolgate.policy.writing import is_own
from schoolgate.reports.rehearsal import Step, walked
from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.proof import can_prove
from schoolgate.rulebook.proof.searching import QUESTIONS, story
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.matching import nearest
from schoolgate.rulebook.rehearsal.case import Case, instant_of_cases
from schoolgate.rulebook.rehearsal.cases import BY_KEY
from schoolgate.rulebook.rehearsal.findings import MAY, STOPS_WORK, WORDS, Mend, Told, What, Wrong
from schoolgate.rulebook.rehearsal.mending import MENDED_BY
from schoolgate.rulebook.sentences.words import BOUNDS
from schoolgate.web.frame.doors import Visit, page
from schoolgate.web.frame.errors import limited
from schoolgate.web.frame.shown import ShownVerdict
from schoolgate.web.frame.wording import KINDS, answer_in_short, quote_from, verdict

SHOWN_BESIDE = 5
"""So many of the worst findings stand beside a button that signs."""
NAMES: Mapping[str, str | Promise] = {
    "version": gettext_lazy("the version that is being prepared"),
    "reading": gettext_lazy("the next interpretation"),
    "now": gettext_lazy("the policy as it is now"),
}
MENDS: Mapping[Mend, str | Promise] = {
    Mend.NEW_CLAUSE: gettext_lazy("Add a clause"),
    Mend.CLAUSE: gettext_lazy("Change this clause’s rules"),
    Mend.ROLES: gettext_lazy("Change roles"),
    Mend.PEOPLE: gettext_lazy("Give someone a role"),
}

TAGS: Mapping[What, str | Promise] = {
    What.NO_RULES: gettext_lazy("No rules"),
    What.NOT_STOPPED: gettext_lazy("Not stopped"),
}
TAGS_BY_KIND: Mapping[str, str | Promise] = {
    "no": gettext_lazy("Will never be done"),
    "wait": gettext_lazy("Look at this"),
    "plain": gettext_lazy("Not tried"),
}


@dataclass(frozen=True)
class ShownCase:
    """A case by its title, with the place of its story on the page."""

    key: str
    title: str


@dataclass(frozen=True)
class ShownWrong:
    """One thing that is wrong, the cases in which it shows, the clauses it is about, and where to mend it."""

    kind: str
    tag: str
    words: str
    mend: str
    href: str
    cases: list[ShownCase]
    clauses: list[tuple[str, str]]
    ready: list[tuple[str, str]]


@dataclass(frozen=True)
class ShownStory:
    """A case, what happened, and what the policy answers. `wrong`: nothing stops what must never be, so it
    stands first and open; `ready`: the ready rules that would answer it."""

    case: ShownCase
    story: str
    kind: str
    answer: str
    verdict: ShownVerdict
    must_stop: str
    wrong: bool
    ready: list[tuple[str, str]]


@dataclass(frozen=True)
class ShownStep:
    """A step of the walk: who took it or tried to, and what held it up."""

    title: str
    who: str
    kind: str
    tag: str
    told: str
    verdict: ShownVerdict | None


@page(place="policy", check=rules.check_may_own, methods=("GET", "HEAD"))
def rehearsal(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Put made-up cases to what is being prepared, walk through the main job under it, and show the stories
    and what is wrong. Nothing of it is kept."""
    found = rehearse(at=visit.at, on=visit.on, of=request.GET.get("of", ""))
    steps = walked(found, by=visit.person, at=visit.at, on=visit.on)
    shown = wrongs_shown(found, all_of_them=True)
    context = {
        **shown,
        "wrongs": [*(_stuck(one, found) for one in steps if one.stuck), *shown["wrongs"]],
        "steps": [_step(one, found, at=visit.at) for one in steps],
        "done": sum(one.done for one in steps),
        "stuck": any(one.stuck for one in steps),
        "found": found,
        "name": NAMES[found.of],
        "others": [(one, NAMES[one]) for one in found.others],
        "stories": _stories(found, at=instant_of_cases(visit.at)),
        **counts(found),
    }
    return render(request, "policy/rehearsal.html", context)


def counts(found: Rehearsed) -> dict[str, Any]:
    """Return how many cases the policy's own rules answer, how many only a clause to read first, how many it
    says nothing about: each is counted once. What a rule forbids is answered, whatever is still to read."""
    asked = len(found.told)
    answered = sum(one.is_covered and one.answer is not Answer.READ_FIRST for one in found.told)
    silent = sum(not one.is_covered and not one.decision.unread for one in found.told)
    return {
        "asked": asked,
        "answered": answered,
        "read": asked - answered - silent,
        "silent": silent,
        "no_rules": not found.book.pack.bindings,
    }


def wrongs_shown(found: Rehearsed, *, all_of_them: bool = False) -> dict[str, Any]:
    """Return what is wrong in words, the worst first: all, or so many as stand beside a button."""
    shown = [_wrong(one, found) for one in found.wrongs]
    return {
        "wrongs": shown if all_of_them else shown[:SHOWN_BESIDE],
        "found_in_all": len(shown),
        "more": 0 if all_of_them else max(0, len(shown) - SHOWN_BESIDE),
        "rehearsed": found.of,
    }


def beside(visit: Visit, of: str) -> dict[str, Any]:
    """Return the worst findings for a page on which `of` is signed or adopted."""
    return wrongs_shown(rehearse(at=visit.at, on=visit.on, of=of))


def _wrong(one: Wrong, found: Rehearsed) -> ShownWrong:
    may = _(MAY[one.may]) if one.may else ""
    cases = [_case(BY_KEY[key]) for key in one.cases]
    words = _(WORDS[one.what]).format(
        role=one.role, may=may, people=", ".join(one.people), cases=", ".join(case.title for case in cases)
    )
    quote = quote_from(found.book)
    clauses = [(quote(key).says, _href(Mend.CLAUSE, key, found)) for key in one.clauses]
    first = one.clauses[0] if one.clauses else ""
    return ShownWrong(
        kind=_kind(one.what),
        tag=str(TAGS.get(one.what) or TAGS_BY_KIND[_kind(one.what)]),
        words=words,
        mend=str(MENDS[one.mend]),
        href=_href(one.mend, first, found),
        cases=[] if "{cases}" in WORDS[one.what] and len(cases) > 1 else cases,
        clauses=clauses,
        ready=_ready_for(one, found),
    )


def _ready_for(one: Wrong, found: Rehearsed) -> list[tuple[str, str]]:
    """Return the ready rules that mend it, with their pages: for cases that nothing answers or stops the rule
    that does; for a clause to read the rule whose words are nearest."""
    if one.what in (What.NOT_STOPPED, What.NOT_COVERED):
        return _ready_rules(((MENDED_BY[case], "") for case in one.cases if case in MENDED_BY), found)
    if one.what is What.READ:
        near = ((clause, nearest(found.book.clauses[clause].says)[:1]) for clause in one.clauses)
        return _ready_rules(((each.key, clause) for clause, those in near for each in those), found)
    return []


def _ready_rules(rules: Iterable[tuple[str, str]], found: Rehearsed) -> list[tuple[str, str]]:
    """Return titles and pages of ready rules, each with the clause that says it, if there is one. Only a
    policy that is written here has them."""
    if found.version is None or not is_own(found.version):
        return []
    return [
        (
            _(ready_rules()[key].title),
            reverse("own-ready", args=[key]) + (f"?clause={clause}" if clause else ""),
        )
        for key, clause in dict.fromkeys(rules)
    ]


def _step(one: Step, found: Rehearsed, *, at: datetime) -> ShownStep:
    quote = quote_from(found.book)
    answer = verdict(one.decision, at=at, quote=quote) if one.decision is not None else None
    kind, tag = (
        ("good", _("Done")) if one.done else ("no", _("Held up")) if one.stuck else ("plain", _("Not tried"))
    )
    return ShownStep(str(one.title), ", ".join(one.who), kind, tag, one.told, answer)


def _stuck(one: Step, found: Rehearsed) -> ShownWrong:
    """A step of the walk that no one could take, as the worst that is wrong."""
    own = [key for key in one.clauses if key in found.book.clauses]
    quote, lacking = quote_from(found.book), one.waits_for(found.book)
    words = _("No one could take this step: {step}. {told}").format(step=one.title, told=one.told)
    if lacking and one.capacity is not None and one.capacity in MAY:
        words += " " + _("This needs {roles}, but that role may not {may}.").format(
            roles=", ".join(lacking), may=_(MAY[one.capacity])
        )
    mend = Mend.CLAUSE if own and not lacking else Mend.ROLES
    return ShownWrong(
        kind="no",
        tag=_("Held up"),
        words=words,
        mend=str(MENDS[mend]),
        href=_href(mend, own[0] if own else "", found),
        cases=[],
        clauses=[(quote(key).says, _href(Mend.CLAUSE, key, found)) for key in own],
        ready=[],
    )


def _kind(what: What) -> str:
    return "no" if what in STOPS_WORK else "plain" if what is What.NOT_MET else "wait"


def _href(mend: Mend, clause: str, found: Rehearsed) -> str:
    """Return the address of the form that mends it. A policy that came with the program is changed by its
    interpretation, or by its next version."""
    if mend is Mend.PEOPLE:
        return reverse("people")
    if found.version is None:
        return reverse("policy")
    if not is_own(found.version):
        return reverse("reading" if mend is not Mend.NEW_CLAUSE else "versions")
    if mend is Mend.ROLES:
        return reverse("own-roles")
    return reverse("own-clause", args=[clause]) if mend is Mend.CLAUSE else reverse("own-clause-new")


def _stories(found: Rehearsed, *, at: datetime) -> list[ShownStory]:
    """Return the cases as stories: first those of which nothing stops what must never be."""
    return sorted((_story(one, found, at=at) for one in found.told), key=lambda one: not one.wrong)


def _story(one: Told, found: Rehearsed, *, at: datetime) -> ShownStory:
    answer = one.answer
    lacks = (one.stopped is False or not one.is_covered) and one.case.key in MENDED_BY
    must_stop = ""
    if one.stopped is not None:
        must_stop = _("The policy stops this.") if one.stopped else _("Nothing in this policy stops this.")
    return ShownStory(
        case=_case(one.case),
        story=_(one.case.story),
        kind="no" if one.stopped is False else KINDS[answer],
        answer=answer_in_short(answer),
        verdict=verdict(one.decision, at=at, quote=quote_from(found.book)),
        must_stop=must_stop,
        wrong=one.stopped is False,
        ready=_ready_rules([(MENDED_BY[one.case.key], "")], found) if lacks else [],
    )


def _case(case: Case) -> ShownCase:
    return ShownCase(case.key, _(case.title))


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
    if key and key not in PROVEN_BY_KEY:
        raise NotFound
    answer = ask_of_rehearsed(found, PROVEN_BY_KEY[key], on=visit.on) if key and can_prove() else None
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


def _shown(answer: ProvenAnswer, found: Rehearsed, visit: Visit) -> dict[str, Any]:
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


urlpatterns = [
    path("policy/rehearsal", rehearsal, name="rehearsal"),
    path("policy/questions", ready_questions, name="ready-questions"),
]
