"""One reply: its status, and what a person does or reports about it."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.inbox import actions, queries, rules, sending
from schoolgate.inbox.listing import item_for
from schoolgate.inbox.models import Answer
from schoolgate.inbox.readable import why_unseen
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.manual.cards import card
from schoolgate.people.rules import can
from schoolgate.publishing.rules import stopped
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.inbox.forms import DoneForm, LookedForm
from schoolgate.web.inbox.wording import answer_shown, removal_shown, text_shown


@page(place="inbox")
def answer(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """The card of one answer."""
    return _card(request, visit, _answer_for(visit, pk))


@page(place="inbox", methods=("POST",))
def done_by_hand(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """It was answered on the network's own pages."""
    found = _answer_for(visit, pk)
    form = DoneForm(request.POST)
    if form.save(
        lambda typed: actions.answer_done_by_hand(by=visit.person, at=visit.at, answer=found, **typed)
    ):
        return _saved(request, found)
    return _card(request, visit, found, form=form, status=422)


def _saved(request: HttpRequest, found: Answer) -> HttpResponseBase:
    """Thank for a reply that is there, or say first that people can't read it."""
    unseen = why_unseen(queries.answer(found.pk))
    if unseen is None:
        return done(request, _("Thank you. Saved under your name."), "item", found.item_id)
    said = str(_("People can’t read your reply. {why} What you entered is saved.")).format(why=unseen.label)
    return done(request, said, "item", found.item_id, warns=True)


@page(place="inbox", methods=("POST",))
def looked(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record the status of the reply that a person saw on the network."""
    found = _answer_for(visit, pk)
    form = LookedForm(request.POST)
    if not form.is_valid():
        return _card(request, visit, found, look_form=form, status=422)
    there = form.cleaned_data["there"] == "yes"
    actions.say_how_the_answer_stands(by=visit.person, at=visit.at, answer=found, there=there)
    if there:
        return _saved(request, found)
    return done(request, _("Saved. You can write your reply again."), "item", found.item_id)


@page(place="inbox", methods=("POST",))
def take_back(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take it back before anything is sent."""
    found = _answer_for(visit, pk)
    actions.take_back_answer(by=visit.person, at=visit.at, answer=found)
    return done(request, _("Reply cancelled. Nothing was sent."), "item", found.item_id)


@page(place="inbox", methods=("POST",))
def deleted(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """A person deleted it on the network's own pages."""
    found = _answer_for(visit, pk)
    actions.reply_removed_by_hand(by=visit.person, at=visit.at, answer=found)
    return done(request, _("Thank you. Saved under your name."), "item", found.item_id)


def _answer_for(visit: Visit, pk: int) -> Answer:
    """The answer, where the person may read what it answers. Raises NotFound."""
    found = queries.answer(pk)
    item_for(visit.person, found.item_id, on=visit.on)
    return found


def _card(
    request: HttpRequest,
    visit: Visit,
    found: Answer,
    *,
    form: DoneForm | None = None,
    look_form: LookedForm | None = None,
    status: int = 200,
) -> HttpResponseBase:
    item = found.item
    newest = item.versions.order_by("-number").first()
    able = all_capabilities()[item.account.network]
    to_copy = card(able, sending.outgoing(found))
    is_stopped = stopped(item.school_id, at=visit.at)
    context = {
        "answer": found,
        "item": item,
        "shown": answer_shown(found, held_at=visit.at if is_stopped else None),
        "stopped": is_stopped and found.by_hand,
        "unseen": why_unseen(found),
        "card": to_copy,
        "asked": text_shown(newest.text if newest else ""),
        "removal": removal_shown(found),
        "there": found.ref.address if found.ref else "",
        "open_address": to_copy.open_address or item.account.address,
        "may_act": can(rules.check_may_answer, visit.person, item, on=visit.on),
        "form": form or DoneForm(),
        "look_form": look_form or LookedForm(),
    }
    return render(request, "inbox/answer.html", context, status=status)


urlpatterns = [
    path("answers/<int:pk>", answer, name="answer"),
    path("answers/<int:pk>/done", done_by_hand, name="answer-done"),
    path("answers/<int:pk>/looked", looked, name="answer-looked"),
    path("answers/<int:pk>/deleted", deleted, name="answer-deleted"),
    path("answers/<int:pk>/take-back", take_back, name="answer-take-back"),
]
