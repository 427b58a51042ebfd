"""Read the alerts that search engines send by mail, as a person pasted them: each link with the lines above
it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs

from schoolgate.core.surroundings import NO_ADDRESS, parts_of

LONGEST_MAIL = 100_000
MOST_LINKS = 50
MOST_LINES = 6
"""Lines above a link that belong to it."""
_LINK = re.compile(r"https?://[^\s<>\"']{4,2000}")
_OWN = re.compile(r"^https?://(www\.)?google\.[a-z.]{2,6}/(alerts|support|intl|search|preferences)\b")
_RULE = re.compile(r"^[\s=\-_*#>]*$")
_SUBJECT = re.compile(
    r"\s*+(?:(?:fwd?|ymlaen)\s*+:\s*+)*+(?:google alert|talkwalker alert|alert|rhybudd)s?\s*(?:[-:–]|$)",
    re.IGNORECASE,
)


def is_alert(subject: str) -> bool:
    """Return whether an email with this subject is a search engine's alert, forwarded or not; staff can
    write *Alert:* before a subject themselves."""
    return bool(_SUBJECT.match(subject))


@dataclass(frozen=True, slots=True)
class Alert:
    """One link of a mail, with the words above it."""

    address: str
    text: str


def read_alerts(mail: str) -> list[Alert]:
    """Return the links of a mail in order, each once, with their words; not those that manage the alert."""
    found: dict[str, Alert] = {}
    lines: list[str] = []
    for line in mail[:LONGEST_MAIL].splitlines():
        links = [_meant(one.group().rstrip(".,;:)]>")) for one in _LINK.finditer(line)]
        words = " ".join(_LINK.sub(" ", line).strip(" <>\t").split())
        if words and not _RULE.match(words):
            lines.append(words)
        for link in links:
            if link and not _OWN.match(link) and link not in found:
                found[link] = Alert(link, "\n".join(lines[-MOST_LINES:]))
        if links:
            lines = []
        if len(found) >= MOST_LINKS:
            break
    return list(found.values())[:MOST_LINKS]


def _meant(link: str) -> str:
    """Return where a link leads: an alert's goes through the search engine, which would learn who opens
    it."""
    parts = parts_of(link)
    if re.fullmatch(r"(www\.)?google\.[a-z.]{2,6}", parts.netloc.lower()) and parts.path == "/url":
        given = parse_qs(parts.query)
        meant = (given.get("url") or given.get("q") or [""])[0]
        return meant if meant.startswith(("https://", "http://")) else ""
    return "" if parts is NO_ADDRESS else link
