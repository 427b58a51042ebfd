"""Closing an account, step by step: what is done, what comes next and who does it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolgate.accounts import care
from schoolgate.accounts.access import account_for, check_may_open
from schoolgate.accounts.archiving import MEDIA_TYPE
from schoolgate.accounts.care import archive_by_id, farewell
from schoolgate.accounts.closing import (
    ask_for_archive,
    begin_closing,
    call_off_closing,
    finish_closing,
    note_archive_taken,
    note_followers_told,
    note_page_gone,
    save_ending,
)
from schoolgate.accounts.models import Account, AccountState, Archive, ArchiveState, Closing, ClosingState
from schoolgate.core import files
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.networks.registry import capabilities
from schoolgate.people.rules import can
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import DayField, SchoolForm, at
from schoolgate.web.frame.shown import instant_in_words


class EndingForm(SchoolForm):
    """The plan for the end of an account."""

    policy_help = {"closes_on": (at("account.propose", "closing_date", "ending"),)}

    closes_on = DayField(label=gettext_lazy("Closing date"), required=False)
    who = forms.CharField(label=gettext_lazy("Who will close it"), required=False, max_length=2000)
    content = forms.CharField(
        label=gettext_lazy("What happens to the content"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
    )
    followers = forms.CharField(
        label=gettext_lazy("Message to followers"),
        help_text=gettext_lazy("Text of the last post, ready to copy."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=2000,
    )


@dataclass(frozen=True)
class Step:
    """One step: its number, whether it is done, who did it and when."""

    number: int
    done: bool
    said: str = ""


@page(place="accounts")
def closing(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show how far the closing of an account is, and its next step."""
    found = _account(visit, pk)
    going = _under_way(found)
    form = EndingForm(request.POST or None, initial=_plan(going) if going else None)
    if request.method == "POST":
        if going is None:
            raise NotNow(
                gettext_lazy("This closure has ended or been cancelled."),
                gettext_lazy("Open it again to see its status."),
            )
        if form.save(lambda typed: save_ending(closing=going, by=visit.person, at=visit.at, **typed)):
            return done(request, gettext_lazy("Closure plan saved."), "account-closing", pk)
    ended = found.closings.filter(state=ClosingState.FINISHED).select_related("closed_by", "archive").first()
    context = {
        "account": found,
        "network": capabilities(found.network).name,
        "going": going,
        "farewell": farewell(going, at=visit.at) if going else "",
        "ended": ended,
        "form": form if going else None,
        "steps": _steps(going) if going else {},
        "archive": _newest_archive(found),
        "may_finish": can(check_may_open, visit.person, found, on=visit.on),
        "closed": found.state == AccountState.CLOSED,
        "by_program": capabilities(found.network).ours,
    }
    return render(request, "care/closing.html", context, status=422 if form.errors else 200)


def _account(visit: Visit, pk: int) -> Account:
    found = account_for(visit.person, pk)
    care.check_may_close(visit.person, found, on=visit.on)
    return found


def _under_way(found: Account) -> Closing | None:
    if found.state == AccountState.CLOSED:  # closed on another way: nothing is left to be done
        return None
    rows = found.closings.filter(state=ClosingState.UNDER_WAY)
    return rows.select_related("account", "archive", "by", "told_by", "shut_by").first()


def _going(visit: Visit, pk: int) -> Closing:
    """Return the closing under way or else the newest, whose action says how it ended."""
    found = _account(visit, pk)
    going = _under_way(found) or found.closings.order_by("-pk").first()
    if going is None:
        raise NotNow(
            gettext_lazy("This closure has ended or been cancelled."),
            gettext_lazy("Open it again to see its status."),
        )
    return going


def _newest_archive(found: Account) -> Archive | None:
    return found.archives.select_related("by").order_by("-id").first()


def _plan(going: Closing) -> dict[str, Any]:
    return {name: getattr(going, name) for name in ("closes_on", "who", "content", "followers")}


def _steps(going: Closing) -> dict[str, Step]:
    """Each step by its name: a template shows them in their order."""
    ready = going.archive is not None and going.archive.state == ArchiveState.READY
    return {
        "told": Step(2, going.told_at is not None, _by(going.told_by, going.told_at)),
        "archived": Step(3, ready),
        "gone": Step(4, going.shut_at is not None, _by(going.shut_by, going.shut_at)),
    }


def _by(person: Any, at: Any) -> str:
    if at is None:
        return ""
    return _("{name}, {when}").format(name=person.name, when=instant_in_words(at))


@page(methods=("POST",))
def begin(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Begin; nothing is changed yet."""
    begin_closing(account=_account(visit, pk), by=visit.person, at=visit.at)
    return done(
        request,
        gettext_lazy("Closure started. Nothing has changed yet. Follow the steps below."),
        "account-closing",
        pk,
    )


@page(methods=("POST",))
def told(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say that the followers were told."""
    try:
        note_followers_told(closing=_going(visit, pk), by=visit.person, at=visit.at)
    except BadInput as error:
        raise NotNow(next(iter(error.fields.values()))) from None
    return done(request, gettext_lazy("Saved. Its followers have been told."), "account-closing", pk)


@page(methods=("POST",))
def archive(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Have everything put into one file."""
    ask_for_archive(account=_account(visit, pk), by=visit.person, at=visit.at)
    return done(
        request,
        gettext_lazy("The archive is being created. Come back in a few minutes."),
        "account-closing",
        pk,
    )


@page(methods=("POST",))
def gone(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say that the page on the network is as the plan has it."""
    note_page_gone(closing=_going(visit, pk), by=visit.person, at=visit.at)
    return done(request, gettext_lazy("Saved. One step left."), "account-closing", pk)


@page(methods=("POST",))
def finish(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """The last step."""
    finish_closing(closing=_going(visit, pk), by=visit.person, at=visit.at)
    return done(request, gettext_lazy("Account closed. Its keys are destroyed."), "account-closing", pk)


@page(methods=("POST",))
def call_off(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Let the account go on."""
    call_off_closing(closing=_going(visit, pk), by=visit.person, at=visit.at)
    return done(request, gettext_lazy("Closure cancelled. The account carries on."), "account-closing", pk)


@page(methods=("POST",))
def take(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take the file; it is written down who took it."""
    found = archive_by_id(pk)
    note_archive_taken(archive=found, by=visit.person, at=visit.at)
    name = f"{slugify(found.account.name) or 'account'}-{found.at.date().isoformat()}.zip"
    return FileResponse(
        files.opened(found.digest), as_attachment=True, filename=name, content_type=MEDIA_TYPE
    )


urlpatterns = [
    path("accounts/<int:pk>/closing", closing, name="account-closing"),
    path("accounts/<int:pk>/closing/begin", begin, name="account-closing-begin"),
    path("accounts/<int:pk>/closing/told", told, name="account-closing-told"),
    path("accounts/<int:pk>/closing/archive", archive, name="account-closing-archive"),
    path("accounts/<int:pk>/closing/gone", gone, name="account-closing-gone"),
    path("accounts/<int:pk>/closing/finish", finish, name="account-closing-finish"),
    path("accounts/<int:pk>/closing/off", call_off, name="account-closing-off"),
    path("accounts/archives/<int:pk>", take, name="account-archive"),
]
