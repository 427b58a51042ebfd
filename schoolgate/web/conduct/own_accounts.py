"""My own accounts: one page of what the policy asks of a person, which only that person sees. Its forms are
short, and none asks for an account or a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.conduct import answers, reminding, wording
from schoolgate.conduct.answers import CHECK, answers_of, lacking_of_answer, place_of_answer, talk_wanted
from schoolgate.conduct.leaving import (
    LONGEST,
    LONGEST_LINK,
    PictureFound,
    answer_reminder,
    note_gone,
    note_reminder,
    tell_to_remove,
)
from schoolgate.conduct.models import (
    CONNECTIONS,
    GONE,
    SETTINGS,
    TALKED,
    AnswerState,
    Confirmed,
    KeptAnswer,
    Said,
    Topic,
)
from schoolgate.conduct.wording import Asked
from schoolgate.core.clock import LONDON
from schoolgate.core.errors import NotFound
from schoolgate.core.subjects import subject_of
from schoolgate.duties.queries import standing_about
from schoolgate.people.models import Person
from schoolgate.people.queries import book_of
from schoolgate.people.queries import person as person_by_id
from schoolgate.people.rules import can
from schoolgate.policy import advising, knowing
from schoolgate.policy.choices import choose_reminders, reminders_chosen
from schoolgate.policy.queries import in_force
from schoolgate.policy.rules import check_may_own
from schoolgate.rulebook import Outcome
from schoolgate.rulebook.adviser import ENTRIES
from schoolgate.rulebook.answers import answer_of_body
from schoolgate.rulebook.facts_read import words_read
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import (
    REQUIRED,
    YES_NO,
    DayField,
    SchoolForm,
    TimeField,
    at,
    form_page,
    radios,
)
from schoolgate.web.frame.paging import page_by_key
from schoolgate.web.frame.wording import KINDS, answer_in_short, clauses_of, kept_verdict, quote_from
from schoolgate.web.policy.asking.asking import PutForm, answers_in_address, clauses_in_address
from schoolgate.web.policy.asking.wording import answers_in_words
from schoolgate.web.policy.permissions import AskForm, ShownAsks, asks_shown


class TalkForm(SchoolForm):
    """The day of a conversation."""

    on = DayField(label=_("When did you talk?"))


WHAT_TO_REMOVE = [
    ("picture", _("A picture of pupils on a member of staff’s own page")),
    ("post", _("A post that breaks the policy")),
]
HAVE_NONE = [("none", _("I have none")), ("against", _("I have some"))]


def _word(label: Any, choices: list[Any], help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, help_text=help_text, choices=choices, widget=forms.RadioSelect)


class WordForm(SchoolForm):
    """A person's word on the topics that their policy asks about: a field for each of `asked`."""

    policy_help = {
        "pupils": (at("contact.accept", "pupil_contact", "student_friend"),),
        "former_pupil": (at("contact.accept", "former_pupil"),),
        "parent": (at("contact.accept", "parent_contact"),),
        "disclaimer": (at("personal.profile", "own_disclaimer", "own_disclaimer_text"),),
    }

    pupils = _word(_("Pupils as contacts"), HAVE_NONE)
    former_pupil = _word(
        _("Former pupils as contacts"), HAVE_NONE, _("Only the ones the policy covers: see below.")
    )
    parent = _word(_("Parents of pupils as contacts"), HAVE_NONE)
    disclaimer = _word(
        _("Your own pages that name the school"),
        [
            ("none", _("I have no such page")),
            ("shown", _("Each has a disclaimer")),
            ("against", _("One has no disclaimer yet")),
        ],
    )

    def __init__(self, *args: Any, asked: Sequence[Asked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = {str(one.topic): one for one in asked}
        for name in list(self.fields):
            if name not in there:
                del self.fields[name]
            elif (word := there[name].word) is not None and not there[name].open:
                self.initial[name] = word.said


class ReminderForm(SchoolForm):
    """A reminder given outside the program, and the answer to it."""

    given_on = DayField(label=_("When were they reminded?"))
    confirms = forms.ChoiceField(
        label=_("What did they answer?"),
        choices=[("yes", _("They confirmed it")), ("no", _("They refused"))],
        widget=forms.RadioSelect,
    )


class RemoveForm(SchoolForm):
    """Which post or picture a person has to remove, and by when. `kinds`: what the policy has words for."""

    policy_help = {
        "words": (at("posting.withdraw", "told_to_take_down"),),
        "link": (at("image.share", "pupil_pictures", "school_shown", "own_page_school_photo"),),
    }

    what = forms.ChoiceField(label=_("What must be removed?"), choices=[], widget=forms.RadioSelect)
    link = forms.CharField(label=_("Link to the picture of pupils"), max_length=LONGEST_LINK, required=False)
    school_photograph = radios(_("Was it taken at or for the school?"), YES_NO)
    shows_school = radios(_("Does it show which school it is?"), YES_NO)
    words = forms.CharField(
        label=_("Which one, and why?"),
        help_text=_("Only you and this person see it. It’s deleted once the post or picture is gone."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST,
    )
    day = DayField(label=_("Answer by: day"), help_text=_("Leave blank to set no deadline."), required=False)
    hour = TimeField(label=_("Answer by: time"), required=False)

    def __init__(self, *args: Any, kinds: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            (kind, label) for kind, label in WHAT_TO_REMOVE if kind in kinds
        ]
        self.only = kinds[0] if len(kinds) == 1 else ""
        if self.only:
            del self.fields["what"]
        if "picture" not in kinds:
            for name in ("link", "school_photograph", "shows_school"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Put day and time together, as `reply_by`, and the answers about a picture, as `picture`."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        said["picture"] = None
        if (self.only or said.get("what")) == "picture":
            if not (said.get("link") or "").strip():
                self.add_error("link", str(REQUIRED))
            known = {"yes": True, "no": False}
            said["picture"] = PictureFound(
                said.get("link") or "",
                known.get(said.get("school_photograph") or ""),
                known.get(said.get("shows_school") or ""),
            )
        day, hour = said.get("day"), said.get("hour")
        if hour and not day:
            self.add_error("day", str(_("Enter the day too")))
        said["reply_by"] = datetime.combine(day, hour or time(17), tzinfo=LONDON) if day else None
        return said


class RhythmForm(SchoolForm):
    """How often staff are reminded of one topic."""

    topic = forms.ChoiceField(
        label=_("What should staff check?"),
        choices=[
            ("settings", _("The settings of their own accounts")),
            ("connections", _("Who they’re connected with")),
        ],
        widget=forms.RadioSelect,
    )
    often = forms.ChoiceField(
        label=_("How often?"),
        choices=[("term", _("As each term begins")), ("days", _("Every few days, weeks or months"))],
        widget=forms.RadioSelect,
    )
    days = forms.IntegerField(label=_("Number of days"), min_value=1, max_value=366, required=False)


class NumberForm(SchoolForm):
    """A number for staff who are targeted."""

    name = forms.CharField(label=_("Name"), help_text=_("For example a union."), max_length=60)
    telephone = forms.CharField(
        label=_("Telephone"), help_text=_("Leave blank to remove this number."), max_length=20, required=False
    )


QUESTION_SENT = _("Question sent. You’ll be told when it is answered.")
NEXT = {Topic.PUPILS: "pupil-asks", Topic.FORMER: "former-pupil-asks", Topic.PARENTS: "parent-asks"}
"""The question of *May I ...?* that says what the policy wants next of a person with such a contact."""


@page(place="menu")
def own(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show what the policy asks of the visitor about their own accounts, and what they saved."""
    book = book_of(visit.federation)
    of_page = answers.asked_of_page(visit.person, at=visit.at)
    sentence, clauses = answers.sentence_to_copy(of_page)
    reminds = answers.speaks_of(book, "personal.reminder")
    form = None
    if reminds and can(check_may_own, visit.person, on=visit.on):
        form = RhythmForm(request.POST if "topic" in request.POST else None)
        if form.save(lambda typed: _choose(visit, typed)):
            return done(request, _("Reminders saved."), "own-accounts")
    asked = wording.asked_of([visit.person], at=visit.at)[visit.person.pk]
    word = WordForm(request.POST if "word" in request.POST else None, asked=asked) if asked else None
    if word and word.save(lambda typed: wording.give_word(by=visit.person, at=visit.at, said=typed)):
        return done(request, _("Declaration saved."), "own-accounts")
    number = None
    if can(answers.check_may_remind, visit.person, on=visit.on):
        number = NumberForm(request.POST if "telephone" in request.POST else None)
        if number.save(lambda typed: answers.enter_number(by=visit.person, at=visit.at, **typed)):
            return done(request, _("Numbers saved."), "own-accounts")
    reminder = answers.reminder_of(visit.person)
    quote = quote_from(book)
    shown = page_by_key(answers.answers_kept(visit.person), request.GET)
    context = {
        "federation": visit.federation,
        "to_remove": answers.removals_of(visit.person),
        "leaving": reminder if reminder and reminder.state == Confirmed.NOT_YET else None,
        "tasks": {one.kind for one in standing_about([visit.person])},
        "SETTINGS": SETTINGS,
        "CONNECTIONS": CONNECTIONS,
        "sentence": sentence,
        "section": quote(clauses[0]).section if clauses else "",
        "wants_disclaimer": answers.wants_disclaimer(of_page),
        "checks": of_page.outcome is not Outcome.SILENT,
        "word": word,
        "word_open": any(one.open for one in asked),
        "against": [
            (one, NEXT.get(one.topic)) for one in asked if one.word and one.word.said == Said.AGAINST
        ],
        "team": _team(visit),
        "last": answers.last_check(visit.person),
        "check": CHECK,
        "page": shown,
        "rows": [_row(one, visit) for one in shown.rows],
        "rhythm": form,
        "number": number,
        "numbers": answers.support_numbers() if number is not None else [],
        "rhythms": [_rhythm(one) for one, _day in reminders_chosen(on=visit.on).values()] if reminds else [],
    }
    status = 422 if any(one is not None and one.errors for one in (form, number, word)) else 200
    return render(request, "conduct/own.html", context, status=status)


def _team(visit: Visit) -> list[tuple[Person, bool]]:
    """Return the people whose line manager the visitor is and who are asked for their word, with whether all
    of it is given: never what they said."""
    people = knowing.team_of(visit.person, on=visit.on)
    asked = wording.asked_of(people, at=visit.at)
    return [(one, not any(each.open for each in asked[one.pk])) for one in people if asked[one.pk]]


def _choose(visit: Visit, typed: dict[str, Any]) -> object:
    return choose_reminders(
        by=visit.person,
        at=visit.at,
        topic=typed["topic"],
        each_term=typed["often"] == "term",
        days=typed["days"],
    )


def _rhythm(chosen: Any) -> str:
    what = dict(RhythmForm.base_fields["topic"].choices)[chosen.topic]  # type: ignore[attr-defined]
    if chosen.each_term:
        return gettext("{what}: as each term begins").format(what=what)
    return gettext("{what}: every {number} days").format(what=what, number=chosen.days)


def _row(answer: KeptAnswer, visit: Visit) -> dict[str, Any]:
    says = answer_of_body(answer.decision.body)
    entry = ENTRIES.get(answer.entry)
    gone = answers.why_no_longer(answer, at=visit.at)
    return {
        "answer": answer,
        "title": gettext(entry.title) if entry else answer.entry,
        "kind": "wait" if gone else KINDS[says],
        "outcome": gettext("Out of date") if gone else answer_in_short(says),
        "gone": GONE[gone] if gone else "",
        "again": reverse("may-i-entry", args=[answer.entry]) if entry else "",
    }


@page(place="menu", methods=("POST",))
def keep(request: HttpRequest, visit: Visit, entry: str) -> HttpResponseBase:
    """Save the answer of *May I ...?* that the address holds, for the visitor alone."""
    row = answers.keep_answer(
        by=visit.person,
        at=visit.at,
        entry=advising.entry_for(entry),
        answers=answers_in_address(request),
        fitting=clauses_in_address(request),
        carries="carries" in request.POST,
        unsure="unsure" in request.POST,
    )
    return done(request, _("Answer saved. Only you can see it."), "own-answer", row.pk)


@page(place="menu")
def answer(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show a saved answer to its person, or to the role that talks it over; take what they do with it."""
    row = answers.answer_for(visit.person, pk, on=visit.on)
    mine = row.person_id == visit.person.pk
    form = TalkForm(request.POST if "on" in request.POST else None, initial={"on": visit.on})
    put = PutForm(request.POST if request.POST.get("act") == "ruling" else None)
    if put.save(
        lambda typed: answers.ask_for_ruling(by=visit.person, at=visit.at, answer=row, words=typed["words"])
    ):
        return done(request, QUESTION_SENT, "own-answer", pk)
    if request.method == "POST" and not put.is_bound:
        if "on" not in request.POST:
            return _act(request, visit, row)
        if form.save(lambda typed: answers.note_talk(by=visit.person, at=visit.at, answer=row, **typed)):
            return done(request, _("Conversation recorded."), "own-answer", pk)
    shown = _row(row, visit)
    entry = ENTRIES.get(row.entry)
    context = {
        **shown,
        "mine": mine,
        "verdict": kept_verdict(row.decision, at=row.at),
        "said": answers_in_words(entry.situation, answers_of(row)) if entry else [],
        "role": _role(visit, row),
        "open": answers.ruling_to_ask(row, at=visit.at) if mine else None,
        "put": put,
        "asked": row.ruling_asked if mine else None,
        "may_ask": mine and row.state == AnswerState.KEPT and bool(talk_wanted(row.decision.body)),
        "may_talk": row.state == AnswerState.ASKED
        and can(answers.check_may_talk, visit.person, row, on=visit.on),
        "asks": _asks(visit, row) if mine else None,
        "may_ask_leave": mine,
        "ask_at": reverse("own-answer", args=[pk]),
        "ask_form": AskForm(),
        "unread": mine and any(one.kind == TALKED for one in standing_about([row])),
    }
    shown_form = put if put.is_bound else form
    status = 422 if shown_form.is_bound and shown_form.errors else 200
    return render(request, "conduct/answer.html", {"form": form, **context}, status=status)


def _asks(visit: Visit, row: KeptAnswer) -> ShownAsks:
    return asks_shown(
        row, lacking_of_answer(row, at=visit.at), place_of_answer(row), asker=visit.person,
        digest=subject_of(row), visit=visit,
    )  # fmt: skip


def _in_words(row: KeptAnswer) -> str:
    entry = ENTRIES[row.entry]
    said = answers_in_words(entry.situation, answers_of(row))
    return "\n".join((gettext(entry.title), *(f"{one.question} {one.said}" for one in said)))


def _role(visit: Visit, row: KeptAnswer) -> str:
    names = book_of(visit.federation).role_names
    return names.get(row.role_key, row.role_key) if row.role_key else talk_wanted(row.decision.body)


def _act(request: HttpRequest, visit: Visit, row: KeptAnswer) -> HttpResponseBase:
    """Do what one of the buttons says."""
    given: dict[str, Any] = {"by": visit.person, "at": visit.at, "answer": row}
    if "covers" in request.POST:
        answers.ask_for_leave(**given, text=_in_words(row), words=request.POST.get("words", ""))
        return done(request, _("Request sent. You’ll be told when it is answered."), "own-answer", row.pk)
    act = request.POST.get("act", "")
    if act == "talk":
        answers.ask_to_talk(**given)
        return done(request, _("Request sent."), "own-answer", row.pk)
    if act == "seen":
        answers.note_talk_seen(**given)
        return done(request, _("Done."), "own-accounts")
    if act == "delete":
        answers.remove_answer(**given)
        return done(request, _("Answer deleted."), "own-accounts")
    raise NotFound


@page(place="menu", methods=("POST",))
def connections(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Record that the visitor looked through their own connections."""
    reminding.note_connections_checked(by=visit.person, at=visit.at)
    return done(request, _("Thank you. Check recorded."), "own-accounts")


@page(place="menu")
def leaving(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take a leaver's answer to the reminder, or record one that was given outside the program."""
    row = answers.reminder_for(visit.person, pk, on=visit.on)
    mine = row.person_id == visit.person.pk
    open_still = row.state == Confirmed.NOT_YET
    form = ReminderForm(request.POST if not mine and request.method == "POST" else None)
    if mine and request.method == "POST":
        answer_reminder(
            by=visit.person, at=visit.at, reminder=row, confirms=request.POST.get("answer") == "yes"
        )
        return done(request, _("Answer saved."), "own-leaving", pk)
    if form.save(
        lambda typed: note_reminder(
            by=visit.person,
            at=visit.at,
            reminder=row,
            given_on=typed["given_on"],
            confirms=typed["confirms"] == "yes",
        )
    ):
        return done(request, _("Reminder recorded."), "own-leaving", pk)
    told = [one for one in row.decision.clauses if one in book_of(visit.federation).clauses]
    context = {
        "row": row,
        "mine": mine,
        "open": open_still,
        "verdict": kept_verdict(row.decision, at=row.state_at),
        "federation": visit.federation,
        "why": list(zip(told, clauses_of(in_force(visit.on), told), strict=True)),
    }
    return form_page(request, "conduct/leaving.html", form, context)


@page(place="menu")
def removal(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show which post a person has to remove, and record that it is gone."""
    row = answers.removal_for(visit.person, pk)
    if request.method == "POST":
        note_gone(by=visit.person, at=visit.at, removal=row)
        return done(request, _("Marked as removed."), "own-removal", pk)
    context = {
        "row": row,
        "mine": row.person_id == visit.person.pk,
        "words": answers.words_of(row),
        "reports": row.told_by_id == visit.person.pk
        and "misuse" in words_read(book_of(visit.federation), "incident.report", "kinds"),
        "verdict": kept_verdict(row.decision, at=row.told_at),
    }
    return render(request, "conduct/removal.html", context)


@page(place="people", check=answers.check_may_tell)
def tell(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Tell a person to remove a post or a picture of pupils from their own page; there is no such page where
    the policy is silent, or doesn't bind them."""
    about = person_by_id(pk)
    kinds = answers.kinds_to_remove(about, at=visit.at)
    if not kinds:
        raise NotFound
    form = RemoveForm(request.POST or None, kinds=kinds)
    saved = form.save(
        lambda typed: tell_to_remove(
            by=visit.person, at=visit.at, person=about, words=typed["words"], reply_by=typed["reply_by"],
            picture=typed["picture"],
        )
    )  # fmt: skip
    if saved:
        return done(request, _("They have been told."), "own-removal", saved.value.pk)
    return form_page(request, "conduct/tell.html", form, {"about": about})


urlpatterns = [
    path("me/own", own, name="own-accounts"),
    path("me/own/connections", connections, name="own-connections"),
    path("me/own/<int:pk>", answer, name="own-answer"),
    path("me/own/leaving/<int:pk>", leaving, name="own-leaving"),
    path("me/own/remove/<int:pk>", removal, name="own-removal"),
    path("may-i/<slug:entry>/keep", keep, name="keep-answer"),
    path("people/<int:pk>/take-down", tell, name="tell-to-remove"),
]
