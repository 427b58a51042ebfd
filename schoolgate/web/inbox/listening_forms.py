"""Forms of listening. They gather what is typed; the actions judge it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.errors import BadInput
from schoolgate.core.models import School
from schoolgate.inbox.states import SAYABLE, ItemKind
from schoolgate.listening.finding import Places, searchable_accounts
from schoolgate.listening.models import LeftBecause
from schoolgate.listening.watching import MOST_DAYS
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.web.frame.field_help import at
from schoolgate.web.frame.forms import DayField, SchoolForm, radios

WHOLE = "0"


def _lines(label: Any, help_text: Any = "", *, required: bool = True, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, strip=True,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class OftenForm(SchoolForm):
    """After how many days without a search a watch is overdue, as the federation chooses."""

    policy_help = {"days": (at("listening.search", "searched_for"),)}

    days = forms.IntegerField(label=_("Days"), min_value=1, max_value=MOST_DAYS)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="often-%s")


class WatchForm(SchoolForm):
    """A new watch."""

    policy_help = {"phrases": (at("listening.search", "searched_for", "search_covered"),)}

    name = forms.CharField(label=_("Name of the search"), max_length=100)
    phrases = _lines(
        _("School names to search for"), _("One on each line, as people write them. Never a person’s name.")
    )
    purpose = forms.CharField(label=_("What is it for?"), max_length=500)
    until = DayField(label=_("Last day"), help_text=_("At most a year ahead."))
    feeds = _lines(
        _("News feeds"),
        _("Optional. The addresses of RSS or Atom feeds, one on each line."),
        required=False, rows=2,
    )  # fmt: skip

    def __init__(self, data: Any = None, *, places: Places) -> None:
        super().__init__(data, auto_id="watch-%s")
        self.schools: dict[str, School] = {str(each.pk): each for each in places.schools}
        choices: list[tuple[str, str | Promise]] = [(key, each.name) for key, each in self.schools.items()]
        if places.federation:
            choices.append((WHOLE, _("The federation as a whole")))
        self.fields["school"] = forms.ChoiceField(label=_("What is it about?"), choices=choices)
        self.order_fields(["school"])
        there = dict.fromkeys(one.network for one in searchable_accounts(None))
        if there:
            names = {key: all_capabilities()[key].name for key in there}
            self.fields["networks"] = forms.MultipleChoiceField(
                label=_("Networks to search"), choices=list(names.items()), initial=list(names),
                widget=forms.CheckboxSelectMultiple, required=False,
            )  # fmt: skip

    @property
    def school(self) -> School | None:
        """Return the school that was chosen; None for the whole federation."""
        return self.schools.get(self.cleaned_data.get("school", ""))

    def entered(self, typed: dict[str, Any]) -> dict[str, Any]:
        """Return what was typed, as the action takes it. Raises BadInput on `networks`."""
        return {
            **{name: typed[name] for name in ("name", "purpose", "until")},
            "phrases": typed["phrases"].splitlines(),
            "feeds": typed["feeds"].splitlines(),
            "school": self.school,
            "accounts": self._accounts(typed.get("networks", [])),
        }

    def _accounts(self, networks: Sequence[str]) -> list[Account]:
        """Return one account for each network: each is searched once."""
        first: dict[str, Account] = {}
        for one in searchable_accounts(self.school):
            first.setdefault(one.network, one)
        if not set(networks) <= set(first):
            raise BadInput({"networks": _("This school has no connected account there. Choose another.")})
        return [first[key] for key in networks]


class FeedForm(SchoolForm):
    """One more feed."""

    address = forms.CharField(label=_("Address of the feed"), help_text=_("It starts with https://"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="feed-%s")


class HandForm(SchoolForm):
    """Something public that a person found."""

    policy_help = {"public": (at("listening.search", "search_covered"),)}

    text = _lines(_("What does it say?"))
    address = forms.CharField(label=_("Link to it"), required=False, max_length=2000)
    place = forms.CharField(
        label=_("Where is it?"),
        help_text=_("For example the name of the site."),
        required=False,
        max_length=300,
    )
    author = forms.CharField(label=_("Who wrote it?"), required=False, max_length=300)
    public = forms.BooleanField(label=_("Anyone can read it without signing in"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="hand-%s")


class AlertForm(SchoolForm):
    """An alert that came by email."""

    mail = _lines(_("Text of the email"), _("Copy the whole email, for example from Google Alerts."), rows=6)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="alert-%s")


class ToInboxForm(SchoolForm):
    """Which inbox a public post goes to, and what it is."""

    policy_help = {"kind": (at("item.received", "reply_due"),)}

    def __init__(
        self, data: Any = None, *, accounts: Sequence[Account], first: Account | None = None
    ) -> None:
        super().__init__(data, auto_id="inbox-%s")
        self.accounts = {str(each.pk): each for each in accounts}
        self.fields["account"] = forms.ChoiceField(
            label=_("Reply from this account"),
            choices=[(key, each.name) for key, each in self.accounts.items()],
            initial=str(first.pk) if first else None,
        )
        self.fields["kind"] = radios(_("What is it?"), [(one.value, one.label) for one in SAYABLE])
        self.fields["kind"].initial = ItemKind.COMMENT

    @property
    def account(self) -> Account:
        """Return the account that was chosen."""
        return self.accounts[self.cleaned_data["account"]]


class ConcernForm(SchoolForm):
    """What worries a person about a public post."""

    policy_help = {"bad_light": (at("listening.found", "found_told"),)}

    what = _lines(_("What worries you about it?"), _("The post itself is sent with it."))
    bad_light = forms.BooleanField(
        label=_("It shows the school or its people in a bad light"), required=False
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="concern-%s")


class LeaveForm(SchoolForm):
    """Why nothing is done about a public post."""

    because = radios(_("Why?"), LeftBecause.choices)
    note = forms.CharField(label=_("Note"), required=False, max_length=500)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="leave-%s")
