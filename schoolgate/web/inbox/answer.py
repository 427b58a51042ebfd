"""Writing a reply: checked while writing, sent when complete, saved when it can't go."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput, NotNow, Refused
from schoolgate.inbox import actions, rules
from schoolgate.inbox.asking import judged_answer, still_asked
from schoolgate.inbox.listing import item_for
from schoolgate.inbox.models import Item
from schoolgate.people.rules import can
from schoolgate.policy.models import DecisionRecord
from schoolgate.press.keeping import keep_item
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.numbers import numbers_in
from schoolgate.web.frame.undo import undo_by
from schoolgate.web.frame.wording import kept_verdict
from schoolgate.web.inbox.forms import AnswerForm
from schoolgate.web.inbox.item import show
from schoolgate.web.inbox.writing import form_for, writing


@page(place="inbox", methods=("POST",))
def look(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show what the policy asks and says about the reply as typed; with `do=look` the whole page."""
    found = item_for(visit.person, pk, on=visit.on)
    rules.check_may_answer(visit.person, found, on=visit.on)
    form = form_for(visit, found, request.POST)
    form.is_valid()
    form.errors.clear()
    return render(request, "inbox/_says.html", {"item": found, **writing(found, visit, form)})


@page(place="inbox", methods=("POST",))
def answer(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Answer it. What cannot go out stays in the form, with the reason above it."""
    found = item_for(visit.person, pk, on=visit.on)
    rules.check_may_answer(visit.person, found, on=visit.on)
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
        and can(rules.check_may_sort, visit.person, found, on=visit.on)
    ):
        keep_item(by=visit.person, at=visit.at, item=found)
    wanted = request.POST.get("do", "").partition("ask:")[2]
    try:
        if wanted:
            actions.ask_for_reply(
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
        sent = actions.show_and_answer(**reply) if shows else actions.write_answer(**reply)
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
]
