"""One email as text and pictures. Bounded before it is read: the standard parser tries each open boundary on
each line, so lines and boundaries are counted first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parseaddr
from typing import Final

from schoolgate.core.days import instant_in_header
from schoolgate.core.outside.markup import TooDeep, read_page

MOST_BYTES: Final = 25_000_000
MOST_LINES: Final = 500_000
MOST_BOUNDARIES: Final = 40
MOST_PARTS: Final = 200
MOST_PICTURES: Final = 4
LONGEST_TEXT: Final = 100_000
LONGEST_HEADER: Final = 2_000
_HTML_READ: Final = 1_000_000
_NESTS: Final = re.compile(rb"boundary[*0-9]{0,5}\s{0,9}=|message/", re.IGNORECASE)
_SENT_TO: Final = ("x-original-to", "delivered-to", "envelope-to", "to", "cc")
_BLOCKS: Final = frozenset({"p", "div", "br", "tr", "li", "blockquote", "h1", "h2", "h3", "hr", "table"})
_UNSEEN: Final = frozenset({"script", "style", "head", "title"})


class NoMail(Exception):
    """These bytes are no email that can be read. `why`: "size", "parts" or "broken"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Mail:
    """An email. `to`: every address that it names, as it was sent to; `at`: None where its date can't be
    read; `inside`: the email that was attached to it as a whole."""

    sender: str = ""
    sender_name: str = ""
    to: tuple[str, ...] = ()
    subject: str = ""
    at: datetime | None = None
    text: str = ""
    pictures: tuple[bytes, ...] = ()
    inside: Mail | None = None


@dataclass
class _Found:
    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)
    inside: Message | None = None


def read_mail(content: bytes) -> Mail:
    """Return what an email says. Raises NoMail."""
    if len(content) > MOST_BYTES:
        raise NoMail("size")
    if content.count(b"\n") > MOST_LINES or len(_NESTS.findall(content)) > MOST_BOUNDARIES:
        raise NoMail("parts")
    try:
        return _read(message_from_bytes(content))
    except NoMail:
        raise
    except Exception as error:  # the parser raises whatever damaged headers lead it to
        raise NoMail("broken") from error


def _read(message: Message, *, inside: bool = False) -> Mail:
    found = _Found()
    for number, part in enumerate(_parts(message)):
        if number >= MOST_PARTS:
            raise NoMail("parts")
        _take(part, found)
    name, sender = parseaddr(_header(message, "from"))
    text = "\n".join(found.plain).strip() or _words("\n".join(found.html))
    within = None if inside or found.inside is None else _read(found.inside, inside=True)
    if not (sender or text or found.pictures or within):
        raise NoMail("broken")
    return Mail(
        sender=sender.strip(),
        sender_name=name.strip(),
        to=tuple(_sent_to(message)),
        subject=_header(message, "subject"),
        at=_instant(_header(message, "date")),
        text=text[:LONGEST_TEXT],
        pictures=tuple(found.pictures[:MOST_PICTURES]),
        inside=within,
    )


def _parts(message: Message) -> Iterator[Message]:
    """Return the parts in order, without those of an attached email."""
    waiting = [message]
    while waiting:
        part = waiting.pop(0)
        yield part
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            below = part.get_payload()
            waiting[:0] = [each for each in below if isinstance(each, Message)]


def _take(part: Message, found: _Found) -> None:
    kind = part.get_content_type()
    if kind == "message/rfc822" and part.is_multipart():
        attached = part.get_payload()
        first = attached[0] if isinstance(attached, list) and attached else None
        if found.inside is None and isinstance(first, Message):
            found.inside = first
    elif part.get_content_maintype() == "image":
        body = part.get_payload(decode=True)
        if isinstance(body, bytes) and body and len(found.pictures) < MOST_PICTURES:
            found.pictures.append(body)
    elif kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment":
        (found.plain if kind == "text/plain" else found.html).append(_decoded(part))


def _decoded(part: Message) -> str:
    body = part.get_payload(decode=True)
    if not isinstance(body, bytes):
        return ""
    charset = part.get_content_charset() or "utf-8"
    try:
        text = body.decode(charset, "replace")
    except (LookupError, ValueError):
        text = body.decode("utf-8", "replace")
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")


def _header(message: Message, name: str) -> str:
    """Return a header as one line of text, whatever it is encoded as."""
    return _unfolded(str(message.get(name, ""))[:LONGEST_HEADER])


def _unfolded(given: str) -> str:
    pieces = []
    with suppress(Exception):  # what can't be decoded stays as it was sent
        for piece, charset in decode_header(given):
            if isinstance(piece, str):
                pieces.append(piece)
                continue
            try:
                pieces.append(piece.decode(charset or "utf-8", "replace"))
            except LookupError:
                pieces.append(piece.decode("utf-8", "replace"))
        given = "".join(pieces)
    return " ".join(given.split())


def _sent_to(message: Message) -> Iterator[str]:
    given = [str(each)[:LONGEST_HEADER] for name in _SENT_TO for each in message.get_all(name, [])]
    yield from dict.fromkeys(address.strip() for _name, address in getaddresses(given) if address.strip())


def _instant(words: str) -> datetime | None:
    with suppress(ValueError):
        return instant_in_header(words)
    return None


def _words(html: str) -> str:
    """Return the words of an email that has no plain text, each block on its own line."""
    reads = _Blocks()
    with suppress(TooDeep):
        read_page(html[:_HTML_READ], reads)
    lines = (" ".join(line.split()) for line in "".join(reads.found).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Blocks:
    """Takes the words of a page that people see; a new line where a block begins or ends."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._unseen = 0

    def start(self, tag: str, given: dict[str, str]) -> None:
        """An element begins."""
        del given
        self._unseen += tag in _UNSEEN
        if tag in _BLOCKS:
            self.found.append("\n")

    def end(self, tag: str) -> None:
        """An element ends."""
        self._unseen = max(self._unseen - (tag in _UNSEEN), 0)
        if tag in _BLOCKS and tag != "br":
            self.found.append("\n")

    def data(self, text: str) -> None:
        """Words."""
        if not self._unseen:
            self.found.append(re.sub(r"\s+", " ", text))
