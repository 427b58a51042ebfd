"""What goes with a removal on an item's page: the appeal, the notice, the evidence and the code."""

from __future__ import annotations

from dataclasses import dataclass

import structlog
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import now
from schoolgate.core.errors import BadInput, NotNow, Refused, SchoolgateError
from schoolgate.core.tenancy import scope
from schoolgate.inbox import actions, moderating, removals, rules
from schoolgate.inbox.asking import asked_of
from schoolgate.inbox.listing import item_for
from schoolgate.inbox.models import Appeal, Item
from schoolgate.inbox.states import AppealState
from schoolgate.policy.models import DecisionRecord
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.numbers import number_in_address
from schoolgate.web.frame.wording import kept_verdict
from schoolgate.web.inbox.item import show
from schoolgate.web.inbox.removal_forms import AppealForm, DecisionForm, NoticeForm, WordingForm
from schoolgate.web.inbox.removal_shown import asks_parts, notice_form, notice_text
from schoolgate.web.inbox.sight import log


@page(place="inbox", methods=("POST",))
def notice(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Send the notice about a removal. What can't go out stays in the form, with the reason above it."""
    found = item_for(visit.person, pk, on=visit.on)
    rules.check_may_moderate(visit.person, found, on=visit.on)
    removal = removals.removal_of(found)
    if removal is None:
        raise NotNow(_("This comment hasn’t been removed."), _("Open it again to see its status."))
    form = notice_form(removal, visit, request.POST)
    if not form.is_valid() or not _complete(form, found, visit):
        return show(request, visit, found, extra={"notice_form": form}, status=422)
    typed = form.cleaned_data
    try:
        sent = actions.send_notice(
            by=visit.person,
            at=visit.at,
            item=found,
            wording=typed["wording"],
            text=notice_text(removal, typed["text"], typed["language"]),
            version=request.POST.get("version", ""),
            language=typed["language"],
            said=form.said(),
            says=typed["says"] if asks_parts(visit) else None,
        )
    except BadInput as error:
        form.refuse(error)
        return show(request, visit, found, extra={"notice_form": form}, status=422)
    except Refused as error:
        refused = kept_verdict(error.kept, at=visit.at) if isinstance(error.kept, DecisionRecord) else None
        again = item_for(visit.person, pk, on=visit.on)
        return show(request, visit, again, refused=refused, extra={"notice_form": form}, status=409)
    if sent.by_hand:
        return done(request, _("Notice saved. Now post it by hand."), "answer", sent.pk)
    return done(request, _("The notice is being sent."), "item", pk)


def _complete(form: NoticeForm, found: Item, visit: Visit) -> bool:
    """Return whether every question of the policy is answered; add an error beside those that aren't."""
    _decision, asked = asked_of(
        found, by=visit.person, at=visit.at, said=form.said(), acknowledges_only=True,
        text=form.cleaned_data["text"],
    )  # fmt: skip
    form.ask_for([name for name in asked if name not in form.said()])
    return not form.errors


@page(place="inbox", methods=("POST",))
def wording(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Adopt the school's own wording of the prescribed notice."""
    found = item_for(visit.person, pk, on=visit.on)
    form = WordingForm(request.POST)
    if form.save(lambda typed: actions.adopt_wording(by=visit.person, at=visit.at, item=found, **typed)):
        return done(request, _("Wording adopted. It is offered with every notice."), "item", pk)
    return show(request, visit, found, extra={"wording_form": form}, status=422)


@page(place="inbox", methods=("POST",))
def appeal(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Enter an appeal that reached the school another way."""
    found = item_for(visit.person, pk, on=visit.on)
    form = AppealForm(request.POST)
    if form.save(lambda typed: actions.make_appeal(by=visit.person, at=visit.at, item=found, **typed)):
        return done(request, _("Appeal saved. Someone other than its moderator will decide."), "item", pk)
    return show(request, visit, found, extra={"appeal_form": form}, status=422)


@dataclass(frozen=True)
class Decided:
    """The outcome of deciding: the appeal, or why there is none."""

    appeal: Appeal | None = None
    form: DecisionForm | None = None
    error: SchoolgateError | None = None


def decide(request: HttpRequest) -> Decided:
    """Before the page's scope opens: write the decision and commit it, then have the network show the comment
    again."""
    visit: Visit = request.visit  # type: ignore[attr-defined]
    form = DecisionForm(request.POST)
    form.is_valid()
    try:
        with scope(visit.federation.pk, visit.person.pk):
            row = actions.decide_appeal(
                by=visit.person,
                at=visit.at,
                item=item_for(visit.person, number_in_address(request), on=visit.on),
                uphold=request.POST.get("do") == "uphold",
                reasons=form.cleaned_data.get("reasons", ""),
            )
    except BadInput as error:
        form.refuse(error)
        return Decided(form=form, error=error)
    except SchoolgateError as error:
        return Decided(form=form, error=error)
    if row.reversal is not None and not row.reversal.by_hand:
        try:
            moderating.advance(visit.federation.pk, row.reversal.pk, clock=now)
        except Exception:  # it is written down: the sweep takes it up
            log.exception("moderating failed", federation=visit.federation.pk, moderation=row.reversal.pk)
    return Decided(appeal=row)


@page(place="inbox", prepare=decide, methods=("POST",))
def decision(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show the result of deciding an appeal."""
    found = item_for(visit.person, pk, on=visit.on)
    decided: Decided = visit.prepared
    if isinstance(decided.error, BadInput):
        return show(request, visit, found, extra={"decision_form": decided.form}, status=422)
    if isinstance(decided.error, Refused):
        kept = decided.error.kept
        refused = kept_verdict(kept, at=visit.at) if isinstance(kept, DecisionRecord) else None
        return show(request, visit, found, refused=refused, extra={"decision_form": decided.form}, status=409)
    if decided.error is not None:
        raise decided.error
    row = decided.appeal
    if row is None or row.state == AppealState.DISMISSED:
        return done(request, _("Appeal dismissed. The author can read your reasons."), "item", pk)
    if row.reversal is None:
        return done(request, _("Appeal upheld. The network can’t bring the comment back."), "item", pk)
    if row.reversal.by_hand:
        return done(
            request, _("Appeal upheld. Show the comment on the network, then confirm here."), "item", pk
        )
    return done(request, _("Appeal upheld. The comment is being shown again."), "item", pk)


urlpatterns = [
    path("inbox/<int:pk>/notice", notice, name="item-notice"),
    path("inbox/<int:pk>/notice/wording", wording, name="item-notice-wording"),
    path("inbox/<int:pk>/appeal", appeal, name="item-appeal"),
    path("inbox/<int:pk>/appeal/decision", decision, name="item-appeal-decision"),
]
