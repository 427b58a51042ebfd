"""What comes first in the lists of items received, whatever its time: danger, then possible harm."""

from __future__ import annotations

from datetime import date

from schoolgate.core.subjects import number_of
from schoolgate.duties.models import Urgency
from schoolgate.duties.queries import urgent_subjects
from schoolgate.inbox import listing
from schoolgate.inbox.dangers import Presses
from schoolgate.inbox.models import Item
from schoolgate.incidents.models import Danger
from schoolgate.incidents.queries import presses_of, waiting
from schoolgate.people.models import Person

ITEM = "inbox.item"


def urgency_of_items(person: Person, *, on: date) -> dict[int, Urgency]:
    """Return for this person how urgent each item is, by its id, where it is more than usual: danger was
    reported from its page and this person may know about that, or something about it may do harm
    meanwhile."""
    found = {number_of(subject): urgency for subject, urgency in urgent_subjects(ITEM).items()}
    reported = waiting(person, on=on).filter(danger=Danger.YES, thing__startswith=f"{ITEM}:")
    return found | {number_of(thing): Urgency.DANGER for thing in reported.values_list("thing", flat=True)}


def first_items(urgent: dict[int, Urgency], person: Person, *, on: date, state: str = "") -> list[Item]:
    """Return those of them that the person may read, most urgent first: danger in the order of all lists of
    danger, the rest oldest first."""
    rows = listing.of_ids(person, urgent, on=on, state=state) if urgent else []
    places = presses_of(f"{ITEM}:{item.pk}" for item in rows if urgent[item.pk] == Urgency.DANGER)

    def place(item: Item) -> tuple[Urgency, Presses, int]:
        return urgent[item.pk], places.get(f"{ITEM}:{item.pk}", Presses.OTHER), item.pk

    return sorted(rows, key=place)
