"""May I ...? One question at a time, the answer with its clause, and the way to the role that rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.conduct.answers import KEEPS, missing_sentence, talk_if_unsure
from schoolgate.core.errors import BadInput
from schoolgate.people.outside import check_read_first, is_told
from schoolgate.people.rules import can
from schoolgate.policy import advising, queries, rules
from schoolgate.policy.advising import Advised
from schoolgate.policy.models import RulingAsked
from schoolgate.policy.saying import (
    LONGEST_RULING,
    answer_in_words,
    note_answer_seen,
    put_to_role,
    rule_on,
    say_elsewhere,
)
from schoolgate.rulebook import unread
from schoolgate.rulebook.adviser import ENTRIES, NOT_KNOWN, Question
from schoolgate.rulebook.adviser.asking import YEAR_GROUPS, written
from schoolgate.rulebook.adviser.fitting import MOST
from schoolgate.rulebook.adviser.leaves import Ask
from schoolgate.rulebook.adviser.search import LONGEST
from schoolgate.rulebook.answers import Answer, answer_of
from schoolgate.rulebook.rules.offered import ruled_on
from schoolgate.web.frame.doors import Visit, done, page, public_page
from schoolgate.web.frame.errors import limited
from schoolgate.web.frame.forms import DayField, SchoolForm
from schoolgate.web.frame.wording import kept_verdict, situation_title, verdict
from schoolgate.web.policy.asking import wording


def situations_found(typed: str) -> list[tuple[str, str]]:
    """The situations that fit, best first, as key and title; empty where none does."""
    found = unread.situations_found(typed, language=get_language() or "en", say=gettext)
    return [(key, str(situation_title(key))) for key in found]


def all_situations() -> list[tuple[str, str]]:
    """Return every situation that a policy can have rules for, as key and title, by title."""
    return sorted(((key, str(situation_title(key))) for key in ruled_on()), key=lambda one: one[1])


ASKED, SAID, NO_IDEA = "ask", "said", "no-idea"
"""What a question's form sends: the fact, the answer, and the button "I don't know"."""
FIRST, LAST, YEAR = "first", "last", "year"
"""What it sends where only about when is known."""
OURS = frozenset({ASKED, SAID, NO_IDEA, FIRST, LAST, YEAR, *wording.FROM_WORDS, "csrfmiddlewaretoken"})
CHOOSE = _("Choose an answer. You can choose “I don’t know”")


class SearchForm(SchoolForm):
    """What a person wants to know, in their own words."""

    words = forms.CharField(
        label=_("Your question"),
        help_text=_("Or say what happened, in English or Welsh. Don’t include names."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST,
    )


class PutForm(SchoolForm):
    """The person's question besides the answers, for the role that rules."""

    words = forms.CharField(
        label=_("What do you want to know?"),
        help_text=_("One or two sentences. Please don’t include pupils’ names."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )


class RuleForm(SchoolForm):
    """The ruling on a question, by the role that rules."""

    says = forms.ChoiceField(label=_("Ruling"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Reason"),
        help_text=_(
            "One or two sentences. The person who asked reads them. A ruling is shown wherever it applies."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_RULING,
    )

    def __init__(self, *args: Any, may_rule: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ruled = [("yes", _("Allowed")), ("no", _("Not allowed"))]
        unruled = [
            ("answer", _("Answer this question without a ruling")),
            ("decline", _("Give no ruling")),
        ]
        self.fields["says"].choices = (ruled if may_rule else []) + unruled  # type: ignore[attr-defined]


class AboutForm(SchoolForm):
    """A day, or about when: the first and last day that it can be, or a year group."""

    def __init__(self, data: Any, *, label: str, year_group: bool) -> None:
        super().__init__(data)
        self.fields[SAID] = DayField(label=label, required=False)
        self.fields[FIRST] = DayField(
            label=_("Not sure? Earliest possible date"),
            help_text=_("For example 1 September of the school year."),
            required=False,
        )
        self.fields[LAST] = DayField(label=_("Latest possible date"), required=False)
        if year_group:
            choices = [(one, wording.year_group_in_words(one)) for one in YEAR_GROUPS]
            self.fields[YEAR] = forms.ChoiceField(
                label=_("Or their year group now"), choices=[("", "–"), *choices], required=False
            )

    def clean(self) -> dict[str, Any]:
        """Give one answer, as `said`. Refuse none, two, or half a range."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return said
        first, last, year = said.get(FIRST), said.get(LAST), said.get(YEAR)
        given = [one for one in (said.get(SAID), first or last, year) if one]
        if len(given) != 1:
            self.add_error(SAID, _("Give a date, two dates or a year group"))
        elif (first or last) and not (first and last):
            self.add_error(LAST if first else FIRST, _("Enter both dates"))
        elif first and last and last < first:
            self.add_error(LAST, _("This date must not be before the other"))
        else:
            said[SAID] = (first, last) if first else int(year) if year else said[SAID]
        return said


def question_form(question: Question, advised: Advised, data: Any = None) -> SchoolForm:
    """The form of one question."""
    leaf, label = question.leaf, wording.question_in_words(question.situation, question.leaf.path)
    options = wording.options_of(leaf, question.situation, advised.asked.entry.hats(advised.asked.hats))
    if leaf.about:
        return AboutForm(data, label=label, year_group=bool(leaf.year_group))
    form = SchoolForm(data)
    field: forms.Field
    if leaf.ask is Ask.DAY:
        field = DayField(label=label)
    elif leaf.ask is Ask.NUMBER:
        field = forms.IntegerField(label=label, min_value=0, max_value=1_000_000)
    elif leaf.ask is Ask.SOME_OF:
        field = forms.MultipleChoiceField(label=label, choices=options, widget=forms.CheckboxSelectMultiple)
    else:
        field = forms.ChoiceField(label=label, choices=options, widget=forms.RadioSelect)
    if leaf.ask not in (Ask.DAY, Ask.NUMBER):
        field.error_messages["required"] = CHOOSE
    form.fields[SAID] = field
    return form


def answers_in_address(request: HttpRequest) -> dict[str, list[str]]:
    """Return the answers in the address."""
    return {name: texts for name, texts in request.GET.lists() if name not in OURS}


def from_words(request: HttpRequest) -> dict[str, list[str]]:
    """Return what was found by a person's own words, as the address has it: never the words themselves."""
    found = ((name, request.GET.getlist(name)[: MOST + 1]) for name in wording.FROM_WORDS)
    return {name: texts for name, texts in found if texts}


def clauses_in_address(request: HttpRequest) -> list[str]:
    """Return the clauses that fit the person's own words, as the address has them."""
    return request.GET.getlist(wording.CLAUSE)[:MOST]


def _say(request: HttpRequest, advised: Advised, here: str) -> SchoolForm | HttpResponseBase | None:
    """Take the answer that was sent: redirect to the address with it, or return the form with its errors;
    None where the current question got no answer."""
    question = advised.question
    if question is None or request.GET.get(ASKED) != question.leaf.path:
        return None
    texts = {**from_words(request), **wording.texts_of(advised)}
    if NO_IDEA in request.GET:
        return redirect(here + wording.address_of({**texts, question.leaf.path: NOT_KNOWN}))
    form = question_form(question, advised, request.GET)
    if not form.is_valid():
        return form
    said = form.cleaned_data[SAID]
    text = said if isinstance(said, str) else _written(said, form)
    if text is None:
        return form
    return redirect(here + wording.address_of({**texts, question.leaf.path: text}))


def _written(said: Any, form: SchoolForm) -> str | None:
    if isinstance(said, date | int | tuple):
        return written(Ask.DAY, said)
    alone = {NOT_KNOWN, wording.NONE_OF_THEM} & set(said)
    if alone and len(said) > 1:
        form.add_error(SAID, str(_("You can’t choose “None of these” or “I don’t know” with other answers")))
        return None
    return "~".join(said)


def _context(
    advised: Advised, here: str, form: SchoolForm | None, found: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """Return what the page of one entry shows: the next question or the answer, and the answers so far.

    `found`: what was found by the person's words.
    """
    said, everything = wording.said_so_far(advised, here, found), here.rpartition("/")[0]
    context: dict[str, Any] = {
        "entry": advised.asked.entry,
        "danger": wording.DANGER in found or wording.is_about_danger(advised),
        "title": _(advised.asked.entry.title),
        "plainly": wording.plainly_in_address(advised.policy.book, found.get(wording.PLAIN, ())),
        "here": here,
        "said": said,
        "texts": wording.hidden_in_forms({**found, **wording.texts_of(advised)}),
        "query": wording.address_of({**found, **wording.texts_of(advised)}),
        "back": said[-1].change if said else everything,
        "everything": everything,
    }
    shown: dict[str, Any] = {}
    if advised.question is not None:
        shown = {
            "form": form or question_form(advised.question, advised),
            "asked": advised.question.leaf.path,
            "by_button": advised.question.leaf.ask in (Ask.DAY, Ask.NUMBER),
            "so_far": wording.is_told_so_far(advised),
            "unfold": form is not None or advised.question.is_needed,
        }
        if not shown["so_far"]:
            return context | shown | {"first": wording.to_read_first(advised)}
    if answer_of(advised.decision) is not Answer.READ_FIRST:
        context["plainly"] = None  # the answers said more than the words in which it was found
    return {
        **context,
        **shown,
        "verdict": wording.as_assumed(verdict(advised.decision, at=advised.asked.at), advised),
        "judged": wording.rests_on_judgment(advised),
        "rulings": advised.rulings,
        "advised": advised,
    }


@page(place="may-i")
def may_i(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Find a question by words or by subject."""
    return _find(request, public=False)


def _find(request: HttpRequest, *, public: bool, **more: Any) -> HttpResponseBase:
    entries = advising.entries(public=public)
    # Words that people type are sent in a form, so that they reach no address and no log.
    form = SearchForm(request.POST or None)
    typed = form.cleaned_data["words"] if form.is_bound and form.is_valid() else None
    context = {
        "form": form,
        **wording.found_by(typed, entries, public=public),
        **more,
    }
    template = "asking/public.html" if public else "asking/find.html"
    return render(request, template, context, status=422 if form.is_bound and not form.is_valid() else 200)


@page(place="may-i", methods=("GET", "HEAD"))
def may_i_entry(request: HttpRequest, visit: Visit, entry: str) -> HttpResponseBase:
    """The next question about one entry, or the answer."""
    advised = advising.advise(
        advising.entry_for(entry),
        answers_in_address(request),
        by=visit.person,
        at=visit.at,
        fitting=clauses_in_address(request),
    )
    here = reverse("may-i-entry", args=[entry])
    return _one(request, advised, here, put=PutForm(), **_more(advised, visit))


@page(place="may-i", check=rules.check_may_own, methods=("POST",))
def elsewhere(request: HttpRequest, visit: Visit, entry: str) -> HttpResponseBase:
    """Take that clauses aren't about a question, or belong to it again."""
    out, clauses = request.POST.get("elsewhere") == "yes", request.POST.getlist("clause")
    say_elsewhere(by=visit.person, at=visit.at, entry=entry, clauses=clauses, elsewhere=out)
    told = _("Left out of this question. Listed below the answer.") if out else _("Clause shown again.")
    kept = {**from_words(request), **answers_in_address(request)}
    return done(request, told, reverse("may-i-entry", args=[entry]) + wording.address_of(kept))


def _more(advised: Advised, visit: Visit) -> dict[str, Any]:
    """Return what the page shows besides to those with a place here: whether they can save the answer and
    say which clauses aren't about the question, and who left clauses out."""
    return {**_keeping(advised, visit), "owns": can(rules.check_may_own, visit.person, on=visit.on)}


def _keeping(advised: Advised, visit: Visit) -> dict[str, Any]:
    """Return whether the answer can be saved, the sentence that the policy wants on the page, and the role
    with which a person in doubt talks it over."""
    if advised.question is not None or advised.asked.situation not in KEEPS:
        return {}
    return {
        "can_keep": True,
        "sentence": missing_sentence(advised.decision, visit.person, at=visit.at),
        "talk_with": talk_if_unsure(advised.decision, on=visit.on),
    }


def _one(
    request: HttpRequest, advised: Advised, here: str, *, status: int = 200, public: bool = False, **more: Any
) -> HttpResponseBase:
    told = _say(request, advised, here)
    if isinstance(told, HttpResponseBase):
        return told
    context = _context(advised, here, told, from_words(request)) | more
    if "verdict" in context and "owns" in more:
        turns = reverse("may-i-elsewhere", args=[advised.asked.entry.key]) + context["query"]
        context["verdict"] = wording.with_turns(context["verdict"], advised, turns if more["owns"] else "")
    template = "asking/public_entry.html" if public else "asking/entry.html"
    return render(request, template, context, status=422 if told is not None else status)


@page(place="may-i", methods=("POST",))
def put(request: HttpRequest, visit: Visit, entry: str) -> HttpResponseBase:
    """Put the question to the role that rules."""
    found, answers = advising.entry_for(entry), answers_in_address(request)
    fitting = clauses_in_address(request)
    form = PutForm(request.POST)
    if form.is_valid():
        try:
            row = put_to_role(
                by=visit.person, at=visit.at, entry=found, answers=answers, words=form.cleaned_data["words"],
                fitting=fitting,
            )  # fmt: skip
        except BadInput as error:
            form.refuse(error)
        else:
            told, warns = _("Question sent. You’ll be told when it is answered."), is_told(visit.person, row)
            if warns:
                told = _("Question sent. A safeguarding lead has been told, and reads it first.")
            return done(request, told, "asked-ruling", row.pk, warns=warns)
    advised = advising.advise(found, answers, by=visit.person, at=visit.at, fitting=fitting)
    here = reverse("may-i-entry", args=[entry])
    return _one(request, advised, here, put=form, status=422, **_more(advised, visit))


@page(place="may-i")
def asked_ruling(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show a question that was asked: the person who rules answers it, the person who asked reads it."""
    asked = rules.question_for(visit.person, pk, on=visit.on)
    may_answer = rules.may_answer_now(visit.person, asked, on=visit.on)
    form = RuleForm(request.POST or None, may_rule=bool(asked.tension))
    if request.method == "POST":
        rules.check_may_answer(visit.person, asked, on=visit.on)
        check_read_first(asked)
        if form.is_valid():
            try:
                _answer(asked, form.cleaned_data, visit)
            except BadInput as error:
                form.refuse(error)
            else:
                return done(
                    request, _("Answer saved. The person who asked will be told."), "asked-ruling", pk
                )
    book = queries.in_force(visit.on).book
    situation = ENTRIES[asked.entry].situation if asked.entry in ENTRIES else ""
    context = {
        "asked": asked,
        "title": _(ENTRIES[asked.entry].title) if situation else "",
        "tension": book.tensions.get(asked.tension),
        "verdict": kept_verdict(asked.decision, at=asked.at),
        "said": wording.answers_in_words(situation, asked.answers) if situation else [],
        "may_answer": may_answer,
        "form": form,
        "lead_first": is_told(visit.person, asked),
        "mine": asked.asked_by_id == visit.person.pk,
    }
    return render(request, "asking/asked.html", context, status=422 if form.is_bound else 200)


@page(methods=("POST",))
def seen(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """The asker has read the answer."""
    asked = rules.question_for(visit.person, pk, on=visit.on)
    note_answer_seen(by=visit.person, at=visit.at, asked=asked)
    return done(request, _("Done."), "today")


def _answer(asked: RulingAsked, said: Mapping[str, Any], visit: Visit) -> None:
    if said["says"] in ("yes", "no"):
        rule_on(by=visit.person, at=visit.at, asked=asked, allows=said["says"] == "yes", words=said["words"])
    else:
        answer_in_words(
            by=visit.person, at=visit.at, asked=asked, words=said["words"], decline=said["says"] == "decline"
        )


@limited("may-i", rate="300/m")
@public_page
def public_may_i(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show parents and pupils what concerns them, by words or by subject."""
    return _find(request, public=True, federation=visit.federation)


@limited("may-i-look", rate="300/m", looks=True)
@public_page(methods=("GET", "HEAD"))
def public_entry(request: HttpRequest, visit: Visit, entry: str) -> HttpResponseBase:
    """Show the next question about one entry, or the answer, to a visitor who is not signed in."""
    found = advising.entry_for(entry, public=True)
    fitting = clauses_in_address(request)
    advised = advising.advise_visitor(found, answers_in_address(request), at=visit.at, fitting=fitting)
    here = reverse("public-may-i-entry", kwargs={"federation": visit.federation.slug, "entry": entry})
    return _one(request, advised, here, public=True, federation=visit.federation)


urlpatterns = [
    path("may-i", may_i, name="may-i"),
    path("may-i/asked/<int:pk>", asked_ruling, name="asked-ruling"),
    path("may-i/asked/<int:pk>/seen", seen, name="asked-ruling-seen"),
    path("may-i/<slug:entry>", may_i_entry, name="may-i-entry"),
    path("may-i/<slug:entry>/put", put, name="may-i-put"),
    path("may-i/<slug:entry>/elsewhere", elsewhere, name="may-i-elsewhere"),
    path("<slug:federation>/may-i", public_may_i, name="public-may-i"),
    path("<slug:federation>/may-i/<slug:entry>", public_entry, name="public-may-i-entry"),
]
