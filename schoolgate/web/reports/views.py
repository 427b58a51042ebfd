"""Evidence that the policy is followed: its sections, their clauses, and the rows that rest on each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse

from schoolgate.accounts.queries.brought_in import standing
from schoolgate.core.errors import NotFound
from schoolgate.core.subjects import number_of
from schoolgate.inbox.rules import SEES
from schoolgate.policy.queries import book_in_scope
from schoolgate.reports import queries
from schoolgate.reports.keeping import how_kept
from schoolgate.reports.queries import COUNTED, Evidence
from schoolgate.reports.rules import check_may_see_evidence
from schoolgate.reports.sentences import PROOFS, event_in_words, subject_in_words
from schoolgate.rulebook import Book
from schoolgate.web.frame.doors import Visit, opens, page
from schoolgate.web.frame.numbers import number_in
from schoolgate.web.frame.wording import (
    clause_shown,
    federation_of,
    outcome_in_words,
    quote_from,
    situation_title,
)

PAGE = 25
PAGES: Mapping[str, str] = {
    "accounts.account": "account",
    "accounts.proposal": "proposal",
    "inbox.answer": "answer",
    "inbox.item": "item",
    "media.picture": "picture",
    "people.person": "person",
    "policy.kept": "decision",
    "publishing.delivery": "delivery",
    "publishing.post": "post",
}
"""Kind of a subject -> the page that shows one."""
OF_THE_INBOX = ("inbox.answer", "inbox.item")
"""Not everyone who sees evidence may read these. People who would be refused get no link."""


@page(place="evidence", check=check_may_see_evidence)
def evidence(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The sections of the policy, and when something was last recorded under each."""
    book = book_in_scope()
    last = queries.last_times(list(book.clauses))
    context = {
        "policy": book.meta,
        "rows": [_section(book, number, name, last) for number, name in enumerate(sections(book), start=1)],
        "others": [_others(book, key, last_of_pack) for key, last_of_pack in _other_packs(book)],
        "there": standing(visit.on),
    }
    return render(request, "evidence/sections.html", context)


def sections(book: Book) -> list[str]:
    """The sections of the policy in reading order."""
    return list(dict.fromkeys(clause.section for clause in book.clauses.values()))


def _section(book: Book, number: int, name: str, last: Mapping[str, Any]) -> dict[str, Any]:
    clauses = [clause.id for clause in book.clauses.values() if clause.section == name]
    times = [last[clause] for clause in clauses if clause in last]
    kept = sum(1 for clause in clauses if how_kept(book, clause).asked)
    return {
        "number": number,
        "name": name,
        "clauses": len(clauses),
        "shown": len(times),
        "kept": kept,
        "last": max(times, default=None),
    }


def _other_packs(book: Book) -> list[tuple[str, Mapping[str, Any]]]:
    return [(pack.meta.key, queries.last_times(list(pack.clauses))) for pack in book.packs[1:]]


def _others(book: Book, key: str, last: Mapping[str, Any]) -> dict[str, Any]:
    pack = next(pack for pack in book.packs if pack.meta.key == key)
    return {
        "key": key,
        "clauses": len(pack.clauses),
        "shown": len(last),
        "last": max(last.values(), default=None),
    }


@page(place="evidence", check=check_may_see_evidence)
def section(request: HttpRequest, visit: Visit, number: int) -> HttpResponseBase:
    """The clauses of one section, each with how many rows rest on it and the last date."""
    book = book_in_scope()
    named = sections(book)
    if not 1 <= number <= len(named):
        raise NotFound
    name = named[number - 1]
    return _clauses(request, book, name, [c.id for c in book.clauses.values() if c.section == name])


@page(place="evidence", check=check_may_see_evidence)
def others(request: HttpRequest, visit: Visit, key: str) -> HttpResponseBase:
    """List the clauses of the law, or Schoolgate's own rules, that apply beside the policy."""
    book = book_in_scope()
    pack = next((pack for pack in book.packs[1:] if pack.meta.key == key), None)
    if pack is None:
        raise NotFound
    return _clauses(request, book, "", list(pack.clauses), key=key)


def _clauses(
    request: HttpRequest, book: Book, name: str, ids: list[str], *, key: str = ""
) -> HttpResponseBase:
    counted, last = queries.counts(ids), queries.last_times(ids)
    context = {
        "policy": book.meta,
        "name": name,
        "key": key,
        "most": COUNTED,
        "rows": [
            {
                "clause": book.clause(clause),
                "count": min(counted[clause], COUNTED),
                "more": counted[clause] > COUNTED,
                "last": last.get(clause),
                "asked": bool(how_kept(book, clause).asked),
            }
            for clause in ids
        ],
    }
    return render(request, "evidence/clauses.html", context)


@page(place="evidence", check=check_may_see_evidence)
def clause(request: HttpRequest, visit: Visit, clause: str) -> HttpResponseBase:
    """Show one clause: its text, how it is applied, and the rows that rest on it, newest first."""
    book = book_in_scope()
    pack = next((pack for pack in book.packs if clause in pack.clauses), None)
    if pack is None:
        raise NotFound
    before = number_in(request.GET["before"]) if "before" in request.GET else None
    found, following = queries.evidence_for(clause, before=before, limit=PAGE)
    how = how_kept(book, clause)
    context = {
        "clause": clause_shown(
            clause, basis=str(pack.basis), federation=federation_of(book.key), quote=quote_from(book)
        ),
        "back": _back(book, clause),
        "asked": [situation_title(each) for each in how.asked],
        "answered": [situation_title(each) for each in how.answered],
        "kept_by": how.kept_by,
        "proofs": [PROOFS[each] for each in how.proofs],
        "rows": [_row(each, visit) for each in found],
        "before": before,
        "following": following,
    }
    return render(request, "evidence/clause.html", context)


def _back(book: Book, clause_id: str) -> str:
    """Return the page whose list contains the clause."""
    if clause_id in book.clauses:
        number = sections(book).index(book.clause(clause_id).section) + 1
        return reverse("evidence-section", args=[number])
    key = next(pack.meta.key for pack in book.packs if clause_id in pack.clauses)
    return reverse("evidence-others", args=[key])


def _row(each: Evidence, visit: Visit) -> dict[str, Any]:
    kind = each.subject.partition(":")[0]
    number = number_of(each.subject) if kind in PAGES else None
    linked = number is not None and opens(visit, PAGES[kind], number)
    linked = linked and (kind not in OF_THE_INBOX or bool(SEES & visit.capacities))
    return {
        "at": each.row.at,
        "number": each.row.number,
        "says": event_in_words(each.row.event),
        "by": each.by.name if each.by else "",
        "by_gone": each.by_gone,
        "subject": subject_in_words(each.subject),
        "href": reverse(PAGES[kind], args=[number]) if linked else "",
        "decision": each.decision,
        "answer": outcome_in_words(each.decision.outcome) if each.decision else "",
    }


urlpatterns = [
    path("evidence", evidence, name="evidence"),
    path("evidence/sections/<int:number>", section, name="evidence-section"),
    path("evidence/beside/<slug:key>", others, name="evidence-others"),
    path("evidence/clauses/<slug:clause>", clause, name="clause-evidence"),
]
