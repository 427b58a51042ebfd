"""Views of the "Undo" button: each undoes one recent action and says what the status is now."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.inbox.actions.undoing import open_closed_item
from schoolgate.inbox.listing import item_for
from schoolgate.publishing import queries
from schoolgate.publishing.actions.undoing import (
    take_back_approval,
    take_back_post,
    take_up_withdrawn_post,
)
from schoolgate.publishing.states import PostState
from schoolgate.web.frame.doors import Visit, done, page


@page(place="inbox", methods=("POST",))
def item_open(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Open again what was closed."""
    open_closed_item(by=visit.person, at=visit.at, item=item_for(visit.person, pk, on=visit.on))
    return done(request, _("Undone. It’s open again, with the same deadline."), "item", pk)


@page(place="posts", methods=("POST",))
def post_back(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Withdraw a post that was sent for approval."""
    take_back_post(by=visit.person, at=visit.at, post=queries.post_for(visit.person, pk, on=visit.on))
    return done(
        request, _("Undone. It’s a draft again, and no one will be asked to approve it."), "post", pk=pk
    )


@page(place="posts", methods=("POST",))
def approval_back(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Withdraw an approval, until the post is handed to the sender."""
    found = queries.post_for(visit.person, pk, on=visit.on)
    if take_back_approval(by=visit.person, at=visit.at, post=found).state == PostState.DRAFT:
        return done(request, _("Undone. It’s a draft again and won’t be posted."), "post", pk=pk)
    return done(request, _("Undone. It needs approval again and won’t be posted."), "post", pk=pk)


@page(place="posts", methods=("POST",))
def withdrawn_up(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take up again what was withdrawn."""
    take_up_withdrawn_post(by=visit.person, at=visit.at, post=queries.post_for(visit.person, pk, on=visit.on))
    return done(
        request, _("Undone. It’s a draft again. Send it for approval when it’s ready."), "post", pk=pk
    )


urlpatterns = [
    path("inbox/<int:pk>/open-again", item_open, name="item-open-again"),
    path("posts/<int:pk>/take-back", post_back, name="post-take-back"),
    path("posts/<int:pk>/approval/take-back", approval_back, name="post-approval-take-back"),
    path("posts/<int:pk>/take-up", withdrawn_up, name="post-take-up"),
]
