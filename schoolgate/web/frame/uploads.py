"""Upload limits of pages that accept more than a picture, declared at the view and enforced on upload: one
far above the limit is not read to its end. And uploads that are sealed while they arrive: never open on the
disk, never whole in memory. Among them are files of the policy's forms: the signed copy of a paper, and a
policy's own text.

A view asks for sealing with `seals_uploads`. What no view has put into the store is removed when the request
ends; what a process that was killed had in hand is swept away (`core.sealed_files.sweep`).

Names of cookies behind https: browsers take one that begins with `__Host-` from this host alone, by https. So
no neighbour under the same domain, and no one on an open line, can put a cookie of ours into a browser.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers
from django.core.handlers.wsgi import WSGIRequest
from django.db import close_old_connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from schoolgate.core import files, sealed_files
from schoolgate.core.errors import BadInput
from schoolgate.core.outside.texts import FileKind, Proving
from schoolgate.media.proving import MOST_BYTES, prove_picture
from schoolgate.rulebook.yaml_text import LARGEST
from schoolgate.web.frame.carrying import carried_here, carry

PREFIX = "__Host-"


class OfThisHost:
    """Renames cookies where they leave and arrive; what makes and reads them knows nothing of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the request through with our own cookies only, and its answer with theirs renamed."""
        if not settings.SESSION_COOKIE_SECURE:
            return self.get_response(request)
        request.META["HTTP_COOKIE"] = ours(request.META.get("HTTP_COOKIE", ""))
        response = self.get_response(request)
        for name in list(response.cookies):
            _rename(response, name)
        return response


def ours(header: str) -> str:
    """Return the cookies of a request that only this host can have set, under the names we know."""
    if not settings.SESSION_COOKIE_SECURE:
        return header
    said = [one.strip() for one in header.split(";")]
    return "; ".join(one.removeprefix(PREFIX) for one in said if one.startswith(PREFIX))


def _rename(response: HttpResponseBase, name: str) -> None:
    told = response.cookies.pop(name)
    told.set(PREFIX + name, told.value, told.coded_value)
    told["path"], told["domain"], told["secure"] = "/", "", True
    response.cookies[PREFIX + name] = told


V = TypeVar("V", bound=Callable[..., Any])


def takes_up_to(number: int) -> Callable[[V], V]:
    """Let this page accept forms of up to this many bytes from signed-in people."""

    def mark(view: V) -> V:
        view.takes_up_to = number  # type: ignore[attr-defined]
        return view

    return mark


def most_for(request: HttpRequest | None, otherwise: int) -> int:
    """Return how many bytes this request may have. For strangers never more than `otherwise`."""
    if request is None:
        return otherwise
    try:
        most = getattr(resolve(request.path_info).func, "takes_up_to", 0)
    except Resolver404:
        return otherwise
    user = getattr(request, "user", None)
    return max(most, otherwise) if most and user is not None and user.is_authenticated else otherwise


def most_as_wsgi(told: Mapping[str, Any], otherwise: int = 0) -> int:
    """Return how many bytes a request may have of which only the headers are here, given as WSGI does."""
    cookies = ours(told.get("HTTP_COOKIE", ""))
    request = WSGIRequest({**told, "HTTP_COOKIE": cookies, "wsgi.input": io.BytesIO()})
    request.session = SessionStore(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    try:
        request.user = get_user(request)
        return most_for(request, otherwise)
    finally:
        close_old_connections()


MOST_SENT = 2 * MOST_BYTES
"""Bytes of a whole form. A picture between `MOST_BYTES` and this is refused beside its field, so that what
was typed stays; beyond it the answer is 413. A page may take more (`uploads.takes_up_to`)."""


class NotFarTooLarge(FileUploadHandler):
    """The first of the upload handlers: refuses by the announced length, before anything is stored."""

    def handle_raw_input(
        self, input_data: Any, meta: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        """Raises RequestDataTooBig, which is answered with 413."""
        if content_length > most_for(self.request, MOST_SENT):
            raise RequestDataTooBig("the request is larger than this program takes")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hands the data on to the next handler."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Do nothing: this handler stores no file."""


FORM_AROUND = 100_000


def seals_uploads(number: int) -> Callable[[V], V]:
    """Seal files of up to this many bytes that signed-in people send to this page. One of up to twice as many
    is read without being stored, so that the refusal stands beside its field."""

    def mark(view: V) -> V:
        view.seals = number  # type: ignore[attr-defined]
        return takes_up_to(2 * number + FORM_AROUND)(view)

    return mark


class SealedUpload(UploadedFile):  # type: ignore[type-arg]
    """A file in `request.FILES` that was sealed. `sealed`: as what; `kind`: what it is by its content;
    `trouble`: "too_large" or "no_room" where nothing was stored."""

    def __init__(self, draft: sealed_files.Draft) -> None:
        super().__init__(file=None, size=0)
        self.draft = draft
        self.sealed: sealed_files.SealedFile | None = None
        self.kind: FileKind | None = None
        self.trouble = ""

    def close(self) -> None:
        """Remove the draft, unless it was put into the store."""
        self.draft.drop()


class Sealing(FileUploadHandler):
    """The upload handler; it leaves alone what goes to other pages."""

    file: SealedUpload
    active = False
    _sent = 0

    def handle_raw_input(
        self, input_data: Any, meta: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        """Note how much was announced."""
        self._sent = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a draft, where the page wants it sealed."""
        super().new_file(*args, **kwargs)
        self._most = _most(self.request)
        self.active = self._most > 0
        if not self.active:
            return
        self.file = SealedUpload(sealed_files.Draft())
        self._proving = Proving()
        if not sealed_files.there_is_room(min(self._sent, self._most)):
            self._give_up("no_room")
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Seal what arrived; hand it on where the page is another's."""
        if not self.active:
            return raw_data
        upload = self.file
        if start + len(raw_data) > self._most:
            self._give_up("too_large")
        if not upload.trouble:
            upload.draft.write(raw_data)
            self._proving.see(raw_data)
        return None

    def file_complete(self, file_size: int) -> SealedUpload | None:
        """End the draft and return it as the file of the form."""
        if not self.active:
            return None
        upload = self.file
        upload.size, upload.name = file_size, self.file_name
        upload.field_name = self.field_name  # type: ignore[attr-defined]
        if not upload.trouble:
            upload.sealed = upload.draft.close()
            upload.kind = self._proving.kind()
        return upload

    def upload_interrupted(self) -> None:
        """Leave nothing behind."""
        if self.active:
            self.file.close()

    def _give_up(self, trouble: str) -> None:
        if not self.file.trouble:
            self.file.trouble = trouble
            self.file.draft.drop()


def _most(request: HttpRequest | None) -> int:
    user = getattr(request, "user", None)
    if request is None or user is None or not user.is_authenticated:
        return 0
    try:
        return int(getattr(resolve(request.path_info).func, "seals", 0))
    except Resolver404:
        return 0


def kept_upload(request: HttpRequest) -> files.StoredFile | BadInput | None:
    """Check the signed copy and put it into the file store, before any transaction.

    Returns: the stored file, the BadInput that `scan_of` will raise, or None where no file was sent.
    """
    if request.method != "POST":
        return None
    federation_id = request.visit.federation.pk  # type: ignore[attr-defined]
    sent = request.FILES.get("scan")
    if sent is None:
        before = carried_here(request, "scan", federation_id=federation_id)
        if before is not None:
            carry(request, "scan", before, federation_id=federation_id)
        return before
    if sent.size is None or sent.size > MOST_BYTES:
        return BadInput({"scan": _("This file is too large (20 MB maximum). Save a smaller one.")})
    try:
        content, media_type = _proven(sent.read())
    except BadInput:
        return BadInput({"scan": _("This file is not a PDF or a picture. Choose the file again.")})
    kept = files.keep(content, media_type, federation_id=federation_id)
    carry(request, "scan", kept, federation_id=federation_id)
    return kept


def scan_of(prepared: files.StoredFile | BadInput | None) -> tuple[str, str]:
    """Return the digest and media type of what `kept_upload` gave; both empty where no file was sent.

    Raises BadInput on `scan` for a file that was refused.
    """
    if isinstance(prepared, BadInput):
        raise prepared
    return (prepared.digest, prepared.media_type) if prepared else ("", "")


def _proven(content: bytes) -> tuple[bytes, str]:
    """Return the bytes to store and their media type, from the content alone. A PDF is never opened here,
    only offered as a download. Raises BadInput."""
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        return content, "application/pdf"
    picture = prove_picture(content)
    return picture.content, picture.media_type


def text_sent(sent: UploadedFile[bytes]) -> str:
    """Return a file of the form as text. Raises BadInput on `text`."""
    if sent.size is None or sent.size > LARGEST:
        raise BadInput({"text": _("This file is too large (2 MB maximum). Choose the file again.")})
    try:
        return str(sent.read().decode("utf-8"))
    except UnicodeDecodeError:
        raise BadInput({"text": _("This is not a text file. Choose the file again.")}) from None
