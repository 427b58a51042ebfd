"""The status of a concern, for the person who reported it, and adding to it: by code without a name, or from
their own list."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound
from schoolgate.duties.kinds import KINDS
from schoolgate.duties.queries import standing_about
from schoolgate.incidents import actions
from schoolgate.incidents.actions.adding import TELLS_AUTHORITIES
from schoolgate.incidents.duty_kinds import OF_REPORTER
from schoolgate.incidents.models import Report
from schoolgate.incidents.queries import by_code, reported_by
from schoolgate.incidents.states import ENDED, WAITS, StepKind
from schoolgate.web.frame.carrying import carried
from schoolgate.web.frame.closed import stays_open
from schoolgate.web.frame.doors import Visit, done, page, public_page
from schoolgate.web.frame.limits import coded, without_cookies, wrong_code
from schoolgate.web.incidents import picture
from schoolgate.web.incidents.allegation import answers_read
from schoolgate.web.incidents.forms import AddForm, CodeForm, OwnBodyForm
from schoolgate.web.incidents.support import support_for
from schoolgate.web.incidents.views import AWAY, TAGS, numbers_here, too_much, unseen


@stays_open
@without_cookies
@coded("wrong-code", otherwise=too_much)
@public_page
def answer(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show a report's status to the person with its code: that someone has it, and nothing of its text. With
    the code they can add to it."""
    sent = request.method == "POST"
    given = request.POST if sent else carried()
    form, adding = CodeForm(given if sent or "words" in given else None), AddForm()
    shown: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        code = form.cleaned_data["code"]
        try:
            report = by_code(code)
        except NotFound:
            wrong_code(request)
            form.add_error("code", str(_("No concern has this code. Check what you wrote down.")))
        else:
            if "words" in request.POST:
                adding = AddForm(request.POST)
                if adding.save(
                    lambda typed: actions.add_to_report(
                        report=report, at=visit.at, code=code, says_who="who" in request.POST, **typed
                    )
                ):
                    shown["added"], adding = True, AddForm()
            shown |= {**_standing(report), "code": code}
    context = {
        "visit": visit,
        "federation": visit.federation,
        "form": form,
        "adding": adding,
        "away": AWAY,
        **shown,
    }
    status = 422 if form.errors or adding.errors else 200
    return unseen(render(request, "wrong/answer.html", {**context, **numbers_here()}, status=status))


@page
def mine(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """A concern that I reported with my name: its status, who has it, and a way to add to it."""
    report = reported_by(visit.person).filter(pk=pk).first()
    if report is None:
        raise NotFound
    sent = picture.save(request, visit, report) if request.method == "POST" else None
    if isinstance(sent, HttpResponseBase):
        return sent
    form = AddForm(request.POST if request.method == "POST" and sent is None else None)
    if form.save(
        lambda typed: actions.add_to_report(
            report=report, at=visit.at, reporter=visit.person, says_who="who" in request.POST, **typed
        )
    ):
        return done(request, _("Added. The people dealing with it can read it."), "wrong-mine", pk)
    tasks = [
        (one, KINDS[one.kind].title)
        for one in standing_about([report])
        if one.kind in OF_REPORTER.values() and one.person_id == visit.person.pk
    ]
    wrong = sent or form
    context = {
        **_standing(report), "form": wrong, "adding": form, **picture.about_picture(report, visit, sent),
        "own_tasks": tasks, "tells": TELLS_AUTHORITIES, "body": OwnBodyForm(), **numbers_here(),
    }  # fmt: skip
    return unseen(render(request, "wrong/mine.html", context, status=422 if wrong.errors else 200))


@page(methods=("POST",))
def done_myself(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """I did what the policy obliges me to, after reporting."""
    report = reported_by(visit.person).filter(pk=pk).first()
    if report is None:
        raise NotFound
    actions.note_own_done(
        report=report, at=visit.at, reporter=visit.person, kind=request.POST.get("kind", ""),
        body=request.POST.get("body", ""),
    )  # fmt: skip
    return done(request, _("Saved."), "wrong-mine", pk)


def _standing(report: Report) -> dict[str, Any]:
    return {
        "report": report,
        "tag": TAGS[report.state],
        "waits": report.state in WAITS,
        "over": report.state in ENDED,
        **support_for([report]),
        "answered": answers_read(report),
        "additions": list(
            report.steps.filter(kind=StepKind.ADDED).order_by("id").values_list("at", flat=True)
        ),
    }


urlpatterns = [
    path("<slug:federation>/something-is-wrong/answer", answer, name="wrong-answer"),
    path("wrong/reported/<int:pk>", mine, name="wrong-mine"),
    path("wrong/reported/<int:pk>/done", done_myself, name="wrong-mine-done"),
]
