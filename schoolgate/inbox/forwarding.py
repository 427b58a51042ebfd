"""What staff forward by email: the address of each account, and the comment found in the mail, its
author, its time."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone, tzinfo
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account, AccountState
from schoolgate.core.actions import action
from schoolgate.core.clock import LONDON, local_day
from schoolgate.core.days import MONTHS, check_instant
from schoolgate.core.env import env
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.lasting import LETTERS
from schoolgate.core.outside.mails import Mail
from schoolgate.inbox.desk import LONGEST_NOTE, keep_note
from schoolgate.inbox.models import Item, ItemKind, ItemNote, MailAddress
from schoolgate.inbox.pasting import Photo, keep_photo, paste_in, same_before
from schoolgate.patterns import lazy_pattern
from schoolgate.people.models import Membership, Person
from schoolgate.people.named import Names
from schoolgate.people.outside import names_of, read_outside
from schoolgate.people.queries import live_memberships
from schoolgate.people.rules import check_capacity
from schoolgate.triage import Lane, triage

# The headers that mail programs put above an email that they forward, in six languages, and their dates. A
# day and a time count only where they can't be others: 4/5/2026 below an English *Sent* may be April or
# May, and a zone that isn't known may be any. Then no time is known. Pure.


class Head(StrEnum):
    """What a header is about."""

    FROM = "from"
    DATE = "date"
    SUBJECT = "subject"
    OTHER = "other"


_WORDS: Final = {
    Head.FROM: ("from", "oddi wrth", "o", "od", "de", "von", "da", "van", "de la"),
    Head.DATE: (
        "date", "sent", "dyddiad", "anfonwyd", "data", "wysłano", "wysłane", "envoyé", "envoyé le", "datum",
        "gesendet", "fecha", "enviado", "enviado el", "enviada", "enviada em", "inviato", "verzonden",
        "trimis",
    ),
    Head.SUBJECT: (
        "subject", "pwnc", "testun", "temat", "objet", "sujet", "betreff", "asunto", "oggetto",
        "onderwerp", "assunto", "subiect",
    ),
    Head.OTHER: (
        "to", "cc", "bcc", "at", "reply-to", "importance", "pwysigrwydd", "do", "dw", "udw", "odpowiedz do",
        "à", "a", "répondre à", "an", "antwort an", "wichtigkeit", "para", "responder a", "importancia",
        "aan", "către",
    ),
}  # fmt: skip
"""English, Welsh, Polish, French, German, Spanish; Italian, Dutch, Portuguese, Romanian."""
HEADS: Final = {word: head for head, words in _WORDS.items() for word in words}
_HEAD: Final = lazy_pattern(
    r"[>\s*]{0,9}([^\W\d_][^\W\d_ -]{0,11}(?:[ -][^\W\d_]{1,8})?)[*\s]{0,3}:\*?\s{1,9}(\S.{0,500})"
)
_MOST_LINES: Final = 2_000
"""Lines of an email in which the block is looked for."""
_FOLDED: Final = 4
"""Lines into which a header may go on: many addresses take several."""
RULE: Final = lazy_pattern(
    r"[-_]{5,80}(?: ?(?:(?:forwarded|original) message|neges (?:wreiddiol|a anfonwyd ymlaen)"
    r"|wiadomość (?:oryginalna|przekazana)|oryginalna wiadomość|message (?:d[’']origine|transféré)"
    r"|(?:ursprüngliche|weitergeleitete) nachricht|mensaje (?:original|reenviado)"
    r"|messaggio (?:originale|inoltrato)|(?:oorspronkelijk|doorgestuurd) bericht"
    r"|mensagem (?:original|encaminhada)|mesaj (?:original|redirecționat)) ?[-_]{2,80})?"
    r"|begin forwarded message:|début du message (?:transféré|réexpédié) ?:"
    r"|anfang der weitergeleiteten nachricht ?:"
    r"|inicio del mensaje reenviado ?:|początek (?:przekazywanej|przekazanej) wiadomości ?:"
    r"|dechrau neges a anfonwyd ymlaen ?:",
    re.IGNORECASE,
)
"""What mail programs put between the words of who forwards an email and the email."""


@dataclass(frozen=True)
class Block:
    """The headers above a forwarded email. `begins`, `ends`: its first line, and the first one below it."""

    said: dict[Head, str]
    begins: int
    ends: int
    months_first: bool
    """Its words are English, as in the United States too."""


def block_in(lines: list[str]) -> Block | None:
    """Return the first block of headers; None where there is none."""
    lines = lines[:_MOST_LINES]
    for number, line in enumerate(lines):
        found = _head_of(line)
        if found is None or found[0] == Head.OTHER:
            continue
        block = _from(lines, number)
        if block is not None:
            return block
    return None


def _head_of(line: str) -> tuple[Head, str, str] | None:
    """Return what a header is about, its own word, and what it says."""
    found = _HEAD.fullmatch(line.replace("\xa0", " "))
    word = " ".join(found[1].lower().split()) if found else ""
    return (HEADS[word], word, found[2].strip().strip("*").strip()) if found and word in HEADS else None


def _from(lines: list[str], begins: int) -> Block | None:
    said: dict[Head, str] = {}
    words: dict[Head, str] = {}
    at = ends = begins
    while at < len(lines):
        found = _head_of(lines[at])
        if found is not None and (found[0] == Head.OTHER or found[0] not in said):
            said.setdefault(found[0], found[2])
            words.setdefault(found[0], found[1])
            at = ends = at + 1
            continue
        further = _further(lines, at, said)
        if further is None:
            break
        at = further
    # *Date: Friday. From: 9am* is none: where another header is the first, From has an address.
    if (
        len(said) < 2
        or Head.FROM not in said
        or (next(iter(said)) != Head.FROM and "@" not in said[Head.FROM])
    ):
        return None
    return Block(said, begins, ends, months_first=words[Head.FROM] == "from")


def _further(lines: list[str], at: int, said: dict[Head, str]) -> int | None:
    """Return the line of the next header where one follows: below the rest of many addresses, or below a
    blank line, as it comes out of a page's blocks."""
    blank = _is_blank(lines[at])
    for place in range(at, min(at + (2 if blank else _FOLDED), len(lines))):
        found = _head_of(lines[place])
        if found is not None:
            is_next = found[0] not in said or (found[0] == Head.OTHER and Head.SUBJECT not in said)
            return place if is_next else None
        if not (_is_blank(lines[place]) if blank else "@" in lines[place] and Head.OTHER in said):
            return None
    return None


def _is_blank(line: str) -> bool:
    return not line.strip(" >*\xa0\t")


_TIME: Final = r"(?P<hour>\d{1,2})[:.h](?P<minute>\d\d)(?:[:.]\d\d)?(?:\s?(?P<half>[apAP])\.?\s?[mM]\b\.?)?"
_ZONE: Final = r"(?:\s{0,3}\(?(?P<zone>[A-Z]{2,5}\b)?(?P<ahead>[+-]\d{1,2}(?::?[0-5]\d)?)?\)?)?"
_NAMED: Final = lazy_pattern(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th|\.|er)?\s{1,9}(?:de\s)?(?P<month>[^\W\d_]{3,12})"
    r"|(?P<month2>[^\W\d_]{3,12})\.?\s{1,9}(?P<day2>\d{1,2})(?:st|nd|rd|th)?)"
    rf"\.?,?\s{{1,9}}(?:de\s)?(?P<year>20\d\d)\D{{1,12}}?{_TIME}{_ZONE}"
)
_NUMBERS: Final = lazy_pattern(
    r"(?:(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)"
    r"|(?P<one>\d{1,2})(?P<by>[/.-])(?P<other>\d{1,2})[/.-](?P<year2>20\d\d))"
    rf"\D{{1,12}}?{_TIME}{_ZONE}"
)
_ZONES: Final = {
    "gmt": 0, "utc": 0, "wet": 0, "bst": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2, "eet": 2, "eest": 3,
    "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
"""Hours ahead of Greenwich. IST and CST are each several zones, so they are none."""


def instant_of(words: str, *, months_first: bool = False) -> datetime | None:
    """Return the instant of a date as mail programs write it below *From*, by clocks in the UK unless it
    names a zone; None where it isn't known. `months_first`: days in numbers may have the month first."""
    named = _NAMED.search(words)
    if named is not None:
        month = MONTHS.get((named["month"] or named["month2"]).lower())
        return _instant(named, int(named["year"]), month, int(named["day"] or named["day2"]))
    found = _NUMBERS.search(words)
    if found is None:
        return None
    if found["year"]:
        return _instant(found, int(found["year"]), int(found["month"]), int(found["day"]))
    day, month = int(found["one"]), int(found["other"])
    if months_first and found["by"] == "/" and day != month:
        if month > 12:
            day, month = month, day
        elif day <= 12:
            return None
    return _instant(found, int(found["year2"]), month, day)


def _instant(found: re.Match[str], year: int, month: int | None, day: int) -> datetime | None:
    hour, half = int(found["hour"]), found["half"]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    zone = _zone(found["zone"] or "", found["ahead"] or "")
    if zone is None:
        return None
    try:
        return check_instant(datetime(year, month or 0, day, hour, int(found["minute"]), tzinfo=zone))
    except ValueError:
        return None


def _zone(name: str, ahead: str) -> tzinfo | None:
    """Return a zone; ours where none is named, None where it isn't known."""
    if ahead:
        hours, minutes = int(ahead[1:3].rstrip(":")), int(ahead[-2:]) if len(ahead) > 3 else 0
        sign = -1 if ahead[0] == "-" else 1
        return timezone(sign * timedelta(hours=hours, minutes=minutes)) if hours < 15 else None
    if not name:
        return LONDON
    hours_ahead = _ZONES.get(name.lower())
    return None if hours_ahead is None else timezone(timedelta(hours=hours_ahead))


# What a member of staff forwarded: the comment or message in an email, its author, its time. Pure. Reads
# the block of headers that mail programs put above what they forward. Of any other
# email the whole text is kept. What an email doesn't say stays empty: nothing about an author is guessed.
# What isn't known to be public is private.

LONGEST_NAME = 300
_SENDER = lazy_pattern(r"^\"?(.{0,300}?)\"?\s*[<\[](?:mailto:)?([^<>\[\]\s]{1,300}@[^<>\[\]\s]{1,200})[>\]]")
_ADDRESS = lazy_pattern(r"^[^\s<>@]{1,200}@([^\s<>@]{1,200})$")
_NETWORK_MAIL = (
    "facebookmail.com", "mail.instagram.com", "twitter.com", "x.com", "linkedin.com", "youtube.com",
    "google.com", "nextdoor.com", "nextdoor.co.uk", "tiktok.com", "threads.net", "trustpilot.com",
)  # fmt: skip
"""Where networks' own notices come from: what they tell was written on the network, not as an email."""
_WROTE = lazy_pattern(
    r"^(.{1,120}?) (?:commented|mentioned|replied|reviewed|recommended|tagged|sent you|messaged|left a)\b"
)
_REVIEW = lazy_pattern(
    r"^.{1,120}? (?:(?:reviewed|recommended) (?!your (?!page|school|business|profile)|you\b)"
    r"|left (?:you )?an? (?:\S{1,20} )?review\b)"
    r"|\bnew (?:\S{1,20} )?review(?: (?:about|by|for|from|of|on)\b|[.!]?$)",
    re.IGNORECASE,
)
"""What the subject of a network's notice about a review says; "reviewed your report" is none."""
_PRIVATE = lazy_pattern(r"\b(?:message|messaged|sent you|neges)\b", re.IGNORECASE)
MESSAGE = ItemKind.MESSAGE
_KINDS = {
    "question": ItemKind.QUERY, "cwestiwn": ItemKind.QUERY,
    "complaint": ItemKind.COMPLAINT, "cwyn": ItemKind.COMPLAINT,
    "review": ItemKind.REVIEW, "adolygiad": ItemKind.REVIEW,
    "comment": ItemKind.COMMENT, "sylw": ItemKind.COMMENT,
    "message": MESSAGE, "neges": MESSAGE,
}  # fmt: skip
"""The first word of a subject, before a colon -> the kind that its sender chose."""
PUBLIC = frozenset({ItemKind.COMMENT, ItemKind.REVIEW})
"""Kinds that everyone can read: a question or a complaint may have been written to the school alone."""
_OPEN_TO_ALL = (
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "hotmail.co.uk", "live.com", "live.co.uk",
    "yahoo.com", "yahoo.co.uk", "icloud.com", "me.com", "aol.com", "btinternet.com", "sky.com",
)  # fmt: skip
"""Where everyone can have an address: who else has one there is no colleague."""
_SAID = lazy_pattern(r"^\s*(\w{4,10})\s*:", re.UNICODE)
_FORWARDED = lazy_pattern(r"^\s*(?:(?:fwd?|ymlaen|tr|wg|pd|rv|enc)\s*+:\s*+)++", re.IGNORECASE)
_ANSWERED = lazy_pattern(
    r"^\s*(?:(?:fwd?|re|ymlaen|ynglyn|ateb|tr|wg|aw|pd|odp|rv|enc)\s*+:\s*+)++", re.IGNORECASE
)
_OWN_LANES = {Lane.COMPLAINT: ItemKind.COMPLAINT, Lane.QUESTION: ItemKind.QUERY}


@dataclass(frozen=True)
class Forwarded:
    """A comment or message as an email tells it. `private`: it was written to the school alone, or nothing
    tells that everyone can read it; `at`: None where the email doesn't say when it was written; `sure`: False
    where some letters may be wrong. `subject`: what its author wrote as one; `beside`: other words that came
    along, such as names of files and a network's own subject; `above`: what the member of staff wrote."""

    text: str
    author: str
    at: datetime | None
    kind: ItemKind
    private: bool
    sure: bool = True
    subject: str = ""
    beside: tuple[str, ...] = ()
    above: str = ""


def read_forwarded(mail: Mail) -> Forwarded:
    """Return what a forwarded email brings: the email attached to it, what stands below the mail program's
    own headers, or else its whole text."""
    copied = mail.inside is not None and mail.inside.subject.strip() == mail.subject.strip()
    theirs = None if copied else _chosen(mail.subject)
    chosen = theirs or _chosen(_FORWARDED.sub("", mail.subject))
    if mail.inside is not None:
        given = mail.inside
        found = _told(given.text, f"{given.sender_name} <{given.sender}>", given.subject, given.at)
        lines = given.text.split("\n")
        if _passed_on(given.subject, given.sender, lines, by=mail.sender):
            found = replace(found, text=f"{found.author}:\n\n{found.text}", author="", at=None)
        found = replace(found, above=mail.text.strip())
    else:
        whole = Forwarded(mail.text.strip(), "", None, ItemKind.COMMENT, private=True, subject=mail.subject)
        found = _below(mail.text, by=mail.sender) or whole
    found = _with_what_came_along(found, mail)
    if chosen is None:
        return found if found.kind == ItemKind.REVIEW else replace(found, kind=_guessed(found.text))
    private = found.private or chosen == MESSAGE
    if theirs in PUBLIC:  # before "Fwd:", so it is the member of staff who says so
        private = False
    return replace(found, kind=_guessed(found.text) if chosen == MESSAGE else chosen, private=private)


def _with_what_came_along(found: Forwarded, mail: Mail) -> Forwarded:
    """Return it with the words around it. A subject that says something else than the author's is the member
    of staff's own, or a network's."""
    files = (*mail.files, *(mail.inside.files if mail.inside else ()))
    subject, outer = _bare(found.subject), _bare(mail.subject)
    other = outer if outer.casefold() not in ("", subject.casefold()) else ""
    return replace(
        found, sure=(mail.inside or mail).sure, subject=subject,
        beside=(*found.beside, *map(_named_words, files)), above=f"{other}\n{found.above}".strip(),
    )  # fmt: skip


def _bare(subject: str) -> str:
    """Return a subject without what mail programs and our senders put before it."""
    bare = _ANSWERED.sub("", subject)
    bare = _SAID.sub("", bare, count=1) if _chosen(bare) else bare
    return _ANSWERED.sub("", bare).strip()


def _named_words(file: str) -> str:
    """Return the words in the name of a file."""
    return " ".join(file.rpartition(".")[0].replace("_", " ").replace("-", " ").split())


def _chosen(subject: str) -> ItemKind | None:
    """Return the kind that a subject begins with; None where none."""
    found = _SAID.match(subject)
    return _KINDS.get(found[1].lower()) if found else None


def _passed_on(subject: str, address: str, below: list[str], *, by: str) -> bool:
    """Return whether a colleague of who forwards this had it forwarded from another: whose words are whose
    isn't known then. A colleague has an address at the same school."""
    domain = by.strip().rpartition("@")[2].lower()
    same = address.strip().rpartition("@")[2].lower() == domain and domain not in ("", *_OPEN_TO_ALL)
    return same and _FORWARDED.match(subject) is not None and block_in(below) is not None


def _below(text: str, *, by: str) -> Forwarded | None:
    """Return what stands below the first block of headers; None where there is no such block."""
    lines = text.split("\n")
    block = block_in(lines)
    if block is None:
        return None
    said = block.said
    at = instant_of(said.get(Head.DATE, ""), months_first=block.months_first)
    below, subject = lines[block.ends :], said.get(Head.SUBJECT, "")
    told = _told("\n".join(below), said[Head.FROM], subject, at)
    if _passed_on(subject, _who(said[Head.FROM])[1], below, by=by):
        told = replace(told, text=f"{said[Head.FROM]}:\n\n{told.text}", author="", at=None)
    return replace(told, above=RULE.sub("", "\n".join(lines[: block.begins])).strip())


def _told(text: str, sender: str, subject: str, at: datetime | None) -> Forwarded:
    name, address = _who(sender)
    domain = address.rpartition("@")[2].lower()
    by_network = any(domain == one or domain.endswith(f".{one}") for one in _NETWORK_MAIL)
    about = _FORWARDED.sub("", subject)
    wrote = _WROTE.match(about) if by_network else None
    is_review = by_network and _REVIEW.search(about) is not None
    author = (wrote[1] if wrote else "") if by_network else name or address
    open_to_all = is_review or (wrote is not None and not _PRIVATE.search(subject))
    private = not (by_network and open_to_all)
    kind = ItemKind.REVIEW if is_review else ItemKind.COMMENT
    told = Forwarded(_unquoted(text), author[:LONGEST_NAME], at, kind, private)
    return replace(told, beside=(about,)) if by_network else replace(told, subject=subject)


def _who(sender: str) -> tuple[str, str]:
    found = _SENDER.match(sender.strip())
    if found:
        return found[1].strip(), found[2]
    return ("", sender.strip()) if _ADDRESS.match(sender.strip()) else (sender.strip(), "")


_SAYS_OUTSIDE = lazy_pattern(
    r"""(\W{0,3}(caution|warning|attention|external|rhybudd)(\ (e-?mail|sender|message))?\W{0,3}$
    |.{0,60}\b(originated|sent|came|received|is)\b.{0,20}\b(from|by)\b.{0,20}\b(outside|external)\b.{0,60}$
    |(please\ )?(do\ not|don.t|never)\ (click|open|reply|follow|respond)\b.{0,160}$
    |you\ don.t\ often\ get\ e-?mail\ from\b.{0,160}$|learn\ why\ this\ is\ important\b.{0,80}$)""",
    re.IGNORECASE | re.VERBOSE,
)
"""What a school's mail service writes above what comes from outside."""
_SENTENCE = re.compile(r"(?<=[.!:\]])\s+|\n")
_LONGEST_BANNER = 600


def _without_banner(text: str) -> str:
    """Return a text without the warning that a mail service put above it: its first paragraph, where each
    sentence of it is one of a warning's."""
    first, blank, rest = text.lstrip().partition("\n\n")
    if not blank or len(first) > _LONGEST_BANNER:
        return text
    sentences = [one.strip() for one in _SENTENCE.split(first) if one.strip()]
    return rest if all(_SAYS_OUTSIDE.match(one) for one in sentences) else text


def _unquoted(text: str) -> str:
    """Return a text without the marks that mail programs put before each line of what they forward, and
    without a warning above it."""
    lines = text.replace("\ufeff", "").strip("\n").split("\n")
    if all(line.startswith(">") or not line.strip() for line in lines):
        lines = [re.sub(r"^> ?", "", line) for line in lines]
    return _without_banner("\n".join(lines)).strip()


def _guessed(text: str) -> ItemKind:
    """Return what a text seems to be; a person can change it."""
    return _OWN_LANES.get(triage(text).lane, ItemKind.COMMENT)


# The address of each account to which staff forward comments and messages: how it is written and found. The
# local part names the federation, so that the row can be behind row-level security like all others.

LENGTH = 16
_SHAPE = re.compile(rf"([^\s@+]+)\+([1-9][0-9]{{0,17}})\.([{LETTERS.lower()}]{{{LENGTH}}})@([^\s@]+)")


@dataclass(frozen=True)
class Named:
    """What an address names."""

    federation_id: int
    code: str


def takes_mail() -> bool:
    """Return whether this installation has a mailbox for what is forwarded."""
    return bool(env().mail_in)


def new_code() -> str:
    """Return a fresh secret part: about 79 random bits, in letters that survive any mail program."""
    return "".join(secrets.choice(LETTERS.lower()) for _letter in range(LENGTH))


def written(row: MailAddress) -> str:
    """Return the whole address; empty where the installation has no mailbox."""
    mailbox, _at, domain = env().mail_in.partition("@")
    return f"{mailbox}+{row.federation_id}.{row.code}@{domain}" if domain else ""


def named_in(addresses: Iterable[str]) -> Named | None:
    """Return what the first of these addresses names that is one of ours; None where none is."""
    mailbox, _at, domain = env().mail_in.lower().partition("@")
    for address in addresses:
        found = _SHAPE.fullmatch(address.strip().strip("<>").lower())
        if found and domain and (found[1], found[4]) == (mailbox, domain):
            return Named(int(found[2]), found[3])
    return None


def account_at(code: str) -> Account | None:
    """Return the open account of an address that has not been ended; None where there is none. In scope."""
    rows = MailAddress.objects.select_related("account__school", "account__federation")
    row = rows.filter(code=code, ended_at=None, account__state=AccountState.OPEN).first()
    return row.account if row else None


def address_of(account: Account) -> MailAddress | None:
    """Return the address of an account; None where it has none."""
    return MailAddress.objects.filter(account=account, ended_at=None).first()


def sender_at(federation_id: int, email: str, *, on: date) -> Membership | None:
    """Return the place of the member of staff who signs in with this address; None where no one does."""
    rows = Membership.objects.filter(live_memberships(on), federation=federation_id, user__is_active=True)
    return rows.filter(user__email__iexact=email.strip()).first() if email.strip() else None


@dataclass(frozen=True)
class Filed:
    """The item of a forwarded email. `new`: False where the inbox had it already."""

    item: Item
    new: bool


@action
def make_address(*, by: Person, at: datetime, account: Account) -> MailAddress:
    """Give an account an address for forwarding, in place of the one it has: that one is refused from now on.

    Raises NotAllowed, NotNow (the account isn't open; no mailbox is set up here).
    """
    check_capacity(by, "answer", on=local_day(at), school=account.school, account=account)
    if account.state != AccountState.OPEN:
        raise NotNow(_("This account isn’t open."), _("Choose another account."))
    if not takes_mail():
        raise NotNow(
            _("This installation doesn’t receive email yet."),
            _("Ask the person who runs Schoolgate to set up its mailbox."),
        )
    _end(account, by=by, at=at)
    row = MailAddress.objects.create(account=account, code=new_code(), by=by, at=at)
    record("mailaddress.made", subject=row, at=at, actor=by, account=account.pk)
    return row


@action
def end_address(*, by: Person, at: datetime, account: Account) -> None:
    """End the address of an account: what is sent there from now on is refused. Raises NotAllowed, NotNow (it
    has none)."""
    check_capacity(by, "answer", on=local_day(at), school=account.school, account=account)
    if not _end(account, by=by, at=at):
        raise NotNow(_("This account has no email address."), _("Open the page again to see its status."))


def _end(account: Account, *, by: Person, at: datetime) -> bool:
    row = address_of(account)
    if row is None or not MailAddress.objects.filter(pk=row.pk, ended_at=None).update(ended_at=at):
        return False
    record("mailaddress.ended", subject=row, at=at, actor=by, account=account.pk)
    return True


@action
def file_mail(
    *, by: Person, at: datetime, account: Account, mail: Mail, photos: Sequence[Photo] = ()
) -> Filed:
    """Add what a member of staff forwarded to the inbox of an account, with the pictures in it; what the
    inbox has already is not added again. What they wrote above it becomes a note where a safeguarding lead
    should read it, and isn't kept elsewhere.

    Raises NotAllowed; BadInput on `text` (the email has no words, or too many).
    """
    check_capacity(by, "answer", on=local_day(at), school=account.school, account=account)
    found = read_forwarded(mail)
    names = names_of(account.federation, on=local_day(at))
    text = _with_words_beside(found, names)
    if not text:
        raise BadInput({"text": _("The email has no text. Add the comment’s words, and send it again.")})
    appeared = min(found.at or at, at)
    item = same_before(account, text=text, author=found.author, appeared_at=appeared)
    new = item is None
    if item is None:
        item = paste_in(
            by=by, at=at, account=account, text=text, appeared_at=appeared, author=found.author,
            kind=found.kind, private=found.private,
        )  # fmt: skip
        item.letters_unsure, item.time_unsure = not found.sure, found.at is None
        if item.letters_unsure or item.time_unsure:
            item.save(update_fields=["letters_unsure", "time_unsure"])
    for photo in photos:
        keep_photo(item, photo, by=by, at=at)
    above = found.above[:LONGEST_NOTE]
    told = bool(above) and read_outside(above, names=names, to_us=False).lead_first
    if told and not ItemNote.objects.filter(item=item, text=above).exists():
        keep_note(by=by, at=at, item=item, text=above)
    if new:
        record("mail.filed", subject=item, at=at, actor=by, account=account.pk)
    return Filed(item, new)


def _with_words_beside(found: Forwarded, names: Names) -> str:
    """Return the words of a forwarded email with its subject, where that says more, and with the other words
    that came along where a safeguarding lead should read them."""
    lines = [found.subject] if found.subject.casefold() not in found.text.casefold() else []
    lines += [words for words in found.beside if _tells(words, names)]
    return "\n\n".join([*lines, found.text]).strip()


def _tells(words: str, names: Names) -> bool:
    return read_outside(words, names=names, to_us=True, kind_alone=True, by_children=True).lead_first


@action
def note_refused(*, at: datetime, account: Account, because: str) -> None:
    """Record that an email to an account's address was refused; `because` is a short code."""
    record("mail.refused", subject=account, at=at, because=because)
