"""What kind of file something is, proven from its content as it arrives and never from its name.

Nothing is unpacked or run: only the beginning is looked at, and for text every byte.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Final

HEAD: Final = 1 << 16
"""Bytes that are looked at from the beginning."""


@dataclass(frozen=True)
class FileKind:
    """A kind of file. `group`: picture, pdf, document, sheet, audio, film, mail, text or archive."""

    group: str
    media_type: str
    ending: str


PDF: Final = FileKind("pdf", "application/pdf", "pdf")
TEXT: Final = FileKind("text", "text/plain", "txt")
HTML: Final = FileKind("page", "text/html", "html")
PNG: Final = FileKind("picture", "image/png", "png")
_BEGINNINGS: Final = (
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", FileKind("picture", "image/jpeg", "jpg")),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", FileKind("picture", "image/gif", "gif")),
    (b"GIF89a", FileKind("picture", "image/gif", "gif")),
    (b"II*\x00", FileKind("picture", "image/tiff", "tif")),
    (b"MM\x00*", FileKind("picture", "image/tiff", "tif")),
    (b"ID3", FileKind("audio", "audio/mpeg", "mp3")),
    (b"\xff\xfb", FileKind("audio", "audio/mpeg", "mp3")),
    (b"\xff\xf3", FileKind("audio", "audio/mpeg", "mp3")),
    (b"\xff\xf2", FileKind("audio", "audio/mpeg", "mp3")),
    (b"\xff\xf1", FileKind("audio", "audio/aac", "aac")),
    (b"fLaC", FileKind("audio", "audio/flac", "flac")),
    (b"OggS", FileKind("audio", "audio/ogg", "ogg")),
    (b"#!AMR", FileKind("audio", "audio/amr", "amr")),
    (b"\x1aE\xdf\xa3", FileKind("film", "video/webm", "webm")),
    (b"\x00\x00\x01\xba", FileKind("film", "video/mpeg", "mpg")),
    (b"{\\rtf", FileKind("document", "application/rtf", "rtf")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind("document", "application/x-ole-storage", "doc")),
)
_RIFF: Final = {
    b"WEBP": FileKind("picture", "image/webp", "webp"),
    b"WAVE": FileKind("audio", "audio/wav", "wav"),
    b"AVI ": FileKind("film", "video/x-msvideo", "avi"),
}
_BRANDS: Final = {
    b"heic": FileKind("picture", "image/heic", "heic"),
    b"heix": FileKind("picture", "image/heic", "heic"),
    b"mif1": FileKind("picture", "image/heif", "heif"),
    b"avif": FileKind("picture", "image/avif", "avif"),
    b"M4A ": FileKind("audio", "audio/mp4", "m4a"),
    b"qt  ": FileKind("film", "video/quicktime", "mov"),
}
_FILM: Final = FileKind("film", "video/mp4", "mp4")
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_IN_ZIP: Final = (
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
        FileKind("sheet", "application/vnd.oasis.opendocument.spreadsheet", "ods")),
    (b"mimetypeapplication/vnd.oasis.opendocument.text",
        FileKind("document", "application/vnd.oasis.opendocument.text", "odt")),
    (b"xl/", FileKind("sheet", f"{_OFFICE}spreadsheetml.sheet", "xlsx")),
    (b"word/", FileKind("document", f"{_OFFICE}wordprocessingml.document", "docx")),
    (b"ppt/", FileKind("document", f"{_OFFICE}presentationml.presentation", "pptx")),
)  # fmt: skip
_ZIP: Final = FileKind("archive", "application/zip", "zip")
_NOT_IN_TEXT: Final = bytes(set(range(32)) - {9, 10, 12, 13, 27})


class Proving:
    """Sees a file as it arrives, in pieces of any size, and says in the end what it is."""

    def __init__(self) -> None:
        self._head = bytearray()
        self._decoder: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()

    def see(self, content: bytes) -> None:
        """Look at what comes next."""
        if len(self._head) < HEAD:
            self._head += content[: HEAD - len(self._head)]
        self._read(content, final=False)

    def kind(self) -> FileKind | None:
        """Return what it is; None: nothing that we know, or nothing at all."""
        head = bytes(self._head)
        if head.startswith(b"RIFF"):
            return _RIFF.get(head[8:12])
        if head[4:8] == b"ftyp":
            return _BRANDS.get(head[8:12], _FILM)
        if head.startswith(b"PK\x03\x04"):
            return next((kind for mark, kind in _IN_ZIP if mark in head), _ZIP)
        for begins, kind in _BEGINNINGS:
            if head.startswith(begins):
                return kind
        self._read(b"", final=True)
        return TEXT if head and self._decoder is not None else None

    def _read(self, content: bytes, *, final: bool) -> None:
        if self._decoder is None:
            return
        try:
            self._decoder.decode(content, final)
        except UnicodeDecodeError:
            self._decoder = None
        else:
            if len(content.translate(None, _NOT_IN_TEXT)) != len(content):
                self._decoder = None
