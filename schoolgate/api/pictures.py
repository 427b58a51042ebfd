"""Pictures: received before any transaction opens, and returned as every network receives them."""

from typing import Annotated

from django.http import HttpRequest
from django.http.response import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import File, Form, Router, UploadedFile
from pydantic import Field

from schoolgate.api.calls import Call, call_of, enter, inside, once
from schoolgate.api.fields import NO_NUL, Id, In, Out, PathId
from schoolgate.core import files
from schoolgate.core.errors import BadInput
from schoolgate.core.models import School
from schoolgate.media import pictures
from schoolgate.media.models import Picture
from schoolgate.media.proving import MOST_BYTES
from schoolgate.publishing.queries import picture_for

router = Router(tags=["pictures"])


class PictureIn(In):
    """A description of a picture. What is left out is unknown and still has to be answered."""

    school: Id
    alt: Annotated[str, Field(max_length=1000, pattern=NO_NUL)] = ""
    shows_people: bool | None = None
    shows_pupils: bool | None = None


class PictureOut(Out):
    """A picture as every network will receive it, without what a camera adds. Sizes: pixels and bytes."""

    id: int
    school: int
    media_type: str
    width: int
    height: int
    size: int
    alt: str
    shows_people: bool | None
    shows_pupils: bool | None


@router.post("", response={201: PictureOut})
def add_picture(
    request: HttpRequest,
    picture: Annotated[UploadedFile, File(description="JPEG, HEIC, PNG, WebP or AVIF, up to 20 MB.")],
    about: Form[PictureIn],
) -> PictureOut:
    """Add a picture of your own."""
    with enter(request):
        call = call_of(request)
        pictures.check_may_add(call.person, _school(about.school), on=call.on)
        federation_id = call.person.federation.pk
    if picture.size is None or picture.size > MOST_BYTES:
        raise BadInput(
            {"picture": _("This picture is larger than 20 MB. Save a smaller copy and choose that.")}
        )
    proven = pictures.take_in(picture)
    digest = pictures.store(proven, federation_id=federation_id)

    def add() -> int:
        added = pictures.add_picture(
            by=call.person,
            at=call.at,
            school=_school(about.school),
            proven=proven,
            digest=digest,
            alt=about.alt,
            shows_people=about.shows_people,
            shows_pupils=about.shows_pupils,
        )
        return added.pk

    with enter(request):
        answer: PictureOut = once(request, call, add, shown=_as_it_is)
        return answer


add_picture.does_once = True  # type: ignore[attr-defined]


def _as_it_is(call: Call, pk: int) -> PictureOut:
    return _out(picture_for(call.person, pk, on=call.on))


@router.get("/{picture_id}", response=PictureOut)
@inside
def get_picture(call: Call, picture_id: PathId) -> PictureOut:
    """The description of a picture."""
    return _as_it_is(call, picture_id)


BYTES = {"schema": {"type": "string", "format": "binary"}}
FILE = {
    "responses": {200: {"description": "The file.", "content": {"image/jpeg": BYTES, "image/png": BYTES}}}
}


@router.get("/{picture_id}/file", openapi_extra=FILE)
@inside
def get_picture_file(call: Call, picture_id: PathId) -> HttpResponse:
    """The file itself."""
    found = picture_for(call.person, picture_id, on=call.on)
    answer = HttpResponse(files.read(found.digest), content_type=found.media_type)
    answer["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    answer["Cache-Control"] = "private, max-age=3600, immutable"
    return answer


def _school(pk: int) -> School:
    found = School.objects.filter(pk=pk).first()
    if found is None:
        raise BadInput({"school": _("This school doesn’t exist. Give the ID of one you can see.")})
    return found


def _out(picture: Picture) -> PictureOut:
    return PictureOut(
        id=picture.pk,
        school=picture.school_id,
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
        size=picture.size,
        alt=picture.alt,
        shows_people=picture.shows_people,
        shows_pupils=picture.shows_pupils,
    )
