"""Set a period, start the destruction of what is due, stop it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core import holds
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.retention import Kind
from schoolgate.people.models import Person
from schoolgate.records import destroying
from schoolgate.records.destroying import check_decides
from schoolgate.records.models import Setting

LONGEST_REASON = 300
MOST_MONTHS = 1200


@action
def set_period(
    *, by: Person, at: datetime, kind: Kind, months: int | None, reason: str, seen: int | None
) -> Setting:
    """Set how long a kind is kept; None: until the federation says otherwise. What is due under it is
    destroyed only once someone has seen it and started.

    Args:
        reason: needed unless the period is the default.
        seen: number of the setting that the person saw; None: there was none.

    Raises NotAllowed, NotNow where another person was quicker, BadInput: months, reason.
    """
    check_decides(by, on=local_day(at), kind=kind)
    holds.one_at_a_time()
    _check_unchanged(kind, seen)
    wrong: dict[str, Text] = {}
    if months is not None and not 1 <= months <= MOST_MONTHS:
        wrong["months"] = _("Enter a number of months between 1 and 1200")
    if months != kind.months and not reason.strip():
        wrong["reason"] = _("Give a reason: this isn’t the suggested period")
    if len(reason.strip()) > LONGEST_REASON:
        wrong["reason"] = _("Use at most 300 characters")
    if wrong:
        raise BadInput(fields=wrong)
    row = Setting.objects.create(kind=kind.key, months=months, reason=reason.strip(), by=by, at=at)
    record("records.period_set", subject=row, at=at, actor=by, kind=kind.key, months=months)
    return row


@action
def start(*, by: Person, at: datetime, kind: Kind, seen: int | None, months: int | None) -> Setting:
    """Have what is due destroyed from now on, each day.

    `seen`: number of the setting, and `months` the period, that the person saw with what would go.

    Raises NotAllowed, NotNow where another was set since, it runs already, or there is no period.
    """
    check_decides(by, on=local_day(at), kind=kind)
    holds.one_at_a_time()
    _check_unchanged(kind, seen)
    now = destroying.in_force(kind)
    if now.months is None or now.months != months or (now.setting is not None and now.setting.runs):
        raise _changed()
    reason = now.setting.reason if now.setting else ""
    row = Setting.objects.create(kind=kind.key, months=now.months, runs=True, reason=reason, by=by, at=at)
    record("records.started", subject=row, at=at, actor=by, kind=kind.key, months=row.months)
    return row


@action
def stop(*, by: Person, at: datetime, kind: Kind) -> Setting:
    """Destroy nothing more of a kind until someone starts again. Raises NotAllowed, NotNow where it does not
    run."""
    check_decides(by, on=local_day(at), kind=kind)
    holds.one_at_a_time()
    now = destroying.in_force(kind).setting
    if now is None or not now.runs:
        raise _changed()
    row = Setting.objects.create(kind=kind.key, months=now.months, reason=now.reason, by=by, at=at)
    record("records.stopped", subject=row, at=at, actor=by, kind=kind.key)
    return row


def _check_unchanged(kind: Kind, seen: int | None) -> None:
    if destroying.changed_since(kind, seen):
        raise _changed()


def _changed() -> NotNow:
    return NotNow(
        _("Someone else changed this period in the meantime."),
        _("Read the page again, then decide."),
    )
