"""An upload far above the limit is not read to its end."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from schoolgate.media.proving import MOST_BYTES
from schoolgate.web.frame.uploads import most_for

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
