"""The classification from the files, typed; anything not understood is an error at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from schoolgate.core.doors import Door
from schoolgate.core.own_files import said_in

FOLDER = Path(__file__).parent


class Whose(StrEnum):
    """The data subject."""

    STAFF = "staff"
    VOLUNTEER = "volunteer"
    PARENT = "parent"
    PUPIL = "pupil"
    PUBLIC = "public"
    REPORTER = "reporter"


USERS = (Whose.STAFF, Whose.VOLUNTEER, Whose.PARENT)
"""Anyone who may have a place in a federation: people.models.Relation, in three groups. Written `users`."""


class Kind(StrEnum):
    """What sort of thing it is."""

    CONTACT = "contact"
    SECRET = "secret"  # noqa: S105 - a word, not a password
    CONTENT = "content"
    DECISION = "decision"
    SAFEGUARDING = "safeguarding"
    TECHNICAL = "technical"


class Special(StrEnum):
    """Whether special category data (UK GDPR Art. 9) may be expected in it."""

    NONE = "none"
    POSSIBLE = "possible"
    LIKELY = "likely"


WHERE_SPECIAL = frozenset({Kind.CONTENT, Kind.SAFEGUARDING, Kind.SECRET})
"""Only words, pictures and what is sealed can hold it; a number or an instant cannot."""


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _people(said: str) -> tuple[Whose, ...]:
    """`pupil users` as a tuple, each once, in the order of the list."""
    found: set[Whose] = set()
    for word in said.split():
        found.update(USERS if word == "users" else () if word == "nobody" else (Whose(word),))
    return tuple(one for one in Whose if one in found)


@dataclass(frozen=True)
class FieldSaid:
    """One field of one table, with its classification."""

    table: str
    name: str
    kind: Kind
    whose: tuple[Whose, ...]
    why: str
    ends: str
    ending: Ending
    special: Special
    leaves: Door | None = None
    """By which door its words become public or are sent; None: by none."""


class Ending(_Said):
    """What ends the retention of something.

    `by`: dotted names of the code that ends it; `runs`: of the sweep that calls it, none if a person does;
    `lasts`: dotted name of a duration in the program -> the days documented for it. `months`: how long the
    federation keeps it unless it sets a period of its own (`core.retention`). `role`: the database role
    that does it. `chain`: whether it may go while the record still verifies (beside), or is the record
    (part).
    """

    says: str
    how: Literal["removes", "empties", "file", "nothing"]
    by: tuple[str, ...] = ()
    runs: str = ""
    lasts: Mapping[str, int] = Field(default_factory=dict)
    months: int | None = Field(default=None, gt=0)
    role: Literal["app", "owner"] = "app"
    chain: Literal["beside", "part"] = "beside"

    @model_validator(mode="after")
    def names_its_code(self) -> Self:
        """Only what nothing ends may name nothing."""
        if (self.how == "nothing") is not (not self.by):
            raise ValueError(f"{self.says!r}: name the code that ends it, or say that nothing does")
        return self


class TableSaid(_Said):
    """One table, as its file has it. `fields`: kind, or `kind of whose` -> names, with blanks between;
    `leaves`: door -> names, of what becomes public or is sent."""

    why: str
    whose: tuple[Whose, ...] = ()
    ends: str
    special: Special = Special.NONE
    fields: Mapping[str, str]
    but: Mapping[str, str] = Field(default_factory=dict)
    leaves: Mapping[Door, str] = Field(default_factory=dict)

    @field_validator("whose", mode="before")
    @classmethod
    def as_people(cls, said: str) -> tuple[Whose, ...]:
        """Take the words of the file."""
        return _people(said)

    def field_list(self, table: str, endings: Mapping[str, Ending]) -> Iterator[FieldSaid]:
        """Each field with what holds for it. Raises ValueError for an ending or a kind that is not there."""
        seen: set[str] = set()
        doors = {name: door for door, names in self.leaves.items() for name in names.split()}
        for key, names in self.fields.items():
            kind_said, _of, people = key.partition(" of ")
            kind = Kind(kind_said)
            whose = _people(people) if people else () if kind is Kind.TECHNICAL else self.whose
            for name in names.split():
                if name in seen:
                    raise ValueError(f"{table}.{name} appears twice")
                seen.add(name)
                ends = self.but.get(name, self.ends)
                if ends not in endings:
                    raise ValueError(f"{table}.{name}: there is no ending {ends!r}")
                special = self.special if kind in WHERE_SPECIAL else Special.NONE
                yield FieldSaid(
                    table, name, kind, whose, self.why, ends, endings[ends], special, doors.get(name)
                )
        if strange := (set(self.but) | set(doors)) - seen:
            raise ValueError(f"{table}: no such fields: {sorted(strange)}")


class Place(_Said):
    """Something that is stored outside the models."""

    where: str
    holds: str
    why: str
    whose: tuple[Whose, ...] = ()
    kind: Kind
    special: Special = Special.NONE
    ends: str
    chain: Literal["beside", "part"] = "beside"
    backup: str

    @field_validator("whose", mode="before")
    @classmethod
    def as_people(cls, said: str) -> tuple[Whose, ...]:
        """Take the words of the file."""
        return _people(said)


class DataMap(_Said):
    """The whole data map. `tables`: label of the model, as `people.Person`, -> its classification."""

    endings: Mapping[str, Ending]
    tables: Mapping[str, TableSaid]
    places: Mapping[str, Place]

    @field_validator("places")
    @classmethod
    def end_somehow(cls, places: Mapping[str, Place], info: ValidationInfo) -> Mapping[str, Place]:
        """A place ends in one of the ways that there are."""
        if strange := {one.ends for one in places.values()} - set(info.data.get("endings", ())):
            raise ValueError(f"no such endings: {sorted(strange)}")
        return places

    def fields_of(self, table: str) -> list[FieldSaid]:
        """The fields of one table. Raises KeyError for one that is not classified."""
        return list(self.tables[table].field_list(table, self.endings))

    def fields(self) -> Iterator[FieldSaid]:
        """Every field of every table."""
        for table, said in self.tables.items():
            yield from said.field_list(table, self.endings)


def read(folder: Path) -> DataMap:
    """Read a folder of such files. Raises ValueError (pydantic's too) for what is not understood."""
    tables: dict[str, object] = {}
    for file in sorted((folder / "tables").glob("*.yaml")):
        app = file.name.partition(".")[0]
        for name, said in said_in(file).items():
            if f"{app}.{name}" in tables:
                raise ValueError(f"{app}.{name} is classified twice")
            tables[f"{app}.{name}"] = said
    return DataMap.model_validate(
        {
            "endings": said_in(folder / "endings.yaml"),
            "tables": dict(sorted(tables.items())),
            "places": said_in(folder / "places.yaml"),
        }
    )


@cache
def load() -> DataMap:
    """The program's own classification."""
    return read(FOLDER)
