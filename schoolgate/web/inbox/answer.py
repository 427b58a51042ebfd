"""Writing a reply, checked while writing, and one reply afterwards: its status, and what a person does
about it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput, NotNow, Refused
from schoolgate.inbox import reply_facts, replying, seeing, taking_off
from schoolgate.inbox.listing import item_for
from schoolgate.inbox.models import Answer, Item
from schoolgate.inbox.reaching import why_unseen
from schoolgate.inbox.replying import judged_answer, still_asked
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.manual.client import card
from schoolgate.people.rules import can
from schoolgate.policy.models import DecisionRecord
from schoolgate.press.keeping import keep_item
from schoolgate.publishing.rules import stopped
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.paging import numbers_in
from schoolgate.web.frame.twice import undo_by
from schoolgate.web.frame.wording import kept_verdict
from schoolgate.web.inbox.forms import AnswerForm, DoneForm, LookedForm
from schoolgate.web.inbox.item import show
from schoolgate.web.inbox.wording import answer_shown, removal_shown, text_shown
from schoolgate.web.inbox.writing import form_for, writing


@page(place="inbox")
def answer_card(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """The card of one answer."""
    return _card(request, visit, _answer_for(visit, pk))


@page(place="inbox", methods=("POST",))
def done_by_hand(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """It was answered on the network's own pages."""
    found = _answer_for(visit, pk)
    form = DoneForm(request.POST)
    if form.save(
        lambda typed: replying.answer_done_by_hand(by=visit.person, at=visit.at, answer=found, **typed)
    ):
        return _saved(request, found)
    return _card(request, visit, found, form=form, status=422)


def _saved(request: HttpRequest, found: Answer) -> HttpResponseBase:
    """Thank for a reply that is there, or say first that people can't read it."""
    unseen = why_unseen(seeing.answer(found.pk))
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
    replying.say_how_the_answer_stands(by=visit.person, at=visit.at, answer=found, there=there)
    if there:
        return _saved(request, found)
    return done(request, _("Saved. You can write your reply again."), "item", found.item_id)


@page(place="inbox", methods=("POST",))
def take_back(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take it back before anything is sent."""
    found = _answer_for(visit, pk)
    replying.take_back_answer(by=visit.person, at=visit.at, answer=found)
    return done(request, _("Reply cancelled. Nothing was sent."), "item", found.item_id)


@page(place="inbox", methods=("POST",))
def deleted(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """A person deleted it on the network's own pages."""
    found = _answer_for(visit, pk)
    taking_off.reply_removed_by_hand(by=visit.person, at=visit.at, answer=found)
    return done(request, _("Thank you. Saved under your name."), "item", found.item_id)


def _answer_for(visit: Visit, pk: int) -> Answer:
    """The answer, where the person may read what it answers. Raises NotFound."""
    found = seeing.answer(pk)
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
    to_copy = card(able, replying.outgoing(found))
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
        "may_act": can(seeing.check_may_answer, visit.person, item, on=visit.on),
        "form": form or DoneForm(),
        "look_form": look_form or LookedForm(),
    }
    return render(request, "inbox/answer.html", context, status=status)


@page(place="inbox", methods=("POST",))
def look(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show what the policy asks and says about the reply as typed; with `do=look` the whole page."""
    found = item_for(visit.person, pk, on=visit.on)
    seeing.check_may_answer(visit.person, found, on=visit.on)
    form = form_for(visit, found, request.POST)
    form.is_valid()
    form.errors.clear()
    return render(request, "inbox/_says.html", {"item": found, **writing(found, visit, form)})


@page(place="inbox", methods=("POST",))
def answer(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Answer it. What cannot go out stays in the form, with the reason above it."""
    found = item_for(visit.person, pk, on=visit.on)
    seeing.check_may_answer(visit.person, found, on=visit.on)
    form = form_for(visit, found, request.POST)
    valid = form.is_valid()
    if request.POST.get("do") == "look":
        form.errors.clear()
        return show(request, visit, found, form=form)
    if not valid or not _complete(form, found, visit):
        return show(request, visit, found, form=form, status=422)
    if (
        form.said().get("from_press")
        and found.from_press is None
        and can(seeing.check_may_sort, visit.person, found, on=visit.on)
    ):
        keep_item(by=visit.person, at=visit.at, item=found)
    wanted = request.POST.get("do", "").partition("ask:")[2]
    try:
        if wanted:
            reply_facts.ask_for_reply(
                by=visit.person,
                at=visit.at,
                item=found,
                text=form.words,
                covers=wanted,
                said=form.said(),
                acknowledges_only=form.only_receipt,
            )
            return done(request, _("Request sent. You’ll be told when it is answered."), "item", pk)
        shows = request.POST.get("do") == "show"
        reply: dict[str, Any] = {
            "by": visit.person,
            "at": visit.at,
            "item": found,
            "text": form.words,
            "version": request.POST.get("version", ""),
            "said": form.said(),
            "acknowledges_only": form.only_receipt,
            "language": form.cleaned_data["language"] or "en",
            "after": next(iter(numbers_in([request.POST.get("after", "")])), None),
        }
        sent = replying.show_and_answer(**reply) if shows else replying.write_answer(**reply)
    except BadInput as error:
        form.refuse(error)
        return show(request, visit, found, form=form, status=422)
    except NotNow as error:
        again = item_for(visit.person, pk, on=visit.on)
        return show(request, visit, again, form=form, trouble=error, status=409)
    except Refused as error:
        again = item_for(visit.person, pk, on=visit.on)
        refused = kept_verdict(error.kept, at=visit.at) if isinstance(error.kept, DecisionRecord) else None
        return show(request, visit, again, form=form, refused=refused, status=409)
    if sent.by_hand:
        return done(request, _("Reply saved. Now post it by hand."), "answer", sent.pk)
    told = _("The comment is being shown and your reply sent.") if shows else _("Your reply is being sent.")
    return done(request, told, "item", pk, undo=undo_by("answer-take-back", sent.pk))


def _complete(form: AnswerForm, found: Item, visit: Visit) -> bool:
    """Return whether every question of the policy is answered; add an error beside those that aren't."""
    decision = judged_answer(
        found,
        by=visit.person,
        at=visit.at,
        said=form.said(),
        acknowledges_only=form.only_receipt,
        text=form.words,
    )
    missing = still_asked(decision)
    form.ask_for([name for name in missing if name not in form.said()])
    return not form.errors


urlpatterns = [
    path("inbox/<int:pk>/answer", answer, name="item-answer"),
    path("inbox/<int:pk>/look", look, name="item-look"),
    path("answers/<int:pk>", answer_card, name="answer"),
    path("answers/<int:pk>/done", done_by_hand, name="answer-done"),
    path("answers/<int:pk>/looked", looked, name="answer-looked"),
    path("answers/<int:pk>/deleted", deleted, name="answer-deleted"),
    path("answers/<int:pk>/take-back", take_back, name="answer-take-back"),
]
