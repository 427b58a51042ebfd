"""A concern after it was reported: its stages, the outside bodies told, its closing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput, NotFound
from schoolgate.incidents import actions
from schoolgate.incidents.actions.letting_in import check_written_here
from schoolgate.incidents.casefile import CaseFile, case_facts, case_file
from schoolgate.incidents.ladder import stands_in_for, who_assesses_instead
from schoolgate.incidents.models import Report
from schoolgate.incidents.queries import people_to_hand_on_to, report_for
from schoolgate.incidents.rules import check_has_it, is_lead
from schoolgate.incidents.stages import STAGES, Stage, stages_here
from schoolgate.incidents.states import ENDED, WAITS, ReportState
from schoolgate.people.queries import book_of
from schoolgate.people.queries import person as person_by_id
from schoolgate.people.rules import can
from schoolgate.policy.asking import verdict as asked
from schoolgate.policy.queries import policy_or_none
from schoolgate.rulebook import Decision
from schoolgate.rulebook.situations import situation
from schoolgate.rulebook.situations.declared import declared
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.wording import plain, verdict
from schoolgate.web.incidents.containing import containment_of
from schoolgate.web.incidents.fact_fields import Around, local_authority
from schoolgate.web.incidents.forms import BodyForm, CloseForm, ReasonForm
from schoolgate.web.incidents.keeping_out_forms import KeepOutForm, MayKnowForm, may_be_meant
from schoolgate.web.incidents.reports import PLACE, named_in_words, show_report
from schoolgate.web.incidents.stage_form import StageForm
from schoolgate.web.incidents.views import unseen
from schoolgate.web.incidents.without_leads import without_leads


@page(place=PLACE)
def at_stage(request: HttpRequest, visit: Visit, pk: int, stage: str) -> HttpResponseBase:
    """Answer what the policy reads at a stage; beside it what the policy says to what is known."""
    report = report_for(visit.person, pk, on=visit.on)
    book = book_of(visit.federation)
    check_written_here(report)
    actions.open_report(report=report, by=visit.person, at=visit.at)
    case = case_file(report)
    here = next((one for one in stages_here(book, case.answers.get("subject")) if one.key == stage), None)
    if here is None:
        raise NotFound
    if request.method == "POST":
        check_has_it(visit.person, report, on=visit.on)  # else the page has no form to keep what was typed
    people = people_to_hand_on_to(report, by=visit.person, on=visit.on)
    around = Around(visit.person, visit.at, visit.on, book, people)
    form = StageForm(request.POST or None, stage=here, case=case, around=around)
    if form.save(lambda _typed: _save(report, here, form, visit)):
        return done(request, _("Saved."), "wrong-report", pk)
    decision = answer_of(here, case, visit)
    missing = list(_missing(decision, here, form)) if decision else []
    form.missing_here(each["fact"] for each in missing)
    out, instead = who_assesses_instead(report, on=visit.on)
    context = {
        "report": report, "stage": here, "form": form,
        "may": _open(report) and can(check_has_it, visit.person, report, on=visit.on),
        "verdict": verdict(decision, at=visit.at) if decision else None,
        "missing": missing,
        "instead_of": ", ".join(stands_in_for(report, visit.person, on=visit.on).values()),
        "leads": is_lead(visit.person, visit.on),
        **without_leads(report, on=visit.on),
        "outside": local_authority(report.school),
        "kept_out_roles": ", ".join(out),
        "instead": ", ".join(one.name for one in instead),
        **(containment_of(report, visit) if stage == "assess" else {}),
    }  # fmt: skip
    status = 422 if form.is_bound and form.errors else 200
    return unseen(render(request, "wrong/stage.html", context, status=status))


def _save(report: Report, stage: Stage, form: StageForm, visit: Visit) -> Any:
    return actions.save_stage(
        report=report, by=visit.person, at=visit.at, stage=stage, answers=form.answers(),
        words=form.cleaned_data["words"],
    )  # fmt: skip


def _open(report: Report) -> bool:
    return report.state not in (*ENDED, *WAITS, ReportState.CLOSING)


def answer_of(stage: Stage, case: CaseFile, visit: Visit) -> Decision | None:
    """Return what the policy says at a stage to what is known; None without a policy in force."""
    if policy_or_none(visit.on) is None:
        return None
    return asked(stage.situation, case_facts(stage, case, by=visit.person, at=visit.at), on=visit.on)


def _missing(decision: Decision, stage: Stage, form: StageForm) -> Iterator[dict[str, str]]:
    """Yield what the policy still needs, each with the page or the field where it is given."""
    facts: dict[str, str] = {}
    for at, one in declared(situation(stage.situation).facts):  # what is stored before what is worked out
        facts.setdefault(one.need, at.partition(".")[0])
    needs = dict.fromkeys(
        need.what for finding in decision.findings if finding.stands for need in finding.needs
    )
    for what in needs:
        fact = facts.get(what, "")
        field = form.field_of(fact)
        href = f"#id_{field}" if field else _elsewhere(what, form.case.report.pk)
        yield {"what": plain(what), "href": href, "fact": fact}


def _elsewhere(what: str, pk: int) -> str:
    """Return the page where what this stage doesn't ask for is given."""
    if what in ("incident.told", "incident.police_report"):
        return f"{reverse('wrong-report', args=[pk])}#told"
    for key, stage in STAGES.items():
        if any(one.need == what for _path, one in declared(situation(stage.situation).facts)):
            return reverse("wrong-stage", args=[pk, key])
    return ""


@page(place=PLACE, methods=("POST",))
def keep_out(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Keep people out of a concern that is about them."""
    report = report_for(visit.person, pk, on=visit.on)
    others = may_be_meant(report, by=visit.person, on=visit.on)
    form = KeepOutForm(request.POST, people=people_for(report, visit), others=others)
    if form.save(
        lambda typed: actions.keep_out(
            report=report, by=visit.person, at=visit.at,
            people=[person_by_id(int(one)) for one in typed["people"]],
        )
    ):  # fmt: skip
        return done(request, _("They can no longer see this concern."), "wrong-report", pk)
    return show_report(request, visit, report, keep_out=form)


@page(place=PLACE, methods=("POST",))
def mean_no_one(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say that a concern is about no one who would be told of it."""
    actions.mean_no_one(report=report_for(visit.person, pk, on=visit.on), by=visit.person, at=visit.at)
    return done(request, _("Saved. The others who must know have been told."), "wrong-report", pk)


@page(place=PLACE, methods=("POST",))
def may_know(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say that a concern isn't about a person whose name was found in its words."""
    report = report_for(visit.person, pk, on=visit.on)
    form = MayKnowForm(request.POST, people=named_in_words(report))
    if form.save(
        lambda typed: actions.may_know(
            report=report, by=visit.person, at=visit.at, person=person_by_id(int(typed["person"])),
            words=typed["words"],
        )
    ):  # fmt: skip
        return done(
            request, _("They can see this concern if they’d otherwise have been told."), "wrong-report", pk
        )
    return show_report(request, visit, report, may_know=form)


@page(place=PLACE, methods=("POST",))
def restrict(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Restrict to safeguarding leads."""
    actions.restrict(report=report_for(visit.person, pk, on=visit.on), by=visit.person, at=visit.at)
    return done(request, _("Only the safeguarding leads can see it now."), "wrong-report", pk)


@page(place=PLACE, methods=("POST",))
def tell_body(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Note that an outside body was told."""
    report, form = report_for(visit.person, pk, on=visit.on), BodyForm(request.POST)
    if form.save(
        lambda _typed: actions.tell_body(report=report, by=visit.person, at=visit.at, **form.told(visit.at))
    ):
        return done(request, _("Saved who was told."), "wrong-report", pk)
    return show_report(request, visit, report, body=form)


@page(place=PLACE, methods=("POST",))
def close(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Close it, say that it isn't ours, or ask a second person to close it."""
    report = report_for(visit.person, pk, on=visit.on)
    form = CloseForm(request.POST, people=people_for(report, visit))
    if form.save(lambda typed: _close(report, typed, visit)):
        return done(request, _("Saved."), "wrong-report", pk)
    return show_report(request, visit, report, close=form)


def _close(report: Report, typed: dict[str, Any], visit: Visit) -> Report:
    second = person_by_id(int(typed["second"])) if typed["second"] else None
    if typed["to"] == "not_for_us":
        return actions.end_report(
            report=report, by=visit.person, at=visit.at, words=typed["words"], second=second
        )
    return actions.close(report=report, by=visit.person, at=visit.at, words=typed["words"], second=second)


@page(place=PLACE, methods=("POST",))
def second(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Close it as the second person, or send it back."""
    report, form = report_for(visit.person, pk, on=visit.on), ReasonForm(request.POST)
    acts = {"close": actions.confirm_closing, "back": actions.send_back}
    act = acts.get(request.POST.get("act", ""))
    if act is None:
        raise BadInput({}, _("Choose what to do"))
    if form.save(lambda typed: act(report=report, by=visit.person, at=visit.at, words=typed["words"])):
        return done(request, _("Saved."), "wrong-report", pk)
    return show_report(request, visit, report, second=form)


@page(place=PLACE, methods=("POST",))
def reopen(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Open it again."""
    report, form = report_for(visit.person, pk, on=visit.on), ReasonForm(request.POST)
    if form.save(lambda typed: actions.reopen(report=report, by=visit.person, at=visit.at, **typed)):
        return done(request, _("Reopened. You’re dealing with it."), "wrong-report", pk)
    return show_report(request, visit, report, reopen=form)


def people_for(report: Report, visit: Visit) -> list[tuple[str, str]]:
    """Return the people who can be chosen for a concern."""
    return [(str(one.pk), one.name) for one in people_to_hand_on_to(report, by=visit.person, on=visit.on)]


_ONE = "wrong/reports/<int:pk>"
urlpatterns = [
    path(f"{_ONE}/keep-out", keep_out, name="wrong-keep-out"),
    path(f"{_ONE}/means-no-one", mean_no_one, name="wrong-means-no-one"),
    path(f"{_ONE}/may-know", may_know, name="wrong-may-know"),
    path(f"{_ONE}/restrict", restrict, name="wrong-restrict"),
    path(f"{_ONE}/told", tell_body, name="wrong-told"),
    path(f"{_ONE}/close", close, name="wrong-close"),
    path(f"{_ONE}/second", second, name="wrong-second"),
    path(f"{_ONE}/reopen", reopen, name="wrong-reopen"),
    path(f"{_ONE}/stages/<slug:stage>", at_stage, name="wrong-stage"),
]
