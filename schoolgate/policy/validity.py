"""Whether training still counts: for as many months as the policy or our reading gives, else for good."""

from collections.abc import Iterable
from datetime import date

from schoolgate.core.clock import local_day
from schoolgate.policy.models import Attestation, TrainingRecord
from schoolgate.policy.states import Attested
from schoolgate.rulebook import Book
from schoolgate.rulebook.named_times import months_after

RUNNING = "trained_regularly_procedures"
"""The point at which a policy says how often the people who run its procedures are trained."""


def months_it_counts(book: Book) -> int | None:
    """Return for how many months training counts for people who run accounts, as the policy or our reading
    of it says.

    None where no number is given: then it does not expire."""
    return min(book.stated("person.entrust", RUNNING, "training_interval_months"), default=None)


def counts_until(day: date, months: int | None) -> date | None:
    """Return the last day on which training of that day counts; None where it does not expire."""
    return None if months is None else months_after(day.isoformat(), months)


def still_trained(people: Iterable[int], *, book: Book, on: date) -> dict[int, bool]:
    """Return for each of these people with any statement about training whether it counts on a day. One
    query.

    It is not bound to a version: no policy asks for new training because its text has changed.
    """
    rows = Attestation.objects.filter(about_person_id__in=list(people), kind=Attested.TRAINED)
    rows = rows.select_related("training").order_by("about_person_id", "id")
    months, found = months_it_counts(book), dict[int, bool]()
    for row in rows:
        if row.about_person_id is not None:
            until = counts_until(day_of(row), months)
            fresh = row.answer and (until is None or on <= until)
            # An older course that still counts is not undone by a newer entry of an even older one.
            found[row.about_person_id] = fresh or (row.answer and found.get(row.about_person_id, False))
    return found


def day_of(row: Attestation) -> date:
    """Return the day of a person's stated training; where no record says, the day of the statement."""
    training: TrainingRecord | None = getattr(row, "training", None)
    return training.on if training is not None else local_day(row.at)
