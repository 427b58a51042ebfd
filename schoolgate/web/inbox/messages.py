"""Messages from official accounts to groups: a way of showing the inbox, with a form that posts
elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.access import open_accounts
from schoolgate.accounts.models import Account
from schoolgate.core.errors import BadInput, NotFound, Refused
from schoolgate.inbox import listing, messaging
from schoolgate.inbox.messaging import (
    LONGEST,
    LONGEST_GROUP,
    LONGEST_NOTE,
    MOST_PEOPLE,
    Written,
    messages_for,
    process_in_force,
)
from schoolgate.inbox.models import MessagePurpose, Relation
from schoolgate.people.queries import book_of
from schoolgate.policy.models import DecisionRecord
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm, at
from schoolgate.web.frame.wording import kept_verdict
from schoolgate.web.inbox.desk import check_sees_some


class MessageForm(SchoolForm):
    """The account, the group, what it is about, why it is appropriate, and the words."""

    policy_help = {
        "to": (at("message.send", "children_at_all", "parents_from_own", "work_profile"),),
        "people": (at("message.send", "learner_group", "learner_alone"),),
        "public": (at("message.send", "learner_unseen"),),
        "purpose": (at("message.send", "learner_purpose", "work_account_only"),),
        "reason": (at("message.send", "learner_weighed"),),
    }

    to = forms.ChoiceField(label=_("Who does it go to?"), choices=Relation.choices, widget=forms.RadioSelect)
    group = forms.CharField(
        label=_("Which group?"), help_text=_("Such as Year 9 maths. No names."), max_length=LONGEST_GROUP
    )
    people = forms.IntegerField(label=_("How many people?"), min_value=1, max_value=MOST_PEOPLE)
    public = forms.BooleanField(label=_("Everyone can read it"), required=False)
    purpose = forms.ChoiceField(
        label=_("What is it about?"), choices=MessagePurpose.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why is it appropriate?"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    implications = forms.CharField(
        label=_("What could result from it?"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    text = forms.CharField(
        label=_("Message"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"})
    )

    def __init__(self, data: Any = None, *, accounts: Sequence[Account]) -> None:
        super().__init__(data)
        self.accounts = {str(account.pk): account for account in accounts}
        self.fields["account"] = forms.ChoiceField(
            label=_("From which account?"),
            choices=[(key, account.name) for key, account in self.accounts.items()],
        )
        self.order_fields(["account"])

    @property
    def chosen(self) -> Account:
        """Return the account it is sent from."""
        return self.accounts[self.cleaned_data["account"]]

    @property
    def written(self) -> Written:
        """Return the message as it was described."""
        return Written(**{key: value for key, value in self.cleaned_data.items() if key != "account"})


class ProcessForm(SchoolForm):
    """How the federation answers what others write elsewhere."""

    prefix = "process"
    policy_help = {"words": (at("item.answer", "response_process"),)}

    words = forms.CharField(
        label=_("The process"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"})
    )


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
        messaging.write_message(by=visit.person, at=visit.at, account=form.chosen, written=form.written)
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
    messaging.message_sent(by=visit.person, at=visit.at, message=row)
    return done(request, _("Saved: the message was sent."), here())


@page(place="inbox", capacity="own_policy", methods=("POST",))
def process(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Adopt the process for replying to what others write elsewhere."""
    form = ProcessForm(request.POST)
    if form.save(lambda typed: messaging.adopt_process(by=visit.person, at=visit.at, **typed)):
        return done(request, _("Process adopted. It applies from now on."), here())
    return shown(request, visit, process_form=form, status=422)


urlpatterns = [
    path("inbox/messages/process", process, name="reply-process"),
    path("inbox/messages", write, name="message-write"),
    path("inbox/messages/<int:pk>/sent", sent, name="message-sent"),
]
