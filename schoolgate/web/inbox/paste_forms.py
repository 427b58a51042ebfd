"""Forms of copying in: one comment with its photograph, or several with times as the network shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.clock import LONDON
from schoolgate.inbox.seen_times import LONGEST
from schoolgate.publishing.models import Delivery
from schoolgate.web.frame.field_help import at
from schoolgate.web.frame.forms import DayField, SchoolForm, TimeField
from schoolgate.web.inbox.forms import KINDS
from schoolgate.web.inbox.wording import snippet

AT_ONCE = 6
"""Comments on one page of copying in."""
SKIPPED = _("The clocks go forward then, so this time doesn’t exist. Choose an hour later.")
EVERYONE, US = "everyone", "us"
READERS = ((EVERYONE, _("Everyone")), (US, _("Only us, or I’m not sure")))
READ_ALL = _("I’ve checked everything other people wrote on this account")


def instant_of(day: date, at: time) -> datetime | None:
    """The instant in UTC that clocks in London show so; None for an hour that they skip."""
    local = datetime.combine(day, at, LONDON)
    back = local.astimezone(UTC).astimezone(LONDON)
    return local.astimezone(UTC) if back.replace(tzinfo=None) == local.replace(tzinfo=None) else None


class PlaceForm(SchoolForm):
    """Where the comments were posted: the account, one of our posts, and who reads them there."""

    account = forms.ChoiceField(label=_("Account"))
    post = forms.ChoiceField(label=_("Which of our posts is it on?"), required=False)
    readers = forms.ChoiceField(label=_("Who can read it?"), choices=READERS, widget=forms.RadioSelect)
    read_all = forms.BooleanField(label=READ_ALL, required=False)

    def __init__(
        self,
        *args: Any,
        accounts: Sequence[Account],
        copies: Sequence[Delivery],
        asks_reading: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        if not asks_reading:
            del self.fields["read_all"]
        self.accounts = {str(account.pk): account for account in accounts}
        self.posts = {str(copy.post_id): copy.post for copy in copies}
        self.fields["account"].choices = [(key, one.name) for key, one in self.accounts.items()]  # type: ignore[attr-defined]
        self.fields["post"].choices = [  # type: ignore[attr-defined]
            ("", _("None of these, or not known")),
            *((str(copy.post_id), f"{copy.account.name}: {snippet(copy.text)}") for copy in copies),
        ]

    @property
    def private(self) -> bool:
        """Return whether it counts as a private message: no one said that everyone can read it."""
        return bool(self.cleaned_data["readers"] != EVERYONE)


class PasteForm(PlaceForm):
    """A comment or message from a network that no program reads."""

    policy_help = {"kind": (at("item.received", "reply_due"),)}

    field_order = (
        "account",
        "post",
        "text",
        "author",
        "day",
        "time",
        "kind",
        "readers",
        "picture",
        "address",
    )
    text = forms.CharField(
        label=_("Comment"),
        help_text=_("Copy it word for word."),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        strip=False,
    )
    author = forms.CharField(
        label=_("Author, as shown on the network"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    day = DayField(label=_("Date posted"))
    time = TimeField(label=_("Time posted"), help_text=_("UK time"))
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=KINDS, widget=forms.RadioSelect, initial="comment"
    )
    picture = forms.FileField(
        label=_("A photo or screenshot of the comment, if you have one"),
        help_text=_(
            "Saved with the comment, without location or device details. Leave the box above empty to "
            "have the words read from it."
        ),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    address = forms.CharField(
        label=_("Web address, if there is one"),
        required=False,
        max_length=2000,
        widget=forms.URLInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Check day and time together; an hour that the clocks skip is an error of the time."""
        typed = super().clean() or {}
        if typed.get("day") and typed.get("time") and self.appeared_at is None:
            self.add_error("time", str(SKIPPED))
        return typed

    @property
    def appeared_at(self) -> datetime | None:
        """The instant in UTC; None for an hour that the clocks skip."""
        return instant_of(self.cleaned_data["day"], self.cleaned_data["time"])

    def given(self) -> Mapping[str, Any]:
        """Return what was filled in, as `paste_in` takes it."""
        typed = self.cleaned_data
        return {
            "account": self.accounts[typed["account"]],
            "post": self.posts.get(typed["post"]),
            "text": typed["text"].replace("\r\n", "\n"),
            "author": typed["author"],
            "appeared_at": self.appeared_at,
            "kind": typed["kind"],
            "private": self.private,
            "address": typed["address"].strip(),
            "read_all": bool(typed.get("read_all")),
        }


class OneSeen(SchoolForm):
    """One of several comments, as it is first put in."""

    text = forms.CharField(
        label=_("Comment"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        required=False,
        strip=False,
    )
    author = forms.CharField(
        label=_("Author, as shown on the network"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    seen = forms.CharField(
        label=_("Time, as the network shows it"),
        help_text=_("For example 2 h, yesterday 14:10, 3 d or 20 November at 14:10."),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    @property
    def filled(self) -> bool:
        """Return whether anything was filled in."""
        return bool(str(self.cleaned_data.get("text", "")).strip())


class OneChosen(OneSeen):
    """The same with the time that a person has chosen. What is not ticked is left out."""

    keep = forms.BooleanField(label=_("Save this one too"), required=False)
    day = DayField(label=_("Date posted"))
    time = TimeField(label=_("Time posted"))
    kind = forms.ChoiceField(label=_("What is it?"), choices=KINDS, initial="comment")

    def clean(self) -> dict[str, Any]:
        """Check day and time together, only where the item was chosen for saving."""
        typed = super().clean() or {}
        if not typed.get("keep"):
            for name in list(self.errors):
                del self.errors[name]
        elif typed.get("day") and typed.get("time") and self.appeared_at is None:
            self.add_error("time", str(SKIPPED))
        return typed

    @property
    def appeared_at(self) -> datetime | None:
        """The instant in UTC; None for an hour that the clocks skip."""
        return instant_of(self.cleaned_data["day"], self.cleaned_data["time"])
