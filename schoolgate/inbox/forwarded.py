"""What a member of staff forwarded: the comment or message in an email, its author, its time. Pure.

Reads the block of headers that mail programs put above what they forward (`forwarded_heads`). Of any other
email the whole text is kept. What an email doesn't say stays empty: nothing about an author is guessed. What
isn't known to be public is private.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from schoolgate.core.outside.mails import Mail
from schoolgate.inbox.forwarded_heads import RULE, Head, block_in, instant_of
from schoolgate.inbox.states import ItemKind
from schoolgate.patterns import lazy_pattern
from schoolgate.triage import Lane, triage

LONGEST_NAME = 300
_NAMED = lazy_pattern(r"^\"?(.{0,300}?)\"?\s*[<\[](?:mailto:)?([^<>\[\]\s]{1,300}@[^<>\[\]\s]{1,200})[>\]]")
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
_SAID = lazy_pattern(r"^\s*(\w{4,10})\s*:", re.UNICODE)
_FORWARDED = lazy_pattern(r"^\s*(?:(?:fwd?|ymlaen|tr|wg|pd|rv)\s*+:\s*+)++", re.IGNORECASE)
_ANSWERED = lazy_pattern(
    r"^\s*(?:(?:fwd?|re|ymlaen|ynglyn|ateb|tr|wg|aw|pd|odp|rv)\s*+:\s*+)++", re.IGNORECASE
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
        found = replace(found, above=mail.text.strip())
    else:
        whole = Forwarded(mail.text.strip(), "", None, ItemKind.COMMENT, private=True, subject=mail.subject)
        found = _below(mail.text) or whole
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


def _below(text: str) -> Forwarded | None:
    """Return what stands below the first block of headers; None where there is no such block."""
    lines = text.split("\n")
    block = block_in(lines)
    if block is None:
        return None
    said = block.said
    at = instant_of(said.get(Head.DATE, ""), months_first=block.months_first)
    told = _told("\n".join(lines[block.ends :]), said[Head.FROM], said.get(Head.SUBJECT, ""), at)
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
    found = _NAMED.match(sender.strip())
    if found:
        return found[1].strip(), found[2]
    return ("", sender.strip()) if _ADDRESS.match(sender.strip()) else (sender.strip(), "")


def _unquoted(text: str) -> str:
    """Return a text without the marks that mail programs put before each line of what they forward."""
    lines = text.strip("\n").split("\n")
    if all(line.startswith(">") or not line.strip() for line in lines):
        lines = [re.sub(r"^> ?", "", line) for line in lines]
    return "\n".join(lines).strip()


def _guessed(text: str) -> ItemKind:
    """Return what a text seems to be; a person can change it."""
    return _OWN_LANES.get(triage(text).lane, ItemKind.COMMENT)
