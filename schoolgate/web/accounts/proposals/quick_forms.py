"""Forms of quick requests: a few points, and those that the policy in force asks for, with its words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.layout import Layout
from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import SmallKind, SmallProposal
from schoolgate.accounts.small import form_wanted, guidance
from schoolgate.rulebook import Book
from schoolgate.web.frame.forms import YES_NO, DayField, Drawing, SchoolForm
from schoolgate.web.frame.wording import RESTATED_IN

NAMES = {
    SmallKind.TAKE_PART: _("Site you want to take part in"),
    SmallKind.CALL: _("Short name for what you’re looking for"),
    SmallKind.ORGANISATION: _("Organisation"),
}
WORDS = {
    SmallKind.TAKE_PART: _("What you would do there, and why"),
    SmallKind.CALL: _("Text of the call, as it would be posted"),
    SmallKind.ORGANISATION: _("Why the account should become friends with this organisation"),
}
YES = {"yes": True, "no": False}


class SmallForm(SchoolForm):
    """What to do, and each point that this policy's rules require beforehand."""

    def __init__(
        self,
        *args: Any,
        kind: SmallKind,
        book: Book,
        accounts: Sequence[tuple[int, str]],
        own_forms: Sequence[tuple[int, str]],
        again_of: SmallProposal | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.wanted = kind, guidance(book)
        if kind is not SmallKind.TAKE_PART:
            self.fields["account"] = forms.ChoiceField(
                label=_("Which account is it for?"), choices=[("", _("Choose")), *_keyed(accounts)]
            )
        self.fields["name"] = forms.CharField(label=NAMES[kind], max_length=200, required=False)
        if kind is not SmallKind.CALL:
            self.fields["address"] = forms.URLField(
                label=_("Web address"), required=False, assume_scheme="https", max_length=500
            )
        self.fields["words"] = forms.CharField(
            label=WORDS[kind], widget=forms.Textarea(attrs={"rows": 4}), max_length=4000, required=False
        )
        if kind is SmallKind.TAKE_PART:
            self._of_another_site(book, own_forms)
        if kind is SmallKind.CALL:
            self.fields["through_social_media"] = _yes_no(_("Will you use social media to look for people?"))
        if again_of is not None:
            self.fields["again_of"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=again_of.pk, required=False
            )

    def _of_another_site(self, book: Book, own_forms: Sequence[tuple[int, str]]) -> None:
        self.fields["for_school"] = _yes_no(
            _("Would you do this in the school’s name, or as part of your job here?")
        )
        if self.wanted is not None:
            title, clause = self.wanted
            self.fields["checked_on"] = DayField(
                label=_("Date you compared the site with this guidance"),
                help_text=format_html('<span lang="en">{}</span>. {}', title, quoted(book, clause)),
                required=False,
            )
            self.fields["open_points"] = forms.CharField(
                label=_("What differs from the guidance there"),
                help_text=_("One point per line. Leave empty if there’s nothing."),
                widget=forms.Textarea(attrs={"rows": 3}), max_length=4000, required=False,
            )  # fmt: skip
        if form_wanted(book) and own_forms:
            self.fields["form"] = forms.ChoiceField(
                label=_("The full proposal, if you sent one"),
                help_text=quoted(book, form_wanted(book)),
                choices=[("", _("None")), *_keyed(own_forms)],
                required=False,
            )

    def given(self) -> dict[str, Any]:
        """Return what was filled in, as `put_in_small` takes it; rows by their ids."""
        typed = self.cleaned_data
        found: dict[str, Any] = {
            "name": typed["name"],
            "words": typed["words"],
            "address": typed.get("address", ""),
            "for_school": YES.get(typed.get("for_school", "")),
            "through_social_media": YES.get(typed.get("through_social_media", "")),
            "checked_on": typed.get("checked_on"),
            "open_points": typed.get("open_points", "").splitlines(),
        }
        return found

    def number(self, field: str) -> int | None:
        """The id of the row that was chosen in a field; None where none was."""
        chosen = self.cleaned_data.get(field)
        return int(chosen) if chosen else None


class SmallDecideForm(SchoolForm):
    """The decision on a quick request, and the reason for a refusal."""

    answer = forms.ChoiceField(label=_("Your decision"), choices=[("yes", _("Approve")), ("no", _("Refuse"))])
    reason = forms.CharField(
        label=_("Reason for refusing"),
        help_text=_("The person who sent it will read this."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=4000,
    )

    @property
    def to_refuse(self) -> Drawing:
        """Return what a no requires, drawn beside its button."""
        drawn = Drawing(self)
        drawn.layout = Layout("reason")
        return drawn


def quoted(book: Book, clause: str) -> SafeString:
    """Return a clause as help beside a field: its section and our restatement, with its language for screen
    readers."""
    found = book.clause(clause)
    return format_html(
        '<span lang="{}" data-quoted>{}: {}</span>', RESTATED_IN, found.section, found.wording or found.says
    )


def first_of(again_of: SmallProposal | None, account: int | None) -> dict[str, Any]:
    """Return what a second try begins with: the answers of the first."""
    if again_of is None:
        return {"account": account} if account else {}
    back = {True: "yes", False: "no", None: ""}
    return {
        "account": again_of.account_id, "name": again_of.name, "address": again_of.address,
        "words": again_of.words, "for_school": back[again_of.for_school],
        "through_social_media": back[again_of.through_social_media], "checked_on": again_of.checked_on,
        "open_points": "\n".join(again_of.open_points), "form": again_of.form_id,
    }  # fmt: skip


def _yes_no(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=YES_NO, widget=forms.RadioSelect, required=False)


def _keyed(rows: Sequence[tuple[int, str]]) -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in rows]
