"""Importing a policy document: upload it, pick its clauses one by one, add them to the next version.

Each sentence is saved with what was picked, so that any editor of the policy can continue later on another
device.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from schoolgate.core.errors import BadInput, NotFound
from schoolgate.policy import actions, rules
from schoolgate.policy.importing import place_in_words
from schoolgate.policy.imports import (
    LEAVE,
    MOST_BYTES,
    Found,
    Offer,
    Pick,
    Sentence,
    found_in,
    is_taken,
    may_ask_nothing,
    offers_that_work,
    picks_of,
    sentences_of,
)
from schoolgate.policy.imports_ready import ready_offers
from schoolgate.policy.models import PolicyImport
from schoolgate.policy.writing import Writing, writing
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.one_file import as_text
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.numbers import small_in
from schoolgate.web.frame.rule_words import rule_in_words
from schoolgate.web.policy.own.forms import MODALITIES
from schoolgate.web.policy.own.imports_forms import DocumentForm, PickForm, TextForm

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
            actions.start_policy_import(by=visit.person, at=visit.at, found=visit.prepared)
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
def sentence(request: HttpRequest, visit: Visit, number: int) -> HttpResponseBase:
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
            actions.pick_sentence(by=visit.person, at=visit.at, number=number, pick=pick)
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
    _version, number = actions.take_picked(by=visit.person, at=visit.at, seen=request.POST.get("seen", ""))
    told = ngettext(
        "{number} clause is in the next version. Check its rule.",
        "{number} clauses are in the next version. Check their rules.",
        number,
    )
    return done(request, told.format(number=number), "own-clauses")


@page(place="policy", check=rules.check_may_own, methods=("POST",))
def leave(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Leave out the sentences of a section that wait for a pick."""
    number = actions.leave_section(by=visit.person, at=visit.at, section=request.POST.get("section", ""))
    told = ngettext("{number} sentence left out.", "{number} sentences left out.", number)
    return done(request, told.format(number=number), "own-import")


@page(place="policy", check=rules.check_may_own, methods=("POST",))
def drop(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Be done with the document."""
    actions.drop_policy_import(by=visit.person, at=visit.at)
    return done(request, _("Import finished."), "own-clauses")


urlpatterns = [
    path("policy/import", bring, name="own-import"),
    path("policy/import/<int:number>", sentence, name="own-import-sentence"),
    path("policy/import/take", take, name="own-import-take"),
    path("policy/import/leave", leave, name="own-import-leave"),
    path("policy/import/finish", drop, name="own-import-drop"),
]
