"""The order of reading: what a person does about an item’s place, a federation’s own words for it, and
what is locked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import structlog
from django import forms
from django.db.models import QuerySet
from django.db.models.functions import Left
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import now
from schoolgate.core.errors import NotAllowed, NotFound, SchoolgateError
from schoolgate.core.models import School
from schoolgate.core.rows import key_as_text, key_in
from schoolgate.core.subjects import number_of, subject_of
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.duties.queries import danger_of
from schoolgate.inbox import desk, first_read, locking, moderating, ranking, seeing, sight, telling
from schoolgate.inbox.dangers import danger_in, dangers_in
from schoolgate.inbox.duty_kinds import ANSWER, DANGER, NO_PICTURE, READ_AGAIN
from schoolgate.inbox.listing import item_for
from schoolgate.inbox.locking import Hiding
from schoolgate.inbox.models import LANE_NAMES, ORDINARY, Item, ItemVersion, OwnPhrase, WhyKeptBack
from schoolgate.inbox.ranking import FOR_LEADS, around, check_edits, says_no_to_a_picture
from schoolgate.inbox.replying import still_asked_of_removal
from schoolgate.inbox.seeing import (
    SEES,
    about_colleagues,
    items_of,
    live_moderation,
    locked_for,
    to_read_first,
)
from schoolgate.inbox.taking_off import wants_all_deleted
from schoolgate.incidents import queries as codes
from schoolgate.incidents.allegations import authority_of
from schoolgate.incidents.queries import KEY, page_of_dangers, reports
from schoolgate.incidents.reporting import Disclosed, disclose
from schoolgate.people.leads import can_open
from schoolgate.people.queries import book_of
from schoolgate.people.rules import can, check_capacity
from schoolgate.people.safeguarding import lead_of, leads, leads_at
from schoolgate.pupils.consents import check_may_see
from schoolgate.rights.finding import check_enters
from schoolgate.triage import URGENT, Lane
from schoolgate.triage.lists import LISTED
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.paging import Page, number_in_address, page_by_key
from schoolgate.web.frame.ring_first import advice
from schoolgate.web.inbox.forms import LANGUAGES
from schoolgate.web.inbox.wording import care_words, place_shown

log = structlog.get_logger(__name__)


def triage_shown(found: Item, visit: Visit, text: str, duties: list[Duty]) -> dict[str, Any]:
    """Return what the page of an item shows of its place, and what this person may do about it."""
    shows = desk.shows_words(visit.person)
    how, way = sight.way_to_hide(found)
    hides = (
        way is not None
        and live_moderation(found) is None
        and can(seeing.check_may_hide, visit.person, found, on=visit.on)
    )
    hard = desk.is_hard(found)
    seen = desk.hard_today(visit.person, on=visit.on) if hard else 0
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
        and can(seeing.check_finds, visit.person, found, on=visit.on),
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
        "many_seen": seen >= desk.MANY,
        "may_hand_over": hard
        and any(
            duty.person_id == visit.person.pk and duty.kind in (ANSWER, READ_AGAIN, DANGER) for duty in duties
        ),
        "masks": desk.has_abuse(found),
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
    settles = stands and can(seeing.check_may_settle, visit.person, found, on=visit.on)
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
    found = seeing.item(pk)
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
            hiding = locking.hide_locked(
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
    telling.hand_over(by=visit.person, at=visit.at, item=found)
    return done(request, _("Handed over. You don’t have to read it again."), "inbox")


@page(place="inbox", methods=("POST",))
def care(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Choose how abusive words are shown to me."""
    shows = request.POST.get("words") == "show"
    desk.show_words(by=visit.person, at=visit.at, shows=shows)
    words = _("Abusive words are shown to you from now on.")
    if not shows:
        words = _("Abusive words are masked for you from now on.")
    return done(request, words, "inbox")


LANES = [(key, name) for key, name in LANE_NAMES if key in LISTED]
NOW, TO_READ, LOCKED, COLLEAGUE = "now", "to-read", "locked", "colleague"
"""The lists of the page of locked comments: it shows the first page of each, and each has its own pages."""
MOST = 100
"""Rows on a page of these lists."""
LONGEST_BEGINNING = 200
"""Letters of a comment of which the first words are shown."""


class PhraseForm(SchoolForm):
    """A phrase for a list, or to switch off in ours."""

    lane = forms.ChoiceField(label=_("List"))
    language = forms.ChoiceField(label=_("Language"), choices=list(LANGUAGES.items()))
    words = forms.CharField(label=_("Word or phrase"), max_length=80)
    off = forms.BooleanField(
        label=_("Switch this off"),
        help_text=_("Schoolgate’s own phrases with these words won’t count any more."),
        required=False,
    )
    because = forms.CharField(
        label=_("Why"),
        help_text=_("Give a reason if you switch something off."),
        max_length=200,
        required=False,
    )

    def __init__(self, data: Any = None, *, lanes: list[tuple[str, Any]]) -> None:
        super().__init__(data)
        self.fields["lane"].choices = lanes  # type: ignore[attr-defined]


def _lanes(visit: Visit) -> list[tuple[str, Any]]:
    """Return the lists that this person may change."""
    return [(key, name) for key, name in LANES if can(check_edits, visit.person, key, on=visit.on)]


def shown(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show the federation's own phrases by list, with the form to add one. For people who read an inbox or
    lead on safeguarding."""
    if not visit.capacities & SEES and not lead_of(visit.person, visit.held):
        check_capacity(visit.person, "answer", on=visit.on, anywhere=True)
    return _page(request, visit)


def _page(
    request: HttpRequest, visit: Visit, *, form: PhraseForm | None = None, status: int = 200
) -> HttpResponseBase:
    lanes = _lanes(visit)
    may = dict(lanes)
    rows = ranking.in_force()
    context = {
        "lists": [
            (name, [row for row in rows if row.lane == key], key in may, key in FOR_LEADS)
            for key, name in LANES
        ],
        "any_words": bool(rows),
        "form": (form or PhraseForm(lanes=lanes)) if lanes else None,
    }
    return render(request, "inbox/words.html", context, status=status)


@page(place="inbox", methods=("POST",))
def add(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Add a phrase, or switch one of ours off."""
    form = PhraseForm(request.POST, lanes=_lanes(visit))
    saved = form.save(lambda typed: ranking.add_phrase(by=visit.person, at=visit.at, **typed))
    if saved is None:
        return _page(request, visit, form=form, status=422)
    return done(request, _("Saved. It applies to what comes in from now on."), here())


@page(place="inbox", methods=("POST",))
def end(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Remove a phrase, or switch ours on again."""
    found = OwnPhrase.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound
    ranking.end_phrase(by=visit.person, at=visit.at, phrase=found)
    return done(request, _("Removed."), here())


def here() -> str:
    """Return the address of the lists."""
    return f"{reverse('inbox')}?as=words"


def locked(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show a safeguarding lead, or who is asked in their place, what they read at once, what can wait for the
    morning and what is locked to them; a lead also what is kept from a colleague. At once: what is in
    *Danger* on their page of today. `list`: one of these alone, page by page."""
    who, on, asked = visit.person, visit.on, request.GET.get("list", "")
    if asked not in ("", NOW, TO_READ, LOCKED, COLLEAGUE):
        raise NotFound
    danger, to_read = _danger(visit), to_read_first(who, on=on)
    if not to_read.exists() and not lead_of(who, visit.held):
        raise NotAllowed(
            _("Only safeguarding leads can see what is locked."), _("Ask the safeguarding lead.")
        )
    at_once = {number_of(duty.subject) for duty in danger}

    def page_of(name: str, rows: QuerySet[Item], by: str, *, oldest_first: bool = False) -> Page[Item]:
        if asked not in ("", name):
            return Page([])
        given = request.GET if asked else {}
        found = page_by_key(rows, given, by=by, size=MOST, oldest_first=oldest_first)
        return replace(found, newer=_on_list(name, found.newer), older=_on_list(name, found.older))

    waits = page_of(TO_READ, to_read.exclude(pk__in=at_once), "waits_for_lead_since", oldest_first=True)
    kept = page_of(LOCKED, locked_for(who, on=on).exclude(pk__in=at_once), "locked_at")
    now, following = _now(request, danger) if asked in ("", NOW) else ([], "")
    context = {
        "asked": asked,
        "back": f"{reverse('inbox')}?as=locked" if asked else reverse("inbox"),
        "now": _rows(now, "received_at"),
        "following": following,
        "to_read": _rows(waits.rows, "received_at"),
        "to_read_page": waits,
        "rows": _rows(kept.rows, "locked_at"),
        "page": kept,
        "about_colleagues": page_of(COLLEAGUE, about_colleagues(who, on=on), "received_at"),
    }
    return render(request, "inbox/locked.html", context)


def _on_list(name: str, key: str) -> str:
    """Return the query string of a page of one list alone."""
    return key and f"as=locked&list={name}&{key}"


def _now(request: HttpRequest, danger: list[Duty]) -> tuple[list[Item], str]:
    """Return a page of what is to be read at once, the most pressing first, and the query string of the
    next."""
    after: Any = key_in(request.GET["after"], KEY) if "after" in request.GET else None
    shown, key = page_of_dangers(danger, after=after, size=MOST)
    place = {number_of(duty.subject): at for at, duty in enumerate(shown)}
    rows = sorted(items_of(place), key=lambda row: place[row.pk])
    return rows, _on_list(NOW, urlencode({"after": key_as_text(*key)}) if key else "")


def number_to_read(visit: Visit) -> int:
    """Return how many comments this person reads first, as a safeguarding lead or in a lead's place: all that
    are to be read on the page of locked comments."""
    at_once = {number_of(duty.subject) for duty in _danger(visit)}
    return len(at_once) + to_read_first(visit.person, on=visit.on).exclude(pk__in=at_once).count()


def _danger(visit: Visit) -> list[Duty]:
    """Return the visitor's tasks to read a comment at once, one for each comment."""
    found = danger_of(visit.person, visit.on, kinds=(DANGER,), held=visit.held)
    return list({duty.subject: duty for duty in found}.values())


def _rows(items: Sequence[Item], at: str) -> list[dict[str, Any]]:
    """Return lines that can be told apart: each with the first words of its newest text, for those who read
    it. One query; none without items."""
    newest = ItemVersion.objects.filter(item__in=items).order_by("item", "-number").distinct("item")
    begins = dict(newest.values_list("item", Left("text", LONGEST_BEGINNING))) if items else {}
    return [
        {
            "item": item,
            "at": getattr(item, at),
            "kinds": dangers_in(item.why),
            "begins": " ".join(begins.get(item.pk, "").split()),
        }
        for item in items
    ]


urlpatterns = [
    path("inbox/<int:pk>/tells-of-harm", tells_of_harm, name="item-tells-of-harm"),
    path("inbox/<int:pk>/hide-locked", hide, name="item-hide-locked"),
    path("inbox/<int:pk>/hand-over", hand_over, name="item-hand-over"),
    path("inbox/care", care, name="inbox-care"),
    path("inbox/words", add, name="inbox-words"),
    path("inbox/words/<int:pk>/end", end, name="inbox-words-end"),
]
