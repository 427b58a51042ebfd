"""A school's pupils from Wonde: connected by the key that the school got for Schoolgate, asked outside any
transaction, and told as a list like any other, which a person checks and confirms.

Wonde (docs.wonde.com) reads the school's records and gives them out by one interface, whatever system
they're in. Only this one host is asked, and no page of its answer leads anywhere else. Under which names
a system's consents come is its own, so nothing here knows them: each keeps the name it came with, and a
person says what it is (`list_lines.consent_fields`). Only what is stored is taken, one consent a row.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from schoolgate.core import vault
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed, NotFound, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.models import School
from schoolgate.core.outside.client import NotTaken, shared
from schoolgate.core.outside.texts import read_json
from schoolgate.people.models import Person
from schoolgate.people.sheets import Line, Sheet
from schoolgate.pupils.consents import check_may_keep
from schoolgate.pupils.list_lines import BOTH
from schoolgate.pupils.models import MOST_PUPILS, PupilSource

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


ORIGIN: Final = "https://api.wonde.com"
"""For schools in the UK; Wonde keeps others elsewhere."""
SECONDS: Final = 40.0
"""For all pages together: a person waits."""
A_PAGE: Final = 200
MOST_PAGES: Final = 2 * MOST_PUPILS // A_PAGE
LARGEST_PAGE: Final = 8 * 1024 * 1024
THEIR_SCHOOL: Final = re.compile(r"[A-Za-z0-9]{1,20}")
"""How Wonde's number of a school looks: A1930499544."""
LATER = _("Try again in a few minutes.")
OFFICE = _(
    "Check that the school approved Schoolgate in Wonde’s school portal, then enter its ID and key again."
)
_SAYS: Final[Mapping[str, tuple[Text, Text]]] = {
    "key": (_("Wonde refused the key."), OFFICE),
    "school": (_("Wonde doesn’t give this school’s data to this key."), OFFICE),
    "too_fast": (_("Wonde asks us to wait."), LATER),
    "away": (_("Wonde didn’t answer."), LATER),
    "strange": (_("Wonde’s answer can’t be read as a list of pupils."), _("Import a file instead.")),
    "too_many": (_("This school has more pupils than one list may have."), _("Import a file instead.")),
}
_STATUS: Final[Mapping[int, str]] = {401: "key", 403: "school", 404: "school", 429: "too_fast"}


class WondeTrouble(NotNow):
    """Wonde gave no list. `code`: why, as one of our own words."""

    def __init__(self, code: str) -> None:
        super().__init__(*_SAYS[code])
        self.code = code


def school_name(key: str, their_school: str) -> str:
    """Return what Wonde calls a school: that shows whose data the key opens. Raises WondeTrouble."""
    told = _ask(f"{_school(their_school)}", key, until=time.monotonic() + SECONDS).get("data")
    name = told.get("name") if isinstance(told, Mapping) else None
    if not isinstance(name, str) or not name.strip():
        raise WondeTrouble("strange")
    return " ".join(name.split())[:200]


def students(key: str, their_school: str) -> list[Mapping[str, Any]]:
    """Return all pupils of a school, as Wonde tells them. Raises WondeTrouble."""
    until = time.monotonic() + SECONDS
    found: list[Mapping[str, Any]] = []
    following = urlencode({"include": ",".join(INCLUDES), "per_page": A_PAGE})
    address = f"{_school(their_school)}/students?{following}"
    asked: set[str] = set()
    while address:
        if len(asked) >= MOST_PAGES or len(found) > MOST_PUPILS:
            raise WondeTrouble("too_many")
        if address in asked or not address.startswith(f"{_school(their_school)}/students"):
            raise WondeTrouble("strange")
        asked.add(address)
        told = _ask(address, key, until=until)
        rows = told.get("data")
        if not isinstance(rows, list) or not all(isinstance(each, Mapping) for each in rows):
            raise WondeTrouble("strange")
        found += rows
        address = _next(told)
    return found


def _school(their_school: str) -> str:
    if not THEIR_SCHOOL.fullmatch(their_school):
        raise WondeTrouble("school")
    return f"{ORIGIN}/v1.0/schools/{their_school}"


def _next(told: Mapping[str, Any]) -> str:
    meta = told.get("meta")
    pages = meta.get("pagination") if isinstance(meta, Mapping) else None
    following = pages.get("next") if isinstance(pages, Mapping) else None
    if following is not None and not isinstance(following, str):
        raise WondeTrouble("strange")
    return following or ""


def _ask(address: str, key: str, *, until: float) -> Mapping[str, Any]:
    headers = {"Authorization": f"Bearer {key}", "Accept": "application/json"}
    try:
        reply = shared().ask("GET", address, until=until, most=LARGEST_PAGE, headers=headers)
    except NotTaken:
        raise WondeTrouble("away") from None
    if reply.status != 200:
        raise WondeTrouble(_STATUS.get(reply.status, "away"))
    try:
        told = read_json(reply.body)
    except (ValueError, RecursionError):
        raise WondeTrouble("strange") from None
    if not isinstance(told, Mapping):
        raise WondeTrouble("strange")
    return told


PURPOSE = "school_records"


def sources() -> list[PupilSource]:
    """Return the schools that are connected, by name."""
    return list(PupilSource.objects.select_related("school").order_by("school__name"))


def source(pk: int) -> PupilSource:
    """Return one of them. Raises NotFound."""
    found = PupilSource.objects.select_related("school").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


@action
def connect_source(
    *, by: Person, at: datetime, school: School, their_school: str, their_name: str, key: str
) -> PupilSource:
    """Save the key with which a school's pupils are read, in place of the one it had. `their_name`: how the
    school is called where they are read: the key was tried. Raises NotAllowed."""
    check_may_keep(by, on=local_day(at))
    if by.federation.is_example:
        raise NotAllowed(
            _("Demo sites don’t read real pupils."), _("Connect the school in your own installation.")
        )
    _forget(PupilSource.objects.select_for_update().filter(school=school).first())
    made = PupilSource(school=school, their_school=their_school, their_name=their_name, by=by, at=at)
    made.key_ref = vault.put(PURPOSE, key, about=school)
    made.save()
    record("pupils.source_connected", subject=made, at=at, actor=by, school=school.pk)
    return made


@action
def end_source(*, by: Person, at: datetime, source: PupilSource) -> None:
    """Forget the key of a school; its pupils and consents stay. Raises NotAllowed."""
    check_may_keep(by, on=local_day(at))
    record("pupils.source_ended", subject=source, at=at, actor=by, school=source.school_id)
    _forget(source)


@action
def note_read(*, at: datetime, source: PupilSource) -> None:
    """Note when a school's pupils were read last."""
    PupilSource.objects.filter(pk=source.pk).update(read_at=at)


def _forget(row: PupilSource | None) -> None:
    if row is not None:
        vault.forget(row.key_ref)
        row.delete()
