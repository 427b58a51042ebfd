"""Acknowledgements: how many, by school; person by person; declarations on paper; links; engagements. And a
person's own declaration: the policy's text, what has changed, a few questions, yes or no, open when
signed in, or through the link sent to their own mailbox.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from django import forms
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.conduct import wording
from schoolgate.core import files
from schoolgate.core.days import stored_day
from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.people.models import Person
from schoolgate.people.queries import person as person_by_id
from schoolgate.people.rules import can, check_may_administer
from schoolgate.policy import acknowledging, checks, documents, knowing, queries, saying, training
from schoolgate.policy.adopting import changes
from schoolgate.policy.asking import verdicts
from schoolgate.policy.checks import Question, questions_for
from schoolgate.policy.knowing import Place, entrust_facts
from schoolgate.policy.models import (
    OWN_ONLY,
    Asking,
    Attested,
    Engagement,
    ManagerDid,
    PolicyVersion,
    ReadingLink,
)
from schoolgate.policy.queries import PolicyInForce
from schoolgate.rulebook import Book
from schoolgate.rulebook.kinds import Outcome
from schoolgate.rulebook.messages import CHOICES, QUESTIONS
from schoolgate.rulebook.situations.policy import TaskKind, WorksAs
from schoolgate.web.frame.doors import Visit, done, page, public_page
from schoolgate.web.frame.errors import coded, without_cookies
from schoolgate.web.frame.forms import DayField, SchoolForm, yes_no
from schoolgate.web.frame.paging import number_in
from schoolgate.web.frame.shown import ShownPoint, ShownVerdict, day_in_words
from schoolgate.web.frame.uploads import kept_upload, scan_of
from schoolgate.web.frame.wording import clause_shown, clauses_of, quote_from, verdict
from schoolgate.web.policy.document import reading_context, sent

ANSWERS: Mapping[str, str | Promise] = {
    Outcome.PERMITTED: _("Yes, that is allowed"),
    Outcome.NOT_PERMITTED: _("No, the policy doesn’t allow it"),
    Outcome.REFER: _("The policy leaves it open, so someone must give a ruling"),
    Outcome.SILENT: _("The policy says nothing about it"),
}

CODES: Mapping[str, str] = {
    "yes": Outcome.PERMITTED,
    "no": Outcome.NOT_PERMITTED,
    "ruling": Outcome.REFER,
    "nothing": Outcome.SILENT,
}
"""What a form sends for each answer."""

MOMENTS: Mapping[str, str | Promise] = {
    "contact.accept": _("Someone wants to connect with you, or you with them"),
    "image.share": _("Sharing or posting a picture"),
    "image.use": _("Using a picture"),
    "item.remove": _("Removing a comment"),
    "media.enquiry": _("Contact from the press"),
    "message.send": _("Sending a message"),
    "personal.post": _("Writing on your own account"),
    "personal.profile": _("Your own page says who you are"),
    "post.publish": _("Publishing a post on an official account"),
}


def facts_in_words(question: Question) -> list[tuple[str, str]]:
    """Return the facts of a case in words, where there are words: the question and the answer."""
    rows = []
    for name, value in question.facts:
        asked = QUESTIONS.get(f"{question.situation}:{name}")
        answer = _value(question.situation, name, value)
        if asked and answer:
            rows.append((gettext(asked), answer))
    return rows


def _value(situation: str, name: str, value: object) -> str:
    if isinstance(value, bool):
        return gettext(CHOICES["yes" if value else "no"])
    if isinstance(value, list):
        words = [_value(situation, name, one) for one in value]
        return ", ".join(words) if all(words) else ""
    if not isinstance(value, str):
        return str(value) if isinstance(value, int) else ""
    found = CHOICES.get(f"{situation}:{name}:{value}") or CHOICES.get(value)
    return gettext(found) if found else _as_day(value)


def _as_day(value: str) -> str:
    try:
        return capfirst(day_in_words(stored_day(value)))
    except ValueError:
        return ""


PLACES: Mapping[Place, str | Promise] = {
    Place.BOUND: _("The policy applies to them"),
    Place.NOT_BOUND: _("The policy doesn’t apply to them"),
    Place.NOT_KNOWN: _("Not known whether the policy applies to them"),
    Place.OPEN: _("Ruling needed on whether the policy applies to them"),
}

HOW: Mapping[str, str | Promise] = {
    "signed_in": _("by signing in themselves"),
    "link": _("through their personal email link"),
    "paper": _("on paper"),
}

WORKS_AS: Mapping[str, str | Promise] = {
    "employee": _("Employee"),
    "senior manager": _("Senior manager"),
    "officer": _("Officer"),
    "director": _("Director"),
    "trainee": _("Trainee"),
    "homeworker": _("Working from home"),
    "part-time": _("Part-time"),
    "fixed-term": _("Fixed-term"),
    "consultant": _("Consultant"),
    "contractor": _("Contractor"),
    "casual": _("Casual staff"),
    "agency": _("Agency or supply staff"),
    "volunteer": _("Volunteer"),
}

TASKS: Mapping[str, str | Promise] = {
    "post": _("Writing posts"),
    "login": _("Having a login"),
    "moderate": _("Moderating comments"),
    "approve": _("Approving posts or proposals"),
    "investigate": _("Investigating incidents"),
}


PAGE = 25
CONFIRMATIONS = {"waiting": _("Not answered yet"), "yes": _("Confirmed"), "declined": _("Declined")}
"""The answers by which the list of people is filtered."""


class PaperForm(SchoolForm):
    """What a person signed on paper."""

    answer = forms.ChoiceField(
        label=_("What does the paper say?"),
        choices=[
            ("yes", _("They have read the policy")),
            ("no", _("They decline to say that they have read it")),
        ],
        widget=forms.RadioSelect,
    )
    dated = DayField(label=_("Date on the paper"))
    scan = forms.FileField(
        label=_("Copy of the paper"), help_text=_("PDF or picture (optional)"), required=False
    )


class EngagementForm(SchoolForm):
    """How a person is engaged."""

    works_as = forms.MultipleChoiceField(
        label=_("What is their employment status?"),
        help_text=_("Leave blank if none of these apply"),
        choices=[(key, WORKS_AS[key]) for key in get_args(WorksAs)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    systems_access = forms.TypedChoiceField(
        label=_("Do they have access to the school’s systems or equipment?"),
        choices=[("", _("Not known")), ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )


class StepForm(SchoolForm):
    """What a line manager did about someone in their team."""

    did = forms.ChoiceField(label=_("What did you do?"), choices=ManagerDid.choices, widget=forms.RadioSelect)
    on = DayField(label=_("When?"))


@page(place="policy", check=knowing.check_may_see_known)
def known(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show how many have answered, by school, and everyone here by name: all, or those with one answer."""
    policy = queries.in_force(visit.on)
    wanted = knowing.wants(policy, on=visit.on)
    whole, by_school = knowing.counted(on=visit.on)
    names = queries.school_names()
    schools = [(name, by_school[pk]) for pk, name in names.items() if pk in by_school]
    if None in by_school:
        schools.append((gettext("No single school"), by_school[None]))
    show = request.GET.get("show", "")
    if show and show not in CONFIRMATIONS:
        raise NotFound
    after = person_by_id(number_in(request.GET["after"])) if "after" in request.GET else None
    found = knowing.people_who(show, policy.version, on=visit.on, after=after, limit=PAGE + 1)
    context = {
        "policy": policy,
        "wanted": wanted,
        "why": clauses_of(policy, wanted.word or wanted.reading),
        "whole": whole,
        "schools": schools,
        "remind_days": acknowledging.REMIND_AFTER.days,
        "reminders": acknowledging.REMINDERS,
        "answers": CONFIRMATIONS.items(),
        "show": show,
        "rows": _rows(found[:PAGE], policy, visit),
        "following": urlencode({"show": show, "after": str(found[PAGE - 1].pk)}) if len(found) > PAGE else "",
    }
    return render(request, "knowing/known.html", context)


def _rows(shown: Sequence[Person], policy: PolicyInForce, visit: Visit) -> list[dict[str, Any]]:
    stands = knowing.standing(shown, on=visit.on)
    said = knowing.answers([one.pk for one in shown], policy.version)
    asked = knowing.asked_about(policy.version, shown)
    on_own = wording.asked_of(shown, at=visit.at)
    return [
        {
            "person": one,
            "place": "" if stands[one.pk].place is Place.BOUND else PLACES[stands[one.pk].place],
            "said": said.get(one.pk),
            "how": HOW[said[one.pk].how] if one.pk in said else "",
            "asked": one.pk in asked,
            "own": on_own[one.pk],
            "own_given": not any(each.open for each in on_own[one.pk]),
        }
        for one in shown
    ]


@page(place="policy", check=knowing.check_may_see_known)
def person(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """One person: what they said, whether the policy binds them, what they were taught."""
    return _person(request, visit, person_by_id(pk))


def _person(request: HttpRequest, visit: Visit, about: Person, **sent: SchoolForm) -> HttpResponseBase:
    """The page of one person with its forms; `sent`: one that was refused, by its name."""
    policy = queries.in_force(visit.on)
    stands = knowing.standing([about], on=visit.on)[about.pk]
    engaged = knowing.engagements([about.pk]).get(about.pk)
    trainings = training.records_of(about)
    months = queries.months_it_counts(policy.book)
    may_enter = can(knowing.check_may_enter_paper, visit.person, about=about, on=visit.on)
    may_engage = can(check_may_administer, visit.person, on=visit.on)
    context = {
        "about": about,
        "policy": policy,
        "place": PLACES[stands.place],
        "open": stands.place is Place.OPEN,
        "binding": _binding(verdict(stands.decision, at=visit.at)),
        "answer": knowing.answers([about.pk], policy.version).get(about.pk),
        "said": knowing.history_of(about),
        "asking": knowing.asking_of(about, policy.version),
        "link_open": acknowledging.is_open(about, policy.version, at=visit.at),
        "waits": knowing.is_waited_for(about, policy.version),
        "engaged": engaged,
        "works_as": [WORKS_AS[key] for key in engaged.works_as] if engaged else [],
        "trainings": [(row, queries.counts_until(row.on, months)) for row in trainings],
        "entrusted": _entrusted(visit, about, policy, engaged, trainings),
        "may_enter": may_enter,
        "paper_form": PaperForm() if may_enter else None,
        "engagement_form": EngagementForm(initial=_engaged(engaged)) if may_engage else None,
        "talk": knowing.talk_stands(about),
        "sent": next(iter(sent.values()), None),
        **sent,
    }
    return render(request, "knowing/person.html", context, status=422 if sent else 200)


def _engaged(now: Engagement | None) -> dict[str, Any]:
    return {"works_as": now.works_as, "systems_access": yes_no(now.systems_access)} if now else {}


def _binding(shown: ShownVerdict) -> list[ShownPoint]:
    """Return what the policy says on whether it applies to the person, out of the whole answer."""
    return [one for one in (*shown.points, *shown.waiting, *shown.in_order) if one.key == "bound"]


def _entrusted(
    visit: Visit, about: Person, policy: PolicyInForce, engaged: Engagement | None, trainings: Sequence[Any]
) -> list[tuple[Any, Any]]:
    """Return what the policy requires before a person is given a part, where it has words for that."""
    if not policy.book.bound("person.entrust"):
        return []
    said = knowing.answers([about.pk], policy.version).get(about.pk)
    tasks: tuple[TaskKind, ...] = get_args(TaskKind)
    asked = [
        entrust_facts(
            about,
            task,
            engaged,
            trainings,
            acknowledged=said is not None and said.answer,
            manages=knowing.manages_others(about, on=visit.on),
            on=visit.on,
        )
        for task in tasks
    ]
    decided = verdicts("person.entrust", asked, on=visit.on)
    return [(TASKS[task], verdict(one, at=visit.at)) for task, one in zip(tasks, decided, strict=True)]


@page(place="policy", capacity="own_policy", prepare=kept_upload)
def paper(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Enter what a person signed on paper."""
    about = person_by_id(pk)
    knowing.check_may_enter_paper(visit.person, about=about, on=visit.on)
    if request.method != "POST":
        return redirect("known-person", pk=pk)

    def enter(typed: dict[str, Any]) -> Any:
        return acknowledging.enter_paper(
            by=visit.person,
            at=visit.at,
            about=about,
            answer=typed["answer"] == "yes",
            dated=typed["dated"],
            scan=scan_of(visit.prepared),
        )

    form = PaperForm(request.POST, request.FILES)
    if form.save(enter):
        return done(request, _("Paper declaration saved, with your name."), "known-person", pk=pk)
    return _person(request, visit, about, paper_form=form)


@page(place="policy", check=knowing.check_may_see_known)
def scan(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """The scanned paper of an answer."""
    found = knowing.paper(pk)
    if not found.scan:
        raise NotFound
    return FileResponse(
        files.opened(found.scan), content_type=found.scan_type, as_attachment=True,
        filename=f"paper-{found.pk}.{found.scan_type.rpartition('/')[2]}",
    )  # fmt: skip


@page(place="policy", check=check_may_administer)
def engagement(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Enter how a person is engaged: it may decide whether the policy applies to them."""
    about = person_by_id(pk)
    if request.method != "POST":
        return redirect("known-person", pk=pk)
    form = EngagementForm(request.POST)
    if form.save(
        lambda typed: acknowledging.enter_engagement(by=visit.person, at=visit.at, about=about, **typed)
    ):
        return done(request, _("Saved. The policy has been checked again."), "known-person", pk=pk)
    knowing.check_may_see_known(visit.person, on=visit.on)
    return _person(request, visit, about, engagement_form=form)


@page(methods=("POST",))
def send_link(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Send a new link to a person's own mailbox."""
    acknowledging.send_new_link(by=visit.person, at=visit.at, asking=_asking(visit, pk))
    return done(
        request, _("A new link has been sent. The previous one no longer works."), "known-person", pk=pk
    )


@page(methods=("POST",))
def end_link(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Let the link that was sent stop working."""
    acknowledging.end_link(by=visit.person, at=visit.at, asking=_asking(visit, pk))
    return done(request, _("The link no longer works."), "known-person", pk=pk)


@page(methods=("POST",))
def talked(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record a talk with a person."""
    acknowledging.talked_over(by=visit.person, at=visit.at, about=person_by_id(pk))
    return done(request, _("Your conversation has been recorded."), "today")


@page(place="today")
def team(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show a manager a member of their team, and record what they did about them."""
    about = person_by_id(pk)
    if knowing.managers_of([pk], on=visit.on).get(pk) != visit.person:
        raise NotFound
    policy = queries.in_force(visit.on)
    form = StepForm(request.POST or None, initial={"on": visit.on})
    if form.save(
        lambda typed: acknowledging.note_manager_step(by=visit.person, at=visit.at, about=about, **typed)
    ):
        return done(request, _("Saved."), "known-team", pk=pk)
    clauses = [*policy.book.clauses_at("policy.known", "conduct_told", "manager_acts")]
    context = {
        "about": about,
        "said": knowing.answers([pk], policy.version).get(pk),
        "why": clauses_of(policy, clauses),
        "steps": knowing.steps_about([pk], policy.version),
        "form": form,
        "sent": form if form.is_bound else None,
    }
    return render(request, "knowing/team.html", context, status=422 if form.is_bound else 200)


def _asking(visit: Visit, pk: int) -> Asking:
    found = knowing.asking_of(person_by_id(pk), queries.in_force(visit.on).version)
    if found is None:
        raise NotFound
    return found


HEADS = (_("Section"), _("Previous"), _("New"))


@page(place="policy")
def word(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The whole text, what has changed in it since I read it last, and my answer at its end."""
    policy = queries.in_force(visit.on)
    if request.method == "POST":
        _answer(request, visit.person, policy, visit)
        return done(request, _thanks(request), "policy")
    context = word_context(visit.person, policy, visit)
    return render(request, "knowing/word.html", {**context, "check": reverse("policy-check")})


@page(methods=("POST",))
def vouch(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Say by my own sign-in that I have read or understood the policy, or that I decline to."""
    kind = request.POST.get("kind", "")
    if kind not in OWN_ONLY:
        raise NotFound
    policy = queries.in_force(visit.on)
    if kind == Attested.POLICY_READ:
        _answer(request, visit.person, policy, visit)
        return done(request, _("Your answer has been saved."), "policy")
    version = policy.version
    _check_is_shown(request, version)
    saying.attest(
        kind=kind,
        about=version,
        by=visit.person,
        at=visit.at,
        seen=documents.what_is_shown(version),
        answer=request.POST.get("answer") != "no",
    )
    return done(request, _("Your answer has been saved."), "policy")


@page(place="policy")
def check(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Five questions on the policy."""
    return _check(request, visit.person, visit, {"base": "base.html", "back": reverse("policy-word")})


@without_cookies
@coded("policy-by-link", part="token")
@public_page
def by_link(request: HttpRequest, visit: Visit, token: str) -> HttpResponseBase:
    """Show the same page to people who don't sign in: through the link sent to their own mailbox."""
    link = acknowledging.find(token, at=visit.at)
    person, policy = link.asking.person, queries.in_force(visit.on)
    with translation.override(person.language):
        if request.method == "POST":
            _answer(request, person, policy, visit, link)
            given = {"declined": request.POST.get("answer") == "no"}
            return _sealed(render(request, "knowing/thanks.html", given))
        more = {"check": reverse("policy-by-link-check", args=[visit.federation.slug, token])}
        file = reverse("policy-by-link-document", args=[visit.federation.slug, token])
        return _sealed(
            render(request, "knowing/by_link.html", {**word_context(person, policy, visit, file), **more})
        )


@without_cookies
@coded("policy-by-link", part="token")
@public_page
def check_by_link(request: HttpRequest, visit: Visit, token: str) -> HttpResponseBase:
    """Ask the questions of a person who came by a link."""
    person = acknowledging.find(token, at=visit.at).asking.person
    back = reverse("policy-by-link", args=[visit.federation.slug, token])
    with translation.override(person.language):
        return _sealed(_check(request, person, visit, {"base": "base_public.html", "back": back}))


@without_cookies
@coded("policy-by-link", part="token")
@public_page
def document_by_link(request: HttpRequest, visit: Visit, token: str) -> HttpResponseBase:
    """The file of the school's own document, for a person who came by a link."""
    version = acknowledging.find(token, at=visit.at).asking.version
    found = documents.document_of(version)
    if found is None:
        raise NotFound
    return _sealed(sent(found, version))


def word_context(person: Person, policy: PolicyInForce, visit: Visit, file: str = "") -> dict[str, Any]:
    """Return what the page shows to this person. The number of queries does not depend on the policy.

    `file`: where the school's own document is, for people who don't sign in."""
    wanted = knowing.wants(policy, on=visit.on)
    before = knowing.last_read([person.pk], before=policy.version).get(person.pk)
    last = knowing.last_check(person, policy.version)
    return {
        "policy": policy,
        "meta": policy.book.meta,
        "sections": queries.by_section(policy.book.clauses.values()),
        **reading_context(policy.version, [*policy.book.clauses.values()], file),
        "before": before,
        "changes": changes(before, policy.version) if before else [],
        "heads": HEADS,
        "wanted": wanted,
        "why": [_clause(clause, policy.book) for clause in (wanted.word or wanted.reading)[:1]],
        "said": knowing.answers([person.pk], policy.version).get(person.pk),
        "understood": queries.vouched([person], policy.version, on=visit.on)[person.pk].get(
            Attested.POLICY_UNDERSTOOD
        ),
        "last_check": last,
        "check_first": bool(wanted.understanding) and last is None and bool(_questions(person, policy, 1)),
        "may_say": wanted.asks or wanted.for_account,
    }


def _answer(
    request: HttpRequest,
    person: Person,
    policy: PolicyInForce,
    visit: Visit,
    link: ReadingLink | None = None,
) -> None:
    _check_is_shown(request, policy.version)
    acknowledging.acknowledge(
        by=person,
        at=visit.at,
        version=policy.version,
        answer=request.POST.get("answer") != "no",
        to_end=request.POST.get("to_end") == "yes",
        link=link,
    )


def _check_is_shown(request: HttpRequest, version: PolicyVersion) -> None:
    """Raise NotNow where another version or document was shown than the one in force."""
    shown = (request.POST.get("version"), request.POST.get("document", ""))
    if shown != (str(version.pk), version.document):
        raise NotNow(_("The policy has changed since you opened this page."), _("Read it again."))


def _thanks(request: HttpRequest) -> Any:
    if request.POST.get("answer") == "no":
        return _("Answer saved. The policy owner has been told and will talk to you.")
    return _("Thank you. Your answer for this version has been saved.")


def _check(request: HttpRequest, person: Person, visit: Visit, frame: Mapping[str, str]) -> HttpResponseBase:
    policy = queries.in_force(visit.on)
    last = knowing.last_check(person, policy.version)
    number = (last.number if last else 0) + 1
    asked = _questions(person, policy, number)
    context: dict[str, Any] = {
        **frame,
        "number": number,
        "counts": bool(knowing.wants(policy, on=visit.on).understanding),
        "answers": [(code, ANSWERS[outcome]) for code, outcome in CODES.items()],
        "last": last,
    }
    if request.method != "POST" or not asked:
        return render(request, "knowing/check.html", {**context, "questions": _shown(asked, [])})
    sent = [request.POST.get(f"question_{position}", "") for position in range(len(asked))]
    given = [CODES.get(code, "") for code in sent]
    try:
        if request.POST.get("number") != str(number):
            raise NotNow(_("These questions are no longer in use."), _("Answer the new ones."))
        row = checks.take_check(by=person, at=visit.at, number=number, given=given)
    except BadInput as error:
        context |= {"questions": _shown(asked, sent), "missing": set(error.fields), "wrong": error.fields}
        return render(request, "knowing/check.html", context, status=422)
    result = [
        {**one, "right": one["question"].answer == answer, "given": ANSWERS[answer]}
        for one, answer in zip(_shown(asked, given), given, strict=True)
    ]
    for one in result:
        one["verdict"] = verdict(one["question"].decision, at=visit.at, quote=quote_from(policy.book))
        one["answer"] = ANSWERS[one["question"].answer]
    return render(request, "knowing/checked.html", {**context, "row": row, "result": result})


def _questions(person: Person, policy: PolicyInForce, number: int) -> list[Question]:
    return questions_for(policy.book, person=person.pk, version=policy.version.pk, number=number)


def _shown(asked: Sequence[Question], given: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {
            "question": one,
            "name": f"question_{position}",
            "number": position + 1,
            "moment": MOMENTS[one.situation],
            "facts": facts_in_words(one),
            "given_key": given[position] if position < len(given) else "",
        }
        for position, one in enumerate(asked)
    ]


def _clause(clause: str, book: Book) -> Any:
    return clause_shown(clause, basis="policy", federation=book.meta.federation, quote=quote_from(book))


def _sealed(response: Any) -> HttpResponseBase:
    """Keep a page for one person out of caches and search engines, and don't pass on its address."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    found: HttpResponseBase = response
    return found


urlpatterns = [
    path("policy/known", known, name="known"),
    path("policy/known/people/<int:pk>", person, name="known-person"),
    path("policy/known/people/<int:pk>/paper", paper, name="known-paper"),
    path("policy/known/people/<int:pk>/engaged", engagement, name="known-engagement"),
    path("policy/known/people/<int:pk>/link", send_link, name="known-link"),
    path("policy/known/people/<int:pk>/link/end", end_link, name="known-link-end"),
    path("policy/known/people/<int:pk>/talked", talked, name="known-talked"),
    path("policy/known/papers/<int:pk>", scan, name="known-scan"),
    path("policy/known/team/<int:pk>", team, name="known-team"),
    path("policy/word", word, name="policy-word"),
    path("policy/vouch", vouch, name="policy-vouch"),
    path("policy/check", check, name="policy-check"),
    path("<slug:federation>/policy-to-read/<secret:token>", by_link, name="policy-by-link"),
    path(
        "<slug:federation>/policy-to-read/<secret:token>/document",
        document_by_link,
        name="policy-by-link-document",
    ),
    path("<slug:federation>/policy-to-read/<secret:token>/check", check_by_link, name="policy-by-link-check"),
]
