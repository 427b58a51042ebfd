"""What Wonde tells of a school's pupils, as a list like any other: one consent a row, only what is stored.
Pure.

Wonde (docs.wonde.com) reads the school's records and gives them out by one interface, whatever system they're
in. Under which names a system's consents come is its own, so nothing here knows them: each keeps the name it
came with, and a person says what it is (`pupils.importing.fields`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from schoolgate.people.sheets import Line, Sheet
from schoolgate.pupils.importing.by_consent import BOTH

INCLUDES = ("education_details", "year", "groups", "consents")
"""What is asked for beside names and date of birth; `extended_details` tells of ethnicity and isn't."""
HEADINGS = (
    "School", "UPN", "Admission number", "Legal forename", "Preferred forename", "Surname", "Legal surname",
    "Date of birth", "Year group", "Registration group",
)  # fmt: skip
CONSENT = ("Consent type", "Consent given")
_REGISTRATION = "REGISTRATION"
_NAMES = ("name", "type", "consent_type", "title", "description", "code")
_ANSWERS = (
    "consent",
    "value",
    "status",
    "given",
    "granted",
    "answer",
    "response",
    "consented",
    "consent_given",
)
_TOLD = {True: "yes", False: "no", None: ""}
_NOT_SAID = "?"
"""The answer of a consent that has none that is known: no one has explained it, so it stops the list."""


def sheet_of(students: Sequence[Mapping[str, Any]], *, school: str) -> Sheet:
    """Return the list of these pupils. `school`: the name or short name that the school has here."""
    rows: list[tuple[str, ...]] = []
    for student in students:
        about = (school, *_about(student))
        rows += [(*about, *each) for each in consents_of(student)] or [(*about, "", "")]
    wide = len(HEADINGS) + (len(CONSENT) if any(row[-2] for row in rows) else 0)
    heads = (*HEADINGS, *CONSENT)[:wide]
    return Sheet((Line(1, heads), *(Line(at, row[:wide]) for at, row in enumerate(rows, start=2))))


def _about(student: Mapping[str, Any]) -> tuple[str, ...]:
    education = _inside(student, "education_details")
    legal = _text(student.get("legal_forename")) or _text(student.get("forename"))
    known = _text(student.get("forename"))
    year = _inside(student, "year")
    return (
        _text(education.get("upn")) or _text(student.get("upn")),
        _text(education.get("admission_number")),
        legal,
        known if known != legal else "",
        _text(student.get("surname")) or _text(student.get("legal_surname")),
        _text(student.get("legal_surname")),
        _day(student.get("date_of_birth")),
        _text(year.get("name")) or _text(education.get("current_nc_year")),
        _registration(student),
    )


def _registration(student: Mapping[str, Any]) -> str:
    groups = _unwrapped(student.get("groups"))
    rows = [each for each in groups if isinstance(each, Mapping)] if isinstance(groups, list) else []
    names = [_text(each.get("name")) for each in rows if _text(each.get("type")).upper() == _REGISTRATION]
    return BOTH.join(names)


def consents_of(student: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the name and the answer of each consent, as they came."""
    told = _unwrapped(student.get("consents"))
    if isinstance(told, Mapping):
        return [(name, _answer(value)) for name, value in told.items()]
    return [_consent(each) for each in told if isinstance(each, Mapping)] if isinstance(told, list) else []


def _consent(told: Mapping[str, Any]) -> tuple[str, str]:
    name = next((found for key in _NAMES if (found := _name(told.get(key)))), _NOT_SAID)
    said = [told[key] for key in _ANSWERS if key in told]
    return name, _answer(said[0]) if said else _NOT_SAID


def _name(value: Any) -> str:
    """Return a name, also of a thing that has one, such as a type of its own."""
    inside = _unwrapped(value)
    return _text(inside.get("name")) if isinstance(inside, Mapping) else _text(inside)


def _answer(value: Any) -> str:
    inside = _unwrapped(value)
    if isinstance(inside, Mapping):
        said = [inside[key] for key in _ANSWERS if key in inside]
        return _text(said[0]) if said else _NOT_SAID
    return _NOT_SAID if isinstance(inside, list) else _text(inside)


def _unwrapped(value: Any) -> Any:
    """Return what an include holds: Wonde puts it into `data`."""
    return value["data"] if isinstance(value, Mapping) and "data" in value else value


def _inside(student: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = _unwrapped(student.get(name))
    return found if isinstance(found, Mapping) else {}


def _text(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return _TOLD[value]
    return " ".join(str(value).split()) if isinstance(value, str | int) else ""


def _day(value: Any) -> str:
    """Return the day of an instant (`{"date": "2016-09-01 00:00:00.000000", ...}`), or its words."""
    said = value.get("date") if isinstance(value, Mapping) else value
    return _text(said).partition(" ")[0].partition("T")[0]


def fields_in(student: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """Yield the names of everything told of a pupil, without a value: for who tries a key."""
    for name, value in student.items():
        inside = _unwrapped(value)
        here = f"{above}{name}"
        first = inside[0] if isinstance(inside, list) and inside else inside
        if isinstance(first, Mapping) and set(first) != {"date", "timezone_type", "timezone"}:
            yield from fields_in(first, f"{here}.")
        else:
            yield f"{here}: {type(first).__name__}"
