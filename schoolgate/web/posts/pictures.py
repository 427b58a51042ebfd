"""The pictures of a post: uploaded in pieces and put in order while writing, and shown to people involved
in it."""

from __future__ import annotations

import base64
import binascii
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO, cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext

from schoolgate.core import files, pieces
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound, NotNow, Text
from schoolgate.core.models import School
from schoolgate.core.pieces import LARGEST_PIECE, Owner, WrongOffset
from schoolgate.media.films import MOST_BYTES as MOST_FILM_BYTES
from schoolgate.media.models import Picture, WordsRead, film_of
from schoolgate.media.pictures import StoredFilm, add_film, add_picture, drop_replaced, small_copy
from schoolgate.media.pictures import picture_for as stored_picture_for
from schoolgate.media.proving import MOST_BYTES
from schoolgate.media.words import words_of
from schoolgate.policy.queries import in_force
from schoolgate.publishing.author_questions import asked_by
from schoolgate.publishing.models import MOST_PICTURES, Post
from schoolgate.publishing.news import check_sends
from schoolgate.publishing.queries import picture_for, post_for, school_to_write_for
from schoolgate.publishing.rules import check_may_change
from schoolgate.web.frame.doors import Visit, page
from schoolgate.web.frame.paging import number_in, small_in
from schoolgate.web.frame.pictures import NoFilm, Taken, picture_answer, take_film, take_upload
from schoolgate.web.frame.uploads import takes_up_to
from schoolgate.web.posts.filled_in import (
    ADD_FILM,
    FILM_ALONE,
    FILM_MISSING,
    WHO,
    film_fields,
    film_of_picture,
)
from schoolgate.web.posts.forms import PostForm

# Uploads in pieces, by the core of the tus protocol (1.0.0): begin, ask how much has arrived, send the next
# piece. What has arrived is used by the form that names it, and checked there like any other file.

VERSION = "1.0.0"
PIECE = "application/offset+octet-stream"


def owner_of(request: HttpRequest) -> Owner:
    """Return whose uploads a request is about."""
    visit: Visit = request.visit  # type: ignore[attr-defined]
    return Owner(visit.federation.pk, visit.person.pk)


def _begin(request: HttpRequest) -> HttpResponse:
    length = _number(request, "Upload-Length")
    try:
        found = pieces.begin(owner_of(request), purpose=_purpose(request), length=length)
    except BadInput as error:
        return _answer(413 if length > 0 else 400, str(error.fields["upload"]))
    except NotNow as error:
        return _answer(429, error.message)
    answer = _answer(201)
    answer["Location"], answer["Upload-Offset"] = reverse("upload", args=[found.key]), "0"
    return answer


def _continue(request: HttpRequest) -> HttpResponse:
    match = request.resolver_match
    try:
        found = pieces.find(owner_of(request), match.kwargs["key"] if match else "")
        if request.method == "DELETE":
            pieces.drop(found)
            return _answer(204)
        if request.method == "PATCH":
            return _take(request, found)
        answer = _answer(200)
        answer["Upload-Offset"], answer["Upload-Length"] = str(found.offset), str(found.length)
    except (NotFound, FileNotFoundError):  # the form that names it was sent in another window
        return _answer(404)
    return answer


@page(check=check_sends, prepare=_begin, methods=("POST",))
def begin_upload(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Begin an upload of an announced length, for a purpose. The work on files is done before the scope."""
    return cast("HttpResponse", visit.prepared)


@page(check=check_sends, prepare=_continue, methods=("HEAD", "PATCH", "DELETE"))
def go_on_with_upload(request: HttpRequest, visit: Visit, key: str) -> HttpResponseBase:
    """Tell how much of an upload has arrived, take the next piece, or delete it."""
    return cast("HttpResponse", visit.prepared)


def _take(request: HttpRequest, found: pieces.Upload) -> HttpResponse:
    if request.content_type != PIECE:
        return _answer(415)
    offset = _number(request, "Upload-Offset")
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_PIECE:
        return _answer(413)
    try:
        there = pieces.add(found, offset=offset, piece=request.body)
    except WrongOffset as error:
        answer = _answer(409, error.message)
        answer["Upload-Offset"] = str(error.offset)
        return answer
    except BadInput as error:
        return _answer(413, str(error.fields["upload"]))
    except NotNow as error:
        return _answer(423, error.message)
    answer = _answer(204)
    answer["Upload-Offset"] = str(there)
    return answer


def _purpose(request: HttpRequest) -> str:
    """Return the purpose out of `Upload-Metadata`: pairs of a name and a word in base64."""
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        name, _space, word = pair.strip().partition(" ")
        if name == "purpose":
            try:
                return base64.b64decode(word, validate=True).decode("ascii")
            except (binascii.Error, UnicodeDecodeError):
                return ""
    return ""


def _number(request: HttpRequest, header: str) -> int:
    """Return a header as a number; -1 where it is none."""
    found = small_in(request.headers.get(header, ""), most=10**12)
    return -1 if found is None else found


def _answer(status: int, words: Text = "") -> HttpResponse:
    answer = HttpResponse(str(words), status=status, content_type="text/plain; charset=utf-8")
    answer["Tus-Resumable"], answer["Cache-Control"] = VERSION, "no-store"
    return answer


MOST_SENT_AT_ONCE = max((MOST_PICTURES + 1) * MOST_BYTES, MOST_FILM_BYTES + MOST_BYTES)
"""Bytes of the form of a post: all its pictures or its film at their largest, and some room to refuse one
beside its field."""
ADD = "add-pictures"
WAITS = "words_waiting"
"""The field with which a page says that it shows a picture as being read."""


@dataclass(frozen=True)
class TakenPictures:
    """The files of one upload: those that were proven and stored, and what is wrong with the others."""

    taken: Sequence[Taken] = ()
    problems: Sequence[str] = ()
    film: StoredFilm | NoFilm | None = None


def take_pictures(request: HttpRequest) -> TakenPictures:
    """Check and store the uploaded pictures and film, as `prepare` of a page. Too many at once are not looked
    at."""
    if request.method != "POST":
        return TakenPictures()
    do = request.POST.get("do", "")
    film = take_film(
        request,
        refused=FILM_ALONE if _kept(request) else "",
        missing="" if only_shows(do) and do != ADD_FILM else FILM_MISSING,
    )
    if "film" in request.FILES:
        return TakenPictures(film=film)
    try:
        arrived = [
            pieces.take(owner_of(request), key, purpose="picture")
            for key in dict.fromkeys(request.POST.getlist("uploaded")[: MOST_PICTURES + 1])
        ]
    except (NotFound, BadInput) as error:
        said = error.fields["upload"] if isinstance(error, BadInput) else error.message
        return TakenPictures(problems=[str(said)], film=film)
    try:
        return replace(_taken(request, [*arrived, *request.FILES.getlist("pictures")]), film=film)
    finally:
        for each in arrived:
            pieces.use(each)


def _taken(request: HttpRequest, uploads: Sequence[Any]) -> TakenPictures:
    replaced = request.POST.get("replaces", "") in _kept(request)
    if len(uploads) + len(_kept(request)) - replaced > MOST_PICTURES:
        return TakenPictures(
            problems=[gettext("A post can have up to 4 pictures. Remove some.")] if uploads else []
        )
    taken: list[Taken] = []
    problems: list[str] = []
    for upload in uploads:
        found = take_upload(request, upload)
        if isinstance(found, Taken):
            taken.append(found)
        else:
            said = str(found.fields["picture"])
            problems.append(said if len(uploads) == 1 or not upload.name else f"{upload.name}: {said}")
    return TakenPictures(taken, problems)


def words_waited_for(request: HttpRequest, pictures: Sequence[Picture]) -> dict[int, WordsRead | None]:
    """Return what was read in those pictures that the page shows as being read, by their ids. It is asked
    before the screening, so that words that come in between are still waited for and not missed by it."""
    waited = [each for each in pictures if str(each.pk) in request.POST.getlist(WAITS)]
    rows: Mapping[int, WordsRead] = words_of(waited)
    return {each.pk: rows.get(each.pk) for each in waited}


def only_shows(do: str) -> bool:
    """Return whether this button changes the pictures on the page and saves no post."""
    return do in (ADD, ADD_FILM) or do.partition("-")[0] in _BUTTONS


@dataclass(frozen=True)
class Chosen:
    """The pictures of the form in their order, what is wrong with the files that were uploaded, and which
    picture each edited one replaces."""

    pictures: list[Picture]
    problems: Sequence[str]
    no_film: NoFilm | None = None
    replaced: Mapping[int, int] = field(default_factory=dict)

    def typed(self, sent: QueryDict) -> QueryDict:
        """Return the form as it was sent, with the description of a picture for its edited version too. Who
        can be seen is asked again: that may be what was changed."""
        typed = sent.copy()
        for new, old in self.replaced.items():
            typed[f"alt-{new}"] = sent.get(f"alt-{old}", "")
        return typed

    def tell(self, form: PostForm) -> None:
        """Add what is wrong beside the fields."""
        for problem in self.problems:
            form.add_error("pictures", problem)
        if self.no_film is not None:
            if self.no_film.why:
                form.add_error("film", str(self.no_film.why))
            form.film_captions = self.no_film.captions

    @property
    def refused(self) -> bool:
        """Whether something that was uploaded could not be taken."""
        return bool(self.problems or (self.no_film and self.no_film.why))


def room_beside(pictures: Sequence[Picture]) -> int:
    """Return how many more pictures the post may have; none beside a film."""
    return 0 if any(film_of(each) for each in pictures) else MOST_PICTURES - len(pictures)


def pictures_of_form(
    request: HttpRequest, visit: Visit, *, school: School, post: Post | None, sent_in: bool = False
) -> Chosen:
    """Return the pictures that the form is about: those it carries or the post's own, then those just
    uploaded, after the button that was pressed. One that was edited takes the place of what it replaces.
    `sent_in`: with news, for others to use.

    Raises NotFound for one that is neither this person's nor this post's, or that belongs to another school.
    """
    own = post.pictures if post else []
    if request.method != "POST":
        return Chosen(own, ())
    kept = {each.pk for each in own}
    found = [
        stored_picture_for(visit.person, number_in(asked), school=school, kept=kept)
        for asked in _kept(request)[: MOST_PICTURES + 1]
    ]
    uploaded = visit.prepared if isinstance(visit.prepared, TakenPictures) else TakenPictures()
    problems = list(uploaded.problems)
    before, replaced = request.POST.get("replaces", ""), {}
    for each in uploaded.taken:
        if each.digest in {picture.digest for picture in found}:
            problems.append(gettext("This picture is in the post already."))
            continue
        added = add_picture(
            by=visit.person, at=visit.at, school=school, proven=each.proven, digest=each.digest,
            sent_in=sent_in,
        )  # fmt: skip
        place = next((place for place, one in enumerate(found) if str(one.pk) == before), None)
        if place is None:
            found.append(added)
        else:  # what was edited here takes its place, and is gone unless a post has it
            replaced[added.pk] = found[place].pk
            drop_replaced(by=visit.person, at=visit.at, picture=found[place])
            found[place] = added
    if isinstance(uploaded.film, StoredFilm) and not sent_in:
        found.append(add_film(by=visit.person, at=visit.at, school=school, film=uploaded.film))
    no_film = uploaded.film if isinstance(uploaded.film, NoFilm) else None
    return Chosen(after(found, request.POST.get("do", "")), problems, no_film, replaced)


def after(pictures: Sequence[Picture], do: str) -> list[Picture]:
    """Return the pictures as they are after the button `up-<id>`, `down-<id>` or `remove-<id>`; unchanged
    for every other."""
    verb, _dash, number = do.partition("-")
    place = next((place for place, each in enumerate(pictures) if str(each.pk) == number), None)
    found = list(pictures)
    if place is None or verb not in _BUTTONS:
        return found
    moved = found.pop(place)
    if verb != "remove":
        found.insert(max(0, place + _BUTTONS[verb]), moved)
    return found


_BUTTONS: Mapping[str, int] = {"up": -1, "down": 1, "remove": 0}


def _kept(request: HttpRequest) -> list[str]:
    return [each for each in dict.fromkeys(request.POST.getlist("kept_picture")) if each]


def rows_of(form: PostForm, do: str = "") -> list[dict[str, Any]]:
    """Return each picture as its row shows it: open is the first that wants something, or the one that was
    moved. `go_to`: the button that was pressed, which stays under the finger; where it is gone, the one
    beside it."""
    verb, _dash, number = do.partition("-")
    last = len(form.chosen)
    rows: list[dict[str, Any]] = []
    for place, picture in enumerate(form.chosen, start=1):
        alt, who = form[f"alt-{picture.pk}"], form[f"who-{picture.pk}"]
        go_to = verb if str(picture.pk) == number else ""
        if (go_to, place) in (("up", 1), ("down", last)):
            go_to = "down" if place == 1 else "up"
        rows.append(
            {
                "picture": picture,
                "film": film_fields(form, picture),
                "place": place,
                "first": place == 1,
                "last": place == last,
                "alt": alt,
                "who": who,
                "seen": dict(WHO).get(who.value(), ""),
                "open": bool(alt.errors or who.errors or go_to),
                "wanting": not (alt.value() and who.value()),
                "go_to": go_to,
            }
        )
    if not any(each["open"] for each in rows):
        first = next((each for each in rows if each["wanting"] or last == 1), None)
        if first is not None:
            first["open"] = True
    return rows


@takes_up_to(MOST_SENT_AT_ONCE)
@page(place="posts", capacity="write_post", prepare=take_pictures, methods=("POST",))
def upload(request: HttpRequest, visit: Visit, school_pk: int) -> HttpResponseBase:
    """Take pictures in, move or remove one while the post is still being written; answers a piece of the
    page."""
    school = school_to_write_for(visit.person, school_pk, on=visit.on)
    post = _post_of(request, visit, school)
    chosen = pictures_of_form(request, visit, school=school, post=post)
    columns = asked_by(visit.person, school, in_force(visit.on).book, on=visit.on)
    form = PostForm(
        chosen.typed(request.POST), accounts=[], columns=columns, languages=[], pictures=chosen.pictures,
        school=school,
    )  # fmt: skip
    form.not_judged()
    chosen.tell(form)
    context: dict[str, Any] = {
        "school": school,
        "post": post,
        "form": form,
        "pictures": rows_of(form, request.POST.get("do", "")),
        "room": room_beside(chosen.pictures),
    }
    return render(request, "posts/_pictures.html", context, status=422 if chosen.refused else 200)


def _post_of(request: HttpRequest, visit: Visit, school: School) -> Post | None:
    """The saved post that is being changed, whose pictures may be another person's. Raises NotFound."""
    asked = request.POST.get("of_post", "")
    if not asked:
        return None
    found = post_for(visit.person, number_in(asked), on=visit.on)
    check_may_change(visit.person, found, on=visit.on)
    if found.school_id != school.pk:
        raise NotFound
    return found


@page(place="posts", methods=("GET", "HEAD"))
def picture(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """The file itself, for persons of its federation who have a part in it. Its bytes are read after the
    scope is closed."""
    found = picture_for(visit.person, pk, on=visit.on)
    if "film" in request.GET or "captions" in request.GET:
        return film_of_picture(request, found)
    name = f"{found.school.slug}-{local_day(found.added_at)}-picture-{found.pk}"
    file: BinaryIO = files.opened(found.digest)
    media_type, small = found.media_type, "small" in request.GET
    if small:
        with file as whole:
            file, media_type = io.BytesIO(small_copy(whole)), "image/jpeg"
    answer = picture_answer(file, media_type, name, as_file="download" in request.GET)
    # The address names a row, and the row never changes its file. Only this browser may cache it.
    answer["Cache-Control"] = "private, max-age=3600, immutable"
    answer["ETag"] = f'"{found.digest}{"-small" * small}"'
    return answer


urlpatterns = [
    path("uploads", begin_upload, name="uploads"),
    path("uploads/<str:key>", go_on_with_upload, name="upload"),
    path("pictures/<int:pk>", picture, name="picture"),
    path("schools/<int:school_pk>/pictures", upload, name="picture-upload"),
]
