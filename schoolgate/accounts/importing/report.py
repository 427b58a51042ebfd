"""What would come of a list of accounts, as a CSV file in the active language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext

from schoolgate.accounts.importing.planning import Plan
from schoolgate.people.sheets import write_csv


def report_of(plan: Plan) -> bytes:
    """A line for each line of the list."""
    return write_csv(_rows(plan))


def _rows(plan: Plan) -> Iterator[Sequence[object]]:
    yield gettext("Row"), gettext("Account"), gettext("Address"), gettext("Result"), gettext("Why")
    for line in plan.lines:
        why = " ".join(str(one) for one in line.said)
        yield line.number, line.name, line.address, line.outcome.label, why
