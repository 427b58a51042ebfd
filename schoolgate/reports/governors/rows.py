"""The rows behind a number of the governors' report, as far as a page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Model

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound
from schoolgate.duties.models import Duty
from schoolgate.inbox import locked
from schoolgate.people.models import Permission
from schoolgate.reports.governors.measures import (
    MEASURES,
    REPLIES,
    Rows,
    of_schools,
    permissions,
    replied,
    within,
)
from schoolgate.reports.governors.report import Asked
from schoolgate.reports.governors.today import TODAY, of_today

MOST = 200
"""How many rows a page shows."""
LISTED = frozenset((*REPLIES, *TODAY)) | {each.key for each in MEASURES if each.about}
"""The numbers whose rows are listed."""
LEAVE = "leave-"
"""Before the key of a role: the permissions that were given in it."""
BESIDE: Mapping[type[Model], str] = {Duty: "kind", Permission: "given_by__name"}
"""The column that says more of a row: what the task was, who gave the permission."""


@dataclass(frozen=True)
class Row:
    """What was counted, and when. `subject`: such as `publishing.post:417`. `beside`: a task's kind, or who
    gave a permission."""

    subject: str
    at: datetime | date
    beside: str = ""


def rows_behind(asked: Asked, key: str) -> tuple[Sequence[Row], int]:
    """Return the newest `MOST` rows of a number, and how many there are, as the report counts them for its
    reader, without counting the rest of it. At most three queries. Raises NotFound for a number that has none
    to show."""
    on = local_day(asked.at)
    now = asked.period.so_far(on)
    if key in TODAY:
        there = of_today(asked.schools, at=asked.at, on=on, hidden=locked.subjects_of_all())[key]
        return _newest(there.rows, at=there.at, of="pk", about=there.about)
    if key in REPLIES:
        rows = replied(key, now, schools=asked.schools, until=min(asked.at, now.until))
        return _newest(rows, at="received_at", of="pk", about="pk")
    if key.startswith(LEAVE) and asked.schools is None:
        given = permissions(locked.subjects_of_all()).filter(within(now, "at"))
        given = given.filter(role_key=key.removeprefix(LEAVE))
        return _newest(given, at="at", of="pk", about="subject")
    measure = next((each for each in MEASURES if each.key == key and each.about), None)
    found = of_schools(measure, asked.schools, hidden=locked.subjects_of_all()) if measure else None
    if measure is None or found is None:
        raise NotFound
    return _newest(found.filter(measure.within(now)), at=measure.at, of=measure.of, about=measure.about)


def _newest(rows: Rows, *, at: str, of: str, about: str) -> tuple[list[Row], int]:
    beside = BESIDE.get(rows.model, "")
    columns = list(dict.fromkeys((of, about, *([beside] if beside else []))))
    found: Rows = rows.order_by().values(*columns).annotate(latest=Max(at))
    label = _label(rows.model, about)
    newest = found.order_by("-latest", *columns).values(*columns, "latest")[:MOST]
    shown = [
        Row(f"{label}:{each[about]}" if label else str(each[about]), each["latest"], each.get(beside, ""))
        for each in newest
    ]
    return shown, found.count() if len(shown) == MOST else len(shown)


def _label(model: type[Model], about: str) -> str:
    """Return the name of the kind at the end of a path; empty where the column has the whole name."""
    for part in about.split("__"):
        if part != "pk":
            field: Any = model._meta.get_field(part)
            if field.related_model is None:
                return ""
            model = field.related_model
    return model._meta.label_lower
