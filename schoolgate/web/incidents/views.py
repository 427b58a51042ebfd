"""Something is wrong: reporting it, its status for the person who reported it, what the taker of a picture
that was taken by mistake is asked there, and support for those who are targeted.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from schoolgate.accounts.unofficial import FORMS, Copy
from schoolgate.conduct.answers import support_numbers
from schoolgate.core.clock import LONDON
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.core.models import Federation, School
from schoolgate.duties.kinds import KINDS
from schoolgate.duties.queries import standing_about
from schoolgate.incidents import picture, queries, reporting, things
from schoolgate.incidents import report_facts as questions
from schoolgate.incidents.allegations import numbers
from schoolgate.incidents.duty_kinds import CHECK_BACK, OF_REPORTER
from schoolgate.incidents.gathering import is_stopped, stop_pictures
from schoolgate.incidents.handling import check_back, is_targeted
from schoolgate.incidents.ladder import promise, whistleblowing, who_may_be_told
from schoolgate.incidents.models import ENDED, WAITS, Danger, Report, StepKind
from schoolgate.incidents.picture import SITUATION, answers_of, asks, is_silent, picture_facts, roles_to_tell
from schoolgate.incidents.queries import by_code, report_for, reported_by
from schoolgate.incidents.report_facts import report_facts, told_of
from schoolgate.incidents.reporting import TELLS_AUTHORITIES, ReportContent, report_wrong
from schoolgate.people.models import Person
from schoolgate.people.queries import book_of
from schoolgate.policy.asking import verdict as asked
from schoolgate.policy.choices import CONCERN_ALARM, DANGER_ALARM, alarm_after
from schoolgate.policy.queries import book_in_scope, policy_or_none
from schoolgate.rulebook import Book
from schoolgate.rulebook.kinds import Kind
from schoolgate.web.accounts.register_wording import network_name
from schoolgate.web.frame.carrying import carried, words_typed_in
from schoolgate.web.frame.doors import Visit, done, page, public_page
from schoolgate.web.frame.errors import (
    coded,
    limited,
    open_to_anybody,
    stays_open,
    without_cookies,
    wrong_code,
)
from schoolgate.web.frame.forms import YES_NO, DayField, SchoolForm, at, radios
from schoolgate.web.frame.pictures import take_copy
from schoolgate.web.frame.wording import duty_in_words, sentence, told_by, verdict
from schoolgate.web.incidents.fact_fields import question
from schoolgate.web.incidents.forms import (
    AboutForm,
    AddForm,
    CodeForm,
    ContactForm,
    MoreForm,
    NameForm,
    OwnBodyForm,
    PictureForm,
    QuestionForm,
    WhoForm,
    WrongForm,
    answers_read,
)

NONE = "none"
NOON = time(12)
"""Stands for the time of a day that is past."""
COPIES = {
    "device": _("On a phone, camera, tablet or computer"),
    "library": _("In the school’s picture library"),
    "elsewhere": _("Somewhere else: a cloud backup, a chat, an email"),
    NONE: _("Nowhere. Every copy is deleted."),
}
IF_UNSURE = _("If you’re not sure, choose yes.")


class AboutPictureForm(SchoolForm):
    """The questions about a picture that the policy reads. The picture itself is never asked for."""

    policy_help = {
        "copies_left": (at(SITUATION, "accidental_deleted"),),
        "told": (at(SITUATION, "accidental_told"),),
    }

    found_at = DayField(
        label=_("When did you notice?"), help_text=_("Leave empty if it was today."), required=False
    )
    compromising = radios("", YES_NO)
    could_be_misread = radios("", YES_NO)
    copies_left = forms.MultipleChoiceField(
        label=_("Where does the picture still exist?"), choices=list(COPIES.items()),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    told = forms.MultipleChoiceField(
        label=_("Who have you told about it?"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, report: Report, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        fields: dict[str, Any] = self.fields
        fields["told"].choices = [*((role, role) for role in roles_to_tell(report)), (NONE, _("No one yet"))]
        for name in ("compromising", "could_be_misread"):
            fields[name].label, fields[name].help_text = question(SITUATION, name), IF_UNSURE
            fields[name].required = True
        for name in set(self.fields) - set(asks(report, at=now)):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Refuse "nowhere" or "no one" beside another answer, and a day to come."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("copies_left", "told"):
            if NONE in typed.get(name, ()) and len(typed[name]) > 1:
                self.add_error(name, _("Choose only the answers that go together"))
        if typed.get("found_at") and typed["found_at"] > self.now.astimezone(LONDON).date():
            self.add_error("found_at", _("This must not be in the future"))
        return typed

    def answers(self) -> dict[str, Any]:
        """Return what was answered, by fact."""
        typed = self.cleaned_data
        found: dict[str, Any] = {
            name: typed[name] == "yes" for name in ("compromising", "could_be_misread") if typed.get(name)
        }
        for name in ("copies_left", "told"):
            if name in typed:
                found[name] = [one for one in typed[name] if one != NONE]
        if day := typed.get("found_at"):
            found["found_at"] = min(datetime.combine(day, NOON, LONDON), self.now).isoformat()
        return found


def about_picture(
    report: Report | None, visit: Visit, form: AboutPictureForm | None = None
) -> dict[str, Any]:
    """Return what the card about the picture shows to its taker; nothing for another report."""
    if report is not None and is_silent(report, at=visit.at):
        said = answers_of(report) is not None
        return {"picture_silent": True, "picture_gone": said, "picture_over": report.state in ENDED}
    if report is None or not asks(report, at=visit.at):
        return {}
    if answers_of(report) is None:
        return {"about_picture": form or AboutPictureForm(report=report, now=visit.at)}
    decision = asked(SITUATION, picture_facts(report, at=visit.at), on=visit.on)
    wanted = {one.what for one in decision.duties}
    return {
        "picture_verdict": verdict(decision, at=visit.at),
        "delete_picture": "image_deletion" in wanted,
        "tell_about_picture": ", ".join(roles_to_tell(report)) if "image_telling" in wanted else "",
    }


def save(request: HttpRequest, visit: Visit, report: Report) -> HttpResponseBase | AboutPictureForm | None:
    """Do what the card about the picture was sent for: a response, the form where it was wrong, or None where
    something else was sent."""
    what = request.POST.get("picture", "")
    if what == "deleted":
        picture.picture_deleted(report=report, by=visit.person, at=visit.at)
        return done(request, _("Saved: every copy is deleted."), "wrong-mine", report.pk)
    if what == "told":
        picture.picture_told(report=report, reporter=visit.person, at=visit.at)
        return done(request, _("Saved: you told them."), "wrong-mine", report.pk)
    if what == "answers":
        form = AboutPictureForm(request.POST, report=report, now=visit.at)
        if form.save(
            lambda _typed: picture.answer_picture(
                report=report, reporter=visit.person, at=visit.at, answers=form.answers()
            )
        ):
            return done(request, _("Saved. See below what the policy asks of you."), "wrong-mine", report.pk)
        return form
    return None


@page(place="reports", methods=("POST",))
def gone(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record, as the person who deals with the report, that no copy of the picture is left."""
    report = report_for(visit.person, pk, on=visit.on)
    picture.picture_deleted(report=report, by=visit.person, at=visit.at)
    return done(request, _("Saved: every copy is deleted."), "wrong-report", pk)


def support_for(reports: Iterable[Report | None]) -> dict[str, Any]:
    """Return what the card of support shows; nothing where none of these is about a targeted colleague."""
    if not any(one is not None and is_targeted(one.said) for one in reports):
        return {}
    countries = set(School.objects.values_list("country", flat=True))
    return {
        "support": {
            "numbers": numbers("staff", countries),
            "own": support_numbers(),
            "forms": [(network_name(key), address) for key, address in FORMS.items()],
        }
    }


def asks_back(report: Report, visit: Visit) -> bool:
    """Return whether the visitor still has to ask the colleague how they are."""
    tasks = standing_about([report])
    return any(one.kind == CHECK_BACK and one.person_id == visit.person.pk for one in tasks)


@page(place="reports", methods=("POST",))
def checked_back(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record that the colleague was asked how they are."""
    check_back(report=report_for(visit.person, pk, on=visit.on), by=visit.person, at=visit.at)
    return done(request, _("Recorded."), "wrong-report", pk)


# Report a concern: one touch from every page, for signed-in people and the public. Two sentences are
# enough. Emergency numbers come first; the program rings no one. The address holds an id of ours for the
# thing that the previous page was about; it is looked up again when the form is sent.

REPORTERS = ("incident.reporter", "account_team")
"""Who a policy means when it speaks to the person who reports."""
TRAP = "leave_this_empty"
AWAY = "https://www.bbc.co.uk/weather"
"""Where "Leave this page quickly" leads: a page that raises no questions."""
TAGS = {
    "reported": "wait",
    "handed_on": "wait",
    "taken": "good",
    "closing": "wait",
    "closed": "",
    "not_for_us": "",
}
THINGS = {
    "post": _("one of our posts"),
    "item": _("a comment or message"),
    "account": _("one of our accounts"),
    "found": _("a page found in our name"),
    "picture": _("a picture"),
    "boardpost": _("a post on the noticeboard"),
    "school": _("a school’s noticeboard"),
}


@stays_open
@open_to_anybody
@require_safe
def start(request: HttpRequest) -> HttpResponseBase:
    """From a page outside every federation: to the form inside, to that of the only federation, or to a
    choice."""
    if request.user.is_authenticated:
        return redirect("wrong")
    found = list(Federation.objects.order_by("name"))
    if len(found) == 1:
        return redirect("wrong-public", found[0].slug)
    return render(request, "wrong/which.html", {"federations": found, "away": AWAY, **_numbers(())})


def _numbers(countries: Any) -> dict[str, Any]:
    return {place: numbers(place, countries) for place in ("danger", "help", "pictures", "whistle")}


def numbers_here() -> dict[str, Any]:
    """Return the numbers for the countries in which this federation has schools."""
    return _numbers(set(School.objects.values_list("country", flat=True)))


def _take(request: HttpRequest) -> Copy | BadInput | None:
    """Check the picture that was sent, unless it may show what must never be copied: then it isn't looked
    at."""
    return take_copy(request) if request.POST.get("shows") == "no" else None


@page(prepare=_take)
def wrong(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Report a concern as a signed-in person."""
    return _form(request, visit, visit.prepared)


@public_page
def _public(
    request: HttpRequest, visit: Visit, copy: Copy | BadInput | None, school: str = ""
) -> HttpResponseBase:
    found = School.objects.filter(slug=school).first() if school else None
    if school and found is None:
        raise NotFound  # the page that says so has the button to report a concern as well
    return _form(request, visit, copy, found)


@public_page
def too_much(request: HttpRequest, visit: Visit, **_address: str) -> HttpResponseBase:
    """Answer too many reports from one place. The emergency numbers are shown all the same."""
    context = {
        "federation": visit.federation,
        "away": AWAY,
        "typed": words_typed_in(request),
        **numbers_here(),
    }
    return render(request, "wrong/too_much.html", context, status=429)


@stays_open
@open_to_anybody
@without_cookies
@limited("wrong", rate="300/m", otherwise=too_much)
def public(request: HttpRequest, federation: str, school: str = "") -> HttpResponseBase:
    """Report a concern as a member of the public; `school`: on the page of one school, which says who reads
    it. A whole school may share one internet address, and be told how to report in one lesson: the limit only
    ends a flood. The picture is checked before the page's scope opens."""
    return _public(request, federation=federation, copy=_take(request), school=school)


def _form(
    request: HttpRequest, visit: Visit, copy: Copy | BadInput | None, school: School | None = None
) -> HttpResponseBase:
    inside, sent = visit.who is not None, request.method == "POST"
    given = request.POST if sent else None
    name = (request.POST if sent else carried() or request.GET).get("on", "")[:70]
    thing = things.find(name, inside=inside) if name else None
    form, picture = WrongForm(given, inside=inside), PictureForm(given)
    known = school or (thing.school if thing else None)
    schools = School.objects.none() if known else School.objects.order_by("name")
    about = AboutForm(given, about=_about(visit))
    more = MoreForm(given, inside=inside, schools=schools)
    book = book_in_scope()
    asks = [QuestionForm(given, question=one) for one in _questions(visit, book)]
    who = NameForm(given) if inside else ContactForm(given)
    if sent and request.POST.get(TRAP):
        # A bot that fell into the trap gets the same answer as everyone, without a number or a code.
        return _thanks(request, visit, None, "")
    parts = (form, about, picture, more, *asks, who)
    if request.FILES.get("picture") and picture.is_valid() and not picture.cleaned_data["shows"]:
        picture.refuse_unanswered()
    if sent and all(one.is_valid() for one in parts):
        try:
            if isinstance(copy, BadInput):
                raise copy
            said = _said(request, name if thing else "", (form, about, more, who), asks=asks, school=school)
            named = inside and who.cleaned_data.get("named") != "no"
            report = report_wrong(at=visit.at, said_here=said, reporter=visit.who, named=named, copy=copy)
            if picture.cleaned_data["shows"] == "yes":
                stop_pictures(report=report, by=None, at=visit.at)
        except BadInput as error:
            next((one for one in (picture, about) if set(one.fields) & set(error.fields)), form).refuse(error)
        else:
            code = "" if report.by_id else queries.code_of(said.mark)
            return _thanks(request, visit, report, code)
    context = {
        "visit": visit, "federation": visit.federation, "inside": inside, "form": form, "picture": picture,
        "about": about, "more": more, "who": who, "on": name if thing else "", "trap": TRAP, "away": AWAY,
        "asks": asks, "refused": next((one for one in parts if one.errors), None),
        "school": school, "promise": promise(school, at=visit.at) if school else None,
        "minutes": _minutes(visit),
        "schools": [] if inside or school else list(School.objects.exclude(slug="").order_by("name")),
        "whistleblowing": whistleblowing(book),
        "thing": _thing_in_words(thing), "mark": request.POST.get("mark", "")[:60] or queries.new_mark(),
        "layout": "base.html" if inside else "base_public.html", **numbers_here(),
    }  # fmt: skip
    return unseen(render(request, "wrong/form.html", context, status=422 if context["refused"] else 200))


def _questions(visit: Visit, book: Book) -> list[questions.Question]:
    """Return what the policy's rules read. A child or a visitor is asked none of it."""
    if visit.who is None:
        return []
    return questions.questions_for(book, relation=visit.who.relation)


def _minutes(visit: Visit) -> list[int]:
    """Return after how many minutes the next people are told: usually, and in danger."""
    spans = [alarm_after(what, on=visit.on)[0] for what in (CONCERN_ALARM, DANGER_ALARM)]
    return [int(span.total_seconds()) // 60 for span in spans]


def _about(visit: Visit) -> list[tuple[str, str]]:
    """Return who may be told, by name, for people inside. A visitor says who it is in their own words."""
    if visit.who is None:
        return []
    people = who_may_be_told(book_of(visit.federation), by=visit.who, on=visit.on)
    return [(f"person-{one.pk}", one.name) for one in people if one.pk != visit.who.pk]


def _said(
    request: HttpRequest, on: str, parts: tuple[WrongForm, AboutForm, MoreForm, Any], *,
    asks: list[QuestionForm], school: School | None,
) -> ReportContent:  # fmt: skip
    form, about, more, who = parts
    people, harmed = (
        list(
            Person.objects.filter(
                pk__in=[int(one.partition("-")[2]) for one in about.cleaned_data.get(name, [])]
            )
        )
        for name in ("about", "hurt")
    )
    return ReportContent(
        what=form.cleaned_data["what"],
        where=about.cleaned_data["where"],
        about_who=about.cleaned_data["about_who"],
        danger=form.cleaned_data["danger"] or Danger.UNKNOWN,
        contact=who.cleaned_data.get("contact", ""),
        page=on,
        kinds=more.cleaned_data["kinds"],
        answers={one.question.fact: one.said for one in asks},
        about_people=people,
        did=about.cleaned_data["did"],
        harmed_people=harmed,
        harmed_who=about.cleaned_data["hurt_who"],
        school=school or more.cleaned_data.get("school"),
        mark=request.POST.get("mark", "")[:60] or queries.new_mark(),
    )


def _thing_in_words(thing: things.Thing | None) -> Any:
    return THINGS[thing.kind] if thing else ""


def _thanks(request: HttpRequest, visit: Visit, report: Report | None, code: str) -> HttpResponseBase:
    """Show what happens next, with the emergency numbers first where someone is in danger. No redirect, so
    that the code is in no address. The same form sent again is the same report. Where it
    may be about one of us and no one knows who is meant, that is asked once more."""
    context = {
        "visit": visit, "federation": visit.federation, "report": report,
        "code": queries.as_written(code) if code else "",
        "in_danger": report is not None and report.danger == Danger.YES, "inside": visit.who is not None,
        "stopped": report is not None and is_stopped(report),
        "no_lead": report is not None and report.steps.filter(kind="no_lead").exists(),
        "who": WhoForm() if report is not None and report.about_unknown else None,
        "told": report is None or report.steps.filter(kind="told").exists(), "away": AWAY,
        "layout": "base.html" if visit.who else "base_public.html", **numbers_here(),
        **support_for([report]), **_asks_you(visit, report), **about_picture(report, visit),
    }  # fmt: skip
    return unseen(render(request, "wrong/thanks.html", context))


def _asks_you(visit: Visit, report: Report | None) -> dict[str, Any]:
    """Return what the policy tells a reporter of its own people once the report is made: what is left for
    them to do, and the whole answer."""
    if visit.who is None or report is None or policy_or_none(visit.on) is None:
        return {}
    facts = report_facts(report, by=visit.who, at=visit.at, told=told_of(report, at=visit.at))
    decision = asked("incident.report", facts, on=visit.on)
    duties = [one.to_json() for one in decision.duties if one.who in REPORTERS]
    named = [told_by(decision.policy, decision.situation, one) for one in duties]
    left = [
        sentence(one.message, one.args)
        for one in decision.findings
        if one.stands and one.kind is Kind.REQUIRES and any(need.source in REPORTERS for need in one.needs)
    ]
    return {
        "left_to_do": [
            duty_in_words(one, at=visit.at, named=roles) for one, roles in zip(duties, named, strict=True)
        ]
        + left,
        "verdict": verdict(decision, at=visit.at),
    }


def unseen(response: HttpResponseBase) -> HttpResponseBase:
    """Keep the response out of caches and search engines."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


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
                    lambda typed: reporting.add_to_report(
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
    sent = save(request, visit, report) if request.method == "POST" else None
    if isinstance(sent, HttpResponseBase):
        return sent
    form = AddForm(request.POST if request.method == "POST" and sent is None else None)
    if form.save(
        lambda typed: reporting.add_to_report(
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
        **_standing(report), "form": wrong, "adding": form, **about_picture(report, visit, sent),
        "own_tasks": tasks, "tells": TELLS_AUTHORITIES, "body": OwnBodyForm(), **numbers_here(),
    }  # fmt: skip
    return unseen(render(request, "wrong/mine.html", context, status=422 if wrong.errors else 200))


@page(methods=("POST",))
def done_myself(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """I did what the policy obliges me to, after reporting."""
    report = reported_by(visit.person).filter(pk=pk).first()
    if report is None:
        raise NotFound
    reporting.note_own_done(
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
    path("something-is-wrong", start, name="wrong-start"),
    path("wrong", wrong, name="wrong"),
    path("<slug:federation>/something-is-wrong", public, name="wrong-public"),
    path("<slug:federation>/schools/<slug:school>/something-is-wrong", public, name="wrong-school"),
    path("wrong/reports/<int:pk>/check-back", checked_back, name="wrong-check-back"),
    path("<slug:federation>/something-is-wrong/answer", answer, name="wrong-answer"),
    path("wrong/reported/<int:pk>", mine, name="wrong-mine"),
    path("wrong/reported/<int:pk>/done", done_myself, name="wrong-mine-done"),
    path("wrong/reports/<int:pk>/picture-deleted", gone, name="wrong-picture-deleted"),
]
