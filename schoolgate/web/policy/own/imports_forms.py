"""Forms for importing a policy document: the file, and the pick for one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.policy.actions.importing import LONGEST
from schoolgate.policy.imports import LEAVE, TAKE, Offer, Pick, Sentence, may_ask_nothing
from schoolgate.policy.imports_ready import AND, ReadyOffer, say_it_all, together
from schoolgate.rulebook.packs.model import ASIDE
from schoolgate.rulebook.ready.filling import sentence
from schoolgate.rulebook.ready.model import Choice, Role, Several
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.rule_words import rule_in_short
from schoolgate.web.policy.own.forms import MODALITIES
from schoolgate.web.policy.own.ready import field_of

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
        says: str = "",
        may_ask_nothing: bool = False,
    ) -> None:
        initial = {}
        if pick is not None and pick.ready:
            initial["choice"] = f"{READY}{pick.ready}"
        elif pick is not None:
            initial["choice"] = f"{OFFER}{pick.offer}" if pick.offer else ASIDE if pick.aside else pick.choice
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
            *_both(ready, says, _("Yes, with both ready rules: {titles}.")),
            *((f"{READY}{one.ready.key}", _in_words(one)) for one in ready),
            *rules,
            (TAKE, _("Yes, without a rule for now")),
            *([(ASIDE, _("Yes, and it asks nothing of anyone"))] if may_ask_nothing else []),
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
        return Pick("take", says=says, modality=modality, offer=offer, aside=choice == ASIDE)


def _both(offers: Sequence[ReadyOffer], says: str, words: Any) -> list[tuple[str, str]]:
    """Return the choice of the ready rules about everyone a sentence names, if there is one. `says`:
    the sentence, to tell whether they leave nothing out."""
    some = together(offers)
    if not some:
        return []
    titles = ", ".join(f"“{gettext(one.ready.title)}”" for one in some)
    told = str(words).format(titles=titles)
    if not (says and say_it_all(some, says)):
        told += " " + gettext("The clause may say more, which people still read.")
    return [(READY + AND.join(one.ready.key for one in some), told)]


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


class RowForm(SchoolForm):
    """What a sentence in a list is, and what its words leave open of the ready rules that may say it."""

    choice = forms.ChoiceField(label="", widget=forms.RadioSelect)

    def __init__(self, data: Any, *, row: Any, offers: Sequence[ReadyOffer], begins: str) -> None:
        """`row`: the sentence with its number and pick; `begins`: what it is until someone says otherwise."""
        super().__init__(data, prefix=f"s{row.number}", initial={"choice": begins})
        self.row, self.offers = row, offers
        self.may_be = begins if begins != LEAVE else TAKE
        number = f"{row.one.number} " if row.one.number else ""
        self.fields["choice"].label = format_html("<span data-quoted>{}{}</span>", number, row.says)
        reads_so = may_ask_nothing(row.one, row.pick or Pick("take"))
        here = [
            *_both(offers, row.says, _("Clause, with both ready rules: {titles}.")),
            *((f"{READY}{one.ready.key}", _in_a_list(one, row.one)) for one in offers),
            *([(OFFER, _("Clause, with the rule that was picked"))] if row.pick and row.pick.offer else []),
            (TAKE, _("Clause, without a rule")),
            *([(ASIDE, _("Clause that asks nothing of anyone"))] if reads_so else []),
            (LEAVE, _("Not a clause")),
        ]
        self.fields["choice"].choices = here  # type: ignore[attr-defined]
        if row.pick and row.pick.offer:
            self.initial["choice"] = OFFER
        for offer in offers:
            for name in asked_here(offer, row.one):
                asked = offer.ready.fields[name]
                field = field_of(asked, [Named(one) for one in _roles_in(row.one)])
                field.label = f"{gettext(offer.ready.title)}: {gettext(asked.label)}"
                field.required = False
                if isinstance(field, forms.ChoiceField) and isinstance(asked, Choice):
                    options = [(key, gettext(label)) for key, label in asked.options.items()]
                    field.widget = forms.Select()
                    field.choices = [("", _("Choose")), *options]
                self.fields[f"{offer.ready.key}-{name}"] = field
                if row.pick and row.pick.ready == offer.ready.key:
                    self.initial[f"{offer.ready.key}-{name}"] = row.pick.values.get(name)

    @classmethod
    def as_sent(cls, sent: RowForm, chosen: str) -> RowForm:
        """Return the form as it was sent, not to be checked yet. `chosen`: what is chosen now, if any."""
        form = cls(None, row=sent.row, offers=sent.offers, begins=sent.initial["choice"])
        said = {name: sent[name].value() for name in sent.fields}
        form.initial.update({name: value for name, value in said.items() if value is not None})
        form.initial.update({"choice": chosen} if chosen else {})
        return form

    def pick(self) -> Pick:
        """Return what was picked; other words or another strength that it had stay."""
        return self._picked(str(self.cleaned_data["choice"]))

    def taken(self) -> Pick:
        """Return the pick with which it is taken."""
        return self._picked(self.may_be)

    def _picked(self, choice: str) -> Pick:
        if choice == LEAVE:
            return Pick("leave")
        before = self.row.pick or Pick("take")
        if choice == OFFER:
            return Pick("take", says=before.says, modality=before.modality, offer=before.offer)
        key = choice.removeprefix(READY) if choice.startswith(READY) else ""
        given = {
            name: value
            for offer in self.offers
            if offer.ready.key == key
            for name in offer.open
            if (value := self.cleaned_data.get(f"{key}-{name}")) not in (None, "", [])
        }
        return Pick(
            "take", says=before.says, modality=before.modality, ready=key, values=given,
            aside=choice == ASIDE,
        )  # fmt: skip


@dataclass(frozen=True)
class Named:
    """A role that a sentence names: the policy may not have it yet."""

    name: str


def _roles_in(one: Sentence) -> list[str]:
    return list(one.parameters.get("roles") or ())


def asked_here(offer: ReadyOffer, one: Sentence) -> list[str]:
    """Return the fields of a ready rule that the list asks for: what its words leave open of a choice or of
    the roles that they name. Where a number is open too, or a role that they don't name, its page asks."""
    fields = [offer.ready.fields[name] for name in offer.open]
    roles = bool(_roles_in(one))
    can = all(isinstance(each, Choice | Several) or (isinstance(each, Role) and roles) for each in fields)
    return list(offer.open) if can else []


def _in_a_list(offer: ReadyOffer, one: Sentence) -> str:
    title = gettext(offer.ready.title)
    if offer.open:
        if asked_here(offer, one):
            return gettext("Clause, with ready rule “{title}”, filled in below").format(title=title)
        fields = ", ".join(f"“{gettext(offer.ready.fields[name].label)}”" for name in offer.open)
        return gettext("Clause, with ready rule “{title}”. On the clause’s page, fill in {fields}.").format(
            title=title, fields=fields
        )
    said = sentence(offer.ready, offer.values, gettext)
    told = gettext("Clause, with ready rule “{title}”: {said}").format(title=title, said=said)
    if not offer.more:
        return told
    more = ", ".join(f"“{words}”" for words in offer.more)
    return told + " " + gettext("The clause says more, which people still read: {more}.").format(more=more)


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
