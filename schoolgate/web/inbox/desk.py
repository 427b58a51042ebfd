"""Sharing out the work: take, give and hand back an item, write a note, save and delete a view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput, NotFound
from schoolgate.inbox import actions, listing, rules
from schoolgate.inbox.filters import filters_of
from schoolgate.inbox.models import Item, SavedView
from schoolgate.inbox.queries import notes_for
from schoolgate.inbox.states import ItemState
from schoolgate.people.confined import nameable
from schoolgate.people.models import Person
from schoolgate.people.outside import is_told
from schoolgate.people.queries import holders_of_capacity
from schoolgate.people.rules import can, check_capacity
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.numbers import number_in
from schoolgate.web.inbox.wording import STATE_KINDS, snippet

MOST_EARLIER = 10
"""Earlier comments of the same author, and others below the same post, that a page shows of each."""
ASSIGNABLE = frozenset({ItemState.OPEN, ItemState.ANSWERING})


def desk_shown(found: Item, visit: Visit) -> dict[str, Any]:
    """Return what colleagues know of an item: who deals with it, their notes, and what else its author and
    others wrote."""
    sorts = found.state in ASSIGNABLE and can(rules.check_may_sort, visit.person, found, on=visit.on)
    rows = listing.reach_of(visit.person, on=visit.on).rows().exclude(pk=found.pk)
    by_author = rows.filter(author_id_there=found.author_id_there, account__network=found.account.network)
    return {
        "assigned_to": found.assigned_to,
        "may_assign": sorts,
        "colleagues": _colleagues(found, visit) if sorts else [],
        "notes": list(notes_for(visit.person, found)),
        "earlier": _lines(by_author) if found.author_id_there else [],
        "beside": _lines(rows.filter(post=found.post)) if found.post_id else [],
    }


def check_sees_some(visit: Visit) -> None:
    """Raise NotAllowed, naming who to ask, for people who may read nothing in any inbox."""
    if not visit.capacities & rules.SEES:
        check_capacity(visit.person, "answer", on=visit.on, anywhere=True)


def _colleagues(found: Item, visit: Visit) -> list[Person]:
    people = holders_of_capacity(
        "answer",
        "moderate",
        federation=visit.federation,
        on=visit.on,
        school=found.school,
        account=found.account,
    )
    return nameable(people, meant=rules.people_meant(found))


def _lines(rows: Any) -> Sequence[dict[str, Any]]:
    return [
        {
            "item": each,
            "words": snippet(each.words),  # type: ignore[attr-defined]
            "kind": STATE_KINDS[each.state],
        }
        for each in listing.lines(rows).only("received_at", "state").order_by("-id")[:MOST_EARLIER]
    ]


@page(place="inbox", methods=("POST",))
def assign(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take it, give it to a colleague, or hand it back."""
    found = listing.item_for(visit.person, pk, on=visit.on)
    to, seen = request.POST.get("to", ""), request.POST.get("seen", "")
    person = Person.objects.filter(pk=number_in(to)).first() if to else None
    if to and person is None:
        raise NotFound
    try:
        actions.assign_item(
            by=visit.person, at=visit.at, item=found, to=person, seen=number_in(seen) if seen else None
        )
    except BadInput as error:
        messages.error(request, " ".join(str(each) for each in error.fields.values()))
        return redirect("item", pk)
    told = (
        _("Unassigned. The people who look after the account deal with it.")
        if person is None
        else _("Assigned to you. Colleagues can see that you’re dealing with it.")
        if person == visit.person
        else format_lazy(_("Assigned to {name}. It’s on their Today page."), name=person.name)
    )
    return done(request, told, "item", pk)


@page(place="inbox", methods=("POST",))
def note(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Write a note for colleagues."""
    found = listing.item_for(visit.person, pk, on=visit.on)
    try:
        made = actions.write_note(by=visit.person, at=visit.at, item=found, text=request.POST.get("text", ""))
    except BadInput as error:
        messages.error(request, " ".join(str(each) for each in error.fields.values()))
        return redirect("item", pk)
    if is_told(visit.person, made):
        return done(request, _("Note saved. A safeguarding lead has been told."), "item", pk, warns=True)
    return done(request, _("Note saved. Only colleagues can read it."), "item", pk)


@page(place="inbox", methods=("POST",))
def save_view(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Save the filters that are set as a view."""
    check_sees_some(visit)
    chosen, tab = filters_of(request.POST), request.POST.get("show", "")
    try:
        view = actions.save_view(
            by=visit.person, at=visit.at, name=request.POST.get("name", ""), chosen=chosen, tab=tab,
            shared=request.POST.get("shared") == "yes",
        )  # fmt: skip
    except BadInput as error:
        messages.error(request, " ".join(str(each) for each in error.fields.values()))
        return redirect(f"{reverse('inbox')}?{urlencode({'show': tab, **chosen.as_text()})}")
    return done(request, _("View saved."), f"{reverse('inbox')}?view={view.pk}")


@page(place="inbox", methods=("POST",))
def delete_view(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Delete a view that the visitor saved."""
    found = SavedView.objects.filter(pk=pk, person=visit.person).first()
    if found is None:
        raise NotFound
    actions.delete_view(by=visit.person, at=visit.at, view=found)
    return done(request, _("View deleted. No comments were changed."), "inbox")


urlpatterns = [
    path("inbox/<int:pk>/assign", assign, name="item-assign"),
    path("inbox/<int:pk>/notes", note, name="item-note"),
    path("inbox/views", save_view, name="inbox-views"),
    path("inbox/views/<int:pk>/delete", delete_view, name="inbox-view-delete"),
]
