"""Messages from official accounts to groups: a way of showing the inbox, with a form that posts elsewhere."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.access import open_accounts
from schoolgate.accounts.models import Account
from schoolgate.core.errors import BadInput, NotFound, Refused
from schoolgate.inbox import actions, listing
from schoolgate.inbox.messages import messages_for, process_in_force
from schoolgate.people.queries import book_of
from schoolgate.policy.models import DecisionRecord
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.wording import kept_verdict
from schoolgate.web.inbox.desk import check_sees_some
from schoolgate.web.inbox.messages_forms import MessageForm, ProcessForm

MOST_SHOWN = 50


def here() -> str:
    """Return the address of the messages."""
    return f"{reverse('inbox')}?as=messages"


def shown(
    request: HttpRequest,
    visit: Visit,
    *,
    form: MessageForm | None = None,
    refused: Any = None,
    process_form: ProcessForm | None = None,
    status: int = 200,
) -> HttpResponseBase:
    """Show the latest messages that the visitor may know of, the form for one where they may write, and the
    process for replies elsewhere where the policy asks for one."""
    check_sees_some(visit)
    accounts = _accounts(visit)
    context = {
        "visit": visit,
        "rows": messages_for(visit.person, on=visit.on, limit=MOST_SHOWN),
        "form": (form or MessageForm(accounts=accounts)) if accounts else None,
        "refused": refused,
        "writes": {account.pk for account in accounts},
        "process": process_in_force(),
        "has_process": bool(book_of(visit.federation).at("item.answer", "response_process")),
        "process_form": (process_form or ProcessForm()) if "own_policy" in visit.capacities else None,
    }
    return render(request, "inbox/messages.html", context, status=status)


def _accounts(visit: Visit) -> list[Account]:
    """Return the open accounts on which this person replies, by name."""
    reach = listing.reach_of(visit.person, on=visit.on, able=frozenset({"answer"}))
    return [
        account
        for account in open_accounts().select_related("school").order_by("name", "pk")
        if reach.everything or account.school_id in reach.schools or account.pk in reach.accounts
    ]


@page(place="inbox", capacity="answer", methods=("POST",))
def write(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Ask the policy about a message and keep it. What is refused stays in the form, with its clause."""
    form = MessageForm(request.POST, accounts=_accounts(visit))
    if not form.is_valid():
        return shown(request, visit, form=form, status=422)
    try:
        actions.write_message(by=visit.person, at=visit.at, account=form.chosen, written=form.written)
    except BadInput as error:
        form.refuse(error)
        return shown(request, visit, form=form, status=422)
    except Refused as error:
        refused = kept_verdict(error.kept, at=visit.at) if isinstance(error.kept, DecisionRecord) else None
        return shown(request, visit, form=form, refused=refused, status=409)
    return done(request, _("The policy allows it. Send it on the network now, then confirm below."), here())


@page(place="inbox", methods=("POST",))
def sent(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """A person sent it by hand."""
    row = next((one for one in messages_for(visit.person, on=visit.on, limit=1, pk=pk)), None)
    if row is None:
        raise NotFound
    actions.message_sent(by=visit.person, at=visit.at, message=row)
    return done(request, _("Saved: the message was sent."), here())


@page(place="inbox", capacity="own_policy", methods=("POST",))
def process(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Adopt the process for replying to what others write elsewhere."""
    form = ProcessForm(request.POST)
    if form.save(lambda typed: actions.adopt_process(by=visit.person, at=visit.at, **typed)):
        return done(request, _("Process adopted. It applies from now on."), here())
    return shown(request, visit, process_form=form, status=422)


urlpatterns = [
    path("inbox/messages/process", process, name="reply-process"),
    path("inbox/messages", write, name="message-write"),
    path("inbox/messages/<int:pk>/sent", sent, name="message-sent"),
]
