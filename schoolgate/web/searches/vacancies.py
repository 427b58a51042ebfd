"""One vacancy: telling the candidates, searching for all of them, reading what was found, destroying it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from schoolgate.searches import queries, recruiting
from schoolgate.searches.models import Candidate, Vacancy, VacancyState
from schoolgate.searches.queries import check_may_open, may_read_results, may_recruit_here
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.numbers import number_in
from schoolgate.web.frame.steps import Step, private_page, take_step
from schoolgate.web.frame.wording import kept_verdict
from schoolgate.web.searches.forms import AnswerForm, DecidedForm, FoundForm, ToldForm
from schoolgate.web.searches.listing import TAGS

Results = dict[int, dict[str, str]]


@page(place="people", check=check_may_open)
def vacancy(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show one vacancy, and take the next step with it."""
    found = queries.vacancy_for(visit.person, pk, on=visit.on)
    answer = take_step(request, visit, found, STEPS)
    return _show(request, visit, found, sent=answer) if isinstance(answer, SchoolForm | None) else answer


def _show(
    request: HttpRequest,
    visit: Visit,
    found: Vacancy,
    *,
    sent: SchoolForm | None = None,
    read: Results | None = None,
) -> HttpResponseBase:
    """The page; `sent`: a form that was refused, `read`: what was found, just read."""
    leads = may_recruit_here(visit.person, found, on=visit.on)
    candidates = queries.candidates_of(found)
    state = VacancyState(found.state)
    context = {
        "vacancy": found, "tag": TAGS[found.state], "panel": queries.panel_of(found), "sent": sent,
        "verdict": kept_verdict(found.decision, at=visit.at) if found.decision else None,
        "candidates": [
            {"row": one.row, "name": one.name, "result": (read or {}).get(one.row.number)}
            for one in candidates
        ],
        "read": read is not None,
        "leads": leads,
        "tells": leads and state == VacancyState.PLANNED,
        "searches": visit.person.pk == found.searcher_id and state == VacancyState.SEARCHING,
        "reads": state in (VacancyState.SEARCHED, VacancyState.READ, VacancyState.DECIDED)
        and may_read_results(visit.person, found, on=visit.on),
        "decides": leads and state not in (VacancyState.DECIDED, VacancyState.DESTROYED),
        "destroys": leads and state == VacancyState.DECIDED,
        "told_form": sent if isinstance(sent, ToldForm) else ToldForm(),
        "found_form": sent if isinstance(sent, FoundForm) else FoundForm(),
        "answer_form": sent if isinstance(sent, AnswerForm) else AnswerForm(),
        "decided_form": sent if isinstance(sent, DecidedForm) else DecidedForm(candidates=candidates),
        "next": next((one for one in candidates if one.row.searched_at is None), None),
    }  # fmt: skip
    return private_page(request, "searches/vacancy.html", context, refused=sent is not None)


def _told(request: HttpRequest, visit: Visit, found: Vacancy) -> HttpResponseBase | SchoolForm:
    form = ToldForm(request.POST)
    if form.save(
        lambda typed: recruiting.record_telling(by=visit.person, at=visit.at, vacancy=found, **typed)
    ):
        return done(request, _("Saved. Candidates have been told."), "search-vacancy", found.pk)
    return form


def _start(request: HttpRequest, visit: Visit, found: Vacancy) -> HttpResponseBase:
    recruiting.start_search(by=visit.person, at=visit.at, vacancy=found)
    return done(request, _("Search started. The searcher has a task."), "search-vacancy", found.pk)


def _found(request: HttpRequest, visit: Visit, found: Vacancy) -> HttpResponseBase | SchoolForm:
    candidate, form = _candidate(request, found), FoundForm(request.POST)

    def act(typed: dict[str, Any]) -> Candidate:
        same = typed.pop("same_terms") == "yes"
        return recruiting.record_search(
            by=visit.person, at=visit.at, candidate=candidate, same_terms=same, **typed
        )

    if form.save(act):
        return done(request, _("Search recorded."), "search-vacancy", found.pk)
    return form


def _read(request: HttpRequest, visit: Visit, found: Vacancy) -> HttpResponseBase:
    results = recruiting.read_results(by=visit.person, at=visit.at, vacancy=found)
    return _show(request, visit, found, read=results)


def _answer(request: HttpRequest, visit: Visit, found: Vacancy) -> HttpResponseBase | SchoolForm:
    candidate, form = _candidate(request, found), AnswerForm(request.POST)
    if form.save(
        lambda typed: recruiting.record_answer(by=visit.person, at=visit.at, candidate=candidate, **typed)
    ):
        return done(request, _("Answer saved."), "search-vacancy", found.pk)
    return form


def _decided(request: HttpRequest, visit: Visit, found: Vacancy) -> HttpResponseBase | SchoolForm:
    form = DecidedForm(request.POST, candidates=queries.candidates_of(found))
    if form.save(
        lambda typed: recruiting.decide_appointment(
            by=visit.person, at=visit.at, vacancy=found, decided_on=typed["decided_on"],
            appointed=[int(number) for number in typed["appointed"]],
        )
    ):  # fmt: skip
        return done(request, _("Decision saved."), "search-vacancy", found.pk)
    return form


def _destroy(request: HttpRequest, visit: Visit, found: Vacancy) -> HttpResponseBase:
    recruiting.destroy_results(by=visit.person, at=visit.at, vacancy=found)
    return done(request, _("Names, results and answers destroyed."), "search-vacancy", found.pk)


def _candidate(request: HttpRequest, found: Vacancy) -> Candidate:
    return queries.candidate_of(found, number_in(request.POST.get("candidate", "")))


STEPS: dict[str, Step[Vacancy]] = {
    "told": _told, "start": _start, "found": _found, "read": _read, "answer": _answer, "decided": _decided,
    "destroy": _destroy,
}  # fmt: skip
"""What the buttons of the page send as `do`."""
