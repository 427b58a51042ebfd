"""Today: my tasks, what I'm waiting for, what is at risk, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from django.db.models import Exists, Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.http import urlencode
from django.utils.text import capfirst

from schoolgate.core.errors import NotFound
from schoolgate.core.page_keys import key_as_text, key_in
from schoolgate.duties.models import Duty
from schoolgate.duties.queries import Key, by_keys
from schoolgate.duties.queries import keys_of as keys_for
from schoolgate.duties.urgency import Urgency
from schoolgate.incidents import most_pressing
from schoolgate.people.models import User
from schoolgate.publishing.first_post import posts_that_went_out
from schoolgate.web.frame import sessions
from schoolgate.web.frame.doors import Visit, page
from schoolgate.web.frame.duty_words import names_of
from schoolgate.web.frame.parts import asked_for_today, parts_of_today
from schoolgate.web.frame.times import day_in_words
from schoolgate.web.today import mine as today_mine  # noqa: F401 - says what of a person's can wait for others
from schoolgate.web.today.getting_started import walk_of_today, walks_of
from schoolgate.web.today.morning import Morning, morning_of
from schoolgate.web.today.ready import ready
from schoolgate.web.today.risks import late_elsewhere, overseen, risks, state
from schoolgate.web.today.status import status_of
from schoolgate.web.today.tasks import each_once, grouped
from schoolgate.web.today.up_next import coming
from schoolgate.web.today.waiting import awaited, awaited_duties

PAGE = 20
URGENCIES = {str(each.value) for each in Urgency}
MOST_COUNTED = 100
"""Number up to which rows are counted, and dangers are on one page; beyond it the page says "more than"."""
KEY = ("urgency", "due", "id")
"""How an address says where a page of the list ends; `danger` where it ends among the dangers."""
DANGER = "danger"
IN_DANGER = Q(urgency=Urgency.DANGER)


@dataclass(frozen=True)
class Listed:
    """A page of a person's tasks. `leading`: the beginning of the list, where all danger is; `keys`: of the
    tasks on the page and behind it, few more than MOST_COUNTED; `following`: the query string of the next
    page."""

    duties: list[Duty]
    leading: list[Duty]
    keys: list[Key]
    following: str = ""

    @property
    def dangers(self) -> int:
        """Return how many things someone may be in danger by, each once, as the banner counts them."""
        leading = each_once(self.leading, self.leading)
        return len({each.subject for each in leading if each.urgency == Urgency.DANGER})


@page(place="today")
def today(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show my tasks in groups, including those of my roles, and the rest of the morning beside them; with
    `as=status` what is at risk and how each section of the policy is followed."""
    morning = morning_of(visit)
    if request.GET.get("as") == "status":
        return status_of(request, morning)
    listed, first = _listed(request, morning), not {"due", DANGER} & set(request.GET)
    duties = each_once(listed.duties, listed.leading)
    context = {
        "visit": visit,
        "day": capfirst(day_in_words(visit.on)),
        "may_write": "write_post" in visit.capacities,
        "following": listed.following,
        "dangers_follow": listed.following.startswith(f"{DANGER}="),
        "first": first,
        "kinds": {each.kind for each in duties},
    }
    if first:
        context |= _beside(request, morning, listed, duties)
    else:
        context["groups"] = grouped(duties, morning, names_of(duties), dangers=listed.dangers)
    return render(request, "today/today.html", context)


def _listed(request: HttpRequest, morning: Morning) -> Listed:
    """Return the page of the list that the address asks for. All danger is on the first page, up to
    MOST_COUNTED: the most pressing may be the newest."""
    after, keys_of = _after(request), partial(keys_for, morning.visit.person, morning.held)
    keys = keys_of(after=after, limit=MOST_COUNTED + 1)
    dangers = sum(urgency == Urgency.DANGER for urgency, _due, _pk in keys)
    if dangers > MOST_COUNTED or DANGER in request.GET:
        return _many_dangers(request, morning, keys)
    size = max(PAGE, dangers)
    found = by_keys(keys[:size])
    leading = found if after is None else by_keys(keys_of(only=IN_DANGER, limit=None))
    return Listed(found, leading, keys, _query(keys[size - 1]) if len(keys) > size else "")


def _many_dangers(request: HttpRequest, morning: Morning, keys: list[Key]) -> Listed:
    """Return a page of more dangers than one page shows, the most pressing first; behind the last of them
    the rest of the list follows."""
    keys_of = partial(keys_for, morning.visit.person, morning.held)
    there = keys_of(only=IN_DANGER, limit=None)
    dangers = by_keys(there)
    after: Any = key_in(request.GET[DANGER], most_pressing.KEY) if DANGER in request.GET else None
    found, key = most_pressing.page_of_dangers(dangers, after=after, size=MOST_COUNTED)
    if key is not None:
        return Listed(found, dangers, keys, urlencode({DANGER: key_as_text(*key)}))
    more = there and keys_of(after=there[-1], limit=1)
    return Listed(found, dangers, keys, _query(there[-1]) if more else "")


def _query(key: Key) -> str:
    return urlencode(dict(zip(KEY, map(str, key), strict=True)))


def _beside(request: HttpRequest, morning: Morning, listed: Listed, duties: list[Duty]) -> dict[str, Any]:
    """Return the first page of the list with everything beside it. The number of queries does not grow with
    the rows: the names of all things are loaded in one go."""
    visit, keys = morning.visit, listed.keys
    mine = [pk for _urgency, _due, pk in keys]
    there = overseen(morning)
    late = late_elsewhere(there, morning, but=mine) if there else {}
    waits, things = awaited_duties(visit.person, but=mine)
    names = names_of([*duties, *late, *waits])
    memberships = sessions.memberships(request, cast("User", request.user), on=visit.on)
    walks, so_far, found = walks_of(visit, out=Exists(posts_that_went_out()), **asked_for_today(visit.on))
    return {
        "groups": grouped(duties, morning, names, dangers=listed.dangers),
        "count": min(len(keys), MOST_COUNTED),
        "many": len(keys) > MOST_COUNTED,
        "late": sum(due < visit.at for _urgency, due, _pk in keys),
        "ready": None if found["out"] else ready(visit),
        "walk": walk_of_today(walks, so_far, on=visit.on),
        "awaited": awaited(waits, things, morning, names),
        "risks": risks(there, morning, late, names) if there else None,
        "state": state(there, morning) if there else None,
        "coming": coming(morning),
        "elsewhere": [
            membership
            for membership in memberships
            if visit.membership and membership.pk != visit.membership.pk
        ],
        "parts": parts_of_today(visit, found),
    }


def _after(request: HttpRequest) -> Key | None:
    if "due" not in request.GET:
        return None
    urgency = request.GET.get("urgency", "")
    if urgency not in URGENCIES:
        raise NotFound
    return int(urgency), *key_in(f"{request.GET['due']}_{request.GET.get('id', '')}")


urlpatterns = [path("today", today, name="today")]
