"""What a person does about an item's place: say that no one is in danger, report that a child tells of harm,
give a locked item back, hand it over, choose how abusive words are shown."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.duties.models import Duty
from schoolgate.inbox import actions, caring, rules
from schoolgate.inbox.conversations import around
from schoolgate.inbox.duty_kinds import ANSWER, DANGER, READ_AGAIN
from schoolgate.inbox.listing import item_for
from schoolgate.inbox.models import ORDINARY, Item
from schoolgate.incidents import codes
from schoolgate.incidents.actions.disclosing import disclose
from schoolgate.people.rules import can
from schoolgate.people.safeguarding import leads_at
from schoolgate.triage import URGENT, Lane
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.inbox.triage_wording import care_words, place_shown


def triage_shown(found: Item, visit: Visit, text: str, duties: list[Duty]) -> dict[str, Any]:
    """Return what the page of an item shows of its place, and what this person may do about it."""
    shows = caring.shows_words(visit.person)
    hard = caring.is_hard(found)
    seen = caring.hard_today(visit.person, on=visit.on) if hard else 0
    place = place_shown(found, text)
    return {
        "place": place,
        "may_settle": found.goes_first < ORDINARY
        and found.lane in URGENT
        and can(rules.check_may_settle, visit.person, found, on=visit.on),
        "may_unlock": found.locked_at is not None,
        "mark": codes.new_mark(),
        "seen_today": seen,
        "many_seen": seen >= caring.MANY,
        "may_hand_over": hard
        and any(
            duty.person_id == visit.person.pk and duty.kind in (ANSWER, READ_AGAIN, DANGER) for duty in duties
        ),
        "masks": caring.has_abuse(found),
        "shows_words": shows,
        "care": care_words(shows),
        "around": around(found.post_id),
        "suggests_press": found.lane == Lane.JOURNALIST and found.from_press is None,
    }


@page(place="inbox", methods=("POST",))
def settle(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """A person read it: no one is in danger."""
    found = item_for(visit.person, pk, on=visit.on)
    actions.settle_danger(by=visit.person, at=visit.at, item=found)
    return done(request, _("Saved: no one is in danger. It now goes by its deadline."), "item", pk)


@page(place="inbox", methods=("POST",))
def tells_of_harm(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """A child tells of harm: report it with everything attached, and lock it."""
    found = item_for(visit.person, pk, on=visit.on)
    made = disclose(
        by=visit.person,
        at=visit.at,
        item=found,
        mark=request.POST.get("mark", "")[:60] or codes.new_mark(),
        danger=request.POST.get("danger") == "yes",
    )
    if not made.locked:
        words = _("Reported. No safeguarding lead is entered here, so the comment couldn’t be locked.")
        return done(request, words, "item", pk)
    words = _("Reported to the safeguarding lead with everything attached. Only they can find it now.")
    if leads_at(visit.person, found.school_id or found.account.school_id, on=visit.on):
        return done(request, words, "item", pk)
    return done(request, words, "inbox")


@page(place="inbox", methods=("POST",))
def unlock(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """A safeguarding lead gives it back."""
    found = item_for(visit.person, pk, on=visit.on)
    actions.unlock_item(by=visit.person, at=visit.at, item=found)
    return done(request, _("Unlocked. The people who reply and moderate can find it again."), "inbox")


@page(place="inbox", methods=("POST",))
def hand_over(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Hand it to the next person."""
    found = item_for(visit.person, pk, on=visit.on)
    actions.hand_over(by=visit.person, at=visit.at, item=found)
    return done(request, _("Handed over. You don’t have to read it again."), "inbox")


@page(place="inbox", methods=("POST",))
def care(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Choose how abusive words are shown to me."""
    shows = request.POST.get("words") == "show"
    caring.show_words(by=visit.person, at=visit.at, shows=shows)
    words = _("Abusive words are shown to you from now on.")
    if not shows:
        words = _("Abusive words are masked for you from now on.")
    return done(request, words, "inbox")


urlpatterns = [
    path("inbox/<int:pk>/no-danger", settle, name="item-no-danger"),
    path("inbox/<int:pk>/tells-of-harm", tells_of_harm, name="item-tells-of-harm"),
    path("inbox/<int:pk>/unlock", unlock, name="item-unlock"),
    path("inbox/<int:pk>/hand-over", hand_over, name="item-hand-over"),
    path("inbox/care", care, name="inbox-care"),
]
