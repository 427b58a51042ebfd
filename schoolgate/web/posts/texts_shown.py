"""What the pages of texts that are ready for use show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from schoolgate.accounts.access import open_accounts
from schoolgate.accounts.models import AccountState
from schoolgate.core.models import School
from schoolgate.people.rules import can
from schoolgate.policy.queries import in_force
from schoolgate.publishing import queries, ready, rules
from schoolgate.publishing.emergency import rehearsals
from schoolgate.publishing.models import Post, ReadyState, ReadyText, ReadyVersion
from schoolgate.publishing.questions import QUESTIONS
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.numbers import number_in
from schoolgate.web.posts.filled_in import usual
from schoolgate.web.posts.shown import ShownAnswer, kind_of
from schoolgate.web.posts.texts_forms import AnswersForm, BlanksForm, TextForm, initial_of
from schoolgate.web.posts.written import clauses_that_ask

TAGS = {
    ReadyState.READY: "good",
    ReadyState.DRAFT: "",
    ReadyState.WAITING: "wait",
    ReadyState.APPROVED: "good",
}

KINDS = ("emergency", "reusable", "reply")


def here(pk: int | None = None, **more: Any) -> str:
    """Return the address of the list of texts, or of one text in it."""
    query = {"as": "texts", **({"text": pk} if pk else {}), **more}
    return f"{reverse('posts')}?" + "&".join(f"{name}={value}" for name, value in query.items())


def shown(request: HttpRequest, visit: Visit, asked: Mapping[str, str]) -> HttpResponseBase:
    """Show every text, or one of them with what can be done with it."""
    if asked.get("text"):
        return one_page(request, visit, text_asked(visit, number_in(asked["text"])), asked=asked)
    return list_page(request, visit)


def text_asked(visit: Visit, pk: int) -> ReadyText:
    """Return the text of this number, for people who may see it. Raises NotFound."""
    return ready.text_for(visit.person, pk, on=visit.on)


def list_page(
    request: HttpRequest, visit: Visit, *, form: TextForm | None = None, status: int = 200
) -> HttpResponseBase:
    """Return the page with every text; `form`: a new one that was refused."""
    schools = ready.schools_to_keep_for(visit.person, on=visit.on)
    forms = (
        {
            kind: new_form(visit, schools, emergency=kind == "emergency", for_replies=kind == "reply")
            for kind in KINDS
        }
        if schools
        else {}
    )
    if form is not None:
        forms[form.kind] = form
    sends = {each.pk for each in ready.to_send(visit.person, on=visit.on)}
    context = {
        "texts": [_row(each, visit, sends) for each in ready.texts_for(visit.person, on=visit.on)],
        "forms": [(kind, each, bool(each.errors)) for kind, each in forms.items()],
        "wrong": form,
    }
    return render(request, "posts_texts/list.html", context, status=status)


def _row(text: ReadyText, visit: Visit, sends: set[int]) -> dict[str, Any]:
    version = ready.newest(text)
    approved = ready.sendable(text)
    return {
        "text": text,
        "version": version,
        "tag": TAGS[ReadyState(version.state)],
        "sends": text.pk in sends,
        "over": bool(approved and approved.until and approved.until < visit.on),
        "changed": approved is not None and approved != version,
        "uses": not text.emergency and not text.for_replies and "write_post" in visit.capacities,
    }


def new_form(
    visit: Visit,
    schools: Sequence[School | None],
    *,
    emergency: bool,
    for_replies: bool = False,
    data: Any = None,
) -> TextForm:
    """Return the form of a new text. Everything that any of these schools could choose is offered; the action
    checks that it fits the one that was chosen."""
    return TextForm(
        data,
        schools=schools,
        emergency=emergency,
        for_replies=for_replies,
        auto_id=f"{'emergency' if emergency else 'reply' if for_replies else 'reusable'}-%s",
        **(_offered(visit, schools) if emergency else {}),
    )


def _offered(visit: Visit, schools: Sequence[School | None]) -> dict[str, Any]:
    accounts, people = {}, {}
    for school in schools:
        for account in queries.accounts_to_post_on(school) if school else open_accounts():
            accounts[account.pk] = account
        for person in ready.senders_offered(school, visit.person, on=visit.on):
            people[person.pk] = person
    return {"accounts": list(accounts.values()), "senders": list(people.values())}


def one_page(
    request: HttpRequest,
    visit: Visit,
    text: ReadyText,
    *,
    asked: Mapping[str, str] | None = None,
    form: TextForm | None = None,
    answers: AnswersForm | None = None,
    blanks: BlanksForm | None = None,
    reason: str = "",
    problems: Mapping[str, Any] | None = None,
    before: Post | None = None,
    refused: Exception | None = None,
    status: int = 200,
) -> HttpResponseBase:
    """Return the page of one text with what the visitor may do with it; the forms given are shown as sent.

    `before`: the post with the same words that went out a moment ago.
    """
    version, approved = ready.newest(text), ready.sendable(text)
    keeps = can(ready.check_may_keep, visit.person, text.school, on=visit.on) and text.retired_at is None
    sends = text in ready.to_send(visit.person, on=visit.on)
    mine = version.by_id == visit.person.pk
    context: dict[str, Any] = {
        "text": text,
        "version": version,
        "tag": TAGS[ReadyState(version.state)],
        "keeps": keeps,
        "retires": text.retired_at is None and can(ready.check_may_retire, visit.person, text, on=visit.on),
        "retires_alone": ready.retires_alone(visit.person, text, on=visit.on),
        "approves": version.state == ReadyState.WAITING
        and not mine
        and text.retired_at is None
        and can(ready.check_may_approve, visit.person, version, on=visit.on),
        "seen": ready.seen_of(version),
        "may_write": "write_post" in visit.capacities,
        "form": form or (change_form(visit, text) if keeps else None),
        "reason": reason,
        "problems": problems or {},
        "before": before,
        "refused": refused,
        "older": [each for each in text.versions.all() if each != version],
        "over": bool(approved and approved.until and approved.until < visit.on),
        "changed": approved if approved != version else None,
    }
    if version.state == ReadyState.DRAFT and mine and keeps:
        context |= _questions(visit, version, answers)
    if sends and approved is not None:
        context |= _sending(visit, approved, asked or {}, blanks)
    elif not text.emergency and not text.for_replies and text.retired_at is None:
        schools = schools_to_use(visit, text)
        if schools:
            context["use"] = blanks or BlanksForm(
                blanks=ready.blanks_of(version), schools=schools, initial=dict(asked or {})
            )
    return render(request, "posts_texts/one.html", context, status=status)


def _sending(
    visit: Visit, version: ReadyVersion, asked: Mapping[str, str], form: BlanksForm | None
) -> dict[str, Any]:
    """Return the schools to choose from, or what is sent for the one that was chosen."""
    schools = ready.schools_to_send_for(version, visit.person, on=visit.on)
    school = form.school if form else chosen_school(schools, asked.get("school", ""))
    if school is None:
        return {"choose": schools}
    form = form or send_form(visit, version, school)
    held = rules.stopped(school.pk, at=visit.at)
    return {"send": form, "words": _preview(version, form, visit), "held": held}


def schools_to_use(visit: Visit, text: ReadyText) -> list[School]:
    """Return the schools for which the visitor may start a post from this text."""
    among = queries.schools_to_write_for(visit.person, on=visit.on)
    return [each for each in among if text.school_id in (None, each.pk)]


def change_form(visit: Visit, text: ReadyText, data: Any = None) -> TextForm:
    """Return the form with the newest words of a text."""
    return TextForm(
        data,
        schools=[text.school],
        emergency=text.emergency,
        fixed=True,
        auto_id="change-%s",
        initial=initial_of(ready.newest(text)),
        **(_offered(visit, [text.school]) if text.emergency else {}),
    )


def _questions(visit: Visit, version: ReadyVersion, form: AnswersForm | None) -> dict[str, Any]:
    """Return what the policy asks the writer of these words; with its answers, if they were sent."""
    asked: dict[str, Any] = {}
    for each in rehearsals(version, at=visit.at):
        asked |= each.asked
    book = in_force(visit.on).book
    form = form or answers_form(version, asked, visit)
    questions = [
        ShownAnswer(
            name=name,
            field=form[f"answer-{name}"],
            kind=kind_of(name, form[f"answer-{name}"]),
            clauses=clauses_that_ask(book, by),
            open=not form.said(name),
            statement=QUESTIONS[name].statement,
            other=bool(QUESTIONS[name].statement) and form.said(name) not in ("", usual(name)),
        )
        for name, by in asked.items()
    ]
    together = [each for each in questions if each.statement]
    return {
        "finish": True,
        "answers": form,
        "questions": questions,
        "apart": [each for each in questions if not each.statement],
        "together": together,
        "confirmed": bool(together) and not any(each.open for each in together),
        "shown": ",".join(asked),
    }


def answers_form(
    version: ReadyVersion, asked: Mapping[str, Any], visit: Visit, data: Any = None
) -> AnswersForm:
    """Return the form of these questions, with the answers known."""
    given = {name: each["answer"] for name, each in version.answers.items()}
    initial = {f"answer-{name}": {True: "yes", False: "no"}.get(each, each) for name, each in given.items()}
    book, school = in_force(visit.on).book, version.text.school
    return AnswersForm(data, asked=list(asked), book=book, school=school, initial=initial)


def chosen_school(schools: Sequence[School], asked: str) -> School | None:
    """Return the school that was asked for, or the only one there is."""
    return next((each for each in schools if str(each.pk) == asked or len(schools) == 1), None)


def send_form(visit: Visit, version: ReadyVersion, school: School, data: Any = None) -> BlanksForm:
    """Return the form of sending for one school: today, and every open account."""
    accounts = ready.accounts_of(version, school)
    initial = {
        "blank-date": visit.on,
        "accounts": [str(each.pk) for each in accounts if each.state == AccountState.OPEN],
    }
    return BlanksForm(
        data, blanks=ready.blanks_of(version), schools=[school], accounts=accounts, initial=initial
    )


def _preview(version: ReadyVersion, form: BlanksForm, visit: Visit) -> str:
    """Return the words as they would go out today; times are shown as they are filled in."""
    school = form.school
    values: dict[str, Any] = {name: f"{{{name}}}" for name in form.blanks} | {"date": visit.on}
    if form.is_bound and form.is_valid():
        values |= form.values()
    return ready.words_of(version, school, {**values, "school": school}) if school else ""
