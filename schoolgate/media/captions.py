"""Captions of a film as WebVTT: read strictly, written plainly. Pure.

What is wrong is said with its line. What only changes how captions look (places, styles, comments) is left
out, so that every player and a reader of the text get the same words.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.patterns import lazy_pattern

LONGEST: Final = 200_000
"""Characters: more than an hour of speech."""
_TIME: Final = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMES: Final = lazy_pattern(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t]+\S.*)?")
_VOICE: Final = lazy_pattern(r"<v(?:\.[^\s<>]{0,100})?[ \t]{1,9}([^<>]{1,300})>")
_TAG: Final = lazy_pattern(r"</?(?:[^\W\d_][^<>]{0,300})?>|<\d[\d:.]{0,20}>")
"""Every tag, also one that WebVTT doesn't know: players leave it out, so a name it cuts through is whole."""
_LIKE_SRT: Final = lazy_pattern(r"(?<!\d)\d{1,6}:\d\d:\d\d,\d{3}\s{0,9}-->")


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption: from when to when, in milliseconds, and its words."""

    begins: int
    ends: int
    words: str


class NotCaptions(Exception):
    """The text isn't WebVTT. `why` names the line."""

    def __init__(self, line: int, why: str | Promise) -> None:
        super().__init__(line)
        self.line = line
        self.why = format_lazy(_("Line {line} of the captions: {why}"), line=line, why=why)


def read_captions(text: str, *, ends_at: int | None = None) -> list[Cue]:
    """Return the cues of a WebVTT text; none for an empty one. `ends_at`: the film's length in milliseconds.

    Raises NotCaptions: no WebVTT, a time that can't be read or lies before the one above it or after the
    film's end, a caption without words, a sign that can't be shown.
    """
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not any(line.strip() for line in lines):
        return []
    if len(text) > LONGEST:
        raise NotCaptions(1, _("There’s too much text for the captions of one film."))
    if lines[0] != "WEBVTT" and not lines[0].startswith(("WEBVTT ", "WEBVTT\t")):
        if _LIKE_SRT.search(text):
            raise NotCaptions(1, _("These are SRT captions. Save them as WebVTT (.vtt)."))
        raise NotCaptions(1, _("The first line must be WEBVTT."))
    cues: list[Cue] = []
    for number, block in _blocks(lines):
        if (cue := _cue(number, block, cues, ends_at)) is not None:
            cues.append(cue)
    if not cues:
        raise NotCaptions(len(lines), _("No caption follows. Add one, or empty the field."))
    return cues


def written(cues: Sequence[Cue]) -> str:
    """Return these cues as WebVTT; empty for none."""
    if not cues:
        return ""
    blocks = (
        f"{_clock(cue.begins)} --> {_clock(cue.ends)}\n{html.escape(cue.words, quote=False)}" for cue in cues
    )
    return "WEBVTT\n\n" + "\n\n".join(blocks) + "\n"


def words_of(captions: str) -> str:
    """Return only the words of captions that were written by `written`."""
    return "\n".join(cue.words for cue in read_captions(captions))


def _blocks(lines: Sequence[str]) -> list[tuple[int, list[str]]]:
    """Return the parts between empty lines, after the head, each with the number of its first line."""
    found: list[tuple[int, list[str]]] = []
    now: list[str] = []
    in_head = True
    for number, line in enumerate(lines, start=1):
        if line.strip() == "":
            in_head, now = False, []
        elif in_head:
            if "-->" in line:
                raise NotCaptions(number, _("An empty line must follow WEBVTT."))
        else:
            if not now:
                found.append((number, now))
            now.append(line)
    return found


def _cue(number: int, block: Sequence[str], before: Sequence[Cue], ends_at: int | None) -> Cue | None:
    first = block[0]
    if "-->" not in first and first.split(maxsplit=1)[0] in ("NOTE", "STYLE", "REGION"):
        return None
    at = 0 if "-->" in first else 1  # a line with a name may come first
    if at == len(block) or "-->" not in block[at]:
        raise NotCaptions(
            number + min(at, len(block) - 1), _("This should be a time such as 00:01.000 --> 00:04.000.")
        )
    times = _TIMES.fullmatch(block[at].strip())
    if times is None:
        raise NotCaptions(number + at, _("This should be a time such as 00:01.000 --> 00:04.000."))
    begins, ends = _milliseconds(times.groups()[:4]), _milliseconds(times.groups()[4:])
    if ends <= begins:
        raise NotCaptions(number + at, _("This caption ends before it begins."))
    if before and begins < before[-1].begins:
        raise NotCaptions(number + at, _("This caption begins before the one above it."))
    if ends_at is not None and begins >= ends_at:
        raise NotCaptions(number + at, _("This caption begins after the end of the film."))
    words = "\n".join(line for each in block[at + 1 :] if (line := _plain(each)))
    if not words:
        raise NotCaptions(number + at, _("This caption has no words."))
    if any((ord(sign) < 32 and sign not in "\n\t") or "\ud800" <= sign <= "\udfff" for sign in words):
        raise NotCaptions(number + at + 1, _("There’s a character that can’t be shown. Type it again."))
    if "-->" in words:
        raise NotCaptions(number + at + 1, _("An empty line must come before the next time."))
    return Cue(begins, ends, words)


def _plain(line: str) -> str:
    """Return a line's words; who speaks comes before them."""
    return html.unescape(_TAG.sub("", _VOICE.sub(r"\1: ", line))).strip()


def _milliseconds(parts: Sequence[str | None]) -> int:
    hours, minutes, seconds, rest = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def _clock(at: int) -> str:
    seconds, rest = divmod(at, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"
