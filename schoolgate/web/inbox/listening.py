"""Public posts about the schools: a way of showing the inbox, with forms that post elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from schoolgate.core.errors import NotFound, Refused
from schoolgate.listening import finding, watching
from schoolgate.listening.finding import search_facts
from schoolgate.listening.models import Find, FindState, Watch, Way
from schoolgate.people.rules import can, check_capacity
from schoolgate.policy.asking import verdict
from schoolgate.policy.choices import LISTENING, days_chosen
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import book_in_scope
from schoolgate.policy.rules import check_may_own
from schoolgate.web.frame import wording
from schoolgate.web.frame.doors import Visit, act_in, done, page
from schoolgate.web.frame.numbers import number_in
from schoolgate.web.inbox.desk import check_sees_some
from schoolgate.web.inbox.listening_forms import (
    AlertForm,
    ConcernForm,
    FeedForm,
    HandForm,
    LeaveForm,
    OftenForm,
    ToInboxForm,
    WatchForm,
)
from schoolgate.web.inbox.wording import snippet, text_shown

PAGE = 25
TABS = (("open", _("To read")), ("passed", _("Being dealt with")), ("left", _("Left")))
KINDS = {FindState.OPEN: "wait", FindState.PASSED: "good", FindState.LEFT: ""}


def here(*, watch: int | None = None, find: int | None = None) -> str:
    """Return the address of the list, of one watch, or of one find."""
    more = f"&watch={watch}" if watch else f"&find={find}" if find else ""
    return f"{reverse('inbox')}?as=listening{more}"


def shown(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show what watches found, one of these posts, or one watch, as far as the visitor may know of it."""
    asked = request.GET
    check_sees_some(visit)
    if asked.get("find"):
        return find_page(
            request, visit, finding.find_for(visit.person, number_in(asked["find"]), on=visit.on)
        )
    if asked.get("watch"):
        pk = number_in(asked["watch"])
        return watch_page(request, visit, finding.watch_for(visit.person, pk, on=visit.on))
    return list_page(request, visit, asked=asked)


def list_page(
    request: HttpRequest,
    visit: Visit,
    *,
    asked: Mapping[str, str] | None = None,
    form: WatchForm | None = None,
    often: OftenForm | None = None,
    refused: Any = None,
    status: int = 200,
) -> HttpResponseBase:
    """Return the page with the public posts of a status, the watches, and what the policy says."""
    asked = asked or {}
    show = asked.get("show", "open")
    if show not in dict(TABS):
        raise NotFound
    before = number_in(asked["after"]) if asked.get("after") else None
    finds, last = finding.finds_for(visit.person, on=visit.on, state=show, before=before, limit=PAGE)
    places = finding.places_for(visit.person, on=visit.on)
    decision = verdict("listening.search", search_facts(by=visit.person, at=visit.at), on=visit.on)
    says = wording.verdict(decision, at=visit.at)
    watches = finding.watches_for(visit.person, on=visit.on)
    context = {
        "tabs": TABS,
        "show": show,
        "rows": [_row(each) for each in finds],
        "following": last,
        "watches": [
            {"row": each, "href": here(watch=each.pk), "runs": finding.is_running(each, on=visit.on)}
            for each in watches
        ],
        "says": says if str(decision.outcome) != "silent" else None,
        "form": form or (WatchForm(places=places) if places.schools or places.federation else None),
        "refused": refused,
        **_how_often(visit, often),
    }
    return render(request, "inbox/listening/list.html", context, status=status)


def _how_often(visit: Visit, form: OftenForm | None) -> dict[str, Any]:
    """Return how often the federation looks, where its policy wants searches and names no number."""
    if not book_in_scope().clauses_at("listening.search", "searched_for"):
        return {}
    owns = can(check_may_own, visit.person, on=visit.on)
    return {
        "speaks": True, "days": days_chosen(LISTENING, on=visit.on),
        "often": form or (OftenForm() if owns else None),
    }  # fmt: skip


def _row(find: Find) -> dict[str, Any]:
    return {"row": find, "words": snippet(find.text), "href": here(find=find.pk), "kind": _kind_of(find)}


def _kind_of(find: Find) -> str:
    return "" if find.way == Way.CONCERN else KINDS[_state(find)]


def _state(find: Find) -> FindState:
    return FindState(find.state)


def watch_page(
    request: HttpRequest, visit: Visit, found: Watch, *, status: int = 200, **sent: Any
) -> HttpResponseBase:
    """Return the page of one watch; `sent`: forms as they were sent."""
    before = number_in(request.GET["after"]) if request.GET.get("after") else None
    finds, last = finding.finds_for(
        visit.person, on=visit.on, state="", watch=found, before=before, limit=PAGE
    )
    context = {
        "watch": found,
        "back": here(),
        "runs": finding.is_running(found, on=visit.on),
        "may": can(finding.check_sets_up, visit.person, found.school, on=visit.on),
        "sources": finding.sources_of(found),
        "rows": [_row(each) for each in finds],
        "following": last,
        "says": wording.kept_verdict(found.decision, at=visit.at),
        "feed_form": FeedForm(),
        "hand_form": HandForm(),
        "alert_form": AlertForm(),
        **sent,
    }
    return render(request, "inbox/listening/watch.html", context, status=status)


def find_page(
    request: HttpRequest, visit: Visit, found: Find, *, status: int = 200, **sent: Any
) -> HttpResponseBase:
    """Return the page of one find; `sent`: forms as they were sent."""
    may = can(finding.check_sets_up, visit.person, found.watch.school, on=visit.on)
    accounts = _accounts(found, visit) if may and found.state == FindState.OPEN else []
    context = {
        "find": found,
        "text": text_shown(found.text),
        "back": here(watch=found.watch_id),
        "kind": _kind_of(found),
        "open": found.state == FindState.OPEN,
        "may": may,
        "inbox_form": ToInboxForm(accounts=accounts, first=found.account) if accounts else None,
        "concern_form": _concern_form(),
        "leave_form": LeaveForm(),
        **sent,
    }
    return render(request, "inbox/listening/find.html", context, status=status)


def _concern_form(data: Any = None) -> ConcernForm:
    form = ConcernForm(data)
    if not book_in_scope().bound("listening.found"):
        del form.fields["bad_light"]
    return form


def _accounts(found: Find, visit: Visit) -> list[Any]:
    """Return the accounts into whose inbox the visitor may take a find, the one that found it first."""
    return [
        one
        for one in finding.accounts_to_answer(found)
        if can(check_capacity, visit.person, "answer", on=visit.on, school=one.school, account=one)
    ]


@page(place="inbox", methods=("POST",))
def start(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Start a watch."""
    form = WatchForm(request.POST, places=finding.places_for(visit.person, on=visit.on))
    try:
        saved = form.save(
            lambda typed: watching.start_watch(
                by=visit.person, at=visit.at, wanted=watching.Wanted(**form.entered(typed))
            )
        )
    except Refused as error:
        kept = error.kept
        refused = wording.kept_verdict(kept, at=visit.at) if isinstance(kept, DecisionRecord) else None
        return list_page(request, visit, form=form, refused=refused, status=409)
    if saved is None:
        return list_page(request, visit, form=form, status=422)
    return done(request, _("Saved search started. It runs once an hour."), here(watch=saved.value.pk))


@page(place="inbox", methods=("POST",))
def how_often(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Choose how often the federation looks for public posts."""
    form = OftenForm(request.POST)
    if form.save(lambda typed: watching.choose_how_often(by=visit.person, at=visit.at, **typed)):
        return done(request, _("Number of days saved as your federation’s own choice."), here())
    return list_page(request, visit, often=form, status=422)


@page(place="inbox", methods=("POST",))
def on_watch(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Do one thing with a watch; what is refused stays in its form."""
    found = finding.watch_for(visit.person, pk, on=visit.on)
    return act_in(request.POST, WITH_WATCH)(request, visit, found)


def _end(request: HttpRequest, visit: Visit, found: Watch) -> HttpResponseBase:
    watching.end_watch(by=visit.person, at=visit.at, watch=found)
    return done(request, _("Saved search ended. What it found is still here."), here(watch=found.pk))


def _feed(request: HttpRequest, visit: Visit, found: Watch) -> HttpResponseBase:
    form = FeedForm(request.POST)
    if form.save(lambda typed: watching.add_feed(by=visit.person, at=visit.at, watch=found, **typed)):
        return done(request, _("Feed added."), here(watch=found.pk))
    return watch_page(request, visit, found, feed_form=form, wrong=form, status=422)


def _remove(request: HttpRequest, visit: Visit, found: Watch) -> HttpResponseBase:
    source = number_in(request.POST.get("source", ""))
    watching.remove_feed(by=visit.person, at=visit.at, watch=found, pk=source)
    return done(request, _("Removed."), here(watch=found.pk))


def _hand(request: HttpRequest, visit: Visit, found: Watch) -> HttpResponseBase:
    form = HandForm(request.POST)
    saved = form.save(lambda typed: finding.add_by_hand(by=visit.person, at=visit.at, watch=found, **typed))
    if saved is None:
        return watch_page(request, visit, found, hand_form=form, wrong=form, status=422)
    return done(request, _("Added."), here(find=saved.value.pk))


def _alert(request: HttpRequest, visit: Visit, found: Watch) -> HttpResponseBase:
    form = AlertForm(request.POST)
    saved = form.save(lambda typed: finding.add_alerts(by=visit.person, at=visit.at, watch=found, **typed))
    if saved is None:
        return watch_page(request, visit, found, alert_form=form, wrong=form, status=422)
    said = ngettext("{number} post added.", "{number} posts added.", saved.value)
    return done(request, said.format(number=saved.value), here(watch=found.pk))


@page(place="inbox", methods=("POST",))
def on_find(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say what is done about a find; what is refused stays in its form."""
    found = finding.find_for(visit.person, pk, on=visit.on)
    return act_in(request.POST, WITH_FIND)(request, visit, found)


def _to_inbox(request: HttpRequest, visit: Visit, found: Find) -> HttpResponseBase:
    form = ToInboxForm(request.POST, accounts=_accounts(found, visit))
    saved = form.save(
        lambda typed: finding.add_to_inbox(
            by=visit.person, at=visit.at, find=found, account=form.account, kind=typed["kind"]
        )
    )
    if saved is None:
        return find_page(request, visit, found, inbox_form=form, wrong=form, status=422)
    return done(request, _("Added to the inbox."), "item", saved.value.pk)


def _to_press(request: HttpRequest, visit: Visit, found: Find) -> HttpResponseBase:
    enquiry = finding.pass_to_press(by=visit.person, at=visit.at, find=found)
    return done(request, _("Passed on."), f"{reverse('inbox')}?as=press&enquiry={enquiry.pk}")


def _concern(request: HttpRequest, visit: Visit, found: Find) -> HttpResponseBase:
    form = _concern_form(request.POST)
    saved = form.save(
        lambda typed: finding.report_concern(
            by=visit.person, at=visit.at, find=found, what=typed["what"],
            bad_light=typed.get("bad_light", False),
        )
    )  # fmt: skip
    if saved is None:
        return find_page(request, visit, found, concern_form=form, wrong=form, status=422)
    return done(request, _("Concern reported. The people who deal with it have been told."), here())


def _leave(request: HttpRequest, visit: Visit, found: Find) -> HttpResponseBase:
    form = LeaveForm(request.POST)
    if form.save(lambda typed: finding.leave(by=visit.person, at=visit.at, find=found, **typed)):
        return done(request, _("Left as it is."), here())
    return find_page(request, visit, found, leave_form=form, wrong=form, status=422)


def _reopen(request: HttpRequest, visit: Visit, found: Find) -> HttpResponseBase:
    finding.reopen(by=visit.person, at=visit.at, find=found)
    return done(request, _("It’s back in the list to read."), here(find=found.pk))


WITH_WATCH: Mapping[str, Callable[[HttpRequest, Visit, Watch], HttpResponseBase]] = {
    "end": _end,
    "feed": _feed,
    "remove": _remove,
    "hand": _hand,
    "alert": _alert,
}
WITH_FIND: Mapping[str, Callable[[HttpRequest, Visit, Find], HttpResponseBase]] = {
    "inbox": _to_inbox,
    "press": _to_press,
    "concern": _concern,
    "leave": _leave,
    "reopen": _reopen,
}

urlpatterns = [
    path("inbox/listening", start, name="listening-start"),
    path("inbox/listening/often", how_often, name="listening-often"),
    path("inbox/listening/watches/<int:pk>", on_watch, name="listening-watch"),
    path("inbox/listening/posts/<int:pk>", on_find, name="listening-find"),
]
