"""Who can read a comment: shown, hidden or removed, and what the policy requires afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import structlog
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import now
from schoolgate.core.errors import BadInput, Refused, SchoolgateError
from schoolgate.core.tenancy import scope
from schoolgate.inbox import actions, moderating, queries, sight
from schoolgate.inbox.actions.moderating import unfinished_removal
from schoolgate.inbox.asking import still_asked_of_removal
from schoolgate.inbox.listing import item_for
from schoolgate.inbox.models import Item, Moderation
from schoolgate.inbox.states import Sight
from schoolgate.networks.handshake import Intent
from schoolgate.policy.models import DecisionRecord
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.numbers import number_in_address
from schoolgate.web.frame.undo import undo_by
from schoolgate.web.frame.wording import kept_verdict
from schoolgate.web.inbox.forms import FinishForm, KeepBackForm
from schoolgate.web.inbox.item import show
from schoolgate.web.inbox.removal_shown import asks_parts

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Asked:
    """The result of asking: the intent, or why there is none."""

    moderation: Moderation | None = None
    form: KeepBackForm | None = None
    error: SchoolgateError | None = None


def ask(request: HttpRequest) -> Asked:
    """Before the page's scope opens: write the intent and commit it, then have the network act on it."""
    pk = number_in_address(request)
    return ask_for(request.visit, pk, request.POST.get("how", ""), request.POST)  # type: ignore[attr-defined]


def ask_for(visit: Visit, pk: int, how: str, given: Mapping[str, str]) -> Asked:
    """Ask for one comment. What the rules or the policy refuse is in the result."""
    form = KeepBackForm(given)
    try:
        with scope(visit.federation.pk, visit.person.pk):
            written = _write(visit, item_for(visit.person, pk, on=visit.on), form, how, given)
    except BadInput as error:
        form.is_valid()
        form.refuse(BadInput({key: words for key, words in error.fields.items() if key not in form.errors}))
        return Asked(form=form, error=error)
    except SchoolgateError as error:
        return Asked(error=error)
    if written is None:
        return Asked(form=form)
    if not written.by_hand:
        try:
            moderating.advance(visit.federation.pk, written.pk, clock=now)
        except Exception:  # it is written down: the sweep takes it up
            log.exception("moderating failed", federation=visit.federation.pk, moderation=written.pk)
    return Asked(moderation=written)


def _write(
    visit: Visit, found: Item, form: KeepBackForm, how: str, given: Mapping[str, str]
) -> Moderation | None:
    """The intent; None where the policy still has to be told something."""
    because = given.get("because", "")
    if how != Sight.SHOWN and form.is_valid():
        sight.check(visit.person, found, how, on=visit.on, because=because)
        asked = still_asked_of_removal(
            found, by=visit.person, at=visit.at, how=how, reason=because, said=form.said()
        )
        if asked:
            form.ask_for(asked)
            return None
    return actions.moderate(
        by=visit.person,
        at=visit.at,
        item=found,
        how=how,
        because=because,
        version=given.get("version", ""),
        said=form.said(),
        house_rule=given.get("house_rule", ""),
    )


@page(place="inbox", prepare=ask, methods=("POST",))
def change(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show the result: done, on its way, refused by the policy, or incomplete."""
    found = item_for(visit.person, pk, on=visit.on)
    asked: Asked = visit.prepared
    if asked.form is not None:
        return show(request, visit, found, keep_form=asked.form, status=422)
    if isinstance(asked.error, Refused):
        kept = asked.error.kept
        refused = kept_verdict(kept, at=visit.at) if isinstance(kept, DecisionRecord) else None
        return show(request, visit, found, refused=refused, status=409)
    if asked.error is not None:
        raise asked.error
    row = queries.moderation(asked.moderation.pk if asked.moderation else 0)
    if row.state != Intent.CONFIRMED:
        told = _("Do it on the network now, then confirm here.") if row.by_hand else _SAID[row.how]
        return done(request, told, "item", pk)
    if row.how == Sight.SHOWN:
        return done(request, _("Everyone can read it now."), "item", pk)
    can_show = Sight.SHOWN in sight.ways(found)
    way_back = undo_by("item-sight", pk, how=Sight.SHOWN, version=found.version) if can_show else None
    return done(
        request, _("No one else can read it now. Your reason has been recorded."), "item", pk, undo=way_back
    )


_SAID: Mapping[str, Promise] = {
    Sight.SHOWN: _("Asking the network to show it. This page will say when it’s done."),
    Sight.HIDDEN: _("Asking the network to hide it. This page will say when it’s done."),
    Sight.REMOVED: _("Asking the network to delete it. This page will say when it’s done."),
}


@page(place="inbox", methods=("POST",))
def by_hand(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record that it was done by hand on the network's own pages."""
    found = item_for(visit.person, pk, on=visit.on)
    standing = queries.live_moderation(found)
    if standing is None:
        return done(request, _("This has already been done."), "item", pk)
    actions.moderation_done_by_hand(by=visit.person, at=visit.at, moderation=standing)
    return done(request, _("Saved. A colleague will be asked to check that it’s gone."), "item", pk)


@page(place="inbox", methods=("POST",))
def finish(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Readers were told why it went."""
    found = item_for(visit.person, pk, on=visit.on)
    if unfinished_removal(found) is None:
        actions.tell_readers(by=visit.person, at=visit.at, item=found)
        return done(request, _("Saved. The policy asks for nothing more."), "item", pk)
    form = FinishForm(request.POST)
    if not asks_parts(visit):
        del form.fields["says"]
    if form.save(lambda typed: actions.finish_removal(by=visit.person, at=visit.at, item=found, **typed)):
        return done(request, _("Saved. The policy asks for nothing more."), "item", pk)
    return show(request, visit, found, finish_form=form, status=422)


urlpatterns = [
    path("inbox/<int:pk>/sight", change, name="item-sight"),
    path("inbox/<int:pk>/sight/by-hand", by_hand, name="item-sight-by-hand"),
    path("inbox/<int:pk>/sight/finish", finish, name="item-sight-finish"),
]
