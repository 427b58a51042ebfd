"""Permissions of people on record: which cover a thing on a day."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from schoolgate.core.reading_once import A_DAY, A_TEXT, FixedQuery, read_once
from schoolgate.people.models import Permission
from schoolgate.people.queries import live_on


def permissions_for(*, covers: str, subject: str, on: date) -> list[Permission]:
    """Return every permission that covers this, for this subject, on the day `on`, oldest first."""
    return [one for one in permissions_about(subject, on=on) if one.covers == covers]


def permissions_about(subject: str, *, on: date) -> list[Permission]:
    """Return every permission on record for this subject on the day `on`, oldest first. One query."""
    given: dict[object, Any] = {A_TEXT: subject, A_DAY: on}
    return read_once(("people.permissions", subject, on), lambda: _permissions().ask(given))


@cache
def _permissions() -> FixedQuery[Permission]:
    live = Permission.objects.filter(live_on(A_DAY), subject=A_TEXT, ended_at=None)
    return FixedQuery(live.order_by("pk"))
