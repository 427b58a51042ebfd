"""Pictures on pages: taken in before the page's transaction opens, and shown to persons of the federation."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.core import files, vault
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.core.models import School
from schoolgate.media import actions, queries
from schoolgate.media.models import Picture
from schoolgate.media.proving import MOST_BYTES, ProvenPicture
from schoolgate.publishing.models import Post
from schoolgate.publishing.queries import picture_for
from schoolgate.web.doors import Visit, page
from schoolgate.web.numbers import number_in
from schoolgate.web.posts_form import PostForm

# No script, no frame: a picture is shown and nothing else, whatever somebody managed to put into the file.
PICTURE_POLICY = "default-src 'none'; sandbox"


@dataclass(frozen=True)
class Taken:
    """An upload that was proven and put into the store; its row is written inside the scope."""

    proven: ProvenPicture
    digest: str


def take_picture(request: HttpRequest) -> Taken | BadInput | None:
    """The door's `prepare`: prove what was uploaded and store it. None where nothing was.

    What is wrong with it is handed on, not raised: the page shows it beside the field and keeps what was
    typed.
    """
    upload = request.FILES.get("picture") if request.method == "POST" else None
    if upload is None:
        return None
    try:
        if upload.size is None or upload.size > MOST_BYTES:
            raise BadInput(
                {"picture": _("This picture is larger than 20 MB. Save a smaller copy and choose that.")}
            )
        proven = actions.take_in(upload.read())
    except BadInput as error:
        return error
    visit: Visit = request.visit  # type: ignore[attr-defined]
    return Taken(proven, actions.store(proven, federation_id=visit.federation.pk))


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
    school = School.objects.filter(pk=school_pk).first()
    if school is None:
        raise NotFound
    error = visit.prepared if isinstance(visit.prepared, BadInput) else None
    form = PostForm(request.POST, accounts=[], columns=[], languages=[])
    form.not_judged()
    context: dict[str, Any] = {
        "school": school,
        "form": form,
        "picture": picture_of_form(request, visit, school=school, post=None),
        "picture_error": error.fields["picture"] if error else "",
    }
    return render(request, "pictures/_chosen.html", context, status=422 if error else 200)


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
    # The address is that of a row, and the row never changes its file; only this browser may keep it.
    answer["Cache-Control"] = "private, max-age=3600, immutable"
    answer["ETag"] = f'"{found.digest}"'
    return answer


def picture_answer(file: BinaryIO, media_type: str, name: str, *, as_file: bool = False) -> FileResponse:
    """The bytes of a picture and nothing that a browser could run; `name`: for the download, no ending."""
    ending = {"image/jpeg": "jpg"}.get(media_type, media_type.rpartition("/")[2])
    answer = FileResponse(file, content_type=media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = PICTURE_POLICY
    answer["Content-Disposition"] = f'{"attachment" if as_file else "inline"}; filename="{name}.{ending}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def sealed_picture(ref: int, media_type: str) -> HttpResponse:
    """A picture that lies in the vault: shown, and never kept by a browser. Raises NotFound where
    no key opens it."""
    try:
        content = base64.b64decode(vault.reveal(ref))
    except (vault.CannotOpen, binascii.Error):
        raise NotFound from None
    answer = HttpResponse(content, content_type=media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = PICTURE_POLICY
    answer["Cache-Control"] = "no-store"
    return answer


urlpatterns = [
    path("pictures/<int:pk>", picture, name="picture"),
    path("schools/<int:school_pk>/pictures", upload, name="picture-upload"),
]
