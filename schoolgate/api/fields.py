"""Types for requests: ids, texts that a database can store, instants, pages."""

from datetime import date
from typing import Annotated

from ninja import Path, Query, Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field

from schoolgate.core.clock import local_day, now
from schoolgate.core.days import check_day, check_instant

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


Instant = Annotated[AwareDatetime, AfterValidator(lambda at: check_instant(at, on=local_day(now())))]
"""Within the bounds of every door (`core.days`)."""
Day = Annotated[date, AfterValidator(check_day)]
Short = Annotated[str, Field(max_length=500, pattern=NO_NUL)]
Long = Annotated[str, Field(max_length=100_000, pattern=NO_NUL)]


class In(Schema):
    """A request body. Unknown names are refused, so that typing errors don't go unnoticed."""

    model_config = ConfigDict(extra="forbid")


class Out(Schema):
    """A response body."""
