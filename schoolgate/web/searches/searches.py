"""Checks of the school's systems (request, agreement, result, copies), and vacancies: telling the
candidates, searching for all of them, reading what was found, destroying it. No form takes the address
of an account.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound
from schoolgate.core.models import Country, School
from schoolgate.core.vault import LONGEST, opened
from schoolgate.incidents.models import Report
from schoolgate.incidents.queries import reports
from schoolgate.people.models import Person
from schoolgate.people.rules import can
from schoolgate.policy.choices import (
    CANDIDATE_RESULTS,
    LONGEST_DAYS,
    MONITORED_COPIES,
    choose_days,
    days_chosen,
)
from schoolgate.policy.rules import check_may_own
from schoolgate.searches import checks, queries, recruiting
from schoolgate.searches.checks import CheckAsked, speaks_of
from schoolgate.searches.models import (
    Act,
    Candidate,
    CheckCopy,
    CheckState,
    CopyUse,
    Done,
    PolicyOf,
    Purpose,
    SystemCheck,
    Target,
    Told,
    Vacancy,
    VacancyState,
)
from schoolgate.searches.queries import (
    check_may_ask,
    check_may_open,
    check_may_recruit,
    may_come_in,
    may_read_results,
    may_recruit_here,
)
from schoolgate.searches.recruiting import MOST_CANDIDATES, VacancyEntered
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import YES_NO, DayField, SchoolForm, at, radios
from schoolgate.web.frame.paging import number_in, page_by_key
from schoolgate.web.frame.parts import PlaceLink, beside_people
from schoolgate.web.frame.steps import Step, private_page, take_step
from schoolgate.web.frame.wording import kept_verdict


def _words(label: Any, help_text: Any = "", *, required: bool = True, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows, "data-secret": ""}),
    )  # fmt: skip


def _choice(label: Any, choices: Any, *, required: bool = True) -> forms.ChoiceField:
    empty = [("", _("Choose"))]
    return forms.ChoiceField(label=label, choices=[*empty, *choices], required=required)


def _person(label: Any, help_text: Any = "", *, required: bool = True, empty: Any = None) -> Any:
    return forms.ModelChoiceField(
        Person.objects.none(),
        label=label,
        help_text=help_text,
        required=required,
        empty_label=empty or _("Choose"),
    )


class CheckForm(SchoolForm):
    """What is to be checked, why, who makes the check, and for which days."""

    policy_help = {
        "about": (at("systems.monitor", "monitoring_notice"),),
        "act": (at("systems.monitor", "monitoring", "interception", "keystrokes", "network_watching"),),
        "own_account": (at("personal.watch", "private_life"),),
        "purpose": (at("systems.monitor", "monitoring_purpose"),),
        "range_from": (at("systems.monitor", "monitoring_range"),),
        "policy_named": (at("systems.monitor", "monitoring_policy"),),
    }

    about = _person(_("Whose use?"), required=False, empty=_("Everyone’s"))
    target = _choice(_("What will be checked?"), Target.choices)
    act = _choice(_("What will you do with it?"), Act.choices)
    what = _words(_("Describe it"), _("Encrypted. Only people involved in this check can read it."))
    on_systems = radios(_("Was it done on the school’s systems?"), YES_NO)
    own_account = radios(_("Does it look at what a person did on their own account?"), YES_NO)
    names_school = radios(_("If so, does it name the school?"), YES_NO)
    affects_school = radios(_("If so, does it affect the school?"), YES_NO)
    done = _choice(_("When was it done?"), Done.choices)
    range_from = DayField(label=_("First day checked"))
    range_to = DayField(label=_("Last day checked"))
    purpose = _choice(_("Purpose"), Purpose.choices)
    why = _words(
        _("Case, rule or need"), _("Encrypted. Give the case or rule, or the need of the school’s work.")
    )
    report = forms.ModelChoiceField(
        Report.objects.none(), label=_("Concern it belongs to"), required=False, empty_label=_("None")
    )
    case_from = DayField(label=_("First day of the case"), required=False)
    case_to = DayField(label=_("Last day of the case"), required=False)
    policy_named = forms.CharField(
        label=_("Policy it’s based on"),
        help_text=_("For example: IT acceptable use policy."),
        max_length=120,
        required=False,
    )
    policy_of = _choice(_("Whose policy is that?"), PolicyOf.choices, required=False)
    doer = _person(_("Who will do the check?"))
    make_by = DayField(label=_("Check due by"))
    second = _person(
        _("Who should agree?"), _("Needed if the policy asks for a second person."), required=False
    )
    assessed_on = DayField(
        label=_("Date of the impact assessment"), help_text=_("For monitoring the network."), required=False
    )
    assessed_by = _person(_("Who assessed the impact?"), required=False)

    def __init__(self, *args: Any, person: Person, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        for name in ("on_systems", "own_account"):
            fields[name].required = True
            fields[name].error_messages["required"] = _("Choose yes or no")
        everyone = queries.people_with_roles(on=on)
        fields["about"].queryset = queries.staff(on=on).exclude(pk=person.pk)
        fields["report"].queryset = queries.open_reports(person, on=on)
        fields["report"].label_from_instance = lambda row: row.reference
        for name in ("doer", "assessed_by"):
            fields[name].queryset = everyone
        fields["second"].queryset = everyone.exclude(pk=person.pk)

    def clean(self) -> dict[str, Any]:
        """Turn the radios into yes, no or not said."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("on_systems", "own_account", "names_school", "affects_school"):
            said = typed.get(name)
            typed[name] = None if not said else said == "yes"
        return typed


class ResultForm(SchoolForm):
    """What a check showed."""

    result = _words(_("What did you see?"), _("Only what the check is for. Leave out anything private."))


class CopyForm(SchoolForm):
    """The text of a copy."""

    content = _words(_("Text of the copy"), _("Encrypted. Destroyed on its due date."), rows=5)


class UseForm(SchoolForm):
    """Print a copy or pass it on."""

    policy_help = {"recipient": (at("systems.monitor", "passing_on"),)}

    how = _choice(
        _("What will you do?"), [(CopyUse.PRINT, _("Print it")), (CopyUse.DISCLOSE, _("Pass it on"))]
    )
    recipient = _words(_("Recipient"), required=False, rows=1)
    reason = _words(_("Reason"), required=False, rows=2)
    legal_basis = _words(_("Legal basis"), required=False, rows=1)


class DaysForm(SchoolForm):
    """How many days something is stored, as the federation chooses."""

    days = forms.IntegerField(label=_("Days"), min_value=1, max_value=LONGEST_DAYS)


class VacancyForm(SchoolForm):
    """A job, its shortlist, the panel and the searcher."""

    policy_help = {
        "names": (at("recruitment.search", "candidate_search"),),
    }

    title = forms.CharField(label=_("Job"), max_length=120)
    school = forms.ModelChoiceField(
        School.objects.none(), label=_("School"), required=False, empty_label=_("All schools")
    )
    shortlisted_on = DayField(label=_("Shortlisted on"))
    on_shortlist = forms.IntegerField(
        label=_("People on the shortlist"), min_value=1, max_value=MOST_CANDIDATES
    )
    names = _words(
        _("Candidates to search for"), _("One on each line. Enter every candidate. Encrypted."), rows=4
    )
    terms = forms.CharField(
        label=_("Search terms for all"),
        help_text=_("Public pages only, the same for each candidate."),
        max_length=300,
    )
    panel = forms.ModelMultipleChoiceField(
        Person.objects.none(), label=_("Panel"), widget=forms.CheckboxSelectMultiple
    )
    searcher = _person(_("Who searches?"), _("Someone who isn’t on the panel."))

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["school"].queryset = School.objects.order_by("name")
        fields["panel"].queryset = queries.people_with_roles(on=on)
        fields["searcher"].queryset = queries.people_with_roles(on=on)


class ToldForm(SchoolForm):
    """When and how candidates were told."""

    told_on = DayField(label=_("Candidates told on"))
    told_how = _choice(_("How were they told?"), Told.choices)


class FoundForm(SchoolForm):
    """What a search for one candidate showed."""

    same_terms = radios(_("Did you use the agreed terms?"), YES_NO)
    found = _words(
        _("What is relevant to the job?"),
        _("Leave empty if nothing is relevant. Nothing else is stored."),
        required=False,
    )
    relevant = _words(_("Why is it relevant?"), required=False, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["same_terms"].required = True
        self.fields["same_terms"].error_messages["required"] = _("Choose yes or no")


class AnswerForm(SchoolForm):
    """What a candidate says about what was found."""

    answer = _words(_("Candidate’s answer"))


class DecidedForm(SchoolForm):
    """Who was appointed, and when that was decided."""

    decided_on = DayField(label=_("Decided on"))
    appointed = forms.MultipleChoiceField(
        label=_("Who was appointed?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave empty if no one was appointed."),
    )  # fmt: skip

    def __init__(self, *args: Any, candidates: list[queries.Named], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["appointed"].choices = [(str(one.row.number), one.name) for one in candidates]


SHOWS: dict[str, Any] = {"checks": _("Checks of systems"), "vacancies": _("Candidate searches")}
CHOICES = {"checks": MONITORED_COPIES, "vacancies": CANDIDATE_RESULTS}
ROWS: dict[str, Callable[..., QuerySet[Any]]] = {"checks": queries.checks, "vacancies": queries.vacancies}
TAGS = {
    "waiting": "wait", "allowed": "info", "done": "good", "declined": "no", "planned": "",
    "searching": "wait", "searched": "info", "read": "info", "decided": "wait", "destroyed": "good",
}  # fmt: skip


@page(place="reports", check=check_may_open)
def searches(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show the checks or vacancies that the visitor may know of, and start one."""
    show = request.GET.get("show", "checks")
    if show not in SHOWS:
        raise NotFound
    new, days = _new_form(request, visit, show), DaysForm(_sent(request, "days"), prefix="days")
    if new is not None and (made := new.save(_starts(visit, show))):
        to = "search-check" if show == "checks" else "search-vacancy"
        return done(request, _("Saved. See below what happens next."), to, made.value.pk)
    if days.save(
        lambda typed: choose_days(
            by=visit.person, at=visit.at, what=CHOICES[show], days=typed["days"], from_day=visit.on
        )
    ):
        return done(request, _("Number of days saved as your federation’s own choice."), "searches")
    rows: QuerySet[Any] = ROWS[show](visit.person, on=visit.on)
    listed = page_by_key(rows, request.GET, by="at")
    context = {
        "show": show, "shows": SHOWS.items(), "page": listed, "new": new, "days_form": days,
        "rows": [{"row": row, "tag": TAGS[row.state]} for row in listed.rows],
        "may_choose": can(check_may_own, visit.person, on=visit.on),
        "days": days_chosen(CHOICES[show], on=visit.on),
        "speaks": _speaks(visit, show),
        "england": School.objects.filter(country=Country.ENGLAND).exists(),
    }  # fmt: skip
    wrong = days.errors or (new is not None and new.errors)
    return render(request, "searches/list.html", context, status=422 if wrong else 200)


def _speaks(visit: Visit, show: str) -> bool:
    if show == "checks":
        return speaks_of("systems.monitor", "monitoring", on=visit.on)
    return speaks_of("recruitment.search", "candidate_search", on=visit.on)


def _sent(request: HttpRequest, form: str) -> Any:
    return request.POST if request.method == "POST" and request.POST.get("do") == form else None


def _new_form(request: HttpRequest, visit: Visit, show: str) -> SchoolForm | None:
    """Return the form for a new check or vacancy; None for people who may not start one."""
    sent = _sent(request, "new")
    if show == "checks" and can(check_may_ask, visit.person, on=visit.on):
        return CheckForm(sent, person=visit.person, on=visit.on)
    if show == "vacancies" and can(check_may_recruit, visit.person, on=visit.on):
        return VacancyForm(sent, on=visit.on)
    return None


def _starts(visit: Visit, show: str) -> Callable[[dict[str, Any]], Any]:
    if show == "checks":
        return lambda typed: checks.ask_check(by=visit.person, at=visit.at, asked=CheckAsked(**typed))

    def enter(typed: dict[str, Any]) -> Any:
        names = typed.pop("names").splitlines()
        entered = VacancyEntered(**{**typed, "panel": list(typed["panel"]), "names": names})
        return recruiting.enter_vacancy(by=visit.person, at=visit.at, entered=entered)

    return enter


@beside_people
def lead(visit: Visit) -> PlaceLink | None:
    """Return a link for people who have a part in checks or candidate searches."""
    if visit.who is None or not may_come_in(visit.person, on=visit.on):
        return None
    return PlaceLink("searches", _("Checks and candidate searches"))


@page(place="reports", check=check_may_open)
def check(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show one check, and take the next step with it."""
    found = queries.check_for(visit.person, pk, on=visit.on)
    answer = take_step(request, visit, found, CHECK_STEPS)
    return (
        _show_check(request, visit, found, sent=answer) if isinstance(answer, SchoolForm | None) else answer
    )


def _show_check(
    request: HttpRequest,
    visit: Visit,
    found: SystemCheck,
    *,
    sent: SchoolForm | None = None,
    read: tuple[int, str] | None = None,
) -> HttpResponseBase:
    """The page. `sent`: a form that was refused; `read`: an open copy, by number."""
    makes = visit.person.pk == found.doer_id
    concern = reports(visit.person, on=visit.on).filter(pk=found.report_id or 0).first()
    context = {
        "check": found, "concern": concern,
        "tag": TAGS[found.state], "words": opened(found.words_ref), "sent": sent,
        "result": opened(found.result_ref).get("result", ""),
        "verdict": kept_verdict(found.decision, at=visit.at),
        "agrees": found.state == CheckState.WAITING and visit.person.pk == found.second_id,
        "makes": makes and found.state == CheckState.ALLOWED,
        "stores": makes and found.state == CheckState.DONE,
        "result_form": sent if isinstance(sent, ResultForm) else ResultForm(),
        "copy_form": sent if isinstance(sent, CopyForm) else CopyForm(),
        "use_form": sent if isinstance(sent, UseForm) else UseForm(),
        "copies": queries.copies_of(found),
        "read_pk": read[0] if read else None, "read": read[1] if read else "",
    }  # fmt: skip
    return private_page(request, "searches/check.html", context, refused=sent is not None)


def _agree(request: HttpRequest, visit: Visit, found: SystemCheck) -> HttpResponseBase:
    checks.agree(by=visit.person, at=visit.at, check=found)
    return done(request, _("Agreed. The check can go ahead."), "search-check", found.pk)


def _decline(request: HttpRequest, visit: Visit, found: SystemCheck) -> HttpResponseBase:
    checks.decline(by=visit.person, at=visit.at, check=found)
    return done(request, _("Declined. The check won’t go ahead."), "search-check", found.pk)


def _result(request: HttpRequest, visit: Visit, found: SystemCheck) -> HttpResponseBase | SchoolForm:
    form = ResultForm(request.POST)
    if form.save(lambda typed: checks.record_result(by=visit.person, at=visit.at, check=found, **typed)):
        return done(request, _("Result saved."), "search-check", found.pk)
    return form


def _store(request: HttpRequest, visit: Visit, found: SystemCheck) -> HttpResponseBase | SchoolForm:
    form = CopyForm(request.POST)
    if form.save(lambda typed: checks.store_copy(by=visit.person, at=visit.at, check=found, **typed)):
        return done(request, _("Copy saved. You’ll get a task to destroy it."), "search-check", found.pk)
    return form


def _open(request: HttpRequest, visit: Visit, found: SystemCheck) -> HttpResponseBase:
    copy = _copy(request, found)
    text = checks.open_copy(by=visit.person, at=visit.at, copy=copy)
    return _show_check(request, visit, found, read=(copy.pk, text))


def _use(request: HttpRequest, visit: Visit, found: SystemCheck) -> HttpResponseBase | SchoolForm:
    copy, form = _copy(request, found), UseForm(request.POST)
    if form.save(lambda typed: checks.use_copy(by=visit.person, at=visit.at, copy=copy, **typed)):
        return done(request, _("Saved. Open the copy to print it or pass it on."), "search-check", found.pk)
    return form


def _destroy_copy(request: HttpRequest, visit: Visit, found: SystemCheck) -> HttpResponseBase:
    copy = _copy(request, found)
    checks.destroy_copy(by=visit.person, at=visit.at, copy=copy)
    return done(request, _("Copy destroyed."), "search-check", found.pk)


def _copy(request: HttpRequest, found: SystemCheck) -> CheckCopy:
    return queries.copy_of(found, number_in(request.POST.get("copy", "")))


CHECK_STEPS: dict[str, Step[SystemCheck]] = {
    "agree": _agree, "decline": _decline, "result": _result, "store": _store, "open": _open, "use": _use,
    "destroy": _destroy_copy,
}  # fmt: skip
"""What the buttons of the page send as `do`."""


Results = dict[int, dict[str, str]]


@page(place="people", check=check_may_open)
def vacancy(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show one vacancy, and take the next step with it."""
    found = queries.vacancy_for(visit.person, pk, on=visit.on)
    answer = take_step(request, visit, found, VACANCY_STEPS)
    return (
        _show_vacancy(request, visit, found, sent=answer) if isinstance(answer, SchoolForm | None) else answer
    )


def _show_vacancy(
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
    return _show_vacancy(request, visit, found, read=results)


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


def _destroy_found(request: HttpRequest, visit: Visit, found: Vacancy) -> HttpResponseBase:
    recruiting.destroy_results(by=visit.person, at=visit.at, vacancy=found)
    return done(request, _("Names, results and answers destroyed."), "search-vacancy", found.pk)


def _candidate(request: HttpRequest, found: Vacancy) -> Candidate:
    return queries.candidate_of(found, number_in(request.POST.get("candidate", "")))


VACANCY_STEPS: dict[str, Step[Vacancy]] = {
    "told": _told, "start": _start, "found": _found, "read": _read, "answer": _answer, "decided": _decided,
    "destroy": _destroy_found,
}  # fmt: skip
"""What the buttons of the page send as `do`."""


urlpatterns = [
    path("searches", searches, name="searches"),
    path("searches/checks/<int:pk>", check, name="search-check"),
    path("searches/vacancies/<int:pk>", vacancy, name="search-vacancy"),
]
