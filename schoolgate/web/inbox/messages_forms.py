"""The form of a message from an official account to a group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.inbox.actions.messaging import LONGEST, LONGEST_GROUP, LONGEST_NOTE, MOST_PEOPLE, Written
from schoolgate.inbox.states import MessagePurpose, Relation
from schoolgate.web.frame.field_help import at
from schoolgate.web.frame.forms import SchoolForm


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
