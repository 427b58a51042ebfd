"""The picture of a post: uploaded while writing, and shown to people involved in the post."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path

from schoolgate.core import files
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput
from schoolgate.core.models import School
from schoolgate.media import actions, queries
from schoolgate.media.models import Picture
from schoolgate.media.replacing import drop_replaced
from schoolgate.policy.queries import in_force
from schoolgate.publishing.author_questions import asked_of_people
from schoolgate.publishing.models import Post
from schoolgate.publishing.queries import picture_for, school_to_write_for
from schoolgate.web.frame.doors import Visit, page
from schoolgate.web.frame.numbers import number_in
from schoolgate.web.frame.pictures import Taken, picture_answer, take_picture
from schoolgate.web.posts.forms import PostForm


def picture_of_form(
    request: HttpRequest, visit: Visit, *, school: School, post: Post | None
) -> Picture | None:
    """The picture that the form is about: the one just uploaded, the one it carries, or the post's own.

    Raises NotFound for one that is neither this person's nor this post's, or that belongs to another school.
    """
    if isinstance(visit.prepared, Taken):
        return actions.add_picture(
            by=visit.person,
            at=visit.at,
            school=school,
            proven=visit.prepared.proven,
            digest=visit.prepared.digest,
        )
    if request.method != "POST":
        return post.picture if post else None
    asked = request.POST.get("kept_picture", "")
    if not asked or request.POST.get("do") == "no-picture":
        return None
    kept = post.picture_id if post else None
    return queries.picture_for(visit.person, number_in(asked), school=school, kept=kept)


@page(place="posts", capacity="write_post", prepare=take_picture, methods=("POST",))
def upload(request: HttpRequest, visit: Visit, school_pk: int) -> HttpResponseBase:
    """Take one picture in while the post is still being written; answers a piece of the page."""
    school = school_to_write_for(visit.person, school_pk, on=visit.on)
    error = visit.prepared if isinstance(visit.prepared, BadInput) else None
    columns = asked_of_people(in_force(visit.on).book)
    form = PostForm(request.POST, accounts=[], columns=columns, languages=[])
    form.not_judged()
    found = picture_of_form(request, visit, school=school, post=None)
    if not error and (before := request.POST.get("replaces", "")):
        kept = queries.picture_for(visit.person, number_in(before), school=school)
        drop_replaced(by=visit.person, at=visit.at, picture=kept)
    context: dict[str, Any] = {
        "school": school,
        "form": form,
        "picture": found,
        "picture_error": error.fields["picture"] if error else "",
    }
    return render(request, "posts/_picture.html", context, status=422 if error else 200)


@page(place="posts", methods=("GET", "HEAD"))
def picture(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """The file itself, for persons of its federation who have a part in it. Its bytes are read after the
    scope is closed."""
    found = picture_for(visit.person, pk, on=visit.on)
    name = f"{found.school.slug}-{local_day(found.added_at)}-picture-{found.pk}"
    answer = picture_answer(
        files.path_of(found.digest).open("rb"),
        found.media_type,
        name,
        as_file="download" in request.GET,
    )
    # The address names a row, and the row never changes its file. Only this browser may cache it.
    answer["Cache-Control"] = "private, max-age=3600, immutable"
    answer["ETag"] = f'"{found.digest}"'
    return answer


urlpatterns = [
    path("pictures/<int:pk>", picture, name="picture"),
    path("schools/<int:school_pk>/pictures", upload, name="picture-upload"),
]
