"""What would come of a list, as a CSV file in the active language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext

from schoolgate.people.importing.planning import Plan
from schoolgate.people.sheets import write_csv


def report_of(plan: Plan) -> bytes:
    """A line for each line of the list, then those who are here and not in it."""
    return write_csv(_rows(plan))


def _rows(plan: Plan) -> Iterator[Sequence[object]]:
    yield gettext("Row"), gettext("Name"), gettext("Email address"), gettext("Result"), gettext("Why")
    for line in plan.lines:
        why = " ".join(str(one) for one in line.said)
        yield line.number, line.name, line.email, line.outcome.label, why
    for one in plan.missing:
        yield "", one.name, "", gettext("Not in the list"), gettext("No change.")
