"""Links that let strangers in, or hide where they lead."""

from __future__ import annotations

import re

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.hits import Kind, Strength
from schoolgate.screening.personal import Seen

_LINK = lazy_pattern(
    r"(?:\bh(?:tt|xx)ps?://|\bwww\.)[^\s<>\"]{3,500}"
    r"|\b(?:[a-z0-9-]{1,63}(?:\.|\s?\[\.\]\s?)){1,6}(?:com|net|org|uk|wales|cymru|us|me|ly|gl|gle|gg|co|io|"
    r"cc|ms|live|link)\b"
    r"(?:/[^\s<>\"]{0,500})?",
    re.IGNORECASE,
)
_LETS_IN = lazy_pattern(
    r"chat\.whatsapp\.com/|wa\.me/|whatsapp\.com/(?:invite|send)|meet\.google\.com/[a-z]|zoom\.us/(?:j|my|"
    r"s|w)/|"
    r"teams\.(?:microsoft|live)\.com/(?:l/|meet)|discord\.(?:gg|com/invite)/|t\.me/(?:\+|joinchat)|m\.me/j/|"
    r"snapchat\.com/(?:add|group)|classroom\.google\.com/|signal\.group/|webex\.com/(?:meet|join)|"
    r"whereby\.com/|"
    r"facetime\.apple\.com/join|invite\.viber\.com|kahoot\.it/challenge",
    re.IGNORECASE,
)
_SHARED = lazy_pattern(
    r"drive\.google\.com/|docs\.google\.com/(?:document|spreadsheets|presentation)/|"
    r"docs\.google\.com/forms/.{0,200}/edit|"
    r"1drv\.ms/|onedrive\.live\.com/|\.sharepoint\.com/|dropbox\.com/(?:s|scl|sh)/|wetransfer\.com/|we\.tl/|"
    r"forms\.office\.com/pages/design|icloud\.com/(?:iclouddrive|sharedalbum|photos)|photos\.app\.goo\.gl/|"
    r"photos\.google\.com/share|mega\.nz/",
    re.IGNORECASE,
)
_SECRET = lazy_pattern(
    r"[?&#;](?:token|access_token|auth|authkey|key|sig|signature|secret|session|sid|pwd|passcode|password|"
    r"invite|"
    r"usp=sharing|resourcekey|code|otp)(?:=|$|&)",
    re.IGNORECASE,
)
_SPELT = lazy_pattern(
    r"\b[a-z0-9-]{2,40} (?:dot|\(dot\)) (?:com|co|org|net|uk|wales|cymru|me|ly|io"
    r"|link)\b(?: (?:(?:forward )?slash|dot) [a-z0-9-]{1,40}){0,5}",
    re.IGNORECASE,
)
"""An address in words: written so that no one looks at it."""
_SHORT = lazy_pattern(
    r"(?:^|/|\.|\b)(?:bit\.ly|tinyurl\.com|t\.co|goo\.gl|ow\.ly|is\.gd|buff\.ly|rebrand\.ly|cutt\.ly|"
    r"shorturl\.at|"
    r"qrco\.de|lnkd\.in|rb\.gy|tiny\.cc|forms\.gle|dub\.sh|s\.id|v\.gd|t\.ly)/",
    re.IGNORECASE,
)


def find_links(text: str) -> list[Seen]:
    """Return the links of a folded text that open a meeting, a group or a file to anyone who has them, and
    those that hide where they lead."""
    found = [Seen(each.start(), each.end(), Kind.SHORT_LINK, Strength.ASK) for each in _SPELT.finditer(text)]
    for link in _LINK.finditer(text):
        words = link.group().rstrip(".,;:!?)'")
        address = re.sub(r"\s?\[\.\]\s?", ".", words)
        end = link.start() + len(words)
        if _LETS_IN.search(address):
            found.append(Seen(link.start(), end, Kind.PRIVATE_LINK, Strength.STOP, "joins"))
        elif _SHARED.search(address):
            found.append(Seen(link.start(), end, Kind.PRIVATE_LINK, Strength.STOP, "shared"))
        elif _SECRET.search(address):
            found.append(Seen(link.start(), end, Kind.PRIVATE_LINK, Strength.STOP, "token"))
        elif _SHORT.search(address):
            found.append(Seen(link.start(), end, Kind.SHORT_LINK, Strength.ASK))
    return found
