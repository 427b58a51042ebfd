"""A breach in words: its clock, its summary, its steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolgate.breaches.cases import PARTS
from schoolgate.breaches.models import Breach, NotTold, Risk, StepKind
from schoolgate.breaches.queries import Shown
from schoolgate.core.days import stored_instant
from schoolgate.web.frame.times import instant_in_words

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True)
class Clock:
    """How a breach stands with the 72 hours. `kind`: as of a note or tag; `left`: the hours, left or over."""

    kind: str
    title: str
    short: str
    left: str = ""


def clock(breach: Breach, *, at: datetime) -> Clock:
    """Return how a breach stands with the law's hours, at an instant."""
    told = breach.authority_told_at
    if told is not None:
        took = _("{hours} after becoming aware").format(hours=hours_in_words(told - breach.aware_at))
        kind = "good" if told <= breach.due_at else "wait"
        return Clock(
            kind, _("The ICO was told on {when}").format(when=instant_in_words(told)), _("ICO told"), took
        )
    if breach.risk == Risk.NONE:
        return Clock(
            "info", _("A risk to people is unlikely, so the ICO need not be told"), _("Need not be told")
        )
    due, left = instant_in_words(breach.due_at), breach.due_at - at
    if left < timedelta(0):
        over = _("{hours} overdue").format(hours=hours_in_words(-left))
        return Clock("no", _("The ICO had to be told by {when}").format(when=due), over, over)
    words = _("{hours} left").format(hours=hours_in_words(left))
    return Clock("wait", _("Tell the ICO by {when}").format(when=due), words, words)


def hours_in_words(span: timedelta) -> str:
    """Return elapsed time in hours and minutes, the minutes begun left out."""
    hours, minutes = span // HOUR, span % HOUR // MINUTE
    said = ngettext("{number} hour", "{number} hours", hours).format(number=hours)
    if not minutes:
        return said
    return f"{said} {ngettext('{number} minute', '{number} minutes', minutes).format(number=minutes)}"


def in_words(details: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the parts of a description that there are, each with its label."""
    found = []
    for part in PARTS:
        value = details.get(part.key)
        if value:
            ticked = ", ".join(str((part.among or {}).get(key, key)) for key in value)
            found.append((str(part.label), ticked if part.kind == "ticks" else str(value)))
    return found


def steps_shown(steps: list[Shown]) -> list[dict[str, Any]]:
    """Return the steps for the history, oldest first."""
    return [_step(shown) for shown in steps]


def _step(shown: Shown) -> dict[str, Any]:
    step, words = shown.step, shown.words
    what = str(StepKind(step.kind).label)
    if step.kind == StepKind.RISK:
        what = f"{what}: {Risk(step.code).label}"
    elif step.kind == StepKind.NOT_TOLD:
        what = f"{what}: {NotTold(step.code).label}"
    elif step.kind == StepKind.BROUGHT_IN and step.person:
        what = f"{what}: {step.person.name}"
    elif words.get("told"):
        what = f"{what}: {_instant(words['told'])}"
    elif step.kind == StepKind.AWARE and "before" in words:
        what = f"{what}: {_instant(words['before'])} → {_instant(words['after'])}"
    return {
        "what": what,
        "when": f"{instant_in_words(step.at)}, {step.by.name}",
        "words": words.get("words", ""),
        "reference": words.get("reference", ""),
        "details": in_words(words["details"])
        if step.kind == StepKind.DESCRIBED and "details" in words
        else [],
        "cannot_open": words.get("cannot_open", False),
    }


def _instant(words: str) -> str:
    return instant_in_words(stored_instant(words))
