"""A breach in the scope that is open."""

from datetime import datetime
from typing import Any

from schoolgate.breaches import cases
from schoolgate.breaches.models import Breach
from schoolgate.core.clock import LONDON
from schoolgate.people.models import Person
from tests.incidents.conftest import someone, under, wrong

WHOLE = {
    "what": "The names of eleven children were in the caption.",
    "data": ["basic", "pictures"],
    "whose": ["children"],
    "people": 11,
    "children": 11,
    "consequences": "One family lives at an address that must not be known.",
    "measures": "The post was taken down after twenty minutes.",
}


def london(words: str) -> datetime:
    """Return an instant from its day and time in London."""
    return datetime.fromisoformat(words).replace(tzinfo=LONDON)


def opened(by: Person, at: datetime, **given: Any) -> Breach:
    """Record a breach that was known at once."""
    return cases.open_breach(
        **({"by": by, "at": at, "aware_at": at, "what": "A list of addresses was sent out."} | given)
    )


def whole(breach: Breach, by: Person, at: datetime) -> Breach:
    """Describe it as far as the law asks."""
    return cases.describe(breach=breach, by=by, at=at, details=WHOLE)


__all__ = ["london", "opened", "someone", "under", "whole", "wrong"]
