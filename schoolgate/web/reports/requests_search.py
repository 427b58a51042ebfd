"""Search for what a request asks for: start it, watch it, stop it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from schoolgate.people.queries import person as person_by_id
from schoolgate.records.destroying import check_decides
from schoolgate.rights import finding, requests
from schoolgate.rights.finding import PERSON, named_here, progress_of, pupil_by_id, sought_for
from schoolgate.rights.models import GatheringState, Kind, Request
from schoolgate.web.frame.doors import Visit, done
from schoolgate.web.frame.numbers import number_in
from schoolgate.web.frame.steps import private_page
from schoolgate.web.reports.requests_answer_forms import NONE_OF_THESE, SearchForm


def search(request: HttpRequest, visit: Visit, found: Request, here: str) -> HttpResponseBase:
    """Show how far the search is, and start or stop it."""
    check_decides(visit.person, on=visit.on)
    if request.POST.get("do") == "stop":
        requests.stop_gathering(by=visit.person, at=visit.at, request=found)
        return done(request, _("Search stopped. What it found stays."), f"{here}&part=search")
    progress = progress_of(found)
    sought = sought_for(found)
    words = finding.words_of(found)
    lines = "\n".join(sought.lines) if sought else words.get("about") or words.get("name", "")
    initial: dict[str, Any] = {"lines": "" if not sought and found.kind == Kind.INFORMATION else lines}
    if sought:
        initial |= {"since": sought.since, "until": sought.until}
    people = named_here(lines) if found.kind == Kind.ACCESS else []
    form = SearchForm(request.POST if request.method == "POST" else None, people=people, initial=initial)
    if request.method == "POST" and form.save(lambda typed: _start(visit, found, typed)):
        return done(request, _("Search started."), f"{here}&part=search")
    running = progress is not None and progress.gathering.state == GatheringState.RUNNING
    context = {
        "request_row": found, "here": here, "form": form, "progress": progress, "running": running,
    }  # fmt: skip
    return private_page(request, "evidence/request_search.html", context, refused=bool(form.errors))


def _start(visit: Visit, found: Request, typed: dict[str, Any]) -> Any:
    kind, _sep, number = (typed.pop("who", "") or NONE_OF_THESE).partition("-")
    who: dict[str, Any] = {}
    if kind != NONE_OF_THESE:
        pk = number_in(number)
        who = {"person": person_by_id(pk)} if kind == PERSON else {"pupil": pupil_by_id(pk)}
    return requests.start_gathering(by=visit.person, at=visit.at, request=found, **typed, **who)
