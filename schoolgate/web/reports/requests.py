"""Requests about data, a way of showing the page of evidence: listed, entered, and one worked on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound
from schoolgate.core.models import School
from schoolgate.core.vault import LONGEST
from schoolgate.duties.queries import standing
from schoolgate.people.models import Person
from schoolgate.people.queries import schools
from schoolgate.people.rules import can
from schoolgate.records.destroying import check_decides
from schoolgate.rights import answering, finding
from schoolgate.rights.answering import outcome_of, outcomes_for
from schoolgate.rights.deadlines import waits_of
from schoolgate.rights.finding import check_enters, counts_shown, deciders, progress_of, waits_for_leads
from schoolgate.rights.models import (
    ANSWER,
    CHECKED,
    GATHERED,
    HERE,
    MAY_WAIT,
    MENDS,
    Because,
    Identity,
    Kind,
    Outcome,
    Request,
    State,
    Step,
    StepKind,
    Thing,
    Waits,
)
from schoolgate.rights.requests import Entered, enter
from schoolgate.web.frame.doors import Visit, act_in, done
from schoolgate.web.frame.forms import DayField, SchoolForm, radios
from schoolgate.web.frame.paging import number_in, page_by_key
from schoolgate.web.frame.shown import due_in_words
from schoolgate.web.frame.steps import Step as Taken
from schoolgate.web.frame.steps import private_page, take_step
from schoolgate.web.reports.requests_found import answer as answer_page
from schoolgate.web.reports.requests_found import download, places_to_mend, review, search, thing_mended

LONGEST_LINE = 200


def _line(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=LONGEST_LINE,
        widget=forms.TextInput(attrs={"data-secret": ""}),
    )  # fmt: skip


def _words(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "data-secret": ""}),
    )  # fmt: skip


class RequestForm(SchoolForm):
    """What the office enters about a request."""

    kind = radios(_("What do they ask for?"), Kind.choices)
    received_on = DayField(label=_("Day it came in"), help_text=_("To anyone at the school, in any form."))
    name = _line(_("Who asks?"))
    contact = _line(_("Where does the answer go?"), _("An email or postal address."))
    about = _words(
        _("Whose data?"),
        _("Their names and usernames, one on each line. Empty for freedom of information."),
        required=False,
    )
    wants = _words(_("What do they want?"))
    identity = radios(
        _("How did you check who is asking?"),
        [(one.value, one.label) for one in (*CHECKED, Identity.NOT_YET)],
        _("Not needed for freedom of information."),  # type: ignore[arg-type]
    )
    school = forms.ModelChoiceField(
        School.objects.none(),
        label=_("School that was asked"),
        required=False,
        empty_label=_("No particular school"),
    )
    lead = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who deals with it?"), required=False, empty_label=_("Choose")
    )

    def __init__(self, data: Any, *, may: list[Person], by: Person) -> None:
        super().__init__(data, initial={"lead": by.pk})
        self.fields["school"].queryset = schools()  # type: ignore[attr-defined]
        people = Person.objects.filter(pk__in=[one.pk for one in may]).order_by("name", "pk")
        self.fields["lead"].queryset = people  # type: ignore[attr-defined]


class StopForm(SchoolForm):
    """What the person was asked, and when."""

    waits = radios(_("What did you ask for?"), Waits.choices)
    on = DayField(label=_("Day you asked"))

    def __init__(self, request: Request, data: Any = None) -> None:
        super().__init__(data, auto_id="id_stop_%s")
        may = [(one.value, one.label) for one in Waits if one in MAY_WAIT[request.kind]]
        self.fields["waits"].choices = may  # type: ignore[attr-defined]


class RestartForm(SchoolForm):
    """When the person replied, and how they were checked where that was waited for."""

    on = DayField(label=_("Day they replied"))
    identity = radios(
        _("How did you check who is asking?"), [(one.value, one.label) for one in CHECKED]
    )  # fmt: skip

    def __init__(self, waits: Waits, data: Any = None) -> None:
        super().__init__(data, auto_id="id_restart_%s")
        if waits != Waits.IDENTITY:
            del self.fields["identity"]


class ExtendForm(SchoolForm):
    """Why two more months are needed, and when the person was told."""

    because = radios(_("Why do you need longer?"), Because.choices)
    on = DayField(label=_("Day you told them why"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="id_extend_%s")


class NoteForm(SchoolForm):
    """What was searched, found or agreed."""

    words = _words(_("Note"), _("For example, where you looked. Don’t copy what you found."))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="id_note_%s")


class MendForm(SchoolForm):
    """What was done about one thing that a request is about."""

    thing = radios(_("What is it about?"), Thing.choices)
    number = forms.IntegerField(
        label=_("Number"), help_text=_("The item’s own page shows it. Leave empty if you have none."),
        required=False, min_value=1, max_value=2**63 - 1,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-10"}),
    )  # fmt: skip
    did = radios(_("What did you do?"), [])
    words = _words(_("What you did, or why not"))

    def __init__(self, request: Request, data: Any = None) -> None:
        super().__init__(data, auto_id="id_mend_%s")
        may = (MENDS[request.kind], StepKind.LEFT)
        self.fields["did"].choices = [(one.value, one.label) for one in may]  # type: ignore[attr-defined]


class CloseForm(SchoolForm):
    """How a request ended."""

    outcome = radios(_("How did it end?"), [])
    on = DayField(label=_("Day you replied or the request ended"))
    words = _words(
        _("Exemption or reason"), _("Required if you refused it or withheld something."), required=False
    )

    def __init__(self, request: Request, data: Any = None) -> None:
        super().__init__(data, auto_id="id_close_%s", initial={"outcome": outcome_of(request)})
        may = [(one.value, one.label) for one in outcomes_for(request)]
        self.fields["outcome"].choices = may  # type: ignore[attr-defined]


CODES = {
    StepKind.ENTERED: Kind,
    StepKind.WAITS: Waits,
    StepKind.RUNS: Waits,
    StepKind.EXTENDED: Because,
    StepKind.MENDED: Thing,
    StepKind.STOPPED: Thing,
    StepKind.LEFT: Thing,
    StepKind.CLOSED: Outcome,
}
"""What the code of a step is one of."""


def requests(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show the open and the closed requests, and enter one; or show one, and take a step with it."""
    check_enters(visit.person, on=visit.on)
    if "request" in request.GET:
        found = finding.request_for(visit.person, number_in(request.GET["request"]), on=visit.on)
        if "part" in request.GET:
            return act_in({"do": request.GET["part"]}, PARTS)(request, visit, found, _here(found))
        return _one(request, visit, found)
    may = deciders(visit.person, on=visit.on)
    sent = request.POST if request.method == "POST" else None
    form = RequestForm(sent, may=may, by=visit.person)
    if sent is not None and (saved := form.save(lambda typed: _enter(visit, typed))):
        return done(request, _("Request entered. The time limit has started."), _here(saved.value))
    closed = page_by_key(finding.requests(State.CLOSED), request.GET, by="state_at")
    context = {
        "open": [_row(one, visit) for one in finding.requests(State.OPEN)],
        "closed": [_row(one, visit) for one in closed.rows],
        "page": replace(closed, newer=_kept(closed.newer), older=_kept(closed.older)),
        "form": form,
        "may": may,
    }
    return private_page(request, "evidence/requests.html", context, refused=bool(form.errors))


def _enter(visit: Visit, typed: dict[str, Any]) -> Request:
    return enter(by=visit.person, at=visit.at, entered=Entered(**typed))


def _row(one: Request, visit: Visit) -> dict[str, Any]:
    return {
        "request_row": one,
        "href": _here(one),
        "due": due_in_words(instant=None, day=one.due_on, at=visit.at) if one.due_on else None,
    }


def _one(request: HttpRequest, visit: Visit, found: Request) -> HttpResponseBase:
    answer = take_step(request, visit, found, STEPS)
    if not isinstance(answer, SchoolForm | None):
        return answer
    decides = can(check_decides, visit.person, on=visit.on)
    forms = _forms(found, visit) if decides and found.state == State.OPEN else []
    words = finding.words_of(found)
    context = {
        **_row(found, visit),
        "words": words,
        "mends": places_to_mend(visit, words.get("about", "")) if forms and found.kind in MENDS else [],
        "corrects": found.kind == Kind.CORRECTION,
        "waits": waits_of(found)[1],
        "late": bool(found.answered_on and found.due_on and found.answered_on > found.due_on),
        "people": [
            duty.person.name
            for duty in standing(ANSWER, [found])[f"rights.request:{found.pk}"]
            if duty.person
        ],
        "sent": answer,
        "forms": [
            {**each, "form": answer if isinstance(answer, type(each["form"])) else each["form"]}
            for each in forms
        ],
        "steps": [
            {
                "step": step,
                "code": _code_in_words(step),
                "mended": thing_mended(visit, step.code, words.get("number")),
                "words": words,
                "later": local_day(step.at) != step.on,
            }
            for step, words in finding.steps_of(found)
        ],
        "copies": found.kind == Kind.ACCESS,
        "progress": progress_of(found) if decides and found.kind in GATHERED else None,
        "counts": counts_shown(found, visit.person, on=visit.on)
        if decides and found.kind in GATHERED
        else None,
        "waits_for_leads": waits_for_leads(found),
        "made": finding.answer_of(found) if decides else None,
    }
    return private_page(request, "evidence/request_one.html", context, refused=answer is not None)


def _forms(found: Request, visit: Visit) -> list[dict[str, Any]]:
    """Return what can be done with an open request now, each with its form and its button."""
    waiting = waits_of(found)[1]
    acts: list[dict[str, Any]] = [
        {"key": "note", "title": _("Add note"), "button": _("Save note"), "form": NoteForm()}
    ]
    if found.kind in MENDS:
        acts.insert(0, {
            "key": "mend", "title": _("Record what you did"), "button": _("Save record"),
            "form": MendForm(found), "lead": _("Record each thing. That decides how the request ends."),
        })  # fmt: skip
    if waiting is not None:
        acts.append({
            "key": "restart", "title": _("Restart the time limit"), "button": _("Restart the time limit"),
            "form": RestartForm(waiting),
        })  # fmt: skip
    elif found.due_on is not None and visit.on <= found.due_on:
        acts.append({
            "key": "stop", "title": _("Pause the time limit"), "button": _("Pause the time limit"),
            "form": StopForm(found),
            "lead": _("You can pause the time limit while you wait for the person."),
        })  # fmt: skip
        if not found.extended and found.kind != Kind.INFORMATION:
            acts.append({
                "key": "extend", "title": _("Take two more months"), "button": _("Extend deadline"),
                "form": ExtendForm(), "lead": _("Tell the person why first. You can do this once."),
            })  # fmt: skip
    acts.append({
        "key": "close", "title": _("Close request"), "button": _("Close request"), "form": CloseForm(found),
    })  # fmt: skip
    return acts


def _stop(request: HttpRequest, visit: Visit, found: Request) -> HttpResponseBase | SchoolForm:
    form = StopForm(found, request.POST)
    took = form.save(lambda typed: answering.stop_clock(by=visit.person, at=visit.at, request=found, **typed))
    return done(request, _("Time limit paused."), _here(found)) if took else form


def _restart(request: HttpRequest, visit: Visit, found: Request) -> HttpResponseBase | SchoolForm:
    form = RestartForm(waits_of(found)[1] or Waits.CLARIFICATION, request.POST)
    took = form.save(
        lambda typed: answering.restart_clock(by=visit.person, at=visit.at, request=found, **typed)
    )
    return done(request, _("Time limit restarted."), _here(found)) if took else form


def _extend(request: HttpRequest, visit: Visit, found: Request) -> HttpResponseBase | SchoolForm:
    form = ExtendForm(request.POST)
    took = form.save(lambda typed: answering.extend(by=visit.person, at=visit.at, request=found, **typed))
    return done(request, _("Deadline extended."), _here(found)) if took else form


def _note(request: HttpRequest, visit: Visit, found: Request) -> HttpResponseBase | SchoolForm:
    form = NoteForm(request.POST)
    took = form.save(lambda typed: answering.note(by=visit.person, at=visit.at, request=found, **typed))
    return done(request, _("Note saved."), _here(found)) if took else form


def _mend(request: HttpRequest, visit: Visit, found: Request) -> HttpResponseBase | SchoolForm:
    if found.kind not in MENDS:
        raise NotFound
    form = MendForm(found, request.POST)
    took = form.save(lambda typed: answering.mend(by=visit.person, at=visit.at, request=found, **typed))
    return done(request, _("Recorded."), _here(found)) if took else form


def _close(request: HttpRequest, visit: Visit, found: Request) -> HttpResponseBase | SchoolForm:
    form = CloseForm(found, request.POST)
    took = form.save(lambda typed: answering.close(by=visit.person, at=visit.at, request=found, **typed))
    return done(request, _("Request closed."), _here(found)) if took else form


STEPS: dict[str, Taken[Request]] = {
    "stop": _stop,
    "restart": _restart,
    "extend": _extend,
    "note": _note,
    "mend": _mend,
    "close": _close,
}
"""What the buttons of the page of one request send as `do`."""


def _found(request: HttpRequest, visit: Visit, found: Request, here: str) -> HttpResponseBase:
    check_decides(visit.person, on=visit.on)
    return review(request, visit, found, f"{here}&part=found")


PARTS: dict[str, Callable[[HttpRequest, Visit, Request, str], HttpResponseBase]] = {
    "answer": answer_page,
    "file": download,
    "found": _found,
    "search": search,
}
"""The pages of one request, beside the one that shows it."""


def _here(found: Request) -> str:
    return f"{reverse('evidence')}?{HERE}{found.pk}"


def _kept(key: str) -> str:
    return key and f"as=requests&{key}"


def _code_in_words(step: Step) -> Any:
    choices = CODES.get(StepKind(step.kind))
    return choices(step.code).label if choices and step.code in choices.values else ""
