"""The closed list of events. Each area declares its own in its `events.py`, read when the program starts.

A name is `<subject>.<what happened>`; `<subject>.refused` is written by `action` itself when the policy does
not let the step happen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Event:
    """One event.

    `sentence`: what it says to people, as the history shows it: what happened to what, never what was written
    or shown. `brief`: the same on the page of the thing itself; without it that page leaves the event out.
    `look`: whether that page shows it as bad (`no`) or as waiting. `heard`: an area above must listen;
    without a handler the program does not start.
    """

    sentence: Promise
    brief: Promise | str = ""
    look: Literal["", "no", "wait"] = ""
    heard: bool = False


EVENTS: dict[str, Event] = {}
"""By their names. An event that is not in it cannot be recorded, and a handler for one is an error."""


def declare(events: Mapping[str, Event]) -> None:
    """Add an area's events to the list. Raises ValueError where one is there already."""
    double = EVENTS.keys() & events.keys()
    if double:
        raise ValueError(f"declared twice: {', '.join(sorted(double))}")
    EVENTS.update(events)


declare(
    {
        "hold.lifted": Event(_("A ban on deleting was lifted.")),
        "hold.placed": Event(_("A ban on deleting was placed.")),
        "safeguarder.asked": Event(_("A second person was asked to agree to a safeguarding lead or deputy.")),
        "safeguarder.declined": Event(_("A second person didn’t agree to a safeguarding lead or deputy.")),
        "safeguarder.ended": Event(_("A person stopped being safeguarding lead or deputy.")),
        "safeguarder.let_go": Event(_("Two people agreed that a person no longer leads on safeguarding.")),
        "safeguarder.told_role": Event(_("Two people agreed that a role can be told of concerns.")),
        "safeguarder.named": Event(_("A person was named as safeguarding lead or deputy.")),
        "restoration.made": Event(
            _("Schoolgate was restored from a backup. Nothing is posted until it’s released.")
        ),
        "restoration.done_again": Event(
            _("Something that had been ended or taken down after the backup was ended or taken down again.")
        ),
        "restoration.released": Event(_("Schoolgate was released after being restored from a backup.")),
        "school.added": Event(_("A school was added.")),
        "school.changed": Event(_("A school’s name, country or languages were corrected.")),
        "school.calendar_set": Event(_("A school’s calendar was added."), heard=True),
        "school.refused": Event(_("The policy didn’t allow an action for a school.")),
        "stop.lifted": Event(_("A stop on posting was lifted.")),
        "stop.pressed": Event(_("All posting was stopped.")),
        "vaultsecret.kept": Event(_("An account’s keys were stored securely.")),
        "vaultsecret.revealed": Event(_("An account’s keys were used.")),
    }
)
