"""Types for requests: ids, texts that a database can store, instants, pages."""

from datetime import UTC, datetime
from typing import Annotated

from ninja import Path, Query, Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field

LARGEST = 2**63 - 1
"""The largest number of a row that PostgreSQL can hold."""
NO_NUL = r"^[^\x00]*$"

Id = Annotated[int, Field(ge=1, le=LARGEST)]
PathId = Annotated[int, Path(ge=1, le=LARGEST)]
Before = Annotated[
    int | None,
    Query(None, ge=1, le=LARGEST, description="Only rows older than this id: `next` of the page before."),
]
Limit = Annotated[int, Query(50, ge=1, le=100, description="How many rows at most.")]


def _within_the_calendar(at: datetime) -> datetime:
    """An instant a day away from the calendar's ends, so that every zone can say it. Raises ValueError."""
    utc = at.astimezone(UTC)
    if not 1970 <= utc.year <= 9000:
        raise ValueError("the year is out of range")
    return utc


Instant = Annotated[AwareDatetime, AfterValidator(_within_the_calendar)]
Short = Annotated[str, Field(max_length=500, pattern=NO_NUL)]
Long = Annotated[str, Field(max_length=100_000, pattern=NO_NUL)]


class In(Schema):
    """A request body. Unknown names are refused, so that typing errors don't go unnoticed."""

    model_config = ConfigDict(extra="forbid")


class Out(Schema):
    """A response body."""
