"""Forms for importing a policy document: the file, and the pick for one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.policy.actions.importing import LONGEST
from schoolgate.policy.imports import LEAVE, TAKE, Offer, Pick, Sentence
from schoolgate.policy.imports_ready import ReadyOffer
from schoolgate.rulebook.ready.filling import sentence
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.rule_words import rule_in_short
from schoolgate.web.policy.own.forms import MODALITIES

READY = "ready-"
"""The same for a ready rule; its key follows."""
OFFER = "rule-"
"""How the value of a choice begins that imports a sentence with a rule; its number follows."""


class DocumentForm(SchoolForm):
    """The policy as the school has it."""

    file = forms.FileField(
        label=_("Policy document"),
        help_text=_(
            "Word, PDF or text, in English, up to 10 MB and 200 pages. Uploading it changes nothing yet."
        ),
    )


class PickForm(SchoolForm):
    """The pick for a sentence."""

    choice = forms.ChoiceField(label=_("Is this a clause of your policy?"), widget=forms.RadioSelect)

    def __init__(
        self,
        data: Any,
        *,
        offers: Sequence[tuple[int, Offer]],
        pick: Pick | None,
        ready: Sequence[ReadyOffer] = (),
    ) -> None:
        initial = {}
        if pick is not None and pick.ready:
            initial["choice"] = f"{READY}{pick.ready}"
        elif pick is not None:
            initial["choice"] = f"{OFFER}{pick.offer}" if pick.offer else pick.choice
        super().__init__(data, initial=initial)
        rules = [
            (
                f"{OFFER}{number}",
                _("Yes, with rule {number}: {rule} From: “{like}”").format(
                    number=place, rule=rule_in_short(offer.rule), like=offer.like
                ),
            )
            for place, (number, offer) in enumerate(offers, start=1)
        ]
        self.fields["choice"].choices = [  # type: ignore[attr-defined]
            *((f"{READY}{one.ready.key}", _in_words(one)) for one in ready),
            *rules,
            (TAKE, _("Yes, without a rule for now")),
            (LEAVE, _("No, leave it out")),
        ]

    def pick(self, says: str, modality: str = "") -> Pick:
        """Return what was picked."""
        choice: str = self.cleaned_data["choice"]
        if choice == LEAVE:
            return Pick("leave")
        if choice.startswith(READY):
            return Pick("take", says=says, modality=modality, ready=choice.removeprefix(READY))
        offer = int(choice.removeprefix(OFFER)) if choice.startswith(OFFER) else 0
        return Pick("take", says=says, modality=modality, offer=offer)


def _in_words(one: ReadyOffer) -> str:
    """Return what a ready rule would say: filled in, or with what is still to be filled in."""
    title = gettext(one.ready.title)
    if one.more:
        more = ", ".join(f"“{words}”" for words in one.more)
        return gettext(
            "Yes, with ready rule “{title}” on the clause’s page. The clause says more: {more}."
        ).format(title=title, more=more)
    if one.open:
        fields = ", ".join(f"“{gettext(one.ready.fields[name].label)}”" for name in one.open)
        return gettext("Yes, with ready rule “{title}”. On the clause’s page, fill in {fields}.").format(
            title=title, fields=fields
        )
    said = sentence(one.ready, one.values, gettext)
    return gettext("Yes, with ready rule “{title}”: {said}").format(title=title, said=said)


class TextForm(SchoolForm):
    """Other words for the sentence."""

    says = forms.CharField(
        label=_("Text"),
        help_text=_("One sentence that asks for one thing. Write numbers as figures."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST,
    )
    modality = forms.ChoiceField(
        label=_("Strength"),
        choices=[(str(one), label) for one, label in MODALITIES.items()],
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, data: Any, *, one: Sentence, pick: Pick | None) -> None:
        initial = {
            "says": (pick.says if pick else "") or one.says,
            "modality": (pick.modality if pick else "") or one.modality,
        }
        super().__init__(data, initial=initial)
        self.read_as = one.modality

    @property
    def other(self) -> bool:
        """Whether it begins with another strength than was read."""
        return bool(self.initial["modality"] != self.read_as)

    def strength(self) -> str:
        """Return the strength that was chosen; empty where it is the one that was read."""
        chosen = str(self.cleaned_data.get("modality") or self.read_as)
        return "" if chosen == self.read_as else chosen
