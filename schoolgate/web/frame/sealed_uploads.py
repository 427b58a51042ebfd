"""Uploads that are sealed while they arrive: never open on the disk, never whole in memory.

A view asks for it with `seals_uploads`. What no view has put into the store is removed when the request ends;
what a process that was killed had in hand is swept away (`core.sealed_files.sweep`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from schoolgate.core import sealed_files
from schoolgate.core.outside.kinds import FileKind, Proving
from schoolgate.web.frame.uploads import takes_up_to

V = TypeVar("V", bound=Callable[..., Any])
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
