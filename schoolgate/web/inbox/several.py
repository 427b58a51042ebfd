"""One act on several comments: show, hide or close them. Each is decided by itself."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotNow
from schoolgate.inbox import actions, listing
from schoolgate.inbox.actions.undoing import open_closed_item
from schoolgate.inbox.models import Item
from schoolgate.inbox.states import CloseReason, Sight, WhyKeptBack
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.numbers import number_in, numbers_in
from schoolgate.web.frame.steps import Refusal, refused_of, told_of_several
from schoolgate.web.frame.undo import undo_by
from schoolgate.web.inbox.sight import Asked, ask_for
from schoolgate.web.inbox.wording import snippet

MOST_AT_ONCE = 50
REST = _("Only the first 50 were dealt with. Choose the others again.")
CLOSE, TAKE = "close", "take"
Group = tuple[str | Promise, Sequence[tuple[str, str | Promise]]]


def several_acts(visit: Visit) -> list[Group]:
    """Return what this person may do to several comments at once, with the reasons, by heading."""
    found: list[Group] = []
    if "moderate" in visit.capacities:
        found.append((_("Show"), [(Sight.SHOWN.value, _("Show comments"))]))
        found.append(
            (_("Hide comments"), [(f"{Sight.HIDDEN}:{key}", word) for key, word in WhyKeptBack.choices])
        )
    if visit.capacities & {"answer", "moderate"}:
        found.append((_("Assign"), [(TAKE, _("Assign these to me"))]))
    if "answer" in visit.capacities:
        found.append(
            (_("Close without replying"), [(f"{CLOSE}:{key}", word) for key, word in CloseReason.choices])
        )
    return found


def ask_several(request: HttpRequest) -> dict[int, Asked]:
    """Before the page's scope opens: ask the networks to show or hide what was chosen, one by one."""
    how, _colon, because = request.POST.get("do", "").partition(":")
    if how not in (Sight.SHOWN, Sight.HIDDEN):
        return {}
    return {
        pk: ask_for(
            request.visit,  # type: ignore[attr-defined]
            pk,
            how,
            {"because": because, "version": request.POST.get(f"version-{pk}", "")},
        )
        for pk in _chosen(request)
    }


def _chosen(request: HttpRequest) -> list[int]:
    return list(dict.fromkeys(number_in(each) for each in request.POST.getlist("items")))[:MOST_AT_ONCE]


@page(place="inbox", prepare=ask_several, methods=("POST",))
def several(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show the outcome for each comment that was chosen; close them here."""
    what, _colon, reason = request.POST.get("do", "").partition(":")
    found = listing.of_ids(visit.person, _chosen(request), on=visit.on)
    if not found or what not in (CLOSE, TAKE, Sight.SHOWN, Sight.HIDDEN):
        return done(request, _("Choose at least one comment, and what to do."), "inbox")

    def act(item: Item) -> None:
        if what == CLOSE:
            actions.close_item(by=visit.person, at=visit.at, item=item, reason=reason)
        elif what == TAKE:
            actions.assign_item(
                by=visit.person, at=visit.at, item=item, to=visit.person, seen=item.assigned_to_id
            )
        else:
            _raise_refusal(visit.prepared[item.pk])

    refused: list[Refusal[Item]] = refused_of(found, act)
    told = {
        CLOSE: _("Closed. Each will reopen if its author edits it."),
        TAKE: _("Assigned to you. Colleagues can see that you’re dealing with them."),
        Sight.SHOWN: _("Everyone can read the chosen comments once the network has shown them."),
        Sight.HIDDEN: _("The chosen comments are being hidden. Your reason has been recorded."),
    }[what]
    if len(set(request.POST.getlist("items"))) > MOST_AT_ONCE:
        told = format_lazy("{told} {rest}", told=told, rest=REST)
    left = {item.pk for item, _error in refused}
    closed = ",".join(str(item.pk) for item in found if item.pk not in left)
    return told_of_several(
        request,
        refused,
        of=len(found),
        name=lambda item: snippet(item.words),  # type: ignore[attr-defined]
        told=told,
        back=reverse("inbox"),
        undo=undo_by("inbox-several-undo", chosen=closed) if what == CLOSE else None,
    )


@page(place="inbox", methods=("POST",))
def open_again(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Open again what was closed at once a moment ago."""
    ids = numbers_in(request.POST.get("chosen", "").split(","))[:MOST_AT_ONCE]
    found = listing.of_ids(visit.person, ids, on=visit.on)
    refused: list[Refusal[Item]] = refused_of(
        found, lambda item: open_closed_item(by=visit.person, at=visit.at, item=item)
    )
    return told_of_several(
        request,
        refused,
        of=len(found),
        name=lambda item: snippet(item.words),  # type: ignore[attr-defined]
        told=_("Undone. They’re open again, with the same deadlines."),
        back=reverse("inbox"),
    )


def _raise_refusal(asked: Asked) -> None:
    if asked.error is not None:
        raise asked.error
    if asked.form is not None:
        raise NotNow(_("The policy asks a question first."), _("Open the comment and answer it."))


urlpatterns = [
    path("inbox/several", several, name="inbox-several"),
    path("inbox/several/open-again", open_again, name="inbox-several-undo"),
]
