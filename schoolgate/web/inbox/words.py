"""A federation's own words for the order of reading, and what is locked: two ways of showing the inbox."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.db.models.functions import Left
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotAllowed, NotFound
from schoolgate.core.page_keys import key_as_text, key_in
from schoolgate.core.subjects import number_of
from schoolgate.duties.models import Duty
from schoolgate.duties.queries import danger_of
from schoolgate.inbox import actions, phrases
from schoolgate.inbox.actions.phrases import FOR_LEADS, check_edits
from schoolgate.inbox.duty_kinds import DANGER
from schoolgate.inbox.locked import about_colleagues, items_of, locked_for, to_read_first
from schoolgate.inbox.models import Item, ItemVersion, OwnPhrase
from schoolgate.inbox.reason_words import dangers_in
from schoolgate.inbox.rules import SEES
from schoolgate.inbox.triage_models import LANE_NAMES
from schoolgate.incidents.queries import KEY, page_of_dangers
from schoolgate.people.rules import can, check_capacity
from schoolgate.people.safeguarding import lead_of
from schoolgate.triage.lists import LISTED
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.paging import Page, page_by_key
from schoolgate.web.inbox.forms import LANGUAGES

LANES = [(key, name) for key, name in LANE_NAMES if key in LISTED]
NOW, TO_READ, LOCKED, COLLEAGUE = "now", "to-read", "locked", "colleague"
"""The lists of the page of locked comments: it shows the first page of each, and each has its own pages."""
MOST = 100
"""Rows on a page of these lists."""
LONGEST_BEGINNING = 200
"""Letters of a comment of which the first words are shown."""


class PhraseForm(SchoolForm):
    """A phrase for a list, or to switch off in ours."""

    lane = forms.ChoiceField(label=_("List"))
    language = forms.ChoiceField(label=_("Language"), choices=list(LANGUAGES.items()))
    words = forms.CharField(label=_("Word or phrase"), max_length=80)
    off = forms.BooleanField(
        label=_("Switch this off"),
        help_text=_("Schoolgate’s own phrases with these words won’t count any more."),
        required=False,
    )
    because = forms.CharField(
        label=_("Why"),
        help_text=_("Give a reason if you switch something off."),
        max_length=200,
        required=False,
    )

    def __init__(self, data: Any = None, *, lanes: list[tuple[str, Any]]) -> None:
        super().__init__(data)
        self.fields["lane"].choices = lanes  # type: ignore[attr-defined]


def _lanes(visit: Visit) -> list[tuple[str, Any]]:
    """Return the lists that this person may change."""
    return [(key, name) for key, name in LANES if can(check_edits, visit.person, key, on=visit.on)]


def shown(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show the federation's own phrases by list, with the form to add one. For people who read an inbox or
    lead on safeguarding."""
    if not visit.capacities & SEES and not lead_of(visit.person, visit.held):
        check_capacity(visit.person, "answer", on=visit.on, anywhere=True)
    return _page(request, visit)


def _page(
    request: HttpRequest, visit: Visit, *, form: PhraseForm | None = None, status: int = 200
) -> HttpResponseBase:
    lanes = _lanes(visit)
    may = dict(lanes)
    rows = phrases.in_force()
    context = {
        "lists": [
            (name, [row for row in rows if row.lane == key], key in may, key in FOR_LEADS)
            for key, name in LANES
        ],
        "any_words": bool(rows),
        "form": (form or PhraseForm(lanes=lanes)) if lanes else None,
    }
    return render(request, "inbox/words.html", context, status=status)


@page(place="inbox", methods=("POST",))
def add(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Add a phrase, or switch one of ours off."""
    form = PhraseForm(request.POST, lanes=_lanes(visit))
    saved = form.save(lambda typed: actions.add_phrase(by=visit.person, at=visit.at, **typed))
    if saved is None:
        return _page(request, visit, form=form, status=422)
    return done(request, _("Saved. It applies to what comes in from now on."), here())


@page(place="inbox", methods=("POST",))
def end(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Remove a phrase, or switch ours on again."""
    found = OwnPhrase.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound
    actions.end_phrase(by=visit.person, at=visit.at, phrase=found)
    return done(request, _("Removed."), here())


def here() -> str:
    """Return the address of the lists."""
    return f"{reverse('inbox')}?as=words"


def locked(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show a safeguarding lead, or who is asked in their place, what they read at once, what can wait for the
    morning and what is locked to them; a lead also what is kept from a colleague. At once: what is in
    *Danger* on their page of today. `list`: one of these alone, page by page."""
    who, on, asked = visit.person, visit.on, request.GET.get("list", "")
    if asked not in ("", NOW, TO_READ, LOCKED, COLLEAGUE):
        raise NotFound
    danger, to_read = _danger(visit), to_read_first(who, on=on)
    if not to_read.exists() and not lead_of(who, visit.held):
        raise NotAllowed(
            _("Only safeguarding leads can see what is locked."), _("Ask the safeguarding lead.")
        )
    at_once = {number_of(duty.subject) for duty in danger}

    def page_of(name: str, rows: QuerySet[Item], by: str, *, oldest_first: bool = False) -> Page[Item]:
        if asked not in ("", name):
            return Page([])
        given = request.GET if asked else {}
        found = page_by_key(rows, given, by=by, size=MOST, oldest_first=oldest_first)
        return replace(found, newer=_on_list(name, found.newer), older=_on_list(name, found.older))

    waits = page_of(TO_READ, to_read.exclude(pk__in=at_once), "waits_for_lead_since", oldest_first=True)
    kept = page_of(LOCKED, locked_for(who, on=on).exclude(pk__in=at_once), "locked_at")
    now, following = _now(request, danger) if asked in ("", NOW) else ([], "")
    context = {
        "asked": asked,
        "back": f"{reverse('inbox')}?as=locked" if asked else reverse("inbox"),
        "now": _rows(now, "received_at"),
        "following": following,
        "to_read": _rows(waits.rows, "received_at"),
        "to_read_page": waits,
        "rows": _rows(kept.rows, "locked_at"),
        "page": kept,
        "about_colleagues": page_of(COLLEAGUE, about_colleagues(who, on=on), "received_at"),
    }
    return render(request, "inbox/locked.html", context)


def _on_list(name: str, key: str) -> str:
    """Return the query string of a page of one list alone."""
    return key and f"as=locked&list={name}&{key}"


def _now(request: HttpRequest, danger: list[Duty]) -> tuple[list[Item], str]:
    """Return a page of what is to be read at once, the most pressing first, and the query string of the
    next."""
    after: Any = key_in(request.GET["after"], KEY) if "after" in request.GET else None
    shown, key = page_of_dangers(danger, after=after, size=MOST)
    place = {number_of(duty.subject): at for at, duty in enumerate(shown)}
    rows = sorted(items_of(place), key=lambda row: place[row.pk])
    return rows, _on_list(NOW, urlencode({"after": key_as_text(*key)}) if key else "")


def number_to_read(visit: Visit) -> int:
    """Return how many comments this person reads first, as a safeguarding lead or in a lead's place: all that
    are to be read on the page of locked comments."""
    at_once = {number_of(duty.subject) for duty in _danger(visit)}
    return len(at_once) + to_read_first(visit.person, on=visit.on).exclude(pk__in=at_once).count()


def _danger(visit: Visit) -> list[Duty]:
    """Return the visitor's tasks to read a comment at once, one for each comment."""
    found = danger_of(visit.person, visit.on, kinds=(DANGER,), held=visit.held)
    return list({duty.subject: duty for duty in found}.values())


def _rows(items: Sequence[Item], at: str) -> list[dict[str, Any]]:
    """Return lines that can be told apart: each with the first words of its newest text, for those who read
    it. One query; none without items."""
    newest = ItemVersion.objects.filter(item__in=items).order_by("item", "-number").distinct("item")
    begins = dict(newest.values_list("item", Left("text", LONGEST_BEGINNING))) if items else {}
    return [
        {
            "item": item,
            "at": getattr(item, at),
            "kinds": dangers_in(item.why),
            "begins": " ".join(begins.get(item.pk, "").split()),
        }
        for item in items
    ]


urlpatterns = [
    path("inbox/words", add, name="inbox-words"),
    path("inbox/words/<int:pk>/end", end, name="inbox-words-end"),
]
