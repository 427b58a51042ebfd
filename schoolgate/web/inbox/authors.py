"""Blocking the author of a comment, reviewing a block, and reporting a comment to its network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import structlog
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import now
from schoolgate.core.errors import BadInput, NotFound, Refused, SchoolgateError
from schoolgate.core.tenancy import scope
from schoolgate.inbox import actions, author_driving, authors, queries
from schoolgate.inbox.author_models import AuthorStep
from schoolgate.inbox.listing import item_for
from schoolgate.inbox.models import Item
from schoolgate.inbox.states import AuthorStepKind
from schoolgate.networks.handshake import Intent
from schoolgate.policy.models import DecisionRecord
from schoolgate.web.frame.doors import Visit, act_in, done, page
from schoolgate.web.frame.numbers import number_in, number_in_address
from schoolgate.web.frame.wording import kept_verdict
from schoolgate.web.inbox.author_wording import AuthorForm, days_from
from schoolgate.web.inbox.item import show
from schoolgate.web.inbox.sight import log

Given = Mapping[str, str]


@dataclass(frozen=True)
class Asked:
    """The result of asking: the step, or why there is none."""

    step: AuthorStep | None = None
    error: SchoolgateError | None = None


def ask(request: HttpRequest) -> Asked:
    """Before the page's scope opens: write the intent and commit it, then have the network act on it."""
    visit: Visit = request.visit  # type: ignore[attr-defined]
    given = request.POST
    try:
        with scope(visit.federation.pk, visit.person.pk):
            found = item_for(visit.person, number_in_address(request), on=visit.on)
            step = act_in(given, _ACTS)(visit, found, given)
    except SchoolgateError as error:
        return Asked(error=error)
    if not step.by_hand and step.state == Intent.WRITTEN and not step.waits_for_another:
        try:
            author_driving.advance(visit.federation.pk, step.pk, clock=now)
        except Exception:  # it is written down: the sweep takes it up
            log.exception("author step failed", federation=visit.federation.pk, step=step.pk)
    return Asked(step)


def _block(visit: Visit, found: Item, given: Given) -> AuthorStep:
    time = days_from(given.get("days", ""))
    return actions.block_author(
        by=visit.person,
        at=visit.at,
        item=found,
        because=given.get("because", ""),
        until=visit.on + time if time else None,
        warned=True if given.get("warned") else None,
    )


def _report(visit: Visit, found: Item, given: Given) -> AuthorStep:
    return actions.report_comment(by=visit.person, at=visit.at, item=found, because=given.get("because", ""))


def _end(visit: Visit, found: Item, _given: Given) -> AuthorStep:
    return actions.end_block(by=visit.person, at=visit.at, block=_standing(found))


def _keep(visit: Visit, found: Item, given: Given) -> AuthorStep:
    time = days_from(given.get("days", ""))
    until = visit.on + time if time else None
    return actions.keep_block(by=visit.person, at=visit.at, block=_standing(found), until=until)


def _agree(visit: Visit, found: Item, given: Given) -> AuthorStep:
    step = authors.live_step(found, AuthorStepKind.BLOCK)
    if step is None:
        raise NotFound
    yes = given.get("do") == "agree"
    return actions.agree_to_block(by=visit.person, at=visit.at, step=step, yes=yes)


def _by_hand(visit: Visit, found: Item, given: Given) -> AuthorStep:
    step = queries.author_step(number_in(given.get("step", "")))
    if step.item_id != found.pk:
        raise NotFound
    return actions.author_step_by_hand(
        by=visit.person, at=visit.at, step=step, number=given.get("number", "")
    )


_FIELDS = {"until": "days"}
"""An action's field -> the form's."""

_ACTS: Mapping[str, Callable[[Visit, Item, Given], AuthorStep]] = {
    "block": _block, "report": _report, "end": _end, "keep": _keep, "agree": _agree, "decline": _agree,
    "by-hand": _by_hand,
}  # fmt: skip


def _standing(found: Item) -> AuthorStep:
    block = authors.standing_block(found)
    if block is None:
        raise NotFound
    return block


@page(place="inbox", prepare=ask, methods=("POST",))
def change(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show the result: done, on its way, waiting for a colleague, refused by the policy, or incomplete."""
    found = item_for(visit.person, pk, on=visit.on)
    asked: Asked = visit.prepared
    form = AuthorForm(request.POST)
    if isinstance(asked.error, BadInput):
        form.is_valid()
        wrong = {_FIELDS.get(key, key): words for key, words in asked.error.fields.items()}
        form.refuse(BadInput(wrong))
        return show(request, visit, found, author_form=form, status=422)
    if isinstance(asked.error, Refused):
        kept = asked.error.kept
        refused = kept_verdict(kept, at=visit.at) if isinstance(kept, DecisionRecord) else None
        return show(request, visit, found, refused=refused, author_form=form, status=409)
    if asked.error is not None or asked.step is None:
        raise asked.error or NotFound
    return done(request, _told(queries.author_step(asked.step.pk), request.POST.get("do", "")), "item", pk)


def _told(step: AuthorStep, do: str) -> str | Promise:
    if do == "keep":
        return _("Saved. The block goes on and will be reviewed again.")
    if step.state == Intent.CANCELLED:
        return _("Declined. The author isn’t blocked.")
    if step.state == Intent.CONFIRMED:
        return _DONE[AuthorStepKind(step.how)]
    if step.waits_for_another:
        return _("Colleagues who manage comments have been asked to agree.")
    return (
        _("Do it on the network now, then confirm here.")
        if step.by_hand
        else _("The network has been asked.")
    )


_DONE: Mapping[AuthorStepKind, Promise] = {
    AuthorStepKind.BLOCK: _("The author is blocked. You’ll be asked to review it."),
    AuthorStepKind.UNBLOCK: _("The block has ended."),
    AuthorStepKind.REPORT: _("The comment has been reported to the network."),
}

urlpatterns = [path("inbox/<int:pk>/author", change, name="item-author")]
