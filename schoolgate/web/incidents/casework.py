"""A concern after it was reported: its stages, the outside bodies told, its closing, its handover and its
chronology on paper."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.conduct.answers import support_numbers
from schoolgate.core import vault
from schoolgate.core.documents import pdf_of
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.core.models import School
from schoolgate.incidents import casework, handling, harming, keeping_out, passing_on, reporting
from schoolgate.incidents.allegations import numbers, schools_without_numbers
from schoolgate.incidents.casework import (
    STAGES,
    CaseFile,
    Stage,
    case_facts,
    case_file,
    check_may_enter,
    stages_here,
)
from schoolgate.incidents.gathering import Piece, evidence_of
from schoolgate.incidents.harming import to_be_helped
from schoolgate.incidents.keeping import check_written_here
from schoolgate.incidents.ladder import stands_in_for, who_assesses_instead
from schoolgate.incidents.meant import check_has_it, is_lead
from schoolgate.incidents.models import (
    ENDED,
    WAITS,
    Agreed,
    Authority,
    Content,
    EvidenceKind,
    Part,
    Report,
    ReportState,
)
from schoolgate.incidents.queries import Shown, people_to_hand_on_to, report_for
from schoolgate.people.queries import book_of
from schoolgate.people.queries import person as person_by_id
from schoolgate.people.rules import can
from schoolgate.people.safeguarding import lead_of, leads
from schoolgate.policy.asking import verdict as asked
from schoolgate.policy.queries import policy_or_none
from schoolgate.rulebook import Decision
from schoolgate.rulebook.situations import situation
from schoolgate.rulebook.situations.base import declared
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import form_page
from schoolgate.web.frame.parts import PagePart, on_today_page_if
from schoolgate.web.frame.ring_first import officer
from schoolgate.web.frame.shown import instant_in_words
from schoolgate.web.frame.wording import plain, verdict
from schoolgate.web.incidents.containing import containment_of
from schoolgate.web.incidents.fact_fields import Around, StageForm, local_authority
from schoolgate.web.incidents.forms import (
    AuthorityForm,
    BodyForm,
    CloseForm,
    HarmedForm,
    KeepOutForm,
    KindForm,
    MayKnowForm,
    PassedForm,
    ReasonForm,
    WordForm,
    may_be_hurt,
    may_be_meant,
)
from schoolgate.web.incidents.reports import (
    PLACE,
    answers_in_words,
    named_in_words,
    show_report,
    step_in_words,
    without_leads,
)
from schoolgate.web.incidents.views import numbers_here, unseen

PARTS = ("what", "where", "contact", "reference")
"""What may be written at a step, in the order in which it is printed."""

WORDS = ("what", "who", "present", "said", "source", "name")
"""What may be written of a piece of evidence, in the order in which it is printed."""


def chronology_of(case: CaseFile, federation: str, language: str) -> dict[str, Any]:
    """Return the sheet as the template of the PDF takes it, in the active language."""
    report = case.report
    kept = {row.step_id: row for row in Content.objects.filter(report=report)}
    rows = [_row(one, kept.get(one.step.pk)) for one in case.steps]
    evidence = [_evidence_row(one) for one in evidence_of(report)]
    whole = hashlib.sha256("".join(row["digest"] for row in [*rows, *evidence]).encode()).hexdigest()
    return {
        "language": language,
        "federation": federation,
        "printed": False,
        "title": gettext("Concern {reference}: chronology").format(reference=report.reference),
        "source": "",
        "note": "",
        "heads": [gettext("When"), gettext("What happened")],
        "sections": [
            {"title": title, "printed": False, "rows": shown}
            for title, shown in ((gettext("Entries"), rows), (gettext("Evidence"), evidence))
            if shown
        ],
        "steps": [],
        "stands": gettext(
            "Each entry ends with a checksum (SHA-256) of its text, picture and files. Checksum of "
            "all entries in order: {sum}."
        ).format(sum=whole),
        "words": {
            "approval": gettext("How to check it"),
            "part": "", "name": "", "signature": "", "date": "", "marked": gettext("(ticked)"),
        },
    }  # fmt: skip


def _row(shown: Shown, kept: Content | None) -> dict[str, Any]:
    said = [str(shown.words[part]) for part in PARTS if shown.words.get(part)]
    said += [f"{asked} {answer}" for asked, answer in answers_in_words(shown)]
    digest = hashlib.sha256(_bytes_of(shown, kept)).hexdigest()
    if kept is not None and kept.picture_ref is not None:
        said.append(gettext("With a picture."))
    described = step_in_words(shown)
    by = f" ({shown.step.by.name})" if shown.step.by else ""
    return {
        "label": f"{instant_in_words(shown.step.at)}\n{described}{by}",
        "words": "\n".join([*said, f"SHA-256 {digest}"]),
        "digest": digest,
        "section": "",
        "marks": [],
    }


def _evidence_row(piece: Piece) -> dict[str, Any]:
    row = piece.row
    said = [str(piece.words[name]) for name in WORDS if piece.words.get(name)]
    if piece.words.get("agreed"):
        said.append(gettext("Agreed: {answer}").format(answer=Agreed(piece.words["agreed"]).label))
    said += [
        f"{one['address']} ({one['status']})" for one in piece.found.get("way", []) if isinstance(one, dict)
    ]
    said += [
        gettext("Obtained: {when}").format(when=instant_in_words(row.obtained_at)),
        f"SHA-256 {row.words_digest}",
    ]
    digests, kind = [row.words_digest], EvidenceKind(row.kind).label
    for file in piece.files:
        said.append(f"{Part(file.part).label}: {file.media_type}, {file.size} B, SHA-256 {file.digest}")
        digests.append(file.digest)
    for note, words in piece.notes:
        said.append(
            gettext("Note of {when} ({name}): {words}").format(
                when=instant_in_words(note.at), name=note.by.name, words=words.get("what", "")
            )
        )
        said.append(f"SHA-256 {note.words_digest}")
        digests.append(note.words_digest)
    return {
        "label": f"{row.number}. {kind}\n{instant_in_words(row.added_at)} ({row.by.name})",
        "words": "\n".join(said),
        "digest": "".join(digests),
        "section": "",
        "marks": [],
    }


def _bytes_of(shown: Shown, kept: Content | None) -> bytes:
    text = json.dumps(shown.words, ensure_ascii=False, sort_keys=True).encode()
    if kept is None or kept.picture_ref is None:
        return text
    return text + base64.b64decode(vault.reveal(kept.picture_ref))


@page(place=PLACE, methods=("GET", "HEAD"))
def chronology(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Return the chronology as a tagged PDF. My reading is recorded."""
    report = report_for(visit.person, pk, on=visit.on)
    handling.open_report(report=report, by=visit.person, at=visit.at)
    language = translation.get_language() or "en"
    made = pdf_of("form", chronology_of(case_file(report), visit.federation.name, language), at=visit.at)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{report.reference}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def text_of(sheet: dict[str, Any]) -> str:
    """Return the chronology as a plain text, to be copied into another system."""
    rows = [f"{row['label']}\n{row['words']}" for section in sheet["sections"] for row in section["rows"]]
    return "\n\n".join([f"{sheet['title']}\n{sheet['federation']}", *rows, sheet["stands"]]) + "\n"


@page(place=PLACE, methods=("GET", "HEAD"))
def text(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Return the concern as a text file. My reading is recorded."""
    report = report_for(visit.person, pk, on=visit.on)
    handling.open_report(report=report, by=visit.person, at=visit.at)
    language = translation.get_language() or "en"
    made = text_of(chronology_of(case_file(report), visit.federation.name, language))
    response = HttpResponse(made, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{report.reference}.txt"'
    response["Cache-Control"] = "no-store"
    return response


@page(place=PLACE, methods=("POST",))
def passed(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Mark it as passed to the safeguarding lead's own system."""
    report, form = report_for(visit.person, pk, on=visit.on), PassedForm(request.POST)
    if form.save(
        lambda typed: passing_on.mark_as_passed(report=report, by=visit.person, at=visit.at, **typed)
    ):
        return done(
            request, _("Marked as passed. What was written is no longer shown here."), "wrong-report", pk
        )
    return show_report(request, visit, report, passed=form)


@page(place=PLACE)
def at_stage(request: HttpRequest, visit: Visit, pk: int, stage: str) -> HttpResponseBase:
    """Answer what the policy reads at a stage; beside it what the policy says to what is known."""
    report = report_for(visit.person, pk, on=visit.on)
    book = book_of(visit.federation)
    check_written_here(report)
    handling.open_report(report=report, by=visit.person, at=visit.at)
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
    return casework.save_stage(
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
        lambda typed: keeping_out.keep_out(
            report=report, by=visit.person, at=visit.at,
            people=[person_by_id(int(one)) for one in typed["people"]],
        )
    ):  # fmt: skip
        return done(request, _("They can no longer see this concern."), "wrong-report", pk)
    return show_report(request, visit, report, keep_out=form)


@page(place=PLACE, methods=("POST",))
def mean_no_one(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say that a concern is about no one who would be told of it."""
    keeping_out.mean_no_one(report=report_for(visit.person, pk, on=visit.on), by=visit.person, at=visit.at)
    return done(request, _("Saved. The others who must know have been told."), "wrong-report", pk)


@page(place=PLACE, methods=("POST",))
def may_know(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say that a concern isn't about a person whose name was found in its words."""
    report = report_for(visit.person, pk, on=visit.on)
    form = MayKnowForm(request.POST, people=named_in_words(report))
    if form.save(
        lambda typed: keeping_out.may_know(
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
    casework.restrict(report=report_for(visit.person, pk, on=visit.on), by=visit.person, at=visit.at)
    return done(request, _("Only the safeguarding leads can see it now."), "wrong-report", pk)


@page(place=PLACE, methods=("POST",))
def tell_body(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Note that an outside body was told."""
    report, form = report_for(visit.person, pk, on=visit.on), BodyForm(request.POST)
    if form.save(
        lambda _typed: casework.tell_body(report=report, by=visit.person, at=visit.at, **form.told(visit.at))
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
        return handling.end_report(
            report=report, by=visit.person, at=visit.at, words=typed["words"], second=second
        )
    return casework.close(report=report, by=visit.person, at=visit.at, words=typed["words"], second=second)


@page(place=PLACE, methods=("POST",))
def second(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Close it as the second person, or send it back."""
    report, form = report_for(visit.person, pk, on=visit.on), ReasonForm(request.POST)
    acts = {"close": casework.confirm_closing, "back": casework.send_back}
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
    if form.save(lambda typed: casework.reopen(report=report, by=visit.person, at=visit.at, **typed)):
        return done(request, _("Reopened. You’re dealing with it."), "wrong-report", pk)
    return show_report(request, visit, report, reopen=form)


def people_for(report: Report, visit: Visit) -> list[tuple[str, str]]:
    """Return the people who can be chosen for a concern."""
    return [(str(one.pk), one.name) for one in people_to_hand_on_to(report, by=visit.person, on=visit.on)]


_ONE = "wrong/reports/<int:pk>"


@page(place=PLACE, methods=("POST",))
def word(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Save what the local authority said."""
    report = report_for(visit.person, pk, on=visit.on)
    form = WordForm(request.POST, school=report.school)
    if form.save(
        lambda _typed: casework.save_word(report=report, by=visit.person, at=visit.at, **form.said(visit.at))
    ):
        return done(request, _("Saved what the local authority said."), "wrong-report", pk)
    return show_report(request, visit, report, word=form)


@page(place=PLACE, methods=("POST",))
def kind_word(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Answer the reporter with Schoolgate's own words."""
    report, form = report_for(visit.person, pk, on=visit.on), KindForm(request.POST)
    if form.save(
        lambda typed: reporting.answer_reporter(report=report, by=visit.person, at=visit.at, **typed)
    ):
        said = _("Saved. They will see it when they check on their concern. Nothing was sent to them.")
        return done(request, said, "wrong-report", pk)
    return show_report(request, visit, report, kind=form)


@page(place=PLACE, check=check_may_enter)
def authority(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Whom to ring at the local authority, for each school or for all."""
    schools = list(School.objects.order_by("name", "pk"))
    form = AuthorityForm(request.POST or None, schools=schools)
    by_number = {str(one.pk): one for one in schools}
    if form.save(
        lambda typed: casework.enter_authority(
            by=visit.person, at=visit.at, **{**typed, "school": by_number.get(typed["school"])}
        )
    ):
        return done(request, _("Saved."), "wrong-authority")
    rows = Authority.objects.select_related("school", "by").order_by("school__name", "pk")
    without = [one.name for one in schools_without_numbers(visit.on).order_by("name", "pk")]
    context = {"rows": rows, "without": without, "officer": officer(None)}
    return form_page(request, "wrong/authority.html", form, context)


@on_today_page_if(schools_without_numbers)
def numbers_missing(visit: Visit) -> PagePart | None:
    """Tell safeguarding leads in advance that a number is missing: at night it's too late to look for it."""
    return PagePart("wrong/_numbers_missing.html", {}) if lead_of(visit.person, visit.held) else None


@page(place=PLACE, methods=("POST",))
def say(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say who was hurt or threatened."""
    report = report_for(visit.person, pk, on=visit.on)
    form = HarmedForm(request.POST, people=may_be_hurt(report, by=visit.person, on=visit.on))
    if form.save(
        lambda typed: harming.say_harmed(
            report=report, by=visit.person, at=visit.at, person=person_by_id(int(typed["person"])),
            words=typed["words"],
        )
    ):  # fmt: skip
        return done(request, _("Saved. They’ve been told who helps them."), "wrong-report", pk)
    return show_report(request, visit, report, harmed=form)


@page(place=PLACE, methods=("GET", "HEAD", "POST"))
def hurt(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show who helps a person who was hurt or threatened at work; nothing of any concern."""
    if request.method == "POST":
        harming.know_who_helps(by=visit.person, at=visit.at)
        return done(request, _("Saved."), "today")
    countries = set(School.objects.values_list("country", flat=True))
    people = leads(book_of(visit.federation), None, on=visit.on)
    context = {
        "leads": [one.name for one in people if one.pk != visit.person.pk],
        "asked": to_be_helped(visit.person).exists(),
        "helps": [*numbers("staff", countries), *support_numbers()], **numbers_here(),
    }  # fmt: skip
    return unseen(render(request, "wrong/hurt.html", context))


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
    path("wrong/reports/<int:pk>/chronology.pdf", chronology, name="wrong-chronology"),
    path("wrong/reports/<int:pk>/handover.txt", text, name="wrong-text"),
    path("wrong/reports/<int:pk>/passed", passed, name="wrong-passed"),
    path("wrong/authority", authority, name="wrong-authority"),
    path(f"{_ONE}/word", word, name="wrong-word"),
    path(f"{_ONE}/answer", kind_word, name="wrong-kind-word"),
    path("wrong/reports/<int:pk>/harmed", say, name="wrong-harmed"),
    path("wrong/hurt", hurt, name="wrong-hurt"),
]
