"""Concerns as those who may know of them see them: the list, one concern, its clock, its answers, and opening
it by two people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.days import stored_instant
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.core.subjects import number_of
from schoolgate.incidents import handling
from schoolgate.incidents.allegations import means_staff
from schoolgate.incidents.casework import STAGES, CaseFile, Stage, case_file, stages_here
from schoolgate.incidents.gathering import number_of_pieces
from schoolgate.incidents.handling import both_seats, lead_takes
from schoolgate.incidents.keeping import LONGEST_WORDS
from schoolgate.incidents.ladder import Around, about_who_leads, instead_of_leads, leads_kept_out
from schoolgate.incidents.meant import check_has_it, is_lead, meant_by_title
from schoolgate.incidents.models import (
    ENDED,
    LETS_IN,
    WAITS,
    AuthorityWord,
    Containment,
    Danger,
    KindWord,
    OpeningState,
    Report,
    ReportState,
    StepKind,
    Whose,
)
from schoolgate.incidents.opening import (
    AGREE_WITHIN,
    LONGEST_NUMBER,
    answer_opening,
    ask_to_open,
    check_may_open,
    end_opening,
    people_who_may_open,
)
from schoolgate.incidents.picture import KEPT, SITUATION, answers_of
from schoolgate.incidents.queries import (
    MOST_IN_DANGER,
    Shown,
    asked_by,
    asked_of,
    content_of,
    in_danger,
    looks_at,
    opening_for,
    opening_of,
    openings_of,
    people_to_hand_on_to,
    report_for,
    reported_by,
    reports,
    taken_by,
    waiting,
)
from schoolgate.incidents.report_facts import SAYS, in_words, report_facts, told_of
from schoolgate.incidents.things import as_shown_to
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for, book_of
from schoolgate.people.queries import person as person_by_id
from schoolgate.people.rules import can
from schoolgate.policy.asking import verdict as asked
from schoolgate.policy.queries import policy_or_none
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import answer_to
from schoolgate.web.frame.paging import page_by_key
from schoolgate.web.frame.pictures import sealed_picture
from schoolgate.web.frame.shown import instant_in_words, time_in_words
from schoolgate.web.frame.wording import verdict
from schoolgate.web.inbox.triage import number_to_read
from schoolgate.web.incidents.containing import containment_of, first_now
from schoolgate.web.incidents.fact_fields import choice, local_authority, question
from schoolgate.web.incidents.forms import (
    BodyForm,
    CloseForm,
    FoldedForm,
    HandOnForm,
    HarmedForm,
    KeepOutForm,
    KindForm,
    MayKnowForm,
    NoteForm,
    PassedForm,
    ReasonForm,
    WordForm,
    allegation_of,
    answers_read,
    may_be_hurt,
    may_be_meant,
    only_harmed,
)
from schoolgate.web.incidents.views import (
    COPIES,
    NONE,
    TAGS,
    AboutPictureForm,
    asks_back,
    numbers_here,
    support_for,
    unseen,
)

AT_ONCE: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (gettext_lazy("Someone told"), tuple(LETS_IN)),
    (gettext_lazy("Someone dealing with it"), (StepKind.TAKEN,)),
    (gettext_lazy("Outside body told"), (StepKind.BODY_TOLD,)),
)
"""What has to happen at once, and the kinds of step that show it. Schoolgate's own rule."""
MINUTES = 120
"""From then on whole hours are counted."""


@dataclass(frozen=True)
class Tick:
    """One thing that can't wait: what it is, when it happened or how long it has not. `done`: it happened."""

    label: str | Promise
    said: str
    done: bool
    told: bool


def clock(report: Report, steps: Iterable[Shown], *, at: datetime) -> list[Tick]:
    """Return what can't wait, seen from the instant `at`; empty unless someone is in danger, and once it is
    closed."""
    if report.danger != Danger.YES or report.state in ENDED:
        return []
    return list(_ticks(report, list(steps), at))


def _ticks(report: Report, steps: list[Shown], at: datetime) -> Iterator[Tick]:
    for label, kinds in AT_ONCE:
        first = min((one.step.at for one in steps if one.step.kind in kinds), default=None)
        waited = (first or at) - report.reported_at
        said = f"{time_in_words(first)}, {_after(waited)}" if first else _not_yet(waited)
        yield Tick(label, said, done=first is not None, told=StepKind.BODY_TOLD in kinds)


def _after(waited: timedelta) -> str:
    minutes = max(0, int(waited.total_seconds() // 60))
    if minutes == 0:
        return gettext("at once")
    if minutes < MINUTES:
        return ngettext("after {number} minute", "after {number} minutes", minutes).format(number=minutes)
    hours = minutes // 60
    return ngettext("after {number} hour", "after {number} hours", hours).format(number=hours)


def _not_yet(waited: timedelta) -> str:
    minutes = max(0, int(waited.total_seconds() // 60))
    if minutes == 0:
        return gettext("Not yet")
    if minutes < MINUTES:
        return ngettext(
            "Not yet. It’s been {number} minute.", "Not yet. It’s been {number} minutes.", minutes
        ).format(number=minutes)
    hours = minutes // 60
    return ngettext("Not yet. It’s been {number} hour.", "Not yet. It’s been {number} hours.", hours).format(
        number=hours
    )


SAID_ELSEWHERE = frozenset({"by", "at", "on", "of_this_version", "roles"})
"""Parts of an answer that the step itself says: who answered, and when."""


def answers_in_words(shown: Shown) -> list[tuple[str, str]]:
    """Return each question that was answered at a step, with its answer."""
    if isinstance(said := shown.words.get(KEPT), dict):
        return _about_picture(said)
    stage = next((one for one in STAGES.values() if one.step == shown.step.kind), None)
    facts = shown.words.get("facts")
    if stage is None or not isinstance(facts, dict):
        return []
    return [
        (asked, ", ".join(answer_to(asked, one) for one in _words(stage.situation, name, value)))
        for name, value in facts.items()
        if value is not None
        for asked in (question(stage.situation, name),)
    ]


def _about_picture(said: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what was answered about a picture that was taken by mistake."""
    labels = {name: str(field.label) for name, field in AboutPictureForm.base_fields.items() if field.label}
    found = []
    for name, value in said.items():
        label = labels.get(name) or question(SITUATION, name)
        if name == "found_at":
            words = [instant_in_words(stored_instant(value))]
        elif isinstance(value, bool):
            words = [answer_to(label, gettext("Yes") if value else gettext("No"))]
        elif name == "copies_left":
            words = [str(COPIES[one]) for one in value or (NONE,)]
        else:
            words = list(value) or [gettext("No one yet")]
        found.append((label, ", ".join(words)))
    return found


def _words(situation: str, path: str, value: Any) -> Iterator[str]:
    if isinstance(value, bool):
        yield gettext("Yes") if value else gettext("No")
    elif isinstance(value, Mapping):
        yield from _parts(situation, path, value)
    elif isinstance(value, list):
        if not value:
            yield gettext("None of these")
        for one in value:
            yield "; ".join(_words(situation, path, one))
    else:
        yield choice(situation, path, str(value))


def _parts(situation: str, path: str, value: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a thing is made of. Whose conduct it is has no name: only the connection with the school."""
    key = str(value.get("key", ""))
    if key.startswith("person-"):
        yield from Person.objects.filter(pk=int(key.partition("-")[2])).values_list("name", flat=True)
        return
    for name, inner in value.items():
        said_elsewhere = name in SAID_ELSEWHERE and (name != "on" or "by" in value)
        if inner is None or said_elsewhere or (name == "key" and key == "subject"):
            continue
        said = ", ".join(
            _words(situation, path if name in ("relation", "what", "answer") else f"{path}.{name}", inner)
        )
        yield (
            f"{question(situation, f'{path}.{name}')} {said}"
            if isinstance(inner, bool) and name != "answer"
            else said
        )


class OpenForm(FoldedForm):
    """Which concern, why, and with which second person."""

    reference = forms.CharField(
        label=_("Reference of the concern"),
        help_text=_("Such as W-ABC234."),
        max_length=LONGEST_NUMBER,
        widget=forms.TextInput(
            attrs={"class": "govuk-input--width-10", "autocomplete": "off", "autocapitalize": "characters"}
        ),
    )
    words = forms.CharField(
        label=_("Why can’t it wait for a safeguarding lead?"),
        help_text=_("The second person reads this. It stays with the concern."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    second = forms.ChoiceField(label=_("Who decides with you?"))

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["second"]
        field.choices = [("", _("Choose a person")), *people]


def openings_for(visit: Visit, form: OpenForm | None = None) -> dict[str, Any]:
    """Return what the list of concerns shows of opening one by two; nothing for people who can't ask."""
    if not can(check_may_open, visit.person, on=visit.on):
        return {}
    return {
        "open_form": form or OpenForm(people=people_of(visit)),
        "asked_by_me": [
            {"opening": one, "opens": one.report if one.state == OpeningState.AGREED else None}
            for one in asked_by(visit.person)
        ],
        "asked_of_me": [
            {"opening": one, "words": words}
            for one, words in asked_of(visit.person, since=visit.at - AGREE_WITHIN)
        ],
    }


def people_of(visit: Visit) -> list[tuple[str, str]]:
    """Return who can be asked to open one with this visitor."""
    return [(str(one.pk), one.name) for one in people_who_may_open(visit.person, at=visit.at)]


def without_leads(report: Report, *, on: date) -> dict[str, Any]:
    """Return who takes the leads' part and the authority outside; nothing while a lead may know of it."""
    book, around = book_for(report), Around.of(report, on=on)
    if not leads_kept_out(book, around):
        return {}
    people = Person.objects.filter(pk__in=instead_of_leads(book, around).people).order_by("name", "pk")
    return {
        "leads_kept_out": True, "instead_of_leads": [one.name for one in people],
        "authority": local_authority(report.school),
    }  # fmt: skip


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
    handling.open_report(report=report, by=visit.person, at=visit.at)
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
    handling.take(report=report_for(visit.person, pk, on=visit.on), by=visit.person, at=visit.at)
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
    if form.save(lambda typed: handling.note(report=report, by=visit.person, at=visit.at, **typed)):
        return done(request, _("Note saved."), "wrong-report", pk)
    return show_report(request, visit, report, note=form)


@page(place=PLACE, methods=("POST",))
def hand_on(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Assign the report to a person, who must then take it."""
    report = report_for(visit.person, pk, on=visit.on)
    people = [(str(one.pk), one.name) for one in people_to_hand_on_to(report, by=visit.person, on=visit.on)]
    form = HandOnForm(request.POST, people=people)
    if form.save(
        lambda typed: handling.hand_on(
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
    handling.open_report(report=report, by=visit.person, at=visit.at, what="picture")
    kept = content_of(report, step_pk)
    if kept.picture_ref is None:
        raise NotFound
    return sealed_picture(kept.picture_ref, kept.picture_type)


_ONE = "wrong/reports/<int:pk>"


ANSWERS = {"agree": True, "decline": False}


@page(place=PLACE, methods=("POST",))
def ask(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Ask a second person. The answer doesn't say whether there is such a concern."""
    check_may_open(visit.person, on=visit.on)
    form = OpenForm(request.POST, people=people_of(visit))
    if form.save(
        lambda typed: ask_to_open(
            by=visit.person, at=visit.at, reference=typed["reference"], words=typed["words"],
            second=person_by_id(int(typed["second"])),
        )
    ):  # fmt: skip
        return done(
            request, _("We’ve asked a second person. If they agree, you can open it here."), "wrong-reports"
        )
    return show_list(request, visit, openings_for(visit, form))


@page(place=PLACE, methods=("POST",))
def answer(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Agree as the second person, or not."""
    found = opening_for(visit.person, pk)
    agrees = ANSWERS.get(request.POST.get("act", ""))
    if agrees is None:
        raise BadInput({}, _("Choose what to do"))
    opening = answer_opening(opening=found, by=visit.person, at=visit.at, agrees=agrees)
    if opening.state == OpeningState.AGREED:
        said = _("Opened for your colleague. The safeguarding leads have been told.")
    else:
        said = _("Nothing was opened.")
    return done(request, said, "wrong-reports")


@page(place=PLACE, methods=("POST",))
def end(request: HttpRequest, visit: Visit, pk: int, opening_pk: int) -> HttpResponseBase:
    """End a person's access as a safeguarding lead."""
    report = report_for(visit.person, pk, on=visit.on)
    end_opening(opening=opening_of(report, opening_pk), by=visit.person, at=visit.at)
    return done(request, _("They can no longer see this concern."), "wrong-report", pk)


urlpatterns = [
    path("wrong/reports", report_list, name="wrong-reports"),
    path(_ONE, one, name="wrong-report"),
    path(f"{_ONE}/take", take, name="wrong-take"),
    path(f"{_ONE}/note", note, name="wrong-note"),
    path(f"{_ONE}/hand-on", hand_on, name="wrong-hand-on"),
    path(f"{_ONE}/pictures/<int:step_pk>", picture, name="wrong-picture"),
    path("wrong/openings", ask, name="wrong-open"),
    path("wrong/openings/<int:pk>", answer, name="wrong-opening"),
    path("wrong/reports/<int:pk>/openings/<int:opening_pk>/end", end, name="wrong-opening-end"),
]
