"""Importing a policy document: upload it, pick its clauses one by one or in lists of about twenty
sentences, each with what it may be, add them to the next version.

Each sentence is saved with what was picked, so that any editor of the policy can continue later on
another device.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput, NotFound
from schoolgate.policy import imports, rules
from schoolgate.policy.importing.document import place_in_words
from schoolgate.policy.imports import (
    AND,
    LEAVE,
    LONGEST,
    MOST_BYTES,
    TAKE,
    Found,
    Offer,
    Pick,
    ReadyOffer,
    Sentence,
    found_in,
    is_taken,
    may_ask_nothing,
    offers_that_work,
    picks_of,
    ready_offers,
    say_it_all,
    sentences_of,
    together,
)
from schoolgate.policy.models import PolicyImport
from schoolgate.policy.writing import Writing, writing
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.one_file import as_text
from schoolgate.rulebook.packs.building import ASIDE
from schoolgate.rulebook.ready.filling import sentence
from schoolgate.rulebook.ready.model import Choice, Role, Several
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.paging import number_in, small_in
from schoolgate.web.frame.rule_words import rule_in_short, rule_in_words
from schoolgate.web.policy.own_forms import MODALITIES
from schoolgate.web.policy.own_ready import field_of

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


ABOUT = 20
"""Sentences on a page."""
IN_NEXT = ("good", _("In the next version"))
PICKED = ("wait", _("Picked"))
LEFT_OUT = ("plain", _("Left out"))
OPEN = ("info", _("Not checked"))
WHY_NOT = {
    "too long for one sentence": _("It is too long for one sentence."),
    "a question": _("It is a question."),
    "a label": _("It is a heading or a label."),
    "leads to a list": _("It only introduces a list."),
    "explains a word": _("It explains a word."),
    "background": _("It gives background."),
    "says how things are": _("It describes something and asks for nothing."),
    "a row of a table": _("It is a row of a table. Write its rule as a sentence."),
    "in Welsh": _("This is the Welsh of a sentence that is also there in English."),
}
"""Why a sentence is proposed as no clause."""

_A_NAME = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Revd?)\.? [A-Z][\w’'-]{1,30}")


@dataclass(frozen=True)
class Row:
    """A sentence with its number and what was picked. `taken`: its clause is in the next version."""

    number: int
    one: Sentence
    pick: Pick | None
    taken: bool

    @property
    def state(self) -> tuple[str, Any]:
        """Colour and words."""
        if self.taken:
            return IN_NEXT
        if self.pick is None:
            return OPEN
        return LEFT_OUT if self.pick.choice == LEAVE else PICKED

    @property
    def says(self) -> str:
        """Its words, as they were picked."""
        return (self.pick.says if self.pick else "") or self.one.says


def _read(request: HttpRequest) -> Found | BadInput | None:
    sent = request.FILES.get("file") if request.method == "POST" else None
    if sent is None:
        return None
    try:
        return found_in(sent.read(MOST_BYTES + 1), sent.name or "")
    except BadInput as error:
        return error


@page(place="policy", check=rules.check_may_own, prepare=_read)
def bring(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Upload a document; with one under way, what was picked so far."""
    now = writing(visit.on)
    row = PolicyImport.objects.select_related("by").first()
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        if isinstance(visit.prepared, Found):
            imports.start_policy_import(by=visit.person, at=visit.at, found=visit.prepared)
            return done(request, _("Document read. Now pick its clauses."), "own-import-page", 1)
        form.refuse(visit.prepared)
    if row is None:
        return render(request, "policy/own/import.html", {"form": form}, status=422 if form.is_bound else 200)
    return render(request, "policy/own/import_list.html", _listed(now, row))


def rows_of(now: Writing, row: PolicyImport) -> list[Row]:
    """Return the sentences of an import with what was picked for each."""
    picks = picks_of(row)
    return [
        Row(number, one, picks.get(number), is_taken(now, picks.get(number)))
        for number, one in enumerate(sentences_of(row, now.text), start=1)
    ]


def in_pages(rows: Sequence[Row]) -> list[list[Row]]:
    """Return the sentences in pages of about twenty; a section that fits on one isn't split."""
    pages: list[list[Row]] = [[]]
    for some in _sections(rows):
        if pages[-1] and len(pages[-1]) + len(some) > ABOUT:
            pages.append([])
        for row in some:
            if len(pages[-1]) >= ABOUT:
                pages.append([])
            pages[-1].append(row)
    return [one for one in pages if one]


def _sections(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield the sentences by section, without labels."""
    shown = (row for row in rows if row.one.why_not != "a label" or row.pick is not None)
    for _section, some in groupby(shown, key=lambda row: row.one.section):
        yield [*some]


def page_to_read(rows: Sequence[Row]) -> int | None:
    """Return the number of the first page with a sentence that no one looked at; None where there is none."""
    waiting = (
        number for number, some in enumerate(in_pages(rows), 1) if any(one.pick is None for one in some)
    )
    return next(waiting, None)


def _listed(now: Writing, row: PolicyImport) -> dict[str, Any]:
    rows = rows_of(now, row)
    proposed = [one for one in rows if not one.one.why_not or one.pick]
    sections: dict[str, list[Row]] = {}
    for one in proposed:
        sections.setdefault(one.one.section, []).append(one)
    looked = sum(one.pick is not None for one in proposed)
    return {
        "import": row,
        "now": now,
        "sections": [
            (section, inside, sum(one.pick is None for one in inside)) for section, inside in sections.items()
        ],
        "rest": [one for one in rows if one.one.why_not and not one.pick],
        "count": len(proposed),
        "looked": looked,
        "next": page_to_read(rows),
        "picked": [one for one in rows if one.pick and one.pick.choice != LEAVE and not one.taken],
        "taken": sum(one.taken for one in rows),
    }


@page(place="policy", check=rules.check_may_own)
def sentence_page(request: HttpRequest, visit: Visit, number: int) -> HttpResponseBase:
    """Show one sentence: is it a clause, with which rule, in which words?"""
    now = writing(visit.on)
    row = PolicyImport.objects.first()
    rows = rows_of(now, row) if row else []
    if not 1 <= number <= len(rows):
        raise NotFound
    here = rows[number - 1]
    after = _after(rows, number)
    listed = small_in(request.GET.get("page", ""))
    offers = [] if here.taken else offers_that_work(now, here.one, here.pick or Pick("take"))
    ready = [] if here.taken else ready_offers(now, here.one, here.pick or Pick("take"))
    form = PickForm(
        request.POST or None, offers=offers, pick=here.pick, ready=ready, says=here.says,
        may_ask_nothing=may_ask_nothing(here.one, here.pick or Pick("take")),
    )  # fmt: skip
    text = TextForm(request.POST or None, one=here.one, pick=here.pick)
    if request.method == "POST" and form.is_valid() and (text.is_valid() or _leaves(form)):
        pick = form.pick(text.cleaned_data.get("says", ""), "" if _leaves(form) else text.strength())
        try:
            imports.pick_sentence(by=visit.person, at=visit.at, number=number, pick=pick)
        except BadInput as error:
            text.refuse(error)
        else:
            if listed:
                return redirect("own-import-page", listed)
            return redirect("own-import-sentence", after) if after else redirect("own-import")
    context = {
        "here": here,
        "place": place_in_words(here.one.place),
        "name": (_A_NAME.search(here.says) or [""])[0],
        "why_not": WHY_NOT.get(here.one.why_not, ""),
        "strength": MODALITIES[Modality((here.pick.modality if here.pick else "") or here.one.modality)],
        "count": len(rows),
        "after": after,
        "listed": listed,
        "before": number - 1,
        "form": form,
        "text": text,
        "offers": [_offered(offer) for _number, offer in offers],
        "clause": here.pick.clause if here.pick and here.taken else "",
    }
    status = 422 if form.errors or (form.is_bound and text.errors) else 200
    return render(request, "policy/own/import_sentence.html", context, status=status)


def _leaves(form: PickForm) -> bool:
    return bool(form.cleaned_data.get("choice") == LEAVE)


def _after(rows: list[Row], number: int) -> int | None:
    """Return the next unread sentence that may be a clause; after the last, start again at the top."""
    waiting = [
        one.number for one in rows if one.pick is None and not one.one.why_not and one.number != number
    ]
    return next((one for one in waiting if one > number), waiting[0] if waiting else None)


def _offered(offer: Offer) -> dict[str, Any]:
    return {
        "words": rule_in_words(offer.rule),
        "text": as_text([offer.rule]),
        "like": offer.like,
    }


@page(place="policy", check=rules.check_may_own, methods=("POST",))
def take(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Put what was picked into the next version."""
    _version, number = imports.take_picked(by=visit.person, at=visit.at, seen=request.POST.get("seen", ""))
    told = ngettext(
        "{number} clause is in the next version. Check its rule.",
        "{number} clauses are in the next version. Check their rules.",
        number,
    )
    return done(request, told.format(number=number), "own-clauses")


@page(place="policy", check=rules.check_may_own, methods=("POST",))
def leave(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Leave out the sentences of a section that wait for a pick."""
    number = imports.leave_section(by=visit.person, at=visit.at, section=request.POST.get("section", ""))
    told = ngettext("{number} sentence left out.", "{number} sentences left out.", number)
    return done(request, told.format(number=number), "own-import")


@page(place="policy", check=rules.check_may_own, methods=("POST",))
def drop(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Be done with the document."""
    imports.drop_policy_import(by=visit.person, at=visit.at)
    return done(request, _("Import finished."), "own-clauses")


TAKE_ALL, LEAVE_ALL, BACK = "take-", "leave-", "back"
"""What the buttons beside *Save and continue* send; the place of the section on the page follows the first
two."""
OPENS = "sentence-"
"""What opens one sentence sends, before its number: what was chosen on the page is saved first."""


@dataclass(frozen=True)
class Met:
    """A sentence as it's met on the page. `form`: None where its clause is in the next version already."""

    row: Row
    form: RowForm | None

    @property
    def why_not(self) -> Any:
        """Why it is probably no clause."""
        return WHY_NOT.get(self.row.one.why_not, "")

    @property
    def in_a_row(self) -> bool:
        """Whether the answers are short: a clause or none, with no ready rule to read."""
        return self.form is not None and not self.form.offers


@page(place="policy", check=rules.check_may_own)
def sentences(request: HttpRequest, visit: Visit, number: int) -> HttpResponseBase:
    """Show a page of sentences, and save what each of them is."""
    now = writing(visit.on)
    row = PolicyImport.objects.first()
    pages = in_pages(rows_of(now, row)) if row else []
    if not 1 <= number <= len(pages):
        raise NotFound
    met = [_met(now, one, request.POST or None) for one in pages[number - 1]]
    parts = _parts(met)
    forms = [one.form for one in met if one.form]
    if request.method == "POST" and not [one for one in forms if not one.is_valid()]:
        act = request.POST.get("act", "")
        try:
            imports.pick_sentences(by=visit.person, at=visit.at, picks=_picks(parts, act))
        except BadInput as error:
            forms[0].refuse(error)
        else:
            return _onward(act, number, len(pages))
    context = {
        "import": row, "number": number, "count": len(pages), "parts": parts,
        "forms": [one for one in forms if one.is_bound and one.errors],
    }  # fmt: skip
    return render(request, "policy/own/import_page.html", context, status=422 if context["forms"] else 200)


def _met(now: Writing, row: Row, data: Any) -> Met:
    if row.taken:
        return Met(row, None)
    offers = ready_offers(now, row.one, row.pick if row.pick and row.pick.choice == TAKE else Pick("take"))
    return Met(row, RowForm(data, row=row, offers=offers, begins=begun_with(row, offers)))


def begun_with(row: Row, offers: Sequence[ReadyOffer]) -> str:
    """Return what a sentence is until someone says otherwise: a clause with the ready rule that says all of
    it, a clause, or none."""
    if row.pick is not None:
        return f"{READY}{row.pick.ready}" if row.pick.ready else ASIDE if row.pick.aside else row.pick.choice
    if row.one.why_not:
        return LEAVE
    whole = next((one.ready.key for one in offers[:1] if one.whole), "")
    if not whole and say_it_all(some := together(offers), row.says):
        whole = AND.join(one.ready.key for one in some)
    return f"{READY}{whole}" if whole else TAKE


def _parts(met: Sequence[Met]) -> list[tuple[str, list[Met]]]:
    return [(section, [*some]) for section, some in groupby(met, key=lambda one: one.row.one.section)]


def _picks(parts: Sequence[tuple[str, list[Met]]], act: str) -> Mapping[int, Pick]:
    """Return what each sentence is; `act` takes or leaves out all of one section, whatever was chosen, or
    opens one sentence: then only what was changed counts as looked at."""
    picks: dict[int, Pick] = {}
    for place, (_section, some) in enumerate(parts):
        for one in some:
            if one.form is None or (act.startswith(OPENS) and not one.form.has_changed()):
                continue
            pick = one.form.pick()
            if act == f"{LEAVE_ALL}{place}":
                pick = Pick("leave")
            elif act == f"{TAKE_ALL}{place}" and pick.choice == LEAVE:
                pick = one.form.taken()
            picks[one.row.number] = pick
    return picks


def _onward(act: str, number: int, count: int) -> HttpResponseBase:
    if act.startswith((TAKE_ALL, LEAVE_ALL)):
        return redirect("own-import-page", number)
    if act.startswith(OPENS):
        one = reverse("own-import-sentence", args=[number_in(act.removeprefix(OPENS))])
        return redirect(f"{one}?page={number}")
    if act == BACK:
        return redirect("own-import-page", max(1, number - 1))
    return redirect("own-import-page", number + 1) if number < count else redirect("own-import")


urlpatterns = [
    path("policy/import", bring, name="own-import"),
    path("policy/import/<int:number>", sentence_page, name="own-import-sentence"),
    path("policy/import/take", take, name="own-import-take"),
    path("policy/import/leave", leave, name="own-import-leave"),
    path("policy/import/finish", drop, name="own-import-drop"),
    path("policy/import/page/<int:number>", sentences, name="own-import-page"),
]
