"""What people do on a network's own pages, and what they say of how it stands there: one card for each."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.handshake import Intent
from schoolgate.networks.manual.cards import LONGEST_COMPOSE
from schoolgate.people.rules import can
from schoolgate.publishing import actions, queries, rules
from schoolgate.publishing.models import Delivery
from schoolgate.publishing.states import Purpose
from schoolgate.web.doors import Visit, done, page
from schoolgate.web.numbers import number_in
from schoolgate.web.posts import Neighbours
from schoolgate.web.posts_acts import DoneByHandForm, LookForm
from schoolgate.web.posts_words import delivery_shown
from schoolgate.web.times import instant_in_words

PAGE = 25


@page(place="posts")
def by_hand(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """What waits for a person, oldest first."""
    after = number_in(request.GET["after"]) if "after" in request.GET else None
    found = queries.by_hand_page(after=after, limit=PAGE + 1, seen_by=visit.person, on=visit.on)
    context = {
        "rows": [
            {"delivery": each, "network": all_capabilities()[each.account.network].name}
            for each in found[:PAGE]
        ],
        "page": Neighbours(older=f"after={found[PAGE - 1].pk}" if len(found) > PAGE else ""),
    }
    return render(request, "byhand/list.html", context)


@page(place="posts")
def delivery(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """The card of one sending: how it stands, and what a person can do about it."""
    return _card(request, visit, queries.delivery_for(visit.person, pk, on=visit.on))


@page(place="posts", methods=("POST",))
def done_by_hand(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """It was done on the network's own pages."""
    found = queries.delivery_for(visit.person, pk, on=visit.on)
    removes = found.purpose == Purpose.TAKE_DOWN
    form = DoneByHandForm(request.POST)
    if removes or form.is_valid():
        try:
            actions.done_by_hand(
                by=visit.person,
                at=visit.at,
                delivery=found,
                address="" if removes else form.cleaned_data["address"],
            )
        except BadInput as error:
            form.is_valid()
            form.refuse(error)
        else:
            return done(request, _("Thank you. It is kept, with your name."), "post", pk=found.post_id)
    return _card(request, visit, found, form=form, status=422)


@page(place="posts", methods=("POST",))
def look(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """A person looked on the network, and says how it stands."""
    found = queries.delivery_for(visit.person, pk, on=visit.on)
    form = LookForm(request.POST, asks_address=found.ref is None)
    if form.is_valid():
        try:
            actions.say_how_it_stands(
                by=visit.person,
                at=visit.at,
                delivery=found,
                there=form.cleaned_data["there"] == "yes",
                address=form.cleaned_data.get("address", ""),
            )
        except BadInput as error:
            form.refuse(error)
        else:
            return done(request, _("Thank you. It is kept, with your name."), "post", pk=found.post_id)
    return _card(request, visit, found, look_form=form, status=422)


@page(methods=("POST",))
def again(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Try once more what the network did not take."""
    found = queries.delivery_for(visit.person, pk, on=visit.on)
    sent = actions.send_again(by=visit.person, at=visit.at, delivery=found)
    return done(request, _("It is tried once more."), "post", pk=sent.post_id)


def _card(
    request: HttpRequest,
    visit: Visit,
    found: Delivery,
    *,
    form: DoneByHandForm | None = None,
    look_form: LookForm | None = None,
    status: int = 200,
) -> HttpResponseBase:
    network = all_capabilities()[found.account.network]
    removes = found.purpose == Purpose.TAKE_DOWN
    stopped = rules.stopped(found.post.school_id, at=visit.at)
    address = network.compose_address(found.text)
    shown = delivery_shown(found, stopped=stopped and not removes)
    asks = found.state in (Intent.ASKED, Intent.DIFFERENT)
    post = queries.post(found.post_id)
    context: dict[str, Any] = {
        "visit": visit,
        "delivery": found,
        "post": post,
        "shown": shown,
        "network": network.name,
        "removes": removes,
        "picture": post.picture if found.picture_digest and not removes else None,
        "alt_field": network.number("alt") != 0,
        "open_address": address if len(address) <= LONGEST_COMPOSE else network.compose_address(""),
        "there": found.ref.address if found.ref else "",
        "waits": found.by_hand and found.state == Intent.WRITTEN,
        "stopped": stopped and not removes,
        "own_removal": removes and found.post.author_id == visit.person.pk,
        "form": form or DoneByHandForm(),
        "asks": asks and can(rules.check_may_take_down, visit.person, found.post, on=visit.on),
        "look_form": look_form or LookForm(asks_address=found.ref is None),
        "failed": found.state == Intent.FAILED and not removes,
        "until": instant_in_words(found.not_before) if found.not_before else "",
    }
    return render(request, "byhand/card.html", context, status=status)


urlpatterns = [
    path("posts/by-hand", by_hand, name="by-hand"),
    path("deliveries/<int:pk>", delivery, name="delivery"),
    path("deliveries/<int:pk>/done", done_by_hand, name="delivery-done"),
    path("deliveries/<int:pk>/look", look, name="delivery-look"),
    path("deliveries/<int:pk>/again", again, name="delivery-again"),
]
