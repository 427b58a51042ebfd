"""Reports from the inside: which are mine to take, what was said, what is done with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.days import stored_instant
from schoolgate.core.errors import NotFound
from schoolgate.core.subjects import number_of
from schoolgate.incidents import actions
from schoolgate.incidents.actions.two_seats import both_seats, lead_takes
from schoolgate.incidents.allegations import means_staff
from schoolgate.incidents.casefile import CaseFile, case_file
from schoolgate.incidents.evidence import number_of_pieces
from schoolgate.incidents.ladder import Around, about_who_leads
from schoolgate.incidents.meant import meant_by_title
from schoolgate.incidents.models import Report
from schoolgate.incidents.picture import answers_of
from schoolgate.incidents.queries import (
    MOST_IN_DANGER,
    Shown,
    content_of,
    in_danger,
    looks_at,
    openings_of,
    people_to_hand_on_to,
    report_for,
    reported_by,
    reports,
    taken_by,
    waiting,
)
from schoolgate.incidents.questions import in_words
from schoolgate.incidents.report_facts import report_facts, told_of
from schoolgate.incidents.rules import check_has_it, is_lead
from schoolgate.incidents.said import SAYS
from schoolgate.incidents.stages import Stage, stages_here
from schoolgate.incidents.states import (
    ENDED,
    LETS_IN,
    WAITS,
    AuthorityWord,
    Containment,
    Danger,
    KindWord,
    ReportState,
    StepKind,
    Whose,
)
from schoolgate.incidents.things import as_shown_to
from schoolgate.people.models import Person
from schoolgate.people.queries import book_of
from schoolgate.people.queries import person as person_by_id
from schoolgate.people.rules import can
from schoolgate.policy.asking import verdict as asked
from schoolgate.policy.queries import policy_or_none
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.paging import page_by_key
from schoolgate.web.frame.pictures import sealed_picture
from schoolgate.web.frame.times import instant_in_words
from schoolgate.web.frame.wording import verdict
from schoolgate.web.inbox.words import number_to_read
from schoolgate.web.incidents.allegation import KindForm, WordForm, allegation_of, answers_read
from schoolgate.web.incidents.answers import answers_in_words
from schoolgate.web.incidents.clock import clock
from schoolgate.web.incidents.containing import containment_of, first_now
from schoolgate.web.incidents.fact_fields import choice
from schoolgate.web.incidents.forms import (
    BodyForm,
    CloseForm,
    HandOnForm,
    NoteForm,
    PassedForm,
    ReasonForm,
)
from schoolgate.web.incidents.keeping_out_forms import (
    HarmedForm,
    KeepOutForm,
    MayKnowForm,
    may_be_hurt,
    may_be_meant,
    only_harmed,
)
from schoolgate.web.incidents.openings import openings_for
from schoolgate.web.incidents.support import asks_back, support_for
from schoolgate.web.incidents.views import TAGS, numbers_here, unseen
from schoolgate.web.incidents.without_leads import without_leads

PAGES = {
    "publishing.post": "post",
    "inbox.item": "item",
    "accounts.account": "account",
    "accounts.foundpage": "found-page",
    "media.picture": "picture",
}
PLACE = "reports"
Rows = Callable[[Visit], QuerySet[Report]]
SHOWS: dict[str, tuple[Any, Rows]] = {
    "waiting": (_("Waiting for me"), lambda visit: waiting(visit.person, on=visit.on)),
    "mine": (_("I’m dealing with these"), lambda visit: taken_by(visit.person, on=visit.on)),
    "all": (_("All"), lambda visit: reports(visit.person, on=visit.on)),
    "reported": (_("Reported by me"), lambda visit: reported_by(visit.person)),
}


def _shown_first(visit: Visit) -> str:
    """What the list opens with: what I deal with where nothing waits for me."""
    waits, mine = (SHOWS[show][1](visit) for show in ("waiting", "mine"))
    return "mine" if mine.exists() and not waits.exists() else "waiting"


@page(place=PLACE)
def report_list(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Reports that I may know of: mine to take, taken by me, all of them; and what I reported with my name,
    of which only the status is shown, and who has it."""
    return show_list(request, visit, openings_for(visit))


def show_list(request: HttpRequest, visit: Visit, openings: dict[str, Any]) -> HttpResponseBase:
    """Show the list, with what belongs to opening a concern by two."""
    show = request.GET.get("show") or _shown_first(visit)
    if show not in SHOWS:
        raise NotFound
    own, rows = show == "reported", SHOWS[show][1](visit)
    danger, only_danger = in_danger(rows), "danger" in request.GET and not own
    urgent = [] if own or only_danger else list(danger[: MOST_IN_DANGER + 1])
    many, urgent = len(urgent) > MOST_IN_DANGER, urgent[:MOST_IN_DANGER]
    rows = danger if only_danger else rows.exclude(pk__in=[one.pk for one in urgent])
    shown, kept = page_by_key(rows, request.GET, by="reported_at"), f"show={show}"
    kept += "&danger=yes" if only_danger else ""
    first = [] if {"older", "newer"} & set(request.GET) else urgent
    names = {role.key: role.name for role in book_of(visit.federation).roles} if own else {}
    context = {
        "page": replace(shown, newer=_kept(kept, shown.newer), older=_kept(kept, shown.older)),
        "in_danger": danger.count() if many else 0, "first": MOST_IN_DANGER, "only_danger": only_danger,
        "show": show, "own": own, "leads": (leads := is_lead(visit.person, visit.on)),
        "to_read": number_to_read(visit) if leads and show in ("waiting", "all") else 0,
        "shows": [(key, label) for key, (label, _rows) in SHOWS.items()],
        "rows": [
            {
                "report": one, "tag": TAGS[one.state], "waits": one.state in WAITS,
                "role": names.get(getattr(one, "taken_role", ""), ""),
            }
            for one in (*first, *shown.rows)
        ],
        **(support_for(shown.rows) if own else {}), **openings,
    }  # fmt: skip
    wrong = "open_form" in openings and openings["open_form"].errors
    return unseen(render(request, "wrong/reports.html", context, status=422 if wrong else 200))


def _kept(here: str, key: str) -> str:
    """Return the query string of a neighbouring page under the same heading."""
    return key and f"{here}&{key}"


@page(place=PLACE, methods=("GET", "HEAD"))
def one(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show what was said, what the policy says to do first, and who was told. My reading is recorded."""
    return show_report(request, visit, report_for(visit.person, pk, on=visit.on))


def show_report(request: HttpRequest, visit: Visit, report: Report, **given: Any) -> HttpResponseBase:
    """Show a report with its forms, those in `given` as they were sent. The reading is recorded."""
    actions.open_report(report=report, by=visit.person, at=visit.at)
    case = case_file(report)
    steps = case.steps
    first = steps[0]
    people = [(str(one.pk), one.name) for one in people_to_hand_on_to(report, by=visit.person, on=visit.on)]
    named, harmed = named_in_words(report), only_harmed(report)
    leads = is_lead(visit.person, visit.on)
    may_act = report.state == ReportState.TAKEN and can(check_has_it, visit.person, report, on=visit.on)
    forms = {
        "note": NoteForm(), "hand_on": HandOnForm(people=people), "close": CloseForm(people=people),
        "body": BodyForm(), "keep_out": KeepOutForm(
            people=people + harmed, others=may_be_meant(report, by=visit.person, on=visit.on)
        ),
        "second": ReasonForm(),
        "word": WordForm(school=report.school), "kind": KindForm(),
        "reopen": ReasonForm(), "passed": PassedForm(), "may_know": MayKnowForm(people=named),
        "harmed": HarmedForm(people=may_be_hurt(report, by=visit.person, on=visit.on) if leads else []),
        **given,
    }  # fmt: skip
    wrong = next((form for form in given.values() if form.errors), None)
    thing = _thing(first, visit)
    context = {
        "report": report, "tag": TAGS[report.state], "waits": report.state in WAITS,
        "has_it": report.taken_by_id == visit.person.pk, "asks_back": asks_back(report, visit),
        "may_act": may_act,
        "may_pass": report.passed_at is None and leads
        and report.state in (ReportState.TAKEN, *ENDED),
        "openings": openings_of(report), "leads": leads, "looks": looks_at(report),
        **containment_of(report, visit, first.words), "first_now": first_now(steps),
        "may_restrict": report.restricted_at is None and report.taken_by_id == visit.person.pk
        and leads,
        "closing": report.state == ReportState.CLOSING, "ended": report.state in ENDED,
        "first_closer": report.closes_first_id == visit.person.pk,
        "stages": _stages(visit, case, may_act=may_act),
        "first": first.words, "first_picture": first.has_picture, "first_step": first.step.pk,
        **without_leads(report, on=visit.on), **allegation_of(report, visit),
        "answered": answers_read(report),
        "about": _about(first, visit), "kinds": [SAYS[key].label for key in report.said if key in SAYS],
        "answers": in_words(report.answers),
        "goes_up": instant_in_words(report.goes_up_at) if report.goes_up_at else "",
        "goes_up_by": report.goes_up_by,
        "not_held": ", ".join(report.not_held),
        "about_who_leads": about_who_leads(book_of(visit.federation), Around.of(report, on=visit.on)),
        "named": [name for _pk, name in named], "harmed": [name for _pk, name in harmed],
        "lead_takes": lead_takes(report, visit.person, on=visit.on),
        "both_seats": ", ".join(one.name for one in both_seats(report, on=visit.on))
        if report.about_unknown else "",
        "may_let_in": leads or can(check_has_it, visit.person, report, on=visit.on),
        "by_law": any(one.step.whose == Whose.LAW for one in steps),
        "named_nobody": not report.not_held
        and not any(one.step.whose in (Whose.POLICY, Whose.LAW) for one in steps),
        "steps": [_step(one) for one in steps], "clock": clock(report, steps, at=visit.at),
        "pieces_of_evidence": number_of_pieces(report),
        "thing": thing, **_doors(report, thing), "frame_slug": visit.federation.slug,
        "offers_fake": report.danger != Danger.YES and not means_staff(report),
        "copies_left": (answers_of(report) or {}).get("copies_left"),
        "telling": _says_told(report, visit),
        "forms": forms, "form": wrong,
        **numbers_here(),
    }  # fmt: skip
    return unseen(render(request, "wrong/report.html", context, status=422 if wrong else 200))


def _stages(visit: Visit, case: CaseFile, *, may_act: bool) -> list[tuple[Stage, bool, bool]]:
    """Return each stage with whether it was saved, and whether it's the next of a person who may act."""
    found = stages_here(book_of(visit.federation), case.answers.get("subject"))
    left = [one for one in found if one.step not in case.latest] if may_act else []
    return [(one, one.step in case.latest, one in left[:1]) for one in found]


def named_in_words(report: Report) -> list[tuple[str, str]]:
    """Return who is kept out because their name or title was found in the words: id and name, for a
    choice."""
    rows = (
        report.kept_out.filter(found=True, harmed=False)
        .exclude(person=None)
        .values_list("person_id", flat=True)
    )
    people = Person.objects.filter(pk__in={*rows, *meant_by_title(report)}).order_by("name", "pk")
    return [(str(one.pk), one.name) for one in people]


def _thing(first: Shown, visit: Visit) -> dict[str, Any] | None:
    found = first.words.get("thing")
    if not isinstance(found, dict):
        return None
    found = as_shown_to(visit.person, found, on=visit.on)
    return {**found, "at": stored_instant(found["at"])}


def _doors(report: Report, thing: dict[str, Any] | None) -> dict[str, str]:
    """Return where to open the thing, if there is such a page."""
    kind = report.thing.partition(":")[0]
    if thing is None or not PAGES.get(kind):
        return {}
    return {"thing_href": _reverse(PAGES[kind], number_of(report.thing))}


def _reverse(name: str, number: int) -> str:
    try:
        return reverse(name, args=[number])
    except NoReverseMatch:
        return ""


def _about(first: Shown, visit: Visit) -> list[str]:
    ids, keys = first.words.get("about", []), set(first.words.get("about_roles", []))
    names = list(Person.objects.filter(pk__in=ids).order_by("name").values_list("name", flat=True))
    return names + [role.name for role in book_of(visit.federation).roles if role.key in keys]


def _says_told(report: Report, visit: Visit) -> Any:
    """Return what the policy says about telling people, with those who were told and opened it; None without
    a policy in force."""
    if policy_or_none(visit.on) is None:
        return None
    facts = report_facts(report, by=report.by, at=visit.at, told=told_of(report, at=visit.at))
    return verdict(asked("incident.report", facts, on=visit.on), at=visit.at)


def step_in_words(shown: Shown) -> str:
    """Return what was done at a step, and to or with which person, role or body."""
    step = shown.step
    body = choice("incident.conclude", "agencies.body", step.body) if step.kind == StepKind.BODY_TOLD else ""
    for words in (Containment, AuthorityWord, KindWord, ReportState):
        if step.body in words.values:
            body = str(words(step.body).label)
    whom = ", ".join(filter(None, (step.person.name if step.person else "", shown.role, body)))
    label = str(StepKind(step.kind).label)
    if shown.role and step.whose and step.kind not in LETS_IN:
        return gettext("{done}, in place of: {role}").format(done=label, role=shown.role)
    return f"{label}: {whom}" if whom and step.kind != StepKind.TAKEN else label


def _step(shown: Shown) -> dict[str, Any]:
    step = shown.step
    by = step.by.name if step.by and step.kind != StepKind.REPORTED else ""
    return {
        "step": step,
        "what": step_in_words(shown),
        "answers": answers_in_words(shown),
        "when": ", ".join(filter(None, (instant_in_words(step.at), by))),
        "whose": Whose(step.whose).label if step.whose else "",
        "words": shown.words.get("what", "") if step.kind != StepKind.REPORTED else "",
        "reference": shown.words.get("reference", ""),
        "picture": shown.has_picture and step.kind != StepKind.REPORTED,
    }


@page(place=PLACE, methods=("POST",))
def take(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say that I have it."""
    actions.take(report=report_for(visit.person, pk, on=visit.on), by=visit.person, at=visit.at)
    return done(
        request,
        _("You’re dealing with this. The person who reported it can see that someone is."),
        "wrong-report",
        pk,
    )


@page(place=PLACE, methods=("POST",))
def note(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Add what I found out or did."""
    report, form = report_for(visit.person, pk, on=visit.on), NoteForm(request.POST)
    if form.save(lambda typed: actions.note(report=report, by=visit.person, at=visit.at, **typed)):
        return done(request, _("Note saved."), "wrong-report", pk)
    return show_report(request, visit, report, note=form)


@page(place=PLACE, methods=("POST",))
def hand_on(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Assign the report to a person, who must then take it."""
    report = report_for(visit.person, pk, on=visit.on)
    people = [(str(one.pk), one.name) for one in people_to_hand_on_to(report, by=visit.person, on=visit.on)]
    form = HandOnForm(request.POST, people=people)
    if form.save(
        lambda typed: actions.hand_on(
            report=report,
            by=visit.person,
            at=visit.at,
            to=person_by_id(int(typed["to"])),
            words=typed["words"],
        )
    ):
        return done(request, _("Passed on. They’ve been told and must now deal with it."), "wrong-report", pk)
    return show_report(request, visit, report, hand_on=form)


@page(place=PLACE, methods=("GET", "HEAD"))
def picture(request: HttpRequest, visit: Visit, pk: int, step_pk: int) -> HttpResponseBase:
    """A picture of what was seen, for one of the report's readers. That I looked at it is put on record."""
    report = report_for(visit.person, pk, on=visit.on)
    if not report.steps.filter(pk=step_pk).exists():
        raise NotFound
    actions.open_report(report=report, by=visit.person, at=visit.at, what="picture")
    kept = content_of(report, step_pk)
    if kept.picture_ref is None:
        raise NotFound
    return sealed_picture(kept.picture_ref, kept.picture_type)


_ONE = "wrong/reports/<int:pk>"
urlpatterns = [
    path("wrong/reports", report_list, name="wrong-reports"),
    path(_ONE, one, name="wrong-report"),
    path(f"{_ONE}/take", take, name="wrong-take"),
    path(f"{_ONE}/note", note, name="wrong-note"),
    path(f"{_ONE}/hand-on", hand_on, name="wrong-hand-on"),
    path(f"{_ONE}/pictures/<int:step_pk>", picture, name="wrong-picture"),
]
