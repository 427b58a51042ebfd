"""One older post that may name or show a pupil, or an account's older pictures: what to do, one person's
word, and another's look."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.publishing.past_posts import look_at_older, older_for, say_older
from schoolgate.web.frame.doors import Visit, done, page


@page(place="posts")
def older_post(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show what has to be taken down or looked through, and take the word of the one and the other."""
    row = older_for(visit.person, pk, on=visit.on)
    do = request.POST.get("do", "")
    if do == "say":
        say_older(by=visit.person, at=visit.at, row=row, said=request.POST.get("said", ""))
        return done(request, _("Saved. Someone else will check."), "older-post", pk)
    if do == "look":
        look_at_older(by=visit.person, at=visit.at, row=row, right="right" in request.POST)
        return done(request, _("Saved."), "older-post", pk)
    return render(
        request,
        "past/older.html",
        {"row": row, "post": row.post, "pupil": row.pupil, "may_look": row.said_by_id != visit.person.pk},
    )


urlpatterns = [path("posts/before/older/<int:pk>", older_post, name="older-post")]
