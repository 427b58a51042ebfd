"""What a person does about an item's place: report that a child tells of harm, give a locked item back, hand
it over, choose how abusive words are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import structlog
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import now
from schoolgate.core.errors import SchoolgateError
from schoolgate.core.models import School
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.inbox import actions, caring, first_read, moderating, queries, rules, sight
from schoolgate.inbox.actions import Hiding
from schoolgate.inbox.asking import still_asked_of_removal
from schoolgate.inbox.conversations import around
from schoolgate.inbox.dangers import danger_in
from schoolgate.inbox.duty_kinds import ANSWER, DANGER, NO_PICTURE, READ_AGAIN
from schoolgate.inbox.erasing import wants_all_deleted
from schoolgate.inbox.listing import item_for
from schoolgate.inbox.models import ORDINARY, Item
from schoolgate.inbox.queries import live_moderation
from schoolgate.inbox.ranking import says_no_to_a_picture
from schoolgate.inbox.states import WhyKeptBack
from schoolgate.incidents import queries as codes
from schoolgate.incidents.allegations import authority_of
from schoolgate.incidents.queries import reports
from schoolgate.incidents.reporting import Disclosed, disclose
from schoolgate.people.leads import can_open
from schoolgate.people.queries import book_of
from schoolgate.people.rules import can
from schoolgate.people.safeguarding import leads, leads_at
from schoolgate.pupils.consents import check_may_see
from schoolgate.rights.finding import check_enters
from schoolgate.triage import URGENT, Lane
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.numbers import number_in_address
from schoolgate.web.frame.ring_first import advice
from schoolgate.web.inbox.triage_wording import care_words, place_shown

log = structlog.get_logger(__name__)


def triage_shown(found: Item, visit: Visit, text: str, duties: list[Duty]) -> dict[str, Any]:
    """Return what the page of an item shows of its place, and what this person may do about it."""
    shows = caring.shows_words(visit.person)
    how, way = sight.way_to_hide(found)
    hides = (
        way is not None
        and live_moderation(found) is None
        and can(rules.check_may_hide, visit.person, found, on=visit.on)
    )
    hard = caring.is_hard(found)
    seen = caring.hard_today(visit.person, on=visit.on) if hard else 0
    place = place_shown(found, text)
    school = found.school or found.account.school
    return {
        "place": place,
        # asked only where the page says it
        "leads_here": lambda: bool(leads_at(visit.person, school.pk if school else None, on=visit.on)),
        **_danger_shown(found, visit, school, duties),
        "no_picture": any(duty.kind == NO_PICTURE and duty.still_to_do for duty in duties),
        "wants_down": says_no_to_a_picture(found),
        "all_words": text,
        "wants_all_deleted": wants_all_deleted(text),
        "enters_requests": lambda: can(check_enters, visit.person, on=visit.on),
        "sees_pupils": can(check_may_see, visit.person, on=visit.on),
        "read_first": found.locked_until_read,
        "may_unlock": found.locked_at is not None
        and can(rules.check_finds, visit.person, found, on=visit.on),
        "authority": authority_of(school) if found.locked_at is not None else None,
        "concerns": reports(visit.person, on=visit.on).filter(thing=subject_of(found)).order_by("pk")
        if found.locked_at is not None
        else [],
        "may_hide_it": hides,
        "no_lead": not can_open(leads(book_of(visit.federation), school, on=visit.on), on=visit.on),
        "asks_of_picture": hides
        and "may_show_abuse"
        in still_asked_of_removal(
            found, by=visit.person, at=visit.at, how=how, reason=WhyKeptBack.CHILD, said={}
        ),
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


def _danger_shown(found: Item, visit: Visit, school: School | None, duties: list[Duty]) -> dict[str, Any]:
    """Return what the page shows of danger: before anything else while someone has to act on it."""
    stands = (found.goes_first < ORDINARY and found.lane in URGENT) or any(
        duty.kind == DANGER and duty.still_to_do for duty in duties
    )
    stands = stands or first_read.is_left_to(visit.person, found, at=visit.at)
    settles = stands and can(rules.check_may_settle, visit.person, found, on=visit.on)
    danger = danger_in(found.why, locked=found.locked_at is not None)
    return {
        "sort": danger,
        "may_settle": settles,
        "ends_it": settles and first_read.reads_first(visit.person, found, at=visit.at),
        "danger": danger.title if settles and (found.locked_at is None or found.locked_until_read) else None,
        "allegation": advice(school, visit)
        if danger.officer and found.lane in URGENT and (stands or found.locked_at)
        else None,
    }


@dataclass(frozen=True)
class Told:
    """What came of reporting or hiding: the concern with its lock, the hiding, or why not."""

    made: Disclosed | None = None
    hiding: Hiding | None = None
    error: SchoolgateError | None = None

    @property
    def said(self) -> Any:
        """What the person reads about its hiding; empty where no one asked for that."""
        row = self.hiding.moderation if self.hiding else None
        if self.hiding is None:
            return ""
        if row is None:
            return _("It couldn’t be hidden: ask the safeguarding lead.") if self.hiding.refused else ""
        if row.by_hand:
            return _("Schoolgate can’t hide it there: the safeguarding lead is asked to do it by hand.")
        return _("It’s being hidden on the network.")


def report_harm(request: HttpRequest) -> Told:
    """Before the page's scope opens: write the concern, the lock and the request to hide, and commit them;
    then have the network act."""
    visit: Visit = request.visit  # type: ignore[attr-defined]
    try:
        with scope(visit.federation.pk, visit.person.pk):
            made = disclose(
                by=visit.person,
                at=visit.at,
                item=item_for(visit.person, number_in_address(request), on=visit.on),
                mark=request.POST.get("mark", "")[:60] or codes.new_mark(),
                danger=request.POST.get("danger") == "yes",
                of_staff=request.POST.get("of_staff") == "yes",
                hide=request.POST.get("hide") == "yes",
                may_show_abuse=_may_show_abuse(request),
            )
    except SchoolgateError as error:
        return Told(error=error)
    _drive(visit, made.hiding)
    return Told(made, made.hiding)


def _may_show_abuse(request: HttpRequest) -> bool | None:
    return {"yes": True, "no": False}.get(request.POST.get("may_show_abuse", ""))


def _drive(visit: Visit, hiding: Hiding | None) -> None:
    row = hiding.moderation if hiding else None
    if row is None or row.by_hand:
        return
    try:
        moderating.advance(visit.federation.pk, row.pk, clock=now)
    except Exception:  # it is written down: the sweep takes it up
        log.exception("moderating failed", federation=visit.federation.pk, moderation=row.pk)


@page(place="inbox", prepare=report_harm, methods=("POST",))
def tells_of_harm(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """A child’s disclosure: report it with everything attached, lock it, and hide it where that was asked
    for."""
    told: Told = visit.prepared
    if told.error is not None:
        raise told.error
    if told.made is None or not told.made.locked:
        words = _("Reported. No safeguarding lead is entered here, so the comment couldn’t be locked.")
        return done(request, words, "item", pk)
    found = queries.item(pk)
    leads_here = leads_at(visit.person, found.school_id or found.account.school_id, on=visit.on)
    words = _("Reported to the safeguarding lead with everything attached. Only they can find it now.")
    if leads_here:
        words = _("Saved as a concern with everything attached. Only safeguarding leads can find it now.")
    if told.said:
        words = format_lazy("{first} {then}", first=words, then=told.said)
    if leads_here:
        return done(request, words, "item", pk)
    return done(request, words, "inbox")


def hide_now(request: HttpRequest) -> Told:
    """Before the page's scope opens: write the request to hide what is locked, and have the network act."""
    visit: Visit = request.visit  # type: ignore[attr-defined]
    try:
        with scope(visit.federation.pk, visit.person.pk):
            found = item_for(visit.person, number_in_address(request), on=visit.on)
            hiding = actions.hide_locked(
                by=visit.person, at=visit.at, item=found, may_show_abuse=_may_show_abuse(request)
            )
    except SchoolgateError as error:
        return Told(error=error)
    _drive(visit, hiding)
    return Told(hiding=hiding)


@page(place="inbox", prepare=hide_now, methods=("POST",))
def hide(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """A safeguarding lead hides what is locked on its network."""
    told: Told = visit.prepared
    if told.error is not None:
        raise told.error
    return done(request, told.said or _("No one else can read it on the network."), "item", pk)


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
    path("inbox/<int:pk>/tells-of-harm", tells_of_harm, name="item-tells-of-harm"),
    path("inbox/<int:pk>/hide-locked", hide, name="item-hide-locked"),
    path("inbox/<int:pk>/hand-over", hand_over, name="item-hand-over"),
    path("inbox/care", care, name="inbox-care"),
]
