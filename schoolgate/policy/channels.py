"""Leave to use a private email or phone for school business, from the permissions on record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from schoolgate.core.clock import local_day
from schoolgate.core.subjects import person_key, subject_of
from schoolgate.people.models import Permission, Person
from schoolgate.people.queries import book_for, permissions_for
from schoolgate.rulebook.situations.contacts import ChannelPermission

SITUATION = "message.send"
OWN_CHANNELS: Mapping[str, str] = {"own_email": "personal email", "own_phone": "personal mobile phone"}
"""What a permission covers -> the channel, in the words of facts."""


def channel_leaves(person: Person, *, on: date, answer: str = "") -> tuple[ChannelPermission, ...]:
    """Return the permissions that a person has on a day for channels of their own. `answer`: the name of
    their saved answer, for permissions that are for that occasion alone, on the day they were given."""
    names = book_for(person).role_names
    lasting = [(one, subject_of(person)) for one in OWN_CHANNELS]
    once = [(f"{one}:{answer}", answer) for one in OWN_CHANNELS] if answer else []
    return tuple(
        _as_fact(leave, names)
        for covers, subject in (*lasting, *once)
        for leave in permissions_for(covers=covers, subject=subject, on=on)
    )


def _as_fact(leave: Permission, names: Mapping[str, str]) -> ChannelPermission:
    return ChannelPermission(
        by=person_key(leave.given_by_id),
        roles=(names[leave.role_key],) if leave.role_key in names else (),
        at=leave.at,
        written=leave.written,
        covers=(OWN_CHANNELS[leave.covers.partition(":")[0]],),
        from_day=leave.from_day,
        to_day=leave.to_day or local_day(leave.at),
    )
