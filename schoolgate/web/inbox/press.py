"""Enquiries from the press: a way of showing the inbox, with forms that post elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound, NotNow, Refused
from schoolgate.core.models import School
from schoolgate.inbox.listing import item_for
from schoolgate.inbox.rules import SEES
from schoolgate.people.rules import can
from schoolgate.policy.models import DecisionRecord
from schoolgate.press import enquiries, keeping, statements
from schoolgate.press.models import Enquiry
from schoolgate.web.frame.doors import Visit, act_in, done, page
from schoolgate.web.frame.numbers import number_in
from schoolgate.web.frame.wording import kept_verdict
from schoolgate.web.inbox import press_today  # noqa: F401 - its card on Today
from schoolgate.web.inbox.press_forms import (
    CloseEnquiryForm,
    EnquiryForm,
    ExpectForm,
    PassedForm,
    ReleaseForm,
    StatementForm,
)
from schoolgate.web.inbox.press_shown import expected_shown, here, one_shown

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
    return done(request, _recorded(saved.value), here(saved.value.pk))


def _recorded(found: Enquiry) -> Any:
    """Return what to say: passed on, or that no one has the role."""
    if enquiries.unheld(found):
        return _("Enquiry recorded. No one here has the role that deals with it.")
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
    return done(request, _recorded(enquiry), here(enquiry.pk))


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
