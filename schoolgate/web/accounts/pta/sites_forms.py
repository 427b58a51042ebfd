"""Forms of the pages on which a site is looked after; the actions judge what is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import LogoLeads, SiteCare, SiteTextKind, SiteWordKind
from schoolgate.accounts.opening_questions import clauses_of
from schoolgate.accounts.sites import Settled
from schoolgate.rulebook import Book
from schoolgate.web.frame.field_help import at
from schoolgate.web.frame.forms import YES_NO, DayField, SchoolForm, radios, yes_no
from schoolgate.web.frame.wording import RESTATED_IN

ANSWER = {"yes": True, "no": False}


class SettleForm(SchoolForm):
    """What the policy requires settled before a site opens, each with its clause."""

    def __init__(
        self, *args: Any, asked: Sequence[Settled], care: SiteCare | None, book: Book, **kwargs: Any
    ) -> None:
        super().__init__(*args, initial=_initial(asked, care), **kwargs)
        self.asked = asked
        for one in asked:
            self.fields[field_name(one)] = _field(one, book)

    def answers(self) -> dict[str, Any]:
        """The answers, as `settle_site` takes them."""
        return {one.key: _answer(one, self.cleaned_data[field_name(one)]) for one in self.asked}


def field_name(one: Settled) -> str:
    """A key as the name of a field."""
    return one.key.replace(" ", "-")


def _initial(asked: Sequence[Settled], care: SiteCare | None) -> dict[str, Any]:
    if care is None:
        return {}
    suits: Mapping[str, Any] = care.suits
    found = {}
    for one in asked:
        value = suits.get(one.key) if one.of_suits else getattr(care, one.key)
        if one.type == "yes_no":
            value = yes_no(value)
        elif one.type == "lines":
            value = "\n".join(value or [])
        found[field_name(one)] = value
    return found


def _field(one: Settled, book: Book) -> forms.Field:
    clause = book.clause(clauses_of(book, one.asked_at)[0])
    help_text = format_html(
        '<span lang="{}" data-quoted>{}: {}</span>', RESTATED_IN, clause.section, clause.says
    )
    given: dict[str, Any] = {"label": one.label, "help_text": help_text, "required": False}
    match one.type:
        case "yes_no":
            return forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect, **given)
        case "choice":
            return forms.ChoiceField(choices=list(one.options), widget=forms.RadioSelect, **given)
        case "several":
            return forms.MultipleChoiceField(
                choices=list(one.options), widget=forms.CheckboxSelectMultiple, **given
            )
        case "text":
            return forms.CharField(max_length=120, **given)
        case _:
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=4000, **given)


def _answer(one: Settled, typed: Any) -> Any:
    if one.type == "yes_no":
        return ANSWER.get(typed)
    if one.type == "lines":
        return [line.strip() for line in typed.splitlines() if line.strip()]
    return typed


class TextForm(SchoolForm):
    """The house rules or terms of use of a site, in one language."""

    kind = forms.ChoiceField(label=_("Which text?"), choices=SiteTextKind.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Text"),
        help_text=_("Everyone can read it. The previous version is saved under its number."),
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=20_000,
    )

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(settings.LANGUAGES)
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"),
            choices=[(each, names.get(each, each)) for each in languages],
            widget=forms.RadioSelect,
            initial=languages[0],
        )
        self.order_fields(["kind", "language", "words"])


class LookForm(SchoolForm):
    """What a person finds on a site today, as far as the policy asks for it."""

    def __init__(self, *args: Any, points: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "rules_found" in points:
            self.fields["house_rules_found"] = radios(_("Can everyone find its house rules?"), YES_NO)
            self.fields["terms_found"] = radios(_("Can everyone find its terms of use?"), YES_NO)
        if "logo_leads" in points:
            self.fields["logo_can_link"] = radios(_("Can its logo link anywhere?"), YES_NO)
            self.fields["logo_leads_to"] = radios(_("Where does its logo link to?"), LogoLeads.choices)
        self.fields["note"] = forms.CharField(
            label=_("Anything else you noticed"),
            widget=forms.Textarea(attrs={"rows": 3}),
            required=False,
            max_length=4000,
        )

    def given(self) -> dict[str, Any]:
        """Return what was found, as `look_over` takes it."""
        typed = self.cleaned_data
        yes_or_no = ("house_rules_found", "terms_found", "logo_can_link")
        return {key: ANSWER.get(value) if key in yes_or_no else value for key, value in typed.items()}


class AbsenceForm(SchoolForm):
    """When a person who looks after a site is away, and until when that is settled."""

    policy_help = {"person": (at("site.check", "looked_after_in_absence", "moderators_on_hand"),)}

    person = forms.ChoiceField(label=_("Who?"))
    until = DayField(label=_("Until which date is this set?"), help_text=_("At least two weeks from today."))
    away_from = DayField(
        label=_("Away from"),
        help_text=_("Leave both blank if they’re always available."),
        required=False,
    )
    away_to = DayField(label=_("Away until"), required=False)

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(str(pk), name) for pk, name in people]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Add an error where one of the two days of an absence is missing."""
        typed: dict[str, Any] = super().clean() or {}
        if not self.errors and (typed["away_from"] is None) != (typed["away_to"] is None):
            self.add_error("away_to", str(_("Enter both dates, or neither.")))
        return typed

    def stretch(self) -> list[tuple[date, date]]:
        """Return the absence; none where both days are empty."""
        begins, ends = self.cleaned_data["away_from"], self.cleaned_data["away_to"]
        return [(begins, ends)] if begins else []


class WordForm(SchoolForm):
    """Advice, a signed handover, or a comparison with published guidance."""

    def __init__(self, *args: Any, kind: str, guidance: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == SiteWordKind.ADVICE:
            self.fields["words"] = _long(_("Your advice"))
        elif kind == SiteWordKind.HANDOVER:
            self.fields["team"] = forms.CharField(
                label=_("Which team hands over moderation, in a signed document?"), max_length=120
            )
        else:
            self.fields["guidance"] = forms.ChoiceField(
                label=_("Which guidance?"),
                choices=[(each, each) for each in guidance],
                widget=forms.RadioSelect,
            )
            self.fields["later"] = forms.CharField(
                label=_("Name of newer guidance that replaced it, if you used any"),
                max_length=300,
                required=False,
            )
            self.fields["open_points"] = _long(
                _("What doesn’t meet the guidance yet? One point per line. Leave blank if none."),
                False,
            )


def _long(label: Any, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": 4}), max_length=4000, required=required
    )
