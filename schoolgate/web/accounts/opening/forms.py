"""Forms of the pages on which an account is opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account, AccountState, ConditionType
from schoolgate.accounts.opening_facts import Answered
from schoolgate.accounts.opening_questions import clauses_of
from schoolgate.networks.registry import capabilities
from schoolgate.rulebook import Book
from schoolgate.web.accounts.opening.wording import stands_in_words
from schoolgate.web.frame.field_help import at
from schoolgate.web.frame.forms import YES_NO, SchoolForm

WHERE, SETTINGS, PAGE = "where", "settings", "page"
"""The pages of setting an account up: where it is, how it is set up, what its page shows."""


def part_of(one: Answered) -> str:
    """The page on which a question is put."""
    return PAGE if one.question.of_page else SETTINGS


class SetupForm(SchoolForm):
    """Where the account is, how it is set up, what a person saw on its page and a picture of it.

    `part`: only the questions of one page; without it, all of them.
    """

    policy_help = {
        "handle": (at("account.open", "real_name", "school_named", "name_and_logo"),),
        "contact": (at("account.open", "contact"),),
    }

    handle = forms.CharField(
        label=_("Handle"),
        help_text=_("As it appears on the network, such as @year4."),
        max_length=253,
        required=False,
    )
    address = forms.URLField(
        label=_("Address"),
        help_text=_("The full web address of its page."),
        required=False,
        assume_scheme="https",
    )
    contact = forms.CharField(
        label=_("Contact"),
        help_text=_("Shown on the public register. Use an office contact, not a person’s own number."),
        max_length=300,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        account: Account,
        asked: Sequence[Answered],
        book: Book,
        part: str = "",
        **kwargs: Any,
    ) -> None:
        asked = [one for one in asked if part in ("", part_of(one))]
        initial: dict[str, Any] = {
            "handle": account.handle,
            "address": account.address,
            "contact": account.contact,
        }
        for one in asked:
            is_yes_no = one.question.type == "yes_no"
            initial[one.question.key] = typed(one.value) if is_yes_no else one.value
        super().__init__(*args, initial=initial, **kwargs)
        self.asked = asked
        ours = capabilities(account.network).ours  # this program knows where it is
        elsewhere = part not in ("", WHERE)
        if elsewhere or ours or account.state != AccountState.WAITING:  # the register's address stays
            del self.fields["handle"], self.fields["address"]
        if elsewhere:
            del self.fields["contact"]
        for one in asked:
            self.fields[one.question.key] = _field(one, book)
        if part in ("", PAGE):
            self.fields["picture"] = forms.FileField(
                label=_("Screenshot of its page"),
                help_text=_("Saved as evidence. No one outside can see it."),
                required=False,
            )

    def answers(self) -> dict[str, Any]:
        """The answers, as `save_setup` takes them."""
        given = self.cleaned_data
        return {
            one.question.key: {"yes": True, "no": False}.get(given[one.question.key])
            if one.question.type == "yes_no"
            else given[one.question.key]
            for one in self.asked
        }


def typed(value: bool | None) -> str:
    """A yes, a no or nothing, as a form's radios have it."""
    return "" if value is None else "yes" if value else "no"


def _field(one: Answered, book: Book) -> forms.Field:
    question = one.question
    label: Any = question.label
    if question.type == "text":
        return forms.CharField(label=label, max_length=300, required=False, help_text=_help(one, book))
    return forms.ChoiceField(
        label=label,
        choices=list(YES_NO if question.type == "yes_no" else question.options),
        required=False,
        widget=forms.RadioSelect,
        help_text=_help(one, book),
    )


def _help(one: Answered, book: Book) -> SafeString:
    """Return who gave the answer; where no rule asks the question, say so."""
    asks = "" if clauses_of(book, one.question.asked_at) else _("For your own records: no rule needs it.")
    return format_html("{} {}", asks, stands_in_words(one))


def setup_asked_by(form: SetupForm, book: Book) -> list[tuple[Any, list[Any]]]:
    """Each question of the page with the clauses of the policy that ask it."""
    return [
        (one.question.label, [book.clause(clause) for clause in clauses])
        for one in form.asked
        if (clauses := clauses_of(book, one.question.asked_at))
    ]


class NoticeForm(SchoolForm):
    """Tells a person the address and identity of an account."""

    policy_help = {"to": (at("account.open", "notified", "notice_recipient"),)}

    to = forms.ChoiceField(label=_("Person to notify"))
    address = forms.URLField(label=_("Address"), assume_scheme="https")
    identity = forms.CharField(label=_("Account name or handle"), max_length=253)

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(str(pk), name) for pk, name in people]  # type: ignore[attr-defined]


class ConditionForm(SchoolForm):
    """What an approval requires or bars besides its yes."""

    policy_help = {"words": (at("account.use", "approvals_requirements", "approvals_limits"),)}

    kind = forms.ChoiceField(
        label=_("What does the condition do?"), choices=ConditionType.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(label=_("Describe it in one sentence"), max_length=300)


class TrainingForm(SchoolForm):
    """A training required of a person who runs the account, before they speak for the school."""

    policy_help = {"topic": (at("account.open", "trained"),)}

    person = forms.ChoiceField(label=_("Who needs the training?"))
    topic = forms.CharField(label=_("What should the training cover?"), max_length=120)

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(str(pk), name) for pk, name in people]  # type: ignore[attr-defined]
