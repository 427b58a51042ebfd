"""The days on which one person's role ends and another's begins. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput, Text

DAY = timedelta(days=1)
FURTHEST = timedelta(days=550)


@dataclass(frozen=True)
class Days:
    """The days of passing a role on. `last`: the current holder's last day; the successor has it from
    `first`.

    `gap`: the days between, first and last, on which neither has it; None where there are none.
    """

    last: date
    first: date

    @property
    def gap(self) -> tuple[date, date] | None:
        """Return the days on which neither has it."""
        return (self.last + DAY, self.first - DAY) if self.last + DAY < self.first else None


def days_of(
    *, began: date, ends: date | None, first: date, today: date, last_day: date | None = None
) -> Days:
    """Return the current holder's last day if the next one begins on `first`; the two never overlap.

    Args:
        began: first day of who has the role now. ends: their last day, where one is set already.
        last_day: an earlier end than the day before `first`, where that is wanted.

    Raises:
        BadInput (first_day, last_day): in the past, more than a year and a half ahead, before the one has
            begun, or both on one day.
    """
    wrong: dict[str, Text] = {}
    if first < today:
        wrong["first_day"] = _("A role or permission must start today or later. It can’t be backdated.")
    elif first > today + FURTHEST:
        wrong["first_day"] = _("That’s more than 18 months ahead. Choose an earlier date.")
    elif first <= began:
        wrong["first_day"] = _("The current person hasn’t started in the role by that date.")
    if last_day is not None and last_day >= first:
        wrong["last_day"] = _("The current person’s last day must be before the new person’s first day.")
    elif last_day is not None and last_day < max(today, began):
        wrong["last_day"] = _("The last day must be today or later, and not before the first day.")
    if wrong:
        raise BadInput(wrong)
    last = last_day or first - DAY
    return Days(last if ends is None else min(last, ends), first)
