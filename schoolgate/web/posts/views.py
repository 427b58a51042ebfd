"""Posts: the list, one post, and what each person may do about it."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput, NotAllowed, NotFound
from schoolgate.duties.queries import standing as standing_duties
from schoolgate.media.actions import vouch
from schoolgate.media.rules import check_may_vouch
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.people.queries import book_of
from schoolgate.people.rules import can
from schoolgate.policy.access import SEES_DECISIONS
from schoolgate.policy.keeping import GOES_AHEAD
from schoolgate.publishing import actions, queries, rules, standing
from schoolgate.publishing.models import Post, TakeDownPost
from schoolgate.publishing.states import CAN_BE_CHANGED, PostState, Purpose
from schoolgate.rulebook.kinds import REFUSED
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.numbers import number_in
from schoolgate.web.frame.undo import undo_by
from schoolgate.web.posts import marks as posts_marks
from schoolgate.web.posts import take_down as posts_take_down
from schoolgate.web.posts import writing as posts_writing
from schoolgate.web.posts.acts import ConsentListForm, SendBackForm, sent
from schoolgate.web.posts.forms import people_in_words
from schoolgate.web.posts.shown import verdicts_shown
from schoolgate.web.posts.wording import REASONS, STATE_KINDS, delivery_shown, history, snippet, texts

PAGE = 25
JUDGED = CAN_BE_CHANGED
"""Once something has been sent the decision of that moment counts, not today's answer."""


@dataclass(frozen=True)
class Tab:
    """One heading of the list, and the states of the posts below it."""

    key: str
    label: str | Promise
    states: tuple[PostState, ...]


TABS = (
    Tab("", _("All"), ()),
    Tab("drafts", _("Drafts"), (PostState.DRAFT,)),
    Tab("waiting", _("Needs approval"), (PostState.SUBMITTED,)),
    Tab("going", _("Scheduled"), (PostState.APPROVED, PostState.SENDING)),
    Tab("published", _("Published"), (PostState.PUBLISHED,)),
    Tab("stuck", _("Needs action"), (PostState.NOT_SENT, PostState.EXPIRED)),
    Tab(
        "over",
        _("Taken down or withdrawn"),
        (PostState.TAKING_DOWN, PostState.TAKEN_DOWN, PostState.WITHDRAWN),
    ),
)


@dataclass(frozen=True)
class Neighbours:
    """The query strings of the pages beside this one, for `<c-pager>`."""

    newer: str = ""
    older: str = ""


@page(place="posts")
def posts(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Posts, newest first, by where they stand."""
    tab = next((tab for tab in TABS if tab.key == request.GET.get("show", "")), None)
    if tab is None:
        raise NotFound
    before = number_in(request.GET["before"]) if "before" in request.GET else None
    found, older = queries.posts_page(
        before=before, limit=PAGE, states=tab.states, seen_by=visit.person, on=visit.on
    )
    goes = standing.may_take_down(visit.person, found, on=visit.on)
    shown = {"show": tab.key} if tab.key else {}
    context = {
        "visit": visit,
        "tab": tab,
        "tabs": TABS,
        "rows": [_row(post, goes) for post in found],
        "page": Neighbours(
            newer=urlencode(shown) or "show=" if before else "",
            older=urlencode({**shown, "before": older}) if older else "",
        ),
        "may_write": "write_post" in visit.capacities,
        "may_stop": "stop_everything" in visit.capacities,
    }
    return render(request, "posts/list.html", context)


def _row(post: Post, goes: Container[int]) -> dict[str, Any]:
    return {
        "post": post,
        "may_take_down": post.pk in goes,
        "snippet": snippet(post),
        "accounts": ", ".join(target.account.name for target in post.targets.all()),
        "kind": STATE_KINDS[post.state],
    }


@page(place="posts")
def post(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """One post: what goes out, what the policy says, who has to do what, and how it went."""
    found = queries.post_for(visit.person, pk, on=visit.on)
    context = _content(visit, found) | _judged(visit, found) | _acts(visit, found)
    context |= posts_marks.marks_of_page(visit, found)
    return render(request, "posts/post.html", context)


def _content(visit: Visit, found: Post) -> dict[str, Any]:
    stopped = rules.stopped(found.school_id, at=visit.at)
    deliveries = [delivery_shown(each, stopped=stopped) for each in found.deliveries.all()]
    book = book_of(visit.federation)
    asked = standing_duties("post.approve", [found])
    role_names = book.role_names
    return {
        "visit": visit,
        "post": found,
        "kind": STATE_KINDS[found.state],
        "texts": texts(found.targets.all()),
        "people": people_in_words(found),
        "approval": queries.standing_approval(found),
        "asked": [
            role_names.get(duty.role_key, duty.person.name if duty.person else "")
            for duties in asked.values()
            for duty in duties
        ],
        "deliveries": [each for each in deliveries if each.delivery.purpose == Purpose.PUBLISH],
        "removals": [each for each in deliveries if each.delivery.purpose == Purpose.TAKE_DOWN],
        "history": history(
            found, book, seen_by=visit.person, all_decisions=bool(visit.capacities & SEES_DECISIONS)
        ),
        "stopped": stopped,
        "take_downs": [
            {"act": each.take_down, "reason": REASONS.get(each.take_down.reason, "")}
            for each in TakeDownPost.objects.filter(post=found).select_related("take_down__by").order_by("id")
        ],
        "checks": _checks(found),
    }


def _checks(found: Post) -> list[dict[str, Any]]:
    """For each network: whether the consent list was checked for the picture, by whom, with which answer."""
    if found.picture is None or found.picture.shows_people is False:
        return []
    made = queries.checks_of(found)
    networks = dict.fromkeys(target.account.network for target in found.targets.all())
    return [
        {"network": all_capabilities()[network].name, "key": network, "check": made.get(network)}
        for network in networks
    ]


def _judged(visit: Visit, found: Post) -> dict[str, Any]:
    if found.state not in JUDGED:
        return {"verdicts": [], "problems": [], "owes": False}
    judged = queries.judged(found, at=visit.at)
    return {
        "verdicts": verdicts_shown(judged, at=visit.at),
        "problems": list(rules.problems_of(found, on=visit.on).values()),
        "owes": any(queries.author_still_owes(each.decision) for each in judged),
        "forbidden": any(each.decision.outcome in REFUSED for each in judged),
    }


def _acts(visit: Visit, found: Post) -> dict[str, Any]:
    """Which buttons this person is shown, and why one of them is out of reach."""
    who, on = visit.person, visit.on
    own = found.author_id == who.pk
    changes = own and can(rules.check_may_change, who, found, on=on) and found.state in CAN_BE_CHANGED
    waits = found.state == PostState.SUBMITTED
    approves = waits and can(rules.check_may_approve, who, found, on=on)
    wanting = approves and any(
        each.decision.outcome not in GOES_AHEAD for each in queries.judged(found, at=visit.at, approver=who)
    )
    return {
        "own": own,
        "may_change": changes,
        "may_submit": changes and found.state == PostState.DRAFT,
        "may_approve": approves,
        "wanting": wanting,
        "seen": queries.seen_now(found, at=visit.at) if approves else "",
        "why_not_approve": _why_not_approve(visit, found) if waits and not approves else None,
        "may_take_down": found.state in standing.STANDS and can(rules.check_may_take_down, who, found, on=on),
        "may_vouch": bool(_checks(found))
        and found.state in CAN_BE_CHANGED
        and can(check_may_vouch, who, found.school, on=on),
    }


def _why_not_approve(visit: Visit, found: Post) -> NotAllowed | None:
    try:
        rules.check_may_approve(visit.person, found, on=visit.on)
    except NotAllowed as why:
        return why
    return None


@page(methods=("POST",))
def submit(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Hand a post in for approval."""
    found = queries.post_for(visit.person, pk, on=visit.on)
    actions.submit_post(by=visit.person, at=visit.at, post=found)
    told = _("Sent for approval. The approvers will see it on their Today page.")
    return done(request, told, "post", pk=pk, undo=undo_by("post-take-back", pk))


@page(methods=("POST",))
def approve(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Approve exactly what the page showed."""
    found = queries.post_for(visit.person, pk, on=visit.on)
    approved = actions.approve_post(
        by=visit.person, at=visit.at, post=found, seen=request.POST.get("seen", "")
    )
    if approved.state == PostState.EXPIRED:
        return done(
            request,
            _("Not approved, because its scheduled time has passed. The author needs to set a new time."),
            "post",
            pk=pk,
        )
    way_back = undo_by("post-approval-take-back", pk)
    if approved.planned_at:
        return done(
            request, _("Approved. It will be posted at its scheduled time."), "post", pk=pk, undo=way_back
        )
    return done(
        request, _("Approved. It will be posted within a minute or two."), "post", pk=pk, undo=way_back
    )


@page(place="posts")
def send_back(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Give a post back to its author with a reason."""
    found = queries.post_for(visit.person, pk, on=visit.on)
    rules.check_may_approve(visit.person, found, on=visit.on)
    form = SendBackForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.send_back(by=visit.person, at=visit.at, post=found, reason=form.cleaned_data["reason"])
        except BadInput as error:
            form.refuse(error)
        else:
            return done(request, _("Changes requested. The author can see your reason."), "post", pk=pk)
    return _form(request, "posts/send_back.html", form, found)


@page(methods=("POST",))
def withdraw(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take back a post that nothing has been sent of."""
    found = queries.post_for(visit.person, pk, on=visit.on)
    actions.withdraw_post(by=visit.person, at=visit.at, post=found)
    told = _("Withdrawn. It won’t be posted.")
    return done(request, told, "post", pk=pk, undo=undo_by("post-take-up", pk))


@page(place="posts")
def consent_list(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say that the school's consent list was checked for the picture, network by network."""
    found = queries.post_for(visit.person, pk, on=visit.on)
    if found.picture is None:
        raise NotFound
    check_may_vouch(visit.person, found.school, on=visit.on)
    checks = _checks(found)
    form = ConsentListForm(sent(request), channels=[(each["key"], each["network"]) for each in checks])
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            for channel in typed["channels"]:
                vouch(
                    by=visit.person,
                    at=visit.at,
                    picture=found.picture,
                    channel=channel,
                    list_dated=typed["list_dated"],
                    everybody_may=typed["everybody_may"] == "yes",
                )
        except BadInput as error:
            form.refuse(error)
        else:
            return done(request, _("Your picture check has been recorded under your name."), "post", pk=pk)
    return _form(request, "posts/consent_list.html", form, found)


def _form(request: HttpRequest, template: str, form: Any, found: Post) -> HttpResponseBase:
    context = {"form": form, "post": found, "snippet": snippet(found, letters=200)}
    return render(request, template, context, status=422 if form.errors else 200)


urlpatterns = [
    path("posts", posts, name="posts"),
    *posts_writing.urlpatterns,
    *posts_marks.urlpatterns,
    *posts_take_down.urlpatterns,
    path("posts/<int:pk>", post, name="post"),
    path("posts/<int:pk>/submit", submit, name="post-submit"),
    path("posts/<int:pk>/approve", approve, name="post-approve"),
    path("posts/<int:pk>/send-back", send_back, name="post-send-back"),
    path("posts/<int:pk>/withdraw", withdraw, name="post-withdraw"),
    path("posts/<int:pk>/consent-list", consent_list, name="post-consent-list"),
]
