"""A pack as written: the shape of each part, and its place in which file."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from schoolgate.rulebook.errors import BadPack
from schoolgate.rulebook.kinds import Basis, Enforce, Modality
from schoolgate.rulebook.rules.fact_at import nearest
from schoolgate.rulebook.yaml_text import line_of

Step = str | int
KEY = r"^[a-z][a-z0-9-]{0,49}$"
"""A policy's key: lower-case letters, digits and hyphens, a letter first."""


class Part(BaseModel):
    """Closed against unknown words; no value is converted to another type."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Meta(Part):
    """The front page."""

    key: str = Field(pattern=KEY)
    title: str = Field(min_length=1)
    federation: str = Field(min_length=1)
    schools: list[str]
    version: str = Field(min_length=1)
    reading: int = Field(ge=1)
    adopted: str | None
    ratified: str | None
    review_due: str | None
    review_every_months: int | None
    owner: str | None


class WrittenRole(Part):
    """A role of the policy with what its holder may do here."""

    name: str = Field(min_length=1)
    key: str = Field(min_length=1)
    capacities: list[str]


class WrittenTension(Part):
    """What the policy's words leave open."""

    id: str = Field(min_length=1)
    clauses: list[str]
    what: str
    ruled_by: str | None


class Front(Part):
    """`policy.yaml`."""

    policy: Meta
    basis: Basis = Field(Basis.POLICY, strict=False)
    roles: list[WrittenRole]
    role_words: dict[str, str] = Field(default_factory=dict)
    tensions: list[WrittenTension]


class WrittenClause(Part):
    """One of `clauses/*.yaml`."""

    id: str = Field(min_length=1)
    section: str
    says: str
    modality: Modality = Field(strict=False)
    actor: str
    area: str
    enforce: Enforce = Field(strict=False)
    parameters: dict[str, Any]


class WrittenBinding(Part):
    """One of `bindings/*.yaml`."""

    clauses: list[str]
    control: str
    settings: dict[str, Any] = Field(default_factory=dict)
    point: str | None = None
    situations: list[str] | None = Field(None, alias="in")
    overrides: list[str] = Field(default_factory=list)
    tension: str | None = None
    until_ruled: bool = False
    binds: list[str] | None = None
    group: str | None = None
    part: str | None = None
    in_full: list[str] = Field(default_factory=list)


class WrittenRule(Part):
    """One of `rules/*.yaml`, without what the rule itself says (`rules/rule.py`: Rule)."""

    clauses: list[str]
    ask: str | list[str]
    point: str
    bound: list[str] | None = Field(None, alias="for")
    overrides: list[str] = Field(default_factory=list)
    tension: str | None = None
    until_ruled: bool = False
    group: str | None = None
    part: str | None = None
    in_full: list[str] = Field(default_factory=list)


class WrittenKept(Part):
    """One of `kept/*.yaml`."""

    clauses: list[str] = Field(min_length=1)
    kind: Literal["invariant", "structure", "record", "attested", "text"]
    says: str = Field(min_length=1)
    tests: list[str] = Field(default_factory=list)
    varies: list[str] = Field(default_factory=list)
    situation: str | None = Field(None, alias="in")


Shape = TypeVar("Shape", bound=Part)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file: its name and text, and the path to what is read there."""

    name: str
    text: bytes
    way: tuple[Step, ...] = ()

    def at(self, *more: Step) -> "Place":
        """Return a place further in."""
        return Place(self.name, self.text, (*self.way, *more))

    def bad(self, why: str) -> BadPack:
        """Return an error for this place, with file and line."""
        line = line_of(self.text, self.way)
        return BadPack(f"{self.name}, line {line}" if line else self.name, why)


def shaped(shape: type[Shape], data: Any, place: Place) -> Shape:
    """Return the data in this shape. Raises BadPack with the line of the first thing that is wrong."""
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        raise refusal(error, place) from None


def refusal(error: ValidationError, place: Place, known: Collection[str] = ()) -> BadPack:
    """Return the first thing that is wrong, with its line. `known`: the words there; then a word that is
    none of them comes first, because what else is wrong often follows from it."""
    found = error.errors(include_url=False)
    first = next((one for one in found if known and one["type"] == "extra_forbidden"), found[0])
    way = first["loc"]
    where = ".".join(map(str, way))
    if first["type"] == "extra_forbidden":
        why = nearest(where, known) if known else f"unknown word {where}"
    elif first["type"] == "missing":
        why = f"{where} is missing"
    elif first["type"] in ("literal_error", "enum"):
        why = f"unknown {where} {first['input']!r}"
    else:
        why = f"{where}: {first['msg'].removeprefix('Value error, ')}" if where else first["msg"]
    return place.at(*way).bad(why)
