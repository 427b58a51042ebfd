"""Enquiries from the press: a way of showing the inbox with its forms, and expected attention on Today."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import LONDON
from schoolgate.core.errors import NotFound, NotNow, Refused
from schoolgate.core.models import School
from schoolgate.core.subjects import subject_of
from schoolgate.inbox.listing import item_for
from schoolgate.inbox.models import Item
from schoolgate.inbox.reply_facts import text_digest
from schoolgate.inbox.seeing import SEES
from schoolgate.people.confined import nameable
from schoolgate.people.queries import assignments_at, book_of
from schoolgate.people.rules import can
from schoolgate.policy.models import AskedState, DecisionRecord, PermissionAsked
from schoolgate.press import enquiries, keeping, statements
from schoolgate.press.enquiries import (
    approved_thing,
    expected_for,
    goes_to,
    judged,
    lacking_of_statement,
    must_be_read_by_another,
    place_of_enquiry,
    still_asked,
    still_expected,
    stops,
)
from schoolgate.press.keeping import LONGEST_LINE, LONGEST_WORDS
from schoolgate.press.models import (
    BY_HAND,
    RELEASED_BY_HAND,
    Enquiry,
    EnquiryState,
    EnquiryStep,
    Expectation,
    Outcome,
    Released,
    Statement,
    StepKind,
)
from schoolgate.rulebook import Book, Decision
from schoolgate.rulebook.kinds import Outcome as Answered
from schoolgate.web.frame import wording
from schoolgate.web.frame.doors import Visit, act_in, done, page
from schoolgate.web.frame.forms import DayField, SchoolForm, TimeField, answer_to, at, radios
from schoolgate.web.frame.paging import number_in, numbers_in
from schoolgate.web.frame.parts import PagePart, on_today_page_if
from schoolgate.web.frame.wording import kept_verdict
from schoolgate.web.inbox.wording import text_shown
from schoolgate.web.policy.permissions import AskForm, asks_shown

# Forms of enquiries from the press. They gather what is typed; the actions judge it.

TRI = {"yes": True, "no": False}
MAYBE = [("yes", _("Yes")), ("no", _("No")), ("", _("Not known yet"))]
WHOLE = "0"


def _words(label: Any, help_text: Any = "", *, required: bool = True, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, strip=True,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


def _line_field(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=LONGEST_LINE)


class _OfSchool(SchoolForm):
    """A form that asks for the school where there is more than one."""

    def __init__(self, data: Any = None, *, schools: Sequence[School]) -> None:
        super().__init__(data, auto_id=f"{type(self).__name__.lower()}-%s")
        self.schools = {str(each.pk): each for each in schools}
        self.fields["school"] = forms.ChoiceField(
            label=_("Which school is it about?"),
            choices=[*((key, each.name) for key, each in self.schools.items()), (WHOLE, _("All schools"))],
            initial=next(iter(self.schools), WHOLE),
        )

    @property
    def school(self) -> School | None:
        """Return the school that was chosen; None for all of them."""
        return self.schools.get(self.cleaned_data.get("school", ""))


class EnquiryForm(_OfSchool):
    """An enquiry by telephone, email, letter or in person."""

    policy_help = {
        "about_posts": (at("media.enquiry", "pass_on", "media_policy"),),
        "asks_for_comment": (at("media.enquiry", "request_for_comment"),),
    }

    how = radios(_("How did they get in touch?"), [(how.value, how.label) for how in BY_HAND])
    wants = _words(_("What do they want to know?"), _("In their words. Don’t name pupils."))
    outlet = _line_field(_("Newspaper, station or website"))
    journalist = _line_field(_("Their name"))
    contact = _line_field(_("How to reach them"), _("Telephone number or email."))
    asks_for_comment = radios(_("Do they want a comment to publish?"), MAYBE)
    about_posts = radios(_("Is it about what was posted?"), MAYBE)
    until_day = DayField(label=_("They need an answer by"), required=False)
    until_time = TimeField(label=_("Time"), required=False)

    def __init__(self, data: Any = None, *, schools: Sequence[School]) -> None:
        super().__init__(data, schools=schools)
        for name in ("asks_for_comment", "about_posts"):
            self.fields[name].required = False
            self.fields[name].initial = ""
        self.fields["wants"].max_length = LONGEST_WORDS  # type: ignore[attr-defined]

    def entered(self, typed: dict[str, Any]) -> dict[str, Any]:
        """Return what was typed, as the action takes it."""
        day, time = typed["until_day"], typed["until_time"]
        return {
            **{name: typed[name] for name in ("how", "wants", "outlet", "journalist", "contact")},
            "school": self.school,
            "until": _instant(day, time),
            "about_posts": TRI.get(typed["about_posts"]),
            "asks_for_comment": TRI.get(typed["asks_for_comment"]),
        }


def _instant(day: Any, time: Any) -> datetime | None:
    """Return a day and a time in the UK as one instant; without a time, the end of the school day."""
    if day is None:
        return None
    hour, minute = (time.hour, time.minute) if time else (17, 0)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)


class ExpectForm(_OfSchool):
    """Attention of the press that is expected."""

    policy_help = {"about": (at("media.expected", "press_expected"),)}

    about = forms.CharField(label=_("What may they call about?"), max_length=200)
    until = DayField(label=_("Until which day?"))
    line = _words(
        _("What do we say?"), _("Optional. The line that is agreed, word for word."), required=False
    )


class StatementForm(SchoolForm):
    """The words of a statement."""

    policy_help = {"text": (at("media.enquiry", "answer", "request_for_comment"),)}

    text = _words(_("Statement"), _("Exactly as it will be read out, sent or posted."), rows=5)


class ReleaseForm(SchoolForm):
    """How a statement was given and, where the policy asks, whether the media policy was followed."""

    policy_help = {"steps": (at("media.enquiry", "media_policy"),)}

    how = radios(_("How was it given?"), [(how.value, how.label) for how in RELEASED_BY_HAND])
    steps = radios(
        _("Have the steps in the media policy been followed?"), [("yes", _("Yes")), ("no", _("No"))]
    )

    def __init__(self, data: Any = None, *, asks_steps: bool) -> None:
        super().__init__(data)
        if not asks_steps:
            del self.fields["steps"]

    @property
    def steps_taken(self) -> bool | None:
        """Return whether the steps were taken; None where that isn't asked."""
        return TRI.get(self.cleaned_data.get("steps", ""))


class CloseEnquiryForm(SchoolForm):
    """How an enquiry ended."""

    outcome = radios(_("How did it end?"), Outcome.choices)
    words = _words(_("Note"), _("Optional. For example a link to the article."), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="close-%s", **kwargs)


class PassedForm(SchoolForm):
    """Who was told where no one has the role."""

    policy_help = {"words": (at("media.enquiry", "pass_on", "request_for_comment"),)}

    words = forms.CharField(label=_("Who did you tell, and how?"), max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="passed-%s", **kwargs)


QUESTIONS: Mapping[str, str | Promise] = {
    "asks_for_comment": _("Do they want a comment to publish?"),
    "about_posts": _("Is it about what was posted?"),
}
HOLDING = _("Thank you for getting in touch. I’ve passed your question on, and someone will reply to you.")
"""Says nothing on the matter, so that it only passes on."""


@dataclass(frozen=True)
class ShownStep:
    """One line of the log."""

    at: datetime
    what: str
    who: str
    words: str = ""


def here(pk: int | None = None) -> str:
    """Return the address of the list of enquiries, or of one of them."""
    return f"{reverse('inbox')}?as=press" + (f"&enquiry={pk}" if pk else "")


def has_it(found: Enquiry, visit: Visit) -> list[str]:
    """Return the roles that have it, in the policy's words with their holders, or who answers it here."""
    book, roles = book_of(visit.federation), enquiries.passed_to(found)
    if roles:
        return named(roles, found, visit)
    went = found.steps.filter(kind=StepKind.WENT_TO).select_related("person").order_by("id").first()
    if went is None:
        return []
    return [went.person.name if went.person else book.role_names.get(went.role_key, went.words)]


def named(roles: Sequence[str], found: Enquiry, visit: Visit) -> list[str]:
    """Return these roles in the policy's words, each with its holders but for those it may be about."""
    rows = (
        assignments_at(enquiries.where(found), on=visit.on)
        .filter(role_key__in=roles)
        .select_related("person")
    )
    people: dict[str, list[str]] = {}
    held = list(rows.order_by("person__name"))
    about = [subject_of(one) for one in (found, found.item) if one is not None]
    may = {one.pk for one in nameable([row.person for row in held], *about)}
    for row in held:
        if row.person_id in may:
            people.setdefault(row.role_key, []).append(row.person.name)
    book = book_of(visit.federation)
    return [_role(book, role, people.get(role, [])) for role in roles]


def _role(book: Book, role: str, people: Sequence[str]) -> str:
    name = book.role_names.get(role, role)
    return f"{name} ({', '.join(dict.fromkeys(people))})" if people else name


def expected_shown(visit: Visit, rows: Sequence[Expectation]) -> list[dict[str, Any]]:
    """Return what is expected, with to which roles it goes by the policy."""
    book, found = book_of(visit.federation), []
    for each in rows:
        roles = goes_to(each.school, by=visit.person, at=visit.at)
        people = [_role(book, role, [one.name for one in holders]) for role, holders in roles.items()]
        found.append({"row": each, "goes_to": people})
    return found


def one_shown(found: Enquiry, visit: Visit) -> dict[str, Any]:
    """Return what the page of one enquiry needs besides its forms."""
    statement = enquiries.latest(found)
    text = statement.text if statement else ""
    passing = judged(found, by=visit.person, at=visit.at, act="pass_on")
    answering = judged(found, by=visit.person, at=visit.at, act="answer", text=text)
    with_steps = judged(found, by=visit.person, at=visit.at, act="answer", text=text, steps_taken=True)
    is_open = found.state == EnquiryState.OPEN
    asked = still_asked(passing, answering) if is_open else []
    return {
        "visit": visit,
        "enquiry": found,
        "open": is_open,
        "item_text": _item_text(found.item) if found.item else None,
        "question": (asked[0], QUESTIONS[asked[0]]) if asked else None,
        "has_it": has_it(found, visit),
        "unheld": enquiries.unheld(found),
        "told_by_hand": found.steps.filter(kind=StepKind.WENT_TO).exclude(words="").exists(),
        "silent": _silent(passing) and _silent(answering),
        "may_answer": not stops(with_steps),
        "may_answer_now": not stops(answering),
        "asks_steps": stops(answering) and not stops(with_steps),
        "says": wording.verdict(answering, at=visit.at),
        "passes": wording.verdict(passing, at=visit.at),
        "may_hold": is_open and not stops(passing) and not found.steps.filter(kind=StepKind.HOLDING).exists(),
        "holding": HOLDING,
        "statement": statement,
        "older": enquiries.statements(found)[1:],
        "asks": _asks(found, statement, answering, visit) if statement and is_open else None,
        "may_ask": is_open,
        "ask_form": AskForm(),
        "ask_at": reverse("press-ask", args=[found.pk]),
        "gives": is_open
        and statement is not None
        and not stops(with_steps)
        and (
            bool(enquiries.passed_to(found)) or can(enquiries.check_decides, visit.person, found, on=visit.on)
        ),
        "read_by_another": is_open
        and statement is not None
        and must_be_read_by_another(statement, giver=visit.person, at=visit.at),
        "decides": can(enquiries.check_decides, visit.person, found, on=visit.on),
        "log": log_shown(found, visit),
    }


def _silent(decision: Decision) -> bool:
    return decision.outcome == Answered.SILENT


def _item_text(item: Item) -> Any:
    newest = item.versions.order_by("-number").first()
    return text_shown(newest.text if newest else "")


def _asks(found: Enquiry, statement: Statement, decision: Decision, visit: Visit) -> Any:
    return asks_shown(
        approved_thing(found),
        lacking_of_statement(decision),
        place_of_enquiry(found),
        asker=visit.person,
        digest=text_digest(statement.text),
        visit=visit,
    )


def log_shown(found: Enquiry, visit: Visit) -> list[ShownStep]:
    """Return everything that happened with an enquiry, oldest first, with the answers to requests."""
    book = book_of(visit.federation)
    lines = [_line(step, found, book) for step in enquiries.steps(found)]
    about = subject_of(approved_thing(found))
    asked = PermissionAsked.objects.filter(about=about, covers__startswith="press:").select_related(
        "answered_by"
    )
    for row in asked.filter(state__in=[AskedState.GIVEN, AskedState.DECLINED]):
        words = gettext("Approved in writing") if row.state == AskedState.GIVEN else gettext("Not approved")
        who = row.answered_by.name if row.answered_by else ""
        lines.append(ShownStep(row.state_at, words, who, row.answer or row.text))
    return sorted(lines, key=lambda line: line.at)


def _line(step: EnquiryStep, found: Enquiry, book: Book) -> ShownStep:
    kind = StepKind(step.kind)
    what, words = str(kind.label), step.words
    if kind is StepKind.SAID:
        question, _sep, answer = step.words.partition(":")
        what = str(QUESTIONS.get(question, question))
        words = answer_to(what, gettext("Yes") if answer == "yes" else gettext("No"))
    elif step.role_key or step.person:
        to = step.person.name if step.person else book.role_names.get(step.role_key, step.role_key)
        what = f"{what}: {to}"
    elif kind is StepKind.RELEASED:
        what = f"{what}: {Released(step.how).label}"
    elif kind is StepKind.CLOSED:
        what = f"{what}: {found.get_outcome_display()}" if found.outcome else what
    elif kind is StepKind.HOLDING:
        words = str(HOLDING)
    if step.statement and kind in (StepKind.DRAFTED, StepKind.RELEASED):
        words = step.statement.text
    return ShownStep(step.at, what, step.by.name if step.by else "", words)


def item_shown(item: Item, visit: Visit) -> dict[str, Any] | None:
    """Return what the page of an item says about its enquiry; None where it has none."""
    found = enquiries.of_item(item)
    if found is None:
        return None
    decision = judged(found, by=visit.person, at=visit.at, act="answer")
    is_open = found.state == EnquiryState.OPEN
    return {
        "enquiry": found,
        "open": is_open,
        "stops": is_open and stops(decision),
        "href": here(found.pk),
        "has_it": has_it(found, visit),
        "says": wording.verdict(decision, at=visit.at),
    }


def words_for(item: Item, number: str) -> str:
    """Return the statement of this version of the item's enquiry, to reply with; empty where there is
    none."""
    found = enquiries.of_item(item)
    row = found.statements.filter(number__in=numbers_in([number])).first() if found else None
    return row.text if row else ""


@on_today_page_if(still_expected)
def expected_today(visit: Visit) -> PagePart | None:
    """Return the card for people at the school that it is about; None where nothing is expected."""
    rows = expected_for(visit.person, on=visit.on)
    if not rows:
        return None
    return PagePart("inbox/press/_today.html", {"rows": expected_shown(visit, rows), "here": here()})


PAGE = 25
TABS = (("open", _("Open")), ("closed", _("Closed")), ("all", _("All")))
KINDS = {"open": "wait", "closed": ""}


def shown(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show every enquiry that the visitor may know of, or one of them. All staff may open it: a journalist
    can ring anyone."""
    asked = request.GET
    if asked.get("enquiry"):
        pk = number_in(asked["enquiry"])
        return one_page(request, visit, enquiries.enquiry_for(visit.person, pk, on=visit.on))
    enquiries.check_takes_calls(visit.person, on=visit.on)
    return list_page(request, visit, asked=asked)


def _schools() -> list[School]:
    return list(School.objects.order_by("name"))


def list_page(
    request: HttpRequest,
    visit: Visit,
    *,
    asked: Mapping[str, str] | None = None,
    form: EnquiryForm | None = None,
    expect: ExpectForm | None = None,
    status: int = 200,
) -> HttpResponseBase:
    """Return the page with every enquiry and what is expected; the forms given are shown as sent."""
    asked = asked or {}
    show = asked.get("show", "open")
    if show not in dict(TABS):
        raise NotFound
    before = number_in(asked["after"]) if asked.get("after") else None
    rows, last = enquiries.enquiries_for(visit.person, on=visit.on, show=show, before=before, limit=PAGE)
    schools = _schools()
    expects = can(enquiries.check_notes_expected, visit.person, on=visit.on)
    context = {
        "tabs": TABS,
        "show": show,
        "rows": [{"row": each, "kind": KINDS[each.state], "href": here(each.pk)} for each in rows],
        "following": last,
        "expected": expected_shown(visit, enquiries.expected(visit.on)),
        "form": form or EnquiryForm(schools=schools),
        "expect": (expect or ExpectForm(schools=schools)) if expects else None,
        "sees_inbox": bool(visit.capacities & SEES),
    }
    return render(request, "inbox/press/list.html", context, status=status)


def one_page(
    request: HttpRequest, visit: Visit, found: Enquiry, *, status: int = 200, **sent: Any
) -> HttpResponseBase:
    """Return the page of one enquiry; `sent`: forms as they were sent, and what was refused."""
    context = one_shown(found, visit)
    statement = context["statement"]
    context |= {
        "kind": KINDS[found.state],
        "back": here() if can(enquiries.check_takes_calls, visit.person, on=visit.on) else "",
        "draft_form": StatementForm(initial={"text": statement.text if statement else ""}),
        "release_form": ReleaseForm(asks_steps=context["asks_steps"]),
        "close_form": CloseEnquiryForm(),
        "passed_form": PassedForm(),
        "version": statement.number if statement else 0,
        **sent,
    }
    return render(request, "inbox/press/one.html", context, status=status)


@page(place="inbox", methods=("POST",))
def enter(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Record an enquiry by telephone, email, letter or in person."""
    form = EnquiryForm(request.POST, schools=_schools())
    saved = form.save(
        lambda typed: keeping.keep_by_hand(
            by=visit.person, at=visit.at, entered=keeping.Entered(**form.entered(typed))
        )
    )
    if saved is None:
        return list_page(request, visit, form=form, status=422)
    return done(request, _recorded(saved.value, visit), here(saved.value.pk))


def _recorded(found: Enquiry, visit: Visit) -> Any:
    """Return what to say: passed on, that it stays with this person, or that no one has the role."""
    if enquiries.unheld(found):
        return _("Enquiry recorded. No one here has the role that deals with it.")
    went = list(found.steps.filter(kind=StepKind.WENT_TO).values_list("person", flat=True))
    if went and set(went) == {visit.person.pk}:
        return _("Enquiry recorded. It’s yours to deal with.")
    return _("Enquiry recorded and passed on.")


@page(place="inbox", methods=("POST",))
def expect(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Note what the press may call about."""
    form = ExpectForm(request.POST, schools=_schools())
    saved = form.save(
        lambda typed: keeping.expect_attention(
            by=visit.person, at=visit.at, about=typed["about"], until=typed["until"], line=typed["line"],
            school=form.school,
        )
    )  # fmt: skip
    if saved is None:
        return list_page(request, visit, expect=form, status=422)
    return done(
        request, _("Saved. Everyone on the staff can see it here, and on Today until its last day."), here()
    )


@page(place="inbox", methods=("POST",))
def end_expected(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """End what was expected."""
    keeping.end_expectation(by=visit.person, at=visit.at, expectation=enquiries.expectation(pk))
    return done(request, _("Ended."), here())


@page(place="inbox", methods=("POST",))
def mark(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Mark an item as from the press."""
    found = item_for(visit.person, pk, on=visit.on)
    enquiry = keeping.keep_item(by=visit.person, at=visit.at, item=found)
    return done(request, _recorded(enquiry, visit), here(enquiry.pk))


@page(place="inbox", methods=("POST",))
def ask(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Ask for approval of the statement."""
    found = enquiries.enquiry_for(visit.person, pk, on=visit.on)
    statements.ask_for_statement(
        by=visit.person,
        at=visit.at,
        enquiry=found,
        covers=request.POST.get("covers", ""),
        words=request.POST.get("words", ""),
    )
    return done(request, _("Request sent. You’ll be told when it is answered."), here(pk))


@page(place="inbox", methods=("POST",))
def act(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Do one thing with an enquiry; what is refused stays in its form, with the reason above it."""
    found = enquiries.enquiry_for(visit.person, pk, on=visit.on)
    return act_in(request.POST, ACTS)(request, visit, found)


def _say(request: HttpRequest, visit: Visit, found: Enquiry) -> HttpResponseBase:
    answer = request.POST.get("answer")
    if answer not in ("yes", "no"):
        return one_page(request, visit, found, status=422)
    keeping.say(
        by=visit.person,
        at=visit.at,
        enquiry=found,
        question=request.POST.get("question", ""),
        answer=answer == "yes",
    )
    return done(request, _("Saved."), here(found.pk))


def _holding(request: HttpRequest, visit: Visit, found: Enquiry) -> HttpResponseBase:
    statements.give_holding_line(by=visit.person, at=visit.at, enquiry=found)
    return done(request, _("Recorded that the holding line was given."), here(found.pk))


def _draft(request: HttpRequest, visit: Visit, found: Enquiry) -> HttpResponseBase:
    form = StatementForm(request.POST)
    version = number_in(request.POST.get("version", ""))
    try:
        saved = form.save(
            lambda typed: statements.draft(
                by=visit.person, at=visit.at, enquiry=found, text=typed["text"], version=version
            )
        )
    except NotNow as error:
        return one_page(request, visit, found, draft_form=form, trouble=error, wrong=form, status=409)
    if saved is None:
        return one_page(request, visit, found, draft_form=form, wrong=form, status=422)
    return done(request, _("Statement saved."), here(found.pk))


def _release(request: HttpRequest, visit: Visit, found: Enquiry) -> HttpResponseBase:
    form = ReleaseForm(request.POST, asks_steps=one_shown(found, visit)["asks_steps"])
    version = number_in(request.POST.get("version", ""))
    try:
        saved = form.save(
            lambda typed: statements.release(
                by=visit.person, at=visit.at, enquiry=found, version=version, how=typed["how"],
                steps_taken=form.steps_taken,
            )
        )  # fmt: skip
    except NotNow as error:
        return one_page(request, visit, found, release_form=form, trouble=error, wrong=form, status=409)
    except Refused as error:
        kept = error.kept
        refused = kept_verdict(kept, at=visit.at) if isinstance(kept, DecisionRecord) else None
        again = enquiries.enquiry_for(visit.person, found.pk, on=visit.on)
        return one_page(request, visit, again, release_form=form, refused=refused, status=409)
    if saved is None:
        return one_page(request, visit, found, release_form=form, wrong=form, status=422)
    return done(request, _("Recorded that the statement was given."), here(found.pk))


def _close(request: HttpRequest, visit: Visit, found: Enquiry) -> HttpResponseBase:
    form = CloseEnquiryForm(request.POST)
    if form.save(lambda typed: enquiries.close(by=visit.person, at=visit.at, enquiry=found, **typed)):
        return done(request, _("Enquiry closed."), here(found.pk))
    return one_page(request, visit, found, close_form=form, wrong=form, status=422)


def _reopen(request: HttpRequest, visit: Visit, found: Enquiry) -> HttpResponseBase:
    enquiries.reopen(by=visit.person, at=visit.at, enquiry=found)
    return done(request, _("Enquiry opened again."), here(found.pk))


def _passed(request: HttpRequest, visit: Visit, found: Enquiry) -> HttpResponseBase:
    form = PassedForm(request.POST)
    if form.save(
        lambda typed: enquiries.note_passed_by_hand(
            by=visit.person, at=visit.at, enquiry=found, words=typed["words"]
        )
    ):
        return done(request, _("Saved."), here(found.pk))
    return one_page(request, visit, found, passed_form=form, wrong=form, status=422)


ACTS: Mapping[str, Callable[[HttpRequest, Visit, Enquiry], HttpResponseBase]] = {
    "say": _say,
    "holding": _holding,
    "draft": _draft,
    "release": _release,
    "close": _close,
    "reopen": _reopen,
    "passed": _passed,
}

urlpatterns = [
    path("inbox/press", enter, name="press-enter"),
    path("inbox/press/expected", expect, name="press-expect"),
    path("inbox/press/expected/<int:pk>/end", end_expected, name="press-expected-end"),
    path("inbox/press/<int:pk>", act, name="press-act"),
    path("inbox/press/<int:pk>/ask", ask, name="press-ask"),
    path("inbox/<int:pk>/press", mark, name="item-press"),
]
