"""One email as text and pictures, with the message that was attached to it.

Bounded before it is read: the standard parser tries each open boundary on each line, and takes quadratic
time over a header's parameters. So lines and boundaries are counted first, and headers and parts while
they are read. Who sent it, and where to, is read from its head alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.policy import Compat32
from email.utils import getaddresses, parseaddr
from typing import Any, Final

from schoolgate.core.days import instant_in, instant_in_header
from schoolgate.core.outside.outlook import NAME, Note, read_msg, read_winmail, words_of
from schoolgate.core.outside.sealed import in_signature, without_armour, without_marks
from schoolgate.core.outside.texts import Read, TooDeep, read_page, read_text, storable

MOST_BYTES: Final = 25_000_000
MOST_LINES: Final = 500_000
MOST_BOUNDARIES: Final = 40
MOST_PARTS: Final = 200
MOST_HEADERS: Final = 5_000
"""Of all parts together."""
LARGEST_HEAD: Final = 256_000
MOST_SENT_TO: Final = 20
MOST_PICTURES: Final = 4
MOST_FILES: Final = 20
LONGEST_TEXT: Final = 100_000
LONGEST_HEADER: Final = 2_000
_HTML_READ: Final = 1_000_000
_DECODED: Final = 2_000_000
"""Bytes of one part that are read as text: no email that people wrote has more."""
_HEAD_ENDS: Final = re.compile(rb"\r?\n\r?\n|\r\r")
_NESTS: Final = re.compile(rb"boundary[*0-9]{0,5}\s{0,9}=|message/", re.IGNORECASE)
_MAIL_NAME: Final = ".eml"
_WINMAIL: Final = ("application/ms-tnef", "application/vnd.ms-tnef")
_WINMAIL_NAME: Final = "winmail.dat"
_RICH: Final = ("text/rtf", "application/rtf")
_SIGNED: Final = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_SIGNED_NAME: Final = ".p7m"
_MOST_SIGNED: Final = 3
_ENRICHED: Final = ("text/enriched", "text/richtext")
_SEALED: Final = ("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted")
_SEALED_NAMES: Final = (".p7m", ".asc", ".pgp", ".msg", ".eml", "winmail.dat")
"""Emails that are signed in one piece or encrypted, and those attached."""
_BEGINS_AS_MAIL: Final = re.compile(rb"\s{0,9}[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]?\S")
_BEGINNING: Final = 200
_STUB: Final = 3
"""Plain text beside a page that has so many times its words stands for it: *Your program shows no HTML*."""
_STUB_WORDS: Final = 20
_SENT_TO: Final = ("x-original-to", "delivered-to", "envelope-to", "to", "cc")
_BLOCKS: Final = frozenset({"p", "div", "br", "tr", "li", "blockquote", "h1", "h2", "h3", "hr", "table"})
_UNSEEN: Final = frozenset({"script", "style", "head", "title"})


class NoMail(Exception):
    """These bytes are no email that can be read. `why`: "size", "parts", "broken", or "unread": its words are
    there, in a way that isn't read here."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Mail:
    """An email. `to`: every address that it names, as it was sent to; `at`: None where its date can't be
    read; `files`: the names of what is attached; `inside`: the email that was attached to it as a whole;
    `sure`: False where letters of its text or its sender's name may be others, because it doesn't say truly
    how they are written."""

    sender: str = ""
    sender_name: str = ""
    to: tuple[str, ...] = ()
    subject: str = ""
    at: datetime | None = None
    text: str = ""
    pictures: tuple[bytes, ...] = ()
    files: tuple[str, ...] = ()
    inside: Mail | None = None
    sure: bool = True


@dataclass
class _Found:
    plain: list[Read] = field(default_factory=list)
    html: list[Read] = field(default_factory=list)
    rich: list[Read] = field(default_factory=list)
    """RTF, which counts where there's neither."""
    pictures: list[bytes] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    inside: Message | None = None
    note: Note | None = None
    signed: int = 0
    """How many signatures in one piece were opened."""
    unread: bool = False
    """Some part may have its words and couldn't be read."""


def read_mail(content: bytes) -> Mail:
    """Return what an email says. Raises NoMail."""
    _check_countable(content)
    try:
        return _read(BytesParser(_Parts(), policy=_Bounded()).parsebytes(content))
    except NoMail:
        raise
    except Exception as error:  # the parser raises whatever damaged headers lead it to
        raise NoMail("broken") from error


def _check_countable(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise NoMail("size")
    if content.count(b"\n") > MOST_LINES or len(_NESTS.findall(content)) > MOST_BOUNDARIES:
        raise NoMail("parts")


def read_head(content: bytes) -> Mail:
    """Return who sent an email, where to, when and about what, without looking at the rest. Raises NoMail."""
    ends = _HEAD_ENDS.search(content[: LARGEST_HEAD + 4])
    head = content[: ends.start() if ends else LARGEST_HEAD + 1]
    if len(head) > LARGEST_HEAD:
        raise NoMail("parts")
    try:
        found = _from_head(BytesHeaderParser(policy=_Bounded()).parsebytes(head))
        if not (found.sender or found.to):
            raise NoMail("broken")
        return found
    except NoMail:
        raise
    except Exception as error:  # as above
        raise NoMail("broken") from error


class _Bounded(Compat32):
    """Reads headers, each no further than its limit, and counts them."""

    _count: list[int]

    def __init__(self, **how: Any) -> None:
        super().__init__(**how)
        object.__setattr__(self, "_count", [0])

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Return the name and the beginning of a header."""
        self._count[0] += 1
        if self._count[0] > MOST_HEADERS:
            raise NoMail("parts")
        name, value = super().header_source_parse(sourcelines)
        return name, value[:LONGEST_HEADER]


class _Parts:
    """Makes parts, so many and no more."""

    def __init__(self) -> None:
        self._made = 0

    def __call__(self, policy: Any = None) -> Message:
        self._made += 1
        if self._made > MOST_PARTS + 2:
            raise NoMail("parts")
        return Message(policy) if policy is not None else Message()


def _from_head(message: Message) -> Mail:
    given = _header(message, "from")
    name, sender = parseaddr(given.text)
    return Mail(
        sender=sender.strip(),
        sender_name=name.strip(),
        to=tuple(_sent_to(message)),
        subject=_header(message, "subject").text,
        at=_instant(_header(message, "date").text),
        sure=given.sure,
    )


def _read(message: Message, *, inside: bool = False) -> Mail:
    found = _Found()
    for number, part in enumerate(_parts(message)):
        if number >= MOST_PARTS:
            raise NoMail("parts")
        _take(part, found)
    head = _from_head(message)
    parts, text = _chosen_text(found)
    within = None if inside else _within(found)
    if not (head.sender or text or found.pictures or within):
        raise NoMail("broken")
    if found.unread and not (text or found.pictures or within):
        raise NoMail("unread")
    pictures = tuple(found.pictures[:MOST_PICTURES])
    sure = head.sure and all(part.sure for part in parts)
    return replace(
        head, text=text[:LONGEST_TEXT], pictures=pictures, files=tuple(found.files[:MOST_FILES]),
        inside=within, sure=sure,
    )  # fmt: skip


def _within(found: _Found) -> Mail | None:
    """Return the email that was attached as a whole, as a file of Outlook's own too."""
    if found.inside is not None:
        return _read(found.inside, inside=True)
    return None if found.note is None else _of_outlook(found.note)


def _of_outlook(note: Note) -> Mail:
    """Return what a message of Outlook's says. Its headers, where it came by the internet, say it best."""
    head = Mail(sure=True)
    if note.headers.strip():
        with suppress(Exception):  # as headers: what can't be read says nothing
            head = _from_head(BytesHeaderParser(policy=_Bounded()).parsebytes(note.headers[:LARGEST_HEAD]))
    parts, text = _chosen_text(_said_in(note))
    return replace(
        head, text=text[:LONGEST_TEXT], pictures=note.pictures, files=note.files[:MOST_FILES],
        sender=head.sender if "@" in head.sender else note.address,
        sender_name=head.sender_name or note.name.text[:LONGEST_HEADER],
        subject=" ".join((head.subject or note.subject.text[:LONGEST_HEADER]).split()),
        at=head.at or _instant(note.at, instant_in),
        sure=head.sure and note.name.sure and all(part.sure for part in parts),
    )  # fmt: skip


def _said_in(note: Note) -> _Found:
    plain, html, rich = (
        [each] if each.text.strip() or not each.sure else [] for each in (note.plain, note.html, note.rich)
    )
    return _Found(plain=plain, html=html, rich=rich)


def _chosen_text(found: _Found) -> tuple[list[Read], str]:
    """Return the parts that tell what was written, and its words: plain text, unless it only stands for a
    page."""
    plain = "\n".join(part.text for part in found.plain).strip()
    if not found.html:
        rich = "\n".join(part.text for part in found.rich).strip()
        return (found.plain, plain) if plain or not found.rich else (found.rich, rich)
    page = _words("\n".join(part.text for part in found.html))
    more = len(page.split()) - _STUB * len(plain.split())
    return (found.html, page) if not plain or more > _STUB_WORDS else (found.plain, plain)


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
    name = _file_name(part)
    if _take_wrapped(part, kind, name, found):
        return
    if name and kind != "message/rfc822":
        found.files.append(name)
    found.unread |= _may_have_words(part, kind, name)
    if kind == "message/rfc822" or name.lower().endswith(_MAIL_NAME):
        if found.inside is None:
            found.inside = _attached(part)
    elif name.lower().endswith(NAME) or kind == "application/vnd.ms-outlook":
        body = part.get_payload(decode=True)
        if found.note is None and isinstance(body, bytes):
            found.note = read_msg(body)
    elif part.get_content_maintype() == "image":
        body = part.get_payload(decode=True)
        if isinstance(body, bytes) and body and len(found.pictures) < MOST_PICTURES:
            found.pictures.append(body)
    elif part.get_content_disposition() != "attachment":
        _take_words(part, kind, found)


def _take_wrapped(part: Message, kind: str, name: str, found: _Found) -> bool:
    """Take what stands in a wrapping of Outlook's, or in a signature; False where it's none that is read."""
    if kind in _WINMAIL or name.lower() == _WINMAIL_NAME:
        body = part.get_payload(decode=True)
        note = read_winmail(body) if isinstance(body, bytes) else None
        if note is not None:
            _take_beside(note, found)
        return note is not None
    if (kind in _SIGNED or name.lower().endswith(_SIGNED_NAME)) and found.signed < _MOST_SIGNED:
        inner = _signed(part)
        if inner is not None:
            found.signed += 1
            for each in _parts(inner):
                _take(each, found)
            return True
    return False


def _take_words(part: Message, kind: str, found: _Found) -> None:
    if kind in _RICH:
        body = part.get_payload(decode=True)
        found.rich += [said] if isinstance(body, bytes) and (said := words_of(body)) else []
    elif kind in _ENRICHED:
        told = _decoded(part)
        found.rich.append(replace(told, text=without_marks(told.text)))
    elif kind == "text/html":
        found.html.append(_decoded(part))
    elif kind == "text/plain":
        told = _decoded(part)
        words = without_armour(told.text)
        found.unread |= words is None
        found.plain.append(replace(told, text=words or ""))


def _signed(part: Message) -> Message | None:
    """Return the email inside of a signature in one piece."""
    body = part.get_payload(decode=True)
    content = in_signature(body) if isinstance(body, bytes) else None
    if content is None:
        return None
    _check_countable(content)
    return BytesParser(_Parts(), policy=_Bounded()).parsebytes(content)


def _take_beside(note: Note, found: _Found) -> None:
    """Take what Outlook put beside an email. What the email says itself counts first."""
    parts, text = _chosen_text(_said_in(note))
    sure = all(part.sure for part in parts)
    found.rich.append(Read(text, sure))
    found.unread |= not (sure or text)
    found.pictures += note.pictures[: MOST_PICTURES - len(found.pictures)]
    found.files += note.files
    found.note = found.note or note.inside


def _may_have_words(part: Message, kind: str, name: str) -> bool:
    """Return whether a part, if nothing else is read, may have what the email says."""
    inline = part.get_content_disposition() != "attachment"
    other_text = part.get_content_maintype() == "text" and kind not in ("text/plain", "text/html")
    if inline and (other_text or kind in _RICH):
        return True
    return kind in (*_WINMAIL, *_SEALED) or name.lower().endswith(_SEALED_NAMES)


def _attached(part: Message) -> Message | None:
    """Return the email that is attached, however its sender's program calls and encodes it; None where it's
    none. What is encoded was counted by no one yet."""
    payload = part.get_payload()
    first = payload[0] if isinstance(payload, list) and payload else None
    if isinstance(first, Message) and first.keys():
        return first
    if isinstance(first, Message):  # an email by its type, in an encoding that the parser doesn't look at
        outer = Message()
        outer["content-transfer-encoding"] = str(part.get("content-transfer-encoding", ""))
        outer.set_payload(first.get_payload())
        part = outer
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes) or not _BEGINS_AS_MAIL.match(content[:_BEGINNING]):
        return None
    _check_countable(content)
    return BytesParser(_Parts(), policy=_Bounded()).parsebytes(content)


def _decoded(part: Message) -> Read:
    body = part.get_payload(decode=True)
    if not isinstance(body, bytes):
        return Read("", sure=True)
    if len(body) > _DECODED:
        body = body[: body.rfind(b"\n", 0, _DECODED) + 1] or body[:_DECODED]
    found = read_text(body, part.get_content_charset() or "")
    return replace(found, text=found.text.replace("\r\n", "\n").replace("\r", "\n"))


def _file_name(part: Message) -> str:
    with suppress(Exception):  # as headers: what can't be decoded has no name
        return _unfolded(part.get_filename("")).text[:LONGEST_HEADER]
    return ""


def _header(message: Message, name: str) -> Read:
    """Return a header as one line of text, whatever it is encoded as; some programs send plain bytes."""
    given = next((str(value) for key, value in message.raw_items() if key.lower() == name), "")
    found = read_text(given[:LONGEST_HEADER].encode("utf-8", "surrogateescape"), "")
    return (
        _unfolded(found.text) if found.text.isascii() else replace(found, text=" ".join(found.text.split()))
    )


def _unfolded(given: str) -> Read:
    pieces: list[str] = []
    sure = True
    with suppress(Exception):  # what can't be decoded stays as it was sent
        for piece, charset in decode_header(given):
            found = Read(piece, sure=True) if isinstance(piece, str) else read_text(piece, charset or "")
            pieces.append(found.text)
            sure &= found.sure
        given = "".join(pieces)
    return Read(" ".join(storable(given).split()), sure)


def _sent_to(message: Message) -> Iterator[str]:
    given = [str(each)[:LONGEST_HEADER] for name in _SENT_TO for each in message.get_all(name, [])]
    found = (address.strip() for each in given[:MOST_SENT_TO] for _name, address in getaddresses([each]))
    yield from dict.fromkeys(storable(address) for address in found if address)


def _instant(words: str, reads: Callable[[str], datetime] = instant_in_header) -> datetime | None:
    with suppress(ValueError):
        return reads(words)
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
