"""Each of the policy's roles at a glance: the holder, who acts for them, vacancies, what is waiting."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from schoolgate.duties.queries import known_to, waiting_for_roles
from schoolgate.people.own_word import awaited
from schoolgate.people.queries import book_of
from schoolgate.people.roles_held import RoleHeld, roles_held
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.wording import clause_shown, quote_from


def by_role(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """List every role of the policy, vacant ones first."""
    book = book_of(visit.federation)
    waiting = waiting_for_roles(known_to(visit.person, visit.on))
    quote, name = quote_from(book), book.meta.federation
    rows: list[dict[str, Any]] = [
        {
            "held": each,
            "waiting": waiting.get(each.role.key, 0),
            "named": each.number == 0 or bool(each.own),
            "why": [clause_shown(one, basis="policy", federation=name, quote=quote) for one in each.own_word],
            "awaited": _awaited(each, visit),
        }
        for each in roles_held(book, on=visit.on)
    ]
    gaps = [row for row in rows if row["held"].nobody and not (row["why"] or row["held"].away)]
    context = {
        "gaps": gaps,
        "rows": sorted((row for row in rows if row not in gaps), key=lambda row: not row["held"].nobody),
        "without": sum(row["held"].nobody for row in rows),
    }
    return render(request, "people/by_role.html", context)


def _awaited(each: RoleHeld, visit: Visit) -> list[str]:
    """Return the holders of a role whose own decision is awaited while they are away."""
    if not each.own_word or each.number:
        return []
    return [person.name for person in awaited(each.role.key, on=visit.on)]
